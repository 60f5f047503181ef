"""Neovim's own client, without a screen, goes through a part of an author's day with ``symlint lsp``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
BROKEN = HERE.parent / "fixtures" / "broken"
SYMLINT = Path(sys.executable).with_name("symlint")


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What Neovim got at each step."""
    if (neovim := shutil.which("nvim")) is None:
        pytest.skip("Neovim is not installed")
    folder = tmp_path_factory.mktemp("neovim")
    shutil.copytree(BROKEN, folder / "broken")
    output = folder / "seen.json"
    done = subprocess.run(
        [neovim, "--headless", "--clean", "-n", "-c", f"luafile {HERE / 'neovim.lua'}"],
        cwd=folder / "broken",
        env={**os.environ, "OUTPUT": str(output), "SYMLINT": str(SYMLINT), "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )
    assert output.exists(), done.stderr
    seen: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    assert "problem" not in seen, seen["problem"]
    return seen


def test_findings_are_shown(day: dict[str, Any]) -> None:
    assert day["opened"] == ["SYM201", "SYM301", "SYM302", "SYM401"]


def test_hover_tells_the_value(day: dict[str, Any]) -> None:
    assert '"main"' in day["hover"]["contents"]["value"]


def test_a_jump_leads_to_the_declaration(day: dict[str, Any]) -> None:
    (place,) = day["definition"]
    assert (place.get("uri") or place["targetUri"]).endswith("/access.tf")


def test_an_edit_that_breaks_is_found_and_repaired(day: dict[str, Any]) -> None:
    assert "SYM101" in day["broken"]
    assert "SYM101" not in day["repaired"]
    assert day["line"].strip() == "strategy_id = sym_strategy.iam.id"


def test_a_finding_can_be_ignored_from_the_editor(day: dict[str, Any]) -> None:
    assert any("gnore" in title for title in day["actions"])


def test_the_python_of_the_flow_has_its_findings(day: dict[str, Any]) -> None:
    assert "SYM609" in day["python"]
