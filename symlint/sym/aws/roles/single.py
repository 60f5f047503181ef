"""Finds single role ARNs given where a connector expects a list of trusted role ARNs."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.sym.words import mentions

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.terraform.values.value import Value


def single_written_at(value: Value, start: Range, argument: Range) -> Range:
    """Where a single ARN is written that ought to be a list.

    Where what carries it is openly called one ARN or role, its use is the mistake.
    """
    range_, path = start, list(value.hops)
    for at, hop in enumerate(path):
        if hop.range.start == start.start and hop.range.path == start.path:
            path = path[at + 1 :]
            break
    else:
        path = []
    for at in reversed(range(len(path))):
        steps = path[at].steps
        if steps and _is_one(steps[-1]):  # taken by its name of an object: var.settings.role_arn
            range_, path = path[at].whole, path[at + 1 :]
            break
    for hop in path:
        if not _is_one(hop.reference.address.name):
            return range_
        range_ = hop.range
    return range_ if value.hops else argument


def _is_one(name: str) -> bool:
    """Whether a name plainly says that it holds one ARN or role."""
    return (mentions(name, "arn") or mentions(name, "role")) and not name.endswith("s")
