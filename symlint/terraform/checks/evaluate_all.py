"""Evaluating every expression of a configuration once, for the problems that this brings up."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl import nodes
from symlint.terraform.modules.declarations import (
    MODULE_META_ARGUMENTS,
    RESOURCE_META_ARGUMENTS,
    RESOURCE_META_BLOCKS,
)
from symlint.terraform.modules.references import first_name, free_traversals
from symlint.terraform.values.problems import Problem, RelatedRange

if TYPE_CHECKING:
    from collections.abc import Callable

    from symlint.source.text import Range
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.instances.module_instance import ModuleCallInstance, ModuleInstance
    from symlint.terraform.instances.module_scope import ModuleScope
    from symlint.terraform.instances.protocols import ModuleNames
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.modules.declarations import (
        Declaration,
        OutputDeclaration,
        VariableDeclaration,
    )
    from symlint.terraform.values.value import Value

_STEPS_PER_RESOURCE: Final = 100
"""What going through an instance of a resource costs of the budget, beside evaluating it."""


def evaluate_all(configuration: Configuration) -> None:
    """Evaluate every expression of every instance; problems are noted in the configuration."""
    for module in configuration.modules():
        evaluate_module(module)
        for output in module.module.outputs.values() if module.is_root else ():
            value = module.output(output.name)
            if value is not None:
                _check_sensitive_output(output, value, module.scope)


def evaluate_module(module: ModuleInstance) -> None:
    """Evaluate every expression of one module once, as far as the budget goes."""
    for name, variable in module.module.variables.items():
        module.variable(name)
        for block in variable.validations:
            _check_validation(module, variable, block)
    for name in module.module.locals:
        module.local(name)
    spend = module.evaluation.budget.spend
    for instance in module.every_resource():
        if not spend(_STEPS_PER_RESOURCE):
            return
        _evaluate_resource(instance)
    for call in module.module_calls():
        _evaluate_attributes(call.declaration, call.argument, MODULE_META_ARGUMENTS, module)
    for output in module.module.outputs.values():
        module.output(output.name)
        for condition in output.block.body.blocks("precondition"):
            _check_condition(condition, module.scope, f'output "{output.name}"')
    for provider in module.module.providers.values():
        _evaluate_body(provider.block.body, module.scope)
    for check in module.module.checks.values():
        _evaluate_check(check, module.scope)


def _check_sensitive_output(output: OutputDeclaration, value: Value, scope: ModuleScope) -> None:
    """A root module must say that an output shows something sensitive."""
    expression = output.expression("value")
    declared = output.expression("sensitive") or output.expression("ephemeral")
    if declared is None and expression is not None and _is_sensitive(value):
        message = f'output "{output.name}" has a sensitive value but is not sensitive'
        help_ = "set sensitive = true"
        scope.report(Problem("structure", expression.range, message, help=help_))


def _is_sensitive(value: Value) -> bool:
    """Whether a value or a part of it is sensitive, as far as a few thousand parts show."""
    stack = [value]
    for _ in range(5000):
        if not stack:
            return False
        value = stack.pop()
        if value.sensitive:
            return True
        content = value.content
        if isinstance(content, tuple):
            stack.extend(content)
        elif isinstance(content, dict):
            stack.extend(content.values())
    return False


def _evaluate_body(body: nodes.Body, scope: ModuleScope) -> None:
    from symlint.terraform.instances.bodies import ConfiguredBody

    ConfiguredBody(body, scope).evaluate_all()


def _evaluate_check(check: Declaration, scope: ModuleScope) -> None:
    # A failed assertion is a warning of Terraform's, so only evaluating it matters here.
    for block in check.block.body.blocks("assert"):
        _evaluate_body(block.body, scope)


def _evaluate_resource(instance: ResourceInstance) -> None:
    declaration, module = instance.declaration, instance.module
    _evaluate_attributes(declaration, instance.attribute, RESOURCE_META_ARGUMENTS, module)
    if next(instance.body.blocks(), None) is None:
        return
    budget = instance.module.evaluation.budget
    # What one resource has nested without end leaves enough for the others.
    reserved = budget.reserve()
    for nested in instance.blocks():
        if nested.type not in RESOURCE_META_BLOCKS:
            nested.evaluate_all()
    budget.release(reserved)
    for block in instance.body.blocks():
        if block.type in ("provisioner", "connection"):
            _evaluate_provisioner(block, instance.scope.with_self(instance.value))
        elif block.type == "lifecycle":
            for condition in block.body.blocks("precondition"):
                _check_condition(condition, instance.scope, str(instance.address.local_name))
            for condition in block.body.blocks("postcondition"):
                with_self = instance.scope.with_self(instance.value)
                _check_condition(condition, with_self, str(instance.address.local_name))


def _evaluate_attributes(
    declaration: Declaration,
    evaluate: Callable[[str], object],
    meta_arguments: frozenset[str],
    module: ModuleNames,
) -> None:
    """Evaluate the attributes that may bring up something.

    Variables and locals have been evaluated. Where something is secret, what has it is taken note of,
    wherever it is used.
    """
    secrets = module.evaluation.secrets
    if not secrets:
        for name in declaration.calculated:
            if name not in meta_arguments:
                evaluate(name)
    # What has just been evaluated may be the first secret.
    if secrets:
        for name in declaration.attributes:
            if name not in meta_arguments:
                evaluate(name)


def _evaluate_provisioner(block: nodes.Block, scope: ModuleScope) -> None:
    for item in block.body.items:
        if type(item) is nodes.Block:
            _evaluate_body(item.body, scope)
        elif type(item) is nodes.Attribute and item.name not in ("when", "on_failure"):
            scope.evaluate(item.value)


# --- conditions -----------------------------------------------------------------------------------


def check_default_validations(configuration: Configuration, evaluated: Configuration) -> None:
    """Report defaults of root variables that fail a validation which looks at nothing else.

    An empty default may be there to make callers set the variable, unless there are none because
    the module surely is a root module.
    """
    root = configuration.root
    if configuration is evaluated:
        return
    surely_root = _is_surely_root(configuration)
    for declaration in root.module.variables.values():
        default = declaration.attributes.get("default")
        if default is None or configuration.evaluation.input(declaration.name) is not None:
            continue
        if _is_empty(default.value) and not surely_root:
            continue
        for block in declaration.validations:
            condition = block.body.attribute("condition")
            if condition is None:
                continue
            names = {(t.root, first_name(t)) for t in free_traversals(condition.value)}
            if names == {("var", declaration.name)} and _fails(block, root.scope):
                message = f'the default of variable "{declaration.name}" is not valid'
                _report_failure(block, evaluated.root, default.value.range, message)


def _is_empty(expression: nodes.Expression) -> bool:
    """Whether a default is null, an empty string or an empty collection, written out."""
    if type(expression) is nodes.Literal:
        return expression.value is None or expression.value == ""
    if type(expression) is nodes.Object:
        return not expression.items
    return type(expression) is nodes.Tuple and not expression.elements


def _is_surely_root(configuration: Configuration) -> bool:
    """Whether the module has what only root modules have: providers, a backend, variable files."""
    module = configuration.root.module
    if module.providers or configuration.inputs.files:
        return True
    blocks = (block for settings in module.terraform_blocks for block in settings.body.blocks())
    return any(block.type in ("backend", "cloud") for block in blocks)


def _check_validation(
    module: ModuleInstance, declaration: VariableDeclaration, block: nodes.Block
) -> None:
    """Report a validation that the variable's value is known to fail."""
    if _fails(block, module.scope):
        name = declaration.name
        given = _value_range(module.call, name) or _input_range(module, name)
        default = declaration.attributes.get("default")
        place = given or (declaration.range if default is None else default.value.range)
        what = "value" if given is not None or default is None else "default"
        message = f'the {what} of variable "{name}" is not valid'
        _report_failure(block, module, place, message)


def _report_failure(block: nodes.Block, module: ModuleInstance, place: Range, message: str) -> None:
    scope = module.scope if module.call is None else module.call.scope
    text = _error_message(block, module.scope)
    condition = block.body.attribute("condition")
    rule = block.header_range if condition is None else condition.value.range
    problem = Problem(
        "validation",
        place,
        f"{message}: {text}" if text else message,
        related=(RelatedRange(rule, "this condition is false"),),
    )
    scope.report(problem)


def _value_range(call: ModuleCallInstance | None, name: str) -> Range | None:
    return None if call is None else call.argument_range(name)


def _input_range(module: ModuleInstance, name: str) -> Range | None:
    given = module.evaluation.input(name) if module.call is None else None
    return None if given is None else given.origin


def _check_condition(block: nodes.Block, scope: ModuleScope, what: str) -> None:
    """Report a precondition or postcondition that is known to be false."""
    condition = block.body.attribute("condition")
    if condition is not None and _fails(block, scope):
        text = _error_message(block, scope)
        message = f"a {block.type} of {what} is false"
        scope.report(
            Problem("validation", condition.value.range, f"{message}: {text}" if text else message)
        )


def _fails(block: nodes.Block, scope: ModuleScope) -> bool:
    condition = block.body.attribute("condition")
    if condition is None:
        return False
    value = scope.evaluate(condition.value)
    if value.is_null:
        scope.report(Problem("expression", condition.value.range, "the condition is null"))
    elif value.content is not True and value.content is not False and not value.is_unknown:
        text = value.string
        if text not in ("true", "false"):
            message = "the condition must be true or false"
            scope.report(Problem("expression", condition.value.range, message))
        return text == "false"
    return value.content is False


def _error_message(block: nodes.Block, scope: ModuleScope) -> str:
    attribute = block.body.attribute("error_message")
    if attribute is None:
        return ""
    value = scope.evaluate(attribute.value)
    return "" if value.sensitive or value.string is None else " ".join(value.string.split())
