"""Resources that hold secrets and streams: their tags, their policies, and who refers to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import configuration
from support.values import locals_of
from support.writing import write

from symlint.sym.aws.external import external_named, external_read
from symlint.sym.aws.stores import opened_otherwise, store_types, stored_secret
from symlint.sym.aws.tags import tags_of

if TYPE_CHECKING:
    from pathlib import Path

UNSET = 'variable "unset" {}\n'
SECRET = 'resource "aws_secretsmanager_secret" "asked" {\n%s}\n'
OWN = SECRET % '  tags = { SymEnv = "main" }\n'
DEFAULTS = 'provider "aws" {\n  default_tags {\n    tags = %s\n  }\n}\n'
ALIAS = DEFAULTS.replace("  default_tags", '  alias = "sso"\n  default_tags')
ON_ALIAS = SECRET % '  provider = aws.sso\n  tags = { SymEnv = "main" }\n'
KNOWN = '{ SymEnv = "default", Team = "sym" }'
NOT_ADDED = "the tags that its provider adds are not known"
CHILD = 'module "child" {\n  source = "./child"\n}\n'
TAGS: dict[str, tuple[str, str, dict[str, str] | str]] = {
    "none": (SECRET % "", "", {}),
    "null": (SECRET % "  tags = null\n", "", {}),
    "its own": (OWN, "", {"SymEnv": "main"}),
    "not known": (UNSET + SECRET % "  tags = var.unset\n", "", "the variable has no value"),
    "a block with errors": (SECRET % "  tag = = 1\n", "", "the block has errors"),
    "its own in a block with errors": (
        SECRET % '  tags = { SymEnv = "main" }\n  tag = = 1\n',
        "",
        {"SymEnv": "main"},
    ),
    "only read": (
        OWN.replace("resource", "data").replace("  tags", "  name = 1\n  tags"),
        "",
        "it is managed elsewhere",
    ),
    "a resource that has none": (
        'resource "aws_iam_group" "asked" {\n  tags = { a = "b" }\n}\n',
        "",
        "it has no tags that are known of",
    ),
    "a resource that is not known": (
        'resource "aws_else" "asked" {\n  tags = { a = "b" }\n}\n',
        "",
        "it has no tags that are known of",
    ),
    "defaults": (DEFAULTS % KNOWN + SECRET % "", "", {"SymEnv": "default", "Team": "sym"}),
    "both": (DEFAULTS % KNOWN + OWN, "", {"SymEnv": "main", "Team": "sym"}),
    "defaults of another provider": (ALIAS % KNOWN + OWN, "", {"SymEnv": "main"}),
    "defaults of its provider": (
        DEFAULTS % '{ Other = "x" }' + ALIAS % KNOWN + ON_ALIAS,
        "",
        {"SymEnv": "main", "Team": "sym"},
    ),
    "defaults that are not known": (UNSET + DEFAULTS % "var.unset" + OWN, "", NOT_ADDED),
    "defaults without tags": (
        'provider "aws" {\n  default_tags {\n  }\n}\n' + OWN,
        "",
        NOT_ADDED,
    ),
    "defaults that may be": (
        UNSET
        + 'provider "aws" {\n  dynamic "default_tags" {\n    for_each = var.unset\n'
        + '    content {\n      tags = { a = "b" }\n    }\n  }\n}\n'
        + OWN,
        "",
        NOT_ADDED,
    ),
    "a provider that is not found": (DEFAULTS % KNOWN + ON_ALIAS, "", NOT_ADDED),
    "in a child": (DEFAULTS % KNOWN + CHILD, OWN, {"SymEnv": "main", "Team": "sym"}),
    "defaults of a child": (CHILD + OWN, DEFAULTS % KNOWN, NOT_ADDED),
}


@pytest.mark.parametrize(("root", "child", "expected"), TAGS.values(), ids=TAGS)
def test_tags(tmp_path: Path, root: str, child: str, expected: dict[str, str] | str) -> None:
    sym = configuration(write(tmp_path, {"main.tf": root, "child/main.tf": child}))
    (instance,) = (
        it
        for module in sym.module_instances
        for it in (*module.resources(), *module.data_sources())
    )
    tags = tags_of(sym, instance)
    if isinstance(expected, str):
        assert tags.items is None
        assert expected in tags.reason
    else:
        assert {name: value.string for name, value in (tags.items or {}).items()} == expected
        assert tags.reason == ""


NAMED = """
variable "unset" {}

resource "aws_secretsmanager_secret" "token" {
  name = "sym/token"
}

resource "aws_secretsmanager_secret" "twin" {
  name = "sym/twin"
}

resource "aws_secretsmanager_secret" "twin_too" {
  name = "sym/twin"
}

resource "aws_secretsmanager_secret" "of_variable" {
  name = var.unset
}

resource "aws_secretsmanager_secret" "nameless" {
}

resource "aws_secretsmanager_secret" "counted" {
  count = 2
  name  = "sym/${count.index}"
}

data "aws_secretsmanager_secret" "read" {
  name = "sym/read"
}

resource "aws_ssm_parameter" "other" {
  name = "sym/token"
}

locals {
  name     = "sym/token"
  twin     = "sym/twin"
  else     = "sym/else"
  second   = "sym/1"
  unset    = var.unset
  null     = null
  read     = "sym/read"
  by_name  = aws_secretsmanager_secret.token.name
  by_arn   = aws_secretsmanager_secret.token.arn
  whole    = aws_secretsmanager_secret.token
  counted  = aws_secretsmanager_secret.counted[1].arn
  missing  = aws_secretsmanager_secret.missing.arn
  data     = data.aws_secretsmanager_secret.read.arn
  of_other = aws_ssm_parameter.other.name
  indirect = local.by_name
}

resource "sym_secret" "asked" {
  path = "x"
}
"""
FOUND = {
    "name": (None, "token", None),
    "twin": (None, None, None),
    "else": (None, None, None),
    "second": (None, "counted", None),
    "unset": (None, "of_variable", None),
    "null": (None, None, None),
    "read": (None, None, None),
    "by_name": ("token", "token", ("name",)),
    "by_arn": ("token", None, ("arn",)),
    "whole": ("token", None, ()),
    "counted": ("counted", None, ("arn",)),
    "missing": (None, None, None),
    "data": ("read", None, ("arn",)),
    "of_other": (None, "token", None),
    "indirect": ("token", "token", ("name",)),
}


def test_resources_that_values_were_read_from_or_are_the_names_of(tmp_path: Path) -> None:
    sym = configuration(write(tmp_path, {"main.tf": NAMED}))
    (secret,) = sym.secrets
    (kind,) = store_types(sym)
    found = {}
    for name, value in locals_of(sym).items():
        read = external_read(sym, value, "aws_iam_role", kind)
        named = external_named(sym, value, kind)
        found[name] = (
            None if read is None else read.instance.name,
            None if named is None else named.name,
            None if read is None else read.path,
        )
        stored = stored_secret(secret, value)
        assert (None if stored is None else stored.instance.name) == (
            found[name][0] or found[name][1]
        )
        if read is not None:
            assert stored is not None
            assert stored.range == read.range
            assert read.is_data is (name == "data")
            assert read.local_name == str(read.address.without_key())
        elif stored is not None:
            assert stored.range.text == '"x"'
    assert found == FOUND
    assert external_named(sym, locals_of(sym)["name"], "aws_else") is None
    assert external_named(sym, locals_of(sym)["name"], "aws_caller_identity") is None


POLICY = (
    'resource "aws_secretsmanager_secret_policy" "p" {\n  secret_arn = %s\n  policy = "{}"\n}\n'
)
SECRETS = UNSET + SECRET % "" + SECRET.replace("asked", "other") % "  count = 1\n"
OPENED = {
    "nothing": (SECRETS, "asked", False),
    "its own policy": (UNSET + SECRET % '  policy = "{}"\n', "asked", True),
    "its own policy, not known": (UNSET + SECRET % "  policy = var.unset\n", "asked", True),
    "a policy beside": (
        SECRETS + POLICY % "aws_secretsmanager_secret.asked.arn",
        "asked",
        True,
    ),
    "a policy of another one": (
        SECRETS + POLICY % "aws_secretsmanager_secret.other[0].arn",
        "asked",
        False,
    ),
    "a policy of an instance": (
        SECRETS + POLICY % "aws_secretsmanager_secret.other[0].arn",
        "other",
        True,
    ),
    "a policy that is not known": (SECRETS + POLICY % "var.unset", "asked", True),
    "the second policy": (
        SECRETS
        + POLICY % "aws_secretsmanager_secret.other[0].arn"
        + POLICY.replace('"p"', '"q"') % "aws_secretsmanager_secret.asked.arn",
        "asked",
        True,
    ),
    "a policy of a stream": (
        SECRETS
        + 'resource "aws_kinesis_resource_policy" "p" {\n'
        + "  resource_arn = aws_secretsmanager_secret.asked.arn\n}\n",
        "asked",
        True,
    ),
}


@pytest.mark.parametrize(("text", "name", "expected"), OPENED.values(), ids=OPENED)
def test_whether_a_policy_opens_a_resource(
    tmp_path: Path, text: str, name: str, expected: bool
) -> None:
    sym = configuration(write(tmp_path, {"main.tf": text}))
    secrets = sym.terraform.root.resources("aws_secretsmanager_secret")
    (secret,) = (it for it in secrets if it.name == name)
    assert opened_otherwise(sym, secret) is expected
