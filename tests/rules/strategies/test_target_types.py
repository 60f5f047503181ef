"""SYM201 for every strategy type, and through every way of listing targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import CATALOGUE, configuration, findings
from support.writing import write

from symlint.lint.finding import Finding, Undecided
from symlint.rules.strategies.target_type import StrategyTargetType

if TYPE_CHECKING:
    from pathlib import Path


def target(name: str, type_name: str) -> str:
    entry = CATALOGUE.targets.get(type_name)
    settings = "".join(f'    {it} = "x"\n' for it in (entry.required_settings if entry else ()))
    return (
        f'resource "sym_target" "{name}" {{\n  type = "{type_name}"\n  name = "{name}"\n'
        f"  settings = {{\n{settings}  }}\n}}\n"
    )


def strategy(type_name: str, targets: str) -> str:
    return (
        f'resource "sym_strategy" "this" {{\n  type = "{type_name}"\n  name = "this"\n'
        f"  targets = {targets}\n}}\n"
    )


KNOWN = [
    (name, accepted, other)
    for name, entry in sorted(CATALOGUE.strategies.items())
    if entry.target_types
    for accepted in entry.target_types
    for other in sorted(CATALOGUE.targets)
    if other not in entry.target_types
]


@pytest.mark.no_cover
@pytest.mark.parametrize("name", sorted({name for name, _, _ in KNOWN}))
def test_every_strategy_type_knows_its_targets(tmp_path: Path, name: str) -> None:
    for index, (_, accepted, other) in enumerate(it for it in KNOWN if it[0] == name):
        text = target("right", accepted) + target("wrong", other)
        right = text + strategy(name, "[sym_target.right.id]")
        assert findings(write(tmp_path / f"right{index}", {"main.tf": right})) == []
        wrong = text + strategy(name, "[sym_target.right.id, sym_target.wrong.id]")
        found = findings(write(tmp_path / f"wrong{index}", {"main.tf": wrong}))
        article = "an" if other[0] in "aeio" else "a"
        assert [(it.title, it.range.text) for it in found] == [
            (f"{name} strategy cannot grant {article} {other} target", "sym_target.wrong.id")
        ]


GROUPS = """
variable "groups" {
  default = { one = "x", two = "y" }
}

resource "sym_target" "groups" {
  for_each = var.groups
  type     = "okta_group"
  name     = each.key
  settings = { group_id = each.value }
}
"""

LISTS = [
    "[for it in sym_target.groups : it.id]",
    '[for key, it in sym_target.groups : it.id if key != "two"]',
    "[for key in keys(var.groups) : sym_target.groups[key].id]",
    "values(sym_target.groups)[*].id",
    '[sym_target.groups["one"].id]',
    'concat([sym_target.groups["one"].id], [sym_target.groups["two"].id])',
    '[for it in sym_target.groups : "${it.id}"]',
]


@pytest.mark.parametrize("targets", LISTS)
def test_repeated_targets_are_followed(tmp_path: Path, targets: str) -> None:
    right = GROUPS + strategy("okta", targets)
    assert findings(write(tmp_path / "right", {"main.tf": right})) == []
    wrong = GROUPS + strategy("github", targets)
    found = findings(write(tmp_path / "wrong", {"main.tf": wrong}))
    assert {it.title for it in found} == {"github strategy cannot grant an okta_group target"}


def test_unknown_keys_still_lead_to_the_block(tmp_path: Path) -> None:
    text = GROUPS.replace('default = { one = "x", two = "y" }', "type = map(string)")
    wanted = "[for key in keys(var.groups) : sym_target.groups[key].id]"
    right = text + strategy("okta", wanted)
    assert findings(write(tmp_path / "right", {"main.tf": right})) == []
    wrong = text + strategy("github", wanted)
    found = findings(write(tmp_path / "wrong", {"main.tf": wrong}))
    assert [it.range.text for it in found] == ["sym_target.groups[key].id"]


@pytest.mark.parametrize(
    ("targets", "title"),
    [
        ("[for it in sym_target.groups : it.name]", "is the name of a target, not its id"),
        ("[for it in sym_target.groups : it]", "is a whole target, not its id"),
        ("values(sym_target.groups)", "is a whole target, not its id"),
        ("keys(sym_target.groups)", "is the name of a target, not its id"),
    ],
)
def test_elements_that_are_no_ids(tmp_path: Path, targets: str, title: str) -> None:
    found = findings(write(tmp_path, {"main.tf": GROUPS + strategy("okta", targets)}))
    assert {it.title for it in found} == {f"an element of targets {title}"}


@pytest.mark.parametrize(
    ("targets", "what"),
    [
        ('sym_target.groups["one"].id', "one target"),
        ('sym_target.groups["one"]', "one target"),
        ('"one"', "a string"),
    ],
)
def test_targets_that_are_no_list(tmp_path: Path, targets: str, what: str) -> None:
    found = findings(write(tmp_path, {"main.tf": GROUPS + strategy("okta", targets)}))
    assert [it.title for it in found] == [f"targets is {what}, not a list"]


def test_both_arms_of_a_condition_are_looked_at(tmp_path: Path) -> None:
    text = 'variable "on" {\n  type = bool\n}\n' + target("a", "okta_group")
    text += target("b", "github_repo")
    wrong = text + strategy("okta", "[var.on ? sym_target.a.id : sym_target.b.id]")
    found = findings(write(tmp_path / "wrong", {"main.tf": wrong}))
    assert [it.range.text for it in found] == ["sym_target.b.id"]
    right = text + strategy("okta", "var.on ? [sym_target.a.id] : []")
    assert findings(write(tmp_path / "right", {"main.tf": right})) == []


@pytest.mark.parametrize("other", ["null", "[]", "[var.id]", "[null]"])
def test_an_arm_without_targets_hides_none_of_the_other(tmp_path: Path, other: str) -> None:
    text = 'variable "on" {\n  type = bool\n}\nvariable "id" {}\n' + target("b", "github_repo")
    wrong = text + strategy("okta", f"var.on ? {other} : [sym_target.b.id]")
    found = findings(write(tmp_path, {"main.tf": wrong}))
    assert [it.range.text for it in found] == ["sym_target.b.id"]


def test_a_target_whose_type_is_chosen_by_each(tmp_path: Path) -> None:
    text = """
resource "sym_target" "all" {
  for_each = {
    a = { type = "okta_group", id = "x" }
    b = { type = "github_repo", id = "y" }
  }
  type     = each.value.type
  name     = each.key
  settings = each.value.type == "okta_group" ? { group_id = "x" } : { repo_name = "y" }
}
"""
    wrong = text + strategy("okta", "[for it in sym_target.all : it.id]")
    found = findings(write(tmp_path / "wrong", {"main.tf": wrong}))
    assert [it.title for it in found] == ["okta strategy cannot grant a github_repo target"]
    right = text + strategy("okta", '[sym_target.all["a"].id]')
    assert findings(write(tmp_path / "right", {"main.tf": right})) == []


UNDECIDED = {
    "a strategy of an unknown type": target("a", "okta_group")
    + strategy("http", "[sym_target.a.id]"),
    "a target whose type has no value": 'variable "type" {}\n'
    + target("a", "okta_group").replace('"okta_group"', "var.type", 1)
    + strategy("okta", "[sym_target.a.id]"),
    "targets that have no value": 'variable "targets" {\n  type = list(string)\n}\n'
    + strategy("okta", "var.targets"),
    "a target of another configuration": 'data "terraform_remote_state" "x" {\n'
    '  backend = "local"\n}\n'
    + strategy("okta", "[data.terraform_remote_state.x.outputs.target_id]"),
}


@pytest.mark.parametrize("name", UNDECIDED)
def test_what_is_not_known_is_undecided(tmp_path: Path, name: str) -> None:
    sym = configuration(write(tmp_path, {"main.tf": UNDECIDED[name]}))
    outcomes = list(StrategyTargetType().check(sym))
    assert len(outcomes) == 1
    assert isinstance(outcomes[0], Undecided)
    assert outcomes[0].reason


def test_an_id_of_another_configuration_is_right(tmp_path: Path) -> None:
    text = strategy("okta", '["0f8fad5b-d9cb-469f-a165-70867728950e"]')
    assert findings(write(tmp_path, {"main.tf": text})) == []


def test_a_users_own_strategy_type(tmp_path: Path) -> None:
    from symlint.sym.catalogue import load_catalogue
    from symlint.sym.model.configuration import SymConfiguration

    extra = {
        "strategies": {"vpn": {"title": "VPN", "target_types": ["vpn_group"]}},
        "targets": {"vpn_group": {"title": "VPN group"}},
    }
    text = target("a", "vpn_group") + target("b", "okta_group")
    text += strategy("vpn", "[sym_target.a.id, sym_target.b.id]")
    plain = configuration(write(tmp_path, {"main.tf": text})).terraform
    outcomes = StrategyTargetType().check(SymConfiguration(plain, load_catalogue(extra)))
    titles = [it.title for it in outcomes if isinstance(it, Finding)]
    assert titles == ["vpn strategy cannot grant an okta_group target"]
