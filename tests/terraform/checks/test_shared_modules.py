"""Modules that several root modules call: what is wrong with them whoever calls is found once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.configurations import write_files

import symlint
from symlint.graph import cycles
from symlint.terraform.checks import all_checks, any_input
from symlint.terraform.instances.configuration import Configuration

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable
    from pathlib import Path

SHARED = """
variable "name" {}

locals {
  undeclared = local.nothing
  wrong      = [1][5] + length(var.name)
  one        = local.two
  two        = local.one
}

resource "sym_target" "a" {
  type     = "okta_group"
  name     = var.name
  settings = { group_id = "00g1" }
}
"""
ROOTS = 5


def trees(tmp_path: Path, shared: str, roots: int) -> Path:
    files = {
        f"r{number}/main.tf": 'module "m" {\n  source = "../shared"\n' for number in range(roots)
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f'{text}  name   = "a"\n}}\n', encoding="utf-8")
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared/main.tf").write_text(shared, encoding="utf-8")
    return tmp_path


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often something was asked of the module in ``shared``."""
    from collections import Counter

    counted: Counter[str] = Counter()

    def count(place: object, name: str) -> None:
        real: Callable[..., object] = getattr(place, name)

        def counting(module: object, *arguments: object) -> object:
            directory = getattr(module, "directory", "")
            counted[name] += directory.endswith("shared")
            return real(module, *arguments)

        monkeypatch.setattr(place, name, counting)

    count(all_checks, "_alone")
    count(any_input, "_evaluate")
    count(cycles, "_look_at")
    return counted


def test_what_is_wrong_whoever_calls_is_found_once(tmp_path: Path, asked: Counter[str]) -> None:
    report = symlint.lint(trees(tmp_path, SHARED, ROOTS), isolated=True)
    titles = [it.title for it in report.findings]
    for word in ("nothing", "cycle", "index"):
        assert any(word in title for title in titles), titles
    assert asked == {"_alone": 1, "_evaluate": 1, "_look_at": 1}
    assert not report.failures


def test_one_caller_is_told_the_same_as_many(tmp_path: Path) -> None:
    one, many = tmp_path / "one", tmp_path / "many"
    said = []
    for path, roots in ((one, 1), (many, ROOTS)):
        path.mkdir()
        report = symlint.lint(trees(path, SHARED, roots), isolated=True)
        said.append([(it.code, it.title, it.range.text) for it in report.findings])
    assert said[0] == said[1]


def test_what_depends_on_the_root_module_is_found_for_each(
    tmp_path: Path, asked: Counter[str]
) -> None:
    shared = SHARED + 'locals {\n  here = file("${path.root}/x.txt")\n}\n'
    tree = trees(tmp_path, shared, ROOTS)
    for number in range(1, ROOTS):
        (tree / f"r{number}/x.txt").write_text("x", encoding="utf-8")
    report = symlint.lint(tree, isolated=True)
    assert asked == {"_alone": 1, "_evaluate": ROOTS, "_look_at": 1}
    assert [it.title for it in report.findings if "x.txt" in f"{it.title}{it.why}{it.help}"]


def test_what_is_too_much_for_all_is_tried_for_each(
    tmp_path: Path, asked: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(any_input, "_STEPS", 0)
    monkeypatch.setattr(any_input, "_STEPS_PER_CHARACTER", 0)
    report = symlint.lint(trees(tmp_path, SHARED, ROOTS), isolated=True)
    assert asked == {"_alone": 1, "_evaluate": 1 + ROOTS, "_look_at": 1}
    assert not report.failures


def test_the_answers_that_depend_on_what_is_called_are_kept_apart(tmp_path: Path) -> None:
    """A module between, which leads its output back to its variable in one tree alone."""
    middle = 'variable "v" {}\nmodule "in" {\n  source = "./in"\n  v = var.v\n}\noutput "o" {\n  value = module.in.o\n}\n'
    root = 'module "m" {\n  source = "../middle"\n  v = module.m.o\n}\n'
    for name, text in {
        "middle/main.tf": middle,
        "middle/in/main.tf": 'variable "v" {}\noutput "o" {\n  value = var.v\n}\n',
        "r0/main.tf": root,
        "r1/main.tf": root,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    report = symlint.lint(tmp_path, isolated=True, all_modules=True)
    cyclic = {it.range.path.split("/")[-2] for it in report.findings if "cycle" in it.title}
    assert cyclic == {"r0", "r1"}


@pytest.mark.parametrize(("instances", "looked_at"), [(20, 20), (200, 1)])
def test_of_many_instances_one_stands_for_all_whatever_the_input(
    tmp_path: Path, instances: int, looked_at: int
) -> None:
    call = f'module "m" {{\n  source = "./child"\n  count  = {instances}\n}}\n'
    write_files(tmp_path, f'{call}--- child/main.tf\nvariable "name" {{}}\n')
    configuration = Configuration(str(tmp_path))
    options = configuration.options._replace(any_input=True)
    root = configuration.with_options(options).by_itself(configuration.root.module)
    assert len(root.module_calls()) == looked_at
