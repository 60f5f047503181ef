"""The difference of two texts: what git makes of it, and what it costs."""

from __future__ import annotations

import random
import subprocess
from shutil import which
from typing import TYPE_CHECKING

import pytest
from support.effort import lines_run

from symlint.source.patch import unified_diff

if TYPE_CHECKING:
    from pathlib import Path


def changed(lines: list[str], generator: random.Random) -> list[str]:
    found: list[str] = []
    for line in lines:
        match generator.randrange(12):
            case 0:
                found.append(line + "x")
            case 1:
                found += [line, "new"]
            case 2:
                pass
            case _:
                found.append(line)
    return found


@pytest.mark.skipif(which("git") is None, reason="needs git")
def test_git_makes_the_new_text_of_the_old_one(tmp_path: Path) -> None:
    generator = random.Random(3)
    file, patch = tmp_path / "a.tf", tmp_path / "patch"
    for _ in range(60):
        count = generator.randrange(60)
        before = [generator.choice(("}", "", "a = 1", f"b = {n}")) for n in range(count)]
        after = changed(before, generator)
        old = "\n".join(before) + "\n" * generator.randrange(2) * bool(before)
        new = "\n".join(after) + "\n" * generator.randrange(2) * bool(after)
        file.write_bytes(old.encode())
        patch.write_bytes(unified_diff(old, new, "a/a.tf", "b/a.tf").encode())
        if old != new and new:
            subprocess.run(["git", "apply", "--unidiff-zero", "patch"], cwd=tmp_path, check=True)
            assert file.read_bytes() == new.encode()


@pytest.mark.skipif(which("git") is None, reason="needs git")
@pytest.mark.parametrize(
    "name",
    [
        "a b.tf",
        "a\nb.tf",
        "\n##vso[x].tf",
        '"a".tf',
        "a\\b.tf",
        "\x01\x1b[31m.tf",
        "\u00e9.tf",
        "\u202e\x9b1m.tf",
    ],
)
def test_git_finds_the_file_whatever_its_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"a\n")
    patch = unified_diff("a\n", "b\n", f"a/{name}", f"b/{name}")
    assert patch.split("\n")[2].startswith("@@")
    (tmp_path / "patch").write_bytes(patch.encode())
    subprocess.run(["git", "apply", "patch"], cwd=tmp_path, check=True)
    assert (tmp_path / name).read_bytes() == b"b\n"


def test_the_same_text_has_no_patch() -> None:
    assert unified_diff("a\n", "a\n", "a", "b") == ""


def test_many_changes_in_a_long_file_cost_little() -> None:
    def effort(count: int) -> int:
        old = [f"line {number % 150}\n" for number in range(count)]
        new = [line if number % 20 else f"new {line}" for number, line in enumerate(old)]
        return lines_run(lambda: unified_diff("".join(old), "".join(new), "a", "b"))

    assert effort(8000) < 5 * effort(2000)


def test_nothing_in_common_is_one_change() -> None:
    old, new = "a\n" * 5000, "b\n" * 5000
    assert unified_diff(old, new, "a", "b").startswith("--- a\n+++ b\n@@ -1,5000 +1,5000 @@\n-a\n")
    assert lines_run(lambda: unified_diff(old, new, "a", "b")) < 400_000


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("a/é.tf", "a/é.tf"),
        ("a/\u202ex.tf", '"a/\\342\\200\\256x.tf"'),
        ("a/\x9b31m.tf", '"a/\\302\\23331m.tf"'),
        ("a/\udcff.tf", '"a/\\377.tf"'),
    ],
)
def test_names_hold_no_characters_that_change_what_a_terminal_shows(
    name: str, written: str
) -> None:
    assert unified_diff("a\n", "b\n", name, name).splitlines()[0] == f"--- {written}"
