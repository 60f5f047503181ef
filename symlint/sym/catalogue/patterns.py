"""Regular expressions of the catalogue: the shipped ones, and those of a configuration file."""

from __future__ import annotations

from functools import cached_property

from symlint.annotations import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from symlint.terraform.functions.re2.matching import Program

MOST_STEPS: Final = 100_000
"""How much work one comparison with a pattern may be, in steps of the budget."""

MOST_STEPS_OF_A_PATTERN: Final = 2_000_000
"""How much work a pattern may be in all."""


class _TooMuchWorkError(Exception):
    pass


class OwnPattern(str):
    """A pattern of a configuration file, matched as Go's RE2 does: in linear time.

    Python's own engine tries again and again, for years if a pattern is made for it.
    """

    _left = MOST_STEPS_OF_A_PATTERN

    @cached_property
    def program(self) -> Program:
        """The compiled pattern, for the whole of a text. Raises ValueError for one that is none."""
        from symlint.terraform.functions.re2.characters import UnsupportedPatternError
        from symlint.terraform.functions.re2.classes import PatternError
        from symlint.terraform.functions.re2.matching import compile_pattern

        for pattern in (self, f"\\A(?:{self})\\z"):
            try:
                program = compile_pattern(pattern, self._counter())
            except (PatternError, UnsupportedPatternError) as error:
                raise ValueError(str(error)) from None
            except _TooMuchWorkError:
                raise ValueError("it is too large") from None
        return program

    def matches(self, text: str) -> bool:
        """Whether the whole of a text matches; true as well where that is too much work."""
        try:
            return self.program.search(text, 0, self._counter()) is not None
        except _TooMuchWorkError:
            return True

    def _counter(self) -> Callable[[int], None]:
        left = min(MOST_STEPS, self._left)

        def spend(steps: int) -> None:
            nonlocal left
            left -= steps
            self._left -= steps
            if left < 0:
                raise _TooMuchWorkError

        return spend


def matches(pattern: str, text: str) -> bool:
    """Whether the whole of a text matches a pattern of the catalogue."""
    if isinstance(pattern, OwnPattern):
        return pattern.matches(text)
    import re

    return re.fullmatch(pattern, text) is not None
