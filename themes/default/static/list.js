// Sorts every table.sortable by its headings, and sifts the list of projects by what their rows say.
// Figures are whole numbers of their last decimal place (BigInt), so that sums are exact.
(() => {
  const { lang } = document.documentElement, state = new URLSearchParams(location.search);
  const exact = (text, places) => {
    const [whole, part = ""] = text.split(".");
    return BigInt(whole + part.padEnd(places, "0"));
  };
  const decimals = (text) => (text.split(".")[1] ?? "").length;
  // What a cell holds, without separators; nothing where it is no figure.
  const value = (cell) => (/^-?[\d.]+$/.exec(cell.dataset.value ?? cell.textContent.trim().replaceAll(",", "")) ?? [""])[0];
  const keep = () => {
    const query = state.toString();
    try { history.replaceState(null, "", (query ? "?" + query : location.pathname) + location.hash); } catch { /* not from disk */ }
  };

  [...document.querySelectorAll("table.sortable")].forEach((table, number) => {
    const name = "sort" + (number || ""), body = table.tBodies[0], rows = [...body.rows], heads = [...table.tHead.rows[0].cells];
    const sort = () => {
      const [column, way] = (state.get(name) ?? "0").split("-"), down = way === "down" ? -1 : 1;
      const head = heads[column] ?? heads[0], kind = head.dataset.sort, at = heads.indexOf(head);
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      if (state.has(name)) head.setAttribute("aria-sort", down < 0 ? "descending" : "ascending");
      // Out of the order of the form no line stands under another.
      table.classList.toggle("flat", kind !== "order");
      const figures = rows.map((row) => value(row.cells[at])), places = Math.max(...figures.map(decimals));
      const keys = new Map(rows.map((row, index) => {
        const figure = figures[index] && exact(figures[index], places);
        return [row, kind === "size" && figure < 0n ? -figure : figure];
      }));
      const compare = (a, b) => {
        if (kind === "text") return a.cells[at].textContent.localeCompare(b.cells[at].textContent, lang) * down;
        // Totals stand first, rows without a figure last, whichever way.
        const total = b.matches(".total") - a.matches(".total");
        const x = keys.get(a), y = keys.get(b);
        return total || (x === "" || y === "" ? (x === "") - (y === "") : (x > y ? 1 : x < y ? -1 : 0) * down);
      };
      body.append(...(kind !== "order" ? rows.toSorted(compare) : down < 0 ? rows.toReversed() : rows));
    };
    heads.forEach((head, at) => {
      const { sort: kind } = head.dataset;
      if (!kind) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.onclick = () => {
        const now = head.getAttribute("aria-sort");
        state.set(name, at + "-" + (now ? (now === "ascending" ? "down" : "up") : /^[fs]/.test(kind) ? "down" : "up"));
        sort();
        keep();
      };
    });
    if (state.has(name)) sort();
  });

  const form = document.querySelector(".sift");
  if (!form) return;
  const said = form.querySelector("output"), foot = document.querySelector("table.sortable tfoot td"), rows = [...document.querySelectorAll("table.sortable tbody tr")];
  const amounts = new Map(rows.map((row) => [row, row.querySelector("[data-value]")?.dataset.value ?? ""]));
  const places = Math.max(...[...amounts.values()].map(decimals));
  const print = (sum) => {
    const digits = sum.toString().padStart(places + 1, "0"), at = digits.length - places;
    return digits.slice(0, at) + (places ? "." + digits.slice(at) : "");
  };
  const sift = () => {
    const has = (name) => (state.get(name) ?? "").trim().toLowerCase();
    const least = /^\d+(\.\d+)?$/.test(has("least")) ? has("least") : "", finest = Math.max(places, decimals(least));
    let shown = 0, sum = 0n;
    for (const [row, amount] of amounts) {
      const { purpose = "", indicators = "" } = row.dataset, cell = row.querySelector("th");
      const texts = { name: cell.firstElementChild.textContent, purpose, indicators };
      const found = Object.keys(texts).find((name) => (has("in") || name) === name && texts[name].toLowerCase().includes(has("q")));
      // Where the page does not print what was found, it is said.
      cell.querySelector(".part")?.remove();
      if (has("q") && found && found !== "name") {
        const at = texts[found].toLowerCase().indexOf(has("q")), said = document.createElement("small");
        said.className = "part";
        said.textContent = texts[found].slice(Math.max(0, at - 12), at + has("q").length + 24);
        cell.append(said);
      }
      row.hidden = !found ||
        (has("year") && row.dataset.year !== has("year")) ||
        (least && (!amount || exact(amount, finest) < exact(least, finest)));
      if (row.hidden) continue;
      shown += 1;
      sum += amount ? exact(amount, places) : 0n;
    }
    const facts = { shown, all: rows.length, sum: print(sum), total: said.dataset.total, unit: said.dataset.unit };
    said.textContent = said.dataset[shown < rows.length ? "words" : "all"].replace(/{(\w+)}/g, (_, name) => facts[name]);
    if (foot) foot.textContent = facts.sum;
  };
  for (const field of form.elements) if (field.name) field.value = state.get(field.name) ?? "";
  form.hidden = false;
  form.onsubmit = (event) => event.preventDefault();
  form.oninput = ({ target }) => {
    target.value ? state.set(target.name, target.value) : state.delete(target.name);
    sift();
    keep();
  };
  sift();
})();
