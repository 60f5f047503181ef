"""What leads where, followed to the end."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping
    from typing import TypeVar

    N = TypeVar("N", bound=Hashable)


def reachable(
    leads: Mapping[N, Iterable[N]], starts: Iterable[N], found: set[N] | None = None
) -> set[N]:
    """The nodes ``starts``, and all that they lead to, directly or not.

    They are added to ``found``, if it is given, and what is there already is not followed.
    """
    found = set() if found is None else found
    stack = [start for start in starts if start not in found]
    found.update(stack)
    while stack:
        for target in leads.get(stack.pop(), ()):
            if target not in found:
                found.add(target)
                stack.append(target)
    return found


def turned(leads: Mapping[N, Iterable[N]]) -> dict[N, list[N]]:
    """The same the other way round: what leads to each node."""
    found: dict[N, list[N]] = {}
    for node, targets in leads.items():
        for target in targets:
            found.setdefault(target, []).append(node)
    return found
