"""Checks that Sym knows the names of the functions that are marked for it."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, Fix
from symlint.rules._python import PythonRule, edit
from symlint.rules._python_examples import SDK, with_code
from symlint.rules.handlers._reducers import meant_handler
from symlint.sym.words import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.catalogue.sdk import Sdk
    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import Handler, PythonModule

_BAD = """

@hook
def on_approval(event):
    if event.user == event.get_actor("request"):
        return ApprovalTemplate.ignore(message="Somebody else has to approve.")
"""


class UnknownHandler(PythonRule):
    """A function under `@hook` or `@reducer` has a name that Sym calls.

    Sym calls hooks by the name of the step, `on_approve` before it and `after_approve` behind it, and
    reducers by the name of what they answer, such as `get_permissions`. A function with another name is
    never called: what it was meant to keep from happening happens.

    **Not flagged.** Functions without a decorator. `on_revoke`, `after_revoke` and `on_ignore`, of which the
    SDK does not say whether they are called: undecided.
    """

    roles = ("flow", "flows_filter")
    question = "does Sym call its handlers?"
    code = "SYM604"
    name = "unknown-handler"
    severity = "error"
    fixable = True
    sources = (SDK, "https://docs.symops.com/docs/handlers")
    bad = with_code(_BAD)
    good = with_code(_BAD.replace("on_approval", "on_approve"))

    def check_code(
        self, one: Implementation, code: Code, module: PythonModule
    ) -> Iterator[Outcome]:
        """Whether each handler has a name of its kind."""
        found = [it for each in module.handlers for it in self._judge(one, code, module, each)]
        yield from found or (PASSED,)

    def _judge(
        self, one: Implementation, code: Code, module: PythonModule, handler: Handler
    ) -> Iterator[Outcome]:
        sdk, name = one.view.sym.catalogue.sdk, handler.name
        entry = sdk.handlers.get(name)
        if entry is not None and entry.status == "doubtful":
            reason = f"whether Sym calls {name} is not known"
            yield self.undecided(one.used, self.question, reason)
            return
        # Under both decorators one of them is right.
        wrong = handler.decoration != "prefetch" and _kind(sdk, name) != handler.decoration
        if wrong and len(module.once(_decorations)[name]) == 1:
            yield self._unknown(one, code, module, handler)

    def _unknown(
        self, one: Implementation, code: Code, module: PythonModule, handler: Handler
    ) -> Finding:
        sdk = one.view.sym.catalogue.sdk
        name, kind = handler.name, handler.decoration
        right = _kind(sdk, name)
        if right is not None:
            return self._misplaced(one, code, handler, right)
        entry, meant = sdk.handlers.get(name), meant_handler(sdk, handler)
        place = code.name_span(handler.function)
        free = meant is not None and module.function(meant) is None
        change = None
        if entry is None and free and not module.scopes.reads(handler.function):
            change = edit(one, place, meant or "")
        known = [*_hooks(sdk)] if kind == "hook" else [*_reducers(sdk)]
        help_ = f"Sym calls {either(known, 'and')}"
        if meant is not None:
            help_ = f"did you mean {meant}?" if entry is None else f"write {meant} in its place"
        return self.at(
            one,
            place,
            f"there is no {kind} {name}" if entry is None else f"Sym does not call {name} any more",
            label="never called",
            why="Sym calls its handlers by their names. This function is never run.",
            help_=help_,
            fix=change and Fix(f"rename it to {meant}", (change,), safe=False),
            function=name,
        )

    def _misplaced(self, one: Implementation, code: Code, handler: Handler, right: str) -> Finding:
        return self.at(
            one,
            handler.decorator,
            f"{handler.name} is a {right}, and is decorated with @{handler.decoration}",
            label=f"must be @{right}",
            why="Sym finds its handlers by their decorators. This function may never be run.",
            help_=f"write @{right}",
            function=handler.name,
        )


def _decorations(module: PythonModule) -> dict[str, set[str]]:
    """The decorations that the handlers of each name have."""
    found: dict[str, set[str]] = {}
    for handler in module.handlers:
        found.setdefault(handler.name, set()).add(handler.decoration)
    return found


def _kind(sdk: Sdk, name: str) -> str | None:
    """The decorator of the handler of a name; None for one that Sym does not call."""
    entry = sdk.handlers.get(name)
    if entry is not None:
        return None if entry.status == "dead" else entry.decorator
    return "hook" if name in _hooks(sdk) else None


def _hooks(sdk: Sdk) -> Iterator[str]:
    for prefix in sdk.hook_prefixes:
        for step in sdk.hook_steps:
            yield f"{prefix}{step}"


def _reducers(sdk: Sdk) -> Iterator[str]:
    for name, entry in sdk.handlers.items():
        if entry.decorator == "reducer" and entry.status == "current":
            yield name
