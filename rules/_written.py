"""Where a value is written, how it came to be used, and how it is written again; for all rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import Edit, Fix, RelatedRange
from symlint.rules._links import within
from symlint.sym.model.texts import text_of

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.terraform.values.value import Value


def written_at(value: Value, used: Range) -> Range:
    """The text to change where a value, used at ``used``, is wrong: where it is written."""
    return value.origin or used


def use(range_: Range, used: Range, what: str) -> tuple[RelatedRange, ...]:
    """Where a value that is written at ``range_`` is used, unless that is the same place."""
    return () if within(range_, used) else (RelatedRange(used, f"used as {what} here"),)


def literal_fix(range_: Range, used: Range, text: str, *, safe: bool) -> Fix | None:
    """Replace a quoted text by another; only where it is used, for elsewhere others may read it."""
    if not within(range_, used) or not range_.text.startswith('"') or "\n" in range_.text:
        return None
    replacement = f'"{text}"'
    return Fix(f"write {replacement}", (Edit(range_, replacement),), safe=safe)


def shown(value: Value) -> str:
    """A known value in quotes for a message, cut where it is long; never a sensitive one."""
    from symlint.hcl.native.strings import visible

    return "(sensitive value)" if value.sensitive else visible(text_of(value) or "")
