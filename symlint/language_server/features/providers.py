"""Configurations of providers: ``provider = aws.sso``, ``providers = { aws = aws.sso }``, and their blocks."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from symlint.hcl.nodes import Attribute, AttributeStep, Block, Literal, ObjectItem, Traversal
from symlint.hcl.walk import walk
from symlint.language_server.features.cursor import label_range
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.hcl.nodes import Node
    from symlint.language_server.features.cursor import Cursor
    from symlint.source.text import Range
    from symlint.sym.model.configuration import SymConfiguration


class Provider(NamedTuple):
    """A configuration of a provider, by its local name."""

    name: str
    alias: str | None


def provider_at(cursor: Cursor) -> Provider | None:
    """The configuration that a place names or declares; None where it does neither."""
    block, node = cursor.block, cursor.inner(Traversal)
    if block is None:
        return None
    if block.type == "provider" and block.labels:
        alias = block.body.attribute("alias")
        in_alias = alias is not None and alias.start <= cursor.offset < alias.end
        return _declared(block) if cursor.offset < block.header_end or in_alias else None
    is_one = node is not None and any(it is node for it in _references(block))
    return _named(node) if node is not None and is_one else None


def provider_places(
    configurations: Iterable[SymConfiguration], cursor: Cursor, provider: Provider
) -> Iterator[tuple[Range, bool]]:
    """Where a module names a configuration, and whether it declares it there."""
    directory = os.path.dirname(cursor.path)
    for sym in configurations:
        module = sym.terraform.called.modules.get(directory)
        for body in () if module is None else module.bodies:
            for block in body.blocks():
                if block.type == "provider" and _declared(block) == provider:
                    alias = block.body.attribute("alias")
                    name = label_range(block.labels[0])
                    yield (name if alias is None else alias.value.range), True
                for node in _references(block):
                    if _named(node) == provider:
                        yield node.range, False


def _declared(block: Block) -> Provider | None:
    if len(block.labels) != 1:
        return None
    alias = block.body.attribute("alias")
    value = alias.value.value if alias is not None and type(alias.value) is Literal else None
    return Provider(block.labels[0].value, value if isinstance(value, str) else None)


def _references(block: Block) -> Iterator[Traversal]:
    """The configurations that a resource or the call of a module takes."""
    name = "providers" if block.type == "module" else "provider"
    attribute = block.body.attribute(name)
    if attribute is not None and block.type in ("module", "resource", "data", "ephemeral"):
        yield from _taken(attribute)


def _taken(attribute: Attribute) -> Iterator[Traversal]:
    found: Iterable[Node] = [attribute.value]
    if attribute.name == "providers":
        found = (it.value for it in walk(attribute.value) if isinstance(it, ObjectItem))
    yield from (it for it in found if type(it) is Traversal)


def _named(node: Traversal) -> Provider:
    step = node.steps[0] if node.steps else None
    return Provider(node.root, step.name if type(step) is AttributeStep else None)
