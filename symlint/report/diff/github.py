"""A comparison of two inventories as annotations of GitHub Actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.report.diff.words import column, headline, subject
from symlint.report.escape import neutralise
from symlint.report.formats.github import escape_data, escape_property

if TYPE_CHECKING:
    from symlint.lint.access.comparison import Comparison
    from symlint.report.options import RenderOptions
    from symlint.sym.access.turns import Direction

_COMMANDS: Final[dict[Direction, str]] = {
    "widened": "warning",
    "not comparable": "warning",
    "narrowed": "notice",
    "neutral": "notice",
}


def render(comparison: Comparison, options: RenderOptions) -> str:
    """One command for each change, and one that sums up."""
    del options
    lines = []
    for change in comparison.changes:
        title = neutralise(f"access {change.direction}: {subject(change)}, {column(change)}")
        parts = [f"{change.before or 'nothing'} -> {change.after or 'nothing'}", change.sentence]
        message = "\n".join(neutralise(part) for part in parts if part)
        lines.append(
            f"::{_COMMANDS[change.direction]} title={escape_property(title)}::{escape_data(message)}\n"
        )
    lines.append(f"::notice title=access::{escape_data(headline(comparison))}\n")
    return "".join(lines)
