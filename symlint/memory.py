"""What was worked out of texts, kept for the next run in the same process.

An editor and ``--watch`` lint the same files again and again, and one of them has changed. What is kept
here follows from a text alone, so that nothing can be out of date: a file is read again in each run,
and what was made of it before is found again where its text is the same.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final, TypeVar, cast
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")

MOST_CHARACTERS: Final = 4_000_000
"""Of so many characters of text is kept what was made of them; then what was used least lately goes."""


_TEXTS_OF_ONE: Final = 3


class _Known(NamedTuple):
    """An answer, about a text of so many characters, which is one of ``of`` where that is not None."""

    answer: object
    characters: int
    of: Hashable


class Memory:
    """Answers by question, the latest last."""

    def __init__(self, most: int = MOST_CHARACTERS) -> None:
        self._most: Final = most
        self._answers: Final[dict[Hashable, _Known]] = {}
        self._latest: Final[dict[Hashable, list[Hashable]]] = {}
        """The questions about the latest texts of one thing."""
        self._characters = 0

    def once(
        self, question: Hashable, characters: int, answer: Callable[[], T], of: Hashable = None
    ) -> T:
        """The answer to a question about a text of so many characters, worked out once while it is kept.

        ``of`` is what the text is one of, such as a file and what is asked of it: what was made of its
        three latest texts is kept.
        """
        known = self._answers.pop(question, None)
        if known is None:
            known = _Known(answer(), characters, of)
            self._characters += characters
            self._forget_older(of, question)
        self._answers[question] = known
        while self._characters > self._most and len(self._answers) > 1:
            # Another thread may ask at the same time.
            self._forget(list(self._answers)[0])  # noqa: RUF015 - at once, which next(iter()) is not
        return cast("T", known.answer)

    def _forget_older(self, of: Hashable, question: Hashable) -> None:
        if of is None:
            return
        latest = self._latest.setdefault(of, [])
        latest.append(question)
        if len(latest) > _TEXTS_OF_ONE:
            self._forget(latest[0])

    def _forget(self, question: Hashable) -> None:
        known = self._answers.pop(question, None)
        if known is None:
            return
        self._characters -= known.characters
        latest = self._latest.get(known.of, [])
        if question in latest:
            latest.remove(question)
        if known.of is not None and not latest:
            self._latest.pop(known.of, None)
