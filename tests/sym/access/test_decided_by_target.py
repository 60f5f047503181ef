"""Code that looks at the target that is asked for: what it says of each target."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from granted_access import IMPORTS, MAIN, MEMBERS, granted

from symlint.lint.access.comparison import compare
from symlint.lint.access.inventory import take_inventory
from symlint.lint.access.questions.all_answers import answers
from symlint.lint.access.rows import rows_of
from symlint.lint.options import Options
from symlint.report.access.layout import Layout
from symlint.report.access.text import render
from symlint.report.options import RenderOptions
from symlint.report.places import shown_place

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.access.inventory import Inventory

TWO = MAIN.replace("[sym_target.group.id]", "[sym_target.group.id, sym_target.admins.id]") + """
resource "sym_target" "admins" {
  type  = "okta_group"
  name  = "admins"
  label = "Admins"

  settings = {
    group_id = "00g9"
  }
}
"""  # fmt: skip  # two texts
TARGET = 'event.payload.fields["target"]'


def automatic(condition: str) -> str:
    return (
        f"{MEMBERS}\n@hook\ndef on_request(event):\n"
        f"    if {condition}:\n        return ApprovalTemplate.approve()\n"
    )


@pytest.mark.parametrize(
    ("condition", "admins", "support"),
    [
        (f"{TARGET}.slug == 'admins'", "always", "never"),
        (f"{TARGET}.name != 'admins' and okta.is_user_in_group(event.user, group_id='00g')", "never", "when okta.is_user_in_group(event.user, group_id='00g')"),
        ("event.payload.fields.get('target').srn.slug in ('support', 'x')", "never", "always"),
        (f"{TARGET}.label == 'Admins'", "always", f"when {TARGET}.label == 'Admins'"),
        (f"{TARGET}.type == 'aws_iam_group'", "never", "never"),
        (f"{TARGET}.settings['group_id'] == '00g9'", "always", "never"),
        (f"{TARGET}.settings['other'] == '00g9'", f"when {TARGET}.settings['other'] == '00g9'", f"when {TARGET}.settings['other'] == '00g9'"),
        ("event.payload.fields['duration']", "when event.payload.fields['duration']", "when event.payload.fields['duration']"),
    ],
)  # fmt: skip  # a condition a line
def test_conditions_on_the_target(
    tmp_path: Path, condition: str, admins: str, support: str
) -> None:
    found = granted(tmp_path, automatic(condition), TWO)
    said = {it.target: it.cells["automatic"].text.replace('"', "'") for it in found}
    assert said == {"admins": admins.replace('"', "'"), "support": support.replace('"', "'")}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # Sym does not tell apart "Admins" and "admins"; which of them code sees is not known.
        ('name  = "admins"', 'name  = "Admins"'),
        ('name  = "admins"', 'name  = data.x.y.z'),
        ('name  = "admins"', 'name  = var.name\n}\n\nvariable "name" {\n  sensitive = true\n  default = "admins"'),
    ],
)  # fmt: skip  # an edit a line
def test_what_is_not_known_of_the_target_stays_a_condition(
    tmp_path: Path, old: str, new: str
) -> None:
    found = granted(tmp_path, automatic(f"{TARGET}.slug == 'admins'"), TWO.replace(old, new))
    assert {it.cells["automatic"].state for it in found if it.target != "support"} == {
        "conditional"
    }


def test_what_who_asks_chooses_stays_a_condition(tmp_path: Path) -> None:
    bound = TWO.replace('    group_id = "00g9"\n', "").replace(
        'label = "Admins"', 'field_bindings = ["group_id"]'
    )
    found = granted(tmp_path, automatic(f"{TARGET}.settings['group_id'] == '00g9'"), bound)
    said = {it.target: it.cells["automatic"].state for it in found}
    assert said == {"admins": "conditional", "support": "known"}


def test_a_dictionary_by_target(tmp_path: Path) -> None:
    code = """
CHANNELS = {"admins": "#admins", "support": "#support"}

@reducer
def get_approvers(event):
    return slack.channel(CHANNELS[event.payload.fields["target"].name])
"""
    found = granted(tmp_path, code, TWO)
    assert {it.target: it.cells["asked_in"].text for it in found} == {
        "admins": "#admins",
        "support": "#support",
    }


def inventory(folder: Path, code: str, main: str = TWO) -> Inventory:
    folder.mkdir()
    (folder / "impl.py").write_text(IMPORTS + code, encoding="utf-8")
    (folder / "main.tf").write_text(main, encoding="utf-8")
    return take_inventory([str(folder)], Options(), with_chains=True)


def test_the_block_of_the_flow_says_it_with_each_target(tmp_path: Path) -> None:
    found = inventory(tmp_path / "x", automatic(f"{TARGET}.slug == 'admins'"))
    text = render(found, RenderOptions(str(tmp_path), "", ""), Layout())
    said = [" ".join(line.split()) for line in text.splitlines()]
    first = [line for line in said if line.startswith(("grants", "without approval"))]
    assert [line.rpartition(" (")[0] or line.rpartition(" x/")[0] or line for line in first] == [
        "grants member of the Okta group 00g9",
        "without approval always",
        "grants member of the Okta group 00g1",
        "without approval never",
    ]
    assert text.count("without approval") == 2
    assert text.count("approved by") == 1


def test_answers_name_the_targets(tmp_path: Path) -> None:
    found = inventory(tmp_path / "x", automatic(f"{TARGET}.slug == 'admins'"))
    by_name = {it.name: it for it in answers(found, (), lambda it: shown_place(it, str(tmp_path)))}
    alone = by_name["alone"]
    assert (alone.verdict, alone.text) == ("yes", "yes: 1 (of 1 flow)")
    said = [(it.verdict, it.text, [one.name for one in it.targets]) for it in alone.parts]
    assert said == [
        ("yes", "every request is approved by the code", ["admins"]),
        ("no", "somebody else has to approve", ["support"]),
    ]
    assert [it.targets for it in by_name["self-approval"].parts] == [()]


def test_a_broken_hook_names_the_target_for_which_it_fails(tmp_path: Path) -> None:
    found = inventory(
        tmp_path / "x",
        MEMBERS + "\n@hook\ndef on_approve(event):\n"
        f"    return {{'support': None}}[{TARGET}.name]\n",
    )
    by_name = {it.name: it for it in answers(found, (), lambda it: shown_place(it, str(tmp_path)))}
    assert by_name["broken"].parts[0].text.endswith("there is no 'admins'], for admins")


def test_a_change_for_one_target_is_said_of_this_target(tmp_path: Path) -> None:
    before = rows_of(inventory(tmp_path / "a", MEMBERS), str(tmp_path / "a"))
    after = rows_of(
        inventory(tmp_path / "b", automatic(f"{TARGET}.slug == 'admins'")), str(tmp_path / "b")
    )
    found = [(it.target, it.column, it.direction) for it in compare(before, after).changes]
    assert found == [("okta_group admins", "automatic", "widened")]
    always = rows_of(inventory(tmp_path / "c", automatic("True")), str(tmp_path / "c"))
    found = [(it.target, it.column, it.direction) for it in compare(before, always).changes]
    assert found == [("", "automatic", "widened")]
