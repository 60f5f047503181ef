"""What is shown about the place that the mouse is on."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from symlint.hcl.nodes import Attribute, Literal, ObjectItem, Traversal
from symlint.language_server.features import facts, markdown
from symlint.language_server.features.bound_names import bound_name_at
from symlint.language_server.features.cursor import cursor_at
from symlint.language_server.features.providers import provider_at
from symlint.language_server.features.python.names import name_hover
from symlint.language_server.features.python.places import python_hover
from symlint.language_server.features.values import values_at
from symlint.named_tuple import NamedTuple
from symlint.report.markup import code_span, escape_markdown
from symlint.report.places import relative_path
from symlint.report.rules.page import summary
from symlint.source.file_names import PYTHON_SUFFIX
from symlint.source.text import Range
from symlint.source.tree import project_folder
from symlint.terraform.modules.references import named_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from symlint.language_server.features.cursor import Cursor
    from symlint.language_server.workspace import Snapshot
    from symlint.source.text import SourceFile
    from symlint.sym.catalogue.types import Setting
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule

_COMMENT: Final = re.compile(r"symlint:[ \t]*ignore(?:-file)?[ \t]*\[([^\]\n]*)\]")
_KEY: Final = re.compile(r"[\w-]+")


class Hover(NamedTuple):
    """Markdown about a stretch of a file."""

    markdown: str
    range: Range


def hover(snapshot: Snapshot, source: SourceFile, offset: int) -> Hover | None:
    """What there is to say about a place; None where that is nothing."""
    found = _rule(snapshot, source, offset)
    if found is not None:
        return found
    if source.path.endswith(PYTHON_SUFFIX):
        shown = python_hover(snapshot, source, offset) or name_hover(snapshot, source, offset)
        return None if shown is None else Hover(*shown)
    file = snapshot.parsed(source.path)
    if file is None:
        return None
    cursor = cursor_at(file, offset)
    configurations = snapshot.configurations_of(source.path)
    for sym in configurations:
        for ask in _QUESTIONS:
            answer = ask(sym, cursor)
            if answer is not None and answer.markdown:
                return answer
    return _value(snapshot, configurations, cursor)


# --- rules in comments ------------------------------------------------------------------------------


def _rule(snapshot: Snapshot, source: SourceFile, offset: int) -> Hover | None:
    """The rule whose code or name stands in an ignore comment."""
    start = source.text.rfind("\n", 0, offset) + 1
    line = source.text[start:].partition("\n")[0]
    comment = _COMMENT.search(line)
    if comment is None:
        return None
    for key in _KEY.finditer(line, *comment.span(1)):
        if key.start() <= offset - start <= key.end():
            rule = snapshot.workspace.shipped_rules.find(key.group())
            if rule is not None:
                text = f"**{rule.code} {rule.name}** ({rule.severity})\n\n{summary(rule.load())}"
                return Hover(text, Range(source, start + key.start(), start + key.end()))
    return None


# --- what the catalogue knows -----------------------------------------------------------------------


def _type(sym: SymConfiguration, cursor: Cursor) -> Hover | None:
    """A text that is the value of ``type``."""
    literal, attribute = cursor.inner(Literal), cursor.attribute
    if literal is None or not isinstance(literal.value, str) or attribute is None:
        return None
    if attribute.name != "type" or attribute.value is not literal:
        return None
    if cursor.is_in_prompt_field:
        found = sym.catalogue.provider.prompt_field_types.get(literal.value)
        text = "" if found is None else facts.prompt_type_facts(sym.catalogue, found)
    else:
        text = facts.type_facts(sym.catalogue, _resource_type(cursor), literal.value)
    return Hover(text, literal.range)


def _resource_type(cursor: Cursor) -> str:
    block = cursor.block
    is_resource = block is not None and block.type in ("resource", "data") and block.labels
    return block.labels[0].value if block is not None and is_resource else ""


def _setting(sym: SymConfiguration, cursor: Cursor) -> Hover | None:
    """A key of ``settings``."""
    item, attribute = cursor.inner(ObjectItem), cursor.attribute
    if item is None or attribute is None or attribute.name != "settings":
        return None
    key = item.key
    if not (type(key) is Literal and key.start <= cursor.offset < key.end):
        return None
    found = settings_known(sym, cursor).get(str(key.value))
    return None if found is None else Hover(facts.setting_facts(sym.catalogue, found), key.range)


def settings_known(sym: SymConfiguration, cursor: Cursor) -> dict[str, Setting]:
    """The settings that the resource has which a place is in, by its type."""
    block, resource = cursor.block, _resource_type(cursor)
    attribute = None if block is None else block.body.attribute("type")
    name = getattr(attribute.value, "value", None) if attribute is not None else None
    entry = facts.types_of(sym.catalogue, resource).get(name) if isinstance(name, str) else None
    return dict(getattr(entry, "settings", {}))


def _argument(sym: SymConfiguration, cursor: Cursor) -> Hover | None:
    """The name of an argument of a resource of Sym's."""
    attribute, resource = cursor.attribute, _resource_type(cursor)
    if attribute is None or cursor.offset >= attribute.name_end:
        return None
    provider = sym.catalogue.provider
    blocks = cursor.blocks
    schema = provider.resources.get(resource)
    if len(blocks) > 1:
        schema = None if schema is None else provider.blocks.get(blocks[-1].type)
    forms = None if schema is None else schema.arguments.get(attribute.name)
    if not forms:
        return None
    path = ".".join([resource, *(it.type for it in blocks[1:]), attribute.name])
    reference = sym.catalogue.references.get(path)
    kinds = () if reference is None else reference.to
    return Hover(facts.argument_facts(forms[-1], kinds), attribute.name_range)


def _module(sym: SymConfiguration, cursor: Cursor) -> Hover | None:
    """The source of a module of Sym's, or the name of an input of any module."""
    block, attribute = cursor.block, cursor.attribute
    if block is None or block.type != "module" or attribute is None or not block.labels:
        return None
    known = module_called(sym, cursor)
    if attribute.name in ("source", "version"):
        text = "" if known is None else facts.module_facts(known)
        return Hover(text, attribute.value.range)
    if cursor.offset >= attribute.name_end:
        return None
    return Hover(_input(sym, cursor, known, attribute), attribute.name_range)


def _input(
    sym: SymConfiguration, cursor: Cursor, known: SymModule | None, attribute: Attribute
) -> str:
    from symlint.language_server.features.names import symbols_at

    if known is not None:
        forms = known.entry.inputs.get(attribute.name)
        newest = known.newest
        form = None if newest is None else known.entry.inputs_at(newest).get(attribute.name)
        return "" if not forms else facts.input_facts(form or forms[-1])
    for symbol in symbols_at([sym], cursor):
        module = sym.terraform.called.modules.get(symbol.directory)
        declaration = None if module is None else module.variables.get(symbol.name)
        if declaration is not None:
            return facts.variable_facts(declaration)
    return ""


def module_called(sym: SymConfiguration, cursor: Cursor) -> SymModule | None:
    """The module of Sym's that the block calls which a place is in."""
    block = cursor.block
    if block is None or block.type != "module" or not block.labels:
        return None
    return module_named(sym, cursor.path, block.labels[0].value)


def module_named(sym: SymConfiguration, path: str, name: str) -> SymModule | None:
    """The module of Sym's that a call of some name, in the module of a file, calls."""
    directory = os.path.dirname(path)
    for module in sym.modules:
        if module.call.name == name and module.call.parent.directory == directory:
            return module
    return None


# --- values -----------------------------------------------------------------------------------------


def _value(
    snapshot: Snapshot, configurations: Sequence[SymConfiguration], cursor: Cursor
) -> Hover | None:
    """The value of a reference in each root module, as far as the name that the mouse is on."""
    part = _named_part(cursor)
    if part is None:
        return None
    found: dict[str, None] = {}
    for sym in configurations:
        shown = dict.fromkeys(_shown(snapshot, sym, cursor, part))
        if len(configurations) > 1 and shown:
            root = relative_path(sym.terraform.directory, project_folder(cursor.path))
            shown = {f"**{escape_markdown(root)}**": None, **shown}
        found.update(shown)
        found.setdefault(_output(sym, cursor, part))
    return Hover(markdown.paragraphs(found), part.range) if any(found) else None


def _named_part(cursor: Cursor) -> Traversal | None:
    """What is named at a place, as far as the name that it is in: a reference, or a name that is bound."""
    traversal, bound = cursor.inner(Traversal), bound_name_at(cursor)
    if provider_at(cursor) is not None:
        return None
    if traversal is not None:
        return part_at(traversal, cursor.offset)
    if bound is None or bound.declared is None:
        return None
    source, start, end = bound.declared
    return Traversal(source, start, end, bound.name, end, ())


def part_at(traversal: Traversal, offset: int) -> Traversal:
    """A reference up to the step that a place is in; at least as far as it names something."""
    named = named_by(traversal)
    least = min(1, len(traversal.steps)) if named is None else named.steps
    steps = traversal.steps
    count = next((n for n, it in enumerate(steps, 1) if offset < it.end), len(steps))
    kept = steps[: max(count if offset >= traversal.root_end else 0, least)]
    end = kept[-1].end if kept else traversal.root_end
    return Traversal(
        traversal.source, traversal.start, end, traversal.root, traversal.root_end, kept
    )


def _shown(
    snapshot: Snapshot, sym: SymConfiguration, cursor: Cursor, part: Traversal
) -> Iterator[str]:
    top = project_folder(cursor.path)
    values = values_at(sym, cursor, part)
    hidden = snapshot.hidden(sym)
    name = " ".join(hidden.text(part.range.text).split())
    shown = [
        (markdown.value(name, value, hidden), markdown.origin(value, hidden, top))
        for _, value in values
    ]
    differs = len(set(shown)) > 1
    for (address, _), (text, way) in zip(values, shown if differs else shown[:1], strict=False):
        where = f"in {code_span(hidden.text(address))}:" if differs else ""
        yield markdown.paragraphs([where, text, way])


def _output(sym: SymConfiguration, cursor: Cursor, part: Traversal) -> str:
    """What is known of an output of a module of Sym's."""
    from symlint.language_server.features.names import output_step

    named = named_by(part)
    step = output_step(part, named) if named is not None and named.kind == "module" else None
    known = None if step is None or named is None else module_named(sym, cursor.path, named.name)
    forms = None if known is None or step is None else known.entry.outputs.get(step.name)
    return facts.output_facts(forms[-1]) if forms else ""


def _field(sym: SymConfiguration, cursor: Cursor) -> Hover | None:
    """The name of a prompt field that has a meaning of its own."""
    literal, attribute = cursor.inner(Literal), cursor.attribute
    if literal is None or attribute is None or attribute.value is not literal:
        return None
    if attribute.name != "name" or not cursor.is_in_prompt_field:
        return None
    found = sym.catalogue.provider.special_fields.get(str(literal.value))
    return None if found is None else Hover(escape_markdown(found.description), literal.range)


_QUESTIONS: Final[tuple[Callable[[SymConfiguration, Cursor], Hover | None], ...]] = (
    _type,
    _field,
    _setting,
    _argument,
    _module,
)
