"""Turns the problems that Terraform itself would report into findings: for rules in terraform/."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from symlint.lint.finding import Edit, Fix
from symlint.lint.location import Location
from symlint.lint.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome, Severity
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.terraform.values.problems import Problem, ProblemKind


class ProblemRule(Rule):
    """A rule whose findings are the problems of one ``kind``; ``consequence`` is their ``why``."""

    kind: ClassVar[ProblemKind]
    consequence: ClassVar[str]
    severity: ClassVar[Severity] = "error"
    evaluates_all = True

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """One finding for each problem of the rule's kind."""
        for problem in configuration.problems:
            if problem.kind == self.kind:
                finding = self._of_problem(problem)
                more = configuration.diagnosis.instances_of(problem) - 1
                yield finding._replace(more_instances=more)

    def _of_problem(self, problem: Problem) -> Finding:
        fix = None
        help_ = problem.help
        if problem.suggestion is not None:
            help_ = help_ or f"did you mean {problem.suggestion}?"
            replacement = _in_place(problem.range.text, problem.suggestion)
            if replacement is not None:
                edit = Edit(problem.range, replacement)
                fix = Fix(f"write {problem.suggestion}", (edit,), safe=True)
        return Location.of_range(problem.range).finding(
            self,
            problem.message,
            label=problem.label,
            related=problem.related,
            why=self.consequence,
            help_=help_,
            fix=fix,
        )


def _in_place(wrong: str, name: str) -> str | None:
    """What to write instead of the string ``wrong``: a step keeps its dot or its brackets.

    None for a computed key: the mistake is where it is computed.
    """
    if wrong.startswith("["):
        return f'["{name}"]' if wrong.startswith('["') else None
    return f".{name}" if wrong.startswith(".") else name
