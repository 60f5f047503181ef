"""Fixing files that are links, read-only, changed meanwhile, or do not fit on the disk."""

from __future__ import annotations

import os
import resource
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from symlint.cli.fix import MOST_NAMED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TARGET = """\
resource "sym_target" "support" {
  tpye     = "okta_group"
  name     = "support"
  settings = { group_id = "00g1a2b3c4d5e6f7g8h9" }
}
"""
FIXED = TARGET.replace("tpye", "type")


def symlint(
    folder: Path, *options: str, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "symlint", "--isolated", "--fix", *options, "."]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8",
        preexec_fn=before, check=False, timeout=120,
    )  # fmt: skip  # as many a line as fit


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write(path: Path, text: str = TARGET) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_with_two_names_keeps_them(tmp_path: Path) -> None:
    path = write(tmp_path / "main.tf")
    os.link(path, tmp_path / "other.txt")
    done = symlint(tmp_path)
    assert (
        "cannot write main.tf: it has another name (a hard link), which would keep the old text"
        in done.stderr
    )
    assert done.returncode == 3
    assert path.read_text(encoding="utf-8") == TARGET
    assert path.samefile(tmp_path / "other.txt")


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "shared").mkdir()
    (tmp_path / "prod").mkdir()
    shared = write(tmp_path / "shared" / "target.tf")
    link = tmp_path / "prod" / "target.tf"
    link.symlink_to("../shared/target.tf")
    done = symlint(tmp_path)
    assert (done.returncode, link.is_symlink()) == (0, True), done.stderr
    assert shared.read_text(encoding="utf-8") == FIXED


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    path = write(tmp_path / "main.tf", TARGET + "# filler\n" * 2000)
    small = write(tmp_path / "small.tf", TARGET.replace("support", "other"))
    before = path.read_bytes(), small.read_bytes()
    done = symlint(
        tmp_path, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
    )
    assert done.returncode == 3
    assert "cannot write main.tf: file too large" in done.stderr
    assert path.read_bytes() == before[0]
    assert small.read_bytes() == before[1].replace(b"tpye", b"type"), "what can be written is"
    assert names(tmp_path) == ["main.tf", "small.tf"]


def test_two_runs_at_once(tmp_path: Path) -> None:
    paths = [
        write(tmp_path / f"{number}.tf", TARGET.replace("support", f"support-{number}"))
        for number in range(20)
    ]
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda _: symlint(tmp_path), range(3)))
    assert {it.returncode for it in done} <= {0, 3}
    assert all(it.returncode == 0 or "it has changed since it was read" in it.stderr for it in done)
    assert all("type     =" in path.read_text(encoding="utf-8") for path in paths)
    assert len(names(tmp_path)) == 20


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write every file")
def test_a_read_only_file(tmp_path: Path) -> None:
    path = write(tmp_path / "main.tf")
    path.chmod(0o444)
    done = symlint(tmp_path)
    assert (done.returncode, path.read_text(encoding="utf-8")) == (3, TARGET)
    assert "cannot write main.tf: it is read-only" in done.stderr
    assert stat.S_IMODE(path.stat().st_mode) == 0o444


def test_a_fix_that_is_left_out_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "main.tf", TARGET.replace("group_id", "group"))
    for options in ((), ("--diff",)):
        done = symlint(tmp_path, *options)
        assert "SYM121 at main.tf:2:3 could not be repaired safely: it would lead to" in done.stderr
        assert path.read_text(encoding="utf-8").startswith('resource "sym_target"')
        assert "tpye" in path.read_text(encoding="utf-8")


def test_a_thousand_fixes_that_are_left_out_are_named(tmp_path: Path) -> None:
    wrong = TARGET.replace("group_id", "group")
    write(tmp_path / "main.tf", "".join(wrong.replace('" {', f'{n}" {{', 1) for n in range(1100)))
    lines = symlint(tmp_path).stderr.splitlines()
    named = [line for line in lines if line.startswith("SYM121 at main.tf:")]
    assert len(named) == MOST_NAMED
    assert "and 100 more findings could not be repaired safely" in lines
