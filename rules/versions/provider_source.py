"""Checks that every module requires the Sym provider from the right source."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, Edit, Fix
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.provider._schema import REGISTRY
from symlint.rules.versions._examples import MAIN
from symlint.rules.versions._modules import INIT_STOPS
from symlint.sym.words import LOCAL_NAME, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.catalogue.catalogue import Catalogue
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.provider.versions import Requirement
    from symlint.terraform.instances.module_instance import ModuleInstance

_REQUIREMENTS = "https://developer.hashicorp.com/terraform/language/providers/requirements"


_ENTRY = 'sym = {\n  source  = "symopsio/sym"\n  version = "~> 3.0"\n}'


def _with_source(line: str) -> dict[str, str]:
    files = configuration(MAIN)
    versions = files["versions.tf"].replace('      source  = "symopsio/sym"\n', line)
    return {**files, "versions.tf": versions}


class ProviderSource(Rule):
    """The Sym provider is required from `symopsio/sym`, in every module that uses it.

    `terraform.symops.com`, `terraform.symops.io` and `symops.io` are old hosts: new releases are
    published only on the public registry. Moving to it also needs `terraform state
    replace-provider`.

    It is an error if Terraform certainly looks in the wrong place: an entry without a `source`, or
    no entry at all in a module that has Sym's resources, means `hashicorp/sym`, which does not
    exist. Child modules do not inherit the source from their caller.

    **Not flagged.** A mirror: another host with `symopsio/sym`. A configuration without any required or
    configured provider, such as a snippet.
    """

    code = "SYM131"
    name = "provider-source"
    other_severities = ("error",)
    severity = "warning"
    fixable = True
    sources = (_REQUIREMENTS, REGISTRY)
    bad = _with_source('      source  = "terraform.symops.com/symopsio/sym"\n')
    good = configuration(MAIN)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each module says where the provider comes from, and says it right."""
        from symlint.sym.provider.blocks import modules_as_written
        from symlint.sym.provider.versions import module_requirements

        whole = _is_whole(configuration)
        seen = set()
        for module in modules_as_written(configuration):
            if module.directory in seen:
                continue
            seen.add(module.directory)
            entry = module.module.provider_requirements.get(LOCAL_NAME)
            if entry is None:
                user = _first_use(module) if whole and module.module.complete else None
                if user is not None:
                    yield self._missing(user)
            elif entry.source is None and entry.source_expression is None:
                yield self._no_source(entry.attribute.name_range)
            for requirement in module_requirements(module):
                if requirement.source is not None:
                    outcome = self._judge(requirement, configuration.catalogue)
                    if outcome is not None:
                        yield outcome

    def _judge(self, requirement: Requirement, catalogue: Catalogue) -> Outcome | None:
        from symlint.sym.provider.versions import PROVIDER, is_sym_provider

        address = requirement.address
        known = {it.address: it for it in catalogue.provider.addresses}
        if requirement.name != LOCAL_NAME and address not in known:
            return None
        source = shown(requirement.source or "", 100)
        range_ = requirement.source_range
        edit = Fix(f'write "{PROVIDER}"', (Edit(range_, f'"{PROVIDER}"'),), safe=False)
        if address in known:
            if known[address].status == "current":
                return PASSED
            return Location.of_range(range_).finding(
                self,
                f"{source} is an old address of the Sym provider",
                label="an old address",
                why="New releases are published to the public registry only, and this host may be gone.",
                help_=f'write source = "{PROVIDER}", then run\n'
                f"  terraform state replace-provider {source} {PROVIDER}",
                fix=edit,
            )
        if is_sym_provider(address, catalogue.provider):
            return PASSED
        return Location.of_range(range_).finding(
            self,
            f"provider sym is {source}, not the Sym provider {PROVIDER}",
            label="not the Sym provider",
            why="Terraform installs another provider, or finds no provider of this name.",
            help_=f'write source = "{PROVIDER}"',
            fix=edit,
        )

    def _no_source(self, range_: Range) -> Finding:
        return Location.of_range(range_).finding(
            self,
            "provider sym is required without a source",
            label="means hashicorp/sym",
            why=f"Terraform looks for hashicorp/sym, which does not exist. {INIT_STOPS}",
            help_=f"write\n{_ENTRY}",
            severity="error",
        )

    def _missing(self, range_: Range) -> Finding:
        return Location.of_range(range_).finding(
            self,
            "the module uses the Sym provider and does not require it",
            label="means hashicorp/sym",
            why=f"Terraform looks for hashicorp/sym, which does not exist. {INIT_STOPS}",
            help_=f"write\nterraform {{\n  required_providers {{\n{_indented(_ENTRY)}\n  }}\n}}",
            severity="error",
        )


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


def _is_whole(configuration: SymConfiguration) -> bool:
    """Whether the configuration is more than a snippet: it requires or configures a provider."""
    return any(
        module.module.provider_requirements or (LOCAL_NAME, None) in module.module.providers
        for module in configuration.terraform.modules()
    )


def _first_use(module: ModuleInstance) -> Range | None:
    """Where a module first uses the provider by its local name."""
    from symlint.sym.provider.blocks import is_sym_type

    for declaration in module.module.all_resources:
        if is_sym_type(declaration.type) and "provider" not in declaration.attributes:
            return declaration.range
    configured = module.module.providers.get((LOCAL_NAME, None))
    return None if configured is None else configured.range
