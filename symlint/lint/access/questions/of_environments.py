"""Questions about environments: who approves in each, and in what they differ."""

from __future__ import annotations

import os
import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from symlint.lint.access.comparison import compare
from symlint.lint.access.questions.answer import Answer, Part, flow_name, said_of_flows, worst
from symlint.lint.access.rows import Rows
from symlint.sym.access.grants import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from symlint.lint.access.comparison import Change
    from symlint.lint.access.inventory import Inventory, RootGrants
    from symlint.lint.access.questions.answer import FlowName, Group, Verdict
    from symlint.lint.access.rows import Row
    from symlint.sym.access.cells import Cell, Data
    from symlint.sym.access.grants import Grant

_PRODUCTION: Final = re.compile(r"(?<![a-z])(?:prod|production|prd|live)(?![a-z])", re.IGNORECASE)
_LEVELS: Final = {"guests": 0, "all_users": 1, "member": 3, "admin": 4}
_MOST_NAMED: Final = 8
_MOST_COMPARED: Final = 20
"""How many kinds of approvers are named in short, and how many environments are compared."""

_NAME: Final = "{environment}"
_OF_NAMES: Final = ("name", "target name", "environment")
_OF_IDENTIFIERS: Final = ("grants", "through")
"""The columns that name things: another identifier may be the same thing in another environment."""


def approvers(flows: Sequence[Group]) -> Answer:
    """Who can approve in each environment, production first."""
    found = said_of_flows(flows, _approving)
    parts = [
        Part(None, text, names, targets, environment)
        for ((environment, text), targets), names in sorted(
            found.items(), key=lambda it: _order(it[0][0][0])
        )
    ]
    kinds: dict[str, dict[str, list[int]]] = {}
    for group in flows:
        of_environment = kinds.setdefault(group[0][1].cells["environment"].said, {})
        for cell in {
            grant.cells["approve"].text: grant.cells["approve"] for _, grant in group
        }.values():
            of_environment.setdefault(cell.text, [0, _few(cell)])[0] += 1
    said = "; ".join(f"{name}: {_kinds(kinds[name])}" for name in sorted(kinds, key=_order))
    return Answer("approvers", "Who can approve for production?", None, said, tuple(parts))


def _approving(grant: Grant) -> tuple[str, str]:
    """The environment of a grant, and who approves with what gate."""
    cells = grant.cells
    text = cells["approve"].said
    if cells["gates"].value != () and cells["gates"].said != text:
        text += f"; {cells['gates'].said}"
    return cells["environment"].said, text


def _few(approvers: Cell) -> int:
    """How few people approvers are, from 0; what is not one of the levels is between them."""
    return _LEVELS.get(approvers.value, 2) if isinstance(approvers.value, str) else 2


def _kinds(found: dict[str, list[int]]) -> str:
    """Kinds of approvers with how many flows each has, the most people first."""
    ordered = sorted(found.items(), key=lambda it: (it[1][1], it[0]))
    shown = [
        f"{text} ({number} flow{'s' * (number != 1)})"
        for text, (number, _) in ordered[:_MOST_NAMED]
    ]
    more = len(ordered) - _MOST_NAMED
    return ", ".join(shown + ([f"{more} more"] if more > 0 else []))


def _order(environment: str) -> tuple[bool, str]:
    return _PRODUCTION.search(environment) is None, environment.casefold()


def differences(inventory: Inventory) -> Answer:
    """In what environments differ but for their names: each is compared with the first."""
    question = "Do the environments differ in more than names?"
    grants: dict[str, list[tuple[RootGrants, Grant]]] = {}
    for root, grant in inventory.grants:
        grants.setdefault(inventory.hide(_label(root, grant)), []).append((root, grant))
    if len(grants) < 2:
        return Answer("environments", question, "no", "there are no two environments", ())
    first, *others = sorted(grants, key=_order)
    unnamed = _Unnamed(Rows(inventory, os.curdir))
    before = unnamed.rows(grants[first])
    parts: list[Part] = []
    said = []
    for other in others[:_MOST_COMPARED]:
        found = _differences(first, before, other, unnamed.rows(grants[other]))
        parts += found
        names = {True: "", False: "perhaps "}
        columns = dict.fromkeys(
            f"{names[it.verdict == 'yes']}{it.text.partition(':')[0]}" for it in found
        )
        differ = ", ".join(columns) or "the same but for names"
        said.append(f"{other} beside {first}: {differ}")
    if others[_MOST_COMPARED:]:
        said.append(f"{len(others) - _MOST_COMPARED} more environments are not compared")
        parts.append(Part("unknown", said[-1]))
    verdict = worst(it.verdict for it in parts if it.verdict)
    return Answer("environments", question, verdict, "; ".join(said), tuple(parts))


def _differences(
    first: str,
    before: Sequence[tuple[FlowName, Row]],
    other: str,
    after: Sequence[tuple[FlowName, Row]],
) -> list[Part]:
    """What is otherwise in one environment than in the first one."""
    flows: dict[str, dict[FlowName, None]] = {}
    for name, row in (*after, *before):
        flows.setdefault(row.flow, {})[name] = None
    found: dict[tuple[Verdict, str], dict[FlowName, None]] = {}
    changes = compare([row for _, row in before], [row for _, row in after]).changes
    for change in changes:
        if change.column not in _OF_NAMES:
            found.setdefault(_said(change, first, other), {}).update(flows.get(change.flow, {}))
    about = f"{other} beside {first}"
    return [
        Part(verdict, text, tuple(names), about=about) for (verdict, text), names in found.items()
    ]


def _said(change: Change, first: str, other: str) -> tuple[Verdict, str]:
    if change.column == "target":
        where, what = (other, change.after) if change.after else (first, change.before)
        return "yes", f"only in {where}: {what}"
    heading = COLUMNS[change.column]
    if change.column in _OF_IDENTIFIERS:
        return "unknown", f"{heading}: other identifiers, which may be names of the same thing"
    verdict: Verdict = "unknown" if change.direction == "not comparable" else "yes"
    return verdict, f"{heading}: {change.after} in {other}, {change.before} in {first}"


def _label(root: RootGrants, grant: Grant) -> str:
    environment = grant.cells["environment"].said
    return f"{environment} with {root.variable_files}" if root.variable_files else environment


class _Unnamed:
    """Makes rows in which a sign stands for the name of their environment, without where they are."""

    def __init__(self, rows: Rows) -> None:
        self._rows: Final = rows
        self._signs: Final[dict[str, _Sign]] = {}

    def rows(self, grants: Sequence[tuple[RootGrants, Grant]]) -> list[tuple[FlowName, Row]]:
        """The rows of grants, each with its flow."""
        return [
            (flow_name(root, grant), self._row(self._rows.row(root, grant)))
            for root, grant in grants
        ]

    def _row(self, row: Row) -> Row:
        value = row.cells["environment"].value
        name = value["name"] if isinstance(value, dict) else None
        name = name if isinstance(name, str) else ""
        sign = self._signs.setdefault(name, _Sign(name))
        return row._replace(
            root="",
            variable_files="",
            address="",
            flow=sign.text(row.flow),
            target=sign.text(row.target),
            cells={key: sign.cell(it) for key, it in row.cells.items() if key not in _OF_NAMES},
        )


class _Sign:
    """Puts a sign in place of the name of an environment; "" for a name that is not known."""

    def __init__(self, name: str) -> None:
        self._name: Final = name
        self._cells: Final[dict[int, tuple[Cell, Cell]]] = {}
        """What was made of a cell by its identity; the cell is kept, so that no other one gets that."""

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![^\W_]){re.escape(self._name)}(?![^\W_])", re.IGNORECASE)

    def text(self, text: str) -> str:
        """A text with the sign."""
        return self._pattern.sub(_NAME, text) if self._name else text

    def cell(self, cell: Cell) -> Cell:
        """A cell with the sign."""
        if id(cell) not in self._cells:
            text, reason = self.text(cell.text), self.text(cell.reason)
            made = cell._replace(text=text, reason=reason, value=self._value(cell.value))
            self._cells[id(cell)] = cell, made
        return self._cells[id(cell)][1]

    def _value(self, value: Data) -> Data:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, tuple):
            return tuple(map(self._value, value))
        if isinstance(value, dict):
            return {key: self._value(it) for key, it in value.items()}
        return value
