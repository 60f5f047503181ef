"""SYM616: how the methods of the approval template are used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.code.marked import found_where_marked, repaired

if TYPE_CHECKING:
    from pathlib import Path

WRONG = {
    "return ApprovalTemplate.ignore(«'No.'»)": (
        "ApprovalTemplate.ignore takes arguments by name alone",
        "return ApprovalTemplate.ignore(message='No.')",
    ),
    "a = ApprovalTemplate.ignore(«text», message='No.')": (
        "ApprovalTemplate.ignore takes arguments by name alone",
        None,
    ),
    "return ApprovalTemplate.request(«srn», 3600)": (
        "ApprovalTemplate.request takes arguments by name alone",
        None,
    ),
    "return ApprovalTemplate.deescalate(\n        «srn»\n    )": (
        "ApprovalTemplate.deescalate takes arguments by name alone",
        "return ApprovalTemplate.deescalate(\n        target_srn=srn\n    )",
    ),
    "return sym.sdk.templates.approval.ApprovalTemplate.approve(«1»)": (
        "ApprovalTemplate.approve takes arguments by name alone",
        None,
    ),
    "return T.ignore(«'No.'»)": (
        "ApprovalTemplate.ignore takes arguments by name alone",
        "return T.ignore(message='No.')",
    ),
    "return ApprovalTemplate.«aprove»()": ("ApprovalTemplate has no method aprove", None),
    "return ApprovalTemplate.«expire»()": ("ApprovalTemplate has no method expire", None),
    "return «ApprovalTemplate.approve»": (
        "ApprovalTemplate.approve is returned and not called",
        "return ApprovalTemplate.approve()",
    ),
}
RIGHT = (
    "return ApprovalTemplate.ignore(message='No.')",
    "return ApprovalTemplate.ignore()",
    "return ApprovalTemplate.approve(anything=1)",
    "return ApprovalTemplate.request(**fields)",
    "return ApprovalTemplate.request(*fields)",
    "return ApprovalTemplate.revoke('a')",
    "return ApprovalTemplate.__name__, ApprovalTemplate.mro()",
    "act = ApprovalTemplate.approve\n    return act()",
    "return other.ApprovalTemplate.nothing('a')",
    "return event.template.ignore('a')",
)
HEAD = """
import sym.sdk.templates.approval
from sym.sdk import ApprovalTemplate as T


@hook
def on_request(event):
    """


def test_an_alias_of_a_method(tmp_path: Path) -> None:
    code = f"{HEAD}act = ApprovalTemplate.ignore\n    return act(«'No.'»)\n"
    found_where_marked(tmp_path, "SYM616", code)


@pytest.mark.parametrize("body", WRONG)
def test_wrong(tmp_path: Path, body: str) -> None:
    (found,) = found_where_marked(tmp_path, "SYM616", f"{HEAD}{body}\n")
    title, after = WRONG[body]
    assert (found.title, found.function) == (title, "on_request")
    assert (found.fix is None) == (after is None)
    if after is not None:
        assert repaired(found).endswith(f"{HEAD}{after}\n")


@pytest.mark.parametrize("body", RIGHT)
def test_right(tmp_path: Path, body: str) -> None:
    found_where_marked(tmp_path, "SYM616", f"{HEAD}{body}\n")


def test_what_it_has_is_listed(tmp_path: Path) -> None:
    code = f"{HEAD}return ApprovalTemplate.«expire»()\n"
    (found,) = found_where_marked(tmp_path, "SYM616", code)
    assert found.help == (
        "use what it has: approve, deescalate, deny, escalate, ignore, prompt, request"
    )


def test_a_method_that_a_helper_returns_is_called_by_its_caller(tmp_path: Path) -> None:
    helper = "\n\ndef choice():\n    return ApprovalTemplate.ignore\n"
    code = f"{HEAD}return choice()(message='No.')\n{helper}"
    assert found_where_marked(tmp_path, "SYM616", code) == []
