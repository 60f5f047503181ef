"""The classes of a text that derive from a class of the SDK, and what they define."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.implementation.scopes import FunctionDef

_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)


class Derived(NamedTuple):
    """A class that derives from the one of the SDK, perhaps over others of the same text.

    ``lineage`` are the class and those of the text that it derives from, the nearest first.
    ``certain`` unless a base is not known, or a decorator may add something.
    """

    node: ast.ClassDef
    lineage: tuple[ast.ClassDef, ...]
    certain: bool

    def defined(self, name: str) -> ast.stmt | None:
        """What defines a name in the class or in one that it derives from."""
        return next((it for cls in self.lineage for it in _defining(cls.body, name)), None)

    @property
    def methods(self) -> tuple[FunctionDef, ...]:
        """The methods of the class itself, in order."""
        return tuple(it for it in self.node.body if isinstance(it, _FUNCTIONS))


def derived_classes(module: PythonModule, base: str) -> tuple[Derived, ...]:
    """The classes that derive from ``base``, a name of the SDK, and from which none does in turn."""
    found = [_derived(module, cls, base, ()) for cls in module.classes]
    known = [it for it in found if it is not None]
    parents = {id(cls) for it in known for cls in it.lineage[1:]}
    return tuple(it for it in known if id(it.node) not in parents)


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


def _derived(
    module: PythonModule, cls: ast.ClassDef, base: str, below: tuple[ast.ClassDef, ...]
) -> Derived | None:
    reaches = False
    certain = not cls.decorator_list and not cls.keywords
    lineage = [cls]
    for expression in cls.bases:
        parent = _class_of(module, expression)
        inner = None
        if parent is not None and parent is not cls and parent not in below:
            inner = _derived(module, parent, base, (*below, cls))
        if _is(module, expression, base):
            reaches = True
        elif inner is not None:
            reaches, certain = True, certain and inner.certain
            lineage += [it for it in inner.lineage if it not in lineage]
        elif parent is not None and not parent.bases:
            lineage.append(parent)
        else:
            certain = False
    return Derived(cls, tuple(lineage), certain) if reaches else None


def _class_of(module: PythonModule, expression: ast.expr) -> ast.ClassDef | None:
    if not isinstance(expression, ast.Name):
        return None
    bindings = module.scopes.bindings(expression)
    node = bindings[0].node if len(bindings) == 1 else None
    return node if isinstance(node, ast.ClassDef) else None


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
