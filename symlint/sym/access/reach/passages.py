"""The grants that depend on something, each with the path of references that leads there."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from symlint.named_tuple import NamedTuple
from symlint.sym.access.grants import grants_of
from symlint.sym.access.reach.dependencies import Dependencies

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from symlint.budget import Budget
    from symlint.sym.access.grants import Grant
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow
    from symlint.sym.model.strategies import Strategy
    from symlint.terraform.values.addresses import Address


_TOO_LONG: Final = "following all references is too much work: not all paths are whole"


class Passage(NamedTuple):
    """A grant, and how it leads to what was asked for: from its flow to that, in order.

    ``because`` says what leads there, or why it is not ``certain`` that anything does.
    """

    grant: Grant
    path: tuple[Address, ...]
    because: str = ""
    certain: bool = True


def passages_to(sym: SymConfiguration, ends: Sequence[Address]) -> tuple[Passage, ...]:
    """The grants that depend on one of some nodes of ``Dependencies``, surely or perhaps."""
    dependencies, budget = dependencies_of(sym), sym.terraform.budget
    sure = _Ways(dependencies, dependencies.sure, ends, budget)
    perhaps = _Ways(dependencies, dependencies.possible, ends, budget)
    flows = {str(flow.address): flow for flow in sym.flows}
    found = []
    for grant in sym.once(grants_of):
        path = sure.of(flows[grant.address], grant)
        if path is not None:
            found.append(Passage(grant, path))
            continue
        path = perhaps.of(flows[grant.address], grant)
        if path is not None:
            found.append(Passage(grant, path, _doubt(dependencies, path), certain=False))
    return tuple(found)


def dependencies_of(sym: SymConfiguration) -> Dependencies:
    """What depends on what in a configuration; found out once."""
    return sym.once_for(Dependencies, lambda: Dependencies(sym))


class _Ways:
    """The ways to some ends, of grants as they lead there by what one graph says."""

    def __init__(
        self,
        dependencies: Dependencies,
        adjacency: Mapping[Address, Sequence[Address]],
        ends: Sequence[Address],
        budget: Budget,
    ) -> None:
        from symlint.graph.network import steps_to

        self._steps: Final = steps_to(adjacency, ends)
        # Where it is not known what a flow grants, it may be any of the targets that it leads to.
        targets = dependencies.targets
        nodes = dict.fromkeys((*adjacency, *targets))
        whole = {it: [*adjacency.get(it, ()), *targets.get(it, ())] for it in nodes}
        self._steps_by_targets: Final = steps_to(whole, ends)
        self._budget: Final = budget
        self._of_strategies: Final[dict[Strategy, Mapping[str, Address]]] = {}

    def of(self, flow: Flow, grant: Grant) -> tuple[Address, ...] | None:
        """How a grant leads to an end: through its target, or as all grants of its flow do."""
        if grant.target == "?":
            return self._way(flow.address, self._steps_by_targets)
        strategy = flow.strategy
        target = None if strategy is None else self._targets(strategy).get(grant.target_address)
        if strategy is not None and target is not None:
            way = self._way(target, self._steps)
            if way is not None:
                return (flow.address, strategy.address, *way)
        return self._way(flow.address, self._steps)

    def _targets(self, strategy: Strategy) -> Mapping[str, Address]:
        """The targets of a strategy by their addresses as grants have them."""
        if strategy not in self._of_strategies:
            views = strategy.target_views
            self._of_strategies[strategy] = {str(it.address): it.address for it in views}
        return self._of_strategies[strategy]

    def _way(self, start: Address, steps: Mapping[Address, Address]) -> tuple[Address, ...] | None:
        if start not in steps:
            return None
        way = [start]
        while steps[way[-1]] != way[-1] and self._budget.spend(1, _TOO_LONG):
            way.append(steps[way[-1]])
        return tuple(way)


def _doubt(dependencies: Dependencies, path: Sequence[Address]) -> str:
    """Why it is not certain that the steps of a path are steps."""
    for source, target in pairwise(path):
        reason = dependencies.doubtful.get(source, {}).get(target)
        if reason is not None and target not in dependencies.sure.get(source, ()):
            return reason
    return "not all targets of the flow are known"
