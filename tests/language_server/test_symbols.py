"""What there is in a file and in the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.language_server.asking import snapshot_of
from support.language_server.opened import copy

from symlint.language_server.features.symbols import document_symbols, workspace_symbols

if TYPE_CHECKING:
    from pathlib import Path


def test_the_blocks_of_a_file_by_the_names_that_sym_shows(tmp_path: Path) -> None:
    path = copy(tmp_path, "aws_iam") / "flow.tf"
    found = document_symbols(snapshot_of(path), str(path))
    assert [(it.name, it.detail, it.kind) for it in found] == [
        ("Read the logs", "sym_target.log_reader", "target"),
        ("Billing", "sym_target.billing", "target"),
        ("sym_strategy.iam", "", "strategy"),
        ("AWS access", "sym_flow.iam", "flow"),
    ]
    assert [(it.name, it.detail) for it in found[-1].inside] == [
        ("reason", "string"),
        ("duration", "duration"),
    ]
    assert all(it.selection.is_within(it.range) for it in found)


def test_locals_are_listed_by_name(tmp_path: Path) -> None:
    path = copy(tmp_path, "okta") / "main.tf"
    first = document_symbols(snapshot_of(path), str(path))[0]
    assert [it.name for it in first.inside] == ["environment_name", "groups"]


def test_the_workspace_is_searched_by_name_and_address(tmp_path: Path) -> None:
    path = copy(tmp_path, "aws_iam") / "flow.tf"
    snapshot = snapshot_of(path)
    found = workspace_symbols(snapshot, [str(path)], "LOGS")
    assert [it.name for it in found] == ["Read the logs"]
    found = workspace_symbols(snapshot, [str(path)], "sym_flow")
    assert [it.detail for it in found] == ["flow sym_flow.iam"]
