"""What depends on what, instance by instance: Sym's resources by their values, the rest by its text.

The reference graph is about blocks and what they say. Of a flow among many, that is too much: its strategy
may be one element of a map that has all of them. So the arguments of Sym's resources that must lead to
other ones are followed by their values; where a value is not known, to all that the argument refers to,
and that is kept apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.sym.model.argument_links import argument_links
from symlint.sym.model.strategies import Strategy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.sym.model.argument_links import ArgumentLinks
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.views import Link, View
    from symlint.terraform.values.addresses import Address

_STEPS_PER_NODE: Final = 20
"""What it costs of the budget to take note that something reads a node, in steps."""

_TOO_MANY: Final = (
    "following all references is too much work: not all of what depends on it is known"
)


class Dependencies:
    """The nodes are the instances of Sym's resources, and the blocks of everything else.

    ``sure`` is what each node reads, ``doubtful`` what it may read, and why that is not known. What a
    strategy reads as its targets is in ``targets``: a grant is of one of them.
    """

    def __init__(self, sym: SymConfiguration) -> None:
        self._sym: Final = sym
        self.sure: Final[dict[Address, list[Address]]] = {}
        self.doubtful: Final[dict[Address, dict[Address, str]]] = {}
        self.targets: Final[dict[Address, list[Address]]] = {}
        self._instances: Final[dict[Address, dict[Address, None]]] = {}
        for view in sym.views:
            self._instances.setdefault(view.address.without_keys(), {})[view.address] = None
        if sym.terraform.budget.spend(len(sym.graph.edges), _TOO_MANY):
            self._add_references()
            for view in sym.views:
                self._add_view(view)

    def at(self, address: Address) -> list[Address]:
        """The nodes of a block: the instances of one of Sym's resources, itself for any other."""
        block = address.without_keys()
        return [*self._instances.get(block, (block,))]

    def nodes(self) -> Iterator[Address]:
        """Everything that is declared."""
        for address in self._sym.graph.declared:
            yield from self.at(address)

    @property
    def possible(self) -> dict[Address, list[Address]]:
        """What each node reads, surely or possibly."""
        nodes = dict.fromkeys((*self.sure, *self.doubtful))
        return {it: [*self.sure.get(it, ()), *self.doubtful.get(it, ())] for it in nodes}

    def _add_references(self) -> None:
        """What blocks of any kind but Sym's read; a value that is passed on leads nowhere by itself."""
        for edge in self._sym.graph.edges:
            if edge.source in self._instances:
                continue
            if edge.target in self._instances and self._sym.graph.passes_on(edge.source):
                continue
            self.sure.setdefault(edge.source, []).extend(self.at(edge.target))

    def _add_view(self, view: View) -> None:
        """What one of Sym's resources reads: where arguments lead, and what they name beside that."""
        reads = self.sure.setdefault(view.address, [])
        followed: set[str] = set()
        for argument in argument_links(view):
            if argument.links.state == "absent":
                continue
            names = {argument.reference.path[0], argument.reference.path[-1]}
            followed |= names
            if not self._spend(len(argument.links.links)):
                return
            if isinstance(view, Strategy) and argument.attribute == "targets":
                self.targets[view.address] = [*self._ends(argument.leaves)]
            else:
                reads += self._ends(it for it in argument.links.links if it.outcome == "ok")
            reason = _doubt(argument)
            if reason:
                self._add_doubt(view, names, f"{argument.attribute} of {view.address} {reason}")
        for edge in self._sym.graph.edges_from(view.address):
            if edge.target not in self._instances or edge.attribute not in followed:
                reads += self.at(edge.target)

    def _ends(self, links: Iterable[Link]) -> Iterator[Address]:
        """The nodes that links lead to."""
        for link in links:
            if link.subject is not None:
                address = link.subject.owner.address
                known = self._instances.get(address.without_keys(), ())
                yield address if address in known else address.without_keys()

    def _add_doubt(self, view: View, names: set[str], reason: str) -> None:
        """Take note of all that an argument refers to."""
        graph = self._sym.graph
        found = self.doubtful.setdefault(view.address, {})
        for edge in graph.origins([view.address], by=lambda it: it.attribute in names):
            nodes = self.at(edge.target)
            if not self._spend(len(nodes)):
                return
            for address in nodes:
                found.setdefault(address, reason)

    def _spend(self, nodes: int) -> bool:
        return self._sym.terraform.budget.spend(nodes * _STEPS_PER_NODE, _TOO_MANY)


def _doubt(argument: ArgumentLinks) -> str:
    """Why it is not known where an argument leads; "" where it is."""
    links = argument.links
    if any(link.outcome == "alternatives" for link in links.links):
        return "depends on a condition that is not known"
    unknown = next((link for link in links.links if link.outcome != "ok"), None)
    if links.state == "known" and unknown is None:
        return ""
    reason = links.reason or ("" if unknown is None else unknown.reason)
    return f"is not known: {reason}" if reason else "is not known"
