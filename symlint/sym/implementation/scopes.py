"""What binds a name in a text of Python: an import, a parameter, an assignment, a definition.

https://docs.python.org/3/reference/executionmodel.html#naming-and-binding
"""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, Final, Literal, TypeAlias
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FunctionDef: TypeAlias = "ast.FunctionDef | ast.AsyncFunctionDef"

_DEFINITIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_POSTPONED: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.GeneratorExp)
_TYPE_PARAMETERS: Final = ("TypeVar", "ParamSpec", "TypeVarTuple")
"""Nodes of Python 3.12 and later."""
_COMPREHENSIONS: Final = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Binding(NamedTuple):
    """One place that binds a name.

    ``value`` is the expression of an "assigned" name; what is unpacked, counted up, deleted, or bound
    by a loop, ``with``, ``except`` or ``match`` is "other". ``qualified`` is what an import names.
    """

    kind: Literal["import", "parameter", "assigned", "function", "class", "other"]
    node: ast.AST
    value: ast.expr | None = None
    qualified: str = ""


class Scope:
    """A module, class, function, lambda or comprehension, and the names that are bound in it."""

    __slots__ = ("bound", "elsewhere", "node", "parent")

    def __init__(self, node: ast.AST, parent: Scope | None) -> None:
        self.node: Final = node
        self.parent: Final = parent
        self.bound: Final[dict[str, tuple[Binding, ...]]] = {}
        self.elsewhere: Final[set[str]] = set()
        """The names that it declares ``global`` or ``nonlocal``."""


class Scopes:
    """All scopes of a text: what each binds, and the scope and the parent of each node."""

    def __init__(self, tree: ast.Module) -> None:
        self._top: Final = Scope(tree, None)
        self._parents: Final[dict[ast.AST, ast.AST]] = {}
        self._scopes: Final[dict[ast.AST, Scope]] = {}
        self._reads: Final[dict[str, list[ast.Name]]] = {}
        self._readers: Final[dict[str, dict[Scope | None, list[ast.Name]]]] = {}
        """The same by the scope that binds the name, of the names that were asked for."""
        self.has_star_import = False
        """Whether names come from somewhere that the text does not say."""
        self._walk(tree)
        for node in self._scopes:
            if isinstance(node, (ast.Global, ast.Nonlocal)):
                self._scopes[node].elsewhere.update(node.names)
        self._found: dict[Scope, dict[str, list[Binding]]] = {}
        for node in self._scopes:
            self._bind(node)
        for scope, found in self._found.items():
            scope.bound.update((name, tuple(bindings)) for name, bindings in found.items())

    # --- asking ---

    def parent(self, node: ast.AST) -> ast.AST | None:
        """The node that a node is in; None for the whole text."""
        return self._parents.get(node)

    def function_of(self, node: ast.AST) -> FunctionDef | None:
        """The innermost function, lambdas left aside, that a node is in the body of."""
        scope: Scope | None = self._scopes[node]
        while scope is not None:
            if isinstance(scope.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                return scope.node
            scope = scope.parent
        return None

    def bindings(self, name: ast.Name) -> tuple[Binding, ...]:
        """All places that may bind a name where it stands; none for a builtin or an undefined one."""
        scope = self._binding_scope(name)
        return () if scope is None else scope.bound[name.id]

    def _binding_scope(self, name: ast.Name) -> Scope | None:
        scope: Scope | None = self._scopes[name]
        innermost = True
        while scope is not None:
            # The names of a class are not those of its methods.
            seen = innermost or not isinstance(scope.node, ast.ClassDef)
            if seen and name.id in scope.bound:
                return scope
            innermost = False
            scope = scope.parent
        return None

    def is_of_text(self, name: ast.Name) -> bool:
        """Whether a name is bound by the text itself, in no function, class or comprehension."""
        return self._binding_scope(name) is self._top

    def is_postponed(self, node: ast.AST) -> bool:
        """Whether a node is run later than the text itself: in a function, lambda or generator."""
        scope: Scope | None = self._scopes[node]
        while scope is not None:
            if isinstance(scope.node, _POSTPONED):
                return True
            scope = scope.parent
        return False

    def around(self, node: ast.AST) -> Iterator[Scope]:
        """The scopes that a node is in, the nearest first."""
        scope: Scope | None = self._scopes[node]
        while scope is not None:
            yield scope
            scope = scope.parent

    def bindings_of_text(self, name: str) -> tuple[Binding, ...]:
        """All places that bind a name of the text itself: what ``from impl import name`` would give."""
        return self._top.bound.get(name, ())

    def reads(self, function: FunctionDef) -> Sequence[ast.Name]:
        """Where the name of a function is read and surely means it, or may mean it."""
        scope = self._scopes[function]
        if function.name in scope.elsewhere:
            scope = self._top
        known = self._readers.get(function.name)
        if known is None:
            known = self._readers[function.name] = {}
            for name in self._reads.get(function.name, ()):
                known.setdefault(self._binding_scope(name), []).append(name)
        return known.get(scope, ())

    # --- finding out ---

    def _walk(self, tree: ast.Module) -> None:
        waiting: list[tuple[ast.AST, Scope]] = [(tree, self._top)]
        while waiting:
            node, scope = waiting.pop()
            self._scopes[node] = scope
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                self._reads.setdefault(node.id, []).append(node)
            inner = scope
            if isinstance(node, (*_DEFINITIONS, ast.Lambda, *_COMPREHENSIONS)):
                inner = Scope(node, scope)
            for field, value in ast.iter_fields(node):
                for child in value if isinstance(value, list) else (value,):
                    # Contexts and operators are shared by all that have them.
                    if isinstance(child, ast.stmt) or (
                        isinstance(child, ast.AST) and child._fields
                    ):
                        self._parents[child] = node
                        own = inner is not scope and _is_inside(node, field)
                        around = self._around(node, field, scope)
                        waiting.append((child, inner if own else around))

    def _around(self, node: ast.AST, field: str, scope: Scope) -> Scope:
        """The scope that a part of a node is evaluated in: that around the function for defaults and
        annotations of parameters, that around the comprehension for its first iterable."""
        parent = self._parents.get(node)
        outside = field in ("defaults", "kw_defaults", "annotation")
        if isinstance(node, (ast.arguments, ast.arg)) and outside and scope.parent is not None:
            return scope.parent
        if isinstance(parent, _COMPREHENSIONS) and node is parent.generators[0] and field == "iter":
            return self._scopes[parent]
        return scope

    def _add(self, name: str, at: ast.AST, binding: Binding) -> None:
        scope = self._scopes[at]
        while isinstance(scope.node, _COMPREHENSIONS) and isinstance(
            self._parents.get(at), ast.NamedExpr
        ):
            assert scope.parent is not None
            scope = scope.parent
        if name in scope.elsewhere:
            binding, scope = Binding("other", binding.node), self._top
        self._found.setdefault(scope, {}).setdefault(name, []).append(binding)

    def _bind(self, node: ast.AST) -> None:
        if isinstance(node, ast.Name):
            if not isinstance(node.ctx, ast.Load):
                value = self._assigned(node)
                kind: Literal["other", "assigned"] = "other" if value is None else "assigned"
                self._add(node.id, node, Binding(kind, node, value))
        elif isinstance(node, ast.ClassDef):
            self._add(node.name, node, Binding("class", node))
        elif isinstance(node, _DEFINITIONS):
            self._add(node.name, node, Binding("function", node))
        elif type(node).__name__ in _TYPE_PARAMETERS:
            self._add(getattr(node, "name", ""), node, Binding("other", node))
        elif isinstance(node, ast.arg):
            self._add(node.arg, node, Binding("parameter", node))
        elif isinstance(node, ast.Import):
            for name in node.names:
                top = name.name.partition(".")[0]
                qualified = name.name if name.asname else top
                self._add(name.asname or top, node, Binding("import", name, None, qualified))
        elif isinstance(node, ast.ImportFrom):
            self._bind_imported(node)
        elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)):
            if node.name:
                self._add(node.name, node, Binding("other", node))
        elif isinstance(node, ast.MatchMapping) and node.rest:
            self._add(node.rest, node, Binding("other", node))

    def _bind_imported(self, node: ast.ImportFrom) -> None:
        package = "." * node.level + (node.module or "")
        for name in node.names:
            if name.name == "*":
                self.has_star_import = True
            else:
                binding = Binding("import", name, None, f"{package}.{name.name}")
                self._add(name.asname or name.name, node, binding)

    def _assigned(self, name: ast.Name) -> ast.expr | None:
        """The expression that a name is bound to as a whole."""
        parent = self._parents[name]
        if isinstance(parent, ast.Assign) and name is not parent.value:
            return parent.value
        if isinstance(parent, (ast.AnnAssign, ast.NamedExpr)) and parent.target is name:
            return parent.value
        return None


def _is_inside(node: ast.AST, field: str) -> bool:
    """Whether a part of a function, class or comprehension belongs to the scope that it opens.

    Decorators, bases and what a function returns do not; the names of parameters do.
    """
    if isinstance(node, ast.Lambda):
        return field in ("body", "args")
    if isinstance(node, _DEFINITIONS):
        return field in ("body", "args")
    return True
