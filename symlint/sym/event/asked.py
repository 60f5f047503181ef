"""Whether code asks what something is before it uses it, or changes it itself."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.reads import Read, Reads


def tested(module: PythonModule) -> frozenset[ast.expr]:
    """The values that a test is about, by themselves or by name: ``x or "#general"``, ``if x:``."""
    found: set[ast.expr] = set()
    for node in module.nodes:
        if isinstance(node, ast.expr) and _in_test(module, node):
            found.add(node)
            if isinstance(node, ast.NamedExpr):
                found.add(node.value)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                bindings = module.scopes.bindings(node)
                found.update(it.value for it in bindings if it.value is not None)
    return frozenset(found)


def added(module: PythonModule, meaning: str, reads: Reads) -> bool:
    """Whether code may put something into a map: by ``setdefault`` or ``update``, by assignment."""
    for node in reads.others:
        parent = module.scopes.parent(node)
        if isinstance(parent, ast.Attribute) and parent.attr in ("setdefault", "update"):
            return True
    stored = (
        it for it in module.nodes if isinstance(it, ast.Subscript) and isinstance(it.ctx, ast.Store)
    )
    return any(module.meanings.of(it.value) == meaning for it in stored)


def caught(module: PythonModule, reads: Iterable[Read]) -> frozenset[str]:
    """The keys of which code tries whether they are there, and goes on without."""
    return frozenset(
        read.key
        for read in reads
        if (ways := module.ways.to(read.whole)) and all(way.caught for way in ways)
    )


def _in_test(module: PythonModule, node: ast.AST) -> bool:
    """Whether it depends on a node which way the code takes."""
    parent = module.scopes.parent(node)
    while isinstance(parent, (ast.UnaryOp, ast.Compare, ast.NamedExpr)):
        node, parent = parent, module.scopes.parent(parent)
    if isinstance(parent, (ast.If, ast.While, ast.IfExp, ast.Assert)):
        return parent.test is node
    return isinstance(parent, ast.BoolOp) or (
        isinstance(parent, ast.comprehension) and node in parent.ifs
    )
