"""Templates: strings and heredocs with interpolations and directives; template files.

The rules are those of github.com/hashicorp/hcl (``hclsyntax/expression_template.go``).
"""

from __future__ import annotations

from itertools import product

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl.native.strings import normalized
from symlint.hcl.nodes import Interpolation, Literal, TemplateIf
from symlint.terraform.expressions.local_scope import HoldingScope, LocalScope, OnceScope
from symlint.terraform.values.conversion import ConversionError, convert, primitive_text
from symlint.terraform.values.problems import Problem
from symlint.terraform.values.sizes import steps_of_text
from symlint.terraform.values.types import BOOL, STRING, friendly_name
from symlint.terraform.values.unknowns import (
    any_element,
    any_key,
    concatenation,
    derived,
    over_budget,
)
from symlint.terraform.values.value import (
    ObjectReference,
    Unknown,
    Value,
    composed,
    has_lines,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from symlint.hcl.nodes import Expression, Node, Template, TemplateFor, TemplatePart
    from symlint.source.text import Range
    from symlint.terraform.expressions.scope import Scope
    from symlint.terraform.values.value import Written

    Evaluate = Callable[[Expression, Scope], Value]

_MOST_TEXTS: Final = 16
"""A template with alternatives inside is one of at most this many texts, or just unknown."""

_Piece = str | Value


def template(node: Template, scope: Scope, evaluate: Evaluate) -> Value:
    """The value of a template: a string, or of a lone interpolation whatever that gives."""
    parts = node.parts
    if len(parts) == 1:
        only = parts[0]
        if type(only) is Interpolation:
            return evaluate(only.expression, scope)
    origin = node.source.stretch(node.start, node.end)
    return _text(parts, scope, evaluate, origin, node.heredoc)


def _text(
    parts: Sequence[TemplatePart],
    scope: Scope,
    evaluate: Evaluate,
    origin: Range,
    heredoc: bool,
) -> Value:
    """The string that template parts make."""
    pieces: list[_Piece] = []
    written: list[Written] = []
    sensitive = False
    for part in parts:
        if type(part) is Literal:
            pieces.append(part.value)  # type: ignore[arg-type]  # a string in a template
            written.append(part)
            continue
        value = _part(part, scope, evaluate, heredoc)
        if value is None:
            lost = Unknown("error", "a part of the template is in error", not_null=True)
            return Value(STRING, lost, origin)
        if value.sensitive:
            scope.take(value)
            sensitive = True
        written.append(value.written if has_lines(value.written) else part)
        content = value.content
        if type(content) is str:
            pieces.append(content)
        elif isinstance(content, Unknown):
            pieces.append(value)
        else:
            pieces.append(primitive_text(value))
    result = _joined(pieces, origin, scope)
    if result.string is not None and (heredoc or any(map(has_lines, written))):
        both = zip(pieces, written, strict=True)
        texts = [(piece, it) for piece, it in both if isinstance(piece, str)]
        result = composed(result, texts, heredoc=heredoc)
    return result.as_sensitive() if sensitive else result


def _part(part: TemplatePart, scope: Scope, evaluate: Evaluate, heredoc: bool) -> Value | None:
    """An interpolation or directive as a known primitive or unknown string; None when refused."""
    if type(part) is Interpolation:
        return _as_text(evaluate(part.expression, scope), part.expression, scope)
    if type(part) is TemplateIf:
        return _if(part, scope, evaluate, heredoc)
    return _for(part, scope, evaluate, heredoc)  # type: ignore[arg-type]  # nothing else is left


def _as_text(value: Value, node: Node, scope: Scope) -> Value | None:
    content = value.content
    if isinstance(content, (str, int)):
        return value
    if content is None:
        _refuse(scope, node, "a null value cannot be included in a template")
        return None
    if isinstance(content, (tuple, dict, ObjectReference)):
        kind = "object" if isinstance(content, ObjectReference) else friendly_name(value.type)
        if kind == "any type":
            kind = "list" if isinstance(content, tuple) else "object"
        _refuse(
            scope,
            node,
            f"a value of type {kind} cannot be included in a template",
            "make a string of it, with join or jsonencode",
        )
        return None
    # Terraform, too, looks at the type of what it does not know only when it knows it.
    try:
        return convert(value, STRING)
    except ConversionError:
        return derived((value,), STRING, node.range)


def _refuse(scope: Scope, node: Node, message: str, help_: str = "") -> None:
    scope.report(Problem("expression", node.range, message, help=help_))


def _joined(pieces: list[_Piece], origin: Range, scope: Scope) -> Value:
    """The string of all pieces; the strings that it may be where a piece has alternatives."""
    texts = [piece for piece in pieces if isinstance(piece, str)]
    if not scope.budget.spend(sum(map(steps_of_text, texts))):
        return over_budget(origin)
    if len(texts) == len(pieces):
        return Value(STRING, normalized("".join(texts)), origin)
    whole = concatenation(pieces, origin)
    choices: list[Sequence[str]] = []
    count = 1
    for piece in pieces:
        possible = (piece,) if isinstance(piece, str) else _texts(piece)
        count *= len(possible)
        if not 0 < count <= _MOST_TEXTS:
            return whole
        choices.append(possible)
    if not scope.budget.spend(count * sum(steps_of_text(choice[0]) for choice in choices)):
        return over_budget(origin)
    distinct = list(dict.fromkeys(normalized("".join(chosen)) for chosen in product(*choices)))
    if len(distinct) == 1:
        return Value(STRING, distinct[0], origin)
    content = whole.content
    assert isinstance(content, Unknown)
    alternatives = tuple(Value(STRING, text, origin) for text in distinct)
    kind = "condition" if content.kind == "derived" else content.kind
    return whole.with_content(
        STRING, Unknown(kind, content.reason, alternatives=alternatives, not_null=True)
    )


def _texts(value: Value) -> Sequence[str]:
    """The texts that an unknown string may be; none when they are not known."""
    content = value.content
    choices = content.alternatives if isinstance(content, Unknown) else ()
    found = [choice.string for choice in choices]
    return [text for text in found if text is not None] if None not in found else []


def _if(part: TemplateIf, scope: Scope, evaluate: Evaluate, heredoc: bool) -> Value | None:
    condition = evaluate(part.condition, scope)
    content = condition.content
    if content is None:
        _refuse(scope, part.condition, "the condition is null")
        return None
    try:
        content = content if isinstance(content, Unknown) else convert(condition, BOOL).content
    except ConversionError:
        message = f"the condition is a {friendly_name(condition.type)}, not a bool"
        _refuse(scope, part.condition, message)
        return None
    holding = HoldingScope(scope)
    arms = []
    for parts, chosen in ((part.then, True), (part.otherwise, False)):
        arm_scope: Scope = scope if content is chosen else holding
        arms.append(_text(parts, arm_scope, evaluate, part.range, heredoc))
    sensitive = condition.sensitive or arms[0].sensitive or arms[1].sensitive
    if not isinstance(content, Unknown):
        result = arms[0] if content else arms[1]
    elif all(arm.string is not None for arm in arms):
        unknown = Unknown("condition", content.reason, alternatives=tuple(arms), not_null=True)
        result = Value(STRING, unknown, part.range)
    else:
        result = derived((condition, *arms), STRING, part.range)
    return result.as_sensitive() if sensitive else result


def _for(part: TemplateFor, scope: Scope, evaluate: Evaluate, heredoc: bool) -> Value | None:
    from symlint.terraform.expressions.iteration import AbandonedError, TooManyError, iteration

    collection = evaluate(part.collection, scope)
    try:
        items = iteration(collection, part.collection, scope)
    except AbandonedError:
        return None
    except TooManyError:
        return over_budget(part.range)
    inner = OnceScope(scope)
    if items is None:
        names = {part.value_name: any_element(collection)}
        if part.key_name is not None:
            names[part.key_name] = any_key(collection)
        _text(part.parts, LocalScope(HoldingScope(scope), names), evaluate, part.range, heredoc)
        return derived((collection,), STRING, part.range)
    pieces: list[_Piece] = []
    sensitive = collection.sensitive
    constants = inner.constants(part, len(items))
    for key, value in items:
        names = {part.value_name: value}
        if part.key_name is not None:
            names[part.key_name] = key
        text = _text(part.parts, LocalScope(inner, names, constants), evaluate, part.range, heredoc)
        if isinstance(text.content, Unknown) and text.content.kind in ("error", "budget"):
            return text
        sensitive = sensitive or text.sensitive
        pieces.append(text if text.string is None else text.string)
    result = _joined(pieces, part.range, scope)
    return result.as_sensitive() if sensitive else result
