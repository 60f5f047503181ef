"""Nested blocks that a provider's schema knows, in native and in JSON syntax alike."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.hcl.nodes import Attribute, Block, Body, Literal, Object, Tuple
from symlint.source.file_names import is_json_file

if TYPE_CHECKING:
    from collections.abc import Iterator


def nested_blocks(body: Body, type_name: str) -> Iterator[Block]:
    """The blocks of one type directly in ``body``.

    In a JSON file, where an attribute may be what the native syntax writes as a block, also those
    that an attribute with an object, or a list of objects, as its value stands for.
    """
    yield from body.blocks(type_name)
    if not is_json_file(body.source.path):
        return
    for item in body.items:
        if type(item) is Attribute and item.name == type_name:
            values = item.value.elements if type(item.value) is Tuple else (item.value,)
            for value in values:
                if type(value) is Object:
                    alone = value is item.value
                    yield _block(item, value, alone)


def _block(attribute: Attribute, value: Object, alone: bool) -> Block:
    source = value.source
    items: list[Attribute | Block] = []
    complete = True
    for item in value.items:
        key = item.key
        if type(key) is Literal and isinstance(key.value, str):
            if key.value != "//":
                items.append(
                    Attribute(source, item.start, item.end, key.value, key.end, item.value)
                )
        else:
            complete = False
    body = Body(source, value.start + 1, value.end - 1, tuple(items), complete)
    start, header_end = (
        (attribute.start, attribute.name_end) if alone else (value.start, value.start + 1)
    )
    return Block(source, start, value.end, attribute.name, (), header_end, body)
