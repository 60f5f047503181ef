"""Which variables of a flow its code may read."""

from __future__ import annotations

import ast

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.sym.event.given import FILTER_VARIABLES, FORM_VARIABLES, VARIABLES
from symlint.sym.implementation.carried import all_carried_by
from symlint.sym.implementation.reads import reads_of
from symlint.sym.model.flows import Flow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.implementation.carried import Implementation
    from symlint.sym.implementation.python_module import PythonModule
    from symlint.sym.model.flows import FlowsFilter

_WHOLE: Final = ("event", "event.flow", "form")
"""What has the variables in it."""

_ATTRIBUTES: Final = ("vars", "flow_vars")


class Readers(NamedTuple):
    """The texts in the code of a flow, all names of variables among them.

    ``reason`` says why the code may read others; it is empty where it does not.
    """

    texts: frozenset[str]
    reason: str


def readers(view: Flow | FlowsFilter) -> Readers:
    """What the code of a flow, its prompt fields and its strategy, or of a flows filter, may read."""
    texts: set[str] = set()
    reason = _reason(view)
    for one in _codes(view):
        module = None if one.code is None else one.code.module
        if module is None:
            reason = reason or one.reason or "its code cannot be parsed"
        else:
            texts |= module.once(_texts)
            reason = reason or module.once(_passed_on)
    return Readers(frozenset(texts), reason)


def _codes(view: Flow | FlowsFilter) -> Iterator[Implementation]:
    yield from all_carried_by(view)
    if isinstance(view, Flow) and view.strategy is not None:
        yield from all_carried_by(view.strategy)


def _reason(view: Flow | FlowsFilter) -> str:
    """Why there may be code that is not seen."""
    if view.argument("implementation") is None:
        return "it has no implementation"
    if not isinstance(view, Flow) or view.strategy_link.is_absent:
        return ""
    strategy = view.strategy
    if strategy is None or strategy.entry is None:
        return "the strategy is not known"
    if strategy.type_name == "aws_lambda":
        return "the function of the strategy gets the event"
    return ""


def _texts(module: PythonModule) -> frozenset[str]:
    constants = (it.value for it in module.nodes if isinstance(it, ast.Constant))
    return frozenset(it for it in constants if isinstance(it, str))


def _passed_on(module: PythonModule) -> str:
    """Why code may read variables under names that do not stand in it."""
    for meaning in (VARIABLES, FORM_VARIABLES, FILTER_VARIABLES):
        if reads_of(module, meaning).others:
            return "the code uses the variables as a whole"
    for node in module.nodes:
        if isinstance(node, ast.Attribute) and node.attr in _ATTRIBUTES:
            if module.meanings.of(node) is None:
                return "where the code has its variables from is not known"
        elif isinstance(node, ast.Name) and node.id in ("getattr", "vars", "eval", "exec"):
            return "the code reads what it does not name"
        if _is_whole(module, node) and not _is_followed(module, node):
            return "the code passes the event on"
    return ""


def _is_whole(module: PythonModule, node: ast.AST) -> bool:
    loaded = isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load)
    return loaded and isinstance(node, ast.expr) and module.meanings.of(node) in _WHOLE


def _is_followed(module: PythonModule, node: ast.AST) -> bool:
    """Whether what is done with the event is seen: a part is taken, a name or a helper gets it."""
    parent = module.scopes.parent(node)
    if isinstance(parent, (ast.Attribute, ast.Return)):
        return True
    if isinstance(parent, (ast.Assign, ast.NamedExpr, ast.AnnAssign)):
        return parent.value is node
    call = module.scopes.parent(parent) if isinstance(parent, ast.keyword) else parent
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        return False
    bindings = module.scopes.bindings(call.func)
    return len(bindings) == 1 and bindings[0].kind == "function"
