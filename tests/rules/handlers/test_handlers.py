"""SYM604 and SYM605: names and forms of the functions that Sym calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import configuration as opened
from support.checking import findings, rules_of, undecided
from support.code.marked import found_where_marked, repaired
from support.effort import lines_run
from support.writing import write

from symlint.rules._examples import configuration
from symlint.rules._python_examples import with_code

if TYPE_CHECKING:
    from pathlib import Path

UNKNOWN = {
    "on_approval": ("@hook\ndef «on_approval»(event): pass\n", "there is no hook on_approval"),
    "on_denial": ("@hook\ndef «on_denial»(event): pass\n", "there is no hook on_denial"),
    "no step": ("@hook\ndef «before_request»(event): pass\n", "there is no hook before_request"),
    "a step alone": ("@hook\ndef «request»(event): pass\n", "there is no hook request"),
    "a reducer": (
        "@reducer\ndef «get_permission»(event): return 1\n",
        "there is no reducer get_permission",
    ),
    "a dead one": (
        "@reducer\ndef «get_approver»(event): return 1\n",
        "Sym does not call get_approver any more",
    ),
    "the wrong decorator": (
        "@«reducer»\ndef on_request(event): return 1\n",
        "on_request is a hook, and is decorated with @reducer",
    ),
    "the other wrong decorator": (
        "@«hook»\ndef get_approvers(event): return 1\n",
        "get_approvers is a reducer, and is decorated with @hook",
    ),
    "another name of it": (
        "from sym.sdk.annotations import hook as h\n@h\ndef «on_aprove»(event): pass\n",
        "there is no hook on_aprove",
    ),
    "under an if": (
        "if True:\n    @hook\n    def «on_approved»(event): pass\n",
        "there is no hook on_approved",
    ),
}
KNOWN = {
    "all hooks": "".join(
        f"@hook\ndef {prefix}{step}(event): pass\n"
        for prefix in ("on_", "after_")
        for step in (
            "prompt",
            "request",
            "request_forward",
            "request_expire",
            "approve",
            "deny",
            "escalate",
            "deescalate",
        )
    ),
    "all reducers": "".join(
        f"@reducer\ndef {name}(event): return 1\n"
        for name in ("get_approvers", "get_identity", "get_identity_lookup")
    ),
    "without a decorator": "def on_approval(event): pass\ndef get_team(event): return 1\n",
    "under a comment": "# @hook Uncomment me\ndef on_approval(event): pass\n",
    "another decorator": "import functools\n@functools.cache\ndef on_approval(event): pass\n",
    "a prefetch": "@prefetch(field_name='a')\ndef repositories(event): return []\n",
    "in a function": "def f():\n    @hook\n    def on_approval(event): pass\n    return on_approval\n",
    "both decorators": "@hook\n@reducer\ndef on_approve(event): pass\n",
    "a decorator of its own": "def hook(f): return f\n@hook\ndef on_approval(event): pass\n",
}


@pytest.mark.parametrize(("text", "title"), UNKNOWN.values(), ids=UNKNOWN)
def test_names_that_sym_does_not_call(tmp_path: Path, text: str, title: str) -> None:
    (found,) = found_where_marked(tmp_path, "SYM604", text)
    assert (found.title, found.severity) == (title, "error")


@pytest.mark.parametrize("text", KNOWN.values(), ids=KNOWN)
def test_names_that_sym_calls_or_does_not_look_at(tmp_path: Path, text: str) -> None:
    assert found_where_marked(tmp_path, "SYM604", text) == []


@pytest.mark.parametrize("name", ["on_revoke", "after_revoke", "on_ignore"])
def test_steps_of_which_nobody_knows(tmp_path: Path, name: str) -> None:
    text = f"@hook\ndef {name}(event): pass\n"
    assert found_where_marked(tmp_path, "SYM604", text) == []
    assert len(undecided(tmp_path, rules_of("SYM604"))) == 1


def test_the_fix_renames_what_nothing_else_calls(tmp_path: Path) -> None:
    text = "@hook\ndef «on_approval»(event): pass\n"
    (found,) = found_where_marked(tmp_path / "a", "SYM604", text)
    assert found.fix is not None
    assert not found.fix.safe
    assert "def on_approve(event)" in repaired(found)
    for more in ("on_approval(None)\n", "@hook\ndef on_approve(event): pass\n"):
        (found,) = found_where_marked(tmp_path / "b", "SYM604", text + more)
        assert found.fix is None


def test_a_name_that_is_missing_is_reported_once(tmp_path: Path) -> None:
    files = with_code("")
    files["impl.py"] = files["impl.py"].replace("get_permissions", "get_permission")
    found = findings(write(tmp_path, files), rules_of("SYM6"))
    assert [it.code for it in found] == ["SYM604"]


def test_a_hook_under_the_wrong_decorator_is_asked_for_no_answer(tmp_path: Path) -> None:
    files = with_code(
        "\n\n@reducer\ndef on_request(event):\n    slack.send_message(event.user, 'Hi')\n"
    )
    found = findings(write(tmp_path, files), rules_of("SYM6"))
    assert [it.code for it in found] == ["SYM604"]


FORM = {
    "no parameter": ("@hook\ndef «on_request»(): pass\n", "does not take what Sym gives it"),
    "two": ("@hook\ndef «on_request»(event, user): pass\n", "does not take what Sym gives it"),
    "by name alone": (
        "@hook\ndef «on_request»(*, event): pass\n",
        "does not take what Sym gives it",
    ),
    "a needed name": (
        "@hook\ndef «on_request»(e, *, x): pass\n",
        "does not take what Sym gives it",
    ),
    "three of a forward": (
        "@hook\ndef «on_request_forward»(a, b, c): pass\n",
        "does not take what Sym gives it",
    ),
    "a prefetch": (
        "@prefetch(field_name='a')\ndef «f»(event, form): return []\n",
        "does not take what Sym gives it",
    ),
    "@hook()": ("@«hook()»\ndef on_request(event): pass\n", "is called, and must not be"),
    "@reducer()": ("@«reducer()»\ndef get_approvers(e): return 1\n", "is called, and must not be"),
    "a name": ("@«hook(name='a')»\ndef on_request(event): pass\n", "is called, and must not be"),
    "@prefetch": ("@«prefetch»\ndef f(event): return []\n", "does not say for which field"),
    "@prefetch()": ("@«prefetch()»\ndef f(event): return []\n", "does not say for which field"),
    "async": ("@hook\nasync def «on_request»(event): pass\n", "is asynchronous"),
    "a reducer without an answer": (
        "@reducer\ndef «get_approvers»(event):\n    slack.channel('#a')\n",
        "never returns anything",
    ),
    "a prefetch without an answer": (
        "@prefetch(field_name='a')\ndef «f»(event):\n    if event:\n        return\n    return None\n",
        "never returns anything",
    ),
}
RIGHT = {
    "other names": "@hook\ndef on_request(evt): pass\n@hook\ndef on_deny(request): pass\n",
    "defaults": "@hook\ndef on_request(event, debug=False): pass\n",
    "the rest": "@hook\ndef on_request(*args, **more): pass\n",
    "a name with a default": "@hook\ndef on_request(event, *, debug=False): pass\n",
    "annotations": "@hook\ndef on_request(event: 'Event') -> None: pass\n",
    "forwards": (
        "@hook\ndef on_request_forward(event): pass\n"
        "@hook\ndef after_request_forward(event, context): pass\n"
    ),
    "nothing yet": '@reducer\ndef get_approvers(event):\n    """Soon."""\n    raise NotImplementedError\n',
    "only an ellipsis": "@reducer\ndef get_approvers(event): ...\n",
    "a way without an answer": (
        "@reducer\ndef get_approvers(event):\n    if event.user:\n        return slack.channel('#a')\n"
    ),
    "an exception in between": (
        "@reducer\ndef get_approvers(event):\n    x = event\n    raise ValueError(x)\n"
    ),
    "a loop": (
        "@reducer\ndef get_approvers(event):\n    while True:\n"
        "        if event:\n            return slack.channel('#a')\n"
    ),
    "helpers": "def helper(a, b, c): pass\nasync def later(): pass\n",
    "not known to Sym": "@reducer\ndef get_identity(a, b): return a\n",
    "a lambda": "f = lambda a, b: a\n",
    "methods": "class A:\n    @hook\n    def on_request(self, event): pass\n",
}


@pytest.mark.parametrize(("text", "title"), FORM.values(), ids=FORM)
def test_forms_that_sym_cannot_call(tmp_path: Path, text: str, title: str) -> None:
    (found,) = found_where_marked(tmp_path, "SYM605", text)
    assert found.title.endswith(title)
    assert found.severity == "error"
    assert found.function


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_forms_that_sym_can_call(tmp_path: Path, text: str) -> None:
    assert found_where_marked(tmp_path, "SYM605", text) == []


def test_further_decorators_are_undecided(tmp_path: Path) -> None:
    text = "import functools\n@hook\n@functools.cache\ndef on_request(a, b): pass\n"
    assert found_where_marked(tmp_path, "SYM605", text) == []
    assert len(undecided(tmp_path, rules_of("SYM605"))) == 1


@pytest.mark.parametrize(("written", "safe"), [("@«hook()»", True), ("@«hook(name='x')»", False)])
def test_the_fix_takes_the_parentheses_away(tmp_path: Path, written: str, safe: bool) -> None:
    text = f"{written}\ndef on_request(event): pass\n"
    (found,) = found_where_marked(tmp_path, "SYM605", text)
    assert found.fix is not None
    assert found.fix.safe == safe
    assert "\n@hook\ndef on_request" in repaired(found)


def test_a_flows_filter_is_given_three_arguments(tmp_path: Path) -> None:
    main = 'resource "sym_flows_filter" "this" {\n  implementation = file("impl.py")\n}\n'
    code = "from sym.sdk.annotations import reducer\n@reducer\ndef get_flows({}): return []\n"
    write(tmp_path, {**configuration(main), "impl.py": code.format("user, flows, v")})
    assert findings(tmp_path, rules_of("SYM605")) == []
    write(tmp_path, {"impl.py": code.format("event")})
    (found,) = findings(tmp_path, rules_of("SYM605"))
    assert found.label == "Sym gives it user, flows and flows_filter_vars"


@pytest.mark.parametrize("text", ["@hook\ndef approve(event): pass\n", "@hook\n"])
def test_many_handlers_of_one_name_are_no_more_work_for_each(text: str, tmp_path: Path) -> None:
    def work(count: int) -> int:
        code = text * count + "def approve(event): pass\n"
        directory = tmp_path / str(count)
        write(directory, with_code(code))
        sym, [rule] = opened(directory), rules_of("SYM604")
        return lines_run(lambda: list(rule().check(sym)))

    work(1)
    few, some, many = map(work, (60, 120, 240))
    assert many - some < 2.2 * (some - few)
