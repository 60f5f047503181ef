"""Ways to a part of the code, and whether a flow reaches it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest
from support.checking import configuration
from support.writing import flow_with, write

from symlint.sym.event.facts import Facts
from symlint.sym.implementation.python_module import PythonModule, parse

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.sym.model.flows import Flow

VARS = '  vars = { mode = "Fast", three = "3", open = var.open }\n'
FIELDS = """
    prompt_field {
      name = "reason"
      type = "string"
    }
"""


@pytest.fixture(scope="module")
def flow(tmp_path_factory: pytest.TempPathFactory) -> Flow:
    root: Path = tmp_path_factory.mktemp("flow")
    files = flow_with("", VARS, FIELDS)
    files["main.tf"] += 'variable "open" {}\n'
    (found,) = configuration(write(root, files)).flows
    return found


def reaches(flow: Flow, body: str, shared: bool = False, more: str = "") -> bool | None:
    """Whether ``mark`` is reached in the body of a hook."""
    text = f"from sym.sdk.annotations import hook\n{more}\n@hook\ndef on_request(e):\n"
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    module = parse(f"from sym.sdk.integrations import okta\n{text}{lines}")
    assert isinstance(module, PythonModule)
    (node,) = (it for it in module.nodes if isinstance(it, ast.Name) and it.id == "mark")
    return Facts(module, flow, shared).reaches(node)


VARS_, FIELDS_, KEYS = "e.flow.vars", "e.payload.fields", "e.flow.environment.integrations"
TESTS = {
    # what Terraform says
    f'{VARS_}["mode"] == "Fast"': True,
    f'{VARS_}["mode"] != "Fast"': False,
    f'{VARS_}["mode"].lower() == "fast"': True,
    f'{VARS_}["mode"].startswith("S")': False,
    f'{VARS_}["mode"] in ("Fast", "Slow")': True,
    f'{VARS_}["mode"] in ("Slow",)': False,
    f'"as" in {VARS_}["mode"]': True,
    f'len({VARS_}["mode"]) == 4': True,
    f'{VARS_}.get("none") is None': True,
    f'{VARS_}.get("none")': False,
    f'not {VARS_}.get("none")': True,
    f'{VARS_}.get("none", "a") == "a"': True,
    f'"mode" in {VARS_}': True,
    f'"none" in {VARS_}': False,
    f'"none" not in {VARS_}': True,
    f'"slack" in {KEYS}': True,
    f'"okta" in {KEYS}': False,
    f'"reason" in {FIELDS_}': True,
    f'"none" in {FIELDS_}': False,
    f'{VARS_}["mode"] == "Fast" and {VARS_}.get("none")': False,
    f'{VARS_}["mode"] == "Fast" or {VARS_}.get("none")': True,
    f'e.user.email and {VARS_}.get("none")': False,
    f'{VARS_}["open"] and {VARS_}.get("none")': False,
    f'(x := {VARS_}.get("none"))': False,
    f'"Fast" in {VARS_}["mode"].split(",")': True,
    f'"Slow" in {VARS_}["mode"].split(",")': False,
    f"(x := {VARS_})": True,
    f"not {VARS_}": False,
    f'{VARS_}["mode"] in MODES': False,
    # what differs at each request
    "e.user.email == 'a'": True,
    "e.user.email != 'a'": True,
    f'{FIELDS_}["reason"] == "x"': True,
    f'{FIELDS_}["target"].name == "x"': True,
    f'okta.is_user_in_group(e.user, group_id={VARS_}["open"])': True,
    f'e.user.email == {VARS_}["open"]': True,
    f'e.user.email in {VARS_}["open"].split(",")': True,
    f'{VARS_}["open"] in e.user.groups': True,
    f'e.user.email in ("a", {VARS_}["open"])': True,
    "requests.get('x').json()": True,
    f'event_in(e.user, {VARS_}["mode"])': None,
    f'len(e.user.name) > int({VARS_}["three"])': True,
    f'e.user.email in {VARS_}["mode"].split(",")': True,
    # what may be one of these
    "other()": None,
    "MODE": None,
    f'{VARS_}["mode"] == MODE': None,
    f'{VARS_}["mode"] in other()': None,
    f'{VARS_}["open"] == "a"': None,
    "e.flow.name == 'x'": None,
    f'{VARS_}["open"].split(",")': None,
    f"len({VARS_}) > 1": None,
    f'{VARS_}["none"]': None,
    f'{VARS_}["mode"] < 3': None,
    f'int({VARS_}["mode"]) == other()': None,
    f'other() > int({VARS_}["open"])': None,
    f'any(it == "x" for it in {VARS_})': None,
    "is_mine(e)": None,
    f'{FIELDS_}["none"] == "x"': None,
}


@pytest.mark.parametrize("test", TESTS)
def test_whether_a_test_may_hold(flow: Flow, test: str) -> None:
    more = "import requests\nMODES = ('a',)\nMODE = 'a' + 'b'\ndef is_mine(x):\n    return x.flow.name == 'a'\n"
    assert reaches(flow, f"if {test}:\n    mark", more=more) is TESTS[test]


@pytest.mark.parametrize(
    "body",
    [
        "if TEST:\n    pass\nelse:\n    mark",
        "if TEST:\n    return\nmark",
        "if not TEST:\n    pass\nelse:\n    return\nmark",
        "assert not TEST\nmark",
        "while not TEST:\n    mark",
        "1 if TEST else mark",
        "TEST or mark",
        "[mark for x in y if not TEST]",
        "[x for x in y if not TEST if mark]",
        "if TEST:\n    if a:\n        return\n    else:\n        raise b\nmark",
        "for x in y:\n    if TEST:\n        continue\n    mark",
        "z = TEST\nif z:\n    return\nmark",
        "def inner():\n    if TEST:\n        return\n    mark\ninner()",
    ],
)  # fmt: skip  # a case a line
def test_ways_on_which_something_does_not_hold(flow: Flow, body: str) -> None:
    assert reaches(flow, body.replace("TEST", f'({VARS_}["mode"] == "Fast")')) is False
    assert reaches(flow, body.replace("TEST", f'({VARS_}["mode"] == "Slow")')) is True
    assert reaches(flow, body.replace("TEST", f'({VARS_}["open"] == "Slow")')) is None


def test_a_helper_is_reached_by_any_of_its_calls(flow: Flow) -> None:
    helper = "def helper(x):\n    return mark\n"
    slow, fast = f'if {VARS_}["mode"] == "Slow":\n    helper(e)\n', "helper(e)"
    assert reaches(flow, slow, more=helper) is False
    assert reaches(flow, slow + fast, more=helper) is True
    recursive = "def helper(x):\n    helper(mark)\n"
    assert reaches(flow, "pass", more=recursive) is False


def test_helpers_that_ask_a_service(flow: Flow) -> None:
    helpers = """
import requests

def ask(path, integration):
    return requests.get(path, headers=integration.settings)

def is_on_call(event):
    integration = event.flow.environment.integrations["slack"]
    return event.user.email in ask("/users", integration) or ask("/others", integration)

def is_mine(event):
    return event.flow.name == "a" and ask("/users", 1)
"""
    assert reaches(flow, "if is_on_call(e):\n    mark", more=helpers) is True
    assert reaches(flow, "if is_mine(e):\n    mark", more=helpers) is None


def test_what_is_caught(flow: Flow) -> None:
    for caught in ("KeyError", "Exception", "(ValueError, KeyError)", ""):
        assert reaches(flow, f"try:\n    mark\nexcept {caught}:\n    pass") is False
    assert reaches(flow, "try:\n    pass\nexcept KeyError:\n    mark") is True
    assert reaches(flow, "try:\n    mark\nexcept ValueError:\n    pass") is True
    assert reaches(flow, "with contextlib.suppress(KeyError):\n    mark") is False
    assert reaches(flow, "with other():\n    mark") is True


def test_match_depends_on_what_it_matches(flow: Flow) -> None:
    assert reaches(flow, "match e.flow.name:\n    case 'x':\n        mark") is None
    assert reaches(flow, "match e.user.email:\n    case 'x':\n        mark") is True
    assert reaches(flow, "match e.flow.name:\n    case 'x':\n        return\nmark") is None


def test_a_target_may_say_which_of_several_flows_it_is(flow: Flow) -> None:
    body = f'if {FIELDS_}["target"].name == "x":\n    mark'
    assert reaches(flow, body, shared=True) is None
    assert reaches(flow, body) is True


def test_names_of_several_values_and_loops(flow: Flow) -> None:
    body = f'x = e.user\nif e.user:\n    x = {VARS_}["mode"]\nif x:\n    mark'
    assert reaches(flow, body) is None
    assert reaches(flow, f'for x in {VARS_}.values():\n    if x == "a":\n        mark') is None
    assert reaches(flow, "for x in e.user.names:\n    if x == 'a':\n        mark") is True
    helper = "def helper(x, y):\n    return x if y else mark\n"
    calls = f'helper(e, {VARS_}["mode"])\nhelper(e, 1)'
    assert reaches(flow, calls, more=helper) is None


def test_too_many_tests_are_not_known(flow: Flow) -> None:
    few = "if e.user:\n    return\n" * 99
    assert reaches(flow, f"{few}mark") is True
    assert reaches(flow, f"{few}{few}mark") is None
    assert reaches(flow, " and ".join(["e.user"] * 150 + ["mark"])) is None
    assert reaches(flow, f"{few}if False:\n    mark") is False


@pytest.mark.no_cover
def test_hostile_code_is_given_up(flow: Flow) -> None:
    many = "".join(f"if e.user.a{it}(" + "x + " * 30 + "1):\n    pass\n" for it in range(100))
    assert reaches(flow, f"{many}if e.user.z:\n    mark") is True
    text = "".join(f"if a{it}:\n    return\n" for it in range(8000))
    assert reaches(flow, f"{text}mark") is None
