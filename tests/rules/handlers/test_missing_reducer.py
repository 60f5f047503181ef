"""SYM603: the reducer that Sym needs, there or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings, rules_of, undecided
from support.code.marked import found_where_marked, repaired
from support.writing import write

from symlint.rules._examples import configuration
from symlint.rules._python_examples import FLOW, IMPORTS

if TYPE_CHECKING:
    from pathlib import Path

RULE = rules_of("SYM603")
BARE = "def «get_permissions»(event):\n    return None\n"
FILTER = """
resource "sym_flows_filter" "this" {
  implementation = file("impl.py")
}
"""

MISSING = {
    "nothing but an import": "«»import json\n",
    "the optional one": IMPORTS[IMPORTS.rindex("\n@") :].replace("\n@", "«»\n@", 1),
    "undecorated": BARE,
    "the decorator is a comment": "# @reducer\n" + BARE,
    "the decorator is of a nested function": (
        "from sym.sdk.annotations import reducer\n"
        "def «get_permissions»(event):\n    @reducer\n    def inner(): pass\n"
    ),
    "in a class": (
        "«»from sym.sdk.annotations import reducer\n"
        "class A:\n    @reducer\n    def get_permissions(event): pass\n"
    ),
    "in a docstring": '«»"""\n@reducer\ndef get_permissions(event): pass\n"""\n',
    "the old name without a decorator": "def «get_approvers»(event): pass\n",
    "under an if": f"x = 1\nif x:\n    {BARE.replace('    ', '        ')}",
}
SERVES = {
    "get_approvers": "@reducer\ndef get_approvers(event): pass\n",
    "another name of the decorator": (
        "from sym.sdk.annotations import reducer as r\n@r\ndef get_permissions(event): pass\n"
    ),
    "a module": ("import sym.sdk.annotations as a\n@a.reducer\ndef get_permissions(event): pass\n"),
    "several decorators": (
        "import functools\nfrom sym.sdk.annotations import reducer\n"
        "@reducer\n@functools.cache\ndef get_permissions(event): pass\n"
    ),
    "by a condition": (
        "from sym.sdk.annotations import reducer\n"
        "if True:\n    @reducer\n    def get_permissions(event): pass\n"
        "else:\n    @reducer\n    def get_permissions(event): pass\n"
    ),
    "the import is missing": "@reducer\ndef get_permissions(event): pass\n",
    "a close name": "@reducer\ndef get_permission(event): pass\n",
    "a dead name": "@reducer\ndef get_approver(event): pass\n",
    "called": "@reducer()\ndef get_permissions(event): pass\n",
}
UNKNOWN = {
    "assigned": "from sym.sdk.annotations import reducer\nget_permissions = reducer(print)\n",
    "imported": "from common import get_permissions\n",
    "a star": "from common import *\n",
    "another decorator": "@other\ndef get_permissions(event): pass\n",
}


@pytest.mark.parametrize("text", MISSING.values(), ids=MISSING)
def test_a_reducer_is_missing(tmp_path: Path, text: str) -> None:
    (found,) = found_where_marked(tmp_path, "SYM603", text, behind_reducers=False)
    assert found.severity == "error"
    assert found.address == "sym_flow.iam"
    assert found.related[0].range.text.startswith("file(")


@pytest.mark.parametrize("text", SERVES.values(), ids=SERVES)
def test_a_reducer_serves(tmp_path: Path, text: str) -> None:
    found_where_marked(tmp_path, "SYM603", text, behind_reducers=False)


@pytest.mark.parametrize("text", UNKNOWN.values(), ids=UNKNOWN)
def test_where_it_comes_from_is_not_known(tmp_path: Path, text: str) -> None:
    write(tmp_path, {**configuration(FLOW), "impl.py": text})
    assert findings(tmp_path, RULE) == []
    assert [question for _, question, _ in undecided(tmp_path, RULE)] == [
        "does its code have the reducer that it needs?"
    ]


def test_a_flows_filter_needs_another_one(tmp_path: Path) -> None:
    write(tmp_path, {**configuration(FILTER), "impl.py": IMPORTS})
    (found,) = findings(tmp_path, RULE)
    assert found.title == "the code of a flows filter has no reducer get_flows"
    assert "def get_flows(user, flows, flows_filter_vars):" in found.help
    write(tmp_path, {"impl.py": "@reducer\ndef get_flows(user, flows, v): return flows\n"})
    assert findings(tmp_path, RULE) == []


def test_flows_that_share_the_code_are_told_once(tmp_path: Path) -> None:
    twice = FLOW + FLOW[FLOW.index('resource "sym_flow"') :].replace('"iam"', '"other"')
    write(tmp_path, {**configuration(twice), "impl.py": "x = 1\n"})
    assert len(findings(tmp_path, RULE)) == 1


REPAIRS = {
    "the decorator is imported": (
        "from sym.sdk.annotations import hook, reducer\n\n\ndef «get_permissions»(event): pass\n",
        "from sym.sdk.annotations import hook, reducer\n\n\n"
        "@reducer\ndef get_permissions(event): pass\n",
    ),
    "under another name": (
        "from sym.sdk.annotations import reducer as r\ndef «get_permissions»(event): pass\n",
        "from sym.sdk.annotations import reducer as r\n@r\ndef get_permissions(event): pass\n",
    ),
    "its neighbour is imported": (
        "from sym.sdk.annotations import hook\n\n\ndef «get_permissions»(event): pass\n",
        "from sym.sdk.annotations import hook, reducer\n\n\n"
        "@reducer\ndef get_permissions(event): pass\n",
    ),
    "nothing is imported": (
        "def «get_permissions»(event): pass\n",
        "from sym.sdk.annotations import reducer\n\n@reducer\ndef get_permissions(event): pass\n",
    ),
    "an indented one": (
        "from sym.sdk.annotations import reducer\nif 1:\n    def «get_permissions»(e): pass\n",
        "from sym.sdk.annotations import reducer\nif 1:\n"
        "    @reducer\n    def get_permissions(e): pass\n",
    ),
}


@pytest.mark.parametrize(("text", "wanted"), REPAIRS.values(), ids=REPAIRS)
def test_the_fix_writes_the_decorator(tmp_path: Path, text: str, wanted: str) -> None:
    (found,) = found_where_marked(tmp_path, "SYM603", text, behind_reducers=False)
    assert found.fix is not None
    assert found.fix.safe
    assert repaired(found) == wanted


def test_no_fix_where_the_name_is_something_else(tmp_path: Path) -> None:
    text = "def reducer(f): return f\n\n" + BARE
    (found,) = found_where_marked(tmp_path, "SYM603", text, behind_reducers=False)
    assert found.fix is None


def test_the_fix_keeps_the_indentation_of_a_heredoc(tmp_path: Path) -> None:
    code = (
        "<<-EOT\n    from sym.sdk.annotations import reducer\n\n"
        "    def get_permissions(event): pass\n  EOT"
    )
    main = FLOW.replace('file("${path.module}/impl.py")', code)
    write(tmp_path, configuration(main))
    (found,) = findings(tmp_path, RULE)
    assert found.range.text == "get_permissions"
    assert "    @reducer\n    def get_permissions(event): pass\n" in repaired(found)


def test_a_text_that_terraform_makes_is_told_at_its_expression(tmp_path: Path) -> None:
    expression = 'upper("x = 1")'
    main = FLOW.replace('file("${path.module}/impl.py")', expression)
    (found,) = findings(write(tmp_path, configuration(main)), RULE)
    assert (found.range.text, found.related) == (expression, ())
    assert found.label == "get_permissions is missing"
