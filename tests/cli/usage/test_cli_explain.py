"""``symlint explain``: the page of a rule as a terminal shows it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from symlint.cli.plain import page

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    Run = Callable[..., Result]

PAGE = "# A page\n\n" + "A line.\n\n" * 12


def test_a_page_or_the_rules_that_begin_so(symlint: Run) -> None:
    assert symlint("explain", "SYM201").stdout.startswith("# SYM201")
    listed = symlint("explain", "SYM20").stdout
    assert "SYM201" in listed
    assert "# SYM201" not in listed


@pytest.mark.parametrize(("lines", "paged"), [(float("inf"), False), (10, True)])
def test_what_is_longer_than_the_terminal_goes_through_a_pager(
    lines: float, paged: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[str] = []
    monkeypatch.setattr("pydoc.pager", shown.append)
    monkeypatch.setattr(page, "_lines_to_page", lambda: lines)
    monkeypatch.setenv("LESS", "R")
    page._print_rendered(PAGE)
    written = capsys.readouterr().out
    assert bool(shown) is paged
    assert bool(written) is not paged
    text = "".join(shown) or written
    assert "A page" in text
    assert "# A page" not in text
    assert os.environ["LESS"] == "R"


@pytest.mark.parametrize(
    ("terminal", "rows", "expected"),
    [(False, 20, float("inf")), (True, 20, 20), (True, 0, float("inf"))],
)
def test_from_how_many_lines_on(
    terminal: bool, rows: int, expected: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return terminal

        def fileno(self) -> int:
            return 1

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((80, rows)))
    assert page._lines_to_page() == expected


def test_an_output_without_a_number_is_no_terminal_of_known_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Collected:
        def isatty(self) -> bool:
            return True

        def fileno(self) -> int:
            raise OSError

    monkeypatch.setattr(sys, "stdin", Collected())
    monkeypatch.setattr(sys, "stdout", Collected())
    assert page._lines_to_page() == float("inf")
