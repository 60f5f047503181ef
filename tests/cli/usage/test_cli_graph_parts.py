"""``symlint graph``: parts of the picture."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]

FIXTURE = str(Path(__file__).parents[2] / "fixtures" / "aws_iam")


def nodes(result: Result) -> set[str]:
    assert result.exit_code == 0, result.output
    return {node["address"] for node in json.loads(result.stdout)["nodes"]}


def test_only_resources_of_sym(symlint: Run) -> None:
    everything = nodes(symlint("graph", FIXTURE, "--format", "json"))
    found = nodes(symlint("graph", FIXTURE, "--sym-only", "--format", "json"))
    assert found == {it for it in everything if it.startswith("sym_")}
    assert "sym_flow.iam" in found


def test_depth_around_an_address(symlint: Run) -> None:
    arguments = ("graph", FIXTURE, "--around", "sym_flow.iam", "--format", "json")
    assert nodes(symlint(*arguments, "--depth", "0")) == {"sym_flow.iam"}
    near = nodes(symlint(*arguments, "--depth", "1"))
    assert "sym_strategy.iam" in near
    assert near < nodes(symlint(*arguments))
    alone = symlint("graph", FIXTURE, "--depth", "1")
    assert alone.exit_code == 2
    assert "--depth is for --around." in alone.stderr


# --- trees ---


def test_chains_as_a_tree(symlint: Run) -> None:
    result = symlint("graph", FIXTURE, "--chains", "--format", "text")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:3] == [
        "sym_flow.iam  flow",
        "└── strategy_id: sym_strategy.iam  strategy aws_iam",
        "    ├── integration_id: sym_integration.iam  integration permission_context",
    ]


def test_each_thing_is_expanded_once(symlint: Run) -> None:
    lines = symlint("graph", FIXTURE, "--format", "text").stdout.splitlines()
    marked = [line for line in lines if line.endswith("(shown elsewhere)")]
    assert marked
    assert all("─ " in line for line in marked)


def test_circles_and_hostile_names_in_a_tree(symlint: Run) -> None:
    text = 'locals {\n  a = local.b\n  b = local.a\n}\nresource "x" "\x1b[31m[red]" {}\n'
    Path("main.tf").write_text(text, encoding="utf-8")
    result = symlint("graph", "--format", "text")
    assert "local.a\n└── value: local.b\n    └── value: local.a" in result.stdout
    assert "\x1b" not in result.stdout


def test_very_many_things(symlint: Run) -> None:
    names = "".join(f"  a{number} = 1\n" for number in range(2_500))
    Path("main.tf").write_text(f"locals {{\n{names}}}\n", encoding="utf-8")
    lines = symlint("graph", "--format", "text").stdout.splitlines()
    assert lines[-1] == "... and 500 more; --format dot shows all"
