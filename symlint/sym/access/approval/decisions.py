"""What hooks decide: when an approval does not count, and when none is needed."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from symlint.named_tuple import NamedTuple
from symlint.sym.access.approval.answers import not_read, one_after_another
from symlint.sym.access.approval.conditions import any_of, clause, data, simplified
from symlint.sym.access.cells import Cell, broken
from symlint.sym.access.python.values import Called, Constant

if TYPE_CHECKING:
    import ast
    from collections.abc import Sequence

    from symlint.source.text import Range
    from symlint.sym.access.approval.answers import Place
    from symlint.sym.access.cells import Data
    from symlint.sym.access.python.handlers import Handlers
    from symlint.sym.access.python.values import Option, PythonValue, Test

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


class _Ways(NamedTuple):
    """The ways on which hooks decide: the tests of each, empty for one that is taken in any case."""

    tests: list[Sequence[Test]]
    evidence: tuple[Range, ...]
    code: tuple[str, ...]

    @property
    def certain(self) -> bool:
        """Whether it is decided so in any case."""
        return not all(self.tests)

    def words(self, unless: str, when: str) -> str:
        """The tests behind the words of a column for "unless" and for "when"."""
        word, _, tests = clause(self.tests).partition(" ")
        return f"{unless if word == 'unless' else when} {tests}"

    def cell(self, text: str, value: Data = None) -> Cell:
        """What is so by these conditions."""
        if value is None:
            value = data(self.tests)
        return Cell(text, "conditional", value, "", self.evidence, self.code)


def gates(handlers: Handlers, place: Place) -> Cell:
    """When an approval does not count."""
    ways = _ways(handlers, GATES, place)
    if ways is None:
        return _nothing(handlers, GATES, "none", "every approval counts", place)
    if isinstance(ways, Cell):
        return ways
    if ways.certain:
        return broken("every approval is ignored", "no approval counts", ways.evidence)
    words = ways.words("counts only when", "does not count when")
    return ways.cell(f"an approval {words}; {_OVERRIDE}")


def denials(handlers: Handlers, place: Place) -> Cell:
    """Who can deny a request."""
    everybody = "whoever can approve"
    ways = _ways(handlers, DENIALS, place)
    if ways is None:
        return _nothing(handlers, DENIALS, everybody, "every denial counts", place)
    if isinstance(ways, Cell):
        return ways
    if ways.certain:
        return Cell("nobody: every denial is ignored", value="nobody", evidence=ways.evidence)
    return ways.cell(f"{everybody}, {ways.words('only if', 'unless')}")


def automatic(handlers: Handlers, place: Place) -> Cell:
    """When access is given without anybody's approval."""
    ways = _ways(handlers, AUTOMATIC, place)
    if ways is None:
        return _nothing(handlers, AUTOMATIC, "never", "no request is approved by it", place)
    if isinstance(ways, Cell):
        return ways
    if ways.certain:
        return Cell("always", value="always", evidence=ways.evidence)
    return ways.cell(clause(ways.tests))


def turned_away(handlers: Handlers, place: Place) -> Cell:
    """Who may ask, as far as hooks decide it: every member whose request none of them ends."""
    ways = _ways(handlers, _ASKED, place)
    everybody = "every member of the organization"
    if isinstance(ways, Cell) and ways.state != "broken":
        return ways._replace(text="members of the organization whom no hook turns away")
    # Of a hook that fails, its own column says so: it turns nobody away.
    if ways is None or isinstance(ways, Cell):
        return Cell(everybody, value="members")
    if ways.certain:
        return broken("every request is turned away", "nobody", ways.evidence)
    text = f"{everybody}, unless {any_of(ways.tests)}"
    return ways.cell(text, {"unless": data(ways.tests)})


def _nothing(
    handlers: Handlers, hooks: tuple[str, ...], text: str, effect: str, place: Place
) -> Cell:
    """The cell where hooks decide nothing; broken where they mean to, and do not return it."""
    lost = handlers.lost(hooks, _METHODS[hooks])
    if lost is None:
        return Cell(text, value=())
    text = f"{text}: the result of {lost.name} is not returned"
    return Cell(text, "broken", (), effect, place(lost.call))


def _ways(handlers: Handlers, hooks: tuple[str, ...], place: Place) -> _Ways | Cell | None:
    """The ways on which some hooks return one of the transitions that they are read for; None without any.

    A cell that is not known where a hook may return what only running it would tell.
    """
    found = _transitions(handlers, hooks, place)
    if isinstance(found, Cell):
        return found
    if not found:
        return None
    return _Ways(
        simplified([option.tests for option in found]),
        tuple(it for option in found for it in place(_node(option))),
        one_after_another(test.code for option in found for test in option.tests),
    )


def _transitions(handlers: Handlers, hooks: tuple[str, ...], place: Place) -> list[Option] | Cell:
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


def _node(option: Option) -> ast.AST:
    assert isinstance(option.value, Called)
    return option.value.node
