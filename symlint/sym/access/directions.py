"""Whether a change of one column gives more access or less, and who can get what then."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from symlint.named_tuple import NamedTuple
from symlint.sym.access.words import duration

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from symlint.sym.access.cells import Cell, Data

Direction: TypeAlias = Literal["widened", "narrowed", "neutral", "not comparable"]


class Turn(NamedTuple):
    """The direction of a change; ``sentence`` says who can get what that was not possible before."""

    direction: Direction
    sentence: str = ""


_NARROWED: Final = Turn("narrowed")
_NEUTRAL: Final = Turn("neutral")
_UNDECIDED: Final = Turn("not comparable")
_LEVELS: Final = ("admin", "member", "all_users", "guests")
_APPROVERS: Final = {
    "member": "every member of the organization can approve now",
    "all_users": "everybody but guests can approve now, members of the organization or not",
    "guests": "everybody can approve now, guests of the Slack workspace too",
}


def turn(column: str, before: Cell, after: Cell) -> Turn | None:
    """What became of a cell; None where nothing changed."""
    if before.state == after.state and before.value == after.value:
        same_doubt = before.is_known or (before.text, before.reason) == (after.text, after.reason)
        if same_doubt:
            return None
    if before.value is not None and before.value == after.value:
        # Such as a hook whose decision is not returned.
        return Turn("neutral", f"it has no effect: {after.reason}" if after.reason else "")
    if any(cell.value is None and not cell.is_known for cell in (before, after)):
        return _UNDECIDED
    compare = _COMPARED.get(column)
    return _UNDECIDED if compare is None else compare(before.value, after.value)


# --- one column each ------------------------------------------------------------------------------


def _approve(before: Data, after: Data) -> Turn:
    if before in _LEVELS and after in _LEVELS:
        if _LEVELS.index(str(after)) > _LEVELS.index(str(before)):
            return Turn("widened", _APPROVERS[str(after)])
        return _NARROWED
    if not _are_ids(before) and not _are_ids(after):
        return _UNDECIDED
    if _are_ids(before) and after in _LEVELS[1:]:
        return Turn("widened", _APPROVERS[str(after)])
    if before in _LEVELS[1:] and _are_ids(after):
        return _NARROWED
    if _are_ids(before) and _are_ids(after):
        return _sets(before, after, "more people can approve now: {}")
    return _UNDECIDED


def _are_ids(value: Data) -> bool:
    """Whether a value is a list of users."""
    return isinstance(value, tuple) and all(isinstance(it, str) for it in value)


def _own(before: Data, after: Data) -> Turn:
    if before is False and after is True:
        return Turn("widened", "whoever asks can approve the request alone now")
    return _NARROWED if before is True and after is False else _UNDECIDED


def _gates(before: Data, after: Data) -> Turn:
    """Alternatives of conditions under which an approval does not count: more of them is less access."""
    return _conditions(before, after, "less", "approvals count now that were ignored before")


def _automatic(before: Data, after: Data) -> Turn:
    """Alternatives of conditions under which access is given without approval."""
    sentence = "access is given without anybody's approval now where it had to be approved before"
    if before == "always":
        return _NARROWED
    if after == "always":
        return Turn("widened", "every request is granted now without anybody's approval")
    return _conditions(before, after, "more", sentence)


def _conditions(before: Data, after: Data, effect: Literal["more", "less"], sentence: str) -> Turn:
    if not isinstance(before, tuple) or not isinstance(after, tuple):
        return _UNDECIDED
    grows = _covers(after, before)
    shrinks = _covers(before, after)
    if grows is shrinks:
        return _UNDECIDED
    return Turn("widened", sentence) if grows is (effect == "more") else _NARROWED


def _covers(wider: tuple[Data, ...], narrower: tuple[Data, ...]) -> bool:
    """Whether, for all that is known, one of ``wider`` holds wherever one of ``narrower`` does."""
    return all(any(_implies(one, other) for other in wider) for one in narrower)


def _implies(one: Data, other: Data) -> bool:
    """Whether the tests ``one`` have all the tests ``other``, or stronger ones."""
    if not isinstance(one, tuple) or not isinstance(other, tuple):
        return False
    return all(any(_stronger(str(it), str(test)) for it in one) for test in other)


def _stronger(one: str, other: str) -> bool:
    """Whether a condition holds only where another one does: ``a and b`` is stronger than ``a``."""
    if one == other:
        return True
    first, second = _parsed(one), _parsed(other)
    return first is not None and second is not None and _entails(first, second)


def _entails(one: ast.expr, other: ast.expr) -> bool:
    if ast.dump(one) == ast.dump(other):
        return True
    if isinstance(one, ast.UnaryOp) and isinstance(other, ast.UnaryOp):
        negated = isinstance(one.op, ast.Not) and isinstance(other.op, ast.Not)
        return negated and _entails(other.operand, one.operand)
    if isinstance(other, ast.BoolOp) and isinstance(other.op, ast.And):
        return all(_entails(one, it) for it in other.values)
    if isinstance(one, ast.BoolOp) and isinstance(one.op, ast.Or):
        return all(_entails(it, other) for it in one.values)
    if isinstance(one, ast.BoolOp):
        return any(_entails(it, other) for it in one.values)
    return isinstance(other, ast.BoolOp) and any(_entails(one, it) for it in other.values)


def _parsed(text: str) -> ast.expr | None:
    """A condition as an expression; None for one that is too long or is none."""
    if len(text) > 2_000:
        return None
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _how_long(before: Data, after: Data) -> Turn:
    if before == "any" and isinstance(after, tuple):
        return _NARROWED
    if after == "any" and isinstance(before, tuple):
        return Turn("widened", "access can be asked for without a limit of time now")
    if not isinstance(before, tuple) or not isinstance(after, tuple) or not before or not after:
        return _UNDECIDED
    longest, now = before[-1], after[-1]
    if not isinstance(longest, int) or not isinstance(now, int):
        return _UNDECIDED
    if now > longest:
        sentence = f"who could have it for {duration(longest)} can have it for {duration(now)} now"
        return Turn("widened", sentence)
    return _NARROWED if now < longest else _NEUTRAL


def _ends(before: Data, after: Data) -> Turn:
    sentence = "access does not end {} any more"
    return _sets(after, before, sentence)


def _asked_from(before: Data, after: Data) -> Turn:
    return _sets(before, after, "it can be asked for from {} now")


def _asked_by(before: Data, after: Data) -> Turn:
    if after == "members":
        return Turn("widened", "the flow is shown to every member now: no filter hides it")
    return _NARROWED if before == "members" else _UNDECIDED


def _parameter(before: Data, after: Data) -> Turn:
    if not isinstance(before, dict) or not isinstance(after, dict) or before.keys() != after.keys():
        return _UNDECIDED
    turns = [
        _choices(name, before[name], after[name]) for name in before if before[name] != after[name]
    ]
    return next((it for it in turns if it.direction == "widened"), turns[0] if turns else _NEUTRAL)


def _choices(name: str, before: Data, after: Data) -> Turn:
    if after == "any":
        return Turn("widened", f"{name} can be any text now")
    if before == "any":
        return _NARROWED
    if isinstance(before, tuple) and isinstance(after, tuple):
        return _sets(before, after, f"{name} can be {{}} now")
    return _UNDECIDED


def _session(before: Data, after: Data) -> Turn:
    if not isinstance(before, int) or not isinstance(after, int):
        return _UNDECIDED
    if after > before:
        return Turn("widened", f"a session that is open in AWS lasts {duration(after)} now")
    return _NARROWED


def _grants(before: Data, after: Data) -> Turn:
    del before, after
    return Turn("widened", "the same request gives something else now")


def _recorded(before: Data, after: Data) -> Turn:
    if not isinstance(before, dict) or not isinstance(after, dict):
        return _UNDECIDED
    if before.get("logs") == after.get("logs"):
        return _NEUTRAL
    return _sets(
        after.get("logs"), before.get("logs"), "what happens is not recorded in {} any more"
    )


def _neutral(before: Data, after: Data) -> Turn:
    del before, after
    return _NEUTRAL


def _sets(before: Data, after: Data, sentence: str) -> Turn:
    """More elements are wider; ``sentence`` is said of those that are new."""
    if not isinstance(before, tuple) or not isinstance(after, tuple):
        return _UNDECIDED
    added = [str(it) for it in after if it not in before]
    removed = [it for it in before if it not in after]
    if added and removed:
        return _UNDECIDED
    if added:
        return Turn("widened", sentence.format(", ".join(added)))
    return _NARROWED if removed else _NEUTRAL


_COMPARED: Final[Mapping[str, Callable[[Data, Data], Turn]]] = {
    "environment": _neutral,
    "grants": _grants,
    "parameter": _parameter,
    "asked_from": _asked_from,
    "asked_by": _asked_by,
    "how_long": _how_long,
    "ends": _ends,
    "session": _session,
    "approve": _approve,
    "self_approval": _own,
    "gates": _gates,
    "automatic": _automatic,
    "asked_in": _neutral,
    "recorded": _recorded,
}
"""The columns with an order; a change of others is listed, and has none."""
