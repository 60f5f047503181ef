"""Graph algorithms by networkx: cycles, shortest paths, reachability, transitive reduction.

The only importer of networkx. Importing it takes longer than a whole clean run, so it is imported
where something is to be explained or drawn. Graphs are mappings from each node to the nodes that
it leads to; answers come in the order of the mapping, never in that of a set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    N = TypeVar("N", bound=Hashable)
    Adjacency: TypeAlias = Mapping[N, Iterable[N]]


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


def shortest_path(adjacency: Adjacency[N], source: N, target: N) -> list[N] | None:
    """The nodes of a shortest path, both ends included; None where there is none."""
    import networkx

    try:
        path: list[N] = networkx.shortest_path(_digraph(adjacency), source, target)
    except (networkx.NetworkXNoPath, networkx.NodeNotFound):
        return None
    return path


def reached(adjacency: Adjacency[N], start: N) -> list[N]:
    """All nodes that ``start`` leads to, nearest first, those equally near by their text."""
    import networkx

    graph = _digraph(adjacency)
    if start not in graph:
        return []
    edges = networkx.bfs_edges(graph, start, sort_neighbors=lambda it: sorted(it, key=str))
    return [target for _, target in edges]


def reduced(adjacency: Adjacency[N]) -> set[tuple[N, N]]:
    """The edges that no longer path says again; all of them where there is a cycle."""
    import networkx

    graph = _digraph(adjacency)
    if not networkx.is_directed_acyclic_graph(graph):
        return set(graph.edges)
    return set(networkx.transitive_reduction(graph).edges)


def _digraph(adjacency: Adjacency[N]) -> Any:
    import networkx

    graph = networkx.DiGraph()
    graph.add_nodes_from(adjacency)
    graph.add_edges_from((node, to) for node, leads in adjacency.items() for to in leads)
    return graph
