// Search as a reader meets it: what is found and in which order, what is loaded, keyboard, address, without a script.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { gzipSync } from "node:zlib";
import { ROOT, stage, files } from "./site.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
const SCRIPT = readFileSync(join(ROOT, files("search.js")[0]), "utf8");
const INDEX = dirname(dirname(files(".js").find((path) => path.endsWith("/words/0.js"))));
let site, chrome;

stage((served, opened) => { [site, chrome] = [served, opened]; });

/** The search without a page. */
function reader() {
  const box = vm.createContext({ console });
  vm.runInContext(SCRIPT, box);
  const read = { ...box.mingbai, mingbai: box.mingbai, bytes: 0 };
  box.mingbai.load = async (path) => {
    const text = readFileSync(join(ROOT, INDEX, path), "utf8");
    read.bytes += Buffer.byteLength(text);
    vm.runInContext(text, box);
  };
  return read;
}

/** A page in a fresh context, with what it asked for. */
async function open(path, options = {}) {
  const context = await chrome.newContext({ viewport: { width: 360, height: 800 }, ...options });
  const page = await context.newPage();
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(path.includes("://") ? path : site.url + path);
  return { page, requests, close: () => context.close() };
}

/** Waits until what was typed is answered, and gives the hits as lines. */
async function answered(page, query) {
  await page.waitForFunction((query) => {
    const area = document.getElementById("search");
    return !query === area.hidden && !area.classList.contains("waiting") && new URLSearchParams(location.search).get("q") === (query || null);
  }, query);
  return page.locator(".hits li").allInnerTexts();
}

async function ask(page, query) {
  await page.locator("input[name=q]").fill(query);
  return answered(page, query);
}

test("the browser normalizes and places words as the index was made", () => {
  const { normalize, grams, start, place } = reader();
  const vectors = JSON.parse(readFileSync(new URL("../search-tokens.json", import.meta.url), "utf8"));
  assert.ok(vectors.length > 10);
  for (const { text, normalized, tokens } of vectors) {
    assert.equal(normalize(text), normalized);
    const known = new Map(tokens.map(([token, ...at]) => [token, at]));
    for (const [token, at] of known) assert.deepEqual([...place(token, 977)], at, token);
    for (const word of normalized.split(" ")) {
      for (const token of [...grams(word), start(word), `=${word}`]) {
        if (token && token.length <= 24) assert.ok(known.has(token), `${token} of ${text}`);
      }
    }
  }
});

// What a reader would type, and a stretch of the line that must come first.
const FIRST = {
  "科普活动": ["科普活动", "330.39", "2060702"],
  "大篷车": ["大篷车", "2025"],
  "科普大篷车": ["科普大篷车", "经费"],
  "2060702": ["科普活动", "330.39", "2060702"],
  "20607": ["科学技术普及", "991.95"],
  "1454.54": ["1454.54", "2025年"],
  "1,454.54": ["1454.54", "2025年"],
  "１４５４．５４": ["1454.54", "2025年"],
  "1454": ["1454.54"],
  "三公": ["三公"],
  "公务接待": ["公务接待费", "0.56"],
  "13070025P00004210001T": ["2025 科普经费", "49.86"],
  "13070025p0000421": ["2025 科普经费"],
  "冀财教〔2024〕104号": ["冀财教【2024】104号", "52.00"],
  "冀财教[2024]104号": ["冀财教【2024】104号"],
  "冀财教(2024)104号": ["冀财教【2024】104号"],
  "冀财教【2024】104号": ["冀财教【2024】104号"],
  "冀财教2024104号": ["冀财教【2024】104号"],
  "满意度": ["满意度"],
  "kpjf": ["科普经费"],
  "dpc": ["大篷车"],
  "反邪教": ["反邪教", "情况说明"],
  "机构运行": ["机构运行", "359.32", "2060701"],
  "政府采购": ["政府采购"],
  "科技馆": ["科技馆"],
  "2022 科普活动": ["科普活动", "2022年"],
  "馆": ["馆"],
};

test("what a reader types comes first", async () => {
  const { page, requests, close } = await open("search.html");
  for (const [query, stretches] of Object.entries(FIRST)) {
    const [first] = await ask(page, query);
    for (const stretch of stretches) assert.ok(first?.includes(stretch), `${query}: ${first}`);
  }
  assert.ok(requests.every((url) => url.startsWith(site.url)), requests.join("\n"));
  await close();
});

// A question a line, with what its first answer holds.
const QUESTIONS = readFileSync(new URL("../search-questions.tsv", import.meta.url), "utf8").split("\n")
  .filter((line) => line && !line.startsWith("#")).map((line) => line.split("\t")).map(([query, stretches]) => [query, stretches.split("|")]);

test("questions of readers are understood, and what answers them comes first", async () => {
  assert.ok(QUESTIONS.length >= 40);
  const { page, close } = await open("search.html");
  for (const [query, stretches] of QUESTIONS) {
    const [first] = await ask(page, query);
    for (const stretch of stretches) assert.ok(first?.includes(stretch), `${query}: ${first}`);
  }
  await close();
});

test("an answer leads to its cell, with its value and unit", async () => {
  const { page, close } = await open("search.html?q=总支出");
  const [first] = await answered(page, "总支出");
  assert.match(first.replace(/\s+/g, " "), /支出合计.*1454\.54 万元/);
  await page.locator(".hits a").first().click();
  await page.waitForURL(/tables\/expenditure\.html#/);
  assert.match(await page.locator(":target").first().innerText(), /1454\.54/);
  await close();
});

test("spending comes before income unless income is asked for, the newest year first", async () => {
  const { page, close } = await open("search.html");
  const side = /收入总表|支出总表/, year = /20\d\d年/;
  const of = async (query, what) => (await ask(page, query)).map((hit) => what.exec(hit)?.[0]).filter(Boolean);
  for (const query of ["科普活动", "1454.54", "14545400元", "2060702", "卫生健康支出"]) {
    assert.equal((await of(query, side))[0], "支出总表", query);
    assert.equal((await of(query, year))[0], "2025年", query);
  }
  assert.equal((await of("科普活动收入", side))[0], "收入总表");
  await close();
});

test("from a row to the definition of its term, and from a term to its own", async () => {
  const { page, close } = await open("search.html?q=三公经费");
  await answered(page, "三公经费");
  await page.locator(".more").click();
  const way = page.locator(".hits li:not(:has-text('名词')) .define").first();
  await way.waitFor();
  await way.click();
  await page.waitForURL(/glossary\.html#/);
  assert.match(await page.locator(":target").first().innerText(), /三公/);
  await page.goto(`${site.url}search.html?q=什么是三公经费`);
  await answered(page, "什么是三公经费");
  await page.locator(".hits a").first().click();
  await page.waitForURL(/glossary\.html#/);
  await close();
});

test("the name of an organisation finds every page that is its", async () => {
  const { search } = reader();
  const own = files(".html").filter((path) => /^zjk-kexie\/\d+-budget\/(tables|projects|narrative)\/(?!index)/.test(path));
  assert.ok(own.length > 80);
  for (const name of ["张家口市科学技术协会", "张家口市科协"]) {
    const asked = await search(name), pages = new Set();
    while (!asked.done) for (const hit of await asked.next()) pages.add(hit.path);
    assert.deepEqual(own.filter((path) => !pages.has(path)), [], name);
  }
});

test("what is nowhere is not found, and a code is never nearly right", async () => {
  const { page, close } = await open("search.html");
  for (const query of ["13070025P00004210002X", "1454.55", "不存在的词语龘", "9999999", "qqqq"]) {
    assert.deepEqual(await ask(page, query), []);
    assert.match(await page.locator(".status").innerText(), new RegExp(`没有“${query.replace(".", "\\.")}”`));
    assert.ok(await page.locator("#browse").isVisible());
  }
  await close();
});

test("a phrase that stands nowhere whole gives what is closest, and says so", async () => {
  const { page, close } = await open("search.html");
  for (const [query, closest] of [["科普大篷车巡展车队", /大篷车/], ["公务结待费", /公务接待费/], ["0.145亿", /1454\.54/]]) {
    const [first] = await ask(page, query);
    assert.match(first, closest);
    assert.match(await page.locator(".status").innerText(), new RegExp(`没有“${query}”全文`));
  }
  await close();
});

test("a hit leads to its row, which is marked", async () => {
  const { page, close } = await open("search.html?q=2060702");
  await answered(page, "2060702");
  await page.locator(".hits a").first().click();
  await page.waitForURL(/tables\/.*#2060702$/);
  assert.match(await page.locator(":target").innerText(), /科普活动/);
  await close();
});

test("years and kinds narrow the hits down, and the address and the way back hold them", async () => {
  const { page, close } = await open("search.html?q=科普活动");
  await answered(page, "科普活动");
  await page.locator(".facets a", { hasText: "2022年" }).click();
  await page.waitForFunction(() => !document.getElementById("search").classList.contains("waiting") && new URLSearchParams(location.search).get("year"));
  const hits = await page.locator(".hits .where").allInnerTexts();
  assert.ok(hits.length && hits.every((line) => line.includes("2022年")), hits.join("\n"));
  await page.locator(".facets a[data-value=row]").click();
  await page.waitForFunction(() => !document.getElementById("search").classList.contains("waiting") && new URLSearchParams(location.search).get("kind"));
  const rows = await page.locator(".hits .where").allInnerTexts();
  assert.ok(rows.length && rows.every((line) => line.startsWith("表中的行") && line.includes("2022年")), rows.join("\n"));
  const address = page.url();
  await page.goBack();
  await page.waitForFunction(() => !new URLSearchParams(location.search).get("kind"));
  await page.goBack();
  assert.equal(await page.locator("input[name=q]").inputValue(), "科普活动");
  await page.goto(address);
  await page.waitForFunction(() => document.querySelectorAll(".hits li").length);
  assert.deepEqual(await page.locator(".hits .where").allInnerTexts(), rows);
  await close();
});

test("every hit can be listed, and each once", async () => {
  const { page, close } = await open("search.html?q=支出");
  await answered(page, "支出");
  while (await page.locator(".more").isVisible()) {
    const before = await page.locator(".hits li").count();
    await page.locator(".more").click();
    await page.waitForFunction((before) => document.querySelectorAll(".hits li").length > before || document.querySelector(".more").hidden, before);
  }
  assert.match(await page.locator(".status").innerText(), /^找到 \d+ 条$/);
  const hits = await page.locator(".hits a").evaluateAll((links) => links.map((link) => link.href));
  assert.ok(hits.length > 80, `${hits.length}`);
  await close();
});

test("the keyboard goes through the hits and back, and a screen reader hears how many there are", async () => {
  const { page, close } = await open("search.html");
  assert.equal(await page.locator(".status").getAttribute("role"), "status");
  await page.keyboard.type("机构运行");
  await answered(page, "机构运行");
  assert.match(await page.locator(".status").innerText(), /^找到/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.ok(await page.locator(".hits li:nth-child(2) a").evaluate((link) => link === document.activeElement));
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  assert.ok(await page.locator("input[name=q]").evaluate((input) => input === document.activeElement));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/#/);
  await close();
});

test("typing moves nothing but the hits", async () => {
  const { page, close } = await open("search.html");
  const top = () => page.locator("input[name=q]").evaluate((input) => input.getBoundingClientRect().top);
  const before = await top();
  for (const query of ["科", "科普", "科普活", "科普活动"]) {
    await ask(page, query);
    assert.equal(await top(), before);
  }
  await close();
});

test("nothing of it is loaded before it is used, and a first query is small", async () => {
  const home = await open("index.html");
  assert.ok(home.requests.every((url) => !url.includes("search")), home.requests.join("\n"));
  await home.page.locator("input[name=q]").fill("科普活动");
  await home.page.locator("input[name=q]").press("Enter");
  await answered(home.page, "科普活动");
  await home.close();
  const { requests, close } = await open("search.html");
  assert.ok(requests.every((url) => !url.includes(INDEX)), requests.join("\n"));
  await close();
  // Each a first search in a browser that knows nothing: what it asks for beside the page itself, as hosts send it.
  for (const query of ["科普活动", "公务用车多少钱", "总支出", "sangong", "14,545,400元", "招待费", "三公经费", "最大的项目", "travel abroad"]) {
    const { page, requests, close } = await open(`search.html?q=${query}`);
    await answered(page, query);
    const asked = [...new Set(requests.map((url) => new URL(url).pathname.slice(1)))].filter((path) => /\/search\.(js|css)$/.test(path) || path.includes(INDEX));
    const bytes = asked.reduce((sum, path) => sum + gzipSync(readFileSync(join(ROOT, path)), { level: 9 }).length, 0);
    assert.ok(asked.length <= 8, `${query}: ${asked.join(" ")}`);
    assert.ok(bytes <= 60_000, `${query}: ${bytes}`);
    await close();
  }
});

test("it works under a strict policy, from a folder below, and from disk", async () => {
  const strict = await chrome.newContext();
  const page = await strict.newPage();
  await page.route("**/*", async (route) => {
    const url = route.request().url().replace("/sub/path/", "/");
    const response = await route.fetch({ url });
    await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'" } });
  });
  await page.goto(`${site.url}sub/path/search.html?q=2060702`);
  assert.match((await answered(page, "2060702"))[0], /330\.39/);
  await strict.close();
  const disk = await open(`${pathToFileURL(join(ROOT, "search.html"))}?q=2060702`);
  await disk.page.waitForFunction(() => document.querySelectorAll(".hits li").length);
  assert.match(await disk.page.locator(".hits li").first().innerText(), /330\.39/);
  await disk.close();
});

test("a file of the index that is not there is told in words", async () => {
  const context = await chrome.newContext();
  const page = await context.newPage();
  await page.route("**/words/*", (route) => route.abort());
  await page.goto(`${site.url}search.html?q=科普`);
  await page.waitForFunction(() => document.querySelector(".status").textContent.includes("没有读到"));
  assert.ok(await page.locator("#browse").isVisible());
  await context.close();
});

test("without a script the page is a table of contents", async () => {
  const { page, close } = await open("search.html", { javaScriptEnabled: false });
  assert.match(await page.locator("main").innerText(), /没有它，请从下面的目录进入/);
  const links = await page.locator("#browse a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  for (const path of ["zjk-kexie/2025-budget/index.html", "zjk-kexie/2025-budget/projects/index.html", "glossary.html"]) assert.ok(links.includes(path), links.join("\n"));
  assert.ok(!(await page.locator("#search").isVisible()));
  await close();
});

for (const query of ["", "科普活动", "支出变化", "科普大篷车巡展车队", "13070025P00004210002X"]) {
  test(`${query || "nothing asked"}: axe finds nothing, nothing is wider than the screen`, async () => {
    for (const width of [320, 360, 1280]) {
      for (const colorScheme of ["light", "dark"]) {
        const { page, close } = await open(`search.html${query ? `?q=${query}` : ""}`, { viewport: { width, height: 800 }, colorScheme });
        await answered(page, query);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width}`);
        await page.evaluate(AXE);
        const found = await page.evaluate(() => axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
        assert.deepEqual(found.violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.html.slice(0, 120)}`)), [], `${width} ${colorScheme}`);
        await close();
      }
    }
  });
}

test("every three characters of every cell find their row", async () => {
  const { mingbai } = reader();
  const { page, close } = await open("index.html");
  const wanted = new Map();
  for (const path of files(".html").filter((path) => path.includes("/tables/"))) {
    await page.goto(site.url + path);
    const rows = await page.locator(".grid tbody tr[id]").evaluateAll((rows) => rows.map((row) => [row.id, [...row.cells].filter((cell) => !cell.matches(".number, .withheld, .na, .prior")).map((cell) => cell.textContent)]));
    for (const [id, cells] of rows) for (const text of cells) {
      const chars = [...text];
      for (let at = 0; at + 3 <= chars.length; at++) {
        const part = chars.slice(at, at + 3).join("");
        if (mingbai.normalize(part).length < 2) continue;
        if (!wanted.has(part)) wanted.set(part, new Set());
        wanted.get(part).add(`${path}#${id}`);
      }
    }
  }
  await close();
  assert.ok(wanted.size > 500, `${wanted.size}`);
  for (const [part, homes] of wanted) {
    const search = await mingbai.search(part);
    const missing = new Set(homes);
    while (missing.size && !search.done) {
      for (const hit of await search.next()) missing.delete(`${hit.path}#${decodeURIComponent(hit.anchor)}`);
    }
    assert.deepEqual([...missing], [], part);
  }
});
