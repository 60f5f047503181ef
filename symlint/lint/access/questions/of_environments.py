"""Questions about environments: who approves in each, and in what they differ."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from symlint.lint.access.comparison import compare
from symlint.lint.access.questions.answer import Answer, Part, flow_name, said_of_flows, worst
from symlint.lint.access.rows import rows_of
from symlint.sym.access.grants import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from symlint.lint.access.comparison import Change
    from symlint.lint.access.inventory import Inventory
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
    rows: dict[str, list[tuple[FlowName, Row]]] = {}
    for (root, grant), row in zip(inventory.grants, rows_of(inventory, os.curdir), strict=True):
        rows.setdefault(_label(row), []).append((flow_name(root, grant), _unnamed(row)))
    if len(rows) < 2:
        return Answer("environments", question, "no", "there are no two environments", ())
    first, *others = sorted(rows, key=_order)
    parts: list[Part] = []
    said = []
    for other in others[:_MOST_COMPARED]:
        found = _differences(first, rows[first], other, rows[other])
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


def _label(row: Row) -> str:
    environment = row.cells["environment"].said
    return f"{environment} with {row.variable_files}" if row.variable_files else environment


def _unnamed(row: Row) -> Row:
    """A grant without where it is, and with a sign in place of the name of its environment."""
    cell = row.cells["environment"]
    name = cell.value["name"] if isinstance(cell.value, dict) else None
    pattern = None
    if isinstance(name, str) and name:
        pattern = re.compile(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", re.IGNORECASE)

    def sign(value: Data) -> Data:
        if isinstance(value, str):
            return value if pattern is None else pattern.sub(_NAME, value)
        if isinstance(value, tuple):
            return tuple(map(sign, value))
        if isinstance(value, dict):
            return {key: sign(it) for key, it in value.items()}
        return value

    def signed(cell: Cell) -> Cell:
        text, reason = str(sign(cell.text)), str(sign(cell.reason))
        return cell._replace(text=text, reason=reason, value=sign(cell.value))

    flow, target = str(sign(row.flow)), str(sign(row.target))
    cells = {name: signed(it) for name, it in row.cells.items() if name not in _OF_NAMES}
    return row._replace(
        root="", variable_files="", address="", flow=flow, target=target, cells=cells
    )
