"""Strategies, targets and their settings: correct configurations with one mistake planted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import STRATEGY_RULES, findings
from support.mistakes import REFERENCE, Mistake, check
from support.transcript import compare_transcript, transcripts_of_mistakes
from support.writing import base, write

if TYPE_CHECKING:
    from pathlib import Path

INSTANCE = '"arn:aws:sso:::instance/ssoins-6508a1b2c3d4e5f6"'
OTHER_INSTANCE = '"arn:aws:sso:::instance/ssoins-65080f0f0f0f0f0f"'
STRATEGY_INSTANCE = "\n\n  settings = {\n    instance_arn = "
PERMISSION_SET = '"arn:aws:sso:::permissionSet/ssoins-6508a1b2c3d4e5f6/ps-0f1e2d3c4b5a6978"'

MISTAKES = {
    # --- SYM202 ---
    "slack for onelogin": Mistake.of(
        "onelogin",
        "  integration_id = ",
        "sym_integration.onelogin.id",
        "sym_integration.slack.id",
        "SYM202",
        "onelogin strategy cannot use a slack integration",
    ),
    "slack for github": Mistake.of(
        "github",
        "  integration_id = ",
        "sym_integration.github.id",
        "sym_integration.slack.id",
        "SYM202",
        "github strategy cannot use a slack integration",
    ),
    "slack for a connector": Mistake.of(
        "iam",
        "  integration_id = ",
        "sym_integration.iam.id",
        "sym_integration.slack.id",
        "SYM202",
        "aws_iam strategy cannot use a slack integration",
    ),
    "slack for a module's integration": Mistake.of(
        "google",
        "  integration_id = ",
        "module.gcp_connector.sym_integration.id",
        "sym_integration.slack.id",
        "SYM202",
        "google_group strategy cannot use a slack integration",
    ),
    "an integration of another type": Mistake.of(
        "onelogin",
        "  type        = ",
        '"onelogin"',
        '"okta"',
        "SYM202",
        "onelogin strategy cannot use an okta integration",
    ),
    "an integration of an unknown type": Mistake.of(
        "github",
        "  type        = ",
        '"github"',
        '"git_hub"',
        "SYM202",
        "github strategy cannot use a git_hub integration",
    ),
    "a context of another type": Mistake.of(
        "iam",
        "  type        = ",
        '"permission_context"',
        '"slack"',
        "SYM202",
        "aws_iam strategy cannot use a slack integration",
    ),
    # --- SYM203 ---
    "an empty integration": Mistake.of(
        "github",
        "  integration_id = ",
        "sym_integration.github.id",
        '""',
        "SYM203",
        "github strategy has no integration_id",
    ),
    "a null integration": Mistake.of(
        "custom",
        "  integration_id = ",
        "sym_integration.vpn.id",
        "null",
        "SYM203",
        "custom strategy has no integration_id",
    ),
    # --- SYM204 ---
    "the same target twice": Mistake.of(
        "onelogin",
        "    sym_target.support.id,\n    ",
        "sym_target.billing.id",
        "sym_target.support.id",
        "SYM204",
        "sym_target.support is listed twice in targets",
        "warning",
    ),
    "no targets": Mistake.of(
        "iam",
        "  targets        = ",
        "[sym_target.reader.id]",
        "[]",
        "SYM204",
        "targets is empty",
        "warning",
        placed=REFERENCE,  # an empty default says that the value is given elsewhere
    ),
    # --- SYM205 ---
    "an empty implementation": Mistake.of(
        "custom",
        "  implementation = ",
        '"${path.module}/vpn.py"',
        '""',
        "SYM205",
        "custom strategy has no implementation",
    ),
    "a null implementation": Mistake.of(
        "custom",
        "  implementation = ",
        '"${path.module}/vpn.py"',
        "null",
        "SYM205",
        "custom strategy has no implementation",
    ),
    # --- SYM206 ---
    "another SSO instance": Mistake.of(
        "sso",
        STRATEGY_INSTANCE,
        INSTANCE,
        OTHER_INSTANCE,
        "SYM206",
        "instance_arn is not the SSO instance of the strategy's integration",
        "warning",
    ),
    "no ARN of an instance": Mistake.of(
        "sso",
        STRATEGY_INSTANCE,
        INSTANCE,
        '"ssoins-6508a1b2c3d4e5f6"',
        "SYM206",
        "instance_arn is not the ARN of an SSO instance",
        "warning",
    ),
    "the ARN of a permission set": Mistake.of(
        "sso",
        STRATEGY_INSTANCE,
        INSTANCE,
        PERMISSION_SET,
        "SYM206",
        "instance_arn is not the ARN of an SSO instance",
        "warning",
    ),
    # --- SYM211 ---
    "a level that is none": Mistake.of(
        "onelogin",
        "    privilege_level = ",
        '"member"',
        '"owner"',
        "SYM211",
        "privilege_level cannot be owner",
    ),
    "a mistyped level": Mistake.of(
        "onelogin",
        "    privilege_level = ",
        '"member"',
        '"Member"',
        "SYM211",
        "privilege_level cannot be Member",
    ),
    "a level that is offered": Mistake.of(
        "onelogin",
        '      allowed_values = ["member", ',
        '"admin"',
        '"owner"',
        "SYM211",
        "privilege_level cannot be owner",
    ),
    "a group's ARN": Mistake.of(
        "iam",
        "    iam_group = ",
        "aws_iam_group.reader.name",
        "aws_iam_group.reader.arn",
        "SYM211",
        "iam_group is the arn of an aws_iam_group",
    ),
    "a group's path": Mistake.of(
        "iam",
        "    iam_group = ",
        "aws_iam_group.reader.name",
        "aws_iam_group.reader.path",
        "SYM211",
        "iam_group is the path of an aws_iam_group",
    ),
    "a whole group": Mistake.of(
        "iam",
        "    iam_group = ",
        "aws_iam_group.reader.name",
        "aws_iam_group.reader",
        "SYM211",
        "iam_group is a whole aws_iam_group",
    ),
    "a quoted reference": Mistake.of(
        "iam",
        "    iam_group = ",
        "aws_iam_group.reader.name",
        '"aws_iam_group.reader.name"',
        "SYM211",
        "iam_group is a reference in quotes, which is a plain string",
    ),
    "a group's ARN as text": Mistake.of(
        "iam",
        "    iam_group = ",
        "aws_iam_group.reader.name",
        '"arn:aws:iam::111122223333:group/sym/log-reader"',
        "SYM211",
        "iam_group is not the name of an IAM group",
        "warning",
    ),
    "the role of a connector": Mistake.of(
        "lambda",
        "    arn = ",
        "aws_lambda_function.archive.arn",
        "module.lambda_connector.settings.role_arn",
        "SYM211",
        "arn is the role's ARN of a Lambda connector",
    ),
    "the name of a function": Mistake.of(
        "lambda",
        "    arn = ",
        "aws_lambda_function.database.arn",
        "aws_lambda_function.database.function_name",
        "SYM211",
        "arn is the function_name of an aws_lambda_function",
    ),
    "an id of a permission set": Mistake.of(
        "sso",
        "    permission_set_arn = ",
        "aws_ssoadmin_permission_set.operator.arn",
        "aws_ssoadmin_permission_set.operator.id",
        "SYM211",
        "permission_set_arn is the id of an aws_ssoadmin_permission_set",
    ),
    "an account id with a digit too few": Mistake.of(
        "sso",
        "    account_id         = ",
        '"111122223333"',
        '"11112222333"',
        "SYM211",
        "account_id is not an AWS account id",
        "warning",
    ),
    "a repository with its organization": Mistake.of(
        "github",
        "    repo_name = ",
        '"website"',
        '"orchard/website"',
        "SYM211",
        "repo_name is not a repository name without its organization",
        "warning",
    ),
    # --- SYM212 ---
    "a permission set of another instance": Mistake.of(
        "sso",
        "    permission_set_arn = ",
        PERMISSION_SET,
        PERMISSION_SET.replace("6508a1b2c3d4e5f6", "65080f0f0f0f0f0f"),
        "SYM212",
        "permission set belongs to another SSO instance than the strategy",
        "warning",
    ),
    "a permission set made in another instance": Mistake.of(
        "sso",
        '  name             = "Operator"\n  instance_arn     = ',
        INSTANCE,
        OTHER_INSTANCE,
        "SYM212",
        "permission set belongs to another SSO instance than the strategy",
        "warning",
    ),
    # --- SYM217 ---
    "an integration that Sym does not have": Mistake.of(
        "github",
        "  type        = ",
        '"slack"',
        '"slakc"',
        "SYM217",
        "slakc is not a known type of integration",
        "warning",
    ),
    "a secrets source that Sym does not have": Mistake.of(
        "iam",
        '"sym_secrets" "main" {\n  type = ',
        '"aws_secrets_manager"',
        '"aws_secretsmanager"',
        "SYM217",
        "aws_secretsmanager is not a known type of secrets source",
        "warning",
    ),
    "a strategy that Sym does not have": Mistake.of(
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
    pytest.param(mistake, placement, id=f"{name}-{placement}")
    for name, mistake in MISTAKES.items()
    for placement in mistake.placements
]


@pytest.mark.no_cover
@pytest.mark.parametrize(("mistake", "placement"), CASES)
def test_a_mistake_is_found_at_its_line(tmp_path: Path, mistake: Mistake, placement: str) -> None:
    check(tmp_path, mistake, placement, STRATEGY_RULES)


CHANGES = {
    "no integration": Mistake.of(
        "github",
        "",
        "  integration_id = sym_integration.github.id\n",
        "",
        "SYM203",
        "github strategy has no integration_id",
        at='resource "sym_strategy" "main"',
    ),
    "no implementation": Mistake.of(
        "custom",
        "",
        '  implementation = "${path.module}/vpn.py"\n',
        "",
        "SYM205",
        "custom strategy has no implementation",
        at='resource "sym_strategy" "main"',
    ),
    "an implementation that is not run": Mistake.of(
        "github",
        "",
        "  targets        = [sym_target.any.id, sym_target.website.id]\n",
        "  targets        = [sym_target.any.id, sym_target.website.id]\n"
        '  implementation = "${path.module}/github.py"\n',
        "SYM205",
        "github strategy has an implementation, which Sym never runs",
        severity="warning",
        at="github.py",
    ),
    "no instance": Mistake.of(
        "sso",
        "",
        f"\n  settings = {{\n    instance_arn = {INSTANCE}\n  }}\n",
        "",
        "SYM206",
        "aws_sso strategy has no instance_arn",
        at='resource "sym_strategy" "main"',
    ),
    "a mistyped instance": Mistake.of(
        "sso",
        "",
        f"\n  settings = {{\n    instance_arn = {INSTANCE}\n",
        f"\n  settings = {{\n    instance_anr = {INSTANCE}\n",
        "SYM206",
        "aws_sso strategy has no instance_arn",
        at="instance_anr",
    ),
    "no account": Mistake.of(
        "sso",
        "",
        '    account_id         = "111122223333"\n',
        "",
        "SYM207",
        "aws_sso_permission_set target has no account_id",
        at="  settings = {",
        after='resource "sym_target" "operator"',
    ),
    "a mistyped setting": Mistake.of(
        "iam",
        "",
        "    iam_group = ",
        "    iam_gruop = ",
        "SYM207",
        "aws_iam_group target has no iam_group",
        at="iam_gruop",
    ),
    "a setting by another name": Mistake.of(
        "iam",
        "",
        "    iam_group = ",
        "    group = ",
        "SYM207",
        "aws_iam_group target has no iam_group",
        at="    group = ",
    ),
    "no settings": Mistake.of(
        "github",
        "",
        '\n  settings = {\n    repo_name = "website"\n  }\n',
        "",
        "SYM207",
        "github_repo target has no repo_name",
        at='resource "sym_target" "website"',
    ),
    "a null setting": Mistake.of(
        "github",
        "",
        'repo_name = "website"',
        "repo_name = null",
        "SYM207",
        "github_repo target has no repo_name",
        at="  settings = {",
        after='resource "sym_target" "website"',
    ),
    "a mistyped binding": Mistake.of(
        "github",
        "",
        'field_bindings = ["repo_name"]',
        'field_bindings = ["repo_nmae"]',
        "SYM207",
        "github_repo target has no repo_name",
        at="repo_nmae",
    ),
    "no binding": Mistake.of(
        "onelogin",
        "",
        '  field_bindings = ["privilege_level"]\n',
        "",
        "SYM207",
        "onelogin_role target has no privilege_level",
        at="  settings = {",
        after='resource "sym_target" "billing"',
    ),
    "a setting that no repository has": Mistake.of(
        "github",
        "",
        'repo_name = "website"',
        'repo_name = "website"\n    permission = "push"',
        "SYM208",
        "permission is not a setting of a github_repo target",
        severity="warning",
        at="permission",
    ),
    "a setting that no group has": Mistake.of(
        "iam",
        "",
        "iam_group = aws_iam_group.reader.name",
        'iam_group = aws_iam_group.reader.name\n    "account_id" = "111122223333"',
        "SYM208",
        "account_id is not a setting of an aws_iam_group target",
        severity="warning",
        at='"account_id"',
    ),
    "a binding that no role has": Mistake.of(
        "onelogin",
        "",
        'field_bindings = ["privilege_level"]',
        'field_bindings = ["privilege_level", "reason"]',
        "SYM208",
        "reason is not a setting of an onelogin_role target",
        severity="warning",
        at='"reason"]',
    ),
    "a field by another name": Mistake.of(
        "github",
        "",
        'name     = "repo_name"',
        'name     = "repository_name"',
        "SYM209",
        "flow has no prompt field repo_name, which its github_repo target is bound to",
        at="repository_name",
    ),
    "no such field": Mistake.of(
        "github",
        "",
        '    prompt_field {\n      name     = "repo_name"\n      type     = "string"\n'
        "      prefetch = true\n    }\n",
        "",
        "SYM209",
        "flow has no prompt field repo_name, which its github_repo target is bound to",
        at="  params {",
    ),
    "a field of another type": Mistake.of(
        "github",
        "",
        'name     = "repo_name"\n      type     = "string"',
        'name     = "repo_name"\n      type     = "slack_user"',
        "SYM209",
        "prompt field repo_name is of type slack_user, but the setting bound to it is a string",
        at='"slack_user"',
    ),
    "a list for a text": Mistake.of(
        "onelogin",
        "",
        '"privilege_level"\n      type           = "string"',
        '"privilege_level"\n      type           = "str_list"',
        "SYM209",
        "prompt field privilege_level is of type str_list, but the setting bound to it is a string",
        at='"str_list"',
    ),
    "a value for a bound setting": Mistake.of(
        "onelogin",
        "",
        'role_id = "7654321"',
        'role_id = "7654321"\n    privilege_level = "admin"',
        "SYM210",
        "privilege_level is a setting of the target and bound to a prompt field",
        severity="warning",
        at='privilege_level = "admin"',
    ),
    "a binding for a value": Mistake.of(
        "iam",
        "",
        "    iam_group = aws_iam_group.reader.name\n  }\n",
        "    iam_group = aws_iam_group.reader.name\n  }\n  field_bindings = [\n"
        '    "iam_group"\n  ]\n',
        "SYM210",
        "iam_group is a setting of the target and bound to a prompt field",
        severity="warning",
        at='    "iam_group"',
    ),
}


@pytest.mark.parametrize("placement", ["root", "module"])
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_found_at_its_line(tmp_path: Path, name: str, placement: str) -> None:
    check(tmp_path, CHANGES[name], placement, STRATEGY_RULES)


@pytest.mark.parametrize(
    "name", ["custom", "functions", "github", "google", "iam", "lambda", "onelogin", "sso"]
)
def test_the_bases_are_silent(tmp_path: Path, name: str) -> None:
    root = write(tmp_path, base(name))
    assert [(it.code, it.title, it.range.text) for it in findings(root, STRATEGY_RULES)] == []


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    compare_transcript(__file__, transcripts_of_mistakes(tmp_path, MISTAKES | CHANGES))
