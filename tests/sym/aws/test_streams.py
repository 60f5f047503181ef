"""The streams that log destinations write to, by name and by ARN."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import configuration
from support.transcript import compare_transcript
from support.values import locals_of
from support.writing import write

from symlint.sym.aws.log_streams import (
    goes_by_tag,
    log_streams,
    same_stream,
    stream_of,
    stream_types,
)

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.sym.aws.log_streams import Stream
    from symlint.sym.model.configuration import SymConfiguration

STREAMS = """
variable "unset" {}

resource "aws_kinesis_stream" "own" {
  name = "own"
}

resource "aws_kinesis_stream" "other" {
  name = "other"
}

resource "aws_kinesis_stream" "unnamed" {
  name = var.unset
}

resource "aws_kinesis_stream" "twice" {
  count = 2
  name  = "twice-${count.index}"
}

resource "aws_kinesis_stream" "many" {
  for_each = var.unset
  name     = each.key
}

resource "aws_kinesis_firehose_delivery_stream" "hose" {
  name = "hose"
}

data "aws_kinesis_stream" "read" {
  name = "read"
}

data "aws_kinesis_stream" "read_own" {
  name = aws_kinesis_stream.own.name
}

module "made" {
  source      = "symopsio/kinesis-data-stream-connector/aws"
  version     = "~> 1.0"
  environment = "main"
}

module "made_too" {
  source      = "symopsio/kinesis-data-stream-connector/aws"
  version     = "~> 1.0"
  environment = "staging"
}

module "bucket" {
  source      = "symopsio/kinesis-firehose-connector/aws"
  version     = "~> 4.0"
  environment = "main"
}

resource "sym_log_destination" "asked" {
  type           = "kinesis_data_stream"
  integration_id = var.unset
  settings       = { stream_name = "x" }
}

locals {
  own           = aws_kinesis_stream.own.name
  own_arn       = aws_kinesis_stream.own.arn
  other         = aws_kinesis_stream.other.name
  other_arn     = aws_kinesis_stream.other.arn
  unnamed       = aws_kinesis_stream.unnamed.name
  unnamed_arn   = aws_kinesis_stream.unnamed.arn
  first         = aws_kinesis_stream.twice[0].name
  first_arn     = aws_kinesis_stream.twice[0].arn
  second_arn    = aws_kinesis_stream.twice[1].arn
  many          = aws_kinesis_stream.many[var.unset].name
  many_arn      = aws_kinesis_stream.many[var.unset].arn
  one_arn       = aws_kinesis_stream.many["a"].arn
  hose          = aws_kinesis_firehose_delivery_stream.hose.name
  hose_arn      = aws_kinesis_firehose_delivery_stream.hose.arn
  read          = data.aws_kinesis_stream.read.name
  read_arn      = data.aws_kinesis_stream.read.arn
  read_own_arn  = data.aws_kinesis_stream.read_own.arn
  made          = module.made.data_stream_name
  made_arn      = module.made.data_stream_arn
  made_too_arn  = module.made_too.data_stream_arn
  made_nothing  = module.made.nothing
  bucket        = module.bucket.firehose_bucket_arn
  text          = "own"
  text_hose     = "hose"
  text_else     = "else"
  text_arn      = "arn:aws:kinesis:eu-central-1:111122223333:stream/own"
  text_of_other = "arn:aws:kinesis:eu-central-1:111122223333:stream/other"
  text_any      = "arn:aws:kinesis:eu-central-1:111122223333:stream/*"
  unset         = var.unset
}
"""


@pytest.fixture(scope="module")
def sym(tmp_path_factory: pytest.TempPathFactory) -> SymConfiguration:
    """Streams, and values that are their names and ARNs."""
    return configuration(write(tmp_path_factory.mktemp("streams"), {"main.tf": STREAMS}))


def shown(stream: Stream | None) -> str:
    if stream is None:
        return "?"
    return f"{stream.kind} of `{stream.header.text}` by `{stream.range.text}`"


def test_snapshot_of_streams(sym: SymConfiguration) -> None:
    (destination,) = sym.log_destinations
    used = destination.range("settings")
    values = locals_of(sym)
    streams = {name: stream_of(destination, value, used) for name, value in values.items()}
    texts = {f"the stream of {name}": f"  {shown(it)}" for name, it in streams.items()}
    for name, stream in streams.items():
        if stream is not None:
            same = {it: same_stream(sym, stream, value) for it, value in values.items()}
            texts[f"ARNs of {name}"] = "\n".join(
                f"  {word}: {' '.join(it for it in same if same[it] is answer) or 'none'}"
                for word, answer in (("surely", True), ("surely not", False))
            )
    compare_transcript(__file__, texts)


def test_the_types_of_streams(sym: SymConfiguration) -> None:
    assert stream_types(sym) == ("aws_kinesis_firehose_delivery_stream", "aws_kinesis_stream")
    modules = sym.catalogue.modules
    by_tag = {name: goes_by_tag(it) for name, it in modules.items() if it.grant is not None}
    assert by_tag == {
        "secretsmgr-addon": True,
        "kinesis-firehose-addon": True,
        "kinesis-data-stream-addon": False,
    }
    assert not goes_by_tag(modules["iam-connector"])


DESTINATION = """
resource "sym_log_destination" "{type}" {{
  type           = "{type}"
  integration_id = {integration}
  settings       = {{ stream_name = {stream} }}
}}
"""
INTEGRATION = """
resource "sym_integration" "context" {
  type        = "permission_context"
  name        = "context"
  external_id = "111122223333"
}

resource "sym_target" "target" {
  type = "okta_group"
  name = "target"
}
"""
CONTEXT = "sym_integration.context.id"


@pytest.mark.parametrize(
    ("type_", "integration", "stream", "expected"),
    [
        ("kinesis_data_stream", CONTEXT, "local.own", ["own"]),
        ("kinesis_data_stream", CONTEXT, "local.text_else", [None]),
        (
            "kinesis_data_stream",
            CONTEXT,
            "var.unset ? local.own : local.other",
            ["own", "other"],
        ),
        ("kinesis_data_stream", f"var.unset ? {CONTEXT} : var.unset", "local.own", ["own", "own"]),
        ("kinesis_data_stream", "var.unset", "local.own", ["own"]),
        ("kinesis_data_stream", "sym_target.target.id", "local.own", []),
        (
            "kinesis_data_stream",
            f"var.unset ? sym_target.target.id : {CONTEXT}",
            "local.own",
            ["own"],
        ),
        ("kinesis_data_stream", "sym_integration.context", "local.own", []),
        ("kinesis_firehose", CONTEXT, "local.hose", ["hose"]),
        ("kinesis_firehose", CONTEXT, "null", [None]),
        ("segment", CONTEXT, "local.own", []),
        ("http", CONTEXT, "local.own", []),
        ("else", CONTEXT, "local.own", []),
    ],
)
def test_what_destinations_write_to(
    tmp_path: Path, type_: str, integration: str, stream: str, expected: list[str | None]
) -> None:
    start = STREAMS.index('resource "sym_log_destination"')
    text = STREAMS[:start] + STREAMS[STREAMS.index("locals {") :] + INTEGRATION
    text += DESTINATION.format(type=type_, integration=integration, stream=stream)
    found = list(log_streams(configuration(write(tmp_path, {"main.tf": text}))))
    names = [
        None if it.stream is None or it.stream.instance is None else it.stream.instance.name
        for it in found
    ]
    assert names == expected
    assert {it.addon.name for it in found} <= {f"{type_.replace('_', '-')}-addon"}
