"""Which setting or prompt field was meant by a name, and how long sessions last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import CATALOGUE, configuration
from support.writing import write

from symlint.sym.intent.missing_settings import (
    Missing,
    line_for,
    missing_settings,
    unexpected_range,
)
from symlint.sym.intent.prompt_fields import meant_field
from symlint.sym.intent.sessions import session_bounds

if TYPE_CHECKING:
    from pathlib import Path


def shown(missing: list[Missing]) -> list[tuple[str, str | None, bool]]:
    return [(it.setting.name, it.unexpected, it.close) for it in missing]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["permission_set_arn", "account_id"], []),
        (["permission_set_arn"], [("account_id", None, False)]),
        (["permission_set_arn", "acount_id"], [("account_id", "acount_id", True)]),
        (["permission_set_arn", "number"], [("account_id", "number", False)]),
        (["permission_set_arn", "number", "x"], [("account_id", None, False)]),
        ([], [("permission_set_arn", None, False), ("account_id", None, False)]),
        (["number"], [("permission_set_arn", None, False), ("account_id", None, False)]),
        (
            ["permission_set_am", "acount_id"],
            [
                ("permission_set_arn", "permission_set_am", True),
                ("account_id", "acount_id", True),
            ],
        ),
        (
            ["acount_id"],
            [("permission_set_arn", None, False), ("account_id", "acount_id", True)],
        ),
    ],
)
def test_settings_that_are_missing(
    given: list[str], expected: list[tuple[str, str | None, bool]]
) -> None:
    settings = CATALOGUE.targets["aws_sso_permission_set"].settings
    assert sorted(shown(missing_settings(settings, given))) == sorted(expected)
    closed = [(name, it if close else None, close) for name, it, close in expected]
    assert sorted(shown(missing_settings(settings, given, open_=True))) == sorted(closed)


FIELD = """
    prompt_field {
      name = "%s"
      type = "string"
      %s
    }
"""
FLOW = """
variable "unset" {}

resource "sym_target" "asked" {
  type           = "%s"
  name           = "asked"
  field_bindings = %s
}

resource "sym_flow" "asked" {
  name = "asked"

  params {
    %s
  }
}
"""
ALLOWED = 'allowed_values = ["member", "admin"]'
OTHER = 'allowed_values = ["else"]'
FIELDS: dict[str, tuple[str, str, str, str | None]] = {
    "a close name": (
        "[]",
        FIELD % ("acount_id", "") + FIELD % ("reason", ""),
        "account_id",
        "acount_id",
    ),
    "a close name that is bound": ('["acount_id"]', FIELD % ("acount_id", ""), "account_id", None),
    "bindings that are not known": (
        "var.unset",
        FIELD % ("acount_id", "") + FIELD % ("reason", ""),
        "account_id",
        "acount_id",
    ),
    "a word": ("[]", FIELD % ("account", "") + FIELD % ("reason", ""), "account_id", "account"),
    "the beginning of a word": (
        "[]",
        FIELD % ("acc-no", "") + FIELD % ("x", ""),
        "account_id",
        "acc-no",
    ),
    "a longer word": ("[]", FIELD % ("accounts", "") + FIELD % ("x", ""), "account_id", "accounts"),
    "another case": ("[]", FIELD % ("THE_ACCOUNT", ""), "account_id", "THE_ACCOUNT"),
    "a short word": ("[]", FIELD % ("my_id", ""), "account_id", None),
    "the inside of a word": ("[]", FIELD % ("the_count", ""), "account_id", None),
    "two with a word": (
        "[]",
        FIELD % ("my_account", "") + FIELD % ("our_account", ""),
        "account_id",
        None,
    ),
    "two, and one is prefetched": (
        "[]",
        FIELD % ("my_account", "") + FIELD % ("our_account", "prefetch = true"),
        "account_id",
        "our_account",
    ),
    "prefetched": (
        "[]",
        FIELD % ("a", "prefetch = true") + FIELD % ("b", "prefetch = false"),
        "name",
        "a",
    ),
    "two prefetched": (
        "[]",
        FIELD % ("a", "prefetch = true") + FIELD % ("b", "prefetch = true"),
        "name",
        None,
    ),
    "the values": ("[]", FIELD % ("a", ALLOWED) + FIELD % ("b", OTHER), "privilege_level", "a"),
    "values of two": (
        "[]",
        FIELD % ("a", ALLOWED) + FIELD % ("b", ALLOWED),
        "privilege_level",
        None,
    ),
    "other values": ("[]", FIELD % ("a", OTHER), "privilege_level", None),
    "values that are not known": (
        "[]",
        FIELD % ("a", "allowed_values = var.unset"),
        "privilege_level",
        None,
    ),
    "the target": ("[]", FIELD % ("target_id", "prefetch = true"), "target_i", None),
    "the duration": ("[]", FIELD % ("duration", "prefetch = true"), "durations", None),
    "no fields": ("[]", "", "account_id", None),
}


@pytest.mark.parametrize(("bindings", "fields", "name", "expected"), FIELDS.values(), ids=FIELDS)
def test_the_field_that_was_meant(
    tmp_path: Path, bindings: str, fields: str, name: str, expected: str | None
) -> None:
    text = FLOW % ("onelogin_role", bindings, fields)
    sym = configuration(write(tmp_path, {"main.tf": text}))
    (flow,), (target,) = sym.flows, sym.targets
    field = meant_field(flow, target, name)
    assert (None if field is None else field.name.string) == expected


SESSIONS = """
variable "unset" {}

resource "aws_ssoadmin_permission_set" "set" {
  name = "set"
  %s
}

data "aws_ssoadmin_permission_set" "read" {
  name = "set"
}

resource "sym_target" "asked" {
  type     = "aws_sso_permission_set"
  name     = "asked"
  settings = { permission_set_arn = %s, account_id = "111122223333" }
}
"""
SET = "aws_ssoadmin_permission_set.set.arn"
DURATIONS: dict[str, int | None] = {
    "": 3600,
    "session_duration = null": 3600,
    'session_duration = "PT1H"': 3600,
    'session_duration = "PT8H"': 28800,
    'session_duration = "PT90M"': 5400,
    'session_duration = "PT1H30M"': 5400,
    'session_duration = "PT1H30M5S"': 5405,
    'session_duration = "PT30S"': 30,
    'session_duration = "P1D"': 86400,
    'session_duration = "P1DT1H"': 90000,
    'session_duration = "P9999D"': 9999 * 86400,
    'session_duration = "P10000D"': None,
    'session_duration = "PT999999H999999M999999S"': 999999 * 3661,
    'session_duration = "PT1000000H"': None,
    'session_duration = "PT1000000M"': None,
    'session_duration = "PT1000000S"': None,
    'session_duration = "P"': None,
    'session_duration = "PT"': None,
    'session_duration = "1H"': None,
    'session_duration = "PT1H "': None,
    "session_duration = 3600": None,
    "session_duration = var.unset": None,
    "x = = 1": None,
}


@pytest.mark.parametrize(("argument", "expected"), DURATIONS.items(), ids=DURATIONS)
def test_sessions_of_permission_sets(tmp_path: Path, argument: str, expected: int | None) -> None:
    sym = configuration(write(tmp_path, {"main.tf": SESSIONS % (argument, SET)}))
    (target,) = sym.targets
    (bound,) = session_bounds(target, CATALOGUE.sessions.values())
    if expected is None:
        assert bound is None
        return
    assert bound is not None
    assert (bound.setting, bound.seconds) == ("permission_set_arn", expected)
    written = '"' in argument
    assert bound.range.text == (
        argument.rpartition(" = ")[2] if written else 'resource "aws_ssoadmin_permission_set" "set"'
    )
    assert (bound.value is not None) is written


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("data.aws_ssoadmin_permission_set.read.arn", [None]),
        ('"arn"', []),
        ("null", []),
        ("aws_ssoadmin_permission_set.missing.arn", [None]),
    ],
)
def test_permission_sets_that_are_not_declared(
    tmp_path: Path, setting: str, expected: list[None]
) -> None:
    sym = configuration(write(tmp_path, {"main.tf": SESSIONS % ("", setting)}))
    (target,) = sym.targets
    assert list(session_bounds(target, CATALOGUE.sessions.values())) == expected


ROLES = """
resource "aws_iam_group" "group" {
  name = "group"
}

resource "aws_iam_role" "behind" {
  name                 = "behind"
  max_session_duration = %s
}

resource "aws_iam_role" "beside" {
  name                 = "beside"
  max_session_duration = 7200
}

resource "aws_iam_role" "without" {
  name = "without"
}

resource "aws_iam_group_policy" "policy" {
  group  = aws_iam_group.group.name
  policy = data.aws_iam_policy_document.document.json
}

data "aws_iam_policy_document" "document" {
  statement {
    actions   = ["sts:AssumeRole"]
    resources = [aws_iam_role.behind.%s, aws_iam_role.without.arn]
  }
}

resource "sym_target" "asked" {
  type     = "aws_iam_group"
  name     = "asked"
  settings = { iam_group = aws_iam_group.group.name }
}
"""


@pytest.mark.parametrize(
    ("duration", "attribute", "expected"),
    [
        ("3600", "arn", [3600]),
        ('"43200"', "arn", [43200]),
        ('"1h"', "arn", [None]),
        ('"12345678"', "arn", [12345678]),
        ('"123456789"', "arn", [None]),
        ("true", "arn", [None]),
        ("1.5", "arn", [None]),
        ("[]", "arn", [None]),
        ("null", "arn", []),
        ("3600", "name", []),
    ],
)
def test_sessions_of_roles_behind_a_group(
    tmp_path: Path, duration: str, attribute: str, expected: list[int | None]
) -> None:
    sym = configuration(write(tmp_path, {"main.tf": ROLES % (duration, attribute)}))
    (target,) = sym.targets
    bounds = list(session_bounds(target, CATALOGUE.sessions.values()))
    assert [None if it is None else it.seconds for it in bounds] == expected


LINES = {
    "aws_sso_permission_set.permission_set_arn": (
        'resource "aws_ssoadmin_permission_set" "set" {\n}\n',
        "  permission_set_arn = aws_ssoadmin_permission_set.set.arn",
    ),
    "aws_iam_group.iam_group": (
        'data "aws_iam_group" "read" {\n}\n',
        "  iam_group = data.aws_iam_group.read.",
    ),
    "aws_lambda_function.arn": (
        'resource "aws_lambda_function" "a" {\n  count = 2\n}\n',
        '  arn = "arn:aws:lambda:',
    ),
    "okta_group.group_id": (
        'resource "okta_group" "a" {\n}\nresource "okta_group" "b" {\n}\n',
        '  group_id = "',
    ),
}


@pytest.mark.parametrize(("setting", "case"), LINES.items(), ids=LINES)
def test_lines_to_paste(tmp_path: Path, setting: str, case: tuple[str, str]) -> None:
    type_name, _, name = setting.partition(".")
    text, expected = case
    text += f'resource "sym_target" "asked" {{\n  type = "{type_name}"\n}}\n'
    (target,) = configuration(write(tmp_path, {"main.tf": text})).targets
    assert line_for(target, CATALOGUE.targets[type_name].settings[name]).startswith(expected)


RUNTIME = (
    'module "runtime" {\n  source = "symopsio/runtime-connector/aws"\n  version = "~> 2.0"\n'
    '  environment = "main"\n}\n'
    'module "sso" {\n  source = "symopsio/sso-connector/aws"\n  version = "~> 2.0"\n'
    '  environment = "main"\n'
    "  runtime_role_arns = [module.runtime.sym_runtime_connector_role.arn]\n}\n"
)
CONTEXT = (
    'resource "sym_integration" "sso" {\n  type = "permission_context"\n  name = "sso"\n'
    "  external_id = module.sso.settings.instance_arn\n  settings = module.sso.settings\n}\n"
)
SSO = 'resource "sym_strategy" "asked" {\n  type = "aws_sso"\n  integration_id = %s\n}\n'
SECRETS = 'resource "sym_secrets" "asked" {\n  type = "aws_secrets_manager"\n}\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RUNTIME + CONTEXT + SSO % "sym_integration.sso.id", "module.sso.settings.instance_arn"),
        (RUNTIME + CONTEXT + SSO % "null", '"arn:aws:sso:'),
    ],
)
def test_the_line_of_an_instance(tmp_path: Path, text: str, expected: str) -> None:
    (asked,) = configuration(write(tmp_path, {"main.tf": text})).strategies
    setting = CATALOGUE.strategies["aws_sso"].settings["instance_arn"]
    assert line_for(asked, setting).startswith(f"  instance_arn = {expected}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CONTEXT, "sym_integration.sso.id"),
        ("", "sym_integration.<name>.id"),
        (CONTEXT + CONTEXT.replace('"sso"', '"too"', 1), "sym_integration.<name>.id"),
        (CONTEXT.replace("  type", "  count = 1\n  type"), "sym_integration.<name>.id"),
        (CONTEXT + LINES["okta_group.group_id"][0], "sym_integration.sso.id"),
    ],
)
def test_the_line_of_a_reference(tmp_path: Path, text: str, expected: str) -> None:
    sym = configuration(write(tmp_path, {"main.tf": text + SECRETS}))
    (asked,) = sym.secrets_sources
    setting = CATALOGUE.secrets["aws_secrets_manager"].settings["context_id"]
    assert line_for(asked, setting) == f"  context_id = {expected}"


def test_the_line_of_one_of_some_values(tmp_path: Path) -> None:
    text = 'resource "sym_target" "asked" {\n  type = "onelogin_role"\n}\n'
    (target,) = configuration(write(tmp_path, {"main.tf": text})).targets
    settings = CATALOGUE.targets["onelogin_role"].settings
    assert line_for(target, settings["privilege_level"]) == '  privilege_level = "member"'
    http = CATALOGUE.log_destinations["segment"].settings["stream_name"]
    assert line_for(target, http) == '  stream_name = "..."'


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('settings = { other = 1, unexpected = "x" }', "unexpected 3"),
        ('field_bindings = ["other", "unexpected"]', '"unexpected" 3'),
        ('settings = { other = 1 }\n  field_bindings = ["unexpected"]', '"unexpected" 4'),
        ('field_bindings = ["other"]', None),
        ("", None),
    ],
)
def test_where_an_unexpected_setting_is_written(
    tmp_path: Path, written: str, expected: str | None
) -> None:
    text = f'resource "sym_target" "asked" {{\n  type = "okta_group"\n  {written}\n}}\n'
    (target,) = configuration(write(tmp_path, {"main.tf": text})).targets
    setting = CATALOGUE.targets["okta_group"].settings["group_id"]
    range_ = unexpected_range(target, Missing(setting, "unexpected"))
    assert (None if range_ is None else f"{range_.text} {range_.line}") == expected
    assert unexpected_range(target, Missing(setting)) is None
