"""Pages of HTML, read and opened in a browser where there is one."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-quic",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--enable-logging=stderr",
)  # fmt: skip  # as many a line as fit
needs_browser = pytest.mark.skipif(BROWSER is None, reason="chromium is not on PATH")


class Elements(HTMLParser):
    """All elements with their attributes, in order; fails for what is not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "input", "rect", "path"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def elements(text: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Elements()
    parser.feed(text)
    parser.close()
    assert parser.open == []
    return parser.found


def in_browser(
    tmp_path: Path, text: str, script: str, link: str = "", options: Sequence[str] = ()
) -> tuple[str, str]:
    """What a script, run in the page, gives, and what the console says; ``link`` is an id there."""
    assert BROWSER is not None
    path = tmp_path / "page.html"
    path.write_text(
        text.replace(
            "</body>", f"<script>document.title = (() => {{ {script} }})();</script></body>"
        ),
        encoding="utf-8",
    )
    done = subprocess.run(
        [
            *(BROWSER, *OPTIONS, *options, f"--user-data-dir={tmp_path / 'profile'}"),
            *("--dump-dom", f"file://{path}#{link}"),
        ],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    found = re.search(r"<title>(.*?)</title>", done.stdout, re.DOTALL)
    assert found is not None
    return found[1], "\n".join(it for it in done.stderr.splitlines() if "CONSOLE" in it)


def printed(tmp_path: Path, text: str) -> Path:
    """The page on paper, as PDF."""
    assert BROWSER is not None
    path, paper = tmp_path / "page.html", tmp_path / "page.pdf"
    path.write_text(text, encoding="utf-8")
    options = (*OPTIONS, f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={paper}")
    subprocess.run(
        [BROWSER, *options, f"file://{path}"], capture_output=True, timeout=120, check=True
    )
    return paper
