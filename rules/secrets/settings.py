"""Checks that a secrets source has the settings that its type requires."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited
from symlint.rules._settings import missing_outcomes, unknown_settings
from symlint.rules.secrets._examples import OKTA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.sym.model.configuration import SymConfiguration


class SecretsSettings(Rule):
    """A secrets source has the settings that its type requires.

    Sym reads secrets with the role of the permission context that `context_id` names. Terraform
    accepts a source of the type `aws_secrets_manager` without it. Sym rejects it when it is applied.

    **Not flagged.** A `context_id` that leads to something else (`wrong-reference`). Unknown
    settings, and types of sources that symlint does not know.
    """

    code = "SYM514"
    name = "secrets-settings"
    severity = "error"
    about = ("secrets_sources",)
    fixable = True
    sources = (
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/secrets",
        "https://github.com/symopsio/examples",
    )
    good = configuration(OKTA)
    bad = edited(good, ("    context_id = module", "    contxt_id = module"))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each secrets source has the settings of its type."""
        for source in configuration.secrets_sources:
            entry = source.entry
            if entry is None or source.is_data:
                continue
            given = source.own_settings
            if given is None:
                question = "does the secrets source have the settings of its type?"
                yield unknown_settings(self, source, question)
                continue
            what = f"{entry.name} {source.noun}"
            why = "Sym rejects a secrets source of this type without an integration to act with."
            findings = missing_outcomes(self, source, entry, given, what=what, why=why)
            yield from findings or (PASSED,)
