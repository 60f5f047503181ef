"""The elements of a set: without duplicates, in the order in which Terraform visits them.

From ``github.com/zclconf/go-cty/cty`` (``set_internals.go``, ``set/ops.go``): strings by their
UTF-8 bytes, numbers by value, false before true; all else by a text that stands for the value.
Null comes last but for what is unknown. An unknown element of a set may turn out to equal another
one: a set with such an element has at most as many elements as its content.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Any
from symlint.terraform.values.equality import equal, identity, is_settled
from symlint.terraform.values.value import ObjectReference, Unknown, Value
from symlint.terraform.values.whole_objects import expanded

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from symlint.terraform.values.numbers import Number
    from symlint.terraform.values.types import Type


def set_content(elements: Iterable[Value], type_: Type) -> tuple[Value, ...]:
    """The content of a set with these elements, all of them of ``type_``."""
    scalar = type_.kind in ("string", "number", "bool")
    seen: dict[Hashable, list[Value]] = {}
    known: list[tuple[Any, Value]] = []
    nulls: list[Value] = []
    unknowns: list[Value] = []
    for element in elements:
        content = element.content
        if content is None:
            nulls = [element]
            continue
        plain = element if scalar else expanded(element)
        unsettled = isinstance(content, Unknown) or (
            isinstance(content, ObjectReference) and not is_settled(plain)
        )
        key = identity(element if unsettled else plain)
        if key is not None:
            twins = seen.setdefault(key, [])
            if any(equal(element, twin) for twin in twins):
                continue
            twins.append(element)
        if unsettled:
            unknowns.append(element)
        else:
            known.append((content if scalar else _text(plain), element))
    known.sort(key=_order)
    return (*[element for _, element in known], *nulls, *unknowns)


def _order(element: tuple[Any, Value]) -> Any:
    return element[0]


def _text(value: Value) -> str:
    """The text by which cty orders elements that have no order of their own."""
    content = value.content
    if content is None:
        return "~"
    if isinstance(content, (Unknown, ObjectReference)):
        return "?"
    if isinstance(content, str):
        return _go_quoted(content)
    if isinstance(content, bool):
        return "T" if content else "F"
    if isinstance(content, tuple):
        opening, closing = "<>" if value.type.kind == "tuple" else "[]"
        return opening + "".join(_text(element) + ";" for element in content) + closing
    if isinstance(content, dict):
        if value.type.kind == "map":
            items = sorted(content.items())
            return "{" + "".join(f"{_go_quoted(key)}:{_text(item)};" for key, item in items) + "}"
        return "<" + "".join(_text(item) + ";" for _, item in sorted(content.items())) + ">"
    number: Number = content  # type: ignore[assignment]  # nothing else is left
    return _ten_digits(number)


def _ten_digits(number: Number) -> str:
    """A number as Go prints a ``big.Float`` by itself: ``%.10g``."""
    if isinstance(number, int) and abs(number) < 10**10:
        return str(number)
    from decimal import Context, Decimal

    context = Context(prec=10, Emax=999_999, Emin=-999_999)
    decimal = context.divide(Decimal(number.numerator), Decimal(number.denominator))
    _, digits, exponent = decimal.as_tuple()
    text = "".join(map(str, digits)).rstrip("0") or "0"
    point = len(digits) + int(exponent)
    sign = "-" if number < 0 else ""
    precision = len(text) if 10 > len(text) >= point else 10
    if point - 1 < -4 or point - 1 >= precision:
        mantissa = text[0] + ("." + text[1:] if len(text) > 1 else "")
        return f"{sign}{mantissa}e{'-' if point < 1 else '+'}{abs(point - 1):02d}"
    if point <= 0:
        return f"{sign}0.{'0' * -point}{text}"
    if len(text) <= point:
        return sign + text + "0" * (point - len(text))
    return f"{sign}{text[:point]}.{text[point:]}"


_GO_ESCAPES = {
    "\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v",
    "\\": "\\\\", '"': '\\"',
}  # fmt: skip  # as many a line as fit


def _go_quoted(text: str) -> str:
    """A string as Go prints it with ``%q``."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    parts = []
    for character in text:
        code = ord(character)
        if character in _GO_ESCAPES:
            parts.append(_GO_ESCAPES[character])
        elif character.isprintable():
            parts.append(character)
        elif code < 0x80:
            parts.append(f"\\x{code:02x}")
        else:
            parts.append(f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")
    return '"' + "".join(parts) + '"'
