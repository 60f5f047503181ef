"""Checks how Python code calls the methods of ``ApprovalTemplate``."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import Fix
from symlint.rules._python import PythonRule, edit, function_around
from symlint.rules._python_examples import SDK, with_code
from symlint.rules.sdk._calls import api_of, one_question, used

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule

_TEMPLATE: Final = "sym.sdk.templates.ApprovalTemplate"
_METHODS: Final = (f"{_TEMPLATE}.", "sym.sdk.templates.Template.")
_DOUBTFUL: Final = frozenset({"revoke"})
"""What the documentation names and the SDK does not have."""

_BAD = """

@hook
def on_approve(event):
    if event.user.email == event.get_actor("request").email:
        return ApprovalTemplate.ignore("You may not approve your own request.")
"""


class TemplateCall(PythonRule):
    """The methods of `ApprovalTemplate` are called, exist, and get their arguments by name.

    `ApprovalTemplate.ignore("...")` raises a `TypeError`, since all arguments of these methods have names:
    `ApprovalTemplate.ignore(message="...")`. A method that does not exist raises an `AttributeError`. In both
    cases the hook fails when somebody requests or approves, and nothing of what it decides counts. A
    method that a hook returns without calling it is no decision, either.

    **Not flagged.** `ApprovalTemplate.revoke`, which the documentation names; further arguments by name,
    which are handed to the event. A method that another function returns: its caller may call it.
    """

    question = "is the approval template called as it wants to be?"
    code = "SYM616"
    name = "template-call"
    severity = "error"
    fixable = True
    sources = (SDK, "https://sdk.docs.symops.com/doc/sym.sdk.templates.html")
    bad = with_code(_BAD)
    good = with_code(_BAD.replace('ignore("', 'ignore(message="'))

    def check_code(
        self, one: Implementation, code: Code, module: PythonModule
    ) -> Iterator[Outcome]:
        """Whether all uses of the methods of the template are right."""
        yield from one_question(self._findings(one, code, module))

    def _findings(self, one: Implementation, code: Code, module: PythonModule) -> Iterator[Finding]:
        api = api_of(one)
        hooks = {it.function for it in module.handlers if it.decoration == "hook"}
        for node in module.nodes:
            if isinstance(node, ast.Return) and isinstance(node.value, ast.Attribute):
                in_hook = module.scopes.function_of(node) in hooks
                if in_hook and _is_method(used(api, module, node.value)):
                    yield self._not_called(one, node.value)
            elif isinstance(node, ast.Attribute) and used(api, module, node.value) == _TEMPLATE:
                resolved = api.resolve(f"{_TEMPLATE}.{node.attr}")
                known = resolved is not None or node.attr in _DOUBTFUL or hasattr(type, node.attr)
                if not known and isinstance(node.ctx, ast.Load):
                    yield self._unknown(one, code, node)
        for call in module.calls:
            positional = [it for it in call.args if not isinstance(it, ast.Starred)]
            if positional and _is_method(used(api, module, call.func)):
                yield self._by_position(one, module, call, positional)

    def _unknown(self, one: Implementation, code: Code, node: ast.Attribute) -> Finding:
        from symlint.source.close_names import close_name

        end = code.span(node)[1]
        api = api_of(one)
        cls = api.classes[_TEMPLATE]
        names = sorted(
            name.rpartition(".")[2]
            for name in api.functions
            for holder in (cls.name, *cls.bases)
            if name.rpartition(".")[0] == holder and api.functions[name].kind == "classmethod"
        )
        meant = close_name(node.attr, names)
        return self.at(
            one,
            (end - len(node.attr), end),
            f"ApprovalTemplate has no method {node.attr}",
            why="Python raises an AttributeError, and what the hook decides does not count.",
            help_=f"did you mean {meant}?" if meant else f"use what it has: {', '.join(names)}",
            function=function_around(one, node),
        )

    def _not_called(self, one: Implementation, node: ast.Attribute) -> Finding:
        what = f"ApprovalTemplate.{node.attr}"
        assert one.code is not None
        end = one.code.span(node)[1]
        call = edit(one, (end, end), "()")
        return self.at(
            one,
            node,
            f"{what} is returned and not called",
            why="What the hook returns is no decision: Sym fails, or goes on as if there were no hook.",
            help_=f"write {what}()",
            fix=call and Fix(f"call {what}", (call,), safe=True),
        )

    def _by_position(
        self,
        one: Implementation,
        module: PythonModule,
        call: ast.Call,
        positional: list[ast.expr],
    ) -> Finding:
        api = api_of(one)
        function = api.functions[used(api, module, call.func) or ""]
        name = function.name.rpartition(".")[2]
        what = f"ApprovalTemplate.{name}"
        parameters = [it.name for it in function.signature.parameters if it.kind == "keyword"]
        given = {it.arg for it in call.keywords}
        free = [it for it in parameters if it not in given]
        fix = None
        # Of several parameters, which one is meant is not certain.
        if len(call.args) == len(free) == 1:
            assert one.code is not None
            start = one.code.span(positional[0])[0]
            insert = edit(one, (start, start), f"{free[0]}=")
            fix = insert and Fix(f"give {free[0]} by name", (insert,), safe=True)
        arguments = ", ".join(f"{it}=..." for it in free)
        return self.at(
            one,
            positional[0],
            f"{what} takes arguments by name alone",
            why="Python raises a TypeError, and what the hook decides does not count.",
            help_=f"write {what}({arguments})",
            fix=fix,
        )


def _is_method(name: str | None) -> bool:
    return name is not None and name.startswith(_METHODS)
