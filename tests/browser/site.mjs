// The built demonstration portal, served from disk on a free port, and a browser to read it with.
import { createServer } from "node:http";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { after, before } from "node:test";
import { chromium } from "playwright-core";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../../public");

const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".csv": "text/csv", ".xml": "application/xml" };

/** What the host says with every page, as the site is published. */
const HEADERS = Object.fromEntries(
  readFileSync(join(ROOT, "../netlify.toml"), "utf8").split("[headers.values]")[1].split("\n")
    .map((line) => /^ *([A-Z][A-Za-z-]+) = "(.+)"$/.exec(line)).filter(Boolean).map(([, name, value]) => [name, value]));
if (!HEADERS["Content-Security-Policy"]) throw new Error("netlify.toml states no policy");

/** Every file of the site with this ending, as paths from its root. */
export function files(ending, folder = ROOT) {
  return readdirSync(folder).sort().flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return files(ending, path);
    return name.endsWith(ending) ? [relative(ROOT, path)] : [];
  });
}

/** One page of each kind, the longest of its kind first met. */
export const SAMPLES = {
  home: "index.html",
  organisation: "zjk-kexie/index.html",
  disclosure: "zjk-kexie/2025-budget/index.html",
  verification: "zjk-kexie/2025-budget/verification.html",
  "two-sided table": "zjk-kexie/2025-budget/tables/fiscal-overview.html",
  "wide table": "zjk-kexie/2025-budget/tables/revenue.html",
  "basic table": "zjk-kexie/2025-budget/tables/basic.html",
  "empty table": "zjk-kexie/2025-budget/tables/funds.html",
  "three-public table": "zjk-kexie/2025-budget/tables/three-public.html",
  "procurement table": "zjk-kexie/2022-budget/tables/procurement.html",
  projects: "zjk-kexie/2025-budget/projects/index.html",
  project: "zjk-kexie/2025-budget/projects/05-outreach-2025.html",
  section: "zjk-kexie/2025-budget/narrative/02-overall.html",
  "section with a table": "zjk-kexie/2025-budget/narrative/08-procurement.html",
  downloads: "zjk-kexie/2025-budget/downloads.html",
  comparisons: "zjk-kexie/2025-budget/compare/2022-budget/index.html",
  comparison: "zjk-kexie/2025-budget/compare/2022-budget/revenue.html",
  "short comparison": "zjk-kexie/2025-budget/compare/2022-budget/three-public.html",
  subject: "zjk-kexie/subjects/functional/206.html",
  glossary: "glossary.html",
  accessibility: "accessibility.html",
  "site map": "site-map.html",
  search: "search.html",
  missing: "404.html",
};

/** The ways of reading, as the script keeps them. */
export const MODES = {
  normal: {},
  "age-friendly": { age: "on", size: 2 },
  "high contrast": { contrast: "high" },
  "whole form": { form: "full" },
  "year before": { prior: "on" },
  largest: { age: "on", size: 5 },
};

/** Runs `look` on a page in a fresh context; what the page threw is a failure. `mode` is one of MODES. */
export async function visit(chrome, url, { mode = "normal", ...options }, look) {
  const context = await chrome.newContext(options);
  try {
    // Once: what a test then chooses on the page stays chosen.
    await context.addInitScript((kept) => { try { localStorage.mingbai ??= kept; } catch { /* denied */ } }, JSON.stringify(MODES[mode]));
    const page = await context.newPage();
    const requests = [], errors = [];
    page.on("request", (request) => { if (!request.url().startsWith("data:")) requests.push(request.url()); });
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (said) => { if (/Content Security Policy/.test(said.text())) errors.push(said.text()); });
    await page.goto(url);
    const seen = await look(page, requests);
    if (errors.length) throw new Error(errors.join("\n"));
    return seen;
  } finally {
    await context.close();
  }
}

/** Serves the built site; closes with `close()`. */
export async function serve() {
  const server = createServer((request, response) => {
    const path = join(ROOT, decodeURIComponent(new URL(request.url, "http://x").pathname));
    if (!existsSync(path) || statSync(path).isDirectory()) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream", ...HEADERS });
    response.end(readFileSync(path));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** Debian's Chromium, or the one that is there. */
export function browser() {
  const executablePath = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find(existsSync);
  const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return chromium.launch({ executablePath, args });
}

/** Serves the site and opens a browser before the tests of a file, and ends both after them. */
export function stage(ready) {
  let site, chrome;
  before(async () => {
    site = await serve();
    chrome = await browser();
    ready(site, chrome);
  });
  after(async () => {
    await chrome?.close();
    site?.close();
  });
}
