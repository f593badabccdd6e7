#!/usr/bin/env bash
# yaml-language-server 2.0.0 (npm), with a JSON Schema that names the values of a key: it completes an
# empty value in a block mapping and offers nothing at an empty value inside a one-line mapping `{ }`.
# One typed letter is enough there. Tables written with one row a line meet this at every new cell.
#
# Output seen:
#   block, empty value: 教育支出, 卫生健康支出
#   one line, empty value: nothing
#   one line, one letter: 教育支出, 卫生健康支出
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund yaml-language-server@2.0.0 >/dev/null

cat > schema.json <<'JSON'
{ "type": "object", "properties": { "rows": { "type": "array", "items": { "type": "object",
  "properties": { "name": { "enum": ["教育支出", "卫生健康支出"] }, "total": { "type": "number" } } } } } }
JSON

cat > ask.mjs <<'JS'
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
const child = spawn(process.execPath, ['node_modules/yaml-language-server/bin/yaml-language-server', '--stdio'],
  { stdio: ['pipe', 'pipe', 'ignore'] });
const waiting = new Map();
let rest = Buffer.alloc(0), next = 1;
const send = (message) => {
  const json = JSON.stringify({ jsonrpc: '2.0', ...message });
  child.stdin.write(`Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`);
};
const ask = (method, params) => new Promise((done) => { waiting.set(next, done); send({ id: next++, method, params }); });
child.stdout.on('data', (bytes) => {
  rest = Buffer.concat([rest, bytes]);
  for (;;) {
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/Content-Length: (\d+)/.exec(rest.subarray(0, end).toString())[1]);
    if (rest.length < end + 4 + length) return;
    const message = JSON.parse(rest.subarray(end + 4, end + 4 + length).toString());
    rest = rest.subarray(end + 4 + length);
    if (message.method && message.id !== undefined) {
      const yaml = { schemaStore: { enable: false }, completion: true, validate: true };
      send({ id: message.id, result: message.params?.items?.map(({ section }) => (section === 'yaml' ? yaml : null)) ?? null });
    } else if (message.id !== undefined) {
      waiting.get(message.id)?.(message.result);
    }
  }
});
await ask('initialize', { processId: process.pid, rootUri: pathToFileURL('.').href,
  capabilities: { workspace: { configuration: true } } });
send({ method: 'initialized', params: {} });
const head = '# yaml-language-server: $schema=schema.json\nrows:\n';
const cases = [
  ['block, empty value', '  - name: ', 10],
  ['one line, empty value', '  - { name:  }', 12],
  ['one line, one letter', '  - { name: 教 }', 13],
];
for (const [number, [what, line, character]] of cases.entries()) {
  const uri = pathToFileURL(`${number}.yaml`).href;
  send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'yaml', version: 1, text: head + line + '\n' } } });
  const answer = await ask('textDocument/completion', { textDocument: { uri }, position: { line: 2, character } });
  const labels = (answer?.items ?? answer ?? []).map((item) => item.label);
  console.log(`${what}: ${labels.length ? labels.join(', ') : 'nothing'}`);
}
child.kill();
JS
seen=$(timeout 120 node ask.mjs)
printf 'yaml-language-server %s\n%s\n' "$(node -p "require('./node_modules/yaml-language-server/package.json').version")" "$seen"
[ "$seen" = "block, empty value: 教育支出, 卫生健康支出
one line, empty value: nothing
one line, one letter: 教育支出, 卫生健康支出" ] || { echo 'the behaviour has changed' >&2; exit 1; }
