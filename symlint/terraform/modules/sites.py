"""All expressions of a module, each with the names that may be used in it."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final, Literal, TypeAlias
from symlint.hcl import nodes
from symlint.named_tuple import NamedTuple
from symlint.terraform.modules.declarations import RESOURCE_META_ARGUMENTS, repetition_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.terraform.modules.declarations import (
        Declaration,
        Module,
        ModuleCall,
        ResourceDeclaration,
        VariableDeclaration,
    )

OwnerKind: TypeAlias = Literal[
    "variable", "local", "output", "resource", "data", "ephemeral", "module", "provider", "check",
    "import", "moved", "terraform",
]  # fmt: skip  # as many a line as fit


class Owner(NamedTuple):
    """The declaration that an expression stands in; ``type`` is that of a resource."""

    kind: OwnerKind
    type: str
    name: str


class Site(NamedTuple):
    """One expression and its surroundings.

    ``role`` is the argument's name, and for meta-arguments what they are. ``repetition`` says
    whether ``each`` or ``count`` can be used, ``self_allowed`` whether ``self`` can. ``bound`` are
    the names of ``dynamic`` iterators around the expression. ``whole`` when the expression is not
    evaluated but names whole objects (``depends_on``, ``replace_triggered_by``).
    """

    owner: Owner
    role: str
    expression: nodes.Expression
    repetition: Literal["count", "for_each"] | None = None
    self_allowed: bool = False
    bound: frozenset[str] = frozenset()
    whole: bool = False


_NONE: Final[frozenset[str]] = frozenset()


def sites(module: Module) -> Iterator[Site]:
    """All expressions of a module that may refer to something, block by block: no literals."""
    for variable in module.variables.values():
        yield from _variable_sites(variable)
    for local in module.locals.values():
        if type(local.attribute.value) is not nodes.Literal:
            yield Site(Owner("local", "", local.name), "value", local.attribute.value)
    for output in module.outputs.values():
        owner = Owner("output", "", output.name)
        yield from _block_sites(owner, output.block.body, None, _NONE)
    for resource in module.all_resources:
        yield from resource_sites(resource)
    for call in module.calls.values():
        yield from call_sites(call)
    for provider in module.providers.values():
        owner = Owner("provider", "", provider.local_name)
        # OpenTofu repeats provider configurations.
        yield from _body_sites(owner, provider.block.body, repetition_of(provider), _NONE, False)
    for check in module.checks.values():
        yield from _check_sites(check)
    for block in module.imports:
        yield from _import_sites(block)


def _variable_sites(variable: VariableDeclaration) -> Iterator[Site]:
    owner = Owner("variable", "", variable.name)
    for validation in variable.validations:
        yield from _body_sites(owner, validation.body, None, _NONE, False)


def _block_sites(
    owner: Owner,
    body: nodes.Body,
    repetition: Literal["count", "for_each"] | None,
    bound: frozenset[str],
) -> Iterator[Site]:
    """The sites of a block with meta-arguments of its own."""
    for item in body.items:
        if type(item) is nodes.Attribute:
            if type(item.value) is nodes.Literal:
                continue
            if item.name == "depends_on":
                yield from _whole_sites(owner, item)
            elif item.name in ("count", "for_each"):
                yield Site(owner, item.name, item.value)
            elif item.name not in ("provider", "providers"):
                yield Site(owner, item.name, item.value, repetition, False, bound)
        elif type(item) is nodes.Block:
            yield from _nested_sites(owner, item, repetition, bound, False)


def resource_sites(resource: ResourceDeclaration) -> Iterator[Site]:
    """The expressions of a resource, data source or ephemeral resource."""
    owner = Owner(resource.kind, resource.type, resource.name)
    repetition = resource.repeated
    for item in resource.block.body.items:
        if type(item) is nodes.Attribute and type(item.value) is nodes.Literal:
            continue
        if type(item) is nodes.Attribute and item.name in RESOURCE_META_ARGUMENTS:
            if item.name == "depends_on":
                yield from _whole_sites(owner, item)
            elif item.name != "provider":
                yield Site(owner, item.name, item.value)
        elif type(item) is nodes.Attribute:
            yield Site(owner, item.name, item.value, repetition)
        elif type(item) is nodes.Block and item.type == "lifecycle":
            yield from _lifecycle_sites(owner, item, repetition)
        elif type(item) is nodes.Block and item.type == "provisioner":
            for site in _body_sites(owner, item.body, repetition, _NONE, True):
                if site.role not in ("when", "on_failure"):
                    yield site
        elif type(item) is nodes.Block:
            yield from _nested_sites(owner, item, repetition, _NONE, item.type == "connection")


def call_sites(call: ModuleCall) -> Iterator[Site]:
    """The expressions of a module call."""
    owner = Owner("module", "", call.name)
    repetition = call.repeated
    for name, attribute in call.attributes.items():
        if type(attribute.value) is nodes.Literal:
            continue
        if name == "depends_on":
            yield from _whole_sites(owner, attribute)
        elif name in ("count", "for_each"):
            yield Site(owner, name, attribute.value)
        elif name != "providers":
            # In OpenTofu, the source and the version may refer to variables and locals.
            yield Site(owner, name, attribute.value, repetition)
    for lifecycle in call.block.body.blocks("lifecycle"):
        yield from _lifecycle_sites(owner, lifecycle, repetition)


def _whole_sites(owner: Owner, attribute: nodes.Attribute) -> Iterator[Site]:
    value = attribute.value
    elements = value.elements if type(value) is nodes.Tuple else (value,)
    for element in elements:
        yield Site(owner, attribute.name, element, whole=True)


def _lifecycle_sites(
    owner: Owner, block: nodes.Block, repetition: Literal["count", "for_each"] | None
) -> Iterator[Site]:
    for item in block.body.items:
        if type(item) is nodes.Block:
            own = item.type == "postcondition"
            yield from _body_sites(owner, item.body, repetition, _NONE, own)
        elif type(item) is nodes.Attribute and item.name == "replace_triggered_by":
            value = item.value
            elements = value.elements if type(value) is nodes.Tuple else (value,)
            for element in elements:
                yield Site(owner, item.name, element, repetition, whole=True)
        elif type(item) is nodes.Attribute and item.name in ("enabled", "prevent_destroy"):
            yield Site(owner, item.name, item.value, repetition)


def _nested_sites(
    owner: Owner,
    block: nodes.Block,
    repetition: Literal["count", "for_each"] | None,
    bound: frozenset[str],
    own: bool,
) -> Iterator[Site]:
    if block.type != "dynamic" or not block.labels:
        yield from _body_sites(owner, block.body, repetition, bound, own)
        return
    for_each = block.body.attribute("for_each")
    if for_each is not None:
        yield Site(owner, "for_each", for_each.value, repetition, own, bound)
    inner = bound | {iterator_name(block) or block.labels[0].value}
    labels = block.body.attribute("labels")
    if labels is not None:
        yield Site(owner, "labels", labels.value, repetition, own, inner)
    for content in block.body.blocks("content"):
        yield from _body_sites(owner, content.body, repetition, inner, own)


def iterator_name(block: nodes.Block) -> str | None:
    """The name that a ``dynamic`` block gives its iterator, if it gives one."""
    attribute = block.body.attribute("iterator")
    if attribute is not None and type(attribute.value) is nodes.Traversal:
        return attribute.value.root
    return None


def _body_sites(
    owner: Owner,
    body: nodes.Body,
    repetition: Literal["count", "for_each"] | None,
    bound: frozenset[str],
    own: bool,
) -> Iterator[Site]:
    for item in body.items:
        if type(item) is nodes.Attribute:
            if type(item.value) is not nodes.Literal:
                yield Site(owner, item.name, item.value, repetition, own, bound)
        elif type(item) is nodes.Block:
            yield from _nested_sites(owner, item, repetition, bound, own)


def _check_sites(check: Declaration) -> Iterator[Site]:
    """The assertions; a data source inside the check is among the module's data sources."""
    owner = Owner("check", "", check.name)
    for block in check.block.body.blocks("assert"):
        yield from _body_sites(owner, block.body, None, _NONE, False)


def _import_sites(block: nodes.Block) -> Iterator[Site]:
    owner = Owner("import", "", "")
    for_each = block.body.attribute("for_each")
    if for_each is not None:
        yield Site(owner, "for_each", for_each.value)
    identifier = block.body.attribute("id")
    if identifier is not None:
        repetition: Literal["for_each"] | None = "for_each" if for_each is not None else None
        yield Site(owner, "id", identifier.value, repetition)
