"""RunRule: base class of rules about the run itself, its ignore comments and baseline."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, ClassVar
from symlint.lint.rule import Rule
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.hcl.results import ParsedFile, SyntaxProblem
    from symlint.lint.finding import Finding, Outcome
    from symlint.lint.suppression.baseline import Baseline, StaleEntry
    from symlint.lint.suppression.suppressions import Suppressions
    from symlint.sym.model.configuration import SymConfiguration


class Run(NamedTuple):
    """The files of a run in path order, its ignore comments, and its baseline.

    ``judged`` are the codes of the rules that checked everything: an ignore comment or baseline
    entry for another rule may still be needed. ``incomplete`` are the paths of files of modules
    of which something could not be read. ``stale`` is filled in for the last rules only, after
    the baseline has been applied.
    """

    files: tuple[ParsedFile, ...]
    suppressions: Suppressions
    judged: frozenset[str]
    incomplete: frozenset[str] = frozenset()
    baseline: Baseline | None = None
    stale: tuple[StaleEntry, ...] = ()

    @property
    def problems(self) -> tuple[SyntaxProblem, ...]:
        """What is wrong with the syntax of all files."""
        return tuple(problem for file in self.files for problem in file.problems)


class RunRule(Rule):
    """A rule about the run rather than about one configuration: its files, comments, baseline.

    Subclasses write ``check_run`` instead of ``check``. Those that are about the baseline itself
    run ``after_baseline``; of the others' findings it may suppress some. ``about`` names what a run has.
    """

    after_baseline: ClassVar[bool | None] = False

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Nothing: the rule has no question about one configuration."""
        return iter(())

    def check_run(self, run: Run) -> Iterator[Finding]:
        """What is wrong, after all rules have checked all configurations."""
        raise NotImplementedError
