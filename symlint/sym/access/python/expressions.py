"""What expressions are, by their kind: names, lists, conditional expressions, texts put together."""

from __future__ import annotations

import ast
import operator
from typing import TYPE_CHECKING, Any, Final

from symlint.sym.access.python.calls import of_call
from symlint.sym.access.python.lookups import of_dictionary, of_subscript
from symlint.sym.access.python.truths import decided, of_and_or, of_comparison, of_not
from symlint.sym.access.python.values import Choice, Constant, Items, Option, distributed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from symlint.sym.access.python.reader import Frame, Reader
    from symlint.sym.access.python.values import PythonValue


_ARITHMETIC: Final[Mapping[type[ast.operator], Callable[[Any, Any], Any]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Div: operator.truediv,
}
_LARGE_NUMBER: Final = 10**9


def of_expression(reader: Reader, node: ast.expr, frame: Frame, depth: int) -> PythonValue | None:
    """What an expression is by its kind; None for what only running the code would tell."""
    read = _READERS.get(type(node))
    return None if read is None else read(reader, node, frame, depth)


def _of_constant(
    reader: Reader, node: ast.Constant, frame: Frame, depth: int
) -> PythonValue | None:
    value = node.value
    if value is None or isinstance(value, (str, int, float, bool)):
        return Constant(value, node)
    return None


def _of_name(reader: Reader, node: ast.Name, frame: Frame, depth: int) -> PythonValue | None:
    if node.id in frame.known:
        return frame.known[node.id]
    frame.known[node.id] = None
    found: PythonValue | None = None
    if node.id in frame.assigned:
        found = _assigned(reader, node, frame, depth)
    elif node.id in frame.parameters:
        found = frame.parameters[node.id]
    else:
        bindings = reader.module.scopes.bindings(node)
        value = bindings[0].value if len(bindings) == 1 else None
        if node.id in reader.changed:
            value = None
        found = None if value is None else reader.value(value, frame, depth)
    frame.known[node.id] = found
    return found


def _assigned(reader: Reader, name: ast.Name, frame: Frame, depth: int) -> PythonValue | None:
    bound = frame.assigned[name.id]
    if bound is None:
        return None
    before = frame.before(bound.before)
    value = reader.value(bound.value, before, depth)
    if not bound.adds:
        return value
    whole = _of_name(reader, name, before, depth) if name.id in bound.before else None
    if bound.adds == "one" and isinstance(whole, Items):
        return Items((*whole.values, value), name)
    return None if whole is None else _added(whole, value, name)


def _of_list(
    reader: Reader, node: ast.List | ast.Tuple | ast.Set, frame: Frame, depth: int
) -> PythonValue | None:
    if any(isinstance(it, ast.Starred) for it in node.elts):
        return None
    values = [reader.value(it, frame, depth) for it in node.elts]
    return distributed(values, lambda values: Items(tuple(values), node))


def _of_conditional(
    reader: Reader, node: ast.IfExp, frame: Frame, depth: int
) -> PythonValue | None:
    answer = decided(reader, node.test, frame, depth)
    if answer is not None:
        return reader.value(node.body if answer else node.orelse, frame, depth)
    test = reader.test(node.test, True, frame)
    holds = reader.value(node.body, frame, depth)
    fails = reader.value(node.orelse, frame, depth)
    return Choice((Option((test,), holds), Option((test._replace(holds=not test.holds),), fails)))


def _of_formatted(
    reader: Reader, node: ast.JoinedStr, frame: Frame, depth: int
) -> PythonValue | None:
    parts = []
    for part in node.values:
        inner = part
        if isinstance(part, ast.FormattedValue):
            if part.conversion != -1 or part.format_spec is not None:
                return None
            inner = part.value
        value = reader.value(inner, frame, depth)
        if not isinstance(value, Constant):
            return None
        parts.append(str(value.value))
    return Constant("".join(parts), node)


def _of_operation(reader: Reader, node: ast.BinOp, frame: Frame, depth: int) -> PythonValue | None:
    if type(node.op) not in _ARITHMETIC:
        return None
    left, right = reader.value(node.left, frame, depth), reader.value(node.right, frame, depth)
    if isinstance(left, Constant) and isinstance(right, Constant):
        numbers = left.value, right.value
        if all(type(it) is int and abs(it) < _LARGE_NUMBER for it in numbers):
            return _calculated(node, *numbers)
    return _added(left, right, node) if isinstance(node.op, ast.Add) else None


def _calculated(node: ast.BinOp, left: Any, right: Any) -> PythonValue | None:
    try:
        return Constant(_ARITHMETIC[type(node.op)](left, right), node)
    except ZeroDivisionError:
        return None


def _added(left: PythonValue, right: PythonValue, node: ast.AST) -> PythonValue | None:
    """The sum of two lists, or of two strings."""
    if isinstance(left, Items) and isinstance(right, Items):
        return Items((*left.values, *right.values), node)
    if not isinstance(left, Constant) or not isinstance(right, Constant):
        return None
    if isinstance(left.value, str) and isinstance(right.value, str):
        return Constant(left.value + right.value, node, left.filled or right.filled)
    return None


_READERS: Final[
    Mapping[type[ast.expr], Callable[[Reader, Any, Frame, int], PythonValue | None]]
] = {
    ast.Constant: _of_constant,
    ast.Name: _of_name,
    ast.List: _of_list,
    ast.Tuple: _of_list,
    ast.Set: _of_list,
    ast.IfExp: _of_conditional,
    ast.JoinedStr: _of_formatted,
    ast.BinOp: _of_operation,
    ast.Call: of_call,
    ast.Dict: of_dictionary,
    ast.Subscript: of_subscript,
    ast.Compare: of_comparison,
    ast.BoolOp: of_and_or,
    ast.UnaryOp: of_not,
}
