"""The access inventory for people with a wide terminal: a table.

What is the same as in the line above, for the same flow or target, is not said again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.named_tuple import NamedTuple
from symlint.report.access.text import AccessPage
from symlint.report.escape import guard_log, neutralise
from symlint.sym.access.grants import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from symlint.lint.access.inventory import Inventory, RootGrants
    from symlint.report.access.layout import Layout
    from symlint.report.options import RenderOptions
    from symlint.sym.access.grants import Grant

_COLUMNS: Final = ("grants", "how_long", "approve", "self_approval", "automatic")
_WIDER: Final = ("gates", "asked_in", "recorded")
_WIDER_FROM: Final = 160
"""The columns of the table where none are named, and those that a wider terminal has room for."""

_STYLES: Final = {"unknown": "yellow", "broken": "bold red"}
_GRANTS_WIDTH: Final = 42
"""The columns that what is granted is given at most: so that most of it stands on one line."""

_MORE: Final = "All columns, and where they were read: symlint access --flow NAME | less"


class _Shown(NamedTuple):
    """One cell of the table: its text and its style, and what stands beneath it."""

    text: str
    style: str = ""
    beneath: str = ""


def render(inventory: Inventory, options: RenderOptions, layout: Layout) -> str:
    """An inventory as a table, with what could not be read and a sum beneath."""
    page = AccessPage(options, inventory, layout)
    wide = (options.width or 0) >= _WIDER_FROM
    columns = layout.columns or (*_COLUMNS, *(_WIDER if wide else ()))
    blocks = [page.failures(), page.summary()]
    if not layout.columns:
        blocks[-1].append(page.painter.paint(_MORE, "faint"))
    groups = layout.groups(inventory)
    table = _printed(_filled(page, groups, columns), options) if groups else ""
    text = inventory.hide("\n\n".join("\n".join(block) for block in blocks if block))
    return guard_log("\n".join(filter(None, (table, text)))) + "\n"


def _filled(
    page: AccessPage, groups: Sequence[Sequence[tuple[RootGrants, Grant]]], columns: Sequence[str]
) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.ROUNDED, header_style="bold")
    headings = _headings(page.layout.by, columns)
    for name in headings:
        width = _width_of_grants(groups) if name == "grants" else None
        table.add_column(COLUMNS.get(name, name), overflow="fold", width=width)
    for group in groups:
        above: list[_Shown] = [_Shown("")] * len(headings)
        for number, (root, grant) in enumerate(group):
            row = [_shown(page, root, grant, name) for name in headings]
            texts = []
            for old, it in zip(above, row, strict=True):
                text = Text("" if it == old else it.text, style=it.style)
                texts.append(text.append(f"\n{it.beneath}", "dim") if it.beneath else text)
            above = row
            table.add_row(*texts, end_section=number == len(group) - 1)
    return table


def _width_of_grants(groups: Sequence[Sequence[tuple[RootGrants, Grant]]]) -> int:
    texts = (
        text
        for group in groups
        for _, grant in group
        for text in (grant.cells["grants"].said, grant.target_name)
    )
    return min(max(map(len, texts), default=0), _GRANTS_WIDTH)


def _headings(by: str, columns: Sequence[str]) -> list[str]:
    """The columns from left to right, what the table is ordered by first."""
    target = "grants" if "grants" in columns else "target"
    first = {"flow": ["flow", target], "target": [target, "flow"]}
    names = first.get(by, ["approve", "flow", target])
    return [*names, *(it for it in columns if it not in names)]


def _shown(page: AccessPage, root: RootGrants, grant: Grant, name: str) -> _Shown:
    if name == "flow":
        return _Shown(_said(page, grant.flow) + page.where(root), "bold")
    target = _said(page, grant.target_name)
    if name == "target":
        return _Shown(target)
    cell = grant.cells[name]
    beneath = target if name == "grants" else ""
    return _Shown(_said(page, cell.said), _STYLES.get(cell.state, ""), beneath)


def _said(page: AccessPage, text: str) -> str:
    return neutralise(page.inventory.hide(text))


def _printed(table: Table, options: RenderOptions) -> str:
    """The table as text, as wide as the terminal at most."""
    from io import StringIO

    from rich.console import Console

    file = StringIO()
    console = Console(
        file=file,
        width=options.width,
        color_system="standard" if options.color else None,
        force_terminal=options.color,
        no_color=not options.color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    console.print(table)
    return file.getvalue()
