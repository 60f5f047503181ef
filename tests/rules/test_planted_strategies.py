"""Strategies, targets and their settings: correct configurations with one mistake planted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from planting import BASES, RULES, VERSIONS, Change, Plant, check_changed, check_planted
from support.wrecking import findings, write

if TYPE_CHECKING:
    from pathlib import Path

INSTANCE = '"arn:aws:sso:::instance/ssoins-6508a1b2c3d4e5f6"'
OTHER_INSTANCE = '"arn:aws:sso:::instance/ssoins-65080f0f0f0f0f0f"'
STRATEGY_INSTANCE = "\n\n  settings = {\n    instance_arn = "
PERMISSION_SET = '"arn:aws:sso:::permissionSet/ssoins-6508a1b2c3d4e5f6/ps-0f1e2d3c4b5a6978"'

PLANTS = {
    # --- SYM202 ---
    "slack for onelogin": Plant(
        "onelogin",
        "  integration_id = ",
        "sym_integration.onelogin.id",
        "sym_integration.slack.id",
        "SYM202",
        "onelogin strategy cannot work through a slack integration",
    ),
    "slack for github": Plant(
        "github",
        "  integration_id = ",
        "sym_integration.github.id",
        "sym_integration.slack.id",
        "SYM202",
        "github strategy cannot work through a slack integration",
    ),
    "slack for a connector": Plant(
        "iam",
        "  integration_id = ",
        "sym_integration.iam.id",
        "sym_integration.slack.id",
        "SYM202",
        "aws_iam strategy cannot work through a slack integration",
    ),
    "slack for a module's integration": Plant(
        "google",
        "  integration_id = ",
        "module.gcp_connector.sym_integration.id",
        "sym_integration.slack.id",
        "SYM202",
        "google_group strategy cannot work through a slack integration",
    ),
    "an integration of another type": Plant(
        "onelogin",
        "  type        = ",
        '"onelogin"',
        '"okta"',
        "SYM202",
        "onelogin strategy cannot work through an okta integration",
    ),
    "an integration of an unknown type": Plant(
        "github",
        "  type        = ",
        '"github"',
        '"git_hub"',
        "SYM202",
        "github strategy cannot work through a git_hub integration",
    ),
    "a context of another type": Plant(
        "iam",
        "  type        = ",
        '"permission_context"',
        '"slack"',
        "SYM202",
        "aws_iam strategy cannot work through a slack integration",
    ),
    # --- SYM203 ---
    "an empty integration": Plant(
        "github",
        "  integration_id = ",
        "sym_integration.github.id",
        '""',
        "SYM203",
        "github strategy has no integration_id",
    ),
    "a null integration": Plant(
        "custom",
        "  integration_id = ",
        "sym_integration.vpn.id",
        "null",
        "SYM203",
        "custom strategy has no integration_id",
    ),
    # --- SYM204 ---
    "the same target twice": Plant(
        "onelogin",
        "    sym_target.support.id,\n    ",
        "sym_target.billing.id",
        "sym_target.support.id",
        "SYM204",
        "sym_target.support is listed twice in targets",
        "warning",
    ),
    "no targets": Plant(
        "iam",
        "  targets        = ",
        "[sym_target.reader.id]",
        "[]",
        "SYM204",
        "targets is empty",
        "warning",
    ),
    # --- SYM205 ---
    "an empty implementation": Plant(
        "custom",
        "  implementation = ",
        '"${path.module}/vpn.py"',
        '""',
        "SYM205",
        "custom strategy has no implementation",
    ),
    "a null implementation": Plant(
        "custom",
        "  implementation = ",
        '"${path.module}/vpn.py"',
        "null",
        "SYM205",
        "custom strategy has no implementation",
    ),
    # --- SYM206 ---
    "another SSO instance": Plant(
        "sso",
        STRATEGY_INSTANCE,
        INSTANCE,
        OTHER_INSTANCE,
        "SYM206",
        "instance_arn is not the SSO instance of the strategy's integration",
        "warning",
    ),
    "no ARN of an instance": Plant(
        "sso",
        STRATEGY_INSTANCE,
        INSTANCE,
        '"ssoins-6508a1b2c3d4e5f6"',
        "SYM206",
        "instance_arn is not the ARN of an SSO instance",
        "warning",
    ),
    "the ARN of a permission set": Plant(
        "sso",
        STRATEGY_INSTANCE,
        INSTANCE,
        PERMISSION_SET,
        "SYM206",
        "instance_arn is not the ARN of an SSO instance",
        "warning",
    ),
    # --- SYM211 ---
    "a level that is none": Plant(
        "onelogin",
        "    privilege_level = ",
        '"member"',
        '"owner"',
        "SYM211",
        "privilege_level cannot be owner",
    ),
    "a mistyped level": Plant(
        "onelogin",
        "    privilege_level = ",
        '"member"',
        '"Member"',
        "SYM211",
        "privilege_level cannot be Member",
    ),
    "a level that is offered": Plant(
        "onelogin",
        '      allowed_values = ["member", ',
        '"admin"',
        '"owner"',
        "SYM211",
        "privilege_level cannot be owner",
    ),
    "a group's ARN": Plant(
        "iam",
        "    iam_group = ",
        "aws_iam_group.reader.name",
        "aws_iam_group.reader.arn",
        "SYM211",
        "iam_group is the arn of an aws_iam_group",
    ),
    "a group's path": Plant(
        "iam",
        "    iam_group = ",
        "aws_iam_group.reader.name",
        "aws_iam_group.reader.path",
        "SYM211",
        "iam_group is the path of an aws_iam_group",
    ),
    "a whole group": Plant(
        "iam",
        "    iam_group = ",
        "aws_iam_group.reader.name",
        "aws_iam_group.reader",
        "SYM211",
        "iam_group is a whole aws_iam_group",
    ),
    "a quoted reference": Plant(
        "iam",
        "    iam_group = ",
        "aws_iam_group.reader.name",
        '"aws_iam_group.reader.name"',
        "SYM211",
        "iam_group is a reference in quotes, which is plain text",
    ),
    "a group's ARN as text": Plant(
        "iam",
        "    iam_group = ",
        "aws_iam_group.reader.name",
        '"arn:aws:iam::111122223333:group/sym/log-reader"',
        "SYM211",
        "iam_group is not the name of an IAM group",
        "warning",
    ),
    "the role of a connector": Plant(
        "lambda",
        "    arn = ",
        "aws_lambda_function.archive.arn",
        "module.lambda_connector.settings.role_arn",
        "SYM211",
        "arn is the role's ARN of a Lambda connector",
    ),
    "the name of a function": Plant(
        "lambda",
        "    arn = ",
        "aws_lambda_function.database.arn",
        "aws_lambda_function.database.function_name",
        "SYM211",
        "arn is the function_name of an aws_lambda_function",
    ),
    "an id of a permission set": Plant(
        "sso",
        "    permission_set_arn = ",
        "aws_ssoadmin_permission_set.operator.arn",
        "aws_ssoadmin_permission_set.operator.id",
        "SYM211",
        "permission_set_arn is the id of an aws_ssoadmin_permission_set",
    ),
    "an account id with a digit too few": Plant(
        "sso",
        "    account_id         = ",
        '"111122223333"',
        '"11112222333"',
        "SYM211",
        "account_id is not an AWS account id",
        "warning",
    ),
    "a repository with its organization": Plant(
        "github",
        "    repo_name = ",
        '"website"',
        '"orchard/website"',
        "SYM211",
        "repo_name is not a repository name without its organization",
        "warning",
    ),
    # --- SYM212 ---
    "a permission set of another instance": Plant(
        "sso",
        "    permission_set_arn = ",
        PERMISSION_SET,
        PERMISSION_SET.replace("6508a1b2c3d4e5f6", "65080f0f0f0f0f0f"),
        "SYM212",
        "permission set belongs to another SSO instance than the strategy",
        "warning",
    ),
    "a permission set made in another instance": Plant(
        "sso",
        '  name             = "Operator"\n  instance_arn     = ',
        INSTANCE,
        OTHER_INSTANCE,
        "SYM212",
        "permission set belongs to another SSO instance than the strategy",
        "warning",
    ),
    # --- SYM217 ---
    "an integration that Sym does not have": Plant(
        "github",
        "  type        = ",
        '"slack"',
        '"slakc"',
        "SYM217",
        "slakc is not a known type of integration",
        "warning",
    ),
    "a secrets source that Sym does not have": Plant(
        "iam",
        '"sym_secrets" "main" {\n  type = ',
        '"aws_secrets_manager"',
        '"aws_secretsmanager"',
        "SYM217",
        "aws_secretsmanager is not a known type of secrets source",
        "warning",
    ),
    "a strategy that Sym does not have": Plant(
        "google",
        "  type           = ",
        '"google_group"',
        '"google_groups"',
        "SYM217",
        "google_groups is not a known type of strategy",
        "warning",
    ),
}

CASES = [
    pytest.param(plant, placement, id=f"{name}-{placement}")
    for name, plant in PLANTS.items()
    for placement in plant.placements
]


@pytest.mark.parametrize(("plant", "placement"), CASES)
def test_a_mistake_is_found_at_its_line(tmp_path: Path, plant: Plant, placement: str) -> None:
    check_planted(tmp_path, plant, placement)


CHANGES = {
    "no integration": Change(
        "github",
        "  integration_id = sym_integration.github.id\n",
        "",
        'resource "sym_strategy" "main"',
        "SYM203",
        "github strategy has no integration_id",
    ),
    "no implementation": Change(
        "custom",
        '  implementation = "${path.module}/vpn.py"\n',
        "",
        'resource "sym_strategy" "main"',
        "SYM205",
        "custom strategy has no implementation",
    ),
    "an implementation that is not run": Change(
        "github",
        "  targets        = [sym_target.any.id, sym_target.website.id]\n",
        "  targets        = [sym_target.any.id, sym_target.website.id]\n"
        '  implementation = "${path.module}/github.py"\n',
        "github.py",
        "SYM205",
        "github strategy has an implementation, which is never run",
        "warning",
    ),
    "no instance": Change(
        "sso",
        f"\n  settings = {{\n    instance_arn = {INSTANCE}\n  }}\n",
        "",
        'resource "sym_strategy" "main"',
        "SYM206",
        "aws_sso strategy has no instance_arn",
    ),
    "a mistyped instance": Change(
        "sso",
        f"\n  settings = {{\n    instance_arn = {INSTANCE}\n",
        f"\n  settings = {{\n    instance_anr = {INSTANCE}\n",
        "instance_anr",
        "SYM206",
        "aws_sso strategy has no instance_arn",
    ),
    "no account": Change(
        "sso",
        '    account_id         = "111122223333"\n',
        "",
        "  settings = {",
        "SYM207",
        "aws_sso_permission_set target has no account_id",
        block='resource "sym_target" "operator"',
    ),
    "a mistyped setting": Change(
        "iam",
        "    iam_group = ",
        "    iam_gruop = ",
        "iam_gruop",
        "SYM207",
        "aws_iam_group target has no iam_group",
    ),
    "a setting by another name": Change(
        "iam",
        "    iam_group = ",
        "    group = ",
        "    group = ",
        "SYM207",
        "aws_iam_group target has no iam_group",
    ),
    "no settings": Change(
        "github",
        '\n  settings = {\n    repo_name = "website"\n  }\n',
        "",
        'resource "sym_target" "website"',
        "SYM207",
        "github_repo target has no repo_name",
    ),
    "a null setting": Change(
        "github",
        'repo_name = "website"',
        "repo_name = null",
        "  settings = {",
        "SYM207",
        "github_repo target has no repo_name",
        block='resource "sym_target" "website"',
    ),
    "a mistyped binding": Change(
        "github",
        'field_bindings = ["repo_name"]',
        'field_bindings = ["repo_nmae"]',
        "repo_nmae",
        "SYM207",
        "github_repo target has no repo_name",
    ),
    "no binding": Change(
        "onelogin",
        '  field_bindings = ["privilege_level"]\n',
        "",
        "  settings = {",
        "SYM207",
        "onelogin_role target has no privilege_level",
        block='resource "sym_target" "billing"',
    ),
    "a setting that no repository has": Change(
        "github",
        'repo_name = "website"',
        'repo_name = "website"\n    permission = "push"',
        "permission",
        "SYM208",
        "permission is not a setting of a github_repo target",
        "warning",
    ),
    "a setting that no group has": Change(
        "iam",
        "iam_group = aws_iam_group.reader.name",
        'iam_group = aws_iam_group.reader.name\n    "account_id" = "111122223333"',
        '"account_id"',
        "SYM208",
        "account_id is not a setting of an aws_iam_group target",
        "warning",
    ),
    "a binding that no role has": Change(
        "onelogin",
        'field_bindings = ["privilege_level"]',
        'field_bindings = ["privilege_level", "reason"]',
        '"reason"]',
        "SYM208",
        "reason is not a setting of an onelogin_role target",
        "warning",
    ),
    "a field by another name": Change(
        "github",
        'name     = "repo_name"',
        'name     = "repository_name"',
        "repository_name",
        "SYM209",
        "flow has no prompt field repo_name, which its github_repo target is bound to",
    ),
    "no such field": Change(
        "github",
        '    prompt_field {\n      name     = "repo_name"\n      type     = "string"\n'
        "      prefetch = true\n    }\n",
        "",
        "  params {",
        "SYM209",
        "flow has no prompt field repo_name, which its github_repo target is bound to",
    ),
    "a field of another type": Change(
        "github",
        'name     = "repo_name"\n      type     = "string"',
        'name     = "repo_name"\n      type     = "slack_user"',
        '"slack_user"',
        "SYM209",
        "prompt field repo_name is of type slack_user, the setting bound to it is a text",
    ),
    "a list for a text": Change(
        "onelogin",
        '"privilege_level"\n      type           = "string"',
        '"privilege_level"\n      type           = "str_list"',
        '"str_list"',
        "SYM209",
        "prompt field privilege_level is of type str_list, the setting bound to it is a text",
    ),
    "a value for a bound setting": Change(
        "onelogin",
        'role_id = "7654321"',
        'role_id = "7654321"\n    privilege_level = "admin"',
        'privilege_level = "admin"',
        "SYM210",
        "privilege_level is a setting of the target and bound to a prompt field",
        "warning",
    ),
    "a binding for a value": Change(
        "iam",
        "    iam_group = aws_iam_group.reader.name\n  }\n",
        "    iam_group = aws_iam_group.reader.name\n  }\n  field_bindings = [\n"
        '    "iam_group"\n  ]\n',
        '    "iam_group"',
        "SYM210",
        "iam_group is a setting of the target and bound to a prompt field",
        "warning",
    ),
}


@pytest.mark.parametrize("placement", ["root", "module"])
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_found_at_its_line(tmp_path: Path, name: str, placement: str) -> None:
    check_changed(tmp_path, CHANGES[name], placement)


@pytest.mark.parametrize("base", BASES)
def test_the_bases_are_silent(tmp_path: Path, base: str) -> None:
    root = write(tmp_path, {"main.tf": BASES[base], "versions.tf": VERSIONS, "impl.py": ""})
    assert [(it.code, it.title, it.range.text) for it in findings(root, RULES)] == []
