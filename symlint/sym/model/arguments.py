"""The arguments of blocks and of maps that stand in for blocks, and the elements of maps."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.terraform.values.types import ANY
from symlint.terraform.values.unknowns import merged_part
from symlint.terraform.values.value import Unknown, Value, null

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.source.text import Range
    from symlint.terraform.instances.bodies import ConfiguredBody


ABSENT: Final = null()
"""The value of an argument that is not given."""


class Argument(NamedTuple):
    """One argument that is given: ``range`` spans its expression, ``name_range`` its name."""

    name: str
    value: Value
    range: Range
    name_range: Range


class Arguments:
    """The arguments of a block, of a nested block, or of a map that stands in for a block.

    Provider versions 1 had ``params = { ... }`` where later ones have a block; rules ask the same
    questions of both.
    """

    __slots__ = ()

    @property
    def header(self) -> Range:
        """What stands for the whole where an argument is missing."""
        raise NotImplementedError

    @property
    def complete(self) -> bool:
        """Whether an argument that is not found is surely not given."""
        raise NotImplementedError

    def argument(self, name: str) -> Argument | None:
        """One argument, or None where it is not given."""
        raise NotImplementedError

    def value(self, name: str) -> Value:
        """The value of an argument; null where it is not given."""
        found = self.argument(name)
        return ABSENT if found is None else found.value

    def range(self, name: str) -> Range:
        """The expression of an argument; the header where it is not given."""
        found = self.argument(name)
        return self.header if found is None else found.range


class BlockArguments(Arguments):
    """The arguments of a block."""

    __slots__ = ("_header", "body")

    def __init__(self, body: ConfiguredBody, header: Range) -> None:
        self.body: Final = body
        self._header: Final = header

    @property
    def header(self) -> Range:
        """The type and labels of the block."""
        return self._header

    @property
    def complete(self) -> bool:
        """Whether no syntax error took anything out of the block."""
        return self.body.complete

    def argument(self, name: str) -> Argument | None:
        """One argument, or None where it is not given."""
        written = self.body.configured(name)
        value = self.body.attribute(name)
        if written is None or value is None:
            return None
        return Argument(name, value, written.value.range, written.name_range)

    def value(self, name: str) -> Value:
        """The value of an argument; null where it is not given."""
        return self.body.attribute(name) or ABSENT


class MapArguments(Arguments):
    """The elements of a map or object value."""

    __slots__ = ("_range", "map")

    def __init__(self, map_: Value, range_: Range) -> None:
        self.map: Final = map_
        self._range: Final = range_

    @property
    def header(self) -> Range:
        """The range of the whole map."""
        return self._range

    @property
    def complete(self) -> bool:
        """Whether the keys of the map are known."""
        return self.map.items is not None

    def argument(self, name: str) -> Argument | None:
        """One element, or None where there is no such key or the map is not known."""
        value = (self.map.items or {}).get(name)
        if value is None:
            return None
        range_ = value.origin or self._range
        return Argument(name, value, range_, range_)


def element(map_: Value, key: str) -> Value | None:
    """One element of a map; None where it has surely no such key, else perhaps unknown."""
    items = map_.items
    if items is not None:
        found = items.get(key)
        return None if found is None else found.with_hops(map_.hops)
    whole = map_.object_reference
    if whole is not None:
        attribute = whole.attribute(key)
        return None if attribute is None else attribute.with_hops(map_.hops)
    content = map_.unknown
    if content is None:
        return None
    if content.alternatives:
        found_in = [element(it, key) for it in content.alternatives]
        choices = tuple(it for it in found_in if it is not None)
        if len(choices) < 2:
            return choices[0].with_hops(map_.hops) if choices else None
        inner = Unknown(content.kind, content.reason, alternatives=choices)
        return Value(ANY, inner, map_.written, map_.hops, map_.sensitive)
    if content.layers:
        part, certain = merged_part(content, key)
        if certain:
            return None if part is None else part.with_hops(map_.hops)
    reference = None if content.reference is None else content.reference.step(key)
    inner = Unknown(content.kind, content.reason, reference)
    return Value(ANY, inner, map_.written, map_.hops, map_.sensitive)


def items_of(map_: Value) -> dict[str, Value]:
    """The elements that a map surely or possibly has by key, as far as they are known."""
    found = {key: element(map_, key) for key in _keys(map_)}
    return {key: value for key, value in found.items() if value is not None}


def _keys(map_: Value) -> Iterable[str]:
    whole, unknown = map_.object_reference, map_.unknown
    if whole is not None:
        return whole.names()
    if unknown is None:
        return map_.items or ()
    inner = (*unknown.alternatives, *unknown.layers)
    return dict.fromkeys(key for one in inner for key in _keys(one))


def keys_are_known(map_: Value) -> bool:
    """Whether ``items_of`` has all elements that a map may have."""
    whole, unknown = map_.object_reference, map_.unknown
    if whole is not None:
        return whole.closed
    if unknown is None:
        return map_.items is not None or map_.is_null
    return bool(unknown.alternatives) and all(map(keys_are_known, unknown.alternatives))


def is_given(argument: Argument | None) -> bool:
    """Whether an argument is given with something that is surely not empty."""
    if argument is None:
        return False
    content = argument.value.content
    if argument.value.is_unknown:
        unknown = argument.value.unknown
        return unknown is not None and unknown.not_null and unknown.reference is None
    return content not in (None, "", (), False)
