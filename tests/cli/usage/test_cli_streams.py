"""Standard streams that are closed, full, or read by nobody: what is said of them, and when nothing."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from symlint.cli import running, time_limit
from symlint.cli.status import BROKEN_PIPE, INTERRUPTED, UNTRUSTED, USAGE
from symlint.cli.streams import OutputError, ReaderLeftError, _Messages, _Output, open_streams
from symlint.lint.errors import TimeLimitReachedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FULL = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")  # noqa: PTH110 - a device


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """Both ends of a pipe."""
    ends = os.pipe()
    yield ends
    for end in ends:
        with suppress(OSError):
            os.close(end)


def test_output_that_nobody_reads(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    os.close(reader)
    output = _Output(writer, "w", closefd=False)
    with pytest.raises(ReaderLeftError):
        output.write(b"a")
    assert output.write(b"a") == 1, "what is left when Python ends goes nowhere"


@FULL
def test_a_full_disk() -> None:
    message = r"^no space left on device$"
    with open("/dev/full", "wb", buffering=0) as full, pytest.raises(OutputError, match=message):  # noqa: PTH123 - a device
        _Output(full.fileno(), "w", closefd=False).write(b"a")
    with open("/dev/full", "wb", buffering=0) as full:  # noqa: PTH123 - a device
        assert _Messages(full.fileno(), "w", closefd=False).write(b"abc") == 3


def test_output_that_is_closed(pipe: tuple[int, int]) -> None:
    output = _Output(pipe[0], "w", closefd=False)  # the end that is read
    with pytest.raises(OutputError, match=r"^it is closed$"):
        output.write(b"a")


def test_output_that_does_not_block(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    os.set_blocking(writer, False)
    with suppress(BlockingIOError):
        while True:
            os.write(writer, b"x" * 65_536)
    waiting = threading.Timer(0.05, os.read, (reader, 1_000_000))
    waiting.start()
    assert _Output(writer, "w", closefd=False).write(b"abc")
    waiting.join()


def test_streams_that_are_closed_when_the_process_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    open_streams()
    streams = sys.stdin, sys.stdout, sys.stderr
    monkeypatch.undo()
    standard_input, output, errors = streams
    with pytest.raises(OSError, match="Bad file descriptor"):
        standard_input.read()
    errors.write("said to nobody")
    errors.flush()
    output.write("a")
    with pytest.raises(OutputError, match=r"^it is closed$"):
        output.flush()


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (ReaderLeftError(), BROKEN_PIPE, ""),
        (OutputError("it is closed"), UNTRUSTED, "cannot write to standard output: it is closed"),
        (UsageError("no such \x1b[31mthing"), USAGE, "symlint: no such"),
        (ValueError("why"), UNTRUSTED, "this is a bug in symlint"),
        (KeyboardInterrupt(), INTERRUPTED, ""),
    ],
)
@pytest.mark.parametrize("debug", [(), ("--debug",)])
def test_what_becomes_of_an_error(
    error: BaseException,
    status: int,
    said: str,
    debug: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(_: list[str]) -> int:
        raise error

    monkeypatch.setattr(running, "_run", fail)
    assert running.run(["check", *debug]) == status
    written = capsys.readouterr().err
    assert said in written
    assert "\x1b" not in written
    traced = bool(debug) and isinstance(error, UsageError | ValueError)
    assert ("Traceback" in written) is traced


def test_an_error_where_a_shell_is_said_to_complete_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: list[str]) -> int:
        raise ValueError

    monkeypatch.setenv("_SYMLINT_COMPLETE", "bash_complete")
    monkeypatch.setattr(running, "_run", fail)
    assert running.run([]) == USAGE
    assert "this is no shell that completes a word" in capsys.readouterr().err


def test_a_folder_that_no_longer_exists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    assert running.run([]) == USAGE
    assert "the current folder no longer exists" in capsys.readouterr().err


def test_output_that_cannot_be_written_at_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise OutputError("it is closed")

    assert running.finished(1) == 1
    monkeypatch.setattr(sys.stdout, "flush", fail)
    assert running.finished(1) == UNTRUSTED
    monkeypatch.undo()
    assert "cannot write to standard output" in capsys.readouterr().err


def test_where_there_is_no_alarm_the_process_ends(
    monkeypatch: pytest.MonkeyPatch, pipe: tuple[int, int]
) -> None:
    ended: list[int] = []
    said: list[bytes] = []
    monkeypatch.delattr("_signal.SIGALRM", raising=False)
    with time_limit.time_limit(1_000):
        assert any(isinstance(it, threading.Timer) for it in threading.enumerate())
    monkeypatch.setattr(os, "_exit", ended.append)
    monkeypatch.setattr(os, "write", lambda _, text: said.append(text))
    time_limit._end(2)
    assert ended == [UNTRUSTED]
    assert said == [f"symlint: {TimeLimitReachedError(2)}\n".encode()]
