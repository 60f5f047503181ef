"""SYM506: the ARN of a secret of another account is the only text that leads to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings, rules_of
from support.writing import write

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """
provider "aws" {
  allowed_account_ids = ["482910365177"]
}

provider "aws" {
  alias               = "other"
  allowed_account_ids = ["OTHER"]
}

module "runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}

resource "sym_secrets" "main" {
  type = "aws_secrets_manager"
  name = "main"

  settings = {
    context_id = module.runtime.sym_integration.id
  }
}

resource "aws_secretsmanager_secret" "okta" {
  provider = aws.other
  name     = "sym/okta"
}

resource "sym_secret" "okta" {
  path      = aws_secretsmanager_secret.okta.arn
  source_id = sym_secrets.main.id
}
"""


@pytest.mark.parametrize(("other", "expected"), [("905518273640", 0), ("482910365177", 1)])
def test_the_arn_of_a_shared_secret(tmp_path: Path, other: str, expected: int) -> None:
    root = write(tmp_path, {"main.tf": TEXT.replace("OTHER", other)})
    assert len(findings(root, rules_of("SYM506"))) == expected


def test_the_arn_where_accounts_are_not_told_apart(tmp_path: Path) -> None:
    text = TEXT.replace("  provider = aws.other\n", "")
    assert len(findings(write(tmp_path, {"main.tf": text}), rules_of("SYM506"))) == 1
