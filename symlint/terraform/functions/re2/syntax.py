"""The syntax of RE2 regular expressions, as Go's ``regexp/syntax`` reads it with Perl's flags.

https://github.com/google/re2/wiki/Syntax describes the language. A pattern becomes a tree of
nodes; each knows how large its program is, so that none is written that is too large.
"""

from __future__ import annotations

import re

from symlint.annotations import TYPE_CHECKING, Final, Literal
from symlint.terraform.functions.re2.characters import (
    CharacterSet,
    OneCharacter,
    UnsupportedPatternError,
    any_but_newline,
    any_character,
    literal,
)
from symlint.terraform.functions.re2.classes import (
    MAXIMUM_PARTS,
    ClassReader,
    Flags,
    PatternError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MAXIMUM_REPEAT: Final = 1000
"""Go refuses to repeat anything more often, nested repetitions multiplied."""

MAXIMUM_DEPTH: Final = 200
"""How deeply groups may nest here; Go allows 1,000."""

_BOUNDS: Final = re.compile("\\{(0|[1-9][0-9]*)(,(0|[1-9][0-9]*)?)?\\}")
_SPECIAL: Final = frozenset("()*+?{[|^$.\\")
"""Characters that may stand for something else than themselves."""

_NAME_CHARACTERS: Final = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
)


class Node:
    """A part of a pattern.

    ``index`` is the number of a capture, ``what`` the set of characters or the kind of an
    assertion. ``size`` is how many instructions it takes, ``count`` how often the most repeated of
    its parts is written out, ``nullable`` whether it can match the empty string.
    """

    __slots__ = (
        "children", "count", "greedy", "index", "kind", "maximum", "minimum", "nullable", "size",
        "what",
    )  # fmt: skip  # as many a line as fit

    def __init__(
        self,
        kind: Literal["empty", "set", "assert", "concatenate", "alternate", "capture", "repeat"],
        children: Sequence[Node] = (),
        what: CharacterSet | OneCharacter | str = "",
        index: int = 0,
        minimum: int = 1,
        maximum: int | None = 1,
        greedy: bool = True,
    ) -> None:
        self.kind: Final = kind
        self.children: Final = children
        self.what: Final = what
        self.index: Final = index
        self.minimum: Final = minimum
        self.maximum: Final = maximum
        self.greedy: Final = greedy
        self.count: int
        self.nullable: bool
        self.size: int
        if not children:
            self.count = 1
            self.nullable = kind != "set"
            self.size = kind in ("set", "assert")
            return
        inside = sum([child.size for child in children])
        self.count = max([child.count for child in children])
        self.nullable = all(child.nullable for child in children)
        self.size = inside + 2 * (kind == "capture")
        if kind == "alternate":
            self.size += len(children)
            self.nullable = any(child.nullable for child in children)
        elif kind == "repeat":
            times = minimum if maximum is None else maximum
            self.size = (inside + 1) * max(times, 1) + 1
            self.nullable = minimum == 0 or self.nullable
            self.count = max(times, 1) * self.count if maximum != 0 else 1


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
        return self.branches[0] if len(self.branches) == 1 else Node("alternate", self.branches)


class Pattern:
    """A parsed pattern: its tree and the names of its groups ("" for one without a name)."""

    __slots__ = ("groups", "tree")

    def __init__(self, tree: Node, groups: tuple[str, ...]) -> None:
        self.tree = tree
        self.groups = groups


def parse(pattern: str, spend: Callable[[int], None]) -> Pattern:
    """The tree of a pattern; ``spend`` is told the steps that it takes, and may raise.

    Raises PatternError for what Go refuses and UnsupportedPatternError for valid syntax whose
    meaning is not known here, or that is too large.
    """
    return _Parser(pattern, spend).parse()


class _Parser(ClassReader):
    """One pass over a pattern, with an explicit stack of open groups."""

    def __init__(self, pattern: str, spend: Callable[[int], None]) -> None:
        super().__init__(pattern, spend)
        self.names: list[str] = []
        self.groups = [_Group(self.flags, None, 0)]
        self.last_repeat: int | None = None  # where the repetition operator just read began

    def parse(self) -> Pattern:
        text = self.text
        while self.position < len(text):
            last_repeat, self.last_repeat = self.last_repeat, None
            character = text[self.position]
            if character not in _SPECIAL:
                self.position += 1
                self._add_literal(character)
            elif character == "(":
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
        tree = self.groups[0].node()
        self.spend_on_parts()
        if tree.size > MAXIMUM_PARTS:
            raise UnsupportedPatternError("it is too large")
        return Pattern(tree, tuple(self.names))

    # --- atoms ---

    def _add(self, node: Node) -> None:
        self.part()
        self.groups[-1].current.append(node)

    def _add_literal(self, character: str) -> None:
        self._add(Node("set", what=literal(character, self.flags.fold)))

    def _atom(self, character: str) -> None:
        """Read one of ``[``, ``|``, ``^``, ``$``, ``.`` or an escape."""
        flags = self.flags
        if character == "\\":
            self._escape()
            return
        if character == "[":
            self._add(Node("set", what=self.character_class()))
            return
        self.position += 1
        if character == "|":
            self.part()
            group = self.groups[-1]
            group.branches.append(_concatenation(group.current))
            group.current = []
        elif character == "^":
            self._add(Node("assert", what="line start" if flags.multiline else "text start"))
        elif character == "$":
            self._add(Node("assert", what="line end" if flags.multiline else "text end"))
        else:
            characters = any_character() if flags.dot_newline else any_but_newline()
            self._add(Node("set", what=characters))

    def _escape(self) -> None:
        text, start = self.text, self.position
        following = text[start + 1 : start + 2]
        if following in ("A", "b", "B", "z"):
            kinds = {"A": "text start", "b": "boundary", "B": "no boundary", "z": "text end"}
            self._add(Node("assert", what=kinds[following]))
            self.position = start + 2
            return
        if following == "Q":
            end = text.find("\\E", start + 2)
            quoted = text[start + 2 : end if end >= 0 else len(text)]
            for character in quoted:
                self._add_literal(character)
            self.position = end + 2 if end >= 0 else len(text)
            return
        if following == "C":
            raise PatternError("invalid escape sequence", "\\C")
        item = self.class_escape()
        if item is not None:
            self._add(Node("set", what=CharacterSet((item,), negated=False)))
            return
        self._add_literal(chr(self.escaped_code()))

    # --- groups ---

    def _open(self) -> None:
        text, start = self.text, self.position
        self.part()
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
            self.spend(1)
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
        self._add(node if group.capture is None else Node("capture", (node,), index=group.capture))

    # --- repetition ---

    def _braces(self, last_repeat: int | None) -> None:
        bounds = self._bounds()
        if bounds is None:
            self.position += 1
            self._add_literal("{")
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
        found = _BOUNDS.match(self.text, self.position)
        if found is None:
            return None
        low, comma, high = found.groups()
        minimum = _count(low)
        maximum = minimum if not comma else _count(high) if high else None
        return minimum, maximum, found.end()

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
        self.part()
        node = Node("repeat", (current[-1],), minimum=minimum, maximum=maximum, greedy=greedy)
        if (minimum > 1 or (maximum or 0) > 1) and node.count > MAXIMUM_REPEAT:
            raise PatternError("invalid repeat count", self.text[start:operator_end])
        current[-1] = node
        self.position = end
        self.last_repeat = start


def _concatenation(nodes: list[Node]) -> Node:
    if not nodes:
        return Node("empty")
    return nodes[0] if len(nodes) == 1 else Node("concatenate", nodes)


def _count(digits: str) -> int:
    """A repeat count, or one that is too large."""
    return int(digits) if len(digits) < 9 else MAXIMUM_REPEAT + 1
