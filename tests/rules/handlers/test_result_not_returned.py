"""SYM615: what hooks decide is returned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.code.marked import found_where_marked, repaired

if TYPE_CHECKING:
    from pathlib import Path

HOOK = "\n@hook\ndef on_approve(event):\n"
REFUSE = "\ndef refuse():\n    return ApprovalTemplate.ignore(message='no')\n"

DROPPED = {
    "a statement": HOOK + "    «ApprovalTemplate.ignore()»\n",
    "under conditions": HOOK
    + "    if event:\n        try:\n            «ApprovalTemplate.deny()»\n"
    "        except KeyError:\n            pass\n",
    "behind a semicolon": HOOK + "    print(event); «ApprovalTemplate.ignore()»\n",
    "another name": "\nfrom sym.sdk.templates.approval import ApprovalTemplate as A\n"
    + HOOK
    + "    «A.approve()»\n",
    "from the top of the SDK": "\nfrom sym.sdk import ApprovalTemplate as B\n"
    + HOOK
    + "    «B.approve()»\n",
    "a conditional expression": HOOK + "    None if event else «ApprovalTemplate.ignore()»\n",
    "behind and": HOOK + "    event.user and «ApprovalTemplate.ignore()»\n",
    "in a helper": HOOK + "    return refuse()\n\ndef refuse():\n    «ApprovalTemplate.ignore()»\n",
    "what a helper gives": REFUSE + HOOK + "    if event:\n        «refuse()»\n",
    "what a helper inside gives": HOOK
    + "    def no():\n        return ApprovalTemplate.ignore()\n    «no()»\n",
}
USED = {
    "returned": HOOK + "    return ApprovalTemplate.ignore()\n",
    "kept": HOOK + "    answer = ApprovalTemplate.ignore()\n    return answer\n",
    "chosen": HOOK + "    return None if event else ApprovalTemplate.ignore()\n",
    "asked": HOOK + "    ApprovalTemplate.ignore() and print(1)\n",
    "passed on": HOOK + "    print(ApprovalTemplate.ignore())\n",
    "not called": HOOK + "    ApprovalTemplate.ignore\n",
    "what a helper gives": REFUSE + HOOK + "    return refuse()\n",
    "a helper that may be another": REFUSE
    + "\nif True:\n    def refuse():\n        print(1)\n"
    + HOOK
    + "    refuse()\n",
    "a helper with a decorator": "\n@print" + REFUSE + HOOK + "    refuse()\n",
    "a helper of the same name elsewhere": REFUSE + HOOK + "    refuse = print\n    refuse()\n",
    "a helper that gives something else": "\ndef tell():\n    return print(1)\n"
    + HOOK
    + "    tell()\n",
    "a class of the code": "\nclass ApprovalTemplate:\n    def ignore(self): pass\n"
    + HOOK
    + "    ApprovalTemplate.ignore()\n",
}


@pytest.mark.parametrize("text", DROPPED.values(), ids=DROPPED)
def test_a_result_is_dropped(tmp_path: Path, text: str) -> None:
    (found,) = found_where_marked(tmp_path, "SYM615", text)
    assert found.severity == "error"
    assert found.function


@pytest.mark.parametrize("text", USED.values(), ids=USED)
def test_a_result_is_used(tmp_path: Path, text: str) -> None:
    found_where_marked(tmp_path, "SYM615", text)


def test_the_fix_returns_it(tmp_path: Path) -> None:
    (found,) = found_where_marked(tmp_path, "SYM615", DROPPED["a statement"])
    assert "\n    return ApprovalTemplate.ignore()\n" in repaired(found)


@pytest.mark.parametrize("name", ["a conditional expression", "what a helper gives"])
def test_no_fix_where_return_would_say_something_else(tmp_path: Path, name: str) -> None:
    (found,) = found_where_marked(tmp_path, "SYM615", DROPPED[name])
    assert found.fix is None
