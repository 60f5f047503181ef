"""Checks that ``instance_arn`` of a strategy is that of its integration."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, Finding, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._settings import missing_outcomes
from symlint.sym.model.texts import is_placeholder
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.source.text import Range
    from symlint.sym.intent.sources import WrongSource
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.strategies import Strategy
    from symlint.terraform.values.value import Value

_SSO = """
module "sso_connector" {
  source  = "symopsio/sso-connector/aws"
  version = "~> 2.1"

  environment       = "main"
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}

resource "sym_integration" "sso" {
  type        = "permission_context"
  name        = "main-sso"
  external_id = module.sso_connector.settings.instance_arn
  settings    = module.sso_connector.settings
}

resource "sym_target" "auditors" {
  type = "aws_sso_group"
  name = "auditors"

  settings = {
    group_id = "e4f8d4a2-1021-70f2-5b8d-0d7e3a6b8c11"
  }
}

resource "sym_strategy" "sso" {
  type           = "aws_sso"
  name           = "main-sso"
  integration_id = sym_integration.sso.id
  targets        = [sym_target.auditors.id]

  settings = {
    instance_arn = module.sso_connector.settings.instance_arn
  }
}
"""


class SsoInstanceArn(Rule):
    """An `aws_sso` strategy has the `instance_arn` of its integration's SSO instance.

    The strategy assigns permission sets and adds people to groups in one SSO instance, which its
    `settings` must name. It is the instance of the SSO connector's account, and the connector has
    it as an output: `module.<name>.settings.instance_arn`. Without the setting, or with something
    else such as the ARN of a role, the strategy cannot grant anything (**error**). If it is another
    instance than that of the integration, the role that Sym assumes has no rights there
    (**warning**).

    The rule applies to every strategy type with a required setting in the catalogue.

    **Not flagged.** An instance read from `data.aws_ssoadmin_instances` or from a variable without
    a value cannot be compared: undecided. Two SSO connectors that use the same `aws` provider have
    the same instance.
    """

    code = "SYM206"
    name = "sso-instance-arn"
    other_severities = ("warning",)
    severity = "error"
    about = ("strategies.entry.required_settings",)
    fixable = True
    sources = (
        "https://docs.symops.com/docs/aws-sso-access-strategy",
        "https://registry.terraform.io/modules/symopsio/sso-connector/aws/latest",
    )
    bad = configuration(
        _SSO.replace(
            "  settings = {\n    instance_arn = module.sso_connector.settings.instance_arn\n  }\n",
            "",
        )
    )
    good = configuration(_SSO)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each strategy has its required settings, and the right instance among them."""
        for strategy in configuration.strategies:
            entry = strategy.entry
            if entry is None or not entry.required_settings:
                continue
            given = strategy.own_settings
            if given is None:
                reason = "the settings are not known"
                yield self._undecided(strategy, reason)
                continue
            what = f"{strategy.type_name} strategy"
            why = (
                f"The strategy does not know where in {entry.title} to grant access: requests fail "
                "once they have been approved."
            )
            missing = missing_outcomes(self, strategy, entry, given, what=what, why=why)
            yield from missing
            key = entry.external_id
            if key in given and key in entry.settings:
                for value in leaves(strategy.setting(key) or strategy.settings):
                    if value.content != "":
                        yield self._compare(strategy, key, value)
            elif not missing:
                yield PASSED

    def _undecided(self, strategy: Strategy, reason: str) -> Outcome:
        question = "are the settings of the strategy those of its integration?"
        return self.undecided(strategy.range("settings"), question, reason)

    def _compare(self, strategy: Strategy, key: str, value: Value) -> Outcome:
        from symlint.sym.intent.sources import wrong_source

        entry, read = strategy.entry, strategy.sym.output_read(value)
        assert entry is not None
        wrong = wrong_source(strategy, entry.settings[key], value)
        if wrong is not None:
            return self._wrong_thing(strategy, key, value, wrong)
        connector = strategy.connector
        if read is not None and connector is not None and read.module is not connector:
            if _same_account(read.module, connector) is not False:
                return self._undecided(strategy, "both connectors may have the same instance")
            place = Location.of_setting(strategy, key, value).at(read.range)
            return self._differs(strategy, place, connector)
        from symlint.terraform.values.equality import equal

        expected = None
        integration = strategy.integration
        if integration is not None:
            expected = integration.setting(key)
            if expected is None or expected.is_unknown:
                expected = integration.external_id
        if value.string is not None and not _has_format(strategy, key, value.string):
            return self._wrong_text(strategy, key, value)
        answer = None if expected is None else equal(value, expected)
        if read is not None and read.module is connector:
            answer = True
        if answer is None or expected is None:
            return PASSED if answer else self._undecided(strategy, "the values cannot be compared")
        if answer or not _has_format(strategy, key, expected.string or ""):
            return PASSED
        place = Location.of_setting(strategy, key, value)
        return self._differs(strategy, place, None, expected.origin)

    def _wrong_thing(
        self, strategy: Strategy, key: str, value: Value, wrong: WrongSource
    ) -> Finding:
        connector = strategy.connector
        right = wrong.replacement
        if connector is not None and connector.entry.external_id == key:
            right = f"{connector.local_name}.settings.{key}"
        place = Location.of_setting(strategy, key, value).at(wrong.range)
        return place.finding(
            self,
            f"{key} is {wrong.what}, not the SSO instance",
            label=wrong.label,
            related=place.use(),
            why="Sym looks for an SSO instance of that name and finds none when it grants access.",
            help_=f"write {right}" if right else f"use the {key} of the SSO connector's settings",
        )

    def _wrong_text(self, strategy: Strategy, key: str, value: Value) -> Outcome:
        catalogue = strategy.sym.catalogue
        text = value.string or ""
        if is_placeholder(catalogue, text) or text.split(":")[2:3] == [""]:
            # An ARN with a part left out, as in the provider's own samples, stands for another.
            return self._undecided(strategy, "the value is a placeholder")
        entry = strategy.entry
        assert entry is not None
        format_ = catalogue.formats[entry.settings[key].format or ""]
        place = Location.of_setting(strategy, key, value)
        if format_.is_another(text):
            place = place.where_misused(strategy.sym)
        return place.finding(
            self,
            f"{key} is not {format_.description}",
            label="wrong format",
            related=place.use(),
            why="Sym looks for an SSO instance of that name and finds none when it grants access.",
            help_=f'write it like "{format_.example}"',
            severity="warning",
        )

    def _differs(
        self,
        strategy: Strategy,
        place: Location,
        connector: SymModule | None,
        other: Range | None = None,
    ) -> Finding:
        integration = strategy.integration
        related = list(place.use())
        source = None if integration is None else integration.settings_source
        if connector is not None:
            origin = None if source is None else source.range
            label = f"the integration has the settings of {connector.local_name}"
            related.append(RelatedRange(origin or connector.header, label))
        elif other is not None:
            related.append(RelatedRange(other, "the instance of its integration"))
        return place.finding(
            self,
            f"{place.name} is not the SSO instance of the strategy's integration",
            label="another instance",
            related=tuple(related),
            why=(
                "Sym assumes a role in the account of one instance and asks the other instance for "
                "access. The role has no rights there, so AWS denies what has been approved."
            ),
            help_=f"write {connector.local_name}.settings.{place.name}"
            if connector is not None
            else "use the same instance in both",
            severity="warning",
        )


def _has_format(strategy: Strategy, key: str, text: str) -> bool:
    entry = strategy.entry
    name = None if entry is None else entry.settings[key].format
    return name is None or strategy.sym.catalogue.formats[name].matches(text)


def _same_account(one: SymModule, other: SymModule) -> bool | None:
    """Whether two calls use the same aws provider; None if that is not known."""
    if one.call.parent is not other.call.parent or one.entry is not other.entry:
        return None
    return _aws_provider(one) == _aws_provider(other)


def _aws_provider(module: SymModule) -> str:
    from symlint.terraform.modules.provider_references import passed_providers

    for (name, alias), expression in passed_providers(module.call.declaration):
        if name == "aws" and alias is None:
            return expression.range.text
    return "aws"
