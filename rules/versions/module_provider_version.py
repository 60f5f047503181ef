"""Checks that one version of each provider satisfies all modules."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.provider._schema import series
from symlint.rules.versions._examples import MODULE
from symlint.rules.versions._modules import INIT_STOPS, MODULES
from symlint.sym.versions import ANY_PROVIDER, parse_constraint
from symlint.sym.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.catalogue.modules import Requirement as ModuleRequirement
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.sym.provider.versions import Requirement
    from symlint.sym.versions import Constraint, Version


class ModuleProviderVersion(Rule):
    """One version of each provider satisfies the constraints of all modules.

    The whole configuration uses one version of a provider. Version 2 of the runtime connector and
    the GCP connector need version 2 of the Sym provider or newer, because they create Sym's
    resources themselves. A configuration that keeps the provider below 2 cannot use them. The same
    applies to the versions of the AWS and Google providers that Sym's modules require, and to the
    constraints of modules of your own.

    **Not flagged.** Modules whose version is not known.
    """

    code = "SYM133"
    name = "module-provider-version"
    severity = "error"
    sources = (
        "https://developer.hashicorp.com/terraform/language/modules/develop/providers",
        MODULES,
    )
    bad = configuration(MODULE, provider="~> 1.14")
    good = configuration(MODULE, provider="~> 2.1")

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether the constraints on each provider agree."""
        from symlint.sym.model.module_calls import called_modules
        from symlint.sym.provider.versions import module_requirements, read_requirements

        asked: dict[str, list[Requirement]] = {}
        seen = set()
        for instance in configuration.terraform.modules():
            if instance.directory not in seen:
                seen.add(instance.directory)
                for requirement in module_requirements(instance):
                    if requirement.constraint is not None:
                        asked.setdefault(requirement.address, []).append(requirement)
        versions = configuration.once(read_requirements).provider.versions
        addresses = configuration.once(read_requirements).addresses
        for address, requirements in asked.items():
            known = versions if address in addresses else ()
            pair = _contradiction(requirements, known)
            yield PASSED if pair is None else self._between(address, *pair)
        for module in called_modules(configuration):
            yield from self._of_module(module, asked, configuration)

    def _between(self, address: str, one: Requirement, other: Requirement) -> Finding:
        return Location.of_range(other.range).finding(
            self,
            f"no version of provider {shown(address)} matches both {shown(other.text or '')} and "
            f"{shown(one.text or '')}",
            label=f"allows {shown(other.text or '')}",
            related=(RelatedRange(one.range, f"this module requires {shown(one.text or '')}"),),
            why=f"All modules share one version of a provider. {INIT_STOPS}",
            help_="require the same version in both modules, preferably with >= in the called one",
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
            rejected = [
                it
                for it in asked.get(address, ())
                if it.constraint and not _meet(it.constraint, needed)
            ]
            if not rejected:
                yield PASSED
                continue
            yield self._refused(module, version, entry, rejected[0], sym)

    def _refused(
        self,
        module: SymModule,
        version: Version,
        entry: ModuleRequirement,
        requirement: Requirement,
        sym: SymConfiguration,
    ) -> Finding:
        from symlint.sym.model.module_calls import version_range

        needs = f"version {version} of the {module.title} needs {entry.provider} {entry.constraint}"
        own = requirement.text
        assert own is not None
        # The configuration fits its provider: then the module is to change.
        at_module = not _misfits(sym) or entry.provider != "symopsio/sym"
        place = version_range(module)
        primary, other = (place, requirement.range) if at_module else (requirement.range, place)
        allowed = f"only {shown(own)} is allowed"
        fitting = _fitting_version(module, requirement, entry.provider)
        help_ = f'require version = "{entry.constraint}" of {entry.provider}'
        if fitting is not None:
            help_ += f", or version = {series(fitting)} of the module"
        return Location.of_range(primary, str(module.address)).finding(
            self,
            f"{needs}, but {allowed}",
            label=f"installs {version}" if at_module else "too old for the module",
            related=(RelatedRange(other, allowed if at_module else needs),),
            why=f"All modules share one version of a provider. {INIT_STOPS}",
            help_=help_,
        )


def _meet(one: Constraint, other: Constraint) -> bool:
    return (ANY_PROVIDER & one & other).reaches()


def _contradiction(
    requirements: list[Requirement], known: tuple[Version, ...]
) -> tuple[Requirement, Requirement] | None:
    """The first requirement, and the first later one that nothing can meet together with it."""
    from itertools import combinations

    for one, other in combinations(requirements, 2):
        first, second = one.constraint, other.constraint
        assert first is not None
        assert second is not None
        alone = _possible(first, known) and _possible(second, known)
        if alone and not _possible(first & second, known):
            return one, other
    return None


def _possible(constraint: Constraint, known: tuple[Version, ...]) -> bool:
    if not known or any(term.version.prerelease for term in constraint.terms):
        return constraint.reaches()
    admitted = constraint.admitted(known)
    return bool(admitted.known) or admitted.beyond or constraint.reaches(until=known[0])


def _written_address(provider: str, sym: SymConfiguration) -> str:
    """The address by which the configuration requires a provider that a module names."""
    from symlint.sym.provider.versions import read_requirements

    if provider != "symopsio/sym":
        return provider
    return next(iter(sym.once(read_requirements).addresses), provider)


def _misfits(sym: SymConfiguration) -> bool:
    """Whether the configuration itself is written for another version of the provider."""
    from symlint.sym.provider.schema import check_schema

    kinds = ("form", "unavailable", "content")
    return any(problem.kind in kinds for problem in sym.once(check_schema).problems)


def _fitting_version(module: SymModule, requirement: Requirement, provider: str) -> Version | None:
    """The newest version of the module that works with the allowed versions."""
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
