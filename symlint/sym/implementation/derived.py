"""The classes of a text that derive from a class of the SDK, and what they define."""

from __future__ import annotations

import ast
from functools import cached_property

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.scopes import FunctionDef

_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)
_MOST_CLASSES: Final = 100
"""How many classes of a text one class may derive from."""


class _Bases(NamedTuple):
    """The classes of the text that a class names, whether it names that of the SDK, and no others."""

    classes: tuple[ast.ClassDef, ...]
    base: bool
    certain: bool


class Derived:
    """A class that derives from the one of the SDK, perhaps over others of the same text."""

    def __init__(self, node: ast.ClassDef, parents: Mapping[ast.ClassDef, _Bases]) -> None:
        self.node: Final = node
        self._parents: Final = parents

    @cached_property
    def _lineage(self) -> tuple[list[ast.ClassDef], bool]:
        """The class and those of the text that it derives from, and whether that is all it has.

        It is not where a base is not known, a decorator may add something, or there are too many.
        """
        found, certain, waiting = [self.node], True, [self.node]
        while waiting:
            cls = waiting.pop()
            parents = self._parents[cls]
            certain = certain and parents.certain and not cls.decorator_list and not cls.keywords
            for parent in parents.classes:
                if len(found) == _MOST_CLASSES:
                    return found, False
                if parent not in found:
                    found.append(parent)
                    waiting.append(parent)
        return found, certain

    @property
    def certain(self) -> bool:
        """Whether what the class does not define here is surely lacking."""
        return self._lineage[1]

    def defined(self, name: str) -> ast.stmt | None:
        """What defines a name in the class or in one that it derives from."""
        return next((it for cls in self._lineage[0] for it in _defining(cls.body, name)), None)

    @property
    def used(self) -> frozenset[str]:
        """The attributes that the class asks for, of whatever object."""
        nodes = ast.walk(self.node)
        return frozenset(it.attr for it in nodes if isinstance(it, ast.Attribute))

    @property
    def methods(self) -> tuple[FunctionDef, ...]:
        """The methods of the class itself, in order."""
        return tuple(it for it in self.node.body if isinstance(it, _FUNCTIONS))


def derived_classes(module: PythonModule, base: str) -> tuple[Derived, ...]:
    """The classes that derive from ``base``, a name of the SDK, and from which none does in turn."""
    own = frozenset(module.classes)
    parents = {cls: _parents(module, cls, base, own) for cls in module.classes}
    reaching = {cls for cls, it in parents.items() if it.base}
    waiting = list(reaching)
    children: dict[ast.ClassDef, list[ast.ClassDef]] = {}
    for cls, it in parents.items():
        for parent in it.classes:
            children.setdefault(parent, []).append(cls)
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in reaching:
                reaching.add(child)
                waiting.append(child)
    return tuple(
        Derived(cls, parents)
        for cls in module.classes
        if cls in reaching and reaching.isdisjoint(children.get(cls, ()))
    )


def has_unknown_class(module: PythonModule) -> bool:
    """Whether there are classes, or may be some, of which not all bases are known."""
    if module.scopes.has_star_import:
        return True
    own = {cls.name for cls in module.classes}
    return any(
        not (isinstance(base, ast.Name) and base.id in own | {"object"})
        for cls in module.classes
        for base in (*cls.bases, *(it.value for it in cls.keywords))
    )


def _parents(
    module: PythonModule, cls: ast.ClassDef, base: str, own: frozenset[ast.ClassDef]
) -> _Bases:
    found, is_base, certain = [], False, True
    for expression in cls.bases:
        parent = _class_of(module, expression, own)
        if parent is not None:
            found.append(parent)
        elif _is(module, expression, base):
            is_base = True
        else:
            certain = False
    return _Bases(tuple(found), is_base, certain)


def _class_of(
    module: PythonModule, expression: ast.expr, own: frozenset[ast.ClassDef]
) -> ast.ClassDef | None:
    if not isinstance(expression, ast.Name):
        return None
    bindings = module.scopes.bindings(expression)
    node = bindings[0].node if len(bindings) == 1 else None
    return node if isinstance(node, ast.ClassDef) and node in own else None


def _is(module: PythonModule, expression: ast.expr, base: str) -> bool:
    """Whether an expression is the class; a name that nothing defines is taken for a forgotten import."""
    meaning = module.meanings.of(expression)
    if meaning is None and isinstance(expression, ast.Name):
        return expression.id == base and not module.scopes.bindings(expression)
    return meaning is not None and meaning.startswith("sym.") and meaning.endswith(f".{base}")


def _defining(body: list[ast.stmt], name: str) -> Iterator[ast.stmt]:
    for statement in body:
        if isinstance(statement, _FUNCTIONS) and statement.name == name:
            yield statement
        elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            if any(isinstance(it, ast.Name) and it.id == name for it in targets):
                yield statement
        elif isinstance(statement, (ast.If, ast.Try)):
            yield from _defining([*statement.body, *statement.orelse], name)
