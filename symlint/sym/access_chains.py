"""The picture of how access is granted: flow, strategy, target or integration, connector, runtime."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.graph.picture import Node, Picture, draw
from symlint.graph.reference_graph import Edge
from symlint.source.reachable import reachable
from symlint.sym.model.argument_links import argument_links
from symlint.sym.model.environments import Environment, Runtime
from symlint.sym.model.flows import Flow
from symlint.sym.model.integrations import Integration
from symlint.sym.model.strategies import Strategy, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from symlint.graph.reference_graph import ReferenceGraph, Way
    from symlint.sym.model.argument_links import ArgumentLinks
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.views import Link, View
    from symlint.terraform.values.addresses import Address

_PARTS: Final = {
    Flow.KIND: "flow", Strategy.KIND: "strategy", Target.KIND: "target",
    Integration.KIND: "integration", Runtime.KIND: "runtime",
}  # fmt: skip  # as many a line as fit
_TYPED: Final = ("strategy", "target", "integration")
_STARTS: Final = ("flow", "strategy", "target")
"""What is shown even where nothing leads to it."""

_STEPS_PER_WAY: Final = 20
"""What following a reference costs, in steps of the budget."""

_TOO_MANY: Final = "following all references is too much work: the picture lacks some edges"


def draw_chains(sym: SymConfiguration) -> Picture:
    """Flows, and what grants the access that they are about, each with its type.

    Where the value of an argument is known, its edge leads where the value does; otherwise to all
    that the argument refers to, through locals, variables and outputs. A flow leads to its runtime
    through its environment. An edge that a longer chain says again is left out, and so are
    integrations and modules that no chain leads to.
    """
    from symlint.graph.network import reduced

    views: dict[Address, list[View]] = {}
    for view in sym.views:
        if view.kind in _PARTS:
            views.setdefault(view.address.without_keys(), []).append(view)
    parts = {address: _PARTS[same[0].kind] for address, same in views.items()}
    types: dict[Address, str] = {
        address: ", ".join(dict.fromkeys(view.type_name or "?" for view in same))
        for address, same in views.items()
        if parts[address] in _TYPED
    }
    for module in sym.modules:
        if module.kind in ("connector", "runtime"):
            address = module.address.without_keys()
            parts[address], types[address] = module.kind, module.entry.name

    edges: dict[tuple[Address, Address], Edge] = {}
    for address in parts:
        ways = sym.graph.ways(address, _leads_on(sym.graph, parts[address]))
        if not sym.terraform.budget.spend(_STEPS_PER_WAY * len(ways), _TOO_MANY):
            break
        for edge in _edges(sym.graph, address, views.get(address, []), parts, ways):
            edges.setdefault((edge.source, edge.target), edge)
    leads: dict[Address, list[Address]] = {address: [] for address in parts}
    for source, target in edges:
        leads[source].append(target)
    shown = reachable(leads, [it for it, part in parts.items() if part in _STARTS])
    kept = reduced({it: leads[it] for it in leads if it in shown})
    nodes = (
        Node(it, sym.graph.declared[it], parts[it], types.get(it, ""))
        for it in parts
        if it in shown
    )
    return draw(nodes, (edge for ends, edge in edges.items() if ends in kept))


def _leads_on(graph: ReferenceGraph, part: str) -> Callable[[Address], bool]:
    """What leads on from a part of this kind."""
    # What else reads something of an environment, such as its name, is not run by its runtime.
    through = _is_environment if part == "flow" else _is_nothing
    return lambda address: graph.passes_on(address) or through(address)


def _edges(
    graph: ReferenceGraph,
    source: Address,
    views: list[View],
    parts: dict[Address, str],
    ways: Mapping[Address, Way],
) -> Iterator[Edge]:
    """The edges from one part to other ones."""
    known: dict[Address, ArgumentLinks] = {}
    followed: set[str] = set()
    doubtful: set[str] = set()
    for view in views:
        for links in argument_links(view):
            names = {links.reference.path[0], links.reference.path[-1]}
            leaves = list(links.leaves)
            ends = [end for leaf in leaves if (end := _end(leaf)) is not None]
            if links.links.state == "absent":
                continue
            sure = links.links.state == "known" and all(it.outcome != "unknown" for it in leaves)
            if sure and all(end in parts for end in ends):
                followed |= names
            else:
                # An environment is no part; where the value is not known, the text still tells.
                doubtful |= names
            known.update((end, links) for end in ends if end in parts)
    followed -= doubtful
    through = _is_environment if parts[source] == "flow" else _is_nothing
    found = dict.fromkeys(known)
    origins = graph.origins(
        [source], by=lambda edge: edge.attribute not in followed, through=through
    )
    found.update(
        (edge.target, None)
        for edge in origins
        if edge.target in parts
        and (not _is_environment(edge.source) or edge.attribute == "runtime_id")
    )
    for target in sorted(found, key=str):
        if target == source or not _may_lead(parts[source], parts[target]):
            continue
        way = ways.get(target)
        if target in known:
            links = known[target]
            name = links.reference.path[-1] if links.reference.path[-1] != "*" else links.attribute
            path = way.last.path if way else ()
            yield Edge(source, target, name, path, links.links.argument)
        elif way:
            yield Edge(source, target, way.first.attribute, way.last.path, way.first.range)


def _end(link: Link) -> Address | None:
    """The block that a link leads to."""
    return None if link.subject is None else link.subject.owner.address.without_keys()


def _may_lead(source: str, target: str) -> bool:
    if source == "flow":
        return target in ("strategy", "runtime")
    return target not in ("flow", "strategy")


def _is_nothing(_: Address) -> bool:
    return False


def _is_environment(address: Address) -> bool:
    return address.type == Environment.KIND
