"""SYM620: the class of a custom strategy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings, rules_of, undecided
from support.code.marked import MARK
from support.writing import base, write

if TYPE_CHECKING:
    from pathlib import Path

RULE = rules_of("SYM620")
HEAD = "from sym.sdk.strategies import AccessStrategy\n"
IDENTITY = "    def fetch_remote_identity(self, user): return user.email\n"
ESCALATE = "    def escalate(self, target_id, event): pass\n"
REST = "    def deescalate(self, target_id, event): pass\n"
BODY = IDENTITY + ESCALATE + REST

WRONG = {
    "no class": ("«»x = 1\n", "no class of the strategy derives from AccessStrategy"),
    "no base": (
        f"class «Vpn»:\n{BODY}",
        "no class of the strategy derives from AccessStrategy",
    ),
    "a method is missing": (
        f"{HEAD}class «Vpn»(AccessStrategy):\n{IDENTITY}{ESCALATE}",
        "Vpn has no method deescalate",
    ),
    "all are missing": (
        f"{HEAD}class «Vpn»(AccessStrategy):\n    pass\n",
        "Vpn has no method fetch_remote_identity, escalate or deescalate",
    ),
    "a method is misspelled": (
        f"{HEAD}class Vpn(AccessStrategy):\n{IDENTITY}{ESCALATE}"
        "    def «de_escalate»(self, target_id, event): pass\n",
        "Vpn has no method deescalate",
    ),
    "a method is a comment": (
        f"{HEAD}class «Vpn»(AccessStrategy):\n{IDENTITY}{ESCALATE}    # {REST.strip()}\n",
        "Vpn has no method deescalate",
    ),
    "a method is a function": (
        f"{HEAD}class «Vpn»(AccessStrategy):\n{IDENTITY}{ESCALATE}"
        "def deescalate(self, target_id, event): pass\n",
        "Vpn has no method deescalate",
    ),
    "__init__": (
        f"{HEAD}class Vpn(AccessStrategy):\n    def «__init__»(self, x): pass\n{BODY}",
        "Vpn overrides __init__, which is final",
    ),
    "get_requester_identity": (
        f"{HEAD}class Vpn(AccessStrategy):\n{BODY}"
        "    def «get_requester_identity»(self, event): return 1\n",
        "Vpn overrides get_requester_identity, which is final",
    ),
    "too few parameters": (
        f"{HEAD}class Vpn(AccessStrategy):\n{IDENTITY}{REST}"
        "    def «escalate»(self, event): pass\n",
        "escalate does not take what Sym gives it",
    ),
    "no self": (
        f"{HEAD}class Vpn(AccessStrategy):\n{IDENTITY}{REST}"
        "    def «escalate»(target_id, event): pass\n",
        "escalate does not take what Sym gives it",
    ),
    "one too many": (
        f"{HEAD}class Vpn(AccessStrategy):\n{ESCALATE}{REST}"
        "    def «fetch_remote_identity»(self, user, event): pass\n",
        "fetch_remote_identity does not take what Sym gives it",
    ),
    "asynchronous": (
        f"{HEAD}class Vpn(AccessStrategy):\n{IDENTITY}{REST}"
        "    async def «escalate»(self, target_id, event): pass\n",
        "escalate is asynchronous",
    ),
    "of another name altogether": (
        f"{HEAD}class Vpn(AccessStrategy):\n{IDENTITY}{ESCALATE}"
        "    def «revoke»(self, target_id, event): pass\n",
        "Vpn has no method deescalate",
    ),
    "a helper that is used": (
        f"{HEAD}class «Vpn»(AccessStrategy):\n{IDENTITY}"
        "    def escalate(self, target_id, event): self.call(1, 2)\n"
        "    def call(self, target_id, event): pass\n",
        "Vpn has no method deescalate",
    ),
    "static": (
        f"{HEAD}class Vpn(AccessStrategy):\n{ESCALATE}{REST}"
        "    @staticmethod\n    def «fetch_remote_identity»(self, user): pass\n",
        "fetch_remote_identity does not take what Sym gives it",
    ),
    "two classes": (
        f"{HEAD}class Vpn(AccessStrategy):\n{BODY}class «Other»(AccessStrategy):\n{BODY}",
        "a second class derives from AccessStrategy",
    ),
}
RIGHT = {
    "other names": (
        f"{HEAD}class Vpn(AccessStrategy):\n    def fetch_remote_identity(this, who): pass\n"
        "    def escalate(self, target, *rest): pass\n"
        "    def deescalate(self, target_id, event, retries=3): pass\n"
    ),
    "another name of the base": (
        f"from sym.sdk.strategies import AccessStrategy as S\nclass Vpn(S):\n{BODY}"
    ),
    "a module": f"import sym.sdk.strategies as s\nclass Vpn(s.AccessStrategy):\n{BODY}",
    "its own module": (
        f"from sym.sdk.strategies.access_strategy import AccessStrategy\nclass Vpn(AccessStrategy):\n{BODY}"
    ),
    "a class in between": (
        f"{HEAD}class Base(AccessStrategy):\n{IDENTITY}class Vpn(Base):\n{ESCALATE}{REST}"
    ),
    "a mixin": (
        f"{HEAD}class Api:\n    def __init__(self): pass\n{IDENTITY}"
        f"class Vpn(AccessStrategy, Api):\n{ESCALATE}{REST}"
    ),
    "static and of the class": (
        f"{HEAD}class Vpn(AccessStrategy):\n{ESCALATE}    @classmethod\n{REST}"
        "    @staticmethod\n    def fetch_remote_identity(user): pass\n"
    ),
    "decorated methods": (
        f"{HEAD}from vpn import logged\nclass Vpn(AccessStrategy):\n{IDENTITY}{REST}"
        "    @logged('escalate')\n    def escalate(self, log, target_id, event): pass\n"
    ),
    "a decorator": f"{HEAD}import functools\n@functools.total_ordering\nclass Vpn(AccessStrategy):\n{BODY}",
    "helpers": f"{HEAD}class Error(Exception):\n    pass\nclass Vpn(AccessStrategy):\n{BODY}    def x(self): pass\n",
    "a method by a condition": (
        f"{HEAD}class Vpn(AccessStrategy):\n{IDENTITY}{ESCALATE}    if True:\n    {REST}"
    ),
    "a method that is assigned": f"{HEAD}class Vpn(AccessStrategy):\n{BODY}    deescalate = escalate\n",
    "one of two by a condition": (
        f"{HEAD}if True:\n    class Vpn(AccessStrategy):\n        pass\n        x = 1\n".replace(
            "        pass\n        x = 1\n", BODY.replace("    def", "        def")
        )
        + "else:\n    class Other(AccessStrategy):\n"
        + BODY.replace("    def", "        def")
    ),
    "no import": f"class Vpn(AccessStrategy):\n{BODY}",
}
UNKNOWN = {
    "another base": f"from vpn import Base\nclass Vpn(Base):\n{BODY}",
    "a star": f"from vpn import *\nclass Vpn(Base):\n{BODY}",
    "a decorator": f"{HEAD}from vpn import adds\n@adds\nclass Vpn(AccessStrategy):\n    pass\n",
    "an unknown mixin": f"{HEAD}from vpn import Mixin\nclass Vpn(Mixin, AccessStrategy):\n    pass\n",
}


def prepared(root: Path, text: str) -> Path:
    return write(root, {**base("custom"), "vpn.py": MARK.sub(r"\1", text)})


@pytest.mark.parametrize(("text", "title"), WRONG.values(), ids=WRONG)
def test_what_is_wrong(tmp_path: Path, text: str, title: str) -> None:
    (found,) = findings(prepared(tmp_path, text), RULE)
    (mark,) = MARK.finditer(text)
    assert (found.range.start, found.range.text) == (mark.start(), mark[1])
    assert (found.title, found.severity) == (title, "error")
    assert found.address == "sym_strategy.main"


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_what_is_right(tmp_path: Path, text: str) -> None:
    assert findings(prepared(tmp_path, text), RULE) == []
    assert undecided(tmp_path, RULE) == []


@pytest.mark.parametrize("text", UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_not_known(tmp_path: Path, text: str) -> None:
    assert findings(prepared(tmp_path, text), RULE) == []
    assert [question for _, question, _ in undecided(tmp_path, RULE)] == ["is its class complete?"]


def test_a_file_without_code_is_said_to_be_empty(tmp_path: Path) -> None:
    prepared(tmp_path, "\n")
    assert [it.code for it in findings(tmp_path, rules_of("SYM6"))] == ["SYM601"]
