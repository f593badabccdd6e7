// The reader's half of search; `src/search` writes what it loads and says how it is laid out.
// Files of the index are scripts: a page opened from disk may load those and nothing else.
"use strict";
globalThis.mingbai = (() => {
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUE = Object.fromEntries([...DIGITS].map((digit, value) => [digit, value]));
  const STARTS = [5, 3];
  // A round of hits comes from so many files of entries at most.
  const FILES_A_ROUND = 2, HITS_A_ROUND = 40, MOST_ROUNDS = 20, ENOUGH = 5, FEWEST = 3, GRAMS_A_WORD = 3, FEW = 48, BLOCK = 512, SHORT = 6;

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

  /** The characters of a token that choose its shard. */
  function home(chars) {
    if (chars.length < 2) return [0, chars.length];
    if (chars[0] === "^") return [1, 4];
    if (chars[0] === "=" && !isAscii(chars[1]) && chars.length <= SHORT + 1) return [1, 3];
    if (chars[0] === "~" && chars.length < 6) return [1, 3];
    return [{ "=": 1, "#": 1, "@": 2 }[chars[0]] ?? 0, chars.length];
  }

  /** The shard of a token, its key there, and whether it leads to files and not to entries. */
  function place(token, shards) {
    const chars = [...token];
    const [from, to] = home(chars);
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
    const { s, d, c, p, e, t } = await file("entries", where.file, `entries/${where.file}.js`);
    const says = (numbers) => numbers.map((number) => s[number]);
    const [at, name, anchor, code, chief, length, ...rest] = e[where.at];
    const [about, path, title, columns, side] = p[at];
    const [year, organisation, short, folder] = says(d[about - 1] ?? [0, 0, 0, 0]);
    return {
      id, kind: where.kind, path: folder + s[path], anchor: s[anchor], name: s[name], code: s[code], chief, page: s[title], side: s[side], term: s[t.find((term) => term[0] === name)?.[1]],
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
        // Titles of tables and of sections all begin alike: what they are about stands further in.
        const isInside = at > 0 && !((found.kind === "table" || found.kind === "section") && cell === -1);
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

  // ---- What a question means. Every word of it is data of profiles, in `index.js`.

  /** A text as questions are compared: folded, with one space between words. */
  const plain = (text) => text.normalize("NFKC").split(/\s+/).flatMap((word) => normalize(word).split(" ")).filter(Boolean).join(" ");
  const byLength = (texts) => [...new Set(texts.map(plain))].filter(Boolean).sort((a, b) => b.length - a.length);
  const wordsOf = (text) => text.split(" ").filter(Boolean);
  const isLetter = (c) => c !== undefined && /[a-z0-9]/.test(c);

  /** Where a phrase stands in a text; letters are not cut out of a longer word. */
  function indexOf(text, phrase) {
    for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
      if (!(isLetter(phrase[0]) && isLetter(text[at - 1])) && !(isLetter(phrase.at(-1)) && isLetter(text[at + phrase.length]))) return at;
    }
    return -1;
  }
  const cut = (text, at, length) => wordsOf(`${text.slice(0, at)} ${text.slice(at + length)}`).join(" ");
  /** A text without some phrases. */
  function without(text, phrases) {
    for (const phrase of phrases) for (let at; (at = indexOf(text, phrase)) >= 0;) text = cut(text, at, phrase.length);
    return text;
  }
  /** Words without what some of them end with, or begin with. */
  function trimmed(text, ends, starts) {
    const trim = (word) => {
      for (let again = true; again && word;) {
        again = false;
        for (const end of ends) {
          if (word === end) return "";
          if (isLetter(end[0])) continue;
          if (word.endsWith(end)) { word = word.slice(0, -end.length); again = true; break; }
          if (starts && word.startsWith(end)) { word = word.slice(end.length); again = true; break; }
        }
      }
      return word;
    };
    return wordsOf(text).map(trim).filter(Boolean).join(" ");
  }

  let knownWords = null;
  const known = () => knownWords ??= counts().then(({ words: w }) => {
    const printed = new Map();
    for (const [name, others] of w.synonyms) for (const other of byLength(others)) printed.set(other, [...printed.get(other) ?? [], plain(name)]);
    const side = w.sides.map(([id, words]) => [id, byLength(words)]);
    const amounts = byLength(w.amounts), questions = byLength([...w.questions, ...w.amounts, ...w.definitions]);
    return {
      questions, amounts, particles: byLength(w.particles), definitions: byLength(w.definitions), signs: byLength(w.signs),
      money: byLength([...w.money, ...side.flatMap(([, words]) => words)]), now: byLength(w.now), last: byLength(w.last), printed, others: byLength([...printed.keys()]), side,
      numerals: new Map(w.numerals.map(([word, is]) => [plain(word), BigInt(is)])),
      units: new Map(w.units.map(([unit, is]) => [unit, decimal(is)])),
      intents: w.intents.flatMap(([id, phrases]) => phrases.map((phrase) => [id, wordsOf(plain(phrase)).sort((a, b) => b.length - a.length)]))
        .sort((a, b) => b[1].join("").length - a[1].join("").length),
      // What falls away where nothing is called so: words of money, and those of who asks for a change.
      tails: byLength([...w.money, ...side.flatMap(([, words]) => words), ...w.turns]),
      // What else belongs to the same question may stand beside it.
      parts: new Map(w.intents.map(([id, phrases]) => [id, byLength(phrases.flatMap((phrase) => wordsOf(plain(phrase))))])),
      first: w.intents[0]?.[0], years: w.years, names: w.names, named: w.named,
    };
  });

  /** A year in a text: its scope and what is left of the text. */
  function yearIn(text, { years, signs, last }) {
    const newest = Math.max(...years.map(([year]) => Number.parseInt(year, 10)));
    for (const [year, printed] of years) for (const form of [plain(printed), plain(year)]) {
      let at = text.indexOf(form);
      if (at < 0 || /[\d.]/.test(text[at - 1] ?? "") || /[\d.]/.test(text[at + form.length] ?? "")) continue;
      let length = form.length;
      for (const sign of signs) if (text.startsWith(sign, at + length)) { length += sign.length; break; }
      const rest = cut(text, at, length);
      if (rest) return [`@y${normalize(year)}`, rest];
    }
    const before = years.find(([year]) => Number.parseInt(year, 10) === newest - 1);
    for (const word of before ? last : []) {
      const at = indexOf(text, word);
      if (at >= 0 && cut(text, at, word.length)) return [`@y${normalize(before[0])}`, cut(text, at, word.length)];
    }
    return null;
  }

  /** An organisation in a text, likewise: by its name, or by how its name ends at the start of a word. */
  async function organisationIn(text, { names, named }) {
    const all = names.flat().map((name) => normalize(name).replaceAll(" ", "")).filter(Boolean);
    for (const name of [...all].sort((a, b) => b.length - a.length)) {
      const at = indexOf(text, name);
      if (at >= 0 && cut(text, at, name.length)) return [`@o${name}`, cut(text, at, name.length)];
    }
    for (const word of wordsOf(text)) for (const name of all) {
      for (let from = 1; from + 2 <= name.length; from++) {
        const end = name.slice(from), rest = word.startsWith(end) && without(text, [end]);
        if (rest) return [`@o${name}`, rest];
      }
    }
    if (!named && text.includes(" ")) for (const word of wordsOf(text)) {
      if ((await list(`@o${word}`)).count) return [`@o${word}`, without(text, [word])];
    }
    return null;
  }

  /** What a reader asks: groups of readings, each tried where those before found nothing that counts. */
  async function understand(query) {
    const w = await known();
    const whole = plain(query), scopes = [];
    let text = whole;
    for (let year; (year = yearIn(text, w)); text = year[1]) if (!scopes.length) scopes.push(year[0]);
    const organisation = await organisationIn(text, w);
    if (organisation) { scopes.push(organisation[0]); text = organisation[1]; }
    const noise = byLength([...w.questions, ...w.now, ...w.last]);
    const clean = (text) => trimmed(without(text, noise), w.particles, true);
    const holds = (phrases) => phrases.some((phrase) => indexOf(text, phrase) >= 0);
    const isDefinition = holds(w.definitions), isAmount = holds(w.amounts);
    const intent = isDefinition ? null : intentOf(text, w, clean);
    const asked = clean(text);
    const answers = intent ?? (asked || !whole ? null : w.first);
    const side = w.side.find(([, words]) => words.some((word) => indexOf(asked, word) >= 0))?.[0];
    const exact = (text) => w.printed.get(text) ?? [];
    const bare = trimmed(asked, w.tails, false);
    const replaced = (text) => {
      for (const other of w.others) {
        const at = indexOf(text, other);
        if (at >= 0 && other !== text) return wordsOf(`${text.slice(0, at)} ${w.printed.get(other)[0]} ${text.slice(at + other.length)}`).join(" ");
      }
      return text;
    };
    const isAsciiOnly = [...asked].every(isAscii);
    const spoken = isSpelled(asked) && asked.length > 3 && !exact(asked).length ? await namedLike(asked, w) : [];
    const groups = [[...exact(asked), ...spoken, ...isAsciiOnly ? exact(bare) : [], asked], [...exact(bare), bare, replaced(asked), replaced(bare), whole]];
    const seen = new Set();
    const readings = groups.map((group) => group.map(wordsOf).filter((words) => words.length && !seen.has(words.join(" ")) && seen.add(words.join(" "))));
    // A year that nothing is published of: what is asked may be there for others.
    const undated = w.signs.reduce((left, sign) => left.replace(new RegExp(`(?<!\\d)\\d{4}${sign}`), " "), text).trim();
    return { whole, scopes, undated: undated !== text && undated, answers, isDefinition, isAmount, side, readings, asked: wordsOf(asked || whole), worth: worth(text, w) };
  }

  /** What is meant by another name that sounds like a word. */
  async function namedLike(word, { others, printed }) {
    const voices = await sounds();
    return others.filter((other) => [...other].length > 1 && sound(other, word, voices)?.score === 1).flatMap((other) => printed.get(other));
  }

  /** The question a text asks, if nothing is left of it beside words of questions and of money. */
  function intentOf(text, w, clean) {
    for (const [id, parts] of w.intents) {
      let rest = text;
      const isThere = parts.every((part) => {
        const at = indexOf(rest, part);
        if (at >= 0) rest = cut(rest, at, part.length);
        return at >= 0;
      });
      if (isThere && !trimmed(without(clean(without(rest, w.parts.get(id))), w.money), w.particles, true)) return id;
    }
    return null;
  }

  // ---- Amounts: exact, in 10^-8 of the base unit, so that no figure is rounded.

  const ONE = 10n ** 8n;
  function decimal(text) {
    const [whole, part = ""] = text.split(".");
    return BigInt(whole + part.padEnd(8, "0").slice(0, 8));
  }
  /** What a written amount comes to, and the worth of its last digit; nothing if it is no amount. */
  function worth(query, { units, numerals }) {
    let text = query.replaceAll(" ", ""), unit = null;
    for (const [name, is] of [...units].sort((a, b) => b[0].length - a[0].length)) {
      if (text.endsWith(name)) { text = text.slice(0, -name.length); unit = is; break; }
    }
    let total = 0n, section = 0n, number = null, place = ONE, isScaled = false;
    const words = [...numerals.keys()].sort((a, b) => b.length - a.length);
    for (let at = 0; at < text.length;) {
      const digits = /^\d+(\.\d{1,8})?/.exec(text.slice(at))?.[0];
      const word = digits ? null : words.find((word) => text.startsWith(word, at));
      if (digits) {
        if (number !== null) return null;
        number = decimal(digits);
        place = digits.includes(".") ? ONE / 10n ** BigInt(digits.split(".")[1].length) : ONE * 10n ** BigInt(/0*$/.exec(digits.slice(1))[0].length);
      } else if (word) {
        const is = numerals.get(word);
        if (is < 10n) { number = (number ?? 0n) * 10n + is * ONE; place = ONE; }
        else if (is < 10000n) { section += (number ?? ONE) * is; place = (number === null ? ONE : place) * is; number = null; isScaled = true; }
        else {
          section += number ?? 0n;
          total = section ? total + section * is : total * is;
          place *= is;
          [section, number, isScaled] = [0n, null, true];
        }
      } else return null;
      at += (digits ?? word).length;
    }
    const value = (total + section + (number ?? 0n)) * (unit ?? ONE) / ONE;
    return value && text.length + (unit ? 1 : 0) > 1 ? { value, place: place * (unit ?? ONE) / ONE, isSure: unit !== null || isScaled } : null;
  }
  const digitsOf = (value) => `${value / ONE}.${(value % ONE).toString().padStart(8, "0")}`.replace(/\.?0+$/, (end) => end.startsWith(".") ? "" : end.replace(/0+$/, ""));
  /** The cells of an entry that are amounts, and what they come to. */
  async function amounts(hit) {
    const { units } = await known();
    return hit.cells.flatMap((cell, at) => {
      const unit = units.get((hit.columns[at] ?? "").split("\t")[1]);
      const figure = cell.replaceAll(",", "");
      return unit && /^-?\d+(\.\d{1,8})?$/.test(figure) ? [[at, decimal(figure.replace("-", "")) * unit / ONE]] : [];
    });
  }

  // ---- Sounds: pinyin in full, by first letters, or both.

  const isSpelled = (word) => /^[a-z]{2,}$/.test(word);
  let voices = null;
  const sounds = () => voices ??= file("letters", 0, "letters.js").then((table) => {
    const all = new Map();
    for (const [sound, chars] of Object.entries(table)) for (const c of chars) all.set(c, [...all.get(c) ?? [], sound]);
    return all;
  });
  /** How well a name sounds like a word; nothing if it does not. */
  function sound(name, word, voices) {
    const chars = [...normalize(name)].map((c) => voices.get(c)).filter(Boolean);
    const matches = (at, from) => {
      if (from === word.length) return at === chars.length ? 2 : 1;
      return Math.max(0, ...(chars[at] ?? []).map((one) => one.length > word.length - from && one.startsWith(word.slice(from)) ? 1
        : Math.max(word.startsWith(one, from) ? matches(at + 1, from + one.length) : 0, one[0] === word[from] ? matches(at + 1, from + 1) : 0)));
    };
    for (let at = 0; at < chars.length; at++) {
      const how = matches(at, 0);
      if (how) return { score: at ? 5 : how === 2 ? 1 : 3, cell: -1 };
    }
    return null;
  }

  // ---- A search.

  const isWithin = (found, scopes) => scopes.every((scope) => {
    const value = scope.slice(2);
    if (scope[1] === "k") return found.kind === value;
    if (scope[1] === "y") return normalize(found.year) === value || normalize(found.year).startsWith(value);
    return normalize(found.organisation) === value || normalize(found.short) === value;
  });
  const thin = (all) => all.length <= GRAMS_A_WORD ? all
    : [...new Set(Array.from({ length: GRAMS_A_WORD }, (_, at) => all[Math.round(at * (all.length - 1) / (GRAMS_A_WORD - 1))]))];
  const several = (tokens) => Promise.all(tokens.map(list));

  /** Entries that may fit a reading, the most telling first; a pause stands where the next ones cost more. */
  async function* candidates(words, narrow) {
    const spelled = (word) => isSpelled(word) && (start(word) ?? word);
    const [word] = words, inside = words.flatMap((word) => spelled(word) ? [spelled(word)] : thin(grams(word)));
    const stages = words.length > 1 ? [...words.flatMap((word) => [`=${word}`, start(word)]), null]
      : isSpelled(word) ? [spelled(word), word.length > 4 ? `^${word.slice(0, 3)}` : "", `=${word}`, null] : [`=${word}`, start(word) ?? "", null];
    for (const token of stages) {
      if (token === "") continue;
      const base = token && words.length === 1 && isSpelled(word) ? [] : words.length === 1 && isSpelled(word) ? thin(grams(word)) : inside;
      // How a long word begins says little of it.
      yield* token ? rare([token], [...base, ...narrow], word.length > GRAMS_A_WORD && base.length ? FEW / 3 : FEW) : rare(base, narrow);
      yield null;
    }
  }

  /** Entries in all lists. Where few are in the first ones the others are not asked for: words are compared anyway. */
  async function* rare(first, others, few = FEW) {
    const lists = await several(first);
    yield* common(Math.min(...lists.map((list) => list.count)) > few ? [...lists, ...await several(others)] : lists);
  }

  /** A search: `next()` gives a round of hits, `done` says whether there are more. */
  async function search(query, scopes = []) {
    const asked = await understand(query);
    const narrow = [...scopes, ...asked.scopes];
    const { whole, worth: amount, side } = asked;
    const state = { text: asked.asked, done: !whole, near: false, next };
    // An entry that does not fit in one reading may in another.
    const tried = new Set(), shown = new Set(), pages = new Set();
    let isFound = false;

    async function* stream() {
      if (asked.answers) for await (const id of rare([`@i${asked.answers}`], narrow)) yield { id, is: "answer" };
      const groups = asked.answers && !asked.readings[0].length ? [] : asked.readings;
      for (const [number, group] of groups.entries()) {
        if (amount && number === 0) {
          for await (const id of rare([`#${digitsOf(amount.value)}`], narrow)) yield { id, is: "amount" };
          if (amount.isSure) yield { pause: true, isWhole: true };
        }
        for (const words of group) {
          if (asked.isDefinition && !number) for await (const id of candidates(words, [...narrow, "@kterm"])) if (id !== null) yield { id, words };
          let stage = 0;
          for await (const id of candidates(words, narrow)) yield id === null ? { pause: true, isWhole: Boolean(asked.answers) && stage++ > 0 } : { id, words };
          yield { pause: true, isWhole: true };
        }
        yield { pause: true, ends: true };
      }
      // Whoever asks for an organisation by its name finds all that is its.
      if (await isNamed() && !whole.includes(" ")) for await (const id of common(await several([...narrow, `@o${whole}`]))) yield { id, is: "own" };
    }
    const found = stream();

    /** How well an entry fits; nothing if it does not. */
    async function fits(hit, { words, is }) {
      if (!isWithin(hit, narrow)) return null;
      if (is === "answer") return [{ score: 0, cell: -1 }];
      if (is === "own") return isWithin(hit, [`@o${whole}`]) ? [{ score: 6, cell: -1 }] : null;
      if (is === "amount") {
        const cell = (await amounts(hit)).find(([, value]) => value === amount.value)?.[0];
        return cell === undefined ? null : [{ score: cell === hit.chief - 1 ? 0 : 1, cell }];
      }
      const all = await Promise.all(words.map(async (word) => fit(hit, word) ?? (isSpelled(word) && hit.kind !== "indicator" ? sound(hit.name, word, await sounds()) : null)));
      return all.includes(null) ? null : all;
    }

    async function next() {
      let hits = [];
      // Nothing that is worth just as much: what a rounded figure may stand for.
      if (amount?.isSure && !tried.size && !(await list(`#${digitsOf(amount.value)}`)).count && (await rare(asked.asked.flatMap((word) => thin(grams(word))), []).next()).done) {
        hits = await about(amount, narrow);
        if (hits.length) { state.done = state.near = true; return hits; }
      }
      let isWhole = false;
      const isEnough = (round) => isFound && hits.length && (isWhole || hits.length >= (asked.answers ? 1 : FEWEST) || round >= 3);
      for (let round = 0; !state.done && !isEnough(round) && round < MOST_ROUNDS; round++) {
        isWhole = false;
        const fresh = [];
        const wanted = new Map(), files = new Set();
        let ends = false;
        while (!ends && files.size < FILES_A_ROUND && wanted.size < HITS_A_ROUND * 4) {
          const { value, done } = await found.next();
          if (done) { state.done = true; break; }
          isWhole = Boolean(value.isWhole || value.ends);
          if (value.ends) ends = true;
          else if (value.pause && wanted.size >= (value.isWhole ? 1 : ENOUGH)) break;
          const as = `${value.is ?? value.words} ${value.id}`;
          if (value.pause || tried.has(as) || shown.has(value.id)) continue;
          tried.add(as);
          wanted.set(value.id, value);
          files.add((await whereIs(value.id)).file);
        }
        for (const hit of await Promise.all([...wanted.keys()].map(entry))) {
          const asWhat = wanted.get(hit.id), fit = await fits(hit, asWhat);
          if (!fit) continue;
          shown.add(hit.id);
          fresh.push({ ...hit, words: asWhat.words ?? state.text, score: Math.max(...fit.map((one) => one.score)) + weight(hit), cells_hit: fit.map((one) => one.cell) });
          isFound ||= hit.kind !== "section" && hit.kind !== "indicator";
        }
        // A section is one hit, by its best paragraph.
        hits.push(...fresh.sort(better).filter((hit) => hit.kind !== "section" || (!pages.has(hit.path) && pages.add(hit.path))));
        // What was read in one way is not read in another.
        if (ends && isFound && whole.length > 1) state.done = !await isNamed();
      }
      // So many files without a hit: whatever is left is as far from what was asked.
      state.done ||= !hits.length;
      return hits.sort(better);
    }
    const isNamed = async () => { const { names, named } = await known(); return !named || names.flat().some((name) => normalize(name) === whole); };
    /** Money before terms, terms before what has none, unless an amount is asked for; what is asked for by name first. */
    function weight(hit) {
      if (hit.kind === "answer") return -10;
      if (hit.kind === "term") return asked.isDefinition ? -8 : asked.isAmount ? 5 : 2.5;
      if (hit.kind === "row" || hit.kind === "project") return hit.chief ? side && hit.side === side ? -.5 : 0 : 4.5;
      return { page: 0, table: 1, indicator: 2, section: 3 }[hit.kind];
    }
    state.near_hits = async () => {
      const ways = [async () => asked.undated && (await search(asked.undated, scopes)).next(), () => amount && about(amount, narrow), ...amount?.isSure ? [] : [() => slips(asked, narrow), () => nearest(asked.asked, narrow)]];
      for (const way of ways) {
        const hits = await way();
        if (hits?.length) return hits;
      }
      return [];
    };
    return state;
  }
  const yearOf = (hit) => hit.year ? Number(hit.year.match(/\d+/)?.[0] ?? 0) : Infinity;
  const better = (a, b) => a.score - b.score || (yearOf(b) > yearOf(a)) - (yearOf(b) < yearOf(a)) || a.id - b.id;

  /** So many entries from so few files at most. */
  async function some(ids, most) {
    const files = new Set(), chosen = [];
    for (const id of ids) {
      const { file } = await whereIs(id);
      if (files.size >= FILES_A_ROUND + 1 && !files.has(file)) continue;
      files.add(file);
      chosen.push(id);
      if (chosen.length >= most) break;
    }
    return Promise.all(chosen.map(entry));
  }

  /** Amounts that a rounded one may stand for, the closest first. */
  async function about({ value, place }, narrow) {
    const size = (value / ONE).toString().length, step = ONE * 10n ** BigInt(size) / 100n;
    const [low, high] = [value - place / 2n, value + place];
    const tokens = [];
    for (let two = low / step; two <= high / step && tokens.length < 12; two++) if (two > 9n && two < 100n) tokens.push(`~${size.toString(36)}${two}`);
    const ids = new Set();
    for (const token of tokens) for await (const id of common(await several([...narrow, token]))) { ids.add(id); if (ids.size > HITS_A_ROUND * 4) break; }
    const hits = [];
    for (const hit of await some(ids, HITS_A_ROUND * 2)) {
      const cells = (await amounts(hit)).filter(([, is]) => is >= low && is < high);
      const away = ([, is]) => is > value ? is - value : value - is;
      cells.sort((a, b) => away(a) < away(b) ? -1 : away(a) > away(b) ? 1 : 0);
      if (cells.length && isWithin(hit, narrow)) hits.push({ ...hit, words: [], away: away(cells[0]), score: 0, cells_hit: [cells[0][0]] });
    }
    return hits.sort((a, b) => a.away < b.away ? -1 : a.away > b.away ? 1 : better(a, b));
  }

  /** How many characters a word differs by from some stretch of a text, up to two. */
  function differs(word, text) {
    const [a, b] = [[...word], [...text]];
    let before = null, above = b.map(() => 0).concat(0), most = 0;
    for (let i = 1; i <= a.length; i++) {
      const line = [i];
      for (let j = 1; j <= b.length; j++) {
        line[j] = Math.min(above[j - 1] + (a[i - 1] !== b[j - 1]), above[j] + 1, line[j - 1] + 1);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) line[j] = Math.min(line[j], before[j - 2] + 1);
      }
      [before, above] = [above, line];
      most = Math.min(...line);
    }
    return most;
  }

  /** What a word with one character wrong may be: another name for something, or a name. */
  async function slips(asked, narrow) {
    const { printed, others } = await known();
    const words = asked.readings.flat().filter((words) => words.length === 1).map(([word]) => word);
    for (const word of words) {
      const isHan = [...word].every((c) => !isAscii(c)), length = [...word].length;
      if (isHan ? length < 3 : !isSpelled(word) || length < 5) continue;
      const hits = new Map();
      const look = async (ids, meant) => {
        for (const hit of await some([...ids].filter((id) => !hits.has(id)), HITS_A_ROUND)) {
          const texts = [hit.name, ...hit.cells.filter((cell) => cell.length < 30)].map(normalize);
          if (isWithin(hit, narrow) && texts.some((text) => meant ? text.includes(meant) : differs(word, text) <= 1)) hits.set(hit.id, { ...hit, words: meant ? [meant] : [], score: hit.kind === "row" && hit.chief ? 0 : 2, cells_hit: [] });
        }
      };
      const meant = others.find((other) => Math.abs([...other].length - length) < 2 && Math.min(differs(word, other) + Math.abs([...other].length - length), differs(other, word) + Math.abs([...other].length - length)) === 1);
      if (meant) {
        const name = wordsOf(printed.get(meant)[0])[0], ids = new Set();
        for await (const id of common(await several([...narrow, ...thin(grams(name))]))) { ids.add(id); if (ids.size >= HITS_A_ROUND) break; }
        await look(ids, name);
      }
      if (!hits.size && isHan) for (const isLoose of [false, true]) {
        if (hits.size) break;
        const ids = new Set();
        for (const parts of stretches([...word])) {
          if (parts.some((part) => part.length < 2) !== isLoose) continue;
          let taken = 0;
          for await (const id of common(await several([...narrow, ...parts.flatMap((part) => part.length < 2 ? part : thin(grams(part.join(""))))]))) { ids.add(id); if (++taken >= HITS_A_ROUND) break; }
        }
        await look(ids);
      }
      if (hits.size) return [...hits.values()].sort((a, b) => a.score - b.score || [...a.name].length - [...b.name].length || better(a, b));
    }
    return [];
  }
  /** What stays of a word around a character that is wrong, and around one that is missing. */
  const stretches = (chars) => chars.flatMap((_, at) => [[chars.slice(0, at), chars.slice(at + 1)], [chars.slice(0, at), chars.slice(at)]])
    .map((parts) => parts.filter((part) => part.length)).filter((parts) => parts.flat().length && parts.flat().length <= chars.length && !(parts.length === 1 && parts[0].length === chars.length));

  /** What shares most with words that nothing holds whole; a code or an amount is never nearly right. */
  async function nearest(text, narrow) {
    if (text.some((word) => [...word].every(isAscii))) return [];
    const wanted = [...new Set(text.flatMap(grams))].slice(0, 14);
    if (wanted.length < 2) return [];
    const all = await several(wanted);
    const shared = new Map();
    const rarity = (list) => 1 + 1 / Math.log2(2 + list.count);
    for (const list of all) for (const id of list.blocks[0] ?? []) shared.set(id, (shared.get(id) ?? 0) + rarity(list));
    const ids = [...shared].filter(([, weight]) => weight >= wanted.length / 2).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const hits = (await some(ids.map(([id]) => id), HITS_A_ROUND)).filter((hit) => isWithin(hit, narrow));
    const stretch = (hit) => Math.max(...[hit.name, ...hit.cells].map((field) => longest(normalize(field), text)));
    const measured = hits.map((hit) => ({ ...hit, words: text, stretch: stretch(hit), cells_hit: [] }));
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
    counts: arrive("counts"), letters: arrive("letters"), words: arrive("words"), entries: arrive("entries"),
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

  function hit(found) {
    const query = found.words;
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
    if (found.term && words.glossary && found.kind !== "term") about.append(" · ", element("a", { className: "define", href: `${words.glossary}#${found.term}` }, words.definition));
    const beside = found.kind === "answer" ? found.cells.slice(1).map((cell, at) => `${heading(at + 1)[0]} ${cell} ${heading(at + 1)[1]}`) : [];
    const isText = cell !== undefined && !isFigure && cell !== found.chief - 1;
    const sum = figure >= 0 && found.cells[figure];
    return element("li", {},
      link,
      sum ? element("p", { className: heading(figure).length === 2 ? "sum" : "sum target" }, ...highlighted(sum, query), unit ? element("small", {}, ` ${unit}`) : "") : null,
      about,
      beside.length ? element("p", { className: "text" }, beside.join(" · ")) : null,
      isText || found.kind === "term" ? element("p", { className: "text" }, ...(isText && heading(cell)[0] ? [`${heading(cell)[0]}: `] : []), ...excerpt(found.cells[isText ? cell : 0] ?? "", query)) : null);
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
    hits.append(...fresh.map(hit));
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
