// What a reader downloads for a first query, and what it finds: query.mjs ours SITE WORDS | query.mjs pagefind BUNDLE WORDS
// Prints JSON: requests and bytes as sent with gzip for the first round of hits (five of Pagefind's), and all pages found. The engines' own scripts, run without a browser:
// the pages that hold them, their styles and Pagefind's interface are not counted.
import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";
import zlib from "node:zlib";
import { pathToFileURL } from "node:url";

const [, , which, root, words] = process.argv;
const sent = { requests: 0, bytes: 0 };

/** A file as it would be sent: gzip, unless it is packed already. */
function read(file) {
  const bytes = fs.readFileSync(file);
  const packed = zlib.gzipSync(bytes, { level: 9 }).length;
  sent.requests += 1;
  sent.bytes += Math.min(bytes.length, packed);
  return bytes;
}

async function ours() {
  const page = vm.createContext({ console });
  // Folders of the theme and of the index are named by what they hold.
  const folders = fs.readdirSync(path.join(root, "assets")).map((name) => path.join(root, "assets", name));
  const [theme, index] = ["search.js", "index.js"].map((name) => folders.find((folder) => fs.existsSync(path.join(folder, name))));
  vm.runInContext(read(path.join(theme, "search.js")).toString(), page);
  page.mingbai.load = async (name) => vm.runInContext(read(path.join(index, name)).toString(), page);
  const session = await page.mingbai.search(words);
  const pages = new Set((await session.next()).map((hit) => hit.path));
  const first = { ...sent };
  while (!session.done) for (const hit of await session.next()) pages.add(hit.path);
  return { ...first, pages: [...pages] };
}

async function pagefind() {
  globalThis.window = globalThis;
  globalThis.document = { querySelector: () => ({ getAttribute: () => "zh-cn" }), currentScript: null };
  globalThis.location = new URL("http://localhost/");
  globalThis.Worker = undefined;
  globalThis.fetch = async (url) => {
    const file = path.join(root, new URL(url, "http://localhost/").pathname.replace(/^.*?pagefind\//, ""));
    return new Response(read(file));
  };
  read(path.join(root, "pagefind.js"));
  const engine = await import(pathToFileURL(path.join(root, "pagefind.js")).href);
  await engine.options({ basePath: "http://localhost/pagefind/", baseUrl: "/" });
  await engine.init("zh-cn");
  const found = await engine.search(words);
  await Promise.all(found.results.slice(0, 5).map((result) => result.data()));
  const first = { ...sent };
  const pages = [];
  for (const result of found.results) pages.push((await result.data()).url.replace(/^\//, ""));
  return { ...first, pages };
}

console.log(JSON.stringify(await { ours, pagefind }[which]()));
