"""Values and types as plain data, for output: JSON with markers in the places of what is not known.

``docs/trace.md`` describes the markers. An object of the configuration that looks like a marker
is wrapped in ``{"$value": ...}``, so that markers can always be distinguished from data.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.named_tuple import NamedTuple
from symlint.terraform.values.conversion import bits_of
from symlint.terraform.values.numbers import format_number
from symlint.terraform.values.types import Type, contains_any, object_of, tuple_of
from symlint.terraform.values.value import ObjectReference, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from symlint.terraform.values.value import Value

UNKNOWN: Final = "$unknown"
SENSITIVE: Final = "$sensitive"
WRAPPED: Final = "$value"
MARKERS: Final = frozenset((UNKNOWN, SENSITIVE, WRAPPED))

MOST_PARTS: Final = 50_000
"""Elements and attributes that are shown; whole modules in whole modules can be without end."""

_DEEPEST: Final = 100
_TOO_LARGE: Final = {UNKNOWN: {"kind": "budget", "reason": "the value is too large to show"}}


class Digits(str):
    """The exact decimal text of a number that JSON text can hold and a float cannot."""

    __slots__ = ()


class Part(NamedTuple):
    """An element of a value that was written elsewhere than the whole, or came by another path."""

    path: tuple[str | int, ...]
    value: Value


def plain_data(value: Value, number: Callable[[str], Any] | None = None) -> Any:
    """A value as data that ``json`` can write, with markers for what is not known or sensitive.

    Numbers are ints, and floats where they have a fraction; ``number`` makes something else of
    their exact decimal text.
    """
    return _Converter(number or _number).convert(value, 0)


def _number(text: str) -> int | float:
    try:
        return int(text)
    except ValueError:
        return float(text)


class _Converter:
    def __init__(self, number: Callable[[str], Any]) -> None:
        self.number = number
        self.left = MOST_PARTS

    def convert(self, value: Value, depth: int) -> Any:
        self.left -= 1
        content = value.content
        if value.sensitive:
            return {SENSITIVE: True}
        if content is None or isinstance(content, (str, bool)):
            return content
        if self.left < 0 or depth > _DEEPEST:
            return _TOO_LARGE
        if isinstance(content, tuple):
            return [self.convert(element, depth + 1) for element in content[: self.left + 1]]
        if isinstance(content, dict):
            return _told_apart(self._items(content.items(), depth))
        if isinstance(content, Unknown):
            return {UNKNOWN: self._unknown(value, content, depth)}
        if isinstance(content, ObjectReference):
            return self._object(content, depth)
        return self.number(format_number(content, bits_of(value)))  # type: ignore[arg-type]  # all other contents are numbers

    def _items(self, items: Any, depth: int) -> dict[str, Any]:
        found = {}
        for name, element in items:
            if self.left < 0:
                break
            found[name] = self.convert(element, depth + 1)
        return found

    def _object(self, content: ObjectReference, depth: int) -> Any:
        """A whole resource or module; its attributes where these are all that it has."""
        attributes = self._items(_attributes(content), depth)
        if content.closed:
            return _told_apart(attributes)
        described = {
            "kind": "computed",
            "reason": f"not all attributes of {content.reference} are known",
            "reference": str(content.reference),
            "attributes": attributes,
        }
        return {UNKNOWN: described}

    def _unknown(self, value: Value, content: Unknown, depth: int) -> dict[str, Any]:
        described: dict[str, Any] = {"kind": content.kind, "reason": content.reason}
        if content.reference is not None:
            described["reference"] = str(content.reference)
        if value.type.kind != "any":
            described["type"] = type_data(value.type)
        if content.not_null:
            described["not_null"] = True
        if content.alternatives:
            described["alternatives"] = [
                self.convert(choice, depth + 1) for choice in content.alternatives
            ]
        if content.element is not None:
            described["element"] = self.convert(content.element, depth + 1)
        return described


def _told_apart(found: dict[str, Any]) -> dict[str, Any]:
    """An object of the configuration, wrapped where it could be taken for a marker."""
    return {WRAPPED: found} if len(found) == 1 and not MARKERS.isdisjoint(found) else found


def _attributes(content: ObjectReference) -> Iterator[tuple[str, Value]]:
    for name in content.names():
        value = content.attribute(name)
        if value is not None:
            yield name, value


def parts(value: Value) -> Iterator[Part]:
    """The elements, at any depth, that have a path or an origin of their own, in order.

    An element that stands inside of what it is an element of is none: where the whole was
    written says where it was. Nothing is said of sensitive values.
    """
    left = MOST_PARTS
    stack: list[tuple[tuple[str | int, ...], Value, Value | None]] = [((), value, None)]
    while stack and left > 0:
        left -= 1
        path, current, whole = stack.pop()
        if current.sensitive:
            continue
        if whole is not None and _came_from_elsewhere(current, whole):
            yield Part(path, current)
        content = current.content
        inside: list[tuple[str | int, Value]] = []
        if len(path) > _DEEPEST:
            continue
        if isinstance(content, tuple):
            inside = list(enumerate(content))
        elif isinstance(content, dict):
            inside = list(content.items())
        elif isinstance(content, ObjectReference):
            inside = list(_attributes(content))
        stack.extend(((*path, step), inner, current) for step, inner in reversed(inside))


def _came_from_elsewhere(element: Value, whole: Value) -> bool:
    if element.hops:
        return True
    if element.origin is None:
        return False
    return whole.origin is None or not element.origin.is_within(whole.origin)


def is_known(value: Value) -> bool:
    """Whether a value is known with everything in it. A sensitive value can be."""
    return not any(isinstance(current.content, Unknown) for current in _all(value))


def is_in_error(value: Value) -> bool:
    """Whether a value, or something in it, is missing because Terraform would refuse it."""
    contents = (current.content for current in _all(value))
    return any(isinstance(content, Unknown) and content.kind == "error" for content in contents)


def holds_sensitive(value: Value) -> bool:
    """Whether a value, or something in it, must not be shown."""
    return any(current.sensitive for current in _all(value))


def parts_of(value: Value) -> int:
    """How many values a value consists of, as far as they are looked at."""
    return sum(1 for _ in _all(value))


def _all(value: Value) -> Iterator[Value]:
    """A value and everything in it, within bounds."""
    left = MOST_PARTS
    stack = [(value, 0)]
    while stack and left > 0:
        left -= 1
        current, depth = stack.pop()
        yield current
        if depth > _DEEPEST:
            continue
        content = current.content
        inside: list[Value] = []
        if isinstance(content, tuple):
            inside = list(content)
        elif isinstance(content, dict):
            inside = list(content.values())
        elif isinstance(content, ObjectReference):
            inside = [inner for _, inner in _attributes(content)]
        elif isinstance(content, Unknown):
            inside = [*content.alternatives, *([content.element] if content.element else ())]
        stack.extend((inner, depth + 1) for inner in reversed(inside))


# --- types --------------------------------------------------------------------------------------


def value_type(value: Value, depth: int = 0) -> Type:
    """The type of a value; that of what is in it where the value itself does not say."""
    content = value.content
    if depth > _DEEPEST or not contains_any(value.type):
        return value.type
    if isinstance(content, ObjectReference) and content.closed:
        items = _attributes(content)
        return object_of({name: value_type(inner, depth + 1) for name, inner in items})
    if isinstance(content, tuple) and value.type.kind == "tuple":
        return tuple_of(value_type(element, depth + 1) for element in content)
    if isinstance(content, dict) and value.type.kind == "object":
        return object_of({name: value_type(inner, depth + 1) for name, inner in content.items()})
    if isinstance(content, (tuple, dict)) and value.type.element is not None:
        inside = content.values() if isinstance(content, dict) else content
        types = {value_type(inner, depth + 1) for inner in inside}
        return Type(value.type.kind, types.pop()) if len(types) == 1 else value.type
    return value.type


def type_data(type_: Type) -> Any:
    """A type as Terraform writes it in JSON (``terraform output -json``)."""
    if type_.kind == "any":
        return "dynamic"
    if type_.kind in ("list", "set", "map"):
        return [type_.kind, "dynamic" if type_.element is None else type_data(type_.element)]
    if type_.kind == "tuple":
        return ["tuple", [type_data(element) for element in type_.elements]]
    if type_.kind == "object":
        return ["object", {name: type_data(inner) for name, inner in type_.attributes}]
    return type_.kind


def type_text(type_: Type) -> str:
    """A type as somebody writes it in a ``type`` constraint."""
    if type_.kind in ("list", "set", "map"):
        return f"{type_.kind}({'any' if type_.element is None else type_text(type_.element)})"
    if type_.kind == "tuple":
        return f"tuple([{', '.join(map(type_text, type_.elements))}])"
    if type_.kind == "object":
        inner = ", ".join(f"{name} = {type_text(of)}" for name, of in type_.attributes)
        return f"object({{ {inner} }})" if inner else "object({})"
    return type_.kind
