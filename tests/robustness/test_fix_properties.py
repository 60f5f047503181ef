"""Whatever the files are: fixing makes nothing worse, and fixing again changes nothing."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from robustness.broken_files import examples, folders, in_json, mistyped

from symlint.hcl import parse
from symlint.lint.options import Options
from symlint.lint.run.engine import lint
from symlint.lint.run.repair.fixes import plan_fixes
from symlint.lint.run.repair.repairing import fix
from symlint.source.text import SourceFile
from symlint.sym.implementation.python_module import PythonProblem
from symlint.sym.implementation.python_module import parse as parse_python

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from symlint.lint.report import Report

    Files = dict[str, str]

EXAMPLES = tuple(it for it in examples() if any(".tf" in name for name in it))
FOLDERS = tuple(it for it in folders() if any(".tf" in name for name in it))


class Folder:
    """Files on disk that are linted."""

    def __init__(self, path: Path, files: Files) -> None:
        self.path = path
        for name, text in files.items():
            file = path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode("utf-8", "surrogateescape"))

    def look(self, texts: Mapping[str, str] | None = None) -> Report:
        return lint([str(self.path)], Options(isolated=True, overlays=texts or {}))

    @property
    def texts(self) -> dict[str, bytes]:
        files = (*self.path.rglob("*.tf*"), *self.path.rglob("*.py"))
        return {str(it): it.read_bytes() for it in files if it.is_file()}


def errors(report: Report) -> Counter[tuple[str, str, str]]:
    return Counter(
        (it.code, it.address, it.attribute) for it in report.findings if it.severity == "error"
    )


def said(report: Report) -> list[tuple[object, ...]]:
    return [(it.code, it.title, it.range.sort_key()) for it in report.findings]


def syntax_errors(texts: Mapping[str, bytes]) -> dict[str, int]:
    return {
        path: mistakes_in(SourceFile(path, text.decode("utf-8", "surrogateescape")))
        for path, text in texts.items()
    }


def mistakes_in(source: SourceFile) -> int:
    """How many places of a file are not what its syntax allows; one at most of Python."""
    if source.path.endswith(".py"):
        return int(isinstance(parse_python(source.text), PythonProblem))
    return len(parse(source).problems)


def check(folder: Folder) -> None:
    before, report = folder.texts, folder.look()
    result = fix(folder.look, "all")
    after = folder.texts
    assert result.failed == ()
    assert said(result.report) == said(folder.look())
    assert not errors(result.report) - errors(report)
    syntax = syntax_errors(before)
    assert all(count <= syntax[path] for path, count in syntax_errors(after).items())
    assert fix(folder.look, "all").applied == ()
    assert folder.texts == after


def broken(seed: int, count: int) -> Iterator[Files]:
    generator = random.Random(seed)
    for _ in range(count):
        files = generator.choice(generator.choice((EXAMPLES, EXAMPLES, FOLDERS)))
        files = mistyped(files, generator, generator.choice((1, 1, 2, 3, 5)))
        if generator.random() < 0.4:
            files = in_json(files)
            if generator.random() < 0.3:
                files = mistyped(files, generator, 1)
        yield files


@pytest.mark.no_cover
@pytest.mark.parametrize("seed", range(4))
def test_broken_files_become_no_worse(tmp_path: Path, seed: int) -> None:
    for number, files in enumerate(broken(seed, 15)):
        check(Folder(tmp_path / str(number), files))


@pytest.mark.no_cover
@pytest.mark.parametrize("syntax", ["native", "JSON"])
def test_every_fix_of_an_example_can_be_read(tmp_path: Path, syntax: str) -> None:
    """Not one of them needs to be left out: what is written is right where it is written."""
    fixes = Counter[str]()
    for number, example in enumerate(EXAMPLES[::2]):
        folder = Folder(tmp_path / str(number), in_json(example) if syntax == "JSON" else example)
        for found in folder.look().findings:
            for source, text in plan_fixes([found], "all").files:
                after = mistakes_in(SourceFile(source.path, text))
                assert after <= mistakes_in(source), (found.code, text)
                fixes[found.code] += 1
    assert len(fixes) > 25


@pytest.mark.no_cover
def test_what_is_not_edited_is_untouched(tmp_path: Path) -> None:
    text = (
        "\ufeff# Übersicht \u2028 \x0c\r\n"
        'resource "sym_target" "a" {\r\n  tpye = "okta_group" # \x80\n\tname="a"\r\n'
        '  settings={group_id="00g1a2b3c4d5e6f7g8h9"}}\r\n\r\n\n'
    )
    folder = Folder(tmp_path, {"main.tf": text.replace("\x80", "\udc80")})
    before = (tmp_path / "main.tf").read_bytes()
    fix(folder.look)
    assert (tmp_path / "main.tf").read_bytes() == before.replace(b"tpye", b"type")
