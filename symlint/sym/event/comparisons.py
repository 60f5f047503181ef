"""Literal texts that code compares something with."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.implementation.python_module import PythonModule


class Comparison(NamedTuple):
    """What is compared, in the words of ``meanings``, with a literal at ``node``."""

    meaning: str
    text: str
    node: ast.expr


def comparisons(module: PythonModule) -> tuple[Comparison, ...]:
    """``x == "a"``, ``x != "a"``, ``x in ("a", "b")`` and their like, for each literal."""
    return tuple(_comparisons(module))


def _comparisons(module: PythonModule) -> Iterator[Comparison]:
    for node in module.nodes:
        if not isinstance(node, ast.Compare):
            continue
        sides = [node.left, *node.comparators]
        for left, operator, right in zip(sides, node.ops, sides[1:], strict=False):
            if isinstance(operator, (ast.Eq, ast.NotEq)):
                yield from _with(module, left, [right])
                yield from _with(module, right, [left])
            elif isinstance(operator, (ast.In, ast.NotIn)):
                yield from _with(module, left, elements(module, right))


def elements(module: PythonModule, node: ast.expr) -> list[ast.expr]:
    """Those of a tuple, list or set that is written out, there or under the one name that it has."""
    if isinstance(node, ast.Name):
        bindings = module.scopes.bindings(node)
        node = (bindings[0].value if len(bindings) == 1 else None) or node
    return node.elts if isinstance(node, (ast.Tuple, ast.List, ast.Set)) else []


def _with(module: PythonModule, side: ast.expr, others: list[ast.expr]) -> Iterator[Comparison]:
    for other in others:
        text = module.meanings.text(other)
        meaning = None if text is None else module.meanings.of(side)
        if text is not None and meaning is not None:
            yield Comparison(meaning, text, other)
