"""Did you mean: the one name that is close to a mistyped one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def close_name(name: str, candidates: Iterable[str]) -> str | None:
    """The one candidate that ``name`` was surely meant to be, or None.

    Close is an edit distance (insertions, deletions, replacements, swaps of neighbours) of at
    most 1 for names of up to four characters, 2 for longer ones. None when two candidates are
    equally close, for a wrong guess is worse than none. Case and the difference of ``-`` and
    ``_`` count for nothing.
    """
    limit = 1 if len(name) <= 4 else 2
    wanted = _folded(name)
    nearest: list[str] = []
    for candidate in dict.fromkeys(candidates):
        away = distance(wanted, _folded(candidate), limit)
        if away < limit:
            limit, nearest = away, []
        if away == limit:
            nearest.append(candidate)
    return nearest[0] if len(nearest) == 1 else None


def _folded(name: str) -> str:
    return name.lower().replace("_", "-")


def distance(left: str, right: str, limit: int) -> int:
    """The edit distance of two names, or some number above ``limit`` when it is larger."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before_last: list[int] = []
    last = list(range(len(right) + 1))
    for i, character in enumerate(left, 1):
        row = [i]
        for j, other in enumerate(right, 1):
            cost = last[j - 1] + (character != other)
            cost = min(cost, last[j] + 1, row[j - 1] + 1)
            if i > 1 and j > 1 and character == right[j - 2] and left[i - 2] == other:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before_last, last = last, row
    return last[-1]
