"""Between Python and the Terraform that carries it: keys that code reads, and where they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.language_server.features import markdown
from symlint.named_tuple import NamedTuple
from symlint.report.markup import code_span
from symlint.source.tree import project_folder
from symlint.sym.event.given import (
    FIELDS,
    FILTER_VARIABLES,
    FORM_FIELDS,
    FORM_VARIABLES,
    INTEGRATIONS,
    VARIABLES,
    given,
    views_of,
)
from symlint.sym.implementation.carried import implementations
from symlint.sym.implementation.reads import reads_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.language_server.workspace import Snapshot
    from symlint.source.text import Range, SourceFile
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow, FlowsFilter
    from symlint.terraform.values.value import Value

_MAPS: Final = {
    VARIABLES: "vars",
    FORM_VARIABLES: "vars",
    FILTER_VARIABLES: "vars",
    FIELDS: "prompt_field",
    FORM_FIELDS: "prompt_field",
    INTEGRATIONS: "integrations",
}
"""What of Terraform each map is made of that code gets."""


class KeyRead(NamedTuple):
    """A place where code reads a key of a map that Terraform gives it."""

    sym: SymConfiguration
    one: Implementation
    meaning: str
    key: str
    range: Range


class KeyPlace(NamedTuple):
    """Where Terraform writes a key, and the value that code gets."""

    view: Flow | FlowsFilter
    key: Range | None
    value: Value


def reads_in(sym: SymConfiguration) -> Iterator[KeyRead]:
    """All places where the code of a configuration reads a key, each once for each carrier."""
    for one in sym.once(implementations):
        code = one.code
        module = None if code is None else code.module
        if code is None or module is None:
            continue
        for meaning in _MAPS:
            for read in reads_of(module, meaning).known:
                place = code.place(*code.span(read.node))
                if place is not None:
                    yield KeyRead(sym, one, meaning, read.key, place)


def reads_at(configurations: Iterable[SymConfiguration], path: str, offset: int) -> list[KeyRead]:
    """What the code reads at a place of a file."""
    return [
        read
        for sym in configurations
        for read in reads_in(sym)
        if read.range.path == path and read.range.start <= offset <= read.range.end
    ]


def places_of(read: KeyRead) -> Iterator[KeyPlace]:
    """Where the key is written that a place reads, in each flow that runs the code."""
    for view in views_of(read.one):
        map_ = given(view, read.meaning)
        value = None if map_ is None else map_.values.get(read.key)
        if value is not None:
            yield KeyPlace(view, _key_range(view, read.meaning, read.key, value), value)


def _key_range(view: Flow | FlowsFilter, meaning: str, key: str, value: Value) -> Range | None:
    from symlint.sym.model.flows import Flow
    from symlint.sym.model.settings import item_ranges

    kind = _MAPS[meaning]
    if kind == "vars":
        found = item_ranges(view.sym, view.value("vars"), key)
        return value.origin if found is None else found[0]
    if kind == "integrations":
        holder = view.environment if isinstance(view, Flow) else view
        found = None
        map_ = None if holder is None else holder.value("integrations")
        if map_ is not None:
            found = item_ranges(view.sym, map_, f"{key}_id") or item_ranges(view.sym, map_, key)
        return value.origin if found is None else found[0]
    return value.origin


def reads_of_key(sym: SymConfiguration, key: Range) -> list[KeyRead]:
    """The places in Python that read a key which is written at a place of Terraform's."""
    name = key.text.strip('"')
    return [
        read
        for read in reads_in(sym)
        if read.key in (name, name.removesuffix("_id"))
        and any(_is_same(place.key, key) for place in places_of(read))
    ]


def _is_same(range_: Range | None, other: Range) -> bool:
    return range_ is not None and range_.sort_key() == other.sort_key()


def python_hover(snapshot: Snapshot, source: SourceFile, offset: int) -> tuple[str, Range] | None:
    """The value of what code reads at a place, in each flow that runs it."""
    parts: dict[str, None] = {}
    range_ = None
    for read in reads_at(snapshot.configurations_of(source.path), source.path, offset):
        range_ = read.range
        for place in places_of(read):
            hidden = snapshot.hidden(read.sym)
            shown = markdown.value(read.key, place.value, hidden)
            top = project_folder(source.path)
            way = markdown.origin(place.value, hidden, top)
            address = code_span(hidden.text(str(place.view.address)))
            parts[markdown.paragraphs([f"in {address}:", shown, way])] = None
    return (markdown.paragraphs(parts), range_) if range_ is not None and parts else None
