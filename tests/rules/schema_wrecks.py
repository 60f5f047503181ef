"""Wrecks of whole fixtures for the rules about schemas and versions.

A wreck replaces one piece of a fixture; the line of the new piece that ends in ``HERE`` (or its
first line) is where the finding must be. Each is tried where it is, and with the whole fixture
moved into a module that the root calls.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

from support.wrecking import FIXTURES, HERE

from symlint.lint.options import Options
from symlint.lint.run.engine import lint

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.finding import Finding

PREFIXES = ("SYM12", "SYM13")


class Wreck(NamedTuple):
    """``old`` of one file of a fixture becomes ``new``; ``more`` are further replacements."""

    code: str
    fixture: str
    file: str
    old: str
    new: str
    severity: str = "error"
    more: tuple[tuple[str, str, str], ...] = ()
    words: str = ""


def build(directory: Path, wreck: Wreck, *, broken: bool, in_module: bool) -> Path:
    """Write the fixture, wrecked or as it was; the root module's directory."""
    root = directory / "root"
    place = root / "access" if in_module else root
    shutil.copytree(FIXTURES / wreck.fixture, place)
    for file, old, new in wreck.more:
        _replace(place / file, old, new)
    if broken:
        _replace(place / wreck.file, wreck.old, wreck.new)
    if in_module:
        (root / "main.tf").write_text('module "access" {\n  source = "./access"\n}\n')
    return root


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def findings(root: Path, prefixes: tuple[str, ...] = PREFIXES) -> list[Finding]:
    """What the rules of these families find."""
    report = lint([str(root)], Options())
    assert not report.failures, report.failures
    return [it for it in report.findings if it.code.startswith(prefixes)]


def expected_line(root: Path, wreck: Wreck) -> tuple[str, int]:
    """The file's name and line where the finding must be."""
    texts = [path.read_text(encoding="utf-8") for path in root.rglob(wreck.file)]
    (text,) = [it for it in texts if wreck.new in it]
    start = text.index(wreck.new)
    mark = wreck.new.find(HERE)
    return wreck.file, text.count("\n", 0, start + max(mark, 0)) + 1
