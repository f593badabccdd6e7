// What a reader's browser makes of every page: valid, readable at any width, accessible, self-contained.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { ROOT, SAMPLES, browser, files, serve } from "./site.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
let site, chrome;

before(async () => {
  site = await serve();
  chrome = await browser();
});

after(async () => {
  await chrome?.close();
  site?.close();
});

/** Runs `look` on a page in a fresh context. */
async function visit(options, path, look) {
  const context = await chrome.newContext(options);
  try {
    const page = await context.newPage();
    const requests = [];
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(site.url + path);
    return await look(page, requests);
  } finally {
    await context.close();
  }
}

test("every page is valid HTML", async () => {
  const validator = new HtmlValidate({
    extends: ["html-validate:standard"],
    rules: {
      // What minifying leaves out is allowed by the standard.
      "attr-quotes": "off",
      "doctype-style": "off",
      "no-trailing-whitespace": "off",
      "void-style": "off",
      "no-inline-style": "off",
      // Chinese titles and sentences may be as long as their documents made them.
      "long-title": "off",
    },
  });
  for (const path of files(".html")) {
    const report = await validator.validateString(readFileSync(join(ROOT, path), "utf8"), path);
    const messages = report.results.flatMap((result) => result.messages.map((m) => `${path}:${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
    assert.deepEqual(messages, []);
  }
});

for (const [kind, path] of Object.entries(SAMPLES)) {
  test(`${kind}: nothing is wider than the screen, nothing comes from another host, axe finds nothing`, async () => {
    for (const width of [320, 360, 768, 1280]) {
      for (const colorScheme of ["light", "dark"]) {
        await visit({ viewport: { width, height: 800 }, colorScheme }, path, async (page, requests) => {
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(overflow <= 0, `${path} is ${overflow} px too wide at ${width}`);
          assert.ok(requests.every((url) => url.startsWith(site.url)), requests.join("\n"));
          assert.ok(requests.length <= 3, requests.join("\n"));
          if (width === 360 || width === 1280) {
            await page.evaluate(AXE);
            const found = await page.evaluate(() => axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
            const violations = found.violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.html.slice(0, 120)}`));
            assert.deepEqual(violations, [], `${path} at ${width} in ${colorScheme}`);
          }
        });
      }
    }
  });
}

test("every title is its own", () => {
  const titles = files(".html").map((path) => readFileSync(join(ROOT, path), "utf8").match(/<title>(.*?)<\/title>/)[1]);
  const twice = titles.filter((title, index) => titles.indexOf(title) !== index);
  assert.deepEqual(twice, []);
});

test("a cell's link leads to the cell", async () => {
  await visit({ viewport: { width: 360, height: 700 } }, "zjk-kexie/2025-budget/tables/revenue.html#2060702.carryover", async (page) => {
    const cell = page.locator(":target");
    assert.equal(await cell.textContent(), "71.88");
    assert.ok(await cell.isVisible());
  });
});

test("a chart keeps its words readable on the smallest screen, and its drawing has none", async () => {
  for (const path of [SAMPLES.home, SAMPLES.disclosure, SAMPLES["table with charts"], SAMPLES.project]) {
    await visit({ viewport: { width: 320, height: 700 } }, path, async (page) => {
      const charts = await page.evaluate(() => [...document.querySelectorAll(".chart")].map((chart) => ({
        small: [...chart.querySelectorAll("th, td, li, a, b, small")].filter((e) => e.textContent && parseFloat(getComputedStyle(e).fontSize) < 12).length,
        drawn: chart.querySelectorAll("svg[role=img]").length,
        words: chart.querySelectorAll("svg text, svg foreignObject").length,
        width: Math.max(...[...chart.querySelectorAll("svg[role=img]")].map((svg) => svg.getBoundingClientRect().right)),
      })));
      assert.ok(charts.length > 0, path);
      for (const { small, drawn, words, width } of charts) assert.ok(small === 0 && drawn === 1 && words === 0 && width <= 320, `${path}: ${JSON.stringify(charts)}`);
    });
  }
});

test("what a year spends on one thing, and whether it is more than before, is two taps from the front page", async () => {
  await visit({ viewport: { width: 360, height: 700 } }, SAMPLES.home, async (page) => {
    await page.locator(".headlines a").nth(1).click();
    assert.match(page.url(), /three-public\.html#/);
    assert.match(await page.locator(".summary").textContent(), /比2022年少/);
    await page.goto(site.url + SAMPLES.home);
    await page.locator(".across a").first().click();
    await page.locator(".weighed a").first().click();
    assert.ok(await page.locator(".indicators").isVisible());
  });
});

test("a table prints with its headings and without the interface", async () => {
  await visit({}, "zjk-kexie/2025-budget/tables/revenue.html", async (page) => {
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("nav:visible").count(), 0);
    assert.ok(await page.locator("thead").first().isVisible());
    const pdf = await page.pdf({ preferCSSPageSize: true });
    assert.ok(pdf.length > 10_000);
  });
});
