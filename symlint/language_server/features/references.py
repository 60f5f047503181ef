"""Everywhere that what a place names is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.language_server.features.bound_names import bound_name_at
from symlint.language_server.features.cursor import cursor_at
from symlint.language_server.features.definition import definition, distinct, written_key
from symlint.language_server.features.names import configurations_around, places, symbols_at
from symlint.language_server.features.providers import provider_at, provider_places
from symlint.language_server.features.python.places import reads_of_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.language_server.workspace import Snapshot
    from symlint.source.text import Range, SourceFile
    from symlint.sym.model.configuration import SymConfiguration


def references(
    snapshot: Snapshot, source: SourceFile, offset: int, *, declaration: bool = True
) -> list[Range]:
    """Everywhere that what a place names is named."""
    configurations = snapshot.configurations_of(source.path)
    file = snapshot.parsed(source.path)
    if file is None:
        keys = definition(snapshot, source, offset)
        return distinct(
            range_
            for key in keys
            for range_ in ([key] * declaration + _reads_of(configurations, key))
        )
    cursor = cursor_at(file, offset)
    found: list[Range] = []
    provider = provider_at(cursor)
    if provider is not None:
        named = provider_places(configurations, cursor, provider)
        return distinct(range_ for range_, declares in named if declaration or not declares)
    bound = bound_name_at(cursor)
    if bound is not None:
        found += [it for it in (bound.declared,) if it is not None and declaration]
        found += bound.reads
    for symbol in symbols_at(configurations, cursor):
        all_places = places(configurations_around(snapshot, configurations, symbol), symbol)
        found += (it.range for it in all_places if declaration or not it.declares)
    key = written_key(cursor)
    if key is not None:
        reads = _reads_of(configurations, key)
        found += [key] * (declaration and bool(reads)) + reads
    return distinct(found)


def _reads_of(configurations: Iterable[SymConfiguration], key: Range) -> list[Range]:
    return [read.range for sym in configurations for read in reads_of_key(sym, key)]


def highlights(snapshot: Snapshot, source: SourceFile, offset: int) -> list[tuple[Range, bool]]:
    """What names the same as a place, in the same file, and whether it is written there."""
    written = {it.sort_key() for it in definition(snapshot, source, offset)}
    found = references(snapshot, source, offset)
    return [
        (range_, range_.sort_key() in written) for range_ in found if range_.path == source.path
    ]
