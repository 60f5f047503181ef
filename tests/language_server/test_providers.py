"""Configurations of providers: what names one, and where it is declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.language_server.asking import place, snapshot_of
from support.language_server.opened import write

from symlint.language_server.features.definition import definition
from symlint.language_server.features.references import references

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """\
provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  alias  = "sso"
  region = "us-east-2"
}

data "aws_ssoadmin_instances" "this" {
  provider = aws.sso
}

data "aws_caller_identity" "current" {
  provider = aws
}

module "access" {
  source = "./access"

  providers = {
    aws     = aws
    aws.sso = aws.sso # taken on
  }
}

resource "sym_target" "this" {
  type = "okta_group"
  name = "aws.sso"
}
"""


@pytest.mark.parametrize(
    ("piece", "declared", "named"),
    [
        ("provider = aws.s|so", (6, '"sso"'), [6, 11, 23]),
        ("aws.sso = aws.s|so # taken", (6, '"sso"'), [6, 11, 23]),
        ('alias  = "s|so"', (6, '"sso"'), [6, 11, 23]),
        ("provider = aw|s\n", (1, "aws"), [1, 15, 22]),
    ],
)
def test_where_a_configuration_is_declared_and_named(
    tmp_path: Path, piece: str, declared: tuple[int, str], named: list[int]
) -> None:
    path = write(tmp_path / "main.tf", TEXT)
    snapshot = snapshot_of(path)
    source = snapshot.text(str(path))
    assert source is not None
    assert TEXT.count(piece.replace("|", "")) == 1
    offset = TEXT.index(piece.replace("|", "")) + piece.index("|")
    [found] = [place(it) for it in definition(snapshot, source, offset)]
    assert found is not None
    assert (found[1], found[2].strip('"')) == (declared[0], declared[1].strip('"'))
    assert sorted(it.line for it in references(snapshot, source, offset)) == named


def test_a_text_names_no_configuration(tmp_path: Path) -> None:
    path = write(tmp_path / "main.tf", TEXT)
    snapshot = snapshot_of(path)
    source = snapshot.text(str(path))
    assert source is not None
    assert list(definition(snapshot, source, TEXT.index('"aws.sso"') + 3)) == []
