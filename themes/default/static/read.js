// Ways of reading, on every page; table.js adds those of a table. A page is complete without
// them; what they offer is hidden until they run.
(() => {
const root = document.documentElement, STORE = "mingbai", SIZES = [18, 20, 22, 24, 27, 30];
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const set = (node, name, value) => node.setAttribute(name, value);

// ---- What the reader chose: kept on this device, set before the first paint.
let kept = {};
try { kept = JSON.parse(localStorage.getItem(STORE)) || {}; } catch { /* Storage is denied: it lasts for this page. */ }

function apply() {
  for (const key of ["age", "size", "contrast", "scheme", "form", "prior"]) {
    if (kept[key] || kept[key] === 0) root.dataset[key] = kept[key];
    else delete root.dataset[key];
  }
  // A screen counts in letters, not in points: large type makes it narrow.
  const letters = innerWidth / (SIZES[kept.size] || 18), brief = kept.form == "brief" || kept.prior || kept.form != "full" && letters < 60;
  root.classList.toggle("brief", brief);
  root.classList.toggle("narrow", brief && letters < 42);
  for (const button of all("[data-key]")) {
    const { key, value, step } = button.dataset;
    if (step) button.disabled = !SIZES[(kept.size || 0) + +step];
    else if (button.hasAttribute("aria-pressed")) set(button, "aria-pressed", (kept[key] || "") == value);
  }
  // Another script may have run before this one.
  document.dispatchEvent(new Event("chosen"));
}

function choose({ key, value, step }) {
  if (step) kept.size = (kept.size || 0) + +step;
  else if (key == "age") kept = kept.age ? { ...kept, age: "", size: "" } : { ...kept, age: value, size: Math.max(kept.size || 0, 2) };
  else {
    kept[key] = value;
    // The official form has no earlier year.
    if (key == "form") kept.prior = "";
  }
  keep();
}

function keep() {
  try { localStorage.setItem(STORE, JSON.stringify(kept)); } catch { /* As above. */ }
  apply();
}

root.classList.add("js");
apply();

// ---- A page.
function start() {
  // An older browser has no sheets: nothing leads to one.
  if (!root.showPopover) all("[popovertarget]").forEach((button) => button.remove());
  const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    const region = target.parentNode, style = getComputedStyle(region);
    region.classList.toggle("fits", target.offsetWidth <= region.clientWidth - parseFloat(style.paddingLeft));
  }));
  all(".scroll > table").forEach((table) => observer.observe(table));
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    if (button.dataset.key) choose(button.dataset);
    if ("reset" in button.dataset) { kept = {}; keep(); }
    // What was pressed may have given way to its counterpart.
    if (!button.offsetWidth) all("button", button.parentNode).find((other) => other.offsetWidth && other.dataset.key == button.dataset.key)?.focus();
  });
  // What an address leads to may be folded.
  const unfold = () => {
    const found = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    let folded;
    for (let node = found; node; node = node.parentElement) if (node.open === false && node.localName == "details") node.open = folded = true;
    if (folded) found.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();
  addEventListener("resize", apply);
  apply();
}
if (document.readyState == "loading") addEventListener("DOMContentLoaded", start);
else start();
})();
