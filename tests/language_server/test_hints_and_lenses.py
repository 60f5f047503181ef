"""What stands beside the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from support.language_server.asking import snapshot_of
from support.language_server.opened import copy, two_roots, write

from symlint.language_server.features import views
from symlint.language_server.features.views import access, diagram, hints, lenses
from symlint.language_server.workspace import Settings
from symlint.sym.access import grants

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

ALL = (0, 1_000_000)


def test_hints_say_where_arguments_lead(tmp_path: Path) -> None:
    path = copy(tmp_path, "aws_iam") / "flow.tf"
    found = hints(snapshot_of(path), str(path), ALL)
    assert [(it.text, it.range.text.split()[0]) for it in found] == [
        ("aws_iam_group", "["),
        ("aws_iam \N{RIGHTWARDS ARROW} 2 targets", "sym_strategy.iam.id"),
    ]
    assert hints(snapshot_of(path), str(path), (0, 100)) == []


def test_hints_say_the_value_of_a_variable_in_the_chosen_files(tmp_path: Path) -> None:
    text = (
        'variable "name" {\n  default = "a"\n}\nvariable "token" {\n  default = "b"\n'
        '  sensitive = true\n}\nresource "sym_target" "x" {\n  name = var.name\n'
        "  label = var.token\n}\n"
    )
    path = write(tmp_path / "main.tf", text)
    chosen = write(tmp_path / "prod.tfvars", 'name = "prod"\n')
    found = hints(snapshot_of(path), str(path), ALL)
    assert [(it.text, it.range.text) for it in found] == [('"a"', "var.name")]
    settings = Settings(variable_files=(str(chosen),))
    found = hints(snapshot_of(path, settings=settings), str(path), ALL)
    assert [it.text for it in found] == ['"prod"']


def test_nothing_is_said_where_root_modules_differ(tmp_path: Path) -> None:
    path = two_roots(tmp_path) / "modules" / "target" / "main.tf"
    found = hints(snapshot_of(path), str(path), ALL)
    assert [it.text for it in found] == ['"00g1ADMINS0000000001"']


def test_a_lens_says_who_gets_what(tmp_path: Path) -> None:
    path = copy(tmp_path, "aws_iam") / "flow.tf"
    (lens,) = lenses(snapshot_of(path), str(path))
    assert lens.title == (
        "2 targets \N{MIDDLE DOT} up to 4 h (30 min, 1 h, 4 h) \N{MIDDLE DOT} approved by members "
        "\N{MIDDLE DOT} self-approval: no"
    )
    assert lens.range.text == 'resource "sym_flow" "iam"'
    text = access(snapshot_of(path), str(path), lens.address)
    assert text.startswith("**AWS access** `sym_flow.iam`\n\n- member of the AWS IAM group")
    assert "- approved by: members" in text


def test_the_diagram_leads_from_flows_to_targets(tmp_path: Path) -> None:
    path = copy(tmp_path, "aws_iam") / "flow.tf"
    text = diagram(snapshot_of(path), str(path))
    assert text.startswith("flowchart LR\n")
    assert "sym_target.billing" in text


def test_only_the_flows_that_are_asked_for_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flow = 'resource "sym_flow" "f%d" {\n  name  = "f%d"\n  label = "f"\n}\n'
    path = write(tmp_path / "main.tf", "".join(flow % (it, it) for it in range(4)))
    seen: list[str] = []
    grants_of_flow = grants._of_flow

    def counted(flow: Any, shared: Any) -> Any:
        seen.append(str(flow.address))
        return grants_of_flow(flow, shared)

    monkeypatch.setattr(grants, "_of_flow", counted)
    monkeypatch.setattr(views, "MOST_LENSES", 3)
    assert [it.address for it in lenses(snapshot_of(path), str(path))] == seen
    assert seen == ["sym_flow.f0", "sym_flow.f1", "sym_flow.f2"]
    seen.clear()
    assert "sym_flow.f3" in access(snapshot_of(path), str(path), "sym_flow.f3")
    assert seen == ["sym_flow.f3"]
