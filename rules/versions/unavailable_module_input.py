"""Checks that the installed version of a module has the inputs that a call gives."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.provider._schema import STOPS
from symlint.rules.versions._examples import RUNTIME
from symlint.rules.versions._modules import MODULES, version_related
from symlint.sym.versions import within
from symlint.sym.words import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.catalogue.module_parts import ModuleInput
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.sym.versions import Version


class UnavailableModuleInput(Rule):
    """A call gives inputs that the installed version of the module has, and all required ones.

    Version 2 of the runtime connector removed `addons`, `addon_params`, `custom_external_id`,
    `policy_arns` and `sym_account_ids`. Addons are separate modules now, with the input
    `iam_role_name`, which they have since version 1.1.

    **Not flagged.** Modules that `terraform init` has already installed: `module-argument` checks them.
    Modules from git or from a private registry, whose versions are not known.
    """

    code = "SYM135"
    name = "unavailable-module-input"
    severity = "error"
    fixable = True
    sources = (MODULES,)
    bad = configuration(
        RUNTIME.replace(
            'environment = "main"\n',
            'environment = "main"\n  addons      = ["aws/secretsmgr"]\n',
            1,
        )
    )
    good = configuration(RUNTIME)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each input is there, and each required one given."""
        from symlint.sym.model.module_calls import called_modules, opaque_version, source_range

        for module in called_modules(configuration):
            version = opaque_version(module)
            if version is None:
                if module.call.module is None:
                    question = "does the module have the inputs that it is given?"
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
        from symlint.source.close_names import close_name

        argument = module.argument(name)
        assert argument is not None
        place = Location.of_name(module, argument)
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
            if meant is not None:
                fix = place.rename(meant, safe=True)
        else:
            form = forms[-1]
            removed = form.until is not None and form.until <= version
            title = f"version {version} of the {module.title} has no input {name}"
            label = (
                f"exists only before version {form.until}"
                if removed
                else f"exists only since version {form.since}"
            )
            help_ = _input_help(name, form, removed)
        return place.finding(
            self, title, label=label, related=related, why=STOPS, help_=help_, fix=fix
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
            from symlint.source.close_names import close_name

            if any(close_name(other, (name,)) for other in unknown):
                continue  # it is there, misspelled
            since = next((form.since for form in module.entry.inputs[name]), None)
            changed = since is not None and within(version, since, None)
            yield Location.of_block(module, name).finding(
                self,
                f"the {module.title} has no {name}",
                label=f"{name} is required",
                related=(version_related(module, version),) if changed else (),
                why=STOPS,
                help_=f"set {name} = {_input_example(entry)}",
            )


def _input_help(name: str, form: ModuleInput, removed: bool) -> str:
    from symlint.sym.model.module_calls import pin

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
