"""A comparison of two inventories for programs; ``docs/access.md`` describes the shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.report.escape import json_text, neutralise

if TYPE_CHECKING:
    from symlint.lint.access.comparison import Comparison
    from symlint.report.options import RenderOptions

VERSION: Final = 1


def render(comparison: Comparison, options: RenderOptions) -> str:
    """A comparison as one JSON object."""
    del options
    changes = [
        {
            name: neutralise(value) or None
            for name, value in zip(change._fields, change, strict=True)
        }
        for change in comparison.changes
    ]
    document = {"version": VERSION, "changes": changes, "unchanged": comparison.unchanged}
    return json_text(document) + "\n"
