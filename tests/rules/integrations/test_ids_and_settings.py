"""SYM310 and SYM314 to SYM316: external ids, settings, and the secrets among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings
from support.mistakes import Expression, Mistake, check
from support.service_rules import RULES, check_marked, found_in
from support.transcript import compare_transcript, transcripts, transcripts_of_mistakes
from support.writing import write

if TYPE_CHECKING:
    from pathlib import Path

ENVIRONMENT = {"local.environment_name": "environment_name"}
OKTA = {"sym_integration.okta.id": "sym_integration.okta.id"}
EXTERNAL_ID = Expression(
    "okta",
    "  external_id = ",
    '"orchard.okta.com"',
    block='resource "sym_integration" "okta" {',
    inputs={**ENVIRONMENT, "sym_secret.okta.id": "secret_id"},
    outputs=OKTA,
)
SLACK_ID = Expression(
    "okta",
    "  external_id = ",
    '"T0ORCHARD1"',
    block='resource "sym_integration" "slack" {',
    inputs=ENVIRONMENT,
    outputs={"sym_integration.slack.id": "sym_integration.slack.id"},
)
SECRET = Expression(
    "okta",
    "    api_token_secret = ",
    "sym_secret.okta.id",
    block='resource "sym_integration" "okta" {',
    inputs=ENVIRONMENT,
    outputs=OKTA,
)
VERSION = 'data "aws_secretsmanager_secret_version" "okta" {\n  secret_id = "x"\n}\n'
A_UUID = '"0f8fad5b-d9cb-469f-a165-70867728950e"'


def _secret(wrong: str, what: str, extra: str = "") -> Mistake:
    return SECRET.becomes(wrong, "SYM315", f"api_token_secret {what}", extra=extra, repaired=A_UUID)


MISTAKES = {
    "a URL": EXTERNAL_ID.becomes(
        '"https://orchard.okta.com"',
        "SYM310",
        "external_id is not a domain name",
        severity="warning",
    ),
    "an organization's name": EXTERNAL_ID.becomes(
        '"orchard"', "SYM310", "external_id is not a domain name", severity="warning"
    ),
    "a workspace's name": SLACK_ID.becomes(
        '"orchard-team"', "SYM310", "external_id is not a Slack workspace id", severity="warning"
    ),
    "a token": _secret('"xoxb-1-abc"', "is a string that is not the id of a secret"),
    "the secret of the store": _secret(
        "aws_secretsmanager_secret.okta.id",
        "leads to an aws_secretsmanager_secret, not to a sym_secret",
    ),
    "the name of the secret in the store": _secret(
        "aws_secretsmanager_secret.okta.name",
        "leads to an aws_secretsmanager_secret, not to a sym_secret",
    ),
    "the value of the secret": _secret(
        "data.aws_secretsmanager_secret_version.okta.secret_string",
        "leads to an aws_secretsmanager_secret_version, not to a sym_secret",
        VERSION,
    ),
    "the path": _secret("sym_secret.okta.path", "is the path of a secret, not its id"),
    "the whole secret": _secret("sym_secret.okta", "is a whole secret, not its id"),
    "the store": _secret("sym_secrets.this.id", "leads to a secrets source, not to a sym_secret"),
    "a quoted reference": _secret(
        '"sym_secret.okta.id"', "is a reference in quotes, which is a plain string"
    ),
}


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("mistake", "placement"),
    [
        pytest.param(mistake, placement, id=f"{name}-{placement}")
        for name, mistake in MISTAKES.items()
        for placement in mistake.placements
    ],
)
def test_a_mistake_is_found_at_its_line(tmp_path: Path, mistake: Mistake, placement: str) -> None:
    check(tmp_path, mistake, placement, RULES)


def integration(type_: str, external_id: str, settings: str = "", name: str = "this") -> str:
    given = f"  settings = {settings}\n" if settings else ""
    return (
        f'resource "sym_integration" "{name}" {{\n  type = "{type_}"\n  name = "{name}"\n'
        f"  external_id = {external_id}\n{given}}}\n"
    )


SECRETS = """
resource "sym_secret" "a" {
  path      = "sym/a"
  source_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
}

resource "sym_secret" "b" {
  for_each  = toset(["x", "y"])
  path      = "sym/b/${each.key}"
  source_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
}
"""
ONE = "sym_secret.a.id"
RIGHT = {
    "slack": integration("slack", '"T123ABC"'),
    "a placeholder": integration("slack", '"CHANGEME"'),
    "not known": 'variable "team" {}\n' + integration("slack", "var.team"),
    "github": integration("github", '"my-org"', f"{{ api_token_secret = {ONE} }}") + SECRETS,
    "onelogin": integration(
        "onelogin", '"x.onelogin.com"', f'{{ client_id = "plain"\n client_secret = {ONE} }}'
    )
    + SECRETS,
    "knowbe4": integration(
        "knowbe4", '"example.com"', f'{{ api_token_secret = {ONE}\n region = "eu" }}'
    )
    + SECRETS,
    "aptible": integration(
        "aptible",
        A_UUID.upper(),
        f"{{ username_secret = {ONE}\n password_secret = {ONE} }}",
    )
    + SECRETS,
    "a literal id": integration("okta", '"a.okta.com"', f"{{ api_token_secret = {A_UUID} }}"),
    "an id that is not known": 'variable "id" {}\n'
    + integration("okta", '"a.okta.com"', "{ api_token_secret = var.id }"),
    "settings that are not known": 'variable "s" { type = map(string) }\n'
    + integration("okta", '"a.okta.com"', "var.s"),
    "an unknown type": integration("pigeons", '"x"', '{ loft = "y" }'),
    "an open type": integration("boundary", '"https://x"', '{ anything = "y" }'),
    "custom": integration("custom", '"x"', f"{{ secret_ids_json = jsonencode([{ONE}]) }}")
    + SECRETS,
    "custom without secrets": integration("custom", '"x"'),
    "custom with none": integration("custom", '"x"', "{ secret_ids_json = jsonencode([]) }"),
    "custom with all of several": integration(
        "custom",
        '"x"',
        "{ secret_ids_json = jsonencode([for s in sym_secret.b : s.id]) }",
    )
    + SECRETS,
    "custom with a splat": integration(
        "custom", '"x"', "{ secret_ids_json = jsonencode(values(sym_secret.b)[*].id) }"
    )
    + SECRETS,
    "custom through a local": integration("custom", '"x"', "{ secret_ids_json = local.ids }")
    + f"locals {{\n  ids = jsonencode([{ONE}])\n}}\n"
    + SECRETS,
    "custom with a literal list": integration(
        "custom", '"x"', "{ secret_ids_json = " + f'"[\\{A_UUID[:-1]}\\"]"' + " }"
    ),
    "custom that is not known": 'variable "j" {}\n'
    + integration("custom", '"x"', "{ secret_ids_json = var.j }"),
    "a block with an error": integration("okta", '"a.okta.com"').replace(
        "name = ", "oops oops\n  name = "
    ),
    "a condition": 'variable "on" {}\n'
    + integration("okta", '"a.okta.com"', f"{{ api_token_secret = var.on ? {ONE} : null }}")
    + SECRETS,
}


@pytest.mark.no_cover
@pytest.mark.parametrize("name", RIGHT)
def test_right_and_unknown_forms(tmp_path: Path, name: str) -> None:
    found = findings(write(tmp_path, {"main.tf": RIGHT[name]}), RULES)
    assert [(it.code, it.title) for it in found] == []


MODULE = """
module "service" {{
  source   = "./service"
  settings = {settings}
}}
"""
SERVICE = """
variable "settings" {
  type = map(string)
}

resource "sym_integration" "this" {
  type        = "github"
  name        = "github"
  external_id = "orchard"
  settings    = var.settings
}
"""
MISSING = ("SYM314", "error", "github integration has no api_token_secret")
SETTINGS = {
    "no settings": (
        {"main.tf": integration("github", '"x"').replace('"this" {', '"this" { # here', 1)},
        MISSING,
    ),
    "another key": (
        {
            "main.tf": integration("github", '"x"', f"{{\n    api_token = {ONE} # here\n  }}")
            + SECRETS
        },
        MISSING,
    ),
    "through a local": (
        {
            "main.tf": integration("github", '"x"', "local.s")
            + f"locals {{\n  s = {{ # here\n    other = {ONE}\n    more = {ONE}\n  }}\n}}\n"
            + SECRETS
        },
        MISSING,
    ),
    "through a module": (
        {
            "main.tf": MODULE.format(settings=f"{{\n    api_tokn_secret = {ONE} # here\n  }}")
            + SECRETS,
            "service/main.tf": SERVICE,
        },
        MISSING,
    ),
    "one of two": (
        {
            "main.tf": integration("onelogin", '"x"', f"{{ client_secret = {ONE} }} # here")
            + SECRETS
        },
        ("SYM314", "error", "onelogin integration has no client_id"),
    ),
    "one id": (
        {
            "main.tf": integration("custom", '"x"', f"{{ secret_ids_json = {ONE} }} # here")
            + SECRETS
        },
        ("SYM316", "error", "secret_ids_json is one id, not a list"),
    ),
    "one id in JSON": (
        {
            "main.tf": integration(
                "custom", '"x"', f"{{ secret_ids_json = jsonencode({ONE}) }} # here"
            )
            + SECRETS
        },
        ("SYM316", "error", "secret_ids_json is one id in JSON, not a list"),
    ),
    "one id through a local": (
        {
            "main.tf": integration("custom", '"x"', "local.s")
            + f"locals {{\n  s = {{\n    secret_ids_json = {ONE} # here\n  }}\n}}\n"
            + SECRETS
        },
        ("SYM316", "error", "secret_ids_json is one id, not a list"),
    ),
    "one id through a module": (
        {
            "main.tf": MODULE.format(settings=f"{{\n    secret_ids_json = {ONE} # here\n  }}")
            + SECRETS,
            "service/main.tf": SERVICE.replace('"github"\n  name', '"custom"\n  name'),
        },
        ("SYM316", "error", "secret_ids_json is one id, not a list"),
    ),
    "an object": (
        {
            "main.tf": integration(
                "custom", '"x"', f"{{ secret_ids_json = jsonencode({{ key = {ONE} }}) }} # here"
            )
            + SECRETS
        },
        ("SYM316", "error", "secret_ids_json is JSON, but not a list"),
    ),
    "no JSON": (
        {"main.tf": integration("custom", '"x"', '{ secret_ids_json = "key" } # here')},
        ("SYM316", "error", "secret_ids_json is a string that is not JSON"),
    ),
    "a path among the ids": (
        {
            "main.tf": integration(
                "custom",
                '"x"',
                f"{{ secret_ids_json = jsonencode([{ONE}, sym_secret.a.path]) }} # here",
            )
            + SECRETS
        },
        ("SYM315", "error", "an element of secret_ids_json is the path of a secret, not its id"),
    ),
    "a literal account": (
        {
            "main.tf": integration("permission_context", '"1234-5678-9012" # here', "local.s")
            + 'locals {\n  s = { cloud = "aws", region = "eu-west-1", role_arn = "arn:aws:iam::1:role/r" }\n}\n'
        },
        ("SYM310", "warning", "external_id is not an AWS account id or the ARN of an SSO instance"),
    ),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_wrong_settings(tmp_path: Path, name: str) -> None:
    files, expected = SETTINGS[name]
    check_marked(tmp_path, files, expected)


FIXES = {
    '"https://www.orchard.okta.com/app"': '"orchard.okta.com"',
    '" orchard.okta.com "': '"orchard.okta.com"',
}


@pytest.mark.parametrize("wrong", FIXES)
def test_what_does_not_belong_to_a_domain_is_taken_away(tmp_path: Path, wrong: str) -> None:
    text = integration("okta", wrong, f"{{ api_token_secret = {A_UUID} }}")
    (found,) = findings(write(tmp_path, {"main.tf": text}), RULES)
    assert found.fix is not None
    assert [it.replacement for it in found.fix.edits] == [FIXES[wrong]]


def test_the_secret_is_never_shown(tmp_path: Path) -> None:
    text = integration("okta", '"a.okta.com"', '{ api_token_secret = "hush-hush" }')
    (found,) = findings(write(tmp_path, {"main.tf": text}), RULES)
    assert "hush" not in f"{found.title}{found.label}{found.why}{found.help}"


def test_the_fix_is_the_secret_that_reads_the_store(tmp_path: Path) -> None:
    text = integration(
        "okta", '"a.okta.com"', "{ api_token_secret = aws_secretsmanager_secret.k.arn }"
    )
    text += 'resource "aws_secretsmanager_secret" "k" {\n  name = "k"\n}\n' + SECRETS.replace(
        '"sym/a"', "aws_secretsmanager_secret.k.name"
    )
    (found,) = findings(write(tmp_path, {"main.tf": text}), RULES)
    assert found.fix is not None
    assert [it.replacement for it in found.fix.edits] == ["sym_secret.a.id"]


def test_settings_of_each_instance(tmp_path: Path) -> None:
    text = SECRETS + integration("github", '"x"', "{ api_token_secret = each.value }").replace(
        '  type = "github"',
        f'  for_each = {{ good = {ONE}, bad = "text" }}\n  type = "github"',
    )
    assert found_in(tmp_path, {"main.tf": text}) == [
        ("SYM315", "error", "api_token_secret is a string that is not the id of a secret")
    ]


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    compare_transcript(
        __file__,
        transcripts_of_mistakes(tmp_path / "mistakes", MISTAKES),
        transcripts(tmp_path / "right", RIGHT, *RULES),
        transcripts(tmp_path / "wrong", {name: it[0] for name, it in SETTINGS.items()}, *RULES),
    )
