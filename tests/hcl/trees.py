"""Syntax trees as nested tuples, short enough to write down in a test."""

from __future__ import annotations

from typing import Any

from symlint.hcl import ParsedFile, parse
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
    IndexStep,
    Interpolation,
    Literal,
    Node,
    Object,
    Parenthesis,
    RelativeTraversal,
    Splat,
    SplatItem,
    Template,
    TemplateFor,
    TemplateIf,
    Traversal,
    Tuple,
    Unary,
)
from symlint.source.text import SourceFile


def parsed(text: str, path: str = "/test.tf") -> ParsedFile:
    """A file of this text, parsed by the native (or for ``*.json`` the JSON) parser."""
    return parse(SourceFile(path, text))


def messages(text: str, path: str = "/test.tf") -> list[str]:
    """``line:column message`` of each problem."""
    return [
        f"{problem.range.line}:{problem.range.column} {problem.message}"
        for problem in parsed(text, path).problems
    ]


def value(expression: str) -> Node:
    """The tree of one expression, which must be valid."""
    result = parsed(f"x = {expression}\n")
    assert not result.problems, result.problems
    attribute = result.body.items[0]
    assert isinstance(attribute, Attribute)
    return attribute.value


def body_shape(body: Body) -> list[Any]:
    """A body: ``(name, shape)`` for attributes, ``(type, labels, body)`` for blocks."""
    return [
        (item.name, shape(item.value))
        if isinstance(item, Attribute)
        else (item.type, [label.value for label in item.labels], body_shape(item.body))
        for item in body.items
    ]


def shape(node: Node) -> Any:
    """An expression as nested tuples; literals are their values, variables dotted names."""
    match node:
        case Literal():
            return node.value
        case Traversal():
            return node.root + _steps(node.steps)
        case RelativeTraversal():
            return ("of", shape(node.operand), _steps(node.steps))
        case Index():
            return ("index", shape(node.collection), shape(node.key))
        case Splat():
            return ("splat" if node.full else "legacy splat", shape(node.operand), shape(node.each))
        case SplatItem():
            return "*"
        case Call():
            dots = ("...",) if node.expand_final else ()
            return ("call", node.name, *map(shape, node.arguments), *dots)
        case Tuple():
            return [shape(element) for element in node.elements]
        case Object():
            return ("object", *((shape(item.key), shape(item.value)) for item in node.items))
        case For():
            names = (node.key_name, node.value_name)
            key = None if node.key is None else shape(node.key)
            condition = None if node.condition is None else shape(node.condition)
            group = "..." if node.grouping else ""
            return ("for", names, shape(node.collection), key, shape(node.value), group, condition)
        case Conditional():
            return ("if", shape(node.condition), shape(node.then), shape(node.otherwise))
        case Binary():
            return (node.operator, shape(node.left), shape(node.right))
        case Unary():
            return (node.operator, shape(node.operand))
        case Parenthesis():
            return ("()", shape(node.expression))
        case Template():
            return ("template", *map(shape, node.parts))
        case Interpolation():
            return ("${}", shape(node.expression))
        case TemplateIf():
            then, otherwise = map(shape, node.then), map(shape, node.otherwise)
            return ("%if", shape(node.condition), [*then], [*otherwise])
        case TemplateFor():
            names = (node.key_name, node.value_name)
            return ("%for", names, shape(node.collection), [*map(shape, node.parts)])
    raise TypeError(node)


def _steps(steps: tuple[Any, ...]) -> str:
    text = ""
    for step in steps:
        if isinstance(step, AttributeStep):
            text += "." + step.name
        else:
            assert isinstance(step, IndexStep)
            text += f"[{step.key!r}]"
    return text


def block(body: Body, type_name: str) -> Block:
    """The only block of a type."""
    (found,) = body.blocks(type_name)
    return found
