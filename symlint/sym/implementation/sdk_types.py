"""What type of the SDK an expression of Python surely has.

Types are written as in stub files, with the short names of the SDK's classes: "list[User]".
"""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, Final
from symlint.sym.implementation.returns import results_of

if TYPE_CHECKING:
    from symlint.sym.catalogue.sdk_api.api import SdkApi, SdkFunction
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.returns import Results
    from symlint.sym.implementation.scopes import FunctionDef

_GIVEN: Final = {"event": "Event", "form": "SymPromptForm", "user": "User"}
"""What Sym gives to functions, by its meaning."""

_DISPLAYS: Final[dict[type[ast.expr], str]] = {
    ast.Tuple: "tuple",
    ast.Set: "set",
    ast.SetComp: "set",
    ast.Dict: "dict",
    ast.DictComp: "dict",
    ast.GeneratorExp: "generator",
    ast.JoinedStr: "str",
    ast.Lambda: "function",
}
_MAXIMUM_DEPTH: Final = 30


class SdkTypes:
    """The types of the expressions of one text of Python."""

    def __init__(self, api: SdkApi, module: PythonModule) -> None:
        self.api: Final = api
        self._module: Final = module
        self._known: Final[dict[ast.AST, str | None]] = {}
        self._ways: Final[dict[ast.AST, Results]] = {}

    def of(self, node: ast.expr) -> str | None:
        """The type that an expression surely has; None where it is not known."""
        return self._of(node, _MAXIMUM_DEPTH)

    def name(self, node: ast.expr) -> str | None:
        """The canonical name of the thing of the SDK that an expression surely is."""
        meaning = self._module.meanings.of(node)
        if meaning is None or not meaning.startswith("sym."):
            return None
        return self.api.resolve(meaning)

    def method(self, node: ast.expr) -> SdkFunction | None:
        """The method or property of an object of the SDK that an expression surely is."""
        if not isinstance(node, ast.Attribute):
            return None
        holder = self.of(node.value)
        owner = self._canonical((holder or "").removesuffix(" | None"))
        return self.api.function(f"{owner}.{node.attr}") if holder else None

    def values(self, node: ast.expr) -> tuple[ast.expr, ...]:
        """What an expression is: itself, or, for a name in what a function returns, what was last
        assigned to it on each way there, as far as that is certain."""
        scopes = self._module.scopes
        function = scopes.function_of(node)
        if not isinstance(node, ast.Name) or function is None or len(scopes.bindings(node)) < 2:
            return (node,)
        statement: ast.AST | None = node
        while statement is not None and not isinstance(statement, ast.stmt):
            statement = scopes.parent(statement)
        last = [
            result.assigned.get(node.id)
            for result in self._results(function).results
            if result.statement is statement
        ]
        found = [it.value for it in last if it is not None and not it.adds]
        return tuple(dict.fromkeys(found))

    def derives(self, type_: str, base: str) -> bool:
        """Whether all that a type may be derives from a class with this short name."""
        wanted = self._canonical(base)
        return all(self.api.derives(self._canonical(it), wanted) for it in type_.split(" | "))

    # --- finding out ---

    def _canonical(self, short: str) -> str:
        return f"{self.api.imports.get(short, '')}.{short}"

    def _of(self, node: ast.expr, depth: int) -> str | None:
        if depth > 0 and node not in self._known:
            # Of what leads to itself, nothing is known.
            self._known[node] = None
            self._known[node] = self._find(node, depth - 1)
        return self._known.get(node)

    def _find(self, node: ast.expr, depth: int) -> str | None:
        if isinstance(node, ast.Constant):
            return "None" if node.value is None else type(node.value).__name__
        if type(node) in _DISPLAYS:
            return _DISPLAYS[type(node)]
        given = _GIVEN.get(self._module.meanings.of(node) or "")
        if given is not None:
            return given
        if isinstance(node, ast.NamedExpr):
            return self._of(node.value, depth)
        if isinstance(node, ast.Name):
            return self._of_name(node, depth)
        if isinstance(node, ast.Attribute):
            return self._of_attribute(node, depth)
        if isinstance(node, ast.Call):
            return self._of_call(node, depth)
        if isinstance(node, ast.Subscript):
            whole = self._of(node.value, depth)
            return whole if isinstance(node.slice, ast.Slice) else _element(whole)
        return self._of_several(node, depth)

    def _of_several(self, node: ast.expr, depth: int) -> str | None:
        """The type of a list, and of what is one of several things."""
        if isinstance(node, ast.ListComp):
            element = self._of(node.elt, depth)
            return f"list[{element}]" if element else "list"
        if isinstance(node, ast.List):
            elements = {self._of(it, depth) for it in node.elts}
            element = elements.pop() if len(elements) == 1 else None
            return f"list[{element}]" if element else "list"
        parts: tuple[ast.expr, ...] = ()
        if isinstance(node, ast.IfExp):
            parts = (node.body, node.orelse)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            parts = (node.left, node.right)
        types = {self._of(it, depth) for it in parts}
        return types.pop() if len(types) == 1 else None

    def _of_name(self, node: ast.Name, depth: int) -> str | None:
        bindings = self._module.scopes.bindings(node)
        if len(bindings) != 1:
            return None
        (binding,) = bindings
        if binding.kind == "assigned" and binding.value is not None:
            return self._of(binding.value, depth)
        loop = self._module.scopes.parent(binding.node)
        if isinstance(loop, (ast.For, ast.comprehension)) and loop.target is binding.node:
            return _element(self._of(loop.iter, depth))
        return None

    def _of_attribute(self, node: ast.Attribute, depth: int) -> str | None:
        name = self.name(node)
        owner = self.api.classes.get((name or "").rpartition(".")[0])
        if owner is not None and node.attr in owner.values:
            return owner.name.rpartition(".")[2]
        return self._member(node, "property")

    def _of_call(self, call: ast.Call, depth: int) -> str | None:
        name = self.name(call.func)
        if name is not None:
            if name in self.api.classes:
                return name.rpartition(".")[2]
            function = self.api.functions.get(name)
            return _certain(function.signature.returns) if function else None
        if isinstance(call.func, ast.Attribute):
            return self._member(call.func, "method")
        if not isinstance(call.func, ast.Name):
            return None
        bindings = self._module.scopes.bindings(call.func)
        if call.func.id in ("list", "sorted") and len(call.args) == 1 and not bindings:
            element = _element(self._of(call.args[0], depth))
            return f"list[{element}]" if element else "list"
        functions = [it.node for it in bindings if isinstance(it.node, ast.FunctionDef)]
        return self._returned(functions[0], depth) if len(functions) == len(bindings) == 1 else None

    def _results(self, function: FunctionDef) -> Results:
        if function not in self._ways:
            self._ways[function] = results_of(function)
        return self._ways[function]

    def _returned(self, function: ast.FunctionDef, depth: int) -> str | None:
        """What a function of the text gives back."""
        if function not in self._known:
            # Of what leads to itself, nothing is known.
            self._known[function] = None
            self._known[function] = self._find_returned(function, depth)
        return self._known[function]

    def _find_returned(self, function: ast.FunctionDef, depth: int) -> str | None:
        if function.decorator_list or any(map(_is_yield, ast.walk(function))):
            return None
        found = self._results(function)
        types = {self._of(it.value, depth) if it.value else None for it in found.results}
        return types.pop() if found.complete and len(types) == 1 else None

    def _member(self, node: ast.Attribute, kind: str) -> str | None:
        """What a property, or a call of a method, of an object of the SDK gives."""
        function = self.method(node)
        return _certain(function.signature.returns) if function and function.kind == kind else None


def _is_yield(node: ast.AST) -> bool:
    return isinstance(node, (ast.Yield, ast.YieldFrom))


def _certain(type_: str) -> str | None:
    """A type that the SDK gives; None where that says nothing."""
    return None if type_ in ("", "Any") else type_


def _element(type_: str | None) -> str | None:
    """The type of what is in a list, or of the values of a dictionary."""
    if type_ is None or not type_.endswith("]"):
        return None
    container, _, inner = type_[:-1].partition("[")
    if container == "dict":
        inner = inner.partition(", ")[2]
    return inner if container in ("list", "dict") and inner != "Any" else None
