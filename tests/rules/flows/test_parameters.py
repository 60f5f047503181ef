"""SYM403, SYM404, SYM412, SYM413: parameters and variables of flows, and the flows filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.mistakes import Mistake, changed, check
from support.transcript import compare_transcript, transcripts_of_mistakes

if TYPE_CHECKING:
    from pathlib import Path

BOTH = "allow_revoke and schedule_deescalation are both false: access would never end"

MISTAKES = {
    "no end, with blocks": Mistake.of(
        "access", "    schedule_deescalation = ", "true", "false", "SYM403", BOTH
    ),
    "no end, as a text": Mistake.of(
        "access", "    schedule_deescalation = ", "true", '"false"', "SYM403", BOTH
    ),
    "no end, with a map": Mistake.of(
        "legacy", "    schedule_deescalation = ", '"true"', '"false"', "SYM403", BOTH
    ),
    "an unknown source": Mistake.of(
        "access",
        '    allowed_sources       = ["slack", ',
        '"api"',
        '"web"',
        "SYM404",
        'flows cannot be called from "web"',
    ),
    "a source in capitals": Mistake.of(
        "access",
        "    allowed_sources       = [",
        '"slack"',
        '"Slack"',
        "SYM404",
        'flows cannot be called from "Slack"',
    ),
    "an unknown source in JSON": Mistake.of(
        "legacy",
        '    allowed_sources_json  = jsonencode(["slack", ',
        '"api"',
        '"web"',
        "SYM404",
        'flows cannot be called from "web"',
    ),
    "no sources": Mistake.of(
        "access",
        "    allowed_sources       = ",
        '["slack", "api"]',
        "[]",
        "SYM404",
        "allowed_sources is empty: nobody can call the flow",
        "warning",
    ),
    "no sources in JSON": Mistake.of(
        "legacy",
        "    allowed_sources_json  = jsonencode(",
        '["slack", "api"]',
        "[]",
        "SYM404",
        "allowed_sources_json is empty: nobody can call the flow",
        "warning",
    ),
    "a number": Mistake.of(
        "access",
        "    approvers_channel = ",
        '"#access-requests"',
        "3",
        "SYM412",
        "approvers_channel reaches impl.py as a string, not as a number",
        "note",
    ),
    "a boolean": Mistake.of(
        "access",
        "    approvers_channel = ",
        '"#access-requests"',
        "false",
        "SYM412",
        "approvers_channel reaches impl.py as a string, not as a boolean",
        "note",
    ),
    "a negative number as a text": Mistake.of(
        "access",
        "    approvers_channel = ",
        '"#access-requests"',
        '"-12"',
        "SYM412",
        "approvers_channel reaches impl.py as a string, not as a number",
        "note",
    ),
}


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("name", "placement"),
    [(name, placement) for name, it in MISTAKES.items() for placement in it.placements],
)
def test_a_mistake_is_found_where_it_is_written(tmp_path: Path, name: str, placement: str) -> None:
    check(tmp_path, MISTAKES[name], placement)


@pytest.mark.parametrize("text", ["main", "1.5", "t1", "99999999999999999999", "-", "1_000"])
def test_a_variable_that_looks_like_a_text(tmp_path: Path, text: str) -> None:
    assert changed(tmp_path, "access", ('"#access-requests"', f'"{text}"')) == []


@pytest.mark.parametrize(("text", "true"), [("false", "true"), ("F", "T"), ("True", "True")])
def test_a_boolean_is_compared_with_what_is_true(tmp_path: Path, text: str, true: str) -> None:
    (found,) = changed(tmp_path, "access", ('"#access-requests"', f'"{text}"'))
    assert f'["approvers_channel"] == "{true}"' in found.help


def test_an_unknown_end_of_access_is_undecided(tmp_path: Path) -> None:
    revoke = ("allow_revoke          = false", "allow_revoke          = var.revoke")
    end = ("schedule_deescalation = true", "schedule_deescalation = false")
    extra = 'variable "revoke" {\n  type = bool\n}\n'
    assert changed(tmp_path, "access", revoke, end, extra=extra) == []


def test_the_end_of_access_by_default(tmp_path: Path) -> None:
    assert changed(tmp_path, "access", ("    schedule_deescalation = true\n", "")) == []


def test_both_halves_of_no_end_are_shown(tmp_path: Path) -> None:
    (found,) = changed(
        tmp_path, "access", ("schedule_deescalation = true", "schedule_deescalation = false")
    )
    assert found.range.text == "false"
    assert found.related[0].range.line == found.range.line - 1
    assert "write schedule_deescalation = true" in found.help


def test_a_source_in_capitals_can_be_repaired(tmp_path: Path) -> None:
    (found,) = changed(tmp_path, "access", ('["slack", "api"]', '["Slack", "api"]'))
    assert found.fix is not None
    assert [edit.replacement for edit in found.fix.edits] == ['"slack"']


SECOND = """
resource "sym_flows_filter" "second" {
  implementation = file("${path.module}/get_flows.py")
}
"""


@pytest.mark.parametrize("module", [False, True])
def test_a_second_flows_filter(tmp_path: Path, module: bool) -> None:
    (found,) = changed(tmp_path, "access", extra=SECOND, module=module)
    assert (found.code, found.range.text) == ("SYM413", 'resource "sym_flows_filter" "second"')
    assert found.related[0].range.text == 'resource "sym_flows_filter" "this"'


def test_two_instances_of_a_flows_filter(tmp_path: Path) -> None:
    old = 'resource "sym_flows_filter" "this" {\n'
    (found,) = changed(tmp_path, "access", (old, old + "  count          = 2\n"))
    assert (found.code, found.related) == ("SYM413", ())


@pytest.mark.parametrize(
    "extra",
    [
        SECOND.replace("{\n", "{\n  provider       = sym.other\n", 1),
        SECOND.replace("{\n", "{\n  count          = var.filters\n", 1)
        + 'variable "filters" {\n  type = number\n}\n',
    ],
)
def test_a_flows_filter_that_may_be_right(tmp_path: Path, extra: str) -> None:
    if "sym.other" in extra:
        extra += 'provider "sym" {\n  alias = "other"\n  org   = "meadow"\n}\n'
    assert changed(tmp_path, "access", extra=extra) == []


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    compare_transcript(__file__, transcripts_of_mistakes(tmp_path, MISTAKES))
