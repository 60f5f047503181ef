"""Whether who asks may approve, too: of ``RequestPermission``, or of each place that is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.sym.access.approval.answers import not_read
from symlint.sym.access.approval.approvers import PERMISSION
from symlint.sym.access.cells import Cell
from symlint.sym.access.entailment import canonical
from symlint.sym.access.python.values import Called, Computed, Constant

if TYPE_CHECKING:
    import ast

    from symlint.sym.access.approval.answers import Place
    from symlint.sym.access.python.values import PythonValue


def of_permission(value: PythonValue, place: Place) -> Cell:
    """Whether it is allowed by what ``get_permissions`` returns."""
    if not isinstance(value, Called) or value.name != PERMISSION:
        return not_read(value, place)
    return _truth(value.arguments.get("allow_self_approval"), value.node, place)


def of_destination(value: PythonValue, place: Place) -> Cell:
    """Whether it is allowed by what ``get_approvers`` returns."""
    if not isinstance(value, Called):
        return not_read(value, place)
    inner = [it for key, it in value.arguments.items() if key.isdigit()]
    if value.name.endswith(".fallback") and inner:
        cells = [of_destination(it, place) for it in inner]
        if all(cell.value == cells[0].value for cell in cells):
            return cells[0]
        return Cell("in some of the channels", "conditional", tuple(c.value for c in cells))
    return _truth(value.arguments.get("allow_self"), value.node, place)


def _truth(value: PythonValue | None, node: ast.AST, place: Place) -> Cell:
    if value is None:
        return Cell("no", value=False, evidence=place(node))
    if isinstance(value, Constant):
        text = "yes" if value.value else "no"
        return Cell(text, value=bool(value.value), evidence=place(value.node))
    if isinstance(value, Computed):
        evidence = place(value.node)
        return Cell(
            f"when {value.text}",
            "conditional",
            {"if": canonical(value.text)},
            "",
            evidence,
            value.code,
        )
    return not_read(value, place)
