"""The access inventory as one page: a table that sorts and filters, a picture, a part for each flow.

Everything is in the file, and its policy lets nothing be asked for from elsewhere. Without scripts, on
paper and in a screen reader it says the same.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from symlint.graph.drawing import draw_svg
from symlint.report.access.page_parts import SCRIPT, STYLE
from symlint.report.escape import guard_log, neutralise
from symlint.report.places import shown_path, shown_place
from symlint.report.summary import count
from symlint.sym.access.grants import COLUMNS

if TYPE_CHECKING:
    from symlint.lint.access.inventory import Inventory, RootGrants
    from symlint.report.options import RenderOptions
    from symlint.sym.access.cells import Cell
    from symlint.sym.access.grants import Grant

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
_IN_TABLE = (
    "grants", "parameter", "asked_from", "how_long", "ends", "approve", "self_approval", "gates",
    "automatic", "asked_in", "recorded",
)  # fmt: skip  # as many a line as fit
"""The columns of the table; the part of each flow has all."""


_WIDE = ("grants", "gates", "automatic", "approve")
_LONG = 40
"""The columns that are given room for texts of more characters than that."""


def render(inventory: Inventory, options: RenderOptions, by: str) -> str:
    """An inventory as a page of HTML."""
    del by
    return guard_log(_Page(inventory, options).page()) + "\n"


class _Page:
    """The parts of a page."""

    def __init__(self, inventory: Inventory, options: RenderOptions) -> None:
        self.inventory = inventory
        self.directory = options.directory
        self.flows = {f"flow-{number}": it for number, it in enumerate(inventory.by_flow, 1)}

    def said(self, text: str) -> str:
        """A text from files, harmless in HTML and without secrets."""
        return escape(neutralise(self.inventory.hide(text)))

    def page(self) -> str:
        grants = count(sum(map(len, self.flows.values())), "grant")
        flows = count(len(self.flows), "flow")
        doubts = count(self.inventory.doubts, "cell")
        summary = f"{grants} through {flows}; {doubts} not known or broken."
        parts = [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>Access inventory</title>\n<style>{STYLE}</style>\n</head>\n<body>",
            '<a class="skip" href="#flows">Skip the table</a>',
            f"<h1>Who can get what</h1>\n<p>{summary}</p>",
            *self._failures(),
            self._controls(),
            self._table(),
            *self._pictures(),
            '<h2 id="flows">Flows</h2>',
            *(self._flow(name, group) for name, group in self.flows.items()),
            f"<script>{SCRIPT}</script>\n</body>\n</html>",
        ]
        return "\n".join(parts)

    def _failures(self) -> list[str]:
        failures = self.inventory.failures
        if not failures:
            return []
        items = "".join(
            f"<li>{self.said(shown_path(it.path, self.directory))}: {self.said(it.message)}</li>"
            for it in failures
        )
        return [f'<p class="broken">This inventory cannot be trusted:</p><ul>{items}</ul>']

    def _controls(self) -> str:
        return (
            '<div class="controls" id="controls" hidden>'
            '<label>Show grants with <input id="search" type="search"></label>'
            '<label>that are <select id="doubt"><option value="">known or not</option>'
            '<option value="unknown">not all known</option><option value="broken">broken</option>'
            '</select></label><output id="count" for="search doubt"></output></div>'
        )

    def _table(self) -> str:
        headings = ["flow", "target", *(COLUMNS[name] for name in _IN_TABLE)]
        head = "".join(
            f'<th scope="col"><button type="button">{escape(it)}</button></th>' for it in headings
        )
        body = "\n".join(
            self._row(name, grant) for name, group in self.flows.items() for _, grant in group
        )
        return (
            '<div class="scroll" tabindex="0" role="region" aria-label="Grants">'
            '<table id="grants"><caption>One line a grant: whoever may ask through the flow can '
            f"be given the target.</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n"
            "</tbody></table></div>"
        )

    def _row(self, name: str, grant: Grant) -> str:
        target = grant.target_name or "none"
        cells = "".join(self._cell(it, grant.cells[it]) for it in _IN_TABLE)
        flow = f'<th scope="row"><a href="#{name}">{self.said(grant.flow)}</a></th>'
        return f"<tr>{flow}<td>{self.said(target)}</td>{cells}</tr>"

    def _cell(self, name: str, cell: Cell) -> str:
        styles = ["wide"] if name in _WIDE and len(cell.text) > _LONG else []
        styles += [] if cell.is_known else [cell.state]
        style = f' class="{" ".join(styles)}"' if styles else ""
        sort = ""
        if isinstance(cell.value, tuple) and cell.value and isinstance(cell.value[-1], int):
            sort = f' data-sort="{cell.value[-1]}"'
        return f"<td{style}{sort}>{self.said(cell.said)}</td>"

    def _pictures(self) -> list[str]:
        found = []
        for root in self.inventory.roots:
            svg = (
                ""
                if root.picture is None
                else draw_svg(root.picture, lambda it: neutralise(self.inventory.hide(it)))
            )
            if svg:
                where = self.said(shown_path(root.directory, self.directory))
                found.append(f"<h3>{where}</h3>")
                found.append(f'<div class="scroll" tabindex="0">{svg}</div>')
        return ["<h2>What leads to what</h2>", *found] if found else []

    def _flow(self, name: str, group: list[tuple[RootGrants, Grant]]) -> str:
        root, first = group[0]
        label = f' <span class="faint">{self.said(first.label)}</span>' if first.label else ""
        where = f"{first.address} in {shown_path(root.directory, self.directory)}"
        if root.variable_files:
            where += f" with {root.variable_files}"
        items = []
        for _, grant in group:
            items += [self._item(it, grant.cells[it]) for it in ("grants", "parameter", "session")]
        rest = (it for it in COLUMNS if it not in ("grants", "parameter", "session"))
        items += [self._item(it, first.cells[it]) for it in rest]
        return (
            f'<section class="flow" id="{name}" aria-labelledby="{name}-title">'
            f'<h3 id="{name}-title">{self.said(first.flow)}{label}</h3>'
            f'<p class="faint">{self.said(where)}</p><dl>{"".join(items)}</dl></section>'
        )

    def _item(self, name: str, cell: Cell) -> str:
        if not cell.text:
            return ""
        style = "" if cell.is_known else f' class="{cell.state}"'
        places = dict.fromkeys(shown_place(it, self.directory) for it in cell.evidence)
        shown = ", ".join(list(places)[:6])
        where = f'<span class="places">{self.said(shown)}</span>' if shown else ""
        return f"<dt>{escape(COLUMNS[name])}</dt><dd{style}>{self.said(cell.said)}{where}</dd>"
