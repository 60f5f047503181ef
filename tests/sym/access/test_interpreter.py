"""What functions of an implementation give, read without running them."""

from __future__ import annotations

import textwrap

import pytest

from symlint.budget import Budget
from symlint.source.text import Range, SourceFile
from symlint.sym.access.python.interpreter import Interpreter
from symlint.sym.access.python.values import (
    Called,
    Choice,
    Computed,
    Constant,
    Items,
    Named,
    Pairs,
    PythonValue,
    Variable,
    options_of,
)
from symlint.sym.catalogue import load_catalogue
from symlint.sym.implementation.code import Code
from symlint.sym.implementation.python_module import PythonModule, parse
from symlint.sym.implementation.stretches import Places

HEAD = """
import json
from sym.sdk.annotations import hook, reducer
from sym.sdk.integrations import okta, slack
from sym.sdk.request_permission import PermissionLevel, RequestPermission
CHANNEL = "#constant"
CHANGED = {"a": 1}
CHANGED["a"] = 2
SAME = []
BY_ANOTHER_NAME = SAME
BY_ANOTHER_NAME.append(1)
KEPT = ["a"]
"""


def shown(value: PythonValue) -> str:
    """A value as one line."""
    if isinstance(value, Constant):
        return repr(value.value)
    if isinstance(value, Items):
        return f"[{', '.join(map(shown, value.values))}]"
    if isinstance(value, Pairs):
        return f"{{{', '.join(f'{shown(key)}: {shown(it)}' for key, it in value.values)}}}"
    if isinstance(value, Named):
        return value.name.rpartition(".")[2]
    if isinstance(value, Called):
        arguments = ", ".join(f"{name}={shown(it)}" for name, it in value.arguments.items())
        return f"{value.name.rpartition('.')[2]}({arguments})"
    assert isinstance(value, (Choice, Computed))
    if isinstance(value, Choice):
        return " | ".join(shown(it.value) for it in options_of(value))
    return f"<{value.text or value.reason}>"


def results(body: str, helpers: str = "") -> list[str]:
    """What a function with this body gives, each result behind its conditions."""
    text = (
        f"{HEAD}\n{helpers}\n@reducer\ndef get_permissions(evt):\n{textwrap.indent(body, '    ')}\n"
    )
    source = SourceFile("/impl.py", text)
    module = parse(text)
    assert isinstance(module, PythonModule)
    code = Code(
        text, lambda: Places.of_file(source), Range(source, 0, 0), "/impl.py", lambda: module
    )
    variables = {
        "channel": "#vars",
        "people": "a@x.example,b@x.example",
        "json": '{"a": [1, 2]}',
        "other": None,
    }
    interpreter = Interpreter(
        code,
        module,
        load_catalogue().sdk_api,
        {
            'event.flow.vars["none"]': Variable(None, "there is none", missing=True),
            **{
                f'event.flow.vars["{name}"]': Variable(text, "it is not known")
                for name, text in variables.items()
            },
        },
        Budget(),
    )
    handler = module.handler("get_permissions")
    assert handler is not None
    return [
        " and ".join([("" if it.holds else "not ") + it.text for it in option.tests])
        + (": " if option.tests else "")
        + shown(option.value)
        for option in interpreter.results(handler.function)
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return 1", ["1"]),
        ("pass", ["None"]),
        ("return PermissionLevel.ADMIN", ["ADMIN"]),
        ("return [5 * 60, 7 // 2, 1 + 1, 3 - 1]", ["[300, 3, 2, 2]"]),
        ("return [1 // 0, 2 ** 9, 10_000_000_000 * 2, 'a' * 3]", ["[<1 // 0>, <2 ** 9>, <10_000_000_000 * 2>, <'a' * 3>]"]),
        ("return [CHANNEL.startswith('#'), CHANNEL.endswith('x'), CHANNEL.endswith(x)]", ["[True, False, <'#constant'.endswith(x)>]"]),
        ("return json.loads(evt.flow.vars['json'])['a'][1]", ["2"]),
        ("return json.loads('[')", ["<json.loads('[')>"]),
        ("return json.loads(evt.flow.vars['other'])", ["<json.loads(event.flow.vars['other'])>"]),
        ("return [1, 2 if x else 3]", ["x: [1, 2]", "not x: [1, 3]"]),
        ("a = 1 if x else 2\nreturn [a, a, 3 if x else 4]", ["x: [1, 1, 3]", "not x: [2, 2, 4]"]),
        ("return slack.channel('#a' if x else '#b')", ["x: channel(name='#a')", "not x: channel(name='#b')"]),
        ("return PermissionLevel['MEMBER']", ["MEMBER"]),
        ("return PermissionLevel[x]", ["<PermissionLevel[x]>"]),
        ("match CHANNEL:\n  case '#b' | '#c':\n    return 1\n  case None:\n    return 2\n  case '#constant' if x:\n    return 3\n  case _:\n    return 4", ["x: 3", "not x: 4"]),
        ("match CHANNEL:\n  case '#constant':\n    return 1\n  case [x]:\n    return 2", ["1"]),
        ("match CHANNEL:\n  case [x]:\n    return 2", ["'#constant' matches [x]: 2", "not '#constant' matches [x]: None"]),
        ("return slack.channel('#a', True)", ["channel(name='#a', allow_self=True)"]),
        ("return slack.channel(evt.flow.vars['channel'])", ["channel(name='#vars')"]),
        ("return slack.channel(evt.flow.vars['other'])", ["channel(name=<evt.flow.vars['other']>)"]),
        ("return evt.flow.vars.get('none', CHANNEL)", ["'#constant'"]),
        ("return evt.flow.vars.get('none')", ["None"]),
        ("a = evt.flow.vars.get('none', 'x')\nreturn a", ["'x'"]),
        ("a = evt.flow.vars['none']\nreturn a", ["<evt.flow.vars['none']>"]),
        ("return slack.channel(CHANNEL)", ["channel(name='#constant')"]),
        ("return f'{CHANNEL}-x'", ["'#constant-x'"]),
        ("return f'{CHANNEL:>9}'", ["<f'{CHANNEL:>9}'>"]),
        ("return 'a' + 'b'", ["'ab'"]),
        ("return [1] + [2]", ["[1, 2]"]),
        ("return evt.flow.vars['people'].split(',')", ["['a@x.example', 'b@x.example']"]),
        ("a = 1\nb = a\na = 2\nreturn [a, b]", ["[2, 1]"]),
        ("a = []\na.append(1)\na.extend([2])\na += [3]\nreturn a", ["[1, 2, 3]"]),
        ("a = []\na.insert(0, 1)\nreturn a", ["<a>"]),
        ("a = [1]\na[0] = 2\nreturn a", ["<a>"]),
        ("a = [1]\nother(a)\nreturn a", ["<a>"]),
        ("a = [1]\nother(x=a)\nreturn a", ["<a>"]),
        ("a = [1]\nprint(a)\nreturn a", ["[1]"]),
        ("return [CHANGED, SAME, KEPT]", ["[<CHANGED>, <SAME>, ['a']]"]),
        ("a = []\nfor x in y:\n  a.append(x)\nreturn a", ["<a>"]),
        ("a = 1\nfor x in y:\n  a = 2\nreturn a", ["<a>"]),
        ("try:\n  a = 1\nexcept E:\n  pass\nreturn a", ["1", "E is raised: <a>"]),
        ("a, b = 1, 2\nreturn a", ["<a>"]),
        ("if x:\n  return 1\nreturn 2", ["x: 1", "not x: 2"]),
        ("if not x:\n  return 1\nreturn 2", ["not x: 1", "x: 2"]),
        ("if x:\n  a = 1\nelse:\n  a = 2\nreturn a", ["x: 1", "not x: 2"]),
        ("return 1 if x else 2", ["x: 1", "not x: 2"]),
        ("for x in y:\n  if x:\n    return 1", ["there is x in y and x: 1", "None"]),
        ("while y:\n  return 1", ["y: 1", "None"]),
        ("match y:\n  case 1 if x:\n    return 1\n  case _:\n    return 2", ["y matches 1 and x: 1", "not y matches 1 and x: 2"]),
        ("try:\n  evt.user()\nexcept:\n  return 1", ["an exception is raised: 1", "None"]),
        ("if CHANNEL == '#constant':\n  return 1\nreturn 2", ["1"]),
        ("if CHANNEL in ('#a', '#b'):\n  return 1\nreturn 2", ["2"]),
        ("if evt.flow.vars['channel'] is None:\n  return 1\nreturn 2", ["2"]),
        ("if evt.flow.vars['people'] and x:\n  return 1", ["x: 1", "not x: None"]),
        ("if x or not [] or y:\n  return 1", ["1"]),
        ("if x or not CHANNEL or y:\n  return 1", ["x or y: 1", "not x or y: None"]),
        ("return 1 if CHANNEL else 2", ["1"]),
        ("return CHANNEL < 1", ["<'#constant' < 1>"]),
        ("return 2 < 1", ["False"]),
        ("return 'a' in ['b', x]", ["<'a' in ['b', x]>"]),
        ("return {'a': 1}['a']", ["1"]),
        ("a = {'a': 1, 'a': 2, '#vars': 3}\nreturn [a['a'], a[evt.flow.vars['channel']], a.get('b', 4), a.get('c')]", ["[2, 3, 4, None]"]),
        ("return {'a': 1}['b']", ["<KeyError: there is no 'b'>"]),
        ("return {'a': 1}[x]", ["<{'a': 1}[x]>"]),
        ("return {'a': 1, **x}['a']", ["<{'a': 1, **x}['a']>"]),
        ("return CHANGED['a']", ["<CHANGED['a']>"]),
        ("return evt.flow.vars['people'].split(',')[1]", ["'b@x.example'"]),
        ("return [1, *x]", ["<[1, *x]>"]),
        ("if (a := evt.user).email:\n  return a", ["(event.user).email: <event.user>", "not (event.user).email: None"]),
        ("return okta.users_in_group(group_id='00g')", ["users_in_group(group_id='00g')"]),
        ("return other(*x)", ["<other(*x)>"]),
    ],
)  # fmt: skip  # a case a line
def test_what_is_returned(body: str, expected: list[str]) -> None:
    assert results(body) == expected


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("evt.user.email in evt.flow.vars['people'].split(',')", "event.user.email in ['a@x.example', 'b@x.example']"),
        ("is_one(evt)", "(event.user.email == '#vars')"),
        ("is_one(evt) and x", "(event.user.email == '#vars') and x"),
        ("in_group(evt.user)", 'okta.is_user_in_group(event.user, group_id="00g")'),
        ("a == 1", "event.user.name == 1"),
    ],
)  # fmt: skip  # a case a line
def test_conditions_say_what_terraform_gives(test: str, expected: str) -> None:
    helpers = """
def is_one(event):
    channel = event.flow.vars["channel"]
    return event.user.email == channel
def in_group(user):
    return okta.is_user_in_group(user, group_id="00g")
"""
    body = f"a = evt.user.name\nif {test}:\n  return 1"
    found = results(body, helpers)[0].removesuffix(": 1")
    assert found.strip("()") == expected.strip("()")


@pytest.mark.parametrize("body", ["raise ValueError(evt)", "while True:\n    pass"])
def test_what_never_returns_is_not_known(body: str) -> None:
    assert results(body) == ["<it never returns>"]
    assert results("return f(1)", f"def f(x):\n{textwrap.indent(body, '  ')}\n") == [
        "<it never returns>"
    ]


def test_helpers_are_entered() -> None:
    helpers = "def level(x):\n  if x:\n    return 1\n  return CHANNEL\n"
    assert results("return level(evt.user)", helpers) == [
        "event.user: 1",
        "not event.user: '#constant'",
    ]
    assert results("return level(None)", "def level(x):\n  return x\n") == ["None"]
    assert results("return f(1)", "def f(x):\n  return f(x)\n") == ["<it calls itself>"]
    defaults = "def f(a, b=2, *, c=3, d=None, e=[]):\n  return [a, b, c, d, e]\n"
    assert results("return f(1, c=4)", defaults) == ["[1, 2, 4, None, <e>]"]
    assert results("return f()", defaults) == ["[<a>, 2, 3, None, <e>]"]


def test_too_much_work_is_not_known() -> None:
    body = "\n".join(f"a{n} = [a{n - 1}, a{n - 1}]" if n else "a0 = 1" for n in range(40))
    [found] = results(f"{body}\nreturn a39")
    assert "follow" in found or "<" in found
