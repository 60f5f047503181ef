"""What can be written at a place, which is where ``|`` stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.language_server.asking import snapshot_of
from support.language_server.opened import copy, two_roots

from symlint.hcl import parse
from symlint.language_server.features.completing import completion as completing
from symlint.language_server.features.completing.completion import completion

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.hcl.results import ParsedFile
    from symlint.language_server.features.completing.word import Item
    from symlint.source.text import SourceFile


def offered(path: Path, old: str, new: str) -> list[Item]:
    before = path.read_text(encoding="utf-8")
    assert before.count(old) == 1, old
    offset = before.replace(old, new).index("|")
    snapshot = snapshot_of(path, (old, new.replace("|", "")))
    source = snapshot.text(str(path))
    assert source is not None
    return completion(snapshot, source, offset)


def labels(path: Path, old: str, new: str) -> list[str]:
    return [it.label for it in offered(path, old, new)]


STRATEGY = "strategy_id = sym_strategy.okta.id"
CONTEXT = "context_id = module.runtime_connector.sym_integration.id"


@pytest.mark.parametrize(
    ("old", "new", "first"),
    [
        (STRATEGY, "strategy_id = |", ["sym_strategy.okta.id"]),
        (STRATEGY, "strategy_id = sym_|", ["sym_strategy.okta.id"]),
        ("slack_id = sym_integration.slack.id", "slack_id = |", ["sym_integration.slack.id"]),
        (CONTEXT, "context_id = |", ["module.runtime_connector.sym_integration.id"]),
        (
            "error_logger_id = sym_error_logger.slack.id",
            "error_logger_id = |",
            ["sym_error_logger.slack.id"],
        ),
        (
            "[for target in sym_target.groups : target.id]",
            "[\n    |\n  ]",
            ['sym_target.groups["KEY"].id'],
        ),
    ],
)
def test_an_id_is_one_of_the_right_kind(
    tmp_path: Path, old: str, new: str, first: list[str]
) -> None:
    path = copy(tmp_path, "okta") / "main.tf"
    assert [it.label for it in offered(path, old, new) if it.first] == first


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (STRATEGY, "strategy_id = sym_strategy.|", ["okta"]),
        (STRATEGY, "strategy_id = sym_strategy.okta.|", ["id"]),
        (
            CONTEXT,
            "context_id = module.runtime_connector.|",
            ["sym_runtime_connector_role", "sym_integration", "sym_runtime"],
        ),
        (
            CONTEXT,
            "context_id = module.runtime_connector.sym_integration.|",
            ["cloud", "region", "role_arn", "external_id", "account_id"],
        ),
        ('external_id = "T0ORCHARD1"', "external_id = local.|", ["environment_name", "groups"]),
        ("group_id = each.value", "group_id = each.|", ["key", "value"]),
        ("group_id = each.value", "|", ["group_id"]),
        ("  settings = {\n    group_id = each.value\n  }\n", "  set|\n", ["settings"]),
        ('type           = "duration"', 'type           = "|', ["duration"]),
        ('type           = "okta"', 'type           = "|"', ["aws_iam", "okta", "custom"]),
        ('type           = "okta"', 'type           = "ok|', ["okta"]),
        ('"symopsio/secretsmgr-addon/aws"', '"sym|"', ["symopsio/runtime-connector/aws"]),
        ('resource "sym_target"', 'resource "sym_|"', ["sym_flow", "sym_target"]),
        ("    slack_id = sym_integration.slack.id\n", "    |\n", ["slack_id", "github_id"]),
        ("  iam_role_name = module", "  |\n  x = module", ["iam_role_name", "tag_name"]),
        (f"    {STRATEGY}", "    str|", ["strategy_id", "prompt_field"]),
    ],
)
def test_words_that_fit(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    path = copy(tmp_path, "okta") / "main.tf"
    found = labels(path, old, new)
    assert [it for it in expected if it not in found] == []


def test_what_is_there_is_not_offered_again(tmp_path: Path) -> None:
    path = copy(tmp_path, "okta") / "main.tf"
    keys = labels(path, "    slack_id = sym_integration.slack.id\n", "    |\n")
    assert "okta_id" not in keys
    assert "environment" not in labels(path, "  iam_role_name = module", "  |\n  x = module")


def test_inputs_and_outputs_of_an_own_module(tmp_path: Path) -> None:
    path = two_roots(tmp_path) / "prod" / "main.tf"
    assert labels(path, "  group    = each.value\n", "  |\n") == ["group"]
    assert labels(path, "group.target_id]", 'module.group["admins"].|]') == ["target_id"]


def test_what_is_replaced_is_the_word(tmp_path: Path) -> None:
    path = copy(tmp_path, "okta") / "main.tf"
    (item,) = offered(path, STRATEGY, "strategy_id = sym_strategy.ok|")
    assert item.range.text == "ok"


def test_nothing_is_offered_in_a_comment(tmp_path: Path) -> None:
    path = copy(tmp_path, "okta") / "main.tf"
    assert labels(path, "# Lets the runtime", "# type = |Lets the runtime") == []


KEY = 'event.flow.vars["approvers_channel"]'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (KEY, 'event.flow.vars["|', ["approvers_channel"]),
        (KEY, 'event.flow.vars.get("|")', ["approvers_channel"]),
        (KEY, 'event.payload.fields["|"]', ["reason", "duration"]),
        ("def get_request_notifications", "def get_|", ["get_permissions", "get_identity_lookup"]),
        ("def get_request_notifications", "def on_|", ["on_approve", "after_escalate"]),
        ("import slack", "import |", ["slack", "okta"]),
        ("sdk.integrations import", "sdk.|\nfrom x import", ["integrations", "annotations"]),
        ("slack.channel(", "slack.|(", ["channel", "group"]),
        ("PermissionLevel.MEMBER", "PermissionLevel.|", ["MEMBER", "ADMIN"]),
        ("@reducer\ndef get_request", "@|\ndef get_request", ["reducer", "hook"]),
    ],
)
def test_python_knows_what_terraform_gives(
    tmp_path: Path, old: str, new: str, expected: list[str]
) -> None:
    found = labels(copy(tmp_path, "aws_iam") / "impl.py", old, new)
    assert [it for it in expected if it not in found] == []


def test_only_the_block_around_is_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = copy(tmp_path, "okta") / "main.tf"
    other = "".join(f'locals {{\n  a{it} = "{"x" * 50}"\n}}\n' for it in range(100))
    path.write_text(path.read_text(encoding="utf-8") + other, encoding="utf-8")
    tried: list[str] = []

    def counted(source: SourceFile) -> ParsedFile:
        tried.append(source.text)
        return parse(source)

    monkeypatch.setattr(completing, "parse", counted)
    assert "sym_strategy.okta.id" in labels(path, STRATEGY, "strategy_id = |")
    assert sum(map(len, tried)) < len(other)
    tried.clear()
    monkeypatch.setattr(completing, "_LONG", 10)
    assert "sym_strategy.okta.id" in labels(path, STRATEGY, "strategy_id = |")
    assert tried == []
