"""Under which conditions a part of the code is reached."""

from __future__ import annotations

import ast
from itertools import islice

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.implementation.scopes import FunctionDef, Scopes

_MAXIMUM_WAYS: Final = 64
"""How many ways to a function are looked at."""

_MAXIMUM_GUARDS: Final = 100
"""How many tests on a way are looked at."""

_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)
_CATCHING: Final = ("KeyError", "LookupError", "Exception", "BaseException", "TypeError")
_LOOPS: Final = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Guard(NamedTuple):
    """A test, and what it was on the way; ``holds`` is None where it is only known to matter."""

    test: ast.expr
    holds: bool | None


class Way(NamedTuple):
    """One way to a part of the code: the tests that surely were asked on it.

    ``caught`` where a failure of the part is caught on it, so that the code goes on. ``complete`` unless
    there are too many tests.
    """

    guards: tuple[Guard, ...]
    caught: bool
    complete: bool


class Ways:
    """The ways to the parts of one text, from the functions that Sym calls."""

    def __init__(self, scopes: Scopes) -> None:
        self._scopes: Final = scopes
        self._known: Final[dict[ast.AST, tuple[Way, ...]]] = {}
        self._leaving: Final[dict[ast.AST, dict[ast.stmt, list[Guard]]]] = {}

    def to(self, node: ast.AST) -> tuple[Way, ...]:
        """The ways to a node, none to what nothing calls."""
        own, function = self._within(node)
        return tuple(_joined(before, own) for before in self._to_function(function))

    def _within(self, node: ast.AST) -> tuple[Way, FunctionDef | None]:
        """The way to a node inside of the function that it is in, and that function."""
        guards: list[Guard] = []
        caught = False
        function: FunctionDef | None = None
        here, parent = node, self._scopes.parent(node)
        while parent is not None and function is None:
            guards += _guards(here, parent)
            if isinstance(here, ast.stmt):
                guards += self._left_before(here, parent)
            caught = caught or _catches(here, parent)
            if isinstance(parent, _FUNCTIONS) and isinstance(here, ast.stmt):
                function = parent
            here, parent = parent, self._scopes.parent(parent)
        complete = len(guards) <= _MAXIMUM_GUARDS
        return Way(tuple(guards[:_MAXIMUM_GUARDS]), caught, complete), function

    def _left_before(self, here: ast.stmt, parent: ast.AST) -> list[Guard]:
        """The tests of the statements before one in its block, which would have left the block."""
        if parent not in self._leaving:
            before = self._leaving[parent] = {}
            for _, block in ast.iter_fields(parent):
                so_far: list[Guard] = []
                for statement in block if isinstance(block, list) else ():
                    if isinstance(statement, ast.stmt):
                        before[statement] = so_far
                        guard = _leaving(statement)
                        so_far = (
                            so_far if guard is None else [guard, *so_far][: _MAXIMUM_GUARDS + 1]
                        )
        return self._leaving[parent].get(here, [])

    def _to_function(self, function: FunctionDef | None) -> tuple[Way, ...]:
        if function is None or self._is_called_by_sym(function):
            return (Way((), False, True),)
        if function not in self._known:
            # A function is not reached by what it calls itself.
            self._known[function] = ()
            calls = self._scopes.reads(function)
            found = (way for call in calls for way in self.to(call))
            self._known[function] = tuple(islice(found, _MAXIMUM_WAYS))
        return self._known[function]

    def _is_called_by_sym(self, function: FunctionDef) -> bool:
        """Whether Sym may call a function: by its decorator, by its name, as a method."""
        method = isinstance(self._scopes.parent(function), ast.ClassDef)
        return method or bool(function.decorator_list) or function.name.startswith("on_change_")


def _joined(before: Way, own: Way) -> Way:
    guards = (*before.guards, *own.guards)
    complete = before.complete and own.complete and len(guards) <= _MAXIMUM_GUARDS
    return Way(guards[:_MAXIMUM_GUARDS], before.caught or own.caught, complete)


def _guards(here: ast.AST, parent: ast.AST) -> Iterator[Guard]:
    """The tests that a parent asks before it comes to one of its parts."""
    if isinstance(parent, (ast.If, ast.While, ast.IfExp)):
        if _is_in(here, parent.body):
            yield Guard(parent.test, True)
        elif _is_in(here, parent.orelse):
            yield Guard(parent.test, False)
    elif isinstance(parent, ast.BoolOp) and isinstance(here, ast.expr):
        before = parent.values[: parent.values.index(here)][-_MAXIMUM_GUARDS - 1 :]
        yield from (Guard(test, isinstance(parent.op, ast.And)) for test in before)
    elif isinstance(parent, _LOOPS) and not isinstance(here, ast.comprehension):
        for loop in parent.generators:
            yield from (Guard(test, True) for test in loop.ifs)
    elif isinstance(parent, ast.comprehension) and here in parent.ifs:
        yield from (Guard(test, True) for test in parent.ifs[: parent.ifs.index(here)])
    elif isinstance(parent, ast.Match) and here is not parent.subject:
        yield Guard(parent.subject, None)


def _leaving(statement: ast.stmt) -> Guard | None:
    """What surely was tested where the code goes on behind a statement."""
    if isinstance(statement, ast.Assert):
        return Guard(statement.test, True)
    if isinstance(statement, ast.If):
        if _leaves(statement.body):
            return Guard(statement.test, False)
        return Guard(statement.test, True) if _leaves(statement.orelse) else None
    if isinstance(statement, ast.Match) and any(_leaves(it.body) for it in statement.cases):
        return Guard(statement.subject, None)
    return None


def _leaves(block: list[ast.stmt]) -> bool:
    """Whether a block never comes to its end."""
    last = block[-1] if block else None
    if isinstance(last, ast.If):
        return _leaves(last.body) and _leaves(last.orelse)
    return isinstance(last, (ast.Return, ast.Raise, ast.Continue, ast.Break))


def _catches(here: ast.AST, parent: ast.AST) -> bool:
    """Whether a parent catches that a key is missing in one of its parts."""
    if isinstance(parent, (ast.With, ast.AsyncWith)):
        return here in parent.body and any(_is_suppress(it.context_expr) for it in parent.items)
    if not isinstance(parent, (ast.Try, ast.TryStar)) or here not in parent.body:
        return False
    return any(it.type is None or _names(it.type) & set(_CATCHING) for it in parent.handlers)


def _is_suppress(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and "suppress" in _names(node.func)


def _names(node: ast.expr) -> set[str]:
    """The last names of all that an expression mentions."""
    found = {it.id for it in ast.walk(node) if isinstance(it, ast.Name)}
    return found | {it.attr for it in ast.walk(node) if isinstance(it, ast.Attribute)}


def _is_in(here: ast.AST, part: ast.expr | list[ast.stmt]) -> bool:
    return here in part if isinstance(part, list) else here is part
