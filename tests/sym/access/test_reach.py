"""Which grants depend on something, and which of them have a text to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from granted_access import IMPORTS, MEMBERS
from support.configurations import configuration

from symlint.lint.access.reach.answers import what_is_touched, what_reaches
from symlint.lint.errors import UsageError
from symlint.sym.access.reach.dependencies import Dependencies
from symlint.sym.catalogue import load_catalogue
from symlint.sym.model.configuration import SymConfiguration

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.access.reach.answers import Answer

ACCOUNT = "123456780012"
OTHER = "999999990012"
MAIN = """
locals {
  strategies = {
    admin = sym_strategy.admin.id
    staff = sym_strategy.staff.id
  }
}

variable "channel" {
  default = "#access"
}

variable "group" {
  type = string
}

data "aws_ssoadmin_permission_set" "power" {
  instance_arn = "arn:aws:sso:::instance/ssoins-1"
  name         = "PowerUser"
}

resource "sym_environment" "main" {
  name = "main"
}

resource "sym_integration" "sso" {
  type        = "permission_context"
  name        = "sso"
  external_id = "ssoins-1"
}

resource "sym_integration" "okta" {
  type        = "okta"
  name        = "okta"
  external_id = "orchard.okta.com"
}

resource "sym_target" "power" {
  type = "aws_sso_permission_set"
  name = "power"

  settings = {
    permission_set_arn = data.aws_ssoadmin_permission_set.power.arn
    account_id         = "123456780012"
  }
}

resource "sym_target" "other" {
  type = "aws_sso_permission_set"
  name = "other"

  settings = {
    permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-1/ps-1"
    account_id         = "999999990012"
  }
}

resource "sym_target" "group" {
  type = "okta_group"
  name = "staff"

  settings = {
    group_id = var.group
  }
}

resource "sym_strategy" "admin" {
  type           = "aws_sso"
  name           = "admin"
  integration_id = sym_integration.sso.id
  targets        = [sym_target.power.id, sym_target.other.id]
}

resource "sym_strategy" "staff" {
  type           = "okta"
  name           = "staff"
  integration_id = sym_integration.okta.id
  targets        = [sym_target.group.id]
}

resource "sym_flow" "this" {
  for_each       = local.strategies
  name           = each.key
  label          = each.key
  implementation = file("impl.py")
  environment_id = sym_environment.main.id
  vars           = each.key == "staff" ? { channel = var.channel } : {}

  params {
    strategy_id = each.value
  }
}
"""


def sym_of(tmp_path: Path, main: str = MAIN) -> SymConfiguration:
    (tmp_path / "impl.py").write_text(IMPORTS + MEMBERS, encoding="utf-8")
    return SymConfiguration(configuration(tmp_path, main), load_catalogue())


def said(answer: Answer) -> list[str]:
    """Flow and target of each grant, with a question mark where that is not certain."""
    return [
        f"{it.passage.grant.flow} {it.passage.grant.target}{'' if it.passage.certain else '?'}"
        for it in answer.found
    ]


REACHED = {
    "an account": (ACCOUNT, ["admin power"]),
    "another account": (OTHER, ["admin other"]),
    "a name": ("staff", ["staff staff"]),
    "type and name": ("okta_group staff", ["staff staff"]),
    "a setting": ("arn:aws:sso:::permissionSet/ssoins-1/ps-1", ["admin other", "staff staff?"]),
    "the name of what a setting is read of": ("PowerUser", ["admin power", "staff staff?"]),
    "a target": ("sym_target.power", ["admin power"]),
    "a strategy": ("sym_strategy.staff", ["staff staff"]),
    "an integration": ("sym_integration.sso", ["admin other", "admin power"]),
    "a data source": ("data.aws_ssoadmin_permission_set.power", ["admin power"]),
    "a flow": ('sym_flow.this["staff"]', ["staff staff"]),
    "what all flows stand on": (
        "sym_environment.main",
        ["admin other", "admin power", "staff staff"],
    ),
    "a variable": ("var.group", ["staff staff"]),
}


@pytest.mark.parametrize(("asked", "expected"), REACHED.values(), ids=REACHED)
def test_what_reaches(tmp_path: Path, asked: str, expected: list[str]) -> None:
    assert said(what_reaches({"": sym_of(tmp_path)}, asked)) == expected


def test_the_path_and_the_reason(tmp_path: Path) -> None:
    answer = what_reaches({"": sym_of(tmp_path)}, "PowerUser")
    passage = answer.certain[0].passage
    assert [str(it) for it in passage.path] == [
        'sym_flow.this["admin"]',
        "sym_strategy.admin",
        "sym_target.power",
    ]
    assert passage.because == (
        "the name of data.aws_ssoadmin_permission_set.power, which its setting permission_set_arn is of, "
        "is PowerUser"
    )
    doubt = answer.doubtful[0].passage.because
    assert doubt.startswith("its setting group_id is not known")


def test_a_thing_by_another_argument_than_name(tmp_path: Path) -> None:
    data = 'data "okta_group" "staff" {\n  NAME = "everybody"\n}\n'
    for argument, expected in (("name", 1), ("display_name", 1), ("description", 0)):
        main = MAIN.replace("var.group", "data.okta_group.staff.id")
        sym = sym_of(tmp_path, main + data.replace("NAME", argument))
        certain = what_reaches({"": sym}, "everybody").certain
        assert len(certain) == expected, argument


def test_an_account_that_is_not_known(tmp_path: Path) -> None:
    main = MAIN.replace(f'"{OTHER}"', "var.group")
    answer = what_reaches({"": sym_of(tmp_path, main)}, ACCOUNT)
    assert said(answer) == ["admin other?", "admin power"]
    assert answer.doubtful[0].passage.because.startswith(
        "the account of sym_target.other is not known (its setting account_id is not known"
    )


def test_a_strategy_that_is_not_known(tmp_path: Path) -> None:
    main = MAIN.replace(
        "each.value", 'var.group == "a" ? sym_strategy.admin.id : sym_strategy.staff.id'
    )
    answer = what_reaches({"": sym_of(tmp_path, main)}, "sym_target.power")
    assert not answer.certain
    reasons = {it.passage.grant.address: it.passage.because for it in answer.doubtful}
    assert reasons == {
        f'sym_flow.this["{key}"]': f'params.strategy_id of sym_flow.this["{key}"] depends on a condition that is not known'
        for key in ("admin", "staff")
    }


IAM = """
provider "aws" {
  allowed_account_ids = ["123456780012"]
}

module "iam_connector" {
  source            = "terraform.symops.com/symopsio/iam-connector/sym"
  version           = ">= 3.0.0"
  environment       = "main"
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym"]
}

resource "sym_integration" "iam" {
  type        = "permission_context"
  name        = "iam"
  external_id = module.iam_connector.settings.account_id
  settings    = module.iam_connector.settings
}

resource "sym_target" "iam" {
  type = "aws_iam_group"
  name = "billing"

  settings = {
    iam_group = "billing"
  }
}

resource "sym_strategy" "iam" {
  type           = "aws_iam"
  name           = "iam"
  integration_id = sym_integration.iam.id
  targets        = [sym_target.iam.id]
}

resource "sym_flow" "iam" {
  name           = "iam"
  label          = "IAM"
  implementation = file("impl.py")
  environment_id = sym_environment.main.id

  params {
    strategy_id = sym_strategy.iam.id
  }
}
"""


def test_the_account_of_a_connector(tmp_path: Path) -> None:
    sym = sym_of(tmp_path, MAIN + IAM)
    answer = what_reaches({"": sym}, ACCOUNT)
    assert said(answer) == ["admin power", "iam billing"]
    assert answer.certain[1].passage.because == f"the account of module.iam_connector is {ACCOUNT}"
    assert said(what_reaches({"": sym}, OTHER)) == ["admin other"]
    main = MAIN + IAM.replace('  allowed_account_ids = ["123456780012"]\n', "")
    unknown = what_reaches({"": sym_of(tmp_path, main)}, ACCOUNT)
    assert said(unknown) == ["admin power", "iam billing?"]
    assert unknown.doubtful[0].passage.because.startswith(
        "the account of sym_target.iam is not known"
    )


TOUCHED = {
    "an integration": ("sym_integration.okta", ["staff staff"]),
    "code": ("impl.py", ["admin other", "admin power", "staff staff"]),
    "a local": ("local.strategies", ["admin other", "admin power", "staff staff"]),
    "nothing": ("data.aws_ssoadmin_permission_set.power", ["admin power"]),
}


@pytest.mark.parametrize(("asked", "expected"), TOUCHED.values(), ids=TOUCHED)
def test_what_is_touched(tmp_path: Path, asked: str, expected: list[str]) -> None:
    assert said(what_is_touched({"": sym_of(tmp_path)}, asked)) == expected


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("sym_target.powr", " Did you mean sym_target.power?"),
        ("PowerUsr", " Did you mean PowerUser?"),
        ("sym_target.nothing_like_it", ""),
    ],
)
def test_what_is_nowhere(tmp_path: Path, asked: str, hint: str) -> None:
    main = MAIN.replace("var.group", '"00g1"')
    with pytest.raises(UsageError) as error:
        what_reaches({"": sym_of(tmp_path, main)}, asked)
    assert str(error.value) == f"Nothing is, or has, '{asked}'.{hint}"
    with pytest.raises(UsageError):
        what_is_touched({"": sym_of(tmp_path, main)}, asked)


def test_an_account_that_nothing_is_in(tmp_path: Path) -> None:
    answer = what_reaches({"": sym_of(tmp_path)}, "111122223333")
    assert said(answer) == []


def test_a_setting_of_a_target_that_no_flow_grants(tmp_path: Path) -> None:
    main = 'resource "sym_target" "a" {\n  type = "okta_group"\n  settings = { group_id = "00g1" }\n}\n'
    syms = {"": sym_of(tmp_path, main)}
    assert said(what_reaches(syms, "00g1")) == []
    with pytest.raises(UsageError, match=r"Did you mean 00g1\?"):
        what_reaches(syms, "00g2")


def test_what_was_too_much_work_may_be_somewhere(tmp_path: Path) -> None:
    sym = sym_of(tmp_path, MAIN.replace("var.group", '"00g1"'))
    sym.terraform.budget.give_up("it is too much")
    assert said(what_reaches({"": sym}, "sym_target.powr")) == []
    assert said(what_is_touched({"": sym}, "sym_target.powr")) == []


def test_what_reads_what_is_followed_as_far_as_the_budget_goes(tmp_path: Path) -> None:
    found = configuration(
        tmp_path,
        """
resource "sym_target" "t" {
  count = 50
  type  = "okta_group"
  name  = "t${count.index}"
}
resource "sym_strategy" "s" {
  count   = 50
  type    = "okta"
  name    = "s${count.index}"
  targets = sym_target.t[*].id
}
""",
    )
    sym = SymConfiguration(found, load_catalogue())
    assert sum(map(len, Dependencies(sym).targets.values())) == 50 * 50
    found.budget.remaining = 10_000
    again = Dependencies(sym)
    assert 0 < sum(map(len, again.targets.values())) <= 10_000 / 20
    assert "following all references is too much work" in " ".join(found.budget.given_up)
