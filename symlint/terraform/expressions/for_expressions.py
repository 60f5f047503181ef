"""``for`` expressions and splats.

The rules are those of github.com/hashicorp/hcl (``ForExpr`` and ``SplatExpr`` in
``hclsyntax/expression.go``). Of a collection that is not known, the body is evaluated once, with
what is known of every element: the result is not known, but says what its elements look like.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.source.text import Range
from symlint.terraform.expressions.iteration import (
    STEPS_PER_ELEMENT,
    AbandonedError,
    TooManyError,
    iteration,
)
from symlint.terraform.expressions.local_scope import HoldingScope, LocalScope, OnceScope
from symlint.terraform.values.addresses import quote
from symlint.terraform.values.conversion import ConversionError, convert, primitive_text
from symlint.terraform.values.problems import Problem
from symlint.terraform.values.sizes import within_bounds
from symlint.terraform.values.types import (
    ANY,
    BOOL,
    STRING,
    Type,
    friendly_name,
    list_of,
    object_of,
    tuple_of,
)
from symlint.terraform.values.unknowns import (
    any_element,
    any_key,
    derived,
    error_value,
    is_error,
    one_of,
    over_budget,
)
from symlint.terraform.values.value import Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from symlint.hcl.nodes import Expression, For, Splat
    from symlint.terraform.expressions.scope import Scope

    Evaluate = Callable[[Expression, Scope], Value]

_MOST_COLLECTIONS: Final = 8
"""A ``for`` over a value with alternatives is evaluated for each, up to this many."""


_ANYTHING: Final = Value(ANY, Unknown("derived", "there is no element"))


class _Undecided:
    """What is collected while it is not known which elements the result has."""

    __slots__ = ("cause", "sensitive")

    def __init__(self) -> None:
        self.cause: Value | None = None
        self.sensitive = False


def for_expression(node: For, scope: Scope, evaluate: Evaluate) -> Value:
    """The value of a ``for`` expression."""
    collection = evaluate(node.collection, scope)
    result = _for_over(node, collection, scope, evaluate)
    return result.as_sensitive() if collection.sensitive else result


def _for_over(node: For, collection: Value, scope: Scope, evaluate: Evaluate) -> Value:
    content = collection.content
    if isinstance(content, Unknown) and 0 < len(content.alternatives) <= _MOST_COLLECTIONS:
        results = [
            _for_over(node, choice.with_hops(collection.hops), HoldingScope(scope), evaluate)
            for choice in content.alternatives
        ]
        return one_of(results, content.reason, content.kind, origin=node.range)
    try:
        items = iteration(collection, node.collection, scope)
    except AbandonedError:
        return error_value("there is nothing to go through", node.range)
    except TooManyError:
        return over_budget(node.range)
    if items is None:
        return _for_over_unknown(node, collection, scope, evaluate)
    if not items and node.condition is not None:
        # Terraform looks at the condition once before it goes through the collection.
        names = _names(node, any_key(collection), _ANYTHING)
        undecided = _Undecided()
        _included(node, LocalScope(scope, names), evaluate, undecided)
        if undecided.cause is not None and is_error(undecided.cause):
            return error_value("the if clause is in error", node.range)
    if node.key is None:
        return _tuple(node, items, OnceScope(scope), evaluate)
    undecided = _Undecided()
    undecided.sensitive = collection.sensitive
    return _object(node, node.key, items, OnceScope(scope), evaluate, undecided)


def _names(node: For, key: Value, value: Value) -> dict[str, Value]:
    if node.key_name is None:
        return {node.value_name: value}
    return {node.key_name: key, node.value_name: value}


def _for_over_unknown(node: For, collection: Value, scope: Scope, evaluate: Evaluate) -> Value:
    """The body evaluated once, for an element of which it is not known which one it is."""
    names = _names(node, any_key(collection), any_element(collection))
    # The collection may turn out to be empty: what is wrong with the body is then not evaluated.
    inner = LocalScope(HoldingScope(scope), names)
    if node.condition is not None:
        evaluate(node.condition, inner)
    if node.key is not None:
        evaluate(node.key, inner)
    element = evaluate(node.value, inner)
    if node.grouping:
        reason = "the number of elements is not known"
        element = Value(ANY, Unknown("derived", reason, element=element, not_null=True))
    return _with_element(derived((collection,), ANY, node.range), element)


def _with_element(value: Value, element: Value) -> Value:
    content = value.content
    assert isinstance(content, Unknown)
    return value.with_content(
        value.type,
        Unknown(
            content.kind, content.reason, content.reference, element, content.alternatives,
            not_null=True,
        ),
    )  # fmt: skip  # as many a line as fit


def _included(node: For, scope: Scope, evaluate: Evaluate, undecided: _Undecided) -> bool | None:
    """Whether the ``if`` of the expression holds; None when that is not known, or refused."""
    if node.condition is None:
        return True
    condition = evaluate(node.condition, scope)
    undecided.sensitive = undecided.sensitive or condition.sensitive
    if condition.content is None:
        if undecided.cause is None:
            _refuse(scope, node.condition, "the if clause of a for expression is null")
        undecided.cause = error_value("the if clause is null")
        return None
    try:
        content = convert(condition, BOOL).content
    except ConversionError:
        message = f"the if clause is a {friendly_name(condition.type)}, not a bool"
        if undecided.cause is None:
            _refuse(scope, node.condition, message)
        undecided.cause = error_value("the if clause is not a bool")
        return None
    if isinstance(content, bool):
        return content
    undecided.cause = undecided.cause or condition
    return None


def _refuse(scope: Scope, node: Expression, message: str, help_: str = "") -> None:
    scope.report(Problem("expression", node.range, message, help=help_))


def _tuple(
    node: For, items: Sequence[tuple[Value, Value]], scope: OnceScope, evaluate: Evaluate
) -> Value:
    results: list[Value] = []
    undecided = _Undecided()
    constants = scope.constants(node, len(items))
    for key, value in items:
        inner = LocalScope(scope, _names(node, key, value), constants)
        included = _included(node, inner, evaluate, undecided)
        if included is not False:
            # An element that may be left out may be one that the body is not made for.
            results.append(evaluate(node.value, inner if included else HoldingScope(inner)))
    if not within_bounds(results, scope.budget):
        return over_budget(node.range)
    if undecided.cause is not None:
        result = _some_of(results, undecided.cause, node)
    else:
        type_ = tuple_of([value.type for value in results])
        result = Value(type_, tuple(results), node.range)
    return result.as_sensitive() if undecided.sensitive else result


def _some_of(results: Sequence[Value], cause: Value, node: For) -> Value:
    """A collection of some of ``results``, it is not known of which."""
    whole = derived((cause,), ANY, node.range)
    return _with_element(whole, one_of(results, "it is not known which element it is"))


def _object(
    node: For,
    key_node: Expression,
    items: Sequence[tuple[Value, Value]],
    scope: OnceScope,
    evaluate: Evaluate,
    undecided: _Undecided,
) -> Value:
    results: dict[str, list[Value]] = {}
    others: list[Value] = []
    constants = scope.constants(node, len(items))
    for key, value in items:
        inner = LocalScope(scope, _names(node, key, value), constants)
        included = _included(node, inner, evaluate, undecided)
        if included is False:
            continue
        surely = inner if included else HoldingScope(inner)
        name = _object_key(key_node, surely, evaluate, undecided)
        element = evaluate(node.value, surely if name is not None else HoldingScope(inner))
        if name is None or included is None:
            others.append(element)
        elif node.grouping or name not in results:
            results.setdefault(name, []).append(element)
        else:
            _refuse(
                scope,
                key_node,
                f"two elements have the key {quote(name)} in this for expression"
                if not undecided.sensitive
                else "two elements have the same key in this for expression",
                "write ... after the value to group the elements by key",
            )
    result = _grouped(node, results, others, undecided, scope)
    return result.as_sensitive() if undecided.sensitive else result


def _grouped(
    node: For,
    results: dict[str, list[Value]],
    others: list[Value],
    undecided: _Undecided,
    scope: Scope,
) -> Value:
    if undecided.cause is not None:
        every = [value for group in results.values() for value in group] + others
        return _some_of(every, undecided.cause, node)
    items: dict[str, Value] = {}
    for name in sorted(results):
        group = results[name]
        if node.grouping:
            type_ = tuple_of([value.type for value in group])
            items[name] = Value(type_, tuple(group), node.value.range)
        else:
            items[name] = group[0]
    if not within_bounds(tuple(items.values()), scope.budget):
        return over_budget(node.range)
    return Value(object_of({name: item.type for name, item in items.items()}), items, node.range)


def _object_key(
    node: Expression, scope: Scope, evaluate: Evaluate, undecided: _Undecided
) -> str | None:
    """The key of an element; None when it is not known, or refused."""
    key = evaluate(node, scope)
    if key.sensitive:
        scope.take(key)
        undecided.sensitive = True
    if key.content is None:
        if undecided.cause is None:
            _refuse(scope, node, "the key in a for expression is null")
        undecided.cause = error_value("a key is null")
        return None
    try:
        key = convert(key, STRING)
    except ConversionError as error:
        if undecided.cause is None:
            _refuse(scope, node, f"the key in a for expression is not a string: {error}")
        undecided.cause = error_value("a key is not a string")
        return None
    if isinstance(key.content, Unknown):
        undecided.cause = undecided.cause or key
        return None
    return primitive_text(key)


# --- splats -------------------------------------------------------------------------------------


def splat(
    node: Splat, operand: Value, start: int, scope: Scope, each: Callable[[Value, Scope], Value]
) -> Value:
    """``operand[*]`` and the legacy ``operand.*``; ``each`` evaluates what follows the star.

    A single value counts as a list of one, and null as an empty list.
    """
    origin = Range(node.source, start, node.end)
    result = _splat(operand, origin, scope, each)
    return result.as_sensitive() if operand.sensitive else result


def _splat(
    operand: Value, origin: Range, scope: Scope, each: Callable[[Value, Scope], Value]
) -> Value:
    content = operand.content
    kind = operand.type.kind
    if isinstance(content, Unknown):
        return _splat_unknown(operand, content, origin, scope, each)
    if content is None:
        if kind in ("list", "set", "tuple"):
            scope.report(
                Problem("expression", origin, f"a splat cannot be applied to a null {kind}")
            )
            return error_value(origin=origin)
        return Value(tuple_of(()), (), origin)
    count = len(content) if isinstance(content, tuple) else 1
    if not scope.budget.spend(count * STEPS_PER_ELEMENT):
        return over_budget(origin)
    if not isinstance(content, tuple):
        item = each(operand, scope)
        return Value(tuple_of((item.type,)), (item,), origin)
    inner = OnceScope(scope)
    items = [each(element.with_hops(operand.hops), inner) for element in content]
    if not within_bounds(items, scope.budget):
        return over_budget(origin)
    if kind in ("list", "set"):
        return Value(_list_type(operand, items, scope, each), tuple(items), origin)
    return Value(tuple_of([item.type for item in items]), tuple(items), origin)


def _list_type(
    operand: Value, items: Sequence[Value], scope: Scope, each: Callable[[Value, Scope], Value]
) -> Type:
    if not items:
        element = operand.type.element or ANY
        reason = "there is no element"
        example = each(Value(element, Unknown("derived", reason)), HoldingScope(scope))
        return list_of(example.type)
    first = items[0].type
    return list_of(first if all(item.type == first for item in items) else ANY)


def _splat_unknown(
    operand: Value,
    content: Unknown,
    origin: Range,
    scope: Scope,
    each: Callable[[Value, Scope], Value],
) -> Value:
    if 0 < len(content.alternatives) <= _MOST_COLLECTIONS:
        results = [
            _splat(choice.with_hops(operand.hops), origin, HoldingScope(scope), each)
            for choice in content.alternatives
        ]
        return one_of(results, content.reason, content.kind, origin=origin)
    kind = operand.type.kind
    single = kind in ("string", "number", "bool", "map", "object")
    item = operand if single else any_element(operand)
    held: Scope = scope if single and content.kind != "error" else HoldingScope(scope)
    element = each(item, held)
    if single and content.not_null:
        return Value(tuple_of((element.type,)), (element,), origin)
    type_ = list_of(element.type) if kind in ("list", "set") else ANY
    return _with_element(derived((operand,), type_, origin), element)
