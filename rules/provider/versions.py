"""Rules about where the Sym provider and Sym's modules come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED, Edit, Fix
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.provider._modules import INIT_STOPS, MODULES, called_modules, pin, source_range
from symlint.rules.provider._schema import REGISTRY
from symlint.source.close_names import close_name
from symlint.sym.model.modules import admitted_versions
from symlint.sym.provider.blocks import is_sym_type, modules_as_written
from symlint.sym.provider.versions import (
    LOCAL_NAME,
    PROVIDER,
    is_sym_provider,
    module_requirements,
    plain_address,
)
from symlint.sym.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.catalogue.catalogue import Catalogue
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.sym.provider.versions import Requirement
    from symlint.terraform.instances.instances import ModuleInstance

_REQUIREMENTS = "https://developer.hashicorp.com/terraform/language/providers/requirements"
_MAIN = """
provider "sym" {
  org = "orchard"
}

module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
}
"""
_ENTRY = 'sym = {\n  source  = "symopsio/sym"\n  version = "~> 3.0"\n}'


def _with_source(line: str) -> dict[str, str]:
    files = configuration(_MAIN)
    versions = files["versions.tf"].replace('      source  = "symopsio/sym"\n', line)
    return {**files, "versions.tf": versions}


class ProviderSource(Rule):
    """The Sym provider is required from `symopsio/sym`, in every module that uses it.

    `terraform.symops.com`, `terraform.symops.io` and `symops.io` are hosts of earlier days: releases
    are no longer published there, the newest of all is on the public registry. Moving to it also
    takes `terraform state replace-provider`.

    An error where Terraform surely looks in the wrong place: an entry without a `source`, or no entry
    at all in a module that has resources of Sym's, means `hashicorp/sym`, which does not exist. Child
    modules do not inherit the source from their caller.

    **Not flagged.** A mirror: another host with `symopsio/sym` behind it. A configuration in which
    nothing is required and no provider is configured, such as a snippet.
    """

    code = "SYM131"
    name = "provider-source"
    severity = "warning"
    fixable = True
    sources = (_REQUIREMENTS, REGISTRY)
    bad = _with_source('      source  = "terraform.symops.com/symopsio/sym"\n')
    good = configuration(_MAIN)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each module says where the provider comes from, and says it right."""
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
            return self.finding(
                f"{source} is an old address of the Sym provider",
                range_,
                label="no longer published to",
                why="Releases are published to the public registry; this host may be gone.",
                help_=(
                    f'write source = "{PROVIDER}", then run\n'
                    f"  terraform state replace-provider {source} {PROVIDER}"
                ),
                fix=edit,
            )
        if is_sym_provider(address, catalogue.provider):
            return PASSED
        return self.finding(
            f"provider sym is {source}, not the Sym provider {PROVIDER}",
            range_,
            label="not Sym's",
            why="Terraform installs another provider, or finds none of this name.",
            help_=f'write source = "{PROVIDER}"',
            fix=edit,
        )

    def _no_source(self, range_: Range) -> Finding:
        return self.finding(
            "provider sym is required without a source",
            range_,
            label="means hashicorp/sym",
            why=f"Terraform looks for hashicorp/sym, which does not exist. {INIT_STOPS}",
            help_=f"write\n{_ENTRY}",
            severity="error",
        )

    def _missing(self, range_: Range) -> Finding:
        return self.finding(
            "the module uses the Sym provider and does not require it",
            range_,
            label="means hashicorp/sym",
            why=f"Terraform looks for hashicorp/sym, which does not exist. {INIT_STOPS}",
            help_=f"write\nterraform {{\n  required_providers {{\n{_indented(_ENTRY)}\n  }}\n}}",
            severity="error",
        )


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


def _is_whole(configuration: SymConfiguration) -> bool:
    """Whether the configuration is more than a snippet: it says something about providers."""
    return any(
        module.module.provider_requirements or (LOCAL_NAME, None) in module.module.providers
        for module in configuration.terraform.modules()
    )


def _first_use(module: ModuleInstance) -> Range | None:
    """Where a module first uses the provider by its local name."""
    for declaration in module.module.all_resources:
        if is_sym_type(declaration.type) and "provider" not in declaration.attributes:
            return declaration.range
    configured = module.module.providers.get((LOCAL_NAME, None))
    return None if configured is None else configured.range


class DeprecatedModuleSource(Rule):
    """Sym's modules are called by their current addresses.

    The registry addresses that end in `/sym` were deprecated on 2022-09-30: they get no new versions
    and admit no AWS provider newer than 3. Those that end in `/aws` are drop-in replacements. The
    modules of `terraform.symops.com` have version numbers of their own; that host may be gone.

    **Not flagged.** A module of your own, or a fork.
    """

    code = "SYM136"
    name = "deprecated-module-source"
    severity = "warning"
    fixable = True
    sources = (MODULES,)
    bad = configuration(
        _MAIN
        + """
module "iam_connector" {
  source  = "symopsio/iam-connector/sym"
  version = "~> 1.0"

  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
"""
    )
    good = configuration(
        _MAIN
        + """
module "iam_connector" {
  source  = "symopsio/iam-connector/aws"
  version = "~> 1.0"

  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
"""
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each call of one of Sym's modules has the current address."""
        for module in called_modules(configuration):
            yield PASSED if module.source.status == "current" else self._old(module)

    def _old(self, module: SymModule) -> Finding:
        current = module.entry.current_source
        written = shown(module.call.source or "", 100)
        range_ = source_range(module)
        deprecated = module.source.status == "deprecated"
        admitted = admitted_versions(current, module.call.version)
        drop_in = deprecated and admitted is not None and admitted.newest is not None
        like = module.source.interface or (current.versions[-1] if current.versions else None)
        constraint = "" if drop_in or like is None else pin(like)
        return self.finding(
            f"{written} is an old address of the {module.title}",
            range_,
            label="deprecated" if deprecated else "a host that may be gone",
            why=(
                "It gets no new versions and admits no AWS provider newer than 3."
                if deprecated
                else "Nothing is published there any more; terraform init may not find it."
            ),
            help_=f'write source = "{current.address}"'
            + (f', with version = "{constraint}"' if constraint else ""),
            address=str(module.address),
            attribute="source",
            fix=_move(module, current.address, constraint, safe=drop_in),
        )


def _move(module: SymModule, address: str, constraint: str, *, safe: bool) -> Fix | None:
    """Write the current address, and the version whose inputs and outputs are the old one's."""
    source, version = source_range(module), module.call.argument_range("version")
    if not source.text.startswith('"'):
        return None
    edits = [Edit(source, f'"{address}"')]
    described = f'write "{address}"'
    if constraint:
        described += f' and version "{constraint}"'
        if version is not None:
            edits.append(Edit(version, f'"{constraint}"'))
        else:
            line = source.source.text.rfind("\n", 0, source.start) + 1
            before = source.source.text[line : source.start]
            indent = before[: len(before) - len(before.lstrip())]
            edits = [Edit(source, f'"{address}"\n{indent}version = "{constraint}"')]
    return Fix(described, tuple(edits), safe=safe)


class UnknownModuleSource(Rule):
    """A module below `symopsio` is one that Sym has published.

    Found when the name is close to that of one of Sym's modules; nothing is said of other names,
    which may be newer than symlint.
    """

    code = "SYM139"
    name = "unknown-module-source"
    severity = "error"
    fixable = True
    sources = (MODULES,)
    bad = configuration(
        _MAIN.replace("symopsio/runtime-connector/aws", "symopsio/runtime-conector/aws")
    )
    good = configuration(_MAIN)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each call of a module below symopsio is of one that is known."""
        catalogue = configuration.catalogue
        known = [it.address for module in catalogue.modules.values() for it in module.sources]
        registry = [address for address in known if address.count("/") == 2 and "." not in address]
        for module in configuration.module_instances:
            for declaration in module.module.calls.values():
                source = declaration.source
                if source is None or catalogue.module_for(source) is not None:
                    continue
                plain = plain_address(source)
                namespace, _, rest = plain.partition("/")
                if rest.count("/") != 1 or "." in plain or ":" in plain:
                    continue
                if namespace != "symopsio" and not rest.startswith(_names(registry)):
                    continue
                meant = close_name(plain, registry)
                expression = declaration.expression("source")
                if meant is not None and expression is not None and _is_close(plain, meant):
                    yield self._unknown(shown(source), meant, expression.range)

    def _unknown(self, source: str, meant: str, range_: Range) -> Finding:
        return self.finding(
            f"there is no module {source}",
            range_,
            label="not in the registry",
            why=INIT_STOPS,
            help_=f'did you mean "{meant}"?',
            attribute="source",
            fix=Fix(f'write "{meant}"', (Edit(range_, f'"{meant}"'),), safe=True),
        )


def _names(addresses: list[str]) -> tuple[str, ...]:
    """The names of modules that nobody but Sym would choose, with the slash behind them."""
    return tuple({f"{address.split('/')[1]}/" for address in addresses})


def _is_close(source: str, meant: str) -> bool:
    """Whether two addresses differ by a slip of the hand in one of their parts."""
    parts = [(one, other) for one, other in zip(source.split("/"), meant.split("/"), strict=True)]
    different = [pair for pair in parts if pair[0] != pair[1]]
    return len(different) == 1 and close_name(different[0][0], (different[0][1],)) is not None
