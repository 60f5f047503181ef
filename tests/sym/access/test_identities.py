"""Things that are known before Terraform runs by what is written of them, and not by their labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from granted_access import MAIN, MEMBERS, granted

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.sym.access.cells import Cell

GROUP = """
resource "okta_group" "a" {
  name        = "admins"
  description = "all of them"
}
"""
FOUND = """
data "okta_group" "a" {
  name     = "admins"
  provider = okta.main

  filter {
    kind = one(data.okta_kinds.b.names)
  }
}
"""


def granting(tmp_path: Path, text: str, reference: str = "okta_group.a.id") -> Cell:
    main = MAIN.replace('group_id = "00g1"', f"group_id = {reference}") + text
    [grant] = granted(tmp_path, MEMBERS, main)
    return grant.cells["grants"]


@pytest.mark.parametrize(
    ("text", "reference", "changed"),
    [
        (GROUP, "okta_group.a.id", GROUP.replace('"a"', '"b"')),
        (GROUP, "okta_group.a.id", GROUP.replace("all of them", "all")),
        (FOUND, "data.okta_group.a.id", FOUND.replace('"a"', '"b"')),
        (FOUND, "data.okta_group.a.id", FOUND.replace("okta_kinds.b", "okta_kinds.c")),
    ],
)
def test_the_same_thing(tmp_path: Path, text: str, reference: str, changed: str) -> None:
    before = granting(tmp_path, text, reference)
    after = granting(
        tmp_path, changed, reference if '"a"' in changed else reference.replace(".a.", ".b.")
    )
    assert before.state == after.state == "unknown"
    assert before.code == after.code
    assert len(before.code) == 1
    assert before.text.startswith("member of the Okta group admins (")


@pytest.mark.parametrize(
    ("text", "reference", "changed"),
    [
        (GROUP, "okta_group.a.id", GROUP.replace("admins", "others")),
        (GROUP, "okta_group.a.id", GROUP.replace('"okta_group"', '"okta_groups"')),
        (FOUND, "data.okta_group.a.id", FOUND.replace("okta.main", "okta.other")),
        (FOUND, "data.okta_group.a.id", FOUND.replace("okta_kinds", "okta_sorts")),
        (FOUND, "data.okta_group.a.id", FOUND.replace("one(", "tolist(")),
    ],
)
def test_another_thing(tmp_path: Path, text: str, reference: str, changed: str) -> None:
    before = granting(tmp_path, text, reference)
    kind = "okta_groups" if "okta_groups" in changed else "okta_group"
    after = granting(tmp_path, changed, reference.replace("okta_group", kind))
    assert before.code != after.code


@pytest.mark.parametrize(
    "text", [GROUP.replace('  name        = "admins"\n', ""), GROUP + GROUP.replace('"a"', '"b"')]
)
def test_what_only_a_label_tells_apart(tmp_path: Path, text: str) -> None:
    cell = granting(tmp_path, text)
    assert cell.code == ()
    assert cell.text == "member of the Okta group okta_group.a.id"


def test_what_a_module_gives(tmp_path: Path) -> None:
    call = 'module "x" {\n  source = "example/groups/okta"\n  name = "admins"\n  tags = %s\n}\n'
    before = granting(tmp_path, call % "{}", "module.x.group_id")
    renamed = (call % "{ a = 1 }").replace('"x"', '"y"')
    assert before.code == granting(tmp_path, renamed, "module.y.group_id").code != ()
    assert before.code != granting(tmp_path, call % "{}", "module.x.other_id").code
    elsewhere = call.replace("  tags", '  source_path = "./other"\n  tags') % "{}"
    assert before.code == granting(tmp_path, elsewhere, "module.x.group_id").code
    moved = (call % "{}").replace("example/groups/okta", "example/teams/okta")
    assert before.code != granting(tmp_path, moved, "module.x.group_id").code
