"""The core rules on correct configurations that were wrecked in one place, wherever it hides."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from support.wrecking import (
    LITERAL_PLACEMENTS,
    REFERENCE_PLACEMENTS,
    Slot,
    build,
    findings,
    marked,
    place,
)

if TYPE_CHECKING:
    from pathlib import Path

STRATEGY_ID = Slot(
    "aws_iam",
    "flow.tf",
    "    strategy_id = ",
    "sym_strategy.iam.id",
    'resource "sym_flow" "iam" {',
    {"sym_environment.main.id": "environment_id"},
)
TARGETS = Slot(
    "aws_iam",
    "flow.tf",
    "    ",
    "sym_target.billing.id",
    'resource "sym_strategy" "iam" {',
    {
        "sym_integration.iam.id": "integration_id",
        "sym_target.log_reader.id": "target_id",
        "local.environment_name": "environment_name",
    },
    {"sym_strategy.iam.id": "sym_strategy.iam.id"},
)
TARGET_TYPE = Slot(
    "aws_iam",
    "flow.tf",
    "  type  = ",
    '"aws_iam_group"',
    'resource "sym_target" "billing" {',
    {"aws_iam_group.billing.name": "group"},
    {"sym_target.billing.id": "sym_target.billing.id"},
)
STRATEGY_TYPE = TARGETS._replace(
    line="  type           = ",
    right='"aws_iam"',
    inputs={**TARGETS.inputs, "sym_target.billing.id": "other_target_id"},
)
EXTERNAL_ID = Slot(
    "aws_iam",
    "connectors.tf",
    "  external_id = ",
    "module.iam_connector.settings.account_id",
    'resource "sym_integration" "iam" {',
    {
        "local.environment_name": "environment_name",
        "module.iam_connector.settings": "settings",
    },
    {"sym_integration.iam.id": "sym_integration.iam.id"},
)
SETTINGS = EXTERNAL_ID._replace(
    line="  settings    = ",
    right="module.iam_connector.settings",
    inputs={
        "local.environment_name": "environment_name",
        "module.iam_connector.settings.account_id": "account_id",
    },
)
SSO_EXTERNAL_ID = Slot(
    "aws_sso",
    "connectors.tf",
    "  external_id = ",
    'module.sso_connector.settings["instance_arn"]',
    'resource "sym_integration" "sso" {',
    {"var.environment": "environment_name", "module.sso_connector.settings": "settings"},
    {"sym_integration.sso.id": "sym_integration.sso.id"},
)
RUNTIME_EXTERNAL_ID = Slot(
    "quickstart/modules/sym-runtime",
    "main.tf",
    "  external_id = ",
    "module.runtime_connector.settings.account_id",
    'resource "sym_integration" "runtime_context" {',
    {"var.runtime_name": "runtime_name", "module.runtime_connector.settings": "settings"},
    {
        "sym_integration.runtime_context.id": "sym_integration.runtime_context.id",
        "sym_integration.runtime_context.settings": "sym_integration.runtime_context.settings",
    },
)
CONNECTOR_ENVIRONMENT = Slot(
    "aws_iam",
    "connectors.tf",
    "  environment       = ",
    "local.environment_name",
    'module "iam_connector" {',
    {"module.runtime_connector.sym_runtime_connector_role.arn": "role_arn"},
    {"module.iam_connector.settings": "module.iam_connector.settings"},
)
RUNTIME_ENVIRONMENT = Slot(
    "aws_iam",
    "connectors.tf",
    "  environment = ",
    "local.environment_name",
    'module "runtime_connector" {',
    {},
    {
        "module.runtime_connector.sym_runtime_connector_role": (
            "module.runtime_connector.sym_runtime_connector_role"
        ),
        "module.runtime_connector.sym_runtime.id": "module.runtime_connector.sym_runtime.id",
    },
)
ROLE_ARN = Slot(
    "aws_iam",
    "connectors.tf",
    "  runtime_role_arns = [",
    "module.runtime_connector.sym_runtime_connector_role.arn",
    'module "iam_connector" {',
    {"local.environment_name": "environment_name"},
    {"module.iam_connector.settings": "module.iam_connector.settings"},
)
ROLE_ARNS = ROLE_ARN._replace(
    line="  runtime_role_arns = ",
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


class Wreck(NamedTuple):
    """A wrong expression for a slot and the finding that it deserves."""

    slot: Slot
    wrong: str
    code: str
    title: str
    severity: str = "error"
    extra: str = ""
    placements: tuple[str, ...] = ()


def _strategy_id(wrong: str, title: str) -> Wreck:
    return Wreck(STRATEGY_ID, wrong, "SYM401", title)


def _element(wrong: str, title: str, extra: str = "") -> Wreck:
    return Wreck(TARGETS, wrong, "SYM201", title, extra=extra)


def _external_id(wrong: str, title: str, severity: str = "error") -> Wreck:
    return Wreck(EXTERNAL_ID, wrong, "SYM302", title, severity)


def _role(wrong: str, title: str) -> Wreck:
    return Wreck(ROLE_ARN, wrong, "SYM301", title)


NOT_AN_ID = "strategy_id is a text that is no id of a strategy"
WRECKS = {
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
        '"sym_strategy.iam.id"', "strategy_id is a reference in quotes, which is plain text"
    ),
    "an escaped address": _strategy_id(
        '"$${sym_strategy.iam.id}"', "strategy_id is a reference in quotes, which is plain text"
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
        "an element of targets is a reference in quotes, which is plain text",
    ),
    "a text as target": _element(
        '"billing people"', "an element of targets is a text that is no id of a target"
    ),
    "a target of another type": Wreck(
        TARGET_TYPE, '"okta_group"', "SYM201", "aws_iam strategy cannot grant an okta_group target"
    ),
    "a target of a mistyped type": Wreck(
        TARGET_TYPE,
        '"aws_iam_grup"',
        "SYM201",
        "aws_iam strategy cannot grant an aws_iam_grup target",
    ),
    "a strategy of another service": Wreck(
        STRATEGY_TYPE, '"okta"', "SYM201", "okta strategy cannot grant an aws_iam_group target"
    ),
    "a strategy of another AWS service": Wreck(
        STRATEGY_TYPE,
        '"aws_sso"',
        "SYM201",
        "aws_sso strategy cannot grant an aws_iam_group target",
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
    "an account_id that the SSO connector lacks": Wreck(
        SSO_EXTERNAL_ID,
        "module.sso_connector.settings.account_id",
        "SYM302",
        "an SSO connector has no account_id among its settings",
    ),
    "the account instead of the instance": Wreck(
        SSO_EXTERNAL_ID,
        "data.aws_caller_identity.identity.account_id",
        "SYM302",
        "external_id is an account id, not the SSO instance",
    ),
    "a hard-coded instance": Wreck(
        SSO_EXTERNAL_ID,
        '"arn:aws:sso:::instance/ssoins-0000000000000000"',
        "SYM302",
        "external_id is hard-coded, its settings come from an SSO connector",
        "warning",
    ),
    "the role's external id": Wreck(
        RUNTIME_EXTERNAL_ID,
        "module.runtime_connector.settings.external_id",
        "SYM302",
        "external_id is the external id of a role, not the AWS account",
    ),
    "another module's settings": Wreck(
        SETTINGS,
        "module.runtime_connector.sym_integration.settings",
        "SYM302",
        "external_id and settings come from different modules",
    ),
    "a module as settings": Wreck(
        SETTINGS,
        "module.iam_connector",
        "SYM302",
        "settings is a whole module, not the settings of a connector",
    ),
    # --- SYM301 connector-environment ---
    "another environment": Wreck(
        CONNECTOR_ENVIRONMENT,
        '"prod"',
        "SYM301",
        'IAM connector has environment "prod", its runtime connector "main"',
        "warning",
    ),
    "a runtime of another environment": Wreck(
        RUNTIME_ENVIRONMENT,
        '"prod"',
        "SYM301",
        'IAM connector has environment "main", its runtime connector "prod"',
        "warning",
    ),
    "the role's name": _role(
        "module.runtime_connector.sym_runtime_connector_role.name",
        "runtime_role_arns holds the name of the role, not the ARN of the runtime's role",
    ),
    "the whole role": _role(
        "module.runtime_connector.sym_runtime_connector_role",
        "runtime_role_arns holds the whole role, not the ARN of the runtime's role",
    ),
    "the runtime's id": _role(
        "module.runtime_connector.sym_runtime.id",
        "runtime_role_arns holds the runtime id, not the ARN of the runtime's role",
    ),
    "the name as a text": _role(
        '"SymRuntimeMain"', "runtime_role_arns holds a text, not the ARN of the runtime's role"
    ),
    "an environment's id": _role(
        "sym_environment.main.id",
        "runtime_role_arns holds something of a Sym resource, not the ARN of the runtime's role",
    ),
    "one ARN": Wreck(
        ROLE_ARNS,
        "module.runtime_connector.sym_runtime_connector_role.arn",
        "SYM301",
        "runtime_role_arns is one ARN, not a list",
    ),
}


def _placements(wreck: Wreck) -> tuple[str, ...]:
    return LITERAL_PLACEMENTS if wreck.wrong.startswith('"') else REFERENCE_PLACEMENTS


CASES = [
    pytest.param(wreck, placement, id=f"{name}-{placement}")
    for name, wreck in WRECKS.items()
    for placement in _placements(wreck)
]


@pytest.mark.parametrize(("wreck", "placement"), CASES)
def test_a_wreck_is_found_at_the_line_to_change(
    tmp_path: Path, wreck: Wreck, placement: str
) -> None:
    root = build(tmp_path, wreck.slot, wreck.wrong, placement, wreck.extra)
    found = findings(root)
    assert [(it.code, it.severity, it.title) for it in found] == [
        (wreck.code, wreck.severity, wreck.title)
    ]
    assert place(root, found[0]) == marked(root)


SLOTS = {
    (wreck.slot.fixture, wreck.slot.line, wreck.slot.right, placement): wreck.slot
    for wreck in WRECKS.values()
    for placement in _placements(wreck._replace(wrong=wreck.slot.right))
}


@pytest.mark.parametrize(
    ("slot", "placement"),
    [
        pytest.param(slot, key[3], id=f"{slot.block.split()[1]}-{slot.line.split()[0]}-{key[3]}")
        if slot.line.split()
        else pytest.param(slot, key[3], id=f"targets-{key[3]}")
        for key, slot in SLOTS.items()
    ],
)
def test_the_repaired_configuration_is_silent(tmp_path: Path, slot: Slot, placement: str) -> None:
    root = build(tmp_path, slot, slot.right, placement)
    assert [(it.code, it.title) for it in findings(root)] == []
