"""The reference graph of a configuration: what is declared, and what refers to what.

It is read from the text and evaluates no value. Addresses have no instance keys: an edge is
between blocks, as somebody reads them in the source. Nothing is put together before it is asked
for, and then once. Following edges is done here; what has to be explained or drawn (chains, reach,
cycles) is handed to networkx, which takes longer to import than a clean run.
"""

from __future__ import annotations

from collections import deque
from functools import cached_property

from symlint.annotations import TYPE_CHECKING, Final
from symlint.graph.module_references import read_references
from symlint.named_tuple import NamedTuple
from symlint.source.reachable import reachable
from symlint.terraform.values.addresses import Address, ModuleStep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from symlint.graph.module_references import WrittenReference
    from symlint.source.text import Range
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.instances.module_instance import ModuleInstance
    from symlint.terraform.modules.declarations import Module
    from symlint.terraform.values.addresses import Kind, ModulePath


class Edge(NamedTuple):
    """``source`` reads ``path`` of ``target`` in its argument ``attribute``, at ``range``."""

    source: Address
    target: Address
    attribute: str
    path: tuple[str | int, ...]
    range: Range


class Way(NamedTuple):
    """The first and the last reference of a chain."""

    first: Edge
    last: Edge


class ReferenceGraph:
    """Addresses and the references between them; an edge leads from who reads to what is read.

    What is not declared has no address. A module with several instances counts once. The
    variables of a called module refer to what the call gives them; an output of a module whose
    code is not here is the module itself.
    """

    def __init__(self, configuration: Configuration) -> None:
        self.configuration: Final = configuration

    # --- what there is ---

    @cached_property
    def declared(self) -> Mapping[Address, Range]:
        """Everything with an address, and where it is declared."""
        found: dict[Address, Range] = {}
        for path, module in self._modules.items():
            found.update(_declarations(module.module, path))
        return found

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """All references, module by module and block by block."""
        declared = self.declared
        found: list[Edge] = []
        for path, module in self._modules.items():
            called = {name: _called(module, name) for name in module.module.calls}
            for reference in read_references(module.module):
                edge = _edge(reference, path, called)
                known = edge.source in declared and edge.target in declared
                if known and edge.source != edge.target:
                    found.append(edge)
            found.extend(_own_outputs(path, called))
        return tuple(found)

    def find(self, text: str) -> tuple[Address, ...]:
        """The addresses that a text names: all of it, or its end after a dot.

        >>> graph.find("module.a.sym_flow.x"), graph.find("sym_flow.x")
        """
        exact = [address for address in self.declared if str(address) == text]
        if exact:
            return tuple(exact)
        return tuple(address for address in self.declared if str(address).endswith("." + text))

    # --- one step ---

    def edges_to(self, address: Address) -> tuple[Edge, ...]:
        """The references to a thing."""
        return tuple(self._to.get(address.without_keys(), ()))

    def edges_from(self, address: Address) -> tuple[Edge, ...]:
        """The references that a thing has in its arguments."""
        return tuple(self._from.get(address.without_keys(), ()))

    def uses(self, address: Address) -> Iterator[Edge]:
        """The references to a thing; of a module call, those to its outputs, too.

        The path of each begins at ``address``: with the output's name where it is one.
        """
        yield from self.edges_to(address)
        inside = self._inside(address)
        if inside is None:
            return
        path = (*address.without_keys().module, ModuleStep(address.name))
        for name in inside.module.outputs:
            for edge in self.edges_to(Address(path, "output", "", name)):
                if edge.attribute:
                    yield edge._replace(path=(name, *edge.path))

    def readers(self, address: Address) -> tuple[Address, ...]:
        """What refers to a thing, one step away."""
        return tuple(dict.fromkeys(edge.source for edge in self.edges_to(address)))

    # --- as far as values go ---

    def passes_on(self, address: Address) -> bool:
        """Whether a thing only passes values on: it has no effect of its own.

        Those are locals, variables, outputs of called modules, and calls of modules whose code is
        here.
        """
        if address.kind == "output":
            return bool(address.module)
        return address.kind in ("local", "variable") or self._inside(address) is not None

    def consumers(
        self,
        address: Address,
        *,
        by: Callable[[Edge], bool] | None = None,
        through: Callable[[Address], bool] | None = None,
    ) -> tuple[Address, ...]:
        """The things with an effect of their own that a value of ``address`` reaches.

        Those are resources, data sources, providers, modules whose code is not here, and outputs
        of the root module. ``by`` says which of the references to the address count; values go
        on through what ``passes_on``, and through what is ``through``.
        """
        found = []
        seen = {address.without_keys()}
        stack = [edge.source for edge in self.uses(address) if by is None or by(edge)]
        while stack:
            reader = stack.pop()
            if reader not in seen:
                seen.add(reader)
                if self.passes_on(reader) or (through is not None and through(reader)):
                    stack += self.readers(reader)
                else:
                    found.append(reader)
        return tuple(found)

    def is_consumed(self, address: Address) -> bool:
        """Whether ``consumers`` has any for an address; asked of many, it is worked out once."""
        return any(
            edge.source in self._consumed or not self.passes_on(edge.source)
            for edge in self.uses(address)
        )

    def origins(
        self,
        starts: Iterable[Address],
        *,
        by: Callable[[Edge], bool] | None = None,
        through: Callable[[Address], bool] | None = None,
    ) -> Iterator[Edge]:
        """The references to the things whose values reach one of ``starts``: ``consumers`` back.

        ``by`` says which references of the starts count.
        """
        seen = {address.without_keys() for address in starts}
        stack = [edge for start in seen for edge in self.edges_from(start)]
        if by is not None:
            stack = [edge for edge in stack if by(edge)]
        while stack:
            edge = stack.pop()
            target = edge.target
            if not (self.passes_on(target) or (through is not None and through(target))):
                yield edge
            elif target not in seen:
                seen.add(target)
                stack += self.edges_from(target)

    # --- explained by networkx ---

    def dependencies(self, address: Address) -> tuple[Address, ...]:
        """Everything that a thing reads, directly or not, nearest first."""
        from symlint.graph.network import reached

        adjacency = {it: [edge.target for edge in edges] for it, edges in self._from.items()}
        return tuple(reached(adjacency, address.without_keys()))

    def impact(self, address: Address) -> tuple[Address, ...]:
        """Everything that reads a thing, directly or not, nearest first."""
        from symlint.graph.network import reached

        adjacency = {it: [edge.source for edge in edges] for it, edges in self._to.items()}
        return tuple(reached(adjacency, address.without_keys()))

    # --- chains ---

    def chain(
        self, source: Address, target: Address, through: Callable[[Address], bool] | None = None
    ) -> tuple[Edge, ...] | None:
        """The shortest chain of references from one thing to another; None without one.

        It leads through things for which ``through`` holds only.
        """
        start, end = source.without_keys(), target.without_keys()
        ways = self.ways(start, through)
        if start == end or end not in ways:
            return () if start == end else None
        found = [ways[end].last]
        while found[-1].source != start:
            found.append(ways[found[-1].source].last)
        return tuple(reversed(found))

    def ways(
        self, source: Address, through: Callable[[Address], bool] | None = None
    ) -> dict[Address, Way]:
        """How the shortest chain from a thing leads to each of those that any leads to."""
        start = source.without_keys()
        found: dict[Address, Way] = {}
        waiting = deque([start])
        while waiting:
            reader = waiting.popleft()
            before = found.get(reader)
            for edge in self.edges_from(reader):
                if edge.target != start and edge.target not in found:
                    found[edge.target] = Way(edge if before is None else before.first, edge)
                    if through is None or through(edge.target):
                        waiting.append(edge.target)
        return found

    # --- helpers ---

    @cached_property
    def _modules(self) -> dict[ModulePath, ModuleInstance]:
        """One instance of each module, by its path without keys, in order."""
        found: dict[ModulePath, ModuleInstance] = {}
        for module in self.configuration.modules():
            found.setdefault(_without_keys(module.path), module)
        return found

    @cached_property
    def _to(self) -> dict[Address, list[Edge]]:
        found: dict[Address, list[Edge]] = {}
        for edge in self.edges:
            found.setdefault(edge.target, []).append(edge)
        return found

    @cached_property
    def _from(self) -> dict[Address, list[Edge]]:
        found: dict[Address, list[Edge]] = {}
        for edge in self.edges:
            found.setdefault(edge.source, []).append(edge)
        return found

    @cached_property
    def _consumed(self) -> set[Address]:
        """What passes values on, and not only to things that do nothing with them."""
        passing = {it for it in self.declared if self.passes_on(it)}
        leads = {it: [edge.target for edge in edges] for it, edges in self._from.items()}
        starts = [to for it, targets in leads.items() if it not in passing for to in targets]
        inner = {it: [to for to in leads.get(it, ()) if to in passing] for it in passing}
        return reachable(inner, [it for it in starts if it in passing])

    def _inside(self, address: Address) -> ModuleInstance | None:
        """The module that a call calls, where its code is here."""
        if address.kind != "module":
            return None
        return self._modules.get((*_without_keys(address.module), ModuleStep(address.name)))


def _without_keys(path: ModulePath) -> ModulePath:
    return tuple(ModuleStep(step.name) for step in path)


def _declarations(declared: Module, path: ModulePath) -> Iterator[tuple[Address, Range]]:
    for variable in declared.variables.values():
        yield Address(path, "variable", "", variable.name), variable.range
    for local in declared.locals.values():
        yield Address(path, "local", "", local.name), local.range
    for output in declared.outputs.values():
        yield Address(path, "output", "", output.name), output.range
    for resource in declared.all_resources:
        yield Address(path, resource.kind, resource.type, resource.name), resource.range
    for call in declared.calls.values():
        yield Address(path, "module", "", call.name), call.range
    for provider in declared.providers.values():
        yield Address(path, "provider", "", provider.local_name), provider.range


def _called(module: ModuleInstance, name: str) -> Module | None:
    group = module.call_group(name)
    if group is None:
        return None
    found = (it.module for it in group.instances.values())
    return next((it.module for it in found if it is not None), None)


# Checks and imports have no address of their own; nothing is declared under this one.
_KINDS: Final[dict[str, Kind]] = {
    "variable": "variable", "local": "local", "output": "output", "resource": "resource",
    "data": "data", "ephemeral": "ephemeral", "module": "module", "provider": "provider",
}  # fmt: skip  # as many a line as fit


def _edge(
    reference: WrittenReference, path: ModulePath, called: Mapping[str, Module | None]
) -> Edge:
    owner, role = reference.owner, reference.role
    source = Address(path, _KINDS.get(owner.kind, "self"), owner.type, owner.name)
    if owner.kind == "module":
        inside = called[owner.name]
        if inside is not None and role in inside.variables:
            source = Address((*path, ModuleStep(owner.name)), "variable", "", role)
    named = reference.named
    taken = reference.path
    if named.kind == "module":
        inside = called.get(named.name)
        if inside is not None and taken and taken[0] in inside.outputs:
            step = ModuleStep(named.name)
            target = Address((*path, step), "output", "", str(taken[0]))
            return Edge(source, target, role, taken[1:], reference.range)
    target = Address(path, named.kind, named.type, named.name)
    return Edge(source, target, role, taken, reference.range)


def _own_outputs(path: ModulePath, called: Mapping[str, Module | None]) -> Iterator[Edge]:
    """A module as a whole is all of its outputs."""
    for name, inside in called.items():
        source = Address(path, "module", "", name)
        for output in () if inside is None else inside.outputs.values():
            target = Address((*path, ModuleStep(name)), "output", "", output.name)
            yield Edge(source, target, "", (), output.range)
