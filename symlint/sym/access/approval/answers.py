"""What a reducer or hook may give as one cell: with the conditions, where there are several answers."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final, TypeAlias

from symlint.sym.access.approval.conditions import clause, complementary, data
from symlint.sym.access.cells import Cell, broken, not_known
from symlint.sym.access.python.values import Computed, Constant, code_behind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from symlint.budget import Budget
    from symlint.source.text import Range
    from symlint.sym.access.python.values import Option, PythonValue
    from symlint.sym.implementation.code import Code

Place: TypeAlias = "Callable[[ast.AST], tuple[Range, ...]]"
"""Where a node stands."""

_STEPS_PER_OPTION: Final = 150
"""What it costs to say one thing that a handler may give, in steps of the budget."""


def place_in(code: Code) -> Place:
    """Where nodes of some code stand; all of it for what is no expression or statement."""

    def place(node: ast.AST) -> tuple[Range, ...]:
        return (code.range(node) if isinstance(node, (ast.expr, ast.stmt)) else code.whole,)

    return place


def merged(options: Sequence[Option], read: Callable[[PythonValue], Cell], budget: Budget) -> Cell:
    """One cell for what a reducer may give, of which each is read as a cell."""
    if not budget.spend(_STEPS_PER_OPTION * len(options)):
        return not_known("what it gives takes too much work to say")
    cells = [(option, read(option.value)) for option in options]
    first = cells[0][1]
    evidence = tuple(dict.fromkeys(it for _, cell in cells for it in cell.evidence))
    code = one_after_another(cell.code for _, cell in cells)
    if all(cell[:4] == first[:4] for _, cell in cells):
        return first._replace(evidence=evidence, code=code)
    conditions = one_after_another(it.code for option in options for it in option.tests)
    texts = []
    for number, (option, cell) in enumerate(cells):
        otherwise = number == 1 and len(cells) == 2 and complementary(options[0], option)
        text = "otherwise" if otherwise else clause([option.tests])
        texts.append(f"{cell.text} {text}".strip())
    unknown = next((cell for _, cell in cells if not cell.is_known), None)
    return Cell(
        "; ".join(texts),
        "conditional" if unknown is None else unknown.state,
        tuple({"if": data([it.tests]), "value": cell.value} for it, cell in cells),
        "" if unknown is None else unknown.reason,
        evidence,
        one_after_another((code, conditions)),
    )


def one_after_another(codes: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """All digests of code, each once."""
    return tuple(sorted({it for code in codes for it in code}))


def not_read(value: PythonValue, place: Place) -> Cell:
    """The cell of a value that is none of those that Sym expects."""
    if isinstance(value, Constant) and value.value is None:
        return broken("the reducer returns nothing", "nobody", place(value.node))
    if isinstance(value, Computed) and value.fails:
        return broken(value.reason, "it fails", place(value.node))
    node = getattr(value, "node", None)
    reason = value.reason if isinstance(value, Computed) else "it is not what Sym expects here"
    text = value.text if isinstance(value, Computed) else ""
    cell = not_known(reason, text, () if node is None else place(node))
    return cell._replace(code=code_behind(value))
