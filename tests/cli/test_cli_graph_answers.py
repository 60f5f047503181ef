"""symlint graph --reaches and --impact: what leads to something, and what a change of it touches."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
FIXTURES = Path(__file__).parent.parent / "fixtures"


@pytest.fixture(autouse=True)
def copy() -> None:
    """A configuration in the current folder."""
    shutil.copytree(FIXTURES / "aws_iam", ".", dirs_exist_ok=True)


def test_what_reaches_a_target(symlint: Run) -> None:
    result = symlint("graph", "--reaches", "main-billing")
    assert result.exit_code == 0
    assert result.stdout == (
        "1 flow reaches main-billing.\n\n"
        "aws_access  sym_flow.iam\n"
        "  aws_iam_group main-billing\n"
        "    its name is main-billing\n"
        "    sym_flow.iam -> sym_strategy.iam -> sym_target.billing\n"
    )


def test_what_is_not_known_is_named(symlint: Run) -> None:
    shown = symlint("graph", "--reaches", "123456789012").stdout
    assert shown.startswith("No flow reaches 123456789012; of 1 flow that is not known.\n")
    assert "may reach it\n" in shown
    assert "the account of sym_target.billing is not known (the external id of" in shown


def test_what_a_change_touches(symlint: Run) -> None:
    shown = symlint("graph", "--impact", "aws_iam_group.billing").stdout
    assert shown.startswith("A change of aws_iam_group.billing touches 1 flow.\n")
    assert "  aws_iam_group main-billing\n" in shown
    assert "log-reader" not in shown
    assert "  approved by: members\n" in shown
    assert "  asked in: " in shown


def test_a_path_is_said_once_and_shown_in_part(symlint: Run) -> None:
    locals_ = "".join(f"  l{it} = local.l{it - 1}\n" for it in range(1, 40))
    Path("chain.tf").write_text(f'locals {{\n  l0 = "main"\n{locals_}}}\n', encoding="utf-8")
    text = Path("flow.tf").read_text(encoding="utf-8")
    flow = text.index('"sym_flow"')
    label = text.index("label", flow)
    end = text.index("\n", label)
    Path("flow.tf").write_text(f"{text[:label]}label = local.l39{text[end:]}", encoding="utf-8")
    lines = symlint("graph", "--impact", "local.l0").stdout.splitlines()
    assert lines[2:5] == [
        "aws_access  sym_flow.iam",
        "  aws_iam_group main-billing",
        "  aws_iam_group main-log-reader",
    ]
    assert lines[5].startswith("    sym_flow.iam -> local.l39 -> ")
    assert "-> (29 more) -> " in lines[5]
    assert lines[5].endswith(" -> local.l0")


@pytest.mark.parametrize("chains", [(), ("--chains",)])
def test_a_picture_has_the_paths_alone(symlint: Run, chains: tuple[str, ...]) -> None:
    asked = ("graph", "--impact", "aws_iam_group.billing", "--format", "mermaid", *chains)
    shown = symlint(*asked).stdout
    assert shown.startswith("flowchart LR\n")
    for address in (
        "sym_flow.iam",
        "sym_strategy.iam",
        "sym_target.billing",
        "aws_iam_group.billing",
    ):
        assert address in shown
    assert "log_reader" not in shown
    assert ("strategy aws_iam" in shown) is bool(chains)
    assert '-->|"targets"|' in shown


def test_json(symlint: Run) -> None:
    data = json.loads(symlint("graph", "--reaches", "main-billing", "--format", "json").stdout)
    assert (data["version"], data["question"], data["asked"]) == (1, "reaches", "main-billing")
    [grant] = data["grants"]
    assert grant["flow"] == {"name": "aws_access", "address": "sym_flow.iam"}
    assert grant["target"]["address"] == "sym_target.billing"
    assert (grant["certain"], grant["because"]) == (True, "its name is main-billing")
    assert grant["path"] == ["sym_flow.iam", "sym_strategy.iam", "sym_target.billing"]
    assert [it["address"] for it in data["nodes"]] == grant["path"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--reaches", "sym_target.biling"), "Did you mean sym_target.billing?"),
        (("--impact", "sym_target.biling"), "Did you mean sym_target.billing?"),
        (("--impact", "impl.pi"), "Did you mean impl.py?"),
        (("--impact", "a", "--reaches", "b"), "Use one of --around, --reaches and --impact."),
        (("--depth", "1"), "--depth is for --around."),
    ],
)
def test_what_cannot_be_asked(symlint: Run, arguments: tuple[str, ...], message: str) -> None:
    result = symlint("graph", *arguments)
    assert result.exit_code == 2
    assert message in result.output


def test_each_set_of_variable_files(symlint: Run) -> None:
    text = Path("flow.tf").read_text(encoding="utf-8")
    name = text.index('"', text.index("name", text.index('"sym_flow"')))
    end = text.index('"', name + 1) + 1
    Path("flow.tf").write_text(
        f'{text[:name]}var.flow{text[end:]}\nvariable "flow" {{\n  type = string\n}}\n',
        encoding="utf-8",
    )
    for file in ("a", "b"):
        Path(f"{file}.tfvars").write_text(f'flow = "{file}"\n', encoding="utf-8")
    options = [it for file in ("a", "b") for it in ("--each-var-file", f"{file}.tfvars")]
    shown = symlint("graph", "--reaches", "main-billing", *options).stdout
    assert shown.startswith("2 flows reach main-billing.\n")
    assert "a  sym_flow.iam  (a.tfvars)\n" in shown
