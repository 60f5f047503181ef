"""Fixes for what version 2 of the Sym provider removed, as its upgrade guide describes them.

``argument-form`` and ``unavailable-argument`` use them. A fix moves the written text:
values and comments stay as they are. There is no fix for what is not written literally (fields
from a local, a JSON string), since nobody could review it.
"""

from __future__ import annotations

from bisect import bisect_left

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import Edit, Fix
from symlint.named_tuple import NamedTuple
from symlint.source.file_names import is_json_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.hcl.nodes import Attribute, Body, Comment, Expression, Object
    from symlint.source.text import Range, SourceFile
    from symlint.sym.model.configuration import SymConfiguration

_STEP: Final = "  "
_BOOLEANS: Final = (
    "allow_revoke",
    "allow_guest_interaction",
    "include_decision_message",
    "schedule_deescalation",
)


def removal(name: Range, sym: SymConfiguration) -> Fix | None:
    """Delete the argument whose name stands at ``name``, with its line; None if the line has more."""
    attribute = _parsed(sym, name.source).attributes.get(name.start)
    if attribute is None or is_json_file(name.path):
        return None
    text = name.source.text
    start = text.rfind("\n", 0, attribute.start) + 1
    end = text.find("\n", attribute.end)
    end = len(text) if end < 0 else end + 1
    if text[start : attribute.start].strip() or text[attribute.end : end].strip():
        return None
    before, after = text[:start], text[end:]
    if before.endswith("\n\n") and after.startswith("\n"):
        end += 1  # one blank line is enough between what stood around it
    edit = Edit(name._replace(start=start, end=end), "")
    return Fix(f"delete {attribute.name}", (edit,), safe=False)


def params_block(name: Range, sym: SymConfiguration) -> Fix | None:
    """Turn the map ``params`` whose name stands at ``name`` into a block; None if it cannot be converted."""
    from symlint.hcl.nodes import Object

    parsed = _parsed(sym, name.source)
    attribute = parsed.attributes.get(name.start)
    if attribute is None or is_json_file(name.path) or type(attribute.value) is not Object:
        return None
    indent = _indent_at(name.source, attribute.start)
    lines = _Writer(parsed, indent + _STEP).params(attribute.value)
    if lines is None:
        return None
    block = "\n".join(["params {", *lines, f"{indent}}}"])
    edit = Edit(name._replace(end=attribute.end), block)
    return Fix("make it a block, with a prompt_field block for each field", (edit,), safe=False)


class _Parsed(NamedTuple):
    """The arguments of a file, by where they begin, and its comments in order."""

    attributes: dict[int, Attribute]
    comments: tuple[Comment, ...]


def _parsed(sym: SymConfiguration, source: SourceFile) -> _Parsed:
    """The arguments and comments of a file, parsed again once, since a run does not keep comments."""

    def parsed() -> _Parsed:
        from symlint.hcl import parse

        file = parse(source)
        return _Parsed({it.start: it for it in _attributes(file.body)}, file.comments)

    return sym.once_for((_parsed, source.path), parsed)


def _attributes(body: Body) -> Iterator[Attribute]:
    """The arguments of a body and of all blocks in it."""
    from symlint.hcl.nodes import Attribute

    for item in body.items:
        if isinstance(item, Attribute):
            yield item
        else:
            yield from _attributes(item.body)


class _Writer:
    """Writes the elements of an object as the arguments of a block."""

    def __init__(self, parsed: _Parsed, indent: str) -> None:
        self._parsed = parsed
        self._indent = indent

    def params(self, params: Object) -> list[str] | None:
        """The lines of the block; None if something is not a literal."""
        entries = self._entries(params, self._indent)
        if entries is None:
            return None
        lines: list[str] = []
        for run in _runs(entries):
            lines += run if isinstance(run, list) else []
        return lines

    def _entries(self, object_: Object, indent: str) -> list[_Entry] | None:
        entries: list[_Entry] = []
        position = object_.start
        for item in object_.items:
            name = getattr(item.key, "value", None)
            if not isinstance(name, str) or not name.replace("-", "_").isidentifier():
                return None
            self._comments(position, item.start, indent, entries)
            position = item.value.end
            converted = self._entry(name, item.value, indent)
            if converted is None:
                return None
            entries += converted
        self._comments(position, object_.end, indent, entries)
        return entries

    def _entry(self, name: str, value: Expression, indent: str) -> list[_Entry] | None:
        if name == "prompt_fields_json":
            return self._fields(value, indent)
        text = value.range.text
        if name == "allowed_sources_json":
            listed = _encoded(value)
            if listed is None:
                return None
            name, text = "allowed_sources", listed.range.text
        elif name in _BOOLEANS:
            text = {'"true"': "true", '"false"': "false"}.get(text, text)
        return [_Entry(name, _shifted(text, _indent_at(value.source, value.start), indent), indent)]

    def _fields(self, value: Expression, indent: str) -> list[_Entry] | None:
        from symlint.hcl.nodes import Object, Tuple

        listed = _encoded(value)
        if type(listed) is not Tuple:
            return None
        entries: list[_Entry] = []
        position = listed.start
        for element in listed.elements:
            if type(element) is not Object:
                return None
            entries.append(_Entry("", "", indent))
            self._comments(position, element.start, indent, entries)
            inner = self._entries(element, indent + _STEP)
            if inner is None:
                return None
            lines = [line for run in _runs(inner) for line in run]
            block = "\n".join([f"{indent}prompt_field {{", *lines, f"{indent}}}"])
            entries.append(_Entry("", block, indent))
            position = element.end
        self._comments(position, listed.end, indent, entries)
        return entries

    def _comments(self, start: int, end: int, indent: str, entries: list[_Entry]) -> None:
        """Add the comments between two offsets: behind the last entry or on lines of their own."""
        comments = self._parsed.comments
        first, last = (bisect_left(comments, it, key=lambda it: it.start) for it in (start, end))
        for comment in comments[first:last]:
            text = comment.range.text.rstrip()
            between = comment.source.text[start : comment.start]
            if entries and entries[-1].name and "\n" not in between:
                entries[-1] = entries[-1]._replace(comment=text)
            else:
                entries.append(_Entry("", f"{indent}{text}", indent))


class _Entry(NamedTuple):
    """An argument, or with an empty ``name`` finished lines (``text``; "" for a blank line)."""

    name: str
    text: str
    indent: str
    comment: str = ""


def _runs(entries: list[_Entry]) -> Iterator[list[str]]:
    """Lines of the entries; the equals signs of consecutive lines are aligned."""
    run: list[_Entry] = []
    begun = False
    for entry in [*entries, _Entry("", "", "")]:
        if entry.name and "\n" not in entry.text:
            run.append(entry)
            continue
        width = max((len(it.name) for it in run), default=0)
        if run:
            yield [_line(it, width) for it in run]
            begun = True
        run = []
        if entry.name:
            yield [_line(entry, len(entry.name))]
            begun = True
        elif entry.text:
            yield entry.text.split("\n")
            begun = True
        elif entry.indent and begun:
            yield [""]


def _line(entry: _Entry, width: int) -> str:
    comment = f" {entry.comment}" if entry.comment else ""
    return f"{entry.indent}{entry.name.ljust(width)} = {entry.text}{comment}"


def _encoded(value: Expression) -> Expression | None:
    """The argument of a ``jsonencode`` call."""
    from symlint.hcl.nodes import Call

    if type(value) is Call and value.name == "jsonencode" and len(value.arguments) == 1:
        return value.arguments[0]
    return None


def _indent_at(source: SourceFile, offset: int) -> str:
    """The white space that the line of an offset begins with."""
    line = source.text[source.text.rfind("\n", 0, offset) + 1 : offset]
    return line[: len(line) - len(line.lstrip())]


def _shifted(text: str, old: str, new: str) -> str:
    """The text of a value with another indentation; heredocs are unchanged."""
    if "<<" in text:
        return text
    first, *rest = text.split("\n")
    return "\n".join(
        [first, *(new + line.removeprefix(old) if line.strip() else "" for line in rest)]
    )
