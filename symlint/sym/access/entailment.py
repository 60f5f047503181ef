"""Whether conditions, as texts of Python, hold only where other ones do."""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symlint.sym.access.cells import Data


def covers(wider: tuple[Data, ...], narrower: tuple[Data, ...]) -> bool:
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
    if _members(one) and _members(other):
        return _is_among(one, other)
    first, second = _denied(one), _denied(other)
    if first is not None and second is not None:
        return _entails(second, first)
    if isinstance(other, ast.BoolOp) and isinstance(other.op, ast.And):
        return all(_entails(one, it) for it in other.values)
    if isinstance(one, ast.BoolOp) and isinstance(one.op, ast.Or):
        return all(_entails(it, other) for it in one.values)
    if isinstance(one, ast.BoolOp):
        return any(_entails(it, other) for it in one.values)
    return isinstance(other, ast.BoolOp) and any(_entails(one, it) for it in other.values)


def _denied(test: ast.expr) -> ast.expr | None:
    """What a test says is not so: ``a`` of ``not a``, ``a in b`` of ``a not in b``; None for any other test."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return test.operand
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return None
    opposite = {ast.NotIn: ast.In, ast.NotEq: ast.Eq}.get(type(test.ops[0]))
    return None if opposite is None else ast.Compare(test.left, [opposite()], test.comparators)


def _members(test: ast.expr) -> frozenset[object] | None:
    """The values of ``x in ["a", "b"]`` or ``x == "a"``; None for any other test, and for no values."""
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return None
    [op], [whole] = test.ops, test.comparators
    if isinstance(op, ast.Eq) and isinstance(whole, ast.Constant):
        return frozenset([whole.value])
    if not isinstance(op, ast.In) or not isinstance(whole, (ast.List, ast.Tuple, ast.Set)):
        return None
    if not all(isinstance(it, ast.Constant) for it in whole.elts):
        return None
    return frozenset(it.value for it in whole.elts if isinstance(it, ast.Constant))


def _is_among(one: ast.expr, other: ast.expr) -> bool:
    """Whether two tests are about the same thing, and the one allows no value that the other does not."""
    assert isinstance(one, ast.Compare)
    assert isinstance(other, ast.Compare)
    allowed, wider = _members(one), _members(other)
    assert allowed is not None
    assert wider is not None
    return ast.dump(one.left) == ast.dump(other.left) and allowed <= wider


def canonical(text: str) -> str:
    """An expression without regard to its quotes, blanks and superfluous parentheses."""
    parsed = _parsed(text)
    try:
        return text if parsed is None else ast.unparse(parsed)
    except (RecursionError, ValueError):
        return text


def _parsed(text: str) -> ast.expr | None:
    """A condition as an expression; None for one that is too long or is none."""
    if len(text) > 2_000:
        return None
    try:
        with warnings.catch_warnings():
            # Of escapes that are none: of the code, not of symlint.
            warnings.simplefilter("ignore")
            return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
