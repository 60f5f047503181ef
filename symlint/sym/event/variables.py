"""Where the code of a flow treats a variable, which is a string, as a number or a boolean."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, Final, Literal
from symlint.named_tuple import NamedTuple
from symlint.sym.event.given import FILTER_VARIABLES, FORM_VARIABLES, VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.sdk_types import SdkTypes

_DEPTH: Final = 10
_MAPS: Final = (VARIABLES, FORM_VARIABLES, FILTER_VARIABLES)
_NUMBERS: Final = ("len", "int", "float", "round", "sum", "abs", "ord")
"""Functions that give numbers, whatever they are given."""

_KINDS: Final[dict[str | None, Literal["number", "boolean"]]] = {
    "int": "number",
    "float": "number",
    "bool": "boolean",
}

_ORDERED: Final = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_ARITHMETIC: Final = (ast.Sub, ast.Div, ast.FloorDiv, ast.Pow)
"""What no string can be a part of."""


class Variable(NamedTuple):
    """A variable of the flow where it is read: ``node`` is the read, or a name of what it gave."""

    meaning: str
    key: str
    node: ast.expr


class Misuse(NamedTuple):
    """A variable that is used as if it were no string.

    "compared" is never equal, "ordered" and "computed" fail, "repeated" repeats the text. A "condition"
    is one for which it depends on the variable whether that is a mistake.
    """

    variable: Variable
    how: Literal["compared", "ordered", "computed", "repeated", "condition"]
    kind: Literal["number", "boolean"]
    node: ast.expr


def misuses(module: PythonModule, types: SdkTypes) -> tuple[Misuse, ...]:
    """All of them, in the order of the text; ``types`` are those of its expressions."""
    found = [it for node in module.nodes for it in _misuses(module, types, node)]
    place = {id(it.variable.node): it for it in found}
    return tuple(sorted(place.values(), key=lambda it: (it.node.lineno, it.node.col_offset)))


def _misuses(module: PythonModule, types: SdkTypes, node: ast.AST) -> Iterator[Misuse]:
    if isinstance(node, ast.Compare):
        yield from _in_comparison(module, types, node)
    elif isinstance(node, ast.BinOp):
        yield from _in_arithmetic(module, types, node)
    elif isinstance(node, ast.Call) and _takes_numbers(module, node):
        for argument in (*node.args, *(it.value for it in node.keywords)):
            if (variable := _variable(module, argument)) is not None:
                yield Misuse(variable, "computed", "number", node)
    elif isinstance(node, (ast.If, ast.While, ast.IfExp, ast.Assert)):
        yield from _in_condition(module, node.test)
    elif isinstance(node, ast.comprehension):
        for test in node.ifs:
            yield from _in_condition(module, test)


def _in_comparison(module: PythonModule, types: SdkTypes, node: ast.Compare) -> Iterator[Misuse]:
    sides = [node.left, *node.comparators]
    for left, operator, right in zip(sides, node.ops, sides[1:], strict=False):
        how: Literal["ordered", "compared"] = "compared"
        if isinstance(operator, _ORDERED):
            how = "ordered"
        if isinstance(operator, (ast.In, ast.NotIn)):
            pairs = [(left, _kind_of_elements(module, types, right))]
        else:
            pairs = [(left, _kind(module, types, right)), (right, _kind(module, types, left))]
        for side, kind in pairs:
            variable = None if kind is None else _variable(module, side)
            if variable is not None and kind is not None:
                yield Misuse(variable, how, kind, node)


def _in_arithmetic(module: PythonModule, types: SdkTypes, node: ast.BinOp) -> Iterator[Misuse]:
    left, right = _variable(module, node.left), _variable(module, node.right)
    if isinstance(node.op, _ARITHMETIC):
        variable = left or right
        if variable is not None:
            yield Misuse(variable, "computed", "number", node)
    elif isinstance(node.op, (ast.Add, ast.Mult)):
        for variable, other in ((left, node.right), (right, node.left)):
            if variable is not None and _kind(module, types, other) is not None:
                adds = isinstance(node.op, ast.Add)
                yield Misuse(variable, "computed" if adds else "repeated", "number", node)


def _in_condition(module: PythonModule, test: ast.expr) -> Iterator[Misuse]:
    """The variables whose truth a test is about."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield from _in_condition(module, test.operand)
    elif isinstance(test, ast.BoolOp):
        for part in test.values:
            yield from _in_condition(module, part)
    elif (variable := _variable(module, test)) is not None:
        yield Misuse(variable, "condition", "boolean", test)


# --- what an expression is -------------------------------------------------------------------------


def _variable(module: PythonModule, node: ast.expr) -> Variable | None:
    meaning = module.meanings.of(node) or ""
    for whole in _MAPS:
        if meaning.startswith(f'{whole}["') and meaning.endswith('"]'):
            key = meaning[len(whole) + 2 : -2]
            return None if '"' in key else Variable(whole, key, node)
    return None


def _kind(
    module: PythonModule, types: SdkTypes, node: ast.expr, depth: int = _DEPTH
) -> Literal["number", "boolean"] | None:
    """What an expression surely is, if it is a number or a boolean."""
    if depth == 0:
        return None
    if isinstance(node, ast.UnaryOp):
        inner = _kind(module, types, node.operand, depth - 1)
        return "boolean" if isinstance(node.op, ast.Not) else inner
    if isinstance(node, ast.BinOp):
        sides = {_kind(module, types, it, depth - 1) for it in (node.left, node.right)}
        return "number" if sides == {"number"} else None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in _NUMBERS and not module.scopes.bindings(node.func):
            return "number"
    elif isinstance(node, ast.Name):
        bindings = module.scopes.bindings(node)
        value = bindings[0].value if len(bindings) == 1 else None
        return None if value is None else _kind(module, types, value, depth - 1)
    return _KINDS.get(types.of(node))


def _kind_of_elements(
    module: PythonModule, types: SdkTypes, node: ast.expr
) -> Literal["number", "boolean"] | None:
    if not isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return None
    kinds = {_kind(module, types, it) for it in node.elts}
    return kinds.pop() if len(kinds) == 1 else None


def _takes_numbers(module: PythonModule, node: ast.Call) -> bool:
    if isinstance(node.func, ast.Name) and not module.scopes.bindings(node.func):
        return node.func.id == "range"
    return module.meanings.of(node.func) == "datetime.timedelta"
