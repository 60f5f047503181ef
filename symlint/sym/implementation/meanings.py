"""What an expression of Python means to Sym: a name of the SDK, or a part of the event.

A meaning is a text: ``sym.sdk.integrations.okta.is_user_in_group`` for what is imported,
``event.flow.vars`` for the variables of the flow whatever the parameter is called, and
``event.flow.environment.integrations["github"]`` for an element of a map with a literal key.
"""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from symlint.sym.implementation.scopes import Binding, FunctionDef, Scopes

Decoration: TypeAlias = Literal["reducer", "hook", "prefetch"]
_DECORATIONS: Final[dict[str, Decoration]] = {
    "reducer": "reducer",
    "hook": "hook",
    "prefetch": "prefetch",
}
"""The decorators of ``sym.sdk.annotations``."""

_TEMPLATE: Final = (
    "sym.sdk.ApprovalTemplate.",
    "sym.sdk.templates.ApprovalTemplate.",
    "sym.sdk.templates.approval.ApprovalTemplate.",
)
_TRANSITIONS: Final = ("prompt", "request", "approve", "deny", "escalate", "deescalate", "ignore")

_MAXIMUM_DEPTH: Final = 50
"""How many names and parts are followed."""

_PARAMETERS: Final = {
    "get_flows": ("user", "flows", "flows_filter_vars"),
    "fetch_remote_identity": ("self", "user"),
    "escalate": ("self", "target_id", "event"),
    "deescalate": ("self", "target_id", "event"),
}
"""What Sym gives to functions that do not take the event first, in order."""


class Meanings:
    """What the expressions of one text mean; each is found out once."""

    def __init__(self, scopes: Scopes) -> None:
        self._scopes: Final = scopes
        self._known: Final[dict[ast.AST, str | None]] = {}
        self._bound: Final[dict[ast.AST, str | None]] = {}
        """What names mean, by the first place that binds each."""

    def of(self, node: ast.expr) -> str | None:
        """What an expression surely means; None for anything else."""
        return self._of(node, _MAXIMUM_DEPTH)

    def text(self, node: ast.expr) -> str | None:
        """The text of a literal, or of a name that is bound once, to a literal; None for any other."""
        if not isinstance(node, ast.Name):
            return literal(node)
        bindings = self._scopes.bindings(node)
        value = bindings[0].value if len(bindings) == 1 else None
        return None if value is None else literal(value)

    def transition(self, call: ast.Call) -> str | None:
        """The method of ``ApprovalTemplate`` that a call is of: "ignore"; None for any other call."""
        meaning = self.of(call.func) or ""
        name = meaning.rpartition(".")[2]
        return name if meaning.startswith(_TEMPLATE) and name in _TRANSITIONS else None

    def decoration(self, decorator: ast.expr) -> Decoration | None:
        """The decorator of the SDK that an expression behind an ``@`` is, called or not.

        A name that nothing defines is taken for the one that was forgotten to be imported.
        """
        inner = decorator.func if isinstance(decorator, ast.Call) else decorator
        meaning = self.of(inner)
        if meaning is None and isinstance(inner, ast.Name) and not self._scopes.bindings(inner):
            meaning = f"sym.{inner.id}"
        if meaning is None or not meaning.startswith("sym."):
            return None
        return _DECORATIONS.get(meaning.rpartition(".")[2])

    # --- finding out ---

    def _of(self, node: ast.expr, depth: int) -> str | None:
        if node in self._known:
            return self._known[node]
        if depth == 0:
            return None
        # Of what leads to itself, nothing is known.
        self._known[node] = None
        found = self._known[node] = self._find(node, depth - 1)
        return found

    def _find(self, node: ast.expr, depth: int) -> str | None:
        if isinstance(node, ast.Name):
            return self._of_name(node, depth)
        if isinstance(node, ast.Attribute):
            base = self._of(node.value, depth)
            return None if base is None else f"{base}.{node.attr}"
        if isinstance(node, ast.Subscript):
            return self._element(node.value, node.slice, depth)
        if isinstance(node, ast.NamedExpr):
            return self._of(node.value, depth)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            read = node.func.attr == "get" and bool(node.args)
            return self._element(node.func.value, node.args[0], depth) if read else None
        return None

    def _element(self, whole: ast.expr, key: ast.expr, depth: int) -> str | None:
        text = self.text(key)
        base = None if text is None else self._of(whole, depth)
        return None if base is None else f'{base}["{text}"]'

    def _of_name(self, name: ast.Name, depth: int) -> str | None:
        bindings = self._scopes.bindings(name)
        if not bindings:
            return None
        first = bindings[0].node
        if first not in self._bound:
            # Of what leads to itself, nothing is known.
            self._bound[first] = None
            found = {self._of_binding(binding, depth) for binding in bindings}
            self._bound[first] = found.pop() if len(found) == 1 else None
        return self._bound[first]

    def _of_binding(self, binding: Binding, depth: int) -> str | None:
        if binding.kind == "import":
            return binding.qualified
        if binding.kind == "assigned" and binding.value is not None:
            return self._of(binding.value, depth)
        if binding.kind == "parameter" and isinstance(binding.node, ast.arg):
            return self._of_parameter(binding.node, depth)
        return None

    def _of_parameter(self, parameter: ast.arg, depth: int) -> str | None:
        arguments = self._scopes.parent(parameter)
        function = None if arguments is None else self._scopes.parent(arguments)
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return None
        names = [*function.args.posonlyargs, *function.args.args]
        if parameter not in names:
            return None
        number = names.index(parameter)
        parameters = self._given_by_sym(function)
        if parameters is None:
            return self._given_by_calls(function, number, parameter.arg, depth)
        return parameters[number] if number < len(parameters) else None

    def _given_by_sym(self, function: FunctionDef) -> tuple[str, ...] | None:
        """What Sym gives to a function that it calls; None for one that it does not call."""
        if isinstance(self._scopes.parent(function), ast.ClassDef):
            return _PARAMETERS.get(function.name, ())
        if function.name.startswith("on_change_"):
            return ("username", "form")
        if any(map(self.decoration, function.decorator_list)):
            return _PARAMETERS.get(function.name, ("event",))
        return None

    def _given_by_calls(
        self, function: FunctionDef, number: int, name: str, depth: int
    ) -> str | None:
        """What all calls of a helper give, where it is only called, and by its name."""
        if function.decorator_list:
            return None
        found: str | None = None
        for read in self._scopes.reads(function):
            call = self._scopes.parent(read)
            if not isinstance(call, ast.Call) or call.func is not read:
                return None
            given = _argument(call, number, name)
            meaning = None if given is None else self._of(given, depth)
            if meaning is None or meaning != (found or meaning):
                return None
            found = meaning
        return found


def literal(node: ast.expr) -> str | None:
    """The text of a literal; None for any other expression."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def _argument(call: ast.Call, number: int, name: str) -> ast.expr | None:
    """The argument of a call at a place, or by name; None where it is not certain which it is."""
    if any(isinstance(it, ast.Starred) for it in call.args) or any(
        it.arg is None for it in call.keywords
    ):
        return None
    if number < len(call.args):
        return call.args[number]
    return next((it.value for it in call.keywords if it.arg == name), None)
