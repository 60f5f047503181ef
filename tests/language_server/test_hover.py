"""What is shown about a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.language_server.asking import offset_of, snapshot_of
from support.language_server.opened import copy, two_roots, write

from symlint.language_server.features.completing.completion import completion
from symlint.language_server.features.definition import definition
from symlint.language_server.features.hover import hover

if TYPE_CHECKING:
    from pathlib import Path


def shown(path: Path, text: str, into: int = 0, *changes: tuple[str, str]) -> str:
    """The Markdown about a place that a text stands at, links without their addresses."""
    snapshot = snapshot_of(path, *changes)
    source = snapshot.text(str(path))
    assert source is not None
    found = hover(snapshot, source, offset_of(snapshot, path, text, into))
    return "" if found is None else found.markdown.replace(f"<file://{path.parent}/", "<")


def test_a_value_with_the_way_that_it_took(tmp_path: Path) -> None:
    path = copy(tmp_path, "okta") / "main.tf"
    assert shown(path, "environment = local.environment_name", 25) == (
        "```hcl\n"
        'local.environment_name = "main"\n'
        "```\n\n"
        "- written at [`okta/main.tf:2`](<main.tf#L2>)\n"
        "- read as `local.environment_name` at [`okta/main.tf:14`](<main.tf#L14>)"
    )


def test_why_a_value_is_not_known(tmp_path: Path) -> None:
    path = copy(tmp_path, "okta") / "main.tf"
    text = shown(path, "integration_id = sym_integration.okta.id", 38)
    assert "- known after apply: the provider decides it when the resource is applied\n" in text
    assert "- it is `sym_integration.okta.id`\n" in text


def test_the_value_in_each_instance(tmp_path: Path) -> None:
    path = copy(tmp_path, "okta") / "main.tf"
    text = shown(path, "each.value", 6)
    for key, value in (("oncall", "00g1oncall00000000x2"), ("support", "00g1support0000000x1")):
        assert f'in `sym_target.groups["{key}"]`:\n\n```hcl\neach.value = "{value}"' in text


def test_the_value_in_each_root_module(tmp_path: Path) -> None:
    path = two_roots(tmp_path) / "modules" / "target" / "main.tf"
    text = shown(path, "name  = var.name", 13)
    assert '**dev**\n\n```hcl\nvar.name = "development-admins"' in text
    assert '**prod**\n\n```hcl\nvar.name = "production-admins"' in text


@pytest.mark.parametrize(
    ("text", "into", "words"),
    [
        ('type           = "okta"', 20, "Grants targets of type `okta_group`."),
        ('type  = "okta_group"', 12, "Strategies of type `okta` grant it."),
        ("group_id = each", 2, "Setting `group_id` (required)"),
        ('"symopsio/runtime-connector/aws"', 4, "Terraform chooses version `2."),
        ("iam_role_name", 4, "Input `iam_role_name`"),
        ("environment_id = sym", 4, "It is the `id` of a `sym_environment`."),
        ("id = module.runtime_connector.sym_integration.id", 33, "Output `sym_integration`"),
        ('type           = "duration"', 20, "Prompt field of type `duration`"),
        ('name           = "duration"', 20, "access"),
    ],
)
def test_what_the_catalogue_knows(tmp_path: Path, text: str, into: int, words: str) -> None:
    assert words in shown(copy(tmp_path, "okta") / "main.tf", text, into)


def test_a_name_that_stands_in_no_block(tmp_path: Path) -> None:
    path = copy(tmp_path, "okta") / "terraform.tfvars"
    path.write_text('name = "x"\ntype = "y"\n', encoding="utf-8")
    for text in ('"x"', '"y"'):
        snapshot = snapshot_of(path)
        source = snapshot.text(str(path))
        assert source is not None
        offset = offset_of(snapshot, path, text, 1)
        hover(snapshot, source, offset)
        definition(snapshot, source, offset)
        completion(snapshot, source, offset)


def test_an_input_of_an_own_module(tmp_path: Path) -> None:
    path = two_roots(tmp_path) / "prod" / "main.tf"
    assert shown(path, "group    = ") == (
        "Input `group` `string` (required): The id of the Okta group."
    )


def test_the_rule_of_an_ignore_comment(tmp_path: Path) -> None:
    path = copy(tmp_path, "okta") / "main.tf"
    comment = ('  type           = "okta"', '  # symlint: ignore[SYM201] we know\n  type = "okta"')
    assert shown(path, "SYM201", 3, comment).startswith("**SYM201 strategy-target-type** (error)")


def test_the_variable_that_python_reads(tmp_path: Path) -> None:
    text = shown(copy(tmp_path, "aws_iam") / "impl.py", '"approvers_channel"', 4)
    assert 'in `sym_flow.iam`:\n\n```hcl\napprovers_channel = "#access-requests"\n```' in text


def test_what_is_sensitive_is_not_shown(tmp_path: Path) -> None:
    path = write(
        tmp_path / "main.tf",
        'variable "token" {\n  default   = "swordfish"\n  sensitive = true\n}\n'
        'locals {\n  text = "${var.token}!"\n}\n'
        'resource "sym_target" "x" {\n  name = local.text\n}\n',
    )
    for text in ("var.token", "local.text"):
        found = shown(path, text, 5)
        assert "(sensitive)" in found
        assert "swordfish" not in found


def test_text_of_files_is_no_markup(tmp_path: Path) -> None:
    path = write(
        tmp_path / "main.tf",
        'locals {\n  text = "```\\n# [x](https://example.com) <b>"\n}\n'
        'resource "sym_target" "x" {\n  name = local.text\n}\n',
    )
    text = shown(path, "local.text", 7)
    assert text.startswith("````hcl\n")
    assert text.count("\n````") == 1


@pytest.mark.parametrize(
    ("text", "into", "expected"),
    [
        ("def get_permissions", 6, "**`get_permissions`**: reducer that Sym calls"),
        ("annotations import reducer", 20, "reducer("),
        ("slack.channel(", 8, "channel("),
        ("integrations import slack", 22, "Module `sym.sdk.integrations.slack` of the SDK"),
        ("import PermissionLevel", 9, "Class `sym.sdk.request_permission.PermissionLevel`"),
        ("import PermissionLevel", 9, "Values: "),
        ("get_permissions(event):", 17, ""),
    ],
)
def test_names_of_python_that_sym_knows(
    tmp_path: Path, text: str, into: int, expected: str
) -> None:
    path = copy(tmp_path, "aws_iam") / "impl.py"
    found = shown(path, text, into)
    assert expected in found
    assert bool(found) == bool(expected)


def test_what_is_the_same_in_all_instances_is_said_once(tmp_path: Path) -> None:
    path = copy(tmp_path, "multi_tenant") / "main.tf"
    found = shown(path, "= sym_environment.this", 6)
    assert found.count("sym_environment.this = {") == 1
    assert "in `module" not in found
