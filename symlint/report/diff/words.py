"""What all forms of a comparison say in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.report.summary import count
from symlint.sym.access.grants import COLUMNS

if TYPE_CHECKING:
    from symlint.lint.access.comparison import Change, Comparison
    from symlint.sym.access.turns import Direction

HEADINGS: Final[dict[Direction, str]] = {
    "widened": "Widened: somebody can get more than before",
    "not comparable": "Look at these: whether that is more or less is not known",
    "narrowed": "Narrowed",
    "neutral": "Changed, with the same access",
}
_SHORT: Final[dict[Direction, str]] = {
    "widened": "widened",
    "not comparable": "to look at",
    "narrowed": "narrowed",
    "neutral": "neutral",
}


def headline(comparison: Comparison) -> str:
    """One line: how many changes there are in each direction."""
    unchanged = count(comparison.unchanged, "grant") + " unchanged"
    if not comparison.changes:
        return f"No change of access: {unchanged}"
    parts = [
        f"{len(found)} {_SHORT[direction]}"
        for direction in HEADINGS
        if (found := comparison.of(direction))
    ]
    return f"Access changed: {', '.join(parts)}; {unchanged}"


def subject(change: Change) -> str:
    """The flow, with its environment where its name does not say it, and the target."""
    environment = change.environment
    told = environment.casefold() in change.flow.casefold()
    flow = change.flow if told else f"{change.flow} in {environment}"
    return f"{flow}, {change.target}" if change.target else flow


def column(change: Change) -> str:
    """The heading of the column that changed."""
    return COLUMNS.get(change.column, change.column)
