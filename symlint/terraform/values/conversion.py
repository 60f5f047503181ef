"""Converting a value to a type, as Terraform does for variables, operands and arguments.

The rules are those of ``github.com/zclconf/go-cty/cty/convert``: unsafe conversion, where
``"5"`` becomes a number and a list becomes a set. Which types convert at all is in
``unification``; here is what happens to values. What is not known stays unknown, with its
reference, and gets the type that it will have.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final, TypeAlias
from symlint.terraform.values.numbers import (
    DOUBLE_BITS,
    MACHINE_BITS,
    PRECISION,
    format_number,
    parse_number,
)
from symlint.terraform.values.open_types import is_uncertain, loosened
from symlint.terraform.values.sets import set_content
from symlint.terraform.values.types import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    Type,
    contains_any,
    element_of,
    friendly_name,
    list_of,
    map_of,
    object_of,
    set_of,
    tuple_of,
    without_optional,
)
from symlint.terraform.values.value import Hop, ObjectReference, Unknown, Value, null, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from symlint.terraform.values.numbers import Number

Path: TypeAlias = tuple[str | int, ...]

MACHINE_NUMBER: Final = Type("number")
"""The type of whole numbers that Terraform makes itself, with 64 bits instead of 512.

Equal to ``NUMBER`` in everything, and recognised by identity: it only decides how far a division
of two such numbers is carried.
"""

DOUBLE_NUMBER: Final = Type("number")
"""The type of numbers that Terraform computes as a double, with 53 bits: ``pow`` and ``log``.

Like ``MACHINE_NUMBER`` equal to ``NUMBER``; it decides with how many digits they are written.
"""


class ConversionError(Exception):
    """A value does not fit a type.

    ``message`` says what was required, as Terraform does: "number required, but have list of
    string". ``path`` leads from the value to the part of it that does not fit.
    """

    def __init__(self, message: str, path: Path = ()) -> None:
        super().__init__(message)
        self.message: Final = message
        self.path: Final = path

    def __str__(self) -> str:
        return f"{format_path(self.path)}: {self.message}" if self.path else self.message


def format_path(path: Path) -> str:
    """A path as it would be written behind the value: ``.targets[0].name``."""
    from symlint.terraform.values.addresses import key_suffix

    return "".join(
        f".{step}"
        if isinstance(step, str) and step.replace("-", "_").isidentifier()
        else key_suffix(step)
        for step in path
    )


def bits_of(value: Value) -> int:
    """With how many bits Terraform holds a number."""
    if value.type is DOUBLE_NUMBER:
        return DOUBLE_BITS
    return MACHINE_BITS if value.type is MACHINE_NUMBER else PRECISION


def number_type(bits: int) -> Type:
    """The type of numbers that Terraform holds with so many bits."""
    return {MACHINE_BITS: MACHINE_NUMBER, DOUBLE_BITS: DOUBLE_NUMBER}.get(bits, NUMBER)


def type_of(value: Value) -> Type:
    """The type of a value; that of its content where only that is known."""
    content = value.content
    if value.type.kind != "any" or content is None or isinstance(content, Unknown):
        return value.type
    if isinstance(content, str):
        return STRING
    if isinstance(content, bool):
        return BOOL
    if isinstance(content, tuple):
        return tuple_of(map(type_of, content))
    if isinstance(content, dict):
        return object_of({name: type_of(element) for name, element in content.items()})
    return ANY if isinstance(content, ObjectReference) else NUMBER


def convert(value: Value, type_: Type) -> Value:
    """``value`` as ``type_``, which may have optional attributes and ``any`` in it.

    Optional attributes that are missing become null: apply the defaults of a type constraint
    first. Raises ConversionError when Terraform would surely refuse.
    """
    return _convert(value, type_, ())


def _convert(value: Value, wanted: Type, path: Path) -> Value:
    content = value.content
    if wanted is value.type and type(content) is str:
        return value
    if wanted.kind == "any":
        return value
    if isinstance(content, Unknown):
        return _convert_unknown(value, content, wanted, path)
    if value.type == wanted and not wanted.optional and not isinstance(content, ObjectReference):
        return value
    if content is None:
        from symlint.terraform.values.unification import filled_in

        _require(value.type, wanted, path)
        return value.with_content(filled_in(value.type, without_optional(wanted)), None)
    if isinstance(content, ObjectReference):
        return _convert_reference(value, content, wanted, path)
    if isinstance(content, tuple):
        return _convert_sequence(value, content, wanted, path)
    if isinstance(content, dict):
        if wanted.kind == "object":
            return _to_object(value, content, wanted, path)
        if wanted.kind == "map":
            return _to_map(value, content, wanted, path)
    elif wanted.kind in ("string", "number", "bool"):
        return _convert_primitive(value, wanted, path)
    raise _mismatch(type_of(value), wanted, path)


def _mismatch(source: Type, wanted: Type, path: Path) -> ConversionError:
    have, want = friendly_name(source), friendly_name(wanted)
    if have == want:
        return ConversionError(f"{want} of another kind required", path)
    return ConversionError(f"{want} required, but have {have}", path)


def _require(source: Type, wanted: Type, path: Path) -> None:
    """Raise ConversionError unless the types convert, or are not known well enough."""
    from symlint.terraform.values.unification import convertible

    if not convertible(source, wanted) and not contains_any(source):
        raise _mismatch(source, wanted, path)


# --- what is not known --------------------------------------------------------------------------


def _convert_unknown(value: Value, content: Unknown, wanted: Type, path: Path) -> Value:
    if value.type == wanted and not wanted.optional:
        return value
    from symlint.terraform.values.unification import filled_in

    _require(value.type, wanted, path)
    type_ = filled_in(value.type, without_optional(wanted))
    element = content.element
    if element is not None:
        inside = wanted.element
        element = _try_convert(element, inside) if inside is not None else None
    choices = [_try_convert(choice, wanted) for choice in content.alternatives]
    alternatives = tuple(choice for choice in choices if choice is not None)
    changed = content.but(
        element=element,
        alternatives=alternatives,
        text=content.text if wanted.kind == "string" else None,
        layers=_converted_layers(content.layers, wanted),
    )
    return value.with_content(type_, changed)


def _converted_layers(layers: tuple[Value, ...], wanted: Type) -> tuple[Value, ...]:
    """The maps of a merge as maps of a type; none where one of them does not fit it."""
    if wanted.kind != "map":
        return ()
    if element_of(wanted).kind == "any":
        return tuple(map(loosened, layers))
    converted = [_try_convert(layer, wanted) for layer in layers]
    return tuple(layer for layer in converted if layer is not None) if all(converted) else ()


def _try_convert(value: Value, wanted: Type) -> Value | None:
    try:
        return _convert(value, wanted, ())
    except ConversionError:
        return None


def _convert_reference(value: Value, content: ObjectReference, wanted: Type, path: Path) -> Value:
    """A whole resource or module as an object or a map of its attributes."""
    if wanted.kind == "object":
        found: dict[str, Value] = {}
        for name, inner in wanted.attributes:
            attribute = content.attribute(name)
            if attribute is not None:
                if value.origin is not None:  # the attributes were read where the whole was
                    attribute = attribute.with_hop(Hop(content.reference.step(name), value.origin))
                found[name] = _convert(attribute.with_hops(value.hops), inner, (*path, name))
            elif name in wanted.optional:
                found[name] = null(without_optional(inner))
            else:
                raise ConversionError(f'attribute "{name}" is required', path)
        return value.with_content(without_optional(wanted), found)
    if wanted.kind == "map":
        if not content.closed:
            reason = "the attributes of the whole object are not all known"
            return unknown(
                "derived", reason, type_=without_optional(wanted), reference=content.reference,
                not_null=True, origin=value.written,
            ).with_hops(value.hops)  # fmt: skip  # as many a line as fit
        items = {name: content.attribute(name) for name in content.names()}
        known = {name: item for name, item in items.items() if item is not None}
        return _to_map(value, known, wanted, path)
    raise ConversionError(f"{friendly_name(wanted)} required, but have object", path)


# --- primitives ---------------------------------------------------------------------------------


def _convert_primitive(value: Value, wanted: Type, path: Path) -> Value:
    content = value.content
    if wanted.kind == "string":
        if isinstance(content, str):
            return value.with_content(STRING, content)
        return value.with_content(STRING, primitive_text(value))
    if wanted.kind == "number":
        return _to_number(value, path)
    if isinstance(content, bool):
        return value.with_content(BOOL, content)
    if not isinstance(content, str):
        raise _mismatch(NUMBER, BOOL, path)
    if content in ("true", "1"):
        return value.with_content(BOOL, True)
    if content in ("false", "0"):
        return value.with_content(BOOL, False)
    hint = content.lower()
    if hint in ("true", "false"):
        message = f'a bool is required; to convert from string, use lowercase "{hint}"'
        raise ConversionError(message, path)
    raise ConversionError("a bool is required", path)


def primitive_text(value: Value) -> str:
    """The text of a known string, bool or number in a template."""
    content = value.content
    if isinstance(content, str):
        return content
    if isinstance(content, bool):
        return "true" if content else "false"
    number: Number = content  # type: ignore[assignment]  # the callers know it for a primitive
    return format_number(number, bits_of(value))


def _to_number(value: Value, path: Path) -> Value:
    content = value.content
    if isinstance(content, bool):
        raise _mismatch(BOOL, NUMBER, path)
    if not isinstance(content, str):
        return value.with_content(NUMBER, content)
    try:
        number = parse_number(content)
    except OverflowError:
        reason = "the number is too large, or has too many digits"
        return value.with_content(NUMBER, Unknown("budget", reason, not_null=True))
    if number is None:
        raise ConversionError("a number is required", path)
    return value.with_content(NUMBER, number)


# --- collections --------------------------------------------------------------------------------


def _convert_sequence(value: Value, content: tuple[Value, ...], wanted: Type, path: Path) -> Value:
    if wanted.kind == "tuple":
        if value.type.kind not in ("tuple", "any"):
            raise _mismatch(value.type, wanted, path)
        return _to_tuple(value, content, wanted, path)
    if wanted.kind not in ("list", "set"):
        raise _mismatch(type_of(value), wanted, path)
    element = _element_type(value, content, wanted, path)
    if _may_become_strings(content, wanted, element):
        make = list_of if wanted.kind == "list" else set_of
        return value.with_content(make(ANY), tuple(map(loosened, content)))
    items = tuple(_convert(item, element, (*path, index)) for index, item in enumerate(content))
    if not items:
        make = list_of if wanted.kind == "list" else set_of
        return value.with_content(make(_empty_element(value.type, element, path)), ())
    common, items = _same_type(items, path)
    if wanted.kind == "list":
        return value.with_content(list_of(common), items)
    return value.with_content(set_of(common), set_content(items, common))


def _to_tuple(value: Value, content: tuple[Value, ...], wanted: Type, path: Path) -> Value:
    if len(content) != len(wanted.elements):
        raise ConversionError(
            f"tuple of {len(wanted.elements)} elements required, but have {len(content)}", path
        )
    items = tuple(
        _convert(item, element, (*path, index))
        for index, (item, element) in enumerate(zip(content, wanted.elements, strict=True))
    )
    return value.with_content(tuple_of(item.type for item in items), items)


def _element_type(value: Value, items: tuple[Value, ...], wanted: Type, path: Path) -> Type:
    """The element type to convert to: of ``any``, what the elements of a tuple have in common."""
    element = element_of(wanted)
    if element.kind != "any" or not items or value.type.kind in ("list", "set", "map"):
        return element
    from symlint.terraform.values.unification import unify

    parts = [type_of(item) for item in items]
    common = unify(parts)
    if common is not None and wanted.kind == "map":
        return common
    if common is None or (common.kind == "any" and any(part.kind != "any" for part in parts)):
        _require_uncertain(items, f"all {wanted.kind} elements must have the same type", path)
        return ANY
    return common


def _may_become_strings(items: tuple[Value, ...], wanted: Type, element: Type) -> bool:
    """Whether numbers among the elements become strings if an unknown one turns out as one."""
    return (
        element_of(wanted).kind == "any"
        and element.kind in ("number", "bool")
        and any(map(is_uncertain, items))
    )


def _require_uncertain(items: tuple[Value, ...], message: str, path: Path) -> None:
    """Raise ConversionError unless something that is not known may make the types agree."""
    if not any(map(is_uncertain, items)):
        raise ConversionError(message, path)


def _empty_element(source: Type, element: Type, path: Path) -> Type:
    """The element type of an empty collection that was ``source`` and shall hold ``element``."""
    inside = source.element
    if inside is None:
        return without_optional(element)
    if element.kind == "any":
        return inside
    _require(inside, element, path)
    return without_optional(element)


def _same_type(items: tuple[Value, ...], path: Path) -> tuple[Type, tuple[Value, ...]]:
    """Elements made to have one type, and that type."""
    first = next((item.type for item in items if item.type.kind != "any"), ANY)
    if all(item.type is first or item.type == first or _bare_null(item) for item in items):
        return first, tuple(
            item.with_content(first, None) if _bare_null(item) else item for item in items
        )
    from symlint.terraform.values.unification import unify

    common = unify([type_of(item) for item in items])
    if common is not None and common.kind != "any":
        items = tuple(_convert(item, common, (*path, index)) for index, item in enumerate(items))
        first = items[0].type
        if all(item.type == first for item in items):
            return first, items
    _require_uncertain(items, "all elements must have the same type", path)
    return ANY, items


def _is_known_string(value: Value) -> bool:
    return value.type is STRING and type(value.content) is str


def _bare_null(value: Value) -> bool:
    return value.content is None and value.type.kind == "any"


def _to_map(value: Value, content: Mapping[str, Value], wanted: Type, path: Path) -> Value:
    if content and wanted.element is STRING and all(map(_is_known_string, content.values())):
        return value.with_content(wanted, content)
    element = _element_type(value, tuple(content.values()), wanted, path)
    if _may_become_strings(tuple(content.values()), wanted, element):
        loose = {key: loosened(item) for key, item in content.items()}
        return value.with_content(map_of(ANY), loose)
    items = {key: _convert(item, element, (*path, key)) for key, item in content.items()}
    if not items:
        return value.with_content(map_of(_empty_element(value.type, element, path)), items)
    common, converted = _same_type(tuple(items.values()), path)
    type_ = wanted if common is wanted.element and wanted.kind == "map" else map_of(common)
    return value.with_content(type_, dict(zip(items, converted, strict=True)))


def _to_object(value: Value, content: Mapping[str, Value], wanted: Type, path: Path) -> Value:
    items: dict[str, Value] = {}
    for name, inner in wanted.attributes:
        if name in content:
            items[name] = _convert(content[name], inner, (*path, name))
        elif name in wanted.optional:
            items[name] = null(without_optional(inner))
        elif value.type.kind == "map":
            raise ConversionError(f'map has no element for required attribute "{name}"', path)
        else:
            missing = [
                other
                for other, _ in wanted.attributes
                if other not in content and other not in wanted.optional
            ]
            raise ConversionError(_are_required(missing), path)
    return value.with_content(object_of({name: item.type for name, item in items.items()}), items)


def _are_required(names: Sequence[str]) -> str:
    if len(names) == 1:
        return f'attribute "{names[0]}" is required'
    quoted = [f'"{name}"' for name in names]
    return f"attributes {', '.join(quoted[:-1])} and {quoted[-1]} are required"
