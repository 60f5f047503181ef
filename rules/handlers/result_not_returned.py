"""Checks that what a hook decides is returned."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from symlint.lint.finding import PASSED, Edit, Fix
from symlint.rules._python import PythonRule, range_of
from symlint.rules._python_examples import SDK, with_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule

_TEMPLATE: Final = (
    "sym.sdk.templates.ApprovalTemplate.",
    "sym.sdk.templates.approval.ApprovalTemplate.",
)
_TRANSITIONS: Final = ("prompt", "request", "approve", "deny", "escalate", "deescalate", "ignore")

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
        """Whether each call of a method of the approval template is used."""
        for call in module.calls:
            meaning = module.meanings.of(call.func) or ""
            name = meaning.rpartition(".")[2]
            if not meaning.startswith(_TEMPLATE) or name not in _TRANSITIONS:
                continue
            if isinstance(module.scopes.parent(call), ast.Expr):
                yield self._dropped(one, call, name)
            else:
                yield PASSED

    def _dropped(self, one: Implementation, call: ast.Call, name: str) -> Outcome:
        what = f"ApprovalTemplate.{name}"
        start = range_of(one, call)
        fix = None
        if start is not None and one.code is not None:
            module = one.code.module
            assert module is not None
            if module.scopes.function_of(call) is not None:
                edit = Edit(start._replace(end=start.start), "return ")
                fix = Fix(f"return the result of {what}", (edit,), safe=True)
        return self.at(
            one,
            call,
            f"the result of {what} is not returned",
            label="does nothing by itself",
            why="A hook changes what happens only by what it returns. As it stands, Sym goes on as if "
            "the line were not there.",
            help_=f"write return {what}(...)",
            fix=fix,
        )
