"""Who approves the requests of a flow, read from the text of its implementation."""

from __future__ import annotations

import ast
from itertools import chain
from typing import TYPE_CHECKING, Final

from symlint.named_tuple import NamedTuple
from symlint.sym.access.cells import Cell, broken, not_known
from symlint.sym.access.conditions import clause, complementary, data, simplified
from symlint.sym.access.destinations import asked
from symlint.sym.access.handlers import handlers_of
from symlint.sym.access.python_values import (
    Called,
    Choice,
    Computed,
    Constant,
    Items,
    Named,
    Option,
    options_of,
)
from symlint.sym.model.texts import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from symlint.source.text import Range
    from symlint.sym.access.python_values import PythonValue
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.model.flows import Flow
    from symlint.sym.model.views import Lookup, View

_LEVELS: Final = {"admin": "admins", "member": "members", "all_users": "everybody"}
_TEMPLATES: Final = "sym.sdk.templates."
_AUTOMATIC: Final = ("on_prompt", "on_request", "after_request")
_STEPS_PER_OPTION: Final = 150
"""What it costs to say one thing that a handler may give, in steps of the budget."""

_PERMISSION: Final = "sym.sdk.request_permission.RequestPermission"
_LEVEL: Final = "sym.sdk.request_permission.PermissionLevel."
_OVERRIDE: Final = "an admin can approve in the web app all the same"


class Approvals(NamedTuple):
    """What the code of a flow says of approvals."""

    approve: Cell
    self_approval: Cell
    gates: Cell
    automatic: Cell
    asked_in: Cell


def approvals_of(flow: Flow) -> Approvals:
    """Who approves the requests of a flow."""
    carried = flow.sym.once(_of_flows).get(flow, [])
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
    reading = _Reading(flow, one, one.code.module)
    if reading.guests is not None or not flow.params_known:
        return reading.approvals()
    # What many flows have in common is said once.
    code = one.code
    key = (approvals_of, reading.handlers, code.path or code)
    return flow.sym.once_for(key, reading.approvals)


def _of_flows(sym: Lookup) -> dict[View, list[Implementation]]:
    """The code of each flow, or each of those that may be its code."""
    from symlint.sym.implementation.carried import implementations

    found: dict[View, list[Implementation]] = {}
    for one in sym.once(implementations):
        if one.role == "flow":
            found.setdefault(one.view, []).append(one)
    return found


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
    return Approvals(cell, cell, cell, cell, cell)


class _Reading:
    """Reads the code of one flow."""

    def __init__(self, flow: Flow, one: Implementation, module: PythonModule) -> None:
        assert one.code is not None
        self.flow = flow
        self.code = one.code
        self.handlers = handlers_of(flow, one.code, module)
        self.budget = flow.sym.terraform.budget
        params = flow.params
        self.guests = None if params is None else params.argument("allow_guest_interaction")

    def approvals(self) -> Approvals:
        permissions = self.handlers.options("get_permissions")
        if permissions is not None:
            approve = self._merged(permissions, self._approvers)
            own = self._merged(permissions, self._own)
            notified = self.handlers.options("get_request_notifications")
            where = (
                Cell("nowhere: nobody is told of a request", value=())
                if notified is None
                else self._merged(notified, lambda it: asked(it, self.place))
            )
            return Approvals(approve, own, self._gates(), self._automatic(), where)
        destinations = self.handlers.options("get_approvers")
        if destinations is None:
            cell = broken("the code has no get_permissions", "nobody", [self.code.whole])
            return _all(cell)
        where = self._merged(destinations, lambda it: asked(it, self.place))
        approve = where
        if where.state != "broken":
            text = f"everybody who sees {where.text}"
            approve = where._replace(text=text, value={"sees": where.value})
        return Approvals(
            approve,
            self._merged(destinations, self._own_of_destination),
            self._gates(),
            self._automatic(),
            where,
        )

    def place(self, node: ast.AST) -> tuple[Range, ...]:
        """Where a node stands."""
        if isinstance(node, (ast.expr, ast.stmt)):
            return (self.code.range(node),)
        return (self.code.whole,)

    # --- what a reducer gives ---

    def _merged(self, options: Sequence[Option], read: Callable[[PythonValue], Cell]) -> Cell:
        """One cell for what a reducer may give: with the conditions, where there are several."""
        if not self.budget.spend(_STEPS_PER_OPTION * len(options)):
            return not_known("what it gives takes too much work to say")
        cells = [(option, read(option.value)) for option in options]
        first = cells[0][1]
        if all(cell[:4] == first[:4] for _, cell in cells):
            evidence = tuple(it for _, cell in cells for it in cell.evidence)
            return first._replace(evidence=tuple(dict.fromkeys(evidence)))
        texts = []
        for number, (option, cell) in enumerate(cells):
            otherwise = number == 1 and len(cells) == 2 and complementary(options[0], option)
            text = "otherwise" if otherwise else clause([option.tests])
            texts.append(f"{cell.text} {text}".strip())
        unknown = next((cell for _, cell in cells if not cell.is_known), None)
        return Cell(
            "; ".join(texts),
            "conditional" if unknown is None else unknown.state,
            tuple({"if": data([it.tests]), "value": cell.value} for it, cell in cells),
            "" if unknown is None else unknown.reason,
            tuple(it for _, cell in cells for it in cell.evidence),
        )

    def _approvers(self, value: PythonValue) -> Cell:
        if not isinstance(value, Called) or value.name != _PERMISSION:
            return self._not_read(value)
        level = value.arguments.get("approve_deny")
        if level is None:
            return broken("approve_deny is missing", "nobody", self.place(value.node))
        return self._merged(tuple(options_of(level)), self._level)

    def _level(self, level: PythonValue) -> Cell:
        """Who a value of approve_deny is."""
        if isinstance(level, Choice):
            return not_known("it depends on conditions within conditions")
        evidence = self.place(level.node)
        name = _level(level)
        if name is not None:
            text = _LEVELS[name]
            if name == "all_users":
                return self._everybody(evidence)
            return Cell(text, value=name, evidence=evidence)
        if isinstance(level, Items) and all(isinstance(it, Constant) for it in level.values):
            ids = tuple(str(it.value) for it in level.values if isinstance(it, Constant))
            return Cell(f"{len(ids)} listed users, and admins", value=ids, evidence=evidence)
        if isinstance(level, (Called, Computed)) and not getattr(level, "fails", False):
            text = level.text
            inner = (
                text.removeprefix("user_ids(").removesuffix(")") if "user_ids(" in text else text
            )
            return Cell(
                f"the users that {inner} gives, and admins",
                "conditional",
                {"users": inner},
                "",
                evidence,
            )
        return self._not_read(level)

    def _everybody(self, evidence: tuple[Range, ...]) -> Cell:
        """Guests are among everybody only where the flow lets them act."""
        guests = self.guests
        if guests is None and self.flow.params_known:
            return Cell("everybody but guests", value="all_users", evidence=evidence)
        text = None if guests is None else text_of(guests.value)
        allowed = {"true": True, "false": False}.get(text or "")
        if guests is None or allowed is None:
            reason = "whether guests may act is not known"
            return not_known(reason, "everybody, perhaps guests too", evidence)
        evidence = (*evidence, guests.range)
        if allowed:
            return Cell("everybody, guests too", value="guests", evidence=evidence)
        return Cell("everybody but guests", value="all_users", evidence=evidence)

    def _own(self, value: PythonValue) -> Cell:
        if not isinstance(value, Called) or value.name != _PERMISSION:
            return self._not_read(value)
        return self._truth(value.arguments.get("allow_self_approval"), value.node)

    def _own_of_destination(self, value: PythonValue) -> Cell:
        if not isinstance(value, Called):
            return self._not_read(value)
        inner = [it for key, it in value.arguments.items() if key.isdigit()]
        if value.name.endswith(".fallback") and inner:
            options = [Option((), it) for it in inner]
            cells = [self._own_of_destination(it.value) for it in options]
            if all(cell.value == cells[0].value for cell in cells):
                return cells[0]
            return Cell("in some of the channels", "conditional", tuple(c.value for c in cells))
        return self._truth(value.arguments.get("allow_self"), value.node)

    def _truth(self, value: PythonValue | None, node: ast.AST) -> Cell:
        if value is None:
            return Cell("no", value=False, evidence=self.place(node))
        if isinstance(value, Constant):
            text = "yes" if value.value else "no"
            return Cell(text, value=bool(value.value), evidence=self.place(value.node))
        if isinstance(value, Computed):
            evidence = self.place(value.node)
            return Cell(f"when {value.text}", "conditional", {"if": value.text}, "", evidence)
        return self._not_read(value)

    def _not_read(self, value: PythonValue) -> Cell:
        if isinstance(value, Constant) and value.value is None:
            return broken("the reducer returns nothing", "nobody", self.place(value.node))
        if isinstance(value, Computed) and value.fails:
            return broken(value.reason, "it fails", self.place(value.node))
        node = getattr(value, "node", None)
        reason = value.reason if isinstance(value, Computed) else "it is not what Sym expects here"
        text = value.text if isinstance(value, Computed) else ""
        return not_known(reason, text, () if node is None else self.place(node))

    # --- what hooks decide ---

    def _gates(self) -> Cell:
        """When an approval does not count."""
        ways = self._transitions(("on_approve",), ("ignore", "deny"))
        if isinstance(ways, Cell):
            return ways
        lost = self.handlers.dropped("on_approve", ("ignore", "deny"))
        evidence = tuple(place for option in ways for place in self.place(_node(option)))
        if not ways:
            if lost:
                text = f"none: the result of ApprovalTemplate.{lost[0]} is not returned"
                return Cell(text, "broken", (), "every approval counts", self.place(lost[1]))
            return Cell("none", value=())
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

    def _automatic(self) -> Cell:
        """When access is given without anybody's approval."""
        ways = self._transitions(_AUTOMATIC, ("approve", "escalate"))
        if isinstance(ways, Cell):
            return ways
        if not ways:
            return Cell("never", value=())
        tests = simplified([option.tests for option in ways])
        evidence = tuple(place for option in ways for place in self.place(_node(option)))
        if not all(tests):
            return Cell("always", value="always", evidence=evidence)
        return Cell(clause(tests), "conditional", data(tests), "", evidence)

    def _transitions(self, hooks: Iterable[str], names: Sequence[str]) -> list[Option] | Cell:
        """The ways on which one of some hooks returns one of some transitions.

        A cell that is not known where a hook may return what only running it would tell.
        """
        found = []
        for option in chain.from_iterable(self.handlers.options(hook) or () for hook in hooks):
            value = option.value
            if isinstance(value, Called) and value.name.startswith(_TEMPLATES):
                if value.name.rpartition(".")[2] in names:
                    found.append(option)
            elif not isinstance(value, Constant) or value.value is not None:
                return self._not_read(value)
        return found


def _node(option: Option) -> ast.AST:
    assert isinstance(option.value, Called)
    return option.value.node


def _level(value: PythonValue) -> str | None:
    """The level that an approver is: "admin", "member" or "all_users"."""
    if isinstance(value, Named) and value.name.startswith(_LEVEL):
        name = value.name.removeprefix(_LEVEL).lower()
        return name if name in _LEVELS else None
    if isinstance(value, Constant) and value.value in _LEVELS:
        return str(value.value)
    return None
