"""The style and the script of the page: one file, nothing from elsewhere."""

from __future__ import annotations

from typing import Final

STYLE: Final = """
:root { color-scheme: light dark; --text: #1c2126; --faint: #5b6670; --line: #d0d7de;
  --back: #ffffff; --panel: #f6f8fa; --bad: #b3261e; --doubt: #7a5200; --link: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e9ec; --faint: #a3adb7; --line: #3b444d;
  --back: #14181c; --panel: #1d2329; --bad: #ff8a80; --doubt: #f0c36d; --link: #8ab4f8; } }
body { font: 15px/1.45 system-ui, sans-serif; color: var(--text); background: var(--back);
  margin: 0 auto; max-width: 110rem; padding: 1rem 1.5rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
a { color: var(--link); } .faint, .note { color: var(--faint); fill: var(--faint); }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; }
.controls { display: flex; gap: 1rem; flex-wrap: wrap; align-items: end; margin: 1rem 0; }
.controls label { display: grid; gap: .2rem; } .controls input { min-width: 18rem; }
input, select, button { font: inherit; color: inherit; background: var(--panel);
  border: 1px solid var(--line); border-radius: 4px; padding: .25rem .5rem; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 4px; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; padding: .5rem; }
th, td { border-bottom: 1px solid var(--line); padding: .4rem .6rem; text-align: left; vertical-align: top; }
thead th { background: var(--panel); position: sticky; top: 0; white-space: nowrap; }
th button { border: 0; background: none; padding: 0; font-weight: 600; cursor: pointer; }
th[aria-sort=ascending] button::after { content: " \\2191"; }
th[aria-sort=descending] button::after { content: " \\2193"; }
td { overflow-wrap: anywhere; min-width: 5rem; } td.wide { min-width: 16rem; }
.unknown { color: var(--doubt); } .broken { color: var(--bad); font-weight: 600; }
section.flow { border: 1px solid var(--line); border-radius: 4px; padding: .2rem 1rem; margin: 1rem 0; }
section.flow:target { outline: 3px solid var(--link); }
dl { display: grid; grid-template-columns: minmax(9rem, max-content) 1fr; gap: .3rem 1rem; }
dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; }
dd .places { display: block; font-size: .85em; color: var(--faint); }
svg { max-width: none; font: 12px ui-monospace, monospace; } svg rect { fill: var(--panel); stroke: var(--line); }
svg text { fill: var(--text); } svg text.note { fill: var(--faint); }
svg .arrow { fill: none; stroke: var(--faint); } svg marker path { fill: var(--faint); }
@media print { .controls, .skip { display: none; } .scroll { overflow: visible; border: 0; }
  body { max-width: none; font-size: 10px; } section.flow { break-inside: avoid; } }
"""

SCRIPT: Final = """
"use strict";
const table = document.getElementById("grants"), body = table.tBodies[0];
const rows = Array.from(body.rows), search = document.getElementById("search");
const doubt = document.getElementById("doubt"), count = document.getElementById("count");
function filter() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows) {
    const text = row.textContent.toLowerCase();
    const wanted = !doubt.value || row.querySelector("." + doubt.value) !== null;
    row.hidden = !wanted || !words.every(word => text.includes(word));
    if (!row.hidden) shown += 1;
  }
  count.textContent = shown + " of " + rows.length + " grants";
}
function sort(header) {
  const index = header.cellIndex, down = header.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", down ? "descending" : "ascending");
  const key = row => row.cells[index].dataset.sort || row.cells[index].textContent;
  const order = new Intl.Collator(undefined, {numeric: true}).compare;
  rows.sort((a, b) => (down ? -1 : 1) * order(key(a), key(b)));
  body.append(...rows);
}
search.addEventListener("input", filter);
doubt.addEventListener("change", filter);
for (const button of table.tHead.querySelectorAll("button"))
  button.addEventListener("click", () => sort(button.parentElement));
document.getElementById("controls").hidden = false;
filter();
"""
