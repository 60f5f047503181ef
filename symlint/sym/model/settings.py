"""Where settings are written: the text of one, and what stands for one that is missing."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from symlint.hcl.nodes import Body, Node, ObjectItem
    from symlint.source.text import Range
    from symlint.sym.model.modules import OutputRead, SymModule
    from symlint.sym.model.views import Lookup, View
    from symlint.terraform.values.value import Value


def source_of_settings(sym: Lookup, settings: Value) -> OutputRead | None:
    """The output of one of Sym's modules that settings are, if they are: also with additions.

    Settings that were put together again have all keys of the output; its role and the id of its
    integration are under theirs. Those that are there under a condition are meant to be there.
    """
    given = [it for it in leaves(settings) if not it.is_null and it.items != {}]
    if len(given) == 1 and given[0] is not settings:
        settings = given[0].with_hops(settings.hops)
    read = sym.output_read(settings)
    items = settings.items
    if read is not None or items is None:
        return read
    role = items.get("role_arn")
    read = None if role is None else sym.output_read(role)
    if read is None or read.path[-1:] != ("role_arn",):
        return None
    whole, entry = read.path[:-1], read.module.entry
    if entry.meaning_of(whole) != "settings":
        return None
    of_id = items.get(entry.external_id or "")
    if of_id is None or not is_setting_of(sym, of_id, entry.external_id or "", read.module, whole):
        return None
    keys = {key for form in entry.outputs.get(whole[0], ()) for key in form.keys or ()}
    return read._replace(path=whole) if keys <= items.keys() else None


def is_setting_of(
    sym: Lookup, value: Value, key: str, module: SymModule, path: tuple[str, ...]
) -> bool:
    """Whether a value is what the output of a module has under ``key``."""
    read = sym.output_read(value)
    return read is not None and read.module is module and read.path == (*path, key)


def item_ranges(sym: Lookup, map_: Value, key: str) -> tuple[Range, Range] | None:
    """Where a key of a map and its expression are written.

    In a map that is computed, of others by ``merge`` or ``for``, that is where the element got its
    key. None where no module has it: nothing is pointed out inside variable files and options.
    """
    from symlint.hcl.nodes import Object

    written = map_.written
    if type(written) is Object:
        # A node lives as long as its configuration: nothing else has its identity.
        by_key = sym.once_for(("items", id(written)), lambda: _by_key(sym, written.items))
        found = by_key.get(key, [])
    else:
        found = _items_around(sym, key, (map_.items or {}).get(key))
    return (found[0].key.range, found[0].value.range) if found else None


def _by_key(sym: Lookup, items: Sequence[ObjectItem]) -> dict[str, list[ObjectItem]]:
    """The items of an object that is written in a module, by their keys."""
    known = sym.once(_item_ids)
    found: dict[str, list[ObjectItem]] = {}
    for item in items:
        key = _key(item)
        if key is not None and id(item) in known:
            found.setdefault(key, []).append(item)
    return found


def _key(item: ObjectItem) -> str | None:
    """The key of an item, where it is a text that is written out."""
    from symlint.hcl.nodes import Literal

    value = item.key.value if type(item.key) is Literal else None
    return value if isinstance(value, str) else None


def _item_ids(sym: Lookup) -> frozenset[int]:
    """What identifies the items of all objects that are written in modules."""
    bodies = sym.once(_bodies).values()
    return frozenset().union(*[_item_ids_in(body) for several in bodies for body in several])


def _item_ids_in(body: Body) -> frozenset[int]:
    from symlint.hcl.nodes import ObjectItem
    from symlint.hcl.walk import walk

    def found() -> frozenset[int]:
        return frozenset(id(node) for node in walk(body) if type(node) is ObjectItem)

    return body.once(_item_ids_in, found)


def _items_around(sym: Lookup, key: str, value: Value | None) -> list[ObjectItem]:
    """The items of a key that ``value`` was last an element of, innermost first."""
    if value is None:
        return []
    places = [hop.range for hop in reversed(value.hops)]
    for place in (*places, *([value.origin] if value.origin else ())):
        found = [
            item
            for body in sym.once(_bodies).get(place.path, ())
            for item in _items_at(body, place.start)
            if _key(item) == key and place.is_within(item.value.range)
        ]
        if found:
            return found[::-1]
    return []


def _bodies(sym: Lookup) -> dict[str, list[Body]]:
    """What is written in the files of modules, by their paths."""
    found: dict[str, list[Body]] = {}
    bodies = {id(it): it for module in sym.terraform.modules() for it in module.module.bodies}
    for body in bodies.values():
        found.setdefault(body.source.path, []).append(body)
    return found


def _items_at(body: Body, offset: int) -> Iterator[ObjectItem]:
    """The items of objects that a place lies in, outermost first."""
    from symlint.hcl.nodes import ObjectItem
    from symlint.hcl.walk import child_at, children

    node: Node | None = body
    while node is not None and (node := child_at(children(node), offset)):
        if type(node) is ObjectItem:
            yield node


def setting_range(view: View, key: str, value: Value | None = None) -> Range:
    """The text of one setting to change: where its value was written, its expression, the map.

    ``value`` is the value in question where the setting may have several.
    """
    settings = view.settings
    value = value or view.setting(key)
    written = item_ranges(view.sym, settings, key)
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
