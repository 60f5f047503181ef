"""Close names: what somebody who wrote an undeclared name may have meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def close_name(wanted: str, declared: Iterable[str]) -> str | None:
    """The one declared name that is close to ``wanted``; None when there are none or several.

    Close is an edit distance (insertions, deletions, replacements, swaps of neighbours) of at
    most 1 for names of up to four characters, at most 2 for longer ones.
    """
    limit = 1 if len(wanted) <= 4 else 2
    folded = wanted.lower().replace("-", "_")
    found = []
    for name in declared:
        if abs(len(name) - len(wanted)) > limit:
            continue
        if name.lower().replace("-", "_") == folded or distance(wanted, name, limit) <= limit:
            found.append(name)
    return found[0] if len(found) == 1 else None


def distance(left: str, right: str, limit: int) -> int:
    """The edit distance of two names, or some number above ``limit`` when it is larger."""
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
