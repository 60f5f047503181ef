"""Everything that Terraform would refuse in one configuration, found once, when it is asked for."""

from __future__ import annotations

from functools import cached_property

from symlint.annotations import TYPE_CHECKING, Final
from symlint.terraform.instances.collection_pause import CollectionPause

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.instances.evaluation import Evaluation
    from symlint.terraform.values.problems import Problem


class Diagnosis:
    """The problems of a configuration; dependency cycles are those of its reference graph."""

    def __init__(self, configuration: Configuration) -> None:
        self.configuration: Final = configuration

    @cached_property
    def static_problems(self) -> tuple[Problem, ...]:
        """The problems that can be seen without evaluating anything."""
        from symlint.terraform.checks.all_checks import check_configuration

        with CollectionPause():
            return self._refused(check_configuration(self.configuration))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The static problems, those of the inputs, and those that evaluating everything shows."""
        known, general = self._evaluated
        found = dict.fromkeys((*self.static_problems, *self.configuration.inputs.problems))
        found.update(dict.fromkeys(known.problems))
        # For any input, the same mistake may be described in other words.
        described = {(problem.kind, problem.range) for problem in found}
        more = (p for p in general.problems if (p.kind, p.range) not in described)
        found.update(dict.fromkeys(more))
        return self._refused(found)

    def _refused(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Without what is right in OpenTofu, where the configuration is OpenTofu's."""
        called = self.configuration.called
        return tuple(it for it in problems if not (it.opentofu and called.opentofu))

    def instances_of(self, problem: Problem) -> int:
        """In how many instances a problem was met; 1 for those of the static checks."""
        return max(1, *(evaluation.instances_of(problem) for evaluation in self._evaluated))

    def evaluate_all(self) -> None:
        """Evaluate every expression of every instance once, so that problems are noted."""
        _ = self._evaluated

    @cached_property
    def _evaluated(self) -> tuple[Evaluation, Evaluation]:
        """The evaluations in which everything has been evaluated for its problems.

        A root variable's default is what it is when nobody sets it, and somebody may: that an
        expression does not work with the default alone is no mistake. So everything is evaluated
        with the root variables that are not set from outside as unknown, in a configuration of
        its own (in this one, when there are no such variables), where what may not exist at all
        proves nothing. What is wrong for any input is found in another one, module by module.
        """
        from symlint.terraform.checks.any_input import evaluate_for_any_input
        from symlint.terraform.checks.evaluate_all import check_default_validations, evaluate_all

        one = self.configuration
        known = one.without_defaults
        with CollectionPause():
            evaluate_all(known)
            check_default_validations(one, known)
            return known.evaluation, evaluate_for_any_input(one)
