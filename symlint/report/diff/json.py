"""A comparison of two inventories for programs; ``symlint diff --schema`` describes the shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.report.escape import json_text, neutralise

if TYPE_CHECKING:
    from symlint.lint.access.comparison import Change, Comparison
    from symlint.lint.access.documents import ChangeDocument, DiffDocument
    from symlint.report.options import RenderOptions


def render(comparison: Comparison, options: RenderOptions) -> str:
    """A comparison as one JSON object."""
    del options
    document: DiffDocument = {
        "version": 1,
        "changes": list(map(_change, comparison.changes)),
        "unchanged": comparison.unchanged,
    }
    return json_text(document) + "\n"


def _change(change: Change) -> ChangeDocument:
    return {
        "flow": neutralise(change.flow),
        "environment": neutralise(change.environment) or None,
        "target": neutralise(change.target) or None,
        "column": change.column,
        "before": neutralise(change.before) or None,
        "after": neutralise(change.after) or None,
        "direction": change.direction,
        "sentence": neutralise(change.sentence) or None,
    }
