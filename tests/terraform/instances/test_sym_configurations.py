"""Whole Sym configurations: nothing is wrong with them, and references are seen through."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.configurations import configuration, hops, messages, plain

from symlint.terraform.instances.configuration import Configuration
from symlint.terraform.modules.discovery import discover
from symlint.terraform.modules.loader import FileCache

FIXTURES = Path(__file__).parents[2] / "fixtures"
ROOTS = discover([str(FIXTURES)], FileCache()).roots


@pytest.mark.parametrize("root", ROOTS, ids=lambda root: str(Path(root).relative_to(FIXTURES)))
def test_nothing_is_wrong_with_correct_configurations(root: str) -> None:
    assert messages(Configuration(root)) == []


def strategy_targets(found: Configuration, *path: str) -> object:
    module = next(m for m in found.modules() if tuple(map(str, m.path)) == path)
    (strategy,) = module.resources("sym_strategy")
    value = strategy.attribute("targets")
    assert value is not None
    unknown = value.unknown
    return plain(value) if unknown is None or unknown.element is None else plain(unknown.element)


TARGETS = """
--- flow/main.tf
variable "targets" {
  type = list(object({ label = string, group_name = string }))
}
resource "sym_target" "targets" {
  for_each = { for target in var.targets : target["group_name"] => target["label"] }
  type     = "aws_iam_group"
  name     = "iam-${each.key}"
  label    = each.value
}
resource "sym_strategy" "this" {
  type    = "aws_iam"
  targets = [for t in var.targets : sym_target.targets[t["group_name"]].id]
}
"""


def test_targets_from_a_variable_file(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
variable "targets" {}
module "flow" {
  source  = "./flow"
  targets = var.targets
}
--- terraform.tfvars
targets = [{ label = "Ops", group_name = "ops" }, { label = "Dev", group_name = "dev" }]
"""
        + TARGETS,
    )
    assert strategy_targets(found, "module.flow") == [
        '<module.flow.sym_target.targets["ops"].id>',
        '<module.flow.sym_target.targets["dev"].id>',
    ]
    label = found.root.module_calls()[0].module.resources()[0].attribute("label")  # type: ignore[union-attr]  # local
    assert hops(label) == ["var.targets", "module.flow.var.targets", "module.flow.each.value"]
    assert messages(found) == []


def test_targets_from_a_variable_without_value(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        'variable "targets" {}\nmodule "flow" {\n source = "./flow"\n targets = var.targets\n}\n'
        + TARGETS,
    )
    assert strategy_targets(found, "module.flow") == "<module.flow.sym_target.targets[?].id>"
    assert messages(found) == []


@pytest.mark.parametrize(
    "targets",
    [
        "[for t in sym_target.t : t.id]",
        "values(sym_target.t)[*].id",
        "[for k in keys(sym_target.t) : sym_target.t[k].id]",
        "[for k, t in sym_target.t : t.id if k != null]",
        "flatten([[for t in sym_target.t : t.id]])",
        "concat([for t in sym_target.t : t.id], [])",
        "tolist(toset([for t in sym_target.t : t.id]))",
        "module.ids.ids",
        'local.ids["all"]',
    ],
)
def test_ways_to_write_all_targets(tmp_path: Path, targets: str) -> None:
    found = configuration(
        tmp_path,
        f"""
resource "sym_target" "t" {{
  for_each = toset(["a"])
  type     = "okta_group"
}}
resource "sym_strategy" "s" {{ targets = {targets} }}
locals {{ ids = {{ all = values(sym_target.t)[*].id }} }}
module "ids" {{
  source  = "./ids"
  targets = sym_target.t
}}
--- ids/main.tf
variable "targets" {{ type = map(object({{ id = string }})) }}
output "ids" {{ value = [for t in var.targets : t.id] }}
""",
    )
    assert strategy_targets(found) == ['<sym_target.t["a"].id>']
    assert messages(found) == []


def test_whole_resources_through_outputs_and_typed_variables(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
module "runtime" { source = "./runtime" }
module "flow" {
  source      = "./flow"
  environment = module.runtime.environment
  settings    = module.runtime.settings
}
--- runtime/main.tf
module "connector" { source = "symopsio/runtime-connector/aws" }
resource "sym_environment" "this" { name = "prod" }
resource "sym_integration" "context" {
  external_id = module.connector.settings.account_id
  settings    = module.connector.settings
}
output "environment" { value = sym_environment.this }
output "settings" { value = sym_integration.context.settings }
--- flow/main.tf
variable "environment" { type = object({ id = string, name = string }) }
variable "settings" { type = map(string) }
resource "sym_flow" "this" {
  name           = "flow-${var.environment.name}"
  environment_id = var.environment.id
  role           = var.settings["role_arn"]
}
""",
    )
    flow = next(r for m in found.modules() for r in m.resources("sym_flow"))
    assert plain(flow.attribute("name")) == "flow-prod"
    assert plain(flow.attribute("environment_id")) == "<module.runtime.sym_environment.this.id>"
    role = flow.attribute("role")
    assert plain(role) == "<module.runtime.module.connector.settings.role_arn>"
    assert messages(found) == []


def test_conditional_modules(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
variable "create" { default = true }
module "db" {
  count  = var.create ? 1 : 0
  source = "./db"
}
locals {
  group = var.create ? module.db[0].group : "none"
  maybe = one(module.db[*].group)
}
--- db/main.tf
output "group" { value = "g" }
""",
    )
    assert plain(found.root.local("group")) == "g"
    assert plain(found.root.local("maybe")) == "g"
    assert messages(found) == []
    found.cache.module(found.directory)
    off = configuration(tmp_path, "", given=(("value", "create=false"),))
    assert plain(off.root.local("group")) == "none"
    assert plain(off.root.local("maybe")) is None
    assert messages(off) == []
