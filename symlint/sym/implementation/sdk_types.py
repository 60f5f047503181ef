"""What type of the SDK an expression of Python surely has.

Types are written as in stub files, with the short names of the SDK's classes: "list[User]".
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from symlint.sym.catalogue.sdk_api.api import SdkApi
    from symlint.sym.implementation.python_module import PythonModule

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

    def of(self, node: ast.expr) -> str | None:
        """The type that an expression surely has; None where it is not known."""
        return self._of(node, _MAXIMUM_DEPTH)

    def name(self, node: ast.expr) -> str | None:
        """The canonical name of the thing of the SDK that an expression surely is."""
        meaning = self._module.meanings.of(node)
        if meaning is None or not meaning.startswith("sym."):
            return None
        return self.api.resolve(meaning)

    def derives(self, type_: str, base: str) -> bool:
        """Whether all that a type may be derives from a class with this short name."""
        wanted = self._canonical(base)
        return all(self.api.derives(self._canonical(it), wanted) for it in type_.split(" | "))

    # --- finding out ---

    def _canonical(self, short: str) -> str:
        return f"{self.api.imports.get(short, '')}.{short}"

    def _of(self, node: ast.expr, depth: int) -> str | None:
        if depth == 0:
            return None
        depth -= 1
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
        return self._member(node, depth, ("property",))

    def _of_call(self, call: ast.Call, depth: int) -> str | None:
        name = self.name(call.func)
        if name is not None:
            if name in self.api.classes:
                return name.rpartition(".")[2]
            function = self.api.functions.get(name)
            return _certain(function.signature.returns) if function else None
        if isinstance(call.func, ast.Attribute):
            return self._member(call.func, depth, ("method",))
        if isinstance(call.func, ast.Name) and call.func.id in ("list", "sorted"):
            if len(call.args) != 1 or self._module.scopes.bindings(call.func):
                return None
            element = _element(self._of(call.args[0], depth))
            return f"list[{element}]" if element else "list"
        return None

    def _member(self, node: ast.Attribute, depth: int, kinds: tuple[str, ...]) -> str | None:
        """What a property, or a call of a method, of an object of the SDK gives."""
        holder = self._of(node.value, depth)
        if holder is None:
            return None
        owner = self._canonical(holder.removesuffix(" | None"))
        function = self.api.function(f"{owner}.{node.attr}")
        if function is None or function.kind not in kinds:
            return None
        return _certain(function.signature.returns)


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
