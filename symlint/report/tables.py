"""Tables for terminals, by rich: imported where one is drawn."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Cell(NamedTuple):
    """Neutralised text, and how it is painted: a style of rich's, or ""; a heading stands above it."""

    text: str
    style: str = ""
    heading: str = ""


SEVERITY_STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]], width: int, *, color: bool) -> str:
    """Rows beneath a head, no wider than ``width``: the last column is the one that wraps."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from symlint.report.drawing import drawn

    found = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for number, title in enumerate(head):
        last = number == len(head) - 1
        found.add_column(title, no_wrap=not last, overflow="fold" if last else "ellipsis")
    for row in rows:
        found.add_row(
            *(
                Text.assemble((f"{it.heading}\n", f"bold {it.style}"), (it.text, it.style))
                if it.heading
                else Text(it.text, it.style)
                for it in row
            )
        )
    return drawn([found], width, color=color)


def columns(rows: Sequence[Sequence[str]]) -> str:
    """The same for programs and logs: every row on one line, the columns beneath one another."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    widths[-1:] = [0]
    lines = (
        "  ".join(f"{text:<{width}}" for text, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "".join(line.rstrip() + "\n" for line in lines)
