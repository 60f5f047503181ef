"""Our syntax tree in the shape that pygohcl (HashiCorp's parser) answers in.

pygohcl gives the values of literals, and for all other expressions the text of their range with white space squeezed: so
equal answers mean equal cooked strings, equal numbers and equal ranges.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from symlint.hcl.native.lexer import tokenize
from symlint.hcl.nodes import (
    Attribute,
    Body,
    Conditional,
    Interpolation,
    Literal,
    Node,
    Object,
    Template,
    TemplateFor,
    TemplateIf,
    Tuple,
    Unary,
)


def as_hashicorp(body: Body) -> dict[str, Any]:
    """A body as ``pygohcl.loads`` returns it: blocks nested by type and labels.

    Blocks of the same type and labels are a list, a single one is not.
    """
    result: dict[str, Any] = {}
    for item in body.items:
        if isinstance(item, Attribute):
            result[item.name] = value_of(item.value)
            continue
        target = result
        *path, name = (item.type, *(label.value for label in item.labels))
        for step in path:
            target = target.setdefault(step, {})
        content = as_hashicorp(item.body)
        if name not in target:
            target[name] = content
        elif isinstance(target[name], list):
            target[name].append(content)
        else:
            target[name] = [target[name], content]
    return result


def value_of(node: Node) -> Any:
    """An expression as pygohcl shows it."""
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Tuple):
        return [value_of(element) for element in node.elements]
    if isinstance(node, Object):
        return {str(value_of(item.key)): value_of(item.value) for item in node.items}
    if isinstance(node, Template):
        return "".join(_part(part) for part in node.parts)
    if isinstance(node, Unary) and isinstance(node.operand, Literal):
        value = node.operand.value
        if node.operator == "!":
            return not value
        assert isinstance(value, int | Decimal)
        return -value
    return _squeezed(node)


def _part(node: Node) -> str:
    if isinstance(node, Literal):
        return str(node.value)
    if isinstance(node, Interpolation):
        inner = node.expression
        if isinstance(inner, Conditional):
            # To HashiCorp's parser a directive and an interpolated conditional are the same.
            return _if(inner.condition, value_of(inner.then), value_of(inner.otherwise))
        return str(value_of(inner))
    if isinstance(node, TemplateIf):
        then = "".join(map(_part, node.then))
        return _if(node.condition, then, "".join(map(_part, node.otherwise)))
    assert isinstance(node, TemplateFor)
    names = f"{node.key_name}, {node.value_name}" if node.key_name else node.value_name
    parts = "".join(map(_part, node.parts))
    return f"%{{for {names} in {value_of(node.collection)}}}{parts}%{{endfor}}"


def _if(condition: Node, then: Any, otherwise: Any) -> str:
    alternative = f"%{{else}}{otherwise}" if otherwise != "" else ""
    return f"%{{if {value_of(condition)}}}{then}{alternative}%{{endif}}"


def _squeezed(node: Node) -> str:
    """The text of a node without comments, white space squeezed, as pygohcl gives it."""
    lexed = tokenize(node.source.text, node.start, node.end)
    text, position = "", node.start
    for start, end in lexed.comments:
        text += node.source.text[position:start]
        position = end
    return " ".join((text + node.source.text[position : node.end]).split())
