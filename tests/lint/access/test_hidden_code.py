"""Python that the inventory names and does not show: a change of it is a change that nobody can judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from access_changes import difference, edited, shown
from okta_access import OKTA

if TYPE_CHECKING:
    from pathlib import Path

    from access_changes import Files

HELPERS = """

import requests

LIMITS = {"a": 1}
LIMITS.update(b=2)


def on_duty(person):
    \"\"\"Whether somebody is on duty.\"\"\"
    duties = requests.get("https://duty.invalid").json()
    for duty in duties:
        if duty["email"] == person.email and in_time(duty):
            return True
    return False


def in_time(duty):
    count = 0
    for hour in duty["hours"]:
        count += hour
    return count < int(requests.get("https://limit.invalid").text)


def is_listed(person):
    for name in person.names:
        if name in SAFE.split(","):
            return True
    return False


SAFE = "ada"
"""
CALLING: Files = edited(
    edited(OKTA, "pagerduty.is_on_call(event.user)", "on_duty(event.user)"),
    "        return ApprovalTemplate.approve()\n",
    f"        return ApprovalTemplate.approve()\n{HELPERS}",
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('duty["email"] == person.email and in_time(duty)', 'duty["email"] == person.email'),
        ("count < int", "count <= int"),
        ("https://limit.invalid", "https://limits.invalid"),
        ("return True\n    return False\n\n\ndef in_time", "return True\n    return True\n\n\ndef in_time"),
    ],
)  # fmt: skip  # an edit a line
def test_other_code_is_not_comparable(tmp_path: Path, old: str, new: str) -> None:
    done, undone = difference(tmp_path / "x", CALLING, edited(CALLING, old, new))
    assert shown(done) == shown(undone) == [("not comparable", "automatic")]
    assert "it has changed" in done.changes[0].sentence


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Whether somebody is on duty.", "Who is on duty."),
        ("    count = 0\n", "    count = 0  # so far\n\n"),
        ("    count = 0\n    for hour in", "    total = 0\n    for hour in"),
        ("SAFE = ", "SAFE: str = "),
        ('LIMITS = {"a": 1}', 'LIMITS = {"a": 2}'),
        ("person.names", "person.nicknames"),
    ],
)
def test_what_changes_nothing(tmp_path: Path, old: str, new: str) -> None:
    after = edited(CALLING, old, new)
    if "total" in new:
        after = {name: text.replace("count", "total") for name, text in after.items()}
    done, undone = difference(tmp_path / "x", CALLING, after)
    assert (shown(done), shown(undone)) == ([], [])


def test_variables_that_hidden_code_reads(tmp_path: Path) -> None:
    reading = edited(CALLING, 'SAFE.split(",")', 'event_vars["approvers"]')
    reading = edited(reading, "on_duty(event.user)", "is_listed(event.user, event.flow.vars)")
    reading = edited(reading, "def is_listed(person)", "def is_listed(person, event_vars)")
    reading = edited(reading, "        return ApprovalTemplate.ignore()", "        return None")
    done, _ = difference(tmp_path / "x", reading, edited(reading, "a@orchard", "b@orchard"))
    assert shown(done) == [("not comparable", "automatic")]


def test_a_gate_that_is_new_narrows_whatever_it_calls(tmp_path: Path) -> None:
    without = edited(CALLING, "        return ApprovalTemplate.ignore()", "        return None")
    gated = edited(
        CALLING,
        '    if not event.user.email in event.flow.vars["approvers"].split(","):',
        "    if not is_listed(event.user):",
    )
    done, undone = difference(tmp_path / "x", without, gated)
    assert shown(done) == [("narrowed", "gates")]
    assert shown(undone) == [("widened", "gates")]


@pytest.mark.parametrize(
    "edit",
    [
        ("LEVEL = ", "LEVEL = {'a': PermissionLevel.MEMBER}"),
        ("LEVEL = ", "LEVEL = {'a': PermissionLevel.ALL_USERS}"),
    ],
)
def test_levels_that_are_not_known(tmp_path: Path, edit: tuple[str, str]) -> None:
    choosing = edited(
        OKTA, "approve_deny=PermissionLevel.MEMBER", "approve_deny=LEVEL[event.user.role]"
    )
    before = edited(
        choosing,
        "\n\n@reducer\ndef get_permissions",
        "\nLEVEL = {}\n\n\n@reducer\ndef get_permissions",
    )
    done, _ = difference(tmp_path / "x", before, edited(before, "LEVEL = {}", edit[1]))
    assert shown(done) == [("not comparable", "approve")]
