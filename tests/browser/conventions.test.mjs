// The list of projects sorted and sifted, and what is left of it without a script.
import assert from "node:assert/strict";
import { test } from "node:test";
import { SAMPLES, stage } from "./site.mjs";

const LIST = "zjk-kexie/2025-budget/projects/index.html";
let site, chrome;

stage((served, opened) => { [site, chrome] = [served, opened]; });

async function visit(options, path, look) {
  const context = await chrome.newContext(options);
  try {
    const page = await context.newPage();
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(site.url + path);
    await look(page);
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
  }
}

const shown = (page) => page.locator("table.sortable tbody tr:visible");
const amounts = (page) => shown(page).locator("[data-value]").evaluateAll((cells) => cells.map((cell) => cell.dataset.value));
const cents = (text) => Math.round(Number(text) * 100);

test("without a script the list is whole and offers nothing it cannot do", async () => {
  await visit({ javaScriptEnabled: false }, LIST, async (page) => {
    assert.equal(await shown(page).count(), 26);
    assert.equal(await page.locator(".sift:visible, th button").count(), 0);
    const down = (await amounts(page)).map(cents);
    assert.deepEqual(down, down.toSorted((a, b) => b - a), "the largest first");
  });
});

test("the list sorts by its headings with the keyboard, and says so", async () => {
  await visit({}, LIST, async (page) => {
    const head = page.locator("th[data-sort=figure]"), button = head.locator("button");
    assert.equal(await head.getAttribute("aria-sort"), "descending", "as the page comes");
    await button.focus();
    await page.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), "ascending");
    await page.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), "descending");
    const down = (await amounts(page)).map(cents);
    assert.deepEqual(down, down.toSorted((a, b) => b - a));
    await page.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), "ascending");
    assert.deepEqual((await amounts(page)).map(cents), down.toSorted((a, b) => a - b));
    await page.locator("th[data-sort=text] button").click();
    assert.equal(await page.locator("th[aria-sort]").count(), 1);
    await page.locator("th[data-sort=number] button").click();
    const numbers = await shown(page).locator("td.number").allTextContents();
    assert.deepEqual(numbers.map(Number), numbers.map((_, index) => index + 1));
  });
});

test("a comparison sorts by the size of its changes, totals first, in every table of the page, and goes back to the form", async () => {
  await visit({ viewport: { width: 360, height: 780 } }, SAMPLES.comparison, async (page) => {
    assert.ok(await page.locator(".column").count() > 0, "the page has further tables");
    const table = page.locator("table.sortable").first(), names = () => table.locator("tbody th").allTextContents();
    const form = await names();
    await table.locator("[data-sort=size] button").click();
    const sizes = await table.locator("tbody tr:not(.total) .difference").evaluateAll((cells) =>
      cells.map((cell) => Math.abs(cell.dataset.value ?? NaN)).filter((size) => !Number.isNaN(size)));
    assert.ok(sizes.length > 5);
    assert.deepEqual(sizes, sizes.toSorted((a, b) => b - a));
    assert.match((await names())[0], /合计/);
    assert.match(page.url(), /\?sort=3-down$/, "the address keeps the order");
    const other = page.locator(".column").first();
    await other.locator("summary").click();
    await other.locator("[data-sort=figure] button").first().click();
    assert.match(page.url(), /\?sort=3-down&sort1=1-down$/);
    await page.reload();
    assert.equal(await table.locator("[data-sort=size]").getAttribute("aria-sort"), "descending");
    await table.locator("[data-sort=order] button").click();
    assert.deepEqual(await names(), form);
  });
});

test("the list is sifted by name, year and amount, the sum is exact and announced", async () => {
  await visit({}, LIST, async (page) => {
    const said = page.locator(".sift output");
    assert.equal(await said.getAttribute("aria-live"), "polite");
    const printed = await page.locator("tfoot td").first().textContent();
    assert.ok((await said.textContent()).includes(printed), "everything shown adds up to the printed total");
    await page.getByLabel("含有").fill("科普");
    const names = await shown(page).locator("th").allTextContents();
    assert.ok(names.length > 0 && names.length < 26 && names.every((name) => name.includes("科普")));
    assert.equal(await page.locator("tfoot td").first().textContent(), ((await amounts(page)).reduce((sum, text) => sum + cents(text), 0) / 100).toFixed(2), "the total follows");
    const sum = (await amounts(page)).reduce((sum, text) => sum + cents(text), 0);
    const words = await said.textContent();
    assert.ok(words.includes(`显示 ${names.length} 个，共 26 个`), words);
    assert.ok(words.includes(`本站相加 ${(sum / 100).toFixed(2)} 万元，共 ${printed} 万元`), words);
    await page.getByLabel("金额不少于").fill("40.48");
    assert.ok((await amounts(page)).every((text) => cents(text) >= 4048));
    assert.ok((await amounts(page)).includes("40.48"));
    await page.getByLabel("立项年份").selectOption("2024");
    assert.ok((await shown(page).locator("th a small").allTextContents()).every((code) => code.slice(6, 8) === "24"));
    await page.getByLabel("含有").fill("没有这样的项目");
    assert.equal(await shown(page).count(), 0);
    assert.match(await said.textContent(), /显示 0 个.*本站相加 0\.00 万元/);
  });
});

test("the list is sifted by what the money is for and by what is promised, and shows where it found it", async () => {
  await visit({}, LIST, async (page) => {
    const asked = async (words, within) => {
      await page.getByLabel("含有").fill(words);
      await page.getByLabel("范围").selectOption({ label: within });
      return shown(page).count();
    };
    assert.equal(await asked("奖补基层科普典型", "用途"), 2);
    assert.match(await shown(page).locator(".part").first().textContent(), /奖补基层科普典型/, "the passage is said");
    assert.equal(await asked("奖补基层科普典型", "绩效指标"), 0);
    assert.ok(await asked("展品完好率", "绩效指标") >= 2);
    assert.equal(await asked("展品完好率", "项目名称"), 0);
    assert.ok(await asked("展品完好率", "名称、用途和指标") >= 2);
    await page.getByLabel("含有").fill("");
    assert.equal(await shown(page).count(), 26);
    assert.equal(await page.locator("tbody .part").count(), 0);
  });
});

test("the address keeps what was asked, and a reader who follows it sees the same", async () => {
  let address, list;
  await visit({}, LIST, async (page) => {
    await page.getByLabel("含有").fill("展");
    await page.locator("th[data-sort=figure] button").click();
    address = page.url().slice(site.url.length);
    list = await shown(page).allTextContents();
  });
  assert.match(address, /\?/);
  await visit({}, address, async (page) => {
    assert.deepEqual(await shown(page).allTextContents(), list);
    assert.equal(await page.getByLabel("含有").inputValue(), "展");
  });
});

test("a term leads to its explanation", async () => {
  await visit({}, "zjk-kexie/2025-budget/narrative/02-overall.html", async (page) => {
    const term = page.locator("main a.term").first(), word = await term.textContent();
    await term.click();
    assert.equal(await page.locator(":target").textContent(), word);
  });
});

test("every entry of a contents list leads to its heading", async () => {
  await visit({}, "zjk-kexie/2022-budget/narrative/05-performance.html", async (page) => {
    const links = await page.locator("nav.contents a").evaluateAll((all) => all.map((link) => [link.textContent, decodeURIComponent(link.hash.slice(1))]));
    assert.ok(links.length > 5);
    for (const [words, id] of links) assert.equal(await page.evaluate((id) => document.getElementById(id).textContent, id), words);
  });
});

test("the foot of every page leads to the map and the statement", async () => {
  await visit({ viewport: { width: 360, height: 700 } }, LIST, async (page) => {
    await page.locator("body > footer a", { hasText: "站点地图" }).click();
    assert.equal(await page.locator("h1").textContent(), "站点地图");
    await page.locator("body > footer a", { hasText: "无障碍声明" }).click();
    assert.equal(await page.locator("h1").textContent(), "无障碍声明");
  });
});
