"""What ``.gitignore`` files ignore is what git says that they do, at a cost that is bounded."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from source.record_gitignore import DIRECTORIES, GOLDEN, TREE, ignored_by_git, patterns, plant

from symlint.source.ignored import Ignoring
from symlint.source.path_patterns import PatternList, TooManyPatternsError, Work, read_pattern

if TYPE_CHECKING:
    from pathlib import Path


def ignored(top: Path, text: str) -> list[str]:
    """The paths of the tree that the text of an ignore file ignores, with what is in them."""
    (top / ".gitignore").write_text(text, encoding="utf-8", newline="")
    ignoring = Ignoring()
    file = ignoring.read(str(top / ".gitignore"))
    assert file is not None
    found: list[str] = []
    for path in sorted({*TREE, *DIRECTORIES}):
        parent = path.rpartition("/")[0]
        is_directory = path in DIRECTORIES
        if parent in found or ignoring.ignores(str(top / path), is_directory, (file,)):
            found.append(path)
    return sorted(found)


def test_patterns_as_git_reads_them(tmp_path: Path) -> None:
    recorded = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert sum(map(bool, recorded.values())) > 250
    wrong = {it: paths for it, paths in recorded.items() if ignored(tmp_path, it + "\n") != paths}
    assert wrong == {}


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_patterns_as_the_git_here_reads_them(tmp_path: Path) -> None:
    plant(tmp_path)
    for pattern in patterns(2, 60):
        said = ignored_by_git(tmp_path, pattern)
        assert ignored(tmp_path, pattern + "\n") == said, pattern


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# a.b\n\n   \nba\r\n", ["ba"]),
        ("ba   ", ["ba"]),
        ("ba\x0c\nba\u2028f\n", []),
        ("*.b\n!a.b\n", []),
        ("!a.b\n*.b\n", ["a.b", "ab/a.b", "ab/a.b/a", "ab/a.b/a/b", "ab/a.b/a/b/c"]),
        ("ba\nba/\n!ba/\n", ["ba"]),
    ],
)
def test_lines_of_ignore_files(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert ignored(tmp_path, text) == expected


def spent(patterns: list[str], paths: list[str]) -> int:
    """What it costs to compare patterns with paths, in steps."""
    work = Work(10**12)
    found = PatternList(map(read_pattern, patterns), work)
    assert not any(found.verdict(path, is_directory=True) for path in paths)
    return 10**12 - work.left


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 10 + "*b", "a" * 60),
        ("*a" * 2000 + "*b", "a" * 255 + "/b"),
        ("**/" * 2000 + "b?", "a/" * 2000 + "b"),
        ("x/" + "**/a/" * 2000 + "b?", "x/" + "a/" * 2000 + "b"),
        ("**/" + "*/" * 500 + "b/**/c?", "a/" * 2000 + "b/c"),
        ("[a-z]" * 3000, "a" * 255),
        ("[" * 3000, "[" * 255),
        ("\\" * 3001, "\\" * 255),
    ],
)
def test_hostile_patterns(pattern: str, path: str) -> None:
    assert spent([pattern], [path]) < 20_000_000


def test_patterns_without_wildcards_are_not_gone_through() -> None:
    shapes = ("x{}", "x{}/", "/x{}", "a/x{}", "a/x{}/", "*.x{}", "!x{}")
    many = [shape.format(number) for number in range(2000) for shape in shapes]
    paths = [f"a/b{number}" for number in range(1000)]
    assert spent(many, paths) < 200 * len(paths)


def test_too_many_patterns_are_given_up(tmp_path: Path) -> None:
    hostile = [f"*a{number}*b" for number in range(100)]
    found = PatternList(map(read_pattern, hostile), Work(100_000))
    with pytest.raises(TooManyPatternsError):
        [found.verdict(f"a{number}-b", is_directory=False) for number in range(1000)]
    with pytest.raises(TooManyPatternsError):
        PatternList(map(read_pattern, hostile), Work(10_000))
    (tmp_path / ".gitignore").write_text("\n".join(["ba", *hostile]), encoding="utf-8")
    ignoring = Ignoring(Work(100_000))
    file = ignoring.read(str(tmp_path / ".gitignore"))
    assert file is not None
    assert ignoring.ignores(str(tmp_path / "ba"), False, (file,))
    said = [ignoring.ignores(str(tmp_path / f"a{it}-b"), False, (file,)) for it in range(1000)]
    assert said[0]
    assert not said[-1]
    assert ignoring.given_up
    assert not ignoring.ignores(str(tmp_path / "ba"), False, (file,))
