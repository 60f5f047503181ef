"""The values of input variables: arguments, variable files, defaults and types.

https://developer.hashicorp.com/terraform/language/values/variables
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.terraform.expressions.evaluate import constant_of
from symlint.terraform.values.addresses import Address, Reference
from symlint.terraform.values.conversion import ConversionError, convert, format_path
from symlint.terraform.values.problems import Problem, RelatedRange
from symlint.terraform.values.sizes import may_be_filled_in, spend_on
from symlint.terraform.values.types import STRING, without_optional
from symlint.terraform.values.unknowns import over_budget
from symlint.terraform.values.value import Value, unknown

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.terraform.expressions.type_constraints import Constraint
    from symlint.terraform.instances.module_scope import ModuleScope
    from symlint.terraform.modules.declarations import VariableDeclaration
    from symlint.terraform.values.addresses import ModulePath


def variable_constraint(declaration: VariableDeclaration) -> Constraint:
    """The type of a variable; ``any`` where it has none or one that is not a type."""
    known = declaration.constraint_cache
    if known is None:
        from symlint.terraform.expressions.type_constraints import ANY_CONSTRAINT, parse_constraint

        expression = declaration.expression("type")
        known = ANY_CONSTRAINT if expression is None else parse_constraint(expression)
        declaration.constraint_cache = known
    return known


def takes_default(declaration: VariableDeclaration, given: Value | None) -> bool:
    """Whether a variable has its default, given this value or none."""
    if given is None:
        return True
    return given.is_null and not declaration.nullable and not declaration.required


def default_value(declaration: VariableDeclaration, scope: ModuleScope) -> Value | None:
    """The default, converted to the variable's type; None where a value has to be given."""
    known = declaration.default_cache
    if known is None:
        attribute = declaration.attributes.get("default")
        if attribute is None:
            return None
        # Without names of the module: a default is a constant, as the static checks say.
        value = scope.evaluate(attribute.value)
        # One that does not fit the type is reported by the static checks, once.
        constraint = variable_constraint(declaration)
        if not may_be_filled_in(value, constraint.type, scope.budget):
            return over_budget(declaration.range)
        known = converted(value, constraint) or _unfit(constraint)
        declaration.default_cache = known
    return known


def converted(value: Value, constraint: Constraint) -> Value | None:
    """``value`` as the constraint says, defaults filled in; None when it does not fit."""
    try:
        return convert(_completed(value, constraint), constraint.type)
    except ConversionError:
        return None


def _completed(value: Value, constraint: Constraint) -> Value:
    """A value with the defaults that a constraint has for what is missing."""
    if constraint.defaults is None:
        return value
    from symlint.terraform.expressions.type_constraints import apply_defaults

    return apply_defaults(value, constraint)


def fitted(
    declaration: VariableDeclaration, given: Value, place: Range | None, scope: ModuleScope
) -> Value:
    """What was given at ``place``, converted; reported to ``scope`` when it does not fit."""
    constraint, budget = variable_constraint(declaration), scope.budget
    before = budget.remaining
    constant = constant_of(given)
    last = None if constant is None else constant.fit
    if last is not None and last[0] is declaration and before >= last[2]:
        budget.remaining -= last[2]
        return last[1]
    if not may_be_filled_in(given, constraint.type, budget):
        return over_budget(place)
    if given.type is STRING is constraint.type and type(given.content) is str:
        # As it is: what most arguments are.
        return given
    if given.is_null and not declaration.nullable:
        reason = "it is null, and the variable is not nullable"
    else:
        try:
            value = convert(_completed(given, constraint), constraint.type)
        except ConversionError as error:
            reason = _explain(error)
        else:
            # Each call has a value of its own, with all that the type fills in.
            if value is given:
                return value
            if not spend_on((value,), budget):
                return over_budget(place)
            if constant is not None:
                constant.fit = declaration, value, before - budget.remaining
            return value
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


def without_value(declaration: VariableDeclaration, path: ModulePath) -> Value:
    """What a variable is that has neither a value nor a default."""
    type_ = without_optional(variable_constraint(declaration).type)
    if path:
        # The static checks report the missing argument.
        return unknown("error", "the module call does not set it", type_=type_)
    return unknown(
        "variable",
        "the variable has no value",
        type_=type_,
        reference=Reference(Address(path, "variable", "", declaration.name)),
        not_null=not declaration.nullable,
        origin=declaration.range,
    )
