"""Where settings are written: the text of one, and what stands for one that is missing."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symlint.hcl.nodes import Node, ObjectItem
    from symlint.source.text import Range
    from symlint.sym.model.views import View
    from symlint.terraform.values.value import Value


def item_ranges(view: View, map_: Value, key: str) -> tuple[Range, Range] | None:
    """Where a key of a map and its expression are written; None for maps that are computed."""
    from symlint.hcl.nodes import Literal

    for item in () if map_.origin is None else _items_at(view, map_.origin):
        if type(item.key) is Literal and item.key.value == key:
            return item.key.range, item.value.range
    return None


def _items_at(view: View, range_: Range) -> tuple[ObjectItem, ...]:
    """The items of the object that is written at a range; none where something else is."""
    from symlint.hcl.nodes import Object
    from symlint.hcl.walk import children

    bodies = (body for module in view.sym.terraform.modules() for body in module.module.bodies)
    nodes: list[Node] = list(islice((it for it in bodies if it.source is range_.source), 1))
    while nodes:
        node = nodes.pop()
        if type(node) is Object and node.range == range_:
            return node.items
        inside = children(node)
        nodes += [it for it in inside if it.start <= range_.start and range_.end <= it.end]
    return ()


def setting_range(view: View, key: str, value: Value | None = None) -> Range:
    """The text of one setting to change: where its value was written, its expression, the map.

    ``value`` is the value in question where the setting may have several.
    """
    settings = view.settings
    value = value or view.setting(key)
    written = item_ranges(view, settings, key)
    if value is not None and value.origin is not None and not value.is_unknown:
        return value.origin
    return (
        written[1] if written is not None else first_line(settings.origin, view.range("settings"))
    )


def near(view: View, value: Value) -> Range:
    """Roughly where a setting is written, for what is only mentioned: found at no cost."""
    return view.range("settings") if value.is_unknown or not value.origin else value.origin


def first_line(range_: Range | None, otherwise: Range) -> Range:
    """The part of a range that stands on its first line."""
    range_ = range_ or otherwise
    length = range_.text.find("\n")
    return range_ if length < 0 else range_._replace(end=range_.start + length)


def map_range(view: View, name: str = "settings") -> Range:
    """What to point at where an element of a map argument is missing."""
    argument = view.argument(name)
    if argument is None:
        return view.header
    origin = argument.value.origin
    if origin is None or origin.is_within(argument.range):
        return argument.name_range
    return first_line(origin, argument.range)
