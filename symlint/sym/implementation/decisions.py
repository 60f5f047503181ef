"""Calls that decide what happens to a request, and those of them whose result is lost."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.implementation.python_module import PythonModule


class Decision(NamedTuple):
    """A call that gives back what a method of ``ApprovalTemplate`` does.

    ``method`` is its name ("ignore"), ``helper`` the function of the text that is called, as it is
    written; "" for the method itself. ``statement`` does nothing with the result; None where it is used.
    """

    call: ast.Call
    method: str
    helper: str
    statement: ast.Expr | None

    @property
    def name(self) -> str:
        """What is called: "ApprovalTemplate.ignore", "refuse"."""
        return self.helper or f"ApprovalTemplate.{self.method}"


def decisions(module: PythonModule) -> tuple[Decision, ...]:
    """All calls of some code that give a decision, in the order of ``module.calls``."""
    return tuple(_decisions(module))


def _decisions(module: PythonModule) -> Iterator[Decision]:
    helpers = _helpers(module)
    for call in module.calls:
        method = module.meanings.transition(call)
        helper = None if method else helpers.get(_function_of(module, call))
        if method or helper:
            name = "" if method else ast.unparse(call.func)
            yield Decision(call, method or helper or "", name, _statement_of(module, call))


def _helpers(module: PythonModule) -> dict[ast.AST | None, str]:
    """The functions of the code that return what a method of the template gives, and which one."""
    found: dict[ast.AST | None, str] = {}
    for node in module.nodes:
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Call):
            method = module.meanings.transition(node.value)
            function = module.scopes.function_of(node)
            if method and function is not None and not function.decorator_list:
                found.setdefault(function, method)
    return found


def _function_of(module: PythonModule, call: ast.Call) -> ast.AST | None:
    """The function of the code that is surely called."""
    bindings = module.scopes.bindings(call.func) if isinstance(call.func, ast.Name) else ()
    return bindings[0].node if len(bindings) == 1 else None


def _statement_of(module: PythonModule, call: ast.Call) -> ast.Expr | None:
    """The statement that does nothing with what a call gives; None where it is used."""
    node: ast.AST = call
    parent = module.scopes.parent(node)
    while (isinstance(parent, ast.IfExp) and parent.test is not node) or (
        isinstance(parent, ast.BoolOp) and parent.values[-1] is node
    ):
        node, parent = parent, module.scopes.parent(parent)
    return parent if isinstance(parent, ast.Expr) else None
