"""Ignore comments in Python: what is written in one text, and which places each covers.

``# symlint: ignore[SYM615] reason`` suppresses findings that touch

* the statement that it stands behind; of one with a body, its head (the decorators and the line with
  ``def``);
* the statement that begins on the next line, its body included, or the part of one, where the
  comment has a line of its own.

``# symlint: ignore-file[...]`` before the first statement, or right after the text that describes the
file, covers all of it: of a heredoc all that is in it.
"""

from __future__ import annotations

from functools import partial

from symlint.annotations import TYPE_CHECKING, Final, TypeAlias
from symlint.lint.suppression.ignores import in_comment
from symlint.lint.suppression.marker import MARKER
from symlint.lint.suppression.python_comments import Layout, Lines, comments
from symlint.source.text import Range

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Iterator

    from symlint.lint.suppression.ignores import Cover, Ignore
    from symlint.sym.implementation.code import Code

    Place: TypeAlias = Callable[[int, int], Range | None]
    """Where some characters of a text stand; None for those that stand in no file as they are."""


def ignores_in(code: Code) -> Iterator[Ignore]:
    """The ignore comments of a text and of the files in it, each file taken for itself."""
    from symlint.sym.implementation.python_module import PythonProblem, parse

    for source in code.files:
        said = code.module if code.path is not None else parse(source.text)
        tree = None if said is None or isinstance(said, PythonProblem) else said.tree
        yield from read_python_ignores(source.text, tree, partial(Range, source))
    if code.path is None:
        files = {source.path for source in code.files}

        def place(start: int, end: int) -> Range | None:
            range_ = code.place(start, end)
            return None if range_ is None or range_.path in files else range_

        tree = None if code.module is None else code.module.tree
        yield from read_python_ignores(code.text, tree, place)


def read_python_ignores(text: str, tree: ast.Module | None, place: Place) -> Iterator[Ignore]:
    """The ignore comments of a text, in order; those that stand in no file are left out."""
    if MARKER not in text:
        return
    layout = Layout(text, tree)
    spans = [*comments(text)]
    code_after = _lines_after(layout, spans)
    for start, end in spans:
        comment = place(start, end) if MARKER in text[start:end] else None
        if comment is not None:
            yield from in_comment(comment, _Places(layout, place, start, code_after))


def _lines_after(layout: Layout, spans: list[tuple[int, int]]) -> dict[int, int]:
    """For each line that is nothing but a comment, the next one that is something else."""
    found: dict[int, int] = {}
    for start, _ in reversed(spans):
        if layout.stands_alone(start):
            number = layout.line(start)
            found[number] = found.get(number + 1, number + 1)
    return found


class _Places:
    """Where a comment stands that begins at ``start``."""

    first: Final = "the first statement of the file"

    def __init__(
        self,
        layout: Layout,
        place: Place,
        start: int,
        code_after: dict[int, int],
    ) -> None:
        self._layout = layout
        self._place = place
        self._start = start
        self._code_after = code_after

    @property
    def whole(self) -> tuple[int, int]:
        """All of the text, and the place behind it."""
        return self._covers(self._layout.whole)

    def stands_for_file(self, comment: Range) -> bool:
        """Whether the comment is before the code."""
        return self._start < self._layout.first_statement

    def covered(self, comment: Range) -> Cover:
        """The lines that the comment is beside, or those of what begins below it."""
        number = self._layout.line(self._start)
        following = self._code_after.get(number)
        if following is None:
            return self._covers(self._layout.beside(number)), True
        if not self._layout.code(following):
            return self._covers(Lines(number, number)), True
        return self._covers(self._layout.below(following)), False

    def _covers(self, lines: Lines) -> tuple[int, int]:
        """Their stretch of the file, and the place behind it: something may be missing there."""
        range_ = self._place(*self._layout.span(lines))
        return (0, 0) if range_ is None else (range_.start, range_.end + 1)
