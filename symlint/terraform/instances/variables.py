"""The values of input variables: arguments, variable files, defaults and types.

https://developer.hashicorp.com/terraform/language/values/variables
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.terraform.expressions.type_constraints import (
    ANY_CONSTRAINT,
    apply_defaults,
    parse_constraint,
)
from symlint.terraform.values.addresses import Address, Reference
from symlint.terraform.values.conversion import ConversionError, convert, format_path
from symlint.terraform.values.problems import Problem, RelatedRange
from symlint.terraform.values.unification import without_optional
from symlint.terraform.values.value import Value, unknown

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.terraform.expressions.type_constraints import Constraint
    from symlint.terraform.instances.instances import ModuleInstance
    from symlint.terraform.instances.module_scope import ModuleScope
    from symlint.terraform.modules.declarations import VariableDeclaration


def variable_constraint(declaration: VariableDeclaration) -> Constraint:
    """The type of a variable; ``any`` where it has none or one that is not a type."""
    known = declaration.constraint_cache
    if known is None:
        expression = declaration.expression("type")
        known = ANY_CONSTRAINT if expression is None else parse_constraint(expression)
        declaration.constraint_cache = known
    return known


def variable_value(instance: ModuleInstance, declaration: VariableDeclaration) -> Value:
    """What ``var.name`` is in one module instance; a value that does not fit is reported."""
    name = declaration.name
    call = instance.call
    if instance.configuration.options.any_input:
        given = None
    elif call is None:
        given = instance.configuration.input(name)
    else:
        given = call.argument(name)
    if given is not None and given.is_null and not declaration.nullable:
        given = None if not declaration.required else given
    if given is None:
        value = None
        if call is not None or instance.configuration.options.defaults:
            value = default_value(instance, declaration)
        if value is None:
            value = _without_value(instance, declaration)
    else:
        value = _typed(instance, declaration, given)
    return value.as_sensitive() if declaration.sensitive else value


def default_value(instance: ModuleInstance, declaration: VariableDeclaration) -> Value | None:
    """The default, converted to the variable's type; None where a value has to be given."""
    known = declaration.default_cache
    if known is None:
        attribute = declaration.attributes.get("default")
        if attribute is None:
            return None
        # Without names of the module: a default is a constant, as the static checks say.
        value = instance.scope.evaluate(attribute.value)
        # One that does not fit the type is reported by the static checks, once.
        constraint = variable_constraint(declaration)
        known = converted(value, constraint) or _unfit(constraint)
        declaration.default_cache = known
    return known


def converted(value: Value, constraint: Constraint) -> Value | None:
    """``value`` as the constraint says, defaults filled in; None when it does not fit."""
    try:
        return convert(apply_defaults(value, constraint), constraint.type)
    except ConversionError:
        return None


def _typed(instance: ModuleInstance, declaration: VariableDeclaration, given: Value) -> Value:
    """What was given, converted to the variable's type; a problem when it does not fit."""
    call = instance.call
    if call is None:
        return fitted(declaration, given, given.origin, instance.scope)
    return fitted(declaration, given, call.argument_range(declaration.name), call.scope)


def fitted(
    declaration: VariableDeclaration, given: Value, place: Range | None, scope: ModuleScope
) -> Value:
    """What was given at ``place``, converted; reported to ``scope`` when it does not fit."""
    constraint = variable_constraint(declaration)
    if given.is_null and not declaration.nullable:
        reason = "it is null, and the variable is not nullable"
    else:
        try:
            return convert(apply_defaults(given, constraint), constraint.type)
        except ConversionError as error:
            reason = _explain(error)
    type_expression = declaration.expression("type")
    declared = declaration.range if type_expression is None else type_expression.range
    problem = Problem(
        "type",
        place or declaration.range,
        f'the value of variable "{declaration.name}" does not fit: {reason}',
        related=(RelatedRange(declared, "the variable's type"),),
    )
    scope.report(problem)
    return _unfit(constraint)


def _unfit(constraint: Constraint) -> Value:
    return unknown(
        "error",
        "the value does not fit the variable's type",
        type_=without_optional(constraint.type),
    )


def _explain(error: ConversionError) -> str:
    where = format_path(error.path).removeprefix(".")
    return f"{where}: {error.message}" if where else error.message


def _without_value(instance: ModuleInstance, declaration: VariableDeclaration) -> Value:
    name = declaration.name
    type_ = without_optional(variable_constraint(declaration).type)
    if instance.call is not None:
        # The static checks report the missing argument.
        return unknown("error", "the module call does not set it", type_=type_)
    return unknown(
        "variable",
        "the variable has no value",
        type_=type_,
        reference=Reference(Address(instance.path, "variable", "", name)),
        not_null=not declaration.nullable,
        origin=declaration.range,
    )
