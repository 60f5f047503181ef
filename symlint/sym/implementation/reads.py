"""What Python reads of a map that Terraform gives: variables, fields, integrations, settings."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, Literal
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from symlint.sym.implementation.python_module import PythonModule


class Read(NamedTuple):
    """A key that is read of a map.

    ``how`` is "item" for ``map["key"]``, which fails without the key; "get" for ``map.get("key")`` and
    "in" for ``"key" in map``, which do not. ``node`` is the key, ``whole`` the expression around it.
    """

    key: str
    how: Literal["item", "get", "in"]
    node: ast.expr
    whole: ast.expr


class Reads(NamedTuple):
    """All reads of a map: those with keys that are known, and whether there may be others."""

    known: tuple[Read, ...]
    others: tuple[ast.expr, ...]
    """Where the map is used as a whole, or with a key that is computed."""


def reads_of(module: PythonModule, meaning: str) -> Reads:
    """What is read of the map that a meaning names: ``event.flow.vars``."""
    known: list[Read] = []
    others: list[ast.expr] = []
    for node in module.by_meaning.get(meaning, ()):
        parent = module.scopes.parent(node)
        if _is_alias(parent, node):
            continue
        read = _read(module, node, parent)
        if read is None:
            others.append(node)
        elif not isinstance(getattr(read.whole, "ctx", None), (ast.Store, ast.Del)):
            known.append(read)
    return Reads(tuple(sorted(known, key=_place)), tuple(others))


def _is_alias(parent: ast.AST | None, node: ast.expr) -> bool:
    """Whether the map only gets another name here, which is followed."""
    if isinstance(parent, (ast.Assign, ast.AnnAssign, ast.NamedExpr)) and parent.value is node:
        targets = parent.targets if isinstance(parent, ast.Assign) else [parent.target]
        return all(isinstance(target, ast.Name) for target in targets)
    return False


def _read(module: PythonModule, node: ast.expr, parent: ast.AST | None) -> Read | None:
    if isinstance(parent, ast.Subscript) and parent.value is node:
        key = module.meanings.text(parent.slice)
        return None if key is None else Read(key, "item", parent.slice, parent)
    if isinstance(parent, ast.Attribute) and parent.attr == "get":
        call = module.scopes.parent(parent)
        if isinstance(call, ast.Call) and call.func is parent and call.args:
            key = module.meanings.text(call.args[0])
            return None if key is None else Read(key, "get", call.args[0], call)
    if isinstance(parent, ast.Compare) and len(parent.ops) == 1 and parent.comparators[0] is node:
        key = module.meanings.text(parent.left)
        if key is not None and isinstance(parent.ops[0], (ast.In, ast.NotIn)):
            return Read(key, "in", parent.left, parent)
    return None


def _place(read: Read) -> tuple[int, int]:
    return read.node.lineno, read.node.col_offset
