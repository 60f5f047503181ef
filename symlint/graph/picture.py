"""The nodes and edges of the reference graph that are exported as a diagram."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from symlint.graph.reference_graph import Edge, ReferenceGraph
    from symlint.source.text import Range
    from symlint.terraform.values.addresses import Address


class Node(NamedTuple):
    """Something that is drawn, and where it is declared.

    ``part`` is what it is in an access flow ("strategy") and ``type`` its type there ("aws_iam");
    both are empty where that is not asked.
    """

    address: Address
    range: Range
    part: str = ""
    type: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """What is written in its box."""
        note = " ".join(text for text in (self.part, self.type) if text)
        return (str(self.address), note) if note else (str(self.address),)


class Picture(NamedTuple):
    """Nodes and the references between them, both in an order that depends on nothing else."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def draw(nodes: Iterable[Node], edges: Iterable[Edge]) -> Picture:
    """The picture of these nodes and of those edges that are between them."""
    shown = sorted(nodes, key=lambda it: str(it.address))
    places = {node.address: place for place, node in enumerate(shown)}
    between = (edge for edge in edges if edge.source in places and edge.target in places)
    ordered = sorted(between, key=lambda it: (places[it.source], places[it.target]))
    return Picture(tuple(shown), tuple(ordered))


def draw_all(graph: ReferenceGraph) -> Picture:
    """Everything that is declared, and every reference."""
    nodes = (Node(address, range_) for address, range_ in graph.declared.items())
    return draw(nodes, graph.edges)


def around(
    graph: ReferenceGraph,
    picture: Picture,
    addresses: Iterable[Address],
    depth: int | None = None,
) -> Picture:
    """The part of a picture that some addresses read or are read by, ``depth`` references away at most."""
    kept: set[Address] = set()
    for address in addresses:
        if depth is None:
            kept.update((address, *graph.dependencies(address), *graph.impact(address)))
        else:
            kept |= _near(address, depth, lambda it: [e.target for e in graph.edges_from(it)])
            kept |= _near(address, depth, lambda it: [e.source for e in graph.edges_to(it)])
    return draw((node for node in picture.nodes if node.address in kept), picture.edges)


def _near(
    start: Address, depth: int, following: Callable[[Address], list[Address]]
) -> set[Address]:
    """What is so many steps away at most."""
    found, last = {start}, [start]
    for _ in range(depth):
        last = [
            it
            for it in dict.fromkeys(to for one in last for to in following(one))
            if it not in found
        ]
        if not last:
            break
        found.update(last)
    return found


def only_sym(picture: Picture) -> Picture:
    """Sym's resources alone; a reference through others stands for all on its way."""
    from symlint.graph.network import first_reached

    kept = {node.address: node for node in picture.nodes if node.address.type.startswith("sym_")}
    leads: dict[Address, list[Address]] = {node.address: [] for node in picture.nodes}
    by_ends: dict[tuple[Address, Address], Edge] = {}
    for edge in picture.edges:
        leads[edge.source].append(edge.target)
        by_ends.setdefault((edge.source, edge.target), edge)
    edges = [edge for edge in picture.edges if edge.source in kept and edge.target in kept]
    direct = {(edge.source, edge.target) for edge in edges}
    for (source, step), targets in first_reached(leads, set(kept)).items():
        edge = by_ends[source, step]
        for target in targets:
            if (source, target) not in direct and target != source:
                direct.add((source, target))
                edges.append(edge._replace(target=target))
    return draw(kept.values(), edges)
