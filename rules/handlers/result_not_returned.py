"""Checks that what a hook decides is returned."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED, Edit, Fix
from symlint.rules._python import PythonRule, range_of
from symlint.rules._python_examples import SDK, with_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule

_BAD = """

@hook
def on_approve(event):
    if event.user.email == event.get_actor("request").email:
        ApprovalTemplate.ignore(message="You may not approve your own request.")
"""


class ResultNotReturned(PythonRule):
    """What `ApprovalTemplate.ignore(...)` and its kin give back is returned by the hook.

    The methods of `ApprovalTemplate` change nothing: they give a description of what shall happen next, and
    Sym does what the hook **returns**. A hook that calls `ApprovalTemplate.ignore(...)` and does not return
    it looks as if it kept people from approving, and everybody's approval counts.

    The same holds for a function of the code that gives back such a result, and for a result that an `if`
    within an expression leaves lying.

    **Not flagged.** Results that are kept in a variable or passed on.
    """

    roles = ("flow",)
    question = "is what its hooks decide returned?"
    code = "SYM615"
    name = "result-not-returned"
    severity = "error"
    fixable = True
    sources = (SDK, "https://docs.symops.com/docs/handlers")
    bad = with_code(_BAD)
    good = with_code(_BAD.replace("        Approval", "        return Approval"))

    def check_code(
        self, one: Implementation, code: Code, module: PythonModule
    ) -> Iterator[Outcome]:
        """Whether each call that gives a decision is used."""
        helpers = _helpers(module)
        for call in module.calls:
            method = _method(module, call)
            helper = None if method else helpers.get(_function_of(module, call))
            if method or helper:
                statement = _statement_of(module, call)
                if statement is None:
                    yield PASSED
                elif method:
                    yield self._dropped(one, call, method, fixable=statement.value is call)
                else:
                    yield self._dropped(one, call, helper or "", ast.unparse(call.func))

    def _dropped(
        self,
        one: Implementation,
        call: ast.Call,
        method: str,
        helper: str | None = None,
        *,
        fixable: bool = False,
    ) -> Outcome:
        what = helper or method
        start = range_of(one, call)
        fix = None
        assert one.code is not None
        assert one.code.module is not None
        if fixable and start is not None and one.code.module.scopes.function_of(call) is not None:
            edit = Edit(start._replace(end=start.start), "return ")
            fix = Fix(f"return the result of {what}", (edit,), safe=True)
        return self.at(
            one,
            call,
            f"the result of {what} is not returned",
            label="does nothing by itself" if helper is None else f"gives the result of {method}",
            why="A hook changes what happens only by what it returns. As it stands, Sym goes on as if "
            "the line were not there.",
            help_=f"write return {what}(...)",
            fix=fix,
        )


def _method(module: PythonModule, call: ast.Call) -> str | None:
    """The method of the approval template that is called: "ApprovalTemplate.ignore"."""
    name = module.meanings.transition(call)
    return None if name is None else f"ApprovalTemplate.{name}"


def _helpers(module: PythonModule) -> dict[ast.AST | None, str]:
    """The functions of the code that return what a method of the template gives, and which one."""
    found: dict[ast.AST | None, str] = {}
    for node in module.nodes:
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Call):
            method = _method(module, node.value)
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
