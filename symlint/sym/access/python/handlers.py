"""What the handlers of an implementation give; once for all that run the same code with the same values."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING, Final

from symlint.sym.access.python.interpreter import Interpreter
from symlint.sym.access.python.target_parts import parts_of, parts_read
from symlint.sym.access.python.values import Computed, Option, Variable
from symlint.sym.implementation.decisions import decisions
from symlint.sym.implementation.reads import reads_of
from symlint.sym.implementation.undefined import undefined_names
from symlint.sym.model.arguments import element
from symlint.sym.model.texts import reason_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.decisions import Decision
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.scopes import FunctionDef
    from symlint.sym.model.flows import Flow
    from symlint.sym.model.strategies import Target

_VARIABLES: Final = "event.flow.vars"
_STEPS_PER_NODE: Final = 20
"""What reading code for one more target costs, in steps of the budget for each of its nodes."""


def handlers_of(flow: Flow, code: Code, module: PythonModule, target: Target | None) -> Handlers:
    """What the handlers of a flow's code give to who asks for a target."""
    sym = flow.sym
    names = sym.once_for(
        (handlers_of, module),
        lambda: sorted({read.key for read in reads_of(module, _VARIABLES).known}),
    )
    given = {f'{_VARIABLES}["{name}"]': _variable(flow, name) for name in names}
    parts = parts_of(target, sym.once_for((parts_of, module), lambda: parts_read(module)))
    key = (Handlers, module, tuple((given | parts).items()))

    def read() -> Handlers:
        steps = _STEPS_PER_NODE * len(module.nodes)
        if parts and not sym.terraform.budget.can_spare(steps):
            # What it decides by the target is said as a condition, once for all further targets.
            return handlers_of(flow, code, module, None)
        return Handlers(flow, code, module, given | parts)

    return sym.once_for(key, read)


def _variable(flow: Flow, name: str) -> Variable:
    value = element(flow.value("vars"), name)
    if value is None:
        return Variable(None, f"KeyError: the flow has no variable {name}", missing=True)
    if value.sensitive:
        return Variable(None, "the variable is sensitive")
    return Variable(text_of(value), reason_of(value))


class Handlers:
    """The handlers of one text of Python, with what Terraform gives to them."""

    def __init__(
        self, flow: Flow, code: Code, module: PythonModule, given: Mapping[str, Variable]
    ) -> None:
        sym = flow.sym
        self._module: Final = module
        self._undefined: Final = {it.node for it in module.once(undefined_names)}
        self._interpreter: Final = Interpreter(
            code, module, sym.catalogue.sdk_api, given, sym.terraform.budget
        )
        self._options: Final[dict[str, tuple[Option, ...] | None]] = {}
        self._calls: Final[dict[FunctionDef, tuple[FunctionDef, ...]]] = {}

    def options(self, name: str) -> tuple[Option, ...] | None:
        """What a handler gives, and when; None where the code has no such handler."""
        if name not in self._options:
            self._options[name] = self._read(name)
        return self._options[name]

    def lost(self, names: Iterable[str], methods: Sequence[str]) -> Decision | None:
        """The first decision in some handlers, or what they call, whose result is not returned."""
        functions = self.functions(names)
        dropped = (
            it
            for it in self._decisions
            if it.statement is not None
            and it.method in methods
            and self._module.scopes.function_of(it.call) in functions
        )
        return next(dropped, None)

    def functions(self, names: Iterable[str]) -> Mapping[ast.AST, None]:
        """The functions of the text that some handlers are, or may call."""
        handlers = [handler for it in names if (handler := self._module.handler(it)) is not None]
        return {it: None for handler in handlers for it in self._reached(handler.function)}

    @cached_property
    def _decisions(self) -> tuple[Decision, ...]:
        return self._module.once(decisions)

    def _read(self, name: str) -> tuple[Option, ...] | None:
        handler = self._module.handler(name)
        if handler is None:
            return None
        undefined = self._undefined_in(handler.function)
        if undefined is not None:
            reason = f"NameError: {undefined.id} is not defined"
            return (Option((), Computed("", undefined, reason, fails=True)),)
        return self._interpreter.results(handler.function)

    def _undefined_in(self, function: FunctionDef) -> ast.Name | None:
        """The first undefined name of a function, or of a function of the text that it calls."""
        for one in self._reached(function) if self._undefined else ():
            for node in ast.walk(one):
                if isinstance(node, ast.Name) and node in self._undefined:
                    return node
        return None

    def _reached(self, function: FunctionDef) -> tuple[FunctionDef, ...]:
        """A function, and those of the text that it may call, nearest first."""
        if function not in self._calls:
            reached: dict[FunctionDef, None] = {function: None}
            waiting = [function]
            for one in waiting:
                for node in ast.walk(one):
                    new = [it for it in self._called(node) if it not in reached]
                    reached.update(dict.fromkeys(new))
                    waiting += new
            self._calls[function] = tuple(reached)
        return self._calls[function]

    def _called(self, node: ast.AST) -> list[FunctionDef]:
        """The functions of the text that a name may mean."""
        bindings = self._module.scopes.bindings(node) if isinstance(node, ast.Name) else ()
        nodes = [binding.node for binding in bindings]
        return [it for it in nodes if isinstance(it, (ast.FunctionDef, ast.AsyncFunctionDef))]
