"""What a text of Python is taken to say: names, parts of the event, reads, returns."""

from __future__ import annotations

import ast

import pytest

from symlint.sym.implementation.python_module import PythonModule, PythonProblem, parse
from symlint.sym.implementation.reads import reads_of
from symlint.sym.implementation.returns import results_of

HEAD = """
from sym.sdk.annotations import hook, reducer as r
from sym.sdk.integrations import okta
import sym.sdk.integrations.slack as chat
import sym.sdk
"""


def module(text: str) -> PythonModule:
    parsed = parse(text)
    assert isinstance(parsed, PythonModule)
    return parsed


def meaning(text: str, marked: str) -> str | None:
    """What the first expression of ``text`` with this source means."""
    parsed = module(text)
    for node in parsed.nodes:
        if isinstance(node, ast.expr) and ast.unparse(node) == marked:
            return parsed.meanings.of(node)
    raise AssertionError(marked)


@pytest.mark.parametrize(
    ("body", "marked", "expected"),
    [
        ("okta.is_user_in_group()", "okta.is_user_in_group", "sym.sdk.integrations.okta.is_user_in_group"),
        ("chat.channel('#a')", "chat.channel", "sym.sdk.integrations.slack.channel"),
        ("sym.sdk.user", "sym.sdk.user", "sym.sdk.user"),
        ("evt.flow.vars", "evt.flow.vars", "event.flow.vars"),
        ("v = evt.flow.vars\n    v['a']", "v['a']", 'event.flow.vars["a"]'),
        ("evt.flow.vars.get('a')", "evt.flow.vars.get('a')", 'event.flow.vars["a"]'),
        ("(v := evt.flow)\n    v.vars", "v.vars", "event.flow.vars"),
        ("v = evt.flow\n    v = other\n    v.vars", "v.vars", None),
        ("evt = other\n    evt.flow", "evt.flow", None),
        ("for v in evt.flow.vars:\n        v.x", "v.x", None),
        ("okta = evt\n    okta.user", "okta.user", "event.user"),
        ("lambda evt: evt.flow", "evt.flow", None),
        ("[evt.flow for evt in ()]", "evt.flow", None),
        ("[evt.user for e in ()]", "evt.user", "event.user"),
        ("evt.flow.vars[key]", "evt.flow.vars[key]", None),
        ("key = 'a'\n    evt.flow.vars[key]", "evt.flow.vars[key]", 'event.flow.vars["a"]'),
        ("key = 'a'\n    key += 'b'\n    evt.flow.vars[key]", "evt.flow.vars[key]", None),
        ("key = okta\n    evt.flow.vars[key]", "evt.flow.vars[key]", None),
    ],
)  # fmt: skip  # a case a line
def test_meanings(body: str, marked: str, expected: str | None) -> None:
    text = f"{HEAD}\n@hook\ndef on_request(evt):\n    {body}\n"
    assert meaning(text, marked) == expected


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        ("helper(evt)", "event.user"),
        ("helper(e=evt)", "event.user"),
        ("helper(evt); helper(evt)", "event.user"),
        ("helper(evt); helper(evt.user)", None),
        ("helper(*evt)", None),
        ("helper(**evt)", None),
        ("map(helper, evt)", None),
        ("pass", None),
    ],
)
def test_a_helper_has_what_all_of_its_calls_give(calls: str, expected: str | None) -> None:
    text = f"{HEAD}\ndef helper(e):\n    e.user\n@hook\ndef on_request(evt):\n    {calls}\n"
    assert meaning(text, "e.user") == expected


def test_what_leads_to_itself_means_nothing() -> None:
    assert meaning("a = b\nb = a\na.x", "a.x") is None
    assert meaning("def f(x):\n    f(x)\n    x.y", "x.y") is None


def test_parameters_that_sym_gives() -> None:
    assert meaning("def on_change_team(who, f):\n    f.fields", "f.fields") == "form.fields"
    filter_ = HEAD + "@r\ndef get_flows(u, fs, v):\n    v['x']"
    assert meaning(filter_, "v['x']") == 'flows_filter_vars["x"]'
    method = "class S:\n    def escalate(self, t, e):\n        e.flow.vars"
    assert meaning(method, "e.flow.vars") == "event.flow.vars"


def test_handlers() -> None:
    text = f"""{HEAD}
@r
def get_permissions(event): ...
@hook()
def on_approve(event): ...
@prefetch(field_name="repo")
def repos(event): ...
# @hook
def on_deny(event): ...
if True:
    @hook
    def after_deny(event): ...
"""
    found = [(it.decoration, it.name, it.called) for it in module(text).handlers]
    assert found == [
        ("reducer", "get_permissions", False),
        ("hook", "on_approve", True),
        ("prefetch", "repos", True),
        ("hook", "after_deny", False),
    ]


def test_reads() -> None:
    text = f"""{HEAD}
@hook
def on_approve(e):
    e.flow.vars["a"]
    e.flow.vars.get("b", 1)
    "c" in e.flow.vars
    v = e.flow.vars
    v["d"]
    v["e"] = 1
    v[x]
    v[KEY]
    print(v)


KEY = "f"
"""
    reads = reads_of(module(text), "event.flow.vars")
    assert [(it.key, it.how) for it in reads.known] == [
        ("a", "item"),
        ("b", "get"),
        ("c", "in"),
        ("d", "item"),
        ("f", "item"),
    ]
    assert [ast.unparse(it) for it in reads.others] == ["v", "v"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return 1", ["1"]),
        ("pass", ["-"]),
        ("raise E", []),
        ("if a:\n  return 1\nreturn 2", ["1 if a", "2 if not a"]),
        ("if a:\n  return 1", ["1 if a", "- if not a"]),
        ("if a:\n  raise E\nelse:\n  return 1", ["1 if not a"]),
        ("for x in y:\n  return 1", ["1 if For", "-"]),
        ("while True:\n  if a:\n    return 1", ["1 if True and a"]),
        ("while True:\n  break", ["-"]),
        ("try:\n  return 1\nexcept E:\n  return 2", ["1", "2 if ExceptHandler"]),
        ("try:\n  return 1\nexcept E:\n  pass", ["1", "- if ExceptHandler"]),
        ("try:\n  return 1\nfinally:\n  pass", ["1"]),
        ("with x:\n  return 1", ["1"]),
        (
            "match x:\n  case 1:\n    return 1\n  case _:\n    return 2",
            ["1 if match_case", "2 if not match_case"],
        ),
        ("match x:\n  case 1:\n    return 1", ["1 if match_case", "- if not match_case"]),
    ],
)
def test_what_functions_return(body: str, expected: list[str]) -> None:
    def said(node: ast.AST) -> str:
        return ast.unparse(node) if isinstance(node, ast.expr) else type(node).__name__

    indented = "\n".join(f"  {line}" for line in body.splitlines())
    [function] = module(f"def f():\n{indented}\n").functions
    results = results_of(function)
    shown = []
    for result in results.results:
        value = "-" if result.value is None else ast.unparse(result.value)
        tests = [("" if it.holds else "not ") + said(it.test) for it in result.conditions]
        shown.append(" if ".join(filter(None, [value, " and ".join(tests)])))
    assert results.complete
    assert shown == expected


def test_too_many_ways_are_not_all_followed() -> None:
    text = "def f():\n" + "".join(f"  if a{n}:\n    x = {n}\n" for n in range(64)) + "  return x\n"
    [function] = module(text).functions
    results = results_of(function)
    assert not results.complete
    assert len(results.results) < 1_000


@pytest.mark.parametrize(
    "text",
    ["x = (", "\0", "x = 1\n  y", "\udc80", "(" * 100_000, "-" * 100_000 + "1", "not " * 100_000, "a" + ".b" * 200_000],
)  # fmt: skip  # a case a line
def test_what_is_no_python(text: str) -> None:
    assert isinstance(parse(text), PythonProblem)


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"    if x == {number}:\n        x = y\n" for number in range(400)),
        "    match x:\n"
        + "".join(f"        case {it}:\n            raise y\n" for it in range(400)),
    ],
    ids=["tests", "cases"],
)
def test_a_way_that_depends_on_too_much_is_not_followed(body: str) -> None:
    function = module(f"def f(x):\n{body}    return x\n").function("f")
    assert function is not None
    results = results_of(function)
    assert not results.complete
    assert max((len(it.conditions) for it in results.results), default=0) <= 300
