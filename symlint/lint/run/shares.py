"""Divides the work that a run may do among its root modules."""

from __future__ import annotations

from symlint.annotations import Final
from symlint.budget import MAXIMUM_STEPS, Budget, steps_for

STEPS_PER_ROOT: Final = 20_000
"""What each root module may do in any case, in steps."""

FEWEST_ROOTS: Final = 8_000
"""How many root modules are looked at in any case: the smallest take a millisecond each."""

_STEPS_TO_FIND: Final = 500
"""What it takes to find a root module, in steps."""

_STEPS_TO_BEGIN: Final = 10_000
"""What it takes to open a root module and to run rules that find nothing, in steps."""


def too_many(number: int) -> str:
    """Why so many root modules are not looked at."""
    what = "1 root module is" if number == 1 else f"{number:,} root modules are"
    return f"{what} not looked at: there are too many for one run; name some of the folders"


class Shares:
    """Lends each root module a budget.

    Beside a fixed amount, a root module has an equal share of one half of what the run may do, and
    three quarters of what the other half still has. What it does not use is there for those after it. So one
    that takes all that it may leaves the others enough to be linted.
    """

    def __init__(self, steps: int = MAXIMUM_STEPS, *, spent: int = 0) -> None:
        """``spent`` is what another part of the same run has used of it, in steps."""
        self._steps = steps - spent
        self._characters = 0
        self.used = 0
        """What root modules have used so far, in steps, with what each takes uncounted."""
        self.most = FEWEST_ROOTS
        """How many root modules can be linted at all; there may be thousands that say next to nothing."""
        self.divide(1, 0)

    @classmethod
    def fixed(cls, equal: int, common: int) -> Shares:
        """Some root modules' part of the shares of a run; nothing that is read adds to it."""
        shares = cls(0)
        shares._equal, shares._common = equal, common
        return shares

    @property
    def equal(self) -> int:
        """What each root module may do in any case, in steps."""
        return self._equal

    @property
    def common(self) -> int:
        """What is left, in steps, for those that need more."""
        return self._common

    def divide(self, roots: int, characters: int) -> None:
        """Say how many root modules there are, and how many characters have been read to find them."""
        steps = max(0, self._steps + self.for_more(characters))
        self.most = max(FEWEST_ROOTS, (steps - roots * _STEPS_TO_FIND) // _STEPS_TO_BEGIN)
        half = steps // 2
        self._equal = STEPS_PER_ROOT + half // max(roots, 1)
        self._common = half

    def for_more(self, characters: int) -> int:
        """The steps for what has been read since this was asked last; the run has read ``characters``."""
        before, self._characters = self._characters, characters
        return steps_for(before, characters - before)

    @property
    def next(self) -> int:
        """What the next root module may do, in steps."""
        return self._equal + self._common * 3 // 4

    def lend(self) -> Budget:
        """The budget of the next root module."""
        budget = Budget(self.next)
        self._common -= self._common * 3 // 4
        return budget

    def take_back(self, budget: Budget) -> None:
        """Add what a root module has not used to what the others may."""
        self.used += STEPS_PER_ROOT + budget.allowed - budget.remaining
        self._common += budget.remaining
