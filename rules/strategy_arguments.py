"""Rules about the other arguments of strategies: the list of targets, the code, the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import HELD, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import reference_to, way
from symlint.rules._settings import (
    is_placeholder,
    leaves,
    missing_finding,
    missing_settings,
    setting_range,
    use_of,
)
from symlint.sym.words import either, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.configuration import SymConfiguration
    from symlint.sym.connectors import OutputRead, SymModule
    from symlint.sym.link import Link
    from symlint.sym.strategies import Strategy
    from symlint.sym.views import LinkList
    from symlint.terraform.values import Value

_PROVIDER = "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/"

_TARGETS = """
resource "sym_target" "support" {
  type = "okta_group"
  name = "support"

  settings = {
    group_id = "00g1support"
  }
}

resource "sym_target" "billing" {
  type = "okta_group"
  name = "billing"

  settings = {
    group_id = "00g2billing"
  }
}

resource "sym_strategy" "okta" {
  type           = "okta"
  name           = "okta"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"

  targets = [
    sym_target.support.id,
    sym_target.billing.id,
  ]
}
"""


class StrategyTargets(Rule):
    """The list of a strategy's targets has something in it, and nothing twice.

    Targets are what people choose from. With none a flow has nothing to offer; a target that is
    listed twice is most often a copied line in which the name was not changed, so that another
    target is missing from the form.

    **Not flagged.** Lists that come out empty because a variable, a condition or a `for`
    expression makes them so: somebody else may fill them.
    """

    code = "SYM204"
    name = "strategy-targets"
    severity = "warning"
    sources = (f"{_PROVIDER}strategy",)
    bad = configuration(
        _TARGETS.replace("    sym_target.billing.id,", "    sym_target.support.id,")
    )
    good = configuration(_TARGETS)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each list of targets is neither empty nor repetitive."""
        for strategy in configuration.strategies:
            targets = strategy.targets
            if targets.state != "known":
                if targets.state in ("unknown", "partial"):
                    question = "does the strategy list each target once?"
                    yield self.undecided(targets.argument, question, targets.reason)
            elif targets.links:
                yield from self._repeated(strategy, targets.links)
            else:
                yield self._empty(strategy, targets) if _is_written_empty(targets) else HELD

    def _repeated(self, strategy: Strategy, links: tuple[Link, ...]) -> Iterator[Outcome]:
        seen: dict[object, Link] = {}
        for link in links:
            view = link.view
            key: object = None
            if link.outcome == "ok" and view is not None and not view.symbolic:
                key = view
            elif link.outcome == "identifier":
                key = link.value.string
            first = None if key is None else seen.setdefault(key, link)
            if first is None or first is link:
                yield HELD
                continue
            name = link.value.string if view is None else view.local_name
            related = ()
            if first.range != link.range:
                related = (RelatedRange(first.range, "listed here already"),)
            yield self.finding(
                f"{name} is listed twice in targets",
                link.range,
                label="listed again",
                related=related,
                why=(
                    "The target stands in the form once. If another one was meant, nobody can ask "
                    "for that."
                ),
                help_=_instead(strategy),
                address=str(strategy.address),
                attribute="targets",
                path=way(link.value, link.range),
            )

    def _empty(self, strategy: Strategy, targets: LinkList) -> Finding:
        range_ = targets.value.origin or targets.argument
        return self.finding(
            "targets is empty",
            range_,
            label="no target",
            why="Nobody can ask for anything: the form of the flow has no target to choose.",
            help_=_instead(strategy).replace("or remove", "or remove the strategy, not only"),
            address=str(strategy.address),
            attribute="targets",
            path=way(targets.value, range_),
        )


def _is_written_empty(targets: LinkList) -> bool:
    """Whether an empty list was written out as the whole of an argument, a local, a default."""
    origin = targets.value.origin
    if origin is None or not origin.text.startswith("[") or origin.text.startswith("[for"):
        return False
    text = origin.source.text
    before = text[: origin.start].rstrip(" \t")
    after = text[origin.end :].lstrip(" \t")
    whole = before.endswith("=") and before[-2:-1] not in ("=", "!", "<", ">")
    return (
        whole and not _is_default(origin, targets) and after[:1] in ("", "\n", "\r", "}", "#", "/")
    )


def _is_default(origin: Range, targets: LinkList) -> bool:
    """Whether a range is the default of a variable, which somebody may set."""
    start = origin.source.text.rfind("\n", 0, origin.start) + 1
    line = origin.source.text[start : origin.start].strip()
    passed = any(hop.reference.address.kind == "variable" for hop in targets.value.hops)
    return passed and line.startswith("default")


def _instead(strategy: Strategy) -> str:
    """The targets that the strategy could list and does not."""
    listed = set(strategy.target_views)
    accepted = None if strategy.entry is None else strategy.entry.target_types
    free = [
        reference
        for it in strategy.sym.targets
        if it not in listed
        and it.module is strategy.module
        and (accepted is None or it.type_name in accepted)
        and (reference := reference_to(it)) is not None
        and not it.strategies
    ]
    if free:
        return f"list {either(list(dict.fromkeys(free))[:4])}"
    return (
        "list the id of another target, or remove it"
        if listed
        else ("list the ids of sym_target blocks: targets = [sym_target.<name>.id]")
    )


_CUSTOM = """
resource "sym_integration" "vpn" {
  type        = "custom"
  name        = "vpn"
  external_id = "vpn.orchard.example"

  settings = {
    secret_ids_json = jsonencode([sym_secret.vpn.id])
  }
}

resource "sym_secret" "vpn" {
  path      = "sym/main/vpn"
  source_id = "3f1c2a54-0d5e-4a53-9c6f-6f5bb2a1a9d7"
}

resource "sym_target" "vpn" {
  type = "custom"
  name = "vpn"

  settings = {
    identifier = "staff"
  }
}

resource "sym_strategy" "vpn" {
  type           = "custom"
  name           = "vpn"
  integration_id = sym_integration.vpn.id
  targets        = [sym_target.vpn.id]
  implementation = "${path.module}/vpn_strategy.py"
}
"""
_STRATEGY = """
from sym.sdk.strategies import AccessStrategy


class VpnAccessStrategy(AccessStrategy):
    def fetch_remote_identity(self, user):
        return user.email

    def escalate(self, target_id, event):
        return {"granted": True}

    def deescalate(self, target_id, event):
        return {"granted": False}
"""


def _with_strategy(main: str) -> dict[str, str]:
    return {**configuration(main), "vpn_strategy.py": _STRATEGY}


class StrategyImplementation(Rule):
    """A `custom` strategy has an `implementation`, and no other strategy has one.

    How a `custom` strategy grants access is what its Python file says; without one there is
    nothing that Sym could run, and every request fails (**error**). The other strategies come with
    their code: an `implementation` there is never looked at, so whatever it was written for does
    not happen (**warning**).

    **Not flagged.** Strategies of a type of which it is not known whether they have code (`http`).
    """

    code = "SYM205"
    name = "strategy-implementation"
    severity = "error"
    sources = (f"{_PROVIDER}strategy", "https://docs.symops.com/docs/custom-access-strategies")
    bad = _with_strategy(
        _CUSTOM.replace('  implementation = "${path.module}/vpn_strategy.py"\n', "")
    )
    good = _with_strategy(_CUSTOM)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each strategy that needs code has some, and no other one."""
        for strategy in configuration.strategies:
            entry = strategy.entry
            wanted = None if entry is None else entry.implementation
            if wanted is None:
                continue
            for value in leaves(strategy.value("implementation")):
                yield self._judge(strategy, value, wanted)

    def _judge(self, strategy: Strategy, value: Value, wanted: str) -> Outcome:
        question = "does the strategy have the code that it needs?"
        if value.is_unknown and wanted == "required":
            return (
                HELD
                if value.unknown and value.unknown.not_null
                else self.undecided(
                    strategy.range("implementation"), question, "the value is not known"
                )
            )
        absent = value.is_null or value.content == ""
        if absent and not strategy.complete:
            return self.undecided(strategy.header, question, "the block has errors")
        if absent and wanted == "required":
            return self._missing(strategy, value)
        if not absent and wanted == "unused":
            return self._unused(strategy)
        return HELD

    def _missing(self, strategy: Strategy, value: Value) -> Finding:
        given = strategy.argument("implementation") is not None
        range_ = strategy.header
        if given:
            range_ = value.origin or strategy.range("implementation")
        return self.finding(
            f"{strategy.type_name} strategy has no implementation",
            range_,
            label="counts as not given" if given else "implementation is missing",
            why=(
                "Sym has no code to grant access with: a request fails once it has been approved."
            ),
            help_=(
                "write the strategy as a class that derives from "
                "sym.sdk.strategies.AccessStrategy, and name its file:\n"
                '  implementation = "${path.module}/strategy.py"'
            ),
            address=str(strategy.address),
            attribute="implementation",
        )

    def _unused(self, strategy: Strategy) -> Finding:
        argument = strategy.argument("implementation")
        assert argument is not None
        with_code = [
            name
            for name, it in strategy.sym.catalogue.strategies.items()
            if it.implementation == "required"
        ]
        return self.finding(
            f"{strategy.type_name} strategy has an implementation, which is never run",
            argument.name_range,
            label="has no effect",
            related=(
                RelatedRange(
                    strategy.type.origin or strategy.range("type"),
                    f"only {either(with_code)} strategies run code of their own",
                ),
            ),
            why="What the file does when access is granted or taken away does not happen.",
            help_="remove the line; hooks and reducers belong in the implementation of the flow",
            address=str(strategy.address),
            attribute="implementation",
            severity="warning",
        )


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
                yield HELD

    def _undecided(self, strategy: Strategy, reason: str) -> Outcome:
        question = "are the settings of the strategy those of its integration?"
        return self.undecided(strategy.range("settings"), question, reason)

    def _compare(self, strategy: Strategy, key: str, value: Value) -> Outcome:
        read = strategy.sym.output_read(value)
        if read is not None and read.gives not in (None, key):
            return self._wrong_thing(strategy, key, value, read)
        connector = strategy.connector
        if read is not None and connector is not None and read.module is not connector:
            if _same_account(read.module, connector) is not False:
                return self._undecided(strategy, "both connectors may have the same instance")
            range_ = read.range or setting_range(strategy, key)
            return self._differs(strategy, key, value, range_, connector)
        from symlint.terraform.equality import equal

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
            return HELD if answer else self._undecided(strategy, "the values cannot be compared")
        if answer or not _has_format(strategy, key, expected.string or ""):
            return HELD
        range_ = setting_range(strategy, key)
        return self._differs(strategy, key, value, range_, None, expected.origin)

    def _wrong_thing(self, strategy: Strategy, key: str, value: Value, read: OutputRead) -> Finding:
        range_ = read.range or setting_range(strategy, key)
        taken = (read.gives or "").replace("_", " ")
        right = f"{read.module.local_name}.settings.{key}"
        return self.finding(
            f"{key} is the {taken} of {with_article(read.module.title)}, not the SSO instance",
            range_,
            label=f"the {taken}",
            related=use_of(strategy, key, range_),
            why="Sym looks for an SSO instance of that name and finds none when it grants access.",
            help_=f"write {right}"
            if read.module.entry.external_id == key
            else (f"take the {key} from the settings of the SSO connector"),
            address=str(strategy.address),
            attribute=f"settings.{key}",
            path=way(value, range_),
        )

    def _wrong_text(self, strategy: Strategy, key: str, value: Value) -> Outcome:
        catalogue = strategy.sym.catalogue
        text = value.string or ""
        if is_placeholder(catalogue, text):
            return self._undecided(strategy, "the value is still to be filled in")
        entry = strategy.entry
        assert entry is not None
        format_ = catalogue.formats[entry.settings[key].format or ""]
        range_ = setting_range(strategy, key)
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
    from symlint.terraform.checks_meta import passed_providers

    for (name, alias), expression in passed_providers(module.call.declaration):
        if name == "aws" and alias is None:
            return expression.range.text
    return "aws"
