"""Checks that an integration has the settings that its type requires."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._settings import missing_outcomes, unknown_settings
from symlint.rules.secrets._examples import OKTA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.sym.model.configuration import SymConfiguration


class IntegrationSettings(Rule):
    """An integration has the settings that its type requires.

    Sym signs in with them: most types need `api_token_secret`, the id of the `sym_secret` that
    holds the token. Terraform accepts any map of strings. Then the apply fails, or Sym cannot call
    the service once a request has been approved.

    **Not flagged.** Permission contexts: `permission-context-settings` checks them. Types whose
    settings are not all known (`boundary`, `custom`, `jira`). Unknown settings.
    """

    code = "SYM314"
    name = "integration-settings"
    severity = "error"
    about = ("integrations",)
    fixable = True
    sources = (
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/integration",
        "https://github.com/symopsio/examples",
    )
    bad = configuration(
        OKTA.replace("api_token_secret = sym_secret", "api_token        = sym_secret")
    )
    good = configuration(OKTA)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each integration has the settings of its type."""
        for integration in configuration.integrations:
            entry = integration.entry
            if entry is None or entry.name == "permission_context" or not entry.required_settings:
                continue
            given = integration.own_settings
            if given is None:
                question = "does the integration have the settings of its type?"
                yield unknown_settings(self, integration, question)
                continue
            what = f"{entry.name} integration"
            why = f"Sym cannot sign in to {entry.title} without it."
            findings = missing_outcomes(self, integration, entry, given, what=what, why=why)
            yield from findings or (PASSED,)
