"""What attaches policies to roles: resources of the AWS provider."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple
from symlint.sym.aws.external import external_resources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.source.text import Range
    from symlint.sym.aws.roles.runtime import RuntimeRole
    from symlint.sym.model.views import Lookup
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.values.value import Value


class Attachment(NamedTuple):
    """A resource that attaches policies to a role; ``role`` is None where it is not known."""

    instance: ResourceInstance
    role: RuntimeRole | None
    policies: tuple[Value, ...]
    range: Range


def attachments(sym: Lookup) -> tuple[Attachment, ...]:
    """What resources attach to roles; ask ``sym.once(attachments)``."""
    return tuple(
        found
        for name in sym.catalogue.external_resources
        for instance in external_resources(sym, name)
        if (entry := sym.catalogue.external_resources[name]).role_argument is not None
        for found in _attached_by(sym, instance, entry.role_argument, entry.policy_arguments)
    )


def _attached_by(
    sym: Lookup, instance: ResourceInstance, role_argument: str, policy_arguments: tuple[str, ...]
) -> Iterator[Attachment]:
    from symlint.sym.aws.roles.role_by_name import role_by_name

    written = instance.configured(role_argument)
    value = instance.attribute(role_argument)
    if written is None or value is None:
        return
    policies = tuple(
        part
        for name in policy_arguments
        if (given := instance.attribute(name)) is not None
        for part in (given.elements or (given,))
    )
    range_ = written.value.range
    for part in value.elements or (value,):
        yield Attachment(instance, role_by_name(sym, part, range_).role, policies, range_)
