"""What the inventory says of strategies and targets of the services."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from granted_access import MEMBERS, granted

if TYPE_CHECKING:
    from pathlib import Path

FLOW = """
resource "sym_integration" "context" {
  type        = "permission_context"
  name        = "context"
  external_id = "555555555555"
}

resource "sym_strategy" "this" {
  type           = "aws_sso"
  name           = "sso"
  integration_id = sym_integration.context.id
  targets        = [sym_target.admin.id]
}

resource "sym_target" "admin" {
  type = "aws_sso_permission_set"
  name = "admin"

  settings = {
    permission_set_arn = aws_ssoadmin_permission_set.admin.arn
    account_id         = "555555555555"
  }
}

resource "aws_ssoadmin_permission_set" "admin" {
  name             = "Admin"
  session_duration = "PT2H"
}

resource "sym_environment" "main" {
  name                = "main"
  log_destination_ids = [sym_log_destination.a.id, sym_log_destination.b.id]
}

resource "sym_log_destination" "a" {
  type     = "kinesis_firehose"
  settings = { stream_name = "audit" }
}

resource "sym_log_destination" "b" {
  type     = "segment"
  settings = { stream_name = var.stream }
}

variable "stream" {}

resource "sym_flow" "this" {
  name           = "sso"
  implementation = file("impl.py")
  environment_id = sym_environment.main.id

  params {
    strategy_id = sym_strategy.this.id

    prompt_field {
      name           = "duration"
      type           = "duration"
      allowed_values = ["1h"]
    }
  }
}
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("PT2H", "PT2H", "2 h in AWS: a session may last on when access has ended"),
        ("PT2H", "PT30M", "30 min in AWS: a session ends before access does"),
        ("PT2H", "PT1H", "1 h in AWS"),
        ("aws_ssoadmin_permission_set.admin.arn", '"arn:aws:sso:::permissionSet/ssoins-1/ps-1"', "not known"),
        ("aws_ssoadmin_permission_set.admin.arn", "data.aws_ssoadmin_permission_set.admin.arn", "not known"),
    ],
)  # fmt: skip  # a case a line
def test_sessions(tmp_path: Path, old: str, new: str, expected: str) -> None:
    main = FLOW.replace(old, new) + 'data "aws_ssoadmin_permission_set" "admin" {}\n'
    [grant] = granted(tmp_path, MEMBERS, main)
    assert grant.cells["session"].text == expected
    assert grant.cells["session"].is_known is (expected != "not known")


def test_log_destinations_are_named_by_their_streams(tmp_path: Path) -> None:
    [grant] = granted(tmp_path, MEMBERS, FLOW)
    cell = grant.cells["recorded"]
    assert cell.text == "log destinations kinesis_firehose audit, segment; errors nowhere"
    assert cell.value == {"logs": ("kinesis_firehose audit", "segment"), "errors": ""}


def test_the_role_of_an_integration(tmp_path: Path) -> None:
    main = FLOW.replace(
        '= "555555555555"\n}',
        '= "555555555555"\n  settings = { role_arn = "arn:aws:iam::5:role/Sym" }\n}',
        1,
    )
    [grant] = granted(tmp_path, MEMBERS, main)
    cell = grant.cells["through"]
    assert cell.text.endswith("integration 555555555555 with role arn:aws:iam::5:role/Sym")
    assert cell.is_known


def test_an_integration_that_is_made_elsewhere_is_not_known(tmp_path: Path) -> None:
    main = FLOW.replace("sym_integration.context.id", "module.gcp.sym_integration.id")
    main += 'module "gcp" {\n  source  = "symopsio/gcp-connector/google"\n  version = "~> 1.0"\n}\n'
    [grant] = granted(tmp_path, MEMBERS, main)
    cell = grant.cells["through"]
    assert cell.state == "unknown"
    assert cell.text == "aws_sso strategy sso, integration module.gcp.sym_integration.id"
    assert cell.reason


def test_a_strategy_in_python_is_named_by_its_class(tmp_path: Path) -> None:
    (tmp_path / "vault.py").write_text(
        "from sym.sdk.strategies import AccessStrategy\n\n\nclass Vault(AccessStrategy):\n    pass\n",
        encoding="utf-8",
    )
    main = FLOW.replace('"aws_sso"', '"custom"\n  implementation = file("vault.py")')
    [grant] = granted(tmp_path, MEMBERS, main)
    cell = grant.cells["through"]
    assert cell.text.endswith("permission_context integration 555555555555, Vault in vault.py")
    assert len(cell.code) == 1
    (tmp_path / "vault.py").write_text("class Vault(Base):\n    x = 1\n", encoding="utf-8")
    [other] = granted(tmp_path, MEMBERS, main)
    assert other.cells["through"].value == cell.value
    assert other.cells["through"].code != cell.code
