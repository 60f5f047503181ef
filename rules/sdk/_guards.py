"""Imports that may fail, or never run."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from symlint.sym.implementation.python_module import PythonModule

_IMPORT_ERRORS: Final = frozenset({"ImportError", "ModuleNotFoundError", "Exception"})


def is_guarded(module: PythonModule, node: ast.AST) -> bool:
    """Whether the code is prepared for an import that fails, or never runs it."""
    inner, outer = node, module.scopes.parent(node)
    while outer is not None:
        if isinstance(outer, ast.Try) and inner in outer.body:
            caught = [it.type for it in outer.handlers]
            if None in caught or any(
                isinstance(name, ast.Name) and name.id in _IMPORT_ERRORS
                for type_ in caught
                if type_ is not None
                for name in ast.walk(type_)
            ):
                return True
        if isinstance(outer, ast.If) and "TYPE_CHECKING" in ast.unparse(outer.test):
            return True
        inner, outer = outer, module.scopes.parent(outer)
    return False
