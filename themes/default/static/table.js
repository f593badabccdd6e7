// Aids for reading a table: panels, groups, rows as lines, the keyboard. The card of a figure is in card.js.
// The table is complete without them; what they offer is hidden until they run.
(() => {
const root = document.documentElement, here = document.currentScript.src;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const text = (node) => node.textContent.trim();
const set = (node, name, value) => node.setAttribute(name, value);

/** The headings over each column, from the top. */
function headings(table) {
  const over = [], reach = [];
  [...table.tHead.rows].forEach((row, y) => {
    let x = 0;
    for (const th of all("th", row)) {
      while (reach[x] > y) x++;
      for (let end = x + th.colSpan; x < end; x++) {
        reach[x] = y + th.rowSpan;
        (over[x] ||= []).push(th);
      }
    }
  });
  return over;
}

/** Rows laid out as lines lose their table in some browsers, so the roles are written out; every figure has its heading. */
function lines(table) {
  if (!root.matches(".narrow") || table.hasAttribute("role")) return;
  const over = headings(table), last = over.map((list) => text(list.at(-1)));
  const name = { THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  set(table, "role", "table");
  for (const node of all("thead, tbody, tr, td, th", table)) {
    set(node, "role", name[node.tagName] || (node.scope == "row" ? "rowheader" : "columnheader"));
  }
  // A heading that stands over one column alone needs none above it.
  const label = (x) => last.filter((word) => word == last[x]).length < 2 ? last[x] : over[x].map(text).join(" › ");
  const labels = new Set();
  for (const row of table.tBodies[0].rows) {
    let before;
    for (const cell of row.cells) {
      const x = cell.cellIndex;
      if (cell.tagName == "TH") before = null;
      else if (over[x] && !cell.matches(".code, .number")) {
        cell.dataset.label = label(x);
        if (!cell.id || !text(cell)) continue;
        // The same figure under the next heading is said once.
        const same = before && text(before) == text(cell) && over[x].at(-1).dataset.unit == over[before.cellIndex].at(-1).dataset.unit;
        if (same) before.dataset.label += " / " + label(x);
        else before = cell;
        cell.classList.toggle("same", !!same);
      }
    }
    for (const cell of all("td[data-label]:not(:empty, .same, .prior)", row)) labels.add(cell.dataset.label);
  }
  // One heading for all figures is said once, above them.
  if (labels.size == 1) set(table.caption, "data-one", [...labels][0]), set(table, "data-one", "");
}

/** Panels side by side: a narrow screen shows one of them, and of it the rows that hold a figure. */
function panels(table, tools) {
  const over = headings(table), starts = table.dataset.halves.split(" ").filter(Boolean).map(Number);
  if (!starts.length) return;
  const first = over[0][0].className == "number" ? 1 : 0;
  const from = [first, ...starts], names = from.map((x) => text(over[x][0]));
  if (new Set(names).size < names.length) return;
  const views = tools.querySelector(".views");
  const panel = (x) => from.findLastIndex((start) => start <= x);
  const show = (chosen) => {
    const is = (x) => x < first || panel(x) == chosen;
    over.forEach((list, x) => list.forEach((th) => th.classList.toggle("off", !over.some((other, y) => other.includes(th) && is(y)))));
    for (const row of all("tbody tr, .columns", table)) {
      const cells = [...row.cells];
      cells.forEach((cell, x) => cell.classList.toggle("off", !is(x)));
      row.classList.toggle("idle", !!row.closest("tbody") && !cells.some((cell, x) => x >= first && is(x) && !cell.hidden && cell.tagName == "TD" && text(cell)));
    }
    [...views.children].forEach((button, x) => { set(button, "aria-pressed", x == chosen); });
  };
  names.forEach((name, x) => {
    const button = views.appendChild(document.createElement("button"));
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", () => show(x));
  });
  show(0);
  return (cell) => { if (cell.cellIndex >= first) show(panel(cell.cellIndex)); };
}

/** Groups fold to their own line; their totals stay. */
function groups(table, tools, word) {
  const rows = [...table.tBodies[0].rows], level = (row) => +/\bl(\d)/.exec(row?.className)?.[1];
  const heads = rows.filter((row, y) => level(row) == 1 && level(rows[y + 1]) > 1);
  if (heads.length < 2) return all("[data-groups]", tools).forEach((button) => button.remove());
  const fold = (head, folded) => {
    set(head.querySelector(".twist"), "aria-expanded", !folded);
    for (let y = rows.indexOf(head) + 1; level(rows[y]) > 1; y++) rows[y].classList.toggle("under", folded);
    tools.dataset.folded = heads.every((each) => each.querySelector("[aria-expanded=false]"));
  };
  for (const head of heads) {
    const twist = document.createElement("button"), th = head.querySelector("th");
    twist.type = "button";
    twist.className = "twist";
    twist.hidden = true;
    set(twist, "aria-label", word + text(th));
    set(twist, "aria-expanded", true);
    twist.addEventListener("click", () => fold(head, twist.getAttribute("aria-expanded") == "true"));
    th.prepend(twist);
  }
  tools.addEventListener("click", ({ target }) => {
    if (target.dataset.groups) heads.forEach((head) => fold(head, target.dataset.groups == "fold"));
  });
  // Lines begin with the groups alone; what the reader opens stays open.
  let begun = false;
  const begin = () => {
    if (begun || !root.matches(".narrow")) return;
    begun = true;
    heads.forEach((head) => fold(head, true));
  };
  begin();
  document.addEventListener("chosen", begin);
  return (row) => { const head = rows.slice(0, rows.indexOf(row)).findLast((other) => heads.includes(other)); if (head && row.matches(".under")) fold(head, false); };
}

/** The card of a figure and the marks of what it adds up: they come when a figure is first pointed at, touched or arrived at. */
function cards(table, template) {
  let made;
  const make = () => made ??= new Promise((done) => {
    const script = document.createElement("script");
    script.src = here.replace("table.js", "card.js");
    script.onload = () => done(globalThis.mingbaiCard({ all, text, headings }, table, template));
    document.head.append(script);
  });
  for (const event of ["pointerover", "focusin"]) table.addEventListener(event, make, { once: true });
  return async (cell, isArrival) => (await make())(cell, isArrival);
}

/** One stop for the keyboard in the table; arrows go from figure to figure. */
function walk(table, open) {
  const figures = () => all("tbody td[id]", table).filter((cell) => cell.offsetWidth > 1);
  let here;
  const go = (cell) => {
    if (here) here.tabIndex = -1;
    here = cell;
    if (cell) cell.tabIndex = 0;
  };
  if (!root.showPopover) return () => {};
  go(figures()[0]);
  table.addEventListener("click", ({ target }) => {
    const cell = target.closest("td[id]");
    if (!cell || target.closest("a") || !getSelection().isCollapsed) return;
    go(cell);
    cell.focus();
    open(cell);
  });
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td[id]");
    if (!cell || event.target.closest("a")) return;
    if (event.key == "Enter" || event.key == " ") open(cell);
    else {
      const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] || [];
      if (x === undefined) return;
      const line = figures().filter((other) => x ? other.parentNode == cell.parentNode : other.cellIndex == cell.cellIndex);
      const next = line[line.indexOf(cell) + x + y];
      if (next) {
        go(next);
        next.focus({ preventScroll: true });
        next.scrollIntoView({ block: "nearest", inline: "nearest" });
      }
    }
    event.preventDefault();
  });
  return () => { if (!here?.offsetWidth) go(figures()[0]); };
}

// ---- The page.
const found = [];
for (const table of all(".grid[data-halves]")) {
  const tools = table.closest(".scroll").previousElementSibling, template = document.getElementById("figure-sheet");
  if (!tools?.matches(".tools")) continue;
  const toPanel = panels(table, tools), toGroup = groups(table, tools, template.content.firstElementChild.dataset.group);
  const open = cards(table, template), settle = walk(table, open);
  lines(table);
  document.addEventListener("chosen", () => { lines(table); settle(); });
  tools.addEventListener("click", () => requestAnimationFrame(settle));
  found.push((target) => {
    if (!table.contains(target)) return;
    const row = target.closest("tr");
    if (target != row) toPanel?.(target);
    toGroup?.(row);
    row.classList.remove("idle");
    target.classList.remove("same");
    settle();
    if (target != row && root.showPopover) open(target, true);
  });
}
const find = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  found.forEach((show) => show(target));
  if (target.closest(".grid")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
};
addEventListener("hashchange", find);
document.addEventListener("chosen", find, { once: true });
find();
})();
