"""Values of root variables from variable files, options and the environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.configurations import configuration, hops, messages, plain, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.instances.options import GivenInput

VARIABLE = 'variable "v" { default = "default" }\n'


def value(found: Configuration) -> object:
    return plain(found.root.variable("v"))


def test_precedence(tmp_path: Path) -> None:
    files = {
        "terraform.tfvars": 'v = "terraform"',
        "terraform.tfvars.json": '{"v": "terraform json"}',
        "a.auto.tfvars": 'v = "a"',
        "b.auto.tfvars.json": '{"v": "b json"}',
        "c.auto.tfvars": 'v = "c"',
    }
    environment = {"TF_VAR_v": "environment"}
    assert value(configuration(tmp_path, VARIABLE)) == "default"
    assert value(configuration(tmp_path, VARIABLE, environment=environment)) == "environment"
    for name, text in files.items():
        write_files(tmp_path, f"--- {name}\n{text}\n")
        expected = text.split('"')[-2]
        assert value(configuration(tmp_path, VARIABLE, environment=environment)) == expected
    write_files(tmp_path, '--- extra.tfvars\nv = "extra"\n')
    extra: GivenInput = ("file", str(tmp_path / "extra.tfvars"))
    assert value(configuration(tmp_path, VARIABLE, given=(extra,))) == "extra"
    option: GivenInput = ("value", "v=option")
    assert value(configuration(tmp_path, VARIABLE, given=(extra, option))) == "option"
    assert value(configuration(tmp_path, VARIABLE, given=(option, extra))) == "extra"


def test_a_value_knows_the_file_that_it_stands_in(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
variable "v" { type = object({ name = string }) }
locals { name = var.v.name }
--- terraform.tfvars
v = {
  name = "x"
}
""",
    )
    name = found.root.local("name")
    assert name is not None
    assert name.origin is not None
    assert (name.origin.path.rpartition("/")[2], name.origin.line) == ("terraform.tfvars", 2)
    assert hops(name) == ["var.v"]


@pytest.mark.parametrize(
    ("type_", "text", "expected"),
    [
        ("string", "[1]", "[1]"),
        ("number", "5", 5),
        ("bool", "true", True),
        ("list(string)", '["a"]', ["a"]),
        ("map(number)", "{ a = 1 }", {"a": 1}),
        ("any", '["a"]', ["a"]),
    ],
)
def test_text_from_the_command_line(
    tmp_path: Path, type_: str, text: str, expected: object
) -> None:
    declared = f'variable "v" {{ type = {type_} }}\n'
    found = configuration(tmp_path, declared, given=(("value", f"v={text}"),))
    assert value(found) == expected
    assert messages(found) == []


def test_text_for_a_variable_without_type_is_text(tmp_path: Path) -> None:
    found = configuration(tmp_path, VARIABLE, given=(("value", "v=[1]"),))
    assert value(found) == "[1]"


def test_a_variable_without_value_is_unknown_with_its_reference(tmp_path: Path) -> None:
    found = configuration(tmp_path, 'variable "v" { type = object({ id = string }) }\n')
    variable = found.root.variable("v")
    assert variable is not None
    assert variable.unknown is not None
    assert variable.unknown.kind == "variable"
    assert plain(variable) == "<var.v>"
    assert variable.type.kind == "object"
    assert messages(found) == []


def test_problems_of_variable_files(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
variable "v" { type = number }
variable "w" {}
variable "x" {}
--- terraform.tfvars
nope = 1
v    = "five"
w    = upper("a")
x    = var.v
block {}
""",
    )
    shown = messages(found)
    assert shown[1].startswith('terraform.tfvars:2 type: the value of variable "v" does not fit: ')
    assert [*shown[:1], *shown[2:]] == [
        'terraform.tfvars:1 input: terraform.tfvars sets "nope", and no such variable is declared',
        "terraform.tfvars:3 input: a variable file cannot call functions",
        "terraform.tfvars:4 input: a variable file cannot refer to other values",
        "terraform.tfvars:5 input: a variable file holds values, not blocks",
    ]


def test_an_undeclared_environment_variable_is_nothing(tmp_path: Path) -> None:
    found = configuration(tmp_path, VARIABLE, environment={"TF_VAR_other": "x"})
    assert messages(found) == []


def test_an_undeclared_option_is_a_problem(tmp_path: Path) -> None:
    found = configuration(tmp_path, VARIABLE, given=(("value", "other=x"),))
    assert messages(found) == ['<command line>:1 input: no variable "other" is declared']


def test_a_missing_variable_file_is_said(tmp_path: Path) -> None:
    found = configuration(tmp_path, VARIABLE, given=(("file", str(tmp_path / "no.tfvars")),))
    assert [problem.kind for problem in found.inputs.unreadable] == ["missing"]


@pytest.mark.parametrize("target", ["nowhere", "main.tf/x", "terraform.tfvars"])
@pytest.mark.parametrize("name", ["terraform.tfvars", "terraform.tfvars.json"])
def test_a_link_to_nothing_is_passed_over(tmp_path: Path, name: str, target: str) -> None:
    (tmp_path / name).symlink_to(target)
    found = configuration(tmp_path, VARIABLE)
    assert value(found) == "default"
    assert not found.inputs.unreadable


@pytest.mark.parametrize("name", ["x.auto.tfvars", "x.auto.tfvars.json"])
def test_an_automatic_link_to_nothing_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / name).symlink_to("nowhere")
    (problem,) = configuration(tmp_path, VARIABLE).inputs.unreadable
    assert problem.path == str(tmp_path / name)


def test_defaults_are_values_but_prove_no_mistake(tmp_path: Path) -> None:
    text = """
variable "subnets" { default = [] }
variable "database" {
  type    = object({ host = string })
  default = null
}
locals {
  first = var.subnets[0]
  host  = var.database.host
}
"""
    found = configuration(tmp_path, text)
    assert plain(found.root.variable("subnets")) == []
    assert messages(found) == []
    write_files(tmp_path, "--- terraform.tfvars\nsubnets = []\n")
    assert [m.split(":")[0] for m in messages(configuration(tmp_path, text))] == ["7 expression"]


def test_validations(tmp_path: Path) -> None:
    text = """
provider "sym" {}
variable "v" {
  default = "short"
  validation {
    condition     = length(var.v) > 5
    error_message = "Longer than ${5}."
  }
}
module "m" {
  source = "./m"
  w      = "channel"
}
--- m/main.tf
variable "w" {
  validation {
    condition     = startswith(var.w, "#")
    error_message = "A channel begins with #."
  }
}
"""
    assert messages(configuration(tmp_path, text)) == [
        '3 validation: the default of variable "v" is not valid: Longer than 5.',
        '11 validation: the value of variable "w" is not valid: A channel begins with #.',
    ]
    write_files(tmp_path, '--- x.auto.tfvars\nv = "tiny"\n')
    assert messages(configuration(tmp_path, text))[1] == (
        'x.auto.tfvars:1 validation: the value of variable "v" is not valid: Longer than 5.'
    )


def test_a_default_may_be_there_to_be_set_by_callers(tmp_path: Path) -> None:
    text = """
variable "v" {
  default = {}
  validation {
    condition     = length(var.v) == 1
    error_message = "Set exactly one."
  }
}
"""
    assert messages(configuration(tmp_path, text)) == []
    write_files(tmp_path, "--- terraform.tfvars\n# none\n")
    assert len(messages(configuration(tmp_path, text))) == 1


def test_workspace(tmp_path: Path) -> None:
    text = "locals { same = terraform.workspace == terraform.workspace, w = terraform.workspace }\n"
    text = text.replace(", w", "\n w").replace("{ same", "{\n same").replace(" }", "\n}")
    unknown = configuration(tmp_path, text)
    assert plain(unknown.root.local("w")) == "<terraform.workspace>"
    assert plain(unknown.root.local("same")) is True
    known = configuration(tmp_path, text, workspace="prod")
    assert plain(known.root.local("w")) == "prod"


def test_mistakes_are_taken_note_of_as_long_as_there_is_budget(tmp_path: Path) -> None:
    found = configuration(tmp_path, VARIABLE)
    write_files(tmp_path, "--- terraform.tfvars\n" + "b {}\n" * 50 + 'v = "set"\n')
    found.budget.remaining = 2_500
    assert 5 < len(found.inputs.problems) < 15
    assert any("more mistakes" in what for what in found.budget.given_up)
