"""How much work a run may still do, counted in steps so that every machine gives up at the same place.

A step is an element made, a few characters written, a node of an expression visited: about a fifth of
a microsecond of work, and memory in proportion. Measured on cores that two processes shared: 3.7 million
steps a second for 800 resources with all rules, 2.5 million where functions read JSON and render
templates (Azure's enterprise-scale landing zones, 65 million in all).

Of what spends most, in millions of steps a second of the processor, on cores that ten processes shared:
evaluation 2.5 to 7, the schema of the provider 2.5 to 6, links 2 to 6, the inventory of access 4, each
further flow with the same Python 17, questions that rules ask 2 to 5.
"""

from __future__ import annotations

from symlint.annotations import Final

MAXIMUM_STEPS: Final = 10_000_000
"""What a run may do whatever its size, in steps: two or three seconds of work."""

STEPS_PER_CHARACTER: Final = 10
"""What it may do in addition for each character of Terraform that it reads, in steps.

Of large public configurations, none of less than a megabyte needs more than eight tenths of what it may do; one
that evaluates the same 1.5 million characters of JSON for each of seven root modules takes thirty a character.
"""

_MANY_CHARACTERS: Final = 1_000_000
_STEPS_PER_CHARACTER_BEYOND: Final = 100
"""What it may do for each character beyond so many: what is so large is large because it must be."""


def steps_for(before: int, characters: int) -> int:
    """The steps that so many characters allow to a run that has read some before."""
    beyond = before + characters - max(before, _MANY_CHARACTERS)
    beyond = min(characters, max(0, beyond))
    return (characters - beyond) * STEPS_PER_CHARACTER + beyond * _STEPS_PER_CHARACTER_BEYOND


TOO_MUCH_WORK: Final = (
    "evaluating it takes more work than symlint does for one configuration: what depends on that is "
    "undecided, and mistakes may be missed"
)

_LARGEST_SHARE: Final = 2


class Budget:
    """How much work and memory may still be used.

    It counts down as work is done. When ``spend`` returns false the evaluator returns an unknown
    value of kind "budget".
    """

    __slots__ = (
        "allowed",
        "for_instances",
        "given_up",
        "instances_left_out",
        "ran_out",
        "remaining",
    )

    def __init__(self, steps: int = MAXIMUM_STEPS) -> None:
        self.allowed = self.remaining = steps
        self.for_instances = steps // 2
        """What of it may be spent on instances of blocks; the rest is for looking at them."""
        self.instances_left_out = False
        """Whether something has no instances because they are too much work."""
        self.given_up: Final[dict[str, None]] = {}
        """What was not done because it is too much, as sentences without a full stop, in order."""
        self.ran_out = False
        """Whether less was spent than was to be; with more steps, less may have been left."""

    @property
    def was_ample(self) -> bool:
        """Whether more steps would have made no difference."""
        return not (self.given_up or self.ran_out)

    def spend(self, steps: int, what: str = TOO_MUCH_WORK) -> bool:
        """Take ``steps`` (elements made, characters written, nodes visited).

        False when they are more than what is left: ``what`` is given up then.
        """
        if steps > self.remaining:
            self.give_up(what)
            return False
        self.remaining -= steps
        return True

    def can_spare(self, steps: int) -> bool:
        """Take ``steps`` for something that can be left out, if half of all are left then."""
        if (self.remaining - steps) * 2 < self.allowed:
            return False
        self.remaining -= steps
        return True

    def spend_on_instances(self, steps: int, what: str) -> bool:
        """Take ``steps`` for instances of modules and resources, as ``spend`` does."""
        if steps > min(self.for_instances, self.remaining):
            self.instances_left_out = True
            self.give_up(what)
            return False
        self.for_instances -= steps
        return self.spend(steps, what)

    def spend_what_is_left(self, steps: int) -> None:
        """Take ``steps``, or as many as there are, for work that has come to nothing anyway."""
        self.ran_out = self.ran_out or steps > self.remaining
        self.remaining -= min(steps, self.remaining)

    def lose(self) -> None:
        """Take half of what is left, for work that was done and came to nothing.

        So there is an end to what is begun again and again, and is too much each time.
        """
        self.remaining //= 2

    def give_up(self, what: str) -> None:
        """Take note of something that is too much work, whatever is left."""
        self.given_up[what] = None

    def reserve(self, share: int = _LARGEST_SHARE) -> int:
        """Keep all but one ``share``-th of what is left; returns what is to be released again.

        So one value that is too much work leaves enough for all others.
        """
        before = self.remaining
        self.remaining = before // share
        return before - self.remaining

    def release(self, reserved: int) -> None:
        """Let be spent what was reserved."""
        self.remaining += reserved

    def add(self, steps: int) -> None:
        """Allow more work than before."""
        self.allowed += steps
        self.remaining += steps
        self.for_instances += steps // 2
