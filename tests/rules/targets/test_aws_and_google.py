"""What connectors may do in AWS and Google: correct configurations with one mistake planted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import STRATEGY_RULES, configuration, findings
from support.mistakes import Mistake, check
from support.transcript import compare_transcript, transcripts, transcripts_of_mistakes
from support.writing import base, base_text, write

from symlint.lint.finding import Undecided
from symlint.rules.strategies.session_length import SessionLength
from symlint.rules.targets.iam_group_path import IamGroupPath
from symlint.rules.targets.lambda_arn import LambdaArn

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.rule import Rule

DENIED = "IAM connector may not change the IAM group"
NOT_INVOKED = "Lambda connector may not invoke the function of the target"

MISTAKES = {
    "a group in another path": Mistake.of(
        "iam", "  path = ", '"/sym/"', '"/admin/"', "SYM213", f"{DENIED} /admin/log-reader"
    ),
    "a group in the root path": Mistake.of(
        "iam", "  path = ", '"/sym/"', '"/"', "SYM213", f"{DENIED} /log-reader"
    ),
    "another resource's function": Mistake.of(
        "lambda",
        "    arn = ",
        "aws_lambda_function.archive.arn",
        "aws_lambda_function.notify.arn",
        "SYM214",
        NOT_INVOKED,
    ),
    "another module's function": Mistake.of(
        "functions",
        "    arn = ",
        "module.archive.lambda_function_arn",
        "aws_lambda_function.notify.arn",
        "SYM214",
        NOT_INVOKED,
    ),
    "a function by its ARN": Mistake.of(
        "lambda",
        "    arn = ",
        "aws_lambda_function.database.arn",
        '"arn:aws:lambda:eu-central-1:111122223333:function:other"',
        "SYM214",
        NOT_INVOKED,
    ),
    "the name of a function among ARNs": Mistake.of(
        "lambda",
        "lambda_arns       = [aws_lambda_function.database.arn, ",
        "aws_lambda_function.archive.arn",
        "aws_lambda_function.archive.function_name",
        "SYM214",
        "lambda_arns contains the function_name of an aws_lambda_function, not the ARN of a function",
    ),
    "a text among ARNs": Mistake.of(
        "functions",
        "lambda_arns       = [aws_lambda_function.database.arn, ",
        "module.archive.lambda_function_arn",
        '"archive"',
        "SYM214",
        "lambda_arns contains a string, not the ARN of a function",
    ),
    "a name from a module among ARNs": Mistake.of(
        "functions",
        "lambda_arns       = [aws_lambda_function.database.arn, ",
        "module.archive.lambda_function_arn",
        "module.archive.lambda_function_name",
        "SYM214",
        "lambda_arns contains the lambda_function_name of a module, not the ARN of a function",
    ),
    "a role among ARNs": Mistake.of(
        "iam",
        "    iam_group = ",
        "aws_iam_group.reader.name",
        "module.iam_connector.settings.role_arn",
        "SYM211",
        "iam_group is the role's ARN of an IAM connector",
    ),
    "a longer session": Mistake.of(
        "sso",
        "  session_duration = ",
        '"PT1H"',
        '"PT12H"',
        "SYM215",
        "AWS session lasts 12 hours, longer than access of 1h",
        "note",
    ),
    "a longer session of a role": Mistake.of(
        "iam",
        "  max_session_duration = ",
        "3600",
        "43200",
        "SYM215",
        "AWS session lasts 12 hours, longer than access of 1h",
        "note",
    ),
    "groups switched off": Mistake.of(
        "google",
        "  enable_google_group_management = ",
        "true",
        "false",
        "SYM216",
        "GCP connector of a google_group strategy does not set enable_google_group_management",
        "warning",
    ),
}

CASES = [
    pytest.param(mistake, placement, id=f"{name}-{placement}")
    for name, mistake in MISTAKES.items()
    for placement in mistake.placements
]


@pytest.mark.no_cover
@pytest.mark.parametrize(("mistake", "placement"), CASES)
def test_a_mistake_is_found_at_its_line(tmp_path: Path, mistake: Mistake, placement: str) -> None:
    check(tmp_path, mistake, placement, STRATEGY_RULES)


GIVEN = '\n  environment       = "main"\n  runtime_role_arns'
CHANGES = {
    "a group without a path": Mistake.of(
        "iam",
        "",
        '  path = "/sym/"\n',
        "",
        "SYM213",
        f"{DENIED} /log-reader",
        at='resource "aws_iam_group" "reader"',
    ),
    "another path allowed": Mistake.of(
        "iam",
        "",
        GIVEN,
        '\n  group_config = [{ path = "/access/", name = "*" }]' + GIVEN,
        "SYM213",
        f"{DENIED} /sym/log-reader",
        at="group_config",
    ),
    "another name allowed": Mistake.of(
        "iam",
        "",
        GIVEN,
        '\n  group_config = [{ path = "/sym/", name = "access-*" }]' + GIVEN,
        "SYM213",
        f"{DENIED} /sym/log-reader",
        at="group_config",
    ),
    "another function allowed": Mistake.of(
        "lambda",
        "",
        "[aws_lambda_function.database.arn, aws_lambda_function.archive.arn]",
        "[aws_lambda_function.database.arn, aws_lambda_function.notify.arn]",
        "SYM214",
        NOT_INVOKED,
        at="[aws_lambda_function.database.arn, aws_lambda_function.notify.arn]",
    ),
    "one ARN for a list": Mistake.of(
        "lambda",
        "",
        "[aws_lambda_function.database.arn, aws_lambda_function.archive.arn]",
        "aws_lambda_function.database.arn",
        "SYM214",
        "lambda_arns is one ARN, not a list",
        at="lambda_arns",
    ),
    "no switch": Mistake.of(
        "google",
        "",
        "  enable_google_group_management = true\n",
        "",
        "SYM216",
        "GCP connector of a google_group strategy does not set enable_google_group_management",
        severity="warning",
        at='module "gcp_connector"',
    ),
    "other durations": Mistake.of(
        "sso",
        "",
        'allowed_values = ["1h"]',
        'allowed_values = ["1h", "8h"]',
        "SYM215",
        "AWS session lasts 1 hour, shorter than access of 8h",
        severity="note",
        at="session_duration",
    ),
}


@pytest.mark.parametrize("placement", ["root", "module"])
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_found_at_its_line(tmp_path: Path, name: str, placement: str) -> None:
    check(tmp_path, CHANGES[name], placement, STRATEGY_RULES)


GROUP_CONFIG = "  group_config = "
RIGHT_GROUPS = [
    '[{ path = "/sym/", name = "log-reader" }]',
    '[{ path = "/", name = "*" }]',
    '[{ path = "/s*/", name = "log-*" }]',
    '[{ path = "/sym/", name = "log?reader" }]',
    '[{ path = "/other/", name = "*" }, { path = "/sym/", name = "*-reader" }]',
]


@pytest.mark.parametrize("config", RIGHT_GROUPS)
def test_patterns_match_as_in_aws(tmp_path: Path, config: str) -> None:
    text = base_text("iam").replace(GIVEN, f"\n{GROUP_CONFIG}{config}{GIVEN}")
    assert _codes(tmp_path, text) == []


def test_a_group_by_its_name_is_the_declared_one(tmp_path: Path) -> None:
    text = base_text("iam").replace(
        "iam_group = aws_iam_group.reader.name", 'iam_group = "log-reader"'
    )
    assert _codes(tmp_path / "right", text) == []
    assert _codes(tmp_path / "wrong", text.replace('path = "/sym/"', 'path = "/"')) == ["SYM213"]


def test_a_group_from_elsewhere_is_judged_by_its_name(tmp_path: Path) -> None:
    text = base_text("iam").replace("iam_group = aws_iam_group.reader.name", 'iam_group = "admins"')
    assert _codes(tmp_path / "default", text) == []
    given = f'\n{GROUP_CONFIG}[{{ path = "/", name = "sym-*" }}]{GIVEN}'
    found = findings(_write(tmp_path / "limited", text.replace(GIVEN, given)), (IamGroupPath,))
    assert [(it.severity, it.range.text) for it in found] == [("warning", '"admins"')]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (GIVEN, f"\n{GROUP_CONFIG}var.groups{GIVEN}"),
        ('path = "/sym/"', "path = var.path"),
        ("iam_group = aws_iam_group.reader.name", "iam_group = var.group"),
        ("iam_group = aws_iam_group.reader.name", "iam_group = data.aws_iam_group.x.group_name"),
    ],
)
def test_groups_that_are_not_known_are_undecided(tmp_path: Path, old: str, new: str) -> None:
    text = base_text("iam").replace(old, new)
    text += 'data "aws_iam_group" "x" {\n  group_name = "x"\n}\n'
    text += "".join(f'variable "{name}" {{}}\n' for name in ("groups", "path", "group"))
    _check_undecided(tmp_path, text, IamGroupPath)


ONE = "arn:aws:lambda:eu-central-1:111122223333:function:one"
FUNCTIONS = [
    (f'"{ONE}"', f'["{ONE}"]', []),
    (f'"{ONE}"', f'["{ONE[:-3]}*"]', []),
    (f'"{ONE}"', '["*"]', []),
    (f'"{ONE}"', f'["{ONE}s"]', ["SYM214"]),
    (f'"{ONE}"', "[]", ["SYM214"]),
    (f'"{ONE}:7"', f'["{ONE}"]', []),
    (f'"{ONE}"', "[aws_lambda_function.database.arn]", ["SYM214"]),
    ("aws_lambda_function.database.arn", "[aws_lambda_function.database.arn]", []),
    ("aws_lambda_function.database.qualified_arn", "[aws_lambda_function.database.arn]", []),
    ("data.aws_lambda_function.x.arn", "[aws_lambda_function.database.arn]", ["SYM214"]),
    ("data.aws_lambda_function.y.arn", "[aws_lambda_function.database.arn]", []),
    ("data.aws_lambda_function.x.arn", "[var.arn]", []),
    ("var.arn", "[var.arn]", []),
    ("var.arn", f'["{ONE}"]', []),
    (f'"{ONE}"', "var.arns", []),
    ("module.one.alias_arn", "[module.two.function_arn]", []),
    ("module.one.function_arn", "[module.two.function_arn]", ["SYM214"]),
    ("module.one.function_arn", "[aws_lambda_function.database.arn]", ["SYM214"]),
    ("module.alias.function_arn", "[aws_lambda_function.database.arn]", []),
]


@pytest.mark.parametrize(("arn", "arns", "codes"), FUNCTIONS)
def test_functions_are_compared(tmp_path: Path, arn: str, arns: str, codes: list[str]) -> None:
    text = _functions(arn, arns)
    assert [it.code for it in findings(_write(tmp_path, text), (LambdaArn,))] == codes


def _functions(arn: str, arns: str) -> str:
    text = base_text("lambda").replace(
        "sym_target.database.id, sym_target.archive.id", "sym_target.database.id"
    )
    text = text.replace("    arn = aws_lambda_function.database.arn", f"    arn = {arn}")
    old = "[aws_lambda_function.database.arn, aws_lambda_function.archive.arn]"
    text = text.replace(old, arns)
    text += 'data "aws_lambda_function" "x" {\n  function_name = "x"\n}\n'
    text += 'data "aws_lambda_function" "y" {\n  function_name = var.arn\n}\n'
    text += 'module "one" {\n  source = "x/one/aws"\n}\nmodule "two" {\n  source = "x/two/aws"\n}\n'
    text += 'module "alias" {\n  source = "x/alias/aws"\n'
    text += "  of     = aws_lambda_function.database.arn\n}\n"
    return text + 'variable "arn" {}\nvariable "arns" {}\n'


@pytest.mark.parametrize(("name", "codes"), [("other", ["SYM214"]), ("prod-archive", [])])
def test_a_module_may_add_to_a_name(tmp_path: Path, name: str, codes: list[str]) -> None:
    old = "[aws_lambda_function.database.arn, module.archive.lambda_function_arn]"
    new = old.replace("module.archive.lambda_function_arn", f'"{ONE[:-3]}{name}"')
    text = base_text("functions").replace(old, new)
    assert [it.code for it in findings(_write(tmp_path, text), (LambdaArn,))] == codes


DURATIONS = [
    ('"PT1H"', '["1h"]', []),
    ('"PT60M"', '["1h"]', []),
    ('"PT1H30M"', '["1h"]', ["AWS session lasts 1 hour and 30 minutes, longer than access of 1h"]),
    ('"PT2H"', '["30m", "1h"]', ["AWS session lasts 2 hours, longer than access of 30m"]),
    (
        '"PT2H"',
        '["30m", "8h"]',
        ["AWS session lasts 2 hours, longer than access of 30m and shorter than access of 8h"],
    ),
    ('"PT2H"', '["2h", "8h"]', ["AWS session lasts 2 hours, shorter than access of 8h"]),
    ('"PT1H"', '["30m", "1h"]', []),
    ('"PT12H"', '["12h", "1d"]', []),
    ('"PT1H"', '["1h", "1d"]', ["AWS session lasts 1 hour, shorter than access of 1d"]),
    ('"P1D"', '["1d"]', []),
    ("null", '["30m"]', []),
    ("null", '["4h"]', ["AWS session lasts 1 hour, shorter than access of 4h"]),
    ('"an hour"', '["4h"]', []),
    ("var.length", '["4h"]', []),
    ('"PT12H"', "var.lengths", []),
    ('"PT12H"', '["one hour"]', []),
    ('"PT12H"', "[]", []),
]


@pytest.mark.parametrize(("session", "offered", "titles"), DURATIONS)
def test_lengths_are_compared(
    tmp_path: Path, session: str, offered: str, titles: list[str]
) -> None:
    text = _durations(session, offered)
    assert [it.title for it in findings(_write(tmp_path, text), STRATEGY_RULES)] == titles


def _durations(session: str, offered: str) -> str:
    text = base_text("sso").replace('"PT1H"', session).replace('["1h"]', offered)
    return text + 'variable "length" {}\nvariable "lengths" {}\n'


def test_a_role_that_no_policy_of_the_group_names(tmp_path: Path) -> None:
    text = base_text("iam").replace("= 3600", "= 43200")
    assert _codes(tmp_path / "named", text) == ["SYM215"]
    text = text.replace("resources = [aws_iam_role.reader.arn]", 'resources = ["*"]')
    assert _codes(tmp_path / "not", text) == []


def _write(directory: Path, text: str) -> Path:
    return write(directory, {**base("iam"), "main.tf": text})


def _codes(directory: Path, text: str) -> list[str]:
    return [it.code for it in findings(_write(directory, text), STRATEGY_RULES)]


def _check_undecided(directory: Path, text: str, rule: type[Rule]) -> None:
    outcomes = list(rule().check(configuration(_write(directory, text))))
    assert [type(it) for it in outcomes] == [Undecided]


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    functions = {f"{arn} in {arns}": _functions(arn, arns) for arn, arns, _ in FUNCTIONS}
    durations = {f"{it} of {offered}": _durations(it, offered) for it, offered, _ in DURATIONS}
    compare_transcript(
        __file__,
        transcripts_of_mistakes(tmp_path / "mistakes", MISTAKES | CHANGES),
        transcripts(tmp_path / "functions", functions, LambdaArn),
        transcripts(tmp_path / "durations", durations, SessionLength),
    )
