"""Correct configurations, each in one file, and mistakes planted in them one at a time.

A mistake replaces one expression, or a piece of text. The wrong expression is written where the
right one was, in a local, in the default of a variable, or in what the caller of a module passes;
the finding must be at that line, and the same detour with the right expression must be silent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from support.wrecking import HERE, findings, marked, place, write

from symlint.lint.registry import load_rules

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.rule import Rule

RULES: tuple[type[Rule], ...] = tuple(
    rule for rule in load_rules() if "SYM202" <= rule.code <= "SYM217" or rule.code == "SYM201"
)

VERSIONS = """
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 3.6"
    }
  }
}
"""

SLACK = """
resource "sym_integration" "slack" {
  type        = "slack"
  name        = "main-slack"
  external_id = "T0ORCHARD1"
}

resource "sym_secrets" "main" {
  type = "aws_secrets_manager"
  name = "main-secrets"

  settings = {
    context_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  }
}

resource "sym_secret" "token" {
  path      = "sym/main/token"
  source_id = sym_secrets.main.id
}
"""

FLOW = """
resource "sym_flow" "main" {
  name           = "main-access"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"

  params {
    strategy_id = sym_strategy.main.id

    prompt_field {
      name = "reason"
      type = "string"
    }
    FIELDS
    prompt_field {
      name           = "duration"
      type           = "duration"
      allowed_values = ["1h"]
    }
  }
}
"""

ONELOGIN = (
    SLACK
    + FLOW.replace(
        "FIELDS",
        """
    prompt_field {
      name           = "privilege_level"
      type           = "string"
      allowed_values = ["member", "admin"]
    }
""",
    )
    + """
resource "sym_integration" "onelogin" {
  type        = "onelogin"
  name        = "main-onelogin"
  external_id = "orchard.onelogin.com"

  settings = {
    client_id     = "0a1b2c3d"
    client_secret = sym_secret.token.id
  }
}

resource "sym_target" "support" {
  type = "onelogin_role"
  name = "support"

  settings = {
    role_id         = "1234567"
    privilege_level = "member"
  }
}

resource "sym_target" "billing" {
  type = "onelogin_role"
  name = "billing"

  settings = {
    role_id = "7654321"
  }

  field_bindings = ["privilege_level"]
}

resource "sym_strategy" "main" {
  type           = "onelogin"
  name           = "main-onelogin"
  integration_id = sym_integration.onelogin.id

  targets = [
    sym_target.support.id,
    sym_target.billing.id,
  ]
}
"""
)

GITHUB = (
    SLACK
    + FLOW.replace(
        "FIELDS",
        """
    prompt_field {
      name     = "repo_name"
      type     = "string"
      prefetch = true
    }
""",
    )
    + """
resource "sym_integration" "github" {
  type        = "github"
  name        = "main-github"
  external_id = "orchard"

  settings = {
    api_token_secret = sym_secret.token.id
  }
}

resource "sym_target" "any" {
  type = "github_repo"
  name = "any"

  field_bindings = ["repo_name"]
}

resource "sym_target" "website" {
  type = "github_repo"
  name = "website"

  settings = {
    repo_name = "website"
  }
}

resource "sym_strategy" "main" {
  type           = "github"
  name           = "main-github"
  integration_id = sym_integration.github.id
  targets        = [sym_target.any.id, sym_target.website.id]
}
"""
)

IAM = (
    SLACK
    + FLOW.replace("FIELDS", "")
    + """
module "iam_connector" {
  source  = "symopsio/iam-connector/aws"
  version = "~> 2.0"

  environment       = "main"
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}

resource "sym_integration" "iam" {
  type        = "permission_context"
  name        = "main-iam"
  external_id = module.iam_connector.settings.account_id
  settings    = module.iam_connector.settings
}

resource "aws_iam_group" "reader" {
  name = "log-reader"
  path = "/sym/"
}

resource "aws_iam_role" "reader" {
  name                 = "log-reader"
  max_session_duration = 3600
  assume_role_policy   = "{}"
}

resource "aws_iam_group_policy" "reader" {
  group  = aws_iam_group.reader.name
  policy = data.aws_iam_policy_document.reader.json
}

data "aws_iam_policy_document" "reader" {
  statement {
    actions   = ["sts:AssumeRole"]
    resources = [aws_iam_role.reader.arn]
  }
}

resource "sym_target" "reader" {
  type = "aws_iam_group"
  name = "log-reader"

  settings = {
    iam_group = aws_iam_group.reader.name
  }
}

resource "sym_strategy" "main" {
  type           = "aws_iam"
  name           = "main-iam"
  integration_id = sym_integration.iam.id
  targets        = [sym_target.reader.id]
}
"""
)

LAMBDA = (
    FLOW.replace("FIELDS", "")
    + """
resource "aws_lambda_function" "database" {
  function_name = "database-access"
  role          = "arn:aws:iam::111122223333:role/database"
}

resource "aws_lambda_function" "archive" {
  function_name = "archive"
  role          = "arn:aws:iam::111122223333:role/archive"
}

resource "aws_lambda_function" "notify" {
  function_name = "notify"
  role          = "arn:aws:iam::111122223333:role/notify"
}

module "lambda_connector" {
  source  = "symopsio/lambda-connector/aws"
  version = "~> 1.0"

  environment       = "main"
  lambda_arns       = [aws_lambda_function.database.arn, aws_lambda_function.archive.arn]
  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]
}

resource "sym_integration" "lambda" {
  type        = "permission_context"
  name        = "main-lambda"
  external_id = module.lambda_connector.settings.account_id
  settings    = module.lambda_connector.settings
}

resource "sym_target" "database" {
  type = "aws_lambda_function"
  name = "database"

  settings = {
    arn = aws_lambda_function.database.arn
  }
}

resource "sym_target" "archive" {
  type = "aws_lambda_function"
  name = "archive"

  settings = {
    arn = aws_lambda_function.archive.arn
  }
}

resource "sym_strategy" "main" {
  type           = "aws_lambda"
  name           = "main-lambda"
  integration_id = sym_integration.lambda.id
  targets        = [sym_target.database.id, sym_target.archive.id]
}
"""
)

FUNCTIONS = LAMBDA.replace(
    'resource "aws_lambda_function" "archive" {',
    'module "archive" {\n  source        = "terraform-aws-modules/lambda/aws"',
).replace("aws_lambda_function.archive.arn", "module.archive.lambda_function_arn")

SSO = (
    FLOW.replace("FIELDS", "")
    + """
resource "sym_integration" "sso" {
  type        = "permission_context"
  name        = "main-sso"
  external_id = "arn:aws:sso:::instance/ssoins-6508a1b2c3d4e5f6"

  settings = {
    cloud        = "aws"
    region       = "eu-central-1"
    instance_arn = "arn:aws:sso:::instance/ssoins-6508a1b2c3d4e5f6"
    role_arn     = "arn:aws:iam::111122223333:role/sym/SymSSOMain"
  }
}

resource "aws_ssoadmin_permission_set" "operator" {
  name             = "Operator"
  instance_arn     = "arn:aws:sso:::instance/ssoins-6508a1b2c3d4e5f6"
  session_duration = "PT1H"
}

resource "sym_target" "operator" {
  type = "aws_sso_permission_set"
  name = "operator"

  settings = {
    permission_set_arn = aws_ssoadmin_permission_set.operator.arn
    account_id         = "111122223333"
  }
}

resource "sym_target" "auditor" {
  type = "aws_sso_permission_set"
  name = "auditor"

  settings = {
    permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-6508a1b2c3d4e5f6/ps-0f1e2d3c4b5a6978"
    account_id         = "555566667777"
  }
}

resource "sym_strategy" "main" {
  type           = "aws_sso"
  name           = "main-sso"
  integration_id = sym_integration.sso.id
  targets        = [sym_target.operator.id, sym_target.auditor.id]

  settings = {
    instance_arn = "arn:aws:sso:::instance/ssoins-6508a1b2c3d4e5f6"
  }
}
"""
)

GOOGLE = (
    SLACK
    + FLOW.replace("FIELDS", "")
    + """
module "gcp_connector" {
  source  = "symopsio/gcp-connector/google"
  version = "~> 1.1"

  environment                    = "main"
  gcp_org_id                     = "123456789012"
  identity_pool_project_id       = "orchard-identity"
  enable_google_group_management = true
}

resource "sym_target" "auditors" {
  type = "google_group"
  name = "auditors"

  settings = {
    group_email = "auditors@orchard.example"
    role        = "MEMBER"
  }
}

resource "sym_strategy" "main" {
  type           = "google_group"
  name           = "main-google"
  integration_id = module.gcp_connector.sym_integration.id
  targets        = [sym_target.auditors.id]
}
"""
)

CUSTOM = (
    SLACK
    + FLOW.replace("FIELDS", "")
    + """
resource "sym_integration" "vpn" {
  type        = "custom"
  name        = "vpn"
  external_id = "vpn.orchard.example"

  settings = {
    secret_ids_json = jsonencode([sym_secret.token.id])
  }
}

resource "sym_target" "staff" {
  type = "custom"
  name = "staff"

  settings = {
    identifier = "staff"
    zone       = "eu"
  }
}

resource "sym_strategy" "main" {
  type           = "custom"
  name           = "vpn"
  integration_id = sym_integration.vpn.id
  targets        = [sym_target.staff.id]
  implementation = "${path.module}/vpn.py"
}
"""
)

BASES = {
    "onelogin": ONELOGIN,
    "github": GITHUB,
    "iam": IAM,
    "lambda": LAMBDA,
    "functions": FUNCTIONS,
    "sso": SSO,
    "google": GOOGLE,
    "custom": CUSTOM,
}

LITERAL = ("root", "local", "variable", "passed")
REFERENCE = ("root", "local", "module")


class Plant(NamedTuple):
    """A wrong expression behind ``line``, where the base has ``right``, and what it deserves.

    ``line`` with ``right`` must stand in the base once.
    """

    base: str
    line: str
    right: str
    wrong: str
    code: str
    title: str
    severity: str = "error"

    @property
    def placements(self) -> tuple[str, ...]:
        """Where the expression can be written instead."""
        literal = "." not in self.wrong or self.wrong.startswith('"')
        return LITERAL if literal and not self.wrong.startswith("[") else REFERENCE


def planted(directory: Path, plant: Plant, expression: str, placement: str) -> Path:
    """The base with an expression in place of the right one, marked ``HERE``."""
    text = BASES[plant.base]
    old = plant.line + plant.right
    assert text.count(old) == 1, f"{old!r} is not once in the base"
    head, _, tail = text.partition(old)
    stop = tail.index("\n")
    rest, tail = tail[:stop], tail[stop:]  # what follows on the line goes before the mark
    carried = {
        "root": f"{expression}{rest} {HERE}",
        "module": f"{expression}{rest} {HERE}",
        "local": f"local.carried{rest}",
        "variable": f"var.carried{rest}",
        "passed": f"var.carried{rest}",
    }[placement]
    main = head + plant.line + carried + tail
    files = {"main.tf": main, "versions.tf": VERSIONS, "impl.py": ""}
    marked_value = f"carried = {expression} {HERE}"
    match placement:
        case "local":
            files["carried.tf"] = f"locals {{\n  {marked_value}\n}}\n"
        case "variable":
            value = marked_value.replace("carried", "default", 1)
            files["carried.tf"] = f'variable "carried" {{\n  {value}\n}}\n'
        case "module" | "passed":
            files = {f"access/{name}": text for name, text in files.items()}
            given = ""
            if placement == "passed":
                files["access/carried.tf"] = 'variable "carried" {\n  type = any\n}\n'
                given = f"  {marked_value}\n"
            files["main.tf"] = f'module "access" {{\n  source = "./access"\n{given}}}\n'
    return write(directory / placement, files)


def check_planted(directory: Path, plant: Plant, placement: str) -> None:
    """The mistake is found at its line and nothing else is; without it nothing is found."""
    wrong = planted(directory / "wrong", plant, plant.wrong, placement)
    found = findings(wrong, RULES)
    assert [(it.code, it.severity, it.title) for it in found] == [
        (plant.code, plant.severity, plant.title)
    ]
    assert place(wrong, found[0]) == marked(wrong)
    right = planted(directory / "right", plant, plant.right, placement)
    assert [(it.code, it.title) for it in findings(right, RULES)] == []


class Change(NamedTuple):
    """A piece of text replaced by another, found at the first line with ``at``.

    ``block`` is the header behind which that line is looked for.
    """

    base: str
    old: str
    new: str
    at: str
    code: str
    title: str
    severity: str = "error"
    block: str = ""


def check_changed(directory: Path, change: Change, placement: str) -> None:
    """The change is found at its line, in the root or in a module, and nothing else is."""
    text = BASES[change.base]
    assert text.count(change.old) == 1, f"{change.old!r} is not once in the base"
    files = {"main.tf": text.replace(change.old, change.new), "versions.tf": VERSIONS}
    inner = "main.tf"
    if placement == "module":
        inner = "access/main.tf"
        files = {f"access/{name}": text for name, text in files.items()}
        files["main.tf"] = 'module "access" {\n  source = "./access"\n}\n'
    root = write(directory / placement, {**files, "impl.py": "", "access/impl.py": ""})
    found = findings(root, RULES)
    assert [(it.code, it.severity, it.title) for it in found] == [
        (change.code, change.severity, change.title)
    ]
    lines = (root / inner).read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if change.block in line)
    at = next(
        number for number, line in enumerate(lines, 1) if number > start and change.at in line
    )
    assert place(root, found[0]) == (inner, at)
