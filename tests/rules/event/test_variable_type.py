"""SYM619: variables of a flow, which are strings, taken for numbers and booleans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings, rules_of, undecided
from support.writing import flow_with, write

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.finding import Finding

RULE = rules_of("SYM619")
VARS = '  vars = { limit = 3, open = var.open, on = true, off = "False", channel = "#access" }\n'
HEAD = "from datetime import timedelta\nfrom sym.sdk.integrations import okta\n"


def found_in(root: Path, body: str) -> list[Finding]:
    body = body.replace("V[", "event.flow.vars[").replace("V.", "event.flow.vars.")
    files = flow_with(f"{HEAD}@hook\ndef on_request(event):\n    {body}\n", VARS)
    files["main.tf"] += 'variable "open" {}\n'
    return findings(write(root, files), RULE)


TITLE = 'the variable "{}" is a string, and is {}'
FAILS = "The code raises TypeError when somebody asks for access."
NEVER = "It is never equal to what it is compared with."
WRONG = {
    'V["limit"] == 3': ("limit", "compared with a number", NEVER),
    '3 != V["limit"]': ("limit", "compared with a number", NEVER),
    'V["limit"] in (1, 2)': ("limit", "compared with a number", NEVER),
    'V["limit"] is True': ("limit", "compared with a boolean", NEVER),
    'V["on"] == True': ("on", "compared with a boolean", NEVER),
    'V["limit"] > 3': ("limit", "compared with a number", FAILS),
    '0 < V["limit"] < 3': ("limit", "compared with a number", FAILS),
    'len(event.user.email) >= V["limit"]': ("limit", "compared with a number", FAILS),
    'event.user.get_event_count("request") > V["limit"]': ("limit", "compared with a number", FAILS),
    'event.get_actor("request").get_event_count("request") > V["limit"]': ("limit", "compared with a number", FAILS),
    'V["on"] == okta.is_user_in_group(event.user, group_id="a")': ("on", "compared with a boolean", NEVER),
    'limit = V["limit"]\n    limit > 2': ("limit", "compared with a number", FAILS),
    'limit = 2\n    V["limit"] > limit': ("limit", "compared with a number", FAILS),
    'V["open"] > 3': ("open", "compared with a number", FAILS),
    'V.get("limit", 4) > 3': ("limit", "compared with a number", FAILS),
    'V["limit"] - 1': ("limit", "used as a number", FAILS),
    'V["limit"] + 1': ("limit", "used as a number", FAILS),
    'timedelta(hours=V["limit"])': ("limit", "used as a number", FAILS),
    'range(V["limit"])': ("limit", "used as a number", FAILS),
    'V["limit"] * 60': ("limit", "used as a number", "A text times a number is the text, so many times."),
    'if V["on"]:\n        pass': ("on", "used as a condition", 'Every text that is not empty counts as true, "false" as well.'),
    'x = 1 if not V["off"] else 2': ("off", "used as a condition", 'Every text that is not empty counts as true, "false" as well.'),
    'if event.user and V["off"]:\n        pass': ("off", "used as a condition", 'Every text that is not empty counts as true, "false" as well.'),
    '[x for x in y if V["off"]]': ("off", "used as a condition", 'Every text that is not empty counts as true, "false" as well.'),
}  # fmt: skip  # a case a line


@pytest.mark.parametrize("body", WRONG)
def test_a_variable_that_is_taken_for_something_else(tmp_path: Path, body: str) -> None:
    key, how, why = WRONG[body]
    (found,) = found_in(tmp_path, body)
    assert (found.title, found.why, found.severity) == (TITLE.format(key, how), why, "warning")
    assert found.range.path == str(tmp_path / "impl.py")
    assert found.related[0].label == f"the variable {key} of sym_flow.iam"


def test_what_to_write(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, 'V["limit"] > 3')
    assert found.help == 'write int(event.flow.vars["limit"])'
    (found,) = found_in(tmp_path, 'if V["on"]:\n        pass')
    assert found.help == 'write event.flow.vars["on"] == "true"'
    assert found.related[0].range.text == "true"


RIGHT = [
    'int(V["limit"]) > 3',
    'float(V["limit"]) == 3',
    'limit = int(V["limit"])\n    limit > 3',
    'limit = V["limit"]\n    limit = int(limit)\n    limit > 3',
    'V["on"] == "true"',
    'V["on"].lower() == "true"',
    'V["on"] in ("true", "yes")',
    'if V["channel"]:\n        pass',
    'if V.get("missing"):\n        pass',
    'V.get("missing", 5) > 3',
    'V["missing"] > 3',
    'len(V["channel"]) > 3',
    'V["channel"] + "x"',
    'V["channel"] * 2',
    '"-" * int(V["limit"])',
    '"%s" % V["limit"]',
    'V["channel"] % 3',
    'timedelta(hours=int(V["limit"]))',
    "def range(x):\n        return x\n    range(V['limit'])",
    'if int(V["limit"]):\n        pass',
    'V["limit"] == event.user.email',
    'V["limit"] == None',
    'event.payload.fields["limit"] > 3',
    'if V["channel"] == "x":\n        V["limit"] > 3',
    'bool(V["on"]) if False else json.loads(V["on"])',
]


@pytest.mark.parametrize("body", RIGHT)
def test_what_is_right(tmp_path: Path, body: str) -> None:
    assert not found_in(tmp_path, body)


def test_a_condition_whose_value_is_not_known(tmp_path: Path) -> None:
    assert not found_in(tmp_path, 'if V["open"]:\n        pass')
    assert [it[2] for it in undecided(tmp_path, RULE)] == ["the variable has no value"]


def test_the_variables_of_a_flows_filter(tmp_path: Path) -> None:
    main = (
        'resource "sym_flows_filter" "all" {\n  implementation = file("${path.module}/f.py")\n'
        '  vars = { threshold = "3" }\n}\n'
    )
    code = (
        "from sym.sdk.annotations import reducer\n\n\n@reducer\n"
        'def get_flows(user, flows, given):\n    return len(flows) > given["threshold"]\n'
    )
    (found,) = findings(write(tmp_path, {"main.tf": main, "f.py": code}), RULE)
    assert found.range.text == 'given["threshold"]'
