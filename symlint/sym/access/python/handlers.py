"""What the handlers of an implementation give; once for all flows with the same code and variables."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from symlint.sym.access.python.interpreter import Interpreter
from symlint.sym.access.python.values import Computed, Option, Variable
from symlint.sym.implementation.reads import reads_of
from symlint.sym.implementation.undefined import undefined_names
from symlint.sym.model.arguments import element
from symlint.sym.model.texts import reason_of, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from symlint.sym.implementation.code import Code
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.scopes import FunctionDef
    from symlint.sym.model.flows import Flow

_VARIABLES: Final = "event.flow.vars"


def handlers_of(flow: Flow, code: Code, module: PythonModule) -> Handlers:
    """What the handlers of a flow's code give."""
    sym = flow.sym
    names = sym.once_for(
        (handlers_of, module),
        lambda: sorted({read.key for read in reads_of(module, _VARIABLES).known}),
    )
    variables = {name: _variable(flow, name) for name in names}
    key = (Handlers, module, tuple(variables.items()))
    return sym.once_for(key, lambda: Handlers(flow, code, module, variables))


def _variable(flow: Flow, name: str) -> Variable:
    value = element(flow.value("vars"), name)
    if value is None:
        return Variable(None, f"KeyError: the flow has no variable {name}", missing=True)
    if value.sensitive:
        return Variable(None, "the variable is sensitive")
    return Variable(text_of(value), reason_of(value))


class Handlers:
    """The handlers of one text of Python, with the variables of a flow."""

    def __init__(
        self, flow: Flow, code: Code, module: PythonModule, variables: dict[str, Variable]
    ) -> None:
        self._module: Final = module
        self._undefined: Final = {it.node for it in undefined_names(module)}
        self._interpreter: Final = Interpreter(
            code, module, flow.sym.catalogue.sdk_api, variables, flow.sym.terraform.budget
        )
        self._options: Final[dict[str, tuple[Option, ...] | None]] = {}

    def options(self, name: str) -> tuple[Option, ...] | None:
        """What a handler gives, and when; None where the code has no such handler."""
        if name not in self._options:
            self._options[name] = self._read(name)
        return self._options[name]

    def dropped(self, hook: str, names: Sequence[str]) -> tuple[str, ast.expr] | None:
        """The first transition in a hook that is not returned."""
        handler = self._module.handler(hook)
        for call in self._module.calls if handler is not None else ():
            if handler is None or self._module.scopes.function_of(call) is not handler.function:
                continue
            name = self._module.meanings.transition(call)
            dropped = isinstance(self._module.scopes.parent(call), ast.Expr)
            if dropped and name is not None and name in names:
                return name, call
        return None

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
        if not self._undefined:
            return None
        reached: dict[ast.AST, None] = {function: None}
        waiting: list[ast.AST] = [function]
        while waiting:
            names = (node for node in ast.walk(waiting.pop(0)) if isinstance(node, ast.Name))
            for node in names:
                if node in self._undefined:
                    return node
                for called in self._called(node):
                    if called not in reached:
                        reached[called] = None
                        waiting.append(called)
        return None

    def _called(self, name: ast.Name) -> list[FunctionDef]:
        """The functions of the text that a name may mean."""
        nodes = [binding.node for binding in self._module.scopes.bindings(name)]
        return [it for it in nodes if isinstance(it, (ast.FunctionDef, ast.AsyncFunctionDef))]
