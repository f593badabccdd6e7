// A portal of several bodies, built of the smallest site of the tests: what of it the demonstration portal,
// which is one body's, does not have.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { browser, visit } from "./site.mjs";

const HERE = join(dirname(fileURLToPath(import.meta.url)), "../..");
const PROGRAM = join(process.env.CARGO_TARGET_DIR ?? join(HERE, "target"), "debug/mingbai");
const NAMES = ["示例县住房和城乡建设局", "示例县科学技术协会", "示例县公共资源交易中心（示例县政府采购中心）"];
let portal, chrome;

before(async () => {
  portal = mkdtempSync(join(tmpdir(), "mingbai-"));
  const from = join(HERE, "tests/sites/minimal"), one = join(from, "content/demo/2025-budget");
  cpSync(from, portal, { recursive: true });
  const stages = { budget: "部门预算", "budget-adjustment": "预算调整" };
  for (const [number, name] of NAMES.entries()) {
    const body = join(portal, `content/body-${number}`);
    mkdirSync(body, { recursive: true });
    writeFileSync(join(body, "organisation.yaml"), `name: ${name}\n`);
    for (const year of [2025, 2024, 2023, 2022, 2021].slice(number)) {
      for (const stage of number ? ["budget"] : Object.keys(stages)) {
        const folder = join(body, `${year}-${stage}`);
        cpSync(one, folder, { recursive: true });
        writeFileSync(join(folder, "disclosure.yaml"), `fiscal_year: ${year}\nstage: ${stage}\nprofile: test/${stage}\n`);
      }
    }
  }
  const profile = readFileSync(join(portal, "profiles/test/minimal.yaml"), "utf8");
  for (const [id, name] of Object.entries(stages)) {
    writeFileSync(join(portal, `profiles/test/${id}.yaml`), profile.replace("stage: 部门预算", `stage: ${name}`));
  }
  rmSync(join(portal, "content/demo"), { recursive: true });
  writeFileSync(join(portal, "mingbai.yaml"), "title: 示例县预算公开\nlanguage: zh-CN\ncontact: 0000-0000000\nemail: ask@example.org\n");
  execFileSync(PROGRAM, ["--quiet", "build"], { cwd: portal, stdio: "pipe" });
  chrome = await browser();
});

after(async () => {
  await chrome?.close();
  if (portal) rmSync(portal, { recursive: true });
});

const home = () => `file://${join(portal, "public/index.html")}`;

test("on a phone a body is its name on one line or two and its years under it, no word is broken, and all of it is there", async () => {
  for (const [mode, width] of [["normal", 360], ["largest", 320], ["normal", 768], ["normal", 1280]]) {
    await visit(chrome, home(), { mode, viewport: { width, height: 740 } }, async (page) => {
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, `${mode} ${width}`);
      const table = page.locator(".standing");
      assert.equal(await table.locator("tbody tr").count(), NAMES.length);
      // A word on more than one line has more than one box.
      const broken = await table.locator("td a, td.quiet").evaluateAll((nodes) => nodes.filter((node) => {
        const words = document.createRange();
        words.selectNodeContents(node);
        return [...words.getClientRects()].some((box, _, all) => box.width && box.top > all[0].bottom);
      }).map((node) => node.textContent));
      assert.deepEqual(broken, [], `${mode} ${width}`);
      for (const name of await table.locator("tbody th").all()) {
        const { width: wide } = await name.boundingBox(), size = await name.evaluate((node) => parseFloat(getComputedStyle(node).fontSize));
        assert.ok(wide >= 8 * size, `${mode} ${width}: a name has ${wide} px at ${size}`);
      }
      const small = await table.locator("a").evaluateAll((links) => links.map((link) => link.getBoundingClientRect())
        .filter((box) => box.height < 43.5 || box.width < 43.5).length);
      assert.equal(small, 0, `${mode} ${width}: links that are too small for a finger`);
      if (width < 400) {
        const labels = await table.locator("tbody tr").first().locator("td").evaluateAll((cells) => cells.map((cell) => getComputedStyle(cell, "::before").content));
        assert.deepEqual(labels, ["2025", "2024", "2023", "2022", "2021"].map((year) => `"${year}年"`));
      }
    });
  }
});

test("whom to ask stands at the foot of a page, and a figure is asked about with its citation", async () => {
  const table = `file://${join(portal, "public/body-1/2024-budget/tables/expenditure.html")}`;
  await visit(chrome, `${table}#206.project`, { viewport: { width: 360, height: 740 } }, async (page) => {
    assert.match(await page.locator(".foot .contact").textContent(), /0000-0000000、ask@example\.org/);
    const card = page.locator(".card:popover-open");
    await card.waitFor();
    const letter = new URL(await card.locator("[data-part=ask]").getAttribute("href"));
    assert.equal(letter.pathname, "ask@example.org");
    assert.match(letter.searchParams.get("subject"), /^206 科学技术支出 .*40\.00万元$/);
    assert.match(letter.searchParams.get("body"), /示例县科学技术协会.*《支出总表》，“206 科学技术支出”行.*40\.00万元。.*#206\.project$/s);
    assert.ok((await card.locator("[data-part=ask]").boundingBox()).height >= 43.5);
  });
});
