"""A canary in every place that may hold a secret: no output of any command says one."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from support.processes.measuring import first_measured

from symlint.report.formats import FORMATS

Run = Callable[..., Result]

HEADER = """
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 3.0"
    }
  }
}
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
"""

CONNECTOR = """
module "iam_connector" {{
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = {0}
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}}
resource "sym_integration" "x" {{
  type        = {0}
  name        = {0}
  external_id = {0}
  settings    = {{ nothing = {0} }}
}}
resource "sym_target" "x" {{
  type = {0}
  name = {0}
}}
resource "sym_strategy" "x" {{
  type    = {0}
  targets = [{0}]
}}
resource "sym_flow" "x" {{
  name           = {0}
  implementation = {0}
  environment_id = {0}
  vars           = {{ x = {0} }}
  params {{
    strategy_id = {0}
  }}
}}
resource "sym_secret" "x" {{
  path      = {0}
  source_id = {0}
}}
output "x" {{
  value = {0}
}}
output "wrong" {{
  value = {0} + 1
}}
"""
"""Uses of a value, most of which are wrong."""

C = "cAnaRy0192xYz"
"""It looks like nothing else; parts of it are looked for, too."""

# What is secret, how it is used, and the other files and options that it takes.
PLACES: dict[str, tuple[str, str, dict[str, str], tuple[str, ...]]] = {
    "default of a sensitive variable": (
        f'variable "x" {{\n  sensitive = true\n  default = "{C}"\n}}',
        "var.x",
        {},
        (),
    ),
    "default on one line": (
        f'variable "x" {{ default = "{C}", sensitive = true }}',
        "var.x",
        {},
        (),
    ),
    "ephemeral variable": (
        f'variable "x" {{\n  ephemeral = true\n  default = "{C}"\n}}',
        "var.x",
        {},
        (),
    ),
    "wrong type": (
        f'variable "x" {{\n  sensitive = true\n  type = list(number)\n  default = "{C}"\n}}',
        "var.x",
        {},
        (),
    ),
    "validation": (
        'variable "x" {\n  sensitive = true\n'
        f'  default = "{C}"\n  validation {{\n    condition = var.x == "y"\n'
        '    error_message = "not ${var.x}"\n  }\n}',
        "var.x",
        {},
        (),
    ),
    "variable file": (
        'variable "x" {\n  sensitive = true\n  default = "other"\n}',
        "var.x",
        {"terraform.tfvars": f'x = "{C}"\n'},
        (),
    ),
    "variable file in JSON": (
        'variable "x" {\n  sensitive = true\n}',
        "var.x",
        {"terraform.tfvars.json": json.dumps({"x": C})},
        (),
    ),
    "overridden variable file": (
        'variable "x" {\n  sensitive = true\n}',
        "var.x",
        {"terraform.tfvars": f'x = "{C}"\n', "b.auto.tfvars": 'x = "harmless"\n'},
        (),
    ),
    "variable file of an option": (
        'variable "x" {\n  sensitive = true\n}',
        "var.x",
        {"prod.tfvars": f'x = "{C}"\n'},
        ("--var-file", "prod.tfvars"),
    ),
    "variable file for an undeclared variable": (
        "",
        '"x"',
        {"terraform.tfvars": f'undeclared = "{C}"\nother = ["{C}"]\n'},
        (),
    ),
    "broken variable file": (
        'variable "x" {\n  sensitive = true\n}\nvariable "y" {}',
        "var.x",
        {"terraform.tfvars": f'y = "a"\nx = "{C}\nz = = {C}\n{C} = \n'},
        (),
    ),
    "option": ('variable "x" {\n  sensitive = true\n}', "var.x", {}, ("--var", f"x={C}")),
    "option for an undeclared variable": ("", '"x"', {}, ("--var", f"undeclared={C}")),
    "option with a value of the wrong type": (
        'variable "x" {\n  sensitive = true\n  type = map(string)\n}',
        "var.x",
        {},
        ("--var", f'x={{ a = "{C}", }} {C}'),
    ),
    "environment": ('variable "x" {\n  sensitive = true\n}', "var.x", {}, ("--env-vars",)),
    "map": (
        'variable "x" {\n  sensitive = true\n  type = map(string)\n}',
        'var.x["key"]',
        {"terraform.tfvars": f'x = {{\n  key = "{C}"\n  "k-{C}" = "1"\n}}\n'},
        (),
    ),
    "heredoc": (
        f'variable "x" {{\n  sensitive = true\n  default = <<-EOT\n    {C}\n    more {C}\n  EOT\n}}',
        "var.x",
        {},
        (),
    ),
    "sensitive()": ("", f'sensitive("{C}")', {}, ()),
    "sensitive() in a local": (f'locals {{\n  x = sensitive("{C}")\n}}', "local.x", {}, ()),
    "sensitive() of a local": (
        f'locals {{\n  y = "{C}"\n  x = sensitive(local.y)\n}}',
        "local.x",
        {},
        (),
    ),
    "part of a text": (
        f'variable "x" {{\n  sensitive = true\n  default = "{C}"\n}}',
        '"https://user:${var.x}@host/"',
        {},
        (),
    ),
    "made by a function": (
        f'variable "x" {{\n  sensitive = true\n  default = "{C}"\n}}\n'
        "locals {\n  x = upper(var.x)\n  y = base64encode(var.x)\n  z = strrev(var.x)\n}",
        'join("-", [local.x, local.y, local.z])',
        {},
        (),
    ),
    "decoded": (
        f'variable "x" {{\n  sensitive = true\n  default = "{{\\"a\\": \\"{C}\\"}}"\n}}',
        "jsondecode(var.x).a",
        {},
        (),
    ),
    "not sensitive any more": (
        f'variable "x" {{\n  sensitive = true\n  default = "{C}"\n}}',
        "nonsensitive(var.x)",
        {},
        (),
    ),
    "file": ("", 'sensitive(file("${path.module}/secret.txt"))', {"secret.txt": C}, ()),
    "template": (
        "",
        'sensitive(templatefile("${path.module}/secret.tpl", { x = 1 }))',
        {"secret.tpl": f"{C}${{x}}"},
        (),
    ),
    "argument of a module": (
        f'module "m" {{\n  source = "./m"\n  x = "{C}"\n}}',
        "module.m.x",
        {
            "m/main.tf": 'variable "x" {\n  sensitive = true\n}\noutput "x" {\n  value = var.x\n'
            '  sensitive = true\n}\nresource "sym_target" "m" {\n  type = var.x\n  name = var.x\n}\n'
        },
        (),
    ),
    "wrong argument of a module": (
        f'module "m" {{\n  source = "./m"\n  x = "{C}"\n  y = "b"\n}}',
        '"x"',
        {"m/main.tf": 'variable "x" {\n  sensitive = true\n  type = number\n}\n'},
        (),
    ),
    "sensitive output of a module": (
        'module "m" {\n  source = "./m"\n}',
        "module.m.x",
        {"m/main.tf": f'output "x" {{\n  value = "{C}"\n  sensitive = true\n}}\n'},
        (),
    ),
    "name of a secret": (
        f'variable "db_password" {{ default = "{C}" }}',
        "var.db_password",
        {},
        (),
    ),
    "local with the name of a secret": (
        f'locals {{\n  api_key = "{C}"\n}}',
        "local.api_key",
        {},
        (),
    ),
    "secret of a provider": (
        f'provider "okta" {{\n  api_token = "{C}"\n  nothing = \n}}',
        '"x"',
        {},
        (),
    ),
    "secret in a store": (
        'resource "aws_secretsmanager_secret" "s" {\n  name = "s"\n}\n'
        'resource "aws_secretsmanager_secret_version" "s" {\n'
        "  secret_id     = aws_secretsmanager_secret.s.id\n"
        f'  secret_string = jsonencode({{ "a" = "{C}" }})\n  wrong = local.undeclared\n}}',
        "aws_secretsmanager_secret.s.name",
        {},
        (),
    ),
    "parameter": (
        f'resource "aws_ssm_parameter" "p" {{\n  name = "p"\n  type = "SecureString"\n  value = "{C}"\n'
        "  wrong = local.undeclared\n}",
        "aws_ssm_parameter.p.value",
        {},
        (),
    ),
    "key of a map": (
        f'variable "x" {{\n  sensitive = true\n  default = "{C}"\n}}\n'
        f'variable "m" {{\n  default = {{ "{C}" = "nothing" }}\n}}',
        f'var.m["{C}"]',
        {},
        (),
    ),
    "repeated in comments": (
        f'variable "x" {{\n  sensitive = true\n  default = "{C}" # {C}\n}}',
        f"var.x /* {C} */",
        {},
        (),
    ),
    "file of a provider": (
        f'resource "local_sensitive_file" "f" {{\n  filename = "f"\n  content = "{C}"\n}}',
        "local_sensitive_file.f.content",
        {},
        (),
    ),
    "token": (
        f"# the token is xoxb-1234-{C}\n",
        f'"xoxb-1234-{C}"',
        {},
        (),
    ),
    "broken file": (
        f'variable "x" {{\n  sensitive = true\n  default = "{C}\n}}\nlocals {{\n  password = "{C} \n}}\n',
        '"x"',
        {},
        (),
    ),
    "switched off": (
        f'variable "x" {{\n  sensitive = true\n  default = "{C}"\n}}\n'
        'variable "on" { default = false }\n'
        'resource "sym_target" "off" {\n  count = var.on ? 1 : 0\n  type = var.x\n  name = var.x\n}',
        "var.x",
        {},
        (),
    ),
    "JSON": (
        "",
        '"x"',
        {
            "more.tf.json": json.dumps(
                {
                    "variable": {"secret": {"sensitive": True, "default": C}},
                    "resource": {
                        "sym_target": {"j": {"type": "${var.secret}", "name": "${var.secret}"}}
                    },
                    "locals": {"password": C, "y": "${local.undeclared}"},
                },
                indent=1,
            )
        },
        (),
    ),
}

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("check", "--statistics", "--show-undecided", *(f"--format={name}" for name in FORMATS)),
    ("check", "--all-modules", "--profile", "strict", "--preview", "--color", "always", "--debug"),
    ("check", "--fix=all", "--diff"),
    ("check", "-f", "json", "--output", "sarif=out.sarif", "--output", "junit=out.xml"),
    ("graph", "-f", "dot"),
    ("graph", "--chains", "-f", "mermaid"),
    ("graph", "--chains", "-f", "json"),
    ("access",),
    ("access", "--by", "target", "-f", "json"),
    ("access", "-f", "html"),
    ("access", "--lock", "lock.json"),
    ("trace",),
    ("trace", "sym_integration.x", "-f", "json"),
    ("trace", "sym_flow.x"),
    ("trace", "module.iam_connector", "-f", "json"),
    ("baseline", "create", "--baseline", "b.json"),
    ("config", "show"),
)


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], tuple[str, ...]]:
    """Writes the files of a place; returns its options."""

    def plant(place: str) -> tuple[str, ...]:
        declared, used, files, options = PLACES[place]
        text = HEADER + declared + CONNECTOR.format(used)
        for name, content in {"main.tf": text, **files}.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(content, encoding="utf-8")
        if place == "environment":
            monkeypatch.setenv("TF_VAR_x", C)
        return options

    return plant


def said(output: str) -> list[str]:
    """The lines that say a part of the canary, or what functions make of it."""
    import base64

    canaries = [C, C.upper(), C[::-1], base64.b64encode(C.encode()).decode(), "cAnaRy", "0192xYz"]
    return [line for line in output.splitlines() if any(it in line for it in canaries)]


@pytest.mark.parametrize("place", first_measured(PLACES))
def test_no_canary_is_said(
    place: str, planted: Callable[[str], tuple[str, ...]], symlint: Run, tmp_path: Path
) -> None:
    options = planted(place)
    before = set(tmp_path.rglob("*"))
    for command in COMMANDS:
        result = symlint(*command, *options)
        assert said(result.output) == [], command
        assert said(result.stderr) == [], command
        assert "this is a bug" not in result.stderr, command
    for path in set(tmp_path.rglob("*")) - before:
        assert said(path.read_text("utf-8")) == [], path


def test_findings_are_there_all_the_same(
    planted: Callable[[str], tuple[str, ...]], symlint: Run
) -> None:
    planted("variable file")
    found = {it["code"] for it in json.loads(symlint("-f", "json").stdout)["findings"]}
    assert {"SYM217", "SYM301"} <= found


def test_what_is_no_secret_is_shown(symlint: Run, tmp_path: Path) -> None:
    text = HEADER + 'variable "x" {\n  default = "harmless-text"\n}' + CONNECTOR.format("var.x")
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    output = symlint().stdout
    assert "harmless-text" in output
    assert "harmless-text" in symlint("access").stdout
    assert "(sensitive)" not in output
    assert "***" not in output


PARTS = f"""
locals {{
  secret  = sensitive("{C}")
  keys    = sensitive({{ "{C}" = 1 }})
  year    = timeadd(base64encode(local.secret), "1h")
  element = [for text in [[strrev(local.secret)]] : timeadd(text[0], "1h")]
  made    = {{ for text in [upper(local.secret)] : text => 1 }}
  object  = {{ (strrev(local.secret)) = 1 }}
}}
resource "sym_flow" "x" {{
  name           = "x"
  implementation = <<-EOT
    from sym.sdk.annotations import reducer

    @reducer
    def get_approvers(event):
        return missing("${{strrev(local.secret)}}")
  EOT
}}
"""
"""Secrets that functions have made something else of, which is a part of a value when it is quoted."""


def test_what_is_made_of_a_secret_is_hidden_as_a_part_of_another_value(
    symlint: Run, tmp_path: Path
) -> None:
    (tmp_path / "main.tf").write_text(PARTS, encoding="utf-8")
    report = symlint("-f", "text", "-f", "json").output
    assert "timeadd" in report
    assert "missing" in report
    assert said(report) == []
    for name in ("keys", "made", "object"):
        assert said(symlint("trace", f"local.{name}", "-f", "json").stdout) == [], name
        assert said(symlint("trace", f"local.{name}").stdout) == [], name


def test_a_type_that_is_secret_is_no_name_to_add(symlint: Run, tmp_path: Path) -> None:
    text = 'resource "sym_target" "x" {\n  type = lower(sensitive("zorblaxian"))\n  name = "x"\n}\n'
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    output = symlint("-f", "concise", "-f", "github").stdout
    assert "SYM217" in output
    assert "zorblaxian" not in output


def test_option_without_a_name_is_not_repeated(symlint: Run) -> None:
    result = symlint("--var", C)
    assert result.exit_code == 2
    assert "write NAME=VALUE" in result.stderr
    assert said(result.stderr) == []
