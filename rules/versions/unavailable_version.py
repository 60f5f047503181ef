"""Checks that a version constraint allows a published version."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.provider._schema import series
from symlint.rules.versions._examples import MODULE
from symlint.rules.versions._modules import CONSTRAINTS, INIT_STOPS, MODULES
from symlint.sym.versions import ConstraintError, parse_constraint
from symlint.sym.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome, Severity
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.sym.versions import Constraint, Version


class UnavailableVersion(Rule):
    """A constraint on the Sym provider or on one of Sym's modules allows a published version.

    It is an error if no version matches: Terraform finds nothing to install. It is a warning if
    only versions match that are newer than all that symlint knows.

    **Not flagged.** Versions older than those that symlint knows, and pre-releases.
    """

    code = "SYM138"
    name = "unavailable-version"
    other_severities = ("warning",)
    severity = "error"
    sources = (CONSTRAINTS, MODULES)
    bad = configuration(MODULE, provider="3.3.0")
    good = configuration(MODULE, provider="3.6.0")

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each constraint admits something."""
        from symlint.sym.model.module_calls import called_modules
        from symlint.sym.provider.versions import read_requirements

        requirements = configuration.once(read_requirements)
        known = requirements.provider.versions
        for requirement in requirements.all:
            constraint = requirement.constraint
            if constraint is not None:
                place = Location.of_range(requirement.range)
                text = requirement.text or ""
                yield self._judge(place, "Sym provider", text, constraint, known)
        for module in called_modules(configuration):
            yield self._module(module)

    def _module(self, module: SymModule) -> Outcome:
        from symlint.sym.model.module_calls import version_range

        text, known = module.call.version, module.source.versions
        if text is None or not known:
            return PASSED
        try:
            constraint = parse_constraint(text, "module")
        except ConstraintError:
            return PASSED
        place = Location.of_range(version_range(module), str(module.address), "version")
        return self._judge(place, module.title, text, constraint, known)

    def _judge(
        self,
        place: Location,
        what: str,
        text: str,
        constraint: Constraint,
        known: tuple[Version, ...],
    ) -> Outcome:
        severity = _severity(constraint, known)
        if severity is None:
            return PASSED
        title = f"no version of the {what} matches {shown(text)}"
        if severity == "warning":
            title = f"{shown(text)} allows only versions of the {what} that symlint does not know"
        return place.finding(
            self,
            title,
            label=f"the newest known is {known[-1]}",
            why=INIT_STOPS if severity == "error" else _UNKNOWN,
            help_=f"write version = {series(known[-1])}",
            severity=severity,
        )


_UNKNOWN = (
    "If there is no such version, terraform init stops here. symlint cannot check the arguments."
)


def _severity(constraint: Constraint, known: tuple[Version, ...]) -> Severity | None:
    """An error where a constraint allows no version, a warning where it allows no known one."""
    if any(term.version.prerelease for term in constraint.terms):
        return None
    if constraint.reaches(until=known[0]) or constraint.among(known):
        return None
    return "warning" if constraint.admitted(known).beyond else "error"
