"""Checks that no secret or placeholder is written in the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules.flows._examples import flow_example
from symlint.rules.hygiene._stored_secrets import stored_values
from symlint.source.file_names import CONFIGURATION_SUFFIXES
from symlint.sym.model.texts import shown_value
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.terraform.values.value import Value


class LiteralSecret(Rule):
    """Secrets are not written in the configuration, and placeholders are replaced.

    Everybody who can read the repository can read a `.tf` file, including its history. Sym takes
    secrets from a store (`sym_secret`). A key that a module needs, such as `datadog_access_key`,
    comes from a variable without a default, whose value is not committed.

    The rule reports literal values of secret arguments, also where they are the default of a
    `sensitive` variable or stand for one without a value (`coalesce(var.key, "...")`), and values
    that begin like well-known tokens (`xoxb-`, `ghp_`) in any Sym resource or module. It reports
    keys that Terraform itself puts into a secret that Sym reads (`secret_string`), and placeholders
    such as `CHANGEME`, which nobody has replaced yet.

    **Not flagged.** Values in variable files, which need not be committed; values from a data source or
    a file. Settings that must be the id of a `sym_secret`: `secret-setting` checks them. What is put
    into a secret for want of its value: a text with words, or one whose changes are ignored.
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
        """Whether any value is a secret or a placeholder."""
        formats = configuration.catalogue.formats
        seen: set[Range] = set()
        for place, value, is_secret in _values(configuration):
            for leaf in leaves(value):
                text, at = leaf.string, place if leaf is value else place.of_element(leaf)
                if not text or at.range in seen:
                    continue
                if formats["placeholder"].matches(text):
                    # What is written for want of a value may have one.
                    seen.update([at.range] if leaf is value else ())
                    yield self._placeholder(at, leaf) if leaf is value else PASSED
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

    def _placeholder(self, place: Location, value: Value) -> Finding:
        return place.finding(
            self,
            f"{place.attribute} is still the placeholder {shown_value(value)}",
            label="a placeholder",
            related=place.use(place.attribute),
            why="The placeholder is not a real value: with it, the apply fails.",
            help_=f"write the real {place.name}",
        )

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


_Written: TypeAlias = "tuple[Location, Value, bool]"
"""The value of an argument, and whether the argument is a secret."""


def _values(configuration: SymConfiguration) -> Iterator[_Written]:
    """The values of the arguments of Sym's resources, modules and provider blocks."""
    for view in configuration.views:
        entry = getattr(view, "entry", None)
        settings = {} if entry is None else entry.settings
        for name in configuration.catalogue.provider.resources[view.kind].arguments:
            argument = view.argument(name)
            if argument is None or name == "implementation":
                continue
            place = Location.of_argument(view, name)
            for key, value in (argument.value.items or {}).items():
                setting = settings.get(key) if name == "settings" else None
                if setting is None or setting.reference is None:
                    yield place.of_key(key, value), value, False
            yield place, argument.value, False
    for module in configuration.modules:
        for name, forms in module.entry.inputs.items():
            argument = module.argument(name)
            if argument is not None:
                yield Location.of_argument(module, name), argument.value, forms[-1].secret
    yield from _of_providers(configuration)


def _of_providers(configuration: SymConfiguration) -> Iterator[_Written]:
    from symlint.sym.aws.provider_configurations import provider_blocks

    arguments = configuration.catalogue.provider.block.arguments
    for address, body in provider_blocks(configuration, "sym"):
        for name in arguments:
            value, written = body.attribute(name), body.configured(name)
            if value is not None and written is not None:
                used = written.value.range
                place = Location(address, name, used, used)
                yield place.of_element(value), value, False
