"""Lints the root modules under one configuration file, and makes their report."""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.errors import UsageError
from symlint.lint.report import Report
from symlint.lint.run.coverage import Looked, counts
from symlint.lint.run.inputs import (
    VANISHED,
    file_cache,
    open_configuration,
    variable_file_sets,
)
from symlint.lint.run.judging.absent import AbsentBlocks, Judged
from symlint.lint.run.judging.checking import check_configuration, check_run, crash_description
from symlint.lint.run.judging.collecting import Circumstances
from symlint.lint.run.judging.outcomes import Outcomes
from symlint.lint.run.looking import LookedAt
from symlint.lint.run.paths import Paths
from symlint.lint.run.reporting import after_baseline, said
from symlint.lint.run.setup import Loaded, configured_baseline
from symlint.lint.run.shares import Shares
from symlint.lint.run_rule import Run
from symlint.lint.suppression.suppressions import Suppressions
from symlint.source.tree import Tree
from symlint.terraform.instances.collection_pause import CollectionPause
from symlint.terraform.instances.evaluation import MOST_SECRETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from symlint.budget import Budget
    from symlint.lint.hiding.collecting import Secrets
    from symlint.lint.options import Options
    from symlint.lint.run.inputs import VariableFiles
    from symlint.lint.run.paths import Root
    from symlint.lint.run.roots.gathered import Gathered
    from symlint.lint.settings.config import Config
    from symlint.lint.suppression.baseline import Baseline
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.instances.inputs import Inputs
    from symlint.terraform.modules.called import CalledModules
    from symlint.terraform.modules.loader import FileCache
    from symlint.terraform.values.value import Value

_STEPS_PER_SET: Final = 20_000
"""What it takes to run all rules once more, in steps of the budget."""


def lint_under(paths: Sequence[str], config: Config, options: Options) -> Report:
    """Lint paths under one configuration file; the exit status is left to the caller."""
    run = ConfigRun(config, options, file_cache(options, Tree(paths)), Shares(), Loaded())
    for root in run.paths.find(paths):
        run.lint_root(root)
    return run.report()


class ConfigRun:
    """What is known in a run under one configuration file."""

    def __init__(
        self,
        config: Config,
        options: Options,
        cache: FileCache,
        shares: Shares,
        loaded: Loaded,
    ) -> None:
        """``cache``, ``shares`` and ``loaded`` are those of the run, which may have several
        configuration files.

        Raises UsageError for a configuration file that cannot be used.
        """
        self.shares = shares
        self.config = config
        self.options = options
        self.loaded = loaded
        rules = loaded.rules(config, options)
        selection = loaded.chosen(config, options)
        self.rules = selection.rules
        """The rules that run."""
        self.facts = loaded.facts(config)
        self.baseline = _baseline(config, options, cache)
        self.cache = cache
        self.paths = Paths(config, options, cache)
        self.suppressions = Suppressions(rules)
        self.looked_at = LookedAt(self.paths, cache, self.suppressions if options.ignores else None)
        self.outcomes = Outcomes(rules, selection, self.paths, self.looked_at, self.suppressions)
        self.evaluated: list[tuple[CalledModules, Inputs]] = []
        self.secret_values: list[Value] = []
        self._secrets: Secrets | None = None

    # --- one root ---

    def lint_root(self, root: Root) -> None:
        """Check a root module under each set of variable files, with its share of the work."""
        budget = self.shares.lend()
        self.lint_within(root, budget)
        self.shares.take_back(budget)

    def lint_within(self, root: Root, budget: Budget) -> None:
        """Check a root module under each set of variable files, with the work that ``budget`` allows."""
        if self.cache.module(root.directory) is None:
            self.give_up(root.directory, [VANISHED])
            return
        self.cache.read_by_functions = {}
        absent = AbsentBlocks(self.rules, self.facts.catalogue)
        sets = variable_file_sets(root.directory, self.options, self.config)
        for number, files in enumerate(sets):
            if number:
                if budget.remaining < _STEPS_PER_SET:
                    budget.give_up(_sets_left(sets[number:]))
                    break
                budget.spend(_STEPS_PER_SET)
            reserved = budget.reserve(len(sets) - number)
            try:
                self._lint_under(root, files, absent, budget)
            except UsageError:
                raise
            except Exception as error:
                self.give_up(root.directory, [f"reading it {crash_description(error)}"])
                break
            finally:
                budget.release(reserved)
        budget.add(self.shares.for_more(self.cache.characters))
        self.give_up(root.directory, budget.given_up)

    def _lint_under(
        self, root: Root, files: VariableFiles, absent: AbsentBlocks, budget: Budget
    ) -> None:
        """Check a root module under one set of variable files."""
        where = Circumstances(root.directory, files.name)
        self.gathered.collection.tried(where)
        configuration = open_configuration(
            root.directory, files, self.options, self.facts, self.cache, budget
        )
        self.looked_at.look_at_files(configuration)
        budget.add(self.shares.for_more(self.cache.characters))
        within = root.within(configuration)
        try:
            # What a root module needs is garbage all at once, when the next one is linted.
            with CollectionPause():
                self._judge(configuration, absent, within, where)
        finally:
            self.evaluated.append((configuration.called, configuration.inputs))
            self.secret_values += configuration.evaluation.secrets
            if len(self.secret_values) > MOST_SECRETS:
                self.secrets()

    def _judge(
        self,
        configuration: Configuration,
        absent: AbsentBlocks,
        within: Root,
        where: Circumstances,
    ) -> None:
        for one in self._judged(configuration, absent):
            carriers = self.looked_at.look_at_python(one.sym)
            self.outcomes.take(one.checked, within.beside(carriers), where, one.configuration)
            if one.checked.stopped is not None:
                raise one.checked.stopped

    def _judged(self, configuration: Configuration, absent: AbsentBlocks) -> Iterator[Judged]:
        from symlint.sym.assertion import Assertions
        from symlint.sym.model.configuration import SymConfiguration

        asserted = Assertions(self.config.assertions, self.paths.partial)
        sym = SymConfiguration(configuration, self.facts.catalogue, asserted)
        yield Judged(sym, check_configuration(sym, self.rules))
        yield from absent.check(configuration, self.paths.concerns_sym)

    def give_up(self, directory: str, reasons: Iterable[str]) -> None:
        """Take note of what was not done in a root module, so that nothing is said of what lacks."""
        self.gathered.give_up(directory, reasons, (rule.code for rule in self.rules))

    @property
    def gathered(self) -> Gathered:
        """What takes note of everything."""
        return self.looked_at.gathered

    # --- the end ---

    @property
    def looked(self) -> Looked:
        """What has been looked at so far."""
        gathered = self.gathered
        unreadable = {failure.path for failure in gathered.failures}
        return Looked(
            self.paths,
            gathered.looked_at,
            gathered.variable_files,
            gathered.python_files,
            gathered.modules,
            unreadable,
            gathered.passed,
        )

    def report(self, said_gone: set[tuple[str, str]] | None = None) -> Report:
        """What the run has found; ``said_gone`` is what ``after_baseline`` has said so far."""
        gathered, outcomes = self.gathered, self.outcomes
        for problem in self.paths.problems:
            gathered.fail(problem.path, problem.message)
        run = self._run()
        outcomes.take_run(check_run(run, self.rules, after_baseline=False))
        # Of texts that are not on disk, whoever gave them may show what they would change.
        always = self.cache.has_overlays
        found = said(gathered, lambda: self.secrets().hidden(), always=always)
        if self.baseline is not None:
            paths = [*sorted(gathered.looked_at), *sorted(gathered.python_files)]
            shown = filter(self.paths.is_shown, paths)
            gone = set() if said_gone is None else said_gone
            found = after_baseline(found, self.baseline, run, outcomes, shown, gone)
        return Report(
            findings=tuple(found.findings),
            undecided=tuple(found.undecided),
            failures=tuple(found.failures),
            suppressed=tuple(found.suppressed),
            counts=counts([self.looked]),
            rules=self.rules,
            hidden=found.hidden,
        )

    def _run(self) -> Run:
        """What rules about the run see."""
        files, gathered = self.looked_at.files, self.gathered
        own = (it for it in self.rules if not it.__module__.startswith("symlint."))
        if any(rule.after_baseline is not None for rule in own):
            # Of what other processes have looked at, those of symlint's own need only what is marked.
            for path in gathered.looked_at.difference(files):
                self.looked_at.look_again(path)
        return Run(
            tuple(files[path] for path in sorted(files)),
            self.suppressions,
            frozenset(rule.code for rule in self.rules) - gathered.not_judged,
            frozenset(gathered.incomplete),
            self.baseline,
        )

    def secrets(self) -> Secrets:
        """The secrets of everything that was looked at so far; it is forgotten how they were found."""
        from symlint.lint.hiding.collecting import Secrets

        if self._secrets is None:
            self._secrets = Secrets(self.facts.catalogue)
        codes = self.looked_at.codes
        self._secrets.take(self.evaluated, self.secret_values, codes)
        self.evaluated.clear()
        self.secret_values.clear()
        codes.clear()
        return self._secrets


def _sets_left(sets: Sequence[VariableFiles]) -> str:
    others = f" and {len(sets) - 1} more" if len(sets) > 1 else ""
    return f"not linted with {sets[0].name}{others}: there are too many variable files"


def _baseline(config: Config, options: Options, cache: FileCache) -> Baseline | None:
    """The baseline, which is read once in a run. Raises ConfigError."""
    if not options.use_baseline:
        return None
    path = options.baseline or configured_baseline(config, cache.tree)
    if path is None:
        return None
    from symlint.lint.suppression.baseline import read_baseline

    path = os.path.abspath(path)
    known: Baseline | None = cache.answers.get((read_baseline, path))
    if known is None:
        known = cache.answers[read_baseline, path] = read_baseline(path)
    return known
