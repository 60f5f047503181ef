"""Lints the root modules under one configuration file, and makes their report."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from symlint.lint.report import Failure, Report, Suppressed
from symlint.lint.run.absent import AbsentBlocks, Judged
from symlint.lint.run.checking import Checked, check_configuration, check_run, crash_description
from symlint.lint.run.collecting import Circumstances, Collection
from symlint.lint.run.coverage import Looked, counts
from symlint.lint.run.inputs import OverlaidFiles, open_configuration, variable_file_sets
from symlint.lint.run.paths import Paths
from symlint.lint.run.setup import chosen_rules, known_rules, shipped_and_own_facts
from symlint.lint.run_rule import Run
from symlint.lint.suppression.suppressions import Suppressions
from symlint.source.files import ReadProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from symlint.hcl.results import ParsedFile
    from symlint.lint.finding import Finding, Undecided
    from symlint.lint.options import Options
    from symlint.lint.run.paths import Root
    from symlint.lint.settings.config import Config
    from symlint.lint.suppression.baseline import Baseline
    from symlint.source.text import Range
    from symlint.terraform.instances.configuration import Configuration


def lint_under(paths: Sequence[str], config: Config, options: Options) -> Report:
    """Lint paths under one configuration file; the exit status is left to the caller."""
    run = ConfigRun(config, options)
    for root in run.paths.find(paths):
        run.lint_root(root)
    return run.report()


class ConfigRun:
    """What is known in a run under one configuration file."""

    def __init__(self, config: Config, options: Options) -> None:
        """Raises UsageError for a configuration file that cannot be used."""
        self.config = config
        self.options = options
        self.rules = known_rules(config)
        self.selection = chosen_rules(self.rules, config, options)
        self.facts = shipped_and_own_facts(config)
        self.baseline = _baseline(config, options)
        self.cache = OverlaidFiles(options.overlays, options.parser)
        self.paths = Paths(config, options, self.cache)
        self.collection = Collection()
        self.suppressions = Suppressions(self.rules)
        self.failures: dict[Failure, None] = {}
        self.files: dict[str, ParsedFile] = {}
        self.variable_files: set[str] = set()
        self.modules: set[str] = set()
        self.incomplete: set[str] = set()
        self.crashed: set[str] = set()
        self.passed = 0
        self.known: tuple[Suppressed, ...] = ()

    # --- one root ---

    def lint_root(self, root: Root) -> None:
        """Check a root module under each set of variable files."""
        absent = AbsentBlocks(self.selection.rules, self.facts.catalogue)
        for files in variable_file_sets(root.directory, self.options, self.config):
            where = Circumstances(root.directory, files.name)
            self.collection.tried(where)
            try:
                configuration = open_configuration(
                    root.directory, files, self.options, self.facts, self.cache
                )
                self._look_at_files(configuration)
                judged = [Judged(configuration, self._check(configuration))]
                judged += absent.check(configuration, self.paths.concerns_sym)
            except Exception as error:
                self._fail(root.directory, f"reading it {crash_description(error)}")
                self.crashed.update(rule.code for rule in self.selection.rules)
                return
            within = root.within(configuration)
            for one in judged:
                self._take(one.checked, within, where, one.configuration)

    def _check(self, configuration: Configuration) -> Checked:
        from symlint.sym.model.configuration import SymConfiguration

        return check_configuration(
            SymConfiguration(configuration, self.facts.catalogue), self.selection.rules
        )

    def _look_at_files(self, configuration: Configuration) -> None:
        """Take note of the files of all modules, and of those that cannot be read."""
        for problem in configuration.inputs.unreadable:
            self._fail(problem.path, problem.message)
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
            self._fail(file.path, file.message)
            return
        self.files[path] = file
        if self.options.ignores:
            self.suppressions.add_file(file)
        if not complete:
            self.incomplete.add(path)

    def _fail(self, path: str, message: str) -> None:
        self.failures[Failure(path, message)] = None

    # --- what rules say ---

    def _take(
        self, checked: Checked, root: Root, where: Circumstances, configuration: Configuration
    ) -> None:
        self.passed += checked.passed
        self.failures.update(dict.fromkeys(checked.failures))
        self.crashed |= checked.crashed
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
        for override in self.selection.overrides:
            if override.concerns(self.paths.relative(finding.range.path)):
                if finding.code in override.ignored:
                    return None
                severity = override.severities.get(finding.code, severity)
        address = finding.address
        if not address and (file := self.files.get(finding.range.path)) is not None:
            from symlint.terraform.modules.declarations import declared_at

            # Comments, syntax errors and what Terraform refuses know no more than their place.
            address = declared_at(file.body, finding.range.start)
        return finding._replace(severity=severity, address=address)

    # --- the end ---

    @property
    def looked(self) -> Looked:
        """What has been looked at so far."""
        unreadable = {failure.path for failure in self.failures}
        return Looked(
            self.paths, self.files, self.variable_files, self.modules, unreadable, self.passed
        )

    def report(self) -> Report:
        """What the run has found."""
        for problem in self.paths.problems:
            self._fail(problem.path, problem.message)
        judged = frozenset(rule.code for rule in self.selection.rules) - self.crashed
        files = tuple(self.files[path] for path in sorted(self.files))
        run = Run(files, self.suppressions, judged, frozenset(self.incomplete), self.baseline)
        self._take_run(check_run(run, self.selection.rules, after_baseline=False))
        findings: Iterable[Finding] = self.collection.findings()
        if self.baseline is not None:
            findings = self._apply_baseline(self.baseline, findings, run)
        return Report(
            findings=tuple(findings),
            undecided=tuple(self.collection.undecided()),
            failures=tuple(sorted(self.failures)),
            suppressed=(*self.collection.suppressed(), *self.known),
            counts=counts([self.looked]),
            rules=self.selection.rules,
        )

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
        looked_at = [file.source.path for file in run.files]
        applied = apply_baseline(baseline, open_to_it, filter(self.paths.is_shown, looked_at))
        self.known = tuple(Suppressed(finding, "baseline", "") for finding in applied.suppressed)
        stale = tuple(item for item in applied.stale if item.entry.code in run.judged)
        last = check_run(run._replace(stale=stale), self.selection.rules, after_baseline=True)
        self.failures.update(dict.fromkeys(last.failures))
        suppressed = {id(finding) for finding in applied.suppressed}
        remaining = [finding for finding in found if id(finding) not in suppressed]
        remaining += filter(None, map(self._adjusted, last.findings))
        return sorted(remaining, key=lambda finding: finding.sort_key())


def _baseline(config: Config, options: Options) -> Baseline | None:
    path = options.baseline or config.baseline
    if path is None or not options.use_baseline:
        return None
    from symlint.lint.suppression.baseline import read_baseline

    return read_baseline(os.path.abspath(path))


def module_calls(configuration: Configuration, address: str) -> tuple[Range, ...]:
    """The headers of the module calls on the path to what an address names, outermost first."""
    if not address.startswith("module."):
        return ()
    import re

    calls: list[Range] = []
    module = configuration.root
    step = re.compile(r'module\.([^.\[]+)((?:\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\])?)(?:\.|$)')
    position = 0
    while match := step.match(address, position):
        call = next(
            (c for c in module.module_calls() if str(c.address).endswith(match[0].rstrip("."))),
            None,
        )
        if call is None:
            break
        calls.append(call.range)
        if call.module is None:
            break
        module, position = call.module, match.end()
    return tuple(calls)
