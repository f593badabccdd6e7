// The aids for reading: modes, the short form, rows as lines, groups, the sheet of a figure; paper; and a reader without any of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { ROOT, SAMPLES, stage, files, visit as open } from "./site.mjs";

const WIDE = SAMPLES["wide table"], TWO = SAMPLES["two-sided table"];
const phone = { viewport: { width: 360, height: 780 } };
const desk = { viewport: { width: 1280, height: 800 } };
let site, chrome;

stage((served, opened) => { [site, chrome] = [served, opened]; });

const visit = (options, path, look) => open(chrome, site.url + path, options, look);
const zipped = (path) => gzipSync(readFileSync(join(ROOT, path)), { level: 9 }).length;
const shown = (page, selector) => page.locator(selector).filter({ visible: true }).count();
const root = (page, name) => page.evaluate((name) => document.documentElement.dataset[name] ?? "", name);

test("a table with its style weighs at most 14 KB, the scripts of any page but the search less than 4", () => {
  const style = zipped(files("style.css")[0]);
  for (const path of files(".html").filter((path) => path !== SAMPLES.search)) {
    const scripts = [...readFileSync(join(ROOT, path), "utf8").matchAll(/<script[^>]*\bsrc="?([^\s">]+)/g)].map(([, from]) => join(dirname(path), from));
    assert.ok(scripts.length >= 1, path);
    const weight = scripts.reduce((sum, script) => sum + zipped(script), 0);
    assert.ok(weight < 4096, `${path}: ${scripts} weigh ${weight}`);
  }
  for (const path of files(".html").filter((path) => path.includes("/tables/"))) {
    assert.ok(zipped(path) + style <= 14 * 1024, `${path} weighs ${zipped(path)}, the style ${style}`);
  }
  const [script] = files("read.js");
  const home = zipped(SAMPLES.home) + style + zipped(script);
  assert.ok(home <= 12 * 1024, `the front page weighs ${home} with style and script`);
});

test("nothing blocks the reader: after the first paint no task of a page takes more than 50 ms", async () => {
  // Total blocking time is what tasks after the first contentful paint take beyond 50 ms each. It is
  // measured in time of the thread itself (`tdur`), not of the clock: a busy machine lets a task wait,
  // which is not the page's doing.
  const context = await chrome.newContext(phone), page = await context.newPage();
  await page.goto(site.url + SAMPLES.glossary);
  for (const [kind, path] of Object.entries(SAMPLES)) {
    await chrome.startTracing(page, { categories: ["toplevel", "devtools.timeline", "loading"] });
    await page.goto(site.url + path);
    await page.waitForTimeout(200);
    const { traceEvents } = JSON.parse((await chrome.stopTracing()).toString());
    const paint = traceEvents.findLast(({ name }) => name === "firstContentfulPaint");
    assert.ok(paint, `${kind} was painted`);
    const tasks = traceEvents.filter(({ name, pid, tid }) => name.endsWith("RunTask") && pid === paint.pid && tid === paint.tid);
    const timed = tasks.filter(({ tdur }) => tdur !== undefined);
    assert.ok(timed.length > 5, `${kind}: the thread was watched`);
    const after = timed.filter(({ ts, dur }) => ts + dur > paint.ts).map(({ tdur }) => tdur / 1000);
    assert.ok(Math.max(0, ...after) <= 50, `${kind}: ${after.toSorted((a, b) => b - a).slice(0, 3)} ms`);
  }
  await context.close();
});

test("large type is one press away, stays on the next page, and goes as it came", async () => {
  await visit(phone, WIDE, async (page) => {
    const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
    const before = await size();
    await page.locator("[data-key=age]").click();
    assert.equal(await page.locator("[data-key=age]").getAttribute("aria-pressed"), "true");
    assert.equal(await size(), 22);
    await page.locator("[popovertarget=display]").first().click();
    for (let step = 0; step < 3; step++) await page.locator("[data-step='1']").click();
    assert.equal(await size(), 30);
    assert.ok(await page.locator("[data-step='1']").isDisabled());
    await page.goto(site.url + SAMPLES.home);
    assert.equal(await size(), 30);
    await page.locator("[data-key=age]").click();
    assert.equal(await size(), before);
  });
});

test("dark and high contrast are chosen on the page, whatever the system says", async () => {
  await visit({ ...desk, colorScheme: "light" }, SAMPLES.home, async (page) => {
    const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await paper();
    await page.locator("[popovertarget=display]").first().click();
    await page.locator("[data-value=dark]").click();
    assert.notEqual(await paper(), light);
    await page.locator("[data-value=high]").click();
    assert.equal(await paper(), "rgb(0, 0, 0)");
    await page.locator("[data-value=light]").click();
    assert.equal(await paper(), "rgb(255, 255, 255)");
    await page.locator("[data-reset]").click();
    assert.equal(await paper(), light);
  });
});

test("a page from disk, and one that may store nothing, reads and switches", async () => {
  await open(chrome, `file://${join(ROOT, WIDE)}`, phone, async (page) => {
    await page.locator("[data-key=age]").click();
    assert.equal(await root(page, "age"), "on");
  });
  const context = await chrome.newContext(phone);
  await context.addInitScript(() => Object.defineProperty(window, "localStorage", { get() { throw new Error("denied"); } }));
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(site.url + WIDE);
  await page.locator("[data-key=age]").click();
  assert.equal(await root(page, "age"), "on");
  assert.deepEqual(errors, []);
  await context.close();
});

for (const [mode, least] of [["normal", 44], ["age-friendly", 60]]) {
  test(`${mode}: on a touch screen what is pressed is at least ${least} px high and 24 wide, on every kind of page, but for words in a sentence`, async () => {
    for (const [kind, path] of Object.entries(SAMPLES)) {
      await visit({ ...phone, mode, hasTouch: true, isMobile: true }, path, async (page) => {
        // What is folded is pressed too once it is open.
        await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
        if (await page.locator("[data-groups=open]").isVisible()) await page.locator("[data-groups=open]").tap();
        const small = await page.evaluate((least) => {
          // A link in a line with other words is as high as the line (WCAG 2.5.5, 2.5.8: inline).
          const isInText = (node) => getComputedStyle(node).display == "inline" && node.parentNode.textContent.trim() != node.textContent.trim();
          return [...document.querySelectorAll("a[href], button, input, select, summary")]
            .filter((node) => node.checkVisibility() && node.offsetWidth && !node.matches(".skip") && !isInText(node))
            .map((node) => [node, node.getBoundingClientRect()])
            .filter(([, { width, height }]) => height < least - .5 || width < 23.5)
            .map(([node, { width, height }]) => `${node.parentNode.tagName}.${node.parentNode.className} ${node.textContent.trim().slice(0, 20)} ${Math.round(width)} × ${Math.round(height)}`);
        }, least);
        assert.deepEqual(small, [], `${kind}: ${path}`);
      });
    }
  });
}

test("a link looks like one: on every kind of page it is underlined, in a colour that is three times apart from the paper", async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const [kind, path] of Object.entries(SAMPLES)) {
      await visit({ ...desk, colorScheme }, path, async (page) => {
        const plain = await page.evaluate(() => {
          const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
          const light = (colour) => {
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => part / 255).map((part) => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
            return .2126 * r + .7152 * g + .0722 * b;
          };
          const paper = light(getComputedStyle(document.documentElement).backgroundColor);
          return [...document.querySelectorAll("main a[href], .foot a[href]")].filter((link) => link.checkVisibility() && link.textContent.trim()).map((link) => {
            const { textDecorationLine, textDecorationColor } = getComputedStyle(link), line = light(textDecorationColor);
            const apart = (Math.max(line, paper) + .05) / (Math.min(line, paper) + .05);
            return textDecorationLine.includes("underline") && apart >= 3 ? "" : `${link.textContent.trim().slice(0, 20)} ${textDecorationLine} ${apart.toFixed(1)}`;
          }).filter(Boolean);
        });
        assert.deepEqual(plain, [], `${kind} ${colorScheme}`);
      });
    }
  }
});

test("on a phone the blank columns are folded, and the whole form is one press away", async () => {
  await visit(phone, WIDE, async (page) => {
    const width = (selector) => page.locator(selector).first().evaluate((node) => node.offsetWidth);
    assert.equal(await width("thead .void"), 0);
    assert.equal(await shown(page, ".columns"), 0);
    await page.locator("[data-value=full]").click();
    assert.ok(await width("thead .void") > 20);
    assert.equal(await shown(page, ".columns"), 1);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.value), "brief", "the way back has the focus");
    await page.goto(site.url + SAMPLES["basic table"]);
    assert.equal(await root(page, "form"), "full", "the next table opens the same way");
  });
  await visit(desk, WIDE, async (page) => assert.equal(await shown(page, ".columns"), 1));
});

test("on a phone the panels of a two-sided table are shown one at a time, without their blank rows", async () => {
  await visit(phone, TWO, async (page) => {
    const rows = () => page.locator("tbody tr:visible th:not(.off)").allTextContents();
    assert.deepEqual((await rows()).slice(0, 2), ["一、一般公共预算拨款", "本年收入合计"]);
    await page.locator(".views button", { hasText: "支出" }).click();
    assert.equal((await rows())[0], "五、教育支出");
    await page.goto(`${site.url}${TWO}#income.general.amount`);
    assert.ok(await page.locator(":target").evaluate((cell) => cell.offsetWidth) > 20, "an address opens its panel");
  });
});

test("on a phone a row is its name and its figures under their headings, and still a table to those who hear it", async () => {
  await visit(phone, WIDE, async (page) => {
    await page.locator("[data-groups=open]").click();
    const row = page.getByRole("row").filter({ hasText: "科普活动" });
    assert.equal(await row.getByRole("rowheader").count(), 1);
    assert.equal(await row.getByRole("cell", { name: "71.88" }).count(), 1);
    const name = await row.getByRole("rowheader").boundingBox(), figure = await row.locator("td[id]:visible").first().boundingBox();
    assert.ok(name.width > 200, `the name has ${name.width} px`);
    assert.ok(figure.y > name.y, "figures stand under the name");
    assert.equal(await row.locator("td[id]").first().evaluate((cell) => getComputedStyle(cell, "::before").content), '"合计"');
  });
});

test("on a phone equal figures of a row are said once, one heading for all is said above them, and a short table stays short", async () => {
  await visit(phone, SAMPLES["basic table"], async (page) => {
    const row = page.locator('tr[id="301"]');
    assert.equal(await row.locator("td[id]:visible").count(), 1);
    assert.equal(await row.locator("td[id]:visible").getAttribute("data-label"), "合计 / 人员经费");
    await page.evaluate(() => { location.hash = "301.personnel"; });
    await page.locator(':target').waitFor({ state: "visible" });
  });
  await visit(phone, SAMPLES["three-public table"], async (page) => {
    assert.equal(await page.locator(".grid").getAttribute("data-one"), "");
    assert.equal(await page.locator(".grid td[id]:visible").first().evaluate((cell) => getComputedStyle(cell, "::before").content), "none");
  });
  for (const path of [SAMPLES["basic table"], "zjk-kexie/2025-budget/tables/expenditure.html"]) {
    await visit(phone, path, async (page) => {
      const high = await page.locator(".grid").evaluate((node) => node.offsetHeight);
      assert.ok(high < 900, `${path}: ${high} px folded`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360, path);
    });
  }
});

test("every figure of a phone has its heading whichever script comes first, and the year before only when asked", async () => {
  const context = await chrome.newContext(phone);
  const page = await context.newPage();
  // The script of every page may come late: the others do not wait for it.
  await page.route("**/read.js", async (route) => {
    await new Promise((done) => setTimeout(done, 700));
    await route.continue();
  });
  for (const path of [TWO, SAMPLES["basic table"]]) {
    await page.goto(site.url + path);
    const cell = page.locator("tbody td[id]").filter({ visible: true }).first();
    await page.waitForFunction(() => document.documentElement.classList.contains("narrow"));
    assert.notEqual(await cell.evaluate((cell) => cell.dataset.label ?? ""), "", path);
    assert.equal(await shown(page, ".prior"), 0);
  }
  assert.ok(await page.locator("[data-groups=open]").isVisible(), "groups are folded");
  await page.locator("[data-key=prior][data-value=on]").click();
  const prior = page.locator("tbody .prior").filter({ visible: true }).first();
  assert.equal(await prior.getAttribute("data-label"), "2022年");
  await context.close();
});

test("groups fold to their own line, their totals stay, and an address opens its group", async () => {
  await visit(phone, WIDE, async (page) => {
    assert.deepEqual(await page.locator("tbody tr:visible td.code").allTextContents(), ["205", "206", "208", "210", "221"]);
    assert.ok(await page.locator('[id="合计.total"]').isVisible());
    await page.locator(".twist").first().click();
    assert.ok(await page.locator('[id="2050802"]').isVisible());
    await page.evaluate(() => { location.hash = "2060702.carryover"; });
    await page.locator('[id="2060702.carryover"]').waitFor({ state: "visible" });
  });
});

test("a keyboard goes through the head, the table's switches, the region, the figures, the sheet and back", async () => {
  await visit(desk, WIDE, async (page) => {
    const at = () => page.evaluate(() => {
      const node = document.activeElement;
      return node.matches(".scroll") ? "region" : node.id || node.textContent.trim();
    });
    const seen = [];
    for (let press = 0; press < 24 && !seen.includes("合计.total"); press++) {
      await page.keyboard.press("Tab");
      seen.push(await at());
      const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineWidth);
      assert.equal(ring, "3px", `${seen.at(-1)} shows that it has the focus`);
    }
    const order = ["跳到正文", "适老化", "显示", "首页", "收起空列", "region", "合计.total"];
    assert.deepEqual(seen.filter((stop) => order.includes(stop)), order);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    assert.equal(await at(), "205.current");
    await page.keyboard.press("Enter");
    const sheet = page.locator(".sheet:popover-open");
    assert.match(await sheet.textContent(), /205 教育支出.*本年收入 › 小计.*67\.90.*万元.*5\.3%/s);
    assert.match(await sheet.locator("[data-part=before]").textContent(), /^$/, "only the first amounts have the year before");
    assert.match(await sheet.locator(".cite").textContent(), /张家口市科学技术协会.*2025年部门预算《部门预算收入总表》，“205 教育支出”行“本年收入 › 小计”栏：67\.90万元。https:.*revenue\.html#205\.current/);
    assert.equal(await page.evaluate(() => document.activeElement.id), "figure-where", "the heading of the card has the focus");
    const stops = [];
    for (let press = 0; press < 12; press++) {
      await page.keyboard.press(press < 8 ? "Tab" : "Shift+Tab");
      assert.ok(await page.evaluate(() => document.activeElement.closest(".card") != null), "Tab stays in the card");
      stops.push(await at());
    }
    assert.ok(new Set(stops).size >= 3, stops.join(" "));
    await page.keyboard.press("Escape");
    assert.equal(await shown(page, ".sheet"), 0);
    assert.equal(await at(), "205.current", "the focus is back at the figure");
  });
});

test("the year before stands in the table when asked for, and never in the official form, on paper or without a script", async () => {
  const prior = (page) => shown(page, ".grid .prior");
  await visit({ viewport: { width: 768, height: 900 } }, WIDE, async (page) => {
    assert.equal(await prior(page), 0);
    await page.locator("[data-key=prior][data-value=on]").click();
    const row = page.locator('tr[id="2060702"]');
    assert.deepEqual((await row.locator(".prior").allTextContents()).map((text) => text.trim()), ["212.00", "+118.39"]);
    assert.deepEqual(await page.locator("thead th.prior").allTextContents(), ["2022年", "增减"]);
    assert.equal(await row.locator(".prior").first().evaluate((cell) => getComputedStyle(cell).display), "table-cell");
    assert.match(await page.locator('tr[id="2082702"] .prior').last().textContent(), /新增/);
    assert.match(await page.locator(".changes ~ .beside").textContent(), /另有 1 行今年不再列/);
    await page.goto(site.url + TWO);
    assert.ok(await prior(page) > 4, "the next table opens the same way, one panel at a time");
    await page.locator("[data-key=form][data-value=full]").click();
    assert.equal(await prior(page), 0);
    await page.locator("[data-key=prior][data-value=on]").click();
    await page.emulateMedia({ media: "print" });
    assert.equal(await prior(page), 0);
  });
  await visit({ ...desk, javaScriptEnabled: false }, WIDE, async (page) => assert.equal(await prior(page), 0));
  await visit(phone, WIDE, async (page) => {
    await page.locator("[data-key=prior][data-value=on]").click();
    assert.match(await page.locator("tbody .prior:visible").first().evaluate((cell) => cell.dataset.label), /2022年/, "a phone has it under the name");
  });
});

test("a figure tells what it adds up, and where else it stands", async () => {
  await visit(desk, WIDE, async (page) => {
    await page.locator('[id="206.total"]').click();
    await page.locator(".card:popover-open").waitFor();
    assert.deepEqual(await page.locator("td.part").evaluateAll((cells) => cells.map((cell) => cell.id)), ["206.current", "206.carryover"]);
    assert.equal(await page.locator(".adds").textContent(), "是 2 个数之和，已在表中标出");
    await page.locator(".also a").filter({ visible: true }).click();
    await page.waitForURL(/expenditure\.html#206\.total$/);
    assert.equal(await page.locator(":target").textContent(), "991.95");
  });
});

test("the card of a figure says what it was, its share and what it means, whoever said so", async () => {
  await visit(phone, WIDE, async (page) => {
    await page.locator("[data-groups=open]").click();
    await page.locator('[id="2060702.total"]').click();
    const card = page.locator(".card:popover-open");
    assert.equal(await card.locator("[data-part=before]").textContent(), "2022年 212.00 增减 +118.39");
    assert.match(await card.locator(".share").textContent(), /占合计 22\.7%/);
    assert.match(await page.title(), /^部门预算收入总表/, "who touches a figure stays on the page");
    await page.keyboard.press("Escape");
    await page.locator('[id="2060702.carryover"]').click();
    const means = card.locator("[data-part=means]");
    await means.waitFor();
    assert.match(await means.textContent(), /^上年结转 指以前年度.*。 $/, "the publisher’s words, without a mark");
    assert.match(await means.locator("a").getAttribute("href"), /glossary\.html#/);
  });
  await visit(phone, `${TWO}#income.general.amount`, async (page) => {
    const means = page.locator(".card:popover-open [data-part=means]");
    await means.waitFor();
    assert.match(await means.textContent(), /^一般公共预算 政府最主要的一本账.*。 这是本站程序的解释，不是公开单位的说法$/, "where the publisher explains nothing");
  });
});

test("a link that brings a figure opens its card, and shows it as title and description", async () => {
  await visit(phone, `${WIDE}#2060702.carryover`, async (page) => {
    const card = page.locator(".card:popover-open");
    assert.match(await card.locator("h2").textContent(), /2060702 科普活动.*上年结转/);
    assert.match(await page.title(), /^2060702 科普活动 .*上年结转.* 71\.88万元 · 张家口市科学技术协会2025年部门预算《部门预算收入总表》$/);
    assert.match(await page.locator("meta[name=description]").getAttribute("content"), /“2060702 科普活动”行.*71\.88万元/);
    assert.ok(await page.locator('[id="2060702.carryover"]').evaluate((cell) => cell.getBoundingClientRect().bottom <= document.querySelector(".card").getBoundingClientRect().top), "the card leaves its figure in sight");
    await card.locator("[data-close]").click();
    assert.equal(await page.evaluate(() => document.activeElement.id), "2060702.carryover", "the focus is at the figure");
  });
});

test("a citation can be copied", async () => {
  await visit({ ...phone, permissions: ["clipboard-read", "clipboard-write"] }, WIDE, async (page) => {
    await page.locator('[id="206.total"]').click();
    await page.locator("[data-copy=cite]").click();
    await page.locator(".said", { hasText: "已复制" }).waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /991\.95万元/);
  });
});

test("a name with quotes of its own is cited within single ones", async () => {
  await visit(desk, `${SAMPLES["three-public table"]}#subtotal.total`, async (page) => {
    assert.match(await page.locator(".card .cite").textContent(), /“‘三公’经费小计”行“资金性质 › 合计”栏：2\.92万元/);
  });
});

test("without a script nothing is offered that needs one, and the whole form is there", async () => {
  for (const path of [SAMPLES.home, WIDE, TWO]) {
    await visit({ ...phone, javaScriptEnabled: false }, path, async (page) => {
      assert.equal(await shown(page, "button, .modes, .tools, .sheet"), 0);
      if (path !== SAMPLES.home) assert.equal(await shown(page, ".columns"), 1);
    });
  }
});

test("without a style the page is in order, and nothing is offered that needs one", async () => {
  const context = await chrome.newContext(desk);
  await context.route("**/*.css", (route) => route.abort());
  const page = await context.newPage();
  await page.goto(site.url + WIDE);
  const text = await page.evaluate(() => document.body.innerText);
  const places = ["部门预算收入总表", "单位：万元", "科目编码", "教育支出", "住房公积金", "核对", "主办单位"].map((words) => text.indexOf(words));
  assert.deepEqual(places, [...places].sort((a, b) => a - b));
  assert.ok(places.every((place) => place >= 0));
  assert.equal(await shown(page, "button"), 0);
  await context.close();
});

test("paper gets the whole form on A4, its headings on each sheet, and no interface", async () => {
  await visit(phone, WIDE, async (page) => {
    await page.emulateMedia({ media: "print" });
    assert.equal(await shown(page, "nav, button, .modes, .tools"), 0);
    assert.equal(await shown(page, ".columns"), 1);
    assert.equal(await shown(page, ".grid tbody tr"), 23);
    assert.equal(await page.locator(".grid thead").evaluate((node) => getComputedStyle(node).display), "table-header-group");
    assert.ok(await page.locator("thead .void").first().evaluate((node) => node.offsetWidth) > 10);
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), "rgba(0, 0, 0, 0)");
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => [Math.round(width), Math.round(height)]);
    assert.deepEqual([...new Set(boxes.map(String))], ["842,595"], "a wide table lies on its side");
    assert.equal(boxes.length, 1, "no second sheet for a note alone");
  });
  await visit(desk, SAMPLES.project, async (page) => {
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    assert.match(pdf, /\/MediaBox \[0 0 59\d/, "a project stands upright");
  });
});

test("colours the system forces and motion it refuses are respected", async () => {
  await visit({ ...phone, forcedColors: "active", reducedMotion: "reduce" }, `${WIDE}#2060702.carryover`, async (page) => {
    const seen = await page.evaluate(() => {
      const style = (selector) => getComputedStyle(document.querySelector(selector));
      return { target: style(":target").animationName, still: document.getAnimations().filter((one) => one.playState == "running" && one.timeline === document.timeline).length };
    });
    assert.equal(seen.target, "none");
    assert.equal(seen.still, 0);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), "solid");
  });
  await visit({ ...phone, forcedColors: "active" }, SAMPLES.home, async (page) => {
    const fills = await page.evaluate(() => [...document.querySelectorAll(".bar > rect")].map((part) => getComputedStyle(part).fill));
    assert.equal(new Set(fills).size, fills.length, "the parts of a chart are told apart by their textures");
  });
});
