"""What hooks decide: when an approval does not count, and when none is needed."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from symlint.sym.access.approval.answers import not_read
from symlint.sym.access.approval.conditions import clause, data, simplified
from symlint.sym.access.cells import Cell, broken
from symlint.sym.access.python.values import Called, Constant

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Sequence

    from symlint.sym.access.approval.answers import Place
    from symlint.sym.access.python.handlers import Handlers
    from symlint.sym.access.python.values import Option

_TEMPLATES: Final = "sym.sdk.templates."
_AUTOMATIC: Final = ("on_prompt", "on_request", "after_request")
_OVERRIDE: Final = "an admin can approve in the web app all the same"


def gates(handlers: Handlers, place: Place) -> Cell:
    """When an approval does not count."""
    ways = _transitions(handlers, ("on_approve",), ("ignore", "deny"), place)
    if isinstance(ways, Cell):
        return ways
    if not ways:
        lost = handlers.dropped("on_approve", ("ignore", "deny"))
        if lost:
            text = f"none: the result of ApprovalTemplate.{lost[0]} is not returned"
            return Cell(text, "broken", (), "every approval counts", place(lost[1]))
        return Cell("none", value=())
    evidence = tuple(it for option in ways for it in place(_node(option)))
    tests = simplified([option.tests for option in ways])
    if not all(tests):
        return broken("every approval is ignored", "no approval counts", evidence)
    return Cell(
        f"an approval does not count {clause(tests)}; {_OVERRIDE}",
        "conditional",
        data(tests),
        "",
        evidence,
    )


def automatic(handlers: Handlers, place: Place) -> Cell:
    """When access is given without anybody's approval."""
    ways = _transitions(handlers, _AUTOMATIC, ("approve", "escalate"), place)
    if isinstance(ways, Cell):
        return ways
    if not ways:
        return Cell("never", value=())
    tests = simplified([option.tests for option in ways])
    evidence = tuple(it for option in ways for it in place(_node(option)))
    if not all(tests):
        return Cell("always", value="always", evidence=evidence)
    return Cell(clause(tests), "conditional", data(tests), "", evidence)


def _transitions(
    handlers: Handlers, hooks: Iterable[str], names: Sequence[str], place: Place
) -> list[Option] | Cell:
    """The ways on which one of some hooks returns one of some transitions.

    A cell that is not known where a hook may return what only running it would tell.
    """
    found = []
    for option in chain.from_iterable(handlers.options(hook) or () for hook in hooks):
        value = option.value
        if isinstance(value, Called) and value.name.startswith(_TEMPLATES):
            if value.name.rpartition(".")[2] in names:
                found.append(option)
        elif not isinstance(value, Constant) or value.value is not None:
            return not_read(value, place)
    return found


def _node(option: Option) -> ast.AST:
    assert isinstance(option.value, Called)
    return option.value.node
