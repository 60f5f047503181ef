"""Checks the keys of integrations in environments and flows filters, and the integrations they lead to."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, Finding
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import edited
from symlint.rules.environments._examples import PAGERDUTY, PROVIDER
from symlint.sym.model.integrations import Integration
from symlint.sym.model.settings import first_line, item_ranges
from symlint.sym.model.texts import reason_of
from symlint.sym.words import either, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.rules._integration_types import WrongType
    from symlint.sym.intent.integration_uses import IntegrationUses
    from symlint.sym.model.argument_links import ArgumentLinks
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.environments import Environment
    from symlint.sym.model.flows import FlowsFilter
    from symlint.sym.model.views import Link


class EnvironmentIntegration(Rule):
    """Each key of an environment's `integrations` is `<name>_id` and leads to that type.

    The SDK finds an integration by its key: `slack_id` for the functions of `slack`, `pagerduty_id`
    for those of `pagerduty`. It does not find an integration with another key, and an integration
    of another type has no credentials for it. Both mistakes show only when the implementation runs.

    - An integration of another type is an **error**. It is reported at the `type` of the
      integration if everything that uses the integration requires another type.
    - A key that is named after a type that the SDK has no module for (`aptible_id`, `segment_id`,
      `tailscale_id`) and leads to an integration of another type, a `custom` one aside, is a
      **warning**.
    - A key that does not end in `_id`, or is close to a key that the SDK uses, is a **warning**.

    **Not flagged.** Other keys that end in `_id`: implementations may look up integrations by any
    key. Wrong ids (`wrong-reference`), and the wrong type of an integration that a strategy uses
    (`strategy-integration-type`).
    """

    code = "SYM502"
    name = "environment-integration"
    other_severities = ("warning",)
    severity = "error"
    fixable = True
    sources = (f"{PROVIDER}environment", "https://docs.symops.com/docs/python-sdk")
    bad = edited(
        PAGERDUTY,
        (
            "pagerduty_id = sym_integration.pagerduty.id",
            "pagerduty_id = sym_integration.slack.id",
        ),
    )
    good = PAGERDUTY

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each key is one that is looked up, and leads to the right type."""
        from symlint.sym.intent.integration_uses import IntegrationUses
        from symlint.sym.model.argument_links import argument_links

        reported: set[Integration] = set()
        uses = IntegrationUses(configuration)
        seen = set()  # a filter often shares the integrations of an environment
        views: tuple[Environment | FlowsFilter, ...] = (
            *configuration.environments,
            *configuration.flows_filters,
        )
        for view in views:
            whole = view.value("integrations")
            if whole.is_unknown:
                question = "do all keys lead to the right integrations?"
                yield self.undecided(view.range("integrations"), question, reason_of(whole))
            for edge in argument_links(view):
                if edge.reference.path[0] != "integrations":
                    continue
                for outcome in (
                    self._key(view, edge),
                    *(self._type(edge, link, uses, reported) for link in edge.leaves),
                ):
                    if isinstance(outcome, Finding):
                        if (outcome.range, outcome.title) in seen:
                            continue
                        seen.add((outcome.range, outcome.title))
                    yield outcome

    # --- types ---

    def _type(
        self, edge: ArgumentLinks, link: Link, uses: IntegrationUses, reported: set[Integration]
    ) -> Outcome:
        from symlint.sym.intent.integration_uses import accepted_types
        from symlint.sym.model.argument_links import integration_type

        accepted = accepted_types(edge)
        if accepted is None or link.is_wrong or link.is_absent:
            return PASSED
        key = edge.attribute.rpartition(".")[2]
        question = f"is it an integration for {key}?"
        type_name = integration_type(edge.view.sym, link)
        if type_name is None:
            reason = link.reason or "the type of the integration is not known"
            return self.undecided(link.range, question, reason)
        if type_name in accepted or type_name not in edge.view.sym.catalogue.integrations:
            return PASSED
        wrong = _wrong_type(edge, link, type_name, accepted)
        integration = link.view
        if isinstance(integration, Integration) and uses.type_is_suspect(
            integration, type_name, accepted
        ):
            if integration in reported or uses.has_strategy(integration):
                return PASSED
            reported.add(integration)
            found = wrong.at_type(self, integration, f"used as {key} here")
        else:
            found = wrong.at_use(self, uses.of_type(edge.view, accepted))
        looked_up = key in edge.view.sym.catalogue.environment_keys
        return found if looked_up else found._replace(severity="warning")

    # --- keys ---

    def _key(self, view: Environment | FlowsFilter, edge: ArgumentLinks) -> Outcome:
        key = edge.attribute.rpartition(".")[2]
        keys = view.sym.catalogue.environment_keys
        if key in keys:
            return PASSED
        meant = self._meant(view, edge, key)
        if meant is None and key.endswith("_id"):
            return PASSED
        wanted = meant or f"{key}_id"
        place = Location.of_argument(view, "integrations")._replace(
            attribute=edge.attribute, value=None
        )
        written = item_ranges(view.sym, view.value("integrations"), key)
        place = place.at(first_line(None, place.used) if written is None else written[0])
        known = f"{key} is not a key that the SDK knows: did you mean {meant}?"
        fix = None
        if meant is not None and place.range.text in (key, f'"{key}"'):
            fix = place.write(meant, safe=True)
        return place.finding(
            self,
            known if meant and key.endswith("_id") else f"the key {key} does not end in _id",
            label="the SDK does not use this key",
            related=place.use("integrations"),
            why="The SDK looks up integrations by the key <name>_id and does not find this one.",
            help_=f"write {wanted} = ...",
            fix=fix,
            severity="warning",
        )

    def _meant(self, view: Environment | FlowsFilter, edge: ArgumentLinks, key: str) -> str | None:
        """The key of the catalogue that is close to this one and has the right type."""
        from symlint.source.close_names import close_name
        from symlint.sym.model.argument_links import integration_type

        keys = view.sym.catalogue.environment_keys
        given = view.value("integrations").items or {}
        meant = f"{key}_id" if f"{key}_id" in keys else close_name(key, keys)
        if meant is None or meant in given:
            return None
        types = {integration_type(view.sym, link) for link in edge.leaves}
        accepted = keys[meant].integration_types
        if accepted is None or (key.endswith("_id") and not types <= set(accepted)):
            return None
        return meant if types - {None} <= set(accepted) else None


def _wrong_type(
    edge: ArgumentLinks, link: Link, type_name: str, accepted: tuple[str, ...]
) -> WrongType:
    from symlint.rules._integration_types import WrongType

    key = edge.attribute.rpartition(".")[2]
    entry = edge.view.sym.catalogue.environment_keys.get(key)
    module = None if entry is None else entry.sdk_module
    who = "implementations" if module is None else f"the functions of sym.sdk.integrations.{module}"
    one, wanted = with_article(type_name), with_article(either(accepted))
    return WrongType(
        edge.view,
        edge.attribute,
        link,
        type_name,
        accepted,
        title=f"{key} leads to {one} integration, not to {wanted} one",
        why=f"{who[:1].upper()}{who[1:]} use the integration with this key, and cannot use this type.",
    )
