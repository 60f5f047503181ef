"""Lists of patterns for paths as in ``.gitignore``, of which the last that matches decides.

https://git-scm.com/docs/gitignore
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Sequence

WORK: Final = 100_000_000
"""The work of comparing patterns with paths in one run; a unit is some ten nanoseconds."""

_READING: Final = 50
"""The work of reading a character of a pattern with wildcards."""

_TRANSLATING: Final = 500
"""The work of making a regular expression of it, for each character."""

_ASKING: Final = 100
"""The work of asking a list of patterns, whatever is in it."""

_LOOKING: Final = 3
"""The work of seeing that a pattern with wildcards cannot match."""


class TooManyPatternsError(Exception):
    """There are more patterns and paths than can be compared with one another."""


class Work:
    """How much patterns may still be compared with paths."""

    __slots__ = ("left",)

    def __init__(self, left: int = WORK) -> None:
        self.left = left

    def spend(self, cost: int) -> None:
        """Raises TooManyPatternsError when there is not as much left."""
        self.left -= cost
        if self.left < 0:
            raise TooManyPatternsError


class Pattern(NamedTuple):
    """One pattern, without the marks of what is said in the other fields.

    One that is ``anchored`` is compared with the whole path, another with its last name.
    """

    text: str
    negated: bool
    directories_only: bool
    anchored: bool


def read_pattern(text: str) -> Pattern:
    """What a pattern of git's says."""
    negated = text.startswith("!")
    text = text[negated:]
    directories_only = text.endswith("/")
    text = text.removesuffix("/")
    return Pattern(text.removeprefix("/"), negated, directories_only, "/" in text)


class PatternList:
    """Patterns, those without wildcards to be looked up, the others translated when needed."""

    __slots__ = ("_ending_lengths", "_endings", "_negated", "_plain", "_wild", "_work")

    def __init__(self, patterns: Iterable[Pattern], work: Work) -> None:
        """``work`` is drawn from. Raises TooManyPatternsError."""
        self._work: Final = work
        self._negated: Final[list[bool]] = []
        # The number of the last pattern, by anchored or not, for directories only or not.
        self._plain: Final[dict[tuple[str, bool, bool], int]] = {}
        self._endings: Final[dict[tuple[str, bool], int]] = {}
        wild: list[tuple[str, _Wild]] = []
        for number, pattern in enumerate(patterns):
            self._negated.append(pattern.negated)
            text, anchored, only = pattern.text, pattern.anchored, pattern.directories_only
            if not _is_wild(text):
                self._plain[text, anchored, only] = number
            elif not anchored and text[0] == "*" and not _is_wild(text[1:]):
                self._endings[text[1:], only] = number
            else:
                wild += _read_wild(number, pattern, work)
        wild.reverse()
        self._wild: Final = wild
        self._ending_lengths: Final = sorted({len(ending) for ending, _ in self._endings})

    def may_match(self, path: str) -> bool:
        """Whether a pattern may match the path or a folder that it is in; False where none does.

        Raises TooManyPatternsError.
        """
        self._work.spend(10 + _LOOKING * len(self._wild))
        looked_up = bool(self._plain or self._endings)
        if not looked_up and not any(needle in path for needle, _ in self._wild):
            return False
        self._work.spend(_ASKING)  # what is asked then is remembered
        return True

    def verdict(self, path: str, is_directory: bool) -> bool | None:
        """Whether the last pattern that matches says yes; None when none does.

        ``path`` is relative, with ``/``. Raises TooManyPatternsError.
        """
        self._work.spend(_ASKING + _LOOKING * (len(self._ending_lengths) + len(self._wild)))
        name = path[path.rfind("/") + 1 :]
        found = -1
        for only in (False, True) if is_directory else (False,):
            found = max(found, self._looked_up(path, name, only))
        for wild in [wild for needle, wild in self._wild if needle in path]:
            if wild.number < found:
                break
            if (is_directory or not wild.pattern.directories_only) and wild.matches(
                path if wild.pattern.anchored else name, self._work
            ):
                found = wild.number
                break
        return None if found < 0 else not self._negated[found]

    def _looked_up(self, path: str, name: str, only: bool) -> int:
        plain = self._plain
        found = max(plain.get((path, True, only), -1), plain.get((name, False, only), -1))
        for length in self._ending_lengths:
            if length > len(name):
                break
            found = max(found, self._endings.get((name[len(name) - length :], only), -1))
        return found


class _Wild:
    """A pattern with wildcards, its tokens read."""

    __slots__ = ("_expression", "_tokens", "number", "pattern")

    def __init__(self, number: int, pattern: Pattern, tokens: Sequence[str]) -> None:
        self.number: Final = number
        self.pattern: Final = pattern
        self._tokens: Final = tokens
        self._expression: re.Pattern[str] | None = None

    def matches(self, text: str, work: Work) -> bool:
        if self._expression is None:
            from symlint.source.globs import glob_pattern

            work.spend(_TRANSLATING * len(self.pattern.text))
            self._expression = glob_pattern(self._tokens)
        stars = sum(token.startswith("*") for token in self._tokens)
        work.spend(len(text) * (1 + stars + len(self._tokens) // 16))
        return self._expression.fullmatch(text) is not None


def _read_wild(number: int, pattern: Pattern, work: Work) -> Iterator[tuple[str, _Wild]]:
    """A pattern, with a text that is in all that it matches; nothing where it matches nothing."""
    from symlint.source.globs import REST, STAR, git_tokens, longest_text

    work.spend(_READING * len(pattern.text))
    tokens = git_tokens(pattern.text)
    if tokens is None:
        return
    if not pattern.anchored:
        tokens = [STAR if token == REST else token for token in tokens]
    yield longest_text(tokens), _Wild(number, pattern, tokens)


def _is_wild(text: str) -> bool:
    return "*" in text or "?" in text or "[" in text or "\\" in text
