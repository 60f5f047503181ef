"""Which configuration of a provider a resource or module call works with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.hcl.nodes import AttributeStep, Literal, Object, Traversal

if TYPE_CHECKING:
    from symlint.hcl.nodes import Expression
    from symlint.terraform.instances.names import ModuleNames
    from symlint.terraform.instances.resource_instance import ResourceInstance


def provider_configuration(instance: ResourceInstance) -> str | None:
    """The root module's name of the provider configuration of a resource: ``sym``, ``aws.sso``.

    None where that is not known.
    https://developer.hashicorp.com/terraform/language/meta-arguments/module-providers
    """
    written = instance.configured("provider")
    name = instance.type.partition("_")[0] if written is None else _name(written.value)
    return None if name is None else _outside(instance.module, name)


def _outside(module: ModuleNames, name: str) -> str | None:
    """What the root module calls the configuration that ``module`` calls ``name``."""
    current = module
    while current.call is not None:
        call = current.call
        given = call.configured("providers")
        if given is None:
            if "." in name:
                return None
        elif type(given.value) is Object:
            passed = {_name(it.key): _name(it.value) for it in given.value.items}
            found = passed.get(name, None if "." in name else name)
            if found is None or None in passed:
                return None
            name = found
        else:
            return None
        current = call.parent
    return name


def _name(expression: Expression) -> str | None:
    """``aws`` or ``aws.sso`` as it is written; older configurations quote it."""
    if type(expression) is Literal and isinstance(expression.value, str):
        return expression.value
    if type(expression) is not Traversal:
        return None
    steps = [step.name for step in expression.steps if type(step) is AttributeStep]
    if len(steps) != len(expression.steps):
        return None
    return ".".join((expression.root, *steps))
