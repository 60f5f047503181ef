"""SYM606: the old reducer, in the strict profile, and the two that the fix writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings, rules_of
from support.code.marked import MARK, found_where_marked, repaired
from support.writing import write

from symlint.lint.options import Options
from symlint.lint.run.engine import lint
from symlint.rules._examples import configuration
from symlint.rules._python_examples import FLOW, with_only

if TYPE_CHECKING:
    from pathlib import Path

OTHERS = ("SYM603", "SYM604", "SYM605", "SYM606", "SYM612", "SYM613", "SYM616", "SYM617")
HEAD = "from sym.sdk.annotations import reducer\nfrom sym.sdk.integrations import slack\n"
OLD = f"""{HEAD}

@reducer
def «get_approvers»(evt):
    \"\"\"Ask in the channel of the flow.\"\"\"
    fvars = evt.flow.vars  # the flow's own
    return slack.channel(fvars["request_channel"], allow_self=True)


def helper():
    pass
"""
NEW = """from sym.sdk.annotations import reducer
from sym.sdk.integrations import slack
from sym.sdk.notifications import Notification
from sym.sdk.request_permission import PermissionLevel, RequestPermission


@reducer
def get_permissions(evt):
    return RequestPermission(
        webapp_view=PermissionLevel.ADMIN,
        approve_deny=PermissionLevel.MEMBER,
        allow_self_approval=True,
    )


@reducer
def get_request_notifications(evt):
    \"\"\"Ask in the channel of the flow.\"\"\"
    fvars = evt.flow.vars  # the flow's own
    return [Notification(destinations=[slack.channel(fvars["request_channel"])])]


def helper():
    pass
"""


def of(body: str, head: str = HEAD, decorator: str = "@reducer") -> str:
    return f"{head}\n{decorator}\ndef «get_approvers»(event):\n    {body}\n"


def test_the_fix_writes_both_reducers(tmp_path: Path) -> None:
    (found,) = found_where_marked(tmp_path, "SYM606", OLD, behind_reducers=False)
    assert found.severity == "note"
    assert found.fix is not None
    assert not found.fix.safe
    assert repaired(found) == NEW
    assert findings(write(tmp_path, with_only(NEW)), rules_of(*OTHERS)) == []


def test_guests_who_could_approve_still_can(tmp_path: Path) -> None:
    main = FLOW.replace("params {}", "params {\n    allow_guest_interaction = true\n  }")
    write(tmp_path, with_only(MARK.sub(r"\1", OLD), main))
    (found,) = findings(tmp_path, rules_of("SYM606"))
    assert repaired(found) == NEW.replace("MEMBER", "ALL_USERS")


@pytest.mark.parametrize(
    ("body", "wanted", "allow_self"),
    [
        ("return slack.channel('#a')", "slack.channel('#a')", "False"),
        ("return slack.channel('#a', allow_self=False)", "slack.channel('#a')", "False"),
        (
            "return slack.channel('#a', allow_self=True, timeout=60)",
            "slack.channel('#a', timeout=60)",
            "True",
        ),
        (
            "return slack.channel('#a', timeout=60, allow_self=True)",
            "slack.channel('#a', timeout=60)",
            "True",
        ),
        (
            "return slack.channel(\n        '#a',\n        allow_self=True,\n    )",
            "slack.channel(\n        '#a',\n    )",
            "True",
        ),
    ],
)
def test_forms_of_the_channel(tmp_path: Path, body: str, wanted: str, allow_self: str) -> None:
    (found,) = found_where_marked(tmp_path, "SYM606", of(body), behind_reducers=False)
    text = repaired(found)
    assert f"return [Notification(destinations=[{wanted}])]" in text
    assert f"allow_self_approval={allow_self}," in text
    assert findings(write(tmp_path, with_only(text)), rules_of(*OTHERS)) == []


@pytest.mark.parametrize(
    "text",
    [
        of("return slack.fallback(slack.channel('#a'), slack.channel('#b'))"),
        of("return slack.group([event.user])"),
        of("return event.user"),
        of("if event.user:\n        return slack.channel('#a')\n    return slack.channel('#b')"),
        of("return slack.channel('#a', allow_self=event.flow.vars['x'])"),
        of("return slack.channel(name='#a', allow_self=True)"),
        of("return slack.channel(*event)"),
        of("return channel('#a')", HEAD + "def channel(x): return x\n"),
        of("return slack.channel('#a')") + "get_approvers(None)\n",
        of("return slack.channel('#a')") + "@reducer\ndef get_permissions(event): return 1\n",
        of("return slack.channel('#a')", HEAD + "Notification = 1\n"),
        of("return slack.channel('#a')", decorator="@reducer()"),
    ],
)
def test_no_fix_where_it_is_more_than_a_channel(tmp_path: Path, text: str) -> None:
    (found,) = found_where_marked(tmp_path, "SYM606", text, behind_reducers=False)
    assert found.fix is None


def test_an_undecorated_one_is_no_reducer(tmp_path: Path) -> None:
    text = MARK.sub(r"\1", of("return slack.channel('#a')", decorator="# @reducer"))
    assert found_where_marked(tmp_path, "SYM606", text, behind_reducers=False) == []


def test_the_fix_in_a_heredoc(tmp_path: Path) -> None:
    code = "".join(f"    {line}\n" if line else "\n" for line in MARK.sub(r"\1", OLD).splitlines())
    heredoc = f"<<-EOT\n{code}  EOT"
    main = FLOW.replace('file("${path.module}/impl.py")', heredoc)
    (found,) = findings(write(tmp_path, configuration(main)), rules_of("SYM606"))
    wanted = "".join(f"    {line}\n" if line else "\n" for line in NEW.splitlines())
    assert (
        repaired(found)
        == "".join(main.partition(heredoc)[0])
        + f"<<-EOT\n{wanted}  EOT"
        + (main.partition(heredoc)[2])
    )


@pytest.mark.parametrize(("profile", "expected"), [(None, []), ("strict", ["SYM606"])])
def test_only_the_strict_profile_has_it(
    tmp_path: Path, profile: str | None, expected: list[str]
) -> None:
    write(tmp_path, with_only(MARK.sub(r"\1", of("return slack.channel('#a')"))))
    report = lint([str(tmp_path)], Options(profile=profile))
    assert [it.code for it in report.findings] == expected
