"""External ids and types of integrations: what is wrong, and what speaks for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import configuration, rules_of
from support.transcript import compare_transcript, transcripts
from support.writing import write

from symlint.sym.aws.contexts import is_contradictory, module_of_context
from symlint.sym.intent.integration_types import could_be, denies_its_type, settings_fit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from symlint.sym.model.configuration import SymConfiguration

MODULES = """
variable "unset" {}

module "runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}

module "old" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 1.0"
  environment = "old"
}

module "iam" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime.sym_runtime_connector_role.arn]
}

module "iam_two" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "two"
  runtime_role_arns = [module.runtime.sym_runtime_connector_role.arn]
}

module "sso" {
  source            = "symopsio/sso-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [module.runtime.sym_runtime_connector_role.arn]
}

module "gcp" {
  source      = "symopsio/gcp-connector/google"
  version     = "~> 1.0"
  environment = "main"
}

data "aws_caller_identity" "this" {
}

data "aws_ssoadmin_instances" "this" {
}

resource "aws_organizations_account" "this" {
  name = "this"
}

locals {
  one     = "111122223333"
  account = { role_arn = "arn:aws:iam::1:role/x", account = "111122223333", number = "222233334444" }
}
"""
CONTEXT = """
resource "sym_integration" "{name}" {{
  type        = "{type}"
  name        = "{text}"
  external_id = {id}
  settings    = {settings}
}}
"""


def context(
    id_: str,
    settings: str,
    name: str = "context",
    text: str = "text",
    type_: str = "permission_context",
) -> str:
    return CONTEXT.format(id=id_, settings=settings, name=name, text=text, type=type_)


def pair(id_: str, settings: str, name: str = "context", text: str = "text", more: str = "") -> str:
    return MODULES + context(id_, settings, name, text) + more


def strategy(type_: str) -> str:
    return (
        f'resource "sym_strategy" "{type_}" {{\n  type = "{type_}"\n  name = "{type_}"\n'
        "  integration_id = sym_integration.context.id\n}\n"
    )


IAM, SSO = "module.iam.settings", "module.sso.settings"
ARN = "arn:aws:sso:::instance/ssoins-1111222233334444"
ROLE = "arn:aws:iam::111122223333:role/sym/Role"


def map_of(**settings: str) -> str:
    return "{ " + ", ".join(f"{key} = {value}" for key, value in settings.items()) + " }"


PAIRS = {
    "right": pair(f"{IAM}.account_id", IAM),
    "right, SSO": pair(f"{SSO}.instance_arn", SSO),
    "right, version 1": pair("module.old.account_id", "module.old.settings"),
    "no id": pair("null", IAM),
    "no settings": pair(f"{IAM}.account_id", "null"),
    "written": pair('"111122223333"', IAM),
    "written in a local": pair("local.one", IAM),
    "written in a local map": pair("local.account.number", IAM),
    "of another resource": pair("aws_organizations_account.this.id", IAM),
    "of a data source": pair("data.aws_caller_identity.this.account_id", IAM),
    "of a data source for SSO": pair("data.aws_caller_identity.this.account_id", SSO),
    "of the caller": pair("data.aws_caller_identity.this.arn", IAM),
    "of the user": pair("data.aws_caller_identity.this.user_id", IAM),
    "of the whole caller": pair("data.aws_caller_identity.this", IAM),
    "of an instance": pair("tolist(data.aws_ssoadmin_instances.this.arns)[0]", SSO),
    "of an instance for an account": pair("data.aws_ssoadmin_instances.this.arns[0]", IAM),
    "of a store": pair("data.aws_ssoadmin_instances.this.identity_store_ids[0]", SSO),
    "not known": pair("var.unset", IAM),
    "settings not known": pair(f"{IAM}.account_id", "var.unset"),
    "both not known": pair("var.unset", "var.unset"),
    "another key": pair(f"{IAM}.role_arn", IAM),
    "another key of SSO": pair(f"{SSO}.region", SSO),
    "no such key": pair(f"{IAM}.external_id", IAM),
    "no such key of SSO": pair(f"{SSO}.account_id", SSO),
    "no such output": pair("module.iam.account_id", IAM),
    "the role's id": pair("module.old.settings.external_id", "module.old.settings"),
    "all settings": pair(IAM, IAM),
    "the module": pair("module.iam", IAM),
    "settings are a module": pair(f"{IAM}.account_id", "module.iam"),
    "settings are a role": pair(f"{IAM}.account_id", f"{IAM}.role_arn"),
    "settings of another kind": pair('"x"', "module.gcp.sym_integration"),
    "another module": pair("module.iam_two.settings.account_id", IAM),
    "another module, called so": pair("module.iam_two.settings.account_id", IAM, "two"),
    "another module, named so": pair("module.iam_two.settings.account_id", IAM, text="two"),
    "another module, called a module": pair(
        "module.iam_two.settings.account_id", IAM, "module"
    ).replace("iam_two", "two_module"),
    "another module, called a connector": pair(
        "module.iam_two.settings.account_id", IAM, "connector"
    ).replace("iam_two", "two-connector"),
    "another module, called by all words": pair(
        "module.iam_two.settings.account_id", IAM, "iam_two", "iam"
    ),
    "another kind": pair(f"{SSO}.instance_arn", IAM),
    "another kind, called so": pair(f"{SSO}.instance_arn", IAM, "sso"),
    "another kind, used so": pair(f"{SSO}.instance_arn", IAM, more=strategy("aws_sso")),
    "another kind, used otherwise": pair(
        f"{SSO}.instance_arn", IAM, text="sso", more=strategy("aws_iam")
    ),
    "another kind, used as both": pair(
        f"{SSO}.instance_arn", IAM, more=strategy("aws_iam") + strategy("aws_sso")
    ),
    "either": pair(f"var.unset ? {IAM}.account_id : {SSO}.instance_arn", IAM),
    "either or nothing": pair(f'try({IAM}.account_id, "")', IAM),
    "a map of a module": pair(f"{IAM}.account_id", map_of(role_arn=f"{IAM}.role_arn")),
    "a map of another module": pair(
        "module.iam_two.settings.account_id", map_of(role_arn=f"{IAM}.role_arn")
    ),
    "a map with an account": pair('"111122223333"', map_of(account_id='"111122223333"')),
    "a map with another account": pair('"111122223333"', map_of(account_id='"222233334444"')),
    "a map with an instance": pair(f'"{ARN}"', map_of(instance_arn=f'"{ARN}"')),
    "a map with another instance": pair(f'"{ARN}5"', map_of(instance_arn=f'"{ARN}"')),
    "a map with both": pair(
        '"111122223333"', map_of(instance_arn=f'"{ARN}"', account_id='"111122223333"')
    ),
    "a map with both and neither": pair(
        '"222233334444"', map_of(instance_arn=f'"{ARN}"', account_id='"111122223333"')
    ),
    "a map with a role": pair('"111122223333"', map_of(role_arn=f'"{ROLE}"')),
    "a map with a role elsewhere": pair('"222233334444"', map_of(role_arn=f'"{ROLE}"')),
    "a map with a role and no number": pair('"mine"', map_of(role_arn=f'"{ROLE}"')),
    "a map with a role and an instance": pair(
        '"222233334444"', map_of(role_arn=f'"{ROLE}"', instance_arn="var.unset")
    ),
    "a map with nothing": pair('"222233334444"', map_of(cloud='"aws"')),
    "a map with an account not known": pair('"1"', map_of(account_id="var.unset")),
    "taken by its name": pair("local.account.number", map_of(account_id='"111122223333"')),
    "a role taken for an account": pair(
        "local.account.role_arn", map_of(account_id='"111122223333"')
    ),
    "an account taken for an instance": pair(
        "local.account.account", map_of(instance_arn=f'"{ARN}"')
    ),
    "another type": MODULES + context('"1"', IAM, type_="okta"),
}


def test_snapshot_of_ids(tmp_path: Path) -> None:
    said = transcripts(tmp_path / "ids", PAIRS, *rules_of("SYM302"))
    types = {}
    for number, (name, text) in enumerate(TYPES.items()):
        sym = configuration(write(tmp_path / "types" / str(number), {"main.tf": MODULES + text}))
        types[name] = "\n".join(typed(sym))
    compare_transcript(__file__, said, types)


# --- the type ---

OKTA = map_of(api_token_secret="sym_secret.x.id")
TYPES = {
    "a context": context(f"{IAM}.account_id", IAM),
    "a context with the settings of a service": context('"x.okta.com"', OKTA),
    "okta": context('"x.okta.com"', OKTA, type_="okta"),
    "okta called aws": context('"x.okta.com"', OKTA, "permission_context", type_="okta"),
    "a service with the settings of a module": context('"x.okta.com"', IAM, type_="okta"),
    "okta called onelogin": context('"x.okta.com"', OKTA, "onelogin", type_="okta"),
    "okta called github": context('"x.okta.com"', OKTA, "github_main", type_="okta"),
    "okta named github": context('"x.okta.com"', OKTA, text="my-github", type_="okta"),
    "okta called github and okta": context('"x.okta.com"', OKTA, "github", "okta", type_="okta"),
    "okta named onelogin": context('"x.okta.com"', OKTA, text="my-onelogin", type_="okta"),
    "okta called both": context('"x.okta.com"', OKTA, "okta", "onelogin", type_="okta"),
    "onelogin with the settings of okta": context('"x.okta.com"', OKTA, type_="onelogin"),
    "no settings": context('"x.okta.com"', "null", type_="okta"),
    "slack": context('"T0ORCHARD1"', "null", type_="slack"),
    "slack with settings": context('"T0ORCHARD1"', OKTA, type_="slack"),
    "settings not known": context('"x.okta.com"', "var.unset", type_="okta"),
    "an id not known": context("var.unset", OKTA, type_="okta"),
    "a type not known": context('"x.okta.com"', OKTA, type_="else"),
    "custom": context('"x"', OKTA, type_="custom"),
    "settings of Google's module": context('"x"', "module.gcp.sym_integration.settings"),
}


def typed(sym: SymConfiguration) -> Iterator[str]:
    """What the integration says of each type."""
    (view,) = sym.integrations
    names = tuple(sym.catalogue.integrations)
    fits = {it: settings_fit(view, it) for it in (*names, "else")}
    yield f"  settings fit {' '.join(it for it in fits if fits[it]) or 'none'}"
    yield f"  it is not known of {' '.join(it for it in fits if fits[it] is None)}"
    yield f"  could be {' '.join(it for it in (*names, 'else') if could_be(view, it)) or 'none'}"
    own = view.type_name or ""
    denied = [it for it in names if denies_its_type(view, own, (it,))]
    yield f"  denies its type for {' '.join(denied) or 'none'}"
    yield f"  denies it for one of all: {denies_its_type(view, own, names)}"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("module.runtime.sym_integration.id", "module.runtime"),
        ("sym_integration.context.id", "module.iam"),
        ("sym_integration.other.id", None),
        ("data.sym_integration.read.id", None),
        ("module.gcp.sym_integration.id", None),
        ("module.iam.settings.role_arn", None),
        ("var.unset", None),
        ("sym_integration.context", None),
    ],
)
def test_the_module_of_a_context(tmp_path: Path, written: str, expected: str | None) -> None:
    text = MODULES + context(f"{IAM}.account_id", IAM) + context('"x"', IAM, "other", type_="okta")
    text += 'data "sym_integration" "read" {\n  type = "permission_context"\n  name = "read"\n}\n'
    text += (
        'resource "sym_strategy" "asked" {\n  type = "aws_iam"\n  name = "asked"\n'
        f"  integration_id = {written}\n}}\n"
    )
    sym = configuration(write(tmp_path, {"main.tf": text}))
    module = module_of_context(sym, sym.strategies[0].integration_link)
    assert (None if module is None else module.local_name) == expected


@pytest.mark.parametrize(
    ("id_", "settings", "expected"),
    [
        (f"{IAM}.account_id", IAM, False),
        ("module.iam_two.settings.account_id", IAM, True),
        ('"111122223333"', IAM, False),
        (f"{IAM}.account_id", "var.unset", False),
        ("var.unset", "var.unset", False),
    ],
)
def test_contexts_of_two_modules(tmp_path: Path, id_: str, settings: str, expected: bool) -> None:
    sym = configuration(write(tmp_path, {"main.tf": pair(id_, settings)}))
    assert is_contradictory(sym.integrations[0]) is expected
