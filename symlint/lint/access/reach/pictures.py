"""The part of the reference graph that an answer is about."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from symlint.graph.picture import Node, draw
from symlint.graph.reference_graph import Edge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from symlint.graph.picture import Picture
    from symlint.graph.reference_graph import Way
    from symlint.sym.access.reach.passages import Passage
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.terraform.values.addresses import Address

_STEPS_PER_WAY: Final = 20
"""What following a reference costs, in steps of the budget."""
_TOO_MANY: Final = "following all references is too much work: the picture lacks some edges"


def picture_of(
    sym: SymConfiguration, passages: Sequence[Passage], chains: Picture | None
) -> Picture:
    """The blocks on the paths of some grants, with the locals and variables between them.

    With ``chains``, the picture of how access is granted, each block has its part and type there, and what
    only passes values on is left out.
    """
    references = _References(sym)
    steps = dict.fromkeys(
        (source.without_keys(), target.without_keys())
        for passage in passages
        for source, target in pairwise(passage.path)
    )
    between = references.chain if chains is None else references.straight
    edges = [edge for source, target in steps for edge in between(source, target)]
    blocks = dict.fromkeys(passage.path[0].without_keys() for passage in passages)
    blocks |= dict.fromkeys(end for edge in edges for end in (edge.source, edge.target))
    parts = {} if chains is None else {node.address: node for node in chains.nodes}
    declared = sym.graph.declared
    nodes = [parts.get(it) or Node(it, declared[it]) for it in blocks if it in declared]
    return draw(nodes, dict.fromkeys(edges))


class _References:
    """The references that lead from one block to another one, through what passes values on."""

    def __init__(self, sym: SymConfiguration) -> None:
        self._graph: Final = sym.graph
        self._budget: Final = sym.terraform.budget
        self._ways: Final[dict[Address, dict[Address, Way]]] = {}

    def chain(self, source: Address, target: Address) -> list[Edge]:
        """All of them; one edge where a value leads there that nobody refers to."""
        ways = self._from(source)
        if target not in ways:
            return self.straight(source, target)
        found = [ways[target].last]
        while found[-1].source != source:
            found.append(ways[found[-1].source].last)
        return found

    def straight(self, source: Address, target: Address) -> list[Edge]:
        """One edge, named after the argument that the first of them is in."""
        declared = self._graph.declared
        if source not in declared or target not in declared:
            return []
        way = self._from(source).get(target)
        if way is None:
            return [Edge(source, target, "", (), declared[source])]
        return [Edge(source, target, way.first.attribute, way.last.path, way.first.range)]

    def _from(self, source: Address) -> dict[Address, Way]:
        if source not in self._ways:
            found = self._graph.ways(source, self._graph.passes_on)
            afforded = self._budget.spend(_STEPS_PER_WAY * len(found), _TOO_MANY)
            self._ways[source] = found if afforded else {}
        return self._ways[source]
