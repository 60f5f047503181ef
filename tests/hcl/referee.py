"""Two trees of one file compared: what must be the same whichever parser made them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.hcl.nodes import (
    Attribute,
    Block,
    Body,
    Call,
    IndexStep,
    Literal,
    Node,
    Template,
    Traversal,
)
from symlint.hcl.walk import children

if TYPE_CHECKING:
    from collections.abc import Iterator


def facts(body: Body) -> list[tuple[object, ...]]:
    """Blocks, arguments, traversals, calls and literals with their ranges, heredocs left out."""
    return sorted(_facts(body), key=repr)


def _facts(body: Body) -> Iterator[tuple[object, ...]]:
    stack: list[Node] = [body]
    while stack:
        node = stack.pop()
        place = (node.start, node.end)
        if isinstance(node, Template) and node.heredoc:
            yield ("heredoc", *place)
            continue
        if isinstance(node, Block):
            labels = tuple((label.start, label.end, label.value) for label in node.labels)
            yield ("block", *place, node.type, labels, node.header_end)
        elif isinstance(node, Attribute):
            yield ("attribute", *place, node.name, node.name_end)
        elif isinstance(node, Traversal):
            yield ("traversal", *place, node.root, *map(_step, node.steps))
        elif isinstance(node, Call):
            yield ("call", *place, node.name, node.name_end, node.expand_final)
        elif isinstance(node, Literal):
            yield ("literal", *place, node.value)
        elif not isinstance(node, Body):
            yield (type(node).__name__, *place)
        stack.extend(child for child in children(node))


def _step(step: Node) -> object:
    name = step.key if isinstance(step, IndexStep) else getattr(step, "name", None)
    return (step.start, step.end, name)
