"""SYM622: targets that the code of a flow knows by name, and the flow does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings, rules_of, undecided
from support.writing import flow_with, write

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.finding import Finding

RULE = rules_of("SYM622")
PARAMS = "    strategy_id = sym_strategy.okta.id\n"
TARGETS = """
variable "open" {}

resource "sym_target" "admins" {
  type     = "okta_group"
  name     = "Okta-Admins"
  settings = { group_id = "00g1admins" }
}

resource "sym_target" "others" {
  type     = "okta_group"
  name     = "others"
  settings = { group_id = "00g1others" }
}

resource "sym_strategy" "okta" {
  type           = "okta"
  name           = "okta"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [sym_target.admins.id, sym_target.others.id]
}
"""


def found_in(root: Path, body: str, *edits: tuple[str, str]) -> list[Finding]:
    body = body.replace("T.", 'event.payload.fields["target"].')
    files = flow_with(f"@hook\ndef on_request(event):\n    {body}\n", "", PARAMS)
    files["main.tf"] += TARGETS
    for old, new in edits:
        assert old in files["main.tf"]
        files["main.tf"] = files["main.tf"].replace(old, new)
    return findings(write(root, files), RULE)


WRONG = {
    'T.name == "x"': "name",
    '"x" == T.slug': "name",
    'T.name != "x"': "name",
    'T.name in ("others", "x")': "name",
    'event.payload.fields.get("target").name == "x"': "name",
    'target = event.payload.fields["target"]\n    if target.name == "x":\n        pass': "name",
    'T.settings["group_id"] == "x"': "setting group_id",
}


@pytest.mark.parametrize("body", WRONG)
def test_a_target_that_the_flow_does_not_have(tmp_path: Path, body: str) -> None:
    (found,) = found_in(tmp_path, body)
    assert found.title == f'no target of the flow has the {WRONG[body]} "x"'
    assert (found.range.text, found.related[0].range.text) == ('"x"', "targets")


def test_a_constant(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, 'mine = "x"\n    T.name == mine')
    assert (found.title, found.range.text) == ('no target of the flow has the name "x"', "mine")


def test_an_empty_name_is_a_test_for_none(tmp_path: Path) -> None:
    assert found_in(tmp_path, 'T.name == "" or T.settings["group_id"] in ("", "00g1admins")') == []


def test_the_target_that_was_meant(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, 'T.name == "okta-admin"')
    assert found.help == "did you mean okta-admins?"
    assert found.related[0].range.text == '"Okta-Admins"'


RIGHT = [
    'T.name == "others"',
    'T.name == "okta-admins"',
    'T.slug in ("others", "Okta-Admins")',
    'T.settings["group_id"] == "00g1others"',
    'T.label == "x"',
    'T.name.startswith("x")',
    "T.name == event.user.email",
    'event.payload.fields["reason"] == "x"',
    'if event.flow.name == "a":\n        T.name == "x"',
]


@pytest.mark.parametrize("body", RIGHT)
def test_what_is_right(tmp_path: Path, body: str) -> None:
    assert not found_in(tmp_path, body)


UNKNOWN = [
    ("[sym_target.admins.id, sym_target.others.id]", "var.open"),
    ("[sym_target.admins.id, sym_target.others.id]", "[sym_target.admins.id, var.open]"),
    ('"others"\n  settings', "var.open\n  settings"),
    ("sym_strategy.okta.id", "var.open"),
]


@pytest.mark.parametrize("edit", UNKNOWN)
def test_what_is_not_known(tmp_path: Path, edit: tuple[str, str]) -> None:
    assert not found_in(tmp_path, 'T.name == "x"', edit)
    assert len(undecided(tmp_path, RULE)) == 1


def test_a_setting_that_a_field_fills_in(tmp_path: Path) -> None:
    edit = ('settings = { group_id = "00g1others" }', 'field_bindings = ["group_id"]')
    assert not found_in(tmp_path, 'T.settings["group_id"] == "x"', edit)


def test_a_target_of_another_flow_with_the_same_code(tmp_path: Path) -> None:
    body = 'event.payload.fields["target"].name == "x"'
    files = flow_with(f"@hook\ndef on_request(event):\n    {body}\n", "", PARAMS)
    other = "".join(files["main.tf"].partition('resource "sym_flow"')[1:])
    other += TARGETS.replace('variable "open" {}\n', "").replace('"others"\n  s', '"x"\n  s')
    for name in ("admins", "others", "okta", "iam"):
        other = other.replace(f'"{name}" {{', f'"{name}2" {{').replace(f".{name}.", f".{name}2.")
    files["main.tf"] += TARGETS + other
    assert not findings(write(tmp_path, files), RULE)
    files["main.tf"] = files["main.tf"].replace('"x"', '"y"')
    found = findings(write(tmp_path, files), RULE)
    assert [it.title for it in found] == ['no target of the flow has the name "x"']
