"""The script of the pages: what is sorted, filtered, and led to by links."""

from __future__ import annotations

from symlint.annotations import Final

SCRIPT: Final = """
"use strict";
const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
const compare = new Intl.Collator("en", {numeric: true}).compare;

// Tables: a button in a heading sorts by its column.
function sortTable(header) {
  const table = header.closest("table"), body = table.tBodies[0], index = header.cellIndex;
  const down = header.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", down ? "descending" : "ascending");
  const key = row => row.cells[index].dataset.sort || row.cells[index].textContent;
  const rows = Array.from(body.rows, row => [key(row), row]);
  rows.sort((a, b) => (down ? -1 : 1) * compare(a[0], b[0]));
  body.append(...rows.map(pair => pair[1]));
}
for (const button of all("thead button"))
  button.addEventListener("click", () => sortTable(button.closest("th")));

// Controls: all that belongs to their group is shown if it has the words, and what is chosen.
class Group {
  constructor(controls) {
    this.name = controls.dataset.group;
    this.items = all("[data-of=" + this.name + "]");
    this.search = controls.querySelector("input");
    this.choices = all("select[data-key]", controls);
    this.order = controls.querySelector("select[data-order]");
    this.count = controls.querySelector("output");
    this.texts = this.items.map(item => item.textContent.toLowerCase());
    this.search.addEventListener("input", () => this.filter());
    for (const choice of this.choices) choice.addEventListener("change", () => this.filter());
    if (this.order) this.order.addEventListener("change", () => this.sort());
    controls.querySelector("button").addEventListener("click", () => this.reset());
    controls.hidden = false;
    this.filter();
  }
  filter() {
    const words = this.search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const wanted = this.choices.filter(choice => choice.value);
    let shown = 0, counted = 0;
    this.items.forEach((item, number) => {
      const fits = words.every(word => this.texts[number].includes(word)) && wanted.every(choice =>
        (item.dataset[choice.dataset.key] || "").split("\\n").includes(choice.value));
      item.hidden = !fits;
      if (item.dataset.counted === undefined) return;
      counted += 1;
      shown += fits ? 1 : 0;
    });
    this.count.textContent = shown + " of " + counted + " " + this.count.dataset.what;
  }
  sort() {
    const keys = this.order.value.split(" ");
    const items = this.items.slice();
    items.sort((a, b) => {
      for (const key of keys) {
        const found = compare(a.dataset[key], b.dataset[key]);
        if (found) return found;
      }
      return 0;
    });
    if (items.length) items[0].parentElement.append(...items);
  }
  reset() {
    this.search.value = "";
    for (const choice of this.choices) choice.value = "";
    this.filter();
  }
}
const groups = all(".controls").map(controls => new Group(controls));

// Links: what they lead to is shown and open.
function follow() {
  const target = document.getElementById(location.hash.slice(1));
  if (!target) return;
  for (const group of groups)
    if (target.closest("[data-of=" + group.name + "][hidden]")) group.reset();
  for (let it = target; it; it = it.parentElement) if (it.tagName === "DETAILS") it.open = true;
  target.scrollIntoView();
}
addEventListener("hashchange", follow);
follow();

// Paper: everything is open.
let closed = [];
addEventListener("beforeprint", () => {
  closed = all("details:not([open])");
  for (const it of closed) it.open = true;
});
addEventListener("afterprint", () => { for (const it of closed) it.open = false; });
"""
