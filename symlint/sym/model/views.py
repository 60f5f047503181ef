"""Resources of the Sym provider as rules see them: the common ground of all views."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Literal, NamedTuple, TypeAlias

from symlint.sym.words import noun
from symlint.terraform.values.types import ANY
from symlint.terraform.values.value import Unknown, Value, null

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.source.text import Range
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.link import Link
    from symlint.terraform.instances.bodies import ConfiguredBody
    from symlint.terraform.instances.instances import ModuleInstance, ResourceInstance
    from symlint.terraform.values.addresses import Address

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


class View:
    """One instance of a resource or data source of the Sym provider.

    Views are made once for each instance, so that two of one thing are the same object.
    """

    __slots__ = ("arguments", "instance", "sym")

    KIND: ClassVar[str] = ""

    def __init__(self, sym: SymConfiguration, instance: ResourceInstance) -> None:
        self.sym: Final = sym
        self.instance: Final = instance
        self.arguments: Final = BlockArguments(instance, instance.range)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.address})"

    # --- what it is ---

    @property
    def address(self) -> Address:
        """The address of the instance."""
        return self.instance.address

    @property
    def kind(self) -> str:
        """The resource type: ``sym_target``."""
        return self.instance.type

    @property
    def noun(self) -> str:
        """The kind in the words of Sym's documentation: ``target``."""
        return noun(self.instance.type)

    @property
    def is_data(self) -> bool:
        """Whether it is a data source: declared elsewhere, and only read here."""
        return self.instance.declaration.kind == "data"

    @property
    def local_name(self) -> str:
        """The address as it is written in its own module, instance keys left out."""
        return self.address.without_key().local_name

    @property
    def module(self) -> ModuleInstance:
        """The module instance that it belongs to."""
        return self.instance.module

    @property
    def header(self) -> Range:
        """The type and labels of its block."""
        return self.instance.range

    @property
    def symbolic(self) -> bool:
        """Whether it stands for all instances of a block whose keys are not known."""
        return self.instance.symbolic or self.module.symbolic

    @property
    def complete(self) -> bool:
        """Whether an argument that is not found is surely not given."""
        return self.instance.complete

    # --- what it says ---

    def argument(self, name: str) -> Argument | None:
        """One argument, or None where it is not given."""
        return self.arguments.argument(name)

    def value(self, name: str) -> Value:
        """The value of an argument; null where it is not given."""
        return self.arguments.value(name)

    def range(self, name: str) -> Range:
        """The expression of an argument; the header of the block where it is not given."""
        return self.arguments.range(name)

    @property
    def name(self) -> Value:
        """The ``name`` argument: Sym's own name of the thing, not the name of the block."""
        return self.value("name")

    @property
    def type(self) -> Value:
        """The ``type`` argument."""
        return self.value("type")

    @property
    def type_name(self) -> str | None:
        """The text of the ``type`` argument, or None where it is not known."""
        return self.type.string

    @property
    def label(self) -> Value:
        """The ``label`` argument."""
        return self.value("label")

    @property
    def settings(self) -> Value:
        """The ``settings`` argument as a whole."""
        return self.value("settings")

    def setting(self, key: str) -> Value | None:
        """One setting; None where it is surely not given, unknown where that is not known."""
        return element(self.settings, key)

    @property
    def own_settings(self) -> frozenset[str] | None:
        """The keys of ``settings`` that have a value; None where they are not known."""
        settings = self.settings
        if settings.is_null:
            return frozenset() if self.complete else None
        items = settings.items
        return None if items is None else frozenset(k for k, it in items.items() if not it.is_null)

    # --- where it leads ---

    def link(self, argument: str) -> Link:
        """Where an argument leads; ``argument`` is a key of the catalogue's references."""
        return self.sym.resolve(
            self.value(argument), self.range(argument), f"{self.KIND}.{argument}"
        )


def element(map_: Value, key: str) -> Value | None:
    """One element of a map; None where it has surely no such key, else perhaps unknown."""
    items = map_.items
    if items is not None:
        found = items.get(key)
        return None if found is None else found.with_hops(map_.hops)
    content = map_.unknown
    if content is None:
        return None
    if content.alternatives:
        found_in = [element(it, key) for it in content.alternatives]
        choices = tuple(it for it in found_in if it is not None)
        if not choices:
            return None
        inner = Unknown(content.kind, content.reason, alternatives=choices)
        return Value(ANY, inner, map_.written, map_.hops, map_.sensitive)
    reference = None if content.reference is None else content.reference.step(key)
    inner = Unknown(content.kind, content.reason, reference)
    return Value(ANY, inner, map_.written, map_.hops, map_.sensitive)


ListState: TypeAlias = Literal["known", "partial", "unknown", "absent", "not_a_list"]


class LinkList(NamedTuple):
    """Where the elements of a list lead.

    ``known`` when ``links`` are all elements; ``partial`` when there may be other ones, or when a
    link stands for several elements.
    """

    state: ListState
    links: tuple[Link, ...]
    value: Value
    argument: Range
    reason: str = ""


def link_list(sym: SymConfiguration, value: Value, argument: Range, reference: str) -> LinkList:
    """Resolve every element of ``value`` as ``SymConfiguration.resolve`` does one value."""
    if value.is_null:
        return LinkList("absent", (), value, argument)
    if value.elements is not None:
        links = tuple(sym.resolve(it, argument, reference) for it in value.elements)
        return LinkList("known", links, value, argument)
    unknown = value.unknown
    if unknown is None or value.type.kind in ("string", "number", "bool"):
        return LinkList("not_a_list", (sym.resolve(value, argument, reference),), value, argument)
    links = tuple(sym.resolve(it, argument, reference) for it in _possible_elements(value))
    if links:
        return LinkList("partial", links, value, argument, unknown.reason)
    whole = sym.resolve(value, argument, reference)
    if unknown.reference is not None and whole.outcome not in ("unknown", "wrong_kind"):
        return LinkList("not_a_list", (whole,), value, argument)
    return LinkList("unknown", (), value, argument, unknown.reason)


def _possible_elements(value: Value) -> Iterator[Value]:
    unknown = value.unknown
    if unknown is None:
        yield from value.elements or ()
        return
    if unknown.element is not None:
        yield unknown.element
    for alternative in unknown.alternatives:
        yield from _possible_elements(alternative)


def is_given(argument: Argument | None) -> bool:
    """Whether an argument is given with something that is surely not empty."""
    if argument is None:
        return False
    content = argument.value.content
    if argument.value.is_unknown:
        unknown = argument.value.unknown
        return unknown is not None and unknown.not_null and unknown.reference is None
    return content not in (None, "", (), False)
