"""SYM204: lists of targets that are empty in another form than ``[]``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import linted
from support.configurations import write_files

if TYPE_CHECKING:
    from pathlib import Path

STRATEGY = """
resource "sym_target" "okta" {{
  for_each = {each}
  type     = "okta_group"
  name     = each.key
  settings = {{
    group_id = each.value
  }}
}}
resource "sym_strategy" "okta" {{
  type           = "okta"
  name           = "okta"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = {targets}
}}
"""
ALL = "[for it in sym_target.okta : it.id]"
GROUPS = '{ billing = "00g1billing" }'
VARIABLE = 'variable "groups" {\n  type    = map(string)\n  default = {}\n}\n'


def said(tmp_path: Path, text: str, root: str = ".") -> list[tuple[str, str]]:
    write_files(tmp_path, text)
    return [(it.title, it.range.text) for it in linted(tmp_path / root, ("SYM204",))]


@pytest.mark.parametrize(
    ("each", "targets"),
    [
        (GROUPS, '[for it in sym_target.okta : it.id if it.type == "okta"]'),
        (GROUPS, '[for key, it in sym_target.okta : it.id if startswith(key, "prod-")]'),
        (GROUPS, "values({ for key, it in sym_target.okta : key => it.id if false })"),
        ("{}", ALL),
        ("{}", "values(sym_target.okta)[*].id"),
        ('{ for key in [] : key => ""}', ALL),
    ],
)
def test_nothing_is_left(tmp_path: Path, each: str, targets: str) -> None:
    text = STRATEGY.format(each=each, targets=targets)
    assert said(tmp_path, text) == [("targets is empty", targets)]


def test_nothing_is_left_in_json(tmp_path: Path) -> None:
    text = """--- main.tf.json
{"resource": {
  "sym_target": {"okta": {"count": 0, "type": "okta_group", "name": "okta"}},
  "sym_strategy": {"okta": {"type": "okta", "name": "okta", "targets": "${sym_target.okta[*].id}"}}
}}
"""
    assert [title for title, _ in said(tmp_path, text)] == ["targets is empty"]


CALL = 'module "okta" {{\n  source = "../okta"\n  {0}\n}}\n'
MODULE = "--- okta/main.tf\n" + VARIABLE + STRATEGY.format(each="var.groups", targets=ALL)


@pytest.mark.parametrize(
    "text",
    [
        CALL.format("groups = {}"),
        CALL.format("for_each = { it = {} }\n  groups = each.value"),
        CALL.format("groups = { for it in [] : it => it }"),
        VARIABLE + CALL.format("groups = var.groups") + "--- live/terraform.tfvars\ngroups = {}\n",
    ],
)
def test_the_caller_gives_none(tmp_path: Path, text: str) -> None:
    assert said(tmp_path, "--- live/main.tf\n" + text + MODULE, "live") == [
        ("targets is empty", ALL)
    ]


@pytest.mark.parametrize(
    "text",
    [
        CALL.format(f"groups = {GROUPS}"),
        # Somebody may set it.
        VARIABLE + CALL.format("groups = var.groups"),
        VARIABLE + CALL.format("groups = { for key, it in var.groups : key => it if key != null }"),
        VARIABLE + f"--- live/terraform.tfvars\ngroups = {GROUPS}\n",
        # The whole module is switched off.
        CALL.format("count = 0\n  groups = {}"),
    ],
)
def test_there_are_some_or_may_be(tmp_path: Path, text: str) -> None:
    assert said(tmp_path, "--- live/main.tf\n" + text + MODULE, "live") == []


@pytest.mark.parametrize(
    ("each", "targets"),
    [
        ("var.groups", ALL),
        ("{ for key, it in var.groups : key => it }", "values(sym_target.okta)[*].id"),
        (GROUPS, "[for key, it in sym_target.okta : it.id if contains(keys(var.groups), key)]"),
        (GROUPS, "length(var.groups) > 0 ? [] : values(sym_target.okta)[*].id"),
        (GROUPS, '[for it in sym_target.okta : it.id if it.type == "okta_group"]'),
        (GROUPS, "[for it in sym_target.okta : it.id if it.id != null]"),
    ],
)
def test_a_default_is_no_fact(tmp_path: Path, each: str, targets: str) -> None:
    assert said(tmp_path, VARIABLE + STRATEGY.format(each=each, targets=targets)) == []


def test_a_strategy_that_exists_only_with_targets(tmp_path: Path) -> None:
    text = STRATEGY.format(each="{}", targets=ALL)
    text = text.replace('"sym_strategy" "okta" {\n', '"sym_strategy" "okta" {\n  count = 0\n')
    assert said(tmp_path, text) == []
