// Sorts any table.sortable by its headings, and sifts the list of projects. Amounts are whole
// numbers of their last decimal place (BigInt), so that sums are exact.
(() => {
  const table = document.querySelector("table.sortable");
  if (!table) return;
  const body = table.tBodies[0], rows = [...body.rows], heads = [...table.tHead.rows[0].cells];
  const cells = rows.flatMap((row) => [...row.querySelectorAll("[data-value]")]);
  const places = Math.max(0, ...cells.map((cell) => (cell.dataset.value.split(".")[1] ?? "").length));
  const exact = (text, to = places) => {
    const [whole, part = ""] = text.split(".");
    return BigInt(whole + part.padEnd(to, "0"));
  };
  const print = (sum) => {
    const digits = (sum < 0n ? -sum : sum).toString().padStart(places + 1, "0"), at = digits.length - places;
    return (sum < 0n ? "-" : "") + digits.slice(0, at) + (places ? "." + digits.slice(at) : "");
  };
  const value = (row) => row.querySelector("[data-value]")?.dataset.value;
  const state = new URLSearchParams(location.search);
  const form = document.querySelector(".sift"), said = form?.querySelector("output");

  const keep = () => {
    const query = state.toString();
    try { history.replaceState(null, "", query ? "?" + query : location.pathname); } catch { /* not from disk */ }
  };
  const sort = () => {
    const [column, way] = (state.get("sort") ?? "0").split("-"), down = way === "down" ? -1 : 1;
    const head = heads[column] ?? heads[0], kind = head.dataset.sort, at = heads.indexOf(head);
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    if (state.has("sort")) head.setAttribute("aria-sort", down < 0 ? "descending" : "ascending");
    const compare = (a, b) => {
      if (kind === "text") return a.cells[at].textContent.localeCompare(b.cells[at].textContent, document.documentElement.lang) * down;
      if (kind !== "figure") return 0;
      const x = a.cells[at].dataset.value, y = b.cells[at].dataset.value;
      // Rows without a figure stand last, whichever way.
      if (!x || !y) return !x - !y;
      const apart = exact(x) - exact(y);
      return (apart > 0n ? 1 : apart < 0n ? -1 : 0) * down;
    };
    body.append(...(kind === "order" && down < 0 ? rows.toReversed() : rows.toSorted(compare)));
  };
  heads.forEach((head, at) => {
    if (!head.dataset.sort) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.onclick = () => {
      const first = head.dataset.sort === "figure" ? "down" : "up";
      const now = head.getAttribute("aria-sort"), was = now && (now === "ascending" ? "up" : "down");
      state.set("sort", at + "-" + (was ? (was === "up" ? "down" : "up") : first));
      sort();
      keep();
    };
  });

  const sift = () => {
    const has = (name) => (state.get(name) ?? "").trim().toLowerCase();
    const least = /^\d+(\.\d+)?$/.test(has("least")) ? has("least") : "";
    const finest = Math.max(places, least.length);
    let shown = 0, sum = 0n;
    for (const row of rows) {
      const amount = value(row);
      row.hidden = !row.cells[1].textContent.toLowerCase().includes(has("q")) ||
        (has("year") && row.dataset.year !== has("year")) ||
        (least && (!amount || exact(amount, finest) < exact(least, finest)));
      if (row.hidden) continue;
      shown += 1;
      sum += amount ? exact(amount) : 0n;
    }
    const words = { shown, all: rows.length, sum: print(sum), total: said.dataset.total, unit: said.dataset.unit };
    const sentence = shown < rows.length ? said.dataset.words : said.dataset.all;
    said.textContent = sentence.replace(/{(\w+)}/g, (_, name) => words[name]);
  };
  if (form) {
    for (const field of form.elements) if (field.name) field.value = state.get(field.name) ?? "";
    form.hidden = false;
    form.onsubmit = (event) => event.preventDefault();
    form.oninput = ({ target }) => {
      target.value ? state.set(target.name, target.value) : state.delete(target.name);
      sift();
      keep();
    };
    sift();
  }
  sort();
})();
