"""Where the secrets of ``sym_secret`` are stored, and by which tag the runtime may read them."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple
from symlint.sym.aws.external import external_named, external_read, external_resources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.source.text import Range
    from symlint.sym.model.integrations import Secret
    from symlint.sym.model.views import Lookup
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.values.addresses import Address
    from symlint.terraform.values.value import Value


class Stored(NamedTuple):
    """The resource of the store's provider that a ``sym_secret`` is about; where it says so."""

    instance: ResourceInstance
    range: Range


def store_types(sym: Lookup) -> tuple[str, ...]:
    """The resource types that hold secrets, of all kinds of store."""
    kinds = (kind for entry in sym.catalogue.secrets.values() for kind in entry.secret_resources)
    return tuple(dict.fromkeys(kinds))


def stored_secret(secret: Secret, value: Value) -> Stored | None:
    """The resource that ``value``, the path of a secret, was read from or is the name of."""
    sym, types = secret.sym, store_types(secret.sym)
    read = external_read(sym, value, *types)
    if read is not None:
        return Stored(read.instance, read.range or secret.range("path"))
    for kind in types:
        named = external_named(sym, value, kind)
        if named is not None:
            return Stored(named, secret.range("path"))
    return None


def opened_otherwise(sym: Lookup, instance: ResourceInstance) -> bool:
    """Whether a resource has, or may have, a policy of its own; it can open it to anybody."""
    own = sym.catalogue.external_resources.get(instance.type)
    if own is not None and any(instance.configured(name) for name in own.policy_arguments):
        return True
    opened = sym.once_for(
        (opened_otherwise, instance.type), lambda: frozenset(_with_policies(sym, instance.type))
    )
    return not opened.isdisjoint((None, instance.address.without_key()))


def _with_policies(sym: Lookup, type_name: str) -> Iterator[Address | None]:
    """The resources of a type that have policies of their own; None where that is not known."""
    for name in sym.catalogue.external_resources:
        for policy in external_resources(sym, name):
            entry = sym.catalogue.external_resources[name]
            if entry.policy_of is not None:
                value = policy.attribute(entry.policy_of)
                read = None if value is None else external_read(sym, value, type_name)
                yield None if read is None else read.address.without_key()
