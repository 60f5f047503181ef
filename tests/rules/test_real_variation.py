"""The ways in which real configurations write the same thing, and whether the core rules see them.

Each pattern is a correct configuration. What a rule sees through is *decided*: it is asked, holds,
and finds the one wrong text that each mistake puts in. What cannot be known stays undecided, with
its reason.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import pytest
from support.checking import configuration
from support.transcript import compare_transcript, transcripts
from support.writing import write

from symlint.lint.finding import PASSED, Finding, Undecided
from symlint.rules.connectors.environment import ConnectorEnvironment
from symlint.rules.connectors.external_id_source import ExternalIdSource
from symlint.rules.connectors.runtime_role_arns import RuntimeRoleArns
from symlint.rules.flows.strategy import FlowStrategy
from symlint.rules.strategies.target_type import StrategyTargetType

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from symlint.lint.finding import Outcome
    from symlint.lint.rule import Rule

RULES: dict[str, type[Rule]] = {
    rule.code: rule
    for rule in (
        StrategyTargetType,
        ConnectorEnvironment,
        ExternalIdSource,
        RuntimeRoleArns,
        FlowStrategy,
    )
}
SYM201, SYM301, SYM302, SYM303, SYM401 = "SYM201", "SYM301", "SYM302", "SYM303", "SYM401"


class Change(NamedTuple):
    """``old``, which is in the files once, becomes ``new``, and the rule says so."""

    code: str
    old: str
    new: str


class Pattern(NamedTuple):
    """A way of writing; ``undecided`` has the reason by code, of what cannot be known."""

    files: str
    mistakes: tuple[Change, ...] = ()
    undecided: Mapping[str, str] = MappingProxyType({})


FLOW = """
variable "targets" {
  type = list(object({ label = string, group_name = string }))
}
resource "sym_target" "targets" {
  for_each = { for target in var.targets : target["group_name"] => target["label"] }
  type     = "aws_iam_group"
  name     = "iam-${each.key}"
  label    = each.value
  settings = { iam_group = each.key }
}
resource "sym_strategy" "this" {
  type    = "aws_iam"
  name    = "iam"
  targets = [for t in var.targets : sym_target.targets[t["group_name"]].id]
}
resource "sym_flow" "this" {
  name   = "iam"
  params = { strategy_id = sym_strategy.this.id }
}
"""
FLOW_MISTAKES = (
    Change(SYM201, '"aws_iam_group"', '"okta_group"'),
    Change(SYM201, "]].id]", "]].name]"),
    Change(SYM401, "sym_strategy.this.id", "sym_strategy.this.name"),
)
RUNTIME = """
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
"""
CONNECTOR = """
module "iam_connector" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
"""
CONTEXT = """
resource "sym_integration" "context" {
  type        = "permission_context"
  name        = "context"
  external_id = module.iam_connector.settings.account_id
  settings    = module.iam_connector.settings
}
"""
CONNECTOR_MISTAKES = (
    Change(
        SYM301, '"~> 2.0"\n  environment       = "main"', '"~> 2.0"\n  environment       = "prod"'
    ),
    Change(SYM302, "settings.account_id", "settings.external_id"),
)

PATTERNS: dict[str, Pattern] = {
    "targets from for_each over a variable file": Pattern(
        'module "flow" {\n  source  = "./flow"\n  targets = var.targets\n}\nvariable "targets" {}\n'
        "--- terraform.tfvars\n"
        'targets = [{ label = "Ops", group_name = "ops" }, { label = "Dev", group_name = "dev" }]\n'
        f"--- flow/main.tf\n{FLOW}",
        FLOW_MISTAKES,
    ),
    "targets from for_each over a variable without a value": Pattern(
        'module "flow" {\n  source  = "./flow"\n  targets = var.targets\n}\nvariable "targets" {}\n'
        f"--- flow/main.tf\n{FLOW}",
        FLOW_MISTAKES,
    ),
    "targets of all instances": Pattern(
        """
locals { groups = { support = "00g1", oncall = "00g2" } }
resource "sym_target" "targets" {
  for_each = local.groups
  type     = "okta_group"
  name     = each.key
  settings = { group_id = each.value }
}
resource "sym_strategy" "okta" {
  type    = "okta"
  targets = [for t in sym_target.targets : t.id]
}
resource "sym_flow" "okta" {
  params { strategy_id = sym_strategy.okta.id }
}
""",
        (
            Change(SYM201, '"okta_group"', '"aws_iam_group"'),
            Change(SYM201, ": t.id]", ": t.name]"),
            Change(SYM201, ": t.id]", ": t]"),
            Change(SYM401, "strategy_id = sym_strategy.okta.id", 'strategy_id = "sym_strategy.okta.id"'),
        ),
    ),
    "for_each over an inline for, keys made with format": Pattern(
        """
variable "databases" {
  default = [{ name = "orders", type = "aws_lambda_function" }, { name = "users", type = "aws_lambda_function" }]
}
resource "sym_target" "db" {
  for_each = { for d in var.databases : format("%s-%s", d["name"], "ro") => d }
  type     = each.value["type"]
  name     = each.key
}
resource "sym_strategy" "db" {
  type    = "aws_lambda"
  targets = values(sym_target.db)[*].id
}
""",
        (
            Change(SYM201, 'name = "users", type = "aws_lambda_function"', 'name = "users", type = "okta_group"'),
            Change(SYM201, "[*].id", "[*].name"),
        ),
    ),
    "the type of the targets from a variable without a value": Pattern(
        """
variable "databases" { type = map(object({ type = string })) }
resource "sym_target" "db" {
  for_each = var.databases
  type     = each.value.type
  name     = each.key
}
resource "sym_strategy" "db" {
  type    = "aws_lambda"
  targets = [for t in sym_target.db : t.id]
}
""",
        (Change(SYM201, ": t.id]", ": t.name]"),),
        {SYM201: "the type of the target is not known"},
    ),
    "ids as variables of a module": Pattern(
        """
resource "sym_environment" "this" { name = "main" }
resource "sym_target" "one" {
  type = "aws_iam_group"
  name = "one"
}
resource "sym_strategy" "iam" {
  type    = "aws_iam"
  name    = "iam"
  targets = [sym_target.one.id]
}
module "flow" {
  source          = "./flow"
  sym_environment = sym_environment.this
  strategy        = { id = sym_strategy.iam.id, name = "iam" }
}
--- flow/main.tf
variable "sym_environment" { type = object({ id = string, name = string }) }
variable "strategy" { type = object({ id = string, name = string }) }
resource "sym_flow" "this" {
  environment_id = var.sym_environment.id
  params { strategy_id = var.strategy.id }
}
""",
        (
            Change(SYM401, "var.strategy.id", "var.strategy.name"),
            Change(SYM401, "id = sym_strategy.iam.id", "id = sym_target.one.id"),
        ),
    ),
    "whole resources as outputs": Pattern(
        """
module "strategies" { source = "./strategies" }
resource "sym_flow" "this" {
  params { strategy_id = module.strategies.iam.id }
}
resource "sym_strategy" "other" {
  type    = "aws_iam"
  targets = [module.strategies.target.id]
}
--- strategies/main.tf
resource "sym_target" "one" {
  type = "aws_iam_group"
  name = "one"
}
resource "sym_strategy" "iam" {
  type    = "aws_iam"
  name    = "iam"
  targets = [sym_target.one.id]
}
output "iam" { value = sym_strategy.iam }
output "target" { value = sym_target.one }
""",
        (
            Change(SYM201, '"aws_iam_group"', '"okta_group"'),
            Change(SYM201, "module.strategies.target.id", "module.strategies.iam.id"),
            Change(SYM401, "strategy_id = module.strategies.iam.id", "strategy_id = module.strategies.iam"),
            Change(SYM401, "strategy_id = module.strategies.iam.id", "strategy_id = module.strategies.iam.name"),
        ),
    ),
    "settings through two modules": Pattern(
        """
module "runtime" { source = "./runtime" }
module "flow" {
  source           = "./flow"
  runtime_settings = module.runtime.runtime_settings
}
--- runtime/main.tf
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 1.0"
  environment = "main"
}
resource "sym_integration" "runtime_context" {
  type        = "permission_context"
  name        = "runtime"
  external_id = module.runtime_connector.settings.account_id
  settings    = module.runtime_connector.settings
}
output "runtime_settings" { value = sym_integration.runtime_context.settings }
--- flow/main.tf
variable "runtime_settings" { type = object({ role_arn = string }) }
module "iam_connector" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 1.0"
  environment       = "main"
  runtime_role_arns = [var.runtime_settings.role_arn]
}
resource "sym_integration" "context" {
  type        = "permission_context"
  name        = "context"
  external_id = module.iam_connector.settings["account_id"]
  settings    = module.iam_connector.settings
}
""",
        (
            Change(SYM301, '"~> 1.0"\n  environment       = "main"', '"~> 1.0"\n  environment       = "prod"'),
            Change(SYM302, 'settings["account_id"]', 'settings["external_id"]'),
            Change(SYM302, "module.runtime_connector.settings.account_id", '"123456789012"'),
        ),
    ),
    "a module's output passed on as a whole": Pattern(
        RUNTIME
        + """
module "tenant" {
  source       = "./tenant"
  runtime_role = module.runtime_connector.sym_runtime_connector_role
}
--- tenant/main.tf
variable "runtime_role" { type = object({ arn = string, name = string }) }
"""
        + CONNECTOR.replace("module.runtime_connector.sym_runtime_connector_role", "var.runtime_role")
        + CONTEXT,
        (*CONNECTOR_MISTAKES, Change(SYM303, "var.runtime_role.arn", "var.runtime_role.name")),
    ),
    "a module for each tenant": Pattern(
        RUNTIME
        + """
variable "tenants" {
  default = { apple = { account = "1" }, pear = { account = "2" } }
}
module "access" {
  source    = "./tenant"
  for_each  = var.tenants
  tenant    = each.key
  role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
resource "sym_flow" "apple" {
  params { strategy_id = module.access["apple"].strategy_id }
}
--- tenant/main.tf
variable "tenant" {}
variable "role_arns" {}
module "iam_connector" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = var.role_arns
}
"""
        + CONTEXT
        + """
resource "sym_target" "one" {
  type = "aws_iam_group"
  name = var.tenant
}
resource "sym_strategy" "iam" {
  type           = "aws_iam"
  name           = var.tenant
  integration_id = sym_integration.context.id
  targets        = [sym_target.one.id]
}
output "strategy_id" { value = sym_strategy.iam.id }
""",
        (
            Change(SYM201, '"aws_iam_group"', '"okta_group"'),
            Change(SYM302, "settings.account_id", "settings.external_id"),
            Change(SYM401, "value = sym_strategy.iam.id", "value = sym_strategy.iam.name"),
        ),
    ),
    "settings of a tenant typed in a variable file": Pattern(
        """
variable "settings" { type = object({ instance_arn = string, role_arn = string }) }
resource "sym_integration" "sso" {
  type        = "permission_context"
  external_id = var.settings.instance_arn
  settings    = var.settings
}
--- terraform.tfvars
settings = { instance_arn = "arn:aws:sso:::instance/ssoins-aaaaaaaaaaaaaaaa", role_arn = "arn:aws:iam::111122223333:role/sym/A" }
""",
        (Change(SYM302, "= var.settings.instance_arn", "= var.settings.role_arn"),),
    ),
    "settings by index and by attribute": Pattern(
        RUNTIME + CONNECTOR + CONTEXT.replace(".account_id", '["account_id"]'),
        (
            CONNECTOR_MISTAKES[0],
            Change(SYM302, '["account_id"]', '["role_arn"]'),
            Change(SYM302, '["account_id"]', '["acount_id"]'),
        ),
    ),
    "data sources for the integration": Pattern(
        """
data "sym_integration" "aws" { name = "main" }
resource "sym_target" "one" {
  type = "aws_iam_group"
  name = "one"
}
resource "sym_strategy" "iam" {
  type           = "aws_iam"
  integration_id = data.sym_integration.aws.id
  targets        = [sym_target.one.id]
}
resource "sym_flow" "iam" {
  params { strategy_id = sym_strategy.iam.id }
}
""",
        (
            Change(SYM201, '"aws_iam_group"', '"okta_group"'),
            Change(SYM401, "sym_strategy.iam.id", "data.sym_integration.aws.id"),
        ),
    ),
    "a module with count": Pattern(
        """
variable "enabled" { default = true }
module "db" {
  source = "./db"
  count  = var.enabled ? 1 : 0
}
resource "sym_flow" "db" {
  params { strategy_id = module.db[0].strategy_id }
}
--- db/main.tf
resource "sym_target" "one" {
  type = "aws_lambda_function"
  name = "one"
}
resource "sym_strategy" "db" {
  type    = "aws_lambda"
  targets = sym_target.one[*].id
}
output "strategy_id" { value = sym_strategy.db.id }
output "target_id" { value = sym_target.one.id }
""",
        (
            Change(SYM201, '"aws_lambda_function"', '"okta_group"'),
            Change(SYM401, "module.db[0].strategy_id", "module.db[0].target_id"),
        ),
    ),
    "a module with an unknown count": Pattern(
        """
variable "enabled" { type = bool }
module "db" {
  source = "./db"
  count  = var.enabled ? 1 : 0
}
resource "sym_flow" "db" {
  params { strategy_id = one(module.db[*].strategy_id) }
}
--- db/main.tf
resource "sym_target" "one" {
  type = "aws_lambda_function"
  name = "one"
}
resource "sym_strategy" "db" {
  type    = "aws_lambda"
  targets = [sym_target.one.id]
}
output "strategy_id" { value = sym_strategy.db.id }
""",
        (Change(SYM201, '"aws_lambda_function"', '"okta_group"'),),
    ),
    "the instance of single sign-on from a data source": Pattern(
        RUNTIME
        + """
data "aws_ssoadmin_instances" "this" {}
module "sso_connector" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.1"
  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
resource "sym_integration" "sso" {
  type        = "permission_context"
  external_id = one(data.aws_ssoadmin_instances.this.arns)
  settings    = module.sso_connector.settings
}
""",
        (
            Change(SYM301, '"~> 2.1"\n  environment       = "main"', '"~> 2.1"\n  environment       = "prod"'),
            Change(SYM302, "one(data.aws_ssoadmin_instances.this.arns)", "module.sso_connector.settings.account_id"),
        ),
        {SYM302: "it is read when Terraform runs"},
    ),
    "the instance of single sign-on from the connector": Pattern(
        RUNTIME
        + """
provider "aws" {
  alias  = "sso"
  region = "eu-central-1"
}
module "sso_connector" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.1"
  providers         = { aws = aws.sso }
  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
resource "sym_integration" "sso" {
  type        = "permission_context"
  external_id = module.sso_connector.settings["instance_arn"]
  settings    = module.sso_connector.settings
}
""",
        (Change(SYM302, '"instance_arn"', '"account_id"'),),
    ),
    "hyphens in names": Pattern(
        """
resource "sym_target" "super-secret-button" {
  type = "aws_lambda_function"
  name = "button"
}
resource "sym_strategy" "press-it" {
  type    = "aws_lambda"
  targets = [sym_target.super-secret-button.id]
}
resource "sym_flow" "press-it" {
  params { strategy_id = sym_strategy.press-it.id }
}
""",
        (
            Change(SYM201, '"aws_lambda_function"', '"okta_group"'),
            Change(SYM401, "= sym_strategy.press-it.id", "= sym_target.super-secret-button.id"),
        ),
    ),
    "an environment with a conditional suffix": Pattern(
        """
variable "stage" { default = "sandbox" }
locals { environment = "main${var.stage == "prod" ? "" : "_${var.stage}"}" }
"""
        + (RUNTIME + CONNECTOR).replace('= "main"', "= local.environment")
        + CONTEXT,
        (
            Change(SYM301, '"~> 2.0"\n  environment       = local.environment', '"~> 2.0"\n  environment       = "main"'),
            CONNECTOR_MISTAKES[1],
        ),
    ),
    "an environment that has no value": Pattern(
        'variable "environment" { type = string }\n'
        + RUNTIME
        + CONNECTOR.replace('"main"', "var.environment")
        + CONTEXT,
        (CONNECTOR_MISTAKES[1],),
        {SYM301: "not known"},
    ),
    "one environment that has no value for both": Pattern(
        'variable "environment" { type = string }\n'
        + (RUNTIME + CONNECTOR).replace('"main"', "var.environment")
        + CONTEXT,
        (CONNECTOR_MISTAKES[1],),
    ),
    "two contexts of one account": Pattern(
        RUNTIME + CONNECTOR + CONTEXT + CONTEXT.replace('"context"', '"second"'),
        (Change(SYM302, 'name        = "second"\n  external_id = module.iam_connector.settings.account_id',
               'name        = "second"\n  external_id = "123456789012"'),),
    ),
    "parameters of provider 1": Pattern(FLOW.replace("var.targets", 'tolist([{ label = "A", group_name = "a" }])'), FLOW_MISTAKES),
    "everything in a module of its own": Pattern(
        'module "all" { source = "./all" }\n--- all/main.tf\n' + RUNTIME + CONNECTOR + CONTEXT,
        CONNECTOR_MISTAKES,
    ),
    "moved blocks": Pattern(
        "moved {\n  from = sym_strategy.old\n  to   = sym_strategy.this\n}\n"
        + FLOW.replace("var.targets", 'tolist([{ label = "A", group_name = "a" }])'),
        FLOW_MISTAKES,
    ),
}  # fmt: skip  # one case a line


def split(text: str) -> dict[str, str]:
    files: dict[str, str] = {}
    name = "main.tf"
    for part in text.split("--- "):
        if files or not text.startswith(part):
            name, _, part = part.partition("\n")
        files[name] = part
    return files


def outcomes(directory: Path, text: str, code: str) -> list[Outcome]:
    return list(RULES[code]().check(configuration(write(directory, split(text)))))


DECIDED = [
    pytest.param(pattern, code, id=f"{name}: {code}")
    for name, pattern in PATTERNS.items()
    for code in dict.fromkeys(mistake.code for mistake in pattern.mistakes)
    if code not in pattern.undecided
]
MISTAKES = [
    pytest.param(pattern, mistake, id=f"{name}: {mistake.code} {mistake.new}")
    for name, pattern in PATTERNS.items()
    for mistake in pattern.mistakes
]
UNDECIDED = [
    pytest.param(pattern, code, id=f"{name}: {code}")
    for name, pattern in PATTERNS.items()
    for code in pattern.undecided
]


@pytest.mark.no_cover
@pytest.mark.parametrize(("pattern", "code"), DECIDED)
def test_the_rule_sees_through(tmp_path: Path, pattern: Pattern, code: str) -> None:
    found = outcomes(tmp_path, pattern.files, code)
    assert found
    assert set(found) == {PASSED}


@pytest.mark.parametrize(("pattern", "mistake"), MISTAKES)
def test_the_wreck_is_found(tmp_path: Path, pattern: Pattern, mistake: Change) -> None:
    assert pattern.files.count(mistake.old) == 1
    found = outcomes(tmp_path, pattern.files.replace(mistake.old, mistake.new), mistake.code)
    assert any(isinstance(it, Finding) and it.code == mistake.code for it in found)


@pytest.mark.parametrize(("pattern", "code"), UNDECIDED)
def test_what_cannot_be_known_is_undecided(tmp_path: Path, pattern: Pattern, code: str) -> None:
    found = outcomes(tmp_path, pattern.files, code)
    assert not any(isinstance(it, Finding) for it in found)
    reasons = [it.reason for it in found if isinstance(it, Undecided)]
    assert any(pattern.undecided[code] in reason for reason in reasons), reasons


@pytest.mark.no_cover
def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    patterns = {name: split(it.files) for name, it in PATTERNS.items()}
    mistakes = {
        f"{name}: {mistake.new}": split(it.files.replace(mistake.old, mistake.new))
        for name, it in PATTERNS.items()
        for mistake in it.mistakes
    }
    compare_transcript(
        __file__,
        transcripts(tmp_path / "right", patterns, *RULES.values()),
        transcripts(tmp_path / "wrong", mistakes, *RULES.values()),
    )
