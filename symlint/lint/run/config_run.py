"""Lints the root modules under one configuration file, and makes their report."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from symlint.lint.errors import UsageError
from symlint.lint.report import Failure, Report, Suppressed
from symlint.lint.run.absent import AbsentBlocks, Judged
from symlint.lint.run.checking import Checked, check_configuration, check_run, crash_description
from symlint.lint.run.collecting import Circumstances, Collection
from symlint.lint.run.coverage import Looked, counts
from symlint.lint.run.inputs import file_cache, open_configuration, variable_file_sets
from symlint.lint.run.paths import Paths
from symlint.lint.run.setup import (
    Loaded,
    chosen_rules,
    configured_baseline,
)
from symlint.lint.run.shares import Shares
from symlint.lint.run_rule import Run
from symlint.lint.suppression.suppressions import Suppressions
from symlint.source.file_names import LOCK_FILE
from symlint.source.files import ReadProblem, outside
from symlint.source.tree import Tree
from symlint.terraform.instances.evaluation import MOST_SECRETS
from symlint.terraform.modules.python_files import SUFFIX as PYTHON

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from symlint.budget import Budget
    from symlint.hcl.results import ParsedFile
    from symlint.lint.finding import Finding, Undecided
    from symlint.lint.hiding.hidden import Hidden
    from symlint.lint.options import Options
    from symlint.lint.run.inputs import VariableFiles
    from symlint.lint.run.paths import Root
    from symlint.lint.run.setup import PathRules
    from symlint.lint.settings.config import Config
    from symlint.lint.suppression.baseline import Baseline
    from symlint.source.text import Range
    from symlint.sym.implementation.code import Code
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.instances.inputs import Inputs
    from symlint.terraform.modules.called import CalledModules
    from symlint.terraform.modules.loader import FileCache
    from symlint.terraform.values.value import Value


_NOT_READ: Final = ("unreadable", "not a file", "too large")
"""Problems with files of Python that no rule tells of."""

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
        self.rules = self.loaded.rules(config, options)
        self.selection = chosen_rules(self.rules, config, options)
        self.facts = self.loaded.facts(config)
        self.baseline = _baseline(config, options, cache.tree)
        self.cache = cache
        self.paths = Paths(config, options, self.cache)
        self.collection = Collection()
        self.suppressions = Suppressions(self.rules)
        self.failures: dict[Failure, None] = {}
        self.files: dict[str, ParsedFile] = {}
        self.variable_files: set[str] = set()
        self.python_files: set[str] = set()
        self.codes: dict[Code, None] = {}
        self.modules: set[str] = set()
        self.incomplete: set[str] = set()
        self.not_judged: set[str] = set()
        """The codes of rules that have not looked at everything."""
        self.passed = 0
        self.evaluated: list[tuple[CalledModules, Inputs]] = []
        self.secrets: list[Value] = []
        self.known: tuple[Suppressed, ...] = ()
        self._overrides_by_path: dict[str, tuple[PathRules, ...]] = {}

    # --- one root ---

    def lint_root(self, root: Root) -> None:
        """Check a root module under each set of variable files."""
        if self.cache.module(root.directory) is None:
            self.give_up(root.directory, ["its files have vanished since the run began"])
            return
        budget = self.shares.lend()
        absent = AbsentBlocks(self.selection.rules, self.facts.catalogue)
        sets = variable_file_sets(root.directory, self.options, self.config)
        for number, files in enumerate(sets):
            if number:
                if budget.remaining < _STEPS_PER_SET:
                    budget.give_up(_sets_left(sets[number:]))
                    break
                budget.spend(_STEPS_PER_SET)
            reserved = budget.reserve(len(sets) - number)
            try:
                self._lint_with(root, files, absent, budget)
            except UsageError:
                raise
            except Exception as error:
                self.give_up(root.directory, [f"reading it {crash_description(error)}"])
                break
            finally:
                budget.release(reserved)
        self.shares.take_back(budget)
        self.give_up(root.directory, budget.given_up)

    def _lint_with(
        self, root: Root, files: VariableFiles, absent: AbsentBlocks, budget: Budget
    ) -> None:
        """Check a root module under one set of variable files."""
        where = Circumstances(root.directory, files.name)
        self.collection.tried(where)
        configuration = open_configuration(
            root.directory, files, self.options, self.facts, self.cache, budget
        )
        self._look_at_files(configuration)
        budget.add(self.shares.for_more(self.cache.characters))
        within = root.within(configuration)
        try:
            self._judge(configuration, absent, within, where)
        finally:
            self.evaluated.append((configuration.called, configuration.inputs))
            self.secrets += configuration.evaluation.secrets[: MOST_SECRETS - len(self.secrets)]

    def _judge(
        self,
        configuration: Configuration,
        absent: AbsentBlocks,
        within: Root,
        where: Circumstances,
    ) -> None:
        for one in self._judged(configuration, absent):
            carriers = self._look_at_python(one.sym)
            self._take(one.checked, within.beside(carriers), where, one.configuration)
            if one.checked.stopped is not None:
                raise one.checked.stopped

    def _judged(self, configuration: Configuration, absent: AbsentBlocks) -> Iterator[Judged]:
        from symlint.sym.model.configuration import SymConfiguration

        sym = SymConfiguration(configuration, self.facts.catalogue, self.config.assertions)
        yield Judged(sym, check_configuration(sym, self.selection.rules))
        yield from absent.check(configuration, self.paths.concerns_sym)

    def _look_at_files(self, configuration: Configuration) -> None:
        """Take note of the files of all modules, and of those that cannot be read."""
        for problem in configuration.inputs.unreadable:
            self.fail(problem.path, problem.message)
        lock = os.path.join(configuration.directory, LOCK_FILE)
        if not self.cache.tree.holds(lock):
            self.fail(lock, outside(lock).message)
        for path in configuration.inputs.files:
            self.variable_files.add(path)
            self._look_at_file(path, complete=True)
        for directory, module in configuration.called.modules.items():
            if directory in self.modules or self.paths.is_foreign(directory):
                continue
            self.modules.add(directory)
            names = self.cache.names(directory)
            for name in () if isinstance(names, ReadProblem) else names:
                path = os.path.join(directory, name)
                if not self.paths.is_excluded(path):
                    self._look_at_file(path, complete=module.complete)

    def _look_at_file(self, path: str, *, complete: bool) -> None:
        file = self.cache.parse(path)
        if isinstance(file, ReadProblem):
            self.fail(file.path, file.message)
            return
        self.files[path] = file
        if self.options.ignores:
            self.suppressions.add_file(file)
        if not complete:
            self.incomplete.add(path)

    def _look_at_python(self, sym: SymConfiguration) -> dict[str, list[Range]]:
        """Take note of the Python that a configuration carries; returns what carries each file."""
        from symlint.sym.implementation.carried import implementations

        carriers: dict[str, list[Range]] = {}
        made: list[Range] = []
        new: dict[Code, None] = {}
        for carried in sym.once(implementations):
            code, missing = carried.code, carried.missing
            if missing is not None and missing.kind in _NOT_READ:
                self.fail(missing.path, missing.message)
            if code is None or self.paths.is_foreign(carried.used.path):
                continue
            new[code] = None
            if not code.files and code.place(0, 0) is None:
                made += (carried.used, code.whole)
            for path in [source.path for source in code.files]:
                if not self.paths.is_foreign(path):
                    carriers.setdefault(path, []).extend((carried.used, code.whole))
        for path in self.paths.files if made else ():
            # What templatefile and the like have made of a file stands at the expression.
            if path.endswith(PYTHON) and path not in carriers and self.cache.was_read(path):
                carriers[path] = made
        for code in new if self.options.ignores else ():
            if self.suppressions.add_code(code) and code.module is None:
                # It may have been for what nobody could look for.
                self.incomplete.update((code.whole.path, *(source.path for source in code.files)))
        self.codes.update(new)
        self.python_files.update(carriers)
        return carriers

    def fail(self, path: str, message: str) -> None:
        """Take note of something that keeps the run from being trusted."""
        self.failures[Failure(path, message)] = None

    def give_up(self, directory: str, reasons: Iterable[str]) -> None:
        """Take note of what was not done in a root module, so that nothing is said of what lacks."""
        for reason in reasons:
            self.fail(directory, reason)
            self.not_judged.update(rule.code for rule in self.selection.rules)

    # --- what rules say ---

    def _take(
        self, checked: Checked, root: Root, where: Circumstances, configuration: Configuration
    ) -> None:
        self.passed += checked.passed
        self.failures.update(dict.fromkeys(checked.failures))
        self.not_judged |= checked.crashed
        for undecided in checked.undecided:
            self._take_undecided(undecided, root)
        for finding in checked.findings:
            if root.shows(finding):
                self._take_finding(finding, where, configuration)

    def _take_undecided(self, undecided: Undecided, root: Root) -> None:
        self.suppressions.add_undecided(undecided)
        if root.shows(undecided) and not self.paths.is_foreign(undecided.range.path):
            self.collection.add_undecided(undecided)

    def _take_finding(
        self, finding: Finding, where: Circumstances, configuration: Configuration | None
    ) -> None:
        if self.paths.is_foreign(finding.range.path):
            return
        rule = self.rules.find(finding.code)
        suppressible = rule is None or rule.suppressible
        adjusted = self._adjusted(finding) if suppressible else finding
        if adjusted is None:
            return
        ignore = None
        if suppressible and configuration is not None and self.suppressions.any:
            ignore = self.suppressions.match(adjusted, module_calls(configuration, finding.address))
        if ignore is not None:
            self.collection.suppress(adjusted, "comment", ignore.reason)
        else:
            self.collection.add(adjusted, where)

    def _adjusted(self, finding: Finding) -> Finding | None:
        """The finding with its severity and address set; None where it is not wanted."""
        severity = self.selection.severities.get(finding.code, finding.severity)
        for override in self._overrides(finding.range.path):
            if finding.code in override.ignored:
                return None
            severity = override.severities.get(finding.code, severity)
        address = finding.address
        if not address and (file := self.files.get(finding.range.path)) is not None:
            from symlint.terraform.modules.declarations import declared_at

            # Comments, syntax errors and what Terraform refuses know no more than their place.
            address = declared_at(file.body, finding.range.start)
        return finding._replace(severity=severity, address=address)

    def _overrides(self, path: str) -> tuple[PathRules, ...]:
        if not self.selection.overrides:
            return ()
        found = self._overrides_by_path.get(path)
        if found is None:
            relative = self.paths.relative(path)
            found = tuple(it for it in self.selection.overrides if it.paths.match(relative))
            self._overrides_by_path[path] = found
        return found

    # --- the end ---

    @property
    def looked(self) -> Looked:
        """What has been looked at so far."""
        unreadable = {failure.path for failure in self.failures}
        return Looked(
            self.paths,
            self.files,
            self.variable_files,
            self.python_files,
            self.modules,
            unreadable,
            self.passed,
        )

    def report(self) -> Report:
        """What the run has found."""
        for problem in self.paths.problems:
            self.fail(problem.path, problem.message)
        judged = frozenset(rule.code for rule in self.selection.rules) - self.not_judged
        files = tuple(self.files[path] for path in sorted(self.files))
        run = Run(files, self.suppressions, judged, frozenset(self.incomplete), self.baseline)
        self._take_run(check_run(run, self.selection.rules, after_baseline=False))
        findings: Iterable[Finding] = self.collection.findings()
        suppressed, undecided = self.collection.suppressed(), self.collection.undecided()
        failures = sorted(self.failures)
        hidden = None
        # Of texts that are not on disk, whoever gave them may show what they would change.
        if self.collection or failures or self.options.overlays:
            from symlint.lint.hiding import showing

            hidden = self._hidden()
            findings = [showing.said_finding(it, hidden) for it in findings]
            suppressed = [showing.said_suppressed(it, hidden) for it in suppressed]
            undecided = [showing.said_undecided(it, hidden) for it in undecided]
            failures = [showing.said_failure(it, hidden) for it in failures]
        if self.baseline is not None:
            findings = self._apply_baseline(self.baseline, findings, run)
        return Report(
            findings=tuple(findings),
            undecided=tuple(undecided),
            failures=tuple(failures),
            suppressed=(*suppressed, *self.known),
            counts=counts([self.looked]),
            rules=self.selection.rules,
            hidden=hidden,
        )

    def _hidden(self) -> Hidden:
        """What hides the secrets of everything that was looked at."""
        from symlint.lint.hiding.collecting import Secrets

        secrets = Secrets(self.facts.catalogue, self.evaluated, self.secrets, self.codes)
        return secrets.hidden()

    def _take_run(self, checked: Checked) -> None:
        self.failures.update(dict.fromkeys(checked.failures))
        for finding in checked.findings:
            rule = self.rules.find(finding.code)
            essential = rule is not None and not rule.suppressible
            if essential or self.paths.shows_anywhere(finding):
                self._take_finding(finding, Circumstances(""), None)

    def _apply_baseline(
        self, baseline: Baseline, findings: Iterable[Finding], run: Run
    ) -> list[Finding]:
        from symlint.lint.suppression.baseline import apply_baseline

        rules = self.rules
        found = list(findings)
        open_to_it = [f for f in found if (r := rules.find(f.code)) is None or r.suppressible]
        looked_at = [*(file.source.path for file in run.files), *sorted(self.python_files)]
        applied = apply_baseline(baseline, open_to_it, filter(self.paths.is_shown, looked_at))
        self.known = tuple(Suppressed(finding, "baseline", "") for finding in applied.suppressed)
        stale = tuple(item for item in applied.stale if item.entry.code in run.judged)
        last = check_run(run._replace(stale=stale), self.selection.rules, after_baseline=True)
        self.failures.update(dict.fromkeys(last.failures))
        suppressed = {id(finding) for finding in applied.suppressed}
        remaining = [finding for finding in found if id(finding) not in suppressed]
        remaining += filter(None, map(self._adjusted, last.findings))
        return sorted(remaining, key=lambda finding: finding.sort_key())


def _sets_left(sets: Sequence[VariableFiles]) -> str:
    others = f" and {len(sets) - 1} more" if len(sets) > 1 else ""
    return f"not linted with {sets[0].name}{others}: there are too many variable files"


def _baseline(config: Config, options: Options, tree: Tree) -> Baseline | None:
    if not options.use_baseline:
        return None
    path = options.baseline or configured_baseline(config, tree)
    if path is None:
        return None
    from symlint.lint.suppression.baseline import read_baseline

    return read_baseline(os.path.abspath(path))


def module_calls(configuration: Configuration, address: str) -> tuple[Range, ...]:
    """The headers of the module calls on the path to what an address names, outermost first."""
    if not address.startswith("module."):
        return ()
    import re

    from symlint.terraform.values.addresses import key_suffix

    calls: list[Range] = []
    module = configuration.root
    step = re.compile(r'module\.([^.\[]+)((?:\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\])?)(?:\.|$)')
    position = 0
    while match := step.match(address, position):
        group = module.call_group(match[1])
        made = () if group is None else group.instances.values()
        call = next((it for it in made if key_suffix(it.address.key) == match[2]), None)
        if call is None:
            break
        calls.append(call.range)
        if call.module is None:
            break
        module, position = call.module, match.end()
    return tuple(calls)
