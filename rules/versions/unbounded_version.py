"""Checks that a version constraint has an upper bound if a version broke compatibility."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.provider._schema import GUIDE_2, GUIDE_3, series
from symlint.rules.versions._examples import MODULE
from symlint.rules.versions._modules import CONSTRAINTS
from symlint.sym.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.sym.provider.versions import ProviderVersions
    from symlint.sym.versions import Admitted, Version


class UnboundedVersion(Rule):
    """A constraint that allows versions before and after a breaking version has an upper bound.

    Without an upper bound, Terraform installs the newest version: `version = ">= 1.0.0"` of the
    runtime connector installs 2.0.2, which has other outputs; a provider without a version
    constraint goes from 2 to 3, where `implementation` became the contents of the file. The
    configuration is right for one side only.

    `~> 1` is special: for a provider it ends before 2.0.0, for a **module** it also allows 2.0.0.
    `~> 1.0` ends before 2.0.0 for both.

    **Not flagged.** Constraints with an upper bound, and those that start at the newest breaking
    version (`>= 3.0`). Modules that never had a breaking version. A provider that
    `.terraform.lock.hcl` pins. A child module that leaves the version to its caller.
    """

    code = "SYM132"
    name = "unbounded-version"
    severity = "warning"
    fixable = True
    sources = (CONSTRAINTS, GUIDE_2, GUIDE_3)
    bad = configuration(MODULE, provider=">= 1.14")
    good = configuration(MODULE, provider="~> 3.0")

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether the provider and each module with breaking versions has an upper bound."""
        from symlint.sym.model.module_calls import called_modules
        from symlint.sym.provider.versions import read_requirements

        for versions in configuration.once(read_requirements).addresses.values():
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
        text = series(newest)
        entry = breaking[crossed]
        place = Location.of_range(requirement.range)
        return place.finding(
            self,
            "the Sym provider is required without a version"
            if requirement.text is None
            else f"{shown(requirement.text)} allows the Sym provider before and after the "
            f"breaking version {crossed}",
            label=f"Terraform installs {newest}, whichever version the configuration was written for",
            why=f"Since {crossed}, {entry.summary}.",
            help_=f"write version = {text}, or the version that the configuration was written for",
            fix=None if requirement.text is None else place.write(text, safe=False),
        )

    def _module(self, module: SymModule) -> Outcome:
        from symlint.sym.model.module_calls import version_range

        admitted = module.admitted
        crossed = None if admitted is None else _crossed(admitted, module.entry.breaking)
        if crossed is None or admitted is None or admitted.newest is None:
            return PASSED
        text = module.call.version
        place = Location.of_range(version_range(module), str(module.address), "version")
        suggested = series(admitted.newest)
        special = ""
        if text is not None and text.replace(" ", "") == f"~>{crossed.release[0] - 1}":
            special = f": for a module, {shown(text)} has no upper bound before {crossed}"
        return place.finding(
            self,
            f"the {module.title} is called without a version"
            if text is None
            else f"{shown(text)} allows the {module.title} before and after the breaking version {crossed}"
            f"{special}",
            label=f"installs {admitted.newest}",
            why=f"Version {crossed} removed inputs or outputs of the {module.title}.",
            help_=f"write version = {suggested}, or the version that the call was written for",
            fix=None if text is None else place.write(suggested, safe=False),
        )


def _crossed(admitted: Admitted, breaking: tuple[Version, ...]) -> Version | None:
    """The newest breaking version that is allowed together with older ones, without an upper bound."""
    if not admitted.beyond:
        return None
    crossed = [version for version in breaking if admitted.share(until=version) == "some"]
    return crossed[-1] if crossed else None
