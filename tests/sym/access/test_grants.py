"""Cells of the inventory: what is said, how sure it is, and where it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from granted_access import MAIN, MEMBERS, granted
from support.configurations import configuration

from symlint.sym.access.cells import broken, not_known
from symlint.sym.access.grants import grants_of
from symlint.sym.catalogue import load_catalogue
from symlint.sym.model.configuration import SymConfiguration

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.sym.access.cells import Cell


def said(cell: Cell) -> str:
    return f"{cell.text} [{cell.state}]" if cell.state != "known" else cell.text


def changed(old: str, new: str) -> str:
    assert old in MAIN
    return MAIN.replace(old, new)


def test_a_grant(tmp_path: Path) -> None:
    [grant] = granted(tmp_path, MEMBERS)
    assert (grant.flow, grant.target_type, grant.target) == ("okta", "okta_group", "support")
    assert {name: said(cell) for name, cell in grant.cells.items()} == {
        "environment": "main",
        "grants": "member of the Okta group 00g1",
        "parameter": "none",
        "through": "okta strategy okta, okta integration orchard.okta.com",
        "asked_from": "Slack and the API",
        "asked_by": "every member of the organization",
        "how_long": "up to 1 h (30 min, 1 h)",
        "ends": "by time or by hand",
        "session": "",
        "approve": "members",
        "denied_by": "whoever can approve",
        "self_approval": "no",
        "gates": "none",
        "automatic": "never",
        "asked_in": "nowhere: nobody is told of a request",
        "recorded": "no log destination; errors nowhere",
    }
    assert grant.cells["how_long"].value == (1_800, 3_600)


PERMISSION = (
    "@reducer\ndef get_permissions(event):\n"
    "    return RequestPermission(webapp_view=PermissionLevel.ADMIN, {})\n"
)


@pytest.mark.parametrize(
    ("arguments", "approve", "own"),
    [
        ("approve_deny=PermissionLevel.ADMIN", "admins", "no"),
        ("approve_deny='member', allow_self_approval=True", "members", "yes"),
        ("approve_deny=PermissionLevel.ALL_USERS", "everybody but guests", "no"),
        ("approve_deny=['1', '2']", "2 listed users, and admins", "no"),
        (
            "approve_deny=user_ids(okta.users_in_group(group_id=event.flow.vars['group']))",
            "the users that okta.users_in_group(group_id='00g2') gives, and admins [conditional]",
            "no",
        ),
        (
            "approve_deny=PermissionLevel.ADMIN if event.user.email else PermissionLevel.MEMBER",
            "admins when event.user.email; members otherwise [conditional]",
            "no",
        ),
        (
            "approve_deny=PermissionLevel.ADMIN, allow_self_approval=event.user.email == 'a'",
            "admins",
            "when event.user.email == 'a' [conditional]",
        ),
        ("allow_self_approval=False", "nobody [broken]", "no"),
        ("approve_deny=people", "it fails [broken]", "it fails [broken]"),
    ],
)
def test_who_approves(tmp_path: Path, arguments: str, approve: str, own: str) -> None:
    [grant] = granted(tmp_path, PERMISSION.format(arguments))
    assert said(grant.cells["approve"]) == approve
    assert said(grant.cells["self_approval"]) == own


def test_guests_are_among_everybody_where_the_flow_lets_them_act(tmp_path: Path) -> None:
    code = PERMISSION.format("approve_deny=PermissionLevel.ALL_USERS")
    main = changed("  params {", "  params {\n    allow_guest_interaction = true")
    [grant] = granted(tmp_path, code, main)
    assert said(grant.cells["approve"]) == "everybody, guests too"


@pytest.mark.parametrize(
    ("code", "expected", "own"),
    [
        ("return slack.channel('#a', allow_self=True)", "everybody who sees #a", "yes"),
        ("return slack.channel('#a')", "everybody who sees #a", "no"),
        (
            "return slack.fallback(slack.channel('#a', timeout=15), slack.user('@b'))",
            "everybody who sees #a (for 15 s), then @b",
            "no",
        ),
        (
            "return slack.fallback(slack.channel('#a', timeout='1m'), slack.user('@b'))",
            "everybody who sees #a, then @b",
            "no",
        ),
        ("return slack.channel('#a', timeout='15')", "everybody who sees #a (for 15 s)", "no"),
        (
            "return slack.channel(event.flow.vars['channel'])",
            "everybody who sees #vars",
            "no",
        ),
        ("return slack.channel(event.flow.vars.get('x', '#b'))", "everybody who sees #b", "no"),
        (
            "channel = event.flow.vars.get('x', '#b')\n    return slack.channel(channel)",
            "everybody who sees #b",
            "no",
        ),
        (
            "channel = event.flow.vars['x']\n    return slack.channel(channel)",
            "it fails [broken]",
            "no",
        ),
    ],
)
def test_who_approved_before(tmp_path: Path, code: str, expected: str, own: str) -> None:
    [grant] = granted(tmp_path, f"@reducer\ndef get_approvers(event):\n    {code}\n")
    assert said(grant.cells["approve"]) == expected
    assert said(grant.cells["self_approval"]) == own


@pytest.mark.parametrize(
    ("hook", "expected"),
    [
        (
            "if event.user.email == 'a':\n        return ApprovalTemplate.ignore()",
            "an approval does not count when event.user.email == 'a'; "
            "an admin can approve in the web app all the same [conditional]",
        ),
        (
            "if not okta.is_on(event):\n        return ApprovalTemplate.deny()",
            "an approval counts only when okta.is_on(event); "
            "an admin can approve in the web app all the same [conditional]",
        ),
        ("return ApprovalTemplate.ignore()", "no approval counts [broken]"),
        (
            "ApprovalTemplate.ignore()",
            "none: the result of ApprovalTemplate.ignore is not returned [broken]",
        ),
        ("return ApprovalTemplate.approve()", "none"),
        ("return computed(event)", "it fails [broken]"),
        ("return event.user.decide()", "event.user.decide() [unknown]"),
    ],
)
def test_gates(tmp_path: Path, hook: str, expected: str) -> None:
    [grant] = granted(tmp_path, f"{MEMBERS}\n@hook\ndef on_approve(event):\n    {hook}\n")
    assert said(grant.cells["gates"]) == expected


@pytest.mark.parametrize(
    ("hook", "expected"),
    [
        ("return ApprovalTemplate.approve()", "always"),
        (
            "if a(event):\n        return ApprovalTemplate.approve()\n    "
            "if event.user.email:\n        return ApprovalTemplate.escalate()",
            "when (a(event)) or (event.user.email) [conditional]",
        ),
        ("return ApprovalTemplate.ignore()", "never"),
        (
            "if event.flow.vars['group'] == '00g2':\n        return ApprovalTemplate.approve()",
            "always",
        ),
        (
            "if event.flow.vars['group'] != '00g2':\n        return ApprovalTemplate.approve()",
            "never",
        ),
        (
            "for it in event.user.groups:\n        return ApprovalTemplate.approve()",
            "when there is it in event.user.groups [conditional]",
        ),
        (
            "try:\n        a(event)\n    except KeyError:\n        return ApprovalTemplate.approve()",
            "when KeyError is raised [conditional]",
        ),
        (
            "match event.user.email:\n        case 'a':\n            return ApprovalTemplate.approve()",
            "when event.user.email matches 'a' [conditional]",
        ),
    ],
)
def test_without_approval(tmp_path: Path, hook: str, expected: str) -> None:
    helper = "def a(event):\n    event.user.flag += 1\n    return event.user.flag > x()\ndef x(): return 1\n"
    helper = "def a(event):\n    for it in event.user.x:\n        return it\n"
    [grant] = granted(tmp_path, f"{MEMBERS}{helper}\n@hook\ndef on_request(event):\n    {hook}\n")
    assert said(grant.cells["automatic"]) == expected


@pytest.mark.parametrize(
    ("old", "new", "column", "expected"),
    [
        ("    strategy_id", "    allow_revoke = false\n    strategy_id", "ends", "by time"),
        (
            "    strategy_id",
            "    allow_revoke = false\n    schedule_deescalation = false\n    strategy_id",
            "ends",
            "never: nothing ends it",
        ),
        ("    strategy_id", '    allowed_sources = ["api"]\n    strategy_id', "asked_from", "the API"),
        ("    strategy_id", "    allowed_sources = []\n    strategy_id", "asked_from", "nowhere: nobody can ask"),
        ('allowed_values = ["1h", "30m"]', "", "how_long", "any time that is asked for"),
        ("    strategy_id", "    schedule_deescalation = false\n    strategy_id", "how_long",
         "until somebody ends it; asked for: up to 1 h (30 min, 1 h)"),
        ("    strategy_id", "    allow_revoke = false\n    schedule_deescalation = false\n    strategy_id",
         "how_long", "for ever; asked for: up to 1 h (30 min, 1 h)"),
        ("    strategy_id", "    allow_revoke = false\n    strategy_id", "how_long", "up to 1 h (30 min, 1 h)"),
        ('allowed_values = ["1h", "30m"]', 'allowed_values = ["10d"]', "how_long", "10 days"),
        ('"duration"\n      type           = "duration"', '"reason"\n      type = "string"', "how_long", "not asked: it lasts as long as the strategy lets it"),
        ('group_id = "00g1"', "group_id = data.okta_group.x.id", "grants", "member of the Okta group data.okta_group.x.id [unknown]"),
        ("[sym_target.group.id]", "[]", "grants", None),
        ("[sym_target.group.id]", "var.targets", "grants", "not known [unknown]"),
        ("    strategy_id = sym_strategy.okta.id\n", "", "grants", "nothing itself: it only asks for approval"),
        ('file("impl.py")', "var.code", "approve", "not known [unknown]"),
    ],
)  # fmt: skip  # a case a line
def test_columns(tmp_path: Path, old: str, new: str, column: str, expected: str | None) -> None:
    main = (
        changed(old, new) + 'variable "targets" {}\nvariable "code" {}\ndata "okta_group" "x" {}\n'
    )
    found = granted(tmp_path, MEMBERS, main)
    assert [said(grant.cells[column]) for grant in found] == (
        [] if expected is None else [expected]
    )


def test_chosen_settings(tmp_path: Path) -> None:
    bound = changed('  settings = {\n    group_id = "00g1"\n  }', '  field_bindings = ["group_id"]')
    field = '    prompt_field {\n      name = "group_id"\n      type = "string"\n      %s\n    }\n  }\n}\n'
    fetching = "@prefetch(field_name='group_id')\ndef get_groups(event):\n    return []\n"
    for argument, expected in (
        (
            "prefetch = true",
            "group_id: any that get_groups offers (over the API perhaps any text)",
        ),
        ('allowed_values = ["b", "a"]', "group_id: one of a, b"),
        ("", "group_id: any text"),
    ):
        main = bound.removesuffix("  }\n}\n") + field % argument
        [grant] = granted(tmp_path, MEMBERS + fetching, main)
        assert said(grant.cells["parameter"]) == expected
        assert said(grant.cells["grants"]) == "member of the Okta group (group_id as asked for)"


def test_secrets_are_not_said(tmp_path: Path) -> None:
    main = changed('{ channel = "#vars", group = "00g2" }', "{ channel = var.secret }")
    main += 'variable "secret" {\n  sensitive = true\n  default = "hunter2"\n}\n'
    code = MEMBERS + (
        "@reducer\ndef get_request_notifications(event):\n"
        "    return [Notification(destinations=[slack.channel(event.flow.vars['channel'])])]\n"
    )
    [grant] = granted(tmp_path, code, main)
    assert "hunter2" not in said(grant.cells["asked_in"])
    assert grant.cells["asked_in"].state == "unknown"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("def f(:\n", ("broken", "the code cannot be parsed")),
        ("x = 0x" + "f" * 5_000, ("unknown", "the code is not read: a number in it is too long")),
        (
            "x = f'{a['b']}' +\n",
            ("unknown", "the code has an f-string that only Python 3.12 and later can read"),
        ),
    ],
)
def test_code_that_is_not_read(tmp_path: Path, code: str, expected: tuple[str, str]) -> None:
    [grant] = granted(tmp_path, code)
    assert {(it.state, it.reason) for it in (grant.cells["approve"], grant.cells["gates"])} == {
        expected
    }


def test_a_cell_says_once_that_it_is_not_known() -> None:
    assert not_known("it is computed").said == "not known: it is computed"
    assert not_known("it is computed", "var.a").said == "var.a [not known: it is computed]"
    assert broken("it raises", "it fails").said == "it fails [broken: it raises]"


@pytest.mark.parametrize(
    ("hook", "asked_by", "how_long"),
    [
        (
            "if event.user.email == 'a':\n        return ApprovalTemplate.deny()",
            "every member of the organization, unless event.user.email == 'a' [conditional]",
            "up to 1 h (30 min, 1 h)",
        ),
        ("return ApprovalTemplate.ignore()", "nobody [broken]", "up to 1 h (30 min, 1 h)"),
        (
            "return event.user.decide()",
            "members of the organization whom no hook turns away [unknown]",
            "up to 1 h (30 min, 1 h)",
        ),
        (
            "if event.user.email == 'a':\n        return ApprovalTemplate.approve(duration=86400)",
            "every member of the organization",
            "up to 1 h (30 min, 1 h); a hook makes it 1 day when event.user.email == 'a' [conditional]",
        ),
        (
            "return ApprovalTemplate.approve(duration=event.user.hours)",
            "every member of the organization",
            "up to 1 h (30 min, 1 h) [unknown]",
        ),
        (
            "return ApprovalTemplate.escalate(duration=None)",
            "every member of the organization",
            "up to 1 h (30 min, 1 h)",
        ),
    ],
)
def test_what_hooks_do_to_requests(tmp_path: Path, hook: str, asked_by: str, how_long: str) -> None:
    [grant] = granted(tmp_path, f"{MEMBERS}\n@hook\ndef on_request(event):\n    {hook}\n")
    assert said(grant.cells["asked_by"]) == asked_by
    assert said(grant.cells["how_long"]) == how_long


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("[it.id for it in okta.users_in_group(group_id='1')]", "the users that [it.id for it in okta.users_in_group(group_id='1')] gives, and admins [conditional]"),
        ("LEVELS['a']", "members"),
        ("LEVELS['b']", "it fails [broken]"),
        ("LEVELS[event.user.role]", "LEVELS[event.user.role] [unknown]"),
        ("event.user.role and PermissionLevel.ADMIN", "event.user.role and PermissionLevel.ADMIN [unknown]"),
        ("decided(event)", "event.user.level [unknown]"),
    ],
)  # fmt: skip  # a case a line
def test_approvers_that_code_chooses(tmp_path: Path, level: str, expected: str) -> None:
    code = (
        "LEVELS = {'a': PermissionLevel.MEMBER}\n\ndef decided(event):\n    return event.user.level\n\n"
        "@reducer\ndef get_permissions(event):\n"
        f"    return RequestPermission(webapp_view=PermissionLevel.ADMIN, approve_deny={level})\n"
    )
    [grant] = granted(tmp_path, code)
    assert said(grant.cells["approve"]) == expected


@pytest.mark.parametrize(
    ("hook", "expected"),
    [
        (
            "if event.user.email == 'a':\n        return ApprovalTemplate.ignore()",
            "whoever can approve, unless event.user.email == 'a' [conditional]",
        ),
        (
            "if not event.user.email == 'a':\n        return ApprovalTemplate.ignore()",
            "whoever can approve, only if event.user.email == 'a' [conditional]",
        ),
        ("return ApprovalTemplate.ignore()", "nobody: every denial is ignored"),
        ("return None", "whoever can approve"),
        (
            "ApprovalTemplate.ignore()",
            "whoever can approve: the result of ApprovalTemplate.ignore is not returned [broken]",
        ),
        ("return undefined(event)", "it fails [broken]"),
        ("return event.user.decide()", "event.user.decide() [unknown]"),
    ],
)
def test_who_denies(tmp_path: Path, hook: str, expected: str) -> None:
    [grant] = granted(tmp_path, f"{MEMBERS}\n@hook\ndef on_deny(event):\n    {hook}\n")
    assert said(grant.cells["denied_by"]) == expected
    assert said(grant.cells["gates"]) == "none"


NOTIFIED = """
@reducer
def get_request_notifications(event):
    on_call = okta.users_in_group(group_id="00g")
    channel = "#a" if event.user.email else "#b"
    return [Notification({})]
"""


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("destinations=[slack.channel('#x')], timeout=5 * 60", "#x (for 300 s)"),
        ("destinations=[slack.channel('#x')], timeout=later(event)", "#x (for int(event.user.email) s)"),
        (
            "destinations=on_call, timeout=9",
            "the users that okta.users_in_group(group_id='00g') gives (for 9 s) [conditional]",
        ),
        ("destinations=[slack.channel(channel)]", "#a when event.user.email; #b otherwise [conditional]"),
        ("destinations=[slack.group(['a@x', 'b@x'])]", "a group of a@x, b@x"),
        ("destinations=[slack.group(on_call)]", "a group of users"),
        ("destinations=computed(event)", "whom list(event.user.email) gives [unknown]"),
    ],
)  # fmt: skip  # a case a line
def test_who_is_told(tmp_path: Path, arguments: str, expected: str) -> None:
    code = MEMBERS + NOTIFIED.replace("{}", arguments)
    code += "\ndef later(event):\n    return int(event.user.email)\n"
    code += "\ndef computed(event):\n    return list(event.user.email)\n"
    [grant] = granted(tmp_path, code)
    assert said(grant.cells["asked_in"]).replace('"', "'") == expected


def test_a_timeout_that_is_another_is_another_value(tmp_path: Path) -> None:
    texts = ("5 * 60", "50 * 60", "int(event.user.email)", "int(event.user.name)")
    values = []
    for text in texts:
        arguments = f"destinations=[slack.channel('#x')], timeout={text}"
        [grant] = granted(tmp_path, MEMBERS + NOTIFIED.replace("{}", arguments))
        values.append(repr(grant.cells["asked_in"].value))
    assert len(set(values)) == len(texts)


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ("", "up to 1 h (30 min, 1 h)"),
        ("schedule_deescalation = false", "until somebody ends it; asked for: up to 1 h (30 min, 1 h)"),
        ("schedule_deescalation = false\n    allow_revoke = false", "for ever; asked for: up to 1 h (30 min, 1 h)"),
    ],
)  # fmt: skip  # a case a line
def test_how_long_without_an_end(tmp_path: Path, params: str, expected: str) -> None:
    [grant] = granted(tmp_path, MEMBERS, changed("  params {", f"  params {{\n    {params}"))
    assert said(grant.cells["how_long"]) == expected


def test_how_long_without_an_end_whatever_a_hook_says(tmp_path: Path) -> None:
    main = changed("  params {", "  params {\n    schedule_deescalation = false")
    start, end = main.index("    prompt_field {"), main.rindex("  }\n}\n")
    hook = "\n@hook\ndef on_request(event):\n    return ApprovalTemplate.approve(duration=int(event.user.email))\n"
    [grant] = granted(tmp_path, MEMBERS + hook, main[:start] + main[end:])
    assert said(grant.cells["how_long"]) == "until somebody ends it"
    assert grant.cells["how_long"].value == "not asked"


def test_log_destinations_by_address(tmp_path: Path) -> None:
    logs = (
        'resource "sym_log_destination" "http" {{\n  type = "http"\n'
        '  settings = {{ url = "https://{}" }}\n}}\n'
    )
    main = changed(
        'name = "main"\n', 'name = "main"\n  log_destination_ids = [sym_log_destination.http.id]\n'
    )
    [one] = granted(tmp_path, MEMBERS, main + logs.format("user:pass@logs.example.com/a?token=b"))
    [other] = granted(tmp_path, MEMBERS, main + logs.format("user:pass@logs.example.com/c"))
    assert said(one.cells["recorded"]) == "log destinations http logs.example.com; errors nowhere"
    assert one.cells["recorded"].text == other.cells["recorded"].text
    assert one.cells["recorded"].code != other.cells["recorded"].code


def test_grants_of_a_flow_have_the_same_cells_where_the_same_is_so(tmp_path: Path) -> None:
    more = changed("= [sym_target.group.id]", "= [sym_target.group.id, sym_target.other.id]")
    more += 'resource "sym_target" "other" {\n  type = "okta_group"\n  name = "other"\n}\n'
    one, other = granted(tmp_path, MEMBERS, more)
    differing = {name for name, cell in one.cells.items() if cell is not other.cells[name]}
    assert differing == {"grants"}


def test_choices_of_a_form_are_put_together_once(tmp_path: Path) -> None:
    bound = changed(
        '  settings = {\n    group_id = "00g1"', '  field_bindings = ["group_id"]\n  settings = {'
    )
    field = 'prompt_field {\n      name = "group_id"\n      type = "string"\n      allowed_values = ["a", "b"]\n    }\n    '
    bound = bound.replace("prompt_field {", field + "prompt_field {", 1)
    more = bound.replace("= [sym_target.group.id]", "= [sym_target.group.id, sym_target.other.id]")
    start = more.index('resource "sym_target" "group"')
    end = more.index("resource", start + 1)
    more += more[start:end].replace('"group"', '"other"')
    one, other = granted(tmp_path, MEMBERS, more)
    assert one.cells["parameter"].text == other.cells["parameter"].text == "group_id: one of a, b"


def test_a_flow_costs_more_than_a_further_grant(tmp_path: Path) -> None:
    def spent(text: str, folder: str) -> int:
        sym = SymConfiguration(configuration(tmp_path / folder, text), load_catalogue())
        before = sym.terraform.budget.remaining
        grants_of(sym)
        return before - sym.terraform.budget.remaining

    flow = 'resource "sym_flow" "f@" {\n  name = "f@"\n  params {}\n}\n'
    one, two = (
        spent("".join(flow.replace("@", str(it)) for it in range(number)), f"d{number}")
        for number in (10, 20)
    )
    assert two - one > 10 * 2_000
