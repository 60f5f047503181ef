"""Settings of Sym's modules as they are, put together again, and used where a text is wanted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.checking import all_rules, facts, findings, undecided
from support.writing import write

if TYPE_CHECKING:
    from pathlib import Path

MODULES = """
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 3.0"
    }
  }
}

module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}

module "iam" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}

module "sso" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
"""
CONTEXT = """
resource "sym_integration" "context" {
  type        = "permission_context"
  name        = "context"
  external_id = %s
  settings    = %s
}
"""
CHILD = """
variable "settings" {
  type = map(string)
}

variable "id" {
  type = string
}
"""
RULES = tuple(
    rule
    for rule in all_rules()
    if rule.code in ("SYM107", "SYM110", "SYM124", "SYM302", "SYM304", "SYM311")
)

PUT_TOGETHER = (
    "module.iam.settings",
    "merge(module.iam.settings, {})",
    'merge(module.iam.settings, { note = "x" })',
    'merge({ region = "x" }, module.iam.settings)',
    'merge(module.iam.settings, { region = "us-east-1" })',
    "{ for key, value in module.iam.settings : key => value }",
    "{ for key in keys(module.iam.settings) : key => module.iam.settings[key] }",
    "zipmap(keys(module.iam.settings), values(module.iam.settings))",
    "tomap(module.iam.settings)",
    "local.settings",
)
LOCAL = "locals {\n  settings = merge(module.iam.settings, {})\n}\n"


def forms(identifier: str, settings: str) -> dict[str, dict[str, str]]:
    """A permission context in the root module, in a module, of each, and in JSON."""
    inside = CHILD + CONTEXT % ("var.id", "var.settings")
    call = f'module "context" {{\n  source = "./context"\n  id = {identifier}\n  settings = {settings}\n}}\n'
    each = CONTEXT.replace("\n  type", '\n  for_each = toset(["a"])\n  type')
    block = {
        "type": "permission_context",
        "name": "context",
        "external_id": f"${{{identifier}}}",
        "settings": f"${{{settings}}}",
    }
    document = json.dumps({"resource": {"sym_integration": {"context": block}}})
    root = MODULES + LOCAL
    return {
        "root": {"main.tf": root + CONTEXT % (identifier, settings)},
        "module": {"main.tf": root + call, "context/main.tf": inside},
        "for_each": {"main.tf": root + each % (identifier, settings)},
        "json": {"main.tf": root, "context.tf.json": document},
    }


@pytest.mark.no_cover
@pytest.mark.parametrize("form", ["root", "module", "for_each", "json"])
@pytest.mark.parametrize("settings", PUT_TOGETHER)
def test_settings_of_a_module_are_known_however_they_are_put_together(
    tmp_path: Path, settings: str, form: str
) -> None:
    good = write(tmp_path / "good", forms("module.iam.settings.account_id", settings)[form])
    assert facts(findings(good, RULES)) == []
    assert undecided(good, RULES) == []
    bad = write(tmp_path / "bad", forms("module.sso.settings.instance_arn", settings)[form])
    assert [it.code for it in findings(bad, RULES)] == ["SYM302"]


ADDED = {
    '{ cloud = "gcp" }': ["SYM311"],
    "{ role_arn = module.sso.settings.role_arn }": [],
    '{ cloud = "aws", region = "eu-central-1" }': [],
}


@pytest.mark.parametrize("added", ADDED)
def test_what_is_added_to_the_settings_of_a_module(tmp_path: Path, added: str) -> None:
    settings = f"merge(module.iam.settings, {added})"
    root = write(tmp_path, forms("module.iam.settings.account_id", settings)["root"])
    assert [it.code for it in findings(root, RULES) if it.code == "SYM311"] == ADDED[added]


def test_settings_of_which_some_are_left_out_are_not_all_of_them(tmp_path: Path) -> None:
    settings = '{ for key, value in module.iam.settings : key => value if key != "region" }'
    root = write(tmp_path, forms("module.iam.settings.account_id", settings)["root"])
    found = findings(root, RULES)
    assert [(it.code, it.title) for it in found] == [("SYM311", "permission context has no region")]


WHOLE = {
    "external_id": (CONTEXT % ("module.iam.settings", "module.iam.settings"), ["SYM302"]),
    "a setting": (
        CONTEXT
        % (
            "module.iam.settings.account_id",
            '{\n    cloud = "aws"\n    region = "eu-central-1"\n    role_arn = module.iam.settings\n'
            "    account_id = module.iam.settings.account_id\n  }",
        ),
        ["SYM311"],
    ),
    "a name": (
        'resource "sym_environment" "main" {\n  name = module.runtime_connector.sym_runtime\n}\n',
        ["SYM124"],
    ),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_output_where_a_text_is_wanted_is_one_mistake(tmp_path: Path, name: str) -> None:
    text, codes = WHOLE[name]
    root = write(tmp_path, {"main.tf": MODULES + text})
    assert [it.code for it in findings(root, RULES)] == codes
