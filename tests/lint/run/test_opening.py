"""The one root module that a question is about, and the sets of variable files to open it with."""

from __future__ import annotations

from pathlib import Path

import pytest

from symlint.lint.errors import UsageError
from symlint.lint.options import Options
from symlint.lint.run.evaluating import evaluate
from symlint.lint.run.opening import open_configurations

LOCALS = "locals {\n  a = 1\n}\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def write(*names: str, text: str = LOCALS) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")


def opened(path: str, *, all_modules: bool = True) -> list[str]:
    found = open_configurations(path, Options(all_modules=all_modules))
    return [str(Path(it.configuration.directory).relative_to(Path.cwd())) for it in found]


def refused(path: str, *, all_modules: bool = True) -> str:
    with pytest.raises(UsageError) as caught:
        opened(path, all_modules=all_modules)
    return str(caught.value)


def test_the_only_root_module_below_a_path() -> None:
    write("live/a/main.tf")
    assert opened(".") == opened("live") == opened("live/a/main.tf") == ["live/a"]
    write("live/main.tf")
    assert opened("live") == ["live"]
    assert opened("live/a") == ["live/a"]


def test_none_and_several_of_them() -> None:
    assert refused("nowhere") == "nowhere: there is no such file or directory"
    write("live/m00/main.tf")
    assert refused("live", all_modules=False) == "live: no root module uses Sym"
    write(*(f"live/m{number:02}/main.tf" for number in range(12)))
    twelve = ", ".join(f"live/m{number:02}" for number in range(12))
    several = "live has several root modules; name one of"
    assert refused("live") == f"{several} {twelve}"
    write("live/m12/main.tf")
    assert refused("live") == f"{several} {twelve} and others"


@pytest.mark.parametrize("entry", ['"x"', "[]", "{ sources = 1 }", '{ sources = ["x"] }'])
def test_a_configuration_file_that_cannot_be_used(entry: str) -> None:
    write("main.tf")
    write("symlint.toml", text=f"[catalogue.modules]\nmine = {entry}\n")
    assert "catalogue.modules.mine" in refused(".")


def test_one_for_each_set_of_variable_files() -> None:
    write("main.tf")
    write("a.tfvars", "b.tfvars", text="")
    options = Options(all_modules=True, variable_files=(("a.tfvars", "b.tfvars"), ("b.tfvars",)))
    found = open_configurations(".", options)
    assert [it.variable_files for it in found] == ["a.tfvars + b.tfvars", "b.tfvars"]


def test_what_cannot_be_read_fails_an_evaluation() -> None:
    write("main.tf")
    write("broken.tf", text="locals {\n  b = \n}\n")
    Path("binary.tf").write_bytes(b"\0\1")
    evaluation = evaluate(".", ["local.a"], Options())
    here = Path.cwd()
    assert [it.path for it in evaluation.failures] == [
        str(here / "binary.tf"),
        str(here / "broken.tf"),
    ]
    assert evaluation.failures[1].message.startswith("2:7: ")
    assert (evaluation.exit_status, evaluation.data()) == (3, {"local.a": 1})
    write("broken.tf", text='locals {\n  b = 1 + "x"\n}\n')
    Path("binary.tf").unlink()
    assert evaluate(".", ["local.a"], Options()).exit_status == 0
    evaluation = evaluate(".", ["local.a", "local.b"], Options())
    assert evaluation.exit_status == 1
    assert [(it.kind, it.range.line) for it in evaluation.problems] == [("expression", 2)]


@pytest.mark.no_cover
def test_what_is_too_much_work_fails_an_evaluation() -> None:
    bomb = "[for i in range(1000) : [for j in range(1000) : [for k in range(1000) : i + j * k]]]"
    write("main.tf", text=f"locals {{\n  a = 1\n  b = {bomb}\n}}\n")
    evaluation = evaluate(".", ["local.b", "local.a"], Options())
    assert evaluation.traces[1].data == 1
    assert ["more work than symlint does" in it.message for it in evaluation.failures] == [True]
    assert evaluation.exit_status == 3
