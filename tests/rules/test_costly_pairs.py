"""Rules that compare each of some things with each of others pay for it, and stop where it is too much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from support.checking import configuration, rules_of
from support.configurations import write_files

from symlint.sym.aws.roles import uses
from symlint.sym.aws.roles.runtime import RuntimeRole
from symlint.sym.intent import sessions

if TYPE_CHECKING:
    from pathlib import Path

RUNTIME = """
module "runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
"""
SECRETS = """
resource "sym_secrets" "main" {
  type     = "aws_secrets_manager"
  name     = "main"
  settings = { context_id = module.runtime.sym_integration.id }
}
"""
ADDON = """
module "secrets_%d" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "main"
  iam_role_name = module.runtime.sym_runtime_connector_role.name
}
resource "aws_secretsmanager_secret" "s%d" {
  name = "s%d"
  tags = { SymEnv = "other" }
}
resource "sym_secret" "s%d" {
  path      = aws_secretsmanager_secret.s%d.name
  source_id = sym_secrets.main.id
}
"""
LAMBDA = """
resource "sym_integration" "main" {
  type        = "permission_context"
  name        = "main"
  external_id = module.connector.settings.account_id
  settings    = module.connector.settings
}
module "connector" {
  source      = "symopsio/lambda-connector/aws"
  version     = "~> 1.0"
  environment = "main"
  lambda_arns = [%s]
}
resource "sym_strategy" "main" {
  type           = "aws_lambda"
  name           = "main"
  integration_id = sym_integration.main.id
  targets        = [%s]
}
"""
FUNCTION = """
resource "aws_lambda_function" "f%d" {
  function_name = "f%d"
}
resource "sym_target" "f%d" {
  type     = "aws_lambda_function"
  name     = "f%d"
  settings = { arn = aws_lambda_function.f%d.arn }
}
"""
LOGS = """
resource "sym_log_destination" "l%d" {
  type           = "kinesis_firehose"
  integration_id = module.runtime.sym_integration.id
  settings       = { stream_name = aws_kinesis_firehose_delivery_stream.l%d.name }
}
resource "aws_kinesis_firehose_delivery_stream" "l%d" {
  name = "l%d"
}
"""
FLOW = """
resource "sym_flow" "f%d" {
  name           = "f%d"
  implementation = "impl.py"
  environment_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  params {
    strategy_id = sym_strategy.main.id
  }
}
"""
GROUPS = """
resource "sym_strategy" "main" {
  type           = "aws_iam"
  name           = "main"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [for target in sym_target.main : target.id]
}
resource "sym_target" "main" {
  count    = 4
  type     = "aws_iam_group"
  name     = "main-${count.index}"
  settings = { iam_group = "g" }
}
"""


def several(text: str, count: int) -> str:
    return "".join(text % ((number,) * text.count("%d")) for number in range(count))


def secrets(count: int) -> str:
    return RUNTIME + SECRETS + several(ADDON, count)


def functions(count: int) -> str:
    arns = ", ".join(f"aws_lambda_function.f{it}.arn" for it in range(count))
    targets = ", ".join(f"sym_target.f{it}.id" for it in range(count))
    return LAMBDA % (arns, targets) + several(FUNCTION, count)


@pytest.mark.parametrize(("code", "text"), [("SYM507", secrets), ("SYM214", functions)])
def test_pairs_cost_steps(code: str, text: object, tmp_path: Path) -> None:
    assert callable(text)
    [rule] = rules_of(code)
    write_files(tmp_path, text(30))
    sym = configuration(tmp_path)
    budget = sym.terraform.budget
    list(rule().check(sym))
    before = budget.remaining
    outcomes = list(rule().check(sym))
    assert outcomes
    assert before - budget.remaining >= 30 * 30 * 40
    assert budget.was_ample
    budget.remaining = 30 * 40 * 10
    assert len(list(rule().check(sym))) < len(outcomes)
    assert not budget.was_ample


def test_what_else_uses_a_role_is_looked_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    real = uses._concerns

    def noted(*given: Any) -> Any:
        asked.append(given)
        return real(*given)

    monkeypatch.setattr(uses, "_concerns", noted)
    write_files(tmp_path, RUNTIME + several(LOGS, 20))
    sym = configuration(tmp_path)
    [rule] = rules_of("SYM510")
    assert list(rule().check(sym))
    assert 20 <= len(asked) <= 40


def test_sessions_of_a_strategy_are_found_once_for_all_flows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    real = sessions.session_bounds

    def noted(*given: Any) -> Any:
        asked.append(given)
        return real(*given)

    monkeypatch.setattr(sessions, "session_bounds", noted)
    write_files(tmp_path, GROUPS + several(FLOW, 5))
    [rule] = rules_of("SYM215")
    list(rule().check(configuration(tmp_path)))
    assert len(asked) == 4


def test_which_addons_serve_a_role_is_found_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    real = RuntimeRole.same_as

    def noted(*given: Any) -> Any:
        asked.append(given)
        return real(*given)

    monkeypatch.setattr(RuntimeRole, "same_as", noted)
    write_files(tmp_path, secrets(12))
    [rule] = rules_of("SYM507")
    assert list(rule().check(configuration(tmp_path)))
    assert len(asked) < 3 * 12
