"""Static checks of meta-arguments: ``count``, ``for_each``, ``lifecycle`` and the like."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl import nodes
from symlint.terraform.checks.structure import (
    CONNECTION_ONCE,
    DATA_LIFECYCLE,
    EPHEMERAL_LIFECYCLE,
    LIFECYCLE,
    PROVISIONER,
    check_block,
    duplicate_block,
)
from symlint.terraform.modules.declarations import literal_text
from symlint.terraform.modules.provider_references import passed_providers, provider_reference
from symlint.terraform.modules.references import resource_name
from symlint.terraform.values.problems import Problem, RelatedRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.terraform.modules.declarations import (
        Declaration,
        Module,
        ModuleCall,
        OutputDeclaration,
        ResourceDeclaration,
    )

_LIFECYCLE_FORMS: Final = {
    "resource": LIFECYCLE,
    "data": DATA_LIFECYCLE,
    "ephemeral": EPHEMERAL_LIFECYCLE,
}


def check_resource(resource: ResourceDeclaration) -> Iterator[Problem]:
    """The problems of a resource's, data source's or ephemeral resource's meta-arguments."""
    yield from check_repetition(resource)
    yield from check_depends_on(resource)
    provider = resource.attributes.get("provider")
    if provider is not None and provider_reference(provider.value) is None:
        yield Problem(
            "structure",
            provider.value.range,
            "provider must name a provider configuration",
            help="write provider = name or provider = name.alias",
            opentofu=type(provider.value) in (nodes.Index, nodes.Traversal),
        )
    for name in ("lifecycle", "provisioner"):
        attribute = resource.attributes.get(name)
        if attribute is not None:
            yield Problem(
                "structure",
                attribute.name_range,
                f'"{name}" is a block, not an argument',
                help=f"write {name} {{ ... }} without an equals sign",
            )
    first: dict[str, nodes.Block] = {}
    for block in resource.block.body.blocks():
        if block.type == "lifecycle":
            yield from check_block(block, _LIFECYCLE_FORMS[resource.kind], "lifecycle block")
            yield from _lifecycle(block)
        elif block.type in ("provisioner", "connection") and resource.kind != "resource":
            yield Problem(
                "structure",
                block.header_range,
                f'a "{resource.kind}" block cannot contain a "{block.type}" block',
            )
        elif block.type == "provisioner":
            yield from _provisioner(block)
        if block.type in CONNECTION_ONCE and first.setdefault(block.type, block) is not block:
            yield duplicate_block(block, first[block.type])


def check_repetition(declaration: ResourceDeclaration | ModuleCall) -> Iterator[Problem]:
    """Whether a block has both ``count`` and ``for_each``."""
    count = declaration.attributes.get("count")
    for_each = declaration.attributes.get("for_each")
    if count is None or for_each is None or count.source is not for_each.source:
        return
    later, earlier = sorted((count, for_each), key=lambda a: a.start, reverse=True)
    yield Problem(
        "structure",
        later.name_range,
        "a block cannot have both count and for_each",
        help="remove one of the two",
        related=(RelatedRange(earlier.name_range, f"{earlier.name} is here"),),
    )


def check_output(output: OutputDeclaration) -> Iterator[Problem]:
    """The problems of an output block that its form does not show."""
    yield from check_depends_on(output)
    for name in ("sensitive", "ephemeral"):
        attribute = output.attributes.get(name)
        if attribute is not None and not is_constant_bool(attribute.value):
            message = f"{name} must be a literal true or false"
            yield Problem("structure", attribute.value.range, message)


# --- depends_on -----------------------------------------------------------------------------------


def check_depends_on(declaration: Declaration) -> Iterator[Problem]:
    """The form of a ``depends_on`` list; whether its members are declared is checked elsewhere."""
    attribute = declaration.attributes.get("depends_on")
    if attribute is None:
        return
    value = attribute.value
    if type(value) is not nodes.Tuple:
        yield Problem(
            "structure",
            value.range,
            "depends_on must be a literal list",
            help="write depends_on = [type.name, module.name]",
        )
        return
    for element in value.elements:
        if literal_text(element) is not None:
            continue
        if type(element) is not nodes.Traversal:
            yield Problem(
                "structure",
                element.range,
                "depends_on accepts only references",
                help="write whole resources and modules, as in [type.name, module.name]",
            )
        elif _reaches_inside(element):
            yield Problem(
                "structure",
                element.range,
                "depends_on accepts whole objects, not their attributes",
                help=f"write {_whole(element)}",
            )


def _whole_steps(traversal: nodes.Traversal) -> int | None:
    """How many steps of a traversal are the name of a resource, its key included."""
    named = resource_name(traversal)
    if named is None:
        return None
    following = traversal.steps[named.steps : named.steps + 1]
    return named.steps + sum(type(step) is nodes.IndexStep for step in following)


def _reaches_inside(traversal: nodes.Traversal) -> bool:
    steps = _whole_steps(traversal)
    return steps is not None and len(traversal.steps) > steps


def _whole(traversal: nodes.Traversal) -> str:
    steps = _whole_steps(traversal) or 0
    return traversal.source.text[traversal.start : traversal.steps[steps - 1].end]


# --- lifecycle ------------------------------------------------------------------------------------


def _lifecycle(block: nodes.Block) -> Iterator[Problem]:
    for attribute in block.body.attributes.values():
        if attribute.name in ("create_before_destroy", "prevent_destroy"):
            if not is_constant_bool(attribute.value):
                yield Problem(
                    "structure",
                    attribute.value.range,
                    f"{attribute.name} must be a literal true or false",
                    help="Terraform reads it before it evaluates anything",
                    opentofu=attribute.name == "prevent_destroy",
                )
        elif attribute.name == "ignore_changes":
            yield from _ignore_changes(attribute.value)
        elif attribute.name == "replace_triggered_by":
            yield from _replace_triggered_by(attribute.value)


def is_constant_bool(expression: nodes.Expression) -> bool:
    """Whether an expression is ``true`` or ``false``, quoted or not."""
    if type(expression) is not nodes.Literal:
        return False
    return isinstance(expression.value, bool) or expression.value in ("true", "false")


def _ignore_changes(value: nodes.Expression) -> Iterator[Problem]:
    if type(value) is nodes.Traversal and value.root == "all" and not value.steps:
        return
    if type(value) is not nodes.Tuple:
        yield Problem(
            "structure",
            value.range,
            "ignore_changes must be a list of attribute names, or all",
            help="write ignore_changes = [name]",
        )
        return
    for element in value.elements:
        text = literal_text(element)
        if text == "*":
            yield Problem(
                "structure",
                element.range,
                '"*" is not an attribute name',
                help="write ignore_changes = all",
            )
        elif text is None and type(element) is not nodes.Traversal:
            yield Problem("structure", element.range, "ignore_changes accepts only attribute names")


def _replace_triggered_by(value: nodes.Expression) -> Iterator[Problem]:
    if type(value) is not nodes.Tuple:
        message = "replace_triggered_by must be a literal list"
        yield Problem("structure", value.range, message)
        return
    for element in value.elements:
        target = element
        while type(target) in (nodes.Index, nodes.RelativeTraversal):
            target = target.collection if type(target) is nodes.Index else _operand(target)
        if type(target) is nodes.Traversal:
            named = resource_name(target)
            if named is not None and named.kind == "resource":
                continue
        yield Problem(
            "structure",
            element.range,
            "replace_triggered_by accepts only managed resources and their attributes",
        )


def _operand(node: nodes.Expression) -> nodes.Expression:
    return node.operand if type(node) is nodes.RelativeTraversal else node


# --- provisioners ---------------------------------------------------------------------------------


def _provisioner(block: nodes.Block) -> Iterator[Problem]:
    yield from check_block(block, PROVISIONER, "provisioner block")
    attributes = block.body.attributes
    for name, keywords in (("when", ("create", "destroy")), ("on_failure", ("continue", "fail"))):
        attribute = attributes.get(name)
        if attribute is not None and _keyword(attribute.value) not in keywords:
            yield Problem(
                "structure",
                attribute.value.range,
                f"{name} must be {keywords[0]} or {keywords[1]}",
            )
    local = block.labels and block.labels[0].value == "local-exec"
    if local and "command" not in attributes and block.body.complete:
        message = 'the "local-exec" provisioner has no "command"'
        yield Problem("structure", block.header_range, message)
    when = attributes.get("when")
    if when is not None and _keyword(when.value) == "destroy":
        yield from _destroy_references(block)


def _keyword(expression: nodes.Expression) -> str | None:
    if type(expression) is nodes.Traversal and not expression.steps:
        return expression.root
    return literal_text(expression)


def _destroy_references(block: nodes.Block) -> Iterator[Problem]:
    from symlint.terraform.modules.references import free_traversals

    for item in block.body.items:
        if type(item) is nodes.Attribute and item.name in ("when", "on_failure"):
            continue
        for traversal in free_traversals(item):
            if traversal.root not in ("self", "count", "each", "path", "terraform", "tofu"):
                yield Problem(
                    "structure",
                    traversal.range,
                    "a destroy-time provisioner can refer only to self, each.key and count.index",
                    help="read the value from an attribute of the resource itself",
                )


# --- provider -------------------------------------------------------------------------------------


def check_provider_aliases(module: Module) -> Iterator[Problem]:
    """Whether the aliases that the blocks of a root module use are configured.

    What says that it is passed some is made to be called, though nothing here calls it.
    """
    if not module.complete:
        return
    requirements = module.provider_requirements.values()
    passed = {alias for requirement in requirements for alias in requirement.configuration_aliases}
    expressions = [r.attributes.get("provider") for r in module.all_resources]
    references = [a.value for a in expressions if a is not None]
    for call in module.calls.values():
        references.extend(value for _, value in passed_providers(call))
    for expression in references:
        reference = provider_reference(expression)
        if reference is None or reference[1] is None or reference in module.providers:
            continue
        name, alias = reference
        if f"{name}.{alias}" in passed:
            continue
        yield Problem(
            "undeclared",
            expression.range,
            f'provider "{name}" has no configuration with the alias "{alias}"',
            help=f'add provider "{name}" {{ alias = "{alias}" }}',
        )
