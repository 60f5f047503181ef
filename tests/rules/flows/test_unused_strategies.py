"""SYM402: strategies that no flow grants access with."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from support.checking import findings
from support.writing import FIXTURES, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(FIXTURES / "aws_iam", tmp_path / "root")
    return tmp_path / "root"


def without(root: Path, file: str, text: str, instead: str = "") -> Path:
    path = root / file
    old = path.read_text(encoding="utf-8")
    assert text in old
    path.write_text(old.replace(text, instead), encoding="utf-8")
    return root


def test_a_lost_line_is_found_at_the_flow(root: Path) -> None:
    found = findings(without(root, "flow.tf", "    strategy_id = sym_strategy.iam.id\n"))
    assert [(it.code, it.severity, it.range.text) for it in found] == [
        ("SYM402", "warning", "params")
    ]
    assert (found[0].address, found[0].attribute) == ("sym_flow.iam", "params.strategy_id")
    assert "sym_flow.iam" in found[0].help
    assert "strategy_id = sym_strategy.iam.id" in found[0].help
    assert found[0].related[0].range.text == 'resource "sym_strategy" "iam"'


NO_WORD = {"aws_iam": ("flow.tf", "sym_strategy.iam"), "okta": ("main.tf", "sym_strategy.okta")}


@pytest.mark.parametrize("fixture", NO_WORD)
@pytest.mark.parametrize("duration", [True, False])
def test_a_flow_of_another_name_lacks_it_if_it_asks_for_a_duration(
    tmp_path: Path, fixture: str, duration: bool
) -> None:
    file, strategy = NO_WORD[fixture]
    root = shutil.copytree(FIXTURES / fixture, tmp_path / "root")
    path = root / file
    text = path.read_text(encoding="utf-8").replace(f"    strategy_id = {strategy}.id\n", "")
    text = re.sub(r'"sym_flow" "\w+" \{(\s+name\s+)= "[^"]+"', r'"sym_flow" "x" {\1= "x"', text)
    if not duration:
        text = re.sub(r'"duration"', '"string"', text)
    path.write_text(text, encoding="utf-8")
    (found,) = [it for it in findings(root) if it.code == "SYM402"]
    name = strategy.rpartition(".")[2]
    wanted = "params" if duration else f'resource "sym_strategy" "{name}"'
    assert found.range.text == wanted


def test_of_two_strategies_the_one_of_that_name_is_meant(root: Path) -> None:
    without(root, "flow.tf", "    strategy_id = sym_strategy.iam.id\n")
    other = (
        'resource "sym_strategy" "other" {\n  type = "okta"\n  name = "other"\n  targets = []\n}\n'
    )
    write(root, {"other.tf": other})
    found = {it.range.text for it in findings(root) if it.code == "SYM402"}
    assert found == {"params", 'resource "sym_strategy" "other"'}


@pytest.mark.parametrize("nothing", ['""', "null"])
def test_an_empty_id_is_none(root: Path, nothing: str) -> None:
    found = findings(
        without(root, "flow.tf", "strategy_id = sym_strategy.iam.id", f"strategy_id = {nothing}")
    )
    assert [(it.code, it.range.text) for it in found] == [("SYM402", nothing)]


def test_an_approval_only_flow_is_right(tmp_path: Path) -> None:
    text = 'resource "sym_flow" "a" {\n  name = "a"\n  environment_id = "x"\n}\n'
    assert findings(write(tmp_path, {"main.tf": text})) == []


def test_the_flow_that_fits_best_is_named(root: Path) -> None:
    without(root, "flow.tf", "    strategy_id = sym_strategy.iam.id\n")
    write(
        root,
        {"other.tf": 'resource "sym_flow" "approval" {\n  name = "approval"\n  params {}\n}\n'},
    )
    found = findings(root)
    assert len(found) == 1
    assert "give it to sym_flow.iam" in found[0].help


def test_an_idle_strategy_beside_flows_that_have_one_is_a_note(root: Path) -> None:
    flow = (root / "flow.tf").read_text(encoding="utf-8")
    strategy = flow[flow.index('resource "sym_strategy"') : flow.index("# The flow is")]
    write(root, {"idle.tf": strategy.replace('"sym_strategy" "iam"', '"sym_strategy" "idle"')})
    found = findings(root)
    assert [(it.code, it.severity, it.address) for it in found] == [
        ("SYM402", "note", "sym_strategy.idle")
    ]


ELSEWHERE = {
    "an output of the root": 'output "strategy" {\n  value = sym_strategy.iam.id\n}\n',
    "another resource": 'resource "aws_ssm_parameter" "s" {\n  value = sym_strategy.iam.id\n}\n',
    "another module": 'module "m" {\n  source = "example/m/aws"\n  id = sym_strategy.iam.id\n}\n',
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_strategy_that_goes_elsewhere_may_be_used_there(root: Path, name: str) -> None:
    without(root, "flow.tf", "    strategy_id = sym_strategy.iam.id\n")
    write(root, {"elsewhere.tf": ELSEWHERE[name]})
    assert findings(root) == []


def test_an_output_of_a_module_that_nobody_reads_is_no_use(tmp_path: Path) -> None:
    shutil.copytree(FIXTURES / "aws_iam", tmp_path / "stack")
    without(tmp_path / "stack", "flow.tf", "    strategy_id = sym_strategy.iam.id\n")
    output = 'output "strategy_id" {\n  value = sym_strategy.iam.id\n}\n'
    write(tmp_path, {"stack/outputs.tf": output})
    call = 'module "stack" {\n  source = "./stack"\n}\n'
    assert [it.code for it in findings(write(tmp_path, {"main.tf": call}))] == ["SYM402"]
    read = call + 'output "strategy_id" {\n  value = module.stack.strategy_id\n}\n'
    assert findings(write(tmp_path, {"main.tf": read})) == []


def test_doubt_about_a_flow_is_doubt_about_the_strategy(root: Path) -> None:
    without(root, "flow.tf", "sym_strategy.iam.id", "var.strategy_id")
    write(root, {"variables.tf": 'variable "strategy_id" {}\n'})
    assert findings(root) == []


def test_a_configuration_without_flows_is_a_part_of_something(root: Path) -> None:
    flow = (root / "flow.tf").read_text(encoding="utf-8")
    (root / "flow.tf").write_text(flow[: flow.index("# The flow is")], encoding="utf-8")
    assert findings(root) == []
