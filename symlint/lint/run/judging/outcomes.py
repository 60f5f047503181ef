"""Takes what rules say: findings get their severity, and comments in the source suppress them."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.run.judging.collecting import Circumstances

if TYPE_CHECKING:
    from typing import Literal

    from symlint.lint.finding import Finding, Severity, Undecided
    from symlint.lint.registry import RuleSet
    from symlint.lint.run.judging.checking import Checked
    from symlint.lint.run.looking import LookedAt
    from symlint.lint.run.paths import Paths, Root
    from symlint.lint.run.roots.gathered import Gathered
    from symlint.lint.run.setup import Chosen, PathRules
    from symlint.lint.suppression.suppressions import Suppressions
    from symlint.terraform.instances.configuration import Configuration

    _Override = Severity | Literal["ignored"] | None


class Outcomes:
    """Takes what rules say; ``looked_at`` has what takes note of it."""

    def __init__(
        self,
        rules: RuleSet,
        selection: Chosen,
        paths: Paths,
        looked_at: LookedAt,
        suppressions: Suppressions,
    ) -> None:
        self.rules: Final = rules
        self.selection: Final = selection
        self.suppressions: Final = suppressions
        self._paths: Final = paths
        self._looked_at: Final = looked_at
        self.overrides_by_path: Final[dict[str, tuple[PathRules, ...]]] = {}
        self._override_by_place: Final[dict[tuple[str, str], _Override]] = {}

    @property
    def gathered(self) -> Gathered:
        """What takes note of everything."""
        return self._looked_at.gathered

    def take(
        self, checked: Checked, root: Root, where: Circumstances, configuration: Configuration
    ) -> None:
        """Take what rules say of the configuration of a root module, as far as that is shown."""
        gathered = self.gathered
        gathered.passed += checked.passed
        gathered.failures.update(dict.fromkeys(checked.failures))
        gathered.not_judged.update(checked.crashed)
        for undecided in checked.undecided:
            self._take_undecided(undecided, root)
        for finding in checked.findings:
            if root.shows(finding):
                self._take_finding(finding, where, configuration)

    def take_run(self, checked: Checked) -> None:
        """Take what rules say of the run."""
        self.gathered.failures.update(dict.fromkeys(checked.failures))
        for finding in checked.findings:
            rule = self.rules.find(finding.code)
            essential = rule is not None and not rule.suppressible
            if essential or self._paths.shows_anywhere(finding):
                self._take_finding(finding, Circumstances(""), None)

    def is_suppressible(self, code: str) -> bool:
        """Whether comments, the baseline and severities of the user's are for findings with a code."""
        rule = self.rules.find(code)
        return rule is None or rule.suppressible

    def _take_undecided(self, undecided: Undecided, root: Root) -> None:
        self.suppressions.add_undecided(undecided)
        if root.shows(undecided) and not self._paths.is_foreign(undecided.range.path):
            self.gathered.collection.add_undecided(undecided)

    def _take_finding(
        self, finding: Finding, where: Circumstances, configuration: Configuration | None
    ) -> None:
        if self._paths.is_foreign(finding.range.path):
            return
        suppressible = self.is_suppressible(finding.code)
        adjusted = self.adjusted(finding) if suppressible else finding
        if adjusted is None:
            return
        ignore = None
        if suppressible and configuration is not None and self.suppressions.any:
            from symlint.lint.run.judging.module_calls import module_calls

            calls = module_calls(configuration, finding.address)
            ignore = self.suppressions.match(adjusted, calls)
        if ignore is not None:
            self.gathered.collection.suppress(adjusted, "comment", ignore.reason)
        else:
            self.gathered.collection.add(adjusted, where)

    def adjusted(self, finding: Finding) -> Finding | None:
        """The finding with its severity and address set; None where it is not wanted."""
        path, code = finding.range.path, finding.code
        override = self._override(path, code)
        if override == "ignored":
            return None
        severity = override or self.selection.severities.get(code, finding.severity)
        address = finding.address
        file = self._looked_at.files.get(path)
        if not address and file is not None:
            from symlint.terraform.modules.declarations import declared_at

            # Comments, syntax errors and what Terraform refuses know no more than their place.
            address = declared_at(file.body, finding.range.start)
        if severity == finding.severity and address == finding.address:
            return finding
        return finding._replace(severity=severity, address=address)

    def _override(self, path: str, code: str) -> _Override:
        """What overrides make of findings with a code in a file; the last that says a severity counts."""
        known = self._override_by_place
        if (path, code) not in known:
            overrides = self.overrides_for(path)
            said = [it.severities[code] for it in overrides if code in it.severities]
            ignored = any(code in it.ignored for it in overrides)
            known[path, code] = "ignored" if ignored else said[-1] if said else None
        return known[path, code]

    def overrides_for(self, path: str) -> tuple[PathRules, ...]:
        """What the configuration file says of a path alone."""
        if not self.selection.overrides:
            return ()
        found = self.overrides_by_path.get(path)
        if found is None:
            relative = self._paths.relative(path)
            found = tuple(it for it in self.selection.overrides if it.paths.match(relative))
            self.overrides_by_path[path] = found
        return found
