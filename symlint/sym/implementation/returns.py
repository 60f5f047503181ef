"""What a function can return, and under which conditions."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.sym.implementation.scopes import FunctionDef

_MAXIMUM_PATHS: Final = 200


class Condition(NamedTuple):
    """A test that was true, or false, on the way to a return."""

    test: ast.expr
    holds: bool


class Result(NamedTuple):
    """One way through a function: ``value`` is what is returned, None for ``return`` and the end.

    ``statement`` is None at the end of the function. ``conditions`` are the tests on the way in order,
    as far as they are known: loops, ``try``, ``with`` and ``match`` leave out their own.
    """

    value: ast.expr | None
    statement: ast.Return | None
    conditions: tuple[Condition, ...]


class Results(NamedTuple):
    """All ways through a function that return; ``complete`` unless there are too many."""

    results: tuple[Result, ...]
    complete: bool

    @property
    def ends_without_value(self) -> tuple[Result, ...]:
        """The ways on which nothing, or None, is returned."""
        return tuple(it for it in self.results if it.value is None or _is_none(it.value))


def results_of(function: FunctionDef) -> Results:
    """What a function can return; calls that never come back count as coming back."""
    walk = _Walk()
    for conditions in walk.through(function.body, [()]):
        walk.results.append(Result(None, None, conditions))
    return Results(tuple(walk.results), walk.complete)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


class _Walk:
    """Goes through statements with the ways that lead there, and collects what is returned."""

    def __init__(self) -> None:
        self.results: list[Result] = []
        self.complete = True

    def through(
        self, body: Iterable[ast.stmt], ways: list[tuple[Condition, ...]]
    ) -> list[tuple[Condition, ...]]:
        """The ways that reach the end of a body."""
        for statement in body:
            if len(ways) + len(self.results) > _MAXIMUM_PATHS:
                self.complete = False
                ways = ways[:1]
            if not ways:
                break
            ways = self._after(statement, ways)
        return ways

    def _after(
        self, statement: ast.stmt, ways: list[tuple[Condition, ...]]
    ) -> list[tuple[Condition, ...]]:
        if isinstance(statement, ast.Return):
            self.results += [Result(statement.value, statement, way) for way in ways]
            return []
        if isinstance(statement, (ast.Raise, ast.Break, ast.Continue)):
            # What follows a loop is reached by the way around it.
            return []
        if isinstance(statement, ast.If):
            holds = [(*way, Condition(statement.test, True)) for way in ways]
            fails = [(*way, Condition(statement.test, False)) for way in ways]
            return [*self.through(statement.body, holds), *self.through(statement.orelse, fails)]
        if isinstance(statement, (ast.For, ast.AsyncFor, ast.While)):
            return self._after_loop(statement, ways)
        if isinstance(statement, (ast.With, ast.AsyncWith)):
            return self.through(statement.body, ways)
        if isinstance(statement, (ast.Try, ast.TryStar)):
            return self._after_try(statement, ways)
        if isinstance(statement, ast.Match):
            return self._after_match(statement, ways)
        return ways

    def _after_loop(
        self, loop: ast.For | ast.AsyncFor | ast.While, ways: list[tuple[Condition, ...]]
    ) -> list[tuple[Condition, ...]]:
        self.through(loop.body, ways)
        test = loop.test if isinstance(loop, ast.While) else None
        if isinstance(test, ast.Constant) and test.value and not _breaks(loop.body):
            return []
        return self.through(loop.orelse, ways) if not _breaks(loop.body) else ways

    def _after_try(
        self, statement: ast.Try | ast.TryStar, ways: list[tuple[Condition, ...]]
    ) -> list[tuple[Condition, ...]]:
        ended = self.through([*statement.body, *statement.orelse], ways)
        for handler in statement.handlers:
            ended += self.through(handler.body, ways)
        if not statement.finalbody:
            return ended
        after = self.through(statement.finalbody, ended or ways)
        return after if ended else []

    def _after_match(
        self, statement: ast.Match, ways: list[tuple[Condition, ...]]
    ) -> list[tuple[Condition, ...]]:
        ended: list[tuple[Condition, ...]] = []
        for case in statement.cases:
            ended += self.through(case.body, ways)
        last = statement.cases[-1]
        whole = isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None
        return ended if whole and last.guard is None else [*ended, *ways]


def _breaks(body: list[ast.stmt]) -> bool:
    """Whether a loop may be left by ``break``; those of loops inside it count, too."""
    return any(isinstance(node, ast.Break) for it in body for node in ast.walk(it))
