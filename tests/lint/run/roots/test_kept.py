"""Linting again takes what was found in root modules of which no file is different."""

from __future__ import annotations

import random
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from support.configurations import write_files
from support.processes.random_roots import QUICK, rendered, write_tree

from symlint.lint.options import Options
from symlint.lint.run import engine, shares
from symlint.lint.run.config_run import ConfigRun
from symlint.lint.run.engine import lint
from symlint.lint.run.roots.kept import Kept
from symlint.lint.run.shares import Shares

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WRONG = 'resource "sym_target" "a" {\n  tpye = "okta_group"\n  name = "a"\n}\n'
CALL = 'module "m" {\n  source = "../m"\n}\n'


class Linted:
    """Counts the root modules that are linted; the last parts of their paths."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names: list[str] = []
        done = ConfigRun.lint_within

        def noted(run: ConfigRun, root: Any, budget: Any) -> None:
            self.names.append(root.directory.rpartition("/")[2])
            done(run, root, budget)

        monkeypatch.setattr(ConfigRun, "lint_within", noted)

    def take(self) -> list[str]:
        """Those since the last time."""
        names, self.names = self.names, []
        return names


def changes(directory: Path, seed: int) -> Iterator[dict[str, str]]:
    """Other texts for some of the files, the later ones also with what the earlier ones had."""
    chance = random.Random(seed)
    paths = sorted(
        it for it in directory.rglob("*.*") if it.suffix in (".tf", ".py", ".tfvars", ".txt")
    )
    texts: dict[str, str] = {}
    for _ in range(4):
        path = chance.choice(paths)
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        if chance.random() < 0.5:
            lines.pop(chance.randrange(len(lines)))
        else:
            lines += chance.choice(QUICK)
        texts = {**(texts if chance.random() < 0.7 else {}), str(path): "".join(lines)}
        yield texts
    yield {}


@pytest.mark.no_cover
@pytest.mark.parametrize(("seed", "jobs"), [(0, 1), (1, 1), (5, 2)])
def test_it_gives_the_same_bytes(seed: int, jobs: int, tmp_path: Path) -> None:
    write_tree(tmp_path, seed, QUICK)
    kept = Kept()
    for texts in ({}, *changes(tmp_path, seed)):
        options = Options(jobs=jobs, overlays=texts)
        again = rendered(lint([str(tmp_path)], options, kept=kept), tmp_path)
        assert again == rendered(lint([str(tmp_path)], options), tmp_path)


TREE = f"""
--- a/main.tf
{CALL}variable "who" {{}}
--- a/terraform.tfvars
who = "a"
--- b/main.tf
{CALL}
--- c/main.tf
{WRONG}resource "sym_flow" "f" {{
  implementation = file("impl.py")
}}
--- c/impl.py
x = 1
--- m/main.tf
{WRONG}
"""


def changed(path: Path) -> dict[str, str]:
    return {str(path): path.read_text(encoding="utf-8") + "\n"}


@pytest.mark.parametrize(
    ("name", "linted"),
    [
        ("m/main.tf", ["a", "b"]),
        ("a/main.tf", ["a"]),
        ("a/terraform.tfvars", ["a"]),
        ("c/impl.py", ["c"]),
        ("b/more.tf", ["b"]),
        ("unread.txt", []),
    ],
)
def test_what_has_read_a_file_or_looked_for_it_is_linted_again(
    name: str, linted: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, TREE)
    counted, kept = Linted(monkeypatch), Kept()
    lint([str(tmp_path)], kept=kept)
    assert counted.take() == ["a", "b", "c"]
    path = tmp_path / name
    path.touch()
    lint([str(tmp_path)], Options(overlays=changed(path)), kept=kept)
    assert counted.take() == linted
    path.write_text(changed(path)[str(path)], encoding="utf-8")
    lint([str(tmp_path)], kept=kept)
    assert counted.take() == [], "the text is known, wherever it is"


def test_a_file_with_two_names_is_a_part_of_both_modules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, TREE)
    (tmp_path / "b" / "link.tf").symlink_to("../c/main.tf")
    counted, kept = Linted(monkeypatch), Kept()
    lint([str(tmp_path)], kept=kept)
    counted.take()
    lint([str(tmp_path)], Options(overlays=changed(tmp_path / "c" / "main.tf")), kept=kept)
    assert counted.take() == ["b", "c"]


def test_what_had_too_little_work_is_linted_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, TREE)
    counted, kept = Linted(monkeypatch), Kept()
    monkeypatch.setattr(shares, "STEPS_PER_ROOT", 10)
    monkeypatch.setattr(engine, "Shares", partial(Shares, -1_000_000))
    lint([str(tmp_path)], kept=kept)
    first = counted.take()
    assert first[:3] == ["a", "b", "c"]
    lint([str(tmp_path)], kept=kept)
    assert counted.take() == first


def test_what_it_will_take_is_known_before(tmp_path: Path) -> None:
    write_files(tmp_path, TREE)
    kept = Kept()
    first = lint([str(tmp_path)], kept=kept).work
    texts = {name: changed(tmp_path / name / "main.tf") for name in "abcm"}
    costs = {name: kept.expected(it) for name, it in texts.items()}
    assert costs == {name: kept.cost_of(it) for name, it in texts.items()}
    least = kept.expected({})
    assert costs["m"] - least == (costs["a"] - least) + (costs["b"] - least)
    assert first // 4 < costs["c"] < first // 2
    work = lint([str(tmp_path)], Options(overlays=texts["c"]), kept=kept).work
    assert abs(work - costs["c"]) < costs["c"] // 5
    assert kept.expected(texts["c"]) == least, "it has just been seen"


def test_an_error_that_hides_nothing_of_a_file_is_told_again(tmp_path: Path) -> None:
    twice = 'resource "sym_target" "b" {\n  type = "custom"\n  type = "custom"\n}\n'
    texts_by_name = {"a": twice, "b": CALL, "c": WRONG, "m": twice}
    write_files(
        tmp_path, "".join(f"--- {it}/main.tf\n{text}" for it, text in texts_by_name.items())
    )
    kept = Kept()
    for texts in ({}, changed(tmp_path / "c" / "main.tf"), {}):
        report = lint([str(tmp_path)], Options(overlays=texts), kept=kept)
        wrong = [it.range.path for it in report.findings if it.code == "SYM001"]
        assert [path.split("/")[-2] for path in wrong] == ["a", "m"]
        assert report.exit_status == 1
