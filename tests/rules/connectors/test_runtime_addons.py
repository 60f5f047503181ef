"""SYM305: the addons of version 1 of the runtime connector."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.connector_blocks import found, lines_found, marked_lines, module
from support.transcript import compare_transcript, transcripts

from symlint.rules.connectors.runtime_addons import RuntimeAddons

if TYPE_CHECKING:
    from pathlib import Path

STREAM = '"arn:aws:kinesis:us-east-1:111122223333:stream/s"'


def v1(version: str = "~> 1.0", **arguments: str) -> str:
    return module("runtime-connector", "runtime", version, environment='"main"', **arguments)


WRONG = {
    "the last part": (
        {"addons": '["secretsmgr"]'},
        'a runtime connector has no addon "secretsmgr"',
        "aws/secretsmgr",
    ),
    "a typing error": (
        {"addons": '["aws/secretsmgr", "aws/kinesis-firehoze"]'},
        'a runtime connector has no addon "aws/kinesis-firehoze"',
        "aws/kinesis-firehose",
    ),
    "something else": (
        {"addons": '["datadog"]'},
        'a runtime connector has no addon "datadog"',
        None,
    ),
    "no list": ({"addons": '"aws/secretsmgr"'}, "addons is one string, not a list", None),
    "no parameters": (
        {"addons": '["aws/kinesis-data-stream"]'},
        'addon "aws/kinesis-data-stream" has no stream_arns',
        None,
    ),
    "no streams": (
        {
            "addons": '["aws/kinesis-data-stream"]',
            "addon_params": '{ "aws/kinesis-data-stream" = {} }',
        },
        'addon "aws/kinesis-data-stream" has no stream_arns',
        None,
    ),
    "parameters of another": (
        {
            "addons": '["aws/kinesis-data-stream"]',
            "addon_params": '{ "aws/secretsmgr" = { tag_name = "T" } }',
        },
        'addon "aws/kinesis-data-stream" has no stream_arns',
        None,
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_addons(tmp_path: Path, name: str) -> None:
    arguments, title, meant = WRONG[name]
    (finding,) = found(tmp_path, v1(**arguments), RuntimeAddons)
    assert (finding.severity, finding.title) == ("error", title)
    if meant is not None:
        assert finding.fix is not None
        assert finding.fix.edits[0].replacement == f'"{meant}"'
        assert f'did you mean "{meant}"?' in finding.help


PASSED_OVER = {
    "no addon": ('{ "secretsmgr" = { tag_name = "T" } }', '"secretsmgr", which is not an addon'),
    "no parameter": (
        '{ "aws/secretsmgr" = { tag = "T" } }',
        '"tag", which is not a parameter of aws/secretsmgr',
    ),
}


@pytest.mark.parametrize("name", PASSED_OVER)
def test_parameters_that_are_passed_over(tmp_path: Path, name: str) -> None:
    params, title = PASSED_OVER[name]
    text = v1(addons='["aws/secretsmgr"]', addon_params=params)
    (finding,) = found(tmp_path, text, RuntimeAddons)
    assert (finding.severity, finding.title) == ("warning", f"addon_params has {title}")


SILENT = {
    "all": {
        "addons": '["aws/secretsmgr", "aws/kinesis-firehose", "aws/kinesis-data-stream"]',
        "addon_params": f'{{ "aws/kinesis-data-stream" = {{ stream_arns = [{STREAM}] }} }}',
    },
    "none": {"addons": "[]"},
    "null": {"addons": "null"},
    "not known": {"addons": "var.it"},
    "one that is not known": {"addons": "[var.it]"},
    "parameters that are not known": {
        "addons": '["aws/kinesis-data-stream"]',
        "addon_params": "var.it",
    },
    "a tag": {
        "addons": '["aws/secretsmgr"]',
        "addon_params": '{ "aws/secretsmgr" = { tag_name = "T", tag_value = "v" } }',
    },
}


@pytest.mark.parametrize("name", SILENT)
def test_right_addons(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, v1(**SILENT[name]) + 'variable "it" {}\n', RuntimeAddons) == []


def test_version_2_has_none(tmp_path: Path) -> None:
    assert found(tmp_path, v1("~> 2.0", addons='["secretsmgr"]'), RuntimeAddons) == []
    assert len(found(tmp_path, v1(">= 1.0", addons='["secretsmgr"]'), RuntimeAddons)) == 1


@pytest.mark.parametrize("written", ['["secretsmgr"]', '["aws/secretsmgr"]'])
def test_through_a_local_and_a_module(tmp_path: Path, written: str) -> None:
    files = {
        "main.tf": f"locals {{\n  addons = {written} # here\n}}\n"
        + 'module "inner" {\n  source = "./inner"\n  addons = local.addons\n}\n',
        "inner/main.tf": 'variable "addons" {\n  type = list(string)\n}\n'
        + v1(addons="var.addons"),
    }
    expected = marked_lines(files) if "aws/" not in written else []
    assert lines_found(tmp_path, files, RuntimeAddons) == expected


def test_through_a_variable_file(tmp_path: Path) -> None:
    files = {
        "main.tf": 'variable "addons" {}\n' + v1(addons="var.addons"),
        "terraform.tfvars": 'addons = ["aws/firehose"] # here\n',
    }
    assert lines_found(tmp_path, files, RuntimeAddons) == marked_lines(files)


BESIDE = {
    "several of each": {
        "addons": '["aws/kinesis-data-stream", var.it, "secretsmgr", "aws/secretsmgr", "aws/x"]',
        "addon_params": """{
    "secretsmgr" = { tag_name = "T" }
    "aws/kinesis-firehose" = { tag = "T" }
    "aws/kinesis-data-stream" = { stream = "s", streams = [] }
    "aws/secretsmgr" = { tag = "T", tag_name = "T", value = "v" }
    "aws/nothing" = var.it
  }""",
    },
    "a known one for a list": {"addons": '"aws/kinesis-firehose"'},
    "another text for a list": {"addons": '"secretsmgr"'},
    "parameters of one that are not known": {
        "addons": '["aws/kinesis-data-stream", "aws/secretsmgr"]',
        "addon_params": '{ "aws/kinesis-data-stream" = var.it, "aws/secretsmgr" = null }',
    },
}


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    cases = {name: it[0] for name, it in WRONG.items()} | SILENT | BESIDE
    texts = {name: v1(**it) + 'variable "it" {}\n' for name, it in cases.items()}
    compare_transcript(__file__, transcripts(tmp_path, texts, RuntimeAddons))
