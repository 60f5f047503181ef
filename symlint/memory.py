"""What was worked out of texts, kept for the next run in the same process.

An editor and ``--watch`` lint the same files again and again, and one of them has changed. What is kept
here follows from a text alone, so that nothing can be out of date: a file is read again in each run,
and what was made of it before is found again where its text is the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")

MOST_CHARACTERS: Final = 4_000_000
"""Of so many characters of text is kept what was made of them; then what was used least lately goes."""


class Memory:
    """Answers by question, the latest last."""

    def __init__(self, most: int = MOST_CHARACTERS) -> None:
        self._most: Final = most
        self._answers: Final[dict[Hashable, tuple[object, int]]] = {}
        self._characters = 0

    def once(self, question: Hashable, characters: int, answer: Callable[[], T]) -> T:
        """The answer to a question about a text of so many characters, worked out once while it is kept."""
        known = self._answers.pop(question, None)
        if known is None:
            known = answer(), characters
            self._characters += characters
        self._answers[question] = known
        while self._characters > self._most and len(self._answers) > 1:
            # Another thread may ask at the same time.
            oldest = list(self._answers)[0]  # noqa: RUF015 - at once, which next(iter()) is not
            self._characters -= self._answers.pop(oldest, (None, 0))[1]
        return cast("T", known[0])
