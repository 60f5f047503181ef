"""SYM311 to SYM313: what permission contexts hold, where they belong, what the runtime may assume."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from support.checking import findings
from support.mistakes import Expression, Mistake, check
from support.service_rules import RULES, check_marked
from support.transcript import compare_transcript, transcripts, transcripts_of_mistakes
from support.writing import FIXTURES, marked, place, write

if TYPE_CHECKING:
    from pathlib import Path

IAM = """
module "iam_connector" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}

resource "sym_integration" "iam" {
  type        = "permission_context"
  name        = "iam"
  external_id = module.iam_connector.settings.account_id
  settings    = module.iam_connector.settings
}
"""
STORE = Expression(
    "okta",
    "    context_id = ",
    "module.runtime_connector.sym_integration.id",
    block='resource "sym_secrets" "this" {',
    inputs={"local.environment_name": "environment_name"},
    outputs={"sym_secrets.this.id": "sym_secrets.this.id"},
)
STRATEGY = Expression(
    "aws_iam",
    "  integration_id = ",
    "sym_integration.iam.id",
    file="flow.tf",
    block='resource "sym_strategy" "iam" {',
    inputs={
        "local.environment_name": "environment_name",
        "sym_target.billing.id": "billing_id",
        "sym_target.log_reader.id": "log_reader_id",
    },
    outputs={"sym_strategy.iam.id": "sym_strategy.iam.id"},
)
MISTAKES = {
    "a connector's context for secrets": STORE.becomes(
        "sym_integration.iam.id",
        "SYM312",
        "secrets source has the permission context of an IAM connector, not of a runtime connector",
        severity="warning",
        extra=IAM,
    ),
    "an integration with Slack for secrets": STORE.becomes(
        "sym_integration.slack.id",
        "SYM312",
        "context_id leads to a slack integration, not to a permission_context",
    ),
    "the runtime's context for a strategy": STRATEGY.becomes(
        "module.runtime_connector.sym_integration.id",
        "SYM312",
        "aws_iam strategy has the permission context of a runtime connector, not of an IAM "
        "connector",
        severity="warning",
    ),
    "another connector's context for a strategy": STRATEGY.becomes(
        "sym_integration.sso.id",
        "SYM312",
        "aws_iam strategy has the permission context of an SSO connector, not of an IAM connector",
        severity="warning",
        extra=IAM.replace("iam", "sso").replace("account_id", "instance_arn"),
    ),
}


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("mistake", "placement"),
    [
        pytest.param(mistake, placement, id=f"{name}-{placement}")
        for name, mistake in MISTAKES.items()
        for placement in mistake.placements
    ],
)
def test_a_mistake_is_found_at_its_line(tmp_path: Path, mistake: Mistake, placement: str) -> None:
    check(tmp_path, mistake, placement, RULES)


RUNTIME = """
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 1.0"
  environment = "main"
}

resource "sym_integration" "runtime" {
  type        = "permission_context"
  name        = "runtime"
  external_id = module.runtime_connector.settings.account_id
  settings    = module.runtime_connector.settings
}

resource "sym_runtime" "this" {
  name       = "main"
  context_id = CONTEXT
}
"""
LAMBDA = """
resource "sym_target" "job" {
  type     = "aws_lambda_function"
  name     = "job"
  settings = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:job" }
}

resource "sym_strategy" "job" {
  type           = "aws_lambda"
  name           = "job"
  integration_id = sym_integration.runtime.id
  targets        = [sym_target.job.id]
}
"""
SILENT_ROLES = {
    "the runtime's context": RUNTIME.replace("CONTEXT", "sym_integration.runtime.id"),
    "the runtime's context for a lambda": RUNTIME.replace("CONTEXT", "sym_integration.runtime.id")
    + LAMBDA,
    "a context that is read": RUNTIME.replace("CONTEXT", "data.sym_integration.x.id")
    + 'data "sym_integration" "x" {\n  type = "permission_context"\n  name = "x"\n}\n',
    "a context that is not known": RUNTIME.replace("CONTEXT", "var.context")
    + 'variable "context" {}\n',
    "a role by hand": RUNTIME.replace("CONTEXT", "sym_integration.hand.id")
    + 'resource "sym_integration" "hand" {\n  type = "permission_context"\n  name = "hand"\n'
    + '  external_id = "123456789012"\n  settings = {\n    cloud = "aws"\n    region = "eu-west-1"\n'
    + '    role_arn = "arn:aws:iam::123456789012:role/Runtime"\n  }\n}\n',
    "a runtime with further policies": RUNTIME.replace(
        "CONTEXT", "sym_integration.runtime.id"
    ).replace('  environment = "main"\n', '  environment = "main"\n  policy_arns = var.policies\n')
    + 'variable "policies" { type = map(string) }\n'
    + LAMBDA.replace('"aws_lambda"', '"aws_iam"').replace("[sym_target.job.id]", "[]"),
}


@pytest.mark.parametrize("name", SILENT_ROLES)
def test_contexts_that_belong_or_are_not_known(tmp_path: Path, name: str) -> None:
    assert findings(write(tmp_path, {"main.tf": SILENT_ROLES[name]}), RULES) == []


def test_the_runtime_with_the_context_of_a_connector(tmp_path: Path) -> None:
    text = RUNTIME.replace("CONTEXT", "sym_integration.iam.id # here") + IAM.replace(
        "sym_runtime_connector_role.arn", "settings.role_arn"
    )
    check_marked(
        tmp_path,
        {"main.tf": text},
        (
            "SYM312",
            "warning",
            "runtime has the permission context of an IAM connector, not of a runtime connector",
        ),
    )


def context(settings: str) -> str:
    return (
        'resource "sym_integration" "hand" {\n  type = "permission_context"\n  name = "hand"\n'
        f'  external_id = "123456789012"\n  settings = {settings}\n}}\n'
    )


ROLE = 'resource "aws_iam_role" "r" {\n  name = "r"\n  assume_role_policy = "{}"\n}\n'
ARN = '"arn:aws:iam::123456789012:role/sym/R"'
SETTINGS_FOUND = {
    "no region": (
        context(f'{{ # here\n    cloud = "aws"\n    role_arn = {ARN}\n  }}'),
        "permission context has no region",
        "error",
    ),
    "a mistyped role_arn": (
        context(
            f'{{\n    cloud = "aws"\n    region = "eu-west-1"\n    role_am = {ARN} # here\n  }}'
        ),
        "permission context has no role_arn",
        "error",
    ),
    "another cloud": (
        context(
            f'{{\n    cloud = "gcp" # here\n    region = "eu-west-1"\n    role_arn = {ARN}\n  }}'
        ),
        "cloud is not aws",
        "error",
    ),
    "another cloud through a local": (
        context(f'{{\n    cloud = local.c\n    region = "eu-west-1"\n    role_arn = {ARN}\n  }}')
        + 'locals {\n  c = "AWS" # here\n}\n',
        "cloud is not aws",
        "error",
    ),
    "the name of a role": (
        context(
            '{\n    cloud = "aws"\n    region = "eu-west-1"\n    role_arn = aws_iam_role.r.name # here\n  }'
        )
        + ROLE,
        "role_arn is the name of an aws_iam_role",
        "error",
    ),
    "a text that is no ARN": (
        context(
            '{\n    cloud = "aws"\n    region = "eu-west-1"\n    role_arn = "SymIAM" # here\n  }'
        ),
        "role_arn is not the ARN of an IAM role",
        "error",
    ),
    "an account of another form": (
        context(
            f'{{\n    cloud = "aws"\n    region = "eu-west-1"\n    role_arn = {ARN}\n'
            '    account_id = "main" # here\n  }'
        ).replace('external_id = "123456789012"', "external_id = var.account")
        + 'variable "account" {}\n',
        "account_id is not an AWS account id",
        "warning",
    ),
    "settings of a local": (
        context("local.s") + f"locals {{\n  s = {{ # here\n    role_arn = {ARN}\n"
        '    cloud    = "aws"\n  }\n}\n',
        "permission context has no region",
        "error",
    ),
}


@pytest.mark.parametrize("name", SETTINGS_FOUND)
def test_settings_that_are_written_out(tmp_path: Path, name: str) -> None:
    text, title, severity = SETTINGS_FOUND[name]
    check_marked(tmp_path, {"main.tf": text}, ("SYM311", severity, title))


SETTINGS_SILENT = {
    "all": context(f'{{\n    cloud = "aws"\n    region = "eu-west-1"\n    role_arn = {ARN}\n  }}'),
    "a role's ARN": ROLE
    + context(
        '{\n    cloud = "aws"\n    region = "eu-west-1"\n    role_arn = aws_iam_role.r.arn\n  }'
    ),
    "further settings": context(
        f'{{\n    cloud = "aws"\n    region = "eu-west-1"\n    role_arn = {ARN}\n    note = "y"\n  }}'
    ),
    "an addition to a module's": context(
        'merge(module.rc.sym_integration.settings, { region = "eu-west-1" })'
    )
    + 'module "rc" {\n  source = "symopsio/runtime-connector/aws"\n  version = "~> 2.0"\n'
    '  environment = "main"\n}\n',
    "not known": context("var.settings") + 'variable "settings" { type = map(string) }\n',
}


@pytest.mark.parametrize("name", SETTINGS_SILENT)
def test_settings_that_are_right_or_not_known(tmp_path: Path, name: str) -> None:
    found = findings(write(tmp_path, {"main.tf": SETTINGS_SILENT[name]}), RULES)
    assert [(it.code, it.title) for it in found] == []


def test_a_setting_of_a_tenant_in_a_variable_file(tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(FIXTURES / "multi_tenant", root)
    path = root / "terraform.tfvars"
    lines = path.read_text(encoding="utf-8").splitlines()
    index = next(i for i, line in enumerate(lines) if "role/sym/" in line)
    lines[index] = lines[index].replace("role/sym/", "role/access/") + " # here"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = findings(root, RULES)
    assert [(it.code, it.severity) for it in found] == [("SYM313", "warning")]
    assert place(root, found[0]) == marked(root)


FLOW = """
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}

resource "sym_strategy" "iam" {
  type           = "aws_iam"
  name           = "iam"
  integration_id = sym_integration.hand.id
  targets        = []
}

resource "sym_environment" "this" {
  name       = "main"
  runtime_id = module.runtime_connector.sym_runtime.id
}

resource "sym_flow" "iam" {
  name           = "iam"
  implementation = file("impl.py")
  environment_id = sym_environment.this.id

  params {
    strategy_id = sym_strategy.iam.id
  }
}
"""
IN_SDK = FLOW.replace(
    "  runtime_id = module",
    "  integrations = { aws_lambda_id = sym_integration.hand.id }\n  runtime_id = module",
).replace("    strategy_id = sym_strategy.iam.id\n", "")


def _hand(role: str) -> str:
    return context(f'{{\n    cloud = "aws"\n    region = "eu-west-1"\n    role_arn = {role}\n  }}')


OUTSIDE = '"arn:aws:iam::123456789012:role/R"'
PATHS_FOUND = {
    "a literal": FLOW + _hand(OUTSIDE + " # here"),
    "a path that only looks like it": FLOW
    + _hand('"arn:aws:iam::123456789012:role/symbol/R" # here'),
    "through a local": FLOW + _hand("local.arn") + f"locals {{\n  arn = {OUTSIDE} # here\n}}\n",
    "a variable's default": FLOW
    + _hand("var.arn")
    + f'variable "arn" {{\n  default = {OUTSIDE} # here\n}}\n',
    "a role without a path": FLOW
    + _hand("aws_iam_role.r.arn")
    + ROLE.replace('"r" {', '"r" { # here'),
    "a role with another path": FLOW
    + _hand("aws_iam_role.r.arn")
    + ROLE.replace('  name = "r"\n', '  name = "r"\n  path = "/access/" # here\n'),
    "an integration of the environment": IN_SDK + _hand(OUTSIDE + " # here"),
}


@pytest.mark.parametrize("name", PATHS_FOUND)
def test_roles_that_the_runtime_may_not_assume(tmp_path: Path, name: str) -> None:
    title = "the role of this permission context is not under /sym/"
    check_marked(tmp_path, {"main.tf": PATHS_FOUND[name]}, ("SYM313", "warning", title))


PATHS_SILENT = {
    "below the path": FLOW + _hand(ARN),
    "another partition": FLOW + _hand('"arn:aws-us-gov:iam::123456789012:role/sym/deep/R"'),
    "a role with the path": FLOW
    + _hand("aws_iam_role.r.arn")
    + ROLE.replace('  name = "r"\n', '  name = "r"\n  path = "/sym/deep/"\n'),
    "a role with a path that is not known": FLOW
    + _hand("aws_iam_role.r.arn")
    + ROLE.replace('  name = "r"\n', '  name = "r"\n  path = var.path\n')
    + 'variable "path" {}\n',
    "a role that is read": FLOW
    + _hand("data.aws_iam_role.r.arn")
    + 'data "aws_iam_role" "r" {\n  name = "r"\n}\n',
    "a runtime with further policies": FLOW
    + _hand(OUTSIDE)
    + 'resource "aws_iam_role_policy" "more" {\n  policy = var.policy\n'
    + "  role = module.runtime_connector.sym_runtime_connector_role.name\n}\n"
    + 'variable "policy" {}\n',
    "a runtime by hand": FLOW.replace("module.runtime_connector.sym_runtime.id", "var.runtime")
    + 'variable "runtime" {}\n'
    + _hand(OUTSIDE),
    "the runtime's own context": FLOW.replace("sym_integration.hand.id", "var.integration")
    + 'variable "integration" {}\n'
    + 'resource "sym_runtime" "x" {\n  name = "x"\n  context_id = sym_integration.hand.id\n}\n'
    + _hand(OUTSIDE),
}


@pytest.mark.parametrize("name", PATHS_SILENT)
def test_roles_that_the_runtime_may_assume(tmp_path: Path, name: str) -> None:
    found = findings(write(tmp_path, {"main.tf": PATHS_SILENT[name]}), RULES)
    assert [(it.code, it.title) for it in found] == []


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    compare_transcript(
        __file__,
        transcripts_of_mistakes(tmp_path / "mistakes", MISTAKES),
        transcripts(tmp_path / "roles", SILENT_ROLES, *RULES),
        transcripts(
            tmp_path / "wrong", {name: it[0] for name, it in SETTINGS_FOUND.items()}, *RULES
        ),
        transcripts(tmp_path / "right", SETTINGS_SILENT, *RULES),
        transcripts(tmp_path / "paths", PATHS_FOUND, *RULES),
        transcripts(tmp_path / "silent", PATHS_SILENT, *RULES),
    )
