"""SYM317, SYM506 to SYM508 on fixtures: where secrets are, how they are tagged, who reads them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from support.checking import findings
from support.mistakes import Expression, Mistake, check
from support.service_rules import RULES
from support.transcript import compare_transcript, transcripts, transcripts_of_mistakes
from support.writing import FIXTURES, base, replaced, write

if TYPE_CHECKING:
    from pathlib import Path

RC = "module.runtime_connector.sym_runtime_connector_role"
ENVIRONMENT = {"local.environment_name": "environment_name"}
ROLE_NAME = Expression(
    "okta", "  iam_role_name = ", f"{RC}.name", block='module "secrets" {', inputs=ENVIRONMENT
)
ADDON_ENVIRONMENT = Expression(
    "okta",
    "  environment   = ",
    "local.environment_name",
    block='module "secrets" {',
    inputs={f"{RC}.name": "role_name"},
)
PATH = Expression(
    "okta",
    "  path      = ",
    "aws_secretsmanager_secret.okta.name",
    block='resource "sym_secret" "okta" {',
    inputs={"sym_secrets.this.id": "source_id"},
    outputs={"sym_secret.okta.id": "sym_secret.okta.id"},
)
TAG = Expression(
    "okta",
    "    SymEnv = ",
    "local.environment_name",
    block='resource "aws_secretsmanager_secret" "okta" {',
    inputs=ENVIRONMENT,
    outputs={"aws_secretsmanager_secret.okta.name": "aws_secretsmanager_secret.okta.name"},
)
SECOND_RUNTIME = """
module "other_runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "other"
}
"""


def _role(wrong: str, what: str) -> Mistake:
    title = f"iam_role_name is {what}, not the name of the runtime's role"
    return ROLE_NAME.becomes(wrong, "SYM317", title, repaired='"SymRuntimeMain"')


MISTAKES = {
    "an ARN as role name": _role(f"{RC}.arn", "an ARN"),
    "the whole role": _role(RC, "the whole role"),
    "the id of the runtime": _role(
        "module.runtime_connector.sym_runtime.id", "the runtime id"
    ),
    "a literal ARN": _role('"arn:aws:iam::123456789012:role/sym/SymRuntimeMain"', "an ARN"),
    "a path": _role('"/sym/SymRuntimeMain"', "a path"),
    "something of Sym's": _role("sym_secrets.this.id", "an attribute of a Sym resource"),
    "an ARN as path": PATH.becomes("aws_secretsmanager_secret.okta.arn", "SYM506", "path is the arn of an aws_secretsmanager_secret, not its name", severity="warning"),
    "an id as path": PATH.becomes("aws_secretsmanager_secret.okta.id", "SYM506", "path is the id of an aws_secretsmanager_secret, not its name", severity="warning"),
    "a whole secret": PATH.becomes("aws_secretsmanager_secret.okta", "SYM506", "path is a whole aws_secretsmanager_secret, not its name"),
    "the value of a secret": PATH.becomes("data.aws_secretsmanager_secret_version.okta.secret_string", "SYM506", "path is the secret itself, not its name", extra='data "aws_secretsmanager_secret_version" "okta" {\n  secret_id = "x"\n}\n'),
    "a literal ARN as path": PATH.becomes('"arn:aws:secretsmanager:eu-central-1:123456789012:secret:sym/main/okta-AbCdEf"', "SYM506", "path is an ARN, not the name of a secret", severity="warning", repaired='"sym/elsewhere"'),
    "a store as path": PATH.becomes("sym_secrets.this.id", "SYM506", "path leads to a secrets source, not to an aws_secretsmanager_secret"),
    "another tag": TAG.becomes('"prod"', "SYM507", 'secret is tagged SymEnv = "prod", but the addon allows access only to "main"', repaired='"main"'),
    "another environment of the addon": ADDON_ENVIRONMENT.becomes('"prod"', "SYM507", 'Secrets Manager addon allows access to SymEnv = "prod", but the secret has "main"', repaired='"main"'),
    "no role": ROLE_NAME.becomes('""', "SYM508", "Secrets Manager addon is not attached to a role", severity="warning", repaired='"SymRuntimeMain"'),
    "the role of another runtime": ROLE_NAME.becomes("module.other_runtime.sym_runtime_connector_role.name", "SYM508", "Secrets Manager addon is attached to the role of module.other_runtime, "
        "not of module.runtime_connector", severity="warning", extra=SECOND_RUNTIME),
}  # fmt: skip  # one case a line


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


def _changed(directory: Path, fixture: str, file: str, old: str, new: str, root: str = "") -> Path:
    shutil.copytree(FIXTURES / fixture, directory / "copy")
    path = directory / "copy" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")
    return directory / "copy" / root


TAGS = "  tags = {\n    SymEnv = local.environment_name\n  }\n"
CHANGES = {
    "no tags": (TAGS, "", ["secret has no tag SymEnv"]),
    "other tags": ("    SymEnv =", "    Env =", ["secret has no tag SymEnv"]),
    "tags of the provider": (
        TAGS,
        '}\n\nprovider "aws" {\n  alias = "tagged"\n  default_tags {\n'
        '    tags = { SymEnv = "prod" }\n  }\n',
        ["secret has no tag SymEnv"],
    ),
    "a tag with another case": (
        "    SymEnv =",
        "    symenv =",
        ["secret is tagged symenv, but the addon checks SymEnv"],
    ),
    "another tag name": (
        "  environment   = local.environment_name\n",
        '  environment   = local.environment_name\n  tag_name = "Access"\n',
        ["secret has no tag Access"],
    ),
    "no role name": (
        "  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name\n",
        "",
        ["Secrets Manager addon is not attached to a role"],
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_changes_of_the_okta_fixture(tmp_path: Path, name: str) -> None:
    old, new, titles = CHANGES[name]
    root = _changed(tmp_path, "okta", "main.tf", old, new)
    assert [it.title for it in findings(root, RULES)] == titles


def test_a_tag_of_another_case_is_a_note(tmp_path: Path) -> None:
    root = _changed(tmp_path, "okta", "main.tf", "    SymEnv =", "    symenv =")
    assert [it.severity for it in findings(root, RULES)] == ["note"]


TWO = """
module "main_runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}

module "prod_runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "prod"
}

module "main_access" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "main"
  iam_role_name = module.main_runtime.sym_runtime_connector_role.name
}

module "prod_access" {
  source        = "symopsio/secretsmgr-addon/aws"
  version       = "~> 1.1"
  environment   = "prod"
  iam_role_name = module.prod_runtime.sym_runtime_connector_role.name
}

resource "sym_secrets" "main" {
  type     = "aws_secrets_manager"
  name     = "main-secrets"
  settings = { context_id = module.main_runtime.sym_integration.id }
}

resource "sym_secrets" "prod" {
  type     = "aws_secrets_manager"
  name     = "prod-secrets"
  settings = { context_id = module.prod_runtime.sym_integration.id }
}

resource "aws_secretsmanager_secret" "main" {
  name = "sym/main/key"
  tags = { SymEnv = "main" }
}

resource "aws_secretsmanager_secret" "prod" {
  name = "sym/prod/key"
  tags = { SymEnv = "prod" }
}

resource "sym_secret" "main" {
  path      = aws_secretsmanager_secret.main.name
  source_id = sym_secrets.main.id
}

resource "sym_secret" "prod" {
  path      = aws_secretsmanager_secret.prod.name
  source_id = sym_secrets.prod.id
}
"""
CROSSED = {
    "nothing": ("# none", "# none", []),
    "the tag": (
        'tags = { SymEnv = "prod" }',
        'tags = { SymEnv = "main" }',
        [("SYM507", '"main"')],
    ),
    "the store": (
        "source_id = sym_secrets.prod.id",
        "source_id = sym_secrets.main.id",
        [("SYM507", "sym_secrets.main.id")],
    ),
    "the context": (
        "module.prod_runtime.sym_integration.id",
        "module.main_runtime.sym_integration.id",
        [("SYM507", "module.main_runtime.sym_integration.id")],
    ),
    "the addon's role": (
        "module.prod_runtime.sym_runtime_connector_role.name",
        "module.main_runtime.sym_runtime_connector_role.name",
        [("SYM508", "module.main_runtime.sym_runtime_connector_role.name")],
    ),
    "the addon's environment": (
        '  environment   = "prod"',
        '  environment   = "main"',
        [("SYM507", '"main"')],
    ),
}


@pytest.mark.parametrize("name", CROSSED)
def test_two_environments_that_cross(tmp_path: Path, name: str) -> None:
    old, new, expected = CROSSED[name]
    text = TWO.replace(old, new) if old != "# none" else TWO
    found = findings(write(tmp_path, {"main.tf": text}), RULES)
    assert [(it.code, it.range.text) for it in found] == expected


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    crossed = {f"crossed: {name}": TWO.replace(*it[:2]) for name, it in CROSSED.items()}
    store = TWO.replace(*CROSSED["the store"][:2])
    crossed["crossed: the store of a secret without a name"] = store.replace(
        '"sym/prod/key"', "null"
    )
    okta = base("okta")
    changes = {
        name: {**okta, "main.tf": replaced(okta["main.tf"], old, new)}
        for name, (old, new, _) in CHANGES.items()
    }
    compare_transcript(
        __file__,
        transcripts_of_mistakes(tmp_path, MISTAKES),
        transcripts(tmp_path / "changes", changes, *RULES),
        transcripts(tmp_path / "crossed", crossed, *RULES),
    )
