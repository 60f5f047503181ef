"""The access inventory for a wiki or a pull request: a table for each flow."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from symlint.report.escape import guard_log
from symlint.report.markup import escape_markdown
from symlint.report.places import shown_path
from symlint.report.summary import count
from symlint.sym.access.grants import COLUMNS

if TYPE_CHECKING:
    from symlint.lint.access.inventory import Inventory
    from symlint.report.access.layout import Layout
    from symlint.report.options import RenderOptions


def render(inventory: Inventory, options: RenderOptions, layout: Layout) -> str:
    """An inventory as Markdown."""

    @cache
    def said(text: str) -> str:
        return escape_markdown(inventory.hide(text)).replace("|", "\\|")

    lines = ["## Access", ""]
    headings = ["flow", "target", *(COLUMNS[name] for name in layout.shown)]
    lines.append("| " + " | ".join(headings) + " |")
    lines.append("| " + " | ".join("---" for _ in headings) + " |")
    for root, grant in layout.rows(inventory):
        target = grant.target_name or "none"
        where = shown_path(root.directory, options.directory)
        flow = f"{said(grant.flow)} ({said(where)})"
        cells = [flow, said(target), *(said(grant.cells[name].said) for name in layout.shown)]
        lines.append("| " + " | ".join(cells) + " |")
    grants = sum(1 for _ in inventory.grants)
    lines += [
        "",
        f"{count(grants, 'grant')}, {count(inventory.doubts, 'cell')} not known or broken.",
    ]
    for failure in inventory.failures:
        place = shown_path(failure.path, options.directory)
        lines.append(f"\nFailed: {said(place)}: {said(failure.message)}")
    return guard_log("\n".join(lines)) + "\n"
