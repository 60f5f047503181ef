"""What secrets with wrong tags, and things of one name, come to: where to change what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.checking import configuration, rules_of
from support.transcript import compare_transcript, transcripts
from support.writing import write

from symlint.sym.aws.collisions import (
    Collision,
    account_text,
    collision,
    collisions,
    later_first,
    place_to_change,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from symlint.sym.model.configuration import SymConfiguration

STORE = """
variable "unset" {}

module "runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}

module "addon" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "main"
  iam_role_name = module.runtime.sym_runtime_connector_role.name
}

resource "sym_secrets" "store" {
  type     = "aws_secrets_manager"
  name     = "store"
  settings = { context_id = module.runtime.sym_integration.id }
}

resource "aws_secretsmanager_secret" "token" {
  name = "token"
  tags = { SymEnv = "main" }
}

resource "sym_secret" "token" {
  path      = aws_secretsmanager_secret.token.name
  source_id = sym_secrets.store.id
}
"""
TAGS = '  tags = { SymEnv = "main" }\n'
SECRET = STORE[STORE.index('resource "aws_secretsmanager_secret"') :]
SECOND = SECRET.replace("token", "second")
ENVIRONMENT = 'environment   = "main"'
ROLE = "  iam_role_name"


def tagged(tags: str, more: str = "", text: str = STORE) -> str:
    """The configuration with other tags, and more blocks."""
    return text.replace(TAGS, f"  {tags}\n" if tags else "") + more


ELSEWHERE = STORE.replace('variable "unset" {}', "").replace("token", "token_b")
for word in ("runtime", "addon", "store"):
    ELSEWHERE = ELSEWHERE.replace(f'"{word}"', f'"{word}_b"')
    ELSEWHERE = ELSEWHERE.replace(f".{word}.", f".{word}_b.")
LOCAL = 'locals {\n  tags = { SymEnv = "else" }\n  value = "else"\n}\n'
CHILD = 'module "secret" {\n  source = "./child"\n  %s\n}\n'
CHILD_SECRET = (
    'variable "given" {}\nresource "aws_secretsmanager_secret" "token" {\n  name = "token"\n'
    '  tags = %s\n}\noutput "name" {\n  value = aws_secretsmanager_secret.token.name\n}\n'
)
OUTSIDE = STORE.replace(SECRET[: SECRET.index('resource "sym_secret"')], "").replace(
    "aws_secretsmanager_secret.token.name", "module.secret.name"
)

CASES: dict[str, str | Mapping[str, str]] = {
    "right": STORE,
    "no tags": tagged(""),
    "a runtime of version 1": tagged('tags = { SymEnv = "else" }')
    .replace('"~> 2.0"', '"~> 1.0"')
    .replace('  environment = "main"\n', '  environment = "main"\n  addons = ["aws/secretsmgr"]\n')
    .replace("module.runtime.sym_integration.id", "sym_integration.context.id")
    .replace(STORE[STORE.index('module "addon"') : STORE.index('resource "sym_secrets"')], "")
    + 'resource "sym_integration" "context" {\n  type = "permission_context"\n  name = "c"\n'
    + "  external_id = module.runtime.account_id\n  settings = module.runtime.settings\n}\n",
    "empty tags": tagged("tags = {}"),
    "another value": tagged('tags = { SymEnv = "else" }'),
    "another tag": tagged('tags = { Else = "main" }'),
    "another case": tagged('tags = { symenv = "main" }'),
    "another case and value": tagged('tags = { symenv = "else" }'),
    "two of another case": tagged('tags = { symenv = "main", SYMENV = "main" }'),
    "null": tagged("tags = { SymEnv = null }"),
    "a number": tagged("tags = { SymEnv = 1 }").replace(ENVIRONMENT, 'environment   = "1"'),
    "a truth": tagged("tags = { SymEnv = true }").replace(ENVIRONMENT, 'environment   = "true"'),
    "not known": tagged("tags = { SymEnv = var.unset }"),
    "the same, not known": tagged("tags = { SymEnv = var.unset }").replace(
        ENVIRONMENT, "environment   = var.unset"
    ),
    "tags not known": tagged("tags = var.unset"),
    "a tag that is not known": STORE.replace(ROLE, "  tag_name = var.unset\n" + ROLE),
    "another tag of the addon": STORE.replace(ROLE, '  tag_name = "Team"\n' + ROLE),
    "that tag": tagged('tags = { Team = "main" }').replace(ROLE, '  tag_name = "Team"\n' + ROLE),
    "an addon without a value": STORE.replace(ENVIRONMENT, ""),
    "a local": tagged("tags = local.tags", LOCAL),
    "a local that others read": tagged(
        "tags = local.tags", LOCAL + SECOND.replace(TAGS, "  tags = local.tags\n")
    ),
    "a value of a local": tagged("tags = { SymEnv = local.value }", LOCAL),
    "a value of a local that others read": tagged(
        "tags = { SymEnv = local.value }", LOCAL + 'output "value" {\n  value = local.value\n}\n'
    ),
    "a local without the tag": tagged("tags = local.tags", LOCAL.replace("SymEnv", "Else")),
    "merged": tagged('tags = merge(local.tags, { Else = "x" })', LOCAL.replace("SymEnv", "Team")),
    "in a module, given": {
        "main.tf": OUTSIDE + CHILD % 'given = { SymEnv = "else" }',
        "child/main.tf": CHILD_SECRET % "var.given",
    },
    "in a module, given without the tag": {
        "main.tf": OUTSIDE + CHILD % 'given = { Else = "else" }',
        "child/main.tf": CHILD_SECRET % "var.given",
    },
    "in a module, given to a local without the tag": {
        "main.tf": OUTSIDE + CHILD % 'given = { Else = "else" }',
        "child/main.tf": CHILD_SECRET % "local.tags" + "locals {\n  tags = var.given\n}\n",
    },
    "in a module": {
        "main.tf": OUTSIDE + CHILD % "given = null",
        "child/main.tf": CHILD_SECRET % '{ SymEnv = "else" }',
    },
    "the tag of the runtime": STORE.replace(ENVIRONMENT, 'environment   = "else"'),
    "two secrets of one other value": tagged(
        'tags = { SymEnv = "else" }', SECOND.replace('"main"', '"else"')
    ),
    "two secrets of two other values": tagged(
        'tags = { SymEnv = "else" }', SECOND.replace('"main"', '"third"')
    ),
    "two secrets, one of them right": tagged('tags = { SymEnv = "else" }', SECOND),
    "two secrets, one without a tag": tagged(
        'tags = { SymEnv = "third" }', SECOND.replace(TAGS, "")
    ).replace(ENVIRONMENT, 'environment   = "else"'),
    "two secrets of one other value than both": tagged(
        'tags = { SymEnv = "third" }', SECOND.replace('"main"', '"third"')
    ).replace(ENVIRONMENT, 'environment   = "else"'),
    "two secrets of one other value, and one of another addon": tagged(
        'tags = { SymEnv = "third" }', SECOND.replace('"main"', '"third"')
    ).replace(ENVIRONMENT, 'environment   = "else"')
    + tagged('tags = { SymEnv = "fourth" }', text=ELSEWHERE).replace(
        'environment = "main"', 'environment = "b"'
    ),
    "two addons": tagged('tags = { SymEnv = "else" }')
    + STORE[STORE.index('module "addon"') : STORE.index('resource "sym_secrets"')]
    .replace('"addon"', '"addon_too"')
    .replace(ENVIRONMENT, 'environment   = "else"'),
}


def test_snapshot_of_tags(tmp_path: Path) -> None:
    said = transcripts(tmp_path / "tags", CASES, *rules_of("SYM508", "SYM507", "SYM506"))
    made = {}
    for number, (name, text) in enumerate(COLLISIONS.items()):
        files = text if isinstance(text, dict) else {"main.tf": text}
        sym = configuration(write(tmp_path / "made" / str(number), files))
        made[name] = "\n".join(collided(sym)) or "  nothing"
    compare_transcript(__file__, said, made)


# --- things of one name ---


def iam(name: str, environment: str, trusts: str = "", more: str = "", kind: str = "iam") -> str:
    arns = f"[module.{trusts}.sym_runtime_connector_role.arn]" if trusts else "[]"
    return (
        f'module "{name}" {{\n  source = "symopsio/{kind}-connector/aws"\n  version = "~> 2.0"\n'
        f"  environment = {environment}\n  runtime_role_arns = {arns}\n{more}}}\n"
    )


def runtime(name: str) -> str:
    return (
        f'module "{name}" {{\n  source = "symopsio/runtime-connector/aws"\n'
        f'  version = "~> 2.0"\n  environment = "{name}"\n}}\n'
    )


SSO = "  providers = { aws = aws.sso }\n"
PROVIDERS = (
    'provider "aws" {\n  region = "eu-central-1"\n}\nprovider "aws" {\n  alias = "sso"\n  %s\n}\n'
)
ACCOUNTS = PROVIDERS.replace("eu-central-1", 'eu-central-1"\n  profile = "main') % 'profile = "sso"'
ALLOWED = (
    'provider "aws" {\n  allowed_account_ids = ["111122223333"]\n}\n'
    'provider "aws" {\n  alias = "sso"\n  allowed_account_ids = ["%s"]\n}\n'
)
STREAM = (
    'module "%s" {\n  source = "symopsio/kinesis-data-stream-connector/aws"\n'
    '  version = "~> 1.0"\n  environment = "main"\n%s}\n'
)
UNSET = 'variable "unset" {}\n'
BOTH = runtime("main") + runtime("staging")
INNER = {"child/main.tf": 'variable "environment" {}\n' + iam("iam", "var.environment")}

COLLISIONS: dict[str, str | dict[str, str]] = {
    "one": iam("a", '"main"'),
    "two names": iam("a", '"main"') + iam("b", '"staging"'),
    "one name": iam("a", '"main"') + iam("b", '"main"'),
    "one name in another case": iam("a", '"main"') + iam("b", '"MAIN"'),
    "two kinds": iam("a", '"main"') + iam("b", '"main"', kind="sso"),
    "three": iam("a", '"main"') + iam("b", '"main"') + iam("c", '"main"'),
    "one value not known": UNSET + iam("a", "var.unset") + iam("b", "var.unset"),
    "two values not known": UNSET
    + 'variable "too" {}\n'
    + iam("a", "var.unset")
    + iam("b", "var.too"),
    "one region of an account": PROVIDERS % 'region = "us-east-1"'
    + iam("a", '"main"')
    + iam("b", '"main"', more=SSO),
    "two logins": ACCOUNTS + iam("a", '"main"') + iam("b", '"main"', more=SSO),
    "two accounts": ALLOWED % "222233334444" + iam("a", '"main"') + iam("b", '"main"', more=SSO),
    "one account": ALLOWED % "111122223333" + iam("a", '"main"') + iam("b", '"main"', more=SSO),
    "a provider not known": iam("a", '"main"') + iam("b", '"main"', more=SSO),
    "two accounts and a third": ALLOWED % "222233334444"
    + iam("a", '"main"')
    + iam("b", '"main"', more=SSO)
    + iam("c", '"main"'),
    "one that may not exist": UNSET
    + iam("a", '"main"', more="  count = var.unset ? 1 : 0\n")
    + iam("b", '"main"'),
    "an addon twice": 'module "old" {\n  source = "symopsio/runtime-connector/aws"\n'
    '  version = "~> 1.0"\n  environment = "main"\n'
    '  addons = ["aws/secretsmgr", "aws/secretsmgr"]\n}\n'
    'module "addon" {\n  source = "symopsio/secretsmgr-addon/aws"\n'
    '  version = "~> 1.1"\n  environment = "main"\n}\n',
    "not in AWS": 'module "a" {\n  source = "symopsio/gcp-connector/google"\n'
    '  version = "~> 1.0"\n  environment = "main"\n}\n'
    'module "b" {\n  source = "symopsio/gcp-connector/google"\n'
    '  version = "~> 1.0"\n  environment = "main"\n}\n',
    "two instances": UNSET + iam("a", '"main"', more="  count = 2\n"),
    "two instances of one key each": iam("a", "each.key", more='  for_each = toset(["x", "y"])\n'),
    "streams": STREAM % ("a", "") + STREAM % ("b", ""),
    "streams of two regions": PROVIDERS % 'region = "us-east-1"'
    + STREAM % ("a", "")
    + STREAM % ("b", SSO),
    "the earlier is named otherwise": iam("staging", '"main"') + iam("main", '"main"'),
    "the earlier is called another": iam("one", '"main"') + iam("main", '"main"'),
    "the earlier is called another, of two words": iam("one", '"main-eu"')
    + iam("eu-main", '"main-eu"'),
    "the earlier is called another, of two words with an underscore": iam("one", '"main_eu"')
    + iam("main_eu", '"main_eu"'),
    "the earlier trusts another, and is called so": BOTH
    + iam("main_a", '"main"', "staging")
    + iam("b", '"main"', "main"),
    "the earlier trusts what is not known": UNSET
    + BOTH
    + iam("a", '"main"').replace("[]", "[var.unset]")
    + iam("b", '"main"', "main"),
    "the earlier trusts another first": BOTH
    + iam("a", '"main"', "staging").replace(
        ".arn]", ".arn, module.main.sym_runtime_connector_role.arn]"
    )
    + iam("b", '"main"', "main"),
    "both are called so": iam("main_a", '"main"') + iam("main_b", '"main"'),
    "the earlier trusts another": BOTH + iam("a", '"main"', "staging") + iam("b", '"main"', "main"),
    "the later trusts another": BOTH + iam("a", '"main"', "main") + iam("b", '"main"', "staging"),
    "both trust another": BOTH + iam("a", '"main"', "staging") + iam("b", '"main"', "staging"),
    "a local": 'locals {\n  name = "main"\n}\n' + iam("a", "local.name") + iam("b", "local.name"),
    "a local and a text": 'locals {\n  name = "main"\n}\n'
    + iam("a", '"main"')
    + iam("b", "local.name"),
    "in a module twice": {
        "main.tf": 'module "one" {\n  source = "./child"\n  environment = "main"\n}\n'
        'module "two" {\n  source = "./child"\n  environment = "main"\n}\n',
        **INNER,
    },
    "in a module of one local": {
        "main.tf": 'locals {\n  name = "main"\n}\n'
        'module "one" {\n  source = "./child"\n  environment = local.name\n}\n'
        'module "two" {\n  source = "./child"\n  environment = local.name\n}\n',
        **INNER,
    },
    "in a module that is repeated": {
        "main.tf": 'module "one" {\n  source = "./child"\n  count = 2\n  environment = "main"\n}\n',
        **INNER,
    },
    "in a module without a name": {
        "main.tf": 'module "one" {\n  source = "./child"\n}\nmodule "two" {\n  source = "./child"\n}\n',
        "child/main.tf": iam("iam", '"main"'),
    },
}


def collided(sym: SymConfiguration) -> Iterator[str]:
    """Each pair, and what to change."""
    for it in collisions(sym):
        first, second = it.first.module, it.second.module
        pair = f"{first.address} and {second.address}"
        both = collision(first, second)
        if not isinstance(it, Collision):
            assert both is None
            yield f"  {pair}: {it.reason}"
            continue
        assert both is not None
        named = it.first.creation.resource, it.first.name
        assert (both.first.creation.resource, both.first.name) == named
        other, changed = (made.module for made in later_first(sym, it))
        yield f"  {pair} both make {named[0]} {named[1]} in {account_text(first)}"
        place = place_to_change(changed, other)
        yield f"    change {changed.address} at line {place.line} `{place.text}`"


def test_one_is_compared_with_a_number_of_others_and_no_more(tmp_path: Path) -> None:
    text = "".join(
        f'provider "aws" {{\n  alias = "p{it}"\n  profile = "p{it}"\n}}\n'
        + iam(f"m{it}", '"main"', more=f"  providers = {{ aws = aws.p{it} }}\n")
        for it in range(52)
    )
    found = list(collisions(configuration(write(tmp_path, {"main.tf": text}))))
    assert len(found) == sum(min(it, 50) for it in range(52))
