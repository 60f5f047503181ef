"""What operations give: ``not``, ``and``, comparisons, functions and methods of texts."""

from __future__ import annotations

import ast
import operator

from symlint.annotations import TYPE_CHECKING, Final, Literal
from symlint.sym.event.comparisons import elements
from symlint.sym.event.given import FIELDS
from symlint.sym.event.outcomes import MAPS, Constant

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from symlint.sym.event.outcomes import Expressions, Outcome

_BUILTINS: Final[dict[str, Callable[..., object]]] = {
    "bool": bool,
    "float": float,
    "int": int,
    "len": len,
    "str": str,
}
_METHODS: Final = ("lower", "upper", "strip", "split", "startswith", "endswith", "casefold")
_COMPARISONS: Final[dict[type[ast.cmpop], Callable[[object, object], object]]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Is: operator.eq,
    ast.IsNot: operator.ne,
}


def of_operation(known: Expressions, node: ast.expr, depth: int) -> Outcome | None:
    """What an operation gives; None for what is none, or not one that can be followed."""
    find = _FINDERS.get(type(node))
    return None if find is None else find(known, node, depth)


def _of_not(known: Expressions, node: ast.UnaryOp, depth: int) -> Outcome | None:
    if not isinstance(node.op, ast.Not):
        return None
    inner = known.outcome(node.operand, depth)
    return Constant(not inner.content) if isinstance(inner, Constant) else inner


def _of_chain(known: Expressions, node: ast.BoolOp, depth: int) -> Outcome:
    """The first operand that decides an ``and`` or an ``or``; the last one where none does."""
    decides = isinstance(node.op, ast.Or)
    found = [known.outcome(it, depth) for it in node.values]
    constants = [it for it in found if isinstance(it, Constant)]
    deciding = [it for it in constants if bool(it.content) is decides]
    if len(constants) == len(found):
        return deciding[0] if deciding else found[-1]
    if deciding:
        # Which operand it is may differ; whether it is true does not.
        return Constant(decides)
    return "unknown" if "unknown" in found else "free"


def _of_comparison(known: Expressions, node: ast.Compare, depth: int) -> Outcome | None:
    if len(node.ops) != 1:
        return None
    # What differs at each request may be equal to anything, at one or another.
    operator_, right = type(node.ops[0]), node.comparators[0]
    if operator_ in (ast.In, ast.NotIn):
        has = _contains(known, node.left, right, depth)
        if has is None or isinstance(has, str):
            return has
        return Constant(has is (operator_ is ast.In))
    one, other = known.outcome(node.left, depth), known.outcome(right, depth)
    compare = _COMPARISONS.get(operator_)
    if isinstance(one, Constant) and isinstance(other, Constant):
        holds = None if compare is None else compare(one.content, other.content)
        return "unknown" if holds is None else Constant(holds)
    return "free" if "free" in (one, other) else "unknown"


def _contains(
    known: Expressions, left: ast.expr, right: ast.expr, depth: int
) -> bool | Literal["free", "unknown"] | None:
    """Whether something is in a collection; None for a collection that is nothing of Terraform's."""
    if isinstance(right, ast.Call) and isinstance(right.func, ast.Attribute):
        right = right.func.value if right.func.attr == "keys" else right
    meaning = known.module.meanings.of(right) or ""
    item = known.outcome(left, depth)
    map_ = known.map(meaning) if meaning in MAPS else None
    if map_ is not None:
        if not isinstance(item, Constant):
            return "unknown"
        has = map_.has(str(item.content))
        return "unknown" if has is None else "free" if has and meaning == FIELDS else has
    written = elements(known.module, right)
    if written:
        found = [known.outcome(it, depth) for it in written]
        if isinstance(item, Constant) and all(isinstance(it, Constant) for it in found):
            return item in found
        return "free" if "free" in (item, *found) else "unknown"
    whole = known.outcome(right, depth)
    if isinstance(item, Constant) and isinstance(whole, Constant):
        one, other = item.content, whole.content
        comparable = isinstance(one, str) and isinstance(other, (str, list))
        return one in other if comparable else "unknown"  # type: ignore[operator]  # comparable
    return "free" if "free" in (item, whole) else "unknown"


def _of_call(known: Expressions, node: ast.Call, depth: int) -> Outcome | None:
    """What a function or a method of texts gives for texts that are known."""
    function = node.func
    if isinstance(function, ast.Attribute) and function.attr in _METHODS:
        parts = [function.value, *node.args]
        call: Callable[..., object] = getattr(str, function.attr)
    elif isinstance(function, ast.Name) and function.id in _BUILTINS and node.args:
        if known.module.scopes.bindings(function):
            return None
        parts, call = node.args, _BUILTINS[function.id]
    else:
        return None
    found = [known.outcome(part, depth) for part in parts]
    constants = [it.content for it in found if isinstance(it, Constant)]
    if len(constants) == len(found) and not node.keywords:
        try:
            return Constant(call(*constants))
        except (TypeError, ValueError, OverflowError):
            return "unknown"
    return None


_FINDERS: Final[dict[type[ast.expr], Callable[[Expressions, Any, int], Outcome | None]]] = {
    ast.UnaryOp: _of_not,
    ast.BoolOp: _of_chain,
    ast.Compare: _of_comparison,
    ast.Call: _of_call,
}
