"""Going through a tree of Python, as ``ast`` does it.

Importing ``ast`` takes 3 % of a clean run. The classes of its nodes are those of ``_ast``, which Python makes
anyway when it parses; ``ast`` itself is for what writes Python.
"""

from __future__ import annotations

import _ast as ast

from symlint.annotations import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


def fields(node: ast.AST) -> Iterator[tuple[str, Any]]:
    """What a node has, with its names."""
    for name in node._fields:
        yield name, getattr(node, name, None)


def children(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes right below a node."""
    for _, value in fields(node):
        if isinstance(value, ast.AST):
            yield value
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, ast.AST):
                    yield item


def walk(node: ast.AST) -> Iterator[ast.AST]:
    """A node and all below it, outer ones first."""
    found = [node]
    for it in found:
        found += children(it)
        yield it


def unparse(node: ast.AST) -> str:
    """The text of Python that means a node."""
    from ast import unparse as text

    return text(node)
