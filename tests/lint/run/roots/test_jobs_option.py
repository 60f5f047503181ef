"""``--jobs``: several processes as the operating system sees them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

FIXTURE = Path(__file__).parents[3] / "fixtures" / "aws_iam"


def copies(folder: Path, count: int) -> None:
    for number in range(count):
        shutil.copytree(FIXTURE, folder / f"root{number:03}")
    broken = folder / "root000" / "groups.tf"
    text = broken.read_text(encoding="utf-8").replace("aws_iam_group", "okta_group", 1)
    broken.write_text(text, encoding="utf-8")


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "symlint", *arguments]


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command(*arguments), cwd=folder, capture_output=True, check=False)


def test_the_output_is_that_of_one_process(tmp_path: Path) -> None:
    copies(tmp_path, 5)
    alone, together = run(tmp_path, "--jobs", "1"), run(tmp_path, "-j", "3")
    assert together.stdout == alone.stdout
    assert (together.returncode, together.stderr) == (alone.returncode, alone.stderr)
    assert alone.returncode == 1


@pytest.mark.parametrize("jobs", ["0", "65", "-1", "two", "", "9" * 5_000])
def test_what_is_no_number_of_processes_is_refused(jobs: str, tmp_path: Path) -> None:
    refused = run(tmp_path, "--jobs", jobs)
    assert refused.returncode == 2
    assert b"is neither auto nor a number from 1 to 64" in refused.stderr


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="only Linux lists processes so")
def test_an_interrupt_ends_all_processes(tmp_path: Path) -> None:
    copies(tmp_path, 60)
    process = subprocess.Popen(
        command("-j", "2"),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # Tests that run in the background of a shell have it ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while process.poll() is None and len(children.read_text(encoding="ascii").split()) < 2:
        time.sleep(0.01)
    # As a terminal does: all processes get it.
    os.killpg(process.pid, signal.SIGINT)
    output, errors = process.communicate()
    assert (process.returncode, output, errors.strip()) == (130, b"", b"")
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
