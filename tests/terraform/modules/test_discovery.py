"""Root modules below paths, what git ignores, and what does not concern Sym."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from support.configurations import write_files

from symlint.source import reachable as following
from symlint.terraform.modules import discovery as discovery_module
from symlint.terraform.modules.discovery import Discovery, discover
from symlint.terraform.modules.loader import FileCache

if TYPE_CHECKING:
    import pytest

SYM = 'resource "sym_flow" "f" {}\n'
OTHER = 'resource "aws_vpc" "v" {}\n'


def found(base: Path, *paths: str, all_modules: bool = False) -> Discovery:
    return discover([str(base / path) for path in paths] or [str(base)], FileCache(), all_modules)


def roots(base: Path, *paths: str, all_modules: bool = False) -> list[str]:
    discovery = found(base, *paths, all_modules=all_modules)
    return [os.path.relpath(root, base) for root in discovery.roots]


def test_directories_that_nobody_calls_are_roots(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        f"""
--- live/prod/main.tf
module "m" {{ source = "../../modules/m" }}
--- live/test/main.tf
module "m" {{ source = "../../modules/m" }}
--- modules/m/main.tf
{SYM}
module "n" {{ source = "../n" }}
--- modules/n/main.tf
{SYM}
--- standalone/main.tf
{SYM}
""",
    )
    assert roots(tmp_path) == ["live/prod", "live/test", "standalone"]
    assert roots(tmp_path, "modules") == ["modules/m"]
    assert roots(tmp_path, "modules/n") == ["modules/n"]


def test_a_call_in_a_comment_is_no_call(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        f"""
--- a/main.tf
{SYM}
# module "b" {{ source = "../b" }}
--- b/main.tf
{SYM}
""",
    )
    assert roots(tmp_path) == ["a", "b"]


def test_modules_that_do_not_concern_sym_are_counted(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        f"""
--- vpc/main.tf
{OTHER}
--- app/main.tf
module "x" {{ source = "./x" }}
--- app/x/main.tf
{OTHER}
--- sym/main.tf
module "y" {{ source = "./y" }}
--- sym/y/main.tf
module "runtime" {{ source = "symopsio/runtime-connector/aws" }}
""",
    )
    discovery = found(tmp_path)
    assert [os.path.relpath(root, tmp_path) for root in discovery.roots] == ["sym"]
    assert len(discovery.skipped) == 3
    assert roots(tmp_path, all_modules=True) == ["app", "sym", "vpc"]
    assert found(tmp_path, all_modules=True).skipped == ()


def test_a_named_file_stands_for_the_roots_of_its_module(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        f"""
--- .git/HEAD
x
--- live/prod/main.tf
module "m" {{ source = "../../modules/m" }}
--- live/test/main.tf
module "m" {{ source = "../../modules/m" }}
--- modules/m/main.tf
{SYM}
--- vpc/main.tf
{OTHER}
""",
    )
    assert roots(tmp_path, "modules/m/main.tf") == ["live/prod", "live/test"]
    assert roots(tmp_path, "live/test/main.tf") == ["live/test"]
    assert roots(tmp_path, "vpc/main.tf") == ["vpc"]
    discovery = found(tmp_path, "vpc/main.tf")
    assert discovery.files == (str(tmp_path / "vpc/main.tf"),)


def test_a_named_file_without_a_repository_is_looked_for_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(
        tmp_path,
        f"""
--- top/main.tf
module "m" {{ source = "./m" }}
--- top/m/main.tf
{SYM}
""",
    )
    monkeypatch.chdir(tmp_path)
    assert roots(tmp_path, "top/m/main.tf") == ["top"]
    monkeypatch.chdir(tmp_path / "top" / "m")
    assert roots(tmp_path, "top/m/main.tf") == ["top/m"]


def test_hidden_installed_and_ignored_directories_are_left_out(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        f"""
--- .git/HEAD
x
--- .gitignore
/build
*.gen
!keep.gen
tmp/
--- a/main.tf
{SYM}
--- a/.terraform/modules/x/main.tf
{SYM}
--- .hidden/main.tf
{SYM}
--- build/main.tf
{SYM}
--- sub/build/main.tf
{SYM}
--- one.gen/main.tf
{SYM}
--- keep.gen/main.tf
{SYM}
--- sub/tmp/main.tf
{SYM}
--- own/.gitignore
inner
--- own/inner/main.tf
{SYM}
""",
    )
    assert roots(tmp_path) == ["a", "keep.gen", "sub/build"]
    # The repository's rules hold for a directory inside of it as well.
    assert roots(tmp_path, "sub") == ["sub/build"]


def test_symbolic_links_are_not_followed_in_circles(tmp_path: Path) -> None:
    write_files(tmp_path, f"--- a/main.tf\n{SYM}")
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "self.tf").symlink_to(tmp_path / "a" / "self.tf")
    assert roots(tmp_path) == ["a"]


def test_modules_that_call_each_other_have_one_root(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        f"""
--- a/main.tf
{SYM}
module "b" {{ source = "../b" }}
--- b/main.tf
module "a" {{ source = "../a" }}
--- c/main.tf
{SYM}
module "c" {{ source = "../c" }}
""",
    )
    assert roots(tmp_path) == ["a", "c"]


def test_paths_with_nothing_to_lint_are_problems(tmp_path: Path) -> None:
    write_files(tmp_path, "--- empty/readme.md\nx\n")
    discovery = found(tmp_path, "empty", "missing", "empty/readme.md")
    assert [(Path(p.path).name, p.kind) for p in discovery.problems] == [
        ("empty", "empty"),
        ("missing", "missing"),
        ("readme.md", "empty"),
    ]
    assert discovery.roots == ()


def test_a_file_is_parsed_once(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        f"""
--- a/main.tf
module "m" {{ source = "../m" }}
{SYM}
--- m/main.tf
{OTHER}
""",
    )
    cache = FileCache()
    discover([str(tmp_path)], cache)
    assert [Path(path).parent.name for path in cache.parsed_files] == ["a"]
    before = cache.parse(str(tmp_path / "a/main.tf"))
    assert cache.module(str(tmp_path / "a")) is cache.module(str(tmp_path / "a"))
    assert cache.parse(str(tmp_path / "a/main.tf")) is before


def test_calls_are_followed_once_for_all_roots(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 40
    for number in range(count):
        write_files(
            tmp_path,
            f"""
--- root{number}/main.tf
module "m" {{ source = "../m0" }}
--- m{number}/main.tf
module "m" {{ source = "../m{number + 1}" }}
""",
        )
    write_files(tmp_path, f"--- m{count}/main.tf\n{SYM}")
    steps = 0

    class Counting(dict[str, Any]):
        def get(self, *arguments: Any) -> Any:
            nonlocal steps
            steps += 1
            return super().get(*arguments)

    def counting(leads: Any, *arguments: Any) -> Any:
        return following.reachable(Counting(leads), *arguments)

    monkeypatch.setattr(discovery_module, "reachable", counting)
    assert len(roots(tmp_path)) == count
    assert steps <= 3 * (2 * count + 1)
    steps = 0
    monkeypatch.chdir(tmp_path)
    assert len(roots(tmp_path, *(f"m{number}/main.tf" for number in range(count)))) == count
    assert steps <= 3 * (2 * count + 1)
