"""What the static checks say: places, suggestions and help."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.configurations import configuration, messages

from symlint.graph.all_problems import problems
from symlint.source.close_names import close_name, distance
from symlint.terraform.checks import missing_outputs
from symlint.terraform.checks.diagnosis import Diagnosis

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.terraform.values.problems import Problem


def only(tmp_path: Path, text: str) -> Problem:
    (problem,) = problems(Diagnosis(configuration(tmp_path, text)))
    return problem


@pytest.mark.parametrize(
    ("text", "place", "suggestion"),
    [
        ('variable "region" {}\nlocals { x = var.regoin }', "regoin", "region"),
        ("locals {\n  tags = {}\n  x = local.tag\n}", "tag", "tags"),
        (
            'resource "sym_target" "prod" {}\nlocals { x = sym_target.prd.id }',
            "prd",
            "prod",
        ),
        (
            'resource "sym_target" "super-secret" {}\nlocals { x = sym_target.super_secret.id }',
            "super_secret",
            "super-secret",
        ),
        # Two close names: none is suggested.
        ('variable "aaaa1" {}\nvariable "aaaa2" {}\nlocals { x = var.aaaa3 }', "aaaa3", None),
        # Nothing close.
        ('variable "environment" {}\nlocals { x = var.region }', "region", None),
        # A close name of another kind is none.
        ("locals {\n region = 1\n x = var.regoin\n}", "regoin", None),
        ('resource "aws_x" "b" {}\nlocals { x = sym_target.b.id }', "sym_target.b", None),
    ],
)
def test_undeclared_names(tmp_path: Path, text: str, place: str, suggestion: str | None) -> None:
    problem = only(tmp_path, text)
    assert problem.kind == "undeclared"
    assert problem.range.text == place
    assert problem.suggestion == suggestion
    assert problem.help


def test_terragrunt_may_write_provider_blocks(tmp_path: Path) -> None:
    text = 'resource "aws_vpc" "a" { provider = aws.east }\n'
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "terragrunt.hcl").touch()
    root = tmp_path / "r"
    (root / ".git").mkdir(parents=True)
    assert len(messages(configuration(root / "modules" / "a", text))) == 1
    (tmp_path / "terragrunt.hcl").touch()
    assert len(messages(configuration(root / "modules" / "a", text))) == 1
    (root / "terragrunt.hcl").touch()
    assert messages(configuration(root / "modules" / "a", text)) == []


def test_help_for_a_resource_that_is_a_data_source(tmp_path: Path) -> None:
    problem = only(tmp_path, 'data "sym_integration" "s" {}\nlocals { x = sym_integration.s.id }\n')
    assert problem.help == ("there is a data source of this name: data.sym_integration.s")


def test_help_names_the_resources_of_the_type(tmp_path: Path) -> None:
    problem = only(
        tmp_path,
        'resource "sym_target" "one" {}\nresource "sym_target" "two" {}\n'
        "locals { x = sym_target.another.id }\n",
    )
    assert problem.help == "declared resources of this type: one, two"
    assert problem.range.text == "another"


def test_an_undeclared_output_shows_the_call(tmp_path: Path) -> None:
    problem = only(
        tmp_path,
        """
module "m" { source = "./m" }
locals { x = module.m.settngs.role }
--- m/main.tf
output "settings" { value = 1 }
""",
    )
    assert problem.range.text == "settngs"
    assert problem.suggestion == "settings"
    assert [related.range.text for related in problem.related] == ['module "m"']


def test_a_duplicate_shows_both(tmp_path: Path) -> None:
    problem = only(tmp_path, 'variable "a" {}\n--- z.tf\nvariable "a" {}\n')
    assert problem.kind == "duplicate"
    assert problem.range.path.endswith("z.tf")
    assert problem.related[0].range.path.endswith("main.tf")


def test_a_module_argument_that_was_mistyped(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
module "m" {
  source     = "./m"
  enviroment = "x"
}
--- m/main.tf
variable "environment" {}
variable "other" { default = 1 }
""",
    )
    missing, unknown = problems(Diagnosis(found))
    assert missing.message == 'module "m" is not given "environment", which has no default'
    assert unknown.suggestion == "environment"
    assert unknown.range.text == "enviroment"


def test_a_child_is_checked_once_however_often_it_is_called(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
module "a" { source = "./m" }
module "b" {
  source = "./m"
  count  = 3
}
--- m/main.tf
locals {
  x = var.nope
  y = "a" + 1
}
""",
    )
    assert len(problems(Diagnosis(found))) == 2
    undeclared, expression = problems(Diagnosis(found))
    assert Diagnosis(found).instances_of(undeclared) == 1
    assert Diagnosis(found).instances_of(expression) == 4


def test_cycles_name_everything_in_them(tmp_path: Path) -> None:
    problem = only(
        tmp_path,
        """
module "a" {
  source = "./m"
  v      = sym_target.t.name
}
resource "sym_target" "t" { name = local.name }
locals { name = module.a.o }
--- m/main.tf
variable "v" {}
locals { inner = var.v }
output "o" { value = local.inner }
""",
    )
    assert problem.kind == "cycle"
    assert problem.message == (
        "dependency cycle: module.a.var.v -> sym_target.t -> local.name -> module.a.o"
        " -> module.a.var.v"
    )
    assert len(problem.related) == 3


def test_two_modules_that_use_each_others_other_outputs_are_no_cycle(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
module "a" {
  source = "./m"
  v      = module.b.fixed
}
module "b" {
  source = "./m"
  v      = module.a.passed
}
--- m/main.tf
variable "v" {}
output "fixed"  { value = 1 }
output "passed" { value = var.v }
""",
    )
    assert messages(found) == []


def test_a_cycle_in_several_is_reported_once(tmp_path: Path) -> None:
    text = "locals {\n" + "".join(f"  l{i} = local.l{(i + 1) % 50}\n" for i in range(50)) + "}\n"
    problem = only(tmp_path, text)
    assert problem.message.startswith("dependency cycle: local.l0 -> local.l1 -> ")
    assert problem.message.endswith("... -> local.l0")


@pytest.mark.parametrize(
    "text",
    [
        'variable "a" {\n  deprecated = "use b"\n}',
        'action "aws_lambda_invoke" "x" {}',
        'resource "x_y" "z" {\n  lifecycle {\n    action_trigger {}\n  }\n}',
        'import {\n  to = x_y.z\n  identity = {}\n}\nresource "x_y" "z" {}',
        'terraform {\n  required_version = "~> 1.0"\n  provider_meta "x" {}\n}',
        'module "m" { source = "git::https://example.com/m.git?ref=v1" }',
        'module "m" { source = "github.com/symopsio/x//modules/y" }',
        'module "m" { source = "git@github.com:symopsio/x.git" }',
        'module "m" { source = "terraform.symops.com/symopsio/iam-connector/sym" }',
        'module "m" { source = "s3::https://s3.amazonaws.com/bucket/x.zip" }',
        'module "m" {\n  source = "symopsio/iam-connector/aws"\n  version = ">= 1.0.0"\n}',
        'moved {\n  from = aws_x.a\n  to = module.m.aws_x.a\n}\nmodule "m" { source = "a/b/c" }',
        'moved {\n  from = aws_x.a[0]\n  to = aws_x.a["k"]\n}\nresource "aws_x" "a" {}',
        'moved {\n  from = aws_x.a\n  to = aws_x.a[0]\n}\nresource "aws_x" "a" { count = 1 }',
        'provider "aws" { alias = "x" }\ndata "aws_y" "z" { provider = aws.x }',
        'resource "aws_x" "a" {\n  timeouts { create = "1m" }\n  depends_on = []\n}',
        'output "x" {\n  value = 1\n  depends_on = [data.a_b.c]\n}\ndata "a_b" "c" {}',
        'resource "x_y" "z" {\n  provisioner "local-exec" {\n    command = self.id\n'
        "    when = destroy\n    on_failure = continue\n  }\n}",
    ],
)
def test_correct_configurations_are_left_alone(tmp_path: Path, text: str) -> None:
    assert messages(configuration(tmp_path, text + "\n")) == []


def test_override_files(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
variable "v" {
  type    = string
  default = "base"
}
resource "sym_flow" "f" {
  name  = "base"
  label = "kept"
  params { strategy_id = "base" }
  lifecycle { prevent_destroy = true }
}
locals {
  a = 1
  b = 2
}
--- a_override.tf
locals { a = 10 }
resource "sym_flow" "f" {
  name = "first"
  lifecycle { ignore_changes = [name] }
}
--- override.tf
variable "v" { default = "over" }
resource "sym_flow" "f" {
  name = "second"
  params { strategy_id = "over" }
}
""",
    )
    (flow,) = found.root.resources()
    assert flow.attribute("name").string == "second"  # type: ignore[union-attr]  # configured
    assert flow.attribute("label").string == "kept"  # type: ignore[union-attr]  # configured
    (params,) = flow.blocks("params")
    assert params.attribute("strategy_id").string == "over"  # type: ignore[union-attr]  # likewise
    (lifecycle,) = flow.body.blocks("lifecycle")
    assert set(lifecycle.body.attributes) == {"prevent_destroy", "ignore_changes"}
    assert found.root.variable("v").string == "over"  # type: ignore[union-attr]  # declared
    assert [found.root.local(n).content for n in "ab"] == [10, 2]  # type: ignore[union-attr]  # likewise
    assert messages(found) == []


def test_json_files_are_part_of_the_module(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
locals { name = sym_flow.f.name }
--- flow.tf.json
{
  "variable": {"v": {"type": "string", "default": "x"}},
  "resource": {"sym_flow": {"f": {
    "name": "flow-${var.v}",
    "params": {"strategy_id": "s", "prompt_field": [{"name": "a"}, {"name": "b"}]}
  }}}
}
""",
    )
    assert found.root.local("name").string == "flow-x"  # type: ignore[union-attr]  # declared
    (flow,) = found.root.resources()
    (params,) = flow.blocks("params")
    fields = params.blocks("prompt_field")
    assert [f.attribute("name").string for f in fields] == ["a", "b"]  # type: ignore[union-attr]  # likewise
    assert messages(found) == []


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "abd", 1), ("abc", "xyz", 3), ("a", "abc", 2)],
)
def test_distance(left: str, right: str, expected: int) -> None:
    assert distance(left, right, 5) == expected


def test_close_names() -> None:
    assert close_name("foo", ["bar"]) is None
    assert close_name("fo", ["foo"]) == "foo"
    assert close_name("ab", ["cd"]) is None
    assert close_name("Region", ["region"]) == "region"


@pytest.mark.parametrize(
    "use",
    [
        "module.m.id",
        '"${module.m.id}"',
        '"x-${module.m.id}"',
        "[module.m.id]",
        "upper(module.m.id)",
        "module.m.id == null ? 1 : 2",
        "{ for k in module.m.ids : k => k }",
        "aws_instance.i.id",
        "aws_instance.i.tags.Name",
        '"${element(aws_instance.i.ids, 0)}"',
        "aws_instance.e.id",
        "aws_instance.e.tags[0]",
        "aws_instance.single[0].id",
        'aws_instance.single["a"]',
    ],
)
@pytest.mark.parametrize("count", ["2", "0", "var.on ? 1 : 0", "length(var.names)"])
def test_a_missing_or_superfluous_instance_key_is_one_mistake(
    tmp_path: Path, use: str, count: str
) -> None:
    text = f"""
variable "on" {{
  default = true
}}
variable "names" {{}}
module "m" {{
  source = "./m"
  count  = {count}
}}
resource "aws_instance" "i" {{
  count = {count}
}}
resource "aws_instance" "e" {{
  for_each = toset(["a"])
}}
resource "aws_instance" "single" {{}}
output "o" {{
  value = {use}
}}
output "good" {{
  value = [module.m[*].id, module.m.*.ids, aws_instance.i.*.id, aws_instance.e["a"].id]
}}
--- m/main.tf
output "id" {{
  value = "x"
}}
output "ids" {{
  value = ["x"]
}}
"""
    message = only(tmp_path, text).message
    assert "belong to its instances" in message or "so it has no instance key" in message


DYNAMIC = """
{
  "variable": {"names": {"type": "set(string)"}},
  "resource": {"sym_flow": {"f": {
    "for_each": "${var.names}",
    "params": [{"dynamic": {"prompt_field": [
      {"for_each": "${var.names}", "iterator": "it", "content": {"name": "${it.value}"}},
      {"for_each": ["a"], "content": {
        "name": "${prompt_field.value} ${each.key}",
        "more": {"dynamic": {"inner": {
          "for_each": ["${prompt_field.value}"], "labels": ["${inner.key}"],
          "content": {"x": "${inner.value} ${prompt_field.key} WRONG"}
        }}}
      }}
    ]}}]
  }}}
}
"""


@pytest.mark.parametrize("where", ["", "m/"])
@pytest.mark.parametrize("suffix", ["tf", "tofu"])
def test_dynamic_blocks_inside_of_blocks_in_json(tmp_path: Path, where: str, suffix: str) -> None:
    caller = 'module "m" {\n  source = "./m"\n  names  = ["a"]\n}\n' if where else "locals {}\n"
    text = f"{caller}--- {where}flow.{suffix}.json\n{DYNAMIC}"
    assert messages(configuration(tmp_path, text)) == []
    wrong = text.replace("WRONG", "${it.value}")
    found = messages(configuration(tmp_path, wrong))
    assert [it.partition(": ")[2] for it in found] == ['resource "it" "value" is not declared']


SEVERAL = """
module "one" {{
  source = "./m"
}}
module "many" {{
  count  = 1
  source = "./m"
}}
output "it" {{
  value = {}
}}
--- m/main.tf
output "out" {{
  value = ["text"]
}}
"""


@pytest.mark.parametrize(
    ("reference", "place", "help_"),
    [
        ('module.one["out"][0]', '["out"]', "write module.one.<output>"),
        ('module.many[0]["out"]', '["out"]', "write module.many[0].<output>"),
        ('module.many[0]["out"][0]', '["out"]', "write module.many[0].<output>"),
        ('try(module.many[0]["out"], [])', '["out"]', "write module.many[0].<output>"),
    ],
)
def test_an_output_in_brackets(tmp_path: Path, reference: str, place: str, help_: str) -> None:
    problem = only(tmp_path, SEVERAL.format(reference))
    assert (problem.range.text, problem.help) == (place, help_)


@pytest.mark.parametrize(
    "reference",
    [
        'module.one["out"]',
        "module.one.out[0]",
        "module.many[0].out[0]",
        '(module.many[0])["out"]',
        "module.many[0][*]",
        '[for index in [0] : module.many[index]["out"]]',
    ],
)
def test_an_output_that_terraform_reads(tmp_path: Path, reference: str) -> None:
    assert messages(configuration(tmp_path, SEVERAL.format(reference))) == []


def test_the_outputs_of_a_module_are_put_in_order_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordered = []

    def noted(names: frozenset[str]) -> list[str]:
        ordered.append(names)
        return sorted(names)

    monkeypatch.setattr(missing_outputs, "sorted", noted, raising=False)
    uses = "".join(f"  x{number} = module.m.missing{number}\n" for number in range(20))
    text = f'module "m" {{ source = "./m" }}\nlocals {{\n{uses}}}\n--- m/main.tf\n'
    found = problems(Diagnosis(configuration(tmp_path, f'{text}output "b" {{ value = 1 }}\n')))
    assert [problem.help for problem in found] == ["its outputs: b"] * 20
    assert len(ordered) == 1
