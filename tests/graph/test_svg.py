"""Drawing with Graphviz: what is asked of it, and what is said where it fails."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from symlint.graph import svg

if TYPE_CHECKING:
    from pathlib import Path


def program(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program ``dot`` that is the only one on PATH."""
    (folder / "dot").write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    (folder / "dot").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_the_picture_goes_in_and_the_drawing_comes_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, 'read -r line; echo "<svg>$1 $line</svg>"', monkeypatch)
    assert svg.to_svg("digraph \u00e9 {}\n") == "<svg>-Tsvg digraph \u00e9 {}</svg>\n"


def test_the_drawing_leads_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dtd = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"\n "http://www.w3.org/svg11.dtd">'
    program(tmp_path, f"echo '<?xml version=\"1.0\"?>\n{dtd}\n<!-- a -->\n<svg/>'", monkeypatch)
    assert svg.to_svg("digraph {}\n") == '<?xml version="1.0"?>\n<!-- a -->\n<svg/>\n'


def test_without_graphviz(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(svg.DrawingError, match="needs Graphviz, and there is no program dot on"):
        svg.to_svg("digraph {}")


def test_what_graphviz_says_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "printf 'Error: \\033[31mbad.\\nmore\\n' >&2; exit 1", monkeypatch)
    with pytest.raises(svg.DrawingError) as error:
        svg.to_svg("digraph {}")
    assert str(error.value) == "Graphviz cannot draw the graph: Error: [31mbad."


def test_a_silent_failure_has_its_status(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "exit 3", monkeypatch)
    with pytest.raises(svg.DrawingError, match="dot ended with status 3"):
        svg.to_svg("digraph {}")


def test_it_does_not_wait_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "exit 0", monkeypatch)

    def never(*_: Any, timeout: int, **__: Any) -> None:
        raise subprocess.TimeoutExpired("dot", timeout)

    monkeypatch.setattr(subprocess, "run", never)
    with pytest.raises(svg.DrawingError, match="within 60 seconds"):
        svg.to_svg("digraph {}")
