"""The texts in Python that have the names of secrets."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.hiding.names import is_secret_name

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule


def secret_texts(code: Code) -> tuple[tuple[ast.Constant, str], ...]:
    """The texts that are assigned or given to a name of a secret: ``token = "..."``."""
    return () if code.module is None else code.module.once(_secret_texts)


def _secret_texts(module: PythonModule) -> tuple[tuple[ast.Constant, str], ...]:
    return tuple(_found(module))


def _found(module: PythonModule) -> Iterator[tuple[ast.Constant, str]]:
    import ast

    for node in module.nodes:
        for name, value in _named(node):
            text = value.value if isinstance(value, ast.Constant) else None
            if isinstance(text, str) and text.strip() and is_secret_name(name):
                assert isinstance(value, ast.Constant)
                yield value, text


def _named(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """What gets a name by a node: by an assignment, an argument, or an item of a dictionary."""
    import ast

    if isinstance(node, ast.Assign):
        yield from ((_name(target), node.value) for target in node.targets)
    elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)):
        yield _name(node.target), node.value
    elif isinstance(node, ast.keyword):
        yield node.arg or "", node.value
    elif isinstance(node, ast.Dict):
        yield from ((_name(key), value) for key, value in zip(node.keys, node.values, strict=True))


def _name(node: ast.expr | None) -> str:
    """What an expression calls something; "" where it says no name."""
    import ast

    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript):
        return _name(node.slice)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
