"""A comparison of two inventories for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.report.diff.words import HEADINGS, column, headline, subject
from symlint.report.escape import guard_log, neutralise
from symlint.report.page import Page

if TYPE_CHECKING:
    from symlint.lint.access.comparison import Change, Comparison
    from symlint.report.options import RenderOptions
    from symlint.sym.access.turns import Direction

_STYLES: Final[dict[Direction, str]] = {
    "widened": "error",
    "not comparable": "warning",
    "narrowed": "good",
    "neutral": "faint",
}


def render(comparison: Comparison, options: RenderOptions) -> str:
    """A block for each direction, the widest first, and one line that sums up."""
    page = Page(options)
    blocks = []
    for direction, heading in HEADINGS.items():
        changes = comparison.of(direction)
        if changes:
            lines = [page.painter.paint(heading, _STYLES[direction])]
            for change in changes:
                lines += _change(page, change)
            blocks.append("\n".join(lines))
    blocks.append(f"{headline(comparison)}.")
    return guard_log("\n\n".join(blocks)) + "\n"


def _change(page: Page, change: Change) -> list[str]:
    lines = ["  " + page.painter.paint(f"{neutralise(subject(change))}: {column(change)}", "title")]
    for mark, text in (("-", change.before), ("+", change.after)):
        if text:
            first, *rest = page.wrapped(neutralise(text), 6)
            lines += [f"    {mark} {first}", *("      " + line for line in rest)]
    if change.sentence:
        first, *rest = page.wrapped(neutralise(change.sentence), 8)
        lines += [f"    so: {first}", *("        " + line for line in rest)]
    return lines
