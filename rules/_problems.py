"""Turns the problems that Terraform itself would report into findings: for rules in terraform/."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, ClassVar
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
    about: ClassVar[tuple[str, ...]] = ("problems",)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """One finding for each problem of the rule's kind."""
        for problem in configuration.problems:
            if problem.kind == self.kind:
                finding = self._of_problem(problem)
                more = configuration.diagnosis.instances_of(problem) - 1
                yield finding._replace(more_instances=more, stops=True)

    def _of_problem(self, problem: Problem) -> Finding:
        fix = None
        help_ = problem.help
        place = Location.of_range(problem.range)
        if problem.suggestion is not None:
            help_ = _with_suggestion(problem.suggestion, help_)
            fix = place.rename(problem.suggestion, safe=True)
        return place.finding(
            self,
            problem.message,
            label=problem.label,
            related=problem.related,
            why=self.consequence,
            help_=help_,
            fix=fix,
        )


def _with_suggestion(meant: str, help_: str) -> str:
    """The help of a problem, which may say itself what was meant or list that alone."""
    if "did you mean" in help_:
        return help_
    question = f"did you mean {meant}?"
    return question if help_ in ("", f"it has {meant}") else f"{question}\n{help_}"
