"""How much work the evaluation of a configuration may still do."""

from __future__ import annotations

from typing import Final

MAXIMUM_STEPS: Final = 20_000_000


class Budget:
    """How much work and memory one evaluation of a configuration may still use.

    It counts down as work is done. When ``spend`` returns false the
    evaluator returns an unknown value of kind "budget".
    """

    __slots__ = ("remaining",)

    def __init__(self, steps: int = MAXIMUM_STEPS) -> None:
        self.remaining = steps

    def spend(self, steps: int) -> bool:
        """Take ``steps`` (elements made, characters written, nodes visited); false when spent."""
        if steps > self.remaining:
            return False
        self.remaining -= steps
        return True
