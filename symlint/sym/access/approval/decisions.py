"""What hooks decide: when an approval does not count, and when none is needed."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from symlint.sym.access.approval.answers import not_read, one_after_another
from symlint.sym.access.approval.conditions import any_of, clause, data, simplified
from symlint.sym.access.cells import Cell, broken
from symlint.sym.access.python.values import Called, Constant

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable

    from symlint.sym.access.approval.answers import Place
    from symlint.sym.access.python.handlers import Handlers
    from symlint.sym.access.python.values import Option, PythonValue

_TEMPLATES: Final = "sym.sdk.templates."
GATES: Final = ("on_approve",)
"""The hooks that can refuse an approval."""
AUTOMATIC: Final = ("on_prompt", "on_request", "after_request")
"""The hooks that can give access without one."""
DENIALS: Final = ("on_deny",)
"""The hooks that can refuse a denial."""
_ASKED: Final = ("on_prompt", "on_request")
_METHODS: Final = {
    GATES: ("ignore", "deny"),
    AUTOMATIC: ("approve", "escalate"),
    DENIALS: ("ignore",),
    _ASKED: ("ignore", "deny"),
}
_OVERRIDE: Final = "an admin can approve in the web app all the same"


def gates(handlers: Handlers, place: Place) -> Cell:
    """When an approval does not count."""
    ways = _transitions(handlers, GATES, place)
    if isinstance(ways, Cell):
        return ways
    if not ways:
        return _nothing(handlers, GATES, "none", "every approval counts", place)
    evidence = tuple(it for option in ways for it in place(_node(option)))
    tests = simplified([option.tests for option in ways])
    if not all(tests):
        return broken("every approval is ignored", "no approval counts", evidence)
    words = clause(tests)
    counts = "counts only when" if words.startswith("unless ") else "does not count when"
    return Cell(
        f"an approval {counts} {words.partition(' ')[2]}; {_OVERRIDE}",
        "conditional",
        data(tests),
        "",
        evidence,
        _code(ways),
    )


def denials(handlers: Handlers, place: Place) -> Cell:
    """Who can deny a request."""
    everybody = "whoever can approve"
    ways = _transitions(handlers, DENIALS, place)
    if isinstance(ways, Cell):
        return ways
    if not ways:
        return _nothing(handlers, DENIALS, everybody, "every denial counts", place)
    evidence = tuple(it for option in ways for it in place(_node(option)))
    tests = simplified([option.tests for option in ways])
    if not all(tests):
        return Cell("nobody: every denial is ignored", value="nobody", evidence=evidence)
    words = clause(tests)
    only = "only if" if words.startswith("unless ") else "unless"
    text = f"{everybody}, {only} {words.partition(' ')[2]}"
    return Cell(text, "conditional", data(tests), "", evidence, _code(ways))


def automatic(handlers: Handlers, place: Place) -> Cell:
    """When access is given without anybody's approval."""
    ways = _transitions(handlers, AUTOMATIC, place)
    if isinstance(ways, Cell):
        return ways
    if not ways:
        return _nothing(handlers, AUTOMATIC, "never", "no request is approved by it", place)
    tests = simplified([option.tests for option in ways])
    evidence = tuple(it for option in ways for it in place(_node(option)))
    if not all(tests):
        return Cell("always", value="always", evidence=evidence)
    return Cell(clause(tests), "conditional", data(tests), "", evidence, _code(ways))


def turned_away(handlers: Handlers, place: Place) -> Cell:
    """Who may ask, as far as hooks decide it: every member whose request none of them ends."""
    ways = _transitions(handlers, _ASKED, place)
    everybody = "every member of the organization"
    if isinstance(ways, Cell) and ways.state != "broken":
        return ways._replace(text="members of the organization whom no hook turns away")
    # Of a hook that fails, its own column says so: it turns nobody away.
    if isinstance(ways, Cell) or not ways:
        return Cell(everybody, value="members")
    evidence = tuple(it for option in ways for it in place(_node(option)))
    tests = simplified([option.tests for option in ways])
    if not all(tests):
        return broken("every request is turned away", "nobody", evidence)
    text = f"{everybody}, unless {any_of(tests)}"
    return Cell(text, "conditional", {"unless": data(tests)}, "", evidence, _code(ways))


def _nothing(
    handlers: Handlers, hooks: tuple[str, ...], text: str, effect: str, place: Place
) -> Cell:
    """The cell where hooks decide nothing; broken where they mean to, and do not return it."""
    lost = handlers.lost(hooks, _METHODS[hooks])
    if lost is None:
        return Cell(text, value=())
    text = f"{text}: the result of {lost.name} is not returned"
    return Cell(text, "broken", (), effect, place(lost.call))


def _transitions(handlers: Handlers, hooks: tuple[str, ...], place: Place) -> list[Option] | Cell:
    """The ways on which one of some hooks returns one of the transitions that they are read for.

    A cell that is not known where a hook may return what only running it would tell.
    """
    found = []
    for option in chain.from_iterable(handlers.options(hook) or () for hook in hooks):
        value = option.value
        name = transition_of(value)
        if name is not None:
            if name in _METHODS[hooks]:
                found.append(option)
        elif not isinstance(value, Constant) or value.value is not None:
            return not_read(value, place)
    return found


def transition_of(value: PythonValue) -> str | None:
    """The method of ``ApprovalTemplate`` that a value is a call of: "ignore"; None for any other value."""
    if not isinstance(value, Called) or not value.name.startswith(_TEMPLATES):
        return None
    return value.name.rpartition(".")[2]


def _code(ways: Iterable[Option]) -> tuple[str, ...]:
    return one_after_another(test.code for option in ways for test in option.tests)


def _node(option: Option) -> ast.AST:
    assert isinstance(option.value, Called)
    return option.value.node
