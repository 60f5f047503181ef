"""Resources of other providers that a Sym configuration refers to: secrets, streams, roles."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple
from symlint.sym.model.link_resolution import read_at

if TYPE_CHECKING:
    from collections.abc import Hashable

    from symlint.source.text import Range
    from symlint.sym.model.views import Lookup
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.values.addresses import Address
    from symlint.terraform.values.value import Value


class ExternalRead(NamedTuple):
    """A value was read from a resource or data source of another provider.

    ``path`` is what was taken of it: ``("name",)``. ``range`` is where, as far as that is known.
    """

    instance: ResourceInstance
    path: tuple[object, ...]
    range: Range | None

    @property
    def address(self) -> Address:
        """The address of the instance."""
        return self.instance.address

    @property
    def is_data(self) -> bool:
        """Whether it is declared elsewhere, and only read here."""
        return self.instance.declaration.kind == "data"

    @property
    def local_name(self) -> str:
        """The address as it is written in its own module, instance keys left out."""
        return self.address.without_key().local_name


def external_read(sym: Lookup, value: Value, *types: str) -> ExternalRead | None:
    """From which resource of one of the types a value was read last; None if from none.

    Known and unknown values alike, and whole resources.
    """
    reference = value.reference
    if reference is None or reference.address.type not in types:
        reference = next(
            (h.reference for h in reversed(value.hops) if h.reference.address.type in types), None
        )
    if reference is None or reference.address.kind not in ("resource", "data"):
        return None
    instance = sym.terraform.resource(reference.address)
    if instance is None:
        return None
    return ExternalRead(instance, reference.path, read_at(value, reference.address))


def external_resources(sym: Lookup, type_name: str) -> tuple[ResourceInstance, ...]:
    """All instances of a resource type of another provider, outside Sym's own modules."""
    return sym.once_for(
        (external_resources, type_name),
        lambda: tuple(it for module in sym.module_instances for it in module.resources(type_name)),
    )


def external_named(sym: Lookup, value: Value, type_name: str) -> ResourceInstance | None:
    """The one resource of a type whose name is surely ``value``; None if there is none such."""
    entry = sym.catalogue.external_resources.get(type_name)
    if entry is None or not entry.name_attributes or value.is_null:
        return None
    from symlint.terraform.values.equality import identity

    argument = entry.name_attributes[0]
    named = sym.once_for((_by_name, type_name), lambda: _by_name(sym, type_name, argument))
    # What has no known name may still have the same one: both are the name of one thing.
    key = identity(value)
    found = [] if key is None else named.get(key, [])
    return found[0] if len(found) == 1 else None


def _by_name(sym: Lookup, type_name: str, argument: str) -> dict[Hashable, list[ResourceInstance]]:
    """The resources of a type by their names, as far as each surely is the name of one thing."""
    from symlint.terraform.values.equality import identity

    found: dict[Hashable, list[ResourceInstance]] = {}
    for instance in external_resources(sym, type_name):
        name = instance.attribute(argument)
        key = None if name is None else identity(name)
        if key is not None:
            found.setdefault(key, []).append(instance)
    return found
