"""What can be written at a place: words that Sym or the configuration knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.hcl import parse
from symlint.hcl.nodes import Block, Object, ObjectItem, Traversal
from symlint.hcl.nodes import Literal as LiteralNode
from symlint.language_server.features import facts
from symlint.language_server.features.completing.python_items import python_items
from symlint.language_server.features.completing.reference_items import reference_items
from symlint.language_server.features.completing.word import Item, Word
from symlint.language_server.features.cursor import Cursor, cursor_at, word_at
from symlint.language_server.features.hover import module_called, settings_known
from symlint.source.file_names import PYTHON_SUFFIX, is_json_file
from symlint.source.text import SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.language_server.workspace import Snapshot
    from symlint.sym.catalogue.provider import Argument
    from symlint.sym.model.configuration import SymConfiguration

PLACEHOLDER: Final = "symlint_word"
"""What stands for the word that is being written, so that the rest can be parsed."""

_PLACEHOLDERS: Final = (
    PLACEHOLDER,
    f"{PLACEHOLDER} = null",
    f'{PLACEHOLDER}"',
    f"{PLACEHOLDER} {{}}",
)
_LONG: Final = 200_000
"""In so many characters that have to be parsed for it, the first of them is taken untried."""


def completion(snapshot: Snapshot, source: SourceFile, offset: int) -> list[Item]:
    """What can be written at a place, in the order in which it should be offered."""
    if source.path.endswith(PYTHON_SUFFIX):
        return list(python_items(snapshot, source, offset))
    start, end = word_at(source.text, offset, "_-")
    line = source.text[source.text.rfind("\n", 0, start) + 1 : start]
    if line.lstrip().startswith(("#", "//")):
        return []
    placeholder = _placeholder(snapshot, source, start, end)
    text = source.text[:start] + placeholder + source.text[end:]
    patched = snapshot.with_texts({source.path: text})
    file = patched.parsed(source.path)
    if file is None:
        return []
    cursor = cursor_at(file, start)
    found: dict[str, Item] = {}
    for sym in patched.configurations_of(source.path):
        word = Word(sym, cursor, source, start, end)
        for item in _items(word):
            found.setdefault(item.label, item)
    return list(found.values())


def _placeholder(snapshot: Snapshot, source: SourceFile, start: int, end: int) -> str:
    """What parses best in place of a word."""
    first, last = _around(snapshot, source, start, end)
    before, after = source.text[first:start], source.text[end:last]
    if len(before) + len(after) >= _LONG:
        return PLACEHOLDER
    tried: dict[str, int] = {}
    for word in _PLACEHOLDERS:
        tried[word] = len(parse(SourceFile(source.path, before + word + after)).problems)
        if not tried[word]:
            break
    return min(tried, key=tried.__getitem__)


def _around(snapshot: Snapshot, source: SourceFile, start: int, end: int) -> tuple[int, int]:
    """What has to be parsed to see what a word is: the outermost block that it is in, all of JSON."""
    if is_json_file(source.path):
        return 0, len(source.text)
    file = snapshot.parsed(source.path)
    for item in () if file is None else file.body.items:
        if item.start <= end and start <= item.end:
            return min(item.start, start), max(item.end, end)
    return start, end


def _items(word: Word) -> Iterator[Item]:
    cursor = word.cursor
    literal, item, traversal = (
        cursor.inner(LiteralNode),
        cursor.inner(ObjectItem),
        cursor.inner(Traversal),
    )
    if item is not None and item.key.start <= cursor.offset < item.key.end:
        yield from _keys(word)
    elif _is_name(cursor):
        yield from _arguments(word)
    elif traversal is not None:
        yield from reference_items(word, traversal)
    elif literal is not None:
        yield from _texts(word, literal)
    elif cursor.block is not None and cursor.offset < cursor.block.header_end:
        yield from _labels(word, cursor.block)


def _is_name(cursor: Cursor) -> bool:
    """Whether the word is the name of an argument or of a nested block."""
    attribute = cursor.attribute
    if attribute is not None:
        return attribute.start <= cursor.offset < attribute.name_end
    block = cursor.blocks[-1] if cursor.blocks else None
    return len(cursor.blocks) > 1 and block is not None and cursor.offset == block.start


# --- names ------------------------------------------------------------------------------------------


def _labels(word: Word, block: Block) -> Iterator[Item]:
    """Types of resources, as the first label of a block."""
    if block.type not in ("resource", "data") or not block.labels:
        return
    if not block.labels[0].start <= word.cursor.offset < block.labels[0].end:
        return
    provider = word.sym.catalogue.provider
    known = provider.resources if block.type == "resource" else provider.data_sources
    for name in known:
        yield word.item(name, "class")


def _arguments(word: Word) -> Iterator[Item]:
    """The names of arguments and blocks that are not there yet."""
    cursor = word.cursor
    blocks = [it for it in cursor.blocks if it.start < cursor.offset]
    if not blocks:
        return
    outer, inner = blocks[0], blocks[-1]
    there = inner.body.attributes
    if outer.type == "module":
        yield from _inputs(word, there)
        return
    for name, form in _schema(word.sym, blocks).items():
        if name not in there or form.form == "block":
            detail = "block" if form.form == "block" else form.type or ""
            documentation = facts.argument_facts(form)
            yield word.item(name, "property", detail, documentation, first=form.required)


def _schema(sym: SymConfiguration, blocks: list[Block]) -> dict[str, Argument]:
    """The arguments of the innermost of some blocks, in their newest form."""
    outer = blocks[0]
    if outer.type not in ("resource", "data") or not outer.labels:
        return {}
    provider = sym.catalogue.provider
    known = provider.resources if outer.type == "resource" else provider.data_sources
    schema = known.get(outer.labels[0].value)
    for block in blocks[1:]:
        schema = None if schema is None else provider.blocks.get(block.type)
    if schema is None:
        return {}
    return {name: it[-1] for name, it in schema.arguments.items() if it[-1].until is None}


def _inputs(word: Word, there: Iterable[str]) -> Iterator[Item]:
    """The inputs of the module that the block calls."""
    known = module_called(word.sym, word.cursor)
    taken = set(there)
    if known is not None:
        newest = known.newest
        for name, form in ({} if newest is None else known.entry.inputs_at(newest)).items():
            if name not in taken:
                documentation = facts.input_facts(form)
                yield word.item(name, "property", form.type, documentation, first=form.required)
        return
    for declaration in word.variables_of_call():
        if declaration.name not in taken:
            documentation = facts.variable_facts(declaration)
            yield word.item(
                declaration.name, "property", "", documentation, first=declaration.required
            )


def _keys(word: Word) -> Iterator[Item]:
    """The keys of ``settings`` and of ``integrations``."""
    attribute, around = word.cursor.attribute, word.cursor.inner(Object)
    name = "" if attribute is None else attribute.name
    items = () if around is None else around.items
    there = {getattr(it.key, "value", None) for it in items}
    if name == "settings":
        for key, setting in settings_known(word.sym, word.cursor).items():
            if key in there:
                continue
            documentation = facts.setting_facts(word.sym.catalogue, setting)
            yield word.item(key, "property", "", documentation, first=setting.required)
    elif name == "integrations":
        for key in word.sym.catalogue.environment_keys:
            if key in there:
                continue
            yield word.item(key, "property")


# --- texts ------------------------------------------------------------------------------------------


def _texts(word: Word, literal: LiteralNode) -> Iterator[Item]:
    """The texts that an argument or setting takes."""
    cursor, catalogue = word.cursor, word.sym.catalogue
    attribute, block = cursor.attribute, cursor.block
    if block is not None and cursor.offset < block.header_end:
        yield from _labels(word, block)
        return
    if attribute is None or block is None:
        return
    item = cursor.inner(ObjectItem)
    if item is not None and attribute.name == "settings" and type(item.key) is LiteralNode:
        setting = settings_known(word.sym, cursor).get(str(item.key.value))
        for text in () if setting is None else setting.allowed:
            yield word.item(text, "value")
    elif block.type == "module" and attribute.name == "source":
        for module in catalogue.modules.values():
            yield word.text(module.current_source.address, module.title, literal)
    elif attribute.name == "type" and cursor.is_in_prompt_field:
        for name, type_ in catalogue.provider.prompt_field_types.items():
            if type_.until is None:
                documentation = facts.prompt_type_facts(catalogue, type_)
                yield word.item(name, "value", "", documentation)
    else:
        resource = block.labels[0].value if block.labels else ""
        if attribute.name == "type" and len(cursor.blocks) == 1:
            for name in facts.types_of(catalogue, resource):
                documentation = facts.type_facts(catalogue, resource, name)
                yield word.item(name, "value", "", documentation)
        form = _schema(word.sym, list(cursor.blocks)).get(attribute.name)
        for text in () if form is None else form.allowed:
            yield word.item(text, "value")
