"""Instances, values through modules, and what whole resources and modules are as values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.configurations import configuration, hops, messages, plain, write_files
from support.effort import lines_run

from symlint.budget import Budget
from symlint.terraform.checks.diagnosis import Diagnosis
from symlint.terraform.instances import preparing
from symlint.terraform.instances.configuration import Configuration
from symlint.terraform.instances.module_scope import fact
from symlint.terraform.modules.called import TOO_MANY
from symlint.terraform.modules.references import free_traversals
from symlint.terraform.values.addresses import UNKNOWN_KEY, Address, ModuleStep

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from symlint.hcl.nodes import Expression, Traversal


def addresses(found: object) -> list[str]:
    return [str(instance.address) for instance in found]  # type: ignore[attr-defined]  # both kinds


@pytest.mark.no_cover
@pytest.mark.parametrize("elements", ["{{ {0} }}", "toset([{1}])"])
def test_looking_for_instances_is_counted(tmp_path: Path, elements: str) -> None:
    size = 2_000
    pairs = ", ".join(f"k{number} = {number}" for number in range(size))
    texts = ", ".join(f'"k{number}"' for number in range(size))
    block = 'resource "sym_target" "t{0}" {{\n  for_each = local.m\n}}\n'
    blocks = "".join(block.format(number) for number in range(50))
    found = configuration(
        tmp_path, f"locals {{\n  m = {elements.format(pairs, texts)}\n}}\n{blocks}"
    )
    found.root.local("m")
    found.budget.for_instances = 0
    before = found.budget.remaining
    lines = lines_run(found.root.resources)
    assert lines < 3 * (before - found.budget.remaining)
    found.budget.remaining = size // 2
    assert addresses(found.root.resources()) == [f"sym_target.t{number}[?]" for number in range(50)]


# --- count and for_each ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("", ["sym_target.t"]),
        ("count = 2", ["sym_target.t[0]", "sym_target.t[1]"]),
        ("count = 0", []),
        ('count = "1"', ["sym_target.t[0]"]),
        ('for_each = toset(["b", "a"])', ['sym_target.t["a"]', 'sym_target.t["b"]']),
        ("for_each = { b = 1, a = 2 }", ['sym_target.t["a"]', 'sym_target.t["b"]']),
        ("for_each = {}", []),
        ("count = var.n", ["sym_target.t[?]"]),
        ("for_each = var.m", ["sym_target.t[?]"]),
        ('for_each = toset(["a", var.s])', ['sym_target.t["a"]', "sym_target.t[?]"]),
        ("count = var.b ? 1 : 0", ["sym_target.t[0]"]),
        ("count = var.b ? 2 : 1", ["sym_target.t[0]", "sym_target.t[1]"]),
        ("for_each = var.b ? { a = 1 } : {}", ['sym_target.t["a"]']),
        ("for_each = { (var.s) = 1 }", ["sym_target.t[?]"]),
        ("count = 1000000", [*(f"sym_target.t[{i}]" for i in range(100)), "sym_target.t[?]"]),
    ],
)
def test_instances_of_a_resource(tmp_path: Path, arguments: str, expected: list[str]) -> None:
    found = configuration(
        tmp_path,
        f"""
variable "n" {{ type = number }}
variable "m" {{ type = map(string) }}
variable "s" {{ type = string }}
variable "b" {{ type = bool }}
resource "sym_target" "t" {{
  {arguments}
}}
""",
    )
    assert addresses(found.root.resources()) == expected
    assert messages(found) == []


def test_a_conditional_instance_is_known_by_its_key_but_not_by_its_number(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
variable "enabled" { type = bool }
resource "sym_target" "t" {
  count = var.enabled ? 1 : 0
}
locals {
  one    = sym_target.t[0].id
  all    = sym_target.t[*].id
  single = one(sym_target.t[*].id)
  size   = length(sym_target.t)
}
""",
    )
    assert plain(found.root.local("one")) == "<sym_target.t[0].id>"
    everything = found.root.local("all")
    assert everything is not None
    assert everything.unknown is not None
    assert plain(everything.unknown.element) == "<sym_target.t[0].id>"
    assert found.root.local("size").is_unknown  # type: ignore[union-attr]  # it is declared
    assert messages(found) == []


def test_each_and_count_have_their_values(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
resource "sym_target" "m" {
  for_each = { a = "x", b = "y" }
  name     = "${each.key}-${each.value}"
}
resource "sym_target" "s" {
  for_each = toset(["k"])
  name     = each.value
}
resource "sym_target" "c" {
  count = 2
  name  = "n${count.index}"
}
""",
    )
    names = [plain(instance.attribute("name")) for instance in found.root.resources()]
    assert names == ["a-x", "b-y", "k", "n0", "n1"]
    value = found.root.resources()[2].attribute("name")
    assert hops(value) == ["each.value"]
    assert value is not None
    assert value.origin is not None
    assert value.origin.text == '"k"'


def test_a_symbolic_instance_knows_what_each_element_looks_like(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
variable "names" { type = list(string) }
resource "sym_target" "t" {
  for_each = { for name in var.names : name => { group = "fixed", name = name } }
  type     = each.value.group
  label    = each.value.name
}
resource "sym_strategy" "s" {
  targets = [for t in sym_target.t : t.id]
  first   = sym_target.t["a"].id
}
""",
    )
    target, strategy = found.root.resources()
    assert target.symbolic
    assert target.address.key is UNKNOWN_KEY
    assert plain(target.attribute("type")) == "fixed"
    assert target.attribute("label").is_unknown  # type: ignore[union-attr]  # it is configured
    targets = strategy.attribute("targets")
    assert targets is not None
    assert targets.unknown is not None
    assert plain(targets.unknown.element) == "<sym_target.t[?].id>"
    assert plain(strategy.attribute("first")) == '<sym_target.t["a"].id>'
    by_address = found.resource(Address((), "resource", "sym_target", "t", "a"))
    assert by_address is not None
    assert plain(by_address.attribute("type")) == "fixed"


def test_references_to_one_and_to_all_instances(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
resource "sym_target" "m" {
  for_each = toset(["a", "b"])
}
resource "sym_target" "c" {
  count = 2
}
locals {
  one    = sym_target.m["a"].id
  values = values(sym_target.m)[*].id
  loop   = [for t in sym_target.m : t.id]
  keys   = keys(sym_target.m)
  splat  = sym_target.c[*].id
  legacy = sym_target.c.*.id
  index  = sym_target.c[1].id
  size   = length(sym_target.c)
}
""",
    )
    every = ['<sym_target.m["a"].id>', '<sym_target.m["b"].id>']
    local = found.root.local
    assert plain(local("one")) == every[0]
    assert plain(local("values")) == every
    assert plain(local("loop")) == every
    assert plain(local("keys")) == ["a", "b"]
    assert plain(local("splat")) == ["<sym_target.c[0].id>", "<sym_target.c[1].id>"]
    assert plain(local("legacy")) == plain(local("splat"))
    assert plain(local("index")) == "<sym_target.c[1].id>"
    assert plain(local("size")) == 2
    assert messages(found) == []


# --- attributes and blocks ------------------------------------------------------------------------


def test_attributes_configured_computed_and_read(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
resource "sym_target" "t" {
  name = "x"
}
data "aws_iam_group" "g" {
  group_name = "ops"
}
locals {
  name = sym_target.t.name
  id   = sym_target.t.id
  arn  = data.aws_iam_group.g.arn
  read = data.aws_iam_group.g.group_name
}
""",
    )
    assert plain(found.root.local("name")) == "x"
    assert hops(found.root.local("name")) == ["sym_target.t.name"]
    assert plain(found.root.local("id")) == "<sym_target.t.id>"
    assert found.root.local("id").unknown.kind == "computed"  # type: ignore[union-attr]  # known
    assert plain(found.root.local("arn")) == "<data.aws_iam_group.g.arn>"
    assert found.root.local("arn").unknown.kind == "data"  # type: ignore[union-attr]  # known
    assert plain(found.root.local("read")) == "ops"
    (target,) = found.root.resources("sym_target")
    assert target.attribute("label") is None
    assert target.configured("name") is not None
    assert addresses(found.root.data_sources()) == ["data.aws_iam_group.g"]


def test_dynamic_blocks_are_expanded(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
variable "more" { type = list(object({ name = string })) }
resource "sym_flow" "f" {
  params {
    prompt_field { name = "first" }
    dynamic "prompt_field" {
      for_each = ["a", "b"]
      content {
        name  = prompt_field.value
        label = "n${prompt_field.key}"
      }
    }
    dynamic "prompt_field" {
      for_each = var.more
      iterator = field
      content {
        name = field.value.name
        type = "string"
      }
    }
    dynamic "prompt_field" {
      for_each = { k = { inner = ["x"] } }
      content {
        name = prompt_field.key
        dynamic "option" {
          for_each = prompt_field.value.inner
          content { value = "${prompt_field.key}-${option.value}" }
        }
      }
    }
  }
}
""",
    )
    (flow,) = found.root.resources("sym_flow")
    (params,) = flow.blocks("params")
    fields = params.blocks("prompt_field")
    names = [plain(field.attribute("name")) for field in fields]
    assert names[:3] == ["first", "a", "b"]
    assert names[4] == "k"
    assert plain(fields[2].attribute("label")) == "n1"
    assert [field.symbolic for field in fields] == [False, False, False, True, False]
    assert plain(fields[3].attribute("type")) == "string"
    (option,) = fields[4].blocks("option")
    assert plain(option.attribute("value")) == "k-x"
    assert messages(found) == []


# --- modules --------------------------------------------------------------------------------------

MODULE = """
--- m/main.tf
variable "name" { type = string }
variable "size" {
  type    = number
  default = 3
}
resource "sym_target" "t" {
  name = "${var.name}-${var.size}"
}
output "target" { value = sym_target.t }
output "id"     { value = sym_target.t.id }
output "name"   { value = var.name }
"""


def test_values_through_a_module(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
locals { who = "ops" }
module "a" {
  source = "./m"
  name   = local.who
}
module "b" {
  source   = "./m"
  for_each = { x = "5" }
  name     = each.key
  size     = each.value
}
locals {
  name   = module.a.name
  id     = module.a.id
  nested = module.a.target.id
  label  = module.a.target.name
  other  = module.b["x"].target.name
  all    = [for m in module.b : m.id]
  names  = values(module.b)[*].name
}
"""
        + MODULE,
    )
    local = found.root.local
    assert plain(local("name")) == "ops"
    assert hops(local("name")) == ["local.who", "module.a.var.name", "module.a.name"]
    origin = local("name").origin  # type: ignore[union-attr]  # it is declared
    assert origin is not None
    assert (origin.line, origin.text) == (1, '"ops"')
    assert plain(local("id")) == "<module.a.sym_target.t.id>"
    assert plain(local("nested")) == "<module.a.sym_target.t.id>"
    assert plain(local("label")) == "ops-3"
    assert plain(local("other")) == "x-5"
    assert plain(local("all")) == ['<module.b["x"].sym_target.t.id>']
    assert plain(local("names")) == ["x"]
    assert [str(module) for module in found.modules()] == [
        "ModuleInstance(root)",
        "ModuleInstance(module.a)",
        'ModuleInstance(module.b["x"])',
    ]
    assert messages(found) == []


def test_a_call_knows_its_arguments_and_module(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
module "a" {
  source = "./m"
  name   = "x"
}
module "r" {
  source  = "symopsio/iam-connector/aws"
  version = "~> 2.0"
  environment = "main"
}
locals {
  whole    = module.r
  settings = module.r.settings["role_arn"]
}
"""
        + MODULE,
    )
    local, remote = found.root.module_calls()
    assert plain(local.argument("name")) == "x"
    assert local.argument("size") is None
    assert local.argument_range("name").text == '"x"'  # type: ignore[union-attr]  # it is given
    assert local.module is not None
    assert (remote.source, remote.version) == ("symopsio/iam-connector/aws", "~> 2.0")
    assert remote.module is None
    settings = found.root.local("settings")
    assert plain(settings) == "<module.r.settings.role_arn>"
    assert settings is not None
    assert settings.unknown is not None
    assert settings.unknown.kind == "module"
    assert plain(found.root.local("whole")) == "<module.r>"


def test_nested_modules_and_parents(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
module "a" {
  source = "./modules/a"
  v      = "deep"
}
output "o" { value = module.a.o }
--- modules/a/main.tf
variable "v" {}
module "b" {
  source = "../b"
  count  = 2
  w      = "${var.v}${count.index}"
}
output "o" { value = module.b[*].o }
--- modules/b/main.tf
variable "w" {}
output "o" { value = upper(var.w) }
""",
    )
    assert plain(found.root.output("o")) == ["DEEP0", "DEEP1"]
    inner = found.module((ModuleStep("a"), ModuleStep("b", 1)))
    assert inner is not None
    assert plain(inner.variable("w")) == "deep1"
    assert plain(fact(inner, "path", "module")) == "modules/b"
    assert plain(fact(inner, "path", "root")) == "."


def test_a_module_with_unknown_instances_is_one_symbolic_module(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
variable "tenants" { type = map(object({ group = string })) }
module "t" {
  source   = "./m"
  for_each = var.tenants
  name     = "fixed"
}
locals { one = module.t["a"].id }
"""
        + MODULE,
    )
    (call,) = found.root.module_calls()
    assert call.symbolic
    assert call.module is not None
    assert call.module.symbolic
    assert plain(call.module.resources()[0].attribute("name")) == "fixed-3"
    assert plain(found.root.local("one")) == '<module.t["a"].sym_target.t.id>'
    assert messages(found) == []


def test_variables_are_converted_and_optional_attributes_filled_in(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
module "m" {
  source = "./m"
  number = "5"
  list   = toset(["b", "a"])
  object = { name = 1, extra = true }
  none   = null
  kept   = null
}
--- m/main.tf
variable "number" { type = number }
variable "list"   { type = list(string) }
variable "object" {
  type = object({ name = string, size = optional(number, 3), tag = optional(string) })
}
variable "none" {
  nullable = false
  default  = "d"
}
variable "kept" { default = "d" }
output "all" { value = [var.number, var.list, var.object, var.none, var.kept] }
""",
    )
    (module,) = [call.module for call in found.root.module_calls()]
    assert module is not None
    assert plain(module.output("all")) == [
        5,
        ["a", "b"],
        {"name": "1", "size": 3, "tag": None},
        "d",
        None,
    ]


def test_sensitive_variables_and_outputs_stay_sensitive(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
variable "secret" {
  default   = "hush"
  sensitive = true
}
module "m" {
  source = "./m"
  value  = var.secret
}
locals { text = "x-${module.m.value}" }
--- m/main.tf
variable "value" {}
output "value" { value = var.value }
""",
    )
    value = found.root.local("text")
    assert value is not None
    assert value.sensitive


def test_result_does_not_depend_on_the_order_of_asking(tmp_path: Path) -> None:
    text = """
locals {
  a = [local.b, module.m.name]
  b = { c = local.c, d = sym_target.t.name }
  c = "x"
}
resource "sym_target" "t" { name = local.c }
module "m" {
  source = "./m"
  name   = local.b.c
}
"""
    forwards = configuration(tmp_path / "one", text + MODULE)
    backwards = configuration(tmp_path / "two", text + MODULE)
    names = ["a", "b", "c"]
    first = [plain(forwards.root.local(name)) for name in names]
    assert first == [plain(backwards.root.local(name)) for name in reversed(names)][::-1]


# --- ends that are not there ----------------------------------------------------------------------


def test_cycles_end(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
locals {
  a = "${local.b}"
  b = local.a
  c = { x = local.c }
}
resource "sym_target" "t" {
  count = length(sym_target.t)
  name  = sym_target.t[0].name
}
module "m" {
  source   = "./m"
  for_each = module.m
  name     = module.m["x"].name
}
"""
        + MODULE,
    )
    assert found.root.local("a").is_unknown  # type: ignore[union-attr]  # it is declared
    assert any("local.a -> local.b -> local.a" in message for message in messages(found))


def test_a_module_that_calls_itself_ends(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
module "m" { source = "./m" }
--- m/main.tf
module "again" { source = "../m" }
module "top" { source = "../" }
""",
    )
    assert len(list(found.modules())) == 2
    assert [message for message in messages(found) if "module-call" in message] == [
        'm/main.tf:1 module-call: module "again" calls a module that it is part of',
        'm/main.tf:2 module-call: module "top" calls a module that it is part of',
    ]


@pytest.mark.no_cover
def test_a_long_chain_of_values(tmp_path: Path) -> None:
    size = 3000
    chain = "".join(f"  l{i} = local.l{i - 1}\n" for i in range(1, size))
    found = configuration(tmp_path, f'locals {{\n  l0 = "x"\n{chain}}}\n')
    value = found.root.local(f"l{size - 1}")
    assert plain(value) == "x"
    assert len(hops(value)) == 100
    assert hops(value)[-1] == f"local.l{size - 2}"


def test_what_locals_in_circles_refer_to_is_found_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size, read = 40, []

    def counted(expression: Expression) -> Iterator[Traversal]:
        read.append(expression)
        return free_traversals(expression)

    monkeypatch.setattr(preparing, "free_traversals", counted)
    uses = ", ".join(f"local.l{number}" for number in range(size))
    names = "".join(f"  l{number} = [{uses}]\n" for number in range(size))
    found = configuration(tmp_path, f"locals {{\n{names}}}\n")
    found.root.local("l0")
    assert size // 2 < len(read) <= size


def test_a_long_chain_through_modules_and_resources(tmp_path: Path) -> None:
    parts = ['resource "sym_target" "t0" { name = "x" }\n']
    for i in range(1, 400):
        parts.append(f'module "m{i}" {{\n  source = "./m"\n  v = sym_target.t{i - 1}.name\n}}\n')
        parts.append(f'resource "sym_target" "t{i}" {{ name = module.m{i}.o }}\n')
    parts.append('--- m/main.tf\nvariable "v" {}\noutput "o" { value = var.v }\n')
    found = configuration(tmp_path, "".join(parts))
    last = found.root.resources()[-1]
    assert plain(last.attribute("name")) == "x"
    assert messages(found) == []


def test_work_is_bounded_for_trees_that_grow_without_end(tmp_path: Path) -> None:
    levels = [
        f'--- l{i}/main.tf\nmodule "a" {{ source = "../l{i + 1}" }}\n'
        f'module "b" {{ source = "../l{i + 1}" }}\n'
        for i in range(30)
    ]
    text = 'module "a" { source = "./l0" }\n' + "".join(levels) + "--- l30/main.tf\nlocals {}\n"
    write_files(tmp_path, text)
    found = Configuration(str(tmp_path), budget=Budget(2_000_000))
    assert sum(1 for _ in found.modules()) <= 700
    assert list(found.budget.given_up) == [TOO_MANY]
    assert Diagnosis(found).static_problems == ()


def test_a_broken_file_hides_nothing_else_and_proves_nothing(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
locals {
  a = var.lost
  b = "kept"
}
output "x" { value = module.m.lost }
module "m" { source = "./m" }
--- broken.tf
variable "lost" {
  default =
}
locals { c = 1 }
--- m/main.tf
output "lost" {
""",
    )
    assert not found.root.module.complete
    assert plain(found.root.local("b")) == "kept"
    assert plain(found.root.local("c")) == 1
    assert messages(found) == []


def test_a_provider_may_know_elements_that_are_not_written(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
resource "aws_x" "y" {
  tags = { Name = "n" }
  list = ["a"]
}
resource "terraform_data" "z" { input = { a = 1 } }
locals {
  name  = aws_x.y.tags["Name"]
  other = aws_x.y.tags["Other"]
  third = aws_x.y.list[3]
  wrong = terraform_data.z.input.b
}
""",
    )
    local = found.root.local
    assert plain(local("name")) == "n"
    assert plain(local("other")) == "<aws_x.y.tags.Other>"
    assert hops(local("other")) == ["aws_x.y.tags"]
    assert plain(local("third")) == "<aws_x.y.list[3]>"
    assert [message.split(":")[0] for message in messages(found)] == ["10 attribute"]


def test_what_may_not_exist_proves_nothing(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
variable "enabled" { type = bool }
variable "hosts" { type = map(object({ name = optional(string) })) }
locals { database = null }
resource "aws_x" "maybe" {
  count = var.enabled ? 1 : 0
  host  = local.database.host
}
module "each" {
  source   = "./m"
  for_each = var.hosts
  database = local.database
}
resource "aws_x" "surely" {
  count = 1
  host  = local.database.host
}
--- m/main.tf
variable "database" {}
variable "off" { default = null }
locals {
  host = var.database.host
  text = "a" + 1
}
""",
    )
    shown = messages(found)
    assert [message.split(":")[0] for message in shown if not message.startswith("m/")] == [
        "6 expression",
        "15 expression",
    ]
    assert [m for m in shown if m.startswith("m/")] == [
        'm/main.tf:5 expression: unsuitable operand of "+": a number is required'
    ]


def test_a_local_as_it_is_counts_for_what_is_secret(tmp_path: Path) -> None:
    # Until something is known to be secret, nobody looks into collections.
    found = configuration(
        tmp_path,
        """
locals {
  settings = { for name in ["password"] : name => sensitive("correct horse") }
}
resource "sym_target" "t" {
  token    = sensitive("battery staple")
  settings = local.settings
}
""",
    )
    Diagnosis(found).evaluate_all()
    contents = [value.content for value in found.evaluation.secrets]
    assert contents[0] == "battery staple"
    assert any(isinstance(content, dict) and "password" in content for content in contents)


def test_constants_are_shared_and_cost_each_instance_the_same(tmp_path: Path) -> None:
    text = """
module "m" {
  source   = "./m"
  for_each = toset(["a", "b", "c"])
  settings = { org = "x", groups = ["y", "z"] }
}
--- m/main.tf
variable "settings" {
  type = object({ org = string, groups = set(string) })
}
"""
    found = configuration(tmp_path, text)
    costs, values = [], []
    for call in found.root.module_calls():
        assert call.module is not None
        before = found.budget.remaining
        values.append(call.module.variable("settings"))
        costs.append(before - found.budget.remaining)
    assert costs[0] == costs[1] == costs[2]
    assert values[0] is values[1] is values[2] is not None


@pytest.mark.parametrize(
    ("value", "share"),
    [
        ('"${local.t}"', 8),
        ("local.t", 8),
        ('[local.t, "a"]', 8),
        ("{ a = local.t }", 8),
        ('file("${path.module}/t.txt")', 32),
    ],
)
def test_a_long_text_costs_steps_in_each_block(tmp_path: Path, value: str, share: int) -> None:
    text = "x" * 8_000
    blocks = "".join(
        f'resource "sym_target" "{name}" {{\n  label = {value}\n}}\n' for name in "tuv"
    )
    found = configuration(tmp_path, f'locals {{\n  t = "{text}"\n}}\n{blocks}--- t.txt\n{text}\n')
    first, second, third = found.root.resources()
    first.attribute("label")
    before = found.budget.remaining
    second.attribute("label")
    spent = before - found.budget.remaining
    assert spent >= len(text) // share
    second.attribute("label")
    assert found.budget.remaining == before - spent
    found.budget.remaining = spent - 1
    label = third.attribute("label")
    assert label is not None
    assert label.unknown is not None
    assert label.unknown.kind == "budget"
