"""What is right where it is written: the finding is where it was chosen for something else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.checking import findings
from support.writing import marked_lines, replaced, write

from symlint.lint.registry import load_rules

if TYPE_CHECKING:
    from symlint.lint.finding import Finding

RULES = tuple(load_rules())

RUNTIME = """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
}
"""
PLATFORM = (
    RUNTIME
    + """
output "role" {
  value = module.runtime_connector.sym_runtime_connector_role
}
"""
)
CONNECTOR = """
module "platform" {
  source = "./platform"
}

module "iam_connector" {
  source  = "symopsio/iam-connector/aws"
  version = "~> 2.0"

  environment       = "main"
  runtime_role_arns = [module.platform.role.name] # here
}
"""
TOKEN = """
variable "type" {}

resource "sym_integration" "this" {
  type        = var.type
  name        = "main-${var.type}"
  external_id = var.type
}

output "id" {
  value = sym_integration.this.id
}
"""
ENVIRONMENT = """
module "pagerduty" {
  source = "./token"
  type   = "pagerduty"
}

module "slack" {
  source = "./token"
  type   = "slack"
}

resource "sym_environment" "main" {
  name         = "main"
  integrations = merge({ slack_id = module.slack.id }, local.more)
}

locals {
  more = {
    slack_id = module.pagerduty.id # here
  }
}
"""
FLOW = """
module "environment" {
  source = "./token"
  type   = "slack"
}

resource "sym_environment" "main" {
  name = "main"
}

resource "sym_flow" "main" {
  name           = "main"
  implementation = file("impl.py")
  environment_id = module.environment.id # here
}
"""
SECRETS = (
    RUNTIME
    + """
module "secrets_access" {
  source  = "symopsio/secretsmgr-addon/aws"
  version = "~> 1.1"

  environment   = "main"
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name
}

resource "sym_secrets" "this" {
  type = "aws_secrets_manager"
  name = "main"

  settings = {
    context_id = module.runtime_connector.sym_integration.id
  }
}

resource "aws_secretsmanager_secret" "each" {
  for_each = toset(["acme", "globex"])
  name     = "main/${each.key}"

  tags = {
    SymEnv = each.key # here
  }
}

resource "sym_secret" "each" {
  for_each  = aws_secretsmanager_secret.each
  source_id = sym_secrets.this.id
  path      = each.value.name
}
"""
)
ADDONS = """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 1.0"

  environment  = "main"
  addons       = ["aws/kinesis-data-stream"]
  addon_params = local.params
}

locals {
  params = {
    "aws/kinesis-data-stream" = {
      stream_arn = [aws_kinesis_stream.logs.arn] # here
    }
  }
}

resource "aws_kinesis_stream" "logs" {
  name = "logs"
}
"""
BUCKET = """
module "firehose" {
  source  = "symopsio/kinesis-firehose-connector/aws"
  version = "~> 3.0"

  environment = "main"
  name_prefix = "acme-corporation-security-and-compliance-" # here
}
"""
ROLE = """
locals {
  path = "/teams/billing/"
}

resource "aws_iam_group" "billing" {
  name = "billing"
  path = local.path
}

resource "sym_target" "billing" {
  type = "onelogin_role"
  name = "billing"

  settings = {
    role_id         = "1234567"
    privilege_level = local.path # here
  }
}
"""
LAMBDA = """
locals {
  name = "unlock"
}

resource "aws_lambda_function" "unlock" {
  function_name = local.name
}

module "lambda_connector" {
  source  = "symopsio/lambda-connector/aws"
  version = "~> 1.0"

  environment       = "main"
  lambda_arns       = [local.name] # here
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}
"""
GROUPS = """
locals {
  groups = {
    admins  = "00g1a2b3c4D5e6F7g8h9"
    support = "support" # here
  }
}

resource "sym_target" "group" {
  for_each = local.groups

  type = "okta_group"
  name = each.key

  settings = {
    group_id = each.value
  }
}

resource "sym_strategy" "okta" {
  type           = "okta"
  name           = "okta"
  integration_id = "okta"
  targets        = [for key in keys(local.groups) : sym_target.group[key].id]
}
"""
CHOSEN: dict[str, tuple[str, dict[str, str], tuple[str, str]]] = {
    "a part of an object that a module gives": (
        "SYM303",
        {"main.tf": CONNECTOR, "platform/main.tf": PLATFORM},
        ("role.name", "role.arn"),
    ),
    "the id that a module gives, of another type": (
        "SYM502",
        {"main.tf": ENVIRONMENT, "token/main.tf": TOKEN},
        ("    slack_id = module.pagerduty", "    pagerduty_id = module.pagerduty"),
    ),
    "the id that a module gives, of another kind": (
        "SYM112",
        {"main.tf": FLOW, "token/main.tf": TOKEN, "impl.py": ""},
        ("module.environment.id", "sym_environment.main.id"),
    ),
    "a key that names each, too": (
        "SYM507",
        {"main.tf": SECRETS},
        ("SymEnv = each.key", 'SymEnv = "main"'),
    ),
    "a key that is close to the one that is needed": (
        "SYM305",
        {"main.tf": ADDONS},
        ("stream_arn ", "stream_arns "),
    ),
    "a long prefix": (
        "SYM309",
        {"main.tf": BUCKET},
        ("-security-and-compliance-", "-"),
    ),
    "a text of another use as one of few values": (
        "SYM211",
        {"main.tf": ROLE},
        ("privilege_level = local.path", 'privilege_level = "member"'),
    ),
    "one of several values of a map": (
        "SYM211",
        {"main.tf": GROUPS},
        ('"support" #', '"00g5a5b5c5D5e5F5g5h5" #'),
    ),
    "a name among ARNs": (
        "SYM214",
        {"main.tf": LAMBDA},
        ("[local.name]", "[aws_lambda_function.unlock.arn]"),
    ),
}


def judged(root: Path, code: str) -> list[Finding]:
    return [it for it in findings(root, RULES) if it.code == code]


def places(root: Path, found: list[Finding]) -> list[tuple[str, int]]:
    return [(Path(it.range.path).relative_to(root).as_posix(), it.range.line) for it in found]


@pytest.mark.parametrize("name", CHOSEN)
def test_the_place_where_it_was_chosen(tmp_path: Path, name: str) -> None:
    code, files, _ = CHOSEN[name]
    found = judged(write(tmp_path, files), code)
    assert places(tmp_path, found) == marked_lines(files)


@pytest.mark.parametrize("name", CHOSEN)
def test_in_a_module_that_is_called(tmp_path: Path, name: str) -> None:
    code, files, _ = CHOSEN[name]
    files = {f"inner/{file}": text for file, text in files.items()}
    for file, text in files.items():
        files[file] = text.replace('file("impl.py")', 'file("${path.module}/impl.py")')
    files["main.tf"] = 'module "inner" {\n  source = "./inner"\n}\n'
    found = judged(write(tmp_path, files), code)
    assert places(tmp_path, found) == marked_lines(files)


@pytest.mark.parametrize("name", CHOSEN)
def test_what_is_right_is_silent(tmp_path: Path, name: str) -> None:
    code, files, (old, new) = CHOSEN[name]
    text = replaced(files["main.tf"], old, new)
    assert judged(write(tmp_path, files | {"main.tf": text}), code) == []


IN_JSON = {
    "SYM112": (
        {
            "locals": {"name": "main"},
            "resource": {
                "sym_environment": {"main": {"name": "${local.name}"}},
                "sym_flow": {
                    "main": {
                        "name": "main",
                        "implementation": '${file("impl.py")}',
                        "environment_id": "${local.name}",
                    }
                },
            },
        },
        '"environment_id"',
    ),
    "SYM303": (
        {
            "locals": {"names": ["SymRuntimeMain"]},
            "resource": {
                "aws_iam_role": {
                    "made": {"for_each": "${toset(local.names)}", "name": "${each.key}"}
                }
            },
            "module": {
                "iam_connector": {
                    "source": "symopsio/iam-connector/aws",
                    "version": "~> 2.0",
                    "environment": "main",
                    "runtime_role_arns": "${local.names}",
                }
            },
        },
        '"runtime_role_arns"',
    ),
    "SYM211": (
        {
            "locals": {"path": "/teams/"},
            "resource": {
                "aws_iam_group": {"billing": {"name": "billing", "path": "${local.path}"}},
                "sym_target": {
                    "billing": {
                        "type": "onelogin_role",
                        "name": "billing",
                        "settings": {"role_id": "1234567", "privilege_level": "${local.path}"},
                    }
                },
            },
        },
        '"privilege_level"',
    ),
}


@pytest.mark.parametrize("code", IN_JSON)
def test_a_right_text_in_the_wrong_place_in_json(tmp_path: Path, code: str) -> None:
    content, key = IN_JSON[code]
    text = json.dumps(content, indent=2)
    (finding,) = judged(write(tmp_path, {"main.tf.json": text, "impl.py": ""}), code)
    assert key in text.splitlines()[finding.range.line - 1]
