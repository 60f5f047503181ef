"""Checks that the installed version of a module has the outputs that are read."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.provider._schema import STOPS
from symlint.rules.versions._examples import RUNTIME
from symlint.rules.versions._modules import MODULES, version_related
from symlint.sym.words import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.catalogue.module_parts import ModuleOutput
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.module_calls import OutputReadAt
    from symlint.sym.model.modules import SymModule
    from symlint.sym.versions import Version


class UnavailableModuleOutput(Rule):
    """Every output that is read exists in the installed version of the module.

    Version 2 of the runtime connector removed `settings` and `account_id` and has whole resources
    instead: `sym_runtime_connector_role`, `sym_integration` and `sym_runtime`. A constraint that
    allows version 2, such as `>= 1.0.0`, installs it. For a module, `~> 1` also allows 2.0.0; `~>
    1.0` does not.

    If everything that is read from a module belongs to another version, the version is reported.

    **Not flagged.** Modules that `terraform init` has already installed, and outputs that no version
    has: `undeclared-reference` reports these. Modules from git or from a private registry, whose
    versions are not known.
    """

    code = "SYM134"
    name = "unavailable-module-output"
    severity = "error"
    fixable = True
    sources = (
        MODULES,
        "https://github.com/symopsio/terraform-aws-runtime-connector/blob/main/docs/version-2-upgrade.md",
    )
    bad = configuration(RUNTIME.replace("sym_runtime_connector_role.arn", 'settings["role_arn"]'))
    good = configuration(RUNTIME)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each output that is read is there."""
        from symlint.sym.model.module_calls import opaque_version, outputs_read, source_range

        reads: dict[tuple[str, int, int], list[OutputReadAt]] = {}
        for read in outputs_read(configuration):
            reads.setdefault(read.module.header.sort_key(), []).append(read)
        for of_one in reads.values():
            module = of_one[0].module
            version = opaque_version(module)
            if version is None:
                if module.call.module is None:
                    question = "does the module have the outputs that are read?"
                    reason = "its version is not known"
                    yield self.undecided(source_range(module), question, reason)
                continue
            known = [read for read in of_one if read.name in module.entry.outputs]
            there = module.entry.outputs_at(version)
            wrong = [read for read in known if read.name not in there]
            for _ in range(len(known) - len(wrong)):
                yield PASSED
            if len(wrong) == len(known) > 1 and (other := _version_of_all(module, wrong)):
                yield self._at_version(module, wrong, version, other)
            else:
                for read in wrong:
                    yield self._at_read(read, version)

    def _at_version(
        self, module: SymModule, reads: list[OutputReadAt], version: Version, other: Version
    ) -> Finding:
        from symlint.sym.model.module_calls import pin, version_range

        names = list(dict.fromkeys(read.name for read in reads))
        constraint = f'"{pin(other)}"'
        has_constraint = module.call.version is not None
        place = Location.of_range(version_range(module), str(module.address), "version")
        return place.finding(
            self,
            f"version {version} of the {module.title} has no output {either(names, 'and no')}",
            label=f"installs {version}",
            related=tuple(
                RelatedRange(read.range, f"exists {_when(module, read.name, version)}")
                for read in reads[:3]
            ),
            why=STOPS,
            help_=f"write version = {constraint}, or read the outputs that {version} has",
            fix=place.write(constraint, safe=False) if has_constraint else None,
        )

    def _at_read(self, read: OutputReadAt, version: Version) -> Finding:
        from symlint.sym.model.module_calls import pin

        module = read.module
        form = _form(module, read.name)
        removed = form.until is not None and form.until <= version
        when = _when(module, read.name, version)
        replacement = form.replacement
        place = Location.of_range(read.range, str(module.address))
        fix = None
        help_ = ""
        if replacement and removed:
            fix = place.write(replacement, safe=True)
            help_ = f"write module.{module.call.name}.{replacement}"
            if read.name == "settings" and "role_arn" in read.text:
                paths = module.entry.paths_to("role_arn", version)
                if paths:
                    help_ = f"write module.{module.call.name}.{'.'.join(paths[0].path)}"
                    fix = None
        elif replacement:
            help_ = f"write module.{module.call.name}.{replacement}"
        if form.since is not None and not removed:
            newer = f'require version = "{pin(form.since)}"'
            help_ = f"{help_}, or {newer}" if help_ else newer
        return place.finding(
            self,
            f"version {version} of the {module.title} has no output {read.name}",
            label=f"exists {when}",
            related=(version_related(module, version),),
            why=STOPS,
            help_=help_ or f"it has {either(sorted(module.entry.outputs_at(version)), 'and')}",
            fix=fix,
        )


def _form(module: SymModule, name: str) -> ModuleOutput:
    return module.entry.outputs[name][-1]


def _when(module: SymModule, name: str, version: Version) -> str:
    """In which versions the output is there."""
    form = _form(module, name)
    if form.until is not None and form.until <= version:
        return f"only before version {form.until}"
    return f"only since version {form.since}"


def _version_of_all(module: SymModule, reads: list[OutputReadAt]) -> Version | None:
    """The newest version that has every output that is read."""
    fitting = [
        version
        for version in module.source.versions
        if all(read.name in module.entry.outputs_at(version) for read in reads)
    ]
    return fitting[-1] if fitting else None
