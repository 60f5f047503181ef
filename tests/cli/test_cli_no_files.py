"""Files that are no files: nothing waits for them, and what was not looked at is said."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FLOW = 'resource "sym_flow" "this" {\n}\n'
MEMORY = 2_000_000_000


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def symlint(folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit status and output of a process that may not hang or take all memory."""
    result = subprocess.run(
        [sys.executable, "-m", "symlint", *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        preexec_fn=limited,
    )
    shown = result.stdout + result.stderr
    assert "Traceback" not in shown
    assert "bug" not in shown
    return result.returncode, shown


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def unix_socket(path: Path) -> None:
    folder = os.open(path.parent, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"/proc/self/fd/{folder}/{path.name}")
    os.close(folder)


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10_000_000_000)


def directory(path: Path) -> None:
    path.mkdir()


MAKERS = (pipe, device, unix_socket, huge, directory)
LOUD = ["live/main.tf", "live/a.auto.tfvars"]
"""What is not looked at, and said."""


@pytest.mark.parametrize("make", MAKERS)
def test_nothing_hangs_wherever_it_is(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """All at once: each alone is tried below, where it matters what is said."""
    (tmp_path / ".git" / "info").mkdir(parents=True)
    (tmp_path / "live" / ".terraform" / "modules").mkdir(parents=True)
    (tmp_path / "live" / "flow.tf").write_text(FLOW + 'locals {\n  x = file("x")\n}\n', "utf-8")
    for name in (
        ".gitignore", ".git/info/exclude", "live/main.tf", "live/x.tf.json",
        "live/terraform.tfvars", "live/a.auto.tfvars", "live/.terraform/modules/modules.json",
        "live/.terraform.lock.hcl", "live/.opentofu-version", "live/x", "live/impl.py",
    ):  # fmt: skip  # as many a line as fit
        make(tmp_path / name)
    status, shown = symlint(tmp_path)
    assert status in (1, 3), shown
    for name in LOUD:
        assert f"failed: {name}: " in shown or make is directory


@pytest.mark.parametrize("make", MAKERS)
def test_a_configuration_file_that_is_none(tmp_path: Path, make: Callable[[Path], None]) -> None:
    (tmp_path / "main.tf").write_text(FLOW, "utf-8")
    make(tmp_path / "symlint.toml")
    status, shown = symlint(tmp_path)
    assert status == (1 if make is directory else 2), shown
    status, shown = symlint(tmp_path, "--config", "symlint.toml")
    assert status == 2
    assert "symlint.toml: " in shown


@pytest.mark.parametrize("make", MAKERS)
def test_a_project_file_that_is_none(tmp_path: Path, make: Callable[[Path], None]) -> None:
    (tmp_path / "main.tf").write_text(FLOW, "utf-8")
    make(tmp_path / "pyproject.toml")
    status, shown = symlint(tmp_path)
    assert status == (2 if make is device else 1), shown


@pytest.mark.parametrize("make", MAKERS)
def test_a_baseline_that_is_none(tmp_path: Path, make: Callable[[Path], None]) -> None:
    (tmp_path / "main.tf").write_text(FLOW, "utf-8")
    (tmp_path / "symlint.toml").write_text('baseline = "b.json"\n', "utf-8")
    make(tmp_path / "b.json")
    status, shown = symlint(tmp_path)
    assert status == 2
    assert "b.json: the baseline cannot be read: " in shown or "outside" in shown


@pytest.mark.parametrize("make", MAKERS)
def test_a_named_variable_file_that_is_none(tmp_path: Path, make: Callable[[Path], None]) -> None:
    (tmp_path / "main.tf").write_text(FLOW, "utf-8")
    make(tmp_path / "x.tfvars")
    status, shown = symlint(tmp_path, "--var-file", "x.tfvars")
    assert status == 3
    assert "failed: x.tfvars: " in shown


def test_standard_input_that_does_not_end(tmp_path: Path) -> None:
    with open("/dev/zero", "rb") as zero:  # noqa: PTH123 - it is no path of a test
        result = subprocess.run(
            [sys.executable, "-m", "symlint", "-"],
            cwd=tmp_path,
            stdin=zero,
            capture_output=True,
            check=False,
            timeout=120,
            preexec_fn=limited,
        )
    assert result.returncode == 2
    assert b"Standard input is larger than 5 MB" in result.stderr


def test_links_that_lead_to_links(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(FLOW, "utf-8")
    for number in range(1500):
        (tmp_path / f"l{number}.tf").symlink_to(f"l{number + 1}.tf")
    status, shown = symlint(tmp_path)
    assert status == 3
    assert "failed: l0.tf: the file cannot be read: too many levels of symbolic links" in shown


LONG = "a/" * 400_000


@pytest.mark.parametrize("start", ["./", "../", "/", ""])
def test_paths_that_are_longer_than_any(tmp_path: Path, start: str) -> None:
    text = f'module "m" {{\n  source = "{start}{LONG}"\n}}\nlocals {{\n  x = file("{start}{LONG}")\n}}\n'
    (tmp_path / ".git").mkdir()
    (tmp_path / "main.tf").write_text(text + FLOW, "utf-8")
    (tmp_path / "symlint.toml").write_text(f'variable-files = ["{start}{LONG}"]\n', "utf-8")
    manifest = f'{{"Modules": [{{"Key": "m", "Source": "x", "Dir": "{start}{LONG}"}}]}}'
    (tmp_path / ".terraform" / "modules").mkdir(parents=True)
    (tmp_path / ".terraform" / "modules" / "modules.json").write_text(manifest, "utf-8")
    status, shown = symlint(tmp_path, "--select", "SYM122")
    assert status == 3, shown[:1000]
    assert "variable-files names" in shown
    assert "SYM122" in shown
    (tmp_path / "symlint.toml").write_text(f'baseline = "{start}{LONG}"\n', "utf-8")
    status, shown = symlint(tmp_path)
    assert status == 2
    assert "the baseline lies outside of the repository" in shown
