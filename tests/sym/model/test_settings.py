"""Where the keys and expressions of settings are written, whatever the map came through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import configuration
from support.writing import write

from symlint.sym.model.settings import item_ranges

if TYPE_CHECKING:
    from pathlib import Path

VARIABLES = """
variable "unset" {
  type = string
}

variable "untyped" {
  default = { group_id = "untyped" }
}

variable "texts" {
  type    = map(string)
  default = { "group_id" = 12 }
}

variable "typed" {
  type    = object({ group_id = string, other = optional(string, "other") })
  default = { group_id = "typed" }
}

variable "given" {
  type    = map(string)
  default = {}
}

locals {
  plain  = { group_id = "local" }
  nested = { okta = { group_id = "nested" } }
  list   = [{ group_id = "listed" }]
}
"""


def written(directory: Path, settings: str) -> tuple[str, str] | None:
    """The texts of the key and the expression of ``group_id`` in the settings of a target."""
    target = f'resource "sym_target" "x" {{\n  type = "okta_group"\n  settings = {settings}\n}}\n'
    write(directory, {"main.tf": VARIABLES + target})
    (view,) = configuration(directory).targets
    ranges = item_ranges(view.sym, view.settings, "group_id")
    return None if ranges is None else (ranges[0].text, ranges[1].text)


@pytest.mark.parametrize(
    ("settings", "key", "value"),
    [
        ('{ group_id = "a" }', "group_id", '"a"'),
        ('{ "group_id" : var.unset, other = 1 }', '"group_id"', "var.unset"),
        ('({ group_id = "a" })', "group_id", '"a"'),
        ("local.plain", "group_id", '"local"'),
        ("local.nested.okta", "group_id", '"nested"'),
        ('local.nested["okta"]', "group_id", '"nested"'),
        ("local.list[0]", "group_id", '"listed"'),
        ("var.untyped", "group_id", '"untyped"'),
        ("var.texts", '"group_id"', "12"),
        ("var.typed", "group_id", '"typed"'),
        ("tomap({ group_id = 12 })", "group_id", "12"),
        ("sensitive(local.plain)", "group_id", '"local"'),
        ("true ? local.plain : {}", "group_id", '"local"'),
        ('merge(local.plain, { other = "b" })', "group_id", '"local"'),
        ('merge(local.plain, { group_id = "b" })', "group_id", '"b"'),
        ("{ for key, id in local.plain : key => id }", "group_id", '"local"'),
        ('{ (var.unset) = 1, group_id = "b" }', "group_id", '"b"'),
        ('{ (var.unset) = 1, (local.plain.group_id) = 2, group_id = "b" }', "group_id", '"b"'),
    ],
)
def test_items_are_found(tmp_path: Path, settings: str, key: str, value: str) -> None:
    assert written(tmp_path, settings) == (key, value)


@pytest.mark.parametrize(
    "settings",
    [
        "{}",
        '{ for key in ["group_id"] : key => "a" }',
        '{ (join("_", ["group", "id"])) = "a" }',
        'jsondecode("{\\"group_id\\": \\"a\\"}")',
        "var.unset == null ? local.plain : var.untyped",
        "var.missing",
    ],
)
def test_items_whose_keys_are_written_in_no_object(tmp_path: Path, settings: str) -> None:
    assert written(tmp_path, settings) is None


def test_items_of_arguments_of_modules(tmp_path: Path) -> None:
    call = 'module "m" {\n  source = "./m"\n  given = { group_id = 12 }\n}\n'
    target = 'resource "sym_target" "x" {\n  type = "okta_group"\n  settings = var.given\n}\n'
    write(tmp_path, {"main.tf": call, "m/main.tf": VARIABLES + target})
    (view,) = configuration(tmp_path).targets
    ranges = item_ranges(view.sym, view.settings, "group_id")
    assert ranges is not None
    assert [range_.text for range_ in ranges] == ["group_id", "12"]
    assert {range_.path for range_ in ranges} == {str(tmp_path / "main.tf")}


def test_items_in_json(tmp_path: Path) -> None:
    target = (
        '{"resource": {"sym_target": {"x": {"type": "okta_group",'
        ' "settings": {"group_id": "${var.unset}", "${var.unset}": 1}}}}}'
    )
    write(tmp_path, {"main.tf": VARIABLES, "more.tf.json": target})
    (view,) = configuration(tmp_path).targets
    ranges = item_ranges(view.sym, view.settings, "group_id")
    assert ranges is not None
    assert [range_.text for range_ in ranges] == ['"group_id"', '"${var.unset}"']


def test_nothing_is_pointed_out_in_variable_files(tmp_path: Path) -> None:
    write(tmp_path, {"terraform.tfvars": 'given = { group_id = "a" }\n'})
    assert written(tmp_path, "var.given") is None
