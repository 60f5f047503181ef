"""Function calls: arguments, ``try`` and ``can``, and the templates that functions render."""

from __future__ import annotations

from functools import cache, partial

from symlint.annotations import TYPE_CHECKING, Final
from symlint.source.text import Range, SourceFile
from symlint.terraform.expressions.local_scope import HoldingScope, TemplateScope
from symlint.terraform.values.problems import Problem
from symlint.terraform.values.sizes import spend_on, within_bounds
from symlint.terraform.values.types import ANY, BOOL, friendly_name
from symlint.terraform.values.unknowns import (
    derived,
    error_value,
    is_error,
    one_of,
    over_budget,
)
from symlint.terraform.values.value import Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from symlint.hcl.nodes import Call, Expression, Node
    from symlint.source.close_names import CloseNames
    from symlint.terraform.expressions.scope import Scope
    from symlint.terraform.functions import FunctionError
    from symlint.terraform.values.value import Content

    Evaluate = Callable[[Expression, Scope], Value]


_STEPS_PER_NODE: Final = 20
_STEPS_PER_CHARACTER: Final = 4
"""What parsing a template costs: for each node of it, or where it is wrong."""

_LONGEST_MESSAGE: Final = 1_000
"""Messages quote what a function was given, which may be a whole file."""


def call(node: Call, scope: Scope, evaluate: Evaluate) -> Value:
    """The value of a function call. What Terraform would refuse is reported."""
    name = node.name.removeprefix("core::")
    if name == "try":
        return _try(node, scope, evaluate)
    if name == "can":
        return _can(node, scope, evaluate)
    arguments, failure = _arguments(node, scope, evaluate)
    if "::" in name:
        reason = f"{name} is a function of a provider"
        return Value(ANY, Unknown("function", reason), node.range)

    # ``from symlint.terraform import functions`` would look for it each time.
    import symlint.terraform.functions as functions

    if not functions.exists(name):
        return _no_such_function(node, scope, functions.names())
    if failure is not None:
        return failure
    context = functions.CallContext(
        scope.budget,
        scope.files,
        partial(render, node, scope, evaluate),
    )
    try:
        result = functions.call(name, arguments, context, node.range)
    except functions.FunctionError as error:
        _report_refusal(node, name, error, scope)
        return error_value(origin=node.range)
    return result if within_bounds((result,), scope.budget) else over_budget(node.range)


@cache
def _indexed(names: tuple[str, ...]) -> CloseNames:
    from symlint.source.close_names import CloseNames

    return CloseNames(names)


def _no_such_function(node: Call, scope: Scope, names: Sequence[str]) -> Value:
    from symlint.terraform.functions import OPENTOFU_FUNCTIONS

    opentofu = node.name.removeprefix("core::") in OPENTOFU_FUNCTIONS
    suggestion = None
    if len(node.name) > 3 and scope.budget.spend(len(names)):
        suggestion = _indexed(tuple(names)).anew().to(node.name)
    scope.report(
        Problem(
            "expression",
            Range(node.source, node.start, node.name_end),
            f'there is no function named "{node.name}"',
            help=f'did you mean "{suggestion}"?' if suggestion else "",
            suggestion=suggestion,
            opentofu=opentofu,
        )
    )
    if opentofu:
        reason = f"{node.name} is a function of OpenTofu"
        return Value(ANY, Unknown("function", reason), node.range)
    return error_value("there is no such function", node.range)


def _report_refusal(node: Call, name: str, error: FunctionError, scope: Scope) -> None:
    index = error.argument
    range_ = node.range
    if index is not None and node.arguments:
        range_ = node.arguments[min(index, len(node.arguments) - 1)].range
    where = f'invalid value for "{error.parameter}" of {name}' if error.parameter else name
    message = error.message
    if len(message) > _LONGEST_MESSAGE:
        message = f"{message[:_LONGEST_MESSAGE]}..."
    scope.report(Problem("expression", range_, f"{where}: {message}", help=error.help))


def _arguments(node: Call, scope: Scope, evaluate: Evaluate) -> tuple[list[Value], Value | None]:
    """The arguments, the last one expanded; or the value of the call without calling."""
    arguments = [evaluate(argument, scope) for argument in node.arguments]
    for argument in arguments:
        if argument.sensitive:
            scope.take(argument)
        if type(argument.content) is Unknown and is_error(argument):
            return [], error_value("an argument is in error", node.range)
    if not node.expand_final or not arguments:
        return arguments, None
    last = arguments.pop()
    content = last.content
    if isinstance(content, tuple):
        if not scope.budget.spend(len(content)):
            return [], over_budget(node.range)
        for element in content:
            expanded = element.with_hops(last.hops)
            arguments.append(expanded.as_sensitive() if last.sensitive else expanded)
        return arguments, None
    if isinstance(content, Unknown) and last.type.kind in ("any", "list", "set", "tuple"):
        return [], derived((last,), ANY, node.range)
    problem = "null" if content is None else f"a {friendly_name(last.type)}"
    message = f"{problem} cannot be expanded with ..., only a list, set or tuple"
    scope.report(Problem("expression", node.arguments[-1].range, message))
    return [], error_value(origin=node.range)


# --- try and can --------------------------------------------------------------------------------


def _surely(value: Value) -> bool:
    """Whether the expression that gave ``value`` without a problem will give it in the end."""
    content = value.content
    if isinstance(content, tuple):
        return all(map(_surely, content))
    if isinstance(content, dict):
        return all(map(_surely, content.values()))
    if isinstance(content, Unknown):
        reference = content.reference
        if content.text is not None and content.text.characters:
            return True
        return (
            content.kind in ("computed", "data", "module")
            and reference is not None
            and len(reference.path) <= 1
        )
    return True


def _try(node: Call, scope: Scope, evaluate: Evaluate) -> Value:
    """The first argument that evaluates without an error; alternatives where that is not known."""
    choices: list[Value] = []
    first: Problem | None = None
    for argument in node.arguments:
        holding = HoldingScope(scope)
        value = evaluate(argument, holding)
        if holding.held:
            first = first or holding.held[0]
            continue
        if is_error(value):
            return error_value(origin=node.range)
        choices.append(value)
        if not spend_on((value,), scope.budget):
            return over_budget(node.range)
        if _surely(value):
            break
    if choices:
        reason = "it is not known which argument of try is the first without an error"
        result = one_of(choices, _reason(choices[0]) or reason, origin=node.range)
        # Until it is known, Terraform does not rely on the type of the argument.
        is_unknown = isinstance(result.content, Unknown)
        return result.with_content(ANY, result.content) if is_unknown else result
    message = "no argument of try can be evaluated"
    if first is not None:
        message += f": {first.message}"
    scope.report(Problem("expression", node.range, message))
    return error_value(origin=node.range)


def _reason(value: Value) -> str:
    content = value.content
    return content.reason if isinstance(content, Unknown) else ""


def _can(node: Call, scope: Scope, evaluate: Evaluate) -> Value:
    """Whether the argument evaluates without an error."""
    if len(node.arguments) != 1:
        message = f"can: exactly 1 argument is required, and {len(node.arguments)} are given"
        scope.report(Problem("expression", node.range, message))
        return error_value(origin=node.range)
    holding = HoldingScope(scope)
    value = evaluate(node.arguments[0], holding)
    if holding.held:
        return Value(BOOL, False, node.range)
    if is_error(value):
        return Value(BOOL, Unknown("error", "the argument is in error"), node.range)
    if not spend_on((value,), scope.budget):
        return over_budget(node.range, BOOL)
    if _surely(value):
        return Value(BOOL, True, node.range, (), value.sensitive)
    return derived((value,), BOOL, node.range)


# --- templates ----------------------------------------------------------------------------------


def render(
    call: Node,
    scope: Scope,
    evaluate: Evaluate,
    text: str,
    variables: Mapping[str, Value],
    path: str,
) -> Value:
    """The value of a template that ``call`` renders with these variables and no other names.

    ``path`` names the template in messages. Raises FunctionError for what Terraform would refuse.
    """
    from symlint.hcl.fragments import parse_template
    from symlint.hcl.nodes import Call
    from symlint.hcl.walk import walk
    from symlint.terraform.functions import TEMPLATE_FUNCTIONS, FunctionError

    source = SourceFile(path, text)
    node, problems = parse_template(source)
    if node is None:
        scope.budget.spend_what_is_left(len(text) * _STEPS_PER_CHARACTER)
        raise FunctionError(_placed(problems[0].message, problems[0].range) if problems else "")
    for one in walk(node):
        if not scope.budget.spend(_STEPS_PER_NODE):
            return over_budget(call)
        if isinstance(one, Call) and one.name.removeprefix("core::") in TEMPLATE_FUNCTIONS:
            raise FunctionError(
                f"cannot recursively call {one.name} from inside another template function"
            )
    inner = TemplateScope(scope, variables)
    value = evaluate(node, inner)
    if inner.undefined:
        traversal = inner.undefined[0]
        message = f'vars map does not contain key "{traversal.root}", referenced'
        raise FunctionError(_placed(message, traversal.range), 1, "vars")
    if inner.held:
        problem = inner.held[0]
        raise FunctionError(_placed(problem.message, problem.range))
    return _written_at(call, value, source)


def _written_at(call: Node, value: Value, template: SourceFile) -> Value:
    """The value of a template, which the call is the place of: templates are no configuration."""
    origin, content = value.origin, value.content
    if origin is None or origin.source is not template:
        return value
    inside: Content = content
    if isinstance(content, tuple):
        inside = tuple(_written_at(call, it, template) for it in content)
    elif isinstance(content, dict):
        inside = {key: _written_at(call, it, template) for key, it in content.items()}
    elif isinstance(content, Unknown) and content.alternatives:
        choices = tuple(_written_at(call, it, template) for it in content.alternatives)
        inside = Unknown(content.kind, content.reason, alternatives=choices)
    hops = tuple(hop for hop in value.hops if hop.range.source is not template)
    return Value(value.type, inside, call, hops, value.sensitive)


def _placed(message: str, range_: Range) -> str:
    return f"{message} at {range_.path}:{range_.line},{range_.column}"
