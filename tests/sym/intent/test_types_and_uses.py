"""Which type, strategy or integration was meant, going by what else is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.checking import configuration
from support.transcript import compare_transcript
from support.writing import write

from symlint.sym.intent.candidates import (
    certain_reference,
    integrations_beside,
    integrations_for,
    named_instead,
)
from symlint.sym.intent.integration_uses import IntegrationUses
from symlint.sym.intent.strategies import approval_only, meant_strategies
from symlint.sym.intent.types import (
    is_of_other_type,
    meant_strategy_type,
    meant_target_type,
    settings_fit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.views import Link

MODULES = """
variable "unset" {}

module "runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}

module "iam" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime.sym_runtime_connector_role.arn]
}

module "sso" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime.sym_runtime_connector_role.arn]
}

resource "sym_integration" "iam" {
  type        = "permission_context"
  name        = "iam"
  external_id = module.iam.settings.account_id
  settings    = module.iam.settings
}

resource "sym_integration" "sso" {
  type        = "permission_context"
  name        = "sso"
  external_id = module.sso.settings.instance_arn
  settings    = module.sso.settings
}

resource "sym_integration" "hand" {
  type        = "permission_context"
  name        = "hand"
  external_id = "111122223333"
  settings    = { cloud = "aws" }
}

resource "sym_integration" "okta" {
  type        = "okta"
  name        = "okta"
  external_id = "orchard.okta.com"
  settings    = { api_token_secret = "x" }
}

resource "sym_integration" "pager" {
  type        = "pagerduty"
  name        = "pager"
  external_id = "orchard.okta.com"
  settings    = { api_token_secret = "x" }
}

resource "sym_integration" "slack" {
  type        = "slack"
  name        = "slack"
  external_id = "T0ORCHARD1"
}

data "sym_integration" "read" {
  type = "slack"
  name = "read"
}
"""
IAM_SETTINGS = '{ iam_group = "x" }'
SSO_SETTINGS = '{ permission_set_arn = "x", account_id = "111122223333" }'
OKTA_SETTINGS = '{ group_id = "00g" }'


def target(type_: str, settings: str, name: str = "target", more: str = "") -> str:
    return (
        f'resource "sym_target" "{name}" {{\n  type = {type_}\n  name = "{name}"\n{more}'
        f"  settings = {settings}\n}}\n"
    )


def strategy(
    type_: str, integration: str, targets: str = "[sym_target.target.id]", name: str = "asked"
) -> str:
    return (
        f'resource "sym_strategy" "{name}" {{\n  type = "{type_}"\n  name = "{name}"\n'
        f"  integration_id = {integration}\n  targets = {targets}\n}}\n"
    )


def flow(strategy_id: str | None, name: str = "flow") -> str:
    given = "" if strategy_id is None else f"    strategy_id = {strategy_id}\n"
    return f'resource "sym_flow" "{name}" {{\n  name = "{name}"\n  params {{\n{given}  }}\n}}\n'


IAM, SSO, OKTA = "sym_integration.iam.id", "sym_integration.sso.id", "sym_integration.okta.id"
TWO = "[sym_target.target.id, sym_target.second.id]"
GROUP = '"aws_iam_group"'
SET = '"aws_sso_permission_set"'
RIGHT = strategy("aws_iam", IAM) + target(GROUP, IAM_SETTINGS)

TYPES = {
    "right": RIGHT,
    "a target of another type": strategy("aws_iam", IAM) + target('"okta_group"', IAM_SETTINGS),
    "a target that is another": strategy("aws_iam", IAM) + target(SET, SSO_SETTINGS),
    "a target of both types": strategy("aws_iam", IAM)
    + target('"okta_group"', '{ iam_group = "x", group_id = "y" }'),
    "a target whose settings fit nothing": strategy("aws_iam", IAM) + target('"okta_group"', "{}"),
    "a target of a type nearly right": strategy("aws_iam", IAM) + target('"aws_iam_grup"', "{}"),
    "a target of a type far off": strategy("aws_iam", IAM) + target('"else"', "{}"),
    "a target of no known type": strategy("aws_iam", IAM) + target("var.unset", IAM_SETTINGS),
    "settings not known": strategy("aws_iam", IAM) + target('"okta_group"', "var.unset"),
    "bindings": strategy("aws_iam", IAM)
    + target('"okta_group"', "{}", more='  field_bindings = ["iam_group"]\n'),
    "bindings not known": strategy("aws_iam", IAM)
    + target('"okta_group"', IAM_SETTINGS, more="  field_bindings = var.unset\n"),
    "one of several types": strategy("aws_sso", SSO) + target('"okta_group"', SSO_SETTINGS),
    "another one of several types": strategy("aws_sso", SSO) + target(SET, OKTA_SETTINGS),
    "another strategy by integration": strategy("okta", SSO) + target(SET, SSO_SETTINGS),
    "another strategy by context": strategy("aws_iam", SSO) + target(SET, SSO_SETTINGS),
    "another strategy, but not by context": strategy("aws_iam", IAM) + target(SET, SSO_SETTINGS),
    "another strategy, of no known context": strategy("aws_iam", "sym_integration.hand.id")
    + target(SET, SSO_SETTINGS),
    "another strategy, of no integration": strategy("aws_iam", "var.unset")
    + target(SET, SSO_SETTINGS),
    "another strategy, by a second target": strategy("aws_iam", SSO, TWO)
    + target(SET, SSO_SETTINGS)
    + target('"aws_sso_group"', '{ group_id = "x" }', "second"),
    "another strategy, but not for a second target": strategy("aws_iam", SSO, TWO)
    + target(SET, SSO_SETTINGS)
    + target(GROUP, IAM_SETTINGS, "second"),
    "another strategy, whose settings do not fit": strategy("aws_iam", SSO)
    + target(SET, OKTA_SETTINGS),
    "a strategy of no known type": strategy("else", SSO) + target(SET, SSO_SETTINGS),
    "two strategies": RIGHT + strategy("okta", OKTA, name="other"),
    "two strategies, one of them right": strategy("okta", OKTA, name="other")
    + strategy("aws_iam", IAM)
    + target(GROUP, OKTA_SETTINGS),
    "a strategy without types first": strategy("else", OKTA, name="other")
    + strategy("okta", OKTA)
    + target(GROUP, OKTA_SETTINGS),
}


def typed(sym: SymConfiguration) -> Iterator[str]:
    """What type each strategy and target may have been meant to have."""
    for it in sym.strategies:
        yield f"  {it.local_name} means {meant_strategy_type(it, it.target_views)}"
        accepted = (it.entry.integration_types if it.entry else None) or ()
        yield f"    beside it: {', '.join(integrations_for(it, accepted)) or 'none'}"
        for each in it.target_views:
            fits = settings_fit(each, each.type_name or "")
            yield f"    {each.local_name} means {meant_target_type(it, each)}, fits its own: {fits}"
    for each in sym.targets:
        for name in ("aws_iam_group", "aws_sso_permission_set", "okta_group"):
            if is_of_other_type(each, sym.catalogue.targets[name]):
                yield f"  {each.local_name} is no {name}"


OTHER = strategy("okta", OKTA, name="other").replace("[sym_target.target.id]", "[]")
FLOWS = {
    "a flow with a strategy": RIGHT + flow("sym_strategy.asked.id"),
    "a flow without one": RIGHT + flow("sym_strategy.asked.id") + flow(None, "approval"),
    "a flow without one, and one unused": RIGHT
    + OTHER
    + flow("sym_strategy.asked.id")
    + flow(None, "a"),
    "a flow without one, and nothing else": flow(None),
    "a flow that is not known": RIGHT
    + flow("sym_strategy.asked.id")
    + flow("var.unset", "b")
    + flow(None, "a"),
    "a wrong flow": RIGHT + OTHER + flow("sym_target.target.id") + flow(None, "a"),
    "a flow with an integration": RIGHT + OTHER + flow(OKTA),
    "a flow with another integration": RIGHT + OTHER + flow("sym_integration.slack.id"),
    "a flow with a name": RIGHT + OTHER + flow('"asked"'),
    "a flow with a name of nothing": RIGHT + OTHER + flow('"missing"'),
    "a flow with a quoted reference": RIGHT + OTHER + flow('"sym_strategy.asked.id"'),
    "a flow with a quoted reference to nothing": RIGHT + OTHER + flow('"sym_strategy.missing.id"'),
    "a flow with a quoted target": RIGHT + OTHER + flow('"sym_target.target.id"'),
    "a flow with a quoted instance": RIGHT + OTHER + flow('"sym_strategy.asked[0].id"'),
    "a flow with a whole strategy": RIGHT + OTHER + flow("sym_strategy.asked"),
    "a flow with a whole strategy in brackets": RIGHT + OTHER + flow("(sym_strategy.asked)"),
    "a flow with a whole instance": OTHER.replace("  type", "  count = 1\n  type")
    + flow("sym_strategy.other[0]"),
    "a flow with a strategy's name": RIGHT + OTHER + flow("sym_strategy.asked.name"),
    "a flow with a strategy's name in brackets": RIGHT + OTHER + flow('sym_strategy.asked["name"]'),
    "a flow whose params are not known": RIGHT
    + flow("sym_strategy.asked.id")
    + 'resource "sym_flow" "a" {\n  name = "a"\n  params = var.unset\n}\n',
}


def meant(sym: SymConfiguration) -> Iterator[str]:
    """What is said of each flow."""
    for it in sym.flows:
        link: Link = it.strategy_link
        views = ", ".join(view.local_name for view in meant_strategies(it, link))
        named = named_instead(link, it)
        yield f"  {it.local_name} {link.outcome}, means {views or 'none'}"
        yield f"    write {certain_reference(link, it)}, named {named and named.local_name}"
    yield f"  approval only: {', '.join(sorted(it.local_name for it in approval_only(sym)))}".rstrip()


ENVIRONMENT = (
    'resource "sym_environment" "{0}" {{\n  name = "{0}"\n  integrations = {{ {1} }}\n}}\n'
)
LOGGER = 'resource "sym_error_logger" "x" {{\n  integration_id = {}\n  destination = "x"\n}}\n'
USES = {
    "no use": "",
    "one use": ENVIRONMENT.format("main", f"okta_id = {OKTA}"),
    "one wrong use": ENVIRONMENT.format("main", f"slack_id = {OKTA}"),
    "one wrong use that it could be": ENVIRONMENT.format(
        "main", "okta_id = sym_integration.pager.id"
    ),
    "two wrong uses": ENVIRONMENT.format("main", f"slack_id = {OKTA}")
    + ENVIRONMENT.format("other", f"slack_id = {OKTA}"),
    "two wrong uses of two types": ENVIRONMENT.format("main", f"slack_id = {OKTA}")
    + ENVIRONMENT.format("other", f"pagerduty_id = {OKTA}"),
    "one of two uses wrong": ENVIRONMENT.format("main", f"slack_id = {OKTA}, okta_id = {OKTA}"),
    "a use that says nothing": ENVIRONMENT.format("main", f"else_id = {OKTA}"),
    "an error logger": LOGGER.format("sym_integration.slack.id"),
    "a wrong error logger": LOGGER.format(OKTA),
    "a strategy": strategy("okta", OKTA, "[]"),
    "a wrong strategy": strategy("okta", "sym_integration.pager.id", "[]"),
    "a wrong strategy and an environment": strategy("okta", "sym_integration.pager.id", "[]")
    + ENVIRONMENT.format("main", "pagerduty_id = sym_integration.pager.id"),
    "what is only read": ENVIRONMENT.format("main", "okta_id = data.sym_integration.read.id")
    + ENVIRONMENT.format("other", "okta_id = data.sym_integration.read.id"),
    "either": ENVIRONMENT.format(
        "main", f"slack_id = var.unset ? {OKTA} : sym_integration.pager.id"
    ),
}


def used(sym: SymConfiguration) -> Iterator[str]:
    """What the uses of each integration say of its type."""
    uses = IntegrationUses(sym)
    for it in sym.integrations:
        found = [f"{use.edge.attribute} ({' '.join(use.accepted)})" for use in uses.of(it)]
        own = it.type_name or ""
        suspect = [
            name
            for name in sym.catalogue.integrations
            if name != own and uses.type_is_suspect(it, own, (name,))
        ]
        if found:
            strategies = ", by a strategy" if uses.has_strategy(it) else ""
            yield f"  {it.local_name}: {', '.join(found)}{strategies}"
            yield f"    may be meant to be {' '.join(suspect) or 'nothing else'}"


def test_snapshot_of_types(tmp_path: Path) -> None:
    texts = {}
    for cases, say in ((TYPES, typed), (FLOWS, meant), (USES, used)):
        for name, text in cases.items():
            sym = configuration(write(tmp_path / name, {"main.tf": MODULES + text}))
            texts[name] = "\n".join(say(sym)) or "  nothing"
    compare_transcript(__file__, texts)


def test_integrations_beside(tmp_path: Path) -> None:
    text = MODULES + ENVIRONMENT.format("main", "")
    sym = configuration(write(tmp_path, {"main.tf": text}))
    (view,) = sym.environments
    context = ("permission_context",)
    both = integrations_beside(view, ("okta", "slack"))
    assert both == (OKTA, "sym_integration.slack.id")
    assert integrations_beside(view, context) == (IAM, SSO, "sym_integration.hand.id")
    assert integrations_beside(view, context, ("iam",)) == (IAM,)
    assert integrations_beside(view, context, (None, "sso")) == (SSO, "sym_integration.hand.id")
    assert integrations_beside(view, context, ()) == ()
    uses = IntegrationUses(sym)
    assert uses.of_type(view, ("okta",)) == (OKTA,)
    assert uses.of_type(view, ("pagerduty",)) == ("sym_integration.pager.id",)
