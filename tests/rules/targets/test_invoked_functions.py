"""SYM214: functions that the code of a flow invokes, and its connector may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings, rules_of, undecided
from support.writing import flow_with, write

from symlint.rules.targets._examples import FUNCTION

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.finding import Finding

RULE = rules_of("SYM214")
HEAD = "from sym.sdk.integrations import aws_lambda\n\n\n@hook\ndef on_request(event):\n    "
KEY = "    slack_id = sym_integration.slack.id"
LISTED = "arn:aws:lambda:us-east-1:111122223333:function:database-access"
OTHER = "arn:aws:lambda:us-east-1:111122223333:function:notify"
OF_FLOW = 'aws_lambda.invoke(event.flow.vars["arn"], {})'


def found_in(
    root: Path, body: str, arn: str = "", *edits: tuple[str, str], key: str = "aws_lambda_id"
) -> list[Finding]:
    vars_ = f"  vars = {{ arn = {arn} }}\n" if arn else ""
    files = flow_with(HEAD + body, vars_)
    files["main.tf"] = files["main.tf"].replace(
        KEY, f"{KEY}\n    {key} = sym_integration.database.id"
    )
    files["main.tf"] += FUNCTION + 'variable "open" {}\n'
    for old, new in edits:
        assert old in files["main.tf"]
        files["main.tf"] = files["main.tf"].replace(old, new)
    return findings(write(root, files), RULE)


@pytest.mark.parametrize("call", ["invoke", "invoke_async"])
@pytest.mark.parametrize("argument", ["{}", "arn={}", "{}, {{}}"])
def test_a_literal(tmp_path: Path, call: str, argument: str) -> None:
    edit = ("[aws_lambda_function.database.arn]", f'["{LISTED}"]')
    body = f"aws_lambda.{call}({argument.format(repr(OTHER))})"
    (found,) = found_in(
        tmp_path, body, "", edit, ("aws_lambda_function.database.arn", f'"{LISTED}"')
    )
    assert (found.range.text, found.function) == (repr(OTHER), "on_request")
    assert found.related[0].range.text == f'["{LISTED}"]'
    assert OTHER in found.help


def test_a_variable_of_the_flow(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, OF_FLOW, "aws_lambda_function.notify.arn")
    assert found.range.text == 'event.flow.vars["arn"]'
    assert [it.range.text for it in found.related] == [
        "[aws_lambda_function.database.arn]",
        "aws_lambda_function.notify.arn",
    ]


def test_the_strategy_of_the_flow_serves(tmp_path: Path) -> None:
    edit = ("  params {\n", "  params {\n    strategy_id = sym_strategy.database.id\n")
    (_,) = found_in(tmp_path, OF_FLOW, "aws_lambda_function.notify.arn", edit, key="other_id")
    assert not found_in(tmp_path, OF_FLOW, "aws_lambda_function.database.arn", edit, key="other_id")


RIGHT = {
    "listed": (OF_FLOW, "aws_lambda_function.database.arn"),
    "not reached": ("if False:\n        " + OF_FLOW, "aws_lambda_function.notify.arn"),
    "computed": ('aws_lambda.invoke(event.flow.vars["arn"] + "", {})', "aws_lambda_function.notify.arn"),
    "not invoked": ('event.flow.vars["arn"]', "aws_lambda_function.notify.arn"),
    "a name": ("aws_lambda.invoke('notify')", ""),
    "of an unknown variable": (OF_FLOW, "var.open"),
}  # fmt: skip  # a case a line


@pytest.mark.parametrize(("body", "arn"), RIGHT.values(), ids=RIGHT)
def test_what_is_right_or_not_known(tmp_path: Path, body: str, arn: str) -> None:
    assert not found_in(tmp_path, body, arn)


def test_what_is_not_known(tmp_path: Path) -> None:
    edit = ("lambda_arns       = [", "lambda_arns       = [var.open, ")
    assert not found_in(tmp_path, OF_FLOW, "aws_lambda_function.notify.arn", edit)
    assert len(undecided(tmp_path, RULE)) == 1
    edit = ("settings    = module.lambda_connector.settings", "settings    = var.open")
    assert not found_in(tmp_path, OF_FLOW, "aws_lambda_function.notify.arn", edit)
