"""Operators and conditionals on values that are evaluated already.

The rules are those of github.com/hashicorp/hcl (``hclsyntax/expression.go``,
``expression_ops.go``): both operands are evaluated and converted, and null is refused by all
operators but ``==`` and ``!=``. Where Terraform keeps a result unknown although one operand
decides it (``false && unknown``), the result is known here.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.source.text import Range
from symlint.terraform.values import numbers
from symlint.terraform.values.conversion import (
    ConversionError,
    bits_of,
    convert,
    number_type,
)
from symlint.terraform.values.equality import equal
from symlint.terraform.values.numbers import steps_of_number
from symlint.terraform.values.open_types import is_uncertain, loosened
from symlint.terraform.values.problems import Problem
from symlint.terraform.values.sizes import spend_on, within_bounds
from symlint.terraform.values.types import ANY, BOOL, NUMBER, Type, contains_any, friendly_name
from symlint.terraform.values.unification import unify
from symlint.terraform.values.unknowns import (
    derived,
    error_value,
    is_error,
    one_of,
    over_budget,
)
from symlint.terraform.values.value import Unknown, Value

if TYPE_CHECKING:
    from symlint.budget import Budget
    from symlint.hcl.nodes import Binary, Conditional, Expression, Node, Unary
    from symlint.terraform.expressions.scope import Scope

_COMPARISONS: Final = ("<", "<=", ">", ">=")
_STEPS_PER_CHOICE: Final = 15


def _refuse(scope: Scope, node: Expression, message: str, help_: str = "") -> None:
    scope.report(Problem("expression", node.range, message, help=help_))


def _operand(
    value: Value, type_: Type, node: Expression, operator: str, scope: Scope
) -> Value | None:
    """The operand as the operator's type; None when it is refused, and reported."""
    if value.content is None:
        _refuse(scope, node, f'an operand of "{operator}" is null')
        return None
    if value.type is type_:
        return value
    try:
        return convert(value, type_)
    except ConversionError as error:
        _refuse(scope, node, f'unsuitable operand of "{operator}": {error}')
        return None


def binary(node: Binary, left: Value, right: Value, scope: Scope) -> Value:
    """The result of a binary operator on the values of its operands."""
    operator = node.operator
    if operator in ("==", "!="):
        if not spend_on((left, right), scope.budget):
            return over_budget(node, BOOL)
        return _equality(node, left, right)
    type_ = BOOL if operator in ("&&", "||") else NUMBER
    one = _operand(left, type_, node.left, operator, scope)
    other = _operand(right, type_, node.right, operator, scope)
    if one is None or other is None or is_error(one) or is_error(other):
        return error_value(origin=node).with_content(
            type_ if operator not in _COMPARISONS else BOOL,
            Unknown("error", "an operand is in error"),
        )
    sensitive = one.sensitive or other.sensitive
    if type_ is BOOL:
        result = _logical(operator, one, other, node)
    elif isinstance(one.content, Unknown) or isinstance(other.content, Unknown):
        type_ = BOOL if operator in _COMPARISONS else NUMBER
        return derived((one, other), type_, node)
    elif operator in _COMPARISONS:
        result = Value(BOOL, _compare(operator, one, other), node)
    else:
        result = _arithmetic(node, one, other, scope)
    return result.as_sensitive() if sensitive else result


def _logical(operator: str, left: Value, right: Value, origin: Node) -> Value:
    decisive = operator == "||"
    if left.content is decisive or right.content is decisive:
        return Value(BOOL, decisive, origin)
    if isinstance(left.content, Unknown) or isinstance(right.content, Unknown):
        return derived((left, right), BOOL, origin)
    return Value(BOOL, not decisive, origin)


def _numbers(left: Value, right: Value) -> tuple[numbers.Number, numbers.Number]:
    # Both were converted to numbers and are known.
    return left.content, right.content  # type: ignore[return-value]  # numbers


def _compare(operator: str, left: Value, right: Value) -> bool:
    one, other = _numbers(left, right)
    if operator == "<":
        return one < other
    if operator == "<=":
        return one <= other
    return one > other if operator == ">" else one >= other


def _arithmetic(node: Binary, left: Value, right: Value, scope: Scope) -> Value:
    one, other = _numbers(left, right)
    bits = max(bits_of(left), bits_of(right))
    type_ = number_type(bits)
    operator = node.operator
    if not scope.budget.spend(steps_of_number(one) + steps_of_number(other)):
        return over_budget(node, NUMBER)
    try:
        if operator == "+":
            result = numbers.add(one, other, bits)
        elif operator == "-":
            result = numbers.subtract(one, other, bits)
        elif operator == "*":
            result = numbers.multiply(one, other)
        elif operator == "/":
            result = numbers.divide(one, other, bits)
        else:
            result = numbers.modulo(one, other, bits)
    except OverflowError:
        reason = "the result is infinite" if other == 0 else "the result is out of range"
        return Value(NUMBER, Unknown("budget", reason, not_null=True), node)
    except ZeroDivisionError:
        _refuse(scope, node, "zero divided by zero")
        return error_value(origin=node)
    return Value(type_, result, node)


def _equality(node: Binary, left: Value, right: Value) -> Value:
    if _has_error(left) or _has_error(right):
        return Value(BOOL, Unknown("error", "an operand is in error"), node)
    answer = equal(left, right)
    if answer is None:
        result = derived((left, right), BOOL, node)
    else:
        result = Value(BOOL, answer if node.operator == "==" else not answer, node)
    return result.as_sensitive() if _has_sensitive(left) or _has_sensitive(right) else result


def _has_error(value: Value) -> bool:
    content = value.content
    if isinstance(content, tuple):
        return any(map(_has_error, content))
    if isinstance(content, dict):
        return any(map(_has_error, content.values()))
    return is_error(value)


def _has_sensitive(value: Value) -> bool:
    if value.sensitive:
        return True
    content = value.content
    if isinstance(content, tuple):
        return any(map(_has_sensitive, content))
    return isinstance(content, dict) and any(map(_has_sensitive, content.values()))


def unary(node: Unary, value: Value, scope: Scope) -> Value:
    """The result of ``-x`` or ``!x``."""
    type_ = NUMBER if node.operator == "-" else BOOL
    operand = _operand(value, type_, node.operand, node.operator, scope)
    if operand is None or is_error(operand):
        return Value(type_, Unknown("error", "the operand is in error"), node)
    content = operand.content
    if isinstance(content, Unknown):
        return derived((operand,), type_, node)
    if type_ is BOOL:
        return Value(BOOL, not content, node, (), operand.sensitive)
    result = numbers.negate(content)  # type: ignore[arg-type]  # converted to a number
    return Value(operand.type, result, node, (), operand.sensitive)


# --- conditionals -------------------------------------------------------------------------------


def conditional(
    node: Conditional, condition: Value, then: Value, otherwise: Value, scope: Scope
) -> Value:
    """``condition ? then : otherwise`` from the values of all three parts.

    With an unknown condition both results are alternatives.
    """
    if not _may_unify(then, otherwise, scope.budget):
        return over_budget(node.range)
    arms = _unified(node, then, otherwise, scope)
    sensitive = condition.sensitive or then.sensitive or otherwise.sensitive
    result = _chosen(node, condition, arms, scope)
    if isinstance(condition.content, Unknown) and not (
        within_bounds((result,), scope.budget) and scope.budget.spend(_steps_of_choices(result))
    ):
        return over_budget(node.range)
    return result.as_sensitive() if sensitive else result


def _may_unify(then: Value, otherwise: Value, budget: Budget) -> bool:
    """Whether the budget allows to make two results one type; what that takes is spent."""
    one, other = then.type, otherwise.type
    if one is other:
        return True
    before = budget.remaining
    if not spend_on((then, otherwise), budget):
        return False
    # Types that differ are gone through once more, to find what they have in common.
    return one == other or budget.spend(before - budget.remaining)


def _steps_of_choices(value: Value) -> int:
    """What it costs that each alternative is kept with the way that it took to here."""
    content = value.content
    alternatives = content.alternatives if isinstance(content, Unknown) else ()
    return sum(_STEPS_PER_CHOICE + len(it.hops) for it in alternatives)


def _chosen(
    node: Conditional, condition: Value, arms: tuple[Value, Value] | None, scope: Scope
) -> Value:
    content = condition.content
    if arms is None:
        return error_value("the results of a conditional have different types", node.range)
    type_ = arms[0].type if arms[0].type == arms[1].type else ANY
    if content is None:
        _refuse(scope, node.condition, "the condition is null")
        return Value(type_, Unknown("error", "the condition is null"), node.range)
    if isinstance(content, Unknown):
        kind = content.kind if content.kind in ("error", "budget") else "condition"
        return one_of(arms, content.reason, kind, origin=node.range)
    try:
        content = convert(condition, BOOL).content
    except ConversionError:
        message = f"the condition is a {friendly_name(condition.type)}, not a bool"
        _refuse(scope, node.condition, message)
        return Value(type_, Unknown("error", "the condition is not a bool"), node.range)
    return arms[0] if content else arms[1]


def _unified(
    node: Conditional, then: Value, otherwise: Value, scope: Scope
) -> tuple[Value, Value] | None:
    """Both results as the type they have in common; None when there is none."""
    one, other = then.type, otherwise.type
    if one is other or one == other:
        return then, otherwise
    if then.content is None and one.kind == "any":
        return then.with_content(other, None), otherwise
    if otherwise.content is None and other.kind == "any":
        return then, otherwise.with_content(one, None)
    if "any" in (one.kind, other.kind):
        return _loose(then, otherwise), _loose(otherwise, then)
    common = unify((one, other))
    if common is None or common.kind == "any":
        if _has_error(then) or _has_error(otherwise):
            return None
        if not is_uncertain(then) and not is_uncertain(otherwise):
            common = None
    range_ = Range(node.source, node.then.start, node.otherwise.end)
    if common is None:
        message = (
            "the two results of this conditional have inconsistent types: "
            f"{friendly_name(one)} and {friendly_name(other)}"
        )
        scope.report(Problem("expression", range_, message))
        return None
    if common.kind == "any":
        return loosened(then), loosened(otherwise)
    return _converted(then, common), _converted(otherwise, common)


def _loose(value: Value, other: Value) -> Value:
    """``value`` where the other result may turn out to have any type."""
    return loosened(value) if isinstance(other.content, Unknown) and not is_error(other) else value


def _converted(value: Value, type_: Type) -> Value:
    if value.type == type_ or (contains_any(value.type) and isinstance(value.content, Unknown)):
        return value
    try:
        return convert(value, type_)
    except ConversionError as error:
        return error_value(f"a result of a conditional does not fit: {error}", value.written)
