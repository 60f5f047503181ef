"""Secrets in less usual forms: right ones, of which nothing is said, and wrong ones of the same form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import all_rules, facts, findings, rules_of
from support.writing import write

if TYPE_CHECKING:
    from pathlib import Path

TOP = """
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 3.0"
    }
  }
}

provider "sym" {
  org = "orchard"
}

provider "aws" {
  region = "us-east-1"
  DEFAULT_TAGS
}

locals {
  env = "main"
}

variable "later" { type = string }

module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = local.env
}

module "addon" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = local.env
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name
  TAG_NAME
}

resource "sym_secrets" "this" {
  type     = "aws_secrets_manager"
  name     = "main-secrets"
  settings = { context_id = module.runtime_connector.sym_integration.id }
}
"""
SETTING = {
    "okta": "api_token_secret = sym_secret.okta.id",
    "custom": "secret_ids_json = jsonencode([for it in sym_secret.this : it.id])",
    "aptible": "username_secret = sym_secret.this[USER].id\n    password_secret = sym_secret.this[PASS].id",
}
STORED = """
resource "aws_secretsmanager_secret" "okta" {
  name = "sym/main/okta"
  TAGS
}
"""
SECRET = """
resource "sym_secret" "okta" {
  source_id = sym_secrets.this.id
  path      = aws_secretsmanager_secret.okta.name
}
"""
EACH = """
locals {
  credentials = {
    okta     = { path = "sym/main/okta", json_key = null }
    bot_user = { path = "sym/main/bot", json_key = "username" }
    bot_pass = { path = "sym/main/bot", json_key = "password" }
  }
}

resource "aws_secretsmanager_secret" "this" {
  for_each = toset([for it in local.credentials : it.path])
  name     = each.key
  tags     = { SymEnv = local.env }
}

resource "sym_secret" "this" {
  for_each  = local.credentials
  source_id = sym_secrets.this.id
  path      = aws_secretsmanager_secret.this[each.value.path].name
  settings  = each.value.json_key == null ? {} : { json_key = each.value.json_key }
}
"""
KEYS = "each.value.json_key == null ? {} : { json_key = each.value.json_key }"
CALL = """
module "store" {
  source    = "./store"
  source_id = sym_secrets.this.id
  env       = local.env
  names     = ["okta", "github"]
}
"""
STORE = """
variable "source_id" {}
variable "env" {}
variable "names" { type = set(string) }

terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 3.0"
    }
  }
}

resource "aws_secretsmanager_secret" "this" {
  for_each = var.names
  name     = "sym/${var.env}/${each.key}"
  tags     = { SymEnv = var.env }
}

resource "sym_secret" "this" {
  for_each  = var.names
  source_id = var.source_id
  path      = aws_secretsmanager_secret.this[each.key].name
}

output "ids" { value = { for key, it in sym_secret.this : key => it.id } }
output "id_list" { value = values(sym_secret.this)[*].id }
output "stored" { value = aws_secretsmanager_secret.this }
output "arns" { value = { for key, it in aws_secretsmanager_secret.this : key => it.arn } }
"""


def used_by(*types: str) -> str:
    """Integrations of these types, and an environment that has them."""
    parts = [
        f'resource "sym_integration" "{it}" {{\n  type = "{it}"\n  name = "main-{it}"\n  external_id = '
        f"{EXTERNAL[it]}\n  settings = {{\n    {SETTING[it]}\n  }}\n}}\n"
        for it in types
    ]
    ids = "".join(f"    {it}_id = sym_integration.{it}.id\n" for it in types)
    environment = f'resource "sym_environment" "main" {{\n  name = local.env\n  integrations = {{\n{ids}  }}\n}}\n'
    return "".join(parts) + environment


EXTERNAL = {
    "okta": '"orchard.okta.com"',
    "custom": '"orchard"',
    "aptible": '"94a49e57-d046-4d9d-9dbf-f7711e337368"',
}
OKTA = STORED + SECRET + used_by("okta")
CUSTOM = EACH + used_by("custom")
APTIBLE = (EACH + used_by("aptible")).replace("USER", '"bot_user"').replace("PASS", '"bot_pass"')
OF_MODULE = CALL + used_by("okta")
CUSTOM_OF_MODULE = CALL + used_by("custom")
TAGS = "tags = { SymEnv = local.env }"
IDS = "[for it in sym_secret.this : it.id]"
PATH = "aws_secretsmanager_secret.okta.name"
OF_OKTA = "sym_secret.okta.id"


def files(
    main: str, tags: str = TAGS, default_tags: str = "", tag_name: str = ""
) -> dict[str, str]:
    top = TOP.replace("DEFAULT_TAGS", default_tags).replace("TAG_NAME", tag_name)
    more = {"store/main.tf": STORE} if '"./store"' in main else {}
    return {"main.tf": top + main.replace("TAGS", tags), **more}


def defaults(env: str) -> str:
    return f'default_tags {{\n    tags = {{ SymEnv = "{env}" }}\n  }}'


NAMED = 'tag_name = "SymAccess"'
LOCAL_TAG = 'locals {\n  tag = "SymAccess"\n}\n'
RIGHT = {
    "plain": files(OKTA),
    "default tags": files(OKTA, "", defaults("main")),
    "default tags and others": files(OKTA, 'tags = { Name = "okta" }', defaults("main")),
    "default tags of another provider": files(
        OKTA + f'provider "aws" {{\n  alias = "other"\n  {defaults("main")}\n}}\n',
        "provider = aws.other",
    ),
    "merged": files(OKTA, 'tags = merge({ Team = "x" }, { SymEnv = local.env })'),
    "merged, the last one counts": files(
        OKTA, 'tags = merge({ SymEnv = "x" }, { SymEnv = local.env })'
    ),
    "named": files(OKTA, "tags = { SymAccess = local.env }", tag_name=NAMED),
    "named by a local": files(
        OKTA + LOCAL_TAG, "tags = { (local.tag) = local.env }", tag_name="tag_name = local.tag"
    ),
    "tags by for": files(OKTA, 'tags = { for key in ["Env"] : "Sym${key}" => local.env }'),
    "zipmap": files(OKTA, 'tags = zipmap(["SymEnv"], [local.env])'),
    "two addons": files(
        OKTA
        + 'module "second" {\n  source = "symopsio/secretsmgr-addon/aws"\n  version = "~> 1.1"\n'
        '  environment = "shared"\n  tag_name = "SymShared"\n'
        "  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name\n}\n",
        'tags = { SymShared = "shared" }',
    ),
    "data source": files(
        OKTA.replace(
            STORED, 'data "aws_secretsmanager_secret" "okta" {\n  name = "okta"\n}\n'
        ).replace(PATH, f"data.{PATH}")
    ),
    "managed elsewhere": files(OKTA.replace(STORED, "").replace(PATH, '"sym/main/okta"')),
    "try": files(OKTA.replace(PATH, f'try({PATH}, "sym/main/okta")')),
    "join": files(OKTA.replace(PATH, 'join("/", ["sym", local.env, "okta"])')),
    "count": files(
        OKTA.replace('"okta" {\n  name', '"okta" {\n  count = 1\n  name')
        .replace(PATH, "aws_secretsmanager_secret.okta[0].name")
        .replace("source_id =", "count = 1\n  source_id =")
        .replace(OF_OKTA, "one(sym_secret.okta[*].id)")
    ),
    "name_prefix": files(OKTA.replace('name = "sym/main/okta"', 'name_prefix = "sym/main/okta"')),
    "for_each of secrets": files(
        STORED.replace("name =", 'for_each = toset(["okta"])\n  name =')
        + SECRET.replace(
            "source_id", "for_each  = aws_secretsmanager_secret.okta\n  source_id"
        ).replace(PATH, "each.value.name")
        + used_by("okta").replace(OF_OKTA, 'sym_secret.okta["okta"].id')
    ),
    "map": files(APTIBLE),
    "map with null": files(APTIBLE.replace(KEYS, "{ json_key = each.value.json_key }")),
    "map by for": files(
        APTIBLE.replace(
            KEYS, "{ for k, v in { json_key = each.value.json_key } : k => v if v != null }"
        )
    ),
    "list": files(CUSTOM),
    "list by splat": files(CUSTOM.replace(IDS, "values(sym_secret.this)[*].id")),
    "list with a condition": files(
        CUSTOM.replace("it.id]", 'it.id if it.path != "sym/main/okta"]')
    ),
    "list by sort": files(CUSTOM.replace(IDS, f"sort({IDS})")),
    "list by a local": files(CUSTOM.replace(IDS, "local.ids") + f"locals {{\n  ids = {IDS}\n}}\n"),
    "of a module": files(OF_MODULE.replace(OF_OKTA, 'module.store.ids["okta"]')),
    "list of a module": files(CUSTOM_OF_MODULE.replace(IDS, "module.store.id_list")),
    "list of a map of a module": files(CUSTOM_OF_MODULE.replace(IDS, "values(module.store.ids)")),
    "of one more": files(OKTA + STORED.replace('"okta"', '"db"').replace("okta", "database")),
    "regex of an ARN": files(
        OKTA.replace(PATH, 'regex("secret:(.+)-[^-]{6}$", aws_secretsmanager_secret.okta.arn)[0]')
    ),
}
WRONG = {
    "default tags": ("SYM507", files(OKTA, "", defaults("prod"))),
    "own tag before default tags": (
        "SYM507",
        files(OKTA, 'tags = { SymEnv = "x" }', defaults("main")),
    ),
    "merged, the last one counts": (
        "SYM507",
        files(OKTA, 'tags = merge({ SymEnv = local.env }, { SymEnv = "prod" })'),
    ),
    "named": ("SYM507", files(OKTA, tag_name=NAMED)),
    "named by a local": ("SYM507", files(OKTA + LOCAL_TAG, tag_name="tag_name = local.tag")),
    "env of a module": (
        "SYM507",
        files(
            OF_MODULE.replace(OF_OKTA, 'module.store.ids["okta"]').replace(
                "= local.env\n  names", '= "x"\n  names'
            )
        ),
    ),
    "id": ("SYM506", files(OKTA.replace(PATH, "aws_secretsmanager_secret.okta.id"))),
    "id in a template": (
        "SYM506",
        files(OKTA.replace(PATH, '"${aws_secretsmanager_secret.okta.id}"')),
    ),
    "id of an element": (
        "SYM506",
        files(APTIBLE.replace("each.value.path].name", "each.value.path].id")),
    ),
    "ARN of a module": (
        "SYM506",
        files(OF_MODULE + SECRET.replace(PATH, "module.store.arns.okta")),
    ),
    "id of a module": (
        "SYM506",
        files(OF_MODULE + SECRET.replace(PATH, 'module.store.stored["okta"].id')),
    ),
    "list of ARNs": (
        "SYM315",
        files(CUSTOM.replace("in sym_secret", "in aws_secretsmanager_secret")),
    ),
    "list of paths": ("SYM315", files(CUSTOM.replace("it.id]", "it.path]"))),
    "list of keys": ("SYM315", files(CUSTOM.replace(IDS, "keys(sym_secret.this)"))),
    "list of secrets": ("SYM315", files(CUSTOM.replace(IDS, "values(sym_secret.this)"))),
    "list of ARNs of a module": (
        "SYM315",
        files(CUSTOM_OF_MODULE.replace(IDS, "values(module.store.arns)")),
    ),
    "map of ids": (
        "SYM316",
        files(CUSTOM.replace(IDS, "{ for k, it in sym_secret.this : k => it.id }")),
    ),
    "map of a module": ("SYM316", files(CUSTOM_OF_MODULE.replace(IDS, "module.store.ids"))),
    "no JSON": ("SYM316", files(CUSTOM.replace(f"jsonencode({IDS})", f'join(",", {IDS})'))),
    "ARN as id": ("SYM315", files(OF_MODULE.replace(OF_OKTA, 'module.store.arns["okta"]'))),
    "one key twice": ("SYM513", files(APTIBLE.replace('"password"', '"username"'))),
    "no key": ("SYM513", files(APTIBLE.replace('json_key = "password"', "json_key = null"))),
    "exchanged": (
        "SYM517",
        files(
            APTIBLE.replace('["bot_user"]', "[0]")
            .replace('["bot_pass"]', '["bot_user"]')
            .replace("[0]", '["bot_pass"]')
        ),
    ),
    "path by key": (
        "SYM516",
        files(APTIBLE.replace("aws_secretsmanager_secret.this[each.value.path].name", "each.key")),
    ),
}


OTHERS = ("SYM503", "SYM505", "SYM920")
"""What is said of the environment, and of what nothing uses."""


@pytest.mark.no_cover
@pytest.mark.parametrize("form", RIGHT)
def test_a_right_form(tmp_path: Path, form: str) -> None:
    found = facts(findings(write(tmp_path, RIGHT[form]), all_rules()))
    assert [it for it in found if it[0] not in OTHERS] == []


@pytest.mark.parametrize("form", WRONG)
def test_a_wrong_form(tmp_path: Path, form: str) -> None:
    code, main = WRONG[form]
    assert {it.code for it in findings(write(tmp_path, main), rules_of(code))} == {code}
