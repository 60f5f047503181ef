"""Drives Neovim through tasks that a file lists, and compares what it got with what is true."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SYMLINT = Path(sys.executable).with_name("symlint")
EXPECTATIONS = ("is", "has", "lacks", "first")


def read_tasks(path: Path) -> list[dict[str, Any]]:
    """The tasks of a file; a step is a name, a value, and what is expected."""
    tasks = tomllib.loads(path.read_text(encoding="utf-8"))["task"]
    return [{"name": it["name"], "steps": [_step(step) for step in it["steps"]]} for it in tasks]


def _step(written: dict[str, Any]) -> dict[str, Any]:
    ((name, value),) = ((k, it) for k, it in written.items() if k not in EXPECTATIONS)
    expected = {key: it for key, it in written.items() if key in EXPECTATIONS}
    if name in ("diagnostics", "settled"):
        expected = {"is": sorted(value)}
    return {"name": name, "value": value, "expected": expected}


def drive(neovim: str, folder: Path, tasks: list[dict[str, Any]], output: Path) -> list[list[Any]]:
    """What Neovim got at each step of each task, in a folder."""
    listed = output.with_suffix(".tasks.json")
    listed.write_text(json.dumps(tasks), encoding="utf-8")
    done = subprocess.run(
        [neovim, "--headless", "--clean", "-n", "-c", f"luafile {HERE / 'day.lua'}"],
        cwd=folder,
        env={
            **os.environ,
            "TASKS": str(listed),
            "OUTPUT": str(output),
            "SYMLINT": str(SYMLINT),
            "HOME": str(output.parent),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=500,
        check=False,
    )
    assert output.exists(), done.stderr
    seen: Any = json.loads(output.read_text(encoding="utf-8"))
    assert isinstance(seen, list), seen
    return seen


def differences(task: dict[str, Any], got: list[Any]) -> list[str]:
    """What is not as it should be in a task, a text for each."""
    return [
        f"{step['name']} {step['value']!r}:\n  {key}: {wanted!r}\n  got: {found!r}"
        for step, found in zip(task["steps"], got, strict=True)
        for key, wanted in ({"is": None} | step["expected"]).items()
        if _differs(key, wanted, found)
    ]


def _differs(key: str, wanted: Any, found: Any) -> bool:
    if isinstance(found, str) and found.startswith("problem: "):
        return True
    if wanted is None:
        return False
    if key == "is":
        return bool(found != wanted)
    if key == "first":
        return bool(list(found)[: len(wanted)] != wanted)
    return any((it in found) == (key == "lacks") for it in wanted)
