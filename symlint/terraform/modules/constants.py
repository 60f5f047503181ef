"""Expressions that must be constants: no names, no functions."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl import nodes
from symlint.hcl.walk import walk
from symlint.terraform.modules.references import free_traversals
from symlint.terraform.values.value import Value, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.budget import Budget
    from symlint.source.text import Range
    from symlint.terraform.functions.files import Files
    from symlint.terraform.values.problems import Problem

_NOT_CONSTANT: Final = unknown("error", "it is not a constant")


class ConstantScope:
    """A scope without any names: that of variable files and defaults."""

    __slots__ = ("budget", "files", "problems")

    def __init__(self, budget: Budget, files: Files) -> None:
        self.budget: Final = budget
        self.files: Final = files
        self.problems: Final[list[Problem]] = []

    def lookup(self, traversal: nodes.Traversal) -> tuple[Value, int]:
        """An unknown value; that names are not allowed is for ``not_constants`` to say."""
        return _NOT_CONSTANT, len(traversal.steps)

    def report(self, problem: Problem) -> None:
        """Keep a problem of evaluating."""
        self.problems.append(problem)

    def take(self, value: Value) -> None:
        """Nothing: a constant is as sensitive as it is written."""


def not_constants(expression: nodes.Expression) -> Iterator[tuple[Range, str]]:
    """The names and calls in an expression that has to be a constant, and what they do wrong."""
    for traversal in free_traversals(expression):
        yield traversal.range, "cannot refer to other values"
    for node in walk(expression):
        if type(node) is nodes.Call:
            yield node.range, "cannot call functions"
