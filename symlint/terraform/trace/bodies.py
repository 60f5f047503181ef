"""Resources and blocks as values: their arguments, and their nested blocks as lists."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.terraform.modules.declarations import RESOURCE_META_ARGUMENTS, RESOURCE_META_BLOCKS
from symlint.terraform.values.types import ANY, object_of, tuple_of
from symlint.terraform.values.value import ObjectReference, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from symlint.source.text import Range
    from symlint.terraform.instances.bodies import BlockInstance, ConfiguredBody
    from symlint.terraform.instances.resource_instance import ResourceInstance


def resource_value(instance: ResourceInstance) -> Value:
    """A whole resource: what is configured, its blocks, and what the provider is known to add."""
    items = dict(_configured(instance))
    content = instance.value.content
    assert isinstance(content, ObjectReference)
    for name in content.names():
        if name not in items:
            value = content.attribute(name)
            if value is not None:
                items[name] = value
    return _object(items, instance.range)


def body_value(body: ConfiguredBody, origin: Range) -> Value:
    """What a block says, as an object."""
    return _object(dict(_configured(body)), origin)


def _object(items: dict[str, Value], origin: Range) -> Value:
    ordered = {name: items[name] for name in sorted(items)}
    type_ = object_of({name: value.type for name, value in ordered.items()})
    return Value(type_, ordered, origin)


def _configured(body: ConfiguredBody) -> Iterator[tuple[str, Value]]:
    """The attributes and blocks of a body, meta-arguments and meta-blocks left out."""
    for name, value in body.attributes().items():
        if name not in RESOURCE_META_ARGUMENTS:
            yield name, value
    for name in dict.fromkeys(block.type for block in body.blocks()):
        if name not in RESOURCE_META_BLOCKS:
            blocks = body.blocks(name)
            yield name, _list_of_blocks(blocks, blocks[0].range if blocks else body.body.range)


def blocks_value(instance: ResourceInstance, name: str, indexed: bool) -> Value | None:
    """The nested blocks of a type as a list; None where there are none, or it is an attribute.

    In JSON an object stands for a block or for an attribute: an index (``indexed``) is one of a
    block.
    """
    if instance.configured(name) is not None:
        value = instance.attribute(name)
        if not indexed or value is None or value.items is None:
            return None
    blocks = instance.blocks(name)
    return _list_of_blocks(blocks, instance.range) if blocks else None


def _list_of_blocks(blocks: Sequence[BlockInstance], origin: Range) -> Value:
    values = [body_value(block, block.range) for block in blocks]
    for block, value in zip(blocks, values, strict=True):
        if block.symbolic:
            reason = "it is not known how many of these blocks there are"
            content = Unknown("condition", reason, element=value, not_null=True)
            return Value(ANY, content, block.range)
    return Value(tuple_of([value.type for value in values]), tuple(values), origin)
