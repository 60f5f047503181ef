"""Divides the work that a run may do among its root modules."""

from __future__ import annotations

from symlint.budget import MAXIMUM_STEPS, Budget


class Shares:
    """Lends each root module a budget.

    A root module has an equal share of one half of what the run may do, and half of what the other
    half still has. What it does not use is there for those after it. So one that takes all that it
    may leaves the others enough to be linted.
    """

    def __init__(self, steps: int = MAXIMUM_STEPS) -> None:
        self._half = steps // 2
        self._equal = self._half
        self._common = self._half

    def divide(self, roots: int) -> None:
        """Say how many root modules there are."""
        self._equal = self._half // max(roots, 1)

    def lend(self) -> Budget:
        """The budget of the next root module."""
        lent = self._common // 2
        self._common -= lent
        return Budget(self._equal + lent)

    def take_back(self, budget: Budget) -> None:
        """Add what a root module has not used to what the others may."""
        self._common += budget.remaining
