"""The tags of a resource of AWS: its own, and the ``default_tags`` of its provider."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple
from symlint.sym.aws.provider_configurations import provider_of_resource
from symlint.terraform.instances.bodies import ConfiguredBody

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from symlint.sym.model.views import Lookup
    from symlint.terraform.instances.module_instance import ModuleInstance
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.values.value import Value

_DEFAULTS = "default_tags"


class Tags(NamedTuple):
    """The tags that a resource has; None where they are not known, for ``reason``."""

    items: Mapping[str, Value] | None
    reason: str = ""


def tags_of(sym: Lookup, instance: ResourceInstance) -> Tags:
    """The tags of a resource, as its type in the catalogue has them."""
    entry = sym.catalogue.external_resources.get(instance.type)
    if entry is None or entry.tags_argument is None:
        return Tags(None, "it has no tags that are known of")
    if instance.declaration.kind != "resource":
        return Tags(None, "it is managed elsewhere")
    own = instance.attribute(entry.tags_argument)
    items: Mapping[str, Value] = {}
    if own is None:
        if not instance.complete:
            return Tags(None, "the block has errors")
    elif not own.is_null:
        if own.items is None:
            unknown = own.unknown
            return Tags(None, "its tags are not known" if unknown is None else unknown.reason)
        items = own.items
    defaults = _default_tags(sym, instance)
    return defaults if defaults.items is None else Tags({**defaults.items, **items})


def _default_tags(sym: Lookup, instance: ResourceInstance) -> Tags:
    """What the provider adds by itself.

    https://registry.terraform.io/providers/hashicorp/aws/latest/docs#default_tags
    """
    written = {name: found for module in sym.module_instances for name, found in _defaults(module)}
    if not written:
        return Tags({})
    provider = provider_of_resource(instance)
    if provider is None or any(module for module, _ in written if module):
        return Tags(None, "the tags that its provider adds are not known")
    found = written.get(provider.identity)
    if found is None:
        return Tags({})
    if found.items is None:
        return Tags(None, "the tags that its provider adds are not known")
    return Tags(found.items)


def _defaults(module: ModuleInstance) -> Iterator[tuple[tuple[tuple[object, ...], str], Value]]:
    """The default tags that the provider blocks of a module state, by module and local name."""
    from symlint.terraform.values.value import unknown

    for provider in module.module.providers.values():
        body = ConfiguredBody(provider.block.body, module.scope)
        for block in body.blocks(_DEFAULTS):
            tags = block.attribute("tags")
            if block.symbolic or tags is None:
                tags = unknown("condition", "the provider's tags are not known")
            yield (module.path, provider.local_name), tags
