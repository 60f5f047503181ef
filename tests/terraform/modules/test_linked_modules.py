"""Modules whose directories have several names, by symbolic links."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from support.configurations import write_files

from symlint.budget import Budget
from symlint.source.tree import Tree
from symlint.terraform.instances.configuration import Configuration
from symlint.terraform.modules import discovery
from symlint.terraform.modules.called import TOO_MANY
from symlint.terraform.modules.discovery import discover
from symlint.terraform.modules.loader import FileCache

if TYPE_CHECKING:
    from pathlib import Path


SYM = 'resource "sym_flow" "f" {}\n'
OTHER = 'resource "aws_vpc" "v" {}\n'


def test_links_that_lead_back_are_followed_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovery, "_MOST_STEPS_OF_LINKS", 2_000)
    calls = "".join(f'module "{name}" {{ source = "./{name}" }}\n' for name in "bcd")
    write_files(tmp_path, f"--- a/main.tf\n{SYM}\n{calls}--- z/main.tf\n{SYM}")
    for name in "bcd":
        (tmp_path / "a" / name).symlink_to(".", target_is_directory=True)
    cache = FileCache(tree=Tree([str(tmp_path)]))
    found = discover([str(tmp_path)], cache)
    assert [os.path.relpath(root, tmp_path) for root in found.roots] == ["a", "z"]
    assert [(it.path, it.kind) for it in found.problems] == [(str(tmp_path), "too many")]
    assert "symbolic links" in found.problems[0].message
    assert len(cache.parsed_files) == 1
    assert len(found.calls) < 2_000


def test_a_folder_of_modules_may_be_linked_into_many_environments(tmp_path: Path) -> None:
    call = f'{OTHER}module "m" {{ source = "./modules/m" }}\n'
    write_files(tmp_path, f"--- shared/m/main.tf\n{SYM}")
    for number in range(20):
        write_files(tmp_path, f"--- e{number}/main.tf\n{call}")
        (tmp_path / f"e{number}/modules").symlink_to("../shared", target_is_directory=True)
    found = discover([str(tmp_path)], FileCache(tree=Tree([str(tmp_path)])))
    assert len(found.roots) == 21
    assert not found.problems


def test_a_file_with_several_names_allows_less_work(tmp_path: Path) -> None:
    write_files(tmp_path, f"--- a/main.tf\n{SYM * 4}")
    (tmp_path / "b").symlink_to("a", target_is_directory=True)
    cache = FileCache(tree=Tree([str(tmp_path)]))
    characters = []
    for name in ("a/main.tf", "b/main.tf", "a/main.tf", "b/main.tf"):
        cache.source(str(tmp_path / name))
        characters.append(cache.characters)
    whole = len(SYM) * 4
    assert characters == [whole, whole + whole // 4, whole + whole // 4, whole + whole // 4]


def test_a_large_file_with_many_names_is_read_a_few_times(tmp_path: Path) -> None:
    (tmp_path / "large").write_text("#" * 500_000, encoding="utf-8")
    for number in range(20):
        (tmp_path / f"a{number}.tf").symlink_to("large")
    cache = FileCache(tree=Tree([str(tmp_path)]))
    cache.module(str(tmp_path))
    problems = cache.read_problems
    assert len(problems) == 17
    assert "too many names" in problems[0].message


def linked_into_folders(
    directory: Path, folders: int, text: str = "#" * 30_000, name: str = "common.tf"
) -> FileCache:
    directory.mkdir(exist_ok=True)
    (directory / "common").write_text(text, encoding="utf-8")
    cache = FileCache(tree=Tree([str(directory)]))
    for number in range(folders):
        write_files(directory, f"--- r{number}/main.tf\n{SYM}")
        (directory / f"r{number}/{name}").symlink_to("../common")
        cache.module(str(directory / f"r{number}"))
    return cache


def test_a_small_file_may_be_linked_into_many_root_modules(tmp_path: Path) -> None:
    assert not linked_into_folders(tmp_path, 100).read_problems


def test_a_small_file_is_linked_into_more_root_modules_than_are_read(tmp_path: Path) -> None:
    problems = linked_into_folders(tmp_path, 130).read_problems
    assert 20 < len(problems) < 40
    assert "too many names" in problems[0].message


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("common.tf", "locals {\n" + "  a=1\n" * 4_000 + "}\n"),
        ("common.tf.json", '{"locals": [' + ",".join(['{"a":1}'] * 3_000) + "]}"),
    ],
)
def test_a_small_file_that_says_much_counts_as_a_large_one(
    tmp_path: Path, name: str, text: str
) -> None:
    assert len(text) < 25_000
    assert len(linked_into_folders(tmp_path, 20, text, name).read_problems) == 10


def test_a_small_file_with_many_names_in_one_folder_is_read_a_few_times(tmp_path: Path) -> None:
    (tmp_path / "small").write_text("#" * 30_000, encoding="utf-8")
    for number in range(60):
        (tmp_path / f"a{number}.tf").symlink_to("small")
    cache = FileCache(tree=Tree([str(tmp_path)]))
    cache.module(str(tmp_path))
    assert 15 < len(cache.parsed_files) < 20
    assert len(cache.read_problems) == 60 - len(cache.parsed_files)


def test_further_names_allow_a_run_no_more_than_so_much(tmp_path: Path) -> None:
    assert linked_into_folders(tmp_path, 100).characters < 30_000 + 250_000 + 100 * 2 * len(SYM)


def test_a_module_with_many_names_is_read_as_often_as_the_budget_allows(tmp_path: Path) -> None:
    calls = "".join(f'module "{name}" {{ source = "./{name}" }}\n' for name in "bcd")
    write_files(tmp_path, f'module "a" {{ source = "./a" }}\n--- a/main.tf\n{calls}')
    for name in "bcd":
        (tmp_path / "a" / name).symlink_to(".", target_is_directory=True)
    cache = FileCache(tree=Tree([str(tmp_path)]))
    found = Configuration(str(tmp_path), cache=cache, budget=Budget(200_000))
    assert list(found.budget.given_up) == [TOO_MANY]
    assert 10 < len(cache.parsed_files) < 30


def test_a_directory_is_listed_once_whatever_its_names_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, f"--- a/main.tf\n{SYM}")
    cache = FileCache(tree=Tree([str(tmp_path)]))
    listed: list[str] = []
    real = os.listdir

    def noted(path: str) -> list[str]:
        listed.append(path)
        return real(path)

    monkeypatch.setattr(os, "listdir", noted)
    for name in "bcd":
        (tmp_path / name).symlink_to("a", target_is_directory=True)
        assert cache.names(str(tmp_path / name)) == ("main.tf",)
    assert len(listed) == 1
