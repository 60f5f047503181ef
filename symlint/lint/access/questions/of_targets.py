"""Questions about targets: who gives them, for how long at most, and which nobody can ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.lint.access.questions.answer import (
    Answer,
    Part,
    TargetName,
    flow_name,
    target_name,
    worst,
)
from symlint.named_tuple import NamedTuple
from symlint.sym.access.flow_columns import time_ends
from symlint.sym.access.words import duration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from symlint.lint.access.inventory import Inventory, RootGrants
    from symlint.lint.access.questions.answer import FlowName
    from symlint.sym.access.grants import Grant

    Row = tuple[RootGrants, Grant]

_UNKNOWN, _BY_TIME, _NOT_ASKED, _ANY, _BY_HAND, _NEVER = range(6)
"""How long access may last, from the shortest to the longest."""

_SAID: Final = {
    _NOT_ASKED: "no time is asked for: as long as the strategy lets it",
    _ANY: "any time that is asked for",
    _BY_HAND: "until somebody ends it",
    _NEVER: "it never ends",
}


class Longest(NamedTuple):
    """How long access to something may last."""

    rank: int
    seconds: int = 0
    session: int = 0
    reason: str = ""

    @property
    def text(self) -> str:
        """In words."""
        text = self.reason or _SAID.get(self.rank) or duration(self.seconds)
        outlasts = self.rank == _BY_TIME and self.session > self.seconds
        return f"{text}, and a session of {duration(self.session)} in AWS" if outlasts else text


def by_target(inventory: Inventory) -> dict[TargetName, list[Row]]:
    """The grants of each target that is known, in the order of targets."""
    found: dict[TargetName, list[Row]] = {}
    for root, grant in inventory.grants:
        if grant.target not in ("", "?"):
            found.setdefault(target_name(grant), []).append((root, grant))
    return dict(sorted(found.items()))


def granting(inventory: Inventory) -> Answer:
    """Which flows give each target."""
    parts = [
        Part(None, target.grants, _flows(rows), (target,))
        for target, rows in by_target(inventory).items()
    ]
    doubts: dict[str, list[Row]] = {}
    for root, grant in inventory.grants:
        if grant.target == "?":
            doubts.setdefault(grant.cells["grants"].said, []).append((root, grant))
    number = len(parts)
    parts += [Part("unknown", text, _flows(rows)) for text, rows in doubts.items()]
    said = f"{number} targets, each with its flows" if number > 1 else "1 target, with its flows"
    said = said if number else "no flow grants a target that is known"
    if doubts:
        said += f"; {sum(map(len, doubts.values()))} flows with targets that are not known"
    return Answer("granting", "Which flows can grant a target?", None, said, tuple(parts))


def longest(inventory: Inventory) -> Answer:
    """What the longest access to each target is; targets of which the same is so are together."""
    found: dict[tuple[Longest, bool], list[tuple[TargetName, list[Row]]]] = {}
    for target, rows in by_target(inventory).items():
        found.setdefault(longest_of([grant for _, grant in rows]), []).append((target, rows))
    parts = []
    for (time, certain), targets in sorted(found.items(), reverse=True):
        text = time.text if certain or time.reason else f"{time.text}, perhaps longer"
        rows = [row for _, rows in targets for row in rows]
        names = tuple(target for target, _ in targets)
        parts.append(Part(None if certain else "unknown", text, _flows(rows), names))
    said = "nothing is granted"
    if parts:
        said = f"{parts[0].text}: {_number(parts[0])}"
        if len(parts) > 1:
            said += f"; then {parts[1].text}: {_number(parts[1])}"
    return Answer("longest", "What is the longest access to a target?", None, said, tuple(parts))


def longest_of(grants: Sequence[Grant]) -> tuple[Longest, bool]:
    """The longest access that some grants give, and whether it is certain that there is no longer one."""
    times = [_time(grant) for grant in grants]
    most = max(times)
    certain = most.rank == _NEVER or all(it.rank != _UNKNOWN for it in times)
    return most, certain


def _time(grant: Grant) -> Longest:
    ends, time = grant.cells["ends"], grant.cells["how_long"]
    by_time = time_ends(ends)
    if by_time is None:
        return Longest(_UNKNOWN, reason=ends.said)
    if not by_time:
        return Longest(_BY_HAND if ends.value else _NEVER)
    if time.value in ("any", "not asked"):
        return Longest(_ANY if time.value == "any" else _NOT_ASKED)
    seconds = (
        [it for it in time.value if isinstance(it, int)] if isinstance(time.value, tuple) else []
    )
    if not seconds:
        return Longest(_UNKNOWN, reason=time.said)
    session = grant.cells["session"].value
    return Longest(_BY_TIME, max(seconds), session if isinstance(session, int) else 0)


def unasked(inventory: Inventory) -> Answer:
    """Which targets nobody can ask for."""
    found: dict[tuple[bool, str], list[TargetName]] = {}
    for root in inventory.roots:
        for it in root.unasked:
            name = TargetName(it.type, it.name, it.address)
            found.setdefault((it.certain, it.reason), []).append(name)
    parts = tuple(
        Part(
            "yes" if certain else "unknown",
            reason if certain else f"{reason}, but the targets of a flow are not known",
            targets=tuple(dict.fromkeys(names)),
        )
        for (certain, reason), names in found.items()
    )
    verdict = worst(it.verdict for it in parts if it.verdict)
    number = f"{sum(len(it.targets) for it in parts)} of the declared targets"
    said = number if parts else "every target that is declared can be asked for through a flow"
    return Answer("unasked", "Are there targets that nobody can request?", verdict, said, parts)


def _flows(rows: Sequence[Row]) -> tuple[FlowName, ...]:
    return tuple(dict.fromkeys(flow_name(root, grant) for root, grant in rows))


def _number(part: Part) -> str:
    number = len(part.targets)
    return f"{number} target{'' if number == 1 else 's'}"
