"""What is declared and what refers to it: the names that a module declares, across calls."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from symlint.hcl.nodes import Attribute, AttributeStep, Block, IndexStep
from symlint.language_server.features.bound_names import free_reference
from symlint.language_server.features.cursor import label_range
from symlint.named_tuple import NamedTuple
from symlint.source.files import ReadProblem
from symlint.source.text import Range
from symlint.terraform.modules.declarations import MODULE_META_ARGUMENTS, RESOURCE_KINDS
from symlint.terraform.modules.references import free_traversals, named_by
from symlint.terraform.modules.sites import sites

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from symlint.hcl.nodes import Traversal
    from symlint.language_server.features.cursor import Cursor
    from symlint.language_server.workspace import Snapshot
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.terraform.modules.called import CalledModules
    from symlint.terraform.modules.declarations import Module, ModuleCall
    from symlint.terraform.modules.references import Named
    from symlint.terraform.values.addresses import Kind

_OF_ONE_LABEL: Final[dict[str, Kind]] = {
    "variable": "variable",
    "output": "output",
    "module": "module",
}


class Symbol(NamedTuple):
    """Something that the module of a directory declares; ``type`` is that of a resource."""

    directory: str
    kind: Kind
    type: str
    name: str


class Place(NamedTuple):
    """Where the name of a symbol is written."""

    range: Range
    declares: bool = False


# --- what a place names -----------------------------------------------------------------------------


def symbols_at(configurations: Iterable[SymConfiguration], cursor: Cursor) -> list[Symbol]:
    """What a place names or declares; several where a module's call leads to several directories."""
    directory = os.path.dirname(cursor.path)
    own = _declared(directory, cursor)
    if own is not None:
        return [own]
    found: dict[Symbol, None] = {}
    for sym in configurations:
        found.update(dict.fromkeys(_named(sym.terraform.called, directory, cursor)))
    return list(found)


def configurations_around(
    snapshot: Snapshot, known: Sequence[SymConfiguration], symbol: Symbol
) -> Sequence[SymConfiguration]:
    """The configurations that what a module declares is in: also those that the open file is not in."""
    for sym in known:
        module = sym.terraform.called.modules.get(symbol.directory)
        if module is not None and module.bodies:
            return snapshot.configurations_of(module.bodies[0].source.path) or known
    return known


def _declared(directory: str, cursor: Cursor) -> Symbol | None:
    """What the header of the block or the name of the local declares that a place is in."""
    block = cursor.block
    if block is None:
        return None
    if block.type == "locals":
        local = next((it for it in cursor.nodes if isinstance(it, Attribute)), None)
        if local is None or cursor.offset >= local.name_end:
            return None
        return Symbol(directory, "local", "", local.name)
    if cursor.offset >= block.header_end:
        return None
    return symbol_of(directory, block)


def symbol_of(directory: str, block: Block) -> Symbol | None:
    """What a block declares."""
    labels = [label.value for label in block.labels]
    if block.type in _OF_ONE_LABEL and len(labels) == 1:
        return Symbol(directory, _OF_ONE_LABEL[block.type], "", labels[0])
    if block.type in RESOURCE_KINDS and len(labels) == 2:
        return Symbol(directory, RESOURCE_KINDS[block.type], labels[0], labels[1])
    return None


def _named(called: CalledModules, directory: str, cursor: Cursor) -> Iterator[Symbol]:
    module = called.modules.get(directory)
    if module is None:
        return
    block, attribute, traversal = cursor.block, cursor.attribute, free_reference(cursor)
    if traversal is None:
        if block is not None and block.type == "module" and attribute is not None:
            call = module.calls.get(block.labels[0].value) if block.labels else None
            if call is not None and attribute.start <= cursor.offset < attribute.name_end:
                for child in directories_of(called, call):
                    yield Symbol(child, "variable", "", attribute.name)
        return
    named = named_by(traversal)
    if named is None:
        return
    if cursor.offset < traversal.steps[named.steps - 1].end:
        yield Symbol(directory, named.kind, named.type, named.name)
    elif named.kind == "module" and named.name in module.calls:
        step = output_step(traversal, named)
        if step is not None and step.start <= cursor.offset < step.end:
            for child in directories_of(called, module.calls[named.name]):
                yield Symbol(child, "output", "", step.name)


def output_step(traversal: Traversal, named: Named) -> AttributeStep | None:
    """The step of a reference to a module that takes an output."""
    rest = traversal.steps[named.steps :]
    if rest and type(rest[0]) is IndexStep:
        rest = rest[1:]
    step = rest[0] if rest else None
    return step if type(step) is AttributeStep else None


def directories_of(called: CalledModules, call: ModuleCall) -> list[str]:
    """The directories that a module call leads to: one, where the code is here."""
    return [directory for directory, calls in called.calls.items() if call in calls]


# --- where a symbol is written ----------------------------------------------------------------------


def declarations(configurations: Iterable[SymConfiguration], symbol: Symbol) -> list[Range]:
    """The names in the blocks that declare a symbol: the first one, where there is any."""
    found = places(configurations, symbol)
    return [place.range for place in found if place.declares]


def settings_of(configurations: Iterable[SymConfiguration], variable: Symbol) -> list[Range]:
    """Where a variable gets its value: the arguments of calls, and the lines of variable files."""
    found: dict[tuple[str, int, int], Range] = {}
    for sym in configurations:
        for place in (*_in_callers(sym.terraform.called, variable), *_in_files(sym, variable)):
            found.setdefault(place.range.sort_key(), place.range)
    return list(found.values())


def places(configurations: Iterable[SymConfiguration], symbol: Symbol) -> list[Place]:
    """Where the name of a symbol is written: its declaration first, then all references."""
    found: dict[tuple[str, int, int], Place] = {}
    for sym in configurations:
        called = sym.terraform.called
        where = (_in_module(called, symbol), _in_callers(called, symbol), _in_files(sym, symbol))
        for place in (place for some in where for place in some):
            found.setdefault(place.range.sort_key(), place)
    return sorted(found.values(), key=lambda it: (not it.declares, it.range.sort_key()))


def _in_module(called: CalledModules, symbol: Symbol) -> Iterator[Place]:
    module = called.modules.get(symbol.directory)
    if module is None:
        return
    declared = _declaration(module, symbol)
    if declared is not None:
        yield Place(declared, declares=True)
    for traversal, named in _references(module):
        if named[:3] == symbol[1:]:
            step = traversal.steps[named.steps - 1]
            yield Place(Range(step.source, step.start + 1, step.end))


def _declaration(module: Module, symbol: Symbol) -> Range | None:
    kind, type_, name = symbol[1:]
    if kind == "local":
        local = module.locals.get(name)
        return None if local is None else local.range
    of_kind = {"variable": module.variables, "output": module.outputs, "module": module.calls}
    found = None
    if kind in ("resource", "data", "ephemeral"):
        found = module.of_kind(kind).get((type_, name))
    elif kind in of_kind:
        found = of_kind[kind].get(name)  # type: ignore[attr-defined]  # all are declarations by name
    return None if found is None else label_range(found.block.labels[-1])


def _references(module: Module) -> Iterator[tuple[Traversal, Named]]:
    yield from _imported(module)
    for site in sites(module):
        for traversal in free_traversals(site.expression, site.bound):
            named = named_by(traversal)
            if named is not None:
                yield traversal, named


def _imported(module: Module) -> Iterator[tuple[Traversal, Named]]:
    """What import blocks bring in: an address that is not evaluated."""
    for block in module.imports:
        to = block.body.attribute("to")
        for traversal in () if to is None else free_traversals(to.value):
            named = named_by(traversal)
            if named is not None:
                yield traversal, named


def _in_files(sym: SymConfiguration, symbol: Symbol) -> Iterator[Place]:
    """The values of a root variable in variable files."""
    configuration = sym.terraform
    if symbol.kind != "variable" or symbol.directory != configuration.directory:
        return
    for path in configuration.inputs.files:
        file = configuration.cache.parse(path)
        attribute = None if isinstance(file, ReadProblem) else file.body.attribute(symbol.name)
        if attribute is not None:
            yield Place(attribute.name_range)


def _in_callers(called: CalledModules, symbol: Symbol) -> Iterator[Place]:
    """The arguments that give a variable its value, or the references to an output."""
    if symbol.kind not in ("variable", "output"):
        return
    calls = called.calls.get(symbol.directory, {})
    for module in called.modules.values():
        own = {name for name, call in module.calls.items() if call in calls}
        if not own:
            continue
        if symbol.kind == "variable" and symbol.name not in MODULE_META_ARGUMENTS:
            for name in own:
                attribute = module.calls[name].attributes.get(symbol.name)
                if attribute is not None:
                    yield Place(attribute.name_range)
        elif symbol.kind == "output":
            for traversal, named in _references(module):
                if named.kind == "module" and named.name in own:
                    step = output_step(traversal, named)
                    if step is not None and step.name == symbol.name:
                        yield Place(Range(step.source, step.start + 1, step.end))
