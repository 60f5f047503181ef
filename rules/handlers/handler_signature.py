"""Checks that Sym can call the functions that it finds by their decorators."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, Fix
from symlint.rules._python import PythonRule, edit
from symlint.rules._python_examples import SDK, with_code
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
def on_request(event, user):
    slack.send_message(user, "Your request is on its way.")
"""


class HandlerSignature(PythonRule):
    """Hooks, reducers and prefetches are functions that Sym can call, and its decorators stand as they must.

    A hook, a reducer and a prefetch are called with the event alone; `get_flows` with the user, the flows and
    the variables of the filter. A function that takes another number of arguments raises a `TypeError`.
    `@hook()` and `@reducer()`, and `@prefetch` without the name of its field, fail already when the code is
    loaded. An `async` function gives Sym nothing that it waits for. A reducer that never returns anything
    answers no question.

    **Not flagged.** Names of parameters. Functions under further decorators, which may change what they
    take. Functions that only raise an exception, or have no body yet. The hooks of `request_forward`,
    which may take a second argument.
    """

    roles = ("flow", "flows_filter")
    question = "can Sym call its handlers?"
    code = "SYM605"
    name = "handler-signature"
    severity = "error"
    fixable = True
    sources = (SDK, "https://docs.symops.com/docs/handlers")
    bad = with_code(_BAD)
    good = with_code(_BAD.replace("event, user", "event").replace("(user,", "(event.user,"))

    def check_code(
        self, one: Implementation, code: Code, module: PythonModule
    ) -> Iterator[Outcome]:
        """Whether each handler takes what it is given, and returns what it is asked for."""
        found = [it for handler in module.handlers for it in self._judge(one, code, handler)]
        yield from found or (PASSED,)

    def _judge(self, one: Implementation, code: Code, handler: Handler) -> Iterator[Outcome]:
        wrong = self._decorator(one, code, handler) or self._function(one, code, handler)
        if wrong is not None:
            yield wrong
        elif len(handler.function.decorator_list) > 1:
            reason = f"what its decorators make of {handler.name} is not known"
            yield self.undecided(one.used, self.question, reason)

    def _decorator(self, one: Implementation, code: Code, handler: Handler) -> Finding | None:
        decorator, name = handler.decorator, handler.decoration
        if handler.decoration == "prefetch":
            if isinstance(decorator, ast.Call) and (decorator.args or decorator.keywords):
                return None
            return self.at(
                one,
                decorator,
                "prefetch does not say for which field",
                label="needs field_name",
                why="Sym cannot tell which field the function is for.",
                help_='write @prefetch(field_name="...") with the name of a prompt field',
                function=handler.name,
            )
        if not isinstance(decorator, ast.Call) or decorator.args:
            return None
        change = edit(one, decorator, code.source(decorator.func))
        return self.at(
            one,
            decorator,
            f"the decorator {name} is called, and must not be",
            label="no parentheses",
            why=f"{name} takes the function itself. Called without it, it raises a TypeError when Sym loads the "
            "code: nothing of it can run.",
            help_=f"write @{name}",
            fix=change and Fix("remove the parentheses", (change,), safe=not decorator.keywords),
            function=handler.name,
        )

    def _function(self, one: Implementation, code: Code, handler: Handler) -> Finding | None:
        from symlint.sym.implementation.arity import takes
        from symlint.sym.implementation.returns import ways_without_value

        function, name = handler.function, handler.name
        place = code.name_span(function)
        parameters = _given(handler, one.view.sym.catalogue.sdk)
        numbers = (len(parameters), 2) if name.endswith("_request_forward") else (len(parameters),)
        if isinstance(function, ast.AsyncFunctionDef):
            return self.at(
                one,
                place,
                f"{name} is asynchronous",
                label="async",
                why="Sym does not wait for it: nothing of its body is run.",
                help_=f"write def {name}, without async",
                function=name,
            )
        if len(function.decorator_list) > 1:
            return None
        if parameters and not takes(function, *numbers):
            what = either(parameters, "and")
            return self.at(
                one,
                place,
                f"{name} does not take what Sym gives it",
                label=f"Sym gives it {what}{' alone' if len(parameters) == 1 else ''}",
                why="Python raises a TypeError when Sym calls it, and the request fails.",
                help_=f"write def {name}({', '.join(parameters)})",
                function=name,
            )
        assert code.module is not None
        without, ways = code.module.once_for(
            (ways_without_value, function), lambda: ways_without_value(function)
        )
        if _is_asked(handler, one.view.sym.catalogue.sdk) and without and len(without) == ways:
            return self.at(
                one,
                place,
                f"{name} never returns anything",
                label="always gives None",
                why="Sym asks it for an answer, and goes on with what it returns.",
                help_="return the answer on each way through the function",
                function=name,
            )
        return None


def _is_asked(handler: Handler, sdk: Sdk) -> bool:
    """Whether Sym wants an answer of a handler; a name that is no reducer's is another rule's question."""
    if handler.decoration == "reducer":
        entry = sdk.handlers.get(handler.name)
        return entry is not None and entry.decorator == "reducer"
    return handler.decoration == "prefetch"


def _given(handler: Handler, sdk: Sdk) -> tuple[str, ...]:
    """What Sym gives to a handler; nothing where that is not known."""
    entry = sdk.handlers.get(handler.name)
    if handler.decoration != "reducer":
        return ("event",)
    return () if entry is None else entry.parameters
