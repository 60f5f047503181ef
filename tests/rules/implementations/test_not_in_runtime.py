"""SYM614: what Sym's Python refuses, and what it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings, rules_of
from support.code.marked import found_where_marked
from support.writing import base, write

if TYPE_CHECKING:
    from pathlib import Path

REFUSED = {
    "a module": "«import os»\n",
    "one of several": "«import json, os»\n",
    "a name of a module": "«from collections import defaultdict»\n",
    "a file beside it": "«from .helpers import team»\n",
    "in a function": "def f():\n    «import boto3»\n    return boto3\n",
    "with a name": "«import numpy as np»\n",
    "a star": "«from sym.sdk.user import *»\n",
    "a name": "«_LIMIT» = 3\ndef f():\n    return _LIMIT\n",
    "a function": "def «_helper»(event):\n    return event\nx = _helper(1)\n",
    "a class": "class «_Error»(Exception):\n    pass\n",
    "a parameter": "def f(«_event»):\n    return _event\n",
    "an imported name": "from json import loads as «_loads»\n",
    "Python's own": "if «__name__» == '__main__':\n    pass\n",
    "an attribute": "def f(x):\n    return x.«__class__»\n",
    "an attribute of its own": "class A:\n    def f(self):\n        self.«_a» = 1\n",
    "an attribute of frames": "def f(x):\n    return x.«f_globals»\n",
    "a magic method": "class A:\n    def «__str__»(self):\n        return ''\n",
    "a magic function": "def «__init__»(self):\n    return ''\n",
    "an operator": "x = {}\n«x['k'] += 1»\n",
    "an operator and an attribute": "def f(x):\n    «x.a -= 1»\n",
    "async": "async def «f»():\n    await f()\n",
    "match": "def f(x):\n    «match x:»\n        case 1:\n            pass\n",
    "except*": "«try:»\n    pass\nexcept* ValueError:\n    pass\n",
    "an annotation": "«x: int = 1»\n",
    "a dataclass": "class A:\n    «a: int»\n    b: str\n",
    "nonlocal": "def f():\n    a = 1\n    def g():\n        «nonlocal a»\n        a = 2\n    g()\n",
    "exec": "«exec»('1')\n",
    "eval": "def f(x):\n    return «eval»(x)\n",
    "a metaclass": "class A(«metaclass=type»):\n    pass\n",
}
TAKEN = {
    "what Sym has": (
        "import json, requests, datetime as dt\nfrom requests.exceptions import RequestException\n"
        "from datetime import timedelta\nimport sym.sdk.user\nfrom sym.sdk import user\n"
    ),
    "the name _": "_ = 1\nfor _ in 'a':\n    pass\n_, b = 1, 2\n",
    "the rest of a name": "a_b = __import__ if False else 1\n".replace("__import__", "a_"),
    "arguments by name": "def f(**more):\n    return f(_a=1)\n",
    "methods": "class A:\n    def __init__(self): pass\n    def __eq__(self, other): return True\n",
    "an operator and a name": "x = 1\nx += 1\n",
    "annotations of parameters": "def f(a: int, *, b: str = '') -> int:\n    return a\n",
    "the future": "from __future__ import annotations\n",
    "ready for it": "try:\n    import boto3\nexcept ImportError:\n    boto3 = None\n",
    "what Sym's packages do not have": "from sym.annotations import action\n",
    "much else": (
        "def f(x):\n    global a\n    a = 1\n    yield x\n    assert x\n    del x['a']\n"
        "    if (y := x): x['b'] = f'{y:>3}'\n    with x as (b, c): return [b for b in c if b]\n"
        "    return lambda z, /, *, w: {**z, 'a': [*w]}\n"
    ),
    "an own function": "def eval(x): return x\ny = eval(1)\n",
    "asynchronous for a better reason": "@hook\nasync def on_request(event): pass\n",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_is_refused(tmp_path: Path, text: str) -> None:
    (found,) = found_where_marked(tmp_path, "SYM614", text)
    assert found.severity == "warning"
    assert found.title.endswith("is not allowed where Sym runs the code")
    assert found.help


@pytest.mark.parametrize("text", TAKEN.values(), ids=TAKEN)
def test_what_is_taken(tmp_path: Path, text: str) -> None:
    assert found_where_marked(tmp_path, "SYM614", text) == []


def test_each_thing_is_said_once(tmp_path: Path) -> None:
    text = "class A:\n    «a: int»\n    b: str\n    def f(self):\n        return self.«_c» or self._c\n"
    found = found_where_marked(tmp_path, "SYM614", text)
    assert [len(it.related) for it in found] == [1, 1]


def test_a_custom_strategy_is_treated_alike(tmp_path: Path) -> None:
    files = base("custom")
    files["vpn.py"] = "import boto3\n" + files["vpn.py"]
    (found,) = findings(write(tmp_path, files), rules_of("SYM614"))
    assert (found.address, found.range.text) == ("sym_strategy.main", "import boto3")


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("x['k'] += 1", "x['k'] = x['k'] + 1"),
        ("x['k'] *= 2 - a", "x['k'] = x['k'] * (2 - a)"),
        ("x['k'] += [\n    1]", "x['k'] = x['k'] ..."),
    ],
)
def test_an_assignment_is_written_out(tmp_path: Path, line: str, written: str) -> None:
    (found,) = found_where_marked(tmp_path, "SYM614", f"a, x = 1, {{}}\n«{line}»\n")
    assert found.help == f"write {written}"
