"""Names that Python code reads and nothing defines: running it gets a NameError."""

from __future__ import annotations

import ast
import builtins

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.scopes import Scopes

_BUILTINS: Final = frozenset(dir(builtins))
_BINDING: Final = frozenset({"exec", "globals"})
"""Functions that bind names which the text does not show."""


class Undefined(NamedTuple):
    """A name that is read and not defined; ``too_early`` if something defines it afterwards."""

    node: ast.Name
    too_early: bool = False


def undefined_names(module: PythonModule) -> tuple[Undefined, ...]:
    """The undefined names of a text in order; none where names come from a star import, ``exec`` or
    ``globals``.

    Annotations that are not evaluated, and what ``except NameError`` waits for, are left out.
    """
    if module.scopes.has_star_import:
        return ()
    found = [it for it in _suspects(module) if not _is_harmless(module, it.node)]
    if found and any(isinstance(it, ast.Name) and it.id in _BINDING for it in module.nodes):
        return ()
    return tuple(sorted(found, key=lambda it: (it.node.lineno, it.node.col_offset)))


def _suspects(module: PythonModule) -> Iterator[Undefined]:
    scopes = module.scopes
    first: dict[str, int] = {}
    for node in module.nodes:
        if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
            continue
        if node.id in _BUILTINS or node.id.startswith("__"):
            continue
        if not scopes.bindings(node):
            yield Undefined(node)
        elif scopes.is_of_text(node) and not scopes.is_postponed(node):
            if node.id not in first:
                first[node.id] = _first_line(scopes, node.id)
            if first[node.id] > _line(scopes, node):
                yield Undefined(node, too_early=True)


def _first_line(scopes: Scopes, name: str) -> int:
    """The line of the first statement of the text that binds a name; 0 where a function may."""
    nodes = [binding.node for binding in scopes.bindings_of_text(name)]
    return 0 if any(map(scopes.is_postponed, nodes)) else min(_line(scopes, it) for it in nodes)


def _line(scopes: Scopes, node: ast.AST) -> int:
    """The line of the statement of the text that a node is in."""
    line = getattr(node, "lineno", 0)
    for outer in _around(scopes, node):
        line = getattr(outer, "lineno", line)
    return int(line)


def _around(scopes: Scopes, node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that a node is in, the nearest first."""
    above = scopes.parent(node)
    while above is not None:
        yield above
        above = scopes.parent(above)


def _is_harmless(module: PythonModule, name: ast.Name) -> bool:
    """Whether a name is never evaluated, or the code is prepared for its being undefined."""
    inner: ast.AST = name
    for outer in _around(module.scopes, name):
        if inner is getattr(outer, "annotation", None) or inner is getattr(outer, "returns", None):
            local = isinstance(outer, ast.AnnAssign) and module.scopes.function_of(outer)
            return bool(local) or _defers_annotations(module)
        if isinstance(outer, ast.Try) and inner in outer.body and _awaits_name_error(outer):
            return True
        inner = outer
    return False


def _awaits_name_error(statement: ast.Try) -> bool:
    """Whether a handler of the statement names NameError."""
    return any(
        isinstance(node, ast.Name) and node.id == "NameError"
        for handler in statement.handlers
        if handler.type is not None
        for node in ast.walk(handler.type)
    )


def _defers_annotations(module: PythonModule) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and any(alias.name == "annotations" for alias in node.names)
        for node in module.tree.body
    )
