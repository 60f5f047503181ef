"""What a function can return, and under which conditions."""

from __future__ import annotations

import ast
from types import MappingProxyType

from symlint.annotations import TYPE_CHECKING, Final, Literal, TypeAlias
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from symlint.sym.implementation.scopes import FunctionDef

_MAXIMUM_PATHS: Final = 200
_MAXIMUM_ASSIGNMENTS: Final = 300
_MAXIMUM_CONDITIONS: Final = 300
"""What one way may depend on: each condition copies those before it, for each way."""
_HARMLESS: Final = ("print", "len", "str", "repr", "bool", "int", "isinstance")
"""Functions that change nothing that they are given."""

Assigned: TypeAlias = "Mapping[str, Bound | None]"


class Bound(NamedTuple):
    """What was assigned to a name: an expression, and what was assigned before it.

    Where ``adds`` is not "", the value is an element ("one") or a list ("all") that was added to what
    the name was before.
    """

    value: ast.expr
    before: Assigned
    adds: Literal["", "one", "all"] = ""


Tested: TypeAlias = "ast.expr | ast.For | ast.AsyncFor | ast.match_case | ast.ExceptHandler"
"""What a way depends on: a test, something to go through, a case that matches, an exception."""


class Condition(NamedTuple):
    """What was so, or was not, on the way to a return."""

    test: Tested
    holds: bool


class Result(NamedTuple):
    """One way through a function: ``value`` is what is returned, None for ``return`` and the end.

    ``statement`` is None at the end of the function. ``conditions`` are what the way
    depends on, in order; that nothing is raised where an exception is handled is not among them.
    ``assigned`` are the names that were assigned on the way, with what was assigned last; None for what is not certain.
    """

    value: ast.expr | None
    statement: ast.Return | None
    conditions: tuple[Condition, ...]
    assigned: Assigned


class Results(NamedTuple):
    """All ways through a function that return; ``complete`` unless there are too many."""

    results: tuple[Result, ...]
    complete: bool

    @property
    def ends_without_value(self) -> tuple[Result, ...]:
        """The ways on which nothing, or None, is returned."""
        return tuple(it for it in self.results if it.value is None or _is_none(it.value))


class _Way(NamedTuple):
    """How a statement is reached."""

    conditions: tuple[Condition, ...] = ()
    assigned: Assigned = MappingProxyType({})

    def on(self, test: Tested, holds: bool) -> _Way:
        """The way on which something is so, or is not."""
        return self._replace(conditions=(*self.conditions, Condition(test, holds)))

    def assigning(self, effects: _Effects) -> _Way:
        """The way after some names were assigned, and some objects changed."""
        before = self.assigned
        after = dict(before)
        after.update((name, None) for name in effects.changed if name in before)
        for name, value in effects.bound.items():
            adds = effects.adds if name == effects.to else ""
            after[name] = None if value is None else Bound(value, before, adds)
        return self._replace(assigned=MappingProxyType(after))


class _Effects(NamedTuple):
    """What a statement does to names: to those that it binds, and to the objects of others.

    ``adds`` is how the value of the name ``to`` is added to what it was.
    """

    bound: Mapping[str, ast.expr | None]
    changed: frozenset[str] = frozenset()
    to: str = ""
    adds: Literal["", "one", "all"] = ""


def results_of(function: FunctionDef) -> Results:
    """What a function can return; calls that never come back count as coming back."""
    walk = _Walk()
    for way in walk.through(function.body, [_Way()]):
        walk.results.append(Result(None, None, *way))
    return Results(tuple(walk.results), walk.complete)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


class _Walk:
    """Goes through statements with the ways that lead there, and collects what is returned."""

    def __init__(self) -> None:
        self.results: list[Result] = []
        self.complete = True
        self._assignments = 0

    def through(self, body: Iterable[ast.stmt], ways: list[_Way]) -> list[_Way]:
        """The ways that reach the end of a body."""
        for statement in body:
            if len(ways) + len(self.results) > _MAXIMUM_PATHS:
                self.complete = False
                ways = ways[:1]
            if not ways:
                break
            ways = self._after(statement, ways)
        return ways

    def _after(self, statement: ast.stmt, ways: list[_Way]) -> list[_Way]:
        if isinstance(statement, ast.Return):
            self.results += [Result(statement.value, statement, *way) for way in ways]
            return []
        if isinstance(statement, (ast.Raise, ast.Break, ast.Continue)):
            # What follows a loop is reached by the way around it.
            return []
        if isinstance(statement, ast.If):
            ways = self._assigning(ways, _in_expression(statement.test))
            holds = self._on(ways, statement.test, True)
            fails = self._on(ways, statement.test, False)
            return [*self.through(statement.body, holds), *self.through(statement.orelse, fails)]
        if isinstance(statement, (ast.For, ast.AsyncFor, ast.While)):
            return self._after_loop(statement, ways)
        if isinstance(statement, (ast.With, ast.AsyncWith)):
            bound = _uncertain(*(it.optional_vars for it in statement.items if it.optional_vars))
            return self.through(statement.body, self._assigning(ways, bound))
        if isinstance(statement, (ast.Try, ast.TryStar)):
            return self._after_try(statement, ways)
        if isinstance(statement, ast.Match):
            return self._after_match(statement, ways)
        return self._assigning(ways, _effects_of(statement))

    def _assigning(self, ways: list[_Way], effects: _Effects) -> list[_Way]:
        if not effects.bound and not effects.changed:
            return ways
        self._assignments += 1
        if self._assignments > _MAXIMUM_ASSIGNMENTS:
            self.complete = False
            return ways
        return [way.assigning(effects) for way in ways]

    def _on(self, ways: list[_Way], test: Tested, holds: bool) -> list[_Way]:
        """The ways on which something is so, or is not; none that depends on too much."""
        kept = [way for way in ways if len(way.conditions) < _MAXIMUM_CONDITIONS]
        if len(kept) < len(ways):
            self.complete = False
        return [way.on(test, holds) for way in kept]

    def _after_loop(self, loop: ast.For | ast.AsyncFor | ast.While, ways: list[_Way]) -> list[_Way]:
        ways = self._assigning(ways, _uncertain(loop))
        inside = loop.test if isinstance(loop, ast.While) else loop
        self.through(loop.body, self._on(ways, inside, True))
        test = loop.test if isinstance(loop, ast.While) else None
        if isinstance(test, ast.Constant) and test.value and not _breaks(loop.body):
            return []
        return self.through(loop.orelse, ways) if not _breaks(loop.body) else ways

    def _after_try(self, statement: ast.Try | ast.TryStar, ways: list[_Way]) -> list[_Way]:
        ended = self.through([*statement.body, *statement.orelse], ways)
        failed = self._assigning(ways, _uncertain(*statement.body))
        for handler in statement.handlers:
            bound = _Effects({handler.name: None} if handler.name else {})
            raised = self._on(self._assigning(failed, bound), handler, True)
            ended += self.through(handler.body, raised)
        if not statement.finalbody:
            return ended
        after = self.through(statement.finalbody, ended or ways)
        return after if ended else []

    def _after_match(self, statement: ast.Match, ways: list[_Way]) -> list[_Way]:
        ended: list[_Way] = []
        ways = self._assigning(ways, _uncertain(*(case.pattern for case in statement.cases)))
        for case in statement.cases:
            if isinstance(case.pattern, ast.MatchAs) and not (case.pattern.pattern or case.guard):
                return [*ended, *self.through(case.body, ways)]
            ended += self.through(case.body, self._on(ways, case, True))
            ways = self._on(ways, case, False)
        return [*ended, *ways]


def _breaks(body: list[ast.stmt]) -> bool:
    """Whether a loop may be left by ``break``; those of loops inside it count, too."""
    return any(isinstance(node, ast.Break) for it in body for node in ast.walk(it))


def _effects_of(statement: ast.stmt) -> _Effects:
    """What a simple statement does to names."""
    uncertain = _uncertain(statement)
    bound, changed = dict(uncertain.bound), set(uncertain.changed)
    if isinstance(statement, ast.Assign):
        bound.update(
            {it.id: statement.value for it in statement.targets if isinstance(it, ast.Name)}
        )
    elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        bound[statement.target.id] = statement.value
    bound.update(_in_expression(statement).bound)
    effects = _Effects(bound, frozenset(changed))
    added = _added(statement)
    if added is None:
        return effects
    name, value, how = added
    return _Effects({**bound, name: value}, effects.changed - {name}, name, how)


def _added(statement: ast.stmt) -> tuple[str, ast.expr, Literal["one", "all"]] | None:
    """The name that ``name += value`` or ``name.append(value)`` adds to, and what is added."""
    if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        if isinstance(statement.op, ast.Add):
            return statement.target.id, statement.value, "all"
    elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        call, function = statement.value, statement.value.func
        plain = len(call.args) == 1 and not isinstance(call.args[0], ast.Starred)
        if plain and isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
            if function.attr == "append":
                return function.value.id, call.args[0], "one"
            if function.attr == "extend":
                return function.value.id, call.args[0], "all"
    return None


def _in_expression(node: ast.AST) -> _Effects:
    """What an expression assigns to names by ``:=``."""
    found = [it for it in ast.walk(node) if isinstance(it, ast.NamedExpr)]
    return _Effects({it.target.id: it.value for it in found})


def _uncertain(*nodes: ast.AST) -> _Effects:
    """The names that are bound within nodes, and whose objects may change, as what is not certain."""
    bound: dict[str, ast.expr | None] = {}
    changed = set()
    for node in nodes:
        for it in ast.walk(node):
            if isinstance(it, ast.Name) and not isinstance(it.ctx, ast.Load):
                bound[it.id] = None
            elif isinstance(it, (ast.MatchAs, ast.MatchStar)) and it.name:
                bound[it.name] = None
            elif isinstance(it, ast.Expr) and isinstance(it.value, ast.Call):
                changed |= _named_by(it.value.func) | _given_to(it.value)
            elif isinstance(it, (ast.Subscript, ast.Attribute)) and not isinstance(
                it.ctx, ast.Load
            ):
                changed |= _named_by(it)
    return _Effects(bound, frozenset(changed))


def _given_to(call: ast.Call) -> set[str]:
    """The names whose objects a function of the text may change, for it is given them."""
    function = call.func
    if not isinstance(function, ast.Name) or function.id in _HARMLESS:
        return set()
    given = (*call.args, *(it.value for it in call.keywords))
    return {it.id for it in given if isinstance(it, ast.Name)}


def _named_by(node: ast.expr) -> set[str]:
    """The name at the beginning of ``name.part[0].method``."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return {node.id} if isinstance(node, ast.Name) else set()


def is_written(function: FunctionDef) -> bool:
    """Whether a function has a body: more than a docstring, ``pass``, ``...`` and exceptions."""
    return not all(
        isinstance(it, (ast.Raise, ast.Pass))
        or (isinstance(it, ast.Expr) and isinstance(it.value, ast.Constant))
        for it in function.body
    )


def is_generator(function: FunctionDef) -> bool:
    """Whether ``yield`` stands in a function; one of a function inside it counts, too."""
    return any(isinstance(it, (ast.Yield, ast.YieldFrom)) for it in ast.walk(function))


def ways_without_value(function: FunctionDef) -> tuple[tuple[Result, ...], int]:
    """The ways through a function that give None, and how many ways that return there are.

    There are none where that is not certain: in what is still to be written, and in generators.
    """
    if not is_written(function) or is_generator(function):
        return (), 0
    results = results_of(function)
    return (results.ends_without_value if results.complete else ()), len(results.results)


def changed_names(tree: ast.Module) -> frozenset[str]:
    """The names whose objects some statement may change: by a method, or by setting a part of them."""
    changed = set(_uncertain(tree).changed)
    others = [
        (it.targets[0].id, it.value.id)
        for it in ast.walk(tree)
        if isinstance(it, ast.Assign)
        and isinstance(it.targets[0], ast.Name)
        and isinstance(it.value, ast.Name)
    ]
    for name, value in reversed(others):
        # Both are names of one object.
        if name in changed or value in changed:
            changed |= {name, value}
    return frozenset(changed)
