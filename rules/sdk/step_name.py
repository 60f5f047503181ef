"""Checks that Python code asks for steps which a request can have."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, Final
from symlint.rules._python import PythonRule
from symlint.rules._python_examples import SDK, with_code
from symlint.rules.sdk._calls import api_of, one_question
from symlint.sym.words import either, quoted, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.sdk_types import SdkTypes

_STEPS: Final = "sym.sdk.templates.ApprovalTemplateStep"
_OUTPUT: Final = "sym.sdk.templates.get_step_output"
_METHODS: Final = {"get_actor": "Event", "get_context": "Event", "get_event_count": "User"}
"""Methods whose first parameter is a step -> the class that has them."""

_MAPS: Final = ("actors", "contexts")
"""What a ``Run`` has by step."""

_DOUBTFUL: Final = ("ignore", "revoke")
"""Steps that the documentation names, and the template does not."""

_BAD = """

@hook
def after_escalate(event):
    approver = event.get_actor("approval")
    if approver is not None:
        slack.send_message(slack.channel("#access"), f"Approved by {approver.email}.")
"""


class StepName(PythonRule):
    """The steps that Python code asks for are steps of a request.

    `event.get_actor("approval")` is always `None`: the step is called `approve`. The same is true of
    `event.get_context`, `get_step_output`, `user.get_event_count`, `event.run.actors` and
    `event.run.contexts`. The steps are those of `ApprovalTemplateStep`.

    **Not flagged.** Steps that are computed; `ignore` and `revoke`, which the documentation
    names.
    """

    question = "does a request have the steps that the code asks for?"
    code = "SYM621"
    name = "step-name"
    severity = "error"
    sources = (SDK, "https://docs.symops.com/docs/handlers")
    bad = with_code(_BAD)
    good = with_code(_BAD.replace('"approval"', '"approve"'))

    def check_code(
        self, one: Implementation, code: Code, module: PythonModule
    ) -> Iterator[Outcome]:
        """Whether all steps that the code names exist."""
        yield from one_question(self._findings(one, module))

    def _findings(self, one: Implementation, module: PythonModule) -> Iterator[Finding]:
        from symlint.sym.implementation.sdk_types import SdkTypes

        api = api_of(one)
        steps = tuple(api.classes[_STEPS].values.values())
        for what, node in _steps(SdkTypes(api, module), module):
            step = module.meanings.text(node)
            if step is not None and step not in steps and step not in _DOUBTFUL:
                from symlint.source.close_names import close_name

                meant = close_name(step, steps)
                yield self.at(
                    one,
                    node,
                    f"{quoted(shown(step))} is not a step of a request",
                    why=f"No step has this name: {what} never finds anything.",
                    help_=f"did you mean {meant}?" if meant else f"write {either(steps)}",
                )


def _steps(types: SdkTypes, module: PythonModule) -> Iterator[tuple[str, ast.expr]]:
    """What asks for a step, and the expression that says which; in the order of the text."""
    for call in module.calls:
        if types.name(call.func) == _OUTPUT:
            yield from (("get_step_output", it) for it in _argument(call, "step"))
        elif isinstance(call.func, ast.Attribute):
            method, holder = call.func.attr, call.func.value
            if method == "get" and _is_map(types, holder):
                yield from ((ast.unparse(holder), it) for it in call.args[:1])
            elif method in _METHODS and _is(types, holder, _METHODS[method]):
                yield from ((method, it) for it in _argument(call, "event_name"))
    for node in module.nodes:
        if isinstance(node, ast.Subscript) and _is_map(types, node.value):
            yield ast.unparse(node.value), node.slice


def _argument(call: ast.Call, name: str) -> list[ast.expr]:
    return [*call.args[:1], *(it.value for it in call.keywords if it.arg == name)]


def _is_map(types: SdkTypes, node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in _MAPS and _is(types, node.value, "Run")


def _is(types: SdkTypes, node: ast.expr, cls: str) -> bool:
    return (types.of(node) or "").removesuffix(" | None") == cls
