"""Who may approve: ``approve_deny`` of what ``get_permissions`` returns."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final, TypeGuard

from symlint.sym.access.approval.answers import merged, not_read
from symlint.sym.access.cells import Cell, broken, not_known
from symlint.sym.access.entailment import canonical
from symlint.sym.access.python.values import (
    Called,
    Choice,
    Computed,
    Constant,
    Items,
    Named,
    options_of,
)
from symlint.sym.model.texts import text_of

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.sym.access.approval.answers import Place
    from symlint.sym.access.python.values import PythonValue
    from symlint.sym.model.flows import Flow

PERMISSION: Final = "sym.sdk.request_permission.RequestPermission"
_LEVEL: Final = "sym.sdk.request_permission.PermissionLevel."
_LEVELS: Final = {"admin": "admins", "member": "members", "all_users": "everybody"}


class Approvers:
    """Reads who approves the requests of one flow."""

    def __init__(self, flow: Flow, place: Place) -> None:
        self._flow: Final = flow
        self._place: Final = place
        params = flow.params
        self._guests: Final = None if params is None else params.argument("allow_guest_interaction")

    @property
    def are_of_code_alone(self) -> bool:
        """Whether they are the same for each flow with the same code: none says that guests may act."""
        return self._guests is None and self._flow.params_known

    def of(self, value: PythonValue) -> Cell:
        """Who approves by what ``get_permissions`` returns."""
        if not isinstance(value, Called) or value.name != PERMISSION:
            return not_read(value, self._place)
        level = value.arguments.get("approve_deny")
        if level is None:
            return broken("approve_deny is missing", "nobody", self._place(value.node))
        budget = self._flow.sym.terraform.budget
        return merged(tuple(options_of(level)), self._level, budget)

    def _level(self, level: PythonValue) -> Cell:
        """Who a value of approve_deny is."""
        if isinstance(level, Choice):
            return not_known("it depends on conditions within conditions")
        evidence = self._place(level.node)
        name = _level(level)
        if name is not None:
            if name == "all_users":
                return self._everybody(evidence)
            return Cell(_LEVELS[name], value=name, evidence=evidence)
        if isinstance(level, Items) and all(isinstance(it, Constant) for it in level.values):
            ids = tuple(str(it.value) for it in level.values if isinstance(it, Constant))
            users = f"{len(ids)} listed user{'' if len(ids) == 1 else 's'}"
            return Cell(f"{users}, and admins", value=ids, evidence=evidence)
        if isinstance(level, Called) or _is_list(level):
            text = level.text
            inner = (
                text.removeprefix("user_ids(").removesuffix(")") if "user_ids(" in text else text
            )
            said = f"the users that {inner} gives, and admins"
            return Cell(said, "conditional", {"users": canonical(inner)}, "", evidence, level.code)
        return not_read(level, self._place)

    def _everybody(self, evidence: tuple[Range, ...]) -> Cell:
        """Guests are among everybody only where the flow lets them act."""
        guests = self._guests
        if guests is None and self._flow.params_known:
            return Cell("everybody but guests", value="all_users", evidence=evidence)
        text = None if guests is None else text_of(guests.value)
        allowed = {"true": True, "false": False}.get(text or "")
        if guests is None or allowed is None:
            reason = "whether guests may act is not known"
            return not_known(reason, "everybody, perhaps guests too", evidence)
        evidence = (*evidence, guests.range)
        if allowed:
            return Cell("everybody, guests too", value="guests", evidence=evidence)
        return Cell("everybody but guests", value="all_users", evidence=evidence)


def _is_list(value: PythonValue) -> TypeGuard[Computed]:
    """Whether what is computed is a list of users, and no level."""
    return isinstance(value, Computed) and isinstance(value.node, (ast.ListComp, ast.BinOp))


def _level(value: PythonValue) -> str | None:
    """The level that an approver is: "admin", "member" or "all_users"."""
    if isinstance(value, Named) and value.name.startswith(_LEVEL):
        name = value.name.removeprefix(_LEVEL).lower()
        return name if name in _LEVELS else None
    if isinstance(value, Constant) and value.value in _LEVELS:
        return str(value.value)
    return None
