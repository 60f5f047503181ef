"""One module per form of the access inventory, all of which render the same ``Inventory``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symlint.lint.access.inventory import Inventory
    from symlint.report.access.layout import Layout
    from symlint.report.options import RenderOptions


def render_inventory(
    name: str, inventory: Inventory, options: RenderOptions, layout: Layout
) -> str:
    """An inventory in one of the formats."""
    from importlib import import_module

    module = import_module(f"symlint.report.access.{name}")
    text: str = module.render(inventory, options, layout)
    return text
