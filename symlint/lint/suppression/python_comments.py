"""The comments of a text of Python, and the lines that each stands beside, at or above.

The text need not be what Python allows: comments are told from strings by the marks of both alone.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_right

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN: Final = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*+)
    | \"{3} (?: [^"\\] | \\. | "(?!"") )*+ (?:\"{3}|\\?\Z)
    | '{3} (?: [^'\\] | \\. | '(?!'') )*+ (?:'{3}|\\?\Z)
    | " (?: [^"\\\r\n] | \\\r\n | \\. )*+ "?
    | ' (?: [^'\\\r\n] | \\\r\n | \\. )*+ '?
    """,
    re.DOTALL | re.VERBOSE,
)
_LINE_END: Final = re.compile("\r\n|\r|\n")
_FIRST: Final = re.compile(r"[^ \t\f\ufeff]")


class Lines(NamedTuple):
    """Lines of a text by number, from 1; both belong to it."""

    first: int
    last: int


def comments(text: str) -> Iterator[tuple[int, int]]:
    """Where the comments of a text begin and end, in order."""
    for match in _TOKEN.finditer(text):
        if match["comment"] is not None:
            yield match.span()


class Layout:
    """The lines of a text, and what its statements take of them; ``tree`` is None for no Python."""

    def __init__(self, text: str, tree: ast.Module | None) -> None:
        self._text: Final = text
        self._starts: Final = [0, *(match.end() for match in _LINE_END.finditer(text))]
        self._beside: Final[dict[int, Lines]] = {}
        self._begun: Final[dict[int, Lines]] = {}
        self.first_statement = len(text)
        """Where the code begins, the text that describes it aside."""
        if tree is not None:
            self._take(tree)

    # --- lines ---

    @property
    def whole(self) -> Lines:
        """All lines."""
        return Lines(1, len(self._starts))

    def line(self, offset: int) -> int:
        """The number of the line that a place is in."""
        return bisect_right(self._starts, offset)

    def span(self, lines: Lines) -> tuple[int, int]:
        """Where lines begin and end, the end of the last one not included."""
        start = self._starts[min(lines.first, len(self._starts)) - 1]
        if lines.last >= len(self._starts):
            return start, len(self._text)
        end = self._starts[lines.last]
        while end > start and self._text[end - 1] in "\r\n":
            end -= 1
        return start, end

    def code(self, number: int) -> str:
        """The text of a line from its first character on that is no blank."""
        if number > len(self._starts):
            return ""
        start, end = self.span(Lines(number, number))
        match = _FIRST.search(self._text, start, end)
        return "" if match is None else self._text[match.start() : end]

    def stands_alone(self, offset: int) -> bool:
        """Whether nothing but blanks is before a place in its line."""
        start = self._starts[self.line(offset) - 1]
        return _FIRST.search(self._text, start, offset) is None

    # --- statements ---

    def beside(self, number: int) -> Lines:
        """The lines of the statement, or of the head of one that has a body, that has a line."""
        return self._beside.get(number, Lines(number, number))

    def below(self, number: int) -> Lines:
        """The lines of what begins on a line: the largest part of the code that does."""
        return self._begun.get(number, Lines(number, number))

    def _take(self, tree: ast.Module) -> None:
        body = tree.body[1:] if ast.get_docstring(tree, clean=False) is not None else tree.body
        for statement in body[:1]:
            lines = Lines(_first_line(statement), statement.lineno)
            self.first_statement = self.span(lines)[0]
        for node in ast.walk(tree):
            if isinstance(node, ast.stmt):
                self._take_statement(node)
            elif isinstance(node, ast.Dict):
                for key, value in zip(node.keys, node.values, strict=True):
                    self._begin(key or value, value)
            elif isinstance(node, ast.expr | ast.keyword | ast.arg):
                self._begin(node, node)

    def _take_statement(self, node: ast.stmt) -> None:
        first, last = _first_line(node), node.end_lineno or node.lineno
        for number in {first, node.lineno}:
            if self._is_first(number, None if number != node.lineno else node.col_offset):
                self._grow(self._begun, number, Lines(first, last))
        body = getattr(node, "body", None) or getattr(node, "cases", None)
        if body:
            inner = body[0]
            below = (
                inner.pattern.lineno if isinstance(inner, ast.match_case) else _first_line(inner)
            )
            last = max(node.lineno, below - 1)
        for number in range(first, last + 1):
            self._grow(self._beside, number, Lines(first, last))

    def _begin(self, node: ast.expr | ast.keyword | ast.arg, last: ast.AST) -> None:
        if self._is_first(node.lineno, node.col_offset):
            end = getattr(last, "end_lineno", None) or node.lineno
            self._grow(self._begun, node.lineno, Lines(node.lineno, end))

    def _is_first(self, number: int, column: int | None) -> bool:
        """Whether only blanks stand before a column, which the parser counts in bytes."""
        if column is None:
            return True
        start = self._starts[number - 1]
        return _FIRST.search(self._text, start, start + column) is None

    @staticmethod
    def _grow(known: dict[int, Lines], number: int, lines: Lines) -> None:
        before = known.get(number, lines)
        known[number] = Lines(min(before.first, lines.first), max(before.last, lines.last))


def _first_line(statement: ast.stmt) -> int:
    """Where a statement begins, with what stands above it as its decorators."""
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(it.lineno for it in decorators)])
