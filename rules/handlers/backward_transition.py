"""Checks that what a hook decides comes after the step that it is called for."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED
from symlint.rules._python import PythonRule
from symlint.rules._python_examples import SDK, with_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import Handler, PythonModule

_ASIDE: Final = ("deny", "request_forward", "request_expire")
"""The steps that stand beside others, not before or after them."""

_BAD = """

@hook
def after_escalate(event):
    return ApprovalTemplate.approve()
"""


class BackwardTransition(PythonRule):
    """A hook decides for a step that comes after its own.

    A request goes forward: prompt, request, approve, escalate, deescalate. A hook may go on to a later step
    (`on_request` that returns `ApprovalTemplate.approve()` skips the approvers), or keep to its own. What it
    returns for an earlier step is refused, and the request stays where it is.

    **Not flagged.** `deny` and `ignore`, which end or keep a request; hooks whose step is not known.
    """

    roles = ("flow",)
    question = "do its hooks go forward?"
    code = "SYM626"
    name = "backward-transition"
    severity = "warning"
    state = "preview"
    sources = (SDK, "https://docs.symops.com/docs/automate-and-fast-track-approvals")
    bad = with_code(_BAD)
    good = with_code(
        _BAD.replace("after_escalate", "on_request").replace(
            "ApprovalTemplate.approve", "ApprovalTemplate.escalate"
        )
    )

    def check_code(
        self, one: Implementation, code: Code, module: PythonModule
    ) -> Iterator[Outcome]:
        """Whether what each hook returns is for its own step or a later one."""
        sdk = one.view.sym.catalogue.sdk
        order = [step for step in sdk.hook_steps if step not in _ASIDE]
        for handler in module.handlers:
            step = next(
                (
                    handler.name.removeprefix(it)
                    for it in sdk.hook_prefixes
                    if handler.name.startswith(it)
                ),
                "",
            )
            if handler.decoration == "hook" and step in order:
                yield from self._judge(one, module, handler, order, step)

    def _judge(
        self,
        one: Implementation,
        module: PythonModule,
        handler: Handler,
        order: list[str],
        step: str,
    ) -> Iterator[Outcome]:
        for call in module.calls:
            inside = module.scopes.function_of(call) is handler.function
            if not inside or not isinstance(module.scopes.parent(call), ast.Return):
                continue
            name = module.meanings.transition(call)
            if name is None or name not in order:
                continue
            if order.index(name) >= order.index(step):
                yield PASSED
                continue
            later = order[order.index(step) + 1 :]
            yield self.at(
                one,
                call,
                f"{handler.name} goes back to {name}",
                label=f"comes before {step}",
                why="Requests only go forward. Sym refuses what the hook returns, and the request stays "
                "where it is.",
                help_="return nothing to go on as usual"
                + (f", or a later step: {', '.join(later)}" if later else ""),
            )
