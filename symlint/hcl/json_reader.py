"""A JSON reader that keeps positions and goes on after errors, which Python's ``json`` does not."""

from __future__ import annotations

import re

from symlint.annotations import TYPE_CHECKING, TypeAlias
from symlint.hcl.native.cursor import MAX_NESTING, UnexpectedSyntax, too_deep
from symlint.hcl.native.strings import number_value, visible
from symlint.hcl.results import SyntaxProblem, keep
from symlint.source.text import Range

if TYPE_CHECKING:
    from decimal import Decimal

    from symlint.source.text import SourceFile


class JsonScalar:
    """A number, bool or null."""

    __slots__ = ("end", "start", "value")

    def __init__(self, start: int, end: int, value: int | Decimal | bool | None) -> None:
        self.start, self.end, self.value = start, end, value


class JsonString:
    """A string; ``start`` and ``end`` include its quotes.

    ``offsets`` has the place in the file of each character of ``value``, and of the closing quote
    as its last element; None where they simply follow the opening quote (no escapes).
    """

    __slots__ = ("end", "offsets", "start", "value")

    def __init__(self, start: int, end: int, value: str, offsets: list[int] | None) -> None:
        self.start, self.end, self.value, self.offsets = start, end, value, offsets


class JsonArray:
    """An array; ``complete`` is false when a syntax error took something out of it."""

    __slots__ = ("complete", "elements", "end", "start")

    def __init__(self, start: int) -> None:
        self.start = self.end = start
        self.elements: list[JsonValue] = []
        self.complete = True


class JsonObject:
    """An object; ``complete`` is false when a syntax error took something out of it."""

    __slots__ = ("complete", "end", "members", "start")

    def __init__(self, start: int) -> None:
        self.start = self.end = start
        self.members: list[tuple[JsonString, JsonValue]] = []
        self.complete = True


JsonValue: TypeAlias = JsonScalar | JsonString | JsonArray | JsonObject

_skip_space = re.compile(r"[ \t\r\n]*").match
_match_string = re.compile(r'"([^"\\\x00-\x1f]*)(")?').match
_match_escape = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r'|\\u[0-9a-fA-F]{4}|\\["\\/bfnrt]'
).match
_match_plain = re.compile(r'[^"\\\x00-\x1f]+').match
_match_number = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?").match
_match_word = re.compile(r"[A-Za-z0-9_.+-]+").match

_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_KEYWORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


class JsonReader:
    """Reads one JSON document from a source file."""

    __slots__ = ("_open", "_position", "_source", "_text", "complete", "problems")

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._text = source.text
        self._position = 0
        self._open: list[JsonArray | JsonObject] = []
        self.problems: list[SyntaxProblem] = []
        # Whether nothing was lost to a syntax error.
        self.complete = True

    def read(self) -> JsonValue | None:
        """The document's value; after a syntax error what was read up to there.

        None where there is no value at all. A missing or superfluous comma is a problem, but does
        not end the reading.
        """
        root: list[JsonValue] = []
        try:
            self._value(root)
            if self._next():
                raise self._unexpected("expected the end of the file")
        except UnexpectedSyntax as error:
            keep(self.problems, error.problem)
            self.complete = False
            for container in self._open:
                container.complete = False
                container.end = self._position
        return root[0] if root else None

    def _next(self) -> str:
        """The next character that is not white space, "" at the end; moves to it."""
        match = _skip_space(self._text, self._position)
        assert match is not None  # the pattern matches the empty string
        self._position = match.end()
        return self._text[self._position : self._position + 1]

    def _problem(self, message: str, start: int, end: int, *expected: str) -> SyntaxProblem:
        return SyntaxProblem(Range(self._source, start, end), message, expected)

    def _unexpected(self, message: str, *expected: str) -> UnexpectedSyntax:
        start = self._position
        word = _match_word(self._text, start)
        end = word.end() if word else min(start + 1, len(self._text))
        found = visible(self._text[start:end]) if end > start else "the end of the file"
        return UnexpectedSyntax(self._problem(f"{message}, found {found}", start, end, *expected))

    def _value(self, siblings: list[JsonValue]) -> JsonValue:
        """Read a value and append it to ``siblings``, containers before what is in them."""
        character = self._next()
        start = self._position
        value: JsonValue
        if character == '"':
            value = self._string()
            siblings.append(value)
        elif character == "{":
            value = JsonObject(start)
            siblings.append(value)
            self._container(value, "}")
        elif character == "[":
            value = JsonArray(start)
            siblings.append(value)
            self._container(value, "]")
        else:
            value = self._scalar(start)
            siblings.append(value)
        return value

    def _container(self, container: JsonArray | JsonObject, close: str) -> None:
        if len(self._open) >= MAX_NESTING:
            raise too_deep(Range(self._source, container.start, container.start + 1))
        self._open.append(container)
        self._position += 1
        what = "a property name in double quotes" if close == "}" else "a value"
        if self._next() != close:
            while True:
                if isinstance(container, JsonObject):
                    self._member(container)
                else:
                    self._value(container.elements)
                if not self._separator(close, what):
                    break
        self._position += 1
        container.end = self._position
        self._open.pop()

    def _separator(self, close: str, what: str) -> bool:
        """Move past the comma; returns whether another element follows, else it is at the end."""
        character = self._next()
        if character == close:
            return False
        if character == ",":
            comma = self._position
            self._position += 1
            if self._next() != close:
                return True
            message = f'expected {what} after ",", found "{close}"'
            keep(self.problems, self._problem(message, comma, comma + 1))
            return False
        error = self._unexpected(f'expected "," or "{close}"', ",", close)
        if character != '"':
            raise error
        keep(self.problems, error.problem)
        return True

    def _member(self, container: JsonObject) -> None:
        if self._next() != '"':
            raise self._unexpected("expected a property name in double quotes", '"')
        key = self._string()
        if self._next() != ":":
            raise self._unexpected('expected ":" after the property name', ":")
        self._position += 1
        values: list[JsonValue] = []
        try:
            self._value(values)
        finally:
            # Also what an error cut short: its parts that were read are still good.
            container.members.extend((key, value) for value in values)

    def _scalar(self, start: int) -> JsonScalar:
        word = _match_word(self._text, start)
        if word is None:
            raise self._unexpected("expected a value")
        text = word[0]
        if text in _KEYWORDS:
            self._position = word.end()
            return JsonScalar(start, word.end(), _KEYWORDS[text])
        number = _match_number(self._text, start)
        if number is None or number.end() != word.end():
            raise self._unexpected("expected a value")
        self._position = number.end()
        negative = text.startswith("-")
        value = number_value(text[1:] if negative else text)
        if value is None:
            raise self._unexpected("expected a number")
        return JsonScalar(start, number.end(), -value if negative else value)

    def _string(self) -> JsonString:
        start = self._position
        match = _match_string(self._text, start)
        assert match is not None  # the caller saw the opening quote
        if match[2]:
            value = match[1]
            if not value.isascii():
                self._check_encoding(start, match.end())
            self._position = match.end()
            return JsonString(start, match.end(), value, None)
        return self._escaped_string(start)

    def _escaped_string(self, start: int) -> JsonString:
        text = self._text
        position = start + 1
        parts: list[str] = []
        offsets: list[int] = []
        while True:
            plain = _match_plain(text, position)
            if plain:
                parts.append(plain[0])
                offsets.extend(range(position, plain.end()))
                position = plain.end()
            character = text[position : position + 1]
            if character == '"':
                break
            escape = _match_escape(text, position)
            if escape is None:
                self._position = position
                raise UnexpectedSyntax(self._string_problem(start, position, character))
            parts.append(_unescaped(escape[0]))
            offsets.append(position)
            position = escape.end()
        offsets.append(position)
        self._position = position + 1
        self._check_encoding(start, position)
        return JsonString(start, position + 1, "".join(parts), offsets)

    def _string_problem(self, start: int, position: int, character: str) -> SyntaxProblem:
        if character == "\\":
            return self._problem(
                'expected one of the escapes \\", \\\\, \\/, \\b, \\f, \\n, \\r, \\t and \\uXXXX, '
                f"found {visible(self._text[position : position + 2])}",
                position,
                min(position + 2, len(self._text)),
            )
        if character in ("", "\n", "\r"):
            found = "the end of the line" if character else "the end of the file"
            message = f"expected '\"' to close the string, found {found}"
            return self._problem(message, start, position)
        message = f"expected control characters as escapes, found {visible(character)}"
        return self._problem(message, position, position + 1)

    def _check_encoding(self, start: int, end: int) -> None:
        wrong = re.compile("[\ud800-\udfff]").search(self._text, start, end)
        if wrong:
            message = "expected UTF-8 text, found a byte that is not valid UTF-8"
            keep(self.problems, self._problem(message, *wrong.span()))


def _unescaped(escape: str) -> str:
    if escape[1] != "u":
        return _ESCAPES.get(escape[1], escape[1])
    code = int(escape[2:6], 16)
    if len(escape) > 6:
        low = int(escape[8:], 16)
        return chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00))
    # As Go's encoding/json: half a surrogate pair is the replacement character.
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)
