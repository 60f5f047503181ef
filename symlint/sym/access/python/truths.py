"""Conditions that Terraform's values and constants decide, so that nothing is left to ask when the code runs."""

from __future__ import annotations

import ast
import operator
from typing import TYPE_CHECKING, Any, Final

from symlint.sym.access.python.values import Constant, Items, Pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from symlint.sym.access.python.reader import Frame, Reader
    from symlint.sym.access.python.values import PythonValue

_COMPARED: Final[Mapping[type[ast.cmpop], Callable[[Any, Any], bool]]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def truth(value: PythonValue | None) -> bool | None:
    """Whether a value is true; None where only running the code would tell."""
    if isinstance(value, Constant):
        return bool(value.value)
    if isinstance(value, Items):
        return bool(value.values)
    return bool(value.values) if isinstance(value, Pairs) else None


def decided(reader: Reader, node: ast.expr, frame: Frame, depth: int = 0) -> bool | None:
    """Whether a condition holds; None where only running the code would tell."""
    if not reader.has_budget(depth):
        return None
    if isinstance(node, ast.BoolOp):
        ends = isinstance(node.op, ast.Or)
        answers = {decided(reader, it, frame, depth + 1) for it in node.values}
        return ends if ends in answers else None if None in answers else not ends
    return truth(reader.known(node, frame, depth + 1))


def matches(reader: Reader, case: ast.match_case, frame: Frame) -> bool | None:
    """Whether a case is taken; None where only running the code would tell."""
    found = fits(reader, case, frame)
    if not found or case.guard is None:
        return found
    return decided(reader, case.guard, frame)


def fits(reader: Reader, case: ast.match_case, frame: Frame) -> bool | None:
    """Whether the pattern of a case is that of a known value."""
    match = reader.module.scopes.parent(case)
    assert isinstance(match, ast.Match)
    subject = reader.value(match.subject, frame)
    return _fits(case.pattern, subject) if isinstance(subject, Constant) else None


def _fits(pattern: ast.pattern, subject: Constant) -> bool | None:
    if isinstance(pattern, ast.MatchValue) and isinstance(pattern.value, ast.Constant):
        return bool(pattern.value.value == subject.value)
    if isinstance(pattern, ast.MatchSingleton):
        return pattern.value is subject.value
    if isinstance(pattern, ast.MatchAs) and pattern.pattern is None:
        return True
    if isinstance(pattern, ast.MatchOr):
        answers = {_fits(it, subject) for it in pattern.patterns}
        return True if True in answers else None if None in answers else False
    return None


def of_comparison(
    reader: Reader, node: ast.Compare, frame: Frame, depth: int
) -> PythonValue | None:
    """What a comparison of two known values gives."""
    if len(node.ops) != 1:
        return None
    left = reader.value(node.left, frame, depth)
    right = reader.value(node.comparators[0], frame, depth)
    if not isinstance(left, Constant):
        return None
    [op] = node.ops
    if isinstance(op, (ast.In, ast.NotIn)):
        found = _is_in(left, right)
        return None if found is None else Constant(found is isinstance(op, ast.In), node)
    if not isinstance(right, Constant):
        return None
    if isinstance(op, (ast.Is, ast.IsNot)) and None not in (left.value, right.value):
        return None
    try:
        return Constant(_COMPARED[type(op)](left.value, right.value), node)
    except TypeError:
        return None


def _is_in(one: Constant, whole: PythonValue) -> bool | None:
    if isinstance(whole, Constant) and isinstance(whole.value, str) and isinstance(one.value, str):
        return one.value in whole.value
    if isinstance(whole, Pairs):
        return any(key.value == one.value for key, _ in whole.values)
    if isinstance(whole, Items):
        known = [it.value for it in whole.values if isinstance(it, Constant)]
        if one.value in known:
            return True
        return False if len(known) == len(whole.values) else None
    return None


def of_and_or(reader: Reader, node: ast.BoolOp, frame: Frame, depth: int) -> PythonValue | None:
    """What ``and`` and ``or`` give, as far as it is certain which of the operands that is."""
    ends = isinstance(node.op, ast.Or)
    for operand in node.values:
        value = reader.known(operand, frame, depth)
        answer = truth(value)
        if answer is None:
            return value if operand is node.values[-1] else None
        if answer is ends or operand is node.values[-1]:
            return value
    return None


def of_not(reader: Reader, node: ast.UnaryOp, frame: Frame, depth: int) -> PythonValue | None:
    """What ``not`` of a known value gives."""
    if not isinstance(node.op, ast.Not):
        return None
    answer = decided(reader, node.operand, frame, depth)
    return None if answer is None else Constant(not answer, node)
