"""SYM501 to SYM505: the runtime, the integrations and the error logger of an environment."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.checking import configuration, findings, rules_of, undecided
from support.mistakes import Mistake, changed, check
from support.transcript import compare_transcript, transcripts_of_mistakes
from support.writing import base, base_text, flow_with, write

from symlint.lint.finding import Undecided
from symlint.rules.environments.error_logger import ErrorLoggerRule
from symlint.rules.environments.runtime import EnvironmentRuntime
from symlint.sym.event.sdk_use import sdk_uses
from symlint.sym.words import with_article

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.finding import Finding

SLACK_ID = "    slack_id     = "
PAGERDUTY_ID = "    pagerduty_id = "
LOGGER = 'resource "sym_error_logger" "slack" {\n  integration_id = '

MISTAKES = {
    "a null runtime": Mistake.of("access", "  runtime_id          = ", "module.runtime_connector.sym_runtime.id", "null", "SYM501", "the environment has no runtime, which an aws_iam strategy needs", "warning"),
    "an empty runtime": Mistake.of("access", "  runtime_id          = ", "module.runtime_connector.sym_runtime.id", '""', "SYM501", "the environment has no runtime, which an aws_iam strategy needs", "warning"),
    "Slack for PagerDuty": Mistake.of("access", PAGERDUTY_ID, "sym_integration.pagerduty.id", "sym_integration.slack.id", "SYM502", "pagerduty_id leads to a slack integration, not to a pagerduty one", also=("SYM920",)),
    "PagerDuty for Slack": Mistake.of("access", SLACK_ID, "sym_integration.slack.id", "sym_integration.pagerduty.id", "SYM502", "slack_id leads to a pagerduty integration, not to a slack one"),
    "a runtime's context for Slack": Mistake.of("access", SLACK_ID, "sym_integration.slack.id", "module.runtime_connector.sym_integration.id", "SYM502", "slack_id leads to a permission_context integration, not to a slack one"),
    "an error logger in PagerDuty": Mistake.of("access", LOGGER, "sym_integration.slack.id", "sym_integration.pagerduty.id", "SYM504", "error logger cannot report to a pagerduty integration"),
    "an error logger in AWS": Mistake.of("legacy", LOGGER, "sym_integration.slack.id", "sym_integration.runtime.id", "SYM504", "error logger cannot report to a permission_context integration"),
    "a channel without #": Mistake.of("access", "  destination    = ", '"#access-errors"', '"access-errors"', "SYM504", '"access-errors" is not a Slack channel: #name or a channel id', "warning"),
}  # fmt: skip  # one case a line


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("name", "placement"),
    [(name, placement) for name, it in MISTAKES.items() for placement in it.placements],
)
def test_a_mistake_is_found_where_it_is_written(tmp_path: Path, name: str, placement: str) -> None:
    check(tmp_path, MISTAKES[name], placement)


RUNTIME = "  runtime_id          = module.runtime_connector.sym_runtime.id\n"


@pytest.mark.parametrize("module", [False, True])
def test_a_lost_runtime(tmp_path: Path, module: bool) -> None:
    (found,) = changed(tmp_path, "access", (RUNTIME, ""), module=module)
    assert (found.code, found.range.text) == ("SYM501", 'resource "sym_environment" "main"')
    assert found.help == "write runtime_id = module.runtime_connector.sym_runtime.id"


def test_a_runtime_is_not_needed_without_aws(tmp_path: Path) -> None:
    text = base_text("access").replace(RUNTIME, "").replace('"aws_iam"', '"okta"')
    sym = configuration(write(tmp_path, {"main.tf": text, "impl.py": "", "get_flows.py": ""}))
    assert [it for it in EnvironmentRuntime().check(sym) if hasattr(it, "title")] == []


def test_a_runtime_that_is_not_known(tmp_path: Path) -> None:
    text = base_text("access").replace(RUNTIME, "  runtime_id = var.runtime_id\n")
    text += 'variable "runtime_id" {}\n'
    sym = configuration(write(tmp_path, {"main.tf": text, "impl.py": "", "get_flows.py": ""}))
    assert [type(it) for it in EnvironmentRuntime().check(sym)] == [Undecided]


USE = "from sym.sdk.integrations import aws_lambda\n\naws_lambda.invoke('arn', {})\n"


@pytest.mark.parametrize(
    ("code", "used"),
    [
        (USE, True),
        ("from sym.sdk.integrations import aws_lambda as sdk\nsdk.invoke('arn')\n", True),
        ("from sym.sdk.integrations.aws_lambda import invoke\ninvoke('arn')\n", True),
        ("from sym.sdk.integrations import aws_lambda, slack\nslack.channel('#a')\n", False),
        ("# aws_lambda.invoke('arn')\n", False),
        ("from other import aws_lambda\naws_lambda.invoke('arn')\n", False),
        ("from .sym.sdk.integrations import aws_lambda\naws_lambda.invoke('arn')\n", False),
        ("from .sym.sdk.integrations.aws_lambda import invoke\n", False),
        ("from sym.sdk.integrations import okta as aws_lambda\naws_lambda.invoke()\n", False),
        ("from sym.sdk.integrations import aws_lambda\nprint(aws_lambda)\n", False),
        ("from sym.sdk.integrations import aws_lambda\nown().aws_lambda.invoke()\n", False),
        ("import sym\n", False),
        ("aws_lambda is no Python\n", None),
        ("aws_lambda = " + "(" * 5000, None),
        ("aws_lambda\0", None),
    ],
)
def test_whether_code_uses_the_sdk(tmp_path: Path, code: str, used: bool | None) -> None:
    (flow,) = configuration(write(tmp_path, {**flow_with(""), "impl.py": code})).flows
    uses = sdk_uses(flow)
    assert ("aws_lambda" in uses.sure, bool(uses.reason)) == (used is True, used is None)


def test_a_lost_runtime_of_an_implementation(tmp_path: Path) -> None:
    flow = base_text("legacy").replace("  runtime_id      = sym_runtime.main.id\n", "")
    flow = flow.replace('"${path.module}/impl.py"', 'file("${path.module}/impl.py")')
    root = write(tmp_path, {"main.tf": flow, "impl.py": USE})
    found = findings(root, (EnvironmentRuntime,))
    assert [it.title for it in found] == [
        "the environment has no runtime, which the aws_lambda module of the SDK needs"
    ]


# --- the type of an integration ---


@pytest.mark.parametrize("placement", ["root", "local", "variable", "passed", "module"])
def test_the_type_of_an_integration_that_all_uses_contradict(
    tmp_path: Path, placement: str
) -> None:
    mistake = Mistake.of(
        "access",
        "  type        = ",
        '"slack"',
        '"github"',
        "SYM502",
        "slack_id leads to a github integration, not to a slack one",
        also=("SYM314",),
    )
    check(tmp_path, mistake, placement)


def test_the_type_of_an_integration_that_its_only_use_contradicts(tmp_path: Path) -> None:
    old = 'type        = "pagerduty"'
    found = changed(tmp_path, "access", (old, old.replace("pagerduty", "knowbe4")))
    assert [it.code for it in found if it.code[:4] == "SYM5"] == ["SYM502"]


def test_an_error_logger_whose_integration_has_the_wrong_type(tmp_path: Path) -> None:
    text = LOGGER_ALONE.replace('"slack"\n  name', '"pagerduty"\n  name')
    (found,) = findings(write(tmp_path, {"main.tf": text}), (ErrorLoggerRule,))
    assert (found.range.text, found.help) == ('"pagerduty"', 'write type = "slack"')
    assert findings(write(tmp_path, {"main.tf": LOGGER_ALONE}), (ErrorLoggerRule,)) == []


LOGGER_ALONE = """
resource "sym_integration" "slack" {
  type        = "slack"
  name        = "slack"
  external_id = "T0ORCHARD1"
}

resource "sym_error_logger" "slack" {
  integration_id = sym_integration.slack.id
  destination    = "C0123456789"
}
"""


# --- keys ---

KEYS = {
    "without _id": ("slack_id    ", "slack       ", "slack", True),
    "mistyped": ("pagerduty_id", "pager_duty_id", "pager_duty_id", True),
    "an own one without _id": ("pagerduty_id", "on_call     ", "on_call", False),
}


@pytest.mark.parametrize("module", [False, True])
@pytest.mark.parametrize("name", KEYS)
def test_a_key_that_nobody_looks_up(tmp_path: Path, name: str, module: bool) -> None:
    old, new, key, fixable = KEYS[name]
    (found,) = changed(tmp_path, "access", (f"    {old} =", f"    {new} ="), module=module)
    assert (found.code, found.severity, found.range.text) == ("SYM502", "warning", key)
    assert (found.fix is not None) is fixable


@pytest.mark.parametrize("key", ["circleci_id", "on_call_id", "victorops_id"])
def test_a_key_of_the_implementations_own(tmp_path: Path, key: str) -> None:
    assert changed(tmp_path, "access", ("    pagerduty_id =", f"    {key} =")) == []


# --- what is missing ---

CALLS_SLACK = """from sym.sdk.annotations import reducer
from sym.sdk.integrations import slack


@reducer
def get_approvers(event):
    return slack.channel("#access")
"""


def test_an_environment_without_slack(tmp_path: Path) -> None:
    old = "    slack_id     = sym_integration.slack.id\n"
    (found,) = without_slack(tmp_path, "access", old)
    assert (found.code, found.range.text) == ("SYM503", "integrations")
    assert found.title == "the environment has no slack_id, which sym_flow.access needs"
    assert "add slack_id = sym_integration.slack.id" in found.help


def test_code_that_the_provider_reads_itself(tmp_path: Path) -> None:
    old = "\n  integrations = {\n    slack_id = sym_integration.slack.id\n  }\n"
    (found,) = without_slack(tmp_path, "legacy", old)
    assert found.related[0].range.path == str(tmp_path / "impl.py")
    text = base_text("legacy").replace(old, "").replace('"${path.module}/impl.py"', "var.code")
    write(tmp_path, {"main.tf": text + 'variable "code" {}\n'})
    assert findings(tmp_path, rules_of("SYM503")) == []
    said = undecided(tmp_path, rules_of("SYM503"))
    assert [reason for _, _, reason in said] == ["the variable has no value"]


SLACK_FLOW = """
resource "sym_integration" "slack" {{
  type        = "slack"
  name        = "main"
  external_id = "T0ORCHARD1"
}}
resource "sym_environment" "main" {{
  {each}
  name         = "main-${{each.key}}"
  integrations = {integrations}
}}
resource "sym_flow" "access" {{
  {each}
  name           = "access-${{each.key}}"
  implementation = {code}
  environment_id = sym_environment.main[each.key].id
}}
"""
USES_SLACK = 'file("${path.module}/impl.py")'
NO_SLACK = "{ okta_id = sym_integration.slack.id }"


@pytest.mark.parametrize(
    ("integrations", "code"),
    [
        (NO_SLACK, USES_SLACK),
        ("{}", USES_SLACK),
        ("null", USES_SLACK),
        ("{ for key in [] : key => key }", USES_SLACK),
        (NO_SLACK, r'"from sym.sdk.integrations import slack as s\ns.channel(\"#access\")\n"'),
    ],
)
@pytest.mark.parametrize("module", [False, True])
def test_a_flow_that_uses_slack(tmp_path: Path, integrations: str, code: str, module: bool) -> None:
    found = slack_findings(tmp_path, integrations, code, module)
    assert [it.code for it in found] == ["SYM503"]


@pytest.mark.parametrize(
    ("integrations", "code"),
    [
        ("{ slack_id = sym_integration.slack.id }", USES_SLACK),
        ("merge({ slack_id = sym_integration.slack.id }, {})", USES_SLACK),
        ("var.integrations", USES_SLACK),  # not known
        (NO_SLACK, "var.code"),
        (NO_SLACK, r'"from sym.sdk.integrations import slack, okta\nokta.users_in_group()\n"'),
        (NO_SLACK, '"slack = 1"'),
    ],
)
@pytest.mark.parametrize("module", [False, True])
def test_slack_is_there_or_not_needed(
    tmp_path: Path, integrations: str, code: str, module: bool
) -> None:
    variables = 'variable "integrations" {}\nvariable "code" {}\n'
    assert slack_findings(tmp_path, integrations, code, module, variables) == []


def slack_findings(
    tmp_path: Path, integrations: str, code: str, module: bool, variables: str = ""
) -> list[Finding]:
    """What SYM503 says of two environments and their flows, in the root module or a called one."""
    each = 'for_each = toset(["a", "b"])'
    text = variables + SLACK_FLOW.format(integrations=integrations, code=code, each=each)
    folder = "flows/" if module else ""
    files = {f"{folder}main.tf": text, f"{folder}impl.py": CALLS_SLACK}
    if module:
        given = "  integrations = var.integrations\n  code = var.code\n" if variables else ""
        files["main.tf"] = f'{variables}module "flows" {{\n  source = "./flows"\n{given}}}\n'
    return findings(write(tmp_path, files), rules_of("SYM503"))


def without_slack(tmp_path: Path, name: str, lost: str) -> list[Finding]:
    """What is said of a base whose implementation uses Slack, without a part of the text."""
    text = base_text(name)
    assert lost in text
    files = {**base(name), "main.tf": text.replace(lost, "")}
    files |= {path: CALLS_SLACK for path in files if path.endswith(".py")}
    return findings(write(tmp_path, files), rules_of("SYM503"))


def test_integrations_that_are_not_known(tmp_path: Path) -> None:
    old = "{\n    slack_id = sym_integration.slack.id\n  }\n"
    extra = 'variable "integrations" {\n  type = map(string)\n}\n'
    assert changed(tmp_path, "legacy", (old, "var.integrations\n"), extra=extra) == []


def test_an_environment_without_an_error_logger(tmp_path: Path) -> None:
    old = "  error_logger_id = sym_error_logger.slack.id\n"
    found = changed(tmp_path, "legacy", (old, ""))
    assert [(it.code, it.severity) for it in found] == [("SYM920", "note"), ("SYM505", "note")]
    assert found[1].help == "write error_logger_id = sym_error_logger.slack.id"


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    compare_transcript(__file__, transcripts_of_mistakes(tmp_path, MISTAKES))


# --- keys that are named after a type ---

NAMED_KEY = """
resource "sym_integration" "slack" {
  type        = "slack"
  name        = "slack"
  external_id = "T0ORCHARD1"
}

resource "sym_integration" "other" {
  type        = "TYPE"
  name        = "other"
  external_id = "other"
}

resource "sym_environment" "main" {
  name = "main"

  integrations = {
    slack_id = sym_integration.slack.id
    KEY      = ID
  }
}
"""
IDS = {
    "root": "sym_integration.other.id",
    "local": "local.id",
    "for_each": '{ for it in [sym_integration.other] : "x" => it.id }["x"]',
}


def named_key(directory: Path, form: str, key: str, type_: str) -> Path:
    text = NAMED_KEY.replace("TYPE", type_).replace("KEY", key)
    text = text.replace(" ID", f" {IDS.get(form, IDS['root'])}")
    if form == "local":
        text += "locals {\n  id = sym_integration.other.id\n}\n"
    if form == "module":
        call = 'module "part" {\n  source = "./part"\n}\n'
        return write(directory, {"main.tf": call, "part/main.tf": text})
    if form == "json":
        environment = {
            "name": "main",
            "integrations": {
                "slack_id": "${sym_integration.slack.id}",
                key: "${sym_integration.other.id}",
            },
        }
        block = json.dumps({"resource": {"sym_environment": {"main": environment}}})
        integrations = text.partition('resource "sym_environment"')[0]
        return write(directory, {"main.tf": integrations, "environment.tf.json": block})
    return write(directory, {"main.tf": text})


@pytest.mark.parametrize("form", ["root", "local", "for_each", "module", "json"])
@pytest.mark.parametrize("name", ["aptible", "segment", "tailscale"])
def test_a_key_that_is_named_after_another_type(tmp_path: Path, name: str, form: str) -> None:
    rules = rules_of("SYM502")
    wrong = named_key(tmp_path / "wrong", form, f"{name}_id", "pagerduty")
    (found,) = findings(wrong, rules)
    title = f"{name}_id leads to a pagerduty integration, not to {with_article(name)} or custom one"
    assert (found.title, found.severity) == (title, "warning")
    for right in (name, "custom", "pigeons"):
        root = named_key(tmp_path / right, form, f"{name}_id", right)
        assert findings(root, rules) == []


@pytest.mark.parametrize("key", ["custom_id", "on_call_id", "aptible_prod_id"])
def test_a_key_that_is_named_after_no_type(tmp_path: Path, key: str) -> None:
    assert findings(named_key(tmp_path, "root", key, "pagerduty"), rules_of("SYM502")) == []
