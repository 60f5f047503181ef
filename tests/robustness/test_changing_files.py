"""Files and folders that change or vanish while a run goes on: it ends, and says what it lost."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest
from robustness.inputs import BEACON

from symlint.lint.errors import UsageError
from symlint.lint.options import Options
from symlint.lint.run.engine import lint
from symlint.lint.run.opening import open_configurations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from symlint.lint.report import Report

CALL = 'module "m" {\n  source = "./inner"\n}\n'


def three_roots(folder: Path) -> Path:
    """Write three root modules, each of which has a mistake and a module of its own."""
    for name in ("a", "b", "c"):
        (folder / name / "inner").mkdir(parents=True)
        (folder / name / "main.tf").write_text(CALL + BEACON, encoding="utf-8")
        (folder / name / "inner" / "inner.tf").write_text(BEACON, encoding="utf-8")
    return folder


@contextmanager
def changed_at(
    moment: int, folder: Path, change: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[str]]:
    """Make a change before the file of this number is opened; gives what has been opened."""
    opened: list[str] = []
    real_open = os.open

    def open_(path: str, *arguments: int, **options: int) -> int:
        if str(path).startswith(str(folder)):
            opened.append(str(path))
            if len(opened) == moment + 1:
                change(folder)
        return real_open(path, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", open_)
        yield opened


def found_in(report: Report, folder: Path) -> set[str]:
    return {os.path.relpath(it.range.path, folder) for it in report.findings if it.code == "SYM201"}


def to_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def to_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def to_link(path: Path) -> None:
    shutil.rmtree(path)
    path.symlink_to(path.name)


def to_file(path: Path) -> None:
    shutil.rmtree(path)
    path.write_bytes(b"")


LOSSES: dict[str, Callable[[Path], object]] = {
    "a folder vanishes": lambda folder: shutil.rmtree(folder / "b"),
    "a called module vanishes": lambda folder: shutil.rmtree(folder / "b" / "inner"),
    "a file vanishes": lambda folder: (folder / "b" / "main.tf").unlink(),
    "a file becomes a folder": lambda folder: to_folder(folder / "b" / "main.tf"),
    "a folder becomes a file": lambda folder: to_file(folder / "b"),
    "a folder becomes a link to itself": lambda folder: to_link(folder / "b"),
}
"""What is not there any more is not looked at, as if it had never been."""

CHANGES: dict[str, Callable[[Path], object]] = {
    "a file becomes a pipe": lambda folder: to_pipe(folder / "b" / "main.tf"),
    "a file is no text any more": lambda folder: (folder / "b" / "main.tf").write_bytes(b"\0" * 99),
    "a file has no end any more": lambda folder: (folder / "b" / "main.tf").write_bytes(
        BEACON.encode() + b"a {"
    ),
}
"""What is there and cannot be read must be said."""


@pytest.mark.no_cover
@pytest.mark.parametrize("name", (LOSSES | CHANGES))
def test_a_change_at_any_moment(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for moment in range(100):
        folder = three_roots(tmp_path / str(moment))
        with changed_at(moment, folder, (LOSSES | CHANGES)[name], monkeypatch) as opened:
            report = lint([str(folder)], Options())
        if len(opened) <= moment:
            break
        found = found_in(report, folder)
        assert [it.message for it in report.failures if "crash" in it.message] == []
        assert {"a/main.tf", "c/main.tf"} <= found, moment
        if name in CHANGES and "b/main.tf" not in found:
            assert report.exit_status == 3 or any(it.code == "SYM001" for it in report.findings)
    assert 3 < moment < 99


def test_the_whole_tree_vanishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for moment in range(100):
        folder = three_roots(tmp_path / str(moment))
        with changed_at(moment, folder, shutil.rmtree, monkeypatch) as opened:
            report = lint([str(folder)], Options())
        if len(opened) <= moment:
            break
        assert all("crash" not in it.message for it in report.failures), moment
    assert 3 < moment < 99


def test_a_root_module_that_is_to_be_drawn_vanishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for moment in range(100):
        folder = three_roots(tmp_path / str(moment)) / "a"
        with changed_at(moment, folder, shutil.rmtree, monkeypatch) as opened, suppress(UsageError):
            open_configurations(str(folder), Options())
        if len(opened) <= moment:
            break
    assert 1 < moment < 99


def test_files_that_change_all_the_time(tmp_path: Path) -> None:
    """Whatever another process does to the tree meanwhile, there is no crash and no hang."""
    rng = random.Random(1)
    for i in range(150):
        (tmp_path / f"r{i}" / "inner").mkdir(parents=True)
        (tmp_path / f"r{i}" / "main.tf").write_text(CALL + BEACON, encoding="utf-8")
        (tmp_path / f"r{i}" / "inner" / "inner.tf").write_text(BEACON, encoding="utf-8")
    command = [sys.executable, "-m", "symlint", "check", str(tmp_path), "--format", "concise"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )
    while process.poll() is None and list(tmp_path.iterdir()):
        folder = rng.choice(list(tmp_path.iterdir()))
        path = folder / rng.choice(("main.tf", "inner/inner.tf"))
        if rng.random() < 0.3:
            shutil.rmtree(folder)
        elif path.exists():
            path.write_bytes(rng.choice((b"", b"\0", b"locals {", BEACON.encode())))
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.mkdir()
    output, errors = process.communicate(timeout=60)
    assert process.returncode in (0, 1, 3)
    assert "crash" not in output + errors
    assert "Traceback" not in errors
    assert "bug" not in errors
