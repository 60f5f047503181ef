"""Of values that are known in part, the rules judge the part that is known: in every form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import configuration, findings, rules_of
from support.writing import write

from symlint.lint.finding import Undecided

if TYPE_CHECKING:
    from pathlib import Path

SHARED = """
variable "settings" { type = map(string) }
variable "flag" { type = bool }
module "runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "other" {
  source            = "symopsio/lambda-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  lambda_arns       = []
  runtime_role_arns = [module.runtime.sym_runtime_connector_role.arn]
}
resource "sym_integration" "slack" {
  type        = "slack"
  name        = "slack"
  external_id = "T0123456789"
}
resource "sym_integration" "context" {
  type        = "permission_context"
  name        = "context"
  external_id = module.runtime.sym_integration.external_id
  settings    = module.runtime.sym_integration.settings
}
"""
ROLE = "module.runtime.sym_runtime_connector_role"
HAND = '{ cloud = "aws", region = "us-east-1", account_id = "111122223333" }'
RIGHT = '{ role_arn = "arn:aws:iam::111122223333:role/sym/access" }'
WRONG = '{ role_arn = "arn:aws:iam::111122223333:group/access" }'
CASES = {
    "settings added to unknown ones": (
        "SYM311", "settings", f"merge(var.settings, {RIGHT})", f"merge(var.settings, {WRONG})",
    ),
    "settings replaced in a merge of merges": (
        "SYM311", "settings", f"merge(merge(var.settings, {WRONG}), {RIGHT})",
        f"merge(merge(var.settings, {RIGHT}), {WRONG})",
    ),
    "settings of a condition": (
        "SYM311", "settings", f"var.flag ? merge({HAND}, {RIGHT}) : merge({RIGHT}, {HAND})",
        f"var.flag ? merge({HAND}, {RIGHT}) : merge({WRONG}, {HAND})",
    ),
    "a setting missing whatever the condition": (
        "SYM311", "settings", f"merge({HAND}, {RIGHT}, var.flag ? {{}} : {{ a = 1 }})",
        f"merge({HAND}, var.flag ? {{}} : {{ a = 1 }})",
    ),
    "integrations added to unknown ones": (
        "SYM502", "integrations", "merge(var.settings, { slack_id = sym_integration.slack.id })",
        "merge(var.settings, { slack_id = sym_integration.context.id })",
    ),
    "integrations of a condition": (
        "SYM502", "integrations", "var.flag ? { slack_id = sym_integration.slack.id } : {}",
        "var.flag ? { slack_id = sym_integration.context.id } : {}",
    ),
    "settings of a module under a condition": (
        "SYM302", "context", "var.flag ? module.runtime.sym_integration.settings : {}",
        "var.flag ? module.other.settings : {}",
    ),
    "settings of a module, or nothing": (
        "SYM302", "context", "try(merge(module.runtime.sym_integration.settings, {}), null)",
        "merge(var.flag ? module.other.settings : null, {})",
    ),
    "the names of a role": ("SYM303", "roles", f"{ROLE}[*].arn", f"{ROLE}[*].name"),
    "a role, or none": ("SYM303", "roles", f"try([{ROLE}.arn], [])", f"try([{ROLE}.name], [])"),
    "a role under a condition": (
        "SYM303", "roles", f"var.flag ? [{ROLE}.arn] : []", f"var.flag ? [{ROLE}.name] : []",
    ),
    "a role, or nothing": (
        "SYM303", "roles", f"[var.flag ? {ROLE}.arn : null]", f"[var.flag ? {ROLE}.name : null]",
    ),
}  # fmt: skip  # as many a line as fit
BLOCKS = {
    "context": """
resource "sym_integration" "wrapped" {
  type        = "permission_context"
  name        = "wrapped"
  external_id = module.runtime.sym_integration.external_id
  settings    = VALUE
}
""",
    "settings": """
resource "sym_integration" "hand" {
  type        = "permission_context"
  name        = "hand"
  external_id = "111122223333"
  settings    = VALUE
}
""",
    "integrations": """
resource "sym_environment" "this" {
  name         = "main"
  integrations = VALUE
}
""",
    "roles": """
module "iam" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = VALUE
}
""",
}
JSON = {
    "context": """{"resource": {"sym_integration": {"wrapped": {
  "type": "permission_context", "name": "wrapped", "settings": "VALUE",
  "external_id": "${module.runtime.sym_integration.external_id}"
}}}}""",
    "settings": """{"resource": {"sym_integration": {"hand": {
  "type": "permission_context", "name": "hand", "external_id": "111122223333", "settings": "VALUE"
}}}}""",
    "integrations": """{"resource": {"sym_environment": {"this": {
  "name": "main", "integrations": "VALUE"
}}}}""",
    "roles": """{"module": {"iam": {
  "source": "symopsio/iam-connector/aws", "version": "~> 2.0", "environment": "main",
  "runtime_role_arns": "VALUE"
}}}""",
}


def in_root(block: str, value: str) -> dict[str, str]:
    return {"main.tf": SHARED + BLOCKS[block].replace("VALUE", value)}


def in_module(block: str, value: str) -> dict[str, str]:
    id_ = "module.runtime.sym_integration.external_id"
    call = f'module "inner" {{\n  source = "./inner"\n  id     = {id_}\n  value  = {value}\n}}\n'
    inner = BLOCKS[block].replace("VALUE", "var.value").replace(id_, "var.id")
    return {
        "main.tf": SHARED + call,
        "inner/main.tf": f'variable "id" {{}}\nvariable "value" {{}}\n{inner}',
    }


def for_each(block: str, value: str) -> dict[str, str]:
    repeated = BLOCKS[block].replace("VALUE", "each.value")
    header, rest = repeated.strip().split("\n", 1)
    values = f"locals {{\n  all = {{ one = {value} }}\n}}\n"
    return {"main.tf": f"{SHARED}{values}{header}\n  for_each = local.all\n{rest}\n"}


def in_json(block: str, value: str) -> dict[str, str]:
    written = "${" + value.replace('"', '\\"') + "}"
    return {"main.tf": SHARED, "block.tf.json": JSON[block].replace("VALUE", written)}


@pytest.mark.parametrize("form", [in_root, in_module, for_each, in_json])
@pytest.mark.parametrize("case", CASES)
def test_what_is_known_is_judged(case: str, form: object, tmp_path: Path) -> None:
    code, block, right, wrong = CASES[case]
    assert callable(form)
    good, bad = tmp_path / "good", tmp_path / "bad"
    assert findings(write(good, form(block, right)), rules_of(code)) == []
    (found,) = findings(write(bad, form(block, wrong)), rules_of(code))
    assert found.severity in ("error", "warning")


def test_what_is_not_known_is_undecided(tmp_path: Path) -> None:
    sym = configuration(write(tmp_path, in_root("settings", f"merge({WRONG}, var.settings)")))
    (rule,) = rules_of("SYM311")
    outcomes = [it for it in rule().check(sym) if isinstance(it, Undecided)]
    assert [it.reason for it in outcomes][:1] == ["the variable has no value"]
    assert findings(tmp_path, rules_of("SYM311")) == []
