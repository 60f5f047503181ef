"""What a form of the inventory is to show, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.named_tuple import NamedTuple
from symlint.sym.access.grants import COLUMNS

if TYPE_CHECKING:
    from symlint.lint.access.inventory import Inventory, RootGrants
    from symlint.lint.access.questions.answer import Answer
    from symlint.sym.access.grants import Grant

    Row = tuple[RootGrants, Grant]


class Layout(NamedTuple):
    """How to show an inventory.

    ``by`` is what it is ordered by: "flow", "target" or "approver". ``columns`` are those to show, or
    none for all that the form has room for. ``answers`` are the answers to the questions about it.
    """

    by: str = "flow"
    columns: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns to show, for a form that has room for all."""
        return self.columns or tuple(COLUMNS)

    def groups(self, inventory: Inventory) -> list[list[Row]]:
        """The grants of each flow, target or approver, in order."""
        if self.by == "flow":
            return inventory.by_flow
        key = _target_key if self.by == "target" else _approver_key
        found: dict[tuple[str, ...], list[Row]] = {}
        for root, grant in inventory.grants:
            found.setdefault(key(grant), []).append((root, grant))
        return [found[it] for it in sorted(found)] if self.by == "target" else list(found.values())

    def rows(self, inventory: Inventory) -> list[Row]:
        """All grants, in order."""
        return [row for group in self.groups(inventory) for row in group]


def _target_key(grant: Grant) -> tuple[str, ...]:
    return grant.target_type, grant.target, grant.cells["grants"].text


def _approver_key(grant: Grant) -> tuple[str, ...]:
    return (grant.cells["approve"].text,)
