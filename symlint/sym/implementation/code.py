"""Code: one text of Python, parsed and never run, and where each part of it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from symlint.annotations import TYPE_CHECKING, Final
from symlint.sym.implementation.python_module import PythonProblem

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable

    from symlint.source.text import Range, SourceFile
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.stretches import Places

    Placed = ast.expr | ast.stmt | ast.arg | ast.keyword | ast.alias | ast.pattern

_LINE_END: Final = re.compile("\r\n|\r|\n")


class Code:
    """A text of Python. ``whole`` stands for what has no place of its own: the Terraform expression.

    ``path`` is the file that has the text, None for a text that Terraform makes.
    """

    def __init__(
        self,
        text: str,
        places: Callable[[], Places],
        whole: Range,
        path: str | None,
        parse: Callable[[], PythonModule | PythonProblem],
    ) -> None:
        """``places`` gives where the text stands, ``parse`` what it says: the same for all that carry it."""
        self.text: Final = text
        self.whole: Final = whole
        self.path: Final = path
        self._find_places: Final = places
        self._parse: Final = parse

    # --- what it says ---

    @cached_property
    def _parsed(self) -> PythonModule | PythonProblem:
        return self._parse()

    @property
    def module(self) -> PythonModule | None:
        """What the text says; None where it is no Python."""
        return None if isinstance(self._parsed, PythonProblem) else self._parsed

    @property
    def problem(self) -> PythonProblem | None:
        """Why the text is no Python; None where it is."""
        return self._parsed if isinstance(self._parsed, PythonProblem) else None

    # --- where it stands ---

    @cached_property
    def _places(self) -> Places:
        return self._find_places()

    @property
    def files(self) -> tuple[SourceFile, ...]:
        """The files whose texts it is or has in it, in its order; none of a heredoc."""
        return self._places.files

    @cached_property
    def _starts(self) -> list[int]:
        """Where lines begin, as Python's parser counts them."""
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def problem_span(self, problem: PythonProblem) -> tuple[int, int]:
        """The offsets of the place of a problem: nothing wide; the beginning where none is known."""
        starts = self._starts
        line = min(max(problem.line, 1), len(starts))
        start = min(starts[line - 1] + max(problem.column - 1, 0), len(self.text))
        return start, start

    def line(self, offset: int) -> str:
        """The line of the text that an offset is in, without its end."""
        start = self._starts[bisect_right(self._starts, offset) - 1]
        end = _LINE_END.search(self.text, start)
        return self.text[start : len(self.text) if end is None else end.start()]

    def offset(self, line: int, column: int) -> int:
        """Where a place of the parser is: ``line`` from 1, ``column`` in bytes of UTF-8 from 0."""
        start = self._starts[line - 1]
        text = self.text[start : start + column]
        if not text.isascii():
            text = text.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "ignore")
        return start + len(text)

    def span(self, node: Placed) -> tuple[int, int]:
        """The offsets of a node in the text."""
        end_line, end_column = node.end_lineno, node.end_col_offset
        assert end_line is not None
        assert end_column is not None
        return self.offset(node.lineno, node.col_offset), self.offset(end_line, end_column)

    def source(self, node: Placed) -> str:
        """The text of a node."""
        start, end = self.span(node)
        return self.text[start:end]

    def name_span(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    ) -> tuple[int, int]:
        """The offsets of the name of a function or class."""
        start, end = self.span(node)
        found = re.compile(r"(?:async\s+)?(?:def|class)\s+(\w+)").match(self.text, start, end)
        return (start, end) if found is None else found.span(1)

    def place(self, start: int, end: int) -> Range | None:
        """The range of some characters; None for those that stand nowhere as they are."""
        return self._places.range(start, end)

    def range(self, node: Placed) -> Range:
        """Where a node stands; the Terraform expression for one that stands nowhere as it is."""
        return self.place(*self.span(node)) or self.whole
