"""The directions that a change may have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from symlint.sym.access.cells import Data

Direction: TypeAlias = Literal["widened", "narrowed", "neutral", "not comparable"]


class Turn(NamedTuple):
    """The direction of a change; ``sentence`` says who can get what that was not possible before."""

    direction: Direction
    sentence: str = ""


NARROWED: Final = Turn("narrowed")
NEUTRAL: Final = Turn("neutral")
UNDECIDED: Final = Turn("not comparable")
OTHER_CODE: Final = Turn("not comparable", "look at what this names: it has changed")


def sets(before: Data, after: Data, sentence: str) -> Turn:
    """More elements are wider; ``sentence`` is said of those that are new."""
    if not isinstance(before, tuple) or not isinstance(after, tuple):
        return UNDECIDED
    added = [str(it) for it in after if it not in before]
    removed = [it for it in before if it not in after]
    if added and removed:
        return UNDECIDED
    if added:
        return Turn("widened", sentence.format(", ".join(added)))
    return NARROWED if removed else NEUTRAL
