"""SYM212 where the instance of the strategy is not known: permission sets of two SSO instances."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.checking import findings, rules_of
from support.writing import write

if TYPE_CHECKING:
    from pathlib import Path

ONE, OTHER = "ssoins-6508a1b2c3d4e5f6", "ssoins-65080f0f0f0f0f0f"
TITLE = "permission set belongs to another SSO instance than others of the strategy"
STRATEGY = """
resource "sym_strategy" "sso" {
  type           = "aws_sso"
  name           = "sso"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = TARGETS

  settings = {
    instance_arn = var.instance_arn
  }
}

variable "instance_arn" {
  type = string
}

variable "live" {
  type = bool
}
"""
CALL = """
variable "instance_arn" {}
variable "live" {}

module "part" {
  source       = "./part"
  instance_arn = var.instance_arn
  live         = var.live
}
"""


def arn(instance: str, number: int) -> str:
    return f"arn:aws:sso:::permissionSet/{instance}/ps-{number:016x}"


def target(name: str, permission_set: str, repeat: str = "") -> str:
    each = f"  for_each = {repeat}\n" if repeat else ""
    return f"""
resource "sym_target" "{name}" {{
{each}  type = "aws_sso_permission_set"
  name = "{name}{"-${each.key}" if repeat else ""}"

  settings = {{
    permission_set_arn = {permission_set}
    account_id         = "111122223333"
  }}
}}
"""


def managed(name: str, instance: str) -> str:
    return f"""
resource "aws_ssoadmin_permission_set" "{name}" {{
  name         = "{name}"
  instance_arn = "arn:aws:sso:::instance/{instance}"
}}
"""


def three(third: str, targets: str = "") -> str:
    names = targets or "[sym_target.a.id, sym_target.b.id, sym_target.c.id]"
    return (
        target("a", f'"{arn(ONE, 1)}"')
        + target("b", f'"{arn(ONE, 2)}"')
        + target("c", third)
        + STRATEGY.replace("TARGETS", names)
    )


def repeated(instance: str) -> str:
    sets = {"a": arn(ONE, 1), "b": arn(ONE, 2), "c": arn(instance, 3)}
    return target("a", "each.value", json.dumps(sets).replace('":', '" =')) + STRATEGY.replace(
        "TARGETS", "[for it in sym_target.a : it.id]"
    )


def in_json(instance: str) -> dict[str, str]:
    block = {
        "type": "aws_sso_permission_set",
        "name": "c",
        "settings": {"permission_set_arn": arn(instance, 3), "account_id": "111122223333"},
    }
    text = three("null").replace(target("c", "null"), "")
    return {
        "main.tf": text,
        "target.tf.json": json.dumps({"resource": {"sym_target": {"c": block}}}),
    }


def files(form: str, instance: str) -> dict[str, str]:
    texts = {
        "root": three(f'"{arn(instance, 3)}"'),
        "local": three("local.c") + f'locals {{\n  c = "{arn(instance, 3)}"\n}}\n',
        "resource": three("aws_ssoadmin_permission_set.c.arn") + managed("c", instance),
        "for_each": repeated(instance),
    }
    if form == "json":
        return in_json(instance)
    if form == "module":
        return {"main.tf": CALL, "part/main.tf": texts["root"]}
    return {"main.tf": texts[form]}


@pytest.mark.parametrize("form", ["root", "local", "resource", "for_each", "json", "module"])
def test_a_permission_set_of_another_instance(tmp_path: Path, form: str) -> None:
    wrong = findings(write(tmp_path / "wrong", files(form, OTHER)), rules_of("SYM212"))
    assert [(it.severity, it.title, it.label) for it in wrong] == [
        ("warning", TITLE, f"in {OTHER}")
    ]
    assert findings(write(tmp_path / "right", files(form, ONE)), rules_of("SYM212")) == []


def test_without_an_instance_of_the_strategy(tmp_path: Path) -> None:
    text = three(f'"{arn(OTHER, 3)}"').replace("    instance_arn = var.instance_arn\n", "")
    (found,) = findings(write(tmp_path, {"main.tf": text}), rules_of("SYM212"))
    assert found.title == TITLE


@pytest.mark.parametrize(
    "targets",
    [
        "var.live ? [sym_target.a.id] : [sym_target.c.id]",
        "[var.live ? sym_target.a.id : sym_target.c.id, sym_target.b.id]",
        "[sym_target.c.id]",
    ],
)
def test_a_permission_set_that_is_not_granted_beside_others(tmp_path: Path, targets: str) -> None:
    text = three(f'"{arn(OTHER, 3)}"', targets)
    assert findings(write(tmp_path, {"main.tf": text}), rules_of("SYM212")) == []


@pytest.mark.parametrize(
    "third", ['"arn:aws:sso:::permissionSet/ssoins-x/ps-1"', "var.instance_arn"]
)
def test_a_placeholder_or_an_unknown_one(tmp_path: Path, third: str) -> None:
    assert findings(write(tmp_path, {"main.tf": three(third)}), rules_of("SYM212")) == []
