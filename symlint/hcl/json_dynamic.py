"""Which JSON properties are nested blocks, as far as the ``dynamic`` blocks in them say so."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.hcl.json_reader import JsonArray, JsonObject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.hcl.json_reader import JsonValue


def holds_dynamic(value: JsonValue, known: dict[JsonObject, bool]) -> bool:
    """Whether a ``dynamic`` block stands in the value, at any depth.

    What it stands in is a block then, and so is everything around that. Such a property has the
    form that no other value has: below its labels, objects with ``for_each`` and ``content``.
    ``known`` has the answers for objects, and takes those that are found.
    """
    for body in _objects(value):
        if body not in known:
            known[body] = any(
                (key.value == "dynamic" and _is_dynamic(member)) or holds_dynamic(member, known)
                for key, member in body.members
            )
        if known[body]:
            return True
    return False


def _is_dynamic(value: JsonValue) -> bool:
    contents = [
        {key.value for key, _ in block.members}
        for labelled in _objects(value)
        for _, member in labelled.members
        for block in _objects(member)
    ]
    return bool(contents) and all({"for_each", "content"} <= names for names in contents)


def _objects(value: JsonValue) -> Iterator[JsonObject]:
    """The objects that a body can be: the value itself, or the elements of an array."""
    if isinstance(value, JsonObject):
        yield value
    elif isinstance(value, JsonArray):
        yield from (element for element in value.elements if isinstance(element, JsonObject))
