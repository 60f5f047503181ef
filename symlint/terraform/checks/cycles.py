"""Static check for dependency cycles, through the outputs and variables of modules.

Terraform orders whole blocks, not instances and not attributes: two resources that refer to each
other are a cycle, whatever they refer to. A called module takes part as a summary, which of its
outputs depend on which of its variables, so that the work is linear in the number of modules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from symlint.hcl import nodes
from symlint.terraform.checks.meta_arguments import resource_provider
from symlint.terraform.modules.references import first_name, free_traversals, resource_name
from symlint.terraform.modules.sites import sites
from symlint.terraform.values.problems import Problem, RelatedRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from symlint.source.text import Range
    from symlint.terraform.modules.declarations import Module
    from symlint.terraform.modules.sites import Site

Key: TypeAlias = tuple[str, ...]
"""A declaration: ("variable", name), ("local", name), ("output", name), ("resource", type, name),
("data", type, name), ("provider", name); of a module call ("module", name) for its expansion,
("module", name, "var", v) for an argument, ("module", name, "output", o) for an output and
("module", name, "all") for everything in it."""

Graph: TypeAlias = "dict[Key, dict[Key, Range]]"


class Summary(NamedTuple):
    """Which variables each output of a module depends on, and everything in it."""

    outputs: Mapping[str, frozenset[str]]
    everything: frozenset[str]


_NOTHING: Final[frozenset[str]] = frozenset()
_MAXIMUM_SHOWN: Final = 12


def dependency_graph(module: Module, summaries: Mapping[str, Summary | None]) -> Graph:
    """What each declaration of a module depends on, with the range of one reference each.

    ``summaries`` has the called modules by call name; None for those whose code is not here.
    """
    graph: Graph = {}
    for site in sites(module):
        source = _site_key(site)
        if source is None:
            continue
        edges = graph.setdefault(source, {})
        for traversal in free_traversals(site.expression, site.bound):
            target = _target(traversal)
            if target is None or (target == source and source[0] != "local"):
                # A resource that refers to itself is reported as that.
                continue
            edges.setdefault(target, traversal.range)
    _add_providers(module, graph)
    for name, summary in summaries.items():
        _add_call(module, name, summary, graph)
    return graph


def _site_key(site: Site) -> Key | None:
    kind, type_name, name = site.owner
    if kind in ("resource", "data", "ephemeral"):
        return (kind, type_name, name)
    if kind == "module":
        if site.role in ("count", "for_each", "depends_on"):
            return ("module", name)
        return ("module", name, "var", site.role)
    if kind in ("variable", "local", "output", "provider"):
        return (kind, name)
    return None


def _target(traversal: nodes.Traversal) -> Key | None:
    root = traversal.root
    name = first_name(traversal)
    if root in ("var", "local"):
        return None if name is None else ("variable" if root == "var" else "local", name)
    if root == "module":
        if name is None:
            return None
        steps = traversal.steps[1:]
        if steps and type(steps[0]) is nodes.IndexStep:
            steps = steps[1:]
        step = steps[0] if steps else None
        if type(step) is nodes.AttributeStep:
            return ("module", name, "output", step.name)
        return ("module", name, "all")
    named = resource_name(traversal)
    return None if named is None else (named.kind, named.type, named.name)


def _add_providers(module: Module, graph: Graph) -> None:
    """Resources depend on the provider configuration of their own module that they use."""
    if not any(("provider", p.local_name) in graph for p in module.providers.values()):
        return
    for resource in module.all_resources:
        reference = resource_provider(resource)
        provider = None if reference is None else module.providers.get(reference)
        if provider is not None:
            key = (resource.kind, resource.type, resource.name)
            target = ("provider", provider.local_name)
            graph.setdefault(key, {}).setdefault(target, resource.range)


def _add_call(module: Module, name: str, summary: Summary | None, graph: Graph) -> None:
    """Everything in a called module waits for its expansion; outputs for what they depend on."""
    call = module.calls[name]
    expansion: Key = ("module", name)
    for argument in call.arguments:
        graph.setdefault(("module", name, "var", argument.name), {})[expansion] = call.range
    if summary is None:
        return
    outputs = [*summary.outputs.items(), (None, summary.everything)]
    for output, variables in outputs:
        whole: Key = ("module", name, "all")
        key = whole if output is None else ("module", name, "output", output)
        edges = graph.setdefault(key, {})
        edges.setdefault(expansion, call.range)
        for variable in sorted(variables):
            argument_ = call.attributes.get(variable)
            if argument_ is not None:
                edges.setdefault(("module", name, "var", variable), argument_.name_range)


def summarize(module: Module, graph: Graph) -> Summary:
    """Which variables of a module its outputs depend on."""
    outputs = {}
    for name in module.outputs:
        reached = _reachable(graph, [("output", name)])
        outputs[name] = frozenset(key[1] for key in reached if key[0] == "variable")
    everything = _reachable(graph, [key for key in graph if key[0] != "variable"])
    return Summary(outputs, frozenset(key[1] for key in everything if key[0] == "variable"))


def _reachable(graph: Graph, start: list[Key]) -> set[Key]:
    found = set(start)
    stack = list(start)
    while stack:
        for target in graph.get(stack.pop(), ()):
            if target not in found:
                found.add(target)
                stack.append(target)
    return found


# --- finding cycles -------------------------------------------------------------------------------


def find_cycles(graph: Graph) -> Iterator[Problem]:
    """One problem for each group of declarations that depend on one another."""
    for component in _components(graph):
        members = set(component)
        # What depends on what inside of a called module is no text of this module to begin with.
        written = [key for key in component if key[0] != "module" or key[2:3] == ("var",)]
        start = min(
            written or component, key=lambda key: _first_range(graph, key, members).sort_key()
        )
        cycle = _shortest_cycle(graph, start, members)
        if cycle:
            yield _problem(graph, cycle)


def _first_range(graph: Graph, key: Key, members: set[Key]) -> Range:
    return min(
        (range_ for target, range_ in graph[key].items() if target in members),
        key=lambda range_: range_.sort_key(),
    )


def _components(graph: Graph) -> Iterator[list[Key]]:
    """The strongly connected components with a cycle (Tarjan's algorithm, without recursion)."""
    index: dict[Key, int] = {}
    low: dict[Key, int] = {}
    open_: list[Key] = []
    is_open: set[Key] = set()
    for root in graph:
        if root in index:
            continue
        work = [(root, iter(graph[root]))]
        index[root] = low[root] = len(index)
        open_.append(root)
        is_open.add(root)
        while work:
            key, targets = work[-1]
            for target in targets:
                if target not in index:
                    index[target] = low[target] = len(index)
                    open_.append(target)
                    is_open.add(target)
                    work.append((target, iter(graph.get(target, ()))))
                    break
                if target in is_open:
                    low[key] = min(low[key], index[target])
            else:
                work.pop()
                if work:
                    caller = work[-1][0]
                    low[caller] = min(low[caller], low[key])
                if low[key] == index[key]:
                    component = _close(key, open_, is_open)
                    if len(component) > 1 or key in graph.get(key, ()):
                        yield component


def _close(key: Key, open_: list[Key], is_open: set[Key]) -> list[Key]:
    component = []
    while True:
        member = open_.pop()
        is_open.discard(member)
        component.append(member)
        if member == key:
            return component


def _shortest_cycle(graph: Graph, start: Key, members: set[Key]) -> list[Key]:
    """The keys of a shortest cycle through ``start``, in order of dependency."""
    came_from: dict[Key, Key] = {}
    queue = [start]
    for key in queue:
        for target in graph[key]:
            if target == start:
                cycle = [key]
                while cycle[-1] != start:
                    cycle.append(came_from[cycle[-1]])
                return cycle[::-1]
            if target in members and target not in came_from:
                came_from[target] = key
                queue.append(target)
    return []


def _problem(graph: Graph, cycle: list[Key]) -> Problem:
    following = [*cycle[1:], cycle[0]]
    ranges = [graph[key][target] for key, target in zip(cycle, following, strict=True)]
    if len(cycle) == 1:
        return Problem("cycle", ranges[0], f"{_text(cycle[0])} refers to itself")
    shown = [_text(key) for key in cycle]
    # Expansions and summaries of calls only say again which module the way leads through.
    chain = " -> ".join(
        [*shown[:_MAXIMUM_SHOWN], *(["..."] if len(shown) > _MAXIMUM_SHOWN else []), shown[0]]
    )
    related = tuple(
        RelatedRange(range_, f"{_text(key)} depends on {_text(target)}")
        for key, target, range_ in list(zip(cycle, following, ranges, strict=True))[
            1:_MAXIMUM_SHOWN
        ]
    )
    return Problem(
        "cycle",
        ranges[0],
        f"dependency cycle: {chain}",
        label=f"{shown[0]} depends on {_text(following[0])}",
        help="one of them must not be computed from the other",
        related=related,
    )


def _text(key: Key) -> str:
    """A declaration as it is written in its module."""
    kind = key[0]
    if kind == "variable":
        return f"var.{key[1]}"
    if kind == "resource":
        return f"{key[1]}.{key[2]}"
    if kind == "module":
        place = {"var": ".var.", "output": "."}.get(key[2] if len(key) > 3 else "", "")
        return f"module.{key[1]}" + (place + key[3] if place else "")
    return ".".join(key)
