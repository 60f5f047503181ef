"""Checks that a strategy has an integration."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.strategies._examples import OKTA, RIGHT_LINK
from symlint.sym.words import either, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.strategies import Strategy
    from symlint.sym.model.views import Link


class MissingIntegration(Rule):
    """Every strategy has an `integration_id`, unless it is of type `http`.

    In the provider's schema, `integration_id` is optional because of `http` strategies. For every
    other type, the provider does not create the strategy without it: `terraform apply` fails after
    the plan has been approved. `null` and an empty string count as missing.

    **Not flagged.** Strategies whose type is not known. Versions of the provider before 1.3.0
    required the argument for every strategy (`missing-argument` reports that), and those from 0.4.4
    up to 1.0.0 for none.
    """

    code = "SYM203"
    name = "missing-integration"
    severity = "error"
    about = ("strategies",)
    sources = (
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/strategy",
        "https://github.com/symopsio/terraform-provider-sym/blob/main/sym/provider/strategy_resource.go",
    )
    bad = configuration(OKTA.replace(RIGHT_LINK, "  targets"))
    good = configuration(OKTA)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each strategy that needs an integration has one."""
        for strategy in configuration.strategies:
            question = "does the strategy have an integration?"
            for link in strategy.integration_link.branches:
                if link.outcome == "unknown":
                    yield self.undecided(link.argument, question, link.reason)
                elif link.outcome != "null" or _is_decided_by_schema(strategy):
                    yield PASSED
                elif not strategy.complete:
                    yield self.undecided(strategy.header, question, "the block has errors")
                elif strategy.type_name is None:
                    reason = "the type of the strategy is not known"
                    yield self.undecided(strategy.range("type"), question, reason)
                elif _needs_integration(strategy):
                    yield self._missing(strategy, link)
                else:
                    yield PASSED

    def _missing(self, strategy: Strategy, link: Link) -> Finding:
        from symlint.sym.intent.candidates import integrations_for

        entry = strategy.entry
        accepted = () if entry is None else entry.integration_types or ()
        given = strategy.argument("integration_id") is not None
        place = Location.of_link(strategy, link, "integration_id")
        if not given:
            place = place._replace(value=None)
        related: tuple[RelatedRange, ...] = ()
        if entry is not None and (given or not link.range.is_within(strategy.header)):
            type_ = Location.of_argument(strategy, "type").range
            related = (RelatedRange(type_, "only http strategies may omit it"),)
        candidates = integrations_for(strategy, accepted)
        if candidates:
            help_ = f"write integration_id = {either(candidates)}"
        elif accepted:
            help_ = (
                f"add {with_article(either(accepted))} integration and write\n"
                "  integration_id = sym_integration.<name>.id"
            )
        else:
            help_ = "write integration_id = sym_integration.<name>.id"
        return place.finding(
            self,
            f"{strategy.type_name} strategy has no integration_id",
            label="treated as not given" if given else "integration_id is missing",
            related=related,
            why=("Terraform accepts this. The apply fails, because Sym has no integration to use."),
            help_=help_,
        )


def _needs_integration(strategy: Strategy) -> bool:
    """Whether the provider rejects this type of strategy without an integration."""
    entry = strategy.entry
    return True if entry is None else entry.integration_required


def _is_decided_by_schema(strategy: Strategy) -> bool:
    """Whether the provider's schema itself decides: it requires the argument for all, or for none."""
    from symlint.sym.provider.versions import read_requirements

    versions = strategy.sym.once(read_requirements).versions_for(
        strategy.module, strategy.instance.declaration
    )
    selected = None if versions is None else versions.selected
    if selected is None:
        return False
    schema = strategy.sym.catalogue.provider.resources["sym_strategy"]
    form = schema.arguments_at(selected).get("integration_id")
    if form is None or not form.required:
        # In the last of the versions whose schema does not require it, the provider does.
        return form is not schema.arguments["integration_id"][-1]
    given = strategy.argument("integration_id")
    return given is None or given.value.is_null
