"""Rules about what goes into Sym's modules and what comes out, at the version that is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED, Edit, Fix, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.provider._modules import (
    MODULES,
    called_modules,
    opaque_version,
    outputs_read,
    pin,
    source_range,
    version_range,
    version_related,
)
from symlint.rules.provider._schema import STOPS
from symlint.source.close_names import close_name
from symlint.sym.versions import within
from symlint.sym.words import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.rules.provider._modules import OutputReadAt
    from symlint.sym.catalogue.module_parts import ModuleInput, ModuleOutput
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.sym.versions import Version

_RUNTIME = """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
}

module "iam_connector" {
  source  = "symopsio/iam-connector/aws"
  version = "~> 2.0"

  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}

output "runtime_id" {
  value = module.runtime_connector.sym_runtime.id
}
"""


class UnavailableModuleOutput(Rule):
    """Every output that is read exists in the version of the module that is installed.

    Version 2 of the runtime connector took away `settings` and `account_id` and gives whole
    resources instead: `sym_runtime_connector_role`, `sym_integration` and `sym_runtime`. A constraint
    that admits it, such as `>= 1.0.0`, gets it. Note that `~> 1` of a module admits 2.0.0 too:
    only `~> 1.0` does not.

    Where all that is read from a module is of another version, the finding stands at the version.

    **Not flagged.** Modules whose code `terraform init` has already put beside the configuration,
    and outputs that no version has: `undeclared-reference` speaks of these. Modules from git or
    from a private registry, whose versions are not known.
    """

    code = "SYM134"
    name = "unavailable-module-output"
    severity = "error"
    fixable = True
    sources = (
        MODULES,
        "https://github.com/symopsio/terraform-aws-runtime-connector/blob/main/docs/version-2-upgrade.md",
    )
    bad = configuration(_RUNTIME.replace("sym_runtime_connector_role.arn", 'settings["role_arn"]'))
    good = configuration(_RUNTIME)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each output that is read is there."""
        reads: dict[tuple[str, int, int], list[OutputReadAt]] = {}
        for read in outputs_read(configuration):
            reads.setdefault(read.module.header.sort_key(), []).append(read)
        for of_one in reads.values():
            module = of_one[0].module
            version = opaque_version(module)
            if version is None:
                if module.call.module is None:
                    question = "has the module the outputs that are read?"
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
        names = list(dict.fromkeys(read.name for read in reads))
        constraint = f'"{pin(other)}"'
        has_constraint = module.call.version is not None
        range_ = version_range(module)
        return self.finding(
            f"version {version} of the {module.title} has no output {either(names, 'and no')}",
            range_,
            label=f"installs {version}",
            related=tuple(
                RelatedRange(read.range, f"there {_when(module, read.name, version)}")
                for read in reads[:3]
            ),
            why=STOPS,
            help_=f"write version = {constraint}, or read the outputs that {version} has",
            address=str(module.address),
            attribute="version",
            fix=(
                Fix(f"write {constraint}", (Edit(range_, constraint),), safe=False)
                if has_constraint
                else None
            ),
        )

    def _at_read(self, read: OutputReadAt, version: Version) -> Finding:
        module = read.module
        form = _form(module, read.name)
        removed = form.until is not None and form.until <= version
        when = _when(module, read.name, version)
        replacement = form.replacement
        fix = None
        help_ = ""
        if replacement and removed:
            fix = Fix(f"write {replacement}", (Edit(read.range, replacement),), safe=True)
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
        return self.finding(
            f"version {version} of the {module.title} has no output {read.name}",
            read.range,
            label=f"there {when}",
            related=(version_related(module, version),),
            why=STOPS,
            help_=help_ or f"it has {either(sorted(module.entry.outputs_at(version)), 'and')}",
            address=str(module.address),
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


class UnavailableModuleInput(Rule):
    """A call gives the inputs that the installed version of the module has, and all required ones.

    Version 2 of the runtime connector took away `addons`, `addon_params`, `custom_external_id`,
    `policy_arns` and `sym_account_ids`: addons are modules of their own now, which get
    `iam_role_name`, an input that they have since version 1.1.

    **Not flagged.** Modules whose code `terraform init` has already put beside the configuration:
    `module-argument` speaks of these. Modules from git or from a private registry, whose versions
    are not known.
    """

    code = "SYM135"
    name = "unavailable-module-input"
    severity = "error"
    fixable = True
    sources = (MODULES,)
    bad = configuration(
        _RUNTIME.replace(
            'environment = "main"\n',
            'environment = "main"\n  addons      = ["aws/secretsmgr"]\n',
            1,
        )
    )
    good = configuration(_RUNTIME)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each input is there, and each required one given."""
        for module in called_modules(configuration):
            version = opaque_version(module)
            if version is None:
                if module.call.module is None:
                    question = "has the module the inputs that it is given?"
                    yield self.undecided(source_range(module), question, "its version is not known")
                continue
            inputs = module.entry.inputs_at(version)
            if not module.entry.inputs:
                continue
            unknown = []
            for argument in module.call.declaration.arguments:
                if argument.name in inputs:
                    yield PASSED
                    continue
                unknown.append(argument.name)
                yield self._no_input(module, argument.name, inputs, version)
            yield from self._missing(module, inputs, version, unknown)

    def _no_input(
        self, module: SymModule, name: str, inputs: dict[str, ModuleInput], version: Version
    ) -> Finding:
        written = module.call.configured(name)
        assert written is not None
        forms = module.entry.inputs.get(name)
        related: tuple[RelatedRange, ...] = (version_related(module, version),)
        fix = None
        if forms is None:
            meant = close_name(name, [it for it in inputs if module.call.configured(it) is None])
            title = f"the {module.title} has no input {name}"
            label = "no such input"
            help_ = (
                f"did you mean {meant}?" if meant else f"it takes {either(sorted(inputs), 'and')}"
            )
            related = ()
            if meant is not None and written.name_range.text == name:
                fix = Fix(f"write {meant}", (Edit(written.name_range, meant),), safe=True)
        else:
            form = forms[-1]
            removed = form.until is not None and form.until <= version
            title = f"version {version} of the {module.title} has no input {name}"
            label = (
                f"there only before version {form.until}"
                if removed
                else f"there only since version {form.since}"
            )
            help_ = _input_help(name, form, removed)
        return self.finding(
            title,
            written.name_range,
            label=label,
            related=related,
            why=STOPS,
            help_=help_,
            address=str(module.address),
            attribute=name,
            fix=fix,
        )

    def _missing(
        self,
        module: SymModule,
        inputs: dict[str, ModuleInput],
        version: Version,
        unknown: list[str],
    ) -> Iterator[Outcome]:
        if not module.complete:
            return
        for name, entry in inputs.items():
            if not entry.required or module.call.configured(name) is not None:
                continue
            if any(close_name(other, (name,)) for other in unknown):
                continue  # it is there, misspelled
            since = next((form.since for form in module.entry.inputs[name]), None)
            changed = since is not None and within(version, since, None)
            yield self.finding(
                f"the {module.title} has no {name}",
                module.header,
                label=f"{name} is required",
                related=(version_related(module, version),) if changed else (),
                why=STOPS,
                help_=f"set {name} = {_input_example(entry)}",
                address=str(module.address),
                attribute=name,
            )


def _input_help(name: str, form: ModuleInput, removed: bool) -> str:
    if not removed:
        return f'remove it, or require version = "{pin(form.since)}"' if form.since else "remove it"
    if form.replacement.startswith("nothing"):
        _, _, advice = form.replacement.partition(": ")
        return f"delete {name}: {advice}" if advice else f"delete {name}"
    return f"use {form.replacement} instead" if form.replacement else f"delete {name}"


def _input_example(entry: ModuleInput) -> str:
    if entry.expects == "runtime_role_arn":
        return "[module.<runtime connector>.sym_runtime_connector_role.arn]"
    return "[...]" if entry.type.startswith(("list", "set")) else '"..."'
