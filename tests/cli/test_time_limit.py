"""``--timeout``: the run ends, says so, and shows what was found so far."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from symlint.cli import time_limit as module
from symlint.cli.time_limit import time_limit
from symlint.lint.errors import TimeLimitReachedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="needs SIGALRM")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "symlint", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=60)


def go_on() -> None:
    while True:
        pass


def go_on_after_exceptions() -> None:
    while True:
        with suppress(Exception):
            int("x")


def go_on_after_the_first_time() -> None:
    with suppress(TimeLimitReachedError):
        go_on()
    go_on()


@pytest.mark.parametrize("work", [go_on, go_on_after_exceptions, go_on_after_the_first_time])
def test_what_takes_too_long_is_stopped(
    monkeypatch: pytest.MonkeyPatch, work: Callable[[], None]
) -> None:
    monkeypatch.setattr(module, "_LAST_SECONDS", 0.01)
    stopped = pytest.raises(TimeLimitReachedError, match=r"stopped after 0\.01 seconds")
    with stopped, time_limit(0.01):
        work()


def test_nothing_is_stopped_in_time_or_without_a_limit() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with time_limit(1_000):
        assert signal.getsignal(signal.SIGALRM) is not before
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    with time_limit(0):
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_process_without_alarms_ends_with_a_message(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import _signal, time\ndel _signal.SIGALRM\n"
        "from symlint.cli.time_limit import time_limit\n"
        "with time_limit(1000):\n    pass\n"
        "with time_limit(0.01):\n    time.sleep(60)\n",
        encoding="utf-8",
    )
    ended = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert ended.returncode == 3
    assert "stopped after 0.01 seconds" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("command", ["check", "graph", "trace"])
def test_commands_end_with_status_3(tmp_path: Path, command: str) -> None:
    (tmp_path / "main.tf").write_text(
        'output "x" {\n  value = 1 # sym_\n}\n' * 2000, encoding="utf-8"
    )
    ended = run(command, str(tmp_path), "--timeout", "0.001")
    assert ended.returncode == 3
    assert "stopped after 0.001 seconds, the most that --timeout allows" in (
        ended.stdout + ended.stderr
    )
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("value", ["-1", "inf", "x", "1e99"])
def test_other_times_are_refused(value: str) -> None:
    ended = run(".", f"--timeout={value}")
    assert ended.returncode == 2
    assert "--timeout" in ended.stderr
