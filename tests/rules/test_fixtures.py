"""The fixtures are correct configurations: no rule finds anything in them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from support.checking import CORE, configuration, findings
from support.writing import FIXTURES

from symlint.lint.finding import Finding
from symlint.lint.options import Options
from symlint.lint.run.engine import lint

if TYPE_CHECKING:
    from pathlib import Path

ROOTS = (
    "aws_iam",
    "aws_sso",
    "okta",
    "lambda",
    "two_environments",
    "multi_tenant",
    "quickstart/environments/prod",
)


@pytest.mark.no_cover
@pytest.mark.parametrize("root", ROOTS)
def test_core_rules_ask_and_hold(root: str) -> None:
    outcomes = [it for rule in CORE for it in rule().check(configuration(FIXTURES / root))]
    assert outcomes
    assert [it for it in outcomes if isinstance(it, Finding)] == []


@pytest.mark.no_cover
@pytest.mark.parametrize("root", ROOTS)
def test_all_rules_are_silent(root: str) -> None:
    report = lint([str(FIXTURES / root)], Options(isolated=True))
    assert [(it.code, it.title, it.range.line) for it in report.findings] == []
    assert report.failures == ()


LINES = [
    pytest.param(path, number, id=f"{path.relative_to(FIXTURES)}:{number + 1}")
    for root in ("aws_iam", "quickstart")
    for path in sorted((FIXTURES / root).rglob("*.tf"))
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines())
    if line.strip() and not line.lstrip().startswith("#")
]


@pytest.mark.no_cover
@pytest.mark.parametrize(("path", "number"), LINES)
def test_no_lost_line_makes_a_rule_crash(tmp_path: Path, path: Path, number: int) -> None:
    top = path.relative_to(FIXTURES).parts[0]
    shutil.copytree(FIXTURES / top, tmp_path / top)
    broken = tmp_path / path.relative_to(FIXTURES)
    lines = broken.read_text(encoding="utf-8").splitlines()
    del lines[number]
    broken.write_text("\n".join(lines), encoding="utf-8")
    findings(tmp_path / ROOTS[-1] if top == "quickstart" else tmp_path / top)
