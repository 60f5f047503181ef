"""What Python's parser reads and its compiler refuses: statements out of their place.

https://docs.python.org/3/reference/simple_stmts.html
"""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from symlint.sym.implementation.python_module import PythonModule

_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_LOOPS: Final = (ast.For, ast.AsyncFor, ast.While)


Misplaced: TypeAlias = "tuple[ast.expr | ast.stmt | ast.arg, str]"
"""What stands where it must not, and why in words."""


def first_misplaced(module: PythonModule) -> Misplaced | None:
    """The first one of a text; None where there is none."""
    return next(_misplaced(module), None)


def _misplaced(module: PythonModule) -> Iterator[Misplaced]:
    for node in module.nodes:
        if isinstance(node, ast.Return) and not _is_in_function(module, node):
            yield node, "return outside of a function"
        elif isinstance(node, (ast.Yield, ast.YieldFrom)) and not _is_in_function(module, node):
            yield node, "yield outside of a function"
        elif isinstance(node, ast.Await) and not _is_in_function(module, node):
            yield node, "await outside of a function"
        elif isinstance(node, (ast.Break, ast.Continue)) and not _is_in_loop(module, node):
            yield node, f"{type(node).__name__.lower()} outside of a loop"
        elif isinstance(node, ast.arguments):
            yield from ((it, f"a second parameter {it.arg}") for it in _repeated(node))
        elif isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.Tuple):
            yield from ((it, f"write as {it.id}") for it in _named_as_in_python_2(node.type))


def _is_in_function(module: PythonModule, node: ast.AST) -> bool:
    around = module.scopes.parent(node)
    while around is not None and not isinstance(around, ast.ClassDef):
        if isinstance(around, _FUNCTIONS):
            return True
        around = module.scopes.parent(around)
    return False


def _is_in_loop(module: PythonModule, node: ast.AST) -> bool:
    inner, around = node, module.scopes.parent(node)
    while around is not None and not isinstance(around, (*_FUNCTIONS, ast.ClassDef)):
        if isinstance(around, _LOOPS) and not _is_among(inner, around.orelse):
            return True
        inner, around = around, module.scopes.parent(around)
    return False


def _is_among(node: ast.AST, statements: Sequence[ast.stmt]) -> bool:
    """Whether what stands in a loop is one of its last statements; there may be thousands of them."""
    if not statements or not isinstance(node, ast.stmt):
        return False
    first = statements[0]
    return (node.lineno, node.col_offset) >= (first.lineno, first.col_offset)


def _repeated(arguments: ast.arguments) -> Iterator[ast.arg]:
    seen = set()
    more = [it for it in (arguments.vararg, arguments.kwarg) if it is not None]
    for it in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *more):
        if it.arg in seen:
            yield it
        seen.add(it.arg)


def _named_as_in_python_2(caught: ast.Tuple) -> Iterator[ast.Name]:
    """The name in ``except ValueError, error``, which Python 3.14 and later take for a type."""
    first, *others = caught.elts or (caught,)
    if (first.lineno, first.col_offset) == (caught.lineno, caught.col_offset):
        yield from (it for it in others if isinstance(it, ast.Name) and it.id[0].islower())
