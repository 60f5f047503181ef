"""SYM618: guests who may approve in Python and not in Terraform, and the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings, rules_of, undecided
from support.writing import flow_with, write

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.finding import Finding

RULE = rules_of("SYM618")
LEVEL = "PermissionLevel.MEMBER"


def found_in(root: Path, level: str, params: str = "", code: str = "") -> list[Finding]:
    files = flow_with(code, "", params)
    assert LEVEL in files["impl.py"]
    files["impl.py"] = files["impl.py"].replace(LEVEL, level)
    files["main.tf"] += 'variable "open" {}\n'
    return findings(write(root, files), RULE)


@pytest.mark.parametrize("level", ["PermissionLevel.ALL_USERS", '"all_users"'])
@pytest.mark.parametrize("params", ["", "    allow_guest_interaction = false\n"])
def test_guests_that_only_python_lets_approve(tmp_path: Path, level: str, params: str) -> None:
    (found,) = found_in(tmp_path, level, params)
    assert (found.severity, found.range.text) == ("note", level)
    assert found.related[0].range.text == ("false" if params else "params")


@pytest.mark.parametrize("level", ["PermissionLevel.ADMIN", '"member"'])
def test_guests_that_only_terraform_lets_approve(tmp_path: Path, level: str) -> None:
    (found,) = found_in(tmp_path, level, "    allow_guest_interaction = true\n")
    assert (found.range.text, found.attribute) == ("true", "params.allow_guest_interaction")
    assert found.related[0].range.text == level


OTHER = """
def other(event):
    return RequestPermission(webapp_view="admin", approve_deny=user_ids(event.people))
"""


def test_what_is_right(tmp_path: Path) -> None:
    allowed = "    allow_guest_interaction = true\n"
    assert not found_in(tmp_path, LEVEL)
    assert not found_in(tmp_path, "PermissionLevel.ALL_USERS", allowed)
    assert not found_in(tmp_path, "user_ids([])", allowed)
    assert not found_in(tmp_path, LEVEL, allowed, OTHER)
    assert not found_in(tmp_path, "user_ids([])")
    assert not found_in(
        tmp_path, "PermissionLevel.ALL_USERS", "    allow_guest_interaction = var.open\n"
    )
    assert len(undecided(tmp_path, RULE)) == 1
