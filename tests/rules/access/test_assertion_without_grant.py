"""SYM702: assertions about access that are about no grant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from support.writing import flow_with, write

from symlint.lint.options import Options
from symlint.lint.run.engine import lint

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.report import Report

FLOW = flow_with("", "", "")
SETTINGS = '[[assert]]\nname = "two people"\nflows = { FLOWS }\nexpect = { gated = false }\n'


def checked(root: Path, flows: str, files: dict[str, str], *paths: str, **options: Any) -> Report:
    """The report on two root modules beside each other, with an assertion about some flows."""
    write(root, {"symlint.toml": SETTINGS.replace("FLOWS", flows)})
    for name in ("one", "two"):
        write(root / name, files)
    wanted = [str(root / path) for path in paths] or [str(root)]
    return lint(wanted, Options(select=("SYM702",), **options))


def test_an_assertion_about_nothing(tmp_path: Path) -> None:
    [found] = checked(tmp_path, 'name = "production"', FLOW).findings
    assert found.title == "the assertion 'two people' is about no grant"
    assert (found.range.path, found.range.line) == (str(tmp_path / "symlint.toml"), 2)
    assert (found.severity, found.more_instances) == ("warning", 0)


def test_what_fixes_make_of_files_is_all_there_is(tmp_path: Path) -> None:
    """The report after them says what the next run does."""
    before = checked(tmp_path, 'name = "production"', FLOW)
    path = str(tmp_path / "one" / "main.tf")
    texts = {path: FLOW["main.tf"] + "\n"}
    options = Options(select=("SYM702",))
    for jobs in (1, 2):
        after = lint([str(tmp_path)], options._replace(jobs=jobs), texts=texts)
        assert len(after.findings) == len(before.findings) == 1
    assert not lint([str(tmp_path)], options._replace(overlays=texts)).findings


def test_one_of_several_root_modules_is_enough(tmp_path: Path) -> None:
    write(tmp_path / "three", {**FLOW, "main.tf": FLOW["main.tf"].replace("iam", "production")})
    assert "production" in (tmp_path / "three/main.tf").read_text(encoding="utf-8")
    assert not checked(tmp_path, 'name = "production"', FLOW).findings


def test_one_of_several_variable_files_is_enough(tmp_path: Path) -> None:
    name = FLOW["main.tf"].replace('"iam"\n', "var.name\n", 1)
    main = name + 'variable "name" {\n  type = string\n}\n'
    files = {**FLOW, "main.tf": main}
    files |= {"a.tfvars": 'name = "a"\n', "b.tfvars": 'name = "b"\n'}
    settings = SETTINGS.replace("FLOWS", 'name = "b"')
    for known, found in (("b", 0), ("c", 1)):
        write(tmp_path / "one", files)
        text = settings.replace('"b"', f'"{known}"')
        write(tmp_path, {"symlint.toml": f'variable-files = ["a.tfvars", "b.tfvars"]\n{text}'})
        report = lint([str(tmp_path)], Options(select=("SYM702",)))
        assert len(report.findings) == found, known


def test_what_may_be_empty_on_purpose(tmp_path: Path) -> None:
    checked(tmp_path, 'name = "production"', FLOW)
    text = (tmp_path / "symlint.toml").read_text(encoding="utf-8")
    write(tmp_path, {"symlint.toml": f"{text}allow-empty = true\n"})
    assert not lint([str(tmp_path)], Options(select=("SYM702",))).findings


PARTIAL = {
    "a part of the folders": (("one",), {}),
    "a file": (("one/main.tf",), {}),
    "a variable": ((), {"variables": {"a": "b"}}),
    "what is left out": ((), {"exclude": ("two",)}),
}


@pytest.mark.parametrize(("paths", "options"), PARTIAL.values(), ids=PARTIAL)
def test_a_run_that_sees_a_part_of_it(
    tmp_path: Path, paths: tuple[str, ...], options: dict[str, Any]
) -> None:
    assert not checked(tmp_path, 'name = "production"', FLOW, *paths, **options).findings


def test_a_configuration_file_below_the_path(tmp_path: Path) -> None:
    checked(tmp_path / "inner", 'name = "production"', FLOW)
    assert len(lint([str(tmp_path)], Options(select=("SYM702",))).findings) == 1


DOUBTS = {
    "a flow that is switched off": (
        ("  name ", "  count = 0\n  name "),
        "sym_flow.iam has no instances with the variables of this run",
    ),
    "a module whose code is not here": (
        ("", 'module "more" {\n  source = "git::https://example.com/flows.git"\n}\n'),
        "the code of module.more is not here",
    ),
}


@pytest.mark.parametrize(("edit", "reason"), DOUBTS.values(), ids=DOUBTS)
def test_flows_that_may_be_there(tmp_path: Path, edit: tuple[str, str], reason: str) -> None:
    start = FLOW["main.tf"].index('resource "sym_flow"')
    block = FLOW["main.tf"][start:]
    changed = FLOW["main.tf"][:start] + (block.replace(*edit, 1) if edit[0] else block + edit[1])
    report = checked(tmp_path, 'name = "production"', {**FLOW, "main.tf": changed})
    assert not report.findings
    assert [it.reason for it in report.undecided] == [reason]


def test_a_flow_whose_name_is_not_known(tmp_path: Path) -> None:
    main = FLOW["main.tf"].replace('"iam"\n', "data.x.y.name\n", 1) + 'data "x" "y" {}\n'
    assert not checked(tmp_path, 'name = "production"', {**FLOW, "main.tf": main}).findings
