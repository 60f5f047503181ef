"""What an auditor asks, and what is answered from a configuration."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from granted_access import IMPORTS, MAIN, MEMBERS
from support.writing import FIXTURES

from symlint.cli.access import answers_about
from symlint.lint.access.inventory import take_inventory
from symlint.lint.access.questions.all_answers import answers
from symlint.lint.access.rows import Rows
from symlint.lint.options import Options
from symlint.lint.run.engine import lint
from symlint.report.places import shown_place

if TYPE_CHECKING:
    from symlint.lint.access.questions.answer import Answer

OWN = MEMBERS.replace("PermissionLevel.MEMBER", "PermissionLevel.MEMBER, allow_self_approval=True")
ADMIN = OWN.replace("PermissionLevel.MEMBER,", "PermissionLevel.ADMIN,")
EVERYBODY = MEMBERS.replace("PermissionLevel.MEMBER", "PermissionLevel.ALL_USERS")
TOLD = """
@reducer
def get_request_notifications(event):
    return [Notification(destinations=[slack.channel("#requests")])]
"""
SOMETIMES_TOLD = TOLD.replace(
    "    return [", "    if event.user.email:\n        return []\n    return ["
)
GATE = """
@hook
def on_approve(event):
    if event.user.email == "a@b.c":
        return ApprovalTemplate.ignore(message="no")
"""
NO_EFFECT = GATE.replace("return Approval", "Approval")
AUTOMATIC = """
@hook
def on_request(event):
    if event.user.email == "a@b.c":
        return ApprovalTemplate.approve()
"""
ALWAYS = AUTOMATIC.replace('    if event.user.email == "a@b.c":\n        return', "    return")
COMPUTED = MEMBERS.replace(
    "PermissionLevel.MEMBER", "PermissionLevel.MEMBER, allow_self_approval=own()"
)
GUESTS = MAIN.replace("strategy_id", "allow_guest_interaction = true\n    strategy_id")
LOGGED = MAIN.replace(
    'name = "main"\n', 'name = "main"\n  log_destination_ids = [sym_log_destination.logs.id]\n'
) + """
resource "sym_log_destination" "logs" {
  type = "kinesis_firehose"
  settings = { stream_name = "logs" }
}
"""  # fmt: skip  # two texts


def asked(tmp_path: Path, code: str = MEMBERS, main: str = MAIN) -> dict[str, Answer]:
    """The answers about a flow."""
    (tmp_path / "impl.py").write_text(IMPORTS + code, encoding="utf-8")
    (tmp_path / "main.tf").write_text(main, encoding="utf-8")
    return answered(tmp_path)


def answered(*folders: Path, options: Options = Options()) -> dict[str, Answer]:  # noqa: B008 - a NamedTuple never changes
    paths = list(map(str, folders))
    inventory = take_inventory(paths, options, with_chains=True)
    findings = lint(paths, options).findings
    found = answers(inventory, findings, lambda it: shown_place(it, paths[0]))
    return {it.name: it for it in found}


def said(answer: Answer) -> list[tuple[str | None, str, list[str]]]:
    """What is so of which flows, or else targets."""
    return [
        (it.verdict, it.text, [name.name for name in it.flows or it.targets]) for it in answer.parts
    ]


def test_there_are_eleven() -> None:
    found = answered(FIXTURES / "okta", FIXTURES / "aws_iam")
    assert list(found) == [
        "granting", "self-approval", "alone", "approvers", "longest", "logged", "untold", "guests",
        "broken", "unasked", "environments",
    ]  # fmt: skip  # as many a line as fit


@pytest.mark.parametrize(
    ("code", "own", "alone"),
    [
        (MEMBERS, "no", "no"),
        (OWN, "yes", "yes"),
        (ADMIN, "conditional", "conditional"),
        (OWN + GATE, "conditional", "conditional"),
        (OWN + NO_EFFECT, "yes", "yes"),
        (MEMBERS + GATE, "no", "no"),
        (MEMBERS + AUTOMATIC, "no", "conditional"),
        (MEMBERS + ALWAYS, "no", "yes"),
        (OWN + GATE + ALWAYS, "conditional", "yes"),
        (COMPUTED, "unknown", "unknown"),
        (COMPUTED + ALWAYS, "unknown", "yes"),
    ],
)
def test_who_needs_a_second_person(tmp_path: Path, code: str, own: str, alone: str) -> None:
    found = asked(tmp_path, code)
    assert (found["self-approval"].verdict, found["alone"].verdict) == (own, alone)


def test_a_condition_is_said(tmp_path: Path) -> None:
    (part,) = asked(tmp_path, OWN + GATE + AUTOMATIC)["alone"].parts
    assert part.text == (
        'by self-approval; an approval does not count when event.user.email == "a@b.c"; an admin can '
        'approve in the web app all the same, or approved by the code when event.user.email == "a@b.c"'
    )
    (part,) = asked(tmp_path, ADMIN)["alone"].parts
    assert part.text == "by self-approval; where who asks is one of the approvers: admins"


@pytest.mark.parametrize(
    ("code", "verdict"), [(MEMBERS, "yes"), (MEMBERS + TOLD, "no"), (MEMBERS + SOMETIMES_TOLD, "conditional")]
)  # fmt: skip  # one line a case
def test_whether_somebody_is_told(tmp_path: Path, code: str, verdict: str) -> None:
    assert asked(tmp_path, code)["untold"].verdict == verdict


@pytest.mark.parametrize(
    ("code", "main", "verdict"),
    [
        (EVERYBODY, MAIN, "no"),
        (MEMBERS, GUESTS, "no"),
        (EVERYBODY, GUESTS, "yes"),
        (EVERYBODY, GUESTS.replace("= true", '= tobool("x")'), "unknown"),
    ],
)
def test_whether_guests_approve(tmp_path: Path, code: str, main: str, verdict: str) -> None:
    assert asked(tmp_path, code, main)["guests"].verdict == verdict


def test_whether_all_is_logged(tmp_path: Path) -> None:
    assert asked(tmp_path)["logged"].verdict == "no"
    assert asked(tmp_path, main=LOGGED)["logged"].verdict == "yes"
    main = MAIN.replace('name = "main"\n', 'name = "main"\n  log_destination_ids = var.logs\n')
    main += 'variable "logs" {}\n'
    assert asked(tmp_path, main=main)["logged"].verdict == "unknown"


@pytest.mark.parametrize(
    ("old", "new", "verdict", "text"),
    [
        ("", "", None, "1 h"),
        ("strategy_id =", "schedule_deescalation = false\n    strategy_id =", None, "until somebody ends it"),
        (
            "strategy_id =",
            "schedule_deescalation = false\n    allow_revoke = false\n    strategy_id =",
            None,
            "it never ends",
        ),
        ('allowed_values = ["1h", "30m"]', "", None, "any time that is asked for"),
        ('["1h", "30m"]', "var.times", "unknown", "not known: the variable has no value"),
    ],
)  # fmt: skip  # one line a case
def test_the_longest_access(tmp_path: Path, old: str, new: str, verdict: str, text: str) -> None:
    main = MAIN.replace(old, new, 1) + ('variable "times" {}\n' if "var.times" in new else "")
    (part,) = asked(tmp_path, main=main)["longest"].parts
    assert part.verdict == verdict
    assert part.text.startswith(text)
    assert [it.name for it in part.targets] == ["support"]


def test_the_longest_of_several_flows(tmp_path: Path) -> None:
    start = MAIN.index('resource "sym_flow"')
    other = MAIN[start:].replace('"this"', '"other"').replace('"okta"', '"other"', 1)
    longer = MAIN + other.replace('["1h", "30m"]', '["8h"]')
    assert said(asked(tmp_path, main=longer)["longest"]) == [(None, "8 h", ["okta", "other"])]
    unknown = MAIN + other.replace('["1h", "30m"]', "var.times") + 'variable "times" {}\n'
    (part,) = asked(tmp_path, main=unknown)["longest"].parts
    assert (part.verdict, part.text) == ("unknown", "1 h, perhaps longer")


@pytest.fixture
def okta(tmp_path: Path) -> Path:
    """A copy of a shipped example."""
    return Path(shutil.copytree(FIXTURES / "okta", tmp_path / "okta"))


def test_a_flow_that_works(okta: Path) -> None:
    works = [("no", "no error is found in what they read", ["okta_access"])]
    assert said(answered(okta)["broken"]) == works


@pytest.mark.parametrize(
    ("name", "old", "new", "text"),
    [
        ("main.tf", '"okta_group"', '"aws_iam_group"', "SYM201: "),
        ("main.tf", "sym_integration.slack.id\n  destination", "x.y\n  destination", "SYM101: "),
        ("impl.py", "def get_permissions", "def get_permission", "SYM6"),
        ("impl.py", "    return RequestPermission", "    x = RequestPermission", "SYM6"),
    ],
)
def test_a_flow_that_cannot_work(okta: Path, name: str, old: str, new: str, text: str) -> None:
    code = (okta / name).read_text(encoding="utf-8")
    assert old in code
    (okta / name).write_text(code.replace(old, new), encoding="utf-8")
    found = answered(okta)["broken"]
    assert found.verdict == "yes"
    assert found.parts[0].text.startswith(text)
    assert {name for _, _, names in said(found) for name in names} == {"okta_access"}


def test_an_error_elsewhere_is_not_known_to_matter(okta: Path) -> None:
    other = 'output "x" {\n  value = sym_flow.gone.id\n}\n'
    (okta / "other.tf").write_text(other, encoding="utf-8")
    parts = answered(okta)["broken"].parts
    assert [it.verdict for it in parts] == ["unknown", "no"]
    assert parts[0].text.startswith("of no flow that is known: SYM101: ")


def test_targets_that_nobody_can_ask_for(tmp_path: Path) -> None:
    unused = """
resource "sym_target" "unused" {
  type     = "okta_group"
  name     = "unused"
  settings = { group_id = "00g2" }
}
"""
    assert said(asked(tmp_path)["unasked"]) == []
    found = asked(tmp_path, main=MAIN + unused)["unasked"]
    assert (found.verdict, said(found)) == ("yes", [("yes", "no strategy lists it", ["unused"])])
    closed = MAIN.replace("strategy_id =", "allowed_sources = []\n    strategy_id =")
    (part,) = asked(tmp_path, main=closed)["unasked"].parts
    assert (part.verdict, part.text) == ("yes", "it can be asked for from nowhere in the flow okta")
    open_ = (
        MAIN.replace("[sym_target.group.id]", "var.targets") + unused + 'variable "targets" {}\n'
    )
    found = asked(tmp_path, main=open_)["unasked"]
    assert {it.verdict for it in found.parts} == {"unknown"}


def environments(prod: str, staging: str, folder: Path) -> dict[str, Answer]:
    for name, main in (("prod", prod), ("staging", staging)):
        root = folder / name
        root.mkdir()
        text = main.replace('name = "main"', f'name = "{name}"').replace(
            '"support"', f'"support-{name}"'
        )
        (root / "main.tf").write_text(text, encoding="utf-8")
        (root / "impl.py").write_text(IMPORTS + MEMBERS, encoding="utf-8")
    return answered(folder)


def test_environments_that_differ_in_names_only(tmp_path: Path) -> None:
    found = environments(MAIN, MAIN, tmp_path)["environments"]
    assert (found.verdict, found.text) == ("no", "staging beside prod: the same but for names")


def test_environments_that_differ(tmp_path: Path) -> None:
    longer = MAIN.replace('["1h", "30m"]', '["8h"]').replace('"00g1"', '"00g9"')
    found = environments(MAIN, longer, tmp_path)["environments"]
    assert found.verdict == "yes"
    assert said(found) == [
        ("yes", "for how long: 8 h in staging, up to 1 h (30 min, 1 h) in prod", ["okta", "okta"]),
        (
            "unknown",
            "grants: other identifiers, which may be names of the same thing",
            ["okta", "okta"],
        ),
    ]


def test_production_comes_first(tmp_path: Path) -> None:
    found = environments(MAIN, MAIN, tmp_path)["approvers"]
    assert [(it.about, it.text) for it in found.parts] == [
        ("prod", "members"),
        ("staging", "members"),
    ]


LEGACY = """
@reducer
def get_approvers(event):
    return slack.channel("#requests", allow_self=True)
"""


def test_who_sees_a_message_may_be_who_asks(tmp_path: Path) -> None:
    (part,) = asked(tmp_path, LEGACY)["self-approval"].parts
    text = "self-approval is allowed to everybody who sees the message"
    assert (part.verdict, part.text) == ("yes", text)


def test_nothing_is_granted(tmp_path: Path) -> None:
    main = MAIN.replace("strategy_id = sym_strategy.okta.id", "")
    found = asked(tmp_path, main=main)
    assert found["granting"].text == "no flow grants a target that is known"
    assert found["longest"].text == "nothing is granted"
    assert [it.name for it in found["unasked"].parts[0].targets] == ["support"]


def test_an_error_in_a_module_concerns_the_flows_that_it_makes(okta: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        root = tmp_path / "roots" / name
        root.mkdir(parents=True)
        (root / "main.tf").write_text(
            'module "okta" {\n  source = "../../okta"\n}\n', encoding="utf-8"
        )
    assert answered(tmp_path / "roots")["broken"].verdict == "no"
    code = (okta / "main.tf").read_text(encoding="utf-8")
    (okta / "main.tf").write_text(code.replace('"okta_group"', '"aws_iam_group"'), encoding="utf-8")
    (part,) = answered(tmp_path / "roots" / "one")["broken"].parts
    assert (part.verdict, [it.name for it in part.flows]) == ("yes", ["okta_access"])
    (part,) = answered(tmp_path / "roots")["broken"].parts
    assert part.verdict == "unknown", "which of the two it is in, is not said"
    assert len(part.flows) == 2


def test_very_many_errors_are_not_named_each(okta: Path) -> None:
    wrong = "".join(f'output "o{it}" {{\n  value = local.gone{it}\n}}\n' for it in range(60))
    (okta / "other.tf").write_text(wrong, encoding="utf-8")
    parts = answered(okta)["broken"].parts
    assert len(parts) == 52
    assert parts[50].text == "of no flow that is known: further errors, which symlint check lists"


def test_what_the_inventory_took_is_not_there_for_mistakes(okta: Path) -> None:
    inventory = take_inventory([str(okta)], Options(), with_chains=True)
    spent = inventory._replace(work=1_000_000_000)
    found = {it.name: it for it in answers_about(spent, [str(okta)], Options(), str(okta))}[
        "broken"
    ]
    assert said(found) == [
        ("unknown", "not known: not everything could be linted", ["okta_access"])
    ]


def test_nothing_is_made_of_grants_that_are_not_compared(
    okta: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(Rows, "row")
    assert answered(okta)["environments"].text == "there are no two environments"
