"""Did you mean: the one name that is close to a mistyped one."""

from __future__ import annotations

from itertools import islice

from symlint.annotations import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator

MOST_EDITS: Final = 2
"""How many edits a long name may be away from the one that was meant."""

MAX_LENGTH: Final = 100
"""The most characters of a name that somebody mistypes; a longer one has no close name."""

MAX_CANDIDATES: Final = 10_000
"""Of more names none is called the one that was meant."""

MAX_STEPS: Final = 1_000_000
"""What ``CloseNames`` does, in names looked at, before it answers None to everything."""

_COMPARISON: Final = 20
"""How many names are looked at in the time in which two are compared."""


def close_name(name: str, candidates: Iterable[str]) -> str | None:
    """The one candidate that ``name`` was surely meant to be, or None.

    Close is an edit distance (insertions, deletions, replacements, swaps of neighbours) of at
    most 1 for names of up to four characters, 2 for longer ones; of one character none. None when two candidates are
    equally close, for a wrong guess is worse than none. Case and the difference of ``-`` and
    ``_`` count for nothing. None as well for names and candidates that are too long or too many.
    """
    return None if len(name) > MAX_LENGTH else CloseNames(candidates).to(name)


class CloseNames:
    """Candidates that many names are compared with; each question costs little."""

    def __init__(self, candidates: Iterable[str]) -> None:
        self._candidates = candidates
        self._index: dict[int, dict[frozenset[str], dict[str, list[str]]]] | None = None
        self._steps = 0

    def anew(self) -> CloseNames:
        """The same candidates, of which nothing has been asked yet."""
        if self._index is None:
            self._index = self._indexed()
        fresh = CloseNames(self._candidates)
        fresh._index = self._index
        return fresh

    def to(self, name: str, given: Container[str] = ()) -> str | None:
        """The candidate that ``name`` was surely meant to be, or None; see ``close_name``.

        It was none of those that are ``given``.
        """
        return nearest(name, (self,), given)

    def within(self, name: str) -> Iterator[str]:
        """All candidates that are close to ``name``, in no particular order."""
        return (candidate for candidate, _ in self.near(name))

    @property
    def is_spent(self) -> bool:
        """Whether so much has been looked at that nothing is answered any more."""
        return self._steps > MAX_STEPS

    def near(self, name: str) -> Iterator[tuple[str, int]]:
        """The candidates that are close to ``name``, with their distances."""
        if len(name) > MAX_LENGTH:
            return
        limit = 0 if len(name) < 2 else 1 if len(name) <= 4 else MOST_EDITS
        wanted = _folded(name)
        for folded, candidates in self._alike(wanted, limit):
            away = distance(wanted, folded, limit)
            if away <= limit:
                yield from ((candidate, away) for candidate in candidates)

    def _alike(self, wanted: str, limit: int) -> Iterator[tuple[str, list[str]]]:
        """What may be close by its length and letters: an edit changes two letters at most."""
        if self._index is None:
            self._index = self._indexed()
        letters = frozenset(wanted)
        for length in range(len(wanted) - limit, len(wanted) + limit + 1):
            for known, names in self._index.get(length, {}).items():
                self._steps += 1
                if len(letters ^ known) <= 2 * limit and self._steps <= MAX_STEPS:
                    self._steps += _COMPARISON * len(names)
                    yield from names.items()

    def _indexed(self) -> dict[int, dict[frozenset[str], dict[str, list[str]]]]:
        """The candidates by length, by letters, by how they are compared; none of too many."""
        found: dict[int, dict[frozenset[str], dict[str, list[str]]]] = {}
        known = tuple(islice(dict.fromkeys(self._candidates), MAX_CANDIDATES + 1))
        for candidate in known if len(known) <= MAX_CANDIDATES else ():
            if len(candidate) <= MAX_LENGTH:
                folded = _folded(candidate)
                by_letters = found.setdefault(len(folded), {})
                by_letters.setdefault(frozenset(folded), {}).setdefault(folded, []).append(
                    candidate
                )
        return found


def nearest(name: str, groups: Collection[CloseNames], given: Container[str] = ()) -> str | None:
    """The candidate of some groups that ``name`` was surely meant to be, or None; see ``close_name``.

    It was none of those that are ``given``.
    """
    found: dict[str, None] = {}
    limit = MOST_EDITS
    for candidate, away in (it for group in groups for it in group.near(name)):
        if candidate in given:
            continue
        if away < limit:
            limit, found = away, {}
        if away == limit:
            found[candidate] = None
    return next(iter(found)) if len(found) == 1 and not any(it.is_spent for it in groups) else None


def _folded(name: str) -> str:
    return name.lower().replace("_", "-")


def distance(left: str, right: str, limit: int) -> int:
    """The edit distance of two names, or some number above ``limit`` when it is larger."""
    return next((edits for edits in range(limit + 1) if _within(left, right, edits)), limit + 1)


def _within(left: str, right: str, edits: int) -> bool:
    """Whether so many edits make one text of the other; the first is where they differ first."""
    if edits == 0:
        return left == right
    if abs(len(left) - len(right)) > edits:
        return False
    start = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        start += 1
    left, right = left[start:], right[start:]
    if not left or not right:
        return True
    if _within(left[1:], right[1:], edits - 1):
        return True
    if _within(left[1:], right, edits - 1) or _within(left, right[1:], edits - 1):
        return True
    swapped = left[:2] == right[1::-1]
    return swapped and _within(left[2:], right[2:], edits - 1)
