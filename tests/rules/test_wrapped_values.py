"""The core rules see through what is wrapped around the value that they judge.

Each argument is given in every way of ``support.wrappers``: a wrong value is found in each, and a
right one in none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from support.checking import findings, rules_of
from support.wrappers import LISTS, MAPS, MODULE, TEXTS, VARIABLES
from support.writing import write

if TYPE_CHECKING:
    from pathlib import Path

    from support.wrappers import Wrapper

    from symlint.lint.finding import Finding


class Argument(NamedTuple):
    """An argument: NAME is the name of a block for each wrapper, VALUE what is wrapped."""

    code: str
    block: str
    good: str
    bad: str
    wrappers: tuple[Wrapper, ...]


SHARED = (
    VARIABLES
    + """
module "runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "iam" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime.sym_runtime_connector_role.arn]
}
module "lambda" {
  source            = "symopsio/lambda-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime.sym_runtime_connector_role.arn]
  lambda_arns       = []
}
resource "sym_integration" "iam" {
  type        = "permission_context"
  name        = "iam"
  external_id = module.iam.settings.account_id
  settings    = module.iam.settings
}
resource "sym_integration" "slack" {
  type        = "slack"
  name        = "slack"
  external_id = "T0123456789"
}
resource "sym_integration" "runtime" {
  type        = "permission_context"
  name        = "runtime"
  external_id = module.runtime.sym_integration.external_id
  settings    = module.runtime.sym_integration.settings
}
resource "sym_runtime" "this" {
  name       = "main"
  context_id = sym_integration.runtime.id
}
resource "sym_target" "iam" {
  type     = "aws_iam_group"
  name     = "iam"
  settings = { iam_group = "ops" }
}
resource "sym_target" "okta" {
  type     = "okta_group"
  name     = "okta"
  settings = { group_id = "00g1support" }
}
resource "sym_strategy" "iam" {
  type           = "aws_iam"
  name           = "iam"
  integration_id = sym_integration.iam.id
  targets        = [sym_target.iam.id]
}
"""
)
CHANGING = ("lower(", 'split(",')
"""What may change an ARN: it has upper-case letters, and may have commas."""

OF_ARNS, OF_LISTS_OF_ARNS = (
    tuple(one for one in wrappers if not any(it in one.expression for it in CHANGING))
    for wrappers in (TEXTS, LISTS)
)

_STRATEGY = """
resource "sym_strategy" "NAME" {
  type           = "aws_iam"
  name           = "NAME"
  integration_id = sym_integration.iam.id
  targets        = VALUE
}
"""
_CONTEXT = """
resource "sym_integration" "NAME" {
  type        = "permission_context"
  name        = "NAME"
  external_id = VALUE
  settings    = module.iam.settings
}
"""
_CONNECTOR = """
module "NAME_runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "NAME_connector" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = VALUE
  runtime_role_arns = [module.NAME_runtime.sym_runtime_connector_role.arn]
}
"""
_TRUST = """
module "NAME_connector" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = VALUE
}
"""
_FLOW = """
resource "sym_flow" "NAME" {
  name = "NAME"
  params {
    strategy_id = VALUE
  }
}
"""
_ENVIRONMENT = """
resource "sym_environment" "NAME" {
  name       = "NAME"
  runtime_id = VALUE
}
"""
_SECRETS = """
resource "sym_secrets" "NAME" {
  type     = "aws_secrets_manager"
  name     = "NAME"
  settings = { context_id = VALUE }
}
"""
_BY_HAND = """{
  cloud = "aws", region = "us-east-1", account_id = "111122223333"
  role_arn = "arn:aws:iam::111122223333:role/sym/access"
}"""

ARGUMENTS = {
    "targets": Argument(
        "SYM201", _STRATEGY, "[sym_target.iam.id]", "[sym_target.okta.id]", LISTS
    ),
    "an element of targets": Argument(
        "SYM201", _STRATEGY.replace("VALUE", "[VALUE]"), "sym_target.iam.id", "sym_target.okta.id",
        TEXTS,
    ),
    "the type of a target": Argument(
        "SYM201",
        _STRATEGY.replace("VALUE", "[sym_target.NAME.id]")
        + 'resource "sym_target" "NAME" {\n  type = VALUE\n  name = "NAME"\n}\n',
        '"aws_iam_group"',
        '"okta_group"',
        TEXTS,
    ),
    "the environment of a connector": Argument("SYM301", _CONNECTOR, '"main"', '"prod"', TEXTS),
    "the external id: another module": Argument(
        "SYM302", _CONTEXT, "module.iam.settings.account_id", "module.lambda.settings.account_id",
        TEXTS,
    ),
    "the external id: another key": Argument(
        "SYM302", _CONTEXT, "module.iam.settings.account_id", "module.iam.settings.role_arn",
        OF_ARNS,
    ),
    "the settings of a context": Argument(
        "SYM302",
        _CONTEXT.replace("module.iam.settings", "VALUE").replace(
            "= VALUE", "= module.iam.settings.account_id", 1
        ),
        "module.iam.settings",
        "module.lambda.settings",
        MAPS,
    ),
    "settings that are written out": Argument(
        "SYM311",
        _CONTEXT.replace("module.iam.settings", "VALUE").replace("= VALUE", '= "111122223333"', 1),
        _BY_HAND,
        _BY_HAND.replace(":role/", ":group/"),
        MAPS,
    ),
    "a setting that is missing": Argument(
        "SYM311",
        _CONTEXT.replace("module.iam.settings", "VALUE").replace("= VALUE", '= "111122223333"', 1),
        _BY_HAND,
        _BY_HAND.replace('region = "us-east-1", ', ""),
        MAPS,
    ),
    "the strategy of a flow": Argument(
        "SYM401", _FLOW, "sym_strategy.iam.id", "sym_target.iam.id", TEXTS
    ),
    "the integration of a strategy": Argument(
        "SYM202",
        _STRATEGY.replace("VALUE", "[]").replace("sym_integration.iam.id", "VALUE"),
        "sym_integration.iam.id",
        "sym_integration.slack.id",
        TEXTS,
    ),
    "the context of a strategy": Argument(
        "SYM312",
        _STRATEGY.replace("VALUE", "[]").replace("sym_integration.iam.id", "VALUE"),
        "sym_integration.iam.id",
        "sym_integration.runtime.id",
        TEXTS,
    ),
    "the roles that a connector trusts": Argument(
        "SYM303",
        _TRUST,
        "[module.runtime.sym_runtime_connector_role.arn]",
        "[module.runtime.sym_runtime_connector_role.name]",
        OF_LISTS_OF_ARNS,
    ),
    "a role that a connector trusts": Argument(
        "SYM303",
        _TRUST.replace("VALUE", "[VALUE]"),
        "module.runtime.sym_integration.settings.role_arn",
        "module.runtime.sym_integration.settings.account_id",
        OF_ARNS,
    ),
    "the runtime of an environment": Argument(
        "SYM112", _ENVIRONMENT, "sym_runtime.this.id", "sym_integration.runtime.id", TEXTS
    ),
    "the integrations of an environment": Argument(
        "SYM502",
        _ENVIRONMENT.replace("= VALUE", "= sym_runtime.this.id\n  integrations = VALUE"),
        "{ slack_id = sym_integration.slack.id }",
        "{ slack_id = sym_integration.iam.id }",
        MAPS,
    ),
    "the context of a store of secrets": Argument(
        "SYM312", _SECRETS, "sym_integration.runtime.id", "sym_integration.slack.id", TEXTS
    ),
}  # fmt: skip  # as many a line as fit


def found_in(directory: Path, argument: Argument, value: str) -> list[Finding]:
    """What the rule finds in blocks with every wrapper around a value."""
    blocks = [SHARED]
    for number, wrapper in enumerate(argument.wrappers):
        name = f"w{number:03}"
        wrapped = wrapper.of(value, name)
        block = argument.block.replace("VALUE", wrapped.expression).replace("NAME", name)
        blocks += [block, wrapped.beside]
    files = {"main.tf": "\n".join(blocks), "wrap/main.tf": MODULE}
    return findings(write(directory, files), rules_of(argument.code))


@pytest.mark.no_cover
@pytest.mark.parametrize("name", ARGUMENTS)
def test_a_right_value_is_silent_in_every_wrapper(name: str, tmp_path: Path) -> None:
    argument = ARGUMENTS[name]
    assert [it.title for it in found_in(tmp_path, argument, argument.good)] == []


@pytest.mark.no_cover
@pytest.mark.parametrize("name", ARGUMENTS)
def test_a_wrong_value_is_found_in_every_wrapper(name: str, tmp_path: Path) -> None:
    argument = ARGUMENTS[name]
    found = found_in(tmp_path, argument, argument.bad)
    texts = {it.address for it in found} | {r.range.text for it in found for r in it.related}
    missed = [
        wrapper.of(argument.bad, "N").expression
        for number, wrapper in enumerate(argument.wrappers)
        if not any(f"w{number:03}" in text for text in texts)
    ]
    assert missed == []


def test_there_are_enough_of_them() -> None:
    assert len(ARGUMENTS) >= 16
    assert all(len(it.wrappers) >= 60 for it in ARGUMENTS.values())
