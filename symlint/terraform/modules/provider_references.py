"""Names of provider configurations in ``provider`` and ``providers`` arguments: ``aws``, ``aws.sso``.

https://developer.hashicorp.com/terraform/language/meta-arguments/module-providers
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.hcl import nodes
from symlint.terraform.modules.declarations import literal_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.terraform.modules.declarations import ModuleCall, ResourceDeclaration


def provider_reference(expression: nodes.Expression) -> tuple[str, str | None] | None:
    """Name and alias of the provider configuration that an expression names, or None."""
    if type(expression) is nodes.Traversal:
        if not expression.steps:
            return expression.root, None
        step = expression.steps[0]
        if len(expression.steps) == 1 and type(step) is nodes.AttributeStep:
            return expression.root, step.name
        return None
    text = literal_text(expression)
    if text is None or text.count(".") > 1:
        return None
    name, _, alias = text.partition(".")
    return name, alias or None


def resource_provider(resource: ResourceDeclaration) -> tuple[str, str | None] | None:
    """Local name and alias of the provider configuration that a resource uses.

    Without a ``provider`` argument it is the default one named like the first word of the type.
    """
    attribute = resource.attributes.get("provider")
    if attribute is not None:
        return provider_reference(attribute.value)
    return resource.type.partition("_")[0], None


def passed_providers(
    call: ModuleCall,
) -> Iterator[tuple[tuple[str, str | None], nodes.Expression]]:
    """The entries of a call's ``providers``: the name inside the module, and what is passed."""
    value = call.expression("providers")
    if type(value) is not nodes.Object:
        return
    for item in value.items:
        inner = provider_reference(item.key)
        if inner is not None:
            yield inner, item.value
