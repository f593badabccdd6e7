// The card of a figure: what it is, what it was a year before, its share, what it means, what it adds up, where else
// it stands, how to cite and share it, and whom to ask. table.js loads it when a figure is first pointed at, touched
// or arrived at, so no page waits for it.
globalThis.mingbaiCard = ({ all, text, headings }, table, template) => {
  const over = headings(table), box = document.body.appendChild(template.content.firstElementChild.cloneNode(true));
  const { cite: form, title: source, said, glossary } = box.dataset;
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: document.querySelector("[rel=stylesheet]").href.replace("style.css", "card.css") }));
  const node = (name) => box.querySelector(`[data-part=${name}]`), part = (name, value) => { node(name).textContent = value; };
  const rowOf = (cell) => { while (cell && cell.tagName != "TH") cell = cell.previousElementSibling; return cell; };
  const amount = (cell) => cell && /^[\d,.]+$/.test(text(cell)) ? +text(cell).replaceAll(",", "") : NaN;
  const unitOf = (x) => over[x].at(-1).dataset.unit ?? table.dataset.unit;

  // ---- What a sum adds up is marked while the sum is pointed at, has the focus or its card is open.
  const parts = {};
  // What is so of several rows or columns is written once, with "*" in their place.
  for (const { dataset } of all("[data-sum]", template.content)) {
    for (const each of dataset.each.split(" ")) {
      const of = (id) => each ? id.replace("*", () => each) : id;
      parts[of(dataset.sum)] = dataset.parts.split(" ").map(of);
    }
  }
  const mark = (cell) => {
    all(".part", table).forEach((other) => other.classList.remove("part"));
    const found = (parts[cell?.id] || []).map((id) => document.getElementById(id));
    found.forEach((other) => other.classList.add("part"));
    return found;
  };
  for (const event of ["pointerover", "focusin", "pointerleave"]) table.addEventListener(event, ({ target }) => mark(target.closest("td")));

  // ---- What its row or its column means, as the glossary says: of a form as printed, so without its quotes.
  let terms;
  const explained = () => terms ??= fetch(glossary).then((answer) => answer.text())
    .then((html) => all("dt", new DOMParser().parseFromString(html, "text/html"))).catch(() => []);
  const bare = (words) => words.replace(/[“”"\s]/g, "");
  async function meaning(cell, ...places) {
    const known = glossary ? await explained() : [];
    const longest = (words) => known.filter((term) => bare(words).includes(bare(text(term)))).sort((a, b) => text(b).length - text(a).length)[0];
    const term = places.map(longest).find(Boolean);
    if (!term || !cell.matches(".asked")) return;
    const said = term.nextElementSibling.cloneNode(true), note = said.querySelector("small");
    note?.remove();
    const link = node("term");
    link.textContent = text(term);
    link.href = glossary + "#" + encodeURIComponent(term.id);
    part("meaning", /^.*?(?:[。！？]|[.!?](?=\s|$)|$)/s.exec(text(said))[0]);
    part("whose", note && !note.querySelector("a") ? text(note) : "");
    node("means").hidden = false;
  }

  // ---- The first amounts of a panel have the year before beside them.
  function before(cell) {
    const x = cell.cellIndex, start = table.dataset.halves.split(" ").findLast((half) => half && +half <= x) ?? 0;
    const first = over.findIndex((list, at) => at >= start && list.at(-1).matches(".figure:not(.prior)") && unitOf(at));
    const [was, change] = [...cell.parentNode.cells].slice(x).filter((other) => other.matches(".prior"));
    node("before").hidden = first != x || !was || !text(was) && !text(change);
    if (!node("before").hidden) part("before", [text(over[was.cellIndex].at(-1)), text(was), text(over[change.cellIndex].at(-1)), text(change)].filter(Boolean).join(" "));
  }

  let cite, link, title;
  box.addEventListener("click", async ({ target }) => {
    if (target.dataset.copy == "link" && navigator.share) navigator.share({ title, text: cite, url: link }).catch(() => {});
    else if (target.dataset.copy) {
      const words = target.dataset.copy == "link" ? link : cite;
      part("cite", words);
      try { await navigator.clipboard.writeText(words); } catch {
        getSelection().selectAllChildren(node("cite"));
        document.execCommand("copy");
      }
      part("said", said);
    } else if ("close" in target.dataset) box.hidePopover();
  });
  // Tab stays in the card until it is closed.
  box.addEventListener("keydown", (event) => {
    if (event.key != "Tab") return;
    const stops = all("a[href], button", box).filter((stop) => stop.offsetWidth), at = stops.indexOf(document.activeElement);
    event.preventDefault();
    stops.at(event.shiftKey ? Math.max(at, 0) - 1 : (at + 1) % stops.length).focus();
  });

  return (cell, isArrival) => {
    const x = cell.cellIndex, head = rowOf(cell), code = cell.parentNode.querySelector("td.code:not(.off)");
    const row = [code, head].map((each) => each && text(each)).join(" ").trim(), column = over[x].map(text).join(" › ");
    const value = text(cell), unit = isNaN(amount(cell)) ? "" : unitOf(x);
    const total = all(`tbody > .total > :nth-child(${x + 1}), td.total:nth-child(${x + 1})`, table).find((other) => amount(other));
    const share = unit && total && total != cell ? amount(cell) / amount(total) : NaN;
    link = (document.querySelector("[rel=canonical]")?.href || location.href.split("#")[0]) + "#" + encodeURIComponent(cell.id);
    const words = { title: source, row, column, value, unit, address: decodeURI(link) };
    // Quotes within quotes are single.
    cite = form.replace(/“\{(\w+)\}”|\{(\w+)\}/g, (_, quoted, name) => quoted ? `“${words[quoted].replaceAll("“", "‘").replaceAll("”", "’")}”` : words[name]);
    title = `${row} ${column} ${value}${unit}`;
    for (const [name, word] of Object.entries({ row, column, value, unit, cite })) part(name, word);
    const ask = node("ask");
    if (ask) ask.href = `${ask.dataset.to}?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(cite)}`;
    box.querySelector(".share").hidden = !(share >= 0);
    part("total", total ? text(rowOf(total)) : "");
    part("share", (share * 100).toFixed(1) + "%");
    part("said", "");
    before(cell);
    node("means").hidden = true;
    const same = all(".also li", box).filter((item) => {
      const link = item.firstChild, is = item.dataset.cells.split(" ").includes(cell.id);
      // An address without a fragment is that of a table in which the figure has the same one.
      if (link.dataset.page ??= link.hash ? "" : link.href) link.href = link.dataset.page + "#" + encodeURIComponent(cell.id);
      item.hidden = !is;
      return is;
    }), found = mark(cell);
    box.querySelector(".also").hidden = !same.length;
    box.querySelector(".adds").hidden = !found.length;
    part("parts", found.length);
    all(".asked").forEach((other) => other.classList.remove("asked"));
    cell.classList.add("asked");
    meaning(cell, text(head ?? cell), over[x].map(text).join(" "));
    if (isArrival) {
      // What the link brought is what the page is about, to a history, to a bookmark and to who shares it on.
      document.title = `${title} · ${source}`;
      document.querySelector("meta[name=description]").content = cite;
      // Where the focus returns when the card is closed.
      cell.tabIndex = 0;
      cell.focus({ preventScroll: true });
    }
    box.showPopover();
    // Beside its figure where there is room, else at the foot of the screen.
    const at = cell.getBoundingClientRect(), { offsetWidth: width, offsetHeight: height } = box;
    const top = at.bottom + height < innerHeight ? at.bottom + 4 : Math.max(0, at.top - height - 4);
    const beside = innerWidth > 2 * width;
    if (!beside) scrollBy(0, Math.max(0, at.bottom + height + 8 - innerHeight));
    box.style.inset = beside ? `${top}px auto auto ${Math.min(at.left, innerWidth - width - 8)}px` : "";
  };
};
