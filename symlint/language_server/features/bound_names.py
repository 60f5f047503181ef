"""Names that ``for`` and ``dynamic`` bind: where each is written, and everywhere that it is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from symlint.hcl.nodes import Attribute, Block, For, TemplateFor, Traversal
from symlint.hcl.walk import children, walk
from symlint.language_server.features.cursor import label_range
from symlint.named_tuple import NamedTuple
from symlint.source.text import Range
from symlint.terraform.modules.references import RESERVED_ROOTS, free_traversals
from symlint.terraform.modules.sites import iterator_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from symlint.hcl.nodes import Node
    from symlint.language_server.features.cursor import Cursor

Binder: TypeAlias = For | TemplateFor | Block
"""What binds names: a block is a ``dynamic`` one."""


class BoundName(NamedTuple):
    """A name, and what binds it; ``declared`` is where that is written, as far as it can be told.

    ``fixed`` where it is the type of the blocks that a ``dynamic`` block makes.
    """

    name: str
    binder: Binder
    declared: Range | None
    fixed: bool = False

    @property
    def reads(self) -> tuple[Range, ...]:
        """Everywhere that it is read."""
        return tuple(
            Range(it.source, it.start, it.root_end)
            for it in _free_in(self.binder)
            if it.root == self.name
        )

    @property
    def names_inside(self) -> frozenset[str]:
        """The names that another name must not be: those that are read or bound inside, and Terraform's."""
        inner = {it.name for node in walk(self.binder) for it in names_of(node)}
        return RESERVED_ROOTS | inner | {it.root for it in _free_in(self.binder)}


def bound_name_at(cursor: Cursor) -> BoundName | None:
    """The name at a place that something around it binds; None where there is none."""
    for binder in reversed(cursor.nodes):
        for bound in names_of(binder):
            place = bound.declared
            if place is not None and place.start <= cursor.offset <= place.end:
                return bound
    node = cursor.inner(Traversal)
    if node is None or cursor.offset > node.root_end:
        return None
    return next(bound_names_of(node, cursor), None)


def _reads(bound: BoundName, node: Traversal) -> bool:
    return node.root == bound.name and binds_at(bound.binder, node.start)


def free_reference(cursor: Cursor) -> Traversal | None:
    """The reference that a place is in, unless something around it binds its first name."""
    node = cursor.inner(Traversal)
    return None if node is None or any(bound_names_of(node, cursor)) else node


def bound_names_of(node: Traversal, cursor: Cursor) -> Iterator[BoundName]:
    """What the first name of a reference at a place is, if something around binds it: the nearest first."""
    for binder in reversed(cursor.nodes):
        yield from (it for it in names_of(binder) if _reads(it, node))


def binds_at(binder: Node, offset: int) -> bool:
    """Whether the names that something binds can be used at a place in it."""
    if isinstance(binder, (For, TemplateFor)):
        collection = binder.collection
        return not collection.start <= offset < collection.end
    for_each = binder.body.attribute("for_each") if isinstance(binder, Block) else None
    return for_each is None or not for_each.start <= offset < for_each.end


def binds_names(node: Node) -> bool:
    """Whether a node binds names."""
    return next(names_of(node), None) is not None


def names_of(node: Node) -> Iterator[BoundName]:
    """The names that a node binds, if it binds any."""
    if isinstance(node, (For, TemplateFor)):
        yield from _names_of_for(node)
    elif isinstance(node, Block) and node.type == "dynamic" and node.labels:
        name, attribute = iterator_name(node), node.body.attribute("iterator")
        if name is None or attribute is None:
            label = node.labels[0]
            yield BoundName(label.value, node, label_range(label), fixed=True)
        else:
            start = attribute.value.start
            yield BoundName(name, node, Range(node.source, start, start + len(name)))


def _names_of_for(node: For | TemplateFor) -> Iterator[BoundName]:
    names = [it for it in (node.key_name, node.value_name) if it is not None]
    written = r"\s*,\s*".join(f"({re.escape(it)})" for it in names)
    start = node.start
    # Comments between the names are rare: their places are not known then.
    match = re.search(rf"\bfor\s+{written}\s+in\b", node.source.text[start : node.collection.start])
    for number, name in enumerate(names, 1):
        first, last = match.span(number) if match is not None else (0, 0)
        place = Range(node.source, start + first, start + last) if match is not None else None
        yield BoundName(name, node, place)


def _free_in(binder: Binder) -> Iterator[Traversal]:
    """The references inside, whose first name nothing further inside binds."""
    if isinstance(binder, Block):
        yield from _free_in_items(binder.body.items, 0)
        return
    for part in children(binder):
        if part is not binder.collection:
            yield from free_traversals(part)


def _free_in_items(items: Sequence[Node], level: int) -> Iterator[Traversal]:
    """Those in the arguments and blocks inside of a ``dynamic`` block, other than its own ``for_each``."""
    for item in items:
        if isinstance(item, Attribute):
            if level or item.name == "labels":
                yield from free_traversals(item.value)
        elif isinstance(item, Block):
            own = {it.name for it in names_of(item)}
            for found in _free_in_items(item.body.items, level + 1):
                if found.root not in own or not binds_at(item, found.start):
                    yield found
