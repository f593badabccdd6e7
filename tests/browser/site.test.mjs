// What a reader's browser makes of every page: valid, readable at any width, accessible, self-contained.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { ROOT, SAMPLES, stage, files, visit as open } from "./site.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
let site, chrome;

stage((served, opened) => { [site, chrome] = [served, opened]; });

const visit = (options, path, look) => open(chrome, site.url + path, options, look);

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

const RULES = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };

/** At which width and in which colours axe looks at a way of reading. */
const LOOKS = {
  // 320 is a screen of 1280 at 400 %.
  normal: ["320 light", "360 light", "1280 dark"],
  "age-friendly": ["360 dark"],
  "high contrast": ["1280 light", "360 dark"],
  "whole form": ["768 dark"],
  "year before": ["768 light", "1280 dark"],
  largest: ["320 light", "768 dark"],
};

describe("every kind of page, in every way of reading", { concurrency: 3 }, () => {
  for (const [kind, path] of Object.entries(SAMPLES)) {
    const modes = ["normal", "age-friendly", "high contrast", "largest", ...(kind == "wide table" ? ["whole form", "year before"] : []), ...(kind == "two-sided table" ? ["year before"] : [])];
    for (const mode of modes) {
      test(`${kind}, ${mode}: nothing is wider than the screen, nothing comes from another host, axe finds nothing`, async () => {
        await visit({ mode }, path, async (page, requests) => {
          await page.evaluate(AXE);
          for (const width of [320, 360, 768, 1280]) {
            await page.setViewportSize({ width, height: 800 });
            for (const colorScheme of ["light", "dark"]) {
              await page.emulateMedia({ colorScheme });
              // Layout follows the window with the next frame, later on a busy machine.
              await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
              const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
              assert.ok(overflow <= 0, `${path} is ${overflow} px too wide at ${width}`);
              // The whole of it where it differs most; layout does not depend on colours.
              if (LOOKS[mode].includes(`${width} ${colorScheme}`)) {
                const found = await page.evaluate((rules) => axe.run(rules), RULES);
                const violations = found.violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.html.slice(0, 160)}`));
                assert.deepEqual(violations, [], `${path} at ${width} in ${colorScheme}`);
              }
            }
          }
          assert.ok(requests.every((url) => url.startsWith(site.url)), requests.join("\n"));
          // What a reader waits for: a deferred script comes after the page is read.
          const deferred = await page.evaluate(() => [...document.querySelectorAll("script[defer]")].map((script) => script.src));
          const waited = requests.filter((url) => !deferred.includes(url));
          assert.ok(waited.length <= 3, waited.join("\n"));
        });
      });
    }
  }
});

test("axe finds nothing in the card of a figure, and nothing of it is wider than the screen", async () => {
  for (const mode of ["normal", "largest", "high contrast"]) {
    for (const [width, colorScheme] of [[320, "dark"], [1280, "light"]]) {
      await visit({ mode, colorScheme, viewport: { width, height: 700 } }, `${SAMPLES["wide table"]}#2060702.carryover`, async (page) => {
        await page.locator(".card:popover-open [data-part=means]").waitFor();
        await page.evaluate(AXE);
        const found = await page.evaluate((rules) => axe.run(".card", rules), RULES);
        assert.deepEqual(found.violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.html.slice(0, 160)}`)), [], `${mode} ${width}`);
        assert.ok(await page.locator(".card").evaluate((card) => card.scrollWidth <= card.clientWidth && card.getBoundingClientRect().right <= innerWidth), `${mode} ${width}`);
      });
    }
  }
});

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
  for (const path of [SAMPLES.home, SAMPLES.disclosure, SAMPLES["three-public table"], SAMPLES.project]) {
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
    const headline = page.locator(".headlines > div").filter({ hasText: "“三公”经费" });
    await headline.locator("a").first().click();
    assert.match(page.url(), /three-public\.html#/);
    assert.match(await page.locator(".summary").textContent(), /比2022年少/);
    await page.goto(site.url + SAMPLES.home);
    await headline.locator(".prior a").click();
    assert.match(page.url(), /compare\/2022-budget\/three-public\.html/);
    assert.match(await page.locator(".compare tbody tr.total .difference").first().textContent(), /减/);
    await page.goto(site.url + SAMPLES.home);
    await page.locator(".promises a").first().click();
    assert.ok(await page.locator(".indicators").isVisible());
  });
});
