"""Checks that an environment has a Slack integration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import edited
from symlint.rules.environments._examples import PROVIDER
from symlint.rules.flows._examples import flow_example
from symlint.sym.model.texts import reason_of
from symlint.sym.words import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.environments import Environment


class MissingSlackIntegration(Rule):
    """An environment has a `slack_id` among its integrations.

    People ask for access and answer requests in Slack. Every environment in Sym's examples names
    its Slack workspace. Without it, a flow can be called only through the API, and Sym has no
    channel for its requests.

    **Not flagged.** Integrations that are not known. An environment whose flows are called only
    through the API needs no Slack, so this rule is in preview.
    """

    code = "SYM503"
    name = "missing-slack-integration"
    severity = "warning"
    state = "preview"
    sources = (f"{PROVIDER}environment",)
    good = flow_example("")
    bad = edited(good, ("\n  integrations = {\n    slack_id = sym_integration.slack.id\n  }\n", ""))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each environment has the keys that every environment is expected to have."""
        keys = configuration.catalogue.environment_keys
        expected = [name for name, it in keys.items() if it.expected]
        for environment in configuration.environments:
            question = f"does the environment have {either(expected)}?"
            value = environment.integrations
            if not environment.complete or (value.items is None and not value.is_null):
                reason = reason_of(value, "the block has errors")
                yield self.undecided(environment.range("integrations"), question, reason)
                continue
            for name in expected:
                given = value.items or {}
                near = [it for it in given if it.partition("_")[0] == name.partition("_")[0]]
                yield PASSED if near else self._missing(environment, name)

    def _missing(self, environment: Environment, name: str) -> Finding:
        from symlint.sym.intent.candidates import integrations_beside

        argument = environment.argument("integrations")
        entry = environment.sym.catalogue.environment_keys[name]
        candidates = integrations_beside(environment, entry.integration_types or ())
        reference = either(candidates or ("sym_integration.<name>.id",))
        place = Location.of_block(environment, "integrations")
        return place.at(None if argument is None else argument.name_range).finding(
            self,
            f"the environment has no {name}",
            label="no Slack workspace",
            why="Sym cannot send requests to Slack, and people cannot ask for access there.",
            help_=f"write integrations = {{ {name} = {reference} }}"
            if argument is None
            else f"add {name} = {reference}",
        )
