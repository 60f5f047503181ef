"""Whole modules and resources as values: in functions, sets, types, ``try`` and ``can``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from support.configurations import configuration, messages, plain

from symlint.terraform.values.plain import type_data, value_type

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.terraform.instances.configuration import Configuration

MODULES = """
module "one" { source = "./m" }
module "two" {
  source = "./m"
  count  = 2
}
module "typed" {
  source = "./typed"
  given  = module.one
}
output "value" { value = EXPRESSION }
--- m/main.tf
output "a" { value = "x" }
output "b" { value = { c = [1] } }
output "n" { value = null }
--- typed/main.tf
variable "given" {
  type = object({
    a = string
    n = optional(string, "default")
    z = optional(list(string), ["added"])
    b = optional(object({ c = list(number), d = optional(bool, true) }))
  })
}
output "given" { value = var.given }
"""


def evaluated(directory: Path, expression: str) -> Configuration:
    return configuration(directory, MODULES.replace("EXPRESSION", expression))


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("jsonencode(module.one)", '{"a":"x","b":{"c":[1]},"n":null}'),
        ("yamlencode(module.two[0].b)", '"c":\n- 1\n'),
        ("jsondecode(jsonencode(module.two))[1].a", "x"),
        ("module.two[0] == module.two[1]", True),
        ('module.one == merge(module.one, { a = "y" })', False),
        ("length(toset(module.two))", 1),
        ("length(distinct([for m in module.two : m]))", 1),
        ("contains(module.two, module.one)", True),
        ("module.typed.given.n", "default"),
        ("module.typed.given.z", ["added"]),
        ("module.typed.given.b", {"c": [1], "d": True}),
    ],
)
def test_whole_modules_are_objects(tmp_path: Path, expression: str, value: Any) -> None:
    found = evaluated(tmp_path, expression)
    assert plain(found.root.output("value")) == value
    assert messages(found) == []


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('try(module.one.missing, "fallback")', "fallback"),
        ('try(upper(module.two[0].missing), "fallback")', "fallback"),
        ('try(module.two.a, "fallback")', "fallback"),
        ('try(module.one[0].a, "fallback")', "fallback"),
        ('try(false ? module.one.missing : "chosen", "fallback")', "chosen"),
        ("can(module.one.missing)", False),
        ("can(module.one.a)", True),
        ('[for m in module.two : try(m.missing, "none")]', ["none", "none"]),
    ],
)
def test_what_a_module_lacks_can_be_tried(tmp_path: Path, expression: str, value: Any) -> None:
    found = evaluated(tmp_path, expression)
    assert plain(found.root.output("value")) == value
    assert messages(found) == []


@pytest.mark.parametrize("expression", ["module.one.missing", "upper(module.two[0].missing)"])
def test_what_a_module_lacks_is_reported_once(tmp_path: Path, expression: str) -> None:
    found = evaluated(tmp_path, expression)
    assert len(messages(found)) == 1
    assert 'has no output "missing"' in messages(found)[0]


@pytest.mark.parametrize(
    "expression",
    [
        "true ? [null] : { a = [1] }",
        'false ? [null] : "text"',
        "coalesce([null], { a = [1] })",
        "coalesce([{ a = null }], [1, 2])",
        "coalesce({ a = null }, { b = [1] }, [2])",
    ],
)
def test_types_that_are_surely_apart(tmp_path: Path, expression: str) -> None:
    assert len(messages(evaluated(tmp_path, expression))) == 1


def test_the_type_of_a_whole_module(tmp_path: Path) -> None:
    value = evaluated(tmp_path, "[module.one]").root.output("value")
    assert value is not None
    inner = [
        "object",
        {"a": "string", "b": ["object", {"c": ["tuple", ["number"]]}], "n": "dynamic"},
    ]
    assert type_data(value_type(value)) == ["tuple", [inner]]
