"""SYM509 to SYM511: what log destinations need, and who may write to their streams."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings
from support.service_rules import RULES, check_marked
from support.transcript import compare_transcript, transcripts
from support.writing import write

from symlint.rules.logs._examples import DATA_STREAM, FIREHOSE

if TYPE_CHECKING:
    from pathlib import Path

RC = "module.runtime_connector.sym_runtime_connector_role"
CONTEXT = "module.runtime_connector.sym_integration.id\n\n  settings"
STREAM = "aws_kinesis_firehose_delivery_stream.audit"
VERSION = """
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "%s"
    }
  }
}
"""
DATADOG = """
module "datadog" {
  source             = "symopsio/datadog-connector/aws"
  version            = "~> 4.0"
  environment        = "main"
  datadog_access_key = var.key
}

variable "key" {}
"""


def changed(text: str, *changes: tuple[str, str]) -> dict[str, str]:
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return {"main.tf": text}


def in_module(text: str, block: str) -> dict[str, str]:
    """The configuration with a log destination moved into a module that is given what it uses."""
    assert block in text
    inner = block.replace("module.runtime_connector.sym_integration.id", "var.integration")
    inner = inner.replace(f"{STREAM}.name", "var.stream")
    outer = text.replace(block, "").replace(
        "sym_log_destination.audit.id", "module.logs.destination_id"
    )
    call = (
        'module "logs" {\n  source = "./logs"\n'
        "  integration = module.runtime_connector.sym_integration.id\n"
        f"  stream = {STREAM}.name\n}}\n"
    )
    variables = 'variable "integration" {}\nvariable "stream" {}\n'
    output = 'output "destination_id" {\n  value = sym_log_destination.audit.id\n}\n'
    return {"main.tf": outer + call, "logs/main.tf": variables + inner + output}


BLOCK = FIREHOSE[
    FIREHOSE.index('resource "sym_log_destination"') : FIREHOSE.index('\nmodule "runtime')
]
MODULED = in_module(FIREHOSE, BLOCK)
OTHER_KIND = (
    "warning",
    "kinesis_data_stream log destination names an aws_kinesis_firehose_delivery_stream, "
    "not an aws_kinesis_stream",
)
DATA = "aws_kinesis_stream.data"
DATA_BLOCK = 'resource "aws_kinesis_stream" "data" {\n  name = "data"\n}\n'
SHAPES = {
    "no integration": (
        changed(
            FIREHOSE,
            ("  integration_id = module.runtime_connector.sym_integration.id\n\n", ""),
            ('"sym_log_destination" "audit" {', '"sym_log_destination" "audit" { # here'),
        ),
        ("error", "kinesis_firehose log destination has no integration_id"),
    ),
    "another integration": (
        changed(FIREHOSE, (CONTEXT, "sym_integration.slack.id # here\n\n  settings")),
        ("error", "kinesis_firehose log destination cannot use a slack integration"),
    ),
    "another integration through a local": (
        changed(
            FIREHOSE + "locals {\n  context = sym_integration.slack.id # here\n}\n",
            (CONTEXT, "local.context\n\n  settings"),
        ),
        ("error", "kinesis_firehose log destination cannot use a slack integration"),
    ),
    "another integration through a module": (
        MODULED
        | changed(
            MODULED["main.tf"],
            (
                "integration = module.runtime_connector.sym_integration.id",
                "integration = sym_integration.slack.id # here",
            ),
        ),
        ("error", "kinesis_firehose log destination cannot use a slack integration"),
    ),
    "no name": (
        changed(
            FIREHOSE,
            (f"stream_name = {STREAM}.name", f"stream = {STREAM}.name # here"),
        ),
        ("error", "kinesis_firehose log destination has no stream_name"),
    ),
    "the ARN": (
        changed(FIREHOSE, (f"{STREAM}.name", f"{STREAM}.arn # here")),
        ("error", "stream_name is the arn of an aws_kinesis_firehose_delivery_stream"),
    ),
    "the ARN through a module": (
        MODULED
        | changed(MODULED["main.tf"], (f"stream = {STREAM}.name", f"stream = {STREAM}.arn # here")),
        ("error", "stream_name is the arn of an aws_kinesis_firehose_delivery_stream"),
    ),
    "another kind of stream": (
        changed(
            FIREHOSE,
            ('"kinesis_firehose"', '"kinesis_data_stream"'),
            (f"{STREAM}.name", f"{STREAM}.name # here"),
            ("kinesis-firehose-addon", "kinesis-data-stream-addon"),
            (f"{RC}.name\n", f"{RC}.name\n  stream_arns = [{DATA}.arn]\n"),
            ('module "bucket"', f'{DATA_BLOCK}\nmodule "bucket"'),
        ),
        OTHER_KIND,
    ),
    "the type of a stream that there is not": (
        changed(
            FIREHOSE,
            ('"kinesis_firehose"', '"kinesis_data_stream" # here'),
            ("kinesis-firehose-addon", "kinesis-data-stream-addon"),
            (f"{RC}.name\n", f"{RC}.name\n  stream_arns = [var.arn]\n"),
            ('module "bucket"', 'variable "arn" {}\n\nmodule "bucket"'),
        ),
        OTHER_KIND,
    ),
    "no url": (
        {
            "main.tf": 'resource "sym_log_destination" "http" { # here\n  type = "http"\n}\n',
        },
        ("error", "http log destination has no url"),
    ),
    "datadog before it could do without": (
        {
            "main.tf": 'resource "sym_log_destination" "d" { # here\n  type = "datadog"\n}\n'
            + VERSION % "~> 3.0.0"
        },
        ("error", "datadog log destination has no integration_id"),
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_what_a_log_destination_lacks(tmp_path: Path, name: str) -> None:
    files, (severity, title) = SHAPES[name]
    found = [it for it in findings(write(tmp_path, files), RULES) if it.code == "SYM509"]
    assert [(it.severity, it.title) for it in found] == [(severity, title)]
    assert "# here" in found[0].range.source.text.splitlines()[found[0].range.line - 1]


SILENT = {
    "Firehose": changed(FIREHOSE),
    "Firehose in a module": MODULED,
    "a data stream": changed(DATA_STREAM),
    "http": {
        "main.tf": 'resource "sym_log_destination" "http" {\n  type = "http"\n'
        '  settings = { url = "https://example.com" }\n}\n'
    },
    "datadog": {
        "main.tf": 'resource "sym_log_destination" "d" {\n  type = "datadog"\n}\n'
        + VERSION % "~> 3.6"
    },
    "an unknown type": {
        "main.tf": 'resource "sym_log_destination" "x" {\n  type = "syslog"\n}\n'
    },
    "nothing known": {
        "main.tf": 'variable "v" {}\nresource "sym_log_destination" "x" {\n'
        '  type = "kinesis_firehose"\n  integration_id = var.v\n  settings = var.v\n}\n'
    },
    "Datadog's connector": changed(
        FIREHOSE + DATADOG, (f"{STREAM}.name", "module.datadog.firehose_name")
    ),
    "a stream from elsewhere": changed(FIREHOSE, (f"{STREAM}.name", '"elsewhere"')),
    "version 1 with the addon": changed(
        FIREHOSE,
        ('"~> 2.0"\n\n  environment = "main"', '"~> 1.0"\n\n  environment = "main"\n'
         '  addons = ["aws/kinesis-firehose"]'),
        ("module.runtime_connector.sym_integration.id", "sym_integration.runtime.id"),
        ('module "stream_access" {\n  source  = "symopsio/kinesis-firehose-addon/aws"\n'
         '  version = "~> 1.1"\n\n  environment   = "main"\n'
         f"  iam_role_name = {RC}.name\n}}\n",
         'resource "sym_integration" "runtime" {\n  type = "permission_context"\n'
         '  name = "runtime"\n  external_id = module.runtime_connector.account_id\n'
         "  settings = module.runtime_connector.settings\n}\n"),
    ),
    "version 1 with a data stream": changed(
        DATA_STREAM,
        ('"~> 2.0"\n\n  environment = "main"', '"~> 1.0"\n\n  environment = "main"\n'
         '  addons = ["aws/kinesis-data-stream"]\n  addon_params = {\n'
         '    "aws/kinesis-data-stream" = { stream_arns = [aws_kinesis_stream.audit.arn] }\n  }'),
        ("module.runtime_connector.sym_integration.id", "sym_integration.runtime.id"),
        ('module "stream_access" {\n  source  = "symopsio/kinesis-data-stream-addon/aws"\n'
         '  version = "~> 1.1"\n\n  environment   = "main"\n'
         f"  iam_role_name = {RC}.name\n  stream_arns   = [aws_kinesis_stream.audit.arn]\n}}\n",
         'resource "sym_integration" "runtime" {\n  type = "permission_context"\n'
         '  name = "runtime"\n  external_id = module.runtime_connector.account_id\n'
         "  settings = module.runtime_connector.settings\n}\n"),
    ),
    "one of several streams": changed(
        DATA_STREAM, ("[aws_kinesis_stream.audit.arn]", "[var.other, aws_kinesis_stream.audit.arn]")
    ) | {"other.tf": 'variable "other" {}\n'},
    "streams that are not known": changed(
        DATA_STREAM, ("[aws_kinesis_stream.audit.arn]", "var.arns")
    ) | {"other.tf": 'variable "arns" { type = list(string) }\n'},
    "an ARN as a text": changed(
        DATA_STREAM,
        ("[aws_kinesis_stream.audit.arn]",
         '["arn:aws:kinesis:eu-central-1:123456789012:stream/sym-audit"]'),
    ),
    "a stream that is read as well": changed(
        DATA_STREAM, ("[aws_kinesis_stream.audit.arn]", "[data.aws_kinesis_stream.audit.arn]")
    ) | {
        "other.tf": 'data "aws_kinesis_stream" "audit" {\n'
        "  name = aws_kinesis_stream.audit.name\n}\n"
    },
    "every stream of a block": changed(
        DATA_STREAM,
        ("[aws_kinesis_stream.audit.arn]", "[for s in aws_kinesis_stream.audit : s.arn]"),
        ('"aws_kinesis_stream" "audit" {', '"aws_kinesis_stream" "audit" {\n'
         '  for_each = toset(["a"])'),
        ("aws_kinesis_stream.audit.name", 'aws_kinesis_stream.audit["a"].name'),
    ),
}  # fmt: skip  # one case a line


@pytest.mark.parametrize("name", SILENT)
def test_right_and_unknown_forms(tmp_path: Path, name: str) -> None:
    found = findings(write(tmp_path, SILENT[name]), RULES)
    assert [(it.code, it.title) for it in found] == []


MAY_NOT = "the role of module.runtime_connector may not write to"
ACCESS = {
    "another tag": (
        changed(FIREHOSE, ('SymEnv = "main"', 'SymEnv = "prod" # here')),
        (
            "SYM510",
            "error",
            'stream is tagged SymEnv = "prod", but the addon allows access only to "main"',
        ),
    ),
    "another tag through a local": (
        changed(
            FIREHOSE + 'locals {\n  tags = {\n    SymEnv = "prod" # here\n  }\n}\n',
            ('{\n    SymEnv = "main"\n  }', "local.tags"),
        ),
        (
            "SYM510",
            "error",
            'stream is tagged SymEnv = "prod", but the addon allows access only to "main"',
        ),
    ),
    "another tag, a module writes": (
        MODULED | changed(MODULED["main.tf"], ('SymEnv = "main"', 'SymEnv = "prod" # here')),
        (
            "SYM510",
            "error",
            'stream is tagged SymEnv = "prod", but the addon allows access only to "main"',
        ),
    ),
    "no tag": (
        changed(
            FIREHOSE, ('  tags = {\n    SymEnv = "main"', '  tags = { # here\n    Env = "main"')
        ),
        ("SYM510", "error", "stream has no tag SymEnv"),
    ),
    "no tags": (
        changed(
            FIREHOSE,
            ('  tags = {\n    SymEnv = "main"\n  }\n', ""),
            ('_stream" "audit" {', '_stream" "audit" { # here'),
        ),
        ("SYM510", "error", "stream has no tag SymEnv"),
    ),
    "another environment of the addon": (
        changed(FIREHOSE, ('  environment   = "main"', '  environment   = "prod" # here')),
        (
            "SYM510",
            "error",
            'Kinesis Firehose addon allows access to SymEnv = "prod", but the stream has "main"',
        ),
    ),
    "another environment of Datadog's connector": (
        changed(
            FIREHOSE
            + DATADOG.replace('environment        = "main"', 'environment = "prod" # here'),
            (f"{STREAM}.name", "module.datadog.firehose_name"),
        ),
        (
            "SYM510",
            "error",
            'Datadog connector tags its stream SymEnv = "prod", but the addon allows access only to "main"',
        ),
    ),
    "the addon attached to nothing": (
        changed(
            FIREHOSE,
            (f"  iam_role_name = {RC}.name\n", ""),
            ('module "stream_access" {', 'module "stream_access" { # here'),
        ),
        ("SYM510", "warning", "Kinesis Firehose addon is not attached to a role"),
    ),
    "no addon for Firehose": (
        changed(
            FIREHOSE,
            ("kinesis-firehose-addon", "secretsmgr-addon"),
            ('"sym_log_destination" "audit" {', '"sym_log_destination" "audit" { # here'),
        ),
        ("SYM510", "warning", f"{MAY_NOT} Kinesis Data Firehose"),
    ),
    "no streams": (
        changed(
            DATA_STREAM,
            ("  stream_arns   = [aws_kinesis_stream.audit.arn]\n", ""),
            ('module "stream_access" {', 'module "stream_access" { # here'),
        ),
        ("SYM511", "warning", "Kinesis Data Streams addon allows access to no stream"),
    ),
    "an empty list": (
        changed(DATA_STREAM, ("[aws_kinesis_stream.audit.arn]", "[] # here")),
        ("SYM511", "warning", "Kinesis Data Streams addon allows access to no stream"),
    ),
    "another stream": (
        changed(
            DATA_STREAM
            + 'resource "aws_kinesis_stream" "other" {\n  name = "other"\n  shard_count = 1\n}\n',
            ("[aws_kinesis_stream.audit.arn]", "[aws_kinesis_stream.other.arn] # here"),
        ),
        ("SYM511", "warning", "Kinesis Data Streams addon allows access only to other streams"),
    ),
    "another stream as a text": (
        changed(
            DATA_STREAM + 'locals {\n  arn = "arn:aws:kinesis:eu:123456789012:stream/other"\n}\n',
            ("[aws_kinesis_stream.audit.arn]", "[local.arn] # here"),
        ),
        ("SYM511", "warning", "Kinesis Data Streams addon allows access only to other streams"),
    ),
    "no addon for data streams": (
        changed(
            DATA_STREAM,
            ("kinesis-data-stream-addon", "secretsmgr-addon"),
            ('"sym_log_destination" "audit" {', '"sym_log_destination" "audit" { # here'),
        ),
        ("SYM511", "warning", f"{MAY_NOT} Kinesis Data Streams"),
    ),
}


@pytest.mark.parametrize("name", ACCESS)
def test_streams_that_the_runtime_may_not_write_to(tmp_path: Path, name: str) -> None:
    files, expected = ACCESS[name]
    check_marked(tmp_path, files, expected)


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    compare_transcript(
        __file__,
        transcripts(tmp_path / "lacks", {name: it[0] for name, it in SHAPES.items()}, *RULES),
        transcripts(tmp_path / "right", SILENT, *RULES),
        transcripts(tmp_path / "access", {name: it[0] for name, it in ACCESS.items()}, *RULES),
    )
