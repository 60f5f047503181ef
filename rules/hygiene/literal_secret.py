"""Checks that no secret or placeholder is written in the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules.flows._examples import flow_example
from symlint.source.file_names import CONFIGURATION_SUFFIXES
from symlint.sym.model.texts import shown_value

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
    `sensitive` variable, and values that begin like well-known
    tokens (`xoxb-`, `ghp_`) in any Sym resource or module. It also reports placeholders such as
    `CHANGEME`, which nobody has replaced yet.

    **Not flagged.** Values in variable files, which need not be committed; values from a data source or
    a file. Settings that must be the id of a `sym_secret`: `secret-setting` checks them.
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
        seen = set()
        for place, value, is_secret in _values(configuration):
            text = value.string
            if not text or place.range in seen:
                continue
            if formats["placeholder"].matches(text):
                seen.add(place.range)
                yield self._placeholder(place, value)
            elif _is_literal(place.range) and (is_secret or formats["secret_token"].matches(text)):
                seen.add(place.range)
                yield self._secret(place)
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


def _is_literal(range_: Range) -> bool:
    """Whether a value is a literal of the configuration itself, not of a variable file."""
    return range_.path.endswith(CONFIGURATION_SUFFIXES) and range_.text.startswith(('"', "<<"))


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
    from symlint.terraform.instances.bodies import ConfiguredBody

    arguments = configuration.catalogue.provider.block.arguments
    for module in configuration.module_instances:
        for provider in module.module.providers.values():
            if provider.name != "sym":
                continue
            body = ConfiguredBody(provider.block.body, module.scope)
            for name in arguments:
                value, written = body.attribute(name), body.configured(name)
                if value is not None and written is not None:
                    used = written.value.range
                    place = Location(f"provider.{provider.local_name}", name, used, used)
                    yield place.of_element(value), value, False
