"""Rules about SSO instances: that of a strategy, and that of the permission sets it assigns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED, Finding, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import way
from symlint.rules._settings import missing_finding, use_of
from symlint.sym.intent.missing_settings import missing_settings
from symlint.sym.intent.sources import wrong_source
from symlint.sym.model.settings import near, setting_range
from symlint.sym.model.texts import is_placeholder
from symlint.terraform.values.uncertainty import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.source.text import Range
    from symlint.sym.intent.sources import WrongSource
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.strategies import Strategy, Target
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
    `settings` must name. It is the instance of the account in which the SSO connector stands, and
    the connector gives it: `module.<name>.settings.instance_arn`. Without the setting the strategy
    cannot grant anything (**error**), nor with something else in its place, such as the ARN of a
    role (**error**); with another instance than that of its integration the role that Sym assumes
    has no rights where it is sent to (**warning**).

    The rule holds for every type of strategy that has a required setting in the catalogue.

    **Not flagged.** An instance read from `data.aws_ssoadmin_instances` or from a variable without
    a value cannot be compared: undecided. Two SSO connectors that use the same `aws` provider have
    the same instance.
    """

    code = "SYM206"
    name = "sso-instance-arn"
    severity = "error"
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
            missing = missing_settings(entry.settings, given, open_=entry.open_settings)
            for it in missing:
                yield missing_finding(
                    self,
                    strategy,
                    it,
                    what=f"{strategy.type_name} strategy",
                    why=(
                        f"The strategy does not know where in {entry.title} it is to grant access: "
                        "requests fail once they have been approved."
                    ),
                )
            key = entry.external_id
            if key in given and key in entry.settings:
                for value in leaves(strategy.settings.items[key]):  # type: ignore[index]
                    yield self._compare(strategy, key, value)
            elif not missing:
                yield PASSED

    def _undecided(self, strategy: Strategy, reason: str) -> Outcome:
        question = "are the settings of the strategy those of its integration?"
        return self.undecided(strategy.range("settings"), question, reason)

    def _compare(self, strategy: Strategy, key: str, value: Value) -> Outcome:
        entry, read = strategy.entry, strategy.sym.output_read(value)
        assert entry is not None
        wrong = wrong_source(strategy, entry.settings[key], value)
        if wrong is not None:
            return self._wrong_thing(strategy, key, value, wrong)
        connector = strategy.connector
        if read is not None and connector is not None and read.module is not connector:
            if _same_account(read.module, connector) is not False:
                return self._undecided(strategy, "both connectors may have the same instance")
            range_ = read.range or setting_range(strategy, key, value)
            return self._differs(strategy, key, value, range_, connector)
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
        range_ = setting_range(strategy, key, value)
        return self._differs(strategy, key, value, range_, None, expected.origin)

    def _wrong_thing(
        self, strategy: Strategy, key: str, value: Value, wrong: WrongSource
    ) -> Finding:
        connector = strategy.connector
        right = wrong.replacement
        if connector is not None and connector.entry.external_id == key:
            right = f"{connector.local_name}.settings.{key}"
        return self.finding(
            f"{key} is {wrong.what}, not the SSO instance",
            wrong.range,
            label=wrong.label,
            related=use_of(strategy, key, wrong.range),
            why="Sym looks for an SSO instance of that name and finds none when it grants access.",
            help_=f"write {right}"
            if right
            else f"take the {key} from the SSO connector's settings",
            address=str(strategy.address),
            attribute=f"settings.{key}",
            path=way(value, wrong.range),
        )

    def _wrong_text(self, strategy: Strategy, key: str, value: Value) -> Outcome:
        catalogue = strategy.sym.catalogue
        text = value.string or ""
        if is_placeholder(catalogue, text) or text.split(":")[2:3] == [""]:
            # An ARN with a part left out, as in the provider's own samples, stands for another.
            return self._undecided(strategy, "the value is still to be filled in")
        entry = strategy.entry
        assert entry is not None
        format_ = catalogue.formats[entry.settings[key].format or ""]
        range_ = setting_range(strategy, key, value)
        return self.finding(
            f"{key} is not {format_.description}",
            range_,
            label="has another form",
            related=use_of(strategy, key, range_),
            why="Sym looks for an SSO instance of that name and finds none when it grants access.",
            help_=f'write it like "{format_.example}"',
            address=str(strategy.address),
            attribute=f"settings.{key}",
            path=way(value, range_),
            severity="warning",
        )

    def _differs(
        self,
        strategy: Strategy,
        key: str,
        value: Value,
        range_: Range,
        connector: SymModule | None,
        other: Range | None = None,
    ) -> Finding:
        integration = strategy.integration
        related = list(use_of(strategy, key, range_))
        source = None if integration is None else integration.settings_source
        if connector is not None:
            place = source.range if source is not None and source.range else connector.header
            related.append(
                RelatedRange(place, f"the integration has the settings of {connector.local_name}")
            )
        elif other is not None:
            related.append(RelatedRange(other, "the instance of its integration"))
        return self.finding(
            f"{key} is not the SSO instance of the strategy's integration",
            range_,
            label="another instance",
            related=tuple(related),
            why=(
                "Sym assumes the role of one instance's account and is sent to another, where that "
                "role has no rights: AWS denies what has been approved."
            ),
            help_=(
                f"write {connector.local_name}.settings.{key}"
                if connector is not None
                else "make the two agree"
            ),
            address=str(strategy.address),
            attribute=f"settings.{key}",
            path=way(value, range_),
            severity="warning",
        )


def _has_format(strategy: Strategy, key: str, text: str) -> bool:
    entry = strategy.entry
    name = None if entry is None else entry.settings[key].format
    return name is None or strategy.sym.catalogue.formats[name].matches(text)


def _same_account(one: SymModule, other: SymModule) -> bool | None:
    """Whether two calls surely do, or surely do not, use the same aws provider."""
    if one.call.parent is not other.call.parent or one.entry is not other.entry:
        return None
    return _aws_provider(one) == _aws_provider(other)


def _aws_provider(module: SymModule) -> str:
    from symlint.terraform.checks.meta_arguments import passed_providers

    for (name, alias), expression in passed_providers(module.call.declaration):
        if name == "aws" and alias is None:
            return expression.range.text
    return "aws"


_INSTANCE = """
resource "sym_integration" "sso" {
  type        = "permission_context"
  name        = "main-sso"
  external_id = "arn:aws:sso:::instance/ssoins-6508a1b2c3d4e5f6"

  settings = {
    cloud        = "aws"
    region       = "eu-central-1"
    instance_arn = "arn:aws:sso:::instance/ssoins-6508a1b2c3d4e5f6"
    role_arn     = "arn:aws:iam::111122223333:role/sym/SymSSOMain"
  }
}

resource "sym_target" "operator" {
  type = "aws_sso_permission_set"
  name = "operator"

  settings = {
    permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-6508a1b2c3d4e5f6/ps-0f1e2d3c4b5a6978"
    account_id         = "111122223333"
  }
}

resource "sym_strategy" "sso" {
  type           = "aws_sso"
  name           = "main-sso"
  integration_id = sym_integration.sso.id
  targets        = [sym_target.operator.id]

  settings = {
    instance_arn = "arn:aws:sso:::instance/ssoins-6508a1b2c3d4e5f6"
  }
}
"""


class PermissionSetInstance(Rule):
    """A permission set that a strategy assigns is one of the strategy's SSO instance.

    A permission set belongs to one SSO instance, whose id is a part of its ARN. Sym asks the
    instance of the strategy to assign it; another instance does not know it. An organization that
    has moved its instance, or has one for tests, has permission sets of the same names in both.

    **Not flagged.** Ids that are not known, and ids that are not of the form that AWS gives them
    (`ssoins-` and 16 hexadecimal digits): those stand for others in examples.
    """

    code = "SYM212"
    name = "permission-set-instance"
    severity = "warning"
    sources = (
        "https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html",
        "https://docs.symops.com/docs/aws-sso-access-strategy",
    )
    bad = configuration(
        _INSTANCE.replace(
            "permissionSet/ssoins-6508a1b2c3d4e5f6", "permissionSet/ssoins-65080f0f0f0f0f0f"
        )
    )
    good = configuration(_INSTANCE)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each permission set is one of the instance of its strategies."""
        for strategy in configuration.strategies:
            wanted = strategy.setting("instance_arn")
            if wanted is None:
                continue
            outcomes = [
                self._compare(target, key, value, strategy, wanted)
                for target in dict.fromkeys(strategy.target_views)
                for key, value in _permission_sets(target)
            ]
            findings = [it for it in outcomes if isinstance(it, Finding)]
            if len(findings) == len(outcomes) and _instance_is_odd(strategy, wanted):
                continue
            yield from outcomes

    def _compare(
        self, target: Target, key: str, value: Value, strategy: Strategy, wanted: Value
    ) -> Outcome:
        given = _instance_of(target, value)
        one = _instance_id(given.string or "")
        other = _instance_id(wanted.string or "")
        if one is None or other is None:
            from symlint.terraform.values.equality import same_reference

            if same_reference(given, wanted):
                return PASSED
            question = "is it a permission set of the strategy's instance?"
            return self.undecided(near(target, value), question, "an instance is not known")
        if one == other:
            return PASSED
        range_ = given.origin or setting_range(target, key)
        place = wanted.origin or strategy.range("settings")
        return self.finding(
            "permission set belongs to another SSO instance than the strategy",
            range_,
            label=f"of {one}",
            related=(
                RelatedRange(place, f"the strategy assigns permission sets of {other}"),
                *(use_of(target, key, range_) if given is value else ()),
            ),
            why=(
                "Sym asks the instance of the strategy to assign a permission set that it does not "
                "have: access fails once a request has been approved."
            ),
            help_=f"take a permission set of {other}, or change the instance of the strategy",
            address=str(target.address),
            attribute=f"settings.{key}",
            path=way(value, range_) if given is value else (),
        )


def _permission_sets(target: Target) -> Iterator[tuple[str, Value]]:
    """The settings of a target that are permission sets."""
    entry = target.entry
    for setting in () if entry is None else entry.settings.values():
        value = target.setting(setting.name)
        if setting.format == "permission_set_arn" and value is not None:
            yield setting.name, value


def _instance_is_odd(strategy: Strategy, wanted: Value) -> bool:
    """Whether the instance of a strategy is not that of its integration, which SYM206 says."""
    integration = strategy.integration
    given = None if integration is None else integration.setting("instance_arn")
    other = None if given is None else _instance_id(given.string or "")
    return other is not None and other != _instance_id(wanted.string or "")


def _instance_of(target: Target, value: Value) -> Value:
    """What tells the instance of a permission set: its ARN, or an argument of its resource."""
    reference = value.reference
    if reference is None or reference.address.kind not in ("resource", "data"):
        return value
    instance = target.sym.terraform.resource(reference.address)
    argument = None if instance is None else instance.attribute("instance_arn")
    return value if argument is None else argument


def _instance_id(arn: str) -> str | None:
    """The id of the SSO instance in the ARN of it or of a permission set, if it is a real one."""
    for part in arn.split("/")[1:2] if arn.startswith("arn:") else ():
        digits = part.removeprefix("ssoins-")
        if len(digits) == 16 != len(part) and all(it in "0123456789abcdef" for it in digits):
            return part
    return None
