"""Checks that the integration of a strategy has a type that the strategy uses."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.strategies._examples import OKTA, RIGHT_LINK
from symlint.sym.model.integrations import Integration
from symlint.sym.words import either, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.rules._integration_types import WrongType
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.strategies import Strategy
    from symlint.sym.model.views import Link


class StrategyIntegrationType(Rule):
    """The integration of a strategy has a type that the strategy uses.

    An integration holds the credentials that Sym uses: an `okta` strategy needs those for Okta, the
    AWS strategies a `permission_context` with the role of their connector. Terraform and the
    provider accept the id of any integration, so a strategy with that of Slack is created, and its
    requests fail once they have been approved.

    The rule reports `integration_id`, or the `type` of the integration if its settings or its name
    show that the type is wrong.

    **Not flagged.** Undecided: strategies of a type whose integrations are not known (`http`),
    integrations whose type is not known, and literal ids. Whether a permission context has the role
    of the right connector: `context-role` checks it. A strategy whose own type is wrong:
    `strategy-target-type` reports it.
    """

    code = "SYM202"
    name = "strategy-integration-type"
    severity = "error"
    about = ("strategies",)
    fixable = True
    sources = (
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/strategy",
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/integration",
    )
    bad = configuration(
        OKTA.replace(RIGHT_LINK, "  integration_id = sym_integration.slack.id\n  targets")
    )
    good = configuration(OKTA)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each strategy works through an integration of its own kind."""
        for strategy in configuration.strategies:
            entry = strategy.entry
            if entry is None or entry.integration_types is None:
                if strategy.argument("integration_id") is not None:
                    reason = "symlint does not know which integrations this type of strategy uses"
                    yield self._undecided(strategy, reason)
                continue
            for link in strategy.integration_link.branches:
                yield self._judge(strategy, link, entry.integration_types)

    def _judge(self, strategy: Strategy, link: Link, accepted: tuple[str, ...]) -> Outcome:
        from symlint.sym.intent.candidates import integrations_for
        from symlint.sym.intent.integration_types import denies_its_type
        from symlint.sym.model.argument_links import integration_type

        if link.outcome != "ok":
            if link.outcome in ("unknown", "identifier"):
                return self._undecided(strategy, link.reason or "the id is that of something else")
            return PASSED
        view = link.view if isinstance(link.view, Integration) else None
        type_name = integration_type(strategy.sym, link)
        if type_name is None:
            return self._undecided(strategy, "the type of the integration is not known")
        if type_name in accepted or _strategy_is_suspect(strategy, type_name):
            return PASSED
        wrong = _wrong_type(strategy, link, type_name, accepted)
        if view is not None and not view.is_data and denies_its_type(view, type_name, accepted):
            return wrong.at_type(self, view, "used as the strategy's integration here")
        return wrong.at_use(self, integrations_for(strategy, accepted))

    def _undecided(self, strategy: Strategy, reason: str) -> Outcome:
        question = "is the integration one for this strategy?"
        return self.undecided(strategy.range("integration_id"), question, reason)


def _wrong_type(
    strategy: Strategy, link: Link, type_name: str, accepted: tuple[str, ...]
) -> WrongType:
    from symlint.rules._integration_types import WrongType

    entry = strategy.entry
    title = strategy.type_name if entry is None else entry.title
    type_ = Location.of_argument(strategy, "type")
    return WrongType(
        strategy,
        "integration_id",
        link,
        type_name,
        accepted,
        title=f"{strategy.type_name} strategy cannot use {with_article(type_name)} integration",
        why="Sym uses this integration once a request has been approved. It has no "
        f"credentials for {title}: whoever was approved gets an error instead of access.",
        evidence=(type_.annotated(f"uses {either(accepted)} integrations only"),),
    )


def _strategy_is_suspect(strategy: Strategy, type_name: str) -> bool:
    """Whether targets and integration both belong to another type of strategy."""
    catalogue = strategy.sym.catalogue
    types = {target.type_name for target in strategy.target_views}
    entry = strategy.entry
    if not types or entry is None or types & {None, *(entry.target_types or ())}:
        return False
    return any(
        types <= set(other.target_types or ()) and type_name in (other.integration_types or ())
        for other in catalogue.strategies.values()
    )
