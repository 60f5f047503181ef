"""A file of Python stands for the root modules that may read it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from support.configurations import write_files
from support.effort import lines_run

from symlint.source.text import SourceFile
from symlint.source.tree import Tree
from symlint.terraform.modules.discovery import discover
from symlint.terraform.modules.loader import FileCache
from symlint.terraform.modules.python_files import PythonReaders

if TYPE_CHECKING:
    from pathlib import Path

FLOW = 'resource "sym_flow" "f" {{\n  implementation = {}\n}}\n'
BESIDE = FLOW.format('file("impl.py")')
OTHER = 'resource "sym_flow" "g" {}\n'


def roots(base: Path, *paths: str) -> list[str]:
    found = discover([str(base / path) for path in paths], FileCache())
    assert found.problems == ()
    return [os.path.relpath(root, base) for root in found.roots]


def write(base: Path, text: str) -> None:
    write_files(base, text)
    (base / ".git").mkdir(exist_ok=True)


NAMED = {
    'file("impl.py")': "live/impl.py",
    'file("${path.module}/impl.py")': "live/impl.py",
    'file("${path.root}/impl.py")': "live/impl.py",
    'file("./hooks/impl.py")': "live/hooks/impl.py",
    'file("../shared/impl.py")': "shared/impl.py",
    'file("${path.module}/../shared/impl.py")': "shared/impl.py",
    'file(\n    "impl.py"\n  )': "live/impl.py",
    '"impl.py"': "live/impl.py",
    'file("${path.module}/${local.folder}/impl.py")': "anywhere/impl.py",
    'file("${path.module}/${each.key}.py")': "anywhere/okta.py",
    'file("${path.module}/${each.key}_impl.py")': "anywhere/okta_impl.py",
    'file(format("%s.py", each.key))': "anywhere/okta.py",
    'file("${path.module}/${tolist(fileset(path.module, "*.py"))[0]}")': "anywhere/okta.py",
    'file(join("/", [path.module, "impls", "impl.py"]))': "anywhere/impl.py",
    'file(join("", [path.module, "/", each.key, ".py"]))': "anywhere/okta.py",
    'join("\\n", [file("a.py"), file("impl.py")])': "live/impl.py",
    'file(local.path) # local.path = "hooks/impl.py"': "anywhere/hooks/impl.py",
}


@pytest.mark.parametrize("expression", NAMED)
def test_modules_whose_text_has_the_name(tmp_path: Path, expression: str) -> None:
    path = NAMED[expression]
    write(tmp_path, f"--- live/main.tf\n{FLOW.format(expression)}\n--- {path}\nx = 1\n")
    assert roots(tmp_path, path) == ["live"]


NOT_NAMED = {
    'file("impl.py")': "other/impl.py",
    'file("${path.module}/impl.py")': "other/impl.py",
    'file("hooks/impl.py")': "live/impl.py",
    'file("${local.base}/hooks/impl.py")': "live/impl.py",
    'file("../shared/impl.py")': "live/impl.py",
    'file("main_impl.py")': "live/impl.py",
    'file("impl.py.tpl")': "live/other.py",
    'file("a.py") # not impl.py': "live/impl.py",
}


@pytest.mark.parametrize("expression", NOT_NAMED)
def test_modules_that_name_another_file(tmp_path: Path, expression: str) -> None:
    path = NOT_NAMED[expression]
    write(tmp_path, f"--- live/main.tf\n{FLOW.format(expression)}\n--- {path}\nx = 1\n")
    assert roots(tmp_path, path) == []


def test_the_module_above_and_the_callers_of_a_module(tmp_path: Path) -> None:
    write(
        tmp_path,
        f"""
--- live/a/main.tf
module "m" {{ source = "../../modules/m" }}
--- live/b/main.tf
module "m" {{ source = "../../modules/m" }}
--- live/c/main.tf
{OTHER}
--- modules/m/main.tf
{FLOW.format('file("${path.module}/hooks/impl.py")')}
--- modules/m/hooks/impl.py
x = 1
""",
    )
    assert roots(tmp_path, "modules/m/hooks/impl.py") == ["live/a", "live/b"]


def test_a_path_without_a_folder_is_relative_to_any_root_that_calls(tmp_path: Path) -> None:
    write(
        tmp_path,
        f"""
--- live/main.tf
module "m" {{ source = "../modules/m" }}
--- live/impl.py
x = 1
--- modules/m/main.tf
{BESIDE}
""",
    )
    assert roots(tmp_path, "live/impl.py") == ["live"]


def test_what_a_variable_file_names(tmp_path: Path) -> None:
    write(
        tmp_path,
        f"""
--- live/main.tf
{FLOW.format("file(var.path)")}
--- live/terraform.tfvars
path = "hooks/impl.py"
--- live/hooks/impl.py
x = 1
""",
    )
    assert roots(tmp_path, "live/hooks/impl.py") == ["live"]


def test_json(tmp_path: Path) -> None:
    text = '{"resource": {"sym_flow": {"f": {"implementation": "${file(\\"impl.py\\")}"}}}}'
    write(tmp_path, f"--- live/main.tf.json\n{text}\n--- live/impl.py\nx = 1\n")
    assert roots(tmp_path, "live/impl.py") == ["live"]


def test_a_module_that_does_not_concern_sym_is_none(tmp_path: Path) -> None:
    write(
        tmp_path,
        """
--- live/main.tf
data "archive_file" "a" { source_file = "${path.module}/handler.py" }
--- live/handler.py
x = 1
""",
    )
    assert roots(tmp_path, "live/handler.py") == []


def test_a_link_to_the_file(tmp_path: Path) -> None:
    write(tmp_path, f"--- live/main.tf\n{BESIDE}\n--- shared/impl.py\nx\n")
    (tmp_path / "live/impl.py").symlink_to("../shared/impl.py")
    assert roots(tmp_path, "shared/impl.py") == ["live"]


def test_python_and_terraform_files_together(tmp_path: Path) -> None:
    write(
        tmp_path,
        f"""
--- a/main.tf
{OTHER}
--- b/main.tf
{BESIDE}
--- b/impl.py
x = 1
--- c/tool.py
x = 1
""",
    )
    assert roots(tmp_path, "a/main.tf", "b/impl.py", "c/tool.py") == ["a", "b"]
    assert roots(tmp_path, "a/main.tf", "c/tool.py") == ["a"]


@pytest.mark.parametrize("unit", [".py", '"a.py" ', '"impl.py" ', '"${a}/x.py"\n', "x"])
def test_work_is_linear(tmp_path: Path, unit: str) -> None:
    def effort(times: int) -> int:
        folder = tmp_path / str(times)
        write(folder, f"--- main.tf\n# sym_\n# {unit * times}\n")

        def search() -> None:
            paths = [str(folder / f"m{number}.py") for number in range(50)]
            cache = FileCache(tree=Tree([str(folder)]))
            PythonReaders(paths, cache, lambda path: True).among([str(folder)])

        return lines_run(search)

    effort(1)
    assert effort(4_000) <= 4.8 * effort(1_000) + 100


def test_a_text_that_is_no_configuration_allows_no_more_work(tmp_path: Path) -> None:
    write(tmp_path, "--- main.tf\n# one\n--- impl.py\nx = 1\n")
    cache = FileCache(tree=Tree([str(tmp_path)]))
    text = cache.text(str(tmp_path / "impl.py"))
    assert isinstance(text, SourceFile)
    assert cache.characters == 0
    assert isinstance(cache.source(str(tmp_path / "main.tf")), SourceFile)
    assert cache.characters == len("# one\n")
    assert cache.text(str(tmp_path / "impl.py")) is text


def test_files_of_one_name_are_looked_up_once_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"f{number}" for number in range(30)]
    files = "".join(f"--- {it}/main.tf\n{BESIDE}\n--- {it}/impl.py\nx = 1\n" for it in names)
    write(tmp_path, files)
    directories = {str(tmp_path / it) for it in names}
    paths = [str(tmp_path / it / "impl.py") for it in names]
    cache = FileCache(tree=Tree([str(tmp_path)]))
    assert PythonReaders(paths, cache, lambda _: True).among(directories) == directories
    looked_up: list[str] = []
    real_path = os.path.realpath

    def counted(path: str) -> str:
        looked_up.append(path)
        return real_path(path)

    monkeypatch.setattr(os.path, "realpath", counted)
    PythonReaders(paths, cache, lambda _: True).among(directories)
    assert len(looked_up) == 2 * len(names)
