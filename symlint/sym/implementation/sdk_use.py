"""What Python implementations use of Sym's SDK, read from their syntax and never run."""

from __future__ import annotations


def uses_sdk_module(code: str, module: str) -> bool | None:
    """Whether code uses an attribute of ``sym.sdk.integrations.<module>``; None if unreadable.

    To import the module is no use of it.
    """
    if module not in code:
        return False
    import ast

    from symlint.sym.implementation.python_module import PythonProblem, parse

    said = parse(code)
    if isinstance(said, PythonProblem):
        return None
    package = "sym.sdk.integrations"
    names = set()
    for node in said.nodes:
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            if node.module == package:
                names |= {it.asname or it.name for it in node.names if it.name == module}
            elif node.module == f"{package}.{module}":
                return True
    return any(
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in names
        for node in said.nodes
    )
