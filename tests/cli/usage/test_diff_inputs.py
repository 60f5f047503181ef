"""``symlint diff`` of what cannot be compared: it says what is wrong and what to give, and compares nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.writing import FIXTURES

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    Run = Callable[..., Result]

GRANT: dict[str, Any] = {
    "root": ".",
    "variable_files": None,
    "flow": {"name": "okta", "label": None, "address": "sym_flow.okta"},
    "target": None,
}


@pytest.fixture(autouse=True)
def _okta() -> None:
    """A copy of a shipped example, in the current folder."""
    shutil.copytree(FIXTURES / "okta", "okta")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", "", "it is empty; symlint access --lock FILE writes a lock"),
        ("a.json", " \n", "it is empty"),
        ("a.json", "[]", "it is no access inventory or lock, as symlint access writes"),
        ("a.json", '{"version": 1, "grants": 7}', "it is no access inventory or lock"),
        ("a.json", '{"version": 0, "grants": []}', "it is no access inventory or lock"),
        ("a.json", '{"version": "1", "grants": []}', "it is no access inventory or lock"),
        ("a.json", '{"version": true, "grants": []}', "it is no access inventory or lock"),
        ("a.json", json.dumps({"version": 1, "grants": [GRANT]}), "it is no access inventory or lock"),
        ("a.json", '{"version": 9, "grants": {}}', "a newer symlint has written it (version 9), and this one knows version 1"),
        ("a.tf", "locals {}\n", "it is a part of a configuration; give the folder that it is in"),
        ("impl.py", "", "it is empty"),
        ("impl.py", "x = 1\n", "it is a part of a configuration"),
    ],
)  # fmt: skip  # a case a line
def test_a_file_that_is_no_inventory(symlint: Run, name: str, text: str, said: str) -> None:
    Path(name).write_text(text, encoding="utf-8")
    for arguments in ((name, "okta"), ("okta", name)):
        result = symlint("diff", *arguments)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert f"symlint: {name}: {said}" in result.stderr


def test_what_is_not_there(symlint: Run) -> None:
    Path("empty").mkdir()
    for name, said in (
        ("nowhere", "there is no such file or directory"),
        ("empty", "there are no Terraform files here"),
    ):
        for arguments in ((name, "okta"), ("okta", name)):
            result = symlint("diff", *arguments)
            assert result.exit_code == 3
            assert result.stdout == ""
            assert f"failed: {name}: {said}" in result.stderr


def test_a_lock_of_another_configuration(symlint: Run) -> None:
    shutil.copytree(FIXTURES / "lambda", "lambda")
    assert symlint("access", "lambda", "--lock", "lambda.lock.json").exit_code == 0
    result = symlint("diff", "lambda.lock.json", "okta")
    assert result.exit_code == 1
    assert result.stderr.startswith("note: lambda.lock.json and okta have no flow in common; ")
    assert "2 widened, 2 narrowed" in result.stdout


def test_a_lock_against_its_folder_and_an_inventory_of_it(symlint: Run) -> None:
    assert symlint("access", "okta", "--lock", "okta.lock.json").exit_code == 0
    inventory = symlint("access", "okta", "--format", "json").stdout
    Path("okta.json").write_text(inventory, encoding="utf-8")
    sides = ("okta", "okta.lock.json", "okta.json")
    for base in sides:
        for head in sides:
            result = symlint("diff", base, head)
            assert (result.exit_code, result.stderr) == (0, "")
            assert result.stdout == "No change of access: 2 grants unchanged.\n"


def test_flows_that_are_all_new(symlint: Run) -> None:
    """A lock of a configuration that had no flow yet is an empty one, and no mistake."""
    Path("a.json").write_text('{"version": 1, "grants": []}', encoding="utf-8")
    result = symlint("diff", "a.json", "okta")
    assert (result.exit_code, result.stderr) == (1, "")
    assert "2 widened" in result.stdout
