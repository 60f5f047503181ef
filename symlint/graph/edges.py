"""The references of a configuration as edges between addresses, without evaluating anything.

Addresses have no instance keys: an edge is between blocks, as somebody reads them in the source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from symlint.hcl.nodes import AttributeStep, IndexStep
from symlint.terraform.modules.references import first_name, free_traversals, resource_name
from symlint.terraform.modules.sites import sites
from symlint.terraform.values.addresses import Address, ModuleStep

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.hcl.nodes import Traversal
    from symlint.source.text import Range
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.instances.instances import ModuleInstance
    from symlint.terraform.modules.sites import Site
    from symlint.terraform.values.addresses import Kind, ModulePath


class Edge(NamedTuple):
    """``source`` reads ``path`` of ``target`` in its argument ``attribute``, at ``range``."""

    source: Address
    target: Address
    attribute: str
    path: tuple[str | int, ...]
    range: Range


class Structure(NamedTuple):
    """Everything with an address, with where it is declared, and the edges between.

    ``transparent`` are the module calls whose modules' code is here.
    """

    declared: dict[Address, Range]
    edges: tuple[Edge, ...]
    transparent: frozenset[Address]


def read_structure(configuration: Configuration) -> Structure:
    """What a configuration declares and refers to; what is not declared has no address.

    A module with several instances counts once. The variables of a called module refer to what
    the call gives them; an output of a module whose code is not here is the module itself.
    """
    declared: dict[Address, Range] = {}
    edges: list[Edge] = []
    modules: dict[ModulePath, ModuleInstance] = {}
    for module in configuration.modules():
        path = _static(module.path)
        if path not in modules:
            modules[path] = module
            declared.update(_declarations(module, path))
    for path, module in modules.items():
        for site in sites(module.module):
            edges.extend(edge for edge in _edges_of(site, module, path) if edge.target in declared)
        edges.extend(_own_outputs(module, path, declared))
    transparent = frozenset(
        Address(path[:-1], "module", "", path[-1].name) for path in modules if path
    )
    known = tuple(edge for edge in edges if edge.source in declared)
    return Structure(declared, known, transparent)


def readers(structure: Structure) -> dict[Address, list[Address]]:
    """What reads each thing, one step away."""
    found: dict[Address, list[Address]] = {}
    for edge in structure.edges:
        found.setdefault(edge.target, []).append(edge.source)
    return found


def consumers(
    structure: Structure, address: Address, known: dict[Address, list[Address]] | None = None
) -> tuple[Address, ...]:
    """The things with an effect of their own that a value of ``address`` reaches.

    Those are resources, data sources, providers, modules whose code is not here, and outputs of
    the root module; locals, variables and other outputs only pass values on. Who asks for many
    addresses gives the ``readers`` of the structure.
    """
    read_by = readers(structure) if known is None else known
    start = _keyless(address)
    seen = {start}
    stack = [start]
    found = []
    while stack:
        for reader in read_by.get(stack.pop(), ()):
            if reader in seen:
                continue
            seen.add(reader)
            if _passes_on(reader, structure.transparent):
                stack.append(reader)
            else:
                found.append(reader)
    return tuple(found)


def _passes_on(address: Address, transparent: frozenset[Address]) -> bool:
    if address.kind == "output":
        return bool(address.module)
    return address.kind in ("local", "variable") or address in transparent


def _static(path: ModulePath) -> ModulePath:
    return tuple(ModuleStep(step.name) for step in path)


def _keyless(address: Address) -> Address:
    return address._replace(module=_static(address.module), key=None)


def _declarations(module: ModuleInstance, path: ModulePath) -> Iterator[tuple[Address, Range]]:
    declared = module.module
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


def _edges_of(site: Site, module: ModuleInstance, path: ModulePath) -> Iterator[Edge]:
    owner = site.owner
    source = Address(path, _kind(owner.kind), owner.type, owner.name)
    if owner.kind == "module":
        inside = _called(module, owner.name)
        if inside is not None and site.role in inside.module.variables:
            step = ModuleStep(owner.name)
            source = Address((*path, step), "variable", "", site.role)
    for traversal in free_traversals(site.expression, site.bound):
        target = _target(traversal, module, path)
        if target is not None and target[0] != source:
            yield Edge(source, target[0], site.role, target[1], traversal.range)


def _kind(kind: str) -> Kind:
    # Checks and imports have no address of their own; nothing is declared under this one.
    known: dict[str, Kind] = {
        "variable": "variable", "local": "local", "output": "output", "resource": "resource",
        "data": "data", "ephemeral": "ephemeral", "module": "module", "provider": "provider",
    }  # fmt: skip
    return known.get(kind, "self")


def _called(module: ModuleInstance, name: str) -> ModuleInstance | None:
    group = module.call_group(name)
    if group is None:
        return None
    return next((it.module for it in group.instances.values() if it.module is not None), None)


def _target(
    traversal: Traversal, module: ModuleInstance, path: ModulePath
) -> tuple[Address, tuple[str | int, ...]] | None:
    """What a traversal names, and the path that it takes of it."""
    name = first_name(traversal)
    if traversal.root in ("var", "local") and name is not None:
        kind: Kind = "variable" if traversal.root == "var" else "local"
        return Address(path, kind, "", name), _steps(traversal, 1)
    if traversal.root == "module" and name is not None:
        key = len(traversal.steps) > 1 and type(traversal.steps[1]) is IndexStep
        taken = _steps(traversal, 2 if key else 1)
        inside = _called(module, name)
        if inside is not None and taken and taken[0] in inside.module.outputs:
            output = Address((*path, ModuleStep(name)), "output", "", str(taken[0]))
            return output, taken[1:]
        return Address(path, "module", "", name), taken
    resource = resource_name(traversal)
    if resource is None:
        return None
    address = Address(path, resource.kind, resource.type, resource.name)
    return address, _steps(traversal, resource.steps)


def _steps(traversal: Traversal, taken: int) -> tuple[str | int, ...]:
    steps: list[str | int] = []
    for step in traversal.steps[taken:]:
        if type(step) is AttributeStep:
            steps.append(step.name)
        elif type(step) is IndexStep:
            steps.append(step.key if isinstance(step.key, (str, int)) else str(step.key))
    return tuple(steps)


def _own_outputs(
    module: ModuleInstance, path: ModulePath, declared: Iterable[Address]
) -> Iterator[Edge]:
    """A module as a whole is all of its outputs."""
    for call in module.module.calls.values():
        inside = _called(module, call.name)
        if inside is None:
            continue
        source = Address(path, "module", "", call.name)
        for output in inside.module.outputs.values():
            target = Address((*path, ModuleStep(call.name)), "output", "", output.name)
            if target in declared:
                yield Edge(source, target, "", (), output.range)
