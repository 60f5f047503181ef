"""Rules about the integration that a strategy works through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED, Edit, Fix, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import way, within
from symlint.sym.model.edges import integration_type
from symlint.sym.model.integrations import Integration
from symlint.sym.model.references import reference_to
from symlint.sym.words import either, mentions, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.link import Link
    from symlint.sym.model.strategies import Strategy

_PROVIDER = "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/"

_SECRET = """
resource "sym_secret" "okta" {
  path      = "sym/main/okta-api-key"
  source_id = "3f1c2a54-0d5e-4a53-9c6f-6f5bb2a1a9d7"
}

resource "sym_integration" "okta" {
  type        = "okta"
  name        = "main-okta"
  external_id = "orchard.okta.com"

  settings = {
    api_token_secret = sym_secret.okta.id
  }
}

resource "sym_integration" "slack" {
  type        = "slack"
  name        = "main-slack"
  external_id = "T0ORCHARD1"
}

resource "sym_environment" "main" {
  name            = "main"
  error_logger_id = sym_error_logger.slack.id

  integrations = {
    slack_id = sym_integration.slack.id
    okta_id  = sym_integration.okta.id
  }
}

resource "sym_error_logger" "slack" {
  integration_id = sym_integration.slack.id
  destination    = "#access-errors"
}

resource "sym_target" "support" {
  type = "okta_group"
  name = "support"

  settings = {
    group_id = "00g1support"
  }
}

resource "sym_flow" "okta" {
  name           = "okta"
  implementation = file("${path.module}/impl.py")
  environment_id = sym_environment.main.id

  params {
    strategy_id = sym_strategy.okta.id
  }
}

resource "sym_strategy" "okta" {
  type           = "okta"
  name           = "okta"
  integration_id = sym_integration.okta.id
  targets        = [sym_target.support.id]
}
"""
_RIGHT_LINK = "  integration_id = sym_integration.okta.id\n  targets"


class StrategyIntegrationType(Rule):
    """The integration of a strategy is of the type that the strategy works through.

    An integration is the credentials that Sym acts with: an `okta` strategy needs those for Okta,
    the AWS strategies a `permission_context` with the role of their connector. Terraform and the
    provider take the id of any integration, so a strategy with that of Slack is created, and fails
    when somebody has been approved.

    The finding stands at `integration_id`, or at the `type` of the integration where its settings
    or its name say that the type is what is wrong.

    **Not flagged.** Strategies of a type of which it is not known what they work through
    (`http`), integrations whose type is not known, and ids as plain text: undecided. That the
    permission context has the role of the right connector is another rule's question. A strategy
    whose own type is wrong is what `strategy-target-type` reports.
    """

    code = "SYM202"
    name = "strategy-integration-type"
    severity = "error"
    fixable = True
    sources = (f"{_PROVIDER}strategy", f"{_PROVIDER}integration")
    bad = configuration(
        _SECRET.replace(_RIGHT_LINK, "  integration_id = sym_integration.slack.id\n  targets")
    )
    good = configuration(_SECRET)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each strategy works through an integration of its own kind."""
        for strategy in configuration.strategies:
            entry = strategy.entry
            if entry is None or entry.integration_types is None:
                if strategy.argument("integration_id") is not None:
                    reason = "symlint does not know what this type of strategy works through"
                    yield self._undecided(strategy, reason)
                continue
            for link in strategy.integration_link.branches:
                yield self._judge(strategy, link, entry.integration_types)

    def _judge(self, strategy: Strategy, link: Link, accepted: tuple[str, ...]) -> Outcome:
        if link.outcome != "ok":
            if link.outcome in ("unknown", "identifier"):
                return self._undecided(strategy, link.reason or "the id is that of something else")
            return PASSED
        view = link.view if isinstance(link.view, Integration) else None
        type_name = integration_type(strategy.sym, link)
        if type_name is None:
            return self._undecided(strategy, "the type of the integration is not known")
        if type_name in accepted or _strategy_is_odd(strategy, type_name):
            return PASSED
        if view is not None and not view.is_data and _type_is_odd(view, type_name, accepted):
            return self._at_integration(strategy, link, view, type_name, accepted)
        return self._at_strategy(strategy, link, view, type_name, accepted)

    def _undecided(self, strategy: Strategy, reason: str) -> Outcome:
        question = "is the integration one for this strategy?"
        return self.undecided(strategy.range("integration_id"), question, reason)

    def _at_strategy(
        self,
        strategy: Strategy,
        link: Link,
        view: Integration | None,
        type_name: str,
        accepted: tuple[str, ...],
    ) -> Finding:
        related = [RelatedRange(_type_range(strategy), f"works through {either(accepted)} only")]
        if view is not None:
            related.append(RelatedRange(_type_range(view), f"this integration is for {type_name}"))
        if not within(link.range, link.argument):
            related.append(RelatedRange(link.argument, "used as integration_id here"))
        candidates = integrations_for(strategy, accepted)
        fix = None
        if len(candidates) == 1 and within(link.range, link.argument):
            fix = Fix(f"write {candidates[0]}", (Edit(link.range, candidates[0]),), safe=False)
        return self.finding(
            _integration_title(strategy, type_name),
            link.range,
            label=f"{with_article(type_name)} integration",
            related=tuple(related),
            why=_integration_why(strategy),
            help_=_integration_help(candidates, accepted),
            address=str(strategy.address),
            attribute="integration_id",
            path=way(link.value, link.range),
            fix=fix,
        )

    def _at_integration(
        self,
        strategy: Strategy,
        link: Link,
        view: Integration,
        type_name: str,
        accepted: tuple[str, ...],
    ) -> Finding:
        range_ = _type_range(view)
        wanted = accepted[0]
        fix = None
        if within(range_, view.range("type")) and range_.text.startswith('"'):
            fix = Fix(f'write "{wanted}"', (Edit(range_, f'"{wanted}"'),), safe=False)
        return self.finding(
            _integration_title(strategy, type_name),
            range_,
            label=f"everything else is that of {with_article(wanted)} integration",
            related=(
                RelatedRange(_type_range(strategy), f"works through {either(accepted)} only"),
                RelatedRange(link.range, "used as the strategy's integration here"),
            ),
            why=_integration_why(strategy),
            help_=f'write type = "{wanted}"',
            address=str(view.address),
            attribute="type",
            path=way(view.type, range_),
            fix=fix,
        )


def _integration_title(strategy: Strategy, type_name: str) -> str:
    return (
        f"{strategy.type_name} strategy cannot work through {with_article(type_name)} integration"
    )


def _integration_why(strategy: Strategy) -> str:
    entry = strategy.entry
    title = strategy.type_name if entry is None else entry.title
    return (
        f"Sym acts with this integration once a request has been approved. It holds no credentials "
        f"for {title}: whoever was approved gets an error instead of access."
    )


def _integration_help(candidates: tuple[str, ...], accepted: tuple[str, ...]) -> str:
    if candidates:
        return f"write integration_id = {either(candidates)}"
    one = with_article(either(accepted))
    return f"refer to {one} integration: integration_id = sym_integration.<name>.id"


def integrations_for(strategy: Strategy, accepted: tuple[str, ...]) -> tuple[str, ...]:
    """References to the integrations beside a strategy that it could work through."""
    entry = strategy.entry
    fitting = []
    for view in strategy.sym.integrations:
        reference = reference_to(view)
        if view.module is not strategy.module or view.type_name not in accepted or not reference:
            continue
        connector = view.connector
        context = None if connector is None else connector.entry.context
        wanted = None if entry is None else entry.context
        if context is None or wanted is None or context == wanted:
            fitting.append(reference)
    return tuple(dict.fromkeys(fitting))[:4]


def _type_range(view: Strategy | Integration) -> Range:
    return view.type.origin or view.range("type")


def _strategy_is_odd(strategy: Strategy, type_name: str) -> bool:
    """Whether targets and integration both speak for another type of strategy."""
    catalogue = strategy.sym.catalogue
    types = {target.type_name for target in strategy.target_views}
    entry = strategy.entry
    if not types or entry is None or types & {None, *(entry.target_types or ())}:
        return False
    return any(
        types <= set(other.target_types or ()) and type_name in (other.integration_types or ())
        for other in catalogue.strategies.values()
    )


def _type_is_odd(view: Integration, type_name: str, accepted: tuple[str, ...]) -> bool:
    """Whether it is rather the type of the integration that is wrong."""
    own = _fits(view, type_name)
    if own is None:
        return True
    fitting = [name for name in accepted if _fits(view, name)]
    if not fitting:
        return False
    names = (view.instance.name, view.name.string or "")
    if not own:
        return True
    return any(mentions(it, word) for it in names for word in fitting) and not any(
        mentions(it, type_name) for it in names
    )


def _fits(view: Integration, type_name: str) -> bool | None:
    """Whether the settings of an integration are those of a type; None for unknown types."""
    entry = view.sym.catalogue.integrations.get(type_name)
    if entry is None:
        return None
    source = view.settings_source
    if source is not None and source.gives == "settings":
        return source.module.entry.integration_type == type_name
    given = view.own_settings
    if given is None:
        return False
    known = given <= set(entry.settings) or entry.open_settings
    return given >= set(entry.required_settings) and known


class MissingIntegration(Rule):
    """Every strategy has an `integration_id`, unless it is of type `http`.

    The provider's schema lets `integration_id` be left out, for the sake of `http` strategies. For
    every other type it refuses to create the strategy, which happens during `terraform apply`,
    after the plan has been read and approved. A `null` and an empty text count as left out.

    **Not flagged.** Strategies whose type is not known. Versions of the provider before 1.3.0
    demanded the argument of every strategy (`missing-argument` says so), and those from 0.4.4 up
    to 1.0.0 of none.
    """

    code = "SYM203"
    name = "missing-integration"
    severity = "error"
    sources = (
        f"{_PROVIDER}strategy",
        "https://github.com/symopsio/terraform-provider-sym/blob/main/sym/provider/strategy_resource.go",
    )
    bad = configuration(_SECRET.replace(_RIGHT_LINK, "  targets"))
    good = configuration(_SECRET)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each strategy that needs an integration has one."""
        for strategy in configuration.strategies:
            question = "does the strategy have an integration?"
            for link in strategy.integration_link.branches:
                if link.outcome == "unknown":
                    yield self.undecided(link.argument, question, link.reason)
                elif link.outcome != "null" or _said_by_schema(strategy):
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
        entry = strategy.entry
        accepted = (
            () if entry is None or entry.integration_types is None else (entry.integration_types)
        )
        given = strategy.argument("integration_id") is not None
        range_ = link.range
        related: tuple[RelatedRange, ...] = ()
        if strategy.sym.catalogue.strategies.get(strategy.type_name or "") is not None:
            related = (RelatedRange(_type_range(strategy), "only http strategies may do without"),)
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
        return self.finding(
            f"{strategy.type_name} strategy has no integration_id",
            range_,
            label="counts as not given" if given else "integration_id is missing",
            related=() if within(range_, strategy.header) and not given else related,
            why=(
                "The plan goes through, and the provider refuses the strategy while it is applied: "
                "an integration is what Sym acts with."
            ),
            help_=help_,
            address=str(strategy.address),
            attribute="integration_id",
            path=way(link.value, range_) if given else (),
        )


def _needs_integration(strategy: Strategy) -> bool:
    """Whether the provider refuses this type of strategy without an integration."""
    entry = strategy.entry
    return True if entry is None else entry.integration_required


def _said_by_schema(strategy: Strategy) -> bool:
    """Whether the provider's schema itself decides: it demands the argument, or of nobody."""
    versions = strategy.sym.provider_requirements.versions_for(
        strategy.module, strategy.instance.declaration
    )
    selected = None if versions is None else versions.selected
    if selected is None:
        return False
    schema = strategy.sym.catalogue.provider.resources["sym_strategy"]
    form = schema.arguments_at(selected).get("integration_id")
    if form is None or not form.required:
        # Of the times when the schema demanded it of nobody, only the last has the provider ask.
        return form is not schema.arguments["integration_id"][-1]
    given = strategy.argument("integration_id")
    return given is None or given.value.is_null
