"""The accounts in which a runtime may assume roles: its own, and those that it lists."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.sym.aws.external import external_resources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.aws.provider_configurations import ProviderUse
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import Lookup
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.values.addresses import Address
    from symlint.terraform.values.value import Value

_POLICIES: Final = {
    "aws_iam_role_policy": "role",
    "aws_iam_role_policy_attachment": "role",
    "aws_iam_policy_attachment": "roles",
}
"""The resources that give a role a policy, and the argument that names the role."""


class Sides(NamedTuple):
    """The providers of a runtime connector and of a connector, and the latter's known accounts."""

    here: ProviderUse
    there: ProviderUse
    accounts: frozenset[str]


def is_listed(sym: Lookup, runtime: SymModule, sides: Sides) -> bool | None:
    """Whether the account of a connector is in the list of a runtime; None if that is not known."""
    value = runtime.value(runtime.entry.safelist_input or "")
    if value.is_null:
        return False if runtime.complete else None
    if value.elements is None:
        return None
    answers = [_is_account(sym, element, sides) for element in value.elements]
    if True in answers:
        return True
    return None if None in answers else False


def _is_account(sym: Lookup, element: Value, sides: Sides) -> bool | None:
    """Whether an element of the list is the account of the connector; None if not known."""
    from symlint.sym.aws.accounts import same_account
    from symlint.sym.aws.provider_configurations import provider_of_resource

    text = element.string
    if text is not None:
        return text in sides.accounts if sides.accounts else None
    reference = element.reference
    if reference is None or reference.address.type != "aws_caller_identity":
        return None
    instance = sym.terraform.resource(reference.address)
    provider = None if instance is None else provider_of_resource(instance)
    if provider is None:
        return None
    if same_account(provider, sides.there):
        return True
    return False if same_account(provider, sides.here) else None


def has_other_policies(sym: Lookup, runtime: SymModule) -> bool:
    """Whether the role of a runtime has, or may have, policies that this rule does not see."""
    given = runtime.call.argument("policy_arns")
    if given is not None and given.items != {}:
        return True
    with_others = sym.once(_with_other_policies)
    return None in with_others or runtime.address in with_others


def _with_other_policies(sym: Lookup) -> frozenset[Address | None]:
    """The calls of runtime connectors whose roles have other policies; None where any may be meant."""
    return frozenset(
        found
        for type_name, argument in _POLICIES.items()
        for instance in external_resources(sym, type_name)
        for found in _owners(sym, instance, argument)
    )


def _owners(sym: Lookup, instance: ResourceInstance, argument: str) -> Iterator[Address | None]:
    """Whose a policy may be; an addon's is none that matters."""
    policy = instance.attribute("policy_arn")
    read = None if policy is None else sym.output_read(policy)
    if read is not None and read.module.kind == "addon":
        return
    value = instance.attribute(argument)
    for role in () if value is None else (value.elements or (value,)):
        read = sym.output_read(role)
        made_here = any(hop.reference.address.type == "aws_iam_role" for hop in role.hops)
        if read is not None:
            yield read.module.address
        elif role.is_unknown and not made_here:
            yield None


def caller_identity(runtime: SymModule, provider: ProviderUse) -> str | None:
    """The name of a data source beside the runtime connector that knows the account."""
    from symlint.sym.aws.provider_configurations import provider_of_resource

    for instance in runtime.call.parent.data_sources():
        if instance.type == "aws_caller_identity" and instance.declaration.repeated is None:
            used = provider_of_resource(instance)
            if used is not None and used.identity == provider.identity:
                return instance.name
    return None
