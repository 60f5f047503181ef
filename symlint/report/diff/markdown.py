"""A comparison of two inventories as a comment on a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.report.diff.words import HEADINGS, column, headline, subject
from symlint.report.escape import guard_log
from symlint.report.markup import escape_markdown

if TYPE_CHECKING:
    from symlint.lint.access.comparison import Comparison
    from symlint.report.options import RenderOptions


def render(comparison: Comparison, options: RenderOptions) -> str:
    """A table for each direction, the widest first."""
    del options
    lines = [f"### {headline(comparison)}"]
    for direction, heading in HEADINGS.items():
        changes = comparison.of(direction)
        if not changes:
            continue
        lines += [
            "",
            f"**{heading}**",
            "",
            "| flow | | before | now | |",
            "| --- | --- | --- | --- | --- |",
        ]
        for change in changes:
            cells = (subject(change), column(change), change.before, change.after, change.sentence)
            lines.append("| " + " | ".join(map(_cell, cells)) + " |")
    return guard_log("\n".join(lines)) + "\n"


def _cell(text: str) -> str:
    return escape_markdown(text).replace("|", "\\|")
