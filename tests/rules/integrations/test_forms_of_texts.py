"""Texts that cannot be what they stand for, or are empty: ids, names, domains, regions, channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from support.checking import all_rules, facts, findings, rules_of
from support.resource_forms import FORMS, in_form
from support.writing import write

if TYPE_CHECKING:
    from pathlib import Path

A_UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
TOKEN = {"api_token_secret": A_UUID}
ROLE = {"cloud": "aws", "role_arn": "arn:aws:iam::111122223333:role/sym/SymIAMMain"}
SSO = "arn:aws:sso:::instance/ssoins-6508a1b2c3d4e5f6"
ADDRESS = "external_id is not a domain or subdomain"
ORGANIZATION = "external_id is not the name of a GitHub organization"
NAME = "external_id is not a plain name"
REGION = "region is not an AWS region"
GROUP = "group_id is not the id of a group in the Identity Store"


class Case(NamedTuple):
    """A resource, the path of a text in it, wrong texts with their titles, and right ones."""

    kind: str
    arguments: dict[str, Any]
    path: str
    code: str
    wrong: dict[str, str]
    right: tuple[str, ...]


def integration(
    type_: str, wrong: dict[str, str], *right: str, settings: dict[str, str] | None = None
) -> Case:
    arguments = {"type": type_, "name": "this", "settings": TOKEN if settings is None else settings}
    wrong = {**wrong, "": "external_id is empty"}
    return Case("sym_integration", arguments, "external_id", "SYM310", wrong, right)


def setting(type_: str, key: str, wrong: dict[str, str], *right: str, **others: str) -> Case:
    arguments = {"type": type_, "name": "this", "settings": others}
    return Case("sym_target", arguments, f"settings.{key}", "SYM211", wrong, right)


def empty(kind: str, path: str, code: str, right: str, /, **arguments: Any) -> Case:
    wrong = {"": f"{path.rpartition('.')[2]} is empty"}
    return Case(kind, arguments, path, code, wrong, (right,))


CASES = {
    "okta": integration(
        "okta",
        dict.fromkeys(("https://a.okta.com", "a.okta.com/"), "external_id is not a domain name"),
        "a.okta.com",
    ),
    "onelogin": integration(
        "onelogin",
        dict.fromkeys(("https://a.onelogin.com", "a.onelogin.com/", "www.a.onelogin.com"), ADDRESS),
        "a.onelogin.com",
        "my-org",
        settings={"client_id": "1", "client_secret": A_UUID},
    ),
    "pagerduty": integration(
        "pagerduty",
        dict.fromkeys(("https://a.pagerduty.com", "a.pagerduty.com/users", "my org"), ADDRESS),
        "a.pagerduty.com",
        "a.eu.pagerduty.com",
        "my_org",
    ),
    "knowbe4": integration(
        "knowbe4",
        dict.fromkeys(("https://example.com", "www.example.com"), ADDRESS),
        "example.com",
        settings={**TOKEN, "region": "eu"},
    ),
    "github": integration(
        "github",
        dict.fromkeys(("https://github.com/my-org", "my-org/", "my-org.github.com"), ORGANIZATION),
        "my-org",
        "My_Org2",
    ),
    "tailscale": integration(
        "tailscale",
        dict.fromkeys(("https://example.com", "example.com/", "www.example.com"), NAME),
        "example.com",
        "alice@example.com",
        "my-org.github",
        "-",
    ),
    "segment": integration(
        "segment",
        dict.fromkeys(("https://app.segment.com/my-org", "my-org/"), NAME),
        "my-org",
        "My workspace",
        settings={"write_key_secret": A_UUID},
    ),
    "custom": integration("custom", {}, "https://api.example.com/", "anything", settings={}),
    "region": Case(
        "sym_integration",
        {
            "type": "permission_context",
            "name": "a",
            "external_id": "111122223333",
            "settings": ROLE,
        },
        "settings.region",
        "SYM311",
        {
            **dict.fromkeys(
                ("us-east-1a", "us-east1", "EU-WEST-1", "eu_west_1", "Ireland"), REGION
            ),
            "": "region is empty",
        },
        ("us-east-1", "us-gov-west-1", "us-isob-east-1", "eusc-de-east-1", "ap-southeast-10"),
    ),
    "channel": Case(
        "sym_error_logger",
        {"integration_id": A_UUID},
        "destination",
        "SYM504",
        {
            **{
                wrong: f'"{wrong}" is not a Slack channel: #name or a channel id'
                for wrong in ("#Sym-Errors", "#sym errors", "#sym.errors", "##errors", "#", "@me")
            },
            "": "destination is empty",
        },
        ("#sym-errors", "#sym_errors-2", "#ошибки", "#" + 80 * "a", "C024BE91L", "CHANGEME"),
    ),
    "identity store": setting(
        "aws_sso_group",
        "group_id",
        dict.fromkeys(("Admins", "d-9067123456", f"arn:aws:identitystore:::group/{A_UUID}"), GROUP),
        A_UUID,
        f"906712345a-{A_UUID}",
    ),
    "tailscale group": setting(
        "tailscale_group",
        "group_name",
        dict.fromkeys(
            ("group:prod", "autogroup:member", "tag:prod"),
            "group_name is not the name of a Tailscale group",
        ),
        "prod",
        "on call",
    ),
    "google group": setting(
        "google_group",
        "group_email",
        dict.fromkeys(
            ("group:a@example.com", "mailto:a@example.com"),
            "group_email is not an e-mail address",
        ),
        "a@example.com",
        "a.b+c@example.com",
        role="MEMBER",
    ),
    "repository": setting(
        "github_repo",
        "repo_name",
        dict.fromkeys(
            ("my-org/website", "website.git"),
            "repo_name is not a repository name without its organization",
        ),
        "website",
        "my-org.github.io",
    ),
    "empty group": empty(
        "sym_target", "settings.group_id", "SYM207", "00gabc", type="okta_group", name="a"
    ),
    "empty token": empty(
        "sym_integration",
        "settings.api_token_secret",
        "SYM314",
        A_UUID,
        type="okta",
        name="a",
        external_id="a.okta.com",
    ),
    "empty instance": empty(
        "sym_strategy",
        "settings.instance_arn",
        "SYM206",
        SSO,
        type="aws_sso",
        name="a",
        integration_id=A_UUID,
        targets=[A_UUID],
    ),
    "empty stream": empty(
        "sym_log_destination",
        "settings.stream_name",
        "SYM509",
        "logs",
        type="kinesis_firehose",
        integration_id=A_UUID,
    ),
    "empty context": empty(
        "sym_secrets",
        "settings.context_id",
        "SYM514",
        A_UUID,
        type="aws_secrets_manager",
        name="a",
    ),
    "empty source": empty("sym_secret", "source_id", "SYM112", A_UUID, path="sym/a"),
    "empty path": empty("sym_secret", "path", "SYM506", "sym/a", source_id=A_UUID),
}
WRONG = [
    pytest.param(case, form, text, title, id=f"{name}-{form}-{text[:20]}")
    for name, case in CASES.items()
    for text, title in case.wrong.items()
    for form in FORMS
]
RIGHT = [
    pytest.param(case, form, text, id=f"{name}-{form}-{text[:20]}")
    for name, case in CASES.items()
    for text in case.right
    for form in FORMS
]


@pytest.mark.no_cover
@pytest.mark.parametrize(("case", "form", "text", "title"), WRONG)
def test_a_text_that_cannot_be_right(
    tmp_path: Path, case: Case, form: str, text: str, title: str
) -> None:
    root = write(tmp_path, in_form(form, case.kind, case.arguments, case.path, text))
    found = findings(root, rules_of(case.code))
    assert [(it.code, it.title) for it in found] == [(case.code, title)]


@pytest.mark.no_cover
@pytest.mark.parametrize(("case", "form", "text"), RIGHT)
def test_a_text_that_may_be_right(tmp_path: Path, case: Case, form: str, text: str) -> None:
    root = write(tmp_path, in_form(form, case.kind, case.arguments, case.path, text))
    found = [it for it in facts(findings(root, all_rules())) if not it[0].startswith("SYM9")]
    assert [it for it in found if it[0] not in ("SYM401", "SYM402")] == []


@pytest.mark.parametrize("name", CASES)
def test_a_default_that_somebody_has_to_set(tmp_path: Path, name: str) -> None:
    """A variable of the root module that is empty where nobody sets it decides nothing."""
    case = CASES[name]
    files = in_form("root", case.kind, case.arguments, case.path, "${var.given}")
    files["main.tf"] += 'variable "given" {\n  default = ""\n}\n'
    assert findings(write(tmp_path, files), rules_of(case.code)) == []


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "" in case.wrong])
def test_a_default_of_a_module_that_is_called_without(tmp_path: Path, name: str) -> None:
    case = CASES[name]
    files = in_form("root", case.kind, case.arguments, case.path, "${var.given}")
    inner = files["main.tf"] + 'variable "given" {\n  default = ""\n}\n'
    call = 'module "part" {\n  source = "./part"\n}\n'
    root = write(tmp_path, {"main.tf": call, "part/main.tf": inner})
    (found,) = findings(root, rules_of(case.code))
    assert (found.title, found.severity) == (case.wrong[""], "error")


def test_what_a_prompt_field_fills_in_may_be_empty(tmp_path: Path) -> None:
    arguments = {"type": "github_repo", "name": "a", "field_bindings": ["repo_name"]}
    root = write(tmp_path, in_form("root", "sym_target", arguments, "settings.repo_name", ""))
    assert findings(root, rules_of("SYM207")) == []


FIXES = {
    "https://github.com/my-org": ("github", "my-org"),
    "https://a.onelogin.com/": ("onelogin", "a.onelogin.com"),
    "www.example.com": ("tailscale", "example.com"),
    "https://app.segment.com/my-org": ("segment", None),
    "My Org": ("github", None),
}


@pytest.mark.parametrize("wrong", FIXES)
def test_what_is_meant_where_there_is_one_answer(tmp_path: Path, wrong: str) -> None:
    name, meant = FIXES[wrong]
    case = CASES[name]
    root = write(tmp_path, in_form("root", case.kind, case.arguments, case.path, wrong))
    (found,) = findings(root, rules_of(case.code))
    edits = [] if found.fix is None else [it.replacement for it in found.fix.edits]
    assert edits == ([] if meant is None else [f'"{meant}"'])
