"""Where things are declared, and where they are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.language_server.asking import offset_of, place, snapshot_of
from support.language_server.opened import copy, two_roots, write

from symlint.language_server.features.definition import definition
from symlint.language_server.features.references import highlights, references

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.source.text import Range


def declared(path: Path, text: str, into: int = 0) -> list[tuple[str, int, str] | None]:
    snapshot = snapshot_of(path)
    source = snapshot.text(str(path))
    assert source is not None
    return [place(it) for it in definition(snapshot, source, offset_of(snapshot, path, text, into))]


def named(path: Path, text: str, into: int = 0) -> list[tuple[str, int]]:
    snapshot = snapshot_of(path)
    source = snapshot.text(str(path))
    assert source is not None
    found = references(snapshot, source, offset_of(snapshot, path, text, into))
    return [_line(it) for it in found]


def _line(range_: Range) -> tuple[str, int]:
    return "/".join(range_.path.split("/")[-2:]), range_.line


@pytest.mark.parametrize(
    ("text", "into", "expected"),
    [
        ("environment = local.environment_name", 25, ("main.tf", 2, "environment_name")),
        ("strategy_id = sym_strategy.okta.id", 18, ("main.tf", 91, "okta")),
        ("strategy_id = sym_strategy.okta.id", 33, ("main.tf", 91, "okta")),
        ("for_each = local.groups", 18, ("main.tf", 4, "groups")),
        ("impl.py", 3, ("impl.py", 1, "")),
    ],
)
def test_a_name_leads_to_its_declaration(
    tmp_path: Path, text: str, into: int, expected: tuple[str, int, str]
) -> None:
    path = copy(tmp_path, "okta") / "main.tf"
    assert declared(path, text, into) == [expected]


def test_each_leads_to_what_the_block_is_repeated_for(tmp_path: Path) -> None:
    path = copy(tmp_path, "okta") / "main.tf"
    assert [it and it[1] for it in declared(path, "each.value", 6)] == [6, 5]


def test_an_attribute_leads_to_what_it_refers_to(tmp_path: Path) -> None:
    path = write(
        tmp_path / "main.tf",
        'resource "sym_target" "a" {\n  type = "okta_group"\n}\n'
        'resource "sym_strategy" "b" {\n  targets = [sym_target.a.id]\n}\n'
        'output "first" {\n  value = sym_strategy.b.targets[0]\n}\n'
        'output "type" {\n  value = sym_target.a.type\n}\n',
    )
    assert declared(path, "targets[0]", 8) == [("main.tf", 1, "a")]
    assert declared(path, "a.type", 3) == [("main.tf", 2, '"okta_group"')]


def test_through_a_module_and_back(tmp_path: Path) -> None:
    root = two_roots(tmp_path) / "prod" / "main.tf"
    module = tmp_path / "modules" / "target" / "main.tf"
    assert declared(root, "group    = each.value", 2) == [("main.tf", 1, "group")]
    assert declared(root, '"../modules/target"', 4) == [("main.tf", 1, "")]
    assert named(module, 'variable "group"', 11) == [
        ("target/main.tf", 1),
        ("dev/main.tf", 8),
        ("target/main.tf", 16),
        ("prod/main.tf", 8),
    ]


def test_an_output_is_named_where_a_module_is_called(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write(
        tmp_path / "main.tf", 'module "a" {\n  source = "./a"\n}\nlocals {\n  x = module.a.id\n}\n'
    )
    module = write(
        tmp_path / "a" / "main.tf",
        'resource "sym_target" "x" {}\noutput "id" {\n  value = sym_target.x.id\n}\n',
    )
    assert [it[1] for it in named(module, 'output "id"', 8)] == [2, 5]
    assert declared(tmp_path / "main.tf", "a.id", 3) == [("main.tf", 2, "id")]


def test_a_key_that_python_reads(tmp_path: Path) -> None:
    folder = copy(tmp_path, "aws_iam")
    assert declared(folder / "impl.py", '"approvers_channel"', 4) == [
        ("flow.tf", 44, "approvers_channel")
    ]
    assert declared(folder / "flow.tf", "approvers_channel", 4) == [
        ("impl.py", 20, '"approvers_channel"')
    ]
    expected = [("aws_iam/flow.tf", 44), ("aws_iam/impl.py", 20)]
    assert named(folder / "impl.py", '"approvers_channel"', 4) == expected
    assert named(folder / "flow.tf", "approvers_channel", 4) == expected


def test_python_in_a_heredoc(tmp_path: Path) -> None:
    path = write(
        tmp_path / "main.tf",
        'resource "sym_flow" "x" {\n  vars = { team = "a" }\n  implementation = <<-EOT\n'
        "    from sym.sdk.annotations import reducer\n\n    @reducer\n"
        '    def get_permissions(event):\n        return event.flow.vars["team"]\n  EOT\n}\n',
    )
    assert declared(path, '"team"', 2) == [("main.tf", 2, "team")]


def test_places_in_one_file_and_which_of_them_declares(tmp_path: Path) -> None:
    path = copy(tmp_path, "okta") / "main.tf"
    snapshot = snapshot_of(path)
    source = snapshot.text(str(path))
    assert source is not None
    offset = offset_of(snapshot, path, "for_each = local.groups", 18)
    found = highlights(snapshot, source, offset)
    assert [(it.line, declares) for it, declares in found] == [(4, True), (80, False)]


def test_the_text_of_an_unsaved_file_counts(tmp_path: Path) -> None:
    folder = copy(tmp_path, "aws_iam")
    path = folder / "flow.tf"
    snapshot = snapshot_of(path, ("# What people", "\n\n# What people"))
    source = snapshot.text(str(path))
    assert source is not None
    offset = offset_of(snapshot, path, "strategy_id = sym_strategy.iam.id", 18)
    assert [place(it) for it in definition(snapshot, source, offset)] == [("flow.tf", 26, "iam")]


def test_a_key_in_a_variable_file(tmp_path: Path) -> None:
    path = copy(tmp_path, "multi_tenant") / "main.tf"
    assert [it and it[::2] for it in declared(path, "= each.key", 8)] == [
        ("terraform.tfvars", "apple"),
        ("terraform.tfvars", "pear"),
    ]


def test_all_callers_of_a_module_are_asked_from_each_of_them(tmp_path: Path) -> None:
    path = two_roots(tmp_path) / "prod" / "main.tf"
    assert ("dev/main.tf", 8) in named(path, "group    = each.value", 2)


def test_a_key_that_a_for_expression_makes(tmp_path: Path) -> None:
    path = write(
        tmp_path / "main.tf",
        'locals {\n  all = [{ key = "a", label = "A" }, { key = "b", label = "B" }]\n}\n'
        'resource "sym_target" "x" {\n'
        '  for_each = { for it in local.all : it["key"] => it["label"] }\n'
        '  type  = "okta_group"\n  label = each.value\n  name = each.key\n}\n'
        'output "ids" {\n  value = [for it in local.all : sym_target.x[it["key"]].id]\n}\n',
    )
    assert [it and it[2] for it in declared(path, "each.key", 6)] == ['"a"', '"b"']
    assert [it and it[2] for it in declared(path, "each.value", 6)] == ['"A"', '"B"']
    assert declared(path, '["key"]].id', 9) == [("main.tf", 4, "x")]


def test_a_path_where_a_file_is_meant(tmp_path: Path) -> None:
    path = write(
        tmp_path / "main.tf",
        'resource "sym_flow" "x" {\n  name           = "impl.py"\n'
        '  implementation = "${path.module}/impl.py"\n}\n',
    )
    write(tmp_path / "impl.py", "")
    assert declared(path, "}/impl.py", 4) == [("impl.py", 1, "")]
    assert declared(path, '= "impl.py"', 4) == []
