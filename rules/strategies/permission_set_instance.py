"""Checks that a permission set belongs to the SSO instance of its strategy."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED, Finding, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._unknown_links import unknown_targets
from symlint.sym.model.settings import near
from symlint.sym.model.strategies import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.strategies import Strategy
    from symlint.terraform.values.value import Value

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


_QUESTION: Final = "is it a permission set of the strategy's instance?"


class PermissionSetInstance(Rule):
    """A permission set that a strategy assigns belongs to the SSO instance of the strategy.

    A permission set belongs to one SSO instance, whose id is a part of its ARN. Sym asks the
    instance of the strategy to assign it; another instance does not have it. An organization that
    has moved its instance, or has one for tests, has permission sets with the same names in both.

    Where the instance of the strategy is not known, its permission sets are compared with each other:
    they cannot belong to two instances.

    **Not flagged.** Unknown ids, and ids without the format that AWS uses (`ssoins-` and 16
    hexadecimal digits): they are placeholders in examples.
    """

    code = "SYM212"
    name = "permission-set-instance"
    severity = "warning"
    about = ("strategies",)
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
            if wanted is None or _instance_id(wanted.string or "") is None:
                strays = list(self._strays(strategy))
                if strays or wanted is None:
                    yield from strays
                    continue
            yield from unknown_targets(self, strategy, _QUESTION)
            outcomes = [
                self._compare(target, key, value, strategy, wanted)
                for target in dict.fromkeys(strategy.target_views)
                for key, value in _permission_sets(target)
            ]
            findings = [it for it in outcomes if isinstance(it, Finding)]
            if len(findings) == len(outcomes) and _instance_is_suspect(strategy, wanted):
                continue
            yield from outcomes

    def _strays(self, strategy: Strategy) -> Iterator[Finding]:
        """The permission sets of other instances than most of those that a strategy surely grants."""
        found: dict[str, list[tuple[Target, str, Value]]] = {}
        for target in _granted(strategy):
            for key, value in _permission_sets(target):
                instance = _instance_id(_instance_of(target, value).string or "")
                if instance is not None:
                    found.setdefault(instance, []).append((target, key, value))
        usual = max(found, key=lambda it: len(found[it]), default="")
        for instance in found:
            for target, key, value in found[instance] if instance != usual else ():
                other, other_key, other_value = found[usual][0]
                evidence = Location.of_setting(other, other_key, other_value)
                yield self._stray(strategy, _place(target, key, value), evidence, instance, usual)

    def _stray(
        self, strategy: Strategy, place: Location, other: Location, instance: str, usual: str
    ) -> Finding:
        granted = RelatedRange(strategy.range("targets"), "the strategy grants both")
        return place.finding(
            self,
            "permission set belongs to another SSO instance than others of the strategy",
            label=f"in {instance}",
            related=(other.annotated(f"in {usual}"), granted, *place.use()),
            why="Sym asks one instance to assign all permission sets of a strategy: access to those of "
            "the other one fails once a request has been approved.",
            help_=f"use a permission set of {usual}, or another strategy",
        )

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
            return self.undecided(near(target, value), _QUESTION, "an instance is not known")
        if one == other:
            return PASSED
        place = _place(target, key, value)
        instance = wanted.origin or strategy.range("settings")
        return place.finding(
            self,
            "permission set belongs to another SSO instance than the strategy",
            label=f"in {one}",
            related=(
                RelatedRange(instance, f"the strategy assigns permission sets of {other}"),
                *place.use(),
            ),
            why="Sym asks the instance of the strategy to assign a permission set that it does not "
            "have: access fails once a request has been approved.",
            help_=f"use a permission set of {other}, or change the instance of the strategy",
        )


def _granted(strategy: Strategy) -> Iterator[Target]:
    """The targets that a strategy surely grants, one for each instance that is known."""
    targets = strategy.targets
    if targets.state != "known":
        return
    for view in dict.fromkeys(it.view for it in targets.links if it.outcome == "ok"):
        if isinstance(view, Target) and not view.symbolic:
            yield view


def _place(target: Target, key: str, value: Value) -> Location:
    """Where the instance of a permission set is said: in its ARN, or in its resource."""
    given = _instance_of(target, value)
    place = Location.of_setting(target, key)
    if given is value:
        return place._replace(value=value).at(given.origin)
    return place.at(given.origin).at_origin()._replace(value=None)


def _permission_sets(target: Target) -> Iterator[tuple[str, Value]]:
    """The settings of a target that are permission sets."""
    entry = target.entry
    for setting in () if entry is None else entry.settings.values():
        value = target.setting(setting.name)
        if setting.format == "permission_set_arn" and value is not None:
            yield setting.name, value


def _instance_is_suspect(strategy: Strategy, wanted: Value) -> bool:
    """Whether the instance of a strategy is not that of its integration: SYM206 reports it."""
    integration = strategy.integration
    given = None if integration is None else integration.setting("instance_arn")
    other = None if given is None else _instance_id(given.string or "")
    return other is not None and other != _instance_id(wanted.string or "")


def _instance_of(target: Target, value: Value) -> Value:
    """The value with the instance of a permission set: its ARN, or an argument of its resource."""
    reference = value.reference
    if reference is None or reference.address.kind not in ("resource", "data"):
        return value
    instance = target.sym.terraform.resource(reference.address)
    argument = None if instance is None else instance.attribute("instance_arn")
    return value if argument is None else argument


def _instance_id(arn: str) -> str | None:
    """The id of the SSO instance in the ARN of it or of a permission set, if it has the format of AWS."""
    import re

    found = re.match(r"arn:[^/]*/(ssoins-[0-9a-f]{16})(?:/|\Z)", arn)
    return None if found is None else found[1]
