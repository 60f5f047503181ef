"""The reference graph as a networkx graph: the questions of ``symlint graph`` and ``trace``.

Importing networkx takes a quarter of a second, so it is imported where it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from symlint.graph.edges import read_structure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.graph.edges import Edge, Structure
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.values.addresses import Address


class ReferenceGraph:
    """Addresses and the references between them; an edge leads from who reads to what is read.

    ``graph`` is the networkx graph: nodes are addresses with the attribute ``range``, edges carry
    ``references``, the tuple of all ``Edge`` between two addresses in source order.
    """

    def __init__(self, structure: Structure) -> None:
        import networkx

        self.structure: Final = structure
        graph: Any = networkx.DiGraph()
        for address, range_ in structure.declared.items():
            graph.add_node(address, range=range_)
        grouped: dict[tuple[Address, Address], list[Edge]] = {}
        for edge in structure.edges:
            grouped.setdefault((edge.source, edge.target), []).append(edge)
        for (source, target), edges in grouped.items():
            graph.add_edge(source, target, references=tuple(edges))
        self.graph: Final = graph

    # --- finding ---

    def find(self, text: str) -> tuple[Address, ...]:
        """The addresses that a text names: all of it, or its end after a dot.

        >>> graph.find("module.a.sym_flow.x"), graph.find("sym_flow.x")
        """
        exact = [address for address in self.graph if str(address) == text]
        if exact:
            return tuple(exact)
        return tuple(address for address in self.graph if str(address).endswith("." + text))

    def references(self, source: Address, target: Address) -> tuple[Edge, ...]:
        """The references from one address to another."""
        if not self.graph.has_edge(source, target):
            return ()
        found: tuple[Edge, ...] = self.graph.edges[source, target]["references"]
        return found

    # --- questions ---

    def dependencies(self, address: Address) -> tuple[Address, ...]:
        """Everything that an address reads, directly or not, nearest first."""
        return self._reached(self.graph, address)

    def impact(self, address: Address) -> tuple[Address, ...]:
        """Everything that reads an address, directly or not, nearest first."""
        return self._reached(self.graph.reverse(copy=False), address)

    def chain(self, source: Address, target: Address) -> tuple[Edge, ...] | None:
        """The shortest way of references from one address to another; None without one."""
        from itertools import pairwise

        import networkx

        try:
            path = networkx.shortest_path(self.graph, source, target)
        except (networkx.NetworkXNoPath, networkx.NodeNotFound):
            return None
        return tuple(self.references(one, two)[0] for one, two in pairwise(path))

    def cycles(self) -> tuple[tuple[Address, ...], ...]:
        """The groups of addresses that depend on one another, each in the order of its names."""
        import networkx

        groups = networkx.strongly_connected_components(self.graph)
        found = (
            tuple(sorted(group, key=str))
            for group in groups
            if len(group) > 1 or any(self.graph.has_edge(one, one) for one in group)
        )
        return tuple(sorted(found, key=lambda group: tuple(map(str, group))))

    def unused(self, kinds: Iterable[str] = ("local", "variable")) -> tuple[Address, ...]:
        """The addresses of these kinds that nothing reads, in order of declaration."""
        wanted = frozenset(kinds)
        return tuple(
            address
            for address in self.graph
            if address.kind in wanted and not self.graph.in_degree(address)
        )

    def around(self, addresses: Iterable[Address]) -> ReferenceGraph:
        """The part of the graph that some addresses read or are read by."""
        from symlint.graph.edges import Structure

        kept: set[Address] = set()
        for address in addresses:
            kept.update((address, *self.dependencies(address), *self.impact(address)))
        old = self.structure
        declared = {address: range_ for address, range_ in old.declared.items() if address in kept}
        edges = tuple(edge for edge in old.edges if edge.source in kept and edge.target in kept)
        return ReferenceGraph(Structure(declared, edges, old.transparent))

    @staticmethod
    def _reached(graph: Any, address: Address) -> tuple[Address, ...]:
        import networkx

        if address not in graph:
            return ()
        order = networkx.bfs_tree(graph, address, sort_neighbors=lambda it: sorted(it, key=str))
        return tuple(node for node in order if node != address)


def build_graph(configuration: Configuration) -> ReferenceGraph:
    """The reference graph of a configuration."""
    return ReferenceGraph(read_structure(configuration))
