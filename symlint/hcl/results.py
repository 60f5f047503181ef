"""What parsing gives back: the tree, the syntax problems and the comments of one file."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from symlint.hcl.nodes import Body, Comment
    from symlint.source.text import Range, SourceFile


class SyntaxProblem(NamedTuple):
    """A place where a file is not what its syntax allows.

    ``message`` is one sentence in lower case without a full stop that says what was expected and
    what was found; control characters of quoted source text are escaped in it. ``expected`` lists
    what could have stood there, for tools; it may be empty.
    """

    range: Range
    message: str
    expected: tuple[str, ...] = ()


MAX_PROBLEMS: Final = 100
"""How many problems of one file are reported; parsing goes on without reporting after that."""


def keep(problems: list[SyntaxProblem], problem: SyntaxProblem) -> None:
    """Append a problem, unless there are too many already."""
    if len(problems) < MAX_PROBLEMS:
        problems.append(problem)


class ParsedFile(NamedTuple):
    """One parsed file: ``problems`` and ``comments`` are in source order."""

    source: SourceFile
    body: Body
    problems: tuple[SyntaxProblem, ...]
    comments: tuple[Comment, ...]
