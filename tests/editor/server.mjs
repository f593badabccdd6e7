// The YAML language server that VS Code, Zed and Neovim start, spoken to over its standard input and output.
import { spawn } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';

const program = fileURLToPath(
  new URL('node_modules/yaml-language-server/bin/yaml-language-server', import.meta.url),
);

export class Server {
  #child = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  #buffer = Buffer.alloc(0);
  #next = 1;
  #waiting = new Map();
  #diagnostics = new Map();

  constructor() {
    this.#child.stdout.on('data', (bytes) => {
      this.#buffer = Buffer.concat([this.#buffer, bytes]);
      for (let message = this.#take(); message; message = this.#take()) this.#receive(message);
    });
  }

  // One message: a header with the length, an empty line, JSON.
  #take() {
    const end = this.#buffer.indexOf('\r\n\r\n');
    if (end < 0) return undefined;
    const length = Number(/Content-Length: (\d+)/i.exec(this.#buffer.subarray(0, end).toString())[1]);
    if (this.#buffer.length < end + 4 + length) return undefined;
    const json = this.#buffer.subarray(end + 4, end + 4 + length).toString();
    this.#buffer = this.#buffer.subarray(end + 4 + length);
    return JSON.parse(json);
  }

  #receive({ id, method, params, result, error }) {
    if (method === 'textDocument/publishDiagnostics') {
      this.#diagnostics.get(params.uri)?.(params.diagnostics);
    } else if (method && id !== undefined) {
      // The server asks the editor for its settings: no schema is fetched from a catalogue.
      const settings = { schemaStore: { enable: false }, validate: true, completion: true, hover: true };
      const answer = method === 'workspace/configuration'
        ? params.items.map(({ section }) => (section === 'yaml' ? settings : null))
        : null;
      this.#send({ id, result: answer });
    } else if (id !== undefined) {
      const [done, failed] = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) failed(new Error(error.message));
      else done(result);
    }
  }

  #send(message) {
    const json = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`);
  }

  #ask(method, params) {
    const id = this.#next++;
    this.#send({ id, method, params });
    return new Promise((done, failed) => this.#waiting.set(id, [done, failed]));
  }

  async start(root) {
    this.root = root;
    const rootUri = pathToFileURL(root).href;
    await this.#ask('initialize', {
      processId: process.pid,
      rootUri,
      workspaceFolders: [{ uri: rootUri, name: 'portal' }],
      capabilities: {
        workspace: { configuration: true },
        textDocument: {
          completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
          hover: { contentFormat: ['markdown'] },
        },
      },
    });
    this.#send({ method: 'initialized', params: {} });
  }

  // Opens a text as the file of this path; what the server marks in it.
  open(path, text) {
    const uri = pathToFileURL(join(this.root, path)).href;
    const marked = new Promise((done) => this.#diagnostics.set(uri, done));
    this.#send({
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, languageId: 'yaml', version: 1, text } },
    });
    return marked;
  }

  close(path) {
    const uri = pathToFileURL(join(this.root, path)).href;
    this.#send({ method: 'textDocument/didClose', params: { textDocument: { uri } } });
  }

  async complete(path, position) {
    const uri = pathToFileURL(join(this.root, path)).href;
    const found = await this.#ask('textDocument/completion', { textDocument: { uri }, position });
    return Array.isArray(found) ? found : found.items;
  }

  async hover(path, position) {
    const uri = pathToFileURL(join(this.root, path)).href;
    const found = await this.#ask('textDocument/hover', { textDocument: { uri }, position });
    return found?.contents?.value ?? '';
  }

  stop() {
    this.#child.kill();
  }
}
