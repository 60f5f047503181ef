"""SYM623: whether somebody hears of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import undecided
from support.code.marked import found_where_marked, repaired

from symlint.rules.handlers.nobody_is_notified import NobodyIsNotified

if TYPE_CHECKING:
    from pathlib import Path

ALONE = dict(NobodyIsNotified.bad)["impl.py"]
MARKED = ALONE.replace("def get_permissions", "def «get_permissions»")
NOTIFICATIONS = "def get_request_notifications(event):\n    return [slack.channel('#a')]\n"

TOLD = {
    "the reducer": f"@reducer\n{NOTIFICATIONS}",
    "the old one": "@reducer\ndef get_approvers(event): return 1\n",
    "a message": (
        "from sym.sdk.annotations import hook\nfrom sym.sdk.integrations import slack\n"
        "@hook\ndef after_request(event):\n    slack.send_message(event.user, 'a')\n"
    ),
    "a message by a helper": (
        "from sym.sdk.integrations import slack as s\ndef tell(event):\n    s.send_message(1, 'a')\n"
    ),
    "a request": "import requests\ndef tell(event):\n    requests.post('https://x')\n",
    "an automatic decision": (
        "from sym.sdk.annotations import hook\nfrom sym.sdk.templates import ApprovalTemplate\n"
        "@hook\ndef on_request(event):\n    return ApprovalTemplate.approve()\n"
    ),
    "assigned": "get_request_notifications = reducer(print)\n",
}
NOT_TOLD = {
    "nothing else": MARKED,
    "an import": "from sym.sdk.integrations import slack\n" + MARKED,
    "a comment": MARKED + "# @reducer\n# def get_request_notifications(event): pass\n",
    "an undecorated one": ALONE
    + "from sym.sdk.integrations import slack\n"
    + NOTIFICATIONS.replace("get_request_notifications", "«get_request_notifications»"),
}


@pytest.mark.parametrize("more", TOLD.values(), ids=TOLD)
def test_somebody_is_told(tmp_path: Path, more: str) -> None:
    assert found_where_marked(tmp_path, "SYM623", ALONE + more, behind_reducers=False) == []


@pytest.mark.parametrize("text", NOT_TOLD.values(), ids=NOT_TOLD)
def test_nobody_is_told(tmp_path: Path, text: str) -> None:
    (found,) = found_where_marked(tmp_path, "SYM623", text, behind_reducers=False)
    assert (found.severity, found.title) == ("note", "nobody is told of a request")


def test_the_fix_writes_a_lost_decorator(tmp_path: Path) -> None:
    (found,) = found_where_marked(
        tmp_path, "SYM623", NOT_TOLD["an undecorated one"], behind_reducers=False
    )
    assert found.fix is not None
    assert not found.fix.safe
    assert f"@reducer\n{NOTIFICATIONS}" in repaired(found)


def test_without_get_permissions_there_is_no_question(tmp_path: Path) -> None:
    assert found_where_marked(tmp_path, "SYM623", "x = 1\n", behind_reducers=False) == []


def test_a_star_import_is_not_known(tmp_path: Path) -> None:
    text = "from common import *\n" + ALONE
    assert found_where_marked(tmp_path, "SYM623", text, behind_reducers=False) == []
    assert len(undecided(tmp_path, (NobodyIsNotified,))) == 1
