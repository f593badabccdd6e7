// What a clerk sees in an editor: keys, codes, rows and sections are completed and explained, and a slip is marked.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Server } from './server.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');
const program = resolve(root, target, 'debug/mingbai');

const folder = mkdtempSync(join(tmpdir(), 'mingbai-editor-'));
const server = new Server();

const disclosure = 'starter/content/library/2025-budget';
const own = 'minimal/profiles/test/minimal.yaml';

before(async () => {
  execFileSync(program, ['init', '-q', join(folder, 'starter')]);
  cpSync(join(root, 'tests/sites/minimal'), join(folder, 'minimal'), { recursive: true });
  execFileSync(program, ['schema', '--write', '-q', '-r', join(folder, 'minimal')]);
  await server.start(folder);
});

after(() => {
  server.stop();
  rmSync(folder, { recursive: true });
});

const text = (path) => readFileSync(join(folder, path), 'utf8');

let edits = 0;

// Opens a copy of a file, beside it, in which one text is replaced. `‸` is where the cursor stands.
async function edit(path, from, to) {
  const before = text(path);
  assert.ok(before.includes(from), `${path} holds ${from}`);
  const marked = before.replace(from, to);
  const at = marked.indexOf('‸');
  const lines = marked.slice(0, Math.max(at, 0)).split('\n');
  const position = { line: lines.length - 1, character: lines.at(-1).length };
  const copy = path.replace('.yaml', `-${(edits += 1)}.yaml`);
  const diagnostics = await server.open(copy, marked.replace('‸', ''));
  return { copy, position, messages: diagnostics.map(({ message }) => message) };
}

async function labels(path, from, to) {
  const { copy, position } = await edit(path, from, to);
  const items = await server.complete(copy, position);
  server.close(copy);
  return new Map(items.map((item) => [item.label, item.documentation?.value ?? item.documentation ?? '']));
}

async function hover(path, from, to) {
  const { copy, position } = await edit(path, from, to);
  const shown = await server.hover(copy, position);
  server.close(copy);
  return shown;
}

test('every file of a new portal is free of marks', async () => {
  for (const name of ['organisation.yaml', '2025-budget/disclosure.yaml', '2025-budget/tables/expenditure.yaml',
    '2025-budget/tables/overview.yaml', '2025-budget/projects/01-books.yaml']) {
    const path = `starter/content/library/${name}`;
    assert.deepEqual(await server.open(path, text(path)), [], path);
    server.close(path);
  }
});

for (const [what, path, from, to, label, meaning] of [
  ['a key', `${disclosure}/disclosure.yaml`, 'stage: budget', 'stage: budget\nwith‸', 'withhold', '不公开的内容'],
  ['a column', `${disclosure}/tables/expenditure.yaml`, 'total: 30.00, basic: 30.00 }', 'total: 30.00, basic: 30.00, pro‸ }', 'project', '项目支出'],
  ['a code', `${disclosure}/tables/expenditure.yaml`, '- { code: 207,', '- { code: ‸,', '20508', '进修及培训'],
  ['a row', `${disclosure}/tables/overview.yaml`, 'name: 收入总计', 'name: ‸', '收入总计', ''],
  ['a rule', `${disclosure}/disclosure.yaml`, 'stage: budget', 'stage: budget\naccept:\n  - code: ‸', 'cross-foot', ''],
  ['an address', `${disclosure}/disclosure.yaml`, 'stage: budget', 'stage: budget\naccept:\n  - at: ‸', 'narrative/duties/*', ''],
  ['a kind of indicator', `${disclosure}/projects/01-books.yaml`, 'level2: 数量指标', 'level2: ‸', '质量指标', ''],
  ['a section', own, 'section: explanation', 'section: ‸', 'explanation', '二、预算情况说明'],
  ['a type of column', own, 'type: label', 'type: l‸', 'label', '行的名称'],
]) {
  test(`${what} is completed`, async () => {
    const found = await labels(path, from, to);
    assert.ok(found.has(label), `${label} among ${[...found.keys()].slice(0, 20)}`);
    assert.ok(found.get(label).includes(meaning), `${label}: ${found.get(label)}`);
  });
}

for (const [what, path, from, to, shown] of [
  ['a key', `${disclosure}/disclosure.yaml`, 'fiscal_year', 'fiscal‸_year', ['会计年度', 'fiscal year as printed']],
  ['a key of the portal', 'starter/mingbai.yaml', 'publisher', 'publ‸isher', ['谁发布', 'who publishes']],
  ['a column', `${disclosure}/tables/expenditure.yaml`, 'basic: ', 'ba‸sic: ', ['基本支出', '金额']],
  ['a key of a profile', own, 'total_row: 合计', 'total‸_row: 合计', ['合计行的名称']],
]) {
  test(`${what} is explained`, async () => {
    const found = await hover(path, from, to);
    for (const words of shown) assert.ok(found.includes(words), found);
  });
}

for (const [what, path, from, to, says] of [
  ['an unknown key', `${disclosure}/disclosure.yaml`, 'stage: budget', 'stage: budget\napprovd: 2025-02-10', 'approvd'],
  ['a missing key', `${disclosure}/disclosure.yaml`, 'stage: budget\n', '', 'stage'],
  ['a column that is not there', `${disclosure}/tables/expenditure.yaml`, 'basic: ', 'bsaic: ', 'bsaic'],
  ['a text among figures', `${disclosure}/tables/expenditure.yaml`, 'total: ', 'total: 约', '这一栏要填数字'],
  ['a row that is not there', `${disclosure}/tables/overview.yaml`, 'name: 收入总计', 'name: 收人总计', '只能是表上印的行'],
  ['a rule that is not there', `${disclosure}/disclosure.yaml`, 'stage: budget', 'stage: budget\naccept:\n  - { code: cross-feet, at: a/b/c }', 'cross-foot'],
  ['a type that is not there', own, 'type: label', 'type: lable', 'label'],
]) {
  test(`${what} is marked`, async () => {
    const { copy, messages } = await edit(path, from, to);
    server.close(copy);
    assert.ok(messages.some((message) => message.includes(says)), messages.join('\n') || 'nothing is marked');
  });
}
