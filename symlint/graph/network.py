"""Graph algorithms, most of them by networkx: cycles, reachability, transitive reduction.

The only importer of networkx. Importing it takes longer than a whole clean run, so it is imported
where something is to be explained or drawn. Graphs are mappings from each node to the nodes that
it leads to; answers come in the order of the mapping, never in that of a set.
"""

from __future__ import annotations

from collections import deque

from symlint.annotations import TYPE_CHECKING, Any, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    N = TypeVar("N", bound=Hashable)
    Adjacency: TypeAlias = Mapping[N, Iterable[N]]


def groups(adjacency: Adjacency[N]) -> list[tuple[N, ...]]:
    """All nodes, those that lead to one another together, each group after those it leads to."""
    import networkx

    return [tuple(it) for it in networkx.strongly_connected_components(_digraph(adjacency))]


def cyclic_groups(adjacency: Adjacency[N]) -> list[tuple[N, ...]]:
    """The groups of nodes that all lead to one another, each in the reverse order of a search."""
    import networkx

    graph = _digraph(adjacency)
    place = {node: index for index, node in enumerate(networkx.dfs_preorder_nodes(graph))}
    return [
        tuple(sorted(group, key=lambda node: -place[node]))
        for group in networkx.strongly_connected_components(graph)
        if len(group) > 1 or any(graph.has_edge(node, node) for node in group)
    ]


def shortest_cycle(adjacency: Adjacency[N], start: N) -> list[N]:
    """The nodes of a shortest cycle through ``start``, which is on one."""
    import networkx

    graph = _digraph(adjacency)
    came_from = {node: before for before, node in networkx.bfs_edges(graph, start)}
    cycle = [next(node for node in (start, *came_from) if graph.has_edge(node, start))]
    while cycle[-1] != start:
        cycle.append(came_from[cycle[-1]])
    return cycle[::-1]


def reached(adjacency: Adjacency[N], start: N) -> list[N]:
    """All nodes that ``start`` leads to, nearest first, those equally near by their text."""
    import networkx

    graph = _digraph(adjacency)
    if start not in graph:
        return []
    edges = networkx.bfs_edges(graph, start, sort_neighbors=lambda it: sorted(it, key=str))
    return [target for _, target in edges]


def steps_to(adjacency: Adjacency[N], ends: Iterable[N]) -> dict[N, N]:
    """Of each node that leads to one of some ends, the next one on a way there; of an end, itself.

    It is a shortest way to the first of the ends that the node leads to.
    """
    before: dict[N, list[N]] = {}
    for node, leads in adjacency.items():
        for to in leads:
            before.setdefault(to, []).append(node)
    found: dict[N, N] = {}
    for end in ends:
        if end in found:
            continue
        found[end] = end
        waiting = deque([end])
        while waiting:
            step = waiting.popleft()
            for node in before.get(step, ()):
                if node not in found:
                    found[node] = step
                    waiting.append(node)
    return found


def first_reached(adjacency: Adjacency[N], kept: set[N]) -> dict[tuple[N, N], list[N]]:
    """For each step from a kept node to another one, the kept nodes that follow first on a way there."""
    names = [node for node in adjacency if node in kept]
    place = {node: number for number, node in enumerate(names)}
    rest = {
        node: [to for to in leads if to not in kept]
        for node, leads in adjacency.items()
        if node not in kept
    }
    # What a node that is not kept leads to, as a number with a bit for each kept node.
    reach: dict[N, int] = {}
    for group in groups(rest):
        bits = 0
        for to in (to for node in group for to in adjacency[node]):
            bits |= 1 << place[to] if to in kept else reach.get(to, 0)
        reach.update(dict.fromkeys(group, bits))
    found: dict[tuple[N, N], list[N]] = {}
    for node in names:
        for to in adjacency[node]:
            if to not in kept and (bits := reach[to]):
                found[node, to] = [names[bit] for bit in _bits(bits)]
    return found


def _bits(number: int) -> Iterator[int]:
    """The places of the ones in a number, from the lowest."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def reduced(adjacency: Adjacency[N]) -> set[tuple[N, N]]:
    """The edges that no longer path says again; all of them where there is a cycle."""
    from graphlib import CycleError, TopologicalSorter

    try:
        order = [*TopologicalSorter(adjacency).static_order()]
    except CycleError:
        return {(node, to) for node, leads in adjacency.items() for to in leads}
    # What a node leads to, as a number with a bit for each node; each comes after what it leads to.
    place = {node: number for number, node in enumerate(order)}
    reach: dict[N, int] = {}
    kept: set[tuple[N, N]] = set()
    for node in order:
        bits = 0
        for to in sorted(set(adjacency.get(node, ())), key=place.__getitem__, reverse=True):
            if not bits >> place[to] & 1:
                kept.add((node, to))
                bits |= reach[to]
        reach[node] = bits | 1 << place[node]
    return kept


def _digraph(adjacency: Adjacency[N]) -> Any:
    import networkx

    graph = networkx.DiGraph()
    graph.add_nodes_from(adjacency)
    graph.add_edges_from((node, to) for node, leads in adjacency.items() for to in leads)
    return graph
