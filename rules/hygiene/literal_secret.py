"""Checks that no secret is written in the configuration."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.rule import Rule
from symlint.rules.flows._examples import flow_example
from symlint.rules.hygiene._stored_secrets import stored_values
from symlint.rules.hygiene._written_values import written_values
from symlint.source.file_names import CONFIGURATION_SUFFIXES
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.lint.location import Location
    from symlint.source.text import Range
    from symlint.sym.model.configuration import SymConfiguration


class LiteralSecret(Rule):
    """Secrets are not written in the configuration.

    Everybody who can read the repository can read a `.tf` file, including its history. Sym takes
    secrets from a store (`sym_secret`). A key that a module needs, such as `datadog_access_key`,
    comes from a variable without a default, whose value is not committed.

    The rule reports literal values of secret arguments, also where they are the default of a
    `sensitive` variable or stand for one without a value (`coalesce(var.key, "...")`), and values
    that begin like well-known tokens (`xoxb-`, `ghp_`) in any Sym resource or module. It reports
    keys that Terraform itself puts into a secret that Sym reads (`secret_string`).

    **Not flagged.** Values in variable files, which need not be committed; values from a data source or
    a file. Settings that must be the id of a `sym_secret`: `secret-setting` checks them. What is put
    into a secret for want of its value: a text with words, or one whose changes are ignored.
    Placeholders: `placeholder-value` reports them.
    """

    code = "SYM923"
    name = "literal-secret"
    severity = "warning"
    sources = ("https://github.com/symopsio/terraform-aws-datadog-connector",)
    bad = flow_example(
        """
  vars = {
    slack_token = "xoxb-000000000000-abcdefabcdef"
  }
"""
    )
    good = flow_example(
        """
  vars = {
    approvers_channel = "#access-requests"
  }
"""
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether any value is a secret."""
        formats = configuration.catalogue.formats
        seen: set[Range] = set()
        for place, value, is_secret in written_values(configuration):
            for leaf in leaves(value):
                text, at = leaf.string, place if leaf is value else place.of_element(leaf)
                if not text or at.range in seen:
                    continue
                if formats["placeholder"].matches(text):
                    yield PASSED
                elif (is_secret or formats["secret_token"].matches(text)) and _is_literal(at.range):
                    seen.add(at.range)
                    yield self._secret(at)
                else:
                    yield PASSED
        for place, value in stored_values(configuration):
            text = value.string or ""
            if any(formats[it].matches(text) for it in _KEYS) and _is_literal(place.range):
                yield self._secret(place)._replace(help=_STORE_HELP)
            else:
                yield PASSED

    def _secret(self, place: Location) -> Finding:
        help_ = "remove it here, and set it when Terraform runs: TF_VAR_<name>"
        if place.in_place:
            help_ = (
                f'take it from a variable without a default:\n  variable "{place.name}" {{\n'
                "    type      = string\n    sensitive = true\n  }"
            )
        return place.finding(
            self,
            f"{place.attribute} is a secret in plain text",
            label="a secret",
            related=place.use(place.attribute),
            why="Everybody who can read the repository, or its history, can read it.",
            help_=help_,
        )


_KEYS = ("secret_token", "secret_key")
_STORE_HELP = (
    "put it into the store by hand: aws secretsmanager put-secret-value\n"
    "(or take it from a variable without a default)"
)


def _is_literal(range_: Range) -> bool:
    """Whether a value is a literal of the configuration itself, not of a variable file.

    What a function makes of literals is one, too; what it may make of a file or variable is none.
    """
    text = range_.text
    if not range_.path.endswith(CONFIGURATION_SUFFIXES) or "${" in text:
        return False
    if text.startswith(('"', '\\"', "<<")):
        return True
    import re

    return text.endswith(")") and not re.search(r"\bfile|templatefile|\w[.[]", text)
