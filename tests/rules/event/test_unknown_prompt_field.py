"""SYM610: fields of a request that the code of a flow reads, and its form does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings, rules_of, undecided
from support.writing import flow_with, write

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.finding import Finding

RULE = rules_of("SYM610")
FIELDS = """
    prompt_field {
      name = "urgency"
      type = "string"
    }
"""
STRATEGY = """
resource "sym_target" "admins" {
  type     = "okta_group"
  name     = "admins"
  settings = { group_id = "00g1admins" }
}

resource "sym_strategy" "okta" {
  type           = "okta"
  name           = "okta"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [sym_target.admins.id]
}
"""


def hook(body: str) -> str:
    return f"@hook\ndef on_request(event):\n    {body}\n"


def found_in(root: Path, body: str, params: str = FIELDS, more: str = "") -> list[Finding]:
    files = flow_with(hook(body), "", params)
    files["main.tf"] += more
    return findings(write(root, files), RULE)


WRONG = {
    "item": ('event.payload.fields["reason"]', "error"),
    "alias": ('fields = event.payload.fields\n    fields["reason"]', "error"),
    "payload": ('payload = event.payload\n    payload.fields["reason"]', "error"),
    "get": ('event.payload.fields.get("reason")', "note"),
}


@pytest.mark.parametrize(("body", "severity"), WRONG.values(), ids=WRONG)
def test_a_field_that_is_missing(tmp_path: Path, body: str, severity: str) -> None:
    (found,) = found_in(tmp_path, body)
    assert (found.severity, found.title) == (severity, 'flow has no prompt field "reason"')
    assert found.range.text == '"reason"'
    assert found.related[0].range.text == "params"
    assert found.related[0].label == "the fields of sym_flow.iam: urgency"


def test_the_field_that_was_meant(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, 'event.payload.fields["urgencey"]')
    assert (found.help, found.related[0].range.text) == ("did you mean urgency?", '"urgency"')


@pytest.mark.parametrize("key", ["target", "target_id", "duration"])
def test_what_only_a_strategy_gives(tmp_path: Path, key: str) -> None:
    (found,) = found_in(tmp_path, f'event.payload.fields["{key}"]')
    assert found.title == f'flow has no strategy, and so no field "{key}"'
    assert found.related[0].range.text == "params"
    params = f"    strategy_id = sym_strategy.okta.id\n{FIELDS}"
    assert not found_in(tmp_path, f'event.payload.fields["{key}"]', params, STRATEGY)
    # Where a strategy is left over, that is what is wrong.
    assert not found_in(tmp_path, f'event.payload.fields["{key}"]', FIELDS, STRATEGY)
    own = FIELDS.replace("urgency", key)
    assert not found_in(tmp_path, f'event.payload.fields["{key}"]', own)


def test_the_code_of_a_strategy_is_that_of_its_flows(tmp_path: Path) -> None:
    params = "    strategy_id = sym_strategy.own.id\n"
    strategy = (
        STRATEGY.replace('"okta" {', '"own" {')
        .replace('"okta"\n  name', '"custom"\n  name')
        .replace("  targets ", '  implementation = "${path.module}/own.py"\n  targets ')
    )
    code = """from sym.sdk.strategies import AccessStrategy


class Own(AccessStrategy):
    def fetch_remote_identity(self, user):
        return user.email

    def escalate(self, target_id, event):
        return event.payload.fields["urgency"], event.payload.fields["target"]

    def deescalate(self, target_id, event):
        return event.payload.fields["reason"]
"""
    files = flow_with("", "", params + FIELDS)
    files["main.tf"] += strategy
    files["own.py"] = code
    (found,) = findings(write(tmp_path, files), RULE)
    assert (found.range.text, found.address) == ('"reason"', "sym_strategy.own")
    assert found.related[0].label == "the fields of sym_flow.iam: urgency"


RIGHT = {
    "there": 'event.payload.fields["urgency"]',
    "tested": 'if "reason" in event.payload.fields:\n        event.payload.fields["reason"]',
    "tested with get": 'if event.payload.fields.get("reason", ""):\n        event.payload.fields["reason"]',
    "a default": 'event.payload.fields.get("reason", "none")',
    "or": 'event.payload.fields.get("reason") or "none"',
    "all": "for name, value in event.payload.fields.items():\n        event.payload.fields[name]",
    "caught": 'try:\n        event.payload.fields["reason"]\n    except KeyError:\n        pass',
    "other fields": 'event.get_context("request")["fields"]["reason"]',
    "of another flow": 'if event.flow.name == "a":\n        event.payload.fields["reason"]',
    "copied": 'fields = dict(event.payload.fields)\n    fields["reason"] = 1\n    fields["reason"]',
}  # fmt: skip  # a case a line


@pytest.mark.parametrize("body", RIGHT.values(), ids=RIGHT)
def test_what_is_right(tmp_path: Path, body: str) -> None:
    assert not found_in(tmp_path, body)


DYNAMIC = """
    dynamic "prompt_field" {
      for_each = FOR_EACH
      content {
        name = prompt_field.value
        type = "string"
      }
    }
"""
READ = 'event.payload.fields["reason"]'


def test_dynamic_fields(tmp_path: Path) -> None:
    both = DYNAMIC.replace("FOR_EACH", 'toset(["reason", "urgency"])')
    assert not found_in(tmp_path, READ, both)
    assert len(found_in(tmp_path, READ, DYNAMIC.replace("FOR_EACH", 'toset(["urgency"])'))) == 1


UNKNOWN = {
    "dynamic": (DYNAMIC.replace("FOR_EACH", "var.names"), 'variable "names" {}\n'),
    "empty by default": (
        DYNAMIC.replace("FOR_EACH", "toset(var.names)"),
        'variable "names" {\n  default = []\n}\n',
    ),
    "a name": (FIELDS.replace('"urgency"', "var.names"), 'variable "names" {}\n'),
}


@pytest.mark.parametrize(("params", "more"), UNKNOWN.values(), ids=UNKNOWN)
def test_fields_that_are_not_known(tmp_path: Path, params: str, more: str) -> None:
    assert not found_in(tmp_path, READ, params, more)
    assert len(undecided(tmp_path, RULE)) == 1


def test_an_empty_list_elsewhere_makes_no_difference(tmp_path: Path) -> None:
    params = FIELDS.replace('"string"', '"string"\n      allowed_values = var.names')
    more = 'variable "names" {\n  default = []\n}\n'
    assert len(found_in(tmp_path, READ, params, more)) == 1


JSON = """
  params = {
    prompt_fields_json = jsonencode([{ name = "urgency", type = "string" }])
  }
"""


def test_fields_of_provider_1(tmp_path: Path) -> None:
    files = flow_with(hook(READ))
    files["main.tf"] = files["main.tf"].replace("\n  params {\n  }\n", JSON)
    files["versions.tf"] = files["versions.tf"].replace("~> 3.6", "~> 1.14")
    (found,) = findings(write(tmp_path, files), RULE)
    assert found.related[0].label == "the fields of sym_flow.iam: urgency"
