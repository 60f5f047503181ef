"""Where what a place names is declared or written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from symlint.hcl.nodes import (
    Block,
    Call,
    For,
    Literal,
    ObjectItem,
    RelativeTraversal,
    Template,
    Traversal,
)
from symlint.language_server.features.bound_names import (
    bound_name_at,
    bound_names_of,
    free_reference,
)
from symlint.language_server.features.cursor import Cursor, cursor_at, label_range
from symlint.language_server.features.hover import part_at
from symlint.language_server.features.names import (
    declarations,
    directories_of,
    settings_of,
    symbols_at,
)
from symlint.language_server.features.providers import provider_at, provider_places
from symlint.language_server.features.python.places import places_of, reads_at, reads_of_key
from symlint.language_server.features.values import modules_of, values_at
from symlint.source.file_names import PYTHON_SUFFIX
from symlint.source.files import ReadProblem
from symlint.source.text import Range
from symlint.terraform.modules.references import named_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.hcl.nodes import Expression
    from symlint.language_server.workspace import Snapshot
    from symlint.source.text import SourceFile
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.terraform.values.value import Value


def definition(snapshot: Snapshot, source: SourceFile, offset: int) -> list[Range]:
    """Where what a place names is declared or written."""
    configurations = snapshot.configurations_of(source.path)
    if source.path.endswith(PYTHON_SUFFIX):
        return distinct(
            place.key
            for read in reads_at(configurations, source.path, offset)
            for place in places_of(read)
        )
    file = snapshot.parsed(source.path)
    if file is None:
        return []
    cursor = cursor_at(file, offset)
    provider = provider_at(cursor)
    if provider is not None:
        found_places = provider_places(configurations, cursor, provider)
        return distinct(range_ for range_, declares in found_places if declares)
    for find in (
        _of_python,
        _of_bound,
        _of_name,
        _of_iterator,
        _of_step,
        _of_file,
        _of_source,
        _of_repetition,
        _of_key,
    ):
        found = distinct(find(configurations, cursor))
        if found:
            return found
    return []


def distinct(ranges: Iterable[Range | None]) -> list[Range]:
    """The ranges of files, each once, in order."""
    found = {it.sort_key(): it for it in ranges if it is not None and os.path.isabs(it.path)}
    return list(found.values())


def _of_python(
    configurations: Iterable[SymConfiguration], cursor: Cursor
) -> Iterator[Range | None]:
    """Of code in a heredoc."""
    for read in reads_at(configurations, cursor.path, cursor.offset):
        yield from (place.key for place in places_of(read))


def _of_bound(_: Iterable[SymConfiguration], cursor: Cursor) -> Iterator[Range | None]:
    """Of a name that ``for`` or ``dynamic`` binds."""
    bound = bound_name_at(cursor)
    if bound is not None:
        yield bound.declared


def _of_name(configurations: Iterable[SymConfiguration], cursor: Cursor) -> Iterator[Range]:
    configurations = tuple(configurations)
    for symbol in symbols_at(configurations, cursor):
        declared = declarations(configurations, symbol)
        if symbol.kind == "variable" and any(_is_at(it, cursor) for it in declared):
            # Whoever stands there already wants to know where the value comes from.
            declared = settings_of(configurations, symbol) or declared
        yield from declared


def _is_at(range_: Range, cursor: Cursor) -> bool:
    return range_.path == cursor.path and range_.start <= cursor.offset <= range_.end


def _of_step(configurations: Iterable[SymConfiguration], cursor: Cursor) -> Iterator[Range | None]:
    """What a step of a reference leads to: an element of a local, or what an attribute refers to."""
    traversal, free = cursor.inner(Traversal), free_reference(cursor)
    if traversal is None:
        yield from _of_relative(configurations, cursor)
        return
    named = None if free is None else named_by(free)
    if free is not None and named is None:
        return
    own = traversal.root_end if named is None else traversal.steps[named.steps - 1].end
    if cursor.offset < own:
        return
    part = part_at(traversal, cursor.offset)
    for sym in configurations:
        for _, value in values_at(sym, cursor, part):
            yield _written_at(sym, value)


def _of_relative(
    configurations: Iterable[SymConfiguration], cursor: Cursor
) -> Iterator[Range | None]:
    """What the steps behind an index that is computed lead to: ``sym_target.x[each.key].id``."""
    node = cursor.inner(RelativeTraversal)
    if node is None or cursor.offset < node.operand.end:
        return
    for sym in configurations:
        for _, value in values_at(sym, cursor, node):
            yield _written_at(sym, value)


def _written_at(sym: SymConfiguration, value: Value) -> Range | None:
    """The block that a value is, or where it was written."""
    reference = value.reference
    if reference is not None and reference.address.kind in ("resource", "data"):
        instance = sym.terraform.resource(reference.address)
        if instance is not None:
            attribute = instance.configured(str(reference.path[0])) if reference.path else None
            if attribute is None:
                return label_range(instance.block.labels[-1])
    return value.origin


def _of_file(configurations: Iterable[SymConfiguration], cursor: Cursor) -> Iterator[Range]:
    """The file whose name stands in ``file("impl.py")``, or alone where a file is meant."""
    name = _file_name(cursor)
    for sym in configurations if name is not None else ():
        assert name is not None
        found = [value.string for _, value in values_at(sym, cursor, name)]
        for module in modules_of(sym, cursor.path):
            for path in filter(None, found):
                yield from _beginning(sym, os.path.join(module.files.root_directory, path))


def _file_name(cursor: Cursor) -> Expression | None:
    """The expression around a place that names a file."""
    call, attribute = cursor.inner(Call), cursor.attribute
    if call is not None and call.name.startswith(("file", "templatefile")) and call.arguments:
        first = call.arguments[0]
        return first if call.start <= cursor.offset < first.end else None
    # Before version 2 of Sym's provider, the argument was the path.
    is_path = attribute is not None and attribute.name == "implementation"
    if attribute is None or not is_path or cursor.offset < attribute.value.start:
        return None
    return attribute.value if isinstance(attribute.value, (Literal, Template)) else None


def _beginning(sym: SymConfiguration, path: str) -> Iterator[Range]:
    source = sym.terraform.cache.text(os.path.normpath(path))
    if not isinstance(source, ReadProblem):
        yield Range(source, 0, 0)


def _of_source(configurations: Iterable[SymConfiguration], cursor: Cursor) -> Iterator[Range]:
    """The first file of the module whose address stands in ``source``."""
    block, attribute = cursor.block, cursor.attribute
    if block is None or block.type != "module" or attribute is None or not block.labels:
        return
    if attribute.name != "source" or cursor.offset < attribute.value.start:
        return
    for sym in configurations:
        called = sym.terraform.called
        module = called.modules.get(os.path.dirname(cursor.path))
        call = None if module is None else module.calls.get(block.labels[0].value)
        for directory in directories_of(called, call) if call is not None else ():
            bodies = called.modules[directory].bodies
            main = [it for it in bodies if os.path.basename(it.source.path) == "main.tf"]
            for body in (main or list(bodies))[:1]:
                yield Range(body.source, 0, 0)


def _of_repetition(
    configurations: Iterable[SymConfiguration], cursor: Cursor
) -> Iterator[Range | None]:
    """Of ``each`` and ``count.index``: what the block is repeated for."""
    node, block = cursor.inner(Traversal), cursor.block
    if node is None or block is None or node.root not in ("each", "count"):
        return
    attribute = block.body.attribute("for_each" if node.root == "each" else "count")
    if attribute is None:
        return
    found: list[Range | None] = []
    if node.root == "each" and node.steps:
        part = part_at(node, cursor.offset)
        is_key = getattr(part.steps[0], "name", "") == "key"
        for sym in configurations:
            if is_key:
                found += _keys(sym, cursor, attribute.value, part)
            else:
                found += (value.origin for _, value in values_at(sym, cursor, part))
    yield from found if any(found) else [attribute.value.range]


def _of_iterator(
    configurations: Iterable[SymConfiguration], cursor: Cursor
) -> Iterator[Range | None]:
    """Of the key that the iterator of a ``dynamic`` block has."""
    node = cursor.inner(Traversal)
    if node is None or not node.steps or cursor.offset < node.root_end:
        return
    if getattr(node.steps[0], "name", "") != "key":
        return
    binder = next((it.binder for it in bound_names_of(node, cursor)), None)
    for_each = binder.body.attribute("for_each") if isinstance(binder, Block) else None
    for sym in configurations if for_each is not None else ():
        assert for_each is not None
        yield from _keys(sym, cursor, for_each.value, part_at(node, cursor.offset))


def _keys(
    sym: SymConfiguration, cursor: Cursor, collection: Expression, key: Expression
) -> Iterator[Range | None]:
    """Where the keys of a collection are written, in each turn."""
    from symlint.sym.model.settings import item_ranges

    if isinstance(collection, For) and collection.key is not None:
        inside = cursor_at(cursor.file, collection.key.start)
        made = {it.string: it.origin for _, it in values_at(sym, inside, collection.key)}
        yield from (made.get(it.string, it.origin) for _, it in values_at(sym, cursor, key))
        return
    collections, keys = values_at(sym, cursor, collection), values_at(sym, cursor, key)
    for (_, map_), (_, value) in zip(collections, keys, strict=False):
        found = None if value.string is None else item_ranges(sym, map_, value.string)
        yield _key_before(sym, value) if found is None else found[0]


def _key_before(sym: SymConfiguration, key: Value) -> Range | None:
    """The key in front of what is written somewhere, where it is that key."""
    written = key.origin
    file = None if written is None else sym.terraform.cache.parse(written.path)
    if written is None or file is None or isinstance(file, ReadProblem):
        return written
    item = cursor_at(file, written.start).inner(ObjectItem)
    if item is None or item.value.start != written.start:
        return written
    return item.key.range if item.key.range.text.strip('"') == key.string else written


def _of_key(configurations: Iterable[SymConfiguration], cursor: Cursor) -> Iterator[Range]:
    """Of a key of ``vars`` and the name of a prompt field: where Python reads it."""
    key = written_key(cursor)
    for sym in configurations if key is not None else ():
        assert key is not None
        yield from (read.range for read in reads_of_key(sym, key))


def written_key(cursor: Cursor) -> Range | None:
    """The key of a map, or the name of a prompt field, that a place is in."""
    item, attribute, literal = cursor.inner(ObjectItem), cursor.attribute, cursor.inner(Literal)
    if item is not None and item.key.start <= cursor.offset < item.key.end:
        return item.key.range
    if attribute is None or literal is None or attribute.value is not literal:
        return None
    is_field = attribute.name == "name" and cursor.is_in_prompt_field
    return literal.range if is_field else None
