"""SYM611: integrations that the code of a flow works with, and its environment does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings, rules_of, undecided
from support.writing import flow_with, write

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.finding import Finding

RULE = rules_of("SYM611")
INTEGRATIONS = "    slack_id = sym_integration.slack.id"
CALL = "okta.is_user_in_group(event.user, group_id='00g1')"


def found_in(
    root: Path, body: str, *edits: tuple[str, str], params: str = "", more: str = "", head: str = ""
) -> list[Finding]:
    files = flow_with(f"{head}@hook\ndef on_request(event):\n    {body}\n", "", params)
    for old, new in edits:
        assert old in files["main.tf"]
        files["main.tf"] = files["main.tf"].replace(old, new)
    files["main.tf"] += more
    return findings(write(root, files), RULE)


USES = {
    "a call": (CALL, ""),
    "another name": (
        "o.is_user_in_group(event.user, group_id='a')",
        "from sym.sdk.integrations import okta as o\n",
    ),
    "a function": (
        "is_user_in_group(event.user, group_id='a')",
        "from sym.sdk.integrations.okta import is_user_in_group\n",
    ),
    "a dotted name": ("sym.sdk.integrations.okta.list_groups()", "import sym.sdk.integrations.okta\n"),
    "a helper": ("check(event)", f"def check(event):\n    return {CALL}\n"),
    "twice": (f"{CALL}\n    {CALL}", ""),
}  # fmt: skip  # a case a line


@pytest.mark.parametrize(("body", "head"), USES.values(), ids=USES)
def test_a_module_without_its_integration(tmp_path: Path, body: str, head: str) -> None:
    (found,) = found_in(tmp_path, body, head=head)
    assert found.severity == "warning"
    assert found.title == "okta is used, and the environment has no okta_id"
    assert found.range.path == str(tmp_path / "impl.py")
    assert found.help == "add okta_id = sym_integration.<name>.id"
    assert [it.range.text for it in found.related] == ["integrations", "sym_environment.main.id"]
    assert found.related[0].label == "the integrations of the environment: slack_id"


def test_the_integration_that_is_declared_beside_it(tmp_path: Path) -> None:
    okta = 'resource "sym_integration" "okta" {\n  type = "okta"\n  name = "okta"\n}\n'
    (found,) = found_in(tmp_path, CALL, more=okta)
    assert found.help == "add okta_id = sym_integration.okta.id"


KEYS = {
    "item": ('KEYS["okta"]', "error"),
    "alias": ('keys = KEYS\n    keys["okta"]', "error"),
    "get": ('KEYS.get("okta")', "note"),
}


@pytest.mark.parametrize(("body", "severity"), KEYS.values(), ids=KEYS)
def test_a_key_that_is_missing(tmp_path: Path, body: str, severity: str) -> None:
    body = body.replace("KEYS", "event.flow.environment.integrations")
    (found,) = found_in(tmp_path, body)
    assert (found.severity, found.title) == (severity, "environment has no integration okta_id")
    assert (found.range.text, found.related[0].range.text) == ('"okta"', "integrations")


def test_a_key_with_the_ending_that_only_terraform_has(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, 'event.flow.environment.integrations["slack_id"]')
    assert found.title == 'Python has no integration "slack_id"'
    assert found.help == 'write "slack": Python knows the integrations without _id'


def test_one_missing_integration_is_said_once(tmp_path: Path) -> None:
    body = f'event.flow.environment.integrations["okta"]\n    {CALL}'
    assert [it.severity for it in found_in(tmp_path, body)] == ["error"]


def test_an_environment_without_integrations(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, CALL, (f"  integrations = {{\n{INTEGRATIONS}\n  }}\n", ""))
    assert found.related[0].range.text == 'resource "sym_environment" "main"'
    assert found.related[0].label == "it has no integrations"


STRATEGY = """
resource "sym_strategy" "this" {
  type           = "TYPE"
  name           = "this"
  integration_id = sym_integration.this.id
  targets        = []
}

resource "sym_integration" "this" {
  type = "INTEGRATION"
  name = "this"
}
"""
ID = "    strategy_id = sym_strategy.this.id\n"


@pytest.mark.parametrize(
    ("type_", "integration", "served"),
    [
        ("okta", "okta", True),
        ("custom", "okta", True),
        ("custom", "custom", False),
        ("aws_sso", "permission_context", False),
        ("github", "github", False),
    ],
)
def test_what_the_strategy_of_the_flow_works_with(
    tmp_path: Path, type_: str, integration: str, served: bool
) -> None:
    more = STRATEGY.replace("TYPE", type_).replace("INTEGRATION", integration)
    assert (not found_in(tmp_path, CALL, params=ID, more=more)) is served


RIGHT = {
    "imported": ("pass", "from sym.sdk.integrations import pagerduty\n"),
    "without an integration": ("s.get_config()", "from sym.sdk.integrations import sym as s\n"),
    "slack, of which another rule speaks": (
        "s.channel('#a')",
        "from sym.sdk.integrations import slack as s\n",
    ),
    "commented out": (f"pass  # {CALL}", ""),
    "tested": (f'if "okta" in event.flow.environment.integrations:\n        {CALL}', ""),
    "caught": (f"try:\n        {CALL}\n    except Exception:\n        pass", ""),
    "another thing": ("okta.is_user_in_group()", "from own import okta\n"),
    "there": ('event.flow.environment.integrations["slack"].settings', ""),
    "not called": ("pass", f"def unused(event):\n    return event.user and {CALL}\n"),
}  # fmt: skip  # a case a line


@pytest.mark.parametrize(("body", "head"), RIGHT.values(), ids=RIGHT)
def test_what_is_right(tmp_path: Path, body: str, head: str) -> None:
    assert not found_in(tmp_path, body, head=head)


def test_the_integration_is_there(tmp_path: Path) -> None:
    for key in ("okta_id", "okta_production_id"):
        assert not found_in(tmp_path, CALL, (INTEGRATIONS, f'    {key} = "0f8fad5b"'))


UNKNOWN = {
    "integrations": (f"{{\n{INTEGRATIONS}\n  }}", "var.open", 'variable "open" {}\n'),
    "empty by default": (
        f"{{\n{INTEGRATIONS}\n  }}",
        "merge({ a_id = 1 }, var.open)",
        'variable "open" {\n  default = {}\n}\n',
    ),
    "environment": ("sym_environment.main.id", "var.open", 'variable "open" {}\n'),
}


@pytest.mark.parametrize(("old", "new", "more"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_not_known(tmp_path: Path, old: str, new: str, more: str) -> None:
    assert not found_in(tmp_path, CALL, (old, new), more=more)
    assert len(undecided(tmp_path, RULE)) == 1
    assert not found_in(
        tmp_path, 'event.flow.environment.integrations["okta"]', (old, new), more=more
    )
    assert len(undecided(tmp_path, RULE)) == 1


def test_an_unknown_strategy(tmp_path: Path) -> None:
    params = "    strategy_id = var.open\n"
    assert not found_in(tmp_path, CALL, params=params, more='variable "open" {}\n')
    assert len(undecided(tmp_path, RULE)) == 1


FILTER = """
resource "sym_flows_filter" "this" {
  implementation = file("filter.py")

  integrations = {
    slack_id = sym_integration.slack.id
  }
}
"""


def test_a_flows_filter_has_integrations_of_its_own(tmp_path: Path) -> None:
    code = (
        "from sym.sdk.annotations import reducer\nfrom sym.sdk.integrations import okta, slack\n\n\n"
        "@reducer\ndef get_flows(user, flows, v):\n    print(slack.get_user_info(user))\n"
        "    return flows if okta.is_user_in_group(user, group_id='a') else []\n"
    )
    files = flow_with("")
    write(tmp_path, {**files, "filter.tf": FILTER, "filter.py": code})
    (found,) = findings(tmp_path, RULE)
    assert found.title == "okta is used, and the flows filter has no okta_id"
    assert (found.function, found.range.text) == ("get_flows", "okta.is_user_in_group")
    assert found.related[0].label == "the integrations of the flows filter: slack_id"
    more = FILTER.replace("    slack_id", "    okta_id = var.okta\n    slack_id")
    write(tmp_path, {"filter.tf": more + 'variable "okta" {}\n'})
    assert findings(tmp_path, RULE) == []
    of_environment = FILTER.replace(
        FILTER[FILTER.index("{\n    slack") : FILTER.index("  }\n") + 3], "var.integrations\n"
    )
    write(tmp_path, {"filter.tf": of_environment + 'variable "integrations" {}\n'})
    assert findings(tmp_path, RULE) == []
    assert len(undecided(tmp_path, RULE)) == 2
