"""``yamlencode``: the block style of ``github.com/zclconf/go-cty-yaml``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.terraform.functions.calls import Call, Function, NotKnownError, Parameter
from symlint.terraform.functions.encoding import round_trips
from symlint.terraform.functions.inspection import surely_typed, wholly_known
from symlint.terraform.values.conversion import bits_of
from symlint.terraform.values.numbers import format_number
from symlint.terraform.values.types import STRING
from symlint.terraform.values.whole_objects import expanded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.terraform.values.numbers import Number
    from symlint.terraform.values.value import Value

_INDENT: Final = 2
_WIDTH: Final = 80
"""After this column a space in a quoted string becomes a line break."""

_LONGEST_KEY: Final = 128
_MOST_NESTING: Final = 200

_ESCAPES: Final = {
    "\x00": "\\0", "\x07": "\\a", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\v": "\\v",
    "\f": "\\f", "\r": "\\r", "\x1b": "\\e", '"': '\\"', "\\": "\\\\", "\x85": "\\N",
    "\xa0": "\\_", "\u2028": "\\L", "\u2029": "\\P",
}  # fmt: skip  # as many a line as fit


def _is_printable(character: str) -> bool:
    """Whether the emitter writes a character as it is."""
    return (
        character == "\n"
        or " " <= character <= "~"
        or "\xa0" <= character <= "\ud7ff"
        or ("\ue000" <= character <= "\ufffd" and character != "\ufeff")
    )


def _escaped(character: str) -> str:
    escape = _ESCAPES.get(character)
    if escape is not None:
        return escape
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


class _Emitter:
    """Writes a document line by line."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.pieces: list[str] = []
        self.column = 0

    def write(self, text: str) -> None:
        self.pieces.append(text)
        self.column += len(text)

    def new_line(self, indent: int) -> None:
        """Begin a line, unless one has just begun."""
        if self.column:
            self.pieces.append("\n")
            self.column = 0
        self.write(" " * indent)

    def quoted(self, text: str, indent: int, key: bool = False) -> None:
        """A string in double quotes, long ones broken at spaces."""
        self.write('"')
        after_space = False
        position, last = 0, len(text) - 1
        for position, character in enumerate(text):
            if character != " ":
                plain = _is_printable(character) and character not in '"\\\n\x85\u2028\u2029'
                self.write(character if plain else _escaped(character))
                after_space = False
                continue
            wide = self.column > _WIDTH and 0 < position < last
            if wide and not key and not after_space:
                self.pieces.append("\n")
                self.column = 0
                self.write(" " * indent)
                if text[position + 1] == " ":
                    self.write("\\")
            else:
                self.write(" ")
            after_space = True
        self.write('"')

    def literal(self, text: str, indent: int) -> None:
        """A string of several lines after a vertical bar."""
        hint = str(_INDENT) if text[0] in " \n\r\x85\u2028\u2029" else ""
        if not text.endswith("\n"):
            chomp = "-"
        else:
            chomp = "+" if text == "\n" or text.endswith("\n\n") else ""
        self.write(f"|{hint}{chomp}\n")
        self.column = 0
        for line in text.split("\n"):
            if line:
                self.write(" " * indent + line)
            self.pieces.append("\n")
            self.column = 0
        if self.pieces[-1] == "\n":
            # The last line break is written by whatever comes next.
            self.pieces.pop()
            self.column = 0 if text.endswith("\n") else 1


def _literal_allowed(text: str) -> bool:
    """Whether a string can stand as it is after a vertical bar."""
    lines = text.split("\n")
    if any(line.endswith(" ") for line in lines):
        return False
    return all(map(_is_printable, text))


def _scalar(value: Value, emitter: _Emitter, indent: int) -> None:
    content = value.content
    if content is None:
        emitter.write("null")
    elif isinstance(content, str):
        emitter.call.spend(1 + len(content))
        if "\n" in content and _literal_allowed(content):
            emitter.literal(content, indent)
        else:
            emitter.quoted(content, indent)
    elif isinstance(content, bool):
        emitter.write("true" if content else "false")
    else:
        number: Number = content  # type: ignore[assignment]  # the value is wholly known
        emitter.write(format_number(number, bits_of(value)))


def _sequence(elements: tuple[Value, ...], emitter: _Emitter, indent: int, depth: int) -> None:
    for index, element in enumerate(elements):
        if index or emitter.column != indent:
            emitter.new_line(indent)
        emitter.write("-")
        _node(element, emitter, indent, depth, after="dash")


def _mapping(items: Mapping[str, Value], emitter: _Emitter, indent: int, depth: int) -> None:
    for index, (key, element) in enumerate(sorted(items.items())):
        if "\n" in key or len(key.encode("utf-8", "surrogatepass")) > _LONGEST_KEY:
            raise NotKnownError(emitter.call.unknown("it has a key that YAML writes specially"))
        if index or emitter.column != indent:
            emitter.new_line(indent)
        emitter.quoted(key, indent, key=True)
        emitter.write(":")
        _node(element, emitter, indent, depth, after="key")


def _node(value: Value, emitter: _Emitter, indent: int, depth: int, after: str) -> None:
    """A value after a dash, after a key, or by itself at the top."""
    content = value.content
    if depth > _MOST_NESTING:
        raise NotKnownError(emitter.call.unknown("it nests too deeply", kind="budget"))
    emitter.call.spend(1)
    if isinstance(content, (tuple, dict)) and content:
        inner = indent + _INDENT if after != "top" else 0
        if after == "dash":
            emitter.write(" ")
        elif after == "key":
            if isinstance(content, tuple):
                inner = indent
            emitter.new_line(inner)
        if isinstance(content, tuple):
            _sequence(content, emitter, inner, depth + 1)
        else:
            _mapping(content, emitter, inner, depth + 1)
        return
    if after != "top":
        emitter.write(" ")
    if isinstance(content, (tuple, dict)):
        emitter.write("[]" if isinstance(content, tuple) else "{}")
    else:
        _scalar(value, emitter, indent + _INDENT)


def _yaml_encode(call: Call) -> Value:
    given = expanded(call.arguments[0])
    if not wholly_known(given, call) or not surely_typed(given, call):
        return round_trips.encoded(call)
    emitter = _Emitter(call)
    _node(given, emitter, 0, 0, after="top")
    if emitter.column:
        emitter.write("\n")
    content = given.content
    if not isinstance(content, (tuple, dict, str)):
        emitter.write("...\n")
    return call.string("".join(emitter.pieces))


FUNCTIONS: Final[Mapping[str, Function]] = {
    "yamlencode": Function(
        _yaml_encode, (Parameter("value", nullable=True, unknown=True),), STRING
    ),
}
