"""Terraform's own resource types, which need no provider plug-in.

https://developer.hashicorp.com/terraform/language/resources/terraform-data,
https://developer.hashicorp.com/terraform/language/state/remote-state-data
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl import nodes
from symlint.named_tuple import NamedTuple
from symlint.terraform.values.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.terraform.modules.declarations import Module, ResourceDeclaration, ResourceKind


class BuiltinType(NamedTuple):
    """The arguments that a type takes, those it must have, and what else it has."""

    arguments: frozenset[str]
    required: tuple[str, ...] = ()
    computed: frozenset[str] = frozenset()

    @property
    def attributes(self) -> frozenset[str]:
        """Everything that can be read of it."""
        return self.arguments | self.computed


BUILTIN_TYPES: Final[dict[tuple[ResourceKind, str], BuiltinType]] = {
    ("resource", "terraform_data"): BuiltinType(
        frozenset(("input", "triggers_replace")), (), frozenset(("id", "output"))
    ),
    ("data", "terraform_remote_state"): BuiltinType(
        frozenset(("backend", "config", "defaults", "workspace")),
        ("backend",),
        frozenset(("outputs",)),
    ),
}

_META: Final = frozenset(("count", "for_each", "provider", "depends_on"))
_META_BLOCKS: Final = frozenset(("lifecycle", "provisioner", "connection"))


def check_builtin(module: Module, resource: ResourceDeclaration) -> Iterator[Problem]:
    """The arguments and blocks of a resource whose type is Terraform's own."""
    requirement = module.provider_requirements.get("terraform")
    if not resource.type.startswith("terraform_") or resource.attributes.get("provider"):
        return
    if requirement is not None and requirement.source != "terraform.io/builtin/terraform":
        return
    builtin = BUILTIN_TYPES.get((resource.kind, resource.type))
    if builtin is None:
        message = f'Terraform has no {resource.kind} type "{resource.type}"'
        label = resource.block.labels[0].range
        known = [name for kind, name in BUILTIN_TYPES if kind == resource.kind]
        from symlint.source.close_names import close_name

        suggestion = close_name(resource.type, known)
        yield Problem("structure", label, message, suggestion=suggestion)
        return
    for name, attribute in resource.attributes.items():
        if name not in builtin.arguments and name not in _META:
            message = f'{resource.type} has no argument "{name}"'
            from symlint.source.close_names import close_name

            meant = close_name(name, builtin.arguments)
            beside = resource.attributes.get(meant or "")
            suggestion = meant if beside is None or beside.source is not attribute.source else None
            yield Problem("structure", attribute.name_range, message, suggestion=suggestion)
    for name in builtin.required:
        if name not in resource.attributes and resource.complete:
            yield Problem("structure", resource.range, f'{resource.type} needs "{name}"')
    for block in resource.block.body.blocks():
        kind = block.labels[0].value if block.type == "dynamic" and block.labels else block.type
        if kind not in _META_BLOCKS or block.type == "dynamic":
            yield Problem("structure", block.type_range, f'{resource.type} has no "{kind}" block')
        elif block.type == "lifecycle":
            yield from _ignored(block, builtin)


def _ignored(block: nodes.Block, builtin: BuiltinType) -> Iterator[Problem]:
    attribute = block.body.attribute("ignore_changes")
    if attribute is None or type(attribute.value) is not nodes.Tuple:
        return
    for element in attribute.value.elements:
        if type(element) is nodes.Traversal and element.root not in builtin.attributes:
            message = f'there is no attribute "{element.root}" to ignore changes of'
            yield Problem("attribute", element.range, message)
