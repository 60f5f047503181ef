"""What a policy may allow, as far as its text is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import configuration
from support.values import locals_of
from support.writing import write

from symlint.sym.aws.iam_policies import may_allow

if TYPE_CHECKING:
    from pathlib import Path


def actions(written: str, effect: str = "Allow") -> str:
    """A policy of one statement."""
    return f'jsonencode({{ Statement = [{{ Effect = "{effect}", Action = {written} }}] }})'


WRITTEN = {
    "the action": (actions('"secretsmanager:GetSecretValue"'), True),
    "the action in a list": (actions('["s3:Get*", "secretsmanager:GetSecretValue"]'), True),
    "another case": (actions('"SecretsManager:getsecretvalue"'), True),
    "a pattern": (actions('"secretsmanager:Get*"'), True),
    "a letter of any kind": (actions('"secretsmanager:GetSecretValu?"'), True),
    "everything": (actions('"*"'), True),
    "another action": (actions('"secretsmanager:PutSecretValue"'), False),
    "part of the action": (actions('"secretsmanager:GetSecret"'), False),
    "no action": (actions("[]"), False),
    "denied": (actions('"secretsmanager:GetSecretValue"', "Deny"), False),
    "an effect that is not known": (
        'jsonencode({ Statement = [{ Effect = var.unset, Action = "secretsmanager:*" }] })',
        True,
    ),
    "no effect": ('jsonencode({ Statement = [{ Action = "secretsmanager:*" }] })', True),
    "an action that is not known": (actions("var.unset"), True),
    "one of several not known": (actions('["s3:GetObject", var.unset]'), True),
    "all but some": ('jsonencode({ Statement = [{ NotAction = "s3:*" }] })', True),
    "all but some, denied": (
        'jsonencode({ Statement = [{ Effect = "Deny", NotAction = "s3:*" }] })',
        False,
    ),
    "one statement, not in a list": (
        'jsonencode({ Statement = { Effect = "Allow", Action = "secretsmanager:*" } })',
        True,
    ),
    "another one, not in a list": (
        'jsonencode({ Statement = { Effect = "Allow", Action = "s3:*" } })',
        False,
    ),
    "the second statement": (
        'jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*" },'
        ' { Effect = "Allow", Action = "secretsmanager:*" }] })',
        True,
    ),
    "a statement that is not known": ("jsonencode({ Statement = [var.unset] })", True),
    "no statements": ("jsonencode({ Version = 1 })", True),
    "an empty list": ("jsonencode({ Statement = [] })", False),
    "a text": (
        """<<-EOT\n{"Statement": [{"Effect": "Allow", "Action": "s3:*"}]}\nEOT""",
        False,
    ),
    "no JSON": ('"nonsense"', True),
    "a list": ("jsonencode([])", True),
    "not known": ("var.unset", True),
    "a policy": ("aws_iam_policy.opens.arn", True),
    "a policy by its id": ("aws_iam_policy.opens.id", True),
    "a policy of something else": ("aws_iam_policy.lists.arn", False),
    "a policy without a text": ("aws_iam_policy.empty.arn", True),
    "a policy that is only read": ("data.aws_iam_policy.lists.arn", True),
    "a policy that is a document": ("aws_iam_policy.document.arn", False),
    "a document": ("data.aws_iam_policy_document.opens.json", True),
    "a document of something else": ("data.aws_iam_policy_document.lists.json", False),
    "a document without statements": ("data.aws_iam_policy_document.empty.json", False),
    "a document that denies": ("data.aws_iam_policy_document.denies.json", False),
    "a document without actions": ("data.aws_iam_policy_document.any.json", True),
    "a document of others": ("data.aws_iam_policy_document.source.json", True),
    "a document that others change": ("data.aws_iam_policy_document.changed.json", True),
    "an addon": ("module.addon.policy_arn", False),
    "another module": ("module.iam.policy_arn", True),
}

BLOCKS = """
variable "unset" {}

module "addon" {
  source      = "symopsio/secretsmgr-addon/aws"
  version     = "~> 1.0"
  environment = "main"
}

module "iam" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = []
}

resource "aws_iam_policy" "opens" {
  policy = jsonencode({ Statement = [{ Action = "secretsmanager:*" }] })
}

resource "aws_iam_policy" "lists" {
  policy = jsonencode({ Statement = [{ Action = "secretsmanager:List*" }] })
}

resource "aws_iam_policy" "empty" {
  name = "empty"
}

resource "aws_iam_policy" "document" {
  policy = data.aws_iam_policy_document.lists.json
}

data "aws_iam_policy" "lists" {
  name   = "lists"
  policy = jsonencode({ Statement = [] })
}

data "aws_iam_policy_document" "opens" {
  statement {
    actions = ["s3:*"]
  }
  statement {
    effect  = "Allow"
    actions = ["secretsmanager:GetSecretValue"]
  }
}

data "aws_iam_policy_document" "lists" {
  statement {
    actions = ["secretsmanager:List*"]
  }
}

data "aws_iam_policy_document" "empty" {
}

data "aws_iam_policy_document" "denies" {
  statement {
    effect  = "Deny"
    actions = ["*"]
  }
}

data "aws_iam_policy_document" "any" {
  statement {
    not_actions = ["s3:*"]
  }
}

data "aws_iam_policy_document" "source" {
  source_policy_documents = [var.unset]
}

data "aws_iam_policy_document" "changed" {
  override_policy_documents = [var.unset]
}

resource "aws_iam_role_policy" "this" {
  role   = "x"
  policy = local.asked
}
"""


@pytest.mark.parametrize(("policy", "expected"), WRITTEN.values(), ids=WRITTEN)
def test_whether_a_policy_may_allow_an_action(tmp_path: Path, policy: str, expected: bool) -> None:
    text = f"{BLOCKS}\nlocals {{\n  asked = {policy}\n}}\n"
    sym = configuration(write(tmp_path, {"main.tf": text}))
    value = locals_of(sym)["asked"]
    (body,) = sym.terraform.root.resources("aws_iam_role_policy")
    assert may_allow(sym, value, body, "secretsmanager:GetSecretValue") is expected


@pytest.mark.parametrize(
    ("policy", "expected"),
    [("aws_iam_policy.lists.arn", True), ("var.unset", True), ("module.addon.policy_arn", False)],
)
def test_any_policy_may_allow_an_action_that_is_not_known(
    tmp_path: Path, policy: str, expected: bool
) -> None:
    text = f"{BLOCKS}\nlocals {{\n  asked = {policy}\n}}\n"
    sym = configuration(write(tmp_path, {"main.tf": text}))
    (body,) = sym.terraform.root.resources("aws_iam_role_policy")
    assert may_allow(sym, locals_of(sym)["asked"], body, None) is expected
