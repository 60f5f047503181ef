"""Two correct configurations, for provider 3 and for provider 1, and single mistakes in them.

A mistake is one expression. It is written where the right one was, in a local, in the default of a
variable, in what the caller of a module passes, or with everything else inside a module; the
finding must be at that line, and the same detour with the right expression must be silent. All
rules look, so a mistake that two of them report, and one that sets off another, show.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from support.wrecking import HERE, findings, marked, place, write

from symlint.lint.registry import load_rules
from symlint.lint.run_rule import RunRule

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.finding import Finding
    from symlint.lint.rule import Rule

ACCESS = """
locals {
  environment_name = "main"
}

module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = local.environment_name
}

module "iam_connector" {
  source  = "symopsio/iam-connector/aws"
  version = "~> 2.0"

  environment       = local.environment_name
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}

module "secrets" {
  source  = "symopsio/secretsmgr-addon/aws"
  version = "~> 1.1"

  environment   = local.environment_name
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name
}

resource "sym_secrets" "main" {
  type = "aws_secrets_manager"
  name = "main-secrets"

  settings = {
    context_id = module.runtime_connector.sym_integration.id
  }
}

resource "aws_secretsmanager_secret" "pagerduty" {
  name = "sym/main/pagerduty"

  tags = {
    SymEnv = local.environment_name
  }
}

resource "sym_secret" "pagerduty" {
  path      = aws_secretsmanager_secret.pagerduty.name
  source_id = sym_secrets.main.id
}

resource "sym_integration" "pagerduty" {
  type        = "pagerduty"
  name        = "main-pagerduty"
  external_id = "orchard.pagerduty.com"

  settings = {
    api_token_secret = sym_secret.pagerduty.id
  }
}

resource "sym_integration" "slack" {
  type        = "slack"
  name        = "main-slack"
  external_id = "T0ORCHARD1"
}

resource "sym_integration" "iam" {
  type        = "permission_context"
  name        = "main-iam"
  external_id = module.iam_connector.settings.account_id
  settings    = module.iam_connector.settings
}

resource "sym_error_logger" "slack" {
  integration_id = sym_integration.slack.id
  destination    = "#access-errors"
}

module "datadog" {
  source  = "symopsio/datadog-connector/aws"
  version = "~> 4.0"

  environment        = local.environment_name
  datadog_access_key = var.datadog_access_key
}

module "firehose" {
  source  = "symopsio/kinesis-firehose-addon/aws"
  version = "~> 1.1"

  environment   = local.environment_name
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name
}

variable "datadog_access_key" {
  type      = string
  sensitive = true
}

resource "sym_log_destination" "datadog" {
  type           = "kinesis_firehose"
  integration_id = module.runtime_connector.sym_integration.id

  settings = {
    stream_name = module.datadog.firehose_name
  }
}

resource "sym_environment" "main" {
  name                = "main"
  runtime_id          = module.runtime_connector.sym_runtime.id
  error_logger_id     = sym_error_logger.slack.id
  log_destination_ids = [sym_log_destination.datadog.id]

  integrations = {
    slack_id     = sym_integration.slack.id
    pagerduty_id = sym_integration.pagerduty.id
  }
}

resource "aws_iam_group" "reader" {
  name = "log-reader"
  path = "/sym/"
}

resource "sym_target" "reader" {
  type = "aws_iam_group"
  name = "log-reader"

  settings = {
    iam_group = aws_iam_group.reader.name
  }
}

resource "sym_target" "writer" {
  type = "aws_iam_group"
  name = "log-writer"

  settings = {
    iam_group = aws_iam_group.reader.name
  }
}

resource "sym_strategy" "iam" {
  type           = "aws_iam"
  name           = "main-iam"
  integration_id = sym_integration.iam.id
  targets        = [sym_target.reader.id, sym_target.writer.id]
}

resource "sym_flow" "access" {
  name           = "access"
  label          = "Access"
  implementation = file("${path.module}/impl.py")
  environment_id = sym_environment.main.id

  vars = {
    approvers_channel = "#access-requests"
  }

  params {
    strategy_id           = sym_strategy.iam.id
    allow_revoke          = false
    schedule_deescalation = true
    allowed_sources       = ["slack", "api"]

    prompt_field {
      name = "reason"
      type = "string"
    }

    prompt_field {
      name           = "urgency"
      type           = "string"
      default        = "Low"
      allowed_values = ["Low", "High"]
    }

    prompt_field {
      name = "on_behalf_of"
      type = "slack_user"
    }

    prompt_field {
      name = "target_id"
      type = "string"
    }

    prompt_field {
      name           = "duration"
      type           = "duration"
      allowed_values = ["30m", "1h"]
    }
  }
}

resource "sym_flow" "approval" {
  name           = "approval"
  implementation = file("${path.module}/impl.py")
  environment_id = sym_environment.main.id

  params {
    prompt_field {
      name = "what"
      type = "string"
    }
  }
}

resource "sym_flows_filter" "this" {
  implementation = file("${path.module}/get_flows.py")
  integrations   = sym_environment.main.integrations
}
"""

LEGACY = """
resource "sym_integration" "slack" {
  type        = "slack"
  name        = "main-slack"
  external_id = "T0ORCHARD1"
}

resource "sym_integration" "runtime" {
  type        = "permission_context"
  name        = "main-runtime"
  external_id = "111122223333"

  settings = {
    cloud    = "aws"
    region   = "eu-central-1"
    role_arn = "arn:aws:iam::111122223333:role/sym/SymRuntimeMain"
  }
}

resource "sym_runtime" "main" {
  name       = "main"
  context_id = sym_integration.runtime.id
}

resource "sym_error_logger" "slack" {
  integration_id = sym_integration.slack.id
  destination    = "#access-errors"
}

resource "sym_environment" "main" {
  name            = "main"
  runtime_id      = sym_runtime.main.id
  error_logger_id = sym_error_logger.slack.id

  integrations = {
    slack_id = sym_integration.slack.id
  }
}

resource "sym_flow" "approval" {
  name           = "approval"
  template       = "sym:template:approval:1.0.0"
  implementation = "${path.module}/impl.py"
  environment_id = sym_environment.main.id

  params = {
    allow_revoke          = "false"
    schedule_deescalation = "true"
    allowed_sources_json  = jsonencode(["slack", "api"])

    prompt_fields_json = jsonencode([
      {
        name = "reason"
        type = "string"
      },
      {
        name           = "urgency"
        type           = "string"
        default        = "Low"
        allowed_values = ["Low", "High"]
      },
      {
        name = "ticket"
        type = "string"
      },
    ])
  }
}
"""

VERSIONS = """
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "%s"
    }
  }
}

provider "sym" {
  org = "orchard"
}
"""

BASES = {"access": (ACCESS, "~> 3.6"), "legacy": (LEGACY, "~> 1.14")}
SCRIPTS = {"impl.py": "", "get_flows.py": ""}
LITERAL = ("root", "local", "variable", "passed", "module")
REFERENCE = ("root", "local", "module")


@cache
def all_rules() -> tuple[type[Rule], ...]:
    """All rules about configurations, those in preview among them."""
    return tuple(rule for rule in load_rules() if not issubclass(rule, RunRule))


class Mistake(NamedTuple):
    """A wrong expression behind ``before``, where ``base`` has ``right``, and what it deserves.

    ``before`` with ``right`` stands in the base once. ``also`` are the codes of what follows from
    the mistake elsewhere.
    """

    base: str
    before: str
    right: str
    wrong: str
    code: str
    title: str
    severity: str = "error"
    also: tuple[str, ...] = ()

    @property
    def placements(self) -> tuple[str, ...]:
        """Where the expression can be written instead."""
        return LITERAL if "." not in self.wrong or self.wrong.startswith('"') else REFERENCE


def built(directory: Path, mistake: Mistake, expression: str, placement: str) -> Path:
    """The base with an expression in place of the right one, marked ``HERE``."""
    text, version = BASES[mistake.base]
    old = mistake.before + mistake.right
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in the base"
    head, _, tail = text.partition(old)
    stop = tail.index("\n")
    rest, tail = tail[:stop], tail[stop:]  # what follows on the line goes before the mark
    carried = {
        "local": f"local.carried{rest}",
        "variable": f"var.carried{rest}",
        "passed": f"var.carried{rest}",
    }.get(placement, f"{expression}{rest} {HERE}")
    files = {"main.tf": head + mistake.before + carried + tail, "versions.tf": VERSIONS % version}
    value = f"carried = {expression} {HERE}"
    if placement == "local":
        files["carried.tf"] = f"locals {{\n  {value}\n}}\n"
    elif placement == "variable":
        default = value.replace("carried", "default", 1)
        files["carried.tf"] = f'variable "carried" {{\n  {default}\n}}\n'
    files |= SCRIPTS
    if placement in ("module", "passed"):
        files = inside_module(files)
        if placement == "passed":
            files["access/carried.tf"] = 'variable "carried" {\n  type = any\n}\n'
            files["main.tf"] = files["main.tf"].replace("\n}\n", f"\n  {value}\n}}\n", 1)
    return write(directory / placement, files)


def inside_module(files: dict[str, str]) -> dict[str, str]:
    """The files as those of a module that the root module calls."""
    called = {f"access/{name}": text for name, text in files.items()}
    given, declared = "", 'variable "datadog_access_key" {\n  type = string\n}\n'
    if "datadog_access_key" in files["main.tf"]:
        given = "  datadog_access_key = var.datadog_access_key\n"
    else:
        declared = ""
    provider = files["versions.tf"][files["versions.tf"].index('provider "sym"') :]
    called["access/versions.tf"] = files["versions.tf"].replace(provider, "")
    call = f'module "access" {{\n  source = "./access"\n{given}}}\n'
    return {**called, "main.tf": call + declared, "versions.tf": files["versions.tf"]}


def check(directory: Path, mistake: Mistake, placement: str) -> None:
    """The mistake is found at its line and nothing else is; without it nothing is found."""
    wrong = built(directory / "wrong", mistake, mistake.wrong, placement)
    found = [it for it in findings(wrong, all_rules()) if it.code not in mistake.also]
    said = [(it.code, it.severity, it.title) for it in found]
    assert said == [(mistake.code, mistake.severity, mistake.title)], said
    assert place(wrong, found[0]) == marked(wrong), place(wrong, found[0])
    if placement in ("variable", "passed") and not mistake.right.startswith(('"', '["')):
        placement = "root"  # a reference cannot be the default of a variable
    right = built(directory / "right", mistake, mistake.right, placement)
    said = [(it.code, it.severity, it.title) for it in findings(right, all_rules())]
    assert said == [], said


def changed(
    directory: Path, base: str, *changes: tuple[str, str], extra: str = "", module: bool = False
) -> list[Finding]:
    """What all rules find in a base with pieces of its text replaced, and ``extra`` added."""
    text, version = BASES[base]
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in the base"
        text = text.replace(old, new)
    files = {"main.tf": text + extra, "versions.tf": VERSIONS % version, **SCRIPTS}
    return findings(write(directory, inside_module(files) if module else files), all_rules())
