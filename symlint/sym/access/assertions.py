"""What a configuration file says must hold of access, and whether it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from symlint.named_tuple import NamedTuple
from symlint.source.stars import matches
from symlint.sym.access.flow_columns import time_ends
from symlint.sym.access.grants import grants_of
from symlint.sym.access.words import duration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from symlint.budget import Budget
    from symlint.sym.access.cells import Cell
    from symlint.sym.access.grants import Grant
    from symlint.sym.assertion import Assertion
    from symlint.sym.model.views import Lookup

LEVELS: Final = ("admin", "member", "all-users", "guests")
"""Who may approve, each with those before it."""

Verdict: TypeAlias = Literal["holds", "broken", "undecided"]


class Judgement(NamedTuple):
    """What an expectation of an assertion comes to for one grant.

    ``expected`` and ``found`` are in words, ``column`` is the cell that was looked at, ``reason`` why it
    is undecided.
    """

    assertion: Assertion
    grant: Grant
    verdict: Verdict
    expected: str
    found: str
    column: str
    reason: str = ""


_STEPS_PER_GRANT: Final = 25
"""What it costs to see whether an assertion is about a grant, in steps of the budget."""
_CHARACTERS_PER_STEP: Final = 4
_TOO_MANY: Final = "there are too many assertions and grants to compare all of them"


def judge(assertion: Assertion, grants: Iterable[Grant]) -> Iterator[Judgement]:
    """What an assertion comes to for each grant that it selects, or may select."""
    for grant in grants:
        selected = _selects(assertion, grant)
        if selected is not False:
            yield from _judged(assertion, grant, selected)


def _judged(assertion: Assertion, grant: Grant, selected: bool | None) -> Iterator[Judgement]:
    for word, wanted in assertion.expect.items():
        column, ask = EXPECTATIONS[word]
        cell = grant.cells[column]
        holds, expected = ask(wanted, cell, grant)
        reason = ""
        if selected is None and holds is not True:
            holds, reason = None, "it is not known whether the assertion is about it"
        elif holds is None:
            reason = cell.reason or "it depends on conditions"
        verdict: Verdict = "undecided" if holds is None else "holds" if holds else "broken"
        yield Judgement(assertion, grant, verdict, expected, cell.text, column, reason)


def compared(sym: Lookup) -> ComparedGrants:
    """The grants of a configuration, to be compared with assertions."""
    known = sym.terraform.cache.answers.setdefault(_Asked, {})
    return ComparedGrants(sym.once(grants_of), sym.terraform.budget, known)


class ComparedGrants:
    """Grants that are compared with assertions, with each once, as far as work is left.

    ``known`` has what was found out of assertions, by identity: many root modules have the same.
    """

    def __init__(
        self,
        grants: Iterable[Grant],
        budget: Budget,
        known: dict[int, tuple[Assertion, _Asked]] | None = None,
    ) -> None:
        self._grants: Final = [(grant, _characters(grant)) for grant in grants]
        self._budget: Final = budget
        self._known: Final = {} if known is None else known
        self._selected: dict[int, tuple[Assertion, list[tuple[Grant, bool | None]]]] = {}

    def judge(self, assertion: Assertion) -> Iterator[Judgement]:
        """What an assertion comes to for each grant that it selects, or may select."""
        for grant, selected in self._selected_by(assertion):
            yield from _judged(assertion, grant, selected)

    def selects_any(self, assertion: Assertion) -> bool:
        """Whether an assertion is, or may be, about one of the grants; true where no work is left."""
        return bool(self._selected_by(assertion)) or not self._budget.was_ample

    def _selected_by(self, assertion: Assertion) -> list[tuple[Grant, bool | None]]:
        """The grants that an assertion selects (true), or may select (None)."""
        found = self._selected.get(id(assertion))
        if found is None:
            found = self._selected[id(assertion)] = (assertion, self._compare(assertion))
        return found[1]

    def _compare(self, assertion: Assertion) -> list[tuple[Grant, bool | None]]:
        known = self._known.get(id(assertion))
        if known is None:
            known = self._known[id(assertion)] = (assertion, _asked_by(assertion))
        asked = known[1]
        found: list[tuple[Grant, bool | None]] = []
        for grant, characters in self._grants:
            if not self._budget.spend(asked.steps(characters), _TOO_MANY):
                break
            selected = _selects(assertion, grant)
            if selected is not False:
                found.append((grant, selected))
        return found


class _Asked(NamedTuple):
    """How much an assertion asks of a grant: its patterns, how long they are, and if one has a ``?``."""

    patterns: int
    characters: int
    wild: bool

    def steps(self, characters: int) -> int:
        """What it costs to compare it with a grant of so many characters, in steps of the budget."""
        if self.wild:
            work = self.characters * characters
        else:
            work = self.characters + characters * max(1, self.patterns)
        return _STEPS_PER_GRANT + work // _CHARACTERS_PER_STEP


def _asked_by(assertion: Assertion) -> _Asked:
    patterns = [
        pattern
        for part in (assertion.flows, assertion.targets, assertion.setting, {"": _names(assertion)})
        for every in part.values()
        for pattern in every
    ]
    characters = sum(map(len, patterns)) + _CHARACTERS_PER_STEP * len(patterns)
    return _Asked(len(patterns), characters, any("?" in it for it in patterns))


def _characters(grant: Grant) -> int:
    """How long the texts of a grant are that patterns are compared with."""
    texts = (grant.flow, grant.label, grant.target, grant.target_label)
    return sum(map(len, texts)) + len(grant.cells["grants"].text)


def _names(assertion: Assertion) -> tuple[str, ...]:
    """The names of flows that an assertion expects."""
    wanted = assertion.expect.get("flows")
    return tuple(map(str, wanted)) if isinstance(wanted, (tuple, list)) else ()


# --- selecting ------------------------------------------------------------------------------------


def _selects(assertion: Assertion, grant: Grant) -> bool | None:
    """Whether an assertion is about a grant; None where that is not known."""
    surely = True
    for answer in _answers(assertion, grant):
        if answer is False:
            return False
        surely = surely and answer is not None
    return True if surely else None


def _answers(assertion: Assertion, grant: Grant) -> Iterator[bool | None]:
    for word, patterns in assertion.flows.items():
        yield _matches(patterns, SELECTORS[word](grant))
    for word, patterns in assertion.targets.items():
        yield _matches(patterns, TARGET_SELECTORS[word](grant))
    for name, patterns in assertion.setting.items():
        yield _setting(grant, name, patterns)


def _matches(patterns: tuple[str, ...], text: str | None) -> bool | None:
    if text is None:
        return None
    return any(matches(pattern, text) for pattern in patterns)


def _setting(grant: Grant, name: str, patterns: tuple[str, ...]) -> bool | None:
    value = grant.cells["grants"].value
    if not isinstance(value, dict):
        return None if grant.cells["grants"].state == "unknown" else False
    text = value.get(name)
    return _matches(patterns, None if text is None else str(text)) if name in value else False


def _known(grant: Grant, field: str) -> str | None:
    """A name or label of a grant; None where only the name of the block is known."""
    return None if field in grant.not_known else str(getattr(grant, field))


def _strategy_type(grant: Grant) -> str | None:
    value = grant.cells["through"].value
    return (
        str(value["type"])
        if isinstance(value, dict)
        else None
        if grant.cells["through"].text
        else ""
    )


def _environment(grant: Grant) -> str | None:
    value = grant.cells["environment"].value
    return str(value["name"]) if isinstance(value, dict) else None


SELECTORS: Final[Mapping[str, Callable[[Grant], str | None]]] = {
    "name": lambda grant: _known(grant, "flow"),
    "label": lambda grant: _known(grant, "label"),
    "environment": _environment,
    "strategy-type": _strategy_type,
}
"""The words by which flows are selected."""

TARGET_SELECTORS: Final[Mapping[str, Callable[[Grant], str | None]]] = {
    "type": lambda grant: (
        None if grant.target_type == "?" or grant.target == "?" else grant.target_type
    ),
    "name": lambda grant: None if grant.target == "?" else _known(grant, "target"),
    "label": lambda grant: _known(grant, "target_label"),
}
"""The words by which targets are selected, beside "setting"."""


# --- expecting ------------------------------------------------------------------------------------

_Answer: TypeAlias = "tuple[bool | None, str]"


def _own(wanted: Any, cell: Cell, grant: Grant) -> _Answer:
    expected = "yes" if wanted else "no"
    known = cell.value if isinstance(cell.value, bool) else None
    return (None if known is None else known is wanted), expected


def _automatic(wanted: Any, cell: Cell, grant: Grant) -> _Answer:
    expected = " or ".join(wanted)
    if not cell.is_known:
        return None, expected
    found = "never" if cell.value == () else "always" if cell.value == "always" else "conditional"
    return found in wanted, expected


def _approve(wanted: Any, cell: Cell, grant: Grant) -> _Answer:
    expected = f"at most {wanted}"
    names = [level.replace("-", "_") for level in LEVELS]
    allowed = names[: LEVELS.index(wanted) + 1]
    if isinstance(cell.value, str) and cell.value in names:
        return cell.value in allowed, expected
    listed = isinstance(cell.value, tuple) and all(isinstance(it, str) for it in cell.value)
    # Who is listed is a member, or somebody whom nobody knows.
    return (True if listed and "member" in allowed else None), expected


def _longest(wanted: Any, cell: Cell, grant: Grant) -> _Answer:
    expected = f"at most {duration(wanted)}"
    if cell.value == ():
        return True, expected
    by_time = time_ends(grant.cells["ends"])
    if cell.value == "any" or by_time is False:
        return False, expected
    if not isinstance(cell.value, tuple):
        return None, expected
    short = all(it <= wanted for it in cell.value if isinstance(it, int))
    return (by_time if short else False), expected


def _ends(wanted: Any, cell: Cell, grant: Grant) -> _Answer:
    expected = " and ".join(wanted)
    if not isinstance(cell.value, tuple):
        return None, expected
    return all(it in cell.value for it in wanted) or not grant.target, expected


def _flows(wanted: Any, cell: Cell, grant: Grant) -> _Answer:
    return _matches(wanted, _known(grant, "flow")), f"through {' or '.join(wanted)} only"


def _logged(wanted: Any, cell: Cell, grant: Grant) -> _Answer:
    expected = "a log destination" if wanted else "no log destination"
    value = cell.value
    return (bool(value["logs"]) is wanted if isinstance(value, dict) else None), expected


def _notified(wanted: Any, cell: Cell, grant: Grant) -> _Answer:
    expected = "somebody is told of a request" if wanted else "nobody is told of a request"
    return (bool(cell.value) is wanted if cell.is_known else None), expected


def _gated(wanted: Any, cell: Cell, grant: Grant) -> _Answer:
    expected = "a gate" if wanted else "no gate"
    return (None if cell.value is None else bool(cell.value) is wanted), expected


EXPECTATIONS: Final[Mapping[str, tuple[str, Callable[[Any, Cell, Grant], _Answer]]]] = {
    "self-approval": ("self_approval", _own),
    "automatic": ("automatic", _automatic),
    "approve-at-most": ("approve", _approve),
    "longest": ("how_long", _longest),
    "ends": ("ends", _ends),
    "flows": ("grants", _flows),
    "logged": ("recorded", _logged),
    "notified": ("asked_in", _notified),
    "gated": ("gates", _gated),
}
"""The words of ``expect``: the column that each looks at, and how it asks."""
