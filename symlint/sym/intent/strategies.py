"""Which strategies a flow may have been meant to use, and which flows need none."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.sym.model.flows import Flow
from symlint.sym.model.strategies import Strategy, Target, strategies_by_integration

if TYPE_CHECKING:
    from symlint.sym.model.views import Link, Lookup, View


def approval_only(sym: Lookup) -> frozenset[Flow]:
    """The flows that surely ask for approval only, and have not merely lost their strategy.

    Where some strategy is used by no flow, a flow without one may have been meant to have it:
    ``unused-strategy`` says so, and here it is not known.
    """
    flows = sym.all(Flow)
    links = [link for flow in flows for link in flow.strategy_link.branches]
    if any(link.is_wrong or link.outcome == "unknown" for link in links):
        return frozenset()
    used = {link.view.header for link in links if link.view is not None}
    if not all(strategy.header in used for strategy in sym.all(Strategy)):
        return frozenset()
    return frozenset(it for it in flows if it.strategy_link.is_absent and it.params_known)


def meant_strategies(flow: Flow, link: Link) -> tuple[View, ...]:
    """The strategies that a wrong strategy_id may have meant, best guess first."""
    wrong = None if link.subject is None else link.subject.view
    if isinstance(wrong, Target) and wrong.strategies:
        return wrong.strategies
    through = () if wrong is None else flow.sym.once(strategies_by_integration).get(wrong, ())
    return tuple(through) or flow.sym.all(Strategy)
