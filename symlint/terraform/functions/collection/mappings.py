"""Functions on maps and objects; elements keep their origin."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.terraform.functions.calls import Call, Function, Parameter
from symlint.terraform.functions.inspection import wholly_known
from symlint.terraform.functions.keeping import (
    MAPPINGS,
    attributes_of,
    list_result,
    object_result,
    one_of,
    or_null,
    tuple_result,
    typical,
)
from symlint.terraform.functions.text.writing import quoted
from symlint.terraform.values.conversion import ConversionError, convert, type_of
from symlint.terraform.values.sizes import STEPS_PER_PART
from symlint.terraform.values.types import (
    ANY,
    STRING,
    Type,
    element_of,
    friendly_name,
    list_of,
    map_of,
    tuple_of,
)
from symlint.terraform.values.unknowns import merged_part
from symlint.terraform.values.value import ObjectReference, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_STRINGS: Final = list_of(STRING)
_LISTS: Final = map_of(_STRINGS)


def _items(value: Value) -> Mapping[str, Value] | None:
    """The elements by key, whole objects included; None when they are not all known."""
    items = value.items
    return items if items is not None else attributes_of(value)


def _is_mapping(value: Value) -> bool:
    kind = type_of(value).kind
    return kind in MAPPINGS or isinstance(value.content, ObjectReference)


def _could_be_mapping(value: Value) -> bool:
    return _is_mapping(value) or (type_of(value).kind == "any" and value.is_unknown)


def _keys(call: Call) -> Value:
    given = call.arguments[0]
    if not _could_be_mapping(given):
        raise call.error("must have map or object type", 0)
    items, type_ = _items(given), type_of(given)
    if items is None:
        if type_.kind == "object":
            names = [name for name, _ in type_.attributes]
            return tuple_result(call, [call.string(name) for name in names])
        if type_.kind == "map":
            return call.derived(_STRINGS)
        return call.derived(ANY)
    call.spend(len(items))
    keys = [call.string(key) for key in sorted(items)]
    if type_.kind == "map":
        return list_result(call, STRING, keys)
    return tuple_result(call, keys, certain=given.type.kind == "object" or given.items is None)


def _values(call: Call) -> Value:
    given = call.arguments[0]
    if not _could_be_mapping(given):
        raise call.error("values() requires a map as the first argument")
    items, type_ = _items(given), type_of(given)
    if items is None:
        element = given.unknown.element if given.unknown is not None else None
        if type_.kind == "map":
            return call.derived(list_of(element_of(type_)), element)
        if type_.kind == "object":
            return call.derived(tuple_of(inner for _, inner in type_.attributes), element)
        return call.derived(ANY, element)
    call.spend_on_path(given)
    values = [
        items[key].with_hops(given.hops if given.items is not None else ()) for key in sorted(items)
    ]
    if type_.kind == "map":
        return list_result(call, element_of(type_), values)
    return tuple_result(call, values, certain=given.type.kind == "object" or given.items is None)


# --- lookup -------------------------------------------------------------------------------------


def _default(call: Call, type_: Type) -> Value | None:
    """The default, as an element of the map."""
    if len(call.arguments) < 3:
        return None
    default = call.arguments[2]
    if type_.kind != "map":
        return default
    try:
        return convert(default, element_of(type_))
    except ConversionError:
        raise call.error(
            "the default value must have the same type as the map elements", 2
        ) from None


def _lookup(call: Call) -> Value:
    if len(call.arguments) > 3:
        raise call.error(f"lookup() takes two or three arguments, got {len(call.arguments)}")
    given, wanted = call.arguments[0], call.arguments[1]
    if not _could_be_mapping(given):
        raise call.error("lookup() requires a map as the first argument", 0)
    type_ = type_of(given)
    default = _default(call, type_)
    key = wanted.string
    items = given.items
    if key is not None and items is not None:
        if key in items:
            return items[key].with_hops(given.hops)
        return default if default is not None else _missing(call, type_, key)
    content = given.content
    if key is not None and isinstance(content, ObjectReference):
        attribute = content.attribute(key)
        if attribute is not None:
            return attribute.with_hops(given.hops)
        return default if default is not None else _missing(call, type_, key)
    if key is not None and isinstance(content, Unknown) and content.layers:
        part, certain = merged_part(content, key)
        if certain:
            part = default if part is None else part.with_hops(given.hops)
            return part if part is not None else _missing(call, type_, key)
    return _uncertain_lookup(
        call, given, default, element_of(type_) if type_.kind == "map" else ANY
    )


def _missing(call: Call, type_: Type, key: str) -> Value:
    if type_.kind != "map":
        raise call.error(f"the given object has no attribute {quoted(key)}", 0)
    shown = "(sensitive value)" if call.arguments[1].sensitive else quoted(key)
    raise call.error(f"lookup failed to find key {shown}")


def _uncertain_lookup(call: Call, given: Value, default: Value | None, type_: Type) -> Value:
    """The element of an unknown key, or of a map that is unknown: one of those there are."""
    content = given.content
    if isinstance(content, Unknown):
        element = content.element
    else:
        items = given.items
        call.spend(len(items or ()))
        element = typical(items.values()) if items else None
    if element is None:
        # An element may be null, other than the results of most functions.
        value = call.derived(type_)
        content = value.content
        assert isinstance(content, Unknown)
        return value.with_content(type_, Unknown(content.kind, content.reason))
    if default is None:
        return element.with_hops(given.hops) if isinstance(content, Unknown) else element
    if default.is_null:
        return or_null(element, call.derived().content.reason)  # type: ignore[union-attr]  # derived() is unknown
    return one_of((element, default))


# --- merge, zipmap, transpose -------------------------------------------------------------------


def _merge(call: Call) -> Value:
    arguments = call.arguments
    if not arguments:
        return object_result(call, {})
    types = [type_of(argument) for argument in arguments]
    for argument, type_ in zip(arguments, types, strict=True):
        if type_.kind in MAPPINGS:
            continue
        if type_.kind != "any" or not (argument.is_null or _could_be_mapping(argument)):
            name = quoted(friendly_name(type_))
            raise call.error(f"arguments must be maps or objects, got {name}")
    merged: dict[str, Value] = {}
    looks: list[Value] = []
    known = True
    for argument in arguments:
        if argument.is_null:
            continue
        items = _items(argument)
        if items is None:
            known = False
            element = argument.unknown.element if argument.unknown is not None else None
            if element is not None:
                looks.append(element)
            continue
        call.spend_on_path(argument)
        if argument.hops and argument.items is not None:
            items = {key: item.with_hops(argument.hops) for key, item in items.items()}
        merged.update(items)
    map_type = (
        types[0] if types[0].kind == "map" and all(one == types[0] for one in types) else None
    )
    if not known:
        element = typical([*merged.values(), *looks]) if looks else None
        return _layered(call.derived(map_type or ANY, element), arguments)
    if map_type is not None:
        return call.value(map_type, dict(sorted(merged.items())))
    certain = all(
        argument.type.kind != "any" or argument.is_null or argument.items is None
        for argument in arguments
    )
    return object_result(call, merged, certain)


def _layered(merged: Value, maps: Sequence[Value]) -> Value:
    """A merge of maps of which not all are known, with what is known of its elements."""
    content = merged.content
    assert isinstance(content, Unknown)
    layers = tuple(one for one in maps if not one.is_null)
    return merged.with_content(merged.type, content.but(layers=layers))


def _zip(call: Call) -> Value:
    keys, values = call.arguments
    type_ = type_of(values)
    if type_.kind not in ("list", "tuple", "any"):
        raise call.error("values argument must be a list or tuple value")
    key_values, elements = keys.elements, values.elements
    mapped = map_of(element_of(type_)) if type_.kind == "list" else ANY
    if key_values is None or elements is None or any(key.is_unknown for key in key_values):
        unknown = values.unknown
        element = typical(elements) if elements else unknown.element if unknown else None
        return call.derived(mapped, element)
    if len(key_values) != len(elements):
        raise call.error(
            f"number of keys ({len(key_values)}) does not match number of values ({len(elements)})"
        )
    items: dict[str, Value] = {}
    call.spend_on_path(values)
    for index, (key, element) in enumerate(zip(key_values, elements, strict=True)):
        text = key.string
        if text is None:
            raise call.error(f"keys list has null value at index {index}")
        items[text] = element.with_hops(values.hops)
    if type_.kind == "list":
        return call.value(mapped, dict(sorted(items.items())))
    return object_result(call, items, certain=values.type.kind == "tuple")


def _transpose(call: Call) -> Value:
    given = call.arguments[0]
    if not wholly_known(given, call):
        return call.derived()
    lists: dict[str, list[Value]] = {}
    for key, values in sorted((given.items or {}).items()):
        if values.is_null:
            raise call.error("input must not contain null list")
        call.spend(len(values.elements or ()) * STEPS_PER_PART)
        for value in values.elements or ():
            text = value.string
            if text is None:
                raise call.error("input list must not contain null string")
            lists.setdefault(text, []).append(call.string(key))
    results = {
        key: Value(_STRINGS, tuple(elements), call.origin)
        for key, elements in sorted(lists.items())
    }
    return call.value(_LISTS, results)


FUNCTIONS: Final[Mapping[str, Function]] = {
    "keys": Function(_keys, (Parameter("inputMap", unknown=True, marks="shallow"),), ANY),
    "lookup": Function(
        _lookup,
        (
            Parameter("inputMap", unknown=True, marks="shallow"),
            Parameter("key", STRING, unknown=True, marks="shallow"),
        ),
        ANY,
        variadic=Parameter("default", nullable=True, unknown=True, marks="function"),
    ),
    "merge": Function(
        _merge,
        (),
        ANY,
        variadic=Parameter("maps", nullable=True, unknown=True, marks="shallow"),
    ),
    "transpose": Function(_transpose, (Parameter("values", _LISTS),), _LISTS),
    "values": Function(_values, (Parameter("mapping", unknown=True, marks="shallow"),), ANY),
    "zipmap": Function(
        _zip,
        (
            Parameter("keys", _STRINGS, unknown=True),
            Parameter("values", unknown=True, marks="shallow"),
        ),
        ANY,
    ),
}
