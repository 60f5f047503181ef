"""Grants as rows of plain data, from an inventory or from a file that has one; locks."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Final, cast, get_args

from symlint.lint.errors import UsageError
from symlint.named_tuple import NamedTuple
from symlint.source.files import ReadProblem, outside, read_file
from symlint.source.tree import leads_out_of_repository
from symlint.sym.access.cells import Cell, State
from symlint.sym.access.grants import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from symlint.lint.access.documents import LockCellDocument, LockDocument, LockGrantDocument
    from symlint.lint.access.inventory import Inventory, RootGrants
    from symlint.sym.access.cells import Data
    from symlint.sym.access.grants import Grant

VERSION: Final = 1
_STATES: Final = get_args(State)


class Row(NamedTuple):
    """A grant without places; ``root`` is relative to the folder that was asked about."""

    root: str
    variable_files: str
    flow: str
    label: str
    address: str
    target_type: str
    target: str
    cells: Mapping[str, Cell]

    @property
    def target_name(self) -> str:
        """Type and name of the target; "" without one."""
        return " ".join(filter(None, (self.target_type, self.target)))


def rows_of(inventory: Inventory, directory: str) -> tuple[Row, ...]:
    """The grants of an inventory, without secrets."""
    rows = Rows(inventory, directory)
    return tuple(rows.row(root, grant) for root, grant in inventory.grants)


class Rows:
    """Makes rows of the grants of an inventory; ``root`` is relative to ``directory``."""

    def __init__(self, inventory: Inventory, directory: str) -> None:
        self._inventory: Final = inventory
        self._directory: Final = directory
        self._cells: Final[dict[int, Cell]] = {}
        """Cells without secrets by the identity of the cell, which many grants may have in common."""

    def row(self, root: RootGrants, grant: Grant) -> Row:
        """A grant without places and secrets."""
        hide = self._inventory.hide
        return Row(
            os.path.relpath(root.directory, self._directory).replace(os.sep, "/"),
            hide(root.variable_files),
            hide(grant.flow),
            hide(grant.label),
            hide(grant.address),
            hide(grant.target_type),
            hide(grant.target),
            {name: self._cell(cell) for name, cell in grant.cells.items()},
        )

    def _cell(self, cell: Cell) -> Cell:
        known = self._cells.get(id(cell))
        if known is None:
            hide = self._inventory.hide
            text, reason, value = hide(cell.text), hide(cell.reason), _hidden(cell.value, hide)
            known = cell._replace(text=text, reason=reason, value=value, evidence=())
            self._cells[id(cell)] = known
        return known


def _hidden(value: Data, hide: Callable[[str], str]) -> Data:
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, tuple):
        return tuple(_hidden(it, hide) for it in value)
    if isinstance(value, dict):
        return {hide(key): _hidden(it, hide) for key, it in value.items()}
    return value


# --- files ----------------------------------------------------------------------------------------


def lock_text(rows: tuple[Row, ...]) -> str:
    """Canonical JSON of grants: the same access is the same text."""
    document: LockDocument = {"version": VERSION, "grants": list(map(_grant, rows))}
    return json.dumps(document, indent=2, sort_keys=True) + "\n"


def _grant(row: Row) -> LockGrantDocument:
    document: LockGrantDocument = {
        "root": row.root,
        "variable_files": row.variable_files or None,
        "flow": {"name": row.flow, "label": row.label or None, "address": row.address},
        "target": {"type": row.target_type, "name": row.target} if row.target else None,
    }
    cells = {name: _data(cell) for name, cell in row.cells.items()}
    return cast("LockGrantDocument", {**document, **cells})


def _data(cell: Cell) -> LockCellDocument:
    data: LockCellDocument = {"text": cell.text, "state": cell.state, "value": cell.value}
    if cell.code:
        data["code"] = list(cell.code)
    if not cell.is_known:
        data["reason"] = cell.reason
    return data


def read_rows(path: str) -> tuple[Row, ...]:
    """The grants of a lock, or of what ``symlint access --format json`` has written.

    Raises UsageError for a file that cannot be read, or is neither.
    """
    leads_out = leads_out_of_repository(os.path.abspath(path))
    source = outside(path) if leads_out else read_file(path)
    if isinstance(source, ReadProblem):
        raise UsageError(f"{path}: {source.message}")
    if not source.text.strip():
        raise UsageError(f"{path}: it is empty; symlint access --lock FILE writes a lock")
    try:
        document = json.loads(source.text)
        version, grants = document["version"], document["grants"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UsageError(f"{path}: {_no_inventory(path)}") from None
    if type(version) is int and version > VERSION:
        raise UsageError(
            f"{path}: a newer symlint has written it (version {version}), and this one knows version "
            f"{VERSION}; update symlint, or write it anew"
        )
    try:
        if type(version) is not int or version != VERSION:
            raise ValueError
        return tuple(_read_row(grant) for grant in grants)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UsageError(f"{path}: {_no_inventory(path)}") from None


def _no_inventory(path: str) -> str:
    if path.endswith((".tf", ".tofu", ".tfvars", ".py", ".tf.json")):
        return "it is a part of a configuration; give the folder that it is in"
    return (
        "it is no access inventory or lock, as symlint access writes with --format json or --lock"
    )


def _read_row(grant: Mapping[str, Any]) -> Row:
    flow, target = grant["flow"], grant["target"] or {"type": "", "name": ""}
    texts = (
        grant["root"], grant["variable_files"] or "", flow["name"], flow["label"] or "", flow["address"],
        target["type"], target["name"],
    )  # fmt: skip  # as many a line as fit
    if not all(isinstance(text, str) for text in texts):
        raise TypeError
    cells = {name: _read_cell(grant[name]) for name in COLUMNS if name in grant}
    if "grants" not in cells:
        raise KeyError
    return Row(*texts, cells)


def _read_cell(data: Mapping[str, Any]) -> Cell:
    text, state, reason = data["text"], data["state"], data.get("reason") or ""
    code = data.get("code") or []
    if state not in _STATES or not all(isinstance(it, str) for it in (text, reason, *code)):
        raise ValueError
    return Cell(text, state, _frozen(data["value"]), reason, code=tuple(code))


def _frozen(value: Any) -> Data:
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    if isinstance(value, dict):
        return {key: _frozen(it) for key, it in value.items()}
    found: Data = value
    return found
