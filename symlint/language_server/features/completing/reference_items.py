"""References that can be written at a place: for an id, those of the right kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.hcl.nodes import AttributeStep, Block, Literal, ObjectItem, Traversal
from symlint.language_server.features import facts
from symlint.language_server.features.bound_names import binds_at, bound_names_of, names_of
from symlint.language_server.features.hover import module_named
from symlint.language_server.features.names import directories_of
from symlint.language_server.features.values import values_at
from symlint.named_tuple import NamedTuple
from symlint.terraform.values.addresses import is_identifier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from symlint.language_server.features.bound_names import BoundName
    from symlint.language_server.features.completing.word import Item, Word
    from symlint.terraform.modules.declarations import Module

_FIXED: Final = {
    "each": ("key", "value"),
    "count": ("index",),
    "path": ("module", "root", "cwd"),
    "terraform": ("workspace",),
}


def reference_items(word: Word, traversal: Traversal) -> Iterator[Item]:
    """What a reference can go on with where the word stands in it."""
    module = word.module
    if module is None:
        return
    at_root = word.cursor.offset < traversal.root_end
    before = [] if at_root else _before(traversal, word.cursor.offset)
    wanted = wanted_at(word)
    bound = next(bound_names_of(traversal, word.cursor), None)
    if at_root:
        yield from _ids(word, module, wanted)
        yield from _bound_around(word)
        yield from _names(word, module)
    elif bound is not None:
        yield from _of_bound(word, traversal, bound)
    elif before[0] in ("var", "local", "module"):
        yield from _of_module(word, module, before)
    elif before[0] in _FIXED and len(before) == 1:
        for name in _FIXED[before[0]]:
            yield word.item(name, "property")
    else:
        yield from _of_resource(word, module, before, wanted.kinds)
    if len(before) > 1 and before[0] in ("var", "local", "each"):
        yield from _attributes(word, traversal)


def _before(traversal: Traversal, offset: int) -> list[str]:
    """The names before the step that a place is in; those in brackets are left out."""
    found = [traversal.root]
    for step in traversal.steps:
        if step.start <= offset < step.end:
            break
        if type(step) is AttributeStep:
            found.append(step.name)
    return found


class Wanted(NamedTuple):
    """The resources of which an argument takes the id: of some kinds, and types where they matter."""

    kinds: Sequence[str] = ()
    types: Sequence[str] | None = None


def wanted_at(word: Word) -> Wanted:
    """What an argument takes the id of; nothing where it is no reference."""
    cursor, catalogue = word.cursor, word.sym.catalogue
    block, attribute = cursor.block, cursor.attribute
    if block is None or block.type != "resource" or not block.labels or attribute is None:
        return Wanted()
    path = [*(it.type for it in cursor.blocks[1:]), attribute.name]
    item = cursor.inner(ObjectItem)
    key = None
    if item is not None and attribute.start < item.start:
        key = str(getattr(item.key, "value", ""))
        path.append(key)
    resource = block.labels[0].value
    for reference in catalogue.references_of(resource):
        pairs = zip(reference.path, path, strict=False)
        if len(reference.path) == len(path) and all(own in ("*", it) for own, it in pairs):
            return Wanted(reference.to, reference.integration_types or _types(word, block, key))
    return Wanted()


def _types(word: Word, block: Block, key: str | None) -> Sequence[str] | None:
    """The types of targets or integrations that are right beside what else the block says."""
    catalogue, attribute = word.sym.catalogue, word.cursor.attribute
    name = "" if attribute is None else attribute.name
    if key is not None and name == "integrations":
        known = catalogue.environment_keys.get(key)
        return None if known is None else known.integration_types
    own = block.body.attribute("type")
    type_ = "" if own is None else getattr(own.value, "value", "")
    entries = facts.types_of(catalogue, block.labels[0].value)
    entry = entries.get(type_) if isinstance(type_, str) else None
    of_what = "target_types" if name == "targets" else "integration_types"
    found: Sequence[str] | None = getattr(entry, of_what, None)
    return found


def _ids(word: Word, module: Module, wanted: Wanted) -> Iterator[Item]:
    """The ids of the resources that are wanted, and those that modules of Sym's give."""
    for resource in module.all_resources:
        own = resource.expression("type")
        type_ = own.value if type(own) is Literal else None
        fits = wanted.types is None or not isinstance(type_, str) or type_ in wanted.types
        if resource.type in wanted.kinds and resource.kind != "ephemeral" and fits:
            key = {"for_each": '["KEY"]', "count": "[0]"}.get(resource.repeated or "", "")
            yield word.item(f"{resource.local_name}{key}.id", "reference", first=True)
    for name in module.calls:
        known = module_named(word.sym, word.cursor.path, name)
        newest = None if known is None else known.newest
        if known is None or newest is None:
            continue
        for output, form in known.entry.outputs_at(newest).items():
            type_ = form.integration_type
            fits = wanted.types is None or type_ is None or type_ in wanted.types
            if form.resource in wanted.kinds and fits:
                detail = known.title
                yield word.item(f"module.{name}.{output}.id", "reference", detail, first=True)


def _names(word: Word, module: Module) -> Iterator[Item]:
    """The variables, locals and modules of the module."""
    for name in module.variables:
        yield word.item(f"var.{name}", "variable")
    for name in module.locals:
        yield word.item(f"local.{name}", "variable")
    for name in module.calls:
        yield word.item(f"module.{name}", "reference")


def _bound_around(word: Word) -> Iterator[Item]:
    """The names that ``for`` and ``dynamic`` bind around the word."""
    cursor = word.cursor
    for node in reversed(cursor.nodes):
        for bound in names_of(node) if binds_at(node, cursor.offset) else ():
            yield word.item(bound.name, "variable", first=True)


def _of_bound(word: Word, traversal: Traversal, bound: BoundName) -> Iterator[Item]:
    """What follows a name that is bound: key and value of an iterator, attributes of an element."""
    before = _before(traversal, word.cursor.offset)
    if isinstance(bound.binder, Block) and len(before) == 1:
        for name in ("key", "value"):
            yield word.item(name, "property")
    else:
        yield from _attributes(word, traversal)


def _attributes(word: Word, traversal: Traversal) -> Iterator[Item]:
    """The attributes that the value before the word has."""
    steps = tuple(it for it in traversal.steps if it.end <= word.cursor.offset)
    end = steps[-1].end if steps else traversal.root_end
    whole = Traversal(
        traversal.source, traversal.start, end, traversal.root, traversal.root_end, steps
    )
    for _, value in values_at(word.sym, word.cursor, whole):
        content = value.content
        if isinstance(content, dict) and not value.sensitive:
            for name in filter(is_identifier, content):
                yield word.item(name, "property")


def _of_module(word: Word, module: Module, before: list[str]) -> Iterator[Item]:
    """What follows ``var``, ``local``, ``module``, a module, or an output of one."""
    root = before[0]
    if len(before) == 1:
        known = {"var": module.variables, "local": module.locals, "module": module.calls}[root]
        for name in known:  # type: ignore[attr-defined]  # all are dictionaries by name
            yield word.item(name, "reference" if root == "module" else "variable")
    elif root == "module" and before[1] in module.calls:
        known_module = module_named(word.sym, word.cursor.path, before[1])
        newest = None if known_module is None else known_module.newest
        if known_module is not None and newest is not None:
            outputs = known_module.entry.outputs_at(newest)
            if len(before) == 2:
                for name, form in outputs.items():
                    yield word.item(name, "property", "", facts.output_facts(form))
            elif len(before) == 3 and before[2] in outputs:
                for key in outputs[before[2]].keys or ():
                    yield word.item(key, "property")
        elif len(before) == 2:
            called = word.sym.terraform.called
            for directory in directories_of(called, module.calls[before[1]]):
                for name in called.modules[directory].outputs:
                    yield word.item(name, "property")


def _of_resource(
    word: Word, module: Module, before: list[str], kinds: Sequence[str]
) -> Iterator[Item]:
    """The resources of a type, or the attributes of one."""
    is_data = before[0] == "data"
    names = before[1:] if is_data else before
    known = module.data if is_data else module.resources
    if len(names) == 1:
        for type_, name in known:
            if type_ == names[0]:
                yield word.item(name, "reference")
    elif len(names) == 2 and (names[0], names[1]) in known:
        schema = word.sym.catalogue.provider.resources.get(names[0])
        offered = ["id"] if names[0] in kinds or schema is None else ["id", *schema.arguments]
        for name in dict.fromkeys(offered):
            yield word.item(name, "property")
