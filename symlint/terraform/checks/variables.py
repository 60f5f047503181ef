"""Static checks of variable blocks: types, defaults and validations."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.hcl import nodes
from symlint.source.file_names import is_json_file
from symlint.terraform.checks.meta_arguments import is_constant_bool
from symlint.terraform.expressions.evaluate import evaluate
from symlint.terraform.modules.constants import ConstantScope, not_constants
from symlint.terraform.modules.references import first_name, free_traversals
from symlint.terraform.values.conversion import ConversionError, convert, format_path
from symlint.terraform.values.problems import Problem, RelatedRange
from symlint.terraform.values.sizes import may_be_filled_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.budget import Budget
    from symlint.terraform.functions.files import Files
    from symlint.terraform.modules.declarations import VariableDeclaration


def check_variable(
    variable: VariableDeclaration, budget: Budget, files: Files
) -> Iterator[Problem]:
    """The problems of one variable block."""
    yield from _type(variable)
    for name in ("description", "deprecated"):
        attribute = variable.attributes.get(name)
        if attribute is not None:
            yield from _constant_string(attribute)
    for name in ("sensitive", "nullable", "ephemeral"):
        attribute = variable.attributes.get(name)
        if attribute is not None and not is_constant_bool(attribute.value):
            message = f"{name} must be a literal true or false"
            yield Problem("structure", attribute.value.range, message)
    default = variable.attributes.get("default")
    if default is not None:
        mistakes = list(not_constants(default.value))
        for range_, mistake in mistakes:
            yield Problem("structure", range_, f"the default of a variable {mistake}")
        if not mistakes:
            yield from _default(variable, default, ConstantScope(budget, files))
    for block in variable.validations:
        yield from _validation(variable, block)


def _type(variable: VariableDeclaration) -> Iterator[Problem]:
    from symlint.terraform.expressions.type_constraints import parse_constraint

    expression = variable.expression("type")
    if expression is None:
        return
    problems: list[Problem] = []
    text = expression.value if type(expression) is nodes.Literal else None
    if text in ("string", "list", "map") and not is_json_file(variable.block.source.path):
        # JSON has no other form for a type.
        yield Problem(
            "structure",
            expression.range,
            "types are written without quotes",
            help=f"write type = {text}" if text == "string" else f"write type = {text}(string)",
        )
        return
    parse_constraint(expression, problems.append)
    yield from problems


def _constant_string(attribute: nodes.Attribute) -> Iterator[Problem]:
    value = attribute.value
    if type(value) is nodes.Literal and value.value is not None:
        return
    if type(value) is nodes.Template and not list(free_traversals(value)):
        return
    message = f"{attribute.name} must be a constant string"
    yield Problem("structure", value.range, message)


def _default(
    variable: VariableDeclaration, default: nodes.Attribute, scope: ConstantScope
) -> Iterator[Problem]:
    from symlint.terraform.expressions.type_constraints import apply_defaults, parse_constraint

    value = evaluate(default.value, scope)
    yield from scope.problems
    if value.is_null and not variable.nullable:
        yield Problem(
            "type",
            default.value.range,
            "the default is null, and the variable is not nullable",
            help="remove the default, or nullable = false",
        )
        return
    type_ = variable.expression("type")
    if type_ is None or scope.problems:
        return
    constraint = parse_constraint(type_)
    if not may_be_filled_in(value, constraint.type, scope.budget):
        return
    try:
        convert(apply_defaults(value, constraint), constraint.type)
    except ConversionError as error:
        where = format_path(error.path).removeprefix(".")
        message = f"{where}: {error.message}" if where else error.message
        yield Problem(
            "type",
            default.value.range,
            f"the default does not fit the variable's type: {message}",
            related=(RelatedRange(type_.range, "the type"),),
        )


def _validation(variable: VariableDeclaration, block: nodes.Block) -> Iterator[Problem]:
    condition = block.body.attribute("condition")
    if condition is None:
        return
    names = {first_name(t) for t in free_traversals(condition.value) if t.root == "var"}
    if variable.name not in names:
        yield Problem(
            "structure",
            condition.value.range,
            f"the condition does not use var.{variable.name}, the variable that it is for",
        )
