"""The access inventory for spreadsheets: one line a grant, as RFC 4180 has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.report.escape import guard_log, neutralise
from symlint.report.places import shown_path
from symlint.sym.access.grants import COLUMNS

if TYPE_CHECKING:
    from symlint.lint.access.inventory import Inventory
    from symlint.report.access.layout import Layout
    from symlint.report.options import RenderOptions

_FORMULA = ("=", "+", "-", "@")


def render(inventory: Inventory, options: RenderOptions, layout: Layout) -> str:
    """An inventory as CSV with a header."""
    import csv
    import io

    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(
        [
            "root",
            "variable files",
            "flow",
            "label",
            "target type",
            "target",
            *(COLUMNS[name] for name in layout.shown),
            "doubts",
        ]
    )
    for root, grant in layout.rows(inventory):
        doubts = "; ".join(f"{COLUMNS[name]}: {cell.reason}" for name, cell in grant.doubts)
        cells = [
            shown_path(root.directory, options.directory),
            root.variable_files,
            grant.flow,
            grant.label,
            grant.target_type,
            grant.target,
            *(grant.cells[name].text for name in layout.shown),
            doubts,
        ]
        writer.writerow([_safe(inventory.hide(text)) for text in cells])
    return guard_log(file.getvalue())


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    text = neutralise(text)
    return f"'{text}" if text.startswith(_FORMULA) else text
