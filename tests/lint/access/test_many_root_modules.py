"""An inventory of more root modules than a run looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.configurations import write_files

from symlint.lint.access.inventory import take_inventory
from symlint.lint.options import Options
from symlint.lint.run.shares import Shares

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

FLOW = 'resource "sym_flow" "f" {\n  name = "f"\n}\n'


def test_root_modules_beyond_what_a_run_can_look_at_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("symlint.lint.run.shares.FEWEST_ROOTS", 2)
    monkeypatch.setattr("symlint.lint.run.shares.Shares", lambda spent: Shares(0, spent=spent))
    write_files(tmp_path, "".join(f"--- {name}/main.tf\n{FLOW}" for name in "abcd"))
    inventory = take_inventory([str(tmp_path)], Options())
    assert [root.directory for root in inventory.roots] == [
        str(tmp_path / "a"),
        str(tmp_path / "b"),
    ]
    assert "2 root modules are not looked at" in inventory.failures[0].message
