"""SYM515: environments that run on a runtime of another name, and why that may be meant."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.checking import configuration, findings, rules_of
from support.writing import write

from symlint.lint.finding import Undecided
from symlint.rules.environments.name import EnvironmentName

if TYPE_CHECKING:
    from pathlib import Path

RULES = rules_of("SYM515")


def runtime(environment: str, label: str = "runtime") -> str:
    return f"""
module "{label}" {{
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = {environment}
}}
"""


def environment(name: str, label: str = "this", of: str = "runtime", extra: str = "") -> str:
    return f"""
resource "sym_environment" "{label}" {{
{extra}  name       = {name}
  runtime_id = module.{of}.sym_runtime.id
}}
"""


CALL = 'module "part" {\n  source = "./part"\n}\n'
FIRST = """
module "runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 1.0"
  environment = "prod"
}

resource "sym_integration" "runtime" {
  type        = "permission_context"
  name        = "runtime"
  external_id = module.runtime.settings.account_id
  settings    = module.runtime.settings
}

resource "sym_runtime" "this" {
  name       = "this"
  context_id = sym_integration.runtime.id
}

resource "sym_environment" "this" {
  name       = NAME
  runtime_id = sym_runtime.this.id
}
"""
CONNECTOR = """
module "iam" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "staging"
  runtime_role_arns = [module.runtime.sym_runtime_connector_role.arn]
}
"""


def in_json(name: str) -> dict[str, str]:
    block = {"name": name, "runtime_id": "${module.runtime.sym_runtime.id}"}
    resource = {"resource": {"sym_environment": {"this": block}}}
    return {"main.tf": runtime('"prod"'), "environment.tf.json": json.dumps(resource)}


def files(form: str, name: str) -> dict[str, str]:
    plain = runtime('"prod"') + environment(f'"{name}"')
    texts = {
        "root": plain,
        "local": runtime('"prod"')
        + environment("local.name")
        + f'locals {{\n  name = "{name}"\n}}\n',
        "version 1": FIRST.replace("NAME", f'"{name}"'),
    }
    if form == "json":
        return in_json(name)
    if form == "module":
        return {"main.tf": CALL, "part/main.tf": plain}
    if form == "passed":
        call = runtime('"prod"') + CALL.replace(
            "}\n", f'  name = "{name}"\n  id = module.runtime.sym_runtime.id\n}}\n'
        )
        inner = environment("var.name").replace("module.runtime.sym_runtime.id", "var.id")
        return {"main.tf": call, "part/main.tf": 'variable "name" {}\nvariable "id" {}\n' + inner}
    return {"main.tf": texts[form]}


@pytest.mark.parametrize("form", ["root", "local", "module", "passed", "json", "version 1"])
def test_another_name(tmp_path: Path, form: str) -> None:
    (found,) = findings(write(tmp_path / "wrong", files(form, "staging")), RULES)
    title = 'environment "staging" runs on the runtime "prod"'
    assert (found.severity, found.title) == ("note", title)
    for name in ("prod", "PROD", "prod-billing", "eu_prod", "production"):
        assert findings(write(tmp_path / name, files(form, name)), RULES) == []


TWO = runtime('"prod"', "prod") + runtime('"staging"', "staging")


def test_the_runtime_of_another_environment(tmp_path: Path) -> None:
    text = TWO + environment('"prod"', "prod", "prod") + environment('"staging"', "staging", "prod")
    (found,) = findings(write(tmp_path, {"main.tf": text}), RULES)
    assert (found.severity, found.attribute) == ("warning", "runtime_id")
    assert found.help == "use the runtime of module.staging"


EXPLAINED = {
    "two environments": runtime('"prod"')
    + environment('"staging"')
    + environment('"sandbox"', "other"),
    "a shared runtime": runtime('"shared"') + environment('"staging"'),
    "stage and staging": runtime('"stage"') + environment('"staging"'),
    "tenants": runtime('"prod"')
    + environment("each.key", extra='  for_each   = toset(["acme"])\n'),
    "a count": runtime('"prod"') + environment('"staging"', extra="  count      = 1\n"),
    "each its own": TWO
    + environment('"prod"', "prod", "prod")
    + environment('"staging"', "staging", "staging"),
    "a connector, of which it is said": runtime('"prod"') + environment('"staging"') + CONNECTOR,
    "no runtime": 'resource "sym_environment" "this" {\n  name = "staging"\n}\n',
    "another's runtime": 'resource "sym_environment" "this" {\n  name = "staging"\n'
    '  runtime_id = "0f8fad5b-d9cb-469f-a165-70867728950e"\n}\n',
    "read, not declared": runtime('"prod"')
    + 'data "sym_environment" "this" {\n  name = "staging"\n}\n',
}


@pytest.mark.parametrize("name", EXPLAINED)
def test_another_name_that_is_meant(tmp_path: Path, name: str) -> None:
    assert findings(write(tmp_path, {"main.tf": EXPLAINED[name]}), RULES) == []


def test_a_module_for_each_tenant(tmp_path: Path) -> None:
    call = CALL.replace("}\n", '  for_each = toset(["acme"])\n  tenant = each.key\n}\n')
    inner = 'variable "tenant" {}\n' + runtime('"prod"') + environment("var.tenant")
    root = write(tmp_path, {"main.tf": call, "part/main.tf": inner})
    assert findings(root, RULES) == []


def test_a_name_that_is_not_known(tmp_path: Path) -> None:
    text = runtime('"prod"') + environment("var.name") + 'variable "name" {}\n'
    sym = configuration(write(tmp_path, {"main.tf": text}))
    assert [type(it) for it in EnvironmentName().check(sym)] == [Undecided]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("production", "prd"),
        ("prd-eu", "production"),
        ("staging", "stg"),
        ("prod", "platform"),
        ("prod", "security"),
        ("dev", "nonprod"),
        ("prod", "central-ops"),
    ],
)
def test_short_names_and_runtimes_for_all(tmp_path: Path, name: str, other: str) -> None:
    text = runtime(f'"{other}"') + environment(f'"{name}"')
    assert findings(write(tmp_path, {"main.tf": text}), RULES) == []


@pytest.mark.parametrize(("name", "other"), [("prod", "dev"), ("qa", "prod"), ("sandbox", "main")])
def test_names_that_have_nothing_in_common(tmp_path: Path, name: str, other: str) -> None:
    text = runtime(f'"{other}"') + environment(f'"{name}"')
    assert len(findings(write(tmp_path, {"main.tf": text}), RULES)) == 1
