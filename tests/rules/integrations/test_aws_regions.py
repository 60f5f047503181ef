"""SYM320: the AWS regions of secrets and streams, and of permission contexts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings
from support.configurations import write_files
from support.writing import replaced

from symlint.rules.integrations.aws_region import AwsRegion

if TYPE_CHECKING:
    from pathlib import Path

GOOD = str(AwsRegion.good["main.tf"])
IN_WEST = replaced(GOOD, '"sym/main/okta"\n', '"sym/main/okta"\n  provider = aws.west\n')
SECRET = GOOD[
    GOOD.index('resource "aws_secretsmanager_secret"') : GOOD.index('resource "sym_secret"')
]
WEST = "  provider = aws.west\n"
STREAM = """
resource "aws_kinesis_firehose_delivery_stream" "logs" {
  provider    = aws.west
  name        = "sym-logs"
  destination = "extended_s3"
}
resource "sym_log_destination" "logs" {
  type           = "kinesis_firehose"
  integration_id = module.runtime_connector.sym_integration.id
  settings = {
    stream_name = aws_kinesis_firehose_delivery_stream.logs.name
  }
}
"""
MADE_BY_MODULE = """
module "datadog" {
  source             = "symopsio/datadog-connector/aws"
  version            = "~> 4.0"
  providers          = { aws = aws.west }
  environment        = "main"
  datadog_access_key = var.key
}
variable "key" {}
resource "sym_log_destination" "logs" {
  type           = "kinesis_firehose"
  integration_id = module.runtime_connector.sym_integration.id
  settings = {
    stream_name = module.datadog.firehose_name
  }
}
"""
IN_MODULE = (
    replaced(replaced(GOOD, SECRET, ""), "aws_secretsmanager_secret.okta.name", "module.store.name")
    + """
module "store" {
  source    = "./store"
  providers = { aws = aws.west }
}
--- store/main.tf
resource "aws_secretsmanager_secret" "okta" {
  name = "sym/main/okta"
}
output "name" {
  value = aws_secretsmanager_secret.okta.name
}
"""
)
JSON = (
    replaced(GOOD, SECRET, "")
    + """
--- secret.tf.json
{"resource": {"aws_secretsmanager_secret": {"okta": {"provider": "aws.west", "name": "sym/main/okta"}}}}
"""
)
REPEATED = replaced(
    replaced(
        replaced(
            IN_WEST, '"sym/main/okta"\n', 'each.key\n  for_each = toset(["okta", "github"])\n'
        ),
        "aws_secretsmanager_secret.okta.name",
        'aws_secretsmanager_secret.okta["okta"].name',
    ),
    "  tags = {",
    "\n  tags = {",
)
BY_HAND = (
    replaced(GOOD, "module.runtime_connector.sym_integration.id", "sym_integration.runtime.id")
    + """
resource "sym_integration" "runtime" {
  type        = "permission_context"
  name        = "runtime"
  external_id = "905518273640"
  settings = {
    cloud    = "aws"
    region   = "us-west-2"
    role_arn = "arn:aws:iam::905518273640:role/sym/SymRuntimeMain"
  }
}
"""
)
OF_WEST = 'alias  = "west"\n  region = "us-west-2"'
OF_EAST = 'provider "aws" {\n  region = "us-east-1"'
WRONG = {
    "a secret": (IN_WEST, "aws.west"),
    "a secret by its name": (
        replaced(IN_WEST, "aws_secretsmanager_secret.okta.name", '"sym/main/okta"'),
        "aws.west",
    ),
    "a secret with a region of its own": (
        replaced(GOOD, '"sym/main/okta"\n', '"sym/main/okta"\n  region = "us-west-2"\n'),
        '"us-west-2"',
    ),
    "a secret of a module": (IN_MODULE, "{ aws = aws.west }"),
    "a secret in JSON": (JSON, "aws.west"),
    "several secrets": (REPEATED, "aws.west"),
    "a replica elsewhere": (
        replaced(IN_WEST, WEST, f'{WEST}  replica {{\n    region = "eu-west-1"\n  }}\n'),
        "aws.west",
    ),
    "a secret of a context that is written out": (
        BY_HAND,
        'resource "aws_secretsmanager_secret" "okta"',
    ),
    "a stream": (GOOD + STREAM, "aws.west"),
    "a stream of a module": (GOOD + MADE_BY_MODULE, "{ aws = aws.west }"),
    "a region that there is not": (replaced(GOOD, OF_EAST, OF_EAST.replace("east", "esat")), '"us-esat-1"'),
    "a zone": (replaced(GOOD, OF_WEST, f'{OF_WEST[:-1]}a"'), '"us-west-2a"'),
    "a region that there is not, in a local": (
        replaced(GOOD, OF_WEST, OF_WEST.replace('"us-west-2"', "local.region"))
        + 'locals {\n  region = "us_west_2"\n}\n',
        '"us_west_2"',
    ),
}  # fmt: skip  # one a line, where they fit
FINE = {
    "one region": GOOD,
    "another name of the region": replaced(IN_WEST, OF_WEST, OF_WEST.replace("west-2", "east-1")),
    "a replica": replaced(IN_WEST, WEST, f'{WEST}  replica {{\n    region = "us-east-1"\n  }}\n'),
    "replicas that are not known": replaced(
        IN_WEST,
        WEST,
        f"{WEST}  dynamic replica {{\n    for_each = var.regions\n    content {{\n"
        "      region = replica.value\n    }\n  }\n",
    )
    + "variable regions {}\n",
    "a region of the environment": replaced(IN_WEST, OF_EAST, 'provider "aws" {'),
    "a region still to be filled in": replaced(
        GOOD, OF_EAST, OF_EAST.replace('"us-east-1"', '"<region-of-your-account>"')
    ),
    "a region that is not known": replaced(
        IN_WEST, OF_WEST, OF_WEST.replace('"us-west-2"', "var.region")
    )
    + "variable region {}\n",
    "a secret that is only read": replaced(
        replaced(
            IN_WEST, 'resource "aws_secretsmanager_secret"', 'data "aws_secretsmanager_secret"'
        ),
        "aws_secretsmanager_secret.okta.name",
        "data.aws_secretsmanager_secret.okta.name",
    ),
    "a secret of the same name": IN_WEST + SECRET.replace('"okta"', '"here"', 1),
    "a context of that region": replaced(
        IN_WEST,
        'environment = "main"\n}',
        'environment = "main"\n  providers = { aws = aws.west }\n}',
    ),
    "the ARN of a secret": replaced(
        IN_WEST, "aws_secretsmanager_secret.okta.name", "aws_secretsmanager_secret.okta.arn"
    ),
    "new regions": replaced(
        replaced(GOOD, OF_WEST, OF_WEST.replace("us-west-2", "eusc-de-east-1")),
        OF_EAST,
        OF_EAST.replace("us-east-1", "us-gov-west-1"),
    ),
    "another cloud": replaced(
        GOOD, OF_WEST, f"{OF_WEST.replace('us-west-2', 'local')}\n  skip_region_validation = true"
    ),
    "a mocked cloud": replaced(
        GOOD,
        OF_WEST,
        f'{OF_WEST.replace("us-west-2", "local")}\n  endpoints {{\n    s3 = "http://localhost"\n  }}',
    ),
    "no region": replaced(GOOD, OF_WEST, OF_WEST.replace("us-west-2", "")),
}


@pytest.mark.parametrize("name", WRONG)
def test_regions_that_are_wrong(tmp_path: Path, name: str) -> None:
    text, place = WRONG[name]
    write_files(tmp_path, text)
    assert [it.range.text for it in findings(tmp_path, (AwsRegion,))] == [place]


@pytest.mark.parametrize("name", FINE)
def test_regions_that_are_or_may_be_right(tmp_path: Path, name: str) -> None:
    write_files(tmp_path, FINE[name])
    assert findings(tmp_path, (AwsRegion,)) == []
