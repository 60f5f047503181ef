"""Values that do not have the type of a module's input, wherever they are written, and good twins."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.checking import all_rules, configuration, findings, rules_of
from support.writing import write

if TYPE_CHECKING:
    from pathlib import Path

INPUTS = {
    "a string is a list": ("environment", ["main"], "main"),
    "a string is a map": ("environment", {"name": "main"}, "main"),
    "a list is a string": ("account_id_safelist", "111122223333", ["111122223333"]),
    "a list is a map": ("account_id_safelist", {"a": "111122223333"}, ["111122223333"]),
    "a list in a list": ("account_id_safelist", [["111122223333"]], [111122223333]),
    "a map is a list": ("tags", ["team"], {"team": "identity", "cost": 12}),
    "a map is a string": ("tags", "identity", {}),
}
GOOD = {
    "a number is a string": ("environment", 12),
    "a bool is a string": ("environment", True),
    "null": ("tags", None),
}


FORMS = ("root", "module", "local", "for_each", "json")


def called(name: str, value: object, form: str) -> dict[str, str]:
    """The files of a configuration that gives a runtime connector an input, in one of the forms."""
    call: dict[str, object] = {
        "source": "symopsio/runtime-connector/aws", "version": "~> 2.0", "environment": "main",
        name: value,
    }  # fmt: skip  # as many a line as fit
    if form == "json":
        return {"main.tf.json": json.dumps({"module": {"this": call}})}
    texts = {key: json.dumps(it) for key, it in call.items()}
    more = ""
    if form == "for_each":
        texts["for_each"] = 'toset(["a"])'
    if form in ("local", "module"):
        more = f"locals {{\n  given = {texts[name]}\n}}\n"
        texts[name] = "local.given"
    block = "".join(f"  {key} = {text}\n" for key, text in texts.items())
    main = f'module "this" {{\n{block}}}\n{more}'
    if form != "module":
        return {"main.tf": main}
    outer = f'module "outer" {{\n  source = "./outer"\n  given = {json.dumps(value)}\n}}\n'
    inner = f'variable "given" {{}}\nmodule "this" {{\n{block}}}\n'
    return {"main.tf": outer, "outer/main.tf": inner.replace("local.given", "var.given")}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("what", INPUTS)
def test_a_wrong_type_is_found_and_the_right_one_is_not(
    tmp_path: Path, what: str, form: str
) -> None:
    name, bad, good = INPUTS[what]
    found = findings(write(tmp_path / "bad", called(name, bad, form)), all_rules())
    assert [it.code for it in found] == ["SYM142"]
    assert name in found[0].title
    assert not findings(write(tmp_path / "good", called(name, good, form)), all_rules())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("what", GOOD)
def test_what_terraform_converts_is_right(tmp_path: Path, what: str, form: str) -> None:
    assert not findings(write(tmp_path, called(*GOOD[what], form)), rules_of("SYM142"))


def test_the_type_of_a_variable_is_enough(tmp_path: Path) -> None:
    files = called("environment", "x", "root")
    main = files["main.tf"].replace('"x"', "var.names")
    for type_, expected in (("list(string)", ["SYM142"]), ("string", []), ("any", [])):
        root = write(
            tmp_path / type_, {"main.tf": f'{main}variable "names" {{ type = {type_} }}\n'}
        )
        assert [it.code for it in findings(root, all_rules())] == expected


TRUST = """
module "this" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = VALUE
}
variable "arns" { type = list(string) }
"""
ARN = '"arn:aws:iam::111122223333:role/sym/SymRuntimeMain"'


@pytest.mark.parametrize("value", [f"{{ a = {ARN} }}", "12", f"[[{ARN}]]", "[var.arns]", "[12]"])
def test_the_roles_are_the_subject_of_their_own_rule(tmp_path: Path, value: str) -> None:
    found = findings(write(tmp_path, {"main.tf": TRUST.replace("VALUE", value)}), all_rules())
    assert [it.code for it in found] == ["SYM303"]


@pytest.mark.parametrize(
    "value", [f"[{ARN}]", "var.arns", f"toset([{ARN}])", "concat(var.arns, [])"]
)
def test_a_list_of_roles_is_right(tmp_path: Path, value: str) -> None:
    root = write(tmp_path, {"main.tf": TRUST.replace("VALUE", value)})
    assert not findings(root, all_rules())


def test_many_modules_with_one_large_input_are_counted(tmp_path: Path) -> None:
    tags = json.dumps({f"t{number}": "x" for number in range(500)})
    calls = "".join(
        f'module "m{number}" {{\n  source = "symopsio/runtime-connector/aws"\n  version = "~> 2.0"\n'
        f'  environment = "e{number}"\n  tags = local.t\n}}\n'
        for number in range(10)
    )
    sym = configuration(write(tmp_path, {"main.tf": f"locals {{\n  t = {tags}\n}}\n{calls}"}))
    [rule] = rules_of("SYM142")
    sym.terraform.budget.remaining = 40_000
    assert 0 < len(list(rule().check(sym))) < 20
    assert sym.terraform.budget.given_up
