"""``jsonencode`` and ``jsondecode``, as Go's ``encoding/json`` and go-cty's ``json`` do it."""

from __future__ import annotations

import re

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.hcl.native.strings import normalized
from symlint.terraform.functions.calls import Call, Function, NotKnownError, Parameter
from symlint.terraform.functions.encoding import round_trips
from symlint.terraform.functions.inspection import surely_typed, wholly_known
from symlint.terraform.functions.keeping import object_result, tuple_result
from symlint.terraform.values.conversion import bits_of
from symlint.terraform.values.numbers import (
    STEPS_PER_NUMBER,
    format_number,
    parse_number,
    steps_of_number,
)
from symlint.terraform.values.sizes import steps_of_text
from symlint.terraform.values.types import ANY, BOOL, NUMBER, STRING
from symlint.terraform.values.whole_objects import expanded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from json import JSONDecodeError

    from symlint.terraform.values.numbers import Number
    from symlint.terraform.values.value import Value

_ESCAPES: Final = {code: f"\\u{code:04x}" for code in range(0x20)} | str.maketrans({
    '"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t",
    "<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029",
})  # fmt: skip  # as many a line as fit

_SPACES: Final = " \t\r\n"
_MOST_NESTING: Final = 200
_STEPS_PER_PART: Final = 4
_STEPS_PER_PART_READ: Final = 14
"""What an element or attribute costs that is written, or read and made."""


def quoted_json(text: str) -> str:
    """A string as JSON, with what is special in HTML escaped."""
    return f'"{text.translate(_ESCAPES)}"'


def encoded(value: Value, call: Call) -> str:
    """A wholly known value as JSON without white space."""
    pieces: list[str] = []
    _encode(value, pieces, call, 0)
    return "".join(pieces)


def _encode(value: Value, pieces: list[str], call: Call, depth: int) -> None:
    content = value.content
    if depth > _MOST_NESTING:
        raise NotKnownError(call.unknown("it nests too deeply", kind="budget"))
    if content is None:
        pieces.append("null")
    elif isinstance(content, str):
        call.spend(_STEPS_PER_PART + steps_of_text(content))
        pieces.append(quoted_json(content))
    elif isinstance(content, bool):
        pieces.append("true" if content else "false")
    elif isinstance(content, tuple):
        call.spend(len(content) * _STEPS_PER_PART)
        separator = "["
        for element in content:
            pieces.append(separator)
            _encode(element, pieces, call, depth + 1)
            separator = ","
        pieces.append("]" if content else "[]")
    elif isinstance(content, dict):
        call.spend(sum(map(len, content)) + len(content) * 2 * _STEPS_PER_PART)
        separator = "{"
        for key, element in sorted(content.items()):
            pieces.append(f"{separator}{quoted_json(key)}:")
            _encode(element, pieces, call, depth + 1)
            separator = ","
        pieces.append("}" if content else "{}")
    else:
        number: Number = content  # type: ignore[assignment]  # the value is wholly known
        call.spend(steps_of_number(number))
        pieces.append(format_number(number, bits_of(value)))


def _json_encode(call: Call) -> Value:
    given = expanded(call.arguments[0])
    if not wholly_known(given, call) or not surely_typed(given, call):
        return round_trips.encoded(call)
    return call.string(encoded(given, call))


# --- decoding -----------------------------------------------------------------------------------


class _Digits(str):
    """A number of a JSON text as it is written."""

    __slots__ = ()


class _Pairs(list[tuple[str, Any]]):
    """The properties of a JSON object in the order of the text."""

    __slots__ = ()


def _refused_constant(name: str) -> None:
    raise ValueError(f"invalid character {name[:1]!r} looking for beginning of value")


def _json_decode(call: Call) -> Value:
    from json import JSONDecodeError, JSONDecoder

    text = call.text(0).lstrip(_SPACES)
    parts = sum(map(text.count, ",[{"))
    call.spend(steps_of_text(text) + parts * _STEPS_PER_PART_READ)
    decoder = JSONDecoder(
        object_pairs_hook=_Pairs,
        parse_float=_Digits,
        parse_int=_Digits,
        parse_constant=_refused_constant,
    )
    try:
        parsed, end = decoder.raw_decode(text)
        rest = text[end:].lstrip(_SPACES)
        # Terraform asks whether more values follow, and a closing bracket says no.
        if rest and rest[0] not in "]}":
            raise JSONDecodeError("Extra data", text, len(text) - len(rest))
        return _value(parsed, call)
    except JSONDecodeError as error:
        call.spend(len(text))
        raise call.error(_go_message(text, *_told_by_any_python(error))) from None
    except ValueError as error:
        raise call.error(str(error)) from None
    except RecursionError:
        return call.unknown("it nests too deeply", kind="budget")


def _told_by_any_python(error: JSONDecodeError) -> tuple[int, str]:
    """The place and the message of an error; Python 3.13 has its own for ``[1,]`` and ``{"a":1,}``.

    It names the comma, where Go and older Pythons name what follows it.
    """
    if not error.msg.startswith("Illegal trailing comma"):
        return error.pos, error.msg
    if error.msg.endswith("array"):
        return error.pos + 1, "Expecting value"
    return error.pos + 1, "Expecting property name enclosed in double quotes"


def _go_message(text: str, position: int, message: str) -> str:
    """A syntax error in Go's words, as near as possible."""
    if not text.strip(_SPACES):
        return "EOF"
    if message.startswith("Expecting"):
        while position < len(text) and text[position] in _SPACES:
            position += 1
    if message == "Extra data" and text[position] not in ".eE":
        return "extraneous data after JSON object"
    if message.startswith("Invalid \\u"):
        digits = text[text.rfind("\\u", 0, position + 2) + 2 :][:4]
        wrong = [digit for digit in digits if digit not in "0123456789abcdefABCDEF"]
        where = "in \\u hexadecimal character escape"
        return f"invalid character {_shown(wrong[0])} {where}" if wrong else "unexpected EOF"
    if message.startswith("Invalid \\"):
        position += 1
    rest = text[position:]
    if message == "Extra data" and rest[0] in ".eE" and len(rest) > 1:
        what = "after decimal point in" if rest[0] == "." else "in exponent of"
        return f"invalid character {_shown(rest[1])} {what} numeric literal"
    if not rest or message == "Extra data" or message.startswith("Unterminated"):
        return "unexpected EOF"
    if message == "Expecting value" and rest[0] in "tfn":
        return _literal_message(rest)
    return f"invalid character {_shown(rest[0])} {_place(text, position, message)}".rstrip()


def _shown(character: str) -> str:
    escapes = {"'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}
    return f"'{escapes.get(character, character)}'"


def _literal_message(rest: str) -> str:
    """Where a text that begins like true, false or null is something else."""
    literal = {"t": "true", "f": "false", "n": "null"}[rest[0]]
    for expected, found in zip(literal, rest, strict=False):
        if expected != found:
            return (
                f"invalid character {_shown(found)} in literal {literal} (expecting '{expected}')"
            )
    return "unexpected EOF"


def _place(text: str, position: int, message: str) -> str:
    """Where in a JSON text a character is not expected, in Go's words."""
    if message == "Expecting ',' delimiter":
        inside = "array element" if _in_array(text[:position]) else "object key:value pair"
        return f"after {inside}"
    if message.startswith("Invalid \\"):
        return "in string escape code"
    return {
        "Expecting value": "looking for beginning of value",
        "Expecting property name enclosed in double quotes": (
            "looking for beginning of object key string"
        ),
        "Expecting ':' delimiter": "after object key",
        "Invalid control character at": "in string literal",
    }.get(message, "")


def _in_array(text: str) -> bool:
    """Whether the innermost bracket that is open at the end of the text is a square one."""
    opened: list[str] = []
    quoted, escaped = False, False
    for character in text:
        if escaped or not quoted:
            escaped = False
            quoted = quoted or character == '"'
            if not quoted and character in "[{":
                opened.append(character)
            elif not quoted and character in "]}" and opened:
                opened.pop()
        elif character == '"':
            quoted = False
        else:
            escaped = character == "\\"
    return bool(opened) and opened[-1] == "["


def _value(parsed: Any, call: Call) -> Value:
    if parsed is None:
        return call.value(ANY, None)
    if isinstance(parsed, bool):
        return call.value(BOOL, parsed)
    if isinstance(parsed, _Digits):
        if not parsed.isdigit():
            call.spend(STEPS_PER_NUMBER)
        number = parse_number(parsed)
        return call.value(NUMBER, 0 if number is None else number)
    if isinstance(parsed, str):
        return call.value(STRING, normalized(_without_surrogates(parsed)))
    if isinstance(parsed, _Pairs):
        return _object(parsed, call)
    return tuple_result(call, [_value(element, call) for element in parsed])


def _object(pairs: _Pairs, call: Call) -> Value:
    items: dict[str, Value] = {}
    for key, parsed in pairs:
        name = normalized(_without_surrogates(key))
        value = _value(parsed, call)
        if name in items and items[name].type != value.type:
            reason = "the JSON text has a property twice, with values of two types"
            raise NotKnownError(call.unknown(reason))
        items[name] = value
    return object_result(call, items)


def _without_surrogates(text: str) -> str:
    """``text`` with half surrogate pairs replaced, as Go replaces them."""
    return text if text.isascii() else re.sub("[\ud800-\udfff]", "\ufffd", text)


FUNCTIONS: Final[Mapping[str, Function]] = {
    "jsondecode": Function(
        round_trips.decoding(_json_decode, "jsonencode"),
        (Parameter("str", STRING, unknown=True),),
        ANY,
    ),
    "jsonencode": Function(_json_encode, (Parameter("val", nullable=True, unknown=True),), STRING),
}
