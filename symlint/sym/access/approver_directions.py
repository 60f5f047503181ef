"""Whether more people can approve than before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.sym.access.turns import NARROWED, NEUTRAL, UNDECIDED, Turn, sets

if TYPE_CHECKING:
    from symlint.sym.access.cells import Data

_LEVELS: Final = ("admin", "member", "all_users", "guests")
_APPROVERS: Final = {
    "member": "every member of the organization can approve now",
    "all_users": "everybody but guests can approve now, members of the organization or not",
    "guests": "everybody can approve now, guests of the Slack workspace too",
}


def approvers(before: Data, after: Data) -> Turn:
    """What became of who can approve: levels, users, or one of them by condition."""
    if before == () or after == ():
        # Nobody is listed: admins alone.
        return approvers(before or "admin", after or "admin")
    if before in _LEVELS and after in _LEVELS:
        if _LEVELS.index(str(after)) > _LEVELS.index(str(before)):
            return Turn("widened", _APPROVERS[str(after)])
        return NEUTRAL if before == after else NARROWED
    if before == "admin":
        # Whoever else it is: admins can approve in any case.
        return Turn("widened", _who(after)) if after is not None else UNDECIDED
    if after == "admin":
        return NARROWED
    if _are_users(before) and after in _LEVELS[1:]:
        return Turn("widened", _APPROVERS[str(after)])
    if before in _LEVELS[1:] and _are_users(after):
        return NARROWED
    if not _are_ids(before) and not _are_ids(after):
        return _widest(before, after)
    if _are_ids(before) and _are_ids(after):
        return sets(before, after, "more people can approve now: {}")
    return UNDECIDED


def _who(value: Data) -> str:
    """Who can approve now, where only admins could."""
    levels = _levels(value)
    if levels:
        return f"under some conditions, {_APPROVERS[_LEVELS[max(levels)]]}"
    if isinstance(value, dict) and isinstance(value.get("users"), str):
        return f"the users that {value['users']} gives can approve now"
    if isinstance(value, dict) and "sees" in value:
        return "everybody who sees the request can approve now"
    return "others than admins can approve now"


def _widest(before: Data, after: Data) -> Turn:
    """Of levels that depend on conditions: compared where one side is wider whatever holds."""
    old, new = _levels(before), _levels(after)
    if not old or not new or (len(set(old)) == len(set(new)) == 1 and old[0] == new[0]):
        return UNDECIDED
    if min(new) >= max(old):
        return Turn("widened", f"under some conditions, {_APPROVERS[_LEVELS[max(new)]]}")
    return NARROWED if max(new) <= min(old) else UNDECIDED


def _levels(value: Data) -> list[int]:
    """The levels that a value may be, by their width; none where it may be something else."""
    if isinstance(value, str):
        return [_LEVELS.index(value)] if value in _LEVELS else []
    options = value if isinstance(value, tuple) else ()
    found = [_levels(it.get("value")) for it in options if isinstance(it, dict)]
    return (
        [] if len(found) != len(options) or not all(found) else [it for one in found for it in one]
    )


def _are_users(value: Data) -> bool:
    """Whether a value is a list of users, or what a call gives for one."""
    return _are_ids(value) or (isinstance(value, dict) and "users" in value)


def _are_ids(value: Data) -> bool:
    """Whether a value is a list of users."""
    return isinstance(value, tuple) and all(isinstance(it, str) for it in value)
