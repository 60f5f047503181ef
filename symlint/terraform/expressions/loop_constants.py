"""What is the same in each turn of a ``for``: calls in which none of its names occur."""

from __future__ import annotations

from bisect import bisect_left

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl.nodes import Traversal
from symlint.hcl.walk import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from symlint.budget import Budget
    from symlint.hcl.nodes import Call, For, TemplateFor
    from symlint.terraform.values.value import Value

_STEPS_PER_NODE: Final = 2


class LoopConstants:
    """The values of calls in a ``for`` that are the same for all its elements.

    ``{ for k in keys(jsondecode(file("x"))) : k => jsondecode(file("x"))[k] }`` is how real
    configurations go through a file: without this, it would be decoded once for each of its keys.
    ``around`` are those of the loop that this one is in.
    """

    __slots__ = ("_around", "_budget", "_node", "_uses", "_values")

    def __init__(
        self, node: For | TemplateFor, budget: Budget, around: LoopConstants | None = None
    ) -> None:
        self._node: Final = node
        self._around: Final = around
        self._budget: Final = budget
        self._uses: Sequence[int] | None = None
        self._values: Final[dict[int, Value]] = {}

    def value(self, call: Call, compute: Callable[[], Value]) -> Value:
        """The value of a call in the body, computed once if it is the same for all elements."""
        if not self._is_constant(call):
            return compute()
        if self._around is not None and self._around._is_constant(call):
            return self._around.value(call, compute)
        value = self._values.get(id(call))
        if value is None:
            value = self._values[id(call)] = compute()
        return value

    def _is_constant(self, call: Call) -> bool:
        if self._uses is None:
            self._uses = self._starts_of_names()
        following = bisect_left(self._uses, call.start)
        return following == len(self._uses) or self._uses[following] >= call.end

    def _starts_of_names(self) -> Sequence[int]:
        """Where a name of the ``for`` is used; everywhere, if looking for them is too much work."""
        names = (self._node.key_name, self._node.value_name)
        starts = []
        for node in walk(self._node):
            if not self._budget.spend(_STEPS_PER_NODE):
                return range(self._node.start, self._node.end)
            if type(node) is Traversal and node.root in names:
                starts.append(node.start)
        return sorted(starts)
