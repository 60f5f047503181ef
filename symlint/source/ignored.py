"""Which paths git ignores, from ``.gitignore`` files.

https://git-scm.com/docs/gitignore
"""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.source.files import ReadProblem, read_file
from symlint.source.path_patterns import (
    Pattern,
    PatternList,
    TooManyPatternsError,
    Work,
    read_pattern,
)
from symlint.source.tree import leads_out_of_repository

if TYPE_CHECKING:
    from collections.abc import Iterator


class IgnoreFile(NamedTuple):
    """The patterns of one ``.gitignore`` file; they apply below ``directory``."""

    directory: str
    patterns: PatternList

    def verdict(self, path: str, is_directory: bool) -> bool | None:
        """Whether the file says that ``path`` is ignored; None when it says nothing of it."""
        relative = path[len(os.path.join(self.directory, "")) :].replace(os.sep, "/")
        return self.patterns.verdict(relative, is_directory)


class Ignoring:
    """What the ignore files of one tree say, as long as their patterns are not too many for it."""

    __slots__ = ("_work", "given_up")

    def __init__(self, work: Work | None = None) -> None:
        """``work`` is what may be spent on it."""
        self._work: Final = work or Work()
        self.given_up = False
        """Whether they were too many: nothing more is ignored then."""

    def read(self, path: str, directory: str | None = None) -> IgnoreFile | None:
        """A ``.gitignore`` file, for what is below ``directory``; None when there is none.

        A ``.gitignore`` that is a symbolic link is none to git either, and a list in ``.git`` that leads
        out of the repository is none here.
        """
        if os.path.islink(path) if directory is None else leads_out_of_repository(path):
            return None
        source = read_file(path)
        if isinstance(source, ReadProblem):
            return None
        try:
            patterns = PatternList(_patterns(source.text), self._work)
        except TooManyPatternsError:
            self.given_up = True
            return None
        return IgnoreFile(directory or os.path.dirname(path), patterns)

    def ignores(self, path: str, is_directory: bool, files: tuple[IgnoreFile, ...]) -> bool:
        """Whether the innermost of ``files`` (outermost first) that speaks ignores ``path``."""
        if self.given_up:
            return False
        try:
            for file in reversed(files):
                verdict = file.verdict(path, is_directory)
                if verdict is not None:
                    return verdict
        except TooManyPatternsError:
            self.given_up = True
        return False


def _patterns(text: str) -> Iterator[Pattern]:
    for line in text.split("\n"):
        pattern = _without_trailing_spaces(line.removesuffix("\r"))
        if pattern and not pattern.startswith("#"):
            yield read_pattern(pattern)


def _without_trailing_spaces(line: str) -> str:
    if not line.endswith(" "):
        return line
    kept = line.rstrip(" ")
    backslashes = len(kept) - len(kept.rstrip("\\"))
    return kept + " " if backslashes % 2 else kept
