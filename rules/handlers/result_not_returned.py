"""Checks that what a hook decides is returned."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, Edit, Fix
from symlint.rules._python import PythonRule, range_of
from symlint.rules._python_examples import SDK, with_code

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.decisions import Decision
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
        from symlint.sym.implementation.decisions import decisions

        for decision in module.once(decisions):
            if decision.statement is None:
                yield PASSED
            else:
                yield self._lost(one, module, decision, decision.statement)

    def _lost(
        self,
        one: Implementation,
        module: PythonModule,
        decision: Decision,
        statement: ast.Expr,
    ) -> Outcome:
        call, name = decision.call, decision.name
        start = range_of(one, call)
        fix = None
        plain = statement.value is call and not decision.helper
        if plain and start is not None and module.scopes.function_of(call) is not None:
            edit = Edit(start._replace(end=start.start), "return ")
            fix = Fix(f"return the result of {name}", (edit,), safe=True)
        return self.at(
            one,
            call,
            f"the result of {name} is not returned",
            label=f"gives the result of ApprovalTemplate.{decision.method}"
            if decision.helper
            else "does nothing by itself",
            why="A hook changes what happens only by what it returns. As it stands, Sym goes on as if "
            "the line were not there.",
            help_=f"write return {name}(...)",
            fix=fix,
        )
