"""Two inventories side by side: what changed, in which direction, and who can get what now."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from symlint.named_tuple import NamedTuple
from symlint.sym.access.directions import turn
from symlint.sym.access.grants import OF_TARGET

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from symlint.lint.access.rows import Row
    from symlint.sym.access.turns import Direction

DIRECTIONS: Final[tuple[Direction, ...]] = ("widened", "not comparable", "narrowed", "neutral")
"""In the order in which a reviewer wants to see them."""


class Change(NamedTuple):
    """One difference between two inventories.

    ``target`` is "" where it is so for all targets of the flow, ``environment`` what is said of the
    environment now. ``column`` is that of a cell, "target" for a grant that came or went, "name" for one that has
    another name. ``before`` and ``after`` are what is said there, "" where there was no such grant.
    """

    flow: str
    target: str
    column: str
    before: str
    after: str
    direction: Direction
    sentence: str = ""
    environment: str = ""


class Comparison(NamedTuple):
    """All differences, and how many grants have none."""

    changes: tuple[Change, ...]
    unchanged: int

    @property
    def is_unrelated(self) -> bool:
        """Whether all grants of the one side are gone, and all of the other side are new."""
        came_and_went = {it.direction for it in self.changes if it.column == "target"}
        others = [it for it in self.changes if it.column != "target"]
        return not self.unchanged and not others and len(came_and_went) > 1

    def of(self, direction: Direction) -> tuple[Change, ...]:
        """The changes of one direction."""
        return tuple(it for it in self.changes if it.direction == direction)


def compare(before: Sequence[Row], after: Sequence[Row]) -> Comparison:
    """What changed from one inventory to another one.

    Grants are paired by root module, flow and target; what remains by flow and target, and then by
    the address of the flow, so that renamed and moved things are the same ones.
    """
    pairs, gone, new = _paired(before, after)
    changes: list[Change] = []
    unchanged = 0
    of_flows: dict[Hashable, list[tuple[Row, list[Change]]]] = {}
    for old, now in pairs:
        found = list(_changes(old, now))
        of_flows.setdefault((now.root, now.variable_files, now.flow), []).append((now, found))
        unchanged += not found
    for of_targets in of_flows.values():
        changes += _folded(of_targets)
    changes = list(dict.fromkeys(changes))
    changes += [_came(row) for row in new]
    changes += [_went(row) for row in gone]
    changes.sort(
        key=lambda it: (DIRECTIONS.index(it.direction), it.flow.casefold(), it.target, it.column)
    )
    return Comparison(tuple(changes), unchanged)


def _paired(
    before: Sequence[Row], after: Sequence[Row]
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    pairs: list[tuple[Row, Row]] = []
    left, right = list(before), list(after)
    for key in _KEYS:
        known: dict[Hashable, list[Row]] = {}
        for row in right:
            known.setdefault(key(row), []).append(row)
        rest = []
        for row in left:
            same = known.get(key(row))
            if same:
                pairs.append((row, same.pop(0)))
            else:
                rest.append(row)
        taken = {id(now) for _, now in pairs}
        left, right = rest, [row for row in right if id(row) not in taken]
    return pairs, left, right


_KEYS: Final[tuple[Callable[[Row], Hashable], ...]] = (
    lambda it: (it.root, it.variable_files, it.flow.casefold(), it.target_type, it.target),
    lambda it: (it.flow.casefold(), it.target_type, it.target),
    lambda it: (it.root, it.address, it.target_type, it.target),
    lambda it: (it.root, it.flow.casefold(), it.target_type, it.cells["grants"].text),
)


def _changes(before: Row, after: Row) -> Iterable[Change]:
    flow, target = after.flow, after.target_name
    if before.flow.casefold() != after.flow.casefold():
        yield Change(flow, target, "name", before.flow, after.flow, "neutral")
    if before.target != after.target:
        yield Change(flow, target, "target name", before.target_name, after.target_name, "neutral")
    for column, cell in after.cells.items():
        old = before.cells.get(column)
        found = None if old is None else turn(column, old, cell)
        if old is not None and found is not None:
            yield Change(flow, target, column, old.said, cell.said, *found)


def _environment(row: Row) -> str:
    cell = row.cells.get("environment")
    return cell.text if cell is not None and cell.is_known else ""


def _came(row: Row) -> Change:
    what = row.cells["grants"].text
    sentence = f"it can be asked for now: {what}" if row.target else "it can be asked now"
    environment = _environment(row)
    return Change(row.flow, row.target_name, "target", "", what, "widened", sentence, environment)


def _went(row: Row) -> Change:
    what, environment = row.cells["grants"].text, _environment(row)
    return Change(row.flow, row.target_name, "target", what, "", "narrowed", "", environment)


def _folded(of_targets: Sequence[tuple[Row, Sequence[Change]]]) -> Iterator[Change]:
    """The changes of a flow: what is so for all of its targets is said of the flow."""
    times = Counter(it._replace(target="") for _, found in of_targets for it in found)
    for row, found in of_targets:
        for it in found:
            of_flow = it._replace(target="")
            shared = times[of_flow] == len(of_targets) and it.column not in _OF_TARGET
            rows = [one for one, _ in of_targets] if shared else [row]
            change = of_flow if shared else it
            yield change._replace(sentence=_with_what(change, rows), environment=_environment(row))


def _with_what(change: Change, rows: Sequence[Row]) -> str:
    """The sentence of a change, with what can be asked for."""
    what = list(dict.fromkeys(it.cells["grants"].text for it in rows if it.target))
    if not change.sentence or not what or change.column == "grants":
        return change.sentence
    more = f" and {len(what) - 1} more" if len(what) > 1 else ""
    return f"{change.sentence} ({what[0]}{more})"


_OF_TARGET: Final = ("target name", *OF_TARGET)
