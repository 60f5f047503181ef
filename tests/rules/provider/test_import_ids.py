"""SYM141: the ids of import blocks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.checking import findings
from support.configurations import write_files

from symlint.budget import Budget
from symlint.rules.provider.import_id import ImportId
from symlint.sym.catalogue import load_catalogue
from symlint.sym.model.configuration import SymConfiguration
from symlint.sym.provider.imports import imported_views, imports
from symlint.terraform.instances.configuration import Configuration

if TYPE_CHECKING:
    from pathlib import Path

UUID = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
SLUGS = ("flow", "environment", "runtime", "secret", "error_logger", "flows_filter")
TYPED = ("integration", "target", "strategy", "secrets", "log_destination")
MODULE = """
module "inner" {
  source = "./inner"
}
--- inner/main.tf
terraform {
  required_providers {
    sym = { source = "symopsio/sym" }
  }
}
resource "sym_target" "all" {
  for_each = toset(["a", "b"])
  type     = "okta_group"
  name     = each.key
}
"""


def block(kind: str, id_: str, address: str = "this") -> str:
    return f'import {{\n  to = sym_{kind}.{address}\n  id = "{id_}"\n}}\n'


def titles(directory: Path, text: str) -> list[str]:
    write_files(directory, text)
    return [it.title for it in findings(directory, (ImportId,))]


@pytest.mark.parametrize("kind", SLUGS)
def test_a_uuid_is_no_slug(tmp_path: Path, kind: str) -> None:
    assert len(titles(tmp_path, block(kind, UUID))) == 1
    assert titles(tmp_path, block(kind, "prod_access")) == []


@pytest.mark.parametrize("kind", TYPED)
@pytest.mark.parametrize("id_", ["prod", UUID, "okta:", ":prod", "okta:prod:more"])
def test_what_is_no_type_and_slug(tmp_path: Path, kind: str, id_: str) -> None:
    assert len(titles(tmp_path, block(kind, id_))) == 1
    assert titles(tmp_path, block(kind, "okta:prod")) == []


@pytest.mark.parametrize(
    ("elements", "id_", "expected"),
    [
        ('{ a = "okta_group:a", b = "okta_group:b" }', "each.value", 0),
        ('{ a = "okta_group:a", b = "b" }', "each.value", 1),
        ('toset(["a", "b"])', '"okta_group:${each.key}"', 0),
        ('toset(["a", "b"])', '"github_repo:${each.key}"', 1),
        ('toset(["a", "b"])', "each.key", 1),
        ('["a", "b"]', '"okta_group:${each.value}"', 0),
        ("var.unknown", "each.value", 0),
        ("var.unknown", '"okta_group:${each.key}"', 0),
    ],
)
def test_one_id_for_each_of_a_module(
    tmp_path: Path, elements: str, id_: str, expected: int
) -> None:
    text = f'variable "unknown" {{}}\nimport {{\n  for_each = {elements}\n'
    text += f"  to       = module.inner.sym_target.all[each.key]\n  id       = {id_}\n}}\n"
    assert len(titles(tmp_path, text + MODULE)) == expected


def test_json(tmp_path: Path) -> None:
    blocks = [
        {"to": "sym_flow.this", "id": UUID},
        {"to": "sym_flow.other", "id": "other"},
        {"to": "sym_target.this", "id": "this"},
    ]
    text = f"--- main.tf.json\n{json.dumps({'import': blocks})}\n"
    assert titles(tmp_path, text) == [
        "a flow is imported by its slug",
        "a target is imported by its type and slug",
    ]


@pytest.mark.parametrize("text", [block("flow", "CHANGEME"), block("flow", "${var.x}")])
def test_what_is_not_known(tmp_path: Path, text: str) -> None:
    assert titles(tmp_path, f'variable "x" {{}}\n{text}') == []


def test_the_id_of_the_resource_is_written_out(tmp_path: Path) -> None:
    resource = 'resource "sym_target" "this" {\n  type = "okta_group"\n  name = "ops"\n}\n'
    write_files(tmp_path, block("target", "ops") + resource)
    (found,) = findings(tmp_path, (ImportId,))
    assert found.help == 'write id = "okta_group:ops"'


def test_ids_are_looked_at_as_far_as_the_budget_goes(tmp_path: Path) -> None:
    text = """
import {
  for_each = range(1000)
  to       = sym_flow.f[each.key]
  id       = "a:b"
}
"""
    write_files(tmp_path, text * 3)
    for steps, fewest, most in ((12_000_000, 3_000, 3_000), (200_000, 100, 800)):
        sym = SymConfiguration(Configuration(str(tmp_path), budget=Budget(steps)), load_catalogue())
        found = list(imports(sym))
        assert fewest <= len(found) <= most
        assert bool(sym.terraform.budget.given_up) is (most < 3_000)


def test_the_instances_that_an_id_is_compared_with_are_looked_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resource = 'resource "sym_target" "t" {\n  count = 5\n  type  = "okta_group"\n}\n'
    import_ = 'import {\n  for_each = range(50)\n  to = sym_target.t[each.key]\n  id = "x:y"\n}\n'
    write_files(tmp_path, resource + import_)
    sym = SymConfiguration(Configuration(str(tmp_path)), load_catalogue())
    assert {len(imported_views(sym, it)) for it in imports(sym)} == {5}
    monkeypatch.setattr(SymConfiguration, "view_at", pytest.fail)
    assert sum(len(imported_views(sym, it)) for it in imports(sym)) == 250
