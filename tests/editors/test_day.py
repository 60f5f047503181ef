"""A day's work in Neovim, without a screen: findings, jumps and edits are compared with what is true."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from neovim_day import differences, drive, read_tasks

HERE = Path(__file__).parent
TASKS = read_tasks(HERE / "day.toml")


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """What Neovim got at each step, by the name of the task."""
    if (neovim := shutil.which("nvim")) is None:
        pytest.skip("Neovim is not installed")
    folder = tmp_path_factory.mktemp("day")
    shutil.copytree(HERE / "workspace", folder / "workspace")
    (folder / "workspace" / ".git").mkdir()
    got = drive(neovim, folder / "workspace", TASKS, folder / "seen.json")
    return {task["name"]: it for task, it in zip(TASKS, got, strict=True)}


@pytest.mark.parametrize("task", TASKS, ids=[task["name"] for task in TASKS])
def test_a_task_of_a_day(seen: dict[str, list[Any]], task: dict[str, Any]) -> None:
    found = differences(task, seen[task["name"]])
    assert not found, "\n".join(found)


def test_every_task_expects_something() -> None:
    for task in TASKS:
        assert any(step["expected"] for step in task["steps"]), task["name"]
