// Screenshots of one page of each kind in the ways of reading it, to look at: node shots.mjs [folder]
import { mkdirSync } from "node:fs";
import { MODES, SAMPLES, browser, serve, visit } from "./site.mjs";

const folder = process.argv[2] ?? "shots";
mkdirSync(folder, { recursive: true });
const site = await serve();
const chrome = await browser();
const ways = [
  ...[360, 768, 1280].flatMap((width) => ["light", "dark"].map((colorScheme) => [width, colorScheme, "normal"])),
  ...Object.keys(MODES).slice(1).map((mode) => [360, "light", mode]),
  [1280, "light", "age-friendly"],
  [1280, "dark", "high contrast"],
];
async function shoot([kind, path]) {
  for (const [width, colorScheme, mode] of ways) {
    await visit(chrome, site.url + path, { viewport: { width, height: 900 }, colorScheme, mode }, (page) =>
      page.screenshot({ path: `${folder}/${[kind, width, colorScheme, mode].join("-").replaceAll(" ", "-")}.png`, fullPage: true }));
  }
}
const waiting = Object.entries(SAMPLES);
await Promise.all([1, 2].map(async () => {
  while (waiting.length) await shoot(waiting.shift());
}));
await chrome.close();
site.close();
