"""Who approves the requests of a flow, read from the text of its implementation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.named_tuple import NamedTuple
from symlint.sym.access.approval.answers import merged, place_in
from symlint.sym.access.approval.approvers import Approvers
from symlint.sym.access.approval.decisions import (
    AUTOMATIC,
    DENIALS,
    GATES,
    automatic,
    denials,
    gates,
    turned_away,
)
from symlint.sym.access.approval.destinations import asked
from symlint.sym.access.approval.durations import set_by_hooks
from symlint.sym.access.approval.self_approval import of_destination, of_permission
from symlint.sym.access.cells import Cell, broken, digest, not_known
from symlint.sym.access.python.handlers import handlers_of
from symlint.sym.event.unavailable import failing as without_integrations

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Mapping, Sequence

    from symlint.sym.access.approval.answers import Place
    from symlint.sym.access.python.values import Option, PythonValue
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.model.flows import Flow
    from symlint.sym.model.strategies import Target


class Approvals(NamedTuple):
    """What the code of a flow says of approvals; ``duration`` is what hooks set, None where they set none."""

    approve: Cell
    denied_by: Cell
    self_approval: Cell
    gates: Cell
    automatic: Cell
    asked_in: Cell
    asked_by: Cell
    duration: Cell | None = None


def approvals_of(flow: Flow, target: Target | None) -> Approvals:
    """Who approves the requests of a flow for a target; for any one where the target is None."""
    from symlint.sym.implementation.carried import carried_by

    carried = carried_by(flow)
    if len(carried) != 1:
        reason = "the flow has no implementation"
        if carried:
            reason = "which code the flow has depends on a condition that is not known"
        return _all(not_known(reason, evidence=[flow.range("implementation")]))
    [one] = carried
    if one.code is None:
        return _all(not_known(one.reason, evidence=[one.used]))
    if one.code.module is None:
        return _all(_unparsed(one.code))
    module = one.code.module
    reading = _Reading(flow, one.code, module, target)
    failing = flow.sym.once_for(
        (without_integrations, module, flow), lambda: without_integrations(flow, one, module)
    )
    if failing or not reading.approvers.are_of_code_alone:
        return reading.approvals(failing)
    # What many flows have in common is said once.
    key = (approvals_of, reading.handlers, one.code.path or one.code)
    return flow.sym.once_for(key, lambda: reading.approvals({}))


def _unparsed(code: Code) -> Cell:
    """What is said of code that cannot be parsed; it may be right where only symlint does not read it."""
    from symlint.sym.implementation.grammar import newer_line

    problem = code.problem
    assert problem is not None
    if not problem.line:
        return not_known(f"the code is not read: {problem.message}", evidence=[code.whole])
    newer = newer_line(code, problem)
    if newer is not None:
        return not_known(f"the code has {newer}", evidence=[code.whole])
    return broken("the code cannot be parsed", "nobody", [code.whole])


def _all(cell: Cell) -> Approvals:
    return Approvals(cell, cell, cell, cell, cell, cell, cell)


class _Reading:
    """Reads the code of one flow, as it runs for one target."""

    def __init__(self, flow: Flow, code: Code, module: PythonModule, target: Target | None) -> None:
        self.handlers: Final = handlers_of(flow, code, module, target)
        self._code: Final = code
        self._scopes: Final = module.scopes
        self._place: Final = place_in(code)
        self._budget: Final = flow.sym.terraform.budget
        self.approvers: Final = Approvers(flow, self._place)

    def approvals(self, failing: Mapping[ast.expr, str]) -> Approvals:
        """What the code says: with ``get_permissions``, or as it was done before there was that.

        ``failing`` are the expressions that surely fail, with the reason.
        """
        permissions = self.handlers.options("get_permissions")
        if permissions is not None:
            found = self._by_permissions(permissions)
        else:
            destinations = self.handlers.options("get_approvers")
            if destinations is None:
                return _all(broken("the code has no get_permissions", "nobody", [self._code.whole]))
            found = self._by_destinations(destinations)
        if not failing:
            return found
        by, where = ("get_permissions", "get_request_notifications")
        if permissions is None:
            by = where = "get_approvers"
        return found._replace(
            approve=self._unless_failing(found.approve, (by,), failing),
            self_approval=self._unless_failing(found.self_approval, (by,), failing),
            denied_by=self._unless_failing(found.denied_by, DENIALS, failing),
            gates=self._unless_failing(found.gates, GATES, failing),
            automatic=self._unless_failing(found.automatic, AUTOMATIC, failing),
            asked_in=self._unless_failing(found.asked_in, (where,), failing),
        )

    def _unless_failing(
        self, cell: Cell, names: tuple[str, ...], failing: Mapping[ast.expr, str]
    ) -> Cell:
        """A cell, broken where one of the handlers that it was read from surely fails for some request."""
        # Where nothing is approved by itself, a failure changes nothing.
        if cell.state == "broken" or (names == AUTOMATIC and cell.value == ()):
            return cell
        functions = self.handlers.functions(names)
        for node, reason in failing.items():
            if self._scopes.function_of(node) in functions:
                evidence = dict.fromkeys((*cell.evidence, *self._place(node)))
                code = (digest(repr(cell.value)), *cell.code)
                return broken(reason, cell.text, evidence)._replace(code=code)
        return cell

    def _by_permissions(self, permissions: Sequence[Option]) -> Approvals:
        notified = self.handlers.options("get_request_notifications")
        return Approvals(
            merged(permissions, self.approvers.of, self._budget),
            denials(self.handlers, self._place),
            self._merged(permissions, of_permission),
            gates(self.handlers, self._place),
            automatic(self.handlers, self._place),
            Cell("nowhere: nobody is told of a request", value=())
            if notified is None
            else self._merged(notified, asked),
            turned_away(self.handlers, self._place),
            set_by_hooks(self.handlers, self._place),
        )

    def _by_destinations(self, destinations: Sequence[Option]) -> Approvals:
        where = approve = self._merged(destinations, asked)
        if where.state != "broken":
            text = f"everybody who sees {where.text}"
            approve = where._replace(text=text, value={"sees": where.value})
        return Approvals(
            approve,
            denials(self.handlers, self._place),
            self._merged(destinations, of_destination),
            gates(self.handlers, self._place),
            automatic(self.handlers, self._place),
            where,
            turned_away(self.handlers, self._place),
            set_by_hooks(self.handlers, self._place),
        )

    def _merged(
        self, options: Sequence[Option], read: Callable[[PythonValue, Place], Cell]
    ) -> Cell:
        return merged(options, lambda it: read(it, self._place), self._budget)
