// Screenshots of one page of each kind, to look at: node shots.mjs [folder]
import { mkdirSync } from "node:fs";
import { SAMPLES, browser, serve } from "./site.mjs";

const folder = process.argv[2] ?? "shots";
mkdirSync(folder, { recursive: true });
const site = await serve();
const chrome = await browser();
for (const width of [360, 768, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    const page = await chrome.newPage({ viewport: { width, height: 900 }, colorScheme });
    for (const [kind, path] of Object.entries(SAMPLES)) {
      await page.goto(site.url + path);
      await page.screenshot({ path: `${folder}/${kind.replaceAll(" ", "-")}-${width}-${colorScheme}.png`, fullPage: true });
    }
    await page.close();
  }
}
await chrome.close();
site.close();
