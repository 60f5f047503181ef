"""The streams that log destinations write to, and the addons that must grant access to them."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple
from symlint.sym.aws.external import external_named, external_read
from symlint.sym.model.environments import LogDestination
from symlint.sym.model.settings import setting_range
from symlint.terraform.values.equality import equal
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.source.text import Range
    from symlint.sym.catalogue.modules import RegistryModule
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import Link, Lookup
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.values.value import Value


class Stream(NamedTuple):
    """A stream: a resource, or what a module of Sym's makes; ``kind`` is its resource type.

    ``range`` is the text by which a log destination names it.
    """

    kind: str
    range: Range
    instance: ResourceInstance | None = None
    module: SymModule | None = None

    @property
    def header(self) -> Range:
        """The block that makes it."""
        if self.instance is not None:
            return self.instance.range
        return self.range if self.module is None else self.module.header


def stream_types(sym: Lookup) -> tuple[str, ...]:
    """The resource types that are streams of some type of log destination."""
    settings = (it.settings.values() for it in sym.catalogue.log_destinations.values())
    kinds = (kind for group in settings for setting in group for kind in setting.from_resources)
    return tuple(dict.fromkeys(kinds))


def stream_of(destination: LogDestination, value: Value, used: Range) -> Stream | None:
    """The stream whose name ``value``, used at ``used``, is; None where that is not known."""
    sym, kinds = destination.sym, stream_types(destination.sym)
    read = sym.output_read(value)
    if read is not None:
        made = [it.resource for it in read.module.entry.creates if it.resource in kinds]
        if read.gives is None or len(made) != 1:
            return None
        return Stream(made[0], read.range or used, module=read.module)
    external = external_read(sym, value, *kinds)
    if external is not None:
        return Stream(external.instance.type, external.range or used, external.instance)
    for kind in kinds:
        named = external_named(sym, value, kind)
        if named is not None:
            return Stream(kind, value.origin or used, named)
    return None


def same_stream(sym: Lookup, stream: Stream, arn: Value) -> bool | None:
    """Whether a value is the ARN of a stream; None where that is not known."""
    read = sym.output_read(arn)
    if read is not None:
        if stream.module is not None:
            return read.module is stream.module
        return None if read.gives is None or _is_read(stream.instance) else False
    external = external_read(sym, arn, stream.kind)
    if external is not None:
        if stream.instance is None:
            return None if external.is_data else False
        return _same(stream.instance, external.instance)
    text = arn.string
    if text is None or stream.instance is None:
        return None
    name = stream.instance.attribute("name")
    known = None if name is None else name.string
    if known is None:
        return None
    ending = text.rpartition("/")[2]
    return None if ending == known or "*" in text else False


def _same(one: ResourceInstance, other: ResourceInstance) -> bool | None:
    if one.address == other.address:
        return None if one.symbolic else True
    if _is_read(one) or _is_read(other):
        name, its = one.attribute("name"), other.attribute("name")
        known = name is not None and its is not None and equal(name, its) is False
        return False if known else None
    same_block = one.address.without_key() == other.address.without_key()
    return None if same_block and (one.symbolic or other.symbolic) else False


def _is_read(instance: ResourceInstance | None) -> bool:
    """Whether it is a data source: what that reads may be what a resource or module makes."""
    return instance is not None and instance.declaration.kind == "data"


class LogStream(NamedTuple):
    """A log destination, what it writes to, and the addon that opens it to the runtime."""

    destination: LogDestination
    stream: Stream | None
    link: Link
    addon: RegistryModule


def log_streams(sym: Lookup) -> Iterator[LogStream]:
    """What each log destination writes to, as far as an addon has to open it."""
    for destination in sym.all(LogDestination):
        entry = destination.entry
        addon = None
        if entry is not None and entry.granted_by is not None:
            addon = sym.catalogue.modules.get(entry.granted_by)
        if entry is None or addon is None or addon.grant is None:
            continue
        names = [name for name, it in entry.settings.items() if it.from_resources]
        value = None if not names else destination.setting(names[0])
        for link in destination.integration_link.branches:
            if link.outcome not in ("ok", "unknown", "identifier"):
                continue
            for leaf in (None,) if value is None else leaves(value):
                stream = None
                if leaf is not None:
                    used = setting_range(destination, names[0])
                    stream = stream_of(destination, leaf, used)
                yield LogStream(destination, stream, link, addon)


def goes_by_tag(addon: RegistryModule) -> bool:
    """Whether an addon opens streams by a tag of theirs."""
    return addon.grant is not None and addon.grant.tag_input is not None
