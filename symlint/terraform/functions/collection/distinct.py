"""Elements that differ from each other."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.terraform.values.equality import equal, identity, is_settled
from symlint.terraform.values.types import contains_any
from symlint.terraform.values.whole_objects import expanded

if TYPE_CHECKING:
    from collections.abc import Hashable

    from symlint.terraform.functions.calls import Call
    from symlint.terraform.values.types import Type
    from symlint.terraform.values.value import Value


class Distinct:
    """Values of one type, none of which equals another, in the order in which they came.

    What is wholly known is looked up; any other value is compared with each.
    """

    def __init__(self, type_: Type, call: Call) -> None:
        self.values: list[Value] = []
        self._call = call
        self._typed = not contains_any(type_)
        self._known: set[Hashable] = set()
        self._others: list[Value] = []

    def has(self, value: Value) -> bool | None:
        """Whether one of the values equals this one; None when that is undecided."""
        key = self._key(value)
        if key is not None and key in self._known:
            return True
        compared = self._others if key is not None else self.values
        answer: bool | None = False
        for other in compared:
            self._call.spend_on(other)
            one = equal(value, other)
            if one:
                return True
            answer = None if one is None else answer
        return answer

    def add(self, value: Value) -> None:
        """Take a value that none of the others equals."""
        key = self._key(value)
        self.values.append(value)
        if key is None:
            self._others.append(value)
        else:
            self._known.add(key)

    def _key(self, value: Value) -> Hashable | None:
        plain = expanded(value)
        return identity(plain) if self._typed and is_settled(plain) else None
