"""Checks that a version constraint allows a published version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.versions._examples import MODULE
from symlint.rules.versions._modules import CONSTRAINTS, INIT_STOPS, MODULES
from symlint.sym.model.module_calls import called_modules, version_range
from symlint.sym.provider.versions import read_requirements
from symlint.sym.versions import ConstraintError, parse_constraint
from symlint.sym.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.sym.versions import Constraint, Version


class UnavailableVersion(Rule):
    """A constraint on the Sym provider or on one of Sym's modules admits a published version.

    An error where it cannot: Terraform finds nothing to install. A warning where it admits only
    versions newer than all that symlint knows.

    **Not flagged.** Versions older than those that symlint knows, and pre-releases.
    """

    code = "SYM138"
    name = "unavailable-version"
    severity = "error"
    sources = (CONSTRAINTS, MODULES)
    bad = configuration(MODULE, provider="3.3.0")
    good = configuration(MODULE, provider="3.6.0")

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each constraint admits something."""
        requirements = configuration.once(read_requirements)
        known = requirements.provider.versions
        for requirement in requirements.all:
            constraint = requirement.constraint
            if constraint is not None:
                problem = _nothing(constraint, known)
                yield (
                    PASSED
                    if problem is None
                    else Location.of_range(requirement.range).finding(
                        self,
                        f"no version of the Sym provider matches {shown(requirement.text or '')}"
                        if problem == "error"
                        else f"{shown(requirement.text or '')} admits only versions of the Sym provider "
                        "that symlint does not know",
                        label=f"the newest known is {known[-1]}",
                        why=INIT_STOPS if problem == "error" else _UNKNOWN,
                        help_=f'write version = "~> {known[-1].release[0]}.{known[-1].release[1]}"',
                        severity="error" if problem == "error" else "warning",
                    )
                )
        for module in called_modules(configuration):
            yield self._module(module)

    def _module(self, module: SymModule) -> Outcome:
        text, known = module.call.version, module.source.versions
        if text is None or not known:
            return PASSED
        try:
            problem = _nothing(parse_constraint(text, "module"), known)
        except ConstraintError:
            return PASSED
        if problem is None:
            return PASSED
        newest = known[-1]
        return Location.of_range(version_range(module), str(module.address), "version").finding(
            self,
            f"no version of the {module.title} matches {shown(text)}"
            if problem == "error"
            else f"{shown(text)} admits only versions of the {module.title} that symlint does not know",
            label=f"the newest known is {newest}",
            why=INIT_STOPS if problem == "error" else _UNKNOWN,
            help_=f'write version = "~> {newest.release[0]}.{newest.segments[1]}"',
            severity="error" if problem == "error" else "warning",
        )


_UNKNOWN = "If there is none, terraform init stops here; nothing can be said about its arguments."


def _nothing(constraint: Constraint, known: tuple[Version, ...]) -> str | None:
    """Whether a constraint surely admits nothing ("error") or nothing known ("warning")."""
    if any(term.version.prerelease for term in constraint.terms):
        return None
    if constraint.reaches(until=known[0]) or constraint.among(known):
        return None
    return "warning" if constraint.admitted(known).beyond else "error"
