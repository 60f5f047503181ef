"""The style of the pages: light, dark, narrow, and on paper."""

from __future__ import annotations

from symlint.annotations import Final

STYLE: Final = """
:root { color-scheme: light dark; --text: #1c2126; --faint: #57626c; --line: #d0d7de;
  --back: #ffffff; --panel: #f4f6f8; --bad: #b3261e; --bad-back: #fdecea; --doubt: #7a5200;
  --doubt-back: #fff4d6; --good: #1a6b34; --good-back: #e4f5e9; --link: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e9ec; --faint: #a3adb7; --line: #3b444d;
  --back: #14181c; --panel: #1d2329; --bad: #ff9a90; --bad-back: #3d1f1d; --doubt: #f0c36d;
  --doubt-back: #3a2f14; --good: #81d69a; --good-back: #17321f; --link: #8ab4f8; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 8rem; }
body { font: 15px/1.45 system-ui, sans-serif; color: var(--text); background: var(--back);
  margin: 0 auto; max-width: 115rem; padding: 0 1.5rem 2rem; }
h1 { font-size: 1.6rem; margin: 1.2rem 0 .3rem; }
h2 { font-size: 1.25rem; margin: 2.2rem 0 .5rem; } h3 { font-size: 1.05rem; margin: .6rem 0 .2rem; }
p { margin: .3rem 0; max-width: 60rem; }
a { color: var(--link); } .faint, .note { color: var(--faint); fill: var(--faint); }
code, pre { font: .9em/1.45 ui-monospace, monospace; }
nav { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; padding: .6rem 0; position: sticky; top: 0;
  z-index: 3; background: var(--back); border-bottom: 1px solid var(--line); }
.controls { display: flex; gap: .6rem 1rem; flex-wrap: wrap; align-items: end; margin: .8rem 0; }
.controls[hidden] { display: none; }
main > .controls { position: sticky; top: 2.7rem; z-index: 2; margin: .4rem 0; padding: .4rem 0;
  background: var(--back); }
.controls label { display: grid; gap: .15rem; font-size: .85rem; color: var(--faint); }
.controls input { width: 20rem; max-width: 85vw; } .controls select { max-width: 85vw; }
.controls output { padding: .3rem 0; }
input, select, button { font: 15px/1.45 system-ui, sans-serif; color: var(--text);
  background: var(--panel); border: 1px solid var(--line); border-radius: 4px; padding: .25rem .5rem; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.scroll { overflow: auto; max-height: 85vh; border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: separate; border-spacing: 0; width: 100%; }
caption { text-align: left; padding: .5rem .7rem; color: var(--faint); }
th, td { border-bottom: 1px solid var(--line); padding: .4rem .7rem; text-align: left;
  vertical-align: top; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { background: var(--panel); position: sticky; top: 0; white-space: nowrap; z-index: 1; }
tbody th { font-weight: 600; white-space: nowrap; background: var(--back); }
th button { border: 0; background: none; padding: 0; font-weight: 600; cursor: pointer; }
th[aria-sort=ascending] button::after { content: " \\2191"; }
th[aria-sort=descending] button::after { content: " \\2193"; }
td { overflow-wrap: break-word; min-width: 7.5rem; max-width: 30rem; }
td.wide { min-width: 24rem; } td.half { min-width: 14rem; } td.name { min-width: 13rem; } td.least { min-width: 0; white-space: nowrap; }
#grants-table thead th:first-child, #grants-table tbody th { position: sticky; left: 0; z-index: 1; }
#grants-table thead th:first-child { z-index: 2; }
.unknown { color: var(--doubt); } .broken { color: var(--bad); font-weight: 600; }
.mark { display: inline-block; border-radius: 1rem; padding: 0 .6rem; font-size: .85em;
  white-space: nowrap; border: 1px solid currentColor; text-decoration: none; }
.mark.bad { color: var(--bad); background: var(--bad-back); }
.mark.doubt { color: var(--doubt); background: var(--doubt-back); }
.mark.good { color: var(--good); background: var(--good-back); }
.mark.none { color: var(--faint); background: var(--panel); }
.marks { display: flex; flex-wrap: wrap; gap: .25rem .35rem; }
details { border: 1px solid var(--line); border-radius: 6px; margin: .4rem 0; }
details > summary { cursor: pointer; padding: .45rem .8rem; }
details[open] > summary { border-bottom: 1px solid var(--line); background: var(--panel); }
details > .inside { padding: .4rem .8rem .7rem; overflow-x: auto; }
.question > summary { display: grid; grid-template-columns: 1.3rem minmax(16rem, 25rem) 7.5rem 1fr;
  gap: .2rem .8rem; align-items: baseline; }
.question > summary::before { content: "\\25B8"; color: var(--faint); }
.question[open] > summary::before { content: "\\25BE"; }
.question td { max-width: none; } .question td:last-child { width: 50%; }
.names { display: flex; flex-wrap: wrap; gap: .1rem .8rem; }
:target { outline: 3px solid var(--link); outline-offset: 2px; }
section.flow, article { border: 1px solid var(--line); border-radius: 6px; padding: .3rem 1rem .6rem;
  margin: .8rem 0; }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) minmax(0, 1fr); gap: .3rem 1rem;
  margin: .5rem 0; }
dt { color: var(--faint); } dd > p:first-child { margin-top: 0; } dd { margin: 0; overflow-wrap: anywhere; grid-column: 2; }
.places { display: block; font-size: .85em; color: var(--faint); }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: 4px; margin: .5rem 0;
  padding: .5rem .7rem; overflow-x: auto; }
pre .gutter { color: var(--faint); } pre .error, .failed { color: var(--bad); }
pre .warning { color: var(--doubt); } pre .note, pre .related { color: var(--link); }
article > h3 { display: flex; flex-wrap: wrap; gap: .2rem .6rem; align-items: baseline; }
article > h3 .title { flex: 1 1 20rem; overflow-wrap: anywhere; }
svg { max-width: none; font: 12px ui-monospace, monospace; display: block; }
svg rect { fill: var(--panel); stroke: var(--line); } svg text { fill: var(--text); }
svg text.note { fill: var(--faint); }
svg .arrow { fill: none; stroke: var(--faint); } svg marker path { fill: var(--faint); }
@media screen and (max-width: 48rem) { body { padding: 0 .7rem 2rem; } dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5rem; grid-column: 1; } nav, main > .controls { position: static; } html { scroll-padding-top: 1rem; }
  .question > summary { grid-template-columns: 1.3rem 1fr auto; }
  .question > summary .said { grid-column: 2 / -1; } td, td.wide, td.half { min-width: 9rem; }
  #grants-table thead th:first-child, #grants-table tbody th { position: static; } }
@media print { nav, .controls { display: none; } body { max-width: none; padding: 0;
  font-size: 10px; } .scroll { overflow: visible; max-height: none; border: 0; }
  thead th, tbody th, #grants-table tbody th, #grants-table thead th:first-child { position: static; }
  th, td, td.wide, td.half, td.name { padding: .15rem .25rem; min-width: 0; max-width: none;
    white-space: normal !important; overflow-wrap: break-word; }
  th button { display: contents; font-size: inherit; } td.least { white-space: nowrap !important; }
  .mark { white-space: normal; border-radius: 3px; padding: 0 .3rem; } #grants-table { font-size: 7.5px; }
  #grants-table td { overflow-wrap: anywhere; } .names { gap: 0 .5rem; }
  section.flow details { display: none; } dl { gap: 0 .6rem; margin: .2rem 0; }
  section.flow { font-size: 8px; line-height: 1.3; margin: .4rem 0; padding: .1rem .6rem; }
  section.flow h3 { font-size: 10px; margin: .2rem 0; } .places { display: inline; }
  .places::before { content: " - "; }
  section.flow, article, tr { break-inside: avoid; } h2, h3 { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
  svg { max-width: 100%; height: auto; } a { color: inherit; text-decoration: none; }
  @page { size: landscape; margin: 10mm; } }
"""
