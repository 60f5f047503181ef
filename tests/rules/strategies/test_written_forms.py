"""Strategies and targets through every way of writing them, at every version, of every type."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import CATALOGUE, STRATEGY_RULES, configuration, findings
from support.writing import base, base_text, write

from symlint.lint.finding import Finding, Undecided
from symlint.rules.provider.unknown_type import UnknownType
from symlint.rules.strategies.integration_type import StrategyIntegrationType
from symlint.rules.strategies.missing_integration import MissingIntegration
from symlint.rules.strategies.sso_instance_arn import SsoInstanceArn
from symlint.rules.targets.field_binding import FieldBinding
from symlint.rules.targets.setting_value import SettingValue
from symlint.rules.targets.settings import TargetSettings
from symlint.sym.catalogue import load_catalogue
from symlint.sym.model.configuration import SymConfiguration

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.rule import Rule


def found(directory: Path, text: str, *rules: type[Rule]) -> list[tuple[str, str, str]]:
    """Code, title and text of what the rules find in one file."""
    root = write(directory, {"main.tf": text, "impl.py": ""})
    return [(it.code, it.title, it.range.text) for it in findings(root, rules or STRATEGY_RULES)]


# --- every type ---------------------------------------------------------------------------------

STRATEGY = """
resource "sym_strategy" "this" {{
  type           = "{type}"
  name           = "this"
  integration_id = {integration}
  targets        = [sym_target.this.id]
}}

resource "sym_target" "this" {{
  type = "{target}"
  name = "this"

  settings = {{
{settings}
  }}
}}

resource "sym_integration" "this" {{
  type        = "{integration_type}"
  name        = "this"
  external_id = "x"
}}
"""
TYPES = [
    (name, entry.integration_types[0], entry.target_types[0])
    for name, entry in sorted(CATALOGUE.strategies.items())
    if entry.integration_types and entry.target_types
]


def _strategy(name: str, integration_type: str, target: str, **changes: str) -> str:
    required = CATALOGUE.targets[target].required_settings
    values = {
        "type": name,
        "integration": "sym_integration.this.id",
        "integration_type": integration_type,
        "target": target,
        "settings": "\n".join(f"    {it} = var.{it}" for it in required),
    }
    text = STRATEGY.format(**{**values, **changes})
    return text + "".join(f'variable "{it}" {{}}\n' for it in required)


@pytest.mark.parametrize(("name", "integration", "target"), TYPES)
def test_every_type_knows_its_integration_and_settings(
    tmp_path: Path, name: str, integration: str, target: str
) -> None:
    rules = (StrategyIntegrationType, MissingIntegration, TargetSettings, UnknownType)
    assert found(tmp_path / "right", _strategy(name, integration, target), *rules) == []
    other = _strategy(name, "segment", target)
    assert [it[0] for it in found(tmp_path / "integration", other, *rules)] == ["SYM202"]
    none = _strategy(name, integration, target, integration="null")
    assert [it[:2] for it in found(tmp_path / "none", none, *rules)] == [
        ("SYM203", f"{name} strategy has no integration_id")
    ]
    for setting in CATALOGUE.targets[target].required_settings:
        rest = [it for it in CATALOGUE.targets[target].required_settings if it != setting]
        settings = "\n".join(f"    {it} = var.{it}" for it in rest)
        text = _strategy(name, integration, target, settings=settings)
        assert [it[:2] for it in found(tmp_path / setting, text, *rules)] == [
            ("SYM207", f"{target} target has no {setting}")
        ]


# --- versions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "type_name", "integration", "codes"),
    [
        ("~> 3.6", "http", None, []),
        ("~> 3.6", "http", "null", []),
        ("~> 3.6", "okta", "null", ["SYM203"]),
        ("~> 1.3", "okta", None, ["SYM203"]),
        ("~> 1.2.0", "okta", None, []),  # the schema demands it: another rule says so
        ("~> 1.2.0", "okta", '""', ["SYM203"]),
        ("0.4.4", "okta", None, []),  # nobody demanded it then
        ("~> 3.6", "new", None, ["SYM203"]),
        ("~> 3.6", "var.type", None, []),
    ],
)
def test_when_an_integration_is_needed(
    tmp_path: Path, version: str, type_name: str, integration: str | None, codes: list[str]
) -> None:
    line = "" if integration is None else f"  integration_id = {integration}\n"
    type_text = type_name if "." in type_name else f'"{type_name}"'
    text = base("github")["versions.tf"].replace("~> 3.6", version) + 'variable "type" {}\n'
    text += f'resource "sym_strategy" "x" {{\n  type = {type_text}\n  name = "x"\n{line}'
    text += '  targets = var.targets\n}\nvariable "targets" {}\n'
    assert [it[0] for it in found(tmp_path, text, MissingIntegration)] == codes


# --- what integrations are ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("integration", "codes"),
    [
        ("data.sym_integration.github.id", []),
        ("data.sym_integration.slack.id", ["SYM202"]),
        ("var.on ? sym_integration.github.id : data.sym_integration.slack.id", ["SYM202"]),
        ("module.gcp_connector.sym_integration.id", ["SYM202"]),
        ("module.runtime_connector.sym_integration.id", ["SYM202"]),
        ('"0f8fad5b-d9cb-469f-a165-70867728950e"', []),
        ("var.id", []),
        ("module.other.integration_id", []),
    ],
)
def test_where_integrations_come_from(tmp_path: Path, integration: str, codes: list[str]) -> None:
    text = base_text("github").replace("= sym_integration.github.id", f"= {integration}")
    text += """
variable "id" {}
variable "on" {
  type = bool
}
data "sym_integration" "github" {
  type = "github"
  name = "main-github"
}
data "sym_integration" "slack" {
  type = "slack"
  name = "main-slack"
}
module "gcp_connector" {
  source  = "symopsio/gcp-connector/google"
  version = "~> 1.1"
  enable_google_group_management = true
}
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "other" {
  source = "orchard/integration/sym"
}
"""
    assert [it[0] for it in found(tmp_path, text)] == codes


# --- targets through for_each -------------------------------------------------------------------

REPEATED = """
variable "repositories" {
  default = {
    website = { repo_name = "website" }
    archive = { repo_name = "archive" }
  }
}

resource "sym_target" "repositories" {
  for_each = var.repositories
  type     = "github_repo"
  name     = each.key
  settings = each.value
}
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ('{ repo_name = "archive" }', "{}", [("SYM207", "{}")]),
        ('{ repo_name = "archive" }', '{ repo = "archive" }', [("SYM207", "repo")]),
        ('"archive" }', '"orchard/archive" }', [("SYM211", '"orchard/archive"')]),
        ('"archive" }', '"archive", kind = "x" }', [("SYM208", "kind")]),
    ],
)
def test_targets_through_for_each(
    tmp_path: Path, old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    text = REPEATED.replace(old, new) if old else REPEATED
    assert [(it[0], it[2]) for it in found(tmp_path, text)] == expected


@pytest.mark.parametrize(
    "settings",
    ["var.settings", "merge(var.settings, {})", "{ for it in var.settings : it => it }"],
)
def test_settings_that_are_not_known_are_undecided(tmp_path: Path, settings: str) -> None:
    text = REPEATED.replace("each.value", settings) + 'variable "settings" {}\n'
    root = write(tmp_path, {"main.tf": text})
    outcomes = list(TargetSettings().check(configuration(root)))
    assert {type(it) for it in outcomes} == {Undecided}
    assert findings(root, STRATEGY_RULES) == []


def test_settings_chosen_by_a_condition(tmp_path: Path) -> None:
    text = """
variable "admin" {
  type = bool
}
resource "sym_target" "x" {
  type = "onelogin_role"
  name = "x"
  settings = {
    role_id         = "1"
    privilege_level = var.admin ? "admin" : "owner"
  }
}
"""
    assert [(it[0], it[2]) for it in found(tmp_path, text)] == [("SYM211", '"owner"')]


# --- bindings -----------------------------------------------------------------------------------

SECOND_FLOW = """
resource "sym_flow" "second" {
  name           = "second"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"

  params {
    strategy_id = sym_strategy.main.id
    FIELD
  }
}
"""


@pytest.mark.parametrize(
    ("field", "codes"),
    [
        ('prompt_field {\n name = "repo_name"\n type = "string"\n }', []),
        ("", ["SYM209"]),
        ('dynamic "prompt_field" {\n for_each = var.fields\n content {\n name = "x"\n }\n }', []),
        (
            'dynamic "prompt_field" {\n for_each = ["repo_name"]\n content {\n'
            ' name = prompt_field.value\n type = "string"\n }\n }',
            [],
        ),
        ('prompt_field {\n name = var.name\n type = "string"\n }', []),
    ],
)
def test_every_flow_needs_the_field(tmp_path: Path, field: str, codes: list[str]) -> None:
    text = base_text("github") + SECOND_FLOW.replace("FIELD", field)
    text += 'variable "fields" {}\nvariable "name" {}\n'
    assert [it[0] for it in found(tmp_path, text, FieldBinding)] == codes


@pytest.mark.parametrize(("bindings", "meant"), [("", True), (', "repo_names"', False)])
def test_a_field_that_is_bound_itself_is_not_meant(
    tmp_path: Path, bindings: str, meant: bool
) -> None:
    text = base_text("github").replace('name     = "repo_name"', 'name     = "repo_names"')
    text = text.replace(
        'field_bindings = ["repo_name"]', f'field_bindings = ["repo_name"{bindings}]'
    )
    root = write(tmp_path, {"main.tf": text, "impl.py": ""})
    (finding,) = findings(root, (FieldBinding,))
    assert (finding.range.text == '"repo_names"') is meant


def test_one_finding_for_many_targets(tmp_path: Path) -> None:
    text = base_text("github") + SECOND_FLOW.replace("FIELD", "")
    text = text.replace(
        "[sym_target.any.id, sym_target.website.id]", "values(sym_target.any)[*].id"
    ).replace('"sym_target" "any" {', '"sym_target" "any" {\n  for_each = toset(["a", "b"])')
    assert len(found(tmp_path, text, FieldBinding)) == 1


def test_fields_as_json_before_version_2(tmp_path: Path) -> None:
    text = """
resource "sym_flow" "main" {
  name           = "main"
  template       = "sym:template:approval:1.0.0"
  implementation = "${path.module}/impl.py"
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params = {
    strategy_id = sym_strategy.main.id
    prompt_fields_json = jsonencode([{ name = "repo_name", type = "string" }])
  }
}
"""
    text += base_text("github")[base_text("github").index('resource "sym_integration" "github"') :]
    assert found(tmp_path / "right", text, FieldBinding) == []
    wrong = text.replace('name = "repo_name"', 'name = "repo"')
    assert [it[0] for it in found(tmp_path / "wrong", wrong, FieldBinding)] == ["SYM209"]


@pytest.mark.parametrize(
    ("type_name", "codes"),
    [("string", []), ("int", ["SYM209"]), ("bool", ["SYM209"]), ("int_list", ["SYM209"])],
)
def test_what_a_bound_field_may_be(tmp_path: Path, type_name: str, codes: list[str]) -> None:
    text = base_text("github").replace(
        'name     = "repo_name"\n      type     = "string"',
        f'name     = "repo_name"\n      type     = "{type_name}"',
    )
    assert [it[0] for it in found(tmp_path, text, FieldBinding)] == codes


# --- the catalogue of a user --------------------------------------------------------------------


def test_a_users_own_types(tmp_path: Path) -> None:
    extra = {
        "strategies": {
            "vpn": {
                "title": "VPN",
                "target_types": ["vpn_group"],
                "integration_types": ["vpn"],
                "settings": {"region": {"required": True}},
            }
        },
        "integrations": {"vpn": {"title": "VPN"}},
        "targets": {
            "vpn_group": {
                "title": "VPN group",
                "settings": {"level": {"required": True, "allowed": ["user", "root"]}},
            }
        },
    }
    text = """
resource "sym_integration" "vpn" {
  type        = "vpn"
  name        = "vpn"
  external_id = "x"
}
resource "sym_integration" "okta" {
  type        = "okta"
  name        = "okta"
  external_id = "x"
}
resource "sym_target" "staff" {
  type     = "vpn_group"
  name     = "staff"
  settings = { level = "god" }
}
resource "sym_target" "guest" {
  type     = "vpn_group"
  name     = "guest"
}
resource "sym_strategy" "vpn" {
  type           = "vpn"
  name           = "vpn"
  integration_id = sym_integration.okta.id
  targets        = [sym_target.staff.id, sym_target.guest.id]
}
"""
    plain = configuration(write(tmp_path, {"main.tf": text})).terraform
    sym = SymConfiguration(plain, load_catalogue(extra))
    outcomes = [it for rule in STRATEGY_RULES for it in rule().check(sym)]
    titles = sorted(it.title for it in outcomes if isinstance(it, Finding))
    assert titles == [
        "level cannot be god",
        "vpn strategy cannot use an okta integration",
        "vpn strategy has no region",
        "vpn_group target has no level",
    ]


# --- repairs ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "old", "new"),
    [
        ("github", '"github_repo"\n  name = "any"', '"github_rep"\n  name = "any"'),
        ("iam", "iam_group = aws", "iam_gruop = aws"),
        ("iam", "aws_iam_group.reader.name\n  }", "aws_iam_group.reader.arn\n  }"),
        ("iam", "= aws_iam_group.reader.name\n  }", '= "aws_iam_group.reader.name"\n  }'),
        ("onelogin", '= "member"', '= "Member"'),
        ("lambda", "aws_lambda_function.archive.arn]", "aws_lambda_function.archive.id]"),
        (
            "google",
            '"google_group"\n  name           = "main',
            '"goggle_group"\n  name           = "main',
        ),
        ("google", '"google_group"\n  name = "auditors"', '"google_grup"\n  name = "auditors"'),
        (
            "github",
            "= sym_integration.github.id\n  targets",
            "= sym_integration.slack.id\n  targets",
        ),
    ],
)
def test_a_fix_repairs_the_configuration(tmp_path: Path, base: str, old: str, new: str) -> None:
    assert base_text(base).count(old) == 1
    text = base_text(base).replace(old, new)
    root = write(tmp_path, {"main.tf": text, "impl.py": ""})
    (finding,) = findings(root, STRATEGY_RULES)
    assert finding.fix is not None
    (edit,) = finding.fix.edits
    repaired = text[: edit.range.start] + edit.replacement + text[edit.range.end :]
    assert repaired == base_text(base)


@pytest.mark.parametrize(
    ("instance", "wrong"),
    [
        ("arn:aws:sso:::instance/ssoins-6508a1b2c3d4e5f6", False),
        ("arn:aws::::instance/ssoinst-12345", False),
        ("CHANGEME", False),
        ("ssoins-6508a1b2c3d4e5f6", True),
        ("arn:aws:iam::111122223333:role/x", True),
        ("arn", True),
    ],
)
def test_the_form_of_an_instance(tmp_path: Path, instance: str, wrong: bool) -> None:
    old = "arn:aws:sso:::instance/ssoins-6508a1b2c3d4e5f6"
    text = base_text("sso").replace(f'instance_arn = "{old}"', f'instance_arn = "{instance}"')
    assert [it[0] for it in found(tmp_path, text, SsoInstanceArn)] == ["SYM206"] * wrong


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("aws_iam_group.reader.arn", "aws_iam_group.reader.name"),
        ("aws_iam_group.reader", "aws_iam_group.reader.name"),
        ('aws_iam_group.reader["arn"]', None),
        ("(\n      aws_iam_group\n      .reader.arn\n    )", None),
    ],
)
def test_the_attribute_to_write_in_place_of_another(
    tmp_path: Path, written: str, right: str | None
) -> None:
    text = base_text("iam").replace("= aws_iam_group.reader.name\n  }", f"= {written}\n  }}")
    root = write(tmp_path, {"main.tf": text, "impl.py": ""})
    (finding,) = findings(root, (SettingValue,))
    assert (finding.fix and finding.fix.edits[0].replacement) == right
    assert finding.help == (f"write {right}" if right else finding.help)
    assert finding.help.strip()


def test_example_numbers_and_placeholders_are_left_alone(tmp_path: Path) -> None:
    text = """
resource "sym_target" "x" {
  type = "aws_sso_permission_set"
  name = "x"
  settings = {
    permission_set_arn = "CHANGEME"
    account_id         = "NUMBER"
  }
}
"""
    for number in ("123456789", "333333333", "", "000000000000", "CHANGEME"):
        case = text.replace("NUMBER", number)
        assert found(tmp_path / f"n{number}", case, SettingValue) == []
    assert len(found(tmp_path / "wrong", text.replace("NUMBER", "98765"), SettingValue)) == 1
