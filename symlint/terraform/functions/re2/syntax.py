"""The syntax of RE2 regular expressions, as Go's ``regexp/syntax`` reads it with Perl's flags.

https://github.com/google/re2/wiki/Syntax describes the language. A pattern becomes a tree of
nested tuples, so that no class has to be defined for it:

* ``("empty",)``, ``("assert", kind)``, ``("set", CharacterSet)``
* ``("concatenate", nodes)``, ``("alternate", nodes)``, ``("capture", index, node)``
* ``("repeat", node, minimum, maximum or None, greedy)``
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from symlint.terraform.functions.re2.characters import (
    ANY_BUT_NEWLINE,
    ANY_CHARACTER,
    CharacterSet,
    UnsupportedPatternError,
    literal,
)
from symlint.terraform.functions.re2.classes import ClassReader, Flags, PatternError

Node: TypeAlias = "tuple[Any, ...]"
"""See above; its shapes differ too much for a narrower type."""

MAXIMUM_REPEAT: Final = 1000
"""Go refuses to repeat anything more often, nested repetitions multiplied."""

MAXIMUM_DEPTH: Final = 200
"""How deeply groups may nest here; Go allows 1,000."""

EMPTY: Final[Node] = ("empty",)
_NAME_CHARACTERS: Final = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
)


class _Group:
    """An open group: the branches before the last ``|``, the current one, and what ``)`` restores."""

    __slots__ = ("branches", "capture", "current", "flags", "opening")

    def __init__(self, flags: Flags, capture: int | None, opening: int) -> None:
        self.flags = flags
        self.capture = capture
        self.opening = opening
        self.branches: list[Node] = []
        self.current: list[Node] = []

    def node(self) -> Node:
        """What stands in the group, without the capture."""
        self.branches.append(_concatenation(self.current))
        return self.branches[0] if len(self.branches) == 1 else ("alternate", tuple(self.branches))


class Pattern:
    """A parsed pattern: its tree and the names of its groups ("" for one without a name)."""

    __slots__ = ("groups", "tree")

    def __init__(self, tree: Node, groups: tuple[str, ...]) -> None:
        self.tree = tree
        self.groups = groups


def parse(pattern: str) -> Pattern:
    """The tree of a pattern.

    Raises PatternError for what Go refuses and UnsupportedPatternError for valid syntax whose
    meaning is not known here (scripts such as ``\\p{Greek}``, very deep nesting).
    """
    return _Parser(pattern).parse()


class _Parser(ClassReader):
    """One pass over a pattern, with an explicit stack of open groups."""

    def __init__(self, pattern: str) -> None:
        super().__init__(pattern)
        self.names: list[str] = []
        self.groups = [_Group(self.flags, None, 0)]
        self.last_repeat: int | None = None  # where the repetition operator just read began

    def parse(self) -> Pattern:
        text = self.text
        while self.position < len(text):
            last_repeat, self.last_repeat = self.last_repeat, None
            character = text[self.position]
            if character == "(":
                self._open()
            elif character == ")":
                self._close()
            elif character in "*+?":
                minimum = 1 if character == "+" else 0
                maximum = 1 if character == "?" else None
                self._repeat(self.position + 1, minimum, maximum, last_repeat)
            elif character == "{":
                self._braces(last_repeat)
            else:
                self._atom(character)
        if len(self.groups) > 1:
            raise PatternError("missing closing )", text)
        return Pattern(self.groups[0].node(), tuple(self.names))

    # --- atoms ---

    def _add(self, node: Node) -> None:
        self.groups[-1].current.append(node)

    def _atom(self, character: str) -> None:
        flags = self.flags
        if character == "\\":
            self._escape()
            return
        if character == "[":
            self._add(("set", self.character_class()))
            return
        self.position += 1
        if character == "|":
            group = self.groups[-1]
            group.branches.append(_concatenation(group.current))
            group.current = []
        elif character == "^":
            self._add(("assert", "line start" if flags.multiline else "text start"))
        elif character == "$":
            self._add(("assert", "line end" if flags.multiline else "text end"))
        elif character == ".":
            self._add(("set", ANY_CHARACTER if flags.dot_newline else ANY_BUT_NEWLINE))
        else:
            self._add(("set", literal(character, flags.fold)))

    def _escape(self) -> None:
        text, start = self.text, self.position
        following = text[start + 1 : start + 2]
        if following in ("A", "b", "B", "z"):
            kinds = {"A": "text start", "b": "boundary", "B": "no boundary", "z": "text end"}
            self._add(("assert", kinds[following]))
            self.position = start + 2
            return
        if following == "Q":
            end = text.find("\\E", start + 2)
            quoted = text[start + 2 : end if end >= 0 else len(text)]
            for character in quoted:
                self._add(("set", literal(character, self.flags.fold)))
            self.position = end + 2 if end >= 0 else len(text)
            return
        if following == "C":
            raise PatternError("invalid escape sequence", "\\C")
        item = self.class_escape()
        if item is not None:
            self._add(("set", CharacterSet((item,), negated=False)))
            return
        self._add(("set", literal(chr(self.escaped_code()), self.flags.fold)))

    # --- groups ---

    def _open(self) -> None:
        text, start = self.text, self.position
        if len(self.groups) > MAXIMUM_DEPTH:
            raise UnsupportedPatternError("it nests too deeply")
        if not text.startswith("(?", start):
            self.position += 1
            self._open_capture("", start)
            return
        for opening in ("(?P<", "(?<"):
            if text.startswith(opening, start):
                self._open_named(start, start + len(opening))
                return
        self._open_flags(start)

    def _open_named(self, start: int, begin: int) -> None:
        text = self.text
        end = text.find(">", begin)
        if end < 0:
            raise PatternError("invalid named capture", text[start:])
        name = text[begin:end]
        if not name or not _NAME_CHARACTERS.issuperset(name):
            raise PatternError("invalid named capture", text[start : end + 1])
        self.position = end + 1
        self._open_capture(name, start)

    def _open_capture(self, name: str, start: int) -> None:
        self.names.append(name)
        self.groups.append(_Group(self.flags, len(self.names), start))

    def _open_flags(self, start: int) -> None:
        text = self.text
        old = self.flags
        values = {"i": old.fold, "m": old.multiline, "s": old.dot_newline, "U": old.ungreedy}
        sign, seen = True, False
        for position in range(start + 2, len(text)):
            character = text[position]
            if character in values:
                values[character] = sign
                seen = True
            elif character == "-" and sign:
                sign, seen = False, False
            elif character in ":)" and (sign or seen):
                self.position = position + 1
                new = Flags(values["i"], values["m"], values["s"], values["U"])
                if character == ":":
                    self.groups.append(_Group(old, None, start))
                self.flags = new
                return
            else:
                unsupported = "invalid or unsupported Perl syntax"
                raise PatternError(unsupported, text[start : position + 1])
        raise PatternError("invalid or unsupported Perl syntax", text[start:])

    def _close(self) -> None:
        if len(self.groups) == 1:
            raise PatternError("unexpected )", self.text)
        group = self.groups.pop()
        self.flags = group.flags
        self.position += 1
        node = group.node()
        self._add(node if group.capture is None else ("capture", group.capture, node))

    # --- repetition ---

    def _braces(self, last_repeat: int | None) -> None:
        bounds = self._bounds()
        if bounds is None:
            self.position += 1
            self._add(("set", literal("{", self.flags.fold)))
            return
        minimum, maximum, end = bounds
        if (
            minimum > MAXIMUM_REPEAT
            or (maximum or 0) > MAXIMUM_REPEAT
            or (maximum is not None and minimum > maximum)
        ):
            raise PatternError("invalid repeat count", self.text[self.position : end])
        self._repeat(end, minimum, maximum, last_repeat)

    def _bounds(self) -> tuple[int, int | None, int] | None:
        """The bounds of ``{n}``, ``{n,}`` or ``{n,m}`` and where it ends; None for a literal brace."""
        end = self.text.find("}", self.position)
        if end < 0:
            return None
        low, comma, high = self.text[self.position + 1 : end].partition(",")
        minimum = _count(low)
        if minimum is None:
            return None
        if not comma:
            return minimum, minimum, end + 1
        if not high:
            return minimum, None, end + 1
        maximum = _count(high)
        return None if maximum is None else (minimum, maximum, end + 1)

    def _repeat(self, end: int, minimum: int, maximum: int | None, last_repeat: int | None) -> None:
        start = self.position
        greedy = not self.flags.ungreedy
        operator_end = end
        if self.text.startswith("?", end):
            greedy = not greedy
            end += 1
        if last_repeat is not None:
            raise PatternError("invalid nested repetition operator", self.text[last_repeat:end])
        current = self.groups[-1].current
        if not current:
            raise PatternError("missing argument to repetition operator", self.text[start:end])
        node: Node = ("repeat", current[-1], minimum, maximum, greedy)
        if (minimum > 1 or (maximum or 0) > 1) and not _repeats_within(node, MAXIMUM_REPEAT):
            raise PatternError("invalid repeat count", self.text[start:operator_end])
        current[-1] = node
        self.position = end
        self.last_repeat = start


def _concatenation(nodes: list[Node]) -> Node:
    if not nodes:
        return EMPTY
    return nodes[0] if len(nodes) == 1 else ("concatenate", tuple(nodes))


def _count(digits: str) -> int | None:
    """A repeat count; None where Go does not read one (a leading zero, anything but digits)."""
    if not digits.isascii() or not digits.isdigit() or (len(digits) > 1 and digits[0] == "0"):
        return None
    return int(digits) if len(digits) < 9 else MAXIMUM_REPEAT + 1


def _repeats_within(node: Node, limit: int) -> bool:
    """Whether nested counted repetitions multiply to at most ``limit``."""
    pending = [(node, limit)]
    while pending:
        node, limit = pending.pop()
        if node[0] == "repeat":
            minimum, maximum = node[2], node[3]
            count = maximum if maximum is not None else minimum
            if count > 1 and (minimum, maximum) not in ((0, None), (1, None), (0, 1)):
                if count > limit:
                    return False
                limit //= count
            pending.append((node[1], limit))
        elif node[0] == "capture":
            pending.append((node[2], limit))
        elif node[0] in ("concatenate", "alternate"):
            pending.extend((child, limit) for child in node[1])
    return True
