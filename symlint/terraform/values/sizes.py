"""A limit on the size of values, against exponential growth by nesting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.budget import TOO_MUCH_WORK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from symlint.budget import Budget
    from symlint.terraform.values.value import Value

MOST_PARTS: Final = 1_000_000
DEEPEST: Final = 100
_PARTS_PER_STEP: Final = 8


def within_bounds(elements: Iterable[Value], budget: Budget) -> bool:
    """Whether a collection of these elements is small enough to be made.

    Parts that occur several times count every time: ``[b, b]`` of ``b = [c, c]`` has four. All
    who go through values, by whatever path, then have a bounded distance to go, and need no bound on
    their depth. The parts are taken from the budget.
    """
    level = [content for element in elements if (content := _parts(element))]
    counted = 0
    depth = 0
    while level:
        counted += sum(map(len, level))
        depth += 1
        if counted > MOST_PARTS or depth > DEEPEST:
            budget.give_up(TOO_MUCH_WORK)
            return False
        level = [content for parts in level for element in parts if (content := _parts(element))]
    return budget.spend(1 + counted // _PARTS_PER_STEP)


def _parts(value: Value) -> Collection[Value] | None:
    content = value.content
    if isinstance(content, tuple):
        return content
    return content.values() if isinstance(content, dict) else None
