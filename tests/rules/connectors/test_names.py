"""SYM306 and SYM309: the names that modules make of their environment."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from support.checking import findings
from support.connector_blocks import connector, found, lines_found, marked_lines, module, runtime
from support.transcript import compare_transcript, transcripts
from support.writing import FIXTURES, write

from symlint.rules.connectors.duplicate_connector import DuplicateConnector
from symlint.rules.connectors.environment import ConnectorEnvironment
from symlint.rules.connectors.environment_shape import EnvironmentShape

if TYPE_CHECKING:
    from pathlib import Path

PROVIDER = 'provider "aws" {{\n  alias = "{0}"\n  region = "us-east-1"\n{1}}}\n'
LAMBDAS = '["arn:aws:lambda:us-east-1:111122223333:function:f"]'


def lambdas(first: str = '"main"', second: str = '"main"', **arguments: str) -> str:
    """Two Lambda connectors of one runtime; further arguments are the second one's."""
    return connector("lambda", "one", first, lambda_arns=LAMBDAS) + connector(
        "lambda", "two", second, lambda_arns=LAMBDAS, **arguments
    )


WRONG = {
    "two connectors": (
        runtime() + lambdas(),
        'two Lambda connectors create the role "SymLambdaMain"',
    ),
    "upper and lower case": (
        runtime() + lambdas('"main"', '"Main"'),
        'two Lambda connectors create the role "SymLambdaMain"',
    ),
    "case inside": (
        runtime() + lambdas('"mainDb"', '"maindb"'),
        'two Lambda connectors create the role "SymLambdaMaindb"',
    ),
    "one local": (
        'locals {\n  it = "main"\n}\n' + runtime() + lambdas("local.it", "local.it"),
        'two Lambda connectors create the role "SymLambdaMain"',
    ),
    "one unknown variable": (
        'variable "it" {}\n' + runtime() + lambdas("var.it", "var.it"),
        "two Lambda connectors create the role",
    ),
    "instances": (
        runtime() + connector("lambda", lambda_arns=LAMBDAS, for_each='toset(["database", "vpn"])'),
        'all instances of a Lambda connector create the role "SymLambdaMain"',
    ),
    "instances by count": (
        runtime() + connector("lambda", lambda_arns=LAMBDAS, count="2"),
        'all instances of a Lambda connector create the role "SymLambdaMain"',
    ),
    "two runtimes": (
        runtime() + module("runtime-connector", "other", environment='"main"'),
        'two runtime connectors create the role "SymRuntimeMain"',
    ),
    "two addons": (
        runtime()
        + module("secretsmgr-addon", "one", "~> 1.1", environment='"main"')
        + module("secretsmgr-addon", "two", "~> 1.1", environment='"main"', tag_name='"Other"'),
        'two Secrets Manager addons create the policy "SymSecretsManagerMain"',
    ),
    "an addon twice": (
        module(
            "runtime-connector", "rc", "~> 1.0", environment='"main"', addons='["aws/secretsmgr"]'
        )
        + module("secretsmgr-addon", "one", "~> 1.0", environment='"main"'),
        "a runtime connector with aws/secretsmgr and a Secrets Manager addon create the same "
        'policy "SymSecretsManagerMain"',
    ),
    "the connector inside of another": (
        module("kinesis-firehose-connector", "logs", "~> 4.0", environment='"main"')
        + module(
            "datadog-connector", "datadog", "~> 4.0", environment='"main"', datadog_access_key="1"
        ),
        "a Kinesis Firehose connector and a Datadog connector create the same role "
        '"SymKinesisFirehoseRoleMain"',
    ),
    "another region": (
        PROVIDER.format("east", "") + runtime() + lambdas(providers="{ aws = aws.east }"),
        'two Lambda connectors create the role "SymLambdaMain"',
    ),
    "the same profile": (
        'provider "aws" {\n  profile = "sym"\n}\n'
        + PROVIDER.format("east", '  profile = "sym"\n')
        + runtime()
        + lambdas(providers="{ aws = aws.east }"),
        'two Lambda connectors create the role "SymLambdaMain"',
    ),
    "the same role": (
        'provider "aws" {\n  assume_role {\n    role_arn = "arn:aws:iam::1:role/a"\n  }\n}\n'
        + PROVIDER.format("b", '  assume_role {\n    role_arn = "arn:aws:iam::1:role/b"\n  }\n')
        + runtime()
        + lambdas(providers="{ aws = aws.b }"),
        'two Lambda connectors create the role "SymLambdaMain"',
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_one_name_twice(tmp_path: Path, name: str) -> None:
    text, title = WRONG[name]
    (finding,) = found(tmp_path, text, DuplicateConnector)
    assert finding.title.lower() == title.lower()
    assert finding.severity == "error"
    assert finding.attribute == "environment"


WHICH = {
    "the second by default": ("one", "two", "module.two"),
    "the one that is called otherwise": ("one_prod", "two_main", "module.one_prod"),
    "the second, called otherwise": ("one_main", "two_prod", "module.two_prod"),
}


@pytest.mark.parametrize("name", WHICH)
def test_the_connector_to_change(tmp_path: Path, name: str) -> None:
    *called, expected = WHICH[name]
    text = runtime() + "".join(connector("lambda", it, lambda_arns=LAMBDAS) for it in called)
    (finding,) = found(tmp_path, text, DuplicateConnector)
    assert finding.address == expected


def test_each_further_connector_of_the_name_is_found_once(tmp_path: Path) -> None:
    text = runtime() + lambdas() + connector("lambda", "three", lambda_arns=LAMBDAS)
    first, second = found(tmp_path, text, DuplicateConnector)
    assert (first.address, second.address) == ("module.two", "module.three")
    assert {it.related[0].label for it in (first, second)} == {"the same environment in module.one"}


SILENT = {
    "other names": runtime() + lambdas('"main-database"', '"main-vpn"'),
    "one name, two kinds": runtime() + connector("iam") + connector("sso"),
    "another profile": PROVIDER.format("b", '  profile = "b"\n')
    + runtime()
    + lambdas(providers="{ aws = aws.b }"),
    "an unknown profile": 'variable "p" {}\nprovider "aws" {\n  profile = "a"\n}\n'
    + PROVIDER.format("b", "  profile = var.p\n")
    + runtime()
    + lambdas(providers="{ aws = aws.b }"),
    "other accounts": 'provider "aws" {\n  allowed_account_ids = ["111122223333"]\n}\n'
    + PROVIDER.format("b", '  allowed_account_ids = ["444455556666"]\n')
    + runtime()
    + lambdas(providers="{ aws = aws.b }"),
    "a provider of the environment": runtime() + lambdas(providers="{ amazon = aws.b }"),
    "either one or the other": 'variable "on" {\n  type = bool\n}\n'
    + runtime()
    + connector("iam", "one", count="var.on ? 1 : 0")
    + connector("iam", "two", count="var.on ? 0 : 1"),
    "unknown names": 'variable "a" {}\nvariable "b" {}\n' + runtime() + lambdas("var.a", "var.b"),
    "instances with keys": runtime()
    + connector(
        "lambda",
        environment='"main-${each.key}"',
        lambda_arns=LAMBDAS,
        for_each='toset(["database", "vpn"])',
    ),
    "unknown instances": 'variable "all" {\n  type = set(string)\n}\n'
    + runtime()
    + connector("lambda", lambda_arns=LAMBDAS, for_each="var.all"),
    "instances that are not there": runtime() + lambdas(count="0"),
    "an addon in an account": module("runtime-connector", "rc", "~> 1.0", environment='"main"')
    + module("secretsmgr-addon", "one", "~> 1.0", environment='"main"'),
    "another tag": module(
        "runtime-connector",
        "rc",
        "~> 1.0",
        environment='"main"',
        addons='["aws/secretsmgr"]',
        addon_params='{ "aws/secretsmgr" = { tag_value = "other" } }',
    )
    + module("secretsmgr-addon", "one", "~> 1.0", environment='"main"'),
    "streams of two regions": PROVIDER.format("b", "")
    + module("kinesis-data-stream-connector", "one", "~> 1.0", environment='"main"')
    + module(
        "kinesis-data-stream-connector",
        "two",
        "~> 1.0",
        environment='"main"',
        providers="{ aws = aws.b }",
    ),
    "prefixes": module("kinesis-firehose-connector", "one", "~> 3.0", environment='"main"')
    + module(
        "kinesis-firehose-connector", "two", "~> 3.0", environment='"main"', name_prefix='"b"'
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_names_side_by_side(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, SILENT[name], DuplicateConnector) == []


INNER = """
variable "environment" {}

variable "role" {}

module "iam" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = var.environment
  runtime_role_arns = [var.role]
}
"""
CALL = """
module "{0}" {{
  source      = "./inner"
  role        = module.runtime_connector.sym_runtime_connector_role.arn
  environment = {1}
}}
"""


@pytest.mark.parametrize("second", ['"main" # here', '"main-b"'])
def test_through_a_module_that_is_called_twice(tmp_path: Path, second: str) -> None:
    files = {
        "main.tf": runtime() + CALL.format("one", '"main"') + CALL.format("two", second),
        "inner/main.tf": INNER,
    }
    assert lines_found(tmp_path, files, DuplicateConnector) == marked_lines(files)
    for finding in found(tmp_path, files, DuplicateConnector):
        assert ("called here as well", 'module "one"') in [
            (it.label, it.range.text) for it in finding.related
        ]


@pytest.mark.parametrize("alias", ["a", "b"])
def test_providers_are_followed_through_modules(tmp_path: Path, alias: str) -> None:
    calls = [CALL.format("one", '"main"'), CALL.format("two", '"main" # here')]
    passed = [
        call.replace("  role", f"  providers = {{ aws = aws.{name} }}\n  role")
        for call, name in zip(calls, ("a", alias), strict=True)
    ]
    files = {
        "main.tf": PROVIDER.format("a", '  profile = "a"\n')
        + PROVIDER.format("b", '  profile = "b"\n')
        + runtime()
        + "".join(passed),
        "inner/main.tf": INNER,
    }
    expected = marked_lines(files) if alias == "a" else []
    assert lines_found(tmp_path, files, DuplicateConnector) == expected


def test_what_a_connector_got_wrong_is_said_once(tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(FIXTURES / "two_environments", root)
    text = (root / "main.tf").read_text(encoding="utf-8")
    block = text[text.index('module "iam_staging"') :]
    wrong = block.replace('environment       = "staging"', 'environment       = "main"', 1)
    if wrong == block:
        wrong = block.replace("local.staging", "local.main", 1)
    (root / "main.tf").write_text(text.replace(block, wrong), encoding="utf-8")
    both = findings(root, (ConnectorEnvironment, DuplicateConnector))
    assert len(both) == 1


def test_the_odd_one_is_blamed(tmp_path: Path) -> None:
    text = runtime() + connector("iam", "iam_staging", '"main"') + connector("iam", "iam_main")
    (finding,) = found(tmp_path, text, DuplicateConnector)
    assert finding.address == "module.iam_staging"


@pytest.mark.no_cover
def test_many_modules_take_little_time(tmp_path: Path) -> None:
    text = 'variable "p" {}\n' + runtime()
    text += "".join(
        connector("iam", f"iam{number}", providers="{ other = aws.x }") for number in range(300)
    )
    assert found(tmp_path, text, DuplicateConnector) == []


# --- shapes -------------------------------------------------------------------------------------

SHAPES = {
    "a bucket": (
        module("kinesis-firehose-connector", "x", "~> 3.0", environment='"Prod_Main"'),
        'environment "Prod_Main" is not valid for a Kinesis Firehose connector',
        'write "prod-main"',
    ),
    "a long bucket": (
        module(
            "kinesis-firehose-connector",
            "x",
            "~> 3.0",
            environment='"a-rather-long-environment"',
            name_prefix='"with-prefix-"',
        ),
        'environment "a-rather-long-environment" is 25 characters long; '
        "at most 20 fit with the prefix",
        "write a shorter one",
    ),
    "the bucket of a stream": (
        module("datadog-connector", "x", "~> 4.0", environment='"Main"', datadog_access_key='"k"'),
        'environment "Main" is not valid for a Datadog connector',
        'write "main"',
    ),
    "a service account": (
        module("gcp-connector", "x", "~> 1.0", environment='"production-main"').replace(
            "/aws", "/google"
        ),
        'environment "production-main" is 15 characters long; at most 14 fit',
        "write a shorter one",
    ),
    "a role": (
        runtime('"prod main"'),
        'environment "prod main" is not valid for a runtime connector',
        'write "prod-main"',
    ),
    "a long role": (
        connector("iam", environment=f'"{"a" * 60}"'),
        f'environment "{"a" * 47}…" is 60 characters long; at most 58 fit',
        "write a shorter one",
    ),
    "a runtime": (
        runtime('"prod.main"'),
        'environment "prod.main" is not valid for a runtime connector',
        'write "prod-main"',
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_shapes(tmp_path: Path, name: str) -> None:
    text, title, help_ = SHAPES[name]
    (finding,) = found(tmp_path, text, EnvironmentShape)
    assert (finding.severity, finding.title, finding.help) == ("warning", title, help_)


FITTING = (
    module("kinesis-firehose-connector", "x", "~> 3.0", environment='"prod-main"'),
    module("kinesis-firehose-connector", "x", "~> 3.0", environment="var.it"),
    module("kinesis-firehose-connector", "x", "~> 3.0", environment='"main"', name_prefix="var.it"),
    module("gcp-connector", "x", "~> 1.0", environment='"prod-main"').replace("/aws", "/google"),
    runtime('"Prod_Main"'),
    connector("iam", environment='"prod.main"'),
    module("secretsmgr-addon", "x", "~> 1.1", environment='"prod main"'),
)


@pytest.mark.parametrize("text", FITTING)
def test_shapes_that_fit(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text + 'variable "it" {}\n', EnvironmentShape) == []


@pytest.mark.parametrize("written", ['"Prod_Main"', '"prod-main"'])
def test_shapes_through_a_local_and_a_module(tmp_path: Path, written: str) -> None:
    files = {
        "main.tf": 'module "logs" {\n  source = "./logs"\n  name = local.name\n}\n',
        "locals.tf": f"locals {{\n  name = {written} # here\n}}\n",
        "logs/main.tf": 'variable "name" {}\n'
        + module("kinesis-firehose-connector", "x", "~> 3.0", environment="var.name"),
    }
    expected = marked_lines(files) if written != '"prod-main"' else []
    assert lines_found(tmp_path, files, EnvironmentShape) == expected


def test_the_shape_of_a_variable(tmp_path: Path) -> None:
    files = {
        "main.tf": 'variable "name" {}\n' + runtime("var.name"),
        "terraform.tfvars": 'name = "prod main" # here\n',
    }
    assert lines_found(tmp_path, files, EnvironmentShape) == marked_lines(files)
    write(tmp_path, {"terraform.tfvars": 'name = "prod-main"\n'})
    assert findings(tmp_path, (EnvironmentShape,)) == []


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    compare_transcript(
        __file__,
        transcripts(
            tmp_path / "twice", {name: it[0] for name, it in WRONG.items()}, DuplicateConnector
        ),
        transcripts(tmp_path / "silent", SILENT, DuplicateConnector),
        transcripts(
            tmp_path / "shapes", {name: it[0] for name, it in SHAPES.items()}, EnvironmentShape
        ),
    )
