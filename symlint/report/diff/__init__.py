"""One module per form of a comparison of two access inventories."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symlint.lint.access.comparison import Comparison
    from symlint.report.options import RenderOptions


def render_comparison(name: str, comparison: Comparison, options: RenderOptions) -> str:
    """A comparison in one of the formats."""
    from importlib import import_module

    text: str = import_module(f"symlint.report.diff.{name}").render(comparison, options)
    return text
