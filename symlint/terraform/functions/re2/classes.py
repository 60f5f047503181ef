"""Reading character classes and escapes of RE2 patterns, and what is wrong with them."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.terraform.functions.re2.characters import (
    DIGITS,
    POSIX_CLASSES,
    SPACES,
    WORD,
    CategoryRanges,
    CharacterSet,
    Item,
    Ranges,
    UnsupportedPatternError,
    category_ranges,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_ESCAPES: Final = {"a": 7, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11}
_PERL_CLASSES: Final = {"d": DIGITS, "s": SPACES, "w": WORD}
_OCTAL: Final = "01234567"

STEPS_PER_PART: Final = 40
_PARTS_AT_ONCE: Final = 64
MAXIMUM_PARTS: Final = 20_000
"""Of how many characters and classes a pattern may consist here; Go allows millions."""


class PatternError(Exception):
    """A pattern that Go refuses: its ``code`` and the offending ``expression``, in Go's words."""

    def __init__(self, code: str, expression: str) -> None:
        super().__init__(f"{code}: `{expression}`")
        self.code = code
        self.expression = expression


class Flags:
    """The flags in force; ``(?i)`` and the like make a new object."""

    __slots__ = ("dot_newline", "fold", "multiline", "ungreedy")

    def __init__(self, fold: bool, multiline: bool, dot_newline: bool, ungreedy: bool) -> None:
        self.fold = fold
        self.multiline = multiline
        self.dot_newline = dot_newline
        self.ungreedy = ungreedy


class ClassReader:
    """A place in a pattern, and what can be read there of classes and escapes.

    ``spend`` is told the steps that it takes, and may raise.
    """

    def __init__(self, pattern: str, spend: Callable[[int], None]) -> None:
        self.text = pattern
        self.spend = spend
        self.position = 0
        self.parts = 0
        self._paid = 0
        self.posix_ends = True  # whether a ":]" may follow
        self.flags = Flags(fold=False, multiline=False, dot_newline=False, ungreedy=False)

    def part(self) -> None:
        """Count one character, class, assertion or operator. Raises UnsupportedPatternError."""
        self.parts += 1
        if not self.parts % _PARTS_AT_ONCE:
            self.spend_on_parts()
        if self.parts > MAXIMUM_PARTS:
            raise UnsupportedPatternError("it is too large")

    def spend_on_parts(self) -> None:
        """Spend what the parts take that were counted since this was asked last."""
        self.spend((self.parts - self._paid) * STEPS_PER_PART)
        self._paid = self.parts

    def class_escape(self) -> Item | None:
        r"""``\d`` and its relatives, ``\pL``, ``\P{Lu}``; None for any other escape."""
        text, start = self.text, self.position
        following = text[start + 1 : start + 2]
        ranges = _PERL_CLASSES.get(following.lower())
        if ranges is not None:
            self.position = start + 2
            return Item(ranges, negated=following.isupper(), fold=self.flags.fold)
        if following not in ("p", "P"):
            return None
        name = text[start + 2 : start + 3]
        end = start + 3
        if name == "{":
            end = text.find("}", start) + 1
            if end == 0:
                raise PatternError("invalid character class range", text[start:])
            name = text[start + 3 : end - 1]
        elif not name:
            raise PatternError("invalid character class range", text[start:])
        negated = following == "P"
        if name.startswith("^"):
            name, negated = name[1:], not negated
        category = category_ranges(name)
        if category is None:
            raise PatternError("invalid character class range", text[start:end])
        if not isinstance(category, CategoryRanges):
            self.spend(len(category) * STEPS_PER_PART)
        self.position = end
        return Item(category, negated=negated, fold=self.flags.fold)

    def escaped_code(self) -> int:
        """The code point of an escape that stands for one character."""
        text, start = self.text, self.position
        if start + 1 >= len(text):
            raise PatternError("trailing backslash at end of expression", "")
        character = text[start + 1]
        end = start + 2
        if character in _ESCAPES:
            self.position = end
            return _ESCAPES[character]
        if character in _OCTAL and (character == "0" or text[end : end + 1] in tuple(_OCTAL)):
            while end < start + 4 and text[end : end + 1] in tuple(_OCTAL):
                end += 1
            self.position = end
            return int(text[start + 1 : end], 8)
        if character == "x":
            return self._hexadecimal(start)
        if character < "\x80" and not character.isalnum():
            self.position = end
            return ord(character)
        raise PatternError("invalid escape sequence", text[start:end])

    def _hexadecimal(self, start: int) -> int:
        text = self.text
        begin = start + 2
        end = begin + 2
        if text[begin : begin + 1] == "{":
            begin += 1
            end = text.find("}", begin)
            self.position = end + 1
        else:
            self.position = end
        digits = text[begin:end] if end > 0 else ""
        valid = digits and all(digit in "0123456789abcdefABCDEF" for digit in digits)
        if not valid or (text[start + 2] != "{" and len(digits) != 2) or len(digits) > 8:
            raise PatternError("invalid escape sequence", text[start : start + 2 + len(digits)])
        code = int(digits, 16)
        if code > 0x10FFFF:
            raise PatternError("invalid escape sequence", text[start : begin + len(digits)])
        return code

    def character_class(self) -> CharacterSet:
        """The class in brackets at the current place."""
        text, start = self.text, self.position
        self.position += 1
        negated = text[self.position : self.position + 1] == "^"
        self.position += negated
        items: list[Item] = []
        first = True
        while first or text[self.position : self.position + 1] != "]":
            first = False
            if self.position >= len(text):
                raise PatternError("missing closing ]", text[start:])
            self.part()
            item = self._posix_class() or self._escape_in_class()
            items.append(item if item is not None else self._range(start))
        self.position += 1
        return CharacterSet(items, negated)

    def _posix_class(self) -> Item | None:
        text, start = self.text, self.position
        if not self.posix_ends or not text.startswith("[:", start):
            return None
        end = text.find(":]", start + 2)
        if end < 0:
            self.posix_ends = False
            return None
        name = text[start + 2 : end]
        negated = name.startswith("^")
        ranges = POSIX_CLASSES.get(name.removeprefix("^"))
        if ranges is None:
            raise PatternError("invalid character class range", text[start : end + 2])
        self.position = end + 2
        return Item(ranges, negated, self.flags.fold)

    def _escape_in_class(self) -> Item | None:
        return self.class_escape() if self.text[self.position] == "\\" else None

    def _range(self, opening: int) -> Item:
        text, start = self.text, self.position
        low = self._class_character(opening)
        high = low
        if text.startswith("-", self.position) and text[
            self.position + 1 : self.position + 2
        ] not in ("", "]"):
            self.position += 1
            high = self._class_character(opening)
        elif text[self.position :] == "-":
            raise PatternError("missing closing ]", text[opening:])
        if high < low:
            raise PatternError("invalid character class range", text[start : self.position])
        ranges: Ranges = ((low, high),)
        return Item(ranges, negated=False, fold=self.flags.fold)

    def _class_character(self, opening: int) -> int:
        if self.position >= len(self.text):
            raise PatternError("missing closing ]", self.text[opening:])
        if self.text[self.position] == "\\":
            return self.escaped_code()
        self.position += 1
        return ord(self.text[self.position - 1])
