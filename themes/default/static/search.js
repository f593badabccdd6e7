// The reader's half of search; `src/search` writes what it loads and says how it is laid out.
// Files of the index are scripts: a page opened from disk may load those and nothing else.
"use strict";
globalThis.mingbai = (() => {
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUE = Object.fromEntries([...DIGITS].map((digit, value) => [digit, value]));
  const STARTS = [5, 3];
  // A round of hits comes from so many files of entries at most.
  const FILES_A_ROUND = 4, HITS_A_ROUND = 40, GRAMS_A_WORD = 3, FEW = 48, BLOCK = 512;

  // ---- What counts as the same word: as in `src/search/normalize.rs`.

  const isDigit = (c) => c >= "0" && c <= "9" && c.length === 1;
  const isAscii = (c) => c !== undefined && c.charCodeAt(0) < 128;
  const PARTS = "、。,;:!?";

  /** What stays of each character: itself, a space where it parts, or nothing. */
  function kept(chars) {
    return chars.map((c, at) => {
      const isBetween = at > 0 && isDigit(chars[at - 1]) && at + 1 < chars.length && isDigit(chars[at + 1]);
      if (/[\p{Alphabetic}\p{N}]/u.test(c) || (c === "." && isBetween)) return c;
      return PARTS.includes(c) && !(c === "," && isBetween) ? " " : "";
    });
  }
  const normalize = (text) => kept([...text.normalize("NFKC").toLowerCase()]).join("").replace(/ +/g, " ").trim();

  /** The grams a normalized word is looked up by; every stretch of it stands in one. */
  function grams(word) {
    const chars = [...word];
    if (chars.length === 1) return [isAscii(chars[0]) ? `=${word}` : word];
    const all = [];
    for (let at = 0; at + 1 < chars.length; at++) {
      const ascii = [-1, 0, 1, 2].map((step) => isAscii(chars[at + step]));
      if (!ascii[1] || !ascii[2]) all.push(chars[at] + chars[at + 1]);
      else if (ascii[3]) all.push(chars.slice(at, at + 3).join(""));
      else if (!ascii[0]) all.push(chars[at] + chars[at + 1]);
    }
    return [...new Set(all)];
  }

  /** The token of everything that begins like a word, if there is one. */
  function start(word) {
    const chars = [...word];
    const other = chars.findIndex((c) => !isAscii(c));
    const run = other < 0 ? chars.length : other;
    if (run < 2 && run < chars.length) return chars.length > 1 ? `^${chars[0]}${chars[1]}` : null;
    const length = STARTS.find((length) => length <= run);
    return length ? `^${chars.slice(0, length).join("")}` : null;
  }

  /** The shard of a token, its key there, and whether it leads to files and not to entries. */
  function place(token, shards) {
    const chars = [...token];
    const from = { "^": 1, "=": 1, "@": 2 }[chars[0]] ?? 0, to = chars[0] === "^" ? 4 : chars.length;
    let first = 0x811c9dc5, second = 0x12345678;
    chars.forEach((c, at) => {
      for (let index = 0; index < c.length; index++) {
        const unit = c.charCodeAt(index);
        second = Math.imul(second ^ unit, 0x85ebca6b);
        second ^= second >>> 13;
        if (at >= from && at < to) first = Math.imul(first ^ unit, 0x01000193);
      }
    });
    first = Math.imul(first ^ first >>> 16, 0x85ebca6b);
    first ^= first >>> 13;
    const isCoarse = !from && (chars.length === 1 || (chars.length === 2 && chars.every(isAscii)));
    return [Math.floor((first >>> 0) * shards / 2 ** 32), (second >>> 2 & ~1 | isCoarse) >>> 0];
  }

  // ---- Files: each is asked for once.

  const files = new Map();
  let load = null; // set by whoever can load a script
  function file(name, number, path) {
    const id = `${name}/${number}`;
    if (!files.has(id)) {
      const asked = {};
      asked.promise = new Promise((resolve, reject) => Object.assign(asked, { resolve, reject }));
      files.set(id, asked);
      load(path).catch((error) => { files.delete(id); asked.reject(error); });
    }
    return files.get(id).promise;
  }
  const arrive = (name) => (number, value) => files.get(`${name}/${number}`)?.resolve(value);
  const counts = () => file("counts", 0, "index.js");

  const shardLines = new Map();
  async function line(shard, key) {
    const text = await file("words", shard, `words/${shard}.js`);
    if (!shardLines.has(shard)) shardLines.set(shard, new Map(text.split("\n").map((line) => [line.slice(0, 5), line])));
    let digits = "";
    for (const shift of [24, 18, 12, 6, 0]) digits += DIGITS[(key >>> shift) & 63];
    return shardLines.get(shard).get(digits);
  }

  function* numbers(text, from) {
    for (let at = from; at < text.length; at++) {
      let value = 0, shift = 0, digit;
      for (; (digit = VALUE[text[at]]) >= 32; at++, shift += 5) value += (digit & 31) * 2 ** shift;
      yield value + digit * 2 ** shift;
    }
  }

  function entriesOf(stream) {
    const ids = [];
    let next = 0;
    for (const gap of stream) {
      let run = 1;
      if (gap & 1) run = stream.next().value;
      next += gap >>> 1;
      while (run--) ids.push(next++);
    }
    return ids;
  }

  const NONE = { count: 0, starts: [], blocks: [] };
  const lists = new Map();
  /** The entries that hold a token: how many, and the first block of them. */
  async function list(token) {
    if (!lists.has(token)) lists.set(token, (async () => {
      const { shards } = await counts();
      const [shard, key] = place(token, shards);
      const text = await line(shard, key);
      if (!text) return NONE;
      const stream = numbers(text, 5);
      const count = stream.next().value, starts = [0];
      while (starts.length * BLOCK < count) starts.push(starts.at(-1) + stream.next().value);
      // A common token names files: all that is in them may be meant.
      const open = key & 1 ? await within() : (ids) => ids;
      return { count: open([0]).length * count, starts: starts.map((start) => open([start])[0]), blocks: [open(entriesOf(stream))], shard, key, open };
    })());
    return lists.get(token);
  }
  async function block(list, at) {
    list.blocks[at] ??= (async () => {
      const { shards } = await counts();
      const [shard, key] = place(`~${list.shard}.${list.key}.${at}`, shards);
      return list.blocks[at] = list.open(entriesOf(numbers(await line(shard, key) ?? "", 5)));
    })();
    return list.blocks[at];
  }
  async function holds(list, id) {
    let at = list.starts.length - 1;
    while (at > 0 && list.starts[at] > id) at--;
    const ids = await block(list, at);
    let low = 0, high = ids.length;
    while (low < high) { const middle = (low + high) >> 1; if (ids[middle] < id) low = middle + 1; else high = middle; }
    return ids[low] === id;
  }

  /** Entries that are in every list, the most relevant first. */
  async function* common(all) {
    const sorted = [...all].sort((a, b) => a.count - b.count);
    const [rarest, ...others] = sorted;
    if (!rarest?.count) return;
    // What is left out here is compared with the words themselves later.
    const cheap = rarest.count <= FEW ? others.filter((list) => list.starts.length === 1) : others;
    for (let at = 0; at < rarest.starts.length; at++) {
      for (const id of await block(rarest, at)) {
        let fits = true;
        for (const other of cheap) if (!(fits = await holds(other, id))) break;
        if (fits) yield id;
      }
    }
  }

  // ---- Entries.

  async function whereIs(id) {
    const { kinds } = await counts();
    let first = 0, fileNumber = 0;
    for (const [kind, count, size] of kinds) {
      if (id < first + count) return { kind, file: fileNumber + Math.floor((id - first) / size), at: (id - first) % size };
      first += count;
      fileNumber += Math.ceil(count / size);
    }
    throw new RangeError(`no entry ${id}`);
  }
  /** What gives the entries of files. */
  async function within() {
    const { kinds } = await counts();
    return (numbers) => numbers.flatMap((number) => {
      let first = 0;
      for (const [, count, size] of kinds) {
        const start = number * size, files = Math.ceil(count / size);
        if (number < files) return Array.from({ length: Math.min(size, count - start) }, (_, at) => first + start + at);
        first += count;
        number -= files;
      }
      return [];
    });
  }
  async function entry(id) {
    const where = await whereIs(id);
    const { s, d, c, p, e } = await file("entries", where.file, `entries/${where.file}.js`);
    const says = (numbers) => numbers.map((number) => s[number]);
    const [at, name, anchor, code, chief, length, ...rest] = e[where.at];
    const [about, path, title, columns] = p[at];
    const [year, organisation, short, folder] = says(d[about - 1] ?? [0, 0, 0, 0]);
    return {
      id, kind: where.kind, path: folder + s[path], anchor: s[anchor], name: s[name], code: s[code], chief, page: s[title],
      columns: says(c[columns]), cells: says(rest.slice(0, length)), hidden: says(rest.slice(length)), year, organisation, short,
    };
  }

  /** How well an entry fits a word, 0 being best, and the cell that holds it; nothing if it does not. */
  function fit(found, word) {
    let best = null;
    const look = (text, base, cell) => {
      for (const part of normalize(text).split(" ")) {
        const at = part.indexOf(word);
        if (at < 0) continue;
        // Titles of tables all begin alike: what they are about stands further in.
        const isInside = at > 0 && !(found.kind === "table" && cell === -1);
        const score = base + (isInside ? 4 : part.length > word.length ? 2 : 0);
        if (!best || score < best.score) best = { score, cell };
      }
    };
    look(found.name, 0, -1);
    const inName = best !== null;
    look(found.code, 0, -2);
    found.hidden.forEach((text) => look(text, 3, -3));
    found.cells.forEach((text, cell) => look(text, 1, cell));
    // What its name shows need not be shown again.
    return best && inName ? { score: best.score, cell: -1 } : best;
  }

  /** The words of a query; of several, one may be a year or an organisation. */
  async function read(query, scopes) {
    const words = [...new Set(query.normalize("NFKC").split(/\s+/).flatMap((word) => normalize(word).split(" ")).filter(Boolean))];
    const narrow = [...scopes];
    const text = [];
    for (const word of words) {
      const scope = words.length > 1 ? (await Promise.all(["@y", "@o"].map(async (mark) => (await list(mark + word)).count ? mark + word : null))).find(Boolean) : null;
      if (scope) narrow.push(scope); else text.push(word);
    }
    if (!text.length && words.length) { text.push(words[0]); }
    return { text, narrow };
  }
  const isWithin = (found, scopes) => scopes.every((scope) => {
    const value = scope.slice(2);
    if (scope[1] === "k") return found.kind === value;
    if (scope[1] === "y") return normalize(found.year) === value || normalize(found.year).startsWith(value);
    return normalize(found.organisation) === value || normalize(found.short) === value;
  });

  const thin = (all) => all.length <= GRAMS_A_WORD ? all
    : [...new Set(Array.from({ length: GRAMS_A_WORD }, (_, at) => all[Math.round(at * (all.length - 1) / (GRAMS_A_WORD - 1))]))];

  /** A search: `next()` gives a round of hits, `done` says whether there are more. */
  async function search(query, scopes = []) {
    const { text, narrow } = await read(query, scopes);
    const tokens = [...narrow, ...text.flatMap((word) => thin(grams(word)))];
    const base = await Promise.all(tokens.map(list));
    async function* candidates() {
      for (const mark of [(word) => `=${word}`, start]) {
        for (const word of text) {
          const token = mark(word);
          if (token) yield* common([await list(token), ...base]);
        }
      }
      yield* common(base);
      // Whoever asks for an organisation by its name finds all that is its.
      const all = text.length === 1 ? await list(`@o${text[0]}`) : NONE;
      if (all.count) yield* common([all, ...base.slice(0, narrow.length)]);
    }
    const isOf = (hit, word) => text.length === 1 && isWithin(hit, [`@o${word}`]) ? { score: 6, cell: -1 } : null;
    const seen = new Set(), pages = new Set();
    const found = candidates();
    const state = { text, done: false, near: false, next };
    async function next() {
      const hits = [];
      for (let round = 0; round < 3 && !state.done && hits.length < 3; round++) {
        const ids = [], wanted = new Set();
        while (wanted.size < FILES_A_ROUND && ids.length < HITS_A_ROUND * 4) {
          const { value: id, done } = await found.next();
          if (done) { state.done = true; break; }
          if (seen.has(id)) continue;
          seen.add(id);
          ids.push(id);
          wanted.add((await whereIs(id)).file);
        }
        const all = await Promise.all(ids.map(entry));
        for (const hit of all) {
          const fits = text.map((word) => fit(hit, word) ?? isOf(hit, word));
          if (fits.includes(null) || !isWithin(hit, narrow)) continue;
          hits.push({ ...hit, score: Math.max(...fits.map((fit) => fit.score)), cells_hit: fits.map((fit) => fit.cell) });
        }
      }
      hits.sort(better);
      // A section is one hit, by its best paragraph.
      return hits.filter((hit) => hit.kind !== "section" || (!pages.has(hit.path) && pages.add(hit.path)));
    }
    state.near_hits = () => nearest(text, narrow);
    return state;
  }
  const yearOf = (hit) => hit.year ? Number(hit.year.match(/\d+/)?.[0] ?? 0) : Infinity;
  const better = (a, b) => a.score - b.score || (yearOf(b) > yearOf(a)) - (yearOf(b) < yearOf(a)) || a.id - b.id;

  /** What shares most with words that nothing holds whole; a code or an amount is never nearly right. */
  async function nearest(text, narrow) {
    if (text.some((word) => [...word].every(isAscii))) return [];
    const wanted = [...new Set(text.flatMap(grams))].slice(0, 14);
    if (wanted.length < 2) return [];
    const all = await Promise.all(wanted.map(list));
    const shared = new Map();
    const rarity = (list) => 1 + 1 / Math.log2(2 + list.count);
    for (const list of all) for (const id of list.blocks[0] ?? []) shared.set(id, (shared.get(id) ?? 0) + rarity(list));
    const ids = [...shared].filter(([, weight]) => weight >= wanted.length / 2).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const files = new Set(), chosen = [];
    for (const [id] of ids) {
      const { file } = await whereIs(id);
      if (files.size >= FILES_A_ROUND && !files.has(file)) continue;
      files.add(file);
      chosen.push(id);
      if (chosen.length >= HITS_A_ROUND) break;
    }
    const hits = (await Promise.all(chosen.map(entry))).filter((hit) => isWithin(hit, narrow));
    const stretch = (hit) => Math.max(...[hit.name, ...hit.cells].map((field) => longest(normalize(field), text)));
    const measured = hits.map((hit) => ({ ...hit, stretch: stretch(hit), cells_hit: [] }));
    const best = measured.reduce((most, hit) => Math.max(most, hit.stretch), 0);
    const enough = Math.max(...text.map((word) => [...word].length)) / 2;
    return measured.filter((hit) => hit.stretch >= Math.max(2, enough, best - 1)).sort((a, b) => b.stretch - a.stretch || better({ ...a, score: 0 }, { ...b, score: 0 }));
  }
  function longest(field, words) {
    let most = 0;
    for (const word of words) {
      const chars = [...word];
      for (let from = 0; from < chars.length; from++) {
        while (from + most < chars.length && field.includes(chars.slice(from, from + most + 1).join(""))) most++;
      }
    }
    return most;
  }

  /** Stretches of a printed text that hold the words: pairs of marked or not, and text. */
  function marked(printed, words) {
    const chars = [...printed];
    const plain = chars.flatMap((c, at) => [...c.normalize("NFKC").toLowerCase()].map((c) => [c, at]));
    const keeps = kept(plain.map(([c]) => c));
    const normalized = keeps.filter(Boolean), origin = plain.filter((_, at) => keeps[at]).map(([, at]) => at);
    const text = normalized.join("");
    const hit = new Set();
    for (const word of words) {
      const at = text.indexOf(word);
      if (at < 0) continue;
      const from = [...text.slice(0, at)].length;
      for (let index = origin[from]; index <= origin[from + [...word].length - 1]; index++) hit.add(index);
    }
    const parts = [];
    chars.forEach((c, at) => {
      const last = parts[parts.length - 1];
      if (last && last[0] === hit.has(at)) last[1] += c; else parts.push([hit.has(at), c]);
    });
    return parts;
  }

  return {
    normalize, grams, start, place, search, marked,
    counts: arrive("counts"), words: arrive("words"), entries: arrive("entries"),
    set load(by) { load = by; },
  };
})();

if (globalThis.document) document.addEventListener("DOMContentLoaded", () => {
  const { mingbai } = globalThis;
  const area = document.getElementById("search");
  const form = document.querySelector(".search-box"), input = form.elements.q;
  // It cannot take the focus before it is shown.
  form.hidden = false;
  const [status, facets, hits, more] = [".status", ".facets", ".hits", ".more"].map((name) => area.querySelector(name));
  const browse = document.getElementById("browse");
  const words = area.dataset;
  const SCOPES = { year: "@y", org: "@o", kind: "@k" };

  let style = null;
  mingbai.load = (path) => new Promise((resolve, reject) => {
    if (!style) document.head.append(style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${words.assets}search.css` }));
    const script = document.createElement("script");
    script.src = `${words.index}${path}`;
    script.onload = resolve;
    script.onerror = () => reject(new Error(path));
    document.head.append(script);
  });

  const element = (name, attributes = {}, ...children) => {
    const made = Object.assign(document.createElement(name), attributes);
    made.append(...children.filter((child) => child !== null));
    return made;
  };
  const say = (pattern, values) => pattern.replace(/\{(\w)\}/g, (_, name) => values[name]);
  const highlighted = (text, query) => mingbai.marked(text, query).map(([is, part]) => is ? element("mark", {}, part) : part);

  /** What the address asks for. */
  const asked = () => {
    const parameters = new URLSearchParams(location.search);
    return { q: parameters.get("q") ?? "", ...Object.fromEntries(Object.keys(SCOPES).map((name) => [name, parameters.get(name) ?? ""])) };
  };
  const address = (wanted) => {
    const parameters = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
    return `${location.pathname}${parameters.size ? `?${parameters}` : ""}`;
  };

  let wanted = asked(), run = 0, session, shown = [];

  /** A stretch of a long text around the first word. */
  const excerpt = (text, query) => {
    const parts = mingbai.marked(text, query);
    const at = parts.findIndex(([is]) => is);
    if (at < 0) return [text.slice(0, 60)];
    const before = parts.slice(0, at).map(([, part]) => part).join("");
    const after = parts.slice(at + 1).map(([, part]) => part).join("");
    return [before.length > 18 ? `…${before.slice(-16)}` : before, element("mark", {}, parts[at][1]), after.length > 44 ? `${after.slice(0, 42)}…` : after];
  };

  function hit(found, query) {
    const cell = found.cells_hit.find((cell) => cell >= 0);
    const heading = (at) => (found.columns?.[at] ?? "").split("\t");
    const isFigure = cell !== undefined && heading(cell).length === 2;
    const figure = isFigure ? cell : found.chief - 1;
    const [title, unit] = figure >= 0 ? heading(figure) : [];
    const link = element("a", { href: `${words.root}${found.path}${found.anchor ? `#${found.anchor}` : ""}` }, ...highlighted(found.name || found.code, query));
    const where = [words[found.kind], found.year, found.short, found.page, found.code !== found.name && found.code].filter(Boolean);
    const about = element("p", { className: "where" });
    where.forEach((text, at) => about.append(at ? " · " : "", ...(text === found.code ? highlighted(text, query) : [text])));
    if (isFigure && title) about.append(` · ${title}`);
    const isText = cell !== undefined && !isFigure && cell !== found.chief - 1;
    const sum = figure >= 0 && found.cells[figure];
    return element("li", {},
      link,
      sum ? element("p", { className: heading(figure).length === 2 ? "sum" : "sum target" }, ...highlighted(sum, query), unit ? element("small", {}, ` ${unit}`) : "") : null,
      about,
      isText ? element("p", { className: "text" }, ...(heading(cell)[0] ? [`${heading(cell)[0]}: `] : []), ...excerpt(found.cells[cell], query)) : null);
  }

  function narrow(name, label, values) {
    const chosen = wanted[name];
    if (!chosen && values.size < 2) return null;
    const item = (value, text, count) => {
      const link = element("a", { href: address({ ...wanted, [name]: value }) }, text, count ? element("small", {}, ` ${count}`) : "");
      link.dataset.name = name;
      link.dataset.value = value;
      if (value === chosen) link.setAttribute("aria-current", "true");
      return element("li", {}, link);
    };
    const list = element("ul", {}, item("", words.all));
    list.setAttribute("aria-label", label);
    const plus = session.done ? "" : "+";
    const shownValues = [...values].sort((a, b) => name === "year" ? b[0].localeCompare(a[0]) : b[1] - a[1]).slice(0, 12);
    if (chosen && !values.has(chosen)) shownValues.unshift([chosen, 0]);
    for (const [value, count] of shownValues) list.append(item(value, name === "kind" ? words[value] : value, count ? `${count}${plus}` : ""));
    return element("div", {}, element("span", { className: "label" }, label), list);
  }

  function show(fresh) {
    const total = shown.length;
    const values = { q: wanted.q.trim(), c: total };
    status.textContent = say(!total ? words.none : session.near ? words.near : session.done ? words.found : words.moreThan, values);
    const count = (of) => shown.reduce((counts, hit) => of(hit) ? counts.set(of(hit), (counts.get(of(hit)) ?? 0) + 1) : counts, new Map());
    const hadFocus = facets.contains(document.activeElement) ? { ...document.activeElement.dataset } : null;
    facets.replaceChildren(...[
      narrow("kind", words.kind, count((hit) => hit.kind)),
      narrow("year", words.year, count((hit) => hit.year)),
      narrow("org", words.organisation, count((hit) => hit.short)),
    ].filter(Boolean));
    if (hadFocus) [...facets.querySelectorAll("a")].find((link) => link.dataset.name === hadFocus.name && link.dataset.value === hadFocus.value)?.focus();
    hits.append(...fresh.map((found) => hit(found, session.text)));
    more.hidden = session.done || session.near;
    area.hidden = false;
    browse.hidden = total > 0;
    area.classList.remove("waiting");
  }

  async function find() {
    const own = ++run;
    if (!wanted.q.trim()) {
      area.hidden = true;
      browse.hidden = false;
      hits.replaceChildren();
      status.textContent = "";
      return;
    }
    area.classList.add("waiting");
    const slow = setTimeout(() => { if (own === run) { area.hidden = false; status.textContent = words.looking; } }, 400);
    try {
      const scopes = Object.entries(SCOPES).filter(([name]) => wanted[name]).map(([name, mark]) => mark + (name === "kind" ? wanted[name] : mingbai.normalize(wanted[name])));
      const next = await mingbai.search(wanted.q, scopes);
      let found = await next.next();
      if (!found.length && next.done) {
        found = await next.near_hits();
        next.near = found.length > 0;
      }
      if (own !== run) return;
      session = next;
      shown = found;
      hits.replaceChildren();
      show(found);
    } catch (error) {
      if (own !== run) return;
      console.error(error);
      area.hidden = browse.hidden = false;
      area.classList.remove("waiting");
      hits.replaceChildren();
      facets.replaceChildren();
      more.hidden = true;
      status.textContent = words.broken;
    } finally {
      clearTimeout(slow);
    }
  }

  /** Remembers in the address; a page opened from disk may not be allowed to. */
  const remember = (step) => { try { history[step](null, "", address(wanted)); } catch { /* The search goes on without it. */ } };

  let pause, composing = false;
  const typed = (delay) => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      if (composing || input.value === wanted.q) return;
      wanted = { ...wanted, q: input.value };
      remember("replaceState");
      find();
    }, delay);
  };
  input.addEventListener("compositionstart", () => { composing = true; });
  input.addEventListener("compositionend", () => { composing = false; typed(120); });
  input.addEventListener("input", () => typed(160));
  form.addEventListener("submit", (event) => { event.preventDefault(); typed(0); });
  facets.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    wanted = { ...wanted, [link.dataset.name]: link.dataset.value };
    remember("pushState");
    find();
  });
  more.addEventListener("click", async () => {
    const own = run;
    const from = hits.children.length;
    const found = await session.next();
    if (own !== run) return;
    shown = shown.concat(found);
    show(found);
    hits.children[from]?.querySelector("a").focus();
  });
  // The arrows go through the hits, and back into the box.
  addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const links = [...hits.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (document.activeElement !== input && at < 0) return;
    const target = { ArrowDown: links[at + 1], ArrowUp: at > 0 ? links[at - 1] : at === 0 ? input : null, Escape: at >= 0 ? input : null }[event.key];
    if (!target) return;
    event.preventDefault();
    target.focus();
  });
  addEventListener("popstate", () => {
    wanted = asked();
    input.value = wanted.q;
    find();
  });

  input.value = wanted.q;
  if (!wanted.q) input.focus({ preventScroll: true });
  find();
});
