"""Runs rules over one configuration; a rule that crashes is reported and stops no other."""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Final, cast
from symlint.budget import TOO_MUCH_WORK, Budget
from symlint.lint.errors import TimeLimitReachedError
from symlint.lint.finding import PASSED, Finding, Undecided
from symlint.lint.registry import describe_exception
from symlint.lint.report import Failure
from symlint.lint.rule import ListedRule, concerns
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from symlint.lint.finding import Outcome
    from symlint.lint.rule import AnyRule, Rule
    from symlint.lint.run_rule import Run, RunRule
    from symlint.sym.model.configuration import SymConfiguration


_STEPS_PER_OUTCOME: Final = 100
_STEPS_PER_FINDING: Final = 300
"""What a question costs that a rule asks, in steps of the budget, and a finding beside that."""

MOST_FINDINGS: Final = 2_000
"""How many findings of one rule are taken from one root module."""


class Checked(NamedTuple):
    """What rules said: ``passed`` counts questions in order.

    ``crashed`` has the codes of rules that did not come to their end.

    ``stopped`` is set where the time of the run was over before all rules had run.
    """

    findings: Sequence[Finding]
    undecided: Sequence[Undecided]
    passed: int
    failures: Sequence[Failure]
    crashed: frozenset[str]
    stopped: TimeLimitReachedError | None = None


def check_configuration(configuration: SymConfiguration, rules: Iterable[AnyRule]) -> Checked:
    """What the rules say of one root configuration."""
    directory = configuration.terraform.directory
    rules = tuple(rules)
    gathered = _Gathered(directory, configuration.terraform.budget)
    try:
        if any(rule.evaluates_all for rule in rules):
            gathered.evaluate_all(configuration)
        for rule in rules:
            if rule.after_baseline is None:
                gathered.run(rule, configuration, lambda made: made.check(configuration))
    except TimeLimitReachedError as stopped:
        return gathered.checked()._replace(stopped=stopped)
    return gathered.checked()


def check_run(run: Run, rules: Iterable[AnyRule], *, after_baseline: bool) -> Checked:
    """What the rules about the run say, before or after the baseline has been applied."""
    gathered = _Gathered("", Budget())
    for rule in rules:
        if rule.after_baseline is after_baseline:
            gathered.run(rule, run, lambda made: cast("RunRule", made).check_run(run))
    return gathered.checked()


def _usable(outcome: Outcome) -> Outcome:
    """An outcome that can be shown, cut where it is very long. Raises UnusableOutcomeError."""
    from symlint.lint.brevity import brief
    from symlint.lint.soundness import refuse_unusable

    refuse_unusable(outcome)
    return brief(outcome)


class _Gathered:
    """The outcomes of rules, as they come."""

    def __init__(self, directory: str, budget: Budget) -> None:
        self._directory = directory
        self._budget = budget
        self._findings: list[Finding] = []
        self._undecided: list[Undecided] = []
        self._passed = 0
        self._about: dict[str, bool] = {}
        """What rules are about, and whether there is any of it."""
        self._crashes: dict[str, list[str]] = {}
        self._crashed: set[str] = set()

    def checked(self) -> Checked:
        failures = [
            Failure(self._directory, f"{', '.join(what)} {how}")
            for how, what in self._crashes.items()
        ]
        return Checked(
            self._findings, self._undecided, self._passed, failures, frozenset(self._crashed)
        )

    def run(
        self, rule: AnyRule, subject: object, check: Callable[[Rule], Iterable[Outcome]]
    ) -> None:
        """Take all outcomes of a rule, up to its most; those before a crash count.

        Of a rule that has no question about the subject there are none.

        Where no work is left, a rule is not even begun: one that finds nothing has looked at everything.
        """
        if self._budget.remaining < _STEPS_PER_OUTCOME:
            self._budget.give_up(TOO_MUCH_WORK)
            return
        try:
            if concerns(rule, subject, self._about):
                self._take(rule, check(rule.load()()))
        except Exception as error:
            ours = isinstance(rule, ListedRule) or rule.__module__.startswith("symlint.")
            self._stop(rule, _how(error, ours=ours))

    def _take(self, rule: AnyRule, outcomes: Iterable[Outcome]) -> None:
        most = len(self._findings) + MOST_FINDINGS
        for whole in outcomes:
            outcome = whole if whole is PASSED else _usable(whole)
            steps = _STEPS_PER_OUTCOME
            if isinstance(outcome, Finding):
                if len(self._findings) == most:
                    how = f"found more than {MOST_FINDINGS:,} mistakes, and looked for no more"
                    self._stop(rule, how)
                    break
                self._findings.append(outcome)
                steps += _STEPS_PER_FINDING
            elif isinstance(outcome, Undecided):
                self._undecided.append(outcome)
            else:
                self._passed += 1
            if not self._budget.spend(steps):
                break

    def _stop(self, rule: AnyRule, how: str) -> None:
        """Take note of why a rule did not come to its end."""
        self._fail(f"rule {rule.code} ({rule.name})", how)
        self._crashed.add(rule.code)

    def evaluate_all(self, configuration: SymConfiguration) -> None:
        """Evaluate everything; a failure is noted when that raises."""
        try:
            configuration.diagnosis.evaluate_all()
        except Exception as error:
            self._fail("evaluation", _how(error))

    def _fail(self, what: str, how: str) -> None:
        """Take note of a failure; one mistake can make many rules crash, and is one failure."""
        self._crashes.setdefault(how, []).append(what)


def _how(error: Exception, *, ours: bool = True) -> str:
    """What an exception comes to; a crash is to be reported where the work is symlint's own (``ours``)."""
    from symlint.lint.soundness import UnusableOutcomeError

    if isinstance(error, UnusableOutcomeError):
        return f"cannot be used: {error}"
    return crash_description(error, ours=ours)


def crash_description(error: BaseException, *, ours: bool = True) -> str:
    """One line on a crash: the exception, and the line of code that raised it."""
    traceback = error.__traceback__
    place = ""
    while traceback is not None:
        code = traceback.tb_frame.f_code
        place = f" ({os.path.basename(code.co_filename)}:{traceback.tb_lineno})"
        traceback = traceback.tb_next
    return f"crashed: {describe_exception(error)}{place}{'; please report this' if ours else ''}"
