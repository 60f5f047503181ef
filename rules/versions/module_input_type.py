"""Checks that the values of a call convert to the types of the module's inputs."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.provider._schema import STOPS
from symlint.rules.versions._examples import RUNTIME
from symlint.rules.versions._modules import MODULES
from symlint.sym.model.texts import kind_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.catalogue.module_parts import ModuleInput
    from symlint.sym.model.arguments import Argument
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.terraform.values.conversion import ConversionError
    from symlint.terraform.values.value import Value

_EXAMPLES = {
    "string": ("a string", '"..."'),
    "number": ("a number", "10"),
    "bool": ("true or false", "true"),
    "list(string)": ("a list of strings", '["..."]'),
    "map(string)": ("a map of strings", '{ key = "value" }'),
    "list(object({ path = string, name = string }))": (
        "a list of objects with path and name",
        '[{ path = "/sym/", name = "*" }]',
    ),
    "list(object({ project = string, secret_id = string, name = string }))": (
        "a list of objects with project, secret_id and name",
        '[{ project = "...", secret_id = "...", name = "..." }]',
    ),
}
"""The types that inputs have: what they are called, and a value."""


class ModuleInputType(Rule):
    """A value that is known converts to the type of the module's input.

    Types are compared as Terraform does: a number is fine where a string is wanted, a list of
    numbers where a list of strings is, and an object where a map is. Terraform compares them only
    once `terraform init` has fetched the module, and the plan stops there.

    **Not flagged.** Values that are not known: undecided. Modules whose code is here
    (`wrong-type` checks them), and versions that are not known. `runtime_role_arns`, and ARNs of
    functions that are no list: `runtime-role-arns` and `lambda-arn` report them.
    """

    code = "SYM142"
    name = "module-input-type"
    severity = "error"
    about = ("modules",)
    fixable = True
    sources = (MODULES, "https://developer.hashicorp.com/terraform/language/expressions/types")
    bad = configuration(
        RUNTIME.replace(
            'environment = "main"\n',
            'environment = "main"\n\n  account_id_safelist = "111122223333"\n',
            1,
        )
    )
    good = configuration(
        RUNTIME.replace(
            'environment = "main"\n',
            'environment = "main"\n\n  account_id_safelist = ["111122223333"]\n',
            1,
        )
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each value has the type of its input."""
        from symlint.sym.model.module_calls import opaque_version
        from symlint.terraform.values.sizes import may_convert

        for module in configuration.modules:
            version = opaque_version(module)
            for name, form in ({} if version is None else module.entry.inputs_at(version)).items():
                argument = module.argument(name)
                if argument is None or name == module.entry.trust_input:
                    continue
                if may_convert(argument.value, configuration.terraform.budget):
                    yield from self._judge(module, argument, form)

    def _judge(self, module: SymModule, argument: Argument, form: ModuleInput) -> Iterator[Outcome]:
        from symlint.sym.catalogue.value_types import type_named
        from symlint.sym.model.texts import reason_of
        from symlint.terraform.values.conversion import ConversionError, convert
        from symlint.terraform.values.unknowns import leaves

        type_ = type_named(form.type)
        for value in () if type_ is None else leaves(argument.value):
            assert type_ is not None
            try:
                convert(value, type_)
            except ConversionError as error:
                if not _is_covered(module, argument, value, error):
                    yield self._wrong(module, argument, form, value, error)
                continue
            if value.unknown is not None and value.type.kind == "any":
                question = f"has {argument.name} the right type?"
                yield self.undecided(argument.range, question, reason_of(value))
            else:
                yield PASSED

    def _wrong(
        self,
        module: SymModule,
        argument: Argument,
        form: ModuleInput,
        value: Value,
        error: ConversionError,
    ) -> Finding:
        from symlint.sym.provider.values import part_at
        from symlint.terraform.values.conversion import format_path

        wanted, example = _EXAMPLES[form.type]
        place = Location.of_argument(module, argument.name)._replace(value=value)
        part = part_at(value, error.path)
        is_written = part.unknown is None and part.object_reference is None
        place = place.at((is_written and part.origin) or argument.range)
        where = f"{argument.name}{format_path(error.path)}"
        fix, help_ = None, f"write {wanted}, like {argument.name} = {example}"
        text = place.range.text
        is_text = text.startswith('"') and "\n" not in text and not error.path
        if form.type == "list(string)" and is_text:
            fix, help_ = place.write(f"[{text}]", safe=True), place.advice(f"[{text}]")
        return place.finding(
            self,
            f"{where} is {kind_in_words(part)}, but the {module.title} takes {wanted}",
            label=error.message if error.path else f"not {wanted}",
            related=place.use(),
            why=STOPS,
            help_=help_,
            fix=fix,
        )


def _is_covered(
    module: SymModule, argument: Argument, value: Value, error: ConversionError
) -> bool:
    """Whether the rule about the input's ARNs says already what is wrong with it."""
    scope = module.entry.scope
    if scope is None or scope.input != argument.name or scope.kind != "arns":
        return False
    from symlint.sym.provider.values import part_at

    part = part_at(value, error.path)
    return part.reference is not None or (part is value and value.type.kind == "string")
