"""SYM624: variables of a flow that no code reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings, rules_of, undecided
from support.writing import flow_with, write

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.finding import Finding

RULE = rules_of("SYM624")
VARS = '  vars = { channel = "#access", other = "x" }\n'


def found_in(root: Path, body: str, params: str = "", more: str = "") -> list[Finding]:
    head = "def helper(x):\n    return x.user\n\n\n"
    files = flow_with(f"{head}@hook\ndef on_request(event):\n    {body}\n", VARS, params)
    files["main.tf"] += more
    return findings(write(root, files), RULE)


UNREAD = [
    'event.flow.vars["channel"]',
    'event.flow.vars.get("channel")\n    helper(event)',
    'x = event.flow.vars\n    x["channel"]',
    "# other\n    channel = 'channel'",
]


@pytest.mark.parametrize("body", UNREAD)
def test_a_variable_that_no_code_reads(tmp_path: Path, body: str) -> None:
    (found,) = found_in(tmp_path, body)
    assert (found.range.text, found.severity) == ("other", "note")
    assert found.title == "no code of the flow reads the variable other"


READ = 'event.flow.vars["channel"]\n    '
UNKNOWN = [
    "for key in event.flow.vars:\n        pass",
    "event.flow.vars[event.user.email]",
    "dict(event.flow.vars)",
    "requests.post('x', json=event)",
    "aws_lambda.invoke('x', event)",
    "send([event])",
    "getattr(event.flow, 'va' + 'rs')",
    "thing().vars['x']",
]


@pytest.mark.parametrize("body", UNKNOWN)
def test_code_that_may_read_any(tmp_path: Path, body: str) -> None:
    assert not found_in(tmp_path, READ + body)
    assert len(undecided(tmp_path, RULE)) == 1


def test_both_are_read(tmp_path: Path) -> None:
    assert not found_in(tmp_path, READ + 'event.flow.vars["other"]')
    assert not found_in(tmp_path, READ + 'name = "other"\n    event.flow.vars.get(name)')


ON_CHANGE = """
    prompt_field {
      name      = "team"
      type      = "string"
      on_change = <<-EOT
        def on_change_team(username, form):
            form.flow_vars["other"]
            return form
      EOT
    }
"""


def test_code_of_prompt_fields_reads_too(tmp_path: Path) -> None:
    assert not found_in(tmp_path, READ, ON_CHANGE)


STRATEGY = """
resource "sym_strategy" "this" {
  type           = "aws_lambda"
  name           = "this"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = []
}
"""


def test_a_function_gets_the_event(tmp_path: Path) -> None:
    strategy_id = "    strategy_id = sym_strategy.this.id\n"
    assert not found_in(tmp_path, READ, strategy_id, STRATEGY)
    assert len(found_in(tmp_path, READ, strategy_id, STRATEGY.replace("aws_lambda", "okta"))) == 1


def test_a_map_that_several_flows_share(tmp_path: Path) -> None:
    files = flow_with(
        '@hook\ndef on_deny(e):\n    e.flow.vars["channel"]\n', "  vars = local.all\n"
    )
    files["main.tf"] += 'locals {\n  all = { channel = "#access", other = "x" }\n}\n'
    assert len(findings(write(tmp_path, files), RULE)) == 1
    other = "".join(files["main.tf"].partition('resource "sym_flow"')[1:]).partition("locals {")[0]
    other = other.replace('"iam"', '"second"').replace("/impl.py", "/second.py")
    files["main.tf"] += other
    files["second.py"] = files["impl.py"].replace("channel", "other")
    assert not findings(write(tmp_path, files), RULE)
