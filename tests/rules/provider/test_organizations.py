"""SYM140: resources that refer to each other, and the Sym organizations that they are in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.checking import findings
from support.configurations import write_files

from symlint.rules.provider.organization import Organization

if TYPE_CHECKING:
    from pathlib import Path

GOOD = str(Organization.good["main.tf"])
PROVIDERS, _, _ = GOOD.partition('resource "sym_integration"')
RESOURCES = GOOD.removeprefix(PROVIDERS)
PLAIN = RESOURCES.replace("  provider = sym.staging\n\n", "")
SOURCES = 'terraform {\n  required_providers {\n    sym = { source = "symopsio/sym" }\n  }\n}\n'
CALL = 'module "access" {\n  source    = "./access"\n  providers = { sym = sym.staging }\n}\n'


def without(header: str) -> str:
    """The good example with one block in the default organization."""
    written = f"{header} {{\n  provider = sym.staging\n\n"
    assert written in GOOD
    return GOOD.replace(written, f"{header} {{\n")


def in_module(outside: str) -> str:
    """Everything but the integration in a module of staging."""
    integration, _, others = PLAIN.partition('resource "sym_error_logger"')
    inner = f'resource "sym_error_logger"{others}'.replace("sym_integration.slack.id", "var.slack")
    call = CALL.replace("}\n}", "}\n  slack     = sym_integration.slack.id\n}")
    variable = 'variable "slack" {}\n'
    integration = integration.replace('"slack" {', f'"slack" {{{outside}', 1)
    return f"{PROVIDERS}{integration}{call}--- access/main.tf\n{SOURCES}{variable}{inner}"


IN_JSON = f"""{PROVIDERS}
--- main.tf.json
{
    json.dumps(
        {
            "resource": {
                "sym_integration": {
                    "slack": {"type": "slack", "name": "slack", "external_id": "T0"}
                },
                "sym_error_logger": {
                    "slack": {
                        "provider": "sym.staging",
                        "integration_id": "${sym_integration.slack.id}",
                        "destination": "#errors",
                    }
                },
            }
        }
    )
}
"""
REPEATED = (
    PROVIDERS
    + """
resource "sym_integration" "slack" {
  for_each    = toset(["a", "b"])
  type        = "slack"
  name        = each.key
  external_id = "T0ORCHARD1"
}
resource "sym_error_logger" "slack" {
  provider       = sym.staging
  for_each       = sym_integration.slack
  integration_id = each.value.id
  destination    = "#access-errors"
}
"""
)
CALLED = f"""
{PROVIDERS}{PLAIN.partition('resource "sym_flow"')[0]}
module "access" {{
  source      = "./access"
  providers   = {{ sym = sym.staging }}
  environment = sym_environment.staging
}}
--- access/main.tf
{SOURCES}
variable "environment" {{
  type = object({{ id = string }})
}}
resource "sym_target" "ops" {{
  type     = "okta_group"
  name     = "ops"
  settings = {{ group_id = "00g12345xxx" }}
}}
resource "sym_strategy" "okta" {{
  type           = "okta"
  name           = "okta"
  integration_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  targets        = [sym_target.ops.id]
}}
resource "sym_flow" "okta" {{
  for_each       = toset(["a", "b"])
  name           = each.key
  implementation = "x"
  environment_id = var.environment.id
  params {{
    strategy_id = sym_strategy.okta.id
  }}
}}
"""
"""A module whose things refer to each other, and to an environment outside of it."""
NOT_ALONE = (
    CALLED.replace(
        "  environment = sym_environment.staging\n",
        """  environment = sym_environment.staging
  logger      = sym_error_logger.staging
""",
    )
    .replace(
        'resource "sym_target"',
        """variable "logger" {
  type = object({ id = string })
}
resource "sym_environment" "own" {
  name            = "own"
  error_logger_id = var.logger.id
}
resource "sym_target\"""",
    )
    .replace(
        'module "access"',
        """resource "sym_error_logger" "staging" {
  provider       = sym.staging
  integration_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  destination    = "#errors"
}
module "access\"""",
    )
)
"""The same with something outside of it that is of its organization."""
BLANK = PROVIDERS.replace('"orchard"', "ORG")
WRONG = {
    "an empty one": (BLANK.replace("ORG", '""'), '""'),
    "an empty one of a local": (BLANK.replace("ORG", "local.org") + 'locals {\n  org = " "\n}', '" "'),
    "an empty one in JSON": ('--- main.tf.json\n{"provider": {"sym": {"org": ""}}}\n', '""'),
    "a module": (CALLED, "{ sym = sym.staging }"),
    "one link of a module": (NOT_ALONE, "sym_environment.staging"),
    "an integration": (without('resource "sym_integration" "slack"'), 'resource "sym_integration" "slack"'),
    "an environment": (without('resource "sym_environment" "staging"'), 'resource "sym_environment" "staging"'),
    "a flow": (without('resource "sym_flow" "approval"'), 'resource "sym_flow" "approval"'),
    "an integration beside a module": (in_module(""), 'resource "sym_integration" "slack"'),
    "in JSON": (IN_JSON, "sym.staging"),
    "repeated": (REPEATED, "sym.staging"),
}  # fmt: skip  # one a line
FINE = {
    "an empty default": BLANK.replace("ORG", "var.org") + 'variable "org" {\n  default = ""\n}\n',
    "a module with its own": CALLED.replace("{ sym = sym.staging }", "{ sym = sym }"),
    "one organization": GOOD,
    "a module of one": in_module("\n  provider = sym.staging\n"),
    "one organization, twice": without('resource "sym_flow" "approval"').replace(
        '"orchard-staging"', '"orchard"'
    ),
    "in other letters": without('resource "sym_flow" "approval"').replace(
        '"orchard-staging"', '"Orchard"'
    ),
    "not known": 'variable "org" {}\n'
    + without('resource "sym_flow" "approval"').replace('"orchard-staging"', "var.org"),
    "no organization": without('resource "sym_flow" "approval"').replace(
        '  org   = "orchard-staging"\n', ""
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_links_into_another_organization(tmp_path: Path, name: str) -> None:
    text, place = WRONG[name]
    write_files(tmp_path, text)
    assert [it.range.text for it in findings(tmp_path, (Organization,))] == [place]


@pytest.mark.parametrize("name", FINE)
def test_links_inside_of_one(tmp_path: Path, name: str) -> None:
    write_files(tmp_path, FINE[name])
    assert findings(tmp_path, (Organization,)) == []


@pytest.mark.parametrize(
    ("one", "other", "token", "expected"),
    [
        ("orchard", "S-VJ2IYOCQ74", '  jwt_env_var = "BOT"\n', 0),
        ("orchard", "S-VJ2IYOCQ74", "", 1),
        ("orchard", "pear", '  jwt_env_var = "BOT"\n', 1),
    ],
)
def test_the_id_of_an_organization_and_a_name(
    tmp_path: Path, one: str, other: str, token: str, expected: int
) -> None:
    text = without('resource "sym_integration" "slack"')
    text = text.replace('"orchard"\n', f'"{one}"\n{token}').replace(
        '"orchard-staging"', f'"{other}"'
    )
    write_files(tmp_path, text)
    assert len(findings(tmp_path, (Organization,))) == expected
