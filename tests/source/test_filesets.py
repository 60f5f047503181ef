"""``fileset`` finds what Terraform says that it does, or says that it does not know."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from source.record_filesets import GOLDEN, TREE, plant

from symlint.source.filesets import read_fileset_pattern
from symlint.source.tree import Tree
from symlint.terraform.modules.file_access import ModuleFiles
from symlint.terraform.modules.loader import FileCache

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def files_of(top: Path) -> ModuleFiles:
    return ModuleFiles(str(top), str(top), FileCache(tree=Tree([str(top)])))


def test_patterns_as_terraform_reads_them(tmp_path: Path) -> None:
    plant(tmp_path / "t")
    files = files_of(tmp_path)
    recorded = json.loads(GOLDEN.read_text(encoding="utf-8"))
    found = {pattern: files.matching("t", pattern) for pattern in recorded}
    known = {pattern: list(paths) for pattern, paths in found.items() if paths is not None}
    wrong = {it: paths for it, paths in known.items() if paths != recorded[it]}
    assert wrong == {}
    assert len(known) > 200


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("f", ("f",)),
        ("./f", ("f",)),
        ("/f", ("f",)),
        ("", ()),
        ("ab//f", ("ab/f",)),
        ("x/../f", ("f",)),
        ("*/f", ("ab/f",)),
        ("{f,ba}", ("ba", "f")),
        ("[!-]b", None),
        ("[!]b", ("!b",)),
        ("\\*", ("*",)),
        ("../t/f", None),
        ("{f,ba", None),
        ("{f,{ba,b}}", None),
        ("[f", None),
        ("***", None),
        ("**/**/f", None),
        ("f\\", None),
        ("{a,b}" * 7, None),
        ("x" * 2000, None),
    ],
)
def test_patterns(tmp_path: Path, pattern: str, expected: tuple[str, ...] | None) -> None:
    plant(tmp_path / "t")
    assert files_of(tmp_path).matching("t", pattern) == expected


@pytest.mark.parametrize(
    "pattern",
    ["*a" * 400 + "b", "**/a*/" * 160 + "b", "{a,aa}" * 6 + "*" + "a*" * 400 + "b", "{a,*a}" * 20],
)
def test_hostile_patterns(pattern: str) -> None:
    read = read_fileset_pattern(pattern)
    for path in ("a" * 255, "/".join(["a" * 20] * 100), "a/" * 1000 + "c"):
        assert read is None or not read.matches(path)


def spending(limit: int) -> Callable[[int], None]:
    left = limit

    def spend(steps: int) -> None:
        nonlocal left
        left -= steps
        if left < 0:
            raise LookupError

    return spend


def test_only_as_deep_as_the_pattern_reaches(tmp_path: Path) -> None:
    for number in range(50):
        (tmp_path / "t" / "deep" / f"{number}").mkdir(parents=True)
    plant(tmp_path / "t")
    files = files_of(tmp_path)
    top = len([*(tmp_path / "t").iterdir()])
    assert files.matching("t", "f", spending(30 * top)) == ("f",)
    with pytest.raises(LookupError):
        files.matching("t", "**/f", spending(30 * (top + 40)))
    with pytest.raises(LookupError):
        files.matching("t", "f", spending(30 * top - 1))


def test_what_is_not_certain_is_not_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path / "t")
    files = files_of(tmp_path)
    (tmp_path / "t" / "to_file").symlink_to(tmp_path / "t" / "f")
    assert files.matching("t", "to_*") == ("to_file",)
    (tmp_path / "t" / "to_directory").symlink_to(tmp_path / "t" / "ab")
    assert files.matching("t", "to_*") == ("to_file",)
    assert files.matching("t", "to_*/f") is None
    assert files.matching("t", "**") is None
    (tmp_path / "t" / "to_nothing").symlink_to(tmp_path / "t" / "nothing")
    assert files.matching("t", "to_*") is None
    assert files.matching("t", "f") == ("f",)
    (tmp_path / "t" / "to_outside").symlink_to("/etc/passwd")
    assert files.matching("t", "to_o*") is None
    (tmp_path / "t" / "line\nbreak").write_text("", encoding="utf-8")
    assert files.matching("t", "line*") is None
    os.mkfifo(tmp_path / "t" / "pipe")
    assert files.matching("t", "pip*") == ()
    assert files.matching("t[", "f") is None
    assert files.matching("nowhere", "**") == ()
    assert files.matching("..", "f") is None
    monkeypatch.setattr("symlint.terraform.modules.file_access._MAXIMUM_LISTED", 10)
    assert files.matching("t", "f") is None


def test_a_directory_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path / "t")
    scan = os.scandir

    def refusing(path: str) -> object:
        if path.endswith("ab"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr("symlint.terraform.modules.file_access.os.scandir", refusing)
    assert files_of(tmp_path).matching("t", "f") == ("f",)
    assert files_of(tmp_path).matching("t", "*/f") is None
    assert set(TREE) > {"f", "ab/f"}
