"""The access inventory: one grant for each flow and each target that it can give."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from symlint.named_tuple import NamedTuple
from symlint.sym.access import flow_columns, target_columns
from symlint.sym.access.approval.approvals import approvals_of
from symlint.sym.access.cells import NOTHING, Cell, digest, not_known
from symlint.sym.model.strategies import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from symlint.budget import Budget
    from symlint.sym.access.approval.approvals import Approvals
    from symlint.sym.model.flows import Flow
    from symlint.sym.model.views import Lookup, View

_MOST_PLACES: Final = 30
_LONG: Final = 1_000
_LONGEST: Final = 10_000
_STEPS_PER_CHARACTER: Final = 4
"""A text from so many characters on spends the budget, and one that has more than so many is not shown."""

COLUMNS: Final = {
    "environment": "environment",
    "grants": "grants",
    "parameter": "chosen by who asks",
    "through": "through",
    "asked_from": "asked from",
    "asked_by": "asked by",
    "how_long": "for how long",
    "ends": "ends",
    "session": "AWS session",
    "approve": "approved by",
    "denied_by": "denied by",
    "self_approval": "self-approval",
    "gates": "gates",
    "automatic": "without approval",
    "asked_in": "asked in",
    "recorded": "recorded",
}
"""The columns of the inventory, in order, with their headings."""

OF_TARGET: Final = ("grants", "parameter", "session")
"""The columns that are about the target."""


_STEPS_PER_FLOW: Final = 1_500
_STEPS_PER_GRANT: Final = 750
"""What a flow costs, and each grant of it, with what is said of them, in steps of the budget."""
_TOO_MANY: Final = "it grants too much to list all of it"


class Grant(NamedTuple):
    """Whoever may ask through this flow can be given this target.

    ``flow`` and ``target`` are names: the identity of the grant. ``target`` is "" where the flow grants
    nothing itself, and "?" where its targets are not known. ``cells`` are by column. ``not_known`` has those
    of the first fields that are not known: the name of the block stands for a name, nothing for a label.
    """

    flow: str
    label: str
    address: str
    target_type: str
    target: str
    target_label: str
    cells: Mapping[str, Cell]
    not_known: frozenset[str] = frozenset()
    target_address: str = ""

    @property
    def target_name(self) -> str:
        """Type and name of the target; "" without one."""
        return " ".join(filter(None, (self.target_type, self.target)))

    @property
    def doubts(self) -> tuple[tuple[str, Cell], ...]:
        """The columns that are not known, or broken."""
        return tuple((name, cell) for name, cell in self.cells.items() if not cell.is_known)


def columns_by_target(grants: Sequence[Grant]) -> tuple[str, ...]:
    """The columns that are about the target, and those in which the grants of one flow differ."""
    differing = [name for name in COLUMNS if len({grant.cells[name].said for grant in grants}) > 1]
    return tuple(dict.fromkeys((*OF_TARGET, *differing)))


def grants_of(sym: Lookup, flows: Iterable[Flow] | None = None) -> tuple[Grant, ...]:
    """The grants of a configuration, by flow and by target: all, or those of some flows."""
    if flows is None:
        from symlint.sym.model.flows import Flow

        flows = sym.all(Flow)
    found = _made(flows, sym.terraform.budget)
    return tuple(
        sorted(found, key=lambda it: (it.flow.casefold(), it.address, it.target_type, it.target))
    )


def _made(flows: Iterable[Flow], budget: Budget) -> Iterator[Grant]:
    """The grants of some flows, as many as there is work for."""
    for flow in flows:
        if not budget.spend(_STEPS_PER_FLOW, _TOO_MANY):
            return
        for grant in _of_flow(flow, _of_terraform(flow)):
            if not budget.spend(_STEPS_PER_GRANT, _TOO_MANY):
                return
            yield grant


def _of_flow(flow: Flow, shared: Mapping[str, Cell]) -> Iterator[Grant]:
    of_code = _OfCode(flow).cells
    link = flow.strategy_link
    strategy = flow.strategy
    if link.outcome == "null":
        nothing = Cell("nothing itself: it only asks for approval", value={"type": None})
        cells = dict.fromkeys(("parameter", "through", "session"), NOTHING)
        yield _grant(flow, None, {"grants": nothing, **cells, **shared, **of_code(None)})
        return
    if strategy is None:
        unknown = not_known(
            link.reason or "the strategy is declared elsewhere", evidence=[link.range]
        )
        cells = dict.fromkeys(("grants", "parameter", "through", "session"), unknown)
        yield _grant(flow, "?", {**cells, **shared, **of_code(None)})
        return
    sym = flow.sym
    through = sym.once_for((Grant, strategy), partial(target_columns.through, strategy))
    known = strategy.targets
    views = dict.fromkeys(strategy.target_views)
    for target in views:
        by_code = of_code(target)
        cells = {
            "grants": sym.once_for((Grant, target), partial(target_columns.grants, target)),
            "parameter": target_columns.parameter(flow, target),
            "through": through,
            "session": target_columns.session(target, by_code["how_long"]),
        }
        yield _grant(flow, target, {**cells, **shared, **by_code})
    if known.state not in ("known", "absent") or any(
        not isinstance(it.view, Target) for it in known.leaves
    ):
        unknown = not_known(
            known.reason or "not all targets are declared here", evidence=[known.argument]
        )
        cells = dict.fromkeys(("grants", "parameter", "session"), unknown)
        yield _grant(flow, "?", {**cells, "through": through, **shared, **of_code(None)})


def _of_terraform(flow: Flow) -> dict[str, Cell]:
    """What is so for all targets of a flow."""
    return {
        "environment": flow_columns.environment(flow),
        "asked_from": flow_columns.asked_from(flow),
        "ends": flow_columns.ends(flow),
        "recorded": flow_columns.recorded(flow),
    }


class _OfCode:
    """What the code of a flow decides, which may look at the target."""

    def __init__(self, flow: Flow) -> None:
        self._flow: Final = flow
        self._said: tuple[Approvals, dict[str, Cell]] | None = None

    def cells(self, target: Target | None) -> dict[str, Cell]:
        """What it decides for a target, or for any one; the same cells where that is the same."""
        approvals = approvals_of(self._flow, target)
        if self._said is None or self._said[0] is not approvals:
            self._said = approvals, self._cells(approvals)
        return self._said[1]

    def _cells(self, approvals: Approvals) -> dict[str, Cell]:
        return {
            "asked_by": flow_columns.asked_by(self._flow, approvals.asked_by),
            "how_long": flow_columns.how_long(self._flow, approvals.duration),
            "approve": approvals.approve,
            "denied_by": approvals.denied_by,
            "self_approval": approvals.self_approval,
            "gates": approvals.gates,
            "automatic": approvals.automatic,
            "asked_in": approvals.asked_in,
        }


def _grant(flow: Flow, target: Target | str | None, cells: Mapping[str, Cell]) -> Grant:
    of_flow = _names(flow, "flow", "label")
    of_target = (
        _Names(target or "", "", "", frozenset())
        if not isinstance(target, Target)
        else _names(target, "target", "target_label")
    )
    return Grant(
        of_flow.name,
        of_flow.label,
        of_flow.address,
        (target.type_name or "?") if isinstance(target, Target) else "",
        of_target.name,
        of_target.label,
        {column: _bounded(cells[column], flow) for column in COLUMNS},
        of_flow.not_known | of_target.not_known,
        of_target.address,
    )


class _Names(NamedTuple):
    """What something is called; ``not_known`` as in ``Grant``."""

    name: str
    label: str
    address: str
    not_known: frozenset[str]


def _names(view: View, name: str, label: str) -> _Names:
    """What a flow or target is called; ``name`` and ``label`` are the fields of a grant for that."""

    def find() -> _Names:
        values = {name: view.name, label: view.label}
        return _Names(
            view.name.string or view.local_name,
            view.label.string or "",
            str(view.address),
            frozenset(
                it for it, value in values.items() if value.string is None and not value.is_null
            ),
        )

    return view.sym.once_for((_names, view), find)


def _bounded(cell: Cell, flow: Flow) -> Cell:
    """The cell with its first places, and without what is too long to be said of each grant."""
    length = len(cell.text)
    if length <= _LONG and len(cell.evidence) <= _MOST_PLACES:
        return cell
    if len(cell.evidence) > _MOST_PLACES:
        cell = cell._replace(evidence=cell.evidence[:_MOST_PLACES])
    if length <= _LONG:
        return cell
    budget = flow.sym.terraform.budget
    if length <= _LONGEST and budget.can_spare(length * _STEPS_PER_CHARACTER):
        return cell
    reason = f"it takes {length:,} characters to say it"
    found = not_known(reason, evidence=cell.evidence)
    return found._replace(code=(digest(cell.text), *cell.code))
