"""Going through a syntax tree without knowing every node type."""

from __future__ import annotations

from bisect import bisect_right

from symlint.annotations import TYPE_CHECKING
from symlint.hcl.nodes import (
    Attribute,
    AttributeStep,
    Binary,
    Block,
    Body,
    Call,
    Conditional,
    For,
    Index,
    Interpolation,
    Node,
    Object,
    ObjectItem,
    Parenthesis,
    RelativeTraversal,
    Splat,
    Template,
    TemplateFor,
    TemplateIf,
    Traversal,
    Tuple,
    Unary,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from symlint.hcl.nodes import Expression


def _for_children(node: For) -> Sequence[Node]:
    parts = (node.collection, node.key, node.value, node.condition)
    return [part for part in parts if part is not None]


# Traversal steps are nodes with ranges too, but hold nothing to go into; they come after operands.
_CHILDREN: dict[type[Node], Callable[[Any], Sequence[Node]]] = {
    Attribute: lambda node: (node.value,),
    Binary: lambda node: (node.left, node.right),
    Block: lambda node: (*node.labels, node.body),
    Body: lambda node: node.items,
    Call: lambda node: node.arguments,
    Conditional: lambda node: (node.condition, node.then, node.otherwise),
    For: _for_children,
    Index: lambda node: (node.collection, node.key),
    Interpolation: lambda node: (node.expression,),
    Object: lambda node: node.items,
    ObjectItem: lambda node: (node.key, node.value),
    Parenthesis: lambda node: (node.expression,),
    RelativeTraversal: lambda node: (node.operand, *node.steps),
    Splat: lambda node: (node.operand, node.each),
    Template: lambda node: node.parts,
    TemplateFor: lambda node: (node.collection, *node.parts),
    TemplateIf: lambda node: (node.condition, *node.then, *node.otherwise),
    Traversal: lambda node: node.steps,
    Tuple: lambda node: node.elements,
    Unary: lambda node: (node.operand,),
}


def children(node: Node) -> Sequence[Node]:
    """The nodes directly inside ``node``, in source order."""
    get = _CHILDREN.get(type(node))
    return get(node) if get is not None else ()


def walk(node: Node) -> Iterator[Node]:
    """``node`` and every node inside it, each before what is inside it, in source order."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        get = _CHILDREN.get(type(node))
        if get is not None:
            stack.extend(reversed(get(node)))


def child_at(siblings: Sequence[Node], offset: int) -> Node | None:
    """That of some nodes, in source order, which ``offset`` lies in; None between them."""
    index = bisect_right(siblings, offset, key=lambda node: node.start) - 1
    return siblings[index] if index >= 0 and offset < siblings[index].end else None


def higher_than(node: Node, bound: int) -> bool:
    """Whether the tree below ``node`` has more than ``bound`` levels."""
    level: Sequence[Node] = (node,)
    for _ in range(bound):
        level = [child for parent in level for child in children(parent)]
        if not level:
            return False
    return True


def steps_behind(expression: Expression, offset: int) -> tuple[str, ...]:
    """The steps of an expression from ``offset`` on: names and keys, "?" for all others.

    Others are numbers, computed indexes and splats.
    """
    found: list[str] = []
    node = expression
    while True:
        if isinstance(node, (Traversal, RelativeTraversal)):
            for step in reversed(node.steps):
                if step.start < offset:
                    break
                name = step.name if type(step) is AttributeStep else getattr(step, "key", None)
                found.append(name if isinstance(name, str) else "?")
            if isinstance(node, Traversal):
                break
            node = node.operand
        elif type(node) is Index:
            if node.collection.end >= offset:
                found.append("?")
            node = node.collection
        elif type(node) is Splat:
            found.extend(reversed(steps_behind(node.each, offset)))
            if node.operand.end >= offset:
                found.append("?")
            node = node.operand
        else:
            break
    return tuple(reversed(found))
