"""SYM613: names that nothing defines, in code as people write it."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING, Any

import pytest
from support.checking import findings, rules_of
from support.code.marked import found_where_marked, repaired
from support.writing import write

from symlint.rules._python_examples import FLOW, IMPORTS, with_code
from symlint.source.close_names import CloseNames

if TYPE_CHECKING:
    from pathlib import Path

UNDEFINED = {
    "a function of the SDK": "def on_x(event):\n    return «user_ids»([event.user])\n",
    "a decorator": "@«prefetch»(field_name='a')\ndef get_a(event):\n    return []\n",
    "a base class": "class Mine(«AccessStrategy»):\n    pass\n",
    "a default": "def f(a=«b»):\n    return a\n",
    "an annotation of a parameter": "def f(event: «Event»):\n    return event\n",
    "what a function returns": "def f() -> «Event»:\n    return None\n",
    "an annotation of the text": "a: «Event» = 1\n",
    "a name of a class in its method": (
        "class A:\n    limit = 1\n    def f(self):\n        return «limit»\n"
    ),
    "a comprehension's name behind it": "def f(xs):\n    [x for x in xs]\n    return «x»\n",
    "a comprehension in a class": "class A:\n    n = 1\n    xs = [«n» for x in range(2)]\n",
    "a name of another function": "def f():\n    a = 1\ndef g():\n    return «a»\n",
    "an f-string": "def f(event):\n    return f'{event.user.email}: {«reason»}'\n",
    "a lambda": "f = lambda x: «y»\n",
    "what an except does not await": "try:\n    «a»\nexcept ValueError:\n    pass\n",
    "too early": "«f»()\ndef f():\n    pass\n",
    "a decorator that comes later": "@«log»\ndef f():\n    pass\ndef log(f):\n    return f\n",
}
DEFINED = {
    "builtins": "def f(xs):\n    return sorted(xs), ValueError, __name__, print\n",
    "a function below": "def f():\n    return g()\ndef g():\n    return f\n",
    "branches": "def f(x):\n    if x:\n        y = 1\n    return y\n",
    "a star import": "from sym.sdk import *\n\ndef f():\n    return user_ids\n",
    "a global": "def f():\n    global a\n    a = 1\ndef g():\n    return a\n",
    "a nonlocal": "def f():\n    a = 1\n    def g():\n        nonlocal a\n        a = 2\n    g()\n",
    "all that binds": (
        "def f(a, /, b, *c, d, **e):\n"
        "    import os.path, json as j\n"
        "    with a as g, b as (h, i):\n"
        "        for k, (l, *m) in c:\n"
        "            pass\n"
        "    try:\n        pass\n    except ValueError as n:\n        print(n)\n"
        "    if (o := d):\n        p = q = e\n"
        "    def r(): return r\n"
        "    class s: t = r\n"
        "    u: int = 1\n"
        "    return os, j, g, h, i, k, l, m, o, p, q, s, u\n"
    ),
    "a match": (
        "def f(x):\n    match x:\n        case [a, *b]:\n            return a, b\n"
        "        case {'k': c, **d}:\n            return c, d\n"
        "        case str() as e:\n            return e\n"
    ),
    "an assignment in a comprehension": "def f(xs):\n    [y := x for x in xs]\n    return y\n",
    "a class of its own names": (
        "class A:\n    xs = [1]\n    ys = [x for x in xs]\n    limit = 5\n    Kind = int\n"
        "    def f(self, n=limit, *, m: Kind = limit) -> Kind:\n        return n, m\n"
    ),
    "what is deferred": (
        "from __future__ import annotations\n\n\ndef f(event: Event) -> Event:\n    return event\n"
    ),
    "an annotation inside a function": "def f():\n    a: Event = 1\n    return a\n",
    "a quoted annotation": "def f(event: 'Event'):\n    return event\n",
    "except NameError": "try:\n    a\nexcept (NameError, ValueError):\n    a = 1\n",
    "a comment and a text": "# user_ids()\ndef f():\n    return 'user_ids'\n",
    "behind an import": "for a in ():\n    pass\nprint(a)\n",
    "a generator before the name": "g = (f(x) for x in ())\n\ndef f(x):\n    return x\n",
    "names from elsewhere": "globals()['a'] = 1\nprint(a)\n",
    "names from a text": "exec('a = 1')\nprint(a)\n",
    "a lambda before the name": "f = lambda: g()\n\ndef g():\n    pass\n",
}


@pytest.mark.parametrize("case", UNDEFINED)
def test_undefined(tmp_path: Path, case: str) -> None:
    found_where_marked(tmp_path, "SYM613", UNDEFINED[case], behind_reducers=False)


@pytest.mark.parametrize("case", DEFINED)
def test_defined(tmp_path: Path, case: str) -> None:
    found_where_marked(tmp_path, "SYM613", DEFINED[case], behind_reducers=False)


def test_a_name_is_reported_once(tmp_path: Path) -> None:
    code = "def f():\n    return «user_ids»\n\ndef g():\n    return user_ids + user_ids\n"
    (found,) = found_where_marked(tmp_path, "SYM613", code)
    assert [it.range.line - found.range.line for it in found.related] == [3, 3]
    assert found.function == "f"


@pytest.mark.parametrize(
    ("use", "help_"),
    [
        ("«user_ids»([])", "add from sym.sdk.user import user_ids"),
        ("«okta».list_groups()", "add from sym.sdk.integrations import okta"),
        ("«okta».get('a')", "define okta, or add from sym.sdk.integrations import okta"),
        ("«store»", "define store, or add from sym.sdk.integrations import store"),
        ("«sym».sdk.user.user_ids([])", "define sym, or import it"),
        ("«json».dumps({})", "add import json"),
        ("«json»", "define json, or import it"),
        ("«requests».get('https://a.example')", "add import requests"),
        ("«timedelta»(hours=1)", "add from datetime import timedelta"),
        ("«datetime».now()", "add import datetime, or from datetime import datetime"),
        ("«evnet».user", "did you mean event?"),
        ("«SRNs»", "did you mean SRN? Add from sym.sdk.resource import SRN"),
        ("«is_user_in_group»()", "define is_user_in_group, or import it"),
        ("«something»()", "define something, or import it"),
    ],
)
def test_help(tmp_path: Path, use: str, help_: str) -> None:
    code = f"@hook\ndef on_request(event):\n    return {use}\n"
    (found,) = found_where_marked(tmp_path, "SYM613", code)
    assert found.help == help_
    description = found.fix and found.fix.description
    assert description == (help_ if help_.startswith("add") and " or " not in help_ else None)


HANDLER = "def f(event):\n    return «user_ids»\n"
NEW = "from sym.sdk.user import user_ids\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            f"from sym.sdk.user import User  # who\n\n{HANDLER}",
            f"from sym.sdk.user import User, user_ids  # who\n\n{HANDLER}",
        ),
        (
            f"from sym.sdk.user import (\n    User,\n    UserRole as R,  # role\n)\n{HANDLER}",
            f"from sym.sdk.user import (\n    User,\n    UserRole as R, user_ids,  # role\n)\n{HANDLER}",
        ),
        (
            f'"""Why."""\nimport json  # text\nfrom a import (\n    b,\n)  # c\n\n{HANDLER}import z\n',
            f'"""Why."""\nimport json  # text\nfrom a import (\n    b,\n)  # c\n{NEW}\n{HANDLER}import z\n',
        ),
        (f'"""Why."""\n\n{HANDLER}', f'"""Why."""\n\n{NEW}\n{HANDLER}'),
        (f"#!/usr/bin/python\n# Whose.\n{HANDLER}", f"#!/usr/bin/python\n# Whose.\n{NEW}\n{HANDLER}"),
        (HANDLER, f"{NEW}\n{HANDLER}"),
        (f"def a():\n    pass\nimport json\n{HANDLER}", f"def a():\n    pass\nimport json\n{NEW}{HANDLER}"),
        ("import json\nx = «user_ids»\nimport z\n", f"import json\n{NEW}x = user_ids\nimport z\n"),
        (f"import json; a = 1\n{HANDLER}", f"import json; a = 1\n{NEW}{HANDLER}"),
        (f"import json\r\n\r\n{HANDLER}", f"import json\r\n{NEW[:-1]}\r\n\r\n{HANDLER}"),
        ("import json\nx = «user_ids»", f"import json\n{NEW}x = «user_ids»"),
    ],
)  # fmt: skip  # before above after
def test_the_fix_adds_the_import(tmp_path: Path, before: str, after: str) -> None:
    (found,) = found_where_marked(tmp_path / "a", "SYM613", before, behind_reducers=False)
    assert repaired(found) == after.replace("«", "").replace("»", "")
    after = repaired(found)
    assert found_where_marked(tmp_path / "b", "SYM613", after, behind_reducers=False) == []


def test_the_fix_keeps_the_indentation_of_a_heredoc(tmp_path: Path) -> None:
    code = IMPORTS + "\ndef f(event):\n    return user_ids\n"
    lines = "".join(f"    {line}\n" if line else "\n" for line in code.strip().split("\n"))
    main = FLOW.replace('file("${path.module}/impl.py")', f"<<-EOT\n{lines}  EOT")
    root = write(tmp_path, {**with_code("", main), "impl.py": ""})
    (found,) = findings(root, rules_of("SYM613"))
    assert found.range.text == "user_ids"
    last = "    from sym.sdk.templates import ApprovalTemplate\n"
    wanted = main.replace(last, f"{last}    {NEW}")
    assert repaired(found) == wanted
    assert findings(write(tmp_path, {"main.tf": wanted}), rules_of("SYM613")) == []


@pytest.mark.no_cover
def test_names_that_are_bound_and_read_very_often(tmp_path: Path) -> None:
    code = "a = 1\n" * 10_000 + "a.b\n" * 10_000
    started = process_time()
    for rule in ("SYM612", "SYM613"):
        found_where_marked(tmp_path / rule, rule, code)
    assert process_time() - started < 20


def test_the_names_of_a_scope_are_put_in_order_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[int] = []
    indexed = CloseNames._indexed

    def counted(self: CloseNames) -> Any:
        times.append("known_0" in self._candidates)
        return indexed(self)

    monkeypatch.setattr(CloseNames, "_indexed", counted)
    lines = "".join(
        f"known_{it} = missing_{it}\ndef f{it}(): return lost_{it}\n" for it in range(9)
    )
    write(tmp_path, {"impl.py": lines, "main.tf": FLOW})
    assert len(findings(tmp_path, rules_of("SYM613"))) == 18
    assert sum(times) == 1
