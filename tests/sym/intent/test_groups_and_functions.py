"""Whether what a connector may change covers what a target grants: patterns, groups, functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import configuration
from support.transcript import compare_transcript
from support.values import locals_of
from support.writing import write

from symlint.sym.intent.connectors.iam_groups import (
    Group,
    Pattern,
    group_of,
    group_patterns,
    groups_by_name,
    is_group_path,
    matches_any,
)
from symlint.sym.intent.connectors.lambda_functions import (
    is_not_an_arn,
    likeness,
    listed_by,
    names_of,
    read_or_written,
    same_function,
)
from symlint.sym.intent.connectors.scopes import managed, matches

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.sym.model.configuration import SymConfiguration


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        ("/sym/reader", "/sym/*", True),
        ("/sym/a/reader", "/sym/*", True),
        ("/sym/", "/sym/*", True),
        ("/sym", "/sym/*", False),
        ("reader", "read??", True),
        ("reader", "read?", False),
        ("reader", "*", True),
        ("", "*", True),
        ("", "?", False),
        ("reader", "*e*d*", True),
        ("reader", "a***r", False),
        ("reader", "r***r", True),
        ("a.b", "a?b", True),
        ("axb", "a.b", False),
        ("a\nb", "a*", True),
        ("Reader", "reader", False),
        ("a" * 200, "*a" * 4 + "**", True),
    ],
)
def test_patterns_of_iam(text: str, pattern: str, expected: bool) -> None:
    assert matches(text, pattern) is expected


def test_a_pattern_of_many_wildcards_takes_no_time() -> None:
    assert not matches("a" * 5000, "*" * 5000 + "b")


def group(name: str | None, path: str | None = None) -> Group:
    return Group(name, path, None)


@pytest.mark.parametrize(
    ("asked", "patterns", "expected"),
    [
        (group("reader", "/sym/"), [("/sym/", "*")], True),
        (group("reader", "/sym/"), [("/", "*")], True),
        (group("reader", "/"), [("/sym/", "*")], False),
        (group("reader", "/sym/"), [("/sym/", "writer")], False),
        (group("reader", "/sym/"), [("/else/", "*"), ("/sym/", "read*")], True),
        (group("reader", "/sym/"), [("/else/", "*"), (None, "*")], None),
        (group("reader", "/sym/"), [("/else/", "*"), ("/sym/", None)], None),
        (group("reader", "/sym/"), [(None, None), ("/sym/", "*")], True),
        (group("reader", "/sym/"), [], False),
        (group("reader"), [("/sym/", "*")], None),
        (group("reader"), [("/sym/", "read*")], None),
        (group("reader"), [("/sym/", "writer")], False),
        (group("reader"), [("/sym/", "a/reader")], None),
        (group("reader"), [("/sym/", "a/writer")], False),
        (group(None), [("/sym/", "writer")], None),
        (group(None, "/sym/"), [("/sym/", "*")], None),
        (group(None, "/sym/a/"), [("/sym/", "*")], None),
        (group(None, "/"), [("/sym/", "*")], False),
        (group(None, "/sym/"), [("/sym/", "reader")], None),
        (group(None, "/sym/"), [("/sym/", "a/reader")], False),
        (group(None, "/sym/"), [("/else/", "reader")], False),
        (group(None, "/sym/"), [("/s*/", "reader")], None),
        (group(None, "/sym/"), [("/s?m/", "reader")], None),
    ],
)
def test_groups_and_patterns(
    asked: Group, patterns: list[tuple[str | None, str | None]], expected: bool | None
) -> None:
    assert matches_any(asked, tuple(Pattern(*it) for it in patterns)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/", True),
        ("//", False),
        ("/a/", True),
        ("/sym/a/", True),
        ("/sym", False),
        ("sym/", False),
        ("", False),
        ("a", False),
    ],
)
def test_paths_of_groups(text: str, expected: bool) -> None:
    assert is_group_path(text) is expected


# --- what is declared ---

IAM = """
variable "unset" {}

module "runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}

module "connector" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime.sym_runtime_connector_role.arn]
%s}

resource "sym_integration" "context" {
  type        = "permission_context"
  name        = "context"
  external_id = module.connector.settings.account_id
  settings    = module.connector.settings
}

resource "aws_iam_group" "plain" {
  name = "plain"
}

resource "aws_iam_group" "null" {
  name = "null"
  path = null
}

resource "aws_iam_group" "in_sym" {
  name = "in-sym"
  path = "/sym/"
}

resource "aws_iam_group" "unknown" {
  name = "unknown"
  path = var.unset
}

resource "aws_iam_group" "nameless" {
  path = "/sym/"
}

resource "aws_iam_group" "twin" {
  name = "twin"
}

resource "aws_iam_group" "twin_too" {
  name = "twin"
}

data "aws_iam_group" "read" {
  group_name = "read"
}

resource "aws_iam_role" "role" {
  name = "role"
}

resource "sym_target" "asked" {
  type     = "aws_iam_group"
  name     = "asked"
  settings = { iam_group = %s }
}

resource "sym_strategy" "strategy" {
  type           = "aws_iam"
  name           = "strategy"
  integration_id = sym_integration.context.id
  targets        = [sym_target.asked.id]
}
"""
GROUPS: dict[str, list[tuple[str | None, str | None, bool] | None]] = {
    "aws_iam_group.plain.name": [("plain", "/", True)],
    "aws_iam_group.plain.id": [("plain", "/", True)],
    "aws_iam_group.null.name": [("null", "/", True)],
    "aws_iam_group.in_sym.name": [("in-sym", "/sym/", True)],
    "aws_iam_group.unknown.name": [None],
    "aws_iam_group.nameless.name": [(None, "/sym/", True)],
    "aws_iam_group.twin.name": [("twin", "/", True)],
    '"in-sym"': [("in-sym", "/sym/", True)],
    '"twin"': [None],
    '"elsewhere"': [("elsewhere", None, False)],
    "data.aws_iam_group.read.group_name": [None],
    "var.unset": [None],
    'var.unset ? "in-sym" : aws_iam_group.plain.name': [
        ("in-sym", "/sym/", True),
        ("plain", "/", True),
    ],
    "aws_iam_group.plain.arn": [],
    "null": [None],
}


@pytest.mark.parametrize(("setting", "expected"), GROUPS.items(), ids=GROUPS)
def test_the_group_of_a_target(
    tmp_path: Path,
    setting: str,
    expected: list[tuple[str | None, str | None, bool] | None],
) -> None:
    sym = configuration(write(tmp_path, {"main.tf": IAM % ("", setting)}))
    groups = groups_by_name(sym)
    assert {name: len(it) for name, it in groups.items()} == {
        **dict.fromkeys(("plain", "null", "in-sym", "unknown"), 1),
        "twin": 2,
    }
    found = [group_of(it, groups) for it in managed(sym, "iam_group_paths")]
    shown = [None if it is None else (it.name, it.path, it.instance is not None) for it in found]
    assert shown == expected


PATTERNS: dict[str, list[tuple[str | None, str | None]] | None] = {
    "": [("/sym/", "*")],
    "group_config = null": [("/sym/", "*")],
    "group_config = []": [],
    'group_config = [{ path = "/a/", name = "x*" }, { path = "/b/", name = "y" }]': [
        ("/a/", "x*"),
        ("/b/", "y"),
    ],
    'group_config = [{ path = var.unset, name = "y" }]': [(None, "y")],
    'group_config = [{ path = "/b/", name = var.unset }]': [("/b/", None)],
    'group_config = [{ path = "/b/" }]': [("/b/", None)],
    'group_config = [{ name = "y" }]': [(None, "y")],
    'group_config = ["y"]': None,
    "group_config = [var.unset]": None,
    "group_config = var.unset": None,
    "x = = 1": None,
}


@pytest.mark.parametrize(("argument", "expected"), PATTERNS.items(), ids=PATTERNS)
def test_the_groups_that_a_connector_may_change(
    tmp_path: Path, argument: str, expected: list[tuple[str | None, str | None]] | None
) -> None:
    text = IAM % (f"  {argument}\n" if argument else "", '"asked"')
    sym = configuration(write(tmp_path, {"main.tf": text}))
    (it,) = managed(sym, "iam_group_paths")
    patterns = group_patterns(it)
    assert (None if patterns is None else [tuple(it) for it in patterns]) == expected


def test_what_is_managed(tmp_path: Path) -> None:
    again = """
resource "sym_strategy" "again" {
  type           = "aws_iam"
  name           = "again"
  integration_id = sym_integration.context.id
  targets        = [sym_target.asked.id, sym_target.asked.id, sym_target.other.id]
}

resource "sym_strategy" "lost" {
  type           = "aws_iam"
  name           = "lost"
  integration_id = var.unset
  targets        = [sym_target.third.id]
}

resource "sym_target" "other" {
  type     = "aws_iam_group"
  name     = "other"
  settings = { iam_group = "b" }
}

resource "sym_target" "third" {
  type     = "aws_iam_group"
  name     = "third"
  settings = { iam_group = "c" }
}
"""
    first = IAM % ("", '"a"')
    for text in (
        first + again,
        first.replace('"aws_iam_group"\n  name     = "asked"', '"okta_group"\n  name     = "asked"')
        + again,
    ):
        sym = configuration(write(tmp_path, {"main.tf": text}))
        found = [
            (it.strategy.instance.name, it.value.string) for it in managed(sym, "iam_group_paths")
        ]
        expected = [("strategy", "a"), ("again", "b")]
        assert found == (expected if text.startswith(first) else expected[1:])
        assert list(managed(sym, "arns")) == []


# --- functions ---

FUNCTIONS = """
variable "unset" {}

variable "unset_too" {}

resource "aws_lambda_function" "one" {
  function_name = "one"
}

resource "aws_lambda_function" "two" {
  function_name = "two"
}

resource "aws_lambda_function" "unnamed" {
  function_name = var.unset
}

resource "aws_lambda_function" "named_by_arn" {
  function_name = "arn:aws:lambda:eu-central-1:111122223333:function:one"
}

resource "aws_lambda_function" "many" {
  for_each      = var.unset
  function_name = each.key
}

resource "aws_lambda_alias" "live" {
  name          = "live"
  function_name = aws_lambda_function.one.arn
}

resource "aws_lambda_alias" "live_two" {
  name          = "live"
  function_name = aws_lambda_function.two.arn
}

module "made" {
  source        = "example/lambda/aws"
  function_name = "one"
}

module "made_two" {
  source        = "example/lambda/aws"
  function_name = "two"
}

module "made_unnamed" {
  source = "example/lambda/aws"
}

module "given" {
  source   = "example/alias/aws"
  function = aws_lambda_function.one.arn
}

module "given_module" {
  source   = "example/alias/aws"
  function = module.made_unnamed.arn
}

data "aws_lambda_function" "read" {
  function_name = "one"
}

locals {
  one          = aws_lambda_function.one.arn
  one_again    = local.one
  one_version  = aws_lambda_function.one.qualified_arn
  two          = aws_lambda_function.two.arn
  unnamed      = aws_lambda_function.unnamed.arn
  by_arn       = aws_lambda_function.named_by_arn.arn
  many         = aws_lambda_function.many[var.unset].arn
  many_a       = aws_lambda_function.many["a"].arn
  alias        = aws_lambda_alias.live.arn
  alias_two    = aws_lambda_alias.live_two.arn
  made         = module.made.arn
  made_other   = module.made.other
  made_two     = module.made_two.arn
  made_unnamed = module.made_unnamed.arn
  given        = module.given.arn
  given_module = module.given_module.arn
  read         = data.aws_lambda_function.read.arn
  text_one     = "arn:aws:lambda:eu-central-1:111122223333:function:one"
  text_one_v   = "arn:aws:lambda:eu-central-1:111122223333:function:one:live"
  text_two     = "arn:aws:lambda:eu-central-1:111122223333:function:two"
  text_any     = "arn:aws:lambda:eu-central-1:111122223333:function:*"
  text_one_any = "arn:aws:lambda:eu-central-1:111122223333:function:one*"
  text_short   = "arn:aws:lambda:one"
  text_layer   = "arn:aws:lambda:eu-central-1:111122223333:layer:one"
  unset        = var.unset
  unset_too    = var.unset_too
}
"""


@pytest.fixture(scope="module")
def functions(tmp_path_factory: pytest.TempPathFactory) -> SymConfiguration:
    """Functions of Lambda, and values that are their ARNs."""
    return configuration(write(tmp_path_factory.mktemp("functions"), {"main.tf": FUNCTIONS}))


def test_snapshot_of_functions(functions: SymConfiguration) -> None:
    values = locals_of(functions)
    texts = {}
    for name, value in values.items():
        same = {it: same_function(functions, value, other) for it, other in values.items()}
        range_ = read_or_written(value)
        place = "nowhere" if range_ is None else f"`{range_.text}`"
        own = {"one", "made", "live", "lambda", "function", "arn"}
        texts[f"{name}, at {place}, likeness {likeness(own, value)}"] = "\n".join(
            f"  {word}: {' '.join(it for it in same if same[it] is answer) or 'none'}"
            for word, answer in (("surely", True), ("surely not", False))
        )
    compare_transcript(__file__, texts)


LAMBDA = """
module "%s" {
  source            = "symopsio/lambda-connector/aws"
  version           = "~> 1.0"
  environment       = "%s"
  lambda_arns       = %s
  runtime_role_arns = []
}
"""
STRATEGY = """
resource "sym_integration" "context" {
  type        = "permission_context"
  name        = "context"
  external_id = module.first.settings.account_id
  settings    = module.first.settings
}

resource "sym_target" "asked_target" {
  type     = "aws_lambda_function"
  name     = "Asked: target.name"
  settings = { arn = aws_lambda_function.one.arn }
}

resource "sym_strategy" "some-strategy" {
  type           = "aws_lambda"
  name           = "of/strategies"
  integration_id = sym_integration.context.id
  targets        = [sym_target.asked_target.id]
}
"""


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("[aws_lambda_function.one.arn]", "second"),
        ("[aws_lambda_function.two.arn, aws_lambda_function.one.arn]", "second"),
        ("[aws_lambda_function.two.arn]", None),
        ("[var.unset]", None),
        ("var.unset", None),
        ("[]", None),
    ],
)
def test_another_connector_that_may_invoke_a_function(
    tmp_path: Path, listed: str, expected: str | None
) -> None:
    text = FUNCTIONS + STRATEGY + LAMBDA % ("first", "env-one", "[aws_lambda_function.one.arn]")
    text += LAMBDA % ("second", "main", listed)
    sym = configuration(write(tmp_path, {"main.tf": text}))
    (it,) = managed(sym, "arns")
    other = listed_by(sym, it)
    assert (None if other is None else other.call.name) == expected
    words = {"asked", "target", "name", "some", "strategy", "of", "strategies"}
    assert names_of(it, with_connector=False) == words
    assert names_of(it, with_connector=True) == words | {"first", "env", "one"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one", True),
        ("arn:aws:lambda", False),
        ("*", False),
        ("my-*", False),
        ("REPLACE_ME", False),
    ],
)
def test_texts_that_are_no_arns(tmp_path: Path, text: str, expected: bool) -> None:
    sym = configuration(write(tmp_path, {"main.tf": LAMBDA % ("first", "main", "[]")}))
    (module,) = sym.connectors
    assert is_not_an_arn(module, text) is expected
