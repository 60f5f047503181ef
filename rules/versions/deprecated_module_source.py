"""Checks that Sym's modules are called by their current addresses."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, Edit, Fix
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited
from symlint.rules.versions._examples import MAIN
from symlint.rules.versions._modules import MODULES
from symlint.source.file_names import is_json_file
from symlint.sym.model.modules import admitted_versions
from symlint.sym.words import shown
from symlint.terraform.values.addresses import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule


class DeprecatedModuleSource(Rule):
    """Sym's modules are called by their current addresses.

    The registry addresses that end in `/sym` were deprecated on 2022-09-30: they get no new
    versions and allow no AWS provider newer than version 3. Those that end in `/aws` are drop-in
    replacements. The modules of `terraform.symops.com` have version numbers of their own; that host
    may be gone.

    **Not flagged.** A module of your own, or a fork.
    """

    code = "SYM136"
    name = "deprecated-module-source"
    severity = "warning"
    fixable = True
    sources = (MODULES,)
    good = configuration(
        MAIN
        + """
module "iam_connector" {
  source  = "symopsio/iam-connector/aws"
  version = "~> 1.0"

  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
"""
    )
    bad = edited(
        good,
        ('  source  = "symopsio/iam-connector/aws"', '  source  = "symopsio/iam-connector/sym"'),
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each call of one of Sym's modules has the current address."""
        from symlint.sym.model.module_calls import called_modules

        for module in called_modules(configuration):
            yield PASSED if module.source.status == "current" else self._old(module)

    def _old(self, module: SymModule) -> Finding:
        from symlint.sym.model.module_calls import pin, source_range

        current = module.entry.current_source
        assert module.call.source is not None
        written = shown(module.call.source, 100)
        range_ = source_range(module)
        deprecated = module.source.status == "deprecated"
        admitted = admitted_versions(current, module.call.version)
        drop_in = deprecated and admitted is not None and admitted.newest is not None
        like = module.source.interface or (current.versions[-1] if current.versions else None)
        constraint = "" if drop_in or like is None else pin(like)
        return Location.of_range(range_, str(module.address), "source").finding(
            self,
            f"{written} is an old address of the {module.title}",
            label="deprecated" if deprecated else "a host that may be gone",
            why="It gets no new versions and allows no AWS provider newer than version 3."
            if deprecated
            else "Nothing is published there any more; terraform init may not find it.",
            help_=f'write source = "{current.address}"'
            + (f', with version = "{constraint}"' if constraint else ""),
            fix=_move(module, current.address, constraint, safe=drop_in),
        )


def _move(module: SymModule, address: str, constraint: str, *, safe: bool) -> Fix | None:
    """Write the current address, and the version whose inputs and outputs are the old one's."""
    from symlint.sym.model.module_calls import source_range

    source, version = source_range(module), module.call.argument_range("version")
    if not source.text.startswith('"') or source != module.call.argument_range("source"):
        return None
    edits = [Edit(source, quote(address))]
    described = f'write "{address}"'
    if constraint:
        described += f' and version "{constraint}"'
        if version is not None:
            edits.append(Edit(version, quote(constraint)))
        else:
            text = source.source.text
            line = text[text.rfind("\n", 0, source.start) + 1 : source.start]
            indent, name = line[: len(line) - len(line.lstrip())], line.strip(' \t"=:')
            if name != "source":
                return None  # a block on one line
            written = ',\n{}"version": {}' if is_json_file(source.path) else "\n{}version = {}"
            version_line = written.format(indent, quote(constraint))
            edits = [Edit(source, quote(address) + version_line)]
    return Fix(described, tuple(edits), safe=safe)
