"""Paths of files in modules, accounts that a runtime lists, and one ARN where a list is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import configuration
from support.writing import write

from symlint.sym.aws.accounts import account_ids
from symlint.sym.aws.provider_configurations import provider_of_call
from symlint.sym.aws.roles.runtime import trust_of
from symlint.sym.aws.roles.single import single_written_at
from symlint.sym.intent.connectors.safelists import (
    Sides,
    caller_identity,
    has_other_policies,
    is_listed,
)
from symlint.sym.intent.file_paths import module_paths

if TYPE_CHECKING:
    from pathlib import Path

CALL = 'module "one" {\n  source = "./m"\n}\n'
FLOW = 'resource "sym_flow" "f" {\n  implementation = %s\n}\n'
LOCAL = "locals {\n  x = %s\n}\n"
PATHS: dict[str, list[tuple[str, str, str, bool]]] = {
    LOCAL % 'file("a.py")': [("file", "a.py", '"a.py"', False)],
    LOCAL % 'file("both.py")': [("file", "both.py", '"both.py"', True)],
    LOCAL % 'file("missing.py")': [],
    LOCAL % 'file("/a.py")': [],
    LOCAL % 'file("~/a.py")': [],
    LOCAL % 'file("")': [],
    LOCAL % 'file("${path.module}/a.py")': [],
    LOCAL % 'file("a.${local.end}")' + 'locals {\n  end = "py"\n}\n': [
        ("file", "a.py", '"a.${local.end}"', False)
    ],
    LOCAL % "file(local.name)" + 'locals {\n  name = "a.py"\n}\n': [],
    LOCAL % "file(1)": [],
    LOCAL % "file()": [],
    LOCAL % 'fileexists("a.py")': [],
    LOCAL % 'upper("file a.py")': [],
    LOCAL % 'filesha256("a.py") == filemd5("./sub/b.txt")': [
        ("filesha256", "a.py", '"a.py"', False),
        ("filemd5", "./sub/b.txt", '"./sub/b.txt"', False),
    ],
    LOCAL % 'templatefile("a.py", { b = file("both.py") })': [
        ("templatefile", "a.py", '"a.py"', False),
        ("file", "both.py", '"both.py"', True),
    ],
    **{
        LOCAL % f'{name}("a.py")': [(name, "a.py", '"a.py"', False)]
        for name in (
            *("filebase64", "filebase64sha256", "filebase64sha512", "filemd5", "filesha1"),
            *("filesha256", "filesha512"),
        )
    },
    FLOW % '"a.py"': [("implementation", "a.py", '"a.py"', False)],
    FLOW % '"both.py"': [("implementation", "both.py", '"both.py"', True)],
    FLOW % '"sub/b.txt"': [],
    FLOW % '"missing.py"': [],
    FLOW % '"${path.module}/a.py"': [],
    (FLOW % '"a.py"').replace("sym_flow", "sym_strategy"): [
        ("implementation", "a.py", '"a.py"', False)
    ],
    (FLOW % '"a.py"').replace("sym_flow", "sym_target"): [],
    'resource "sym_flow" "without" {\n}\n' + FLOW % '"a.py"': [
        ("implementation", "a.py", '"a.py"', False)
    ],
}


@pytest.mark.parametrize(("text", "expected"), PATHS.items())
def test_paths_of_modules(
    tmp_path: Path, text: str, expected: list[tuple[str, str, str, bool]]
) -> None:
    files = {"m/main.tf": text, "m/a.py": "", "m/both.py": "", "both.py": "", "m/sub/b.txt": ""}
    for root in (CALL, CALL + CALL.replace("one", "two")):
        sym = configuration(write(tmp_path, {"main.tf": root + text, **files}))
        found = [(it.reader, it.path, it.range.text, it.found) for it in module_paths(sym)]
        assert sorted(found) == sorted(expected)
        assert all(it.module.directory.endswith("/m") for it in module_paths(sym))


def test_paths_of_a_second_module(tmp_path: Path) -> None:
    root = (
        CALL.replace("./m", "./.")
        + CALL.replace("one", "two")
        + CALL.replace("one", "z").replace("./m", "./n")
    )
    text = LOCAL % 'file("a.py")'
    files = {"main.tf": root, "m/main.tf": text, "n/main.tf": text, "m/a.py": "", "n/a.py": ""}
    found = list(module_paths(configuration(write(tmp_path, files))))
    assert [it.module.directory.rpartition("/")[2] for it in found] == ["m", "n"]


# --- accounts ---

HERE, THERE = "111122223333", "444455556666"
WORLD = """
variable "unset" {}

provider "aws" {
  allowed_account_ids = ["111122223333"]
}

provider "aws" {
  alias               = "sso"
  %s
}

provider "aws" {
  alias   = "third"
  profile = "third"
}

data "aws_caller_identity" "own" {
}

data "aws_caller_identity" "sso" {
  provider = aws.sso
}

data "aws_caller_identity" "third" {
  provider = aws.third
}

data "aws_caller_identity" "missing" {
  provider = aws.missing
}

resource "aws_organizations_account" "account" {
  name = "account"
}

module "runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
  %s
}

module "sso" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.0"
  providers         = { aws = aws.sso }
  environment       = "main"
  runtime_role_arns = [module.runtime.sym_runtime_connector_role.arn]
}
"""
ALLOWED = f'allowed_account_ids = ["{THERE}"]'
LISTS: dict[str, tuple[bool | None, bool | None]] = {
    "": (False, False),
    "null": (False, False),
    "[]": (False, False),
    "var.unset": (None, None),
    f'["{THERE}"]': (True, None),
    f'["{HERE}"]': (False, None),
    f'["{HERE}", "{THERE}"]': (True, None),
    "[var.unset]": (None, None),
    f'[var.unset, "{THERE}"]': (True, None),
    f'["{HERE}", var.unset]': (None, None),
    "[data.aws_caller_identity.own.account_id]": (False, False),
    "[data.aws_caller_identity.sso.account_id]": (True, True),
    "[data.aws_caller_identity.own.account_id, data.aws_caller_identity.sso.account_id]": (
        True,
        True,
    ),
    "[data.aws_caller_identity.third.account_id]": (None, None),
    "[data.aws_caller_identity.missing.account_id]": (None, None),
    "[aws_organizations_account.account.id]": (None, None),
}


@pytest.mark.parametrize(("safelist", "expected"), LISTS.items())
def test_whether_an_account_is_listed(
    tmp_path: Path, safelist: str, expected: tuple[bool | None, bool | None]
) -> None:
    given = f"account_id_safelist = {safelist}" if safelist else ""
    answers = []
    for provider in (ALLOWED, 'profile = "sso"'):
        sym = configuration(write(tmp_path, {"main.tf": WORLD % (provider, given)}))
        runtime, connector = sym.modules
        here = provider_of_call(runtime.call, "aws")
        there = provider_of_call(connector.call, "aws")
        assert here is not None
        assert there is not None
        answers.append(is_listed(sym, runtime, Sides(here, there, account_ids(there))))
        assert caller_identity(runtime, there) == "sso"
        assert caller_identity(runtime, here) == "own"
    assert tuple(answers) == expected


def test_a_list_of_a_block_with_errors(tmp_path: Path) -> None:
    right = configuration(write(tmp_path / "right", {"main.tf": WORLD % (ALLOWED, "")}))
    there = provider_of_call(right.connectors[0].call, "aws")
    assert there is not None
    wrong = configuration(write(tmp_path / "wrong", {"main.tf": WORLD % (ALLOWED, "x = = 1")}))
    sides = Sides(there, there, account_ids(there))
    assert is_listed(wrong, wrong.runtime_connectors[0], sides) is None


NAME = "module.runtime.sym_runtime_connector_role.name"


def policy(kind: str, argument: str, role: str, more: str = "") -> str:
    return f'resource "{kind}" "p" {{\n  {argument} = {role}\n{more}}}\n'


ADDON = (
    'module "addon" {\n  source = "symopsio/secretsmgr-addon/aws"\n  version = "~> 1.1"\n'
    '  environment = "main"\n}\n'
)
OWN = 'resource "aws_iam_role" "own" {\n  name = "own"\n}\n'
POLICIES = {
    "": False,
    policy("aws_iam_role_policy", "role", NAME): True,
    policy("aws_iam_role_policy", "name", NAME): False,
    policy("aws_iam_role_policy_attachment", "role", NAME): True,
    policy("aws_iam_policy_attachment", "roles", f"[{NAME}]"): True,
    policy("aws_iam_policy_attachment", "roles", f'["else", {NAME}]'): True,
    policy("aws_iam_policy_attachment", "roles", '["else"]'): False,
    policy("aws_iam_policy_attachment", "roles", "[]"): False,
    policy("aws_iam_policy_attachment", "roles", "var.unset"): True,
    policy("aws_iam_user_policy", "user", NAME): False,
    policy("aws_iam_role_policy", "role", "var.unset"): True,
    policy("aws_iam_role_policy", "role", '"else"'): False,
    policy("aws_iam_role_policy", "role", "module.sso.settings.role_arn"): False,
    OWN + policy("aws_iam_role_policy", "role", "aws_iam_role.own.name"): False,
    OWN + policy("aws_iam_role_policy", "role", "aws_iam_role.own.id"): False,
    ADDON
    + policy(
        "aws_iam_role_policy_attachment", "role", NAME, "  policy_arn = module.addon.policy_arn\n"
    ): False,
    policy("aws_iam_role_policy_attachment", "role", NAME, "  policy_arn = var.unset\n"): True,
}


@pytest.mark.parametrize(("text", "expected"), POLICIES.items())
def test_other_policies_of_a_runtime(tmp_path: Path, text: str, expected: bool) -> None:
    sym = configuration(write(tmp_path, {"main.tf": WORLD % (ALLOWED, "") + text}))
    assert has_other_policies(sym, sym.runtime_connectors[0]) is expected


@pytest.mark.parametrize(
    ("given", "expected"), [("{}", False), ('{ a = "b" }', True), ("var.unset", True)]
)
def test_policies_that_a_runtime_was_given(tmp_path: Path, given: str, expected: bool) -> None:
    sym = configuration(write(tmp_path, {"main.tf": WORLD % (ALLOWED, f"policy_arns = {given}")}))
    assert has_other_policies(sym, sym.runtime_connectors[0]) is expected


# --- one ARN ---

SINGLE = """
module "runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}

locals {
  arn      = module.runtime.sym_runtime_connector_role.arn
  arns     = module.runtime.sym_runtime_connector_role.arn
  role     = local.arns
  again    = local.arn
  plain    = local.arn
  both     = local.plain
  settings = { role_arn = module.runtime.sym_runtime_connector_role.arn }
  taken    = local.settings.role_arn
  others   = { x = module.runtime.sym_runtime_connector_role.arn }
}

module "iam" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = %s
}
"""
READ = "module.runtime.sym_runtime_connector_role.arn"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('"arn:aws:iam::111122223333:role/x"', '"arn:aws:iam::111122223333:role/x" 24'),
        (READ, f"{READ} 24"),
        ("local.arn", "local.arn 24"),
        ("local.arns", f"{READ} 10"),
        ("local.role", f"{READ} 10"),
        ("local.again", "local.arn 12"),
        ("local.plain", "local.arn 13"),
        ("local.both", "local.arn 13"),
        ("local.settings.role_arn", "local.settings.role_arn 24"),
        ("local.taken", "local.settings.role_arn 16"),
        ("local.others.x", f"{READ} 17"),
    ],
)
def test_where_one_arn_is_written(tmp_path: Path, written: str, expected: str) -> None:
    sym = configuration(write(tmp_path, {"main.tf": SINGLE % written}))
    argument = sym.connectors[0].argument("runtime_role_arns")
    assert argument is not None
    start = trust_of(sym, argument.value, argument.range).range
    range_ = single_written_at(argument.value, start, argument.range)
    assert f"{range_.text} {range_.line}" == expected
