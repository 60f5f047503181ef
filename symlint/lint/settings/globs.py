"""Paths that a configuration file or the command line names by patterns, as in ``.gitignore``."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.settings.config_file import config_error
from symlint.source.path_patterns import PatternList, TooManyPatternsError, read_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from symlint.lint.errors import UsageError
    from symlint.lint.settings.config import Config
    from symlint.lint.settings.toml_lines import KeyPath
    from symlint.source.path_patterns import Pattern, Work

_TOO_MANY: Final = (
    "these are more patterns than can be compared with the paths here; "
    "write fewer of them, with * only at the beginning"
)


class PathGlobs:
    """Patterns for paths: what matches one is meant, and in a folder that does all that is in it."""

    __slots__ = ("_known", "_patterns", "_refuse")

    def __init__(
        self, patterns: Iterable[str], work: Work, refuse: Callable[[str], UsageError]
    ) -> None:
        """``work`` is drawn from; what ``refuse`` makes of a message is raised when it is used up."""
        self._refuse: Final = refuse
        self._known: Final[dict[str, bool]] = {}
        try:
            self._patterns: Final = PatternList(map(_read, patterns), work)
        except TooManyPatternsError as error:
            raise refuse(_TOO_MANY) from error

    def match(self, path: str) -> bool:
        """Whether ``path`` (relative, with ``/``) is meant."""
        known = self._known
        if path in known:
            return known[path]
        try:
            return self._patterns.may_match(path) and self._look(path)
        except TooManyPatternsError as error:
            raise self._refuse(_TOO_MANY) from error

    def _look(self, path: str) -> bool:
        """Whether a path or a folder that it is in matches; what is found is remembered."""
        known = self._known
        ends = [len(path)]
        while path[: ends[-1]] not in known and (end := path.rfind("/", 0, ends[-1])) > 0:
            ends.append(end)
        found = False
        for end in reversed(ends):
            part = path[:end]
            if part not in known:
                # Whether a path is one of a folder is not asked: what is in it is meant as well.
                known[part] = found or bool(self._patterns.verdict(part, is_directory=True))
            found = known[part]
        return found


def path_globs(config: Config, key: KeyPath, patterns: Iterable[str], work: Work) -> PathGlobs:
    """The patterns that a configuration file has under ``key``. Raises ConfigError."""
    return PathGlobs(patterns, work, lambda problem: config_error(config, key, problem))


def _read(text: str) -> Pattern:
    """A pattern; of one for what is in a folder, that for the folder."""
    pattern = read_pattern(text)
    name = pattern.text.removeprefix("./")
    folder = name.removesuffix("/**")
    anchored = pattern.anchored or folder != name
    return pattern._replace(text=folder, anchored=anchored, directories_only=False)
