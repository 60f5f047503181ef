"""Checks that something refers to each resource that has no effect of its own."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.sym.model.integrations import Integration
from symlint.sym.model.strategies import Strategy, Target
from symlint.sym.words import either, noun, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.views import Lookup, View
    from symlint.terraform.instances.protocols import ModuleNames

_TARGETS = """
resource "sym_target" "billing" {{
  type = "okta_group"
  name = "billing"

  settings = {{
    group_id = "00g1billing"
  }}
}}

resource "sym_target" "support" {{
  type = "okta_group"
  name = "support"

  settings = {{
    group_id = "00g1support"
  }}
}}

resource "sym_strategy" "okta" {{
  type           = "okta"
  name           = "okta"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [{0}]
}}

resource "sym_flow" "okta" {{
  name           = "okta"
  implementation = file("${{path.module}}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"

  params {{
    strategy_id = sym_strategy.okta.id
  }}
}}
"""


class UnusedResource(Rule):
    """Something refers to every resource that has an effect only where it is used.

    A target that no strategy lists cannot be requested, an error logger without an environment
    reports nothing, and a log destination without one gets no logs. Often the reference was
    forgotten; otherwise the resource can be removed.

    **Not flagged.** Strategies: `unused-strategy` reports them. Environments, runtimes and secrets
    sources, which other configurations read by their name. Resources that anything else reads: another
    resource, an output of the root module, a module whose code is not available. Data sources, and
    resources that a data source may look up by name. Resources that a wrong reference may have meant:
    `wrong-reference` and similar rules report that. A configuration without flows, which is a part of a
    larger one, and one with syntax errors.
    """

    code = "SYM920"
    name = "unused-resource"
    severity = "note"
    sources = ("https://registry.terraform.io/providers/symopsio/sym/latest/docs",)
    bad = configuration(_TARGETS.format("sym_target.billing.id"))
    good = configuration(_TARGETS.format("sym_target.billing.id, sym_target.support.id"))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether anything refers to each resource that has no effect of its own."""
        if not configuration.flows:
            return
        reached, meant = _reached(configuration)
        looked_up = {
            it.type for module in configuration.module_instances for it in module.data_sources()
        }
        resources = configuration.catalogue.provider.resources
        shared = {*configuration.catalogue.provider.data_sources} - {Integration.KIND}
        seen = set()
        for view in configuration.views:
            if view.header in reached:
                yield PASSED
                continue
            passive = bool(resources[view.kind].used_by) and not isinstance(view, Strategy)
            if (
                not passive
                or view.kind in shared | meant
                or view.header in seen
                or view.kind in looked_up
            ):
                continue
            seen.add(view.header)
            if not configuration.complete:
                question = f"does anything use the {view.noun}?"
                yield self.undecided(view.header, question, "a file has errors")
            elif configuration.graph.is_consumed(view.address):
                yield PASSED
            else:
                yield self._unused(view, resources[view.kind].used_by)

    def _unused(self, view: View, used_by: tuple[str, ...]) -> Finding:
        references = [view.sym.catalogue.references[it] for it in used_by]
        users = dict.fromkeys(with_article(noun(it.resource)) for it in references)
        return Location.of_block(view).finding(
            self,
            f"nothing uses this {view.noun}",
            label="nothing refers to it",
            why=f"It has an effect only where {either(users)} refers to it.",
            help_=_help(view),
        )


def _reached(configuration: SymConfiguration) -> tuple[set[Range], set[str]]:
    """The blocks that references lead to, and the kinds that a wrong one may have meant."""
    from symlint.sym.model.argument_links import argument_links

    reached: set[Range] = set()
    meant: set[str] = set()
    for view in configuration.views:
        for edge in argument_links(view):
            for link in edge.leaves:
                if link.view is not None:
                    reached.add(link.view.header)
                elif link.is_wrong:
                    meant.update(link.target.kinds)
    return reached, meant


def _help(view: View) -> str:
    from symlint.sym.model.references import reference_to

    reference = reference_to(view)
    if isinstance(view, Target) and reference is not None:
        granting = view.sym.once(_granting).get((view.module, view.type_name or ""), [])
        if len(granting) == 1:
            return f"add {reference} to the targets of {granting[0]}, or remove the target"
    return f"refer to it, or remove the {view.noun}"


def _granting(sym: Lookup) -> dict[tuple[ModuleNames, str], list[str]]:
    """The strategies in each module that grant targets of each type, by their names."""
    found: dict[tuple[ModuleNames, str], dict[str, None]] = {}
    for strategy in sym.all(Strategy):
        for type_name in strategy.accepted_targets:
            found.setdefault((strategy.module, type_name), {})[strategy.local_name] = None
    return {place: list(names) for place, names in found.items()}
