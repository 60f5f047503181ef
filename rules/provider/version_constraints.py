"""Rules about the version constraints on the Sym provider and on Sym's modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED, Edit, Fix, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.provider._modules import (
    CONSTRAINTS,
    INIT_STOPS,
    MODULES,
    called_modules,
    version_range,
)
from symlint.rules.provider._schema import GUIDE_2, GUIDE_3
from symlint.sym.provider.versions import module_requirements
from symlint.sym.versions import ANY_PROVIDER, ConstraintError, parse_constraint
from symlint.sym.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.catalogue.modules import Requirement as ModuleRequirement
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.sym.provider.versions import ProviderVersions, Requirement
    from symlint.sym.versions import Admitted, Constraint, Version

_MAIN = """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
}
"""


def _with_provider(constraint: str, main: str = _MAIN) -> dict[str, str]:
    files = configuration(main)
    return {**files, "versions.tf": files["versions.tf"].replace("~> 3.6", constraint)}


class UnboundedVersion(Rule):
    """A constraint does not admit both sides of a breaking version, with no end above.

    Without an upper end Terraform takes the newest version there is: `version = ">= 1.0.0"` of the
    runtime connector installs 2.0.2, which has other outputs; a provider that is required without a
    version goes from 2 to 3, where `implementation` became the contents of the file. The
    configuration is right for one side only.

    `~> 1` is special: of a provider it ends before 2.0.0, of a **module** it admits 2.0.0 too. `~> 1.0`
    ends before 2.0.0 for both.

    **Not flagged.** Constraints with an upper end, and those that start at the newest breaking version
    (`>= 3.0`). Modules that never had a breaking version. A provider that `.terraform.lock.hcl` pins.
    A child module that leaves the version to its caller.
    """

    code = "SYM132"
    name = "unbounded-version"
    severity = "warning"
    fixable = True
    sources = (CONSTRAINTS, GUIDE_2, GUIDE_3)
    bad = _with_provider(">= 1.14")
    good = _with_provider("~> 3.0")

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether the provider and each module with breaking versions has an upper end."""
        for versions in configuration.provider_requirements.addresses.values():
            yield self._provider(versions, configuration)
        for module in called_modules(configuration):
            yield self._module(module)

    def _provider(self, versions: ProviderVersions, sym: SymConfiguration) -> Outcome:
        breaking = {it.version: it for it in sym.catalogue.provider.breaking}
        crossed = _crossed(versions.admitted, tuple(breaking))
        if versions.locked is not None or crossed is None or versions.selected is None:
            return PASSED
        bounding = versions.bounding
        own = next((it for it in versions.requirements if it.module.is_root), None)
        requirement = bounding or own or versions.requirements[0]
        newest = versions.selected
        text = f'"~> {newest.release[0]}.{newest.release[1]}"'
        entry = breaking[crossed]
        return self.finding(
            (
                "the Sym provider is required without a version"
                if requirement.text is None
                else f"{shown(requirement.text)} admits versions of the Sym provider on both sides of"
                f" {crossed}"
            ),
            requirement.range,
            label=f"installs {newest}, whatever the configuration was written for",
            why=f"Since {crossed}, {entry.summary}.",
            help_=f"write version = {text}, or the version that the configuration was written for",
            fix=(
                None
                if requirement.text is None
                else Fix(f"write {text}", (Edit(requirement.range, text),), safe=False)
            ),
        )

    def _module(self, module: SymModule) -> Outcome:
        admitted = module.admitted
        crossed = None if admitted is None else _crossed(admitted, module.entry.breaking)
        if crossed is None or admitted is None or admitted.newest is None:
            return PASSED
        text = module.call.version
        range_ = version_range(module)
        suggested = f'"~> {admitted.newest.release[0]}.{admitted.newest.release[1]}"'
        special = ""
        if text is not None and text.replace(" ", "") == f"~>{crossed.release[0] - 1}":
            special = f": of a module, {shown(text)} has no end before {crossed}"
        return self.finding(
            (
                f"the {module.title} is called without a version"
                if text is None
                else f"{shown(text)} admits versions of the {module.title} on both sides of {crossed}"
                f"{special}"
            ),
            range_,
            label=f"installs {admitted.newest}",
            why=f"Version {crossed} took away inputs or outputs of the {module.title}.",
            help_=f"write version = {suggested}, or the version that the call was written for",
            address=str(module.address),
            attribute="version",
            fix=(
                None
                if text is None
                else Fix(f"write {suggested}", (Edit(range_, suggested),), safe=False)
            ),
        )


def _crossed(admitted: Admitted, breaking: tuple[Version, ...]) -> Version | None:
    """The newest breaking version of which both sides are admitted, with no end above."""
    if not admitted.beyond:
        return None
    crossed = [version for version in breaking if admitted.share(until=version) == "some"]
    return crossed[-1] if crossed else None


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
    bad = _with_provider("3.3.0")
    good = _with_provider("3.6.0")

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each constraint admits something."""
        requirements = configuration.provider_requirements
        known = requirements.provider.versions
        for requirement in requirements.all:
            constraint = requirement.constraint
            if constraint is not None:
                problem = _nothing(constraint, known)
                yield (
                    PASSED
                    if problem is None
                    else self.finding(
                        f"no version of the Sym provider matches {shown(requirement.text or '')}"
                        if problem == "error"
                        else f"{shown(requirement.text or '')} admits only versions of the Sym provider "
                        "that symlint does not know",
                        requirement.range,
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
        return self.finding(
            f"no version of the {module.title} matches {shown(text)}"
            if problem == "error"
            else f"{shown(text)} admits only versions of the {module.title} that symlint does not know",
            version_range(module),
            label=f"the newest known is {newest}",
            why=INIT_STOPS if problem == "error" else _UNKNOWN,
            help_=f'write version = "~> {newest.release[0]}.{newest.segments[1]}"',
            address=str(module.address),
            attribute="version",
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


class ModuleProviderVersion(Rule):
    """The constraints that all modules put on a provider can be met together.

    One version of a provider serves the whole configuration. Version 2 of the runtime connector and
    the GCP connector need version 2 of the Sym provider or newer, because they create Sym's
    resources themselves; a configuration that keeps the provider below 2 cannot use them. The same
    goes for what Sym's modules ask of the AWS and Google providers, and for the constraints of
    modules of your own.

    **Not flagged.** Modules whose version is not known.
    """

    code = "SYM133"
    name = "module-provider-version"
    severity = "error"
    sources = (
        "https://developer.hashicorp.com/terraform/language/modules/develop/providers",
        MODULES,
    )
    bad = _with_provider("~> 1.14")
    good = _with_provider("~> 2.1")

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether the constraints on each provider agree."""
        asked: dict[str, list[Requirement]] = {}
        seen = set()
        for instance in configuration.terraform.modules():
            if instance.directory not in seen:
                seen.add(instance.directory)
                for requirement in module_requirements(instance):
                    if requirement.constraint is not None:
                        asked.setdefault(requirement.address, []).append(requirement)
        versions = configuration.provider_requirements.provider.versions
        addresses = configuration.provider_requirements.addresses
        for address, requirements in asked.items():
            known = versions if address in addresses else ()
            pair = _contradiction(requirements, known)
            yield PASSED if pair is None else self._between(address, *pair)
        for module in called_modules(configuration):
            yield from self._of_module(module, asked, configuration)

    def _between(self, address: str, one: Requirement, other: Requirement) -> Finding:
        return self.finding(
            f"no version of provider {shown(address)} matches both {shown(other.text or '')} and "
            f"{shown(one.text or '')}",
            other.range,
            label=f"admits {shown(other.text or '')}",
            related=(RelatedRange(one.range, f"this module requires {shown(one.text or '')}"),),
            why=f"All modules share one version of a provider. {INIT_STOPS}",
            help_="require the same version in both modules, at best with >= in the called one",
        )

    def _of_module(
        self, module: SymModule, asked: dict[str, list[Requirement]], sym: SymConfiguration
    ) -> Iterator[Outcome]:
        version = module.newest
        if module.call.module is not None or version is None or not module.source.versions:
            return
        for entry in module.entry.requires_at(version, module.source):
            needed = parse_constraint(entry.constraint, "provider")
            address = _written_address(entry.provider, sym)
            refused = [
                it
                for it in asked.get(address, ())
                if it.constraint and not _meet(it.constraint, needed)
            ]
            if not refused:
                yield PASSED
                continue
            yield self._refused(module, version, entry, refused[0], sym)

    def _refused(
        self,
        module: SymModule,
        version: Version,
        entry: ModuleRequirement,
        requirement: Requirement,
        sym: SymConfiguration,
    ) -> Finding:
        needs = f"version {version} of the {module.title} needs {entry.provider} {entry.constraint}"
        own = requirement.text or ""
        # The configuration fits its provider: then the module is the newcomer.
        at_module = not _misfits(sym) or entry.provider != "symopsio/sym"
        place = version_range(module)
        primary, other = (place, requirement.range) if at_module else (requirement.range, place)
        admits = f"only {shown(own)} is admitted"
        fitting = _fitting_version(module, requirement, entry.provider)
        help_ = f'require version = "{entry.constraint}" of {entry.provider}'
        if fitting is not None:
            help_ += f', or version = "~> {fitting.release[0]}.{fitting.release[1]}" of the module'
        return self.finding(
            f"{needs}, and {admits}",
            primary,
            label=f"installs {version}" if at_module else "too old for the module",
            related=(RelatedRange(other, admits if at_module else needs),),
            why=f"All modules share one version of a provider. {INIT_STOPS}",
            help_=help_,
            address=str(module.address),
        )


def _meet(one: Constraint, other: Constraint) -> bool:
    return (ANY_PROVIDER & one & other).reaches()


def _contradiction(
    requirements: list[Requirement], known: tuple[Version, ...]
) -> tuple[Requirement, Requirement] | None:
    """The first requirement, and the first later one that nothing can meet together with it."""
    for at, one in enumerate(requirements):
        for other in requirements[at + 1 :]:
            if one.constraint is None or other.constraint is None:
                continue
            alone = [it for it in (one.constraint, other.constraint) if _possible(it, known)]
            if len(alone) == 2 and not _possible(one.constraint & other.constraint, known):
                return one, other
    return None


def _possible(constraint: Constraint, known: tuple[Version, ...]) -> bool:
    if not known or any(term.version.prerelease for term in constraint.terms):
        return constraint.reaches()
    admitted = constraint.admitted(known)
    return bool(admitted.known) or admitted.beyond or constraint.reaches(until=known[0])


def _written_address(provider: str, sym: SymConfiguration) -> str:
    """The address by which the configuration requires a provider that a module names."""
    if provider != "symopsio/sym":
        return provider
    return next(iter(sym.provider_requirements.addresses), provider)


def _misfits(sym: SymConfiguration) -> bool:
    """Whether the configuration itself is written for another version of the provider."""
    kinds = ("form", "unavailable", "content")
    return any(problem.kind in kinds for problem in sym.schema_report.problems)


def _fitting_version(module: SymModule, requirement: Requirement, provider: str) -> Version | None:
    """The newest version of the module that can do with what is admitted."""
    for version in reversed(module.source.versions):
        needed = [
            parse_constraint(it.constraint, "provider")
            for it in module.entry.requires_at(version, module.source)
            if it.provider == provider
        ]
        own = requirement.constraint
        if own is not None and all(_meet(own, it) for it in needed):
            return version
    return None
