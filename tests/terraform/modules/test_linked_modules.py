"""Modules whose directories have several names, by symbolic links."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from support.configurations import write_files

from symlint.budget import Budget
from symlint.source.tree import Tree
from symlint.terraform.instances.configuration import Configuration
from symlint.terraform.modules.called import TOO_MANY
from symlint.terraform.modules.discovery import discover
from symlint.terraform.modules.loader import FileCache

if TYPE_CHECKING:
    from pathlib import Path

SYM = 'resource "sym_flow" "f" {}\n'
OTHER = 'resource "aws_vpc" "v" {}\n'


def test_links_that_lead_back_are_followed_for_a_while(tmp_path: Path) -> None:
    calls = "".join(f'module "{name}" {{ source = "./{name}" }}\n' for name in "bcd")
    write_files(tmp_path, f"--- a/main.tf\n{SYM}\n{calls}--- z/main.tf\n{SYM}")
    for name in "bcd":
        (tmp_path / "a" / name).symlink_to(".", target_is_directory=True)
    cache = FileCache(tree=Tree([str(tmp_path)]))
    discovery = discover([str(tmp_path)], cache)
    assert [os.path.relpath(root, tmp_path) for root in discovery.roots] == ["a", "z"]
    assert [(it.path, it.kind) for it in discovery.problems] == [(str(tmp_path), "too many")]
    assert "symbolic links" in discovery.problems[0].message
    assert len(cache.parsed_files) == 1
    assert len(discovery.calls) < 100_000


def test_a_folder_of_modules_may_be_linked_into_many_environments(tmp_path: Path) -> None:
    call = f'{OTHER}module "m" {{ source = "./modules/m" }}\n'
    write_files(tmp_path, f"--- shared/m/main.tf\n{SYM}")
    for number in range(20):
        write_files(tmp_path, f"--- e{number}/main.tf\n{call}")
        (tmp_path / f"e{number}/modules").symlink_to("../shared", target_is_directory=True)
    discovery = discover([str(tmp_path)], FileCache(tree=Tree([str(tmp_path)])))
    assert len(discovery.roots) == 21
    assert not discovery.problems


def test_a_file_with_two_names_allows_no_more_work(tmp_path: Path) -> None:
    write_files(tmp_path, f"--- a/main.tf\n{SYM}")
    (tmp_path / "b").symlink_to("a", target_is_directory=True)
    cache = FileCache(tree=Tree([str(tmp_path)]))
    for name in ("a/main.tf", "b/main.tf"):
        cache.source(str(tmp_path / name))
        assert cache.characters == len(SYM.strip()) + 1


def test_a_module_with_many_names_is_read_as_often_as_the_budget_allows(tmp_path: Path) -> None:
    calls = "".join(f'module "{name}" {{ source = "./{name}" }}\n' for name in "bcd")
    write_files(tmp_path, f'module "a" {{ source = "./a" }}\n--- a/main.tf\n{calls}')
    for name in "bcd":
        (tmp_path / "a" / name).symlink_to(".", target_is_directory=True)
    cache = FileCache(tree=Tree([str(tmp_path)]))
    found = Configuration(str(tmp_path), cache=cache, budget=Budget(200_000))
    assert list(found.budget.given_up) == [TOO_MANY]
    assert 10 < len(cache.parsed_files) < 100
