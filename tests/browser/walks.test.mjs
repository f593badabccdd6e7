// A citizen with a phone: what they came to know, and how many taps from the front page it takes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { SAMPLES, stage, visit } from "./site.mjs";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
let site, chrome;

stage((served, opened) => { [site, chrome] = [served, opened]; });

/** Walks from the front page: `tap` taps what a reader would, `sees` is the text before their eyes. */
async function walk(most, look) {
  await visit(chrome, site.url + SAMPLES.home, PHONE, async (page) => {
    let taps = 0;
    await look({
      page,
      tap: async (what) => {
        taps += 1;
        const link = what.filter({ visible: true }).first();
        const { height } = await link.boundingBox();
        assert.ok(height >= 43.5, `${await link.textContent()} is large enough for a finger`);
        const from = page.url();
        await link.tap();
        await page.waitForURL((to) => to.href !== from);
      },
      // A tap that stays on the page, or takes a file.
      press: async (what) => {
        taps += 1;
        const { height } = await what.boundingBox();
        assert.ok(height >= 43.5, `${await what.textContent()} is large enough for a finger`);
        await what.tap();
      },
      sees: async (what, words) => {
        const found = what.filter({ visible: true }).first();
        await found.waitFor();
        assert.match((await found.textContent()).replace(/\s+/g, " "), words);
      },
    });
    assert.ok(taps <= most, `${taps} taps`);
  });
}

test("how much is spent and received in all, and is it more than before: on the front page, without a finger moved", async () => {
  await walk(0, async ({ page, sees }) => {
    const headline = page.locator(".headlines > div").first();
    await sees(headline, /1454\.54 ?万元.*2022年 1135\.10，增 319\.44/);
    const { y, height } = await headline.boundingBox();
    assert.ok(y + height <= 740);
  });
});

test("how one code changed, and by how much: on the front page", async () => {
  await walk(0, async ({ page, sees }) => {
    await sees(page.locator(".pair li").filter({ hasText: "2060702" }), /科普活动 2060702 \+118\.39/);
  });
});

test("what a word means: one tap, and it is said whose words they are", async () => {
  await walk(1, async ({ page, tap, sees }) => {
    await tap(page.locator(".foot a").filter({ hasText: "名词解释" }));
    await sees(page.locator("dt", { hasText: "“三公”经费" }).locator("+ dd"), /因公出国（境）费、公务用车购置及运维费和公务接待费/);
    await sees(page.locator("dt", { hasText: /^一般公共预算$/ }).locator("+ dd"), /以税收为主.*本站程序的解释，不是公开单位的说法/);
  });
});

test("all figures as one file: one tap", async () => {
  await walk(1, async ({ page, press }) => {
    const file = page.waitForEvent("download");
    await press(page.getByRole("link", { name: "所有的表，一个文件" }));
    assert.equal((await file).suggestedFilename(), "zjk-kexie-2025-budget.xlsx");
  });
});

test("a cell cited: two taps", async () => {
  await walk(2, async ({ page, tap, press, sees }) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await tap(page.locator(".headlines > div").filter({ hasText: "“三公”经费" }).locator("dd:not(.prior) a"));
    const card = page.locator(".card:popover-open");
    await sees(card, /小计.*2\.92.*万元/);
    await press(card.locator("[data-copy=cite]"));
    await card.locator(".said", { hasText: "已复制" }).waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /《.*“三公”.*》，“‘三公’经费小计”行.*2\.92万元。https:/);
  });
});

test("how much is spent on 三公, and is it more than before: on the front page; the same side by side: one tap", async () => {
  await walk(1, async ({ page, tap, sees }) => {
    const headline = page.locator(".headlines > div").filter({ hasText: "“三公”经费" });
    await sees(headline, /2\.92 ?万元.*2022年 5\.42，减 2\.50/);
    const { y, height } = await headline.boundingBox();
    assert.ok(y + height <= 740, "without a finger moved");
    await tap(headline.locator(".prior a"));
    await sees(page.locator(".compare tr.total, .compare :target").first(), /小计.*2\.92.*5\.42.*−2\.50 减 46\.1%/);
  });
});

test("why spending rose: on the front page, the largest change first; everything that changed: one tap", async () => {
  await walk(1, async ({ page, tap, sees }) => {
    const lines = page.locator(".pair > div").first().locator("section").first().locator("li");
    await sees(lines.nth(1), /科普活动 2060702 \+118\.39/);
    const sizes = (await lines.locator(".sum").allTextContents()).map((text) => Math.abs(parseFloat(text.replace("−", "-").replace(",", ""))));
    assert.deepEqual(sizes, sizes.toSorted((a, b) => b - a));
    await tap(page.getByRole("link", { name: "全部增减" }));
    assert.match(page.url(), /compare\/2022-budget\/index\.html$/);
  });
});

test("what the office does, and what was checked: on the front page; all figures: one tap", async () => {
  await walk(1, async ({ page, tap, sees }) => {
    await sees(page.locator("main .lead"), /组织、开展学术交流.*普及科学知识/);
    await sees(page.locator("main > section li"), /./);
    assert.match(await page.locator("main > section").innerText(), /勾稽 \d+ 项：\d+ 项相符，1 项不符/);
    await tap(page.getByRole("link", { name: "全部数据文件" }));
    assert.match(page.url(), /2025-budget\/downloads\.html$/);
  });
});

test("the largest project, what it costs and what it promises: on the front page; its page: one tap", async () => {
  await walk(1, async ({ page, tap, sees }) => {
    const first = page.locator(".promises li").first();
    await sees(first, /115\.00 万元.*活动场次 ≥40次、受益人数 ≥1万人.*冀财教【2024】105号/);
    const amounts = await page.locator(".promises b").allTextContents();
    assert.deepEqual(amounts.map(parseFloat), amounts.map(parseFloat).toSorted((a, b) => b - a));
    await tap(first.locator("a"));
    await sees(page.locator(".headlines"), /预算数 ?115\.00 ?万元/);
  });
});

test("how one code changed since 2022: on the front page or one tap, every figure of it in both years: two", async () => {
  await walk(2, async ({ page, tap, sees }) => {
    await tap(page.locator(".headlines .prior a"));
    await sees(page.locator(".compare tbody tr").filter({ hasText: "2060702" }).first(), /科普活动 2060702.*330\.39.*212\.00.*\+118\.39 增 55\.8%/);
    await tap(page.locator(".compare tbody tr").filter({ hasText: "2060702" }).locator("small a"));
    assert.match(page.url(), /subjects\/functional\/2060702\.html$/);
    await sees(page.locator("main"), /科普活动.*212\.00/);
  });
});

test("every indicator of a project: one tap", async () => {
  await walk(1, async ({ page, tap, sees }) => {
    await tap(page.locator(".promises a").filter({ hasText: "2025 科普经费" }));
    await sees(page.locator(".indicators"), /活动次数.*≥60 次/);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  });
});

test("a word nobody looks up in a menu: typed, and the row is there with its figure; its cell is a tap away", async () => {
  await walk(1, async ({ page, tap, sees }) => {
    await page.locator(".search-box input").fill("科普活动");
    await page.keyboard.press("Enter");
    await sees(page.locator(".hits li"), /科普活动/);
    await tap(page.locator(".hits li a"));
    await sees(page.locator(":target"), /科普活动|\d/);
  });
});
