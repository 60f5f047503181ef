"""Evaluating expressions: what Terraform 1.11 computes, and as much as can be known of the rest.

The rules are those of github.com/hashicorp/hcl (``hclsyntax/expression.go``). Nothing here
raises: a mistake is reported to the scope and gives an unknown value of kind "error"; too much
work gives one of kind "budget".
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.budget import TOO_MUCH_WORK
from symlint.hcl.native.strings import normalized
from symlint.hcl.nodes import (
    AttributeStep,
    Binary,
    Call,
    Conditional,
    Expression,
    For,
    Index,
    Literal,
    Object,
    Parenthesis,
    RelativeTraversal,
    Splat,
    SplatItem,
    Template,
    Traversal,
    Tuple,
    Unary,
)
from symlint.terraform.expressions.function_calls import call
from symlint.terraform.expressions.local_scope import HoldingScope, LocalScope
from symlint.terraform.expressions.steps import Access, attribute_of, constant_key, index_of
from symlint.terraform.expressions.templates import template
from symlint.terraform.values.conversion import ConversionError, convert, primitive_text
from symlint.terraform.values.problems import Problem
from symlint.terraform.values.sizes import steps_of_text, within_bounds
from symlint.terraform.values.types import ANY, BOOL, NUMBER, STRING, object_of, tuple_of
from symlint.terraform.values.unknowns import (
    MISSING_OUTPUT,
    WRONG_KEY,
    derived,
    error_value,
    is_error,
    one_of,
    over_budget,
)
from symlint.terraform.values.value import Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from symlint.hcl.nodes import TraversalStep
    from symlint.terraform.expressions.scope import Scope

_STEPS_PER_NODE: Final = 4
_STEPS_PER_OPERATOR: Final = 18
"""What an operator takes beside evaluating its operands, in steps of the budget."""


def evaluate(expression: Expression, scope: Scope) -> Value:
    """The value of an expression. Never raises.

    What Terraform would surely refuse is reported to ``scope`` (kinds "expression" and
    "attribute") and gives an unknown value of kind "error".
    """
    try:
        return _evaluate(expression, scope)
    except RecursionError:
        return over_budget(expression)


def _evaluate(expression: Expression, scope: Scope) -> Value:
    # As ``spend`` does, whose call would cost half as much as a literal.
    budget = scope.budget
    if budget.remaining < _STEPS_PER_NODE:
        budget.give_up(TOO_MUCH_WORK)
        return over_budget(expression)
    budget.remaining -= _STEPS_PER_NODE
    return _EVALUATORS[type(expression)](expression, scope)


def _literal(node: Literal, scope: Scope) -> Value:
    # One value for all instances of a module.
    known: Value | None = node.meaning
    if known is None:
        text = node.value
        if type(text) is str and text.isascii():
            known = node.meaning = Value(STRING, text, node)
            return known
        before = scope.budget.remaining
        known = _value_of_literal(node, scope)
        if scope.budget.remaining == before and not known.is_unknown:
            node.meaning = known
    return known


def _value_of_literal(node: Literal, scope: Scope) -> Value:
    value = node.value
    if isinstance(value, str):
        if not scope.budget.spend(steps_of_text(value)):
            return over_budget(node)
        return Value(STRING, normalized(value), node)
    if isinstance(value, bool):
        return Value(BOOL, value, node)
    if value is None:
        return Value(ANY, None, node)
    if type(value) is int and -(1 << 63) < value < 1 << 63:
        return Value(NUMBER, value, node)
    from symlint.terraform.values.numbers import STEPS_PER_NUMBER, from_literal

    if not scope.budget.spend(STEPS_PER_NUMBER):
        return over_budget(node)
    try:
        return Value(NUMBER, from_literal(value), node)
    except OverflowError:
        return Value(NUMBER, Unknown("budget", "the number is out of range", not_null=True))


def _parenthesis(node: Parenthesis, scope: Scope) -> Value:
    return _evaluate(node.expression, scope)


def _template(node: Template, scope: Scope) -> Value:
    return template(node, scope, _evaluate)


def _call(node: Call, scope: Scope) -> Value:
    if type(scope) is LocalScope and scope.constants is not None:
        return scope.constants.value(node, lambda: call(node, scope, _evaluate))
    return call(node, scope, _evaluate)


def _for(node: For, scope: Scope) -> Value:
    from symlint.terraform.expressions.for_expressions import for_expression

    return for_expression(node, scope, _evaluate)


def _unary(node: Unary, scope: Scope) -> Value:
    """Operators before operators are folded, however many they are."""
    from symlint.terraform.expressions.operators import unary

    chain = [node]
    while isinstance(node.operand, Unary):
        node = node.operand
        chain.append(node)
    if not scope.budget.spend(len(chain) * _STEPS_PER_OPERATOR):
        return over_budget(chain[0])
    value = _evaluate(node.operand, scope)
    for link in reversed(chain):
        value = unary(link, value, scope)
    return value


def _binary(node: Binary, scope: Scope) -> Value:
    """A chain of operators leans to the left: it is folded, however long it is."""
    from symlint.terraform.expressions.operators import binary

    chain = [node]
    while isinstance(node.left, Binary):
        node = node.left
        chain.append(node)
    value = _evaluate(node.left, scope)
    for link in reversed(chain):
        if not scope.budget.spend(_STEPS_PER_OPERATOR):
            return over_budget(link)
        if link.operator in ("&&", "||"):
            value = _logical(link, value, scope)
        else:
            value = binary(link, value, _evaluate(link.right, scope), scope)
    return value


def _logical(node: Binary, left: Value, scope: Scope) -> Value:
    """A logical operator, whose right operand does not count where the left one decides.

    That is how Terraform 1.12 and later have it (``ShortCircuit`` of ``expression_ops.go``), and
    what ``var.x == null || length(var.x) > 0`` is written for; 1.11 would refuse some of it.
    """
    from symlint.terraform.expressions.operators import binary

    decided = _truth(left)
    if is_error(left) or decided is (node.operator == "&&"):
        return binary(node, left, _evaluate(node.right, scope), scope)
    right = _evaluate(node.right, HoldingScope(scope))
    if is_error(right):
        # Whatever the left one turns out to be: the right one says nothing.
        right = left if decided is not None else derived((left,), BOOL, node.right.range)
    return binary(node, left, right, scope)


def _conditional(node: Conditional, scope: Scope) -> Value:
    """A chain of conditionals leans to the right: it is folded, however long it is."""
    from symlint.terraform.expressions.operators import conditional

    chain: list[tuple[Conditional, Value, Value, Scope]] = []
    current: Expression = node
    holding = HoldingScope(scope)
    reporting: Scope = scope
    while isinstance(current, Conditional):
        condition = _evaluate(current.condition, reporting)
        decided = _truth(condition)
        # The arm that is not chosen is evaluated for its type alone.
        then = _evaluate(current.then, reporting if decided is True else holding)
        chain.append((current, condition, then, reporting))
        reporting = reporting if decided is False else holding
        current = current.otherwise
    value = _evaluate(current, reporting)
    for link, condition, then, outer in reversed(chain):
        value = conditional(link, condition, then, value, outer)
    return value


def _truth(condition: Value) -> bool | None:
    """What a condition says; None when that is not known."""
    content = condition.content
    if isinstance(content, bool):
        return content
    if isinstance(content, str):
        return {"true": True, "1": True, "false": False, "0": False}.get(content)
    return None


# --- collections --------------------------------------------------------------------------------


_KEPT: Final = frozenset((Literal, Tuple, Object))


class Constant:
    """The value of a collection of constants: one for all who ask, at the price of making it."""

    __slots__ = ("fit", "steps", "value")

    def __init__(self, value: Value, steps: int) -> None:
        self.value: Final = value
        self.steps: Final = steps
        self.fit: tuple[object, Value, int] | None = None
        """The variable that it was given to last, what it became there, and the steps that took."""


def constant_of(value: Value) -> Constant | None:
    """The collection of constants that a value is, as it is written; None for any other value."""
    written = value.written
    if type(written) is not Object and type(written) is not Tuple:
        return None
    constant: Constant | None = written.meaning
    return constant if constant is not None and constant.value is value else None


def _is_constant(expression: Expression) -> bool:
    """Whether the value of an expression that has been evaluated is kept with it."""
    return type(expression) in _KEPT and expression.meaning is not None  # type: ignore[union-attr]  # they have one


def _collection(node: Tuple | Object, scope: Scope) -> Value:
    budget = scope.budget
    known: Constant | None = node.meaning
    if known is not None and budget.remaining >= known.steps:
        budget.remaining -= known.steps
        return known.value
    before = budget.remaining
    if isinstance(node, Tuple):
        value = _tuple(node, scope)
        constant = all(map(_is_constant, node.elements))
    else:
        value = _object(node, scope)
        constant = all(_is_constant(it.value) and _is_constant(it.key) for it in node.items)
    if constant and not value.is_unknown:
        node.meaning = Constant(value, before - budget.remaining)
    return value


def _tuple(node: Tuple, scope: Scope) -> Value:
    elements = tuple([_evaluate(element, scope) for element in node.elements])
    for element in elements:
        if element.sensitive:
            scope.take(element)
    if not within_bounds(elements, scope.budget):
        return over_budget(node)
    return Value(tuple_of([element.type for element in elements]), elements, node)


def _object(node: Object, scope: Scope) -> Value:
    items: dict[str, Value] = {}
    every: list[Value] = []
    cause: Value | None = None
    sensitive = False
    for item in node.items:
        if type(item.key) is Traversal and item.key.steps:
            message = "a key with dots is ambiguous: put it in quotes, or in parentheses"
            scope.report(Problem("expression", item.key.range, message))
            key = error_value("a key is ambiguous")
        else:
            key = _evaluate(item.key, scope)
        value = _evaluate(item.value, scope)
        every.append(value)
        if value.sensitive:
            scope.take(value)
        if key.sensitive:
            scope.take(key)
            sensitive = True
        name = key.content if type(key.content) is str else _key(key, item.key, scope)
        if isinstance(name, str):
            items[name] = value
        elif cause is None or is_error(name):
            cause = name
    if not within_bounds(every, scope.budget):
        return over_budget(node)
    if cause is not None:
        result = _with_unknown_keys(every, cause, node)
    else:
        if len(items) > 1:
            items = {name: items[name] for name in sorted(items)}
        type_ = object_of({name: value.type for name, value in items.items()})
        result = Value(type_, items, node)
    return result.as_sensitive() if sensitive else result


def _key(key: Value, node: Expression, scope: Scope) -> str | Value:
    """The text of an object's key, or the value because of which it is not known."""
    if key.content is None:
        scope.report(Problem("expression", node.range, "the key of an object is null"))
        return error_value("a key is null")
    try:
        converted = convert(key, STRING)
    except ConversionError as error:
        message = f"the key of an object is not a string: {error}"
        scope.report(Problem("expression", node.range, message))
        return error_value("a key is not a string")
    return converted if isinstance(converted.content, Unknown) else primitive_text(converted)


def _with_unknown_keys(values: Sequence[Value], cause: Value, node: Object) -> Value:
    whole = derived((cause,), ANY, node)
    content = whole.content
    assert isinstance(content, Unknown)
    element = one_of(values, "it is not known which element it is")
    return whole.with_content(
        ANY, Unknown(content.kind, content.reason, element=element, not_null=True)
    )


# --- traversals, indexes and splats -------------------------------------------------------------


def _traversal(node: Traversal, scope: Scope, whole: Expression | None = None) -> Value:
    """A name and its steps; ``whole`` is the expression of all steps that follow, if any do."""
    value, taken = scope.lookup(node)
    if whole is not None:
        value = value.reaching(node, whole)
    content = value.content
    if type(content) is Unknown and content.reason in (MISSING_OUTPUT, WRONG_KEY):
        scope.report(Problem("missing", node.range, content.reason))
    steps = node.steps
    if taken < len(steps):
        value = _steps(value, steps[taken:], node.start, scope, whole or node)
    return value


def _steps(
    value: Value, steps: Sequence[TraversalStep], start: int, scope: Scope, whole: Expression
) -> Value:
    for step in steps:
        access = Access(scope, step.source, start, step.start, step.end, whole)
        if isinstance(step, AttributeStep):
            value = attribute_of(value, step.name, access)
        else:
            value = index_of(value, _step_key(step.key), access)
        if isinstance(value.content, Unknown) and is_error(value):
            break
    return value


def _step_key(key: Any) -> Value:
    if isinstance(key, (str, int)):
        return constant_key(key)
    from symlint.terraform.values.numbers import from_literal

    try:
        return Value(NUMBER, from_literal(key))
    except OverflowError:
        return Value(NUMBER, Unknown("budget", "the number is out of range", not_null=True))


def _postfix(
    node: Expression, scope: Scope, item: Value | None = None, whole: Expression | None = None
) -> Value:
    """Steps, indexes and splats on any expression; they lean to the left, however many.

    ``item`` is the element that a splat's ``each`` begins with, and ``whole`` the expression with
    the splat.
    """
    links: list[RelativeTraversal | Index | Splat] = []
    current = node
    whole = whole or node
    while True:
        if isinstance(current, Index):
            links.append(current)
            current = current.collection
        elif isinstance(current, (RelativeTraversal, Splat)):
            links.append(current)
            current = current.operand
        else:
            break
    if isinstance(current, SplatItem):
        value = item or error_value("a splat's element stands outside of a splat")
    elif type(current) is Traversal and scope.budget.spend(_STEPS_PER_NODE):
        value = _traversal(current, scope, whole)
    else:
        value = _evaluate(current, scope)
    for link in reversed(links):
        if not scope.budget.spend(_STEPS_PER_NODE):
            return over_budget(link.range)
        value = _link(link, value, current, scope, whole)
    return value


def _link(
    link: RelativeTraversal | Index | Splat,
    value: Value,
    innermost: Expression,
    scope: Scope,
    whole: Expression,
) -> Value:
    start = innermost.start
    if isinstance(link, RelativeTraversal):
        return _steps(value, link.steps, start, scope, whole)
    if isinstance(link, Index):
        key = _evaluate(link.key, scope)
        if is_error(value) or is_error(key):
            return error_value(origin=link.range)
        access = Access(scope, link.source, start, link.collection.end, link.end, whole)
        return index_of(value, key, access)
    if is_error(value):
        return error_value(origin=link.range)
    from symlint.terraform.expressions.for_expressions import splat

    def each(item: Value, inner: Scope) -> Value:
        return _postfix(link.each, inner, item, whole)

    return splat(link, value, start, scope, each)


def _splat_item(node: SplatItem, _scope: Scope) -> Value:
    return error_value("a splat's element stands outside of a splat", node.range)


_EVALUATORS: Final[dict[type[Any], Callable[[Any, Scope], Value]]] = {
    Binary: _binary,
    Call: _call,
    Conditional: _conditional,
    For: _for,
    Index: _postfix,
    Literal: _literal,
    Object: _collection,
    Parenthesis: _parenthesis,
    RelativeTraversal: _postfix,
    Splat: _postfix,
    SplatItem: _splat_item,
    Template: _template,
    Traversal: _traversal,
    Tuple: _collection,
    Unary: _unary,
}
