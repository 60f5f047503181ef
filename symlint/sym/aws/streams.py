"""What log destinations write to: streams of other providers, by the name that is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.named_tuple import NamedTuple
from symlint.sym.aws.external import external_named, external_read

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.sym.model.environments import LogDestination
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import Lookup
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
        return None if read.gives is None else False
    external = external_read(sym, arn, stream.kind)
    if external is not None:
        if stream.instance is None:
            return False
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
    same_block = one.address.without_key() == other.address.without_key()
    return None if same_block and (one.symbolic or other.symbolic) else False
