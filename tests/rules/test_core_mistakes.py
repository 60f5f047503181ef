"""The core rules on correct configurations with one mistake, wherever it hides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import CORE, facts, findings
from support.mistakes import Expression, Mistake, build, check_wrong, placements
from support.transcript import compare_transcript, transcripts_of_mistakes

if TYPE_CHECKING:
    from pathlib import Path

STRATEGY_ID = Expression(
    "aws_iam",
    "    strategy_id = ",
    "sym_strategy.iam.id",
    file="flow.tf",
    block='resource "sym_flow" "iam" {',
    inputs={"sym_environment.main.id": "environment_id"},
)
TARGETS = Expression(
    "aws_iam",
    "    ",
    "sym_target.billing.id",
    file="flow.tf",
    block='resource "sym_strategy" "iam" {',
    inputs={
        "sym_integration.iam.id": "integration_id",
        "sym_target.log_reader.id": "target_id",
        "local.environment_name": "environment_name",
    },
    outputs={"sym_strategy.iam.id": "sym_strategy.iam.id"},
)
TARGET_TYPE = Expression(
    "aws_iam",
    "  type  = ",
    '"aws_iam_group"',
    file="flow.tf",
    block='resource "sym_target" "billing" {',
    inputs={"aws_iam_group.billing.name": "group"},
    outputs={"sym_target.billing.id": "sym_target.billing.id"},
)
STRATEGY_TYPE = TARGETS._replace(
    before="  type           = ",
    right='"aws_iam"',
    inputs={**TARGETS.inputs, "sym_target.billing.id": "other_target_id"},
)
EXTERNAL_ID = Expression(
    "aws_iam",
    "  external_id = ",
    "module.iam_connector.settings.account_id",
    file="connectors.tf",
    block='resource "sym_integration" "iam" {',
    inputs={
        "local.environment_name": "environment_name",
        "module.iam_connector.settings": "settings",
    },
    outputs={"sym_integration.iam.id": "sym_integration.iam.id"},
)
SETTINGS = EXTERNAL_ID._replace(
    before="  settings    = ",
    right="module.iam_connector.settings",
    inputs={
        "local.environment_name": "environment_name",
        "module.iam_connector.settings.account_id": "account_id",
    },
)
SSO_EXTERNAL_ID = Expression(
    "aws_sso",
    "  external_id = ",
    'module.sso_connector.settings["instance_arn"]',
    file="connectors.tf",
    block='resource "sym_integration" "sso" {',
    inputs={"var.environment": "environment_name", "module.sso_connector.settings": "settings"},
    outputs={"sym_integration.sso.id": "sym_integration.sso.id"},
)
RUNTIME_EXTERNAL_ID = Expression(
    "quickstart/modules/sym-runtime",
    "  external_id = ",
    "module.runtime_connector.settings.account_id",
    block='resource "sym_integration" "runtime_context" {',
    inputs={"var.runtime_name": "runtime_name", "module.runtime_connector.settings": "settings"},
    outputs={
        "sym_integration.runtime_context.id": "sym_integration.runtime_context.id",
        "sym_integration.runtime_context.settings": "sym_integration.runtime_context.settings",
    },
)
CONNECTOR_ENVIRONMENT = Expression(
    "aws_iam",
    "  environment       = ",
    "local.environment_name",
    file="connectors.tf",
    block='module "iam_connector" {',
    inputs={"module.runtime_connector.sym_runtime_connector_role.arn": "role_arn"},
    outputs={"module.iam_connector.settings": "module.iam_connector.settings"},
)
RUNTIME_ENVIRONMENT = Expression(
    "aws_iam",
    "  environment = ",
    "local.environment_name",
    file="connectors.tf",
    block='module "runtime_connector" {',
    inputs={},
    outputs={
        "module.runtime_connector.sym_runtime_connector_role": (
            "module.runtime_connector.sym_runtime_connector_role"
        ),
        "module.runtime_connector.sym_runtime.id": "module.runtime_connector.sym_runtime.id",
    },
)
ROLE_ARN = Expression(
    "aws_iam",
    "  runtime_role_arns = [",
    "module.runtime_connector.sym_runtime_connector_role.arn",
    file="connectors.tf",
    block='module "iam_connector" {',
    inputs={"local.environment_name": "environment_name"},
    outputs={"module.iam_connector.settings": "module.iam_connector.settings"},
)
ROLE_ARNS = ROLE_ARN._replace(
    before="  runtime_role_arns = ",
    right="[module.runtime_connector.sym_runtime_connector_role.arn]",
)

OKTA_TARGET = """
resource "sym_target" "okta" {
  type = "okta_group"
  name = "okta"

  settings = {
    group_id = "00g1okta"
  }
}
"""


def _strategy_id(wrong: str, title: str) -> Mistake:
    return STRATEGY_ID.becomes(wrong, "SYM401", title)


def _element(wrong: str, title: str, extra: str = "") -> Mistake:
    return TARGETS.becomes(wrong, "SYM201", title, extra=extra)


def _external_id(wrong: str, title: str, severity: str = "error") -> Mistake:
    return EXTERNAL_ID.becomes(wrong, "SYM302", title, severity=severity)


def _role(wrong: str, title: str) -> Mistake:
    return ROLE_ARN.becomes(wrong, "SYM303", title)


NOT_AN_ID = "strategy_id is a string that is not the id of a strategy"
MISTAKES = {
    # --- SYM401 flow-strategy ---
    "a target": _strategy_id(
        "sym_target.billing.id", "strategy_id leads to a target, not to a strategy"
    ),
    "an integration": _strategy_id(
        "sym_integration.iam.id", "strategy_id leads to an integration, not to a strategy"
    ),
    "an environment's name": _strategy_id(
        "sym_environment.main.name", "strategy_id leads to an environment, not to a strategy"
    ),
    "the strategy's name": _strategy_id(
        "sym_strategy.iam.name", "strategy_id is the name of a strategy, not its id"
    ),
    "the whole strategy": _strategy_id(
        "sym_strategy.iam", "strategy_id is a whole strategy, not its id"
    ),
    "a quoted address": _strategy_id(
        '"sym_strategy.iam.id"', "strategy_id is a reference in quotes, which is a plain string"
    ),
    "an escaped address": _strategy_id(
        '"$${sym_strategy.iam.id}"', "strategy_id is a reference in quotes, which is a plain string"
    ),
    "the name as text": _strategy_id(
        '"main-aws-iam"', "strategy_id is the name of a strategy, not its id"
    ),
    "any text": _strategy_id('"iam strategy"', NOT_AN_ID),
    "an output of a module": _strategy_id(
        "module.iam_connector.settings.account_id",
        "strategy_id leads to the account_id of a module, not to a strategy",
    ),
    "a runtime made by a module": _strategy_id(
        "module.runtime_connector.sym_runtime.id",
        "strategy_id leads to a runtime, not to a strategy",
    ),
    "a whole module": _strategy_id(
        "module.iam_connector", "strategy_id leads to a whole module, not to a strategy"
    ),
    "an AWS resource": _strategy_id(
        "aws_iam_group.billing.arn", "strategy_id leads to an aws_iam_group, not to a strategy"
    ),
    "a list": _strategy_id(
        "[sym_strategy.iam.id]", "strategy_id is a tuple, not the id of a strategy"
    ),
    # --- SYM201 strategy-target-type ---
    "another service's target": _element(
        "sym_target.okta.id", "aws_iam strategy cannot grant an okta_group target", OKTA_TARGET
    ),
    "a target's name": _element(
        "sym_target.billing.name", "an element of targets is the name of a target, not its id"
    ),
    "a whole target": _element(
        "sym_target.billing", "an element of targets is a whole target, not its id"
    ),
    "an integration as target": _element(
        "sym_integration.iam.id", "an element of targets leads to an integration, not to a target"
    ),
    "the group itself": _element(
        "aws_iam_group.billing.arn",
        "an element of targets leads to an aws_iam_group, not to a target",
    ),
    "a quoted target": _element(
        '"sym_target.billing.id"',
        "an element of targets is a reference in quotes, which is a plain string",
    ),
    "a text as target": _element(
        '"billing people"', "an element of targets is a string that is not the id of a target"
    ),
    "a target of another type": TARGET_TYPE.becomes(
        '"okta_group"', "SYM201", "aws_iam strategy cannot grant an okta_group target"
    ),
    "a target of a mistyped type": TARGET_TYPE.becomes(
        '"aws_iam_grup"', "SYM201", "aws_iam strategy cannot grant an aws_iam_grup target"
    ),
    "a strategy of another service": STRATEGY_TYPE.becomes(
        '"okta"', "SYM201", "okta strategy cannot grant an aws_iam_group target"
    ),
    "a strategy of another AWS service": STRATEGY_TYPE.becomes(
        '"aws_sso"', "SYM201", "aws_sso strategy cannot grant an aws_iam_group target"
    ),
    # --- SYM302 external-id-source ---
    "a hard-coded account": _external_id(
        '"123456789012"',
        "external_id is hard-coded, its settings come from an IAM connector",
        "warning",
    ),
    "another module's account": _external_id(
        "module.runtime_connector.sym_integration.external_id",
        "external_id and settings come from different modules",
    ),
    "the role's ARN": _external_id(
        "module.iam_connector.settings.role_arn",
        "external_id is the ARN of a role, not the AWS account",
    ),
    "the region": _external_id(
        'module.iam_connector.settings["region"]', "external_id is the region, not the AWS account"
    ),
    "all settings": _external_id(
        "module.iam_connector.settings",
        "external_id is all of the settings, not the AWS account",
    ),
    "a module as external id": _external_id(
        "module.iam_connector", "external_id is a whole module, not the AWS account"
    ),
    "an external_id that the connector lacks": _external_id(
        "module.iam_connector.settings.external_id",
        "an IAM connector has no external_id among its settings",
    ),
    "an instance_arn that the connector lacks": _external_id(
        "module.iam_connector.settings.instance_arn",
        "an IAM connector has no instance_arn among its settings",
    ),
    "an account_id that the SSO connector lacks": SSO_EXTERNAL_ID.becomes(
        "module.sso_connector.settings.account_id",
        "SYM302",
        "an SSO connector has no account_id among its settings",
    ),
    "the account instead of the instance": SSO_EXTERNAL_ID.becomes(
        "data.aws_caller_identity.identity.account_id",
        "SYM302",
        "external_id is an account id, not the SSO instance",
    ),
    "a hard-coded instance": SSO_EXTERNAL_ID.becomes(
        '"arn:aws:sso:::instance/ssoins-0000000000000000"',
        "SYM302",
        "external_id is hard-coded, its settings come from an SSO connector",
        severity="warning",
    ),
    "the role's external id": RUNTIME_EXTERNAL_ID.becomes(
        "module.runtime_connector.settings.external_id",
        "SYM302",
        "external_id is the external id of a role, not the AWS account",
    ),
    "another module's settings": SETTINGS.becomes(
        "module.runtime_connector.sym_integration.settings",
        "SYM302",
        "external_id and settings come from different modules",
    ),
    "a module as settings": SETTINGS.becomes(
        "module.iam_connector",
        "SYM302",
        "settings is a whole module, not the settings of a connector",
    ),
    # --- SYM301 connector-environment ---
    "another environment": CONNECTOR_ENVIRONMENT.becomes(
        '"prod"',
        "SYM301",
        'IAM connector has environment "prod", but its runtime connector has "main"',
        severity="warning",
    ),
    "a runtime of another environment": RUNTIME_ENVIRONMENT.becomes(
        '"prod"',
        "SYM301",
        'IAM connector has environment "main", but its runtime connector has "prod"',
        severity="warning",
    ),
    # --- SYM303 runtime-role-arns ---
    "the role's name": _role(
        "module.runtime_connector.sym_runtime_connector_role.name",
        "runtime_role_arns contains the name of the role, not the ARN of the runtime's role",
    ),
    "the whole role": _role(
        "module.runtime_connector.sym_runtime_connector_role",
        "runtime_role_arns contains the whole role, not the ARN of the runtime's role",
    ),
    "the runtime's id": _role(
        "module.runtime_connector.sym_runtime.id",
        "runtime_role_arns contains the runtime id, not the ARN of the runtime's role",
    ),
    "the name as a text": _role(
        '"SymRuntimeMain"', "runtime_role_arns contains a string, not the ARN of the runtime's role"
    ),
    "an environment's id": _role(
        "sym_environment.main.id",
        "runtime_role_arns contains an attribute of a Sym resource, not the ARN of the runtime's role",
    ),
    "one ARN": ROLE_ARNS.becomes(
        "module.runtime_connector.sym_runtime_connector_role.arn",
        "SYM303",
        "runtime_role_arns is one ARN, not a list",
    ),
}


CASES = [
    pytest.param(mistake, placement, id=f"{name}-{placement}")
    for name, mistake in MISTAKES.items()
    for placement in mistake.placements
]


@pytest.mark.no_cover
@pytest.mark.parametrize(("mistake", "placement"), CASES)
def test_a_mistake_is_found_at_the_line_to_change(
    tmp_path: Path, mistake: Mistake, placement: str
) -> None:
    check_wrong(tmp_path, mistake, placement, CORE)


RIGHT = {
    f"{it.before}{it.right} of {it.base}-{placement}": (
        it,
        placement,
    )
    for it in (mistake.expression for mistake in MISTAKES.values())
    for placement in placements(it, it.right)
}


@pytest.mark.no_cover
@pytest.mark.parametrize("name", RIGHT)
def test_the_repaired_configuration_is_silent(tmp_path: Path, name: str) -> None:
    expression, placement = RIGHT[name]
    root = build(tmp_path, expression, expression.right, placement)
    assert facts(findings(root, CORE)) == []


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    compare_transcript(__file__, transcripts_of_mistakes(tmp_path, MISTAKES))
