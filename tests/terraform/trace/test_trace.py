"""The values of addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from support.configurations import configuration
from support.effort import lines_run

from symlint.terraform.trace.address import UnknownAddressError
from symlint.terraform.trace.traces import Expressions, Trace, trace
from symlint.terraform.values.plain import parts

if TYPE_CHECKING:
    from pathlib import Path

TREE = """
variable "flows" {
  type    = map(object({ group = string, minutes = optional(number, 30) }))
  default = { prod = { group = "ops" }, test = { group = "dev", minutes = 5 } }
}
variable "org" { type = string }
variable "password" {
  type      = string
  sensitive = true
  default   = "hunter2"
}
locals {
  names  = [for key, flow in var.flows : upper(key)]
  secret = { password = var.password, plain = 1 }
  third  = 1 / 3
}
module "flow" {
  source   = "./flow"
  for_each = var.flows
  name     = each.key
  settings = each.value
  org      = var.org
}
module "one" {
  source   = "./flow"
  name     = "single"
  settings = { group = "x", minutes = 1 }
  org      = "fixed"
}
resource "terraform_data" "counted" {
  count = 2
  input = "n${count.index}"
}
resource "terraform_data" "none" {
  count = 0
}
output "groups" { value = { for key, flow in module.flow : key => flow.group } }
output "names" { value = local.names }
output "whole" { value = module.one }
--- flow/main.tf
variable "name" {}
variable "settings" { type = object({ group = string, minutes = number }) }
variable "org" {}
locals { label = "${var.name}-flow" }
resource "sym_strategy" "this" {
  type    = "aws_iam"
  name    = local.label
  targets = [sym_target.this.id]
}
resource "sym_target" "this" {
  type     = "aws_iam_group"
  name     = var.settings.group
  settings = { iam_group = var.settings.group }
}
resource "sym_flow" "this" {
  name = local.label
  params {
    strategy_id = sym_strategy.this.id
    prompt_field {
      name = "reason"
      type = "string"
    }
    prompt_field {
      name = "minutes"
      type = "int"
    }
  }
}
output "group" { value = var.settings.group }
output "org" { value = var.org }
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return configuration(tmp_path_factory.mktemp("tree"), TREE)


def place(trace_: Trace) -> str | None:
    if trace_.origin is None:
        return None
    return f"{trace_.origin.path.rsplit('/', 1)[1]}:{trace_.origin.line}"


def hops(trace_: Trace) -> list[str]:
    return [f"{hop.reference} at {hop.range.line}" for hop in trace_.hops]


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("local.names", ["PROD", "TEST"]),
        ("local.names[1]", "TEST"),
        (
            "var.flows",
            {"prod": {"group": "ops", "minutes": 30}, "test": {"group": "dev", "minutes": 5}},
        ),
        ("var.flows.test.minutes", 5),
        ('var.flows["test"].minutes', 5),
        ("var.flows[test].minutes", 5),
        ("output.groups", {"prod": "ops", "test": "dev"}),
        ("module.one.group", "x"),
        ("module.one.output.group", "x"),
        ("module.one.var.name", "single"),
        ("module.one.name", "single"),
        ("module.one.settings.minutes", 1),
        ("module.one.org", "fixed"),
        ("module.one", {"group": "x", "org": "fixed"}),
        ("output.whole", {"group": "x", "org": "fixed"}),
        ('module.flow["prod"].local.label', "prod-flow"),
        ('module.flow["prod"].sym_target.this.settings', {"iam_group": "ops"}),
        ('module.flow["prod"].sym_target.this.settings.iam_group', "ops"),
        ("module.one.sym_flow.this.params[0].prompt_field[1].name", "minutes"),
        ("module.one.sym_flow.this.params.prompt_field[1].name", "minutes"),
        ("terraform_data.counted[1].input", "n1"),
        ("terraform_data.counted.count", 2),
        ("terraform_data.none", []),
        ("module.one.path.module", "flow"),
    ],
)
def test_known_values(tree: Any, address: str, data: Any) -> None:
    (found,) = trace(tree, address)
    assert found.data == data
    assert found.known


def test_an_address_without_keys_is_that_of_all_instances(tree: Any) -> None:
    found = trace(tree, "module.flow.sym_target.this.name")
    assert [(one.address, one.data) for one in found] == [
        ('module.flow["prod"].sym_target.this.name', "ops"),
        ('module.flow["test"].sym_target.this.name', "dev"),
    ]
    assert [one.data for one in trace(tree, "terraform_data.counted[*].input")] == ["n0", "n1"]


def test_no_address_is_that_of_all_outputs(tree: Any) -> None:
    assert [one.address for one in trace(tree)] == ["output.groups", "output.names", "output.whole"]


def test_the_way_of_a_value(tree: Any) -> None:
    (found,) = trace(tree, 'module.flow["prod"].sym_target.this.settings.iam_group')
    assert place(found) == "main.tf:3"
    assert hops(found) == [
        "var.flows at 18",
        "each.value at 20",
        'module.flow["prod"].var.settings at 13',
    ]


def test_a_reference_keeps_its_name(tree: Any) -> None:
    (found,) = trace(tree, "module.one.sym_flow.this.params[0].strategy_id")
    unknown = found.data["$unknown"]
    assert unknown["reference"] == "module.one.sym_strategy.this.id"
    assert unknown["kind"] == "computed"
    assert not found.known
    assert hops(found) == ["module.one.sym_strategy.this.id at 18"]


def test_a_variable_without_a_value(tree: Any) -> None:
    (found,) = trace(tree, 'module.flow["prod"].org')
    assert found.data == {
        "$unknown": {
            "kind": "variable",
            "reason": "the variable has no value",
            "reference": "var.org",
            "type": "string",
        }
    }
    assert hops(found) == ["var.org at 21", 'module.flow["prod"].var.org at 30']


def test_what_an_expression_reads(tree: Any) -> None:
    (found,) = trace(tree, "local.names")
    assert [read.reference for read in found.reads] == ["var.flows"]
    (found,) = trace(tree, "module.one.local.label")
    assert [read.reference for read in found.reads] == ["var.name"]


def test_parts_came_another_way(tree: Any) -> None:
    (found,) = trace(tree, "output.groups")
    ways = [(part.path, part.value.origin.line) for part in parts(found.value) if part.value.origin]
    assert ways == [(("prod",), 3), (("test",), 3)]
    (found,) = trace(tree, "var.flows")
    # The default of an attribute stands in the type of the variable.
    assert [part.path for part in parts(found.value)] == [("prod", "minutes")]


def test_sensitive_values_are_not_data(tree: Any) -> None:
    (found,) = trace(tree, "var.password")
    assert (found.data, found.sensitive) == ({"$sensitive": True}, True)
    (found,) = trace(tree, "local.secret")
    assert (found.data, found.sensitive) == ({"password": {"$sensitive": True}, "plain": 1}, True)


@pytest.mark.parametrize(
    ("address", "message", "suggestion"),
    [
        ("var.flwos", 'the root module declares no variable "flwos"', "var.flows"),
        ("local.name[0]", 'the root module declares no local "name"', "local.names[0]"),
        ("module.flows.group", 'the root module calls no module "flows"', "module.flow.group"),
        ("module.one.gruop", "has no output and no argument", "module.one.group"),
        (
            "module.one.sym_flwo.this.name",
            "declares no sym_flwo.this",
            "module.one.sym_flow.this.name",
        ),
        ("modul.one.group", "declares no modul.one", "module.one.group"),
        ("local.label", "declares no local", None),
        ("module.one.local.labl", "declares no local", "module.one.local.label"),
        ('module.flow["prd"].group', 'has no instance ["prd"]', 'module.flow["prod"].group'),
        ("module.one[0].group", "neither count nor for_each", "module.one.group"),
        ("terraform_data.counted[2].input", "has no instance [2]; it has [0], [1]", None),
        ("terraform_data.counted[0].inptu", "no attribute", "terraform_data.counted[0].input"),
        ("module.one.var.settings.grop", "no attribute", "module.one.var.settings.group"),
        ("names", "alone is no address", None),
        ("groups", "alone is no address", "output.groups"),
        ("local", "is missing", None),
        ("local.names[9]", "index", None),
        ("local.names.x", "no attributes", None),
        ("local..names", "this is no address", None),
        ("1 + 1", "this is no address", None),
        ('local["a', "this is no address", None),
        ("", "empty", None),
        ("a" * 5000, "too long", None),
    ],
)
def test_addresses_that_nothing_has(
    tree: Any, address: str, message: str, suggestion: str | None
) -> None:
    with pytest.raises(UnknownAddressError) as caught:
        trace(tree, address)
    assert message in caught.value.message
    head, _, rest = caught.value.message.partition(": ")
    assert not rest.startswith(f"{head} "), "said twice"
    assert caught.value.suggestion == suggestion


def test_what_is_declared_elsewhere_is_named(tree: Any) -> None:
    with pytest.raises(UnknownAddressError, match=r"there is module\.flow\.sym_flow\.this, module"):
        trace(tree, "sym_flow.this")


def test_unknown_instances(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
variable "targets" { type = map(string) }
resource "sym_target" "this" {
  for_each = var.targets
  type     = "okta_group"
  name     = each.key
}
""",
    )
    (whole,) = trace(found, "sym_target.this")
    assert whole.address == "sym_target.this[?]"
    assert whole.data["type"] == "okta_group"
    (one,) = trace(found, 'sym_target.this["a"].name')
    assert (one.address, one.data) == ('sym_target.this["a"].name', "a")
    (keys,) = trace(found, "sym_target.this.for_each")
    assert keys.data["$unknown"]["reference"] == "var.targets"


def test_dynamic_blocks(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
variable "more" { type = list(string) }
resource "sym_flow" "this" {
  params {
    dynamic "prompt_field" {
      for_each = ["a", "b"]
      content { name = prompt_field.value }
    }
  }
}
resource "sym_flow" "open" {
  params {
    dynamic "prompt_field" {
      for_each = var.more
      content {
        name = prompt_field.value
        type = "string"
      }
    }
  }
}
""",
    )
    (fields,) = trace(found, "sym_flow.this.params[0].prompt_field")
    assert fields.data == [{"name": "a"}, {"name": "b"}]
    (fields,) = trace(found, "sym_flow.open.params[0].prompt_field[0].type")
    assert fields.data == "string"


def test_an_object_that_looks_like_a_marker(tmp_path: Path) -> None:
    text = 'locals { odd = { "$unknown" = 1 } }\nlocals { even = { "$unknown" = 1, b = 2 } }'
    found = configuration(tmp_path, text)
    assert trace(found, "local.odd")[0].data == {"$value": {"$unknown": 1}}
    assert trace(found, "local.even")[0].data == {"$unknown": 1, "b": 2}


def test_alternatives_and_elements(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
variable "big" { type = bool }
variable "names" { type = list(string) }
locals {
  size  = var.big ? "large" : "small"
  upper = [for name in var.names : { name = name, fixed = 1 }]
}
""",
    )
    assert trace(found, "local.size")[0].data["$unknown"]["alternatives"] == ["large", "small"]
    element = trace(found, "local.upper")[0].data["$unknown"]["element"]
    assert element["fixed"] == 1
    assert trace(found, "local.upper[3].fixed")[0].data == 1


def test_values_without_end_are_cut(tmp_path: Path) -> None:
    count = 300
    lines = ["locals {", "  l0 = []", *(f"  l{i} = [local.l{i - 1}]" for i in range(1, count)), "}"]
    found = configuration(tmp_path, "\n".join(lines))
    (deep,) = trace(found, f"local.l{count - 1}")
    assert "budget" in str(deep.data)
    doubling = [
        "locals {",
        "  l0 = [1, 1]",
        *(f"  l{i} = [local.l{i - 1}, local.l{i - 1}]" for i in range(1, 40)),
        "}",
    ]
    wide = tmp_path / "wide"
    wide.mkdir()
    (wide_trace,) = trace(configuration(wide, "\n".join(doubling)), "local.l39")
    assert wide_trace.data


def test_files_are_searched_once_for_all_addresses(tmp_path: Path) -> None:
    arguments = "".join(f'  a{number} = upper("x")\n' for number in range(200))
    found = configuration(tmp_path, f"locals {{\n{arguments}}}\n")
    expressions = Expressions(found)
    first = lines_run(lambda: trace(found, "local.a1", expressions))
    assert lines_run(lambda: trace(found, "local.a2", expressions)) * 4 < first
