"""What there is in a file and in the workspace, by the names that Sym shows."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from symlint.hcl.nodes import Attribute, Block
from symlint.hcl.nodes import Literal as LiteralNode
from symlint.language_server.features.names import symbol_of
from symlint.named_tuple import NamedTuple
from symlint.sym.words import noun

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.language_server.workspace import Snapshot
    from symlint.source.text import Range
    from symlint.sym.model.views import View

Kind: TypeAlias = Literal[
    "flow", "strategy", "target", "resource", "module", "variable", "output", "local", "field",
    "block",
]  # fmt: skip  # as many a line as fit

MOST_SYMBOLS: Final = 2_000
"""How many things of a workspace are listed."""

_KINDS: Final[dict[str, Kind]] = {
    "sym_flow": "flow",
    "sym_strategy": "strategy",
    "sym_target": "target",
    "module": "module",
    "variable": "variable",
    "output": "output",
}


class Symbol(NamedTuple):
    """Something with a name. ``range`` is all of it, ``selection`` what names it."""

    name: str
    detail: str
    kind: Kind
    range: Range
    selection: Range
    inside: tuple[Symbol, ...] = ()


# --- in a file --------------------------------------------------------------------------------------


def document_symbols(snapshot: Snapshot, path: str) -> list[Symbol]:
    """The blocks of a file in order, with the prompt fields of flows and the names of locals."""
    file = snapshot.parsed(path)
    blocks = () if file is None else file.body.blocks()
    return [_of_block(path, block) for block in blocks]


def _of_block(path: str, block: Block) -> Symbol:
    labels = [label.value for label in block.labels]
    address = ".".join([*(() if block.type == "resource" else (block.type,)), *labels])
    kind = _KINDS.get(labels[0] if block.type == "resource" and labels else block.type)
    known = symbol_of(os.path.dirname(path), block)
    other: Kind = "block" if known is None else "resource"
    name = _written_name(block) if labels and labels[0].startswith("sym_") else ""
    return Symbol(
        name or address,
        address if name else "",
        kind or other,
        block.range,
        block.header_range,
        tuple(_inside(block)),
    )


def _inside(block: Block) -> Iterator[Symbol]:
    if block.type == "locals":
        for item in block.body.items:
            if type(item) is Attribute:
                yield Symbol(item.name, "", "local", item.range, item.name_range)
    for params in block.body.blocks("params"):
        for field in params.body.blocks("prompt_field"):
            name = _text(field, "name")
            if name:
                yield Symbol(name, _text(field, "type"), "field", field.range, field.header_range)


def _written_name(block: Block) -> str:
    """What people see: the label, or else the name, where one is written out."""
    return _text(block, "label") or _text(block, "name")


def _text(block: Block, name: str) -> str:
    attribute = block.body.attribute(name)
    value = attribute.value.value if attribute and type(attribute.value) is LiteralNode else None
    return value if isinstance(value, str) else ""


# --- in the workspace -------------------------------------------------------------------------------


def workspace_symbols(snapshot: Snapshot, paths: Iterable[str], query: str) -> list[Symbol]:
    """Sym's resources in the root modules of some files whose name or address has a text in it."""
    found: dict[tuple[str, int, int, str], Symbol] = {}
    roots = dict.fromkeys(root for path in paths for root in snapshot.roots_of(path))
    for sym in (it for root in roots for it in snapshot.configurations(root)):
        for view in sym.views:
            symbol = _of_view(view)
            if query.casefold() in f"{symbol.name} {symbol.detail}".casefold():
                found.setdefault((*symbol.selection.sort_key(), symbol.name), symbol)
            if len(found) >= MOST_SYMBOLS:
                return list(found.values())
    return list(found.values())


def _of_view(view: View) -> Symbol:
    name = view.label.string or view.name.string or view.local_name
    type_ = f"{view.type_name} " if view.type_name else ""
    return Symbol(
        name,
        f"{type_}{noun(view.kind)} {view.address}",
        _KINDS.get(view.kind, "resource"),
        view.instance.block.range,
        view.header,
    )
