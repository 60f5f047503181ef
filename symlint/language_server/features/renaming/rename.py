"""Another name for what a module declares, everywhere, and the block that keeps its state."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from symlint.language_server.features.bound_names import bound_name_at
from symlint.language_server.features.cursor import cursor_at
from symlint.language_server.features.names import (
    Symbol,
    configurations_around,
    places,
    symbols_at,
)
from symlint.lint.finding import Edit
from symlint.source.file_names import is_json_file
from symlint.source.text import Range
from symlint.terraform.values.addresses import is_identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from symlint.hcl.nodes import Block
    from symlint.language_server.features.bound_names import BoundName
    from symlint.language_server.features.names import Place
    from symlint.language_server.workspace import Snapshot
    from symlint.source.text import SourceFile
    from symlint.sym.model.configuration import SymConfiguration


class RenameError(Exception):
    """Why something cannot have another name, as a sentence."""


def name_at(snapshot: Snapshot, source: SourceFile, offset: int) -> Range | None:
    """The name at a place that can be changed; None where there is none."""
    file = snapshot.parsed(source.path)
    if file is None:
        return None
    cursor = cursor_at(file, offset)
    bound = bound_name_at(cursor)
    if bound is not None and _refusal_of_bound(bound) is None:
        own = (it for it in _places_of(bound) if it.start <= offset <= it.end)
        return next(own, None)
    configurations = snapshot.configurations_of(source.path)
    for symbol in symbols_at(configurations, cursor):
        found = places(configurations_around(snapshot, configurations, symbol), symbol)
        if _refusal(found, symbol) is None:
            for place in found:
                range_ = place.range
                if range_.path == source.path and range_.start <= offset <= range_.end:
                    return range_
    return None


def rename(snapshot: Snapshot, source: SourceFile, offset: int, name: str) -> list[Edit]:
    """The edits that give another name to what a place names. Raises RenameError."""
    file = snapshot.parsed(source.path)
    if file is None:
        raise RenameError("There is nothing here that can have another name.")
    if not is_identifier(name):
        raise RenameError(
            "A name is letters, digits, _ and -, and does not begin with a digit or -."
        )
    cursor = cursor_at(file, offset)
    bound = bound_name_at(cursor)
    if bound is not None:
        return _rename_bound(bound, name)
    configurations = snapshot.configurations_of(source.path)
    symbols = symbols_at(configurations, cursor)
    if len(symbols) != 1:
        raise RenameError("There is nothing here that can have another name.")
    symbol = symbols[0]
    configurations = tuple(configurations_around(snapshot, configurations, symbol))
    if name == symbol.name:
        return []
    found = places(configurations, symbol)
    refusal = _refusal(found, symbol) or _taken(configurations, symbol, name)
    if refusal is not None:
        raise RenameError(refusal)
    edits = [Edit(place.range, name) for place in found]
    moved = _moved(configurations, symbol, name)
    return edits if moved is None else [*edits, moved]


# --- names that are bound ---------------------------------------------------------------------------


def _rename_bound(bound: BoundName, name: str) -> list[Edit]:
    refusal = _refusal_of_bound(bound)
    if refusal is not None:
        raise RenameError(refusal)
    if name in bound.names_inside:
        raise RenameError(f"{name} means something else there already.")
    return [Edit(it, name) for it in _places_of(bound)]


def _places_of(bound: BoundName) -> list[Range]:
    assert bound.declared is not None
    return [bound.declared, *bound.reads]


def _refusal_of_bound(bound: BoundName) -> str | None:
    if bound.declared is None or is_json_file(bound.binder.source.path):
        return f"{bound.name} has to be changed by hand."
    if bound.fixed:
        return f"{bound.name} is the type of the blocks: add iterator = NAME to call it something else."
    return None


# --- what a module declares -------------------------------------------------------------------------


def _refusal(found: Sequence[Place], symbol: Symbol) -> str | None:
    if not found or not found[0].declares:
        return f"What {symbol.name} names is not declared here."
    for place in found:
        path = place.range.path
        if is_json_file(path):
            return "A name in a JSON file has to be changed by hand."
        if ".terraform" in path.split(os.sep):
            return "It belongs to a module that terraform init has installed."
        if place.range.text != symbol.name:
            return f"{symbol.name} is written in another way somewhere: change it by hand."
    return None


def _taken(configurations: Iterable[SymConfiguration], symbol: Symbol, name: str) -> str | None:
    wanted = symbol._replace(name=name)
    if any(place.declares for place in places(configurations, wanted)):
        return f"There is a {symbol.kind} {name} already."
    return None


def _moved(configurations: Iterable[SymConfiguration], symbol: Symbol, name: str) -> Edit | None:
    """The ``moved`` block by which Terraform keeps what it has created under the old name."""
    if symbol.kind not in ("resource", "module"):
        return None
    block = next((it for sym in configurations if (it := _block(sym, symbol)) is not None), None)
    if block is None:
        return None
    prefix = symbol.type or "module"
    text = f"\n\nmoved {{\n  from = {prefix}.{symbol.name}\n  to   = {prefix}.{name}\n}}"
    return Edit(Range(block.source, block.end, block.end), text)


def _block(sym: SymConfiguration, symbol: Symbol) -> Block | None:
    module = sym.terraform.called.modules.get(symbol.directory)
    if module is None:
        return None
    if symbol.kind == "module":
        call = module.calls.get(symbol.name)
        return None if call is None else call.block
    resource = module.resources.get((symbol.type, symbol.name))
    return None if resource is None else resource.block
