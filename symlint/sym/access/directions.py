"""Whether a change of one column gives more access or less, and who can get what then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from symlint.sym.access.approver_directions import approvers
from symlint.sym.access.entailment import covers
from symlint.sym.access.turns import NARROWED, NEUTRAL, OTHER_CODE, UNDECIDED, Turn, sets
from symlint.sym.access.words import duration

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from symlint.sym.access.cells import Cell, Data

    _Compare = Callable[[Data, Data], Turn]


def turn(column: str, before: Cell, after: Cell) -> Turn | None:
    """What became of a cell; None where nothing changed."""
    if before.state == after.state and before.value == after.value:
        same_code = before.code == after.code
        said = before.is_known or (before.text, before.reason) == (after.text, after.reason)
        # What a text is made of says more than the text, which has labels and layout.
        by_code = column in _OF_TERRAFORM or before.state == "broken"
        if said or (by_code and same_code and before.code):
            return None if same_code else OTHER_CODE
    found = _turn(column, before, after)
    old, new = set(before.code), set(after.code)
    replaced = bool(old - new and new - old)
    return OTHER_CODE if replaced and found.direction in ("narrowed", "neutral") else found


def _turn(column: str, before: Cell, after: Cell) -> Turn:
    if before.value is not None and before.value == after.value:
        # Such as a hook whose decision is not returned.
        return Turn("neutral", f"it has no effect: {after.reason}" if after.reason else "")
    if any(cell.value is None and not cell.is_known for cell in (before, after)):
        return UNDECIDED
    compare = _COMPARED.get(column)
    if compare is None:
        return UNDECIDED
    return _under_same_conditions(before.value, after.value, compare) or compare(
        before.value, after.value
    )


def _under_same_conditions(before: Data, after: Data, compare: _Compare) -> Turn | None:
    """What became of values that depend on conditions, one by one; None where the conditions are others."""
    old, new = _by_condition(before), _by_condition(after)
    if not old or [test for test, _ in old] != [test for test, _ in new]:
        return None
    pairs = [(one, other) for (_, one), (_, other) in zip(old, new, strict=True) if one != other]
    turns = [UNDECIDED if None in pair else compare(*pair) for pair in pairs]
    directions = {it.direction for it in turns} - {"neutral"}
    if len(directions) > 1:
        return UNDECIDED
    return next((it for it in turns if it.direction != "neutral"), NEUTRAL)


def _by_condition(value: Data) -> list[tuple[Data, Data]]:
    """The values that depend on conditions, each with its condition; none for any other value."""
    options = value if isinstance(value, tuple) else ()
    found = [
        (it["if"], it["value"])
        for it in options
        if isinstance(it, dict) and "value" in it and "if" in it
    ]
    return found if len(found) == len(options) else []


_OF_TERRAFORM: Final = ("grants", "through")
"""The columns whose digests tell apart what is not known before Terraform runs."""

# --- one column each ------------------------------------------------------------------------------


def _own(before: Data, after: Data) -> Turn:
    old, now = _how_much(before), _how_much(after)
    if old is None or now is None or old == now:
        return UNDECIDED
    if now > old:
        return Turn("widened", "whoever asks can approve the request alone now")
    return NARROWED


def _how_much(own: Data) -> int | None:
    """0 for no, 2 for yes, 1 for in some of the channels; None for by condition."""
    if isinstance(own, bool):
        return 2 * own
    in_some = isinstance(own, tuple) and all(isinstance(it, bool) for it in own)
    return 1 if in_some else None


def _gates(before: Data, after: Data) -> Turn:
    """Alternatives of conditions under which an approval does not count: more of them is less access."""
    return _conditions(before, after, "less", "approvals count now that were ignored before")


def _automatic(before: Data, after: Data) -> Turn:
    """Alternatives of conditions under which access is given without approval."""
    sentence = "access is given without anybody's approval now where it had to be approved before"
    if before == "always":
        return NARROWED
    if after == "always":
        return Turn("widened", "every request is granted now without anybody's approval")
    return _conditions(before, after, "more", sentence)


def _conditions(before: Data, after: Data, effect: Literal["more", "less"], sentence: str) -> Turn:
    if not isinstance(before, tuple) or not isinstance(after, tuple):
        return UNDECIDED
    grows = covers(after, before)
    shrinks = covers(before, after)
    if grows is shrinks:
        return UNDECIDED
    return Turn("widened", sentence) if grows is (effect == "more") else NARROWED


def _how_long(before: Data, after: Data) -> Turn:
    if before == "any" and isinstance(after, tuple):
        return NARROWED
    if after == "any" and isinstance(before, tuple):
        return Turn("widened", "access can be asked for without a limit of time now")
    if not isinstance(before, tuple) or not isinstance(after, tuple) or not before or not after:
        return UNDECIDED
    longest, now = before[-1], after[-1]
    if not isinstance(longest, int) or not isinstance(now, int):
        return UNDECIDED
    if now > longest:
        sentence = f"who could have it for {duration(longest)} can have it for {duration(now)} now"
        return Turn("widened", sentence)
    return NARROWED if now < longest else NEUTRAL


def _ends(before: Data, after: Data) -> Turn:
    sentence = "access does not end {} any more"
    return sets(after, before, sentence)


def _asked_from(before: Data, after: Data) -> Turn:
    return sets(before, after, "it can be asked for from {} now")


def _asked_by(before: Data, after: Data) -> Turn:
    old, new = _restrictions(before), _restrictions(after)
    hidden = sets(new[0], old[0], "the flow is shown to every member now: no filter hides it")
    away = "who was turned away can ask now"
    refused = NEUTRAL if old[1] == new[1] else _conditions(old[1], new[1], "less", away)
    found = {hidden.direction, refused.direction} - {"neutral"}
    if len(found) > 1:
        return UNDECIDED
    return refused if hidden == NEUTRAL else hidden


def _restrictions(value: Data) -> tuple[Data, Data]:
    """What hides a flow from members, and when hooks turn them away."""
    if not isinstance(value, dict):
        return (), ()
    filters = ("filter",) if "members" in value else ()
    return filters, value.get("unless", ())


def _parameter(before: Data, after: Data) -> Turn:
    if not isinstance(before, dict) or not isinstance(after, dict) or before.keys() != after.keys():
        return UNDECIDED
    turns = [
        _choices(name, before[name], after[name]) for name in before if before[name] != after[name]
    ]
    return next((it for it in turns if it.direction == "widened"), turns[0] if turns else NEUTRAL)


def _choices(name: str, before: Data, after: Data) -> Turn:
    if after == "any":
        return Turn("widened", f"{name} can be any text now")
    if before == "any":
        return NARROWED
    if isinstance(before, tuple) and isinstance(after, tuple):
        return sets(before, after, f"{name} can be {{}} now")
    return UNDECIDED


def _session(before: Data, after: Data) -> Turn:
    if not isinstance(before, int) or not isinstance(after, int):
        return UNDECIDED
    if after > before:
        return Turn("widened", f"a session that is open in AWS lasts {duration(after)} now")
    return NARROWED


def _grants(before: Data, after: Data) -> Turn:
    del before, after
    return Turn("widened", "the same request gives something else now")


def _recorded(before: Data, after: Data) -> Turn:
    if not isinstance(before, dict) or not isinstance(after, dict):
        return UNDECIDED
    if before.get("logs") == after.get("logs"):
        return NEUTRAL
    logs, more = _numbered(after.get("logs")), _numbered(before.get("logs"))
    return sets(logs, more, "what happens is not recorded in {} any more")


def _numbered(names: Data) -> Data:
    """The same names, each with the number that it has among the equal ones, from the second one on."""
    if not isinstance(names, tuple):
        return names
    counts = [names[:number].count(name) for number, name in enumerate(names)]
    return tuple(
        f"{name} ({count + 1})" if count else name
        for name, count in zip(names, counts, strict=True)
    )


def _neutral(before: Data, after: Data) -> Turn:
    del before, after
    return NEUTRAL


_COMPARED: Final[Mapping[str, _Compare]] = {
    "environment": _neutral,
    "grants": _grants,
    "parameter": _parameter,
    "asked_from": _asked_from,
    "asked_by": _asked_by,
    "how_long": _how_long,
    "ends": _ends,
    "session": _session,
    "approve": approvers,
    "self_approval": _own,
    "gates": _gates,
    "automatic": _automatic,
    "asked_in": _neutral,
    "recorded": _recorded,
}
"""The columns with an order; a change of others is listed, and has none."""
