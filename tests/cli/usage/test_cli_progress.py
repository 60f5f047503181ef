"""The progress bar: on a terminal, on long runs, and gone at the end."""

import io
from types import SimpleNamespace

import pytest

from symlint.cli import progress
from symlint.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def drawn(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, *, wanted: bool = True) -> str:
    monkeypatch.setattr("sys.stderr", stream)
    with Progress(wanted=wanted) as bar:
        for done in range(11):
            bar.show(done, 10, "/x")
    return stream.getvalue()


def test_long_run_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setattr(progress, "PAUSE", 0.0)
    text = drawn(monkeypatch, Terminal())
    assert "10/10" in text
    assert text.rindex("\x1b[?25h") > text.rindex("\x1b[?25l"), "the cursor is shown again"
    assert text.endswith("\x1b[2K"), "and the line is cleared"


def test_interrupted_run_gives_the_cursor_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with Progress(wanted=True) as bar:
        bar.show(0, 3, "/x")
        assert "\x1b[?25l" in terminal.getvalue()
        bar.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    text = terminal.getvalue()
    assert text.rindex("\x1b[?25h") > text.rindex("\x1b[?25l")


def test_no_bar_for_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with Progress(wanted=True) as bar:
        bar.show(1, 1, "/x")
    assert terminal.getvalue() == ""


def test_bar_appears_when_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    times = iter((5.0, 5.0, 5.0 + progress.PATIENCE - 0.01, 5.0 + progress.PATIENCE))
    monkeypatch.setattr(progress, "time", SimpleNamespace(monotonic=lambda: next(times)))
    with Progress(wanted=True) as bar:
        bar.show(0, 3, "/x")
        bar.show(1, 3, "/x")
        assert terminal.getvalue() == ""
        bar.show(2, 3, "/x")
    assert "2/3" in terminal.getvalue()


def test_log_and_quiet_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    assert drawn(monkeypatch, io.StringIO()) == ""
    assert drawn(monkeypatch, Terminal(), wanted=False) == ""
