"""Where values lead: every outcome of a link, and the text that is to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import configuration
from support.okta_blocks import BASE
from support.writing import write

from symlint.sym.aws.roles.runtime import runtime_role
from symlint.sym.model.link_resolution import is_uuid, quoted_address
from symlint.sym.words import either, mentions, with_article

if TYPE_CHECKING:
    from pathlib import Path

STRATEGY = """
resource "sym_strategy" "this" {{
  type           = "okta"
  name           = "this"
  targets        = []
  integration_id = {}
}}
"""

OUTCOMES = {
    "sym_integration.okta.id": "ok",
    "data.sym_integration.read.id": "ok",
    "module.runtime.sym_integration.id": "ok",
    "aws_ssm_parameter.id.value": "ok",
    '"${sym_integration.okta.id}"': "ok",
    "coalesce(sym_integration.okta.id)": "ok",
    '"0f8fad5b-d9cb-469f-a165-70867728950e"': "identifier",
    "null": "null",
    '""': "null",
    "var.unset": "unknown",
    "aws_ssm_parameter.given.value": "unknown",
    "module.foreign.integration_id": "unknown",
    '"${sym_integration.okta.id}-x"': "unknown",
    "var.on ? sym_integration.okta.id : null": "ok",
    "sym_integration.okta.name": "wrong_attribute",
    "sym_integration.okta.external_id": "wrong_attribute",
    "data.sym_integration.read.external_id": "wrong_attribute",
    "module.runtime.sym_integration.external_id": "wrong_attribute",
    "sym_integration.okta": "whole_resource",
    "module.runtime.sym_integration": "whole_resource",
    "sym_target.one.id": "wrong_kind",
    "sym_target.one.name": "wrong_kind",
    'sym_target.many["a"].id': "wrong_kind",
    "module.runtime.sym_runtime.id": "wrong_kind",
    "module.runtime.sym_runtime_connector_role.arn": "wrong_kind",
    "module.runtime": "wrong_kind",
    "aws_ssm_parameter.given.arn": "wrong_kind",
    '"sym_integration.okta.id"': "quoted_address",
    '"module.runtime.sym_integration.id"': "quoted_address",
    '"okta"': "literal",
    "[sym_integration.okta.id]": "wrong_type",
    "7": "wrong_type",
}


@pytest.mark.parametrize("expression", OUTCOMES)
def test_outcomes(tmp_path: Path, expression: str) -> None:
    sym = configuration(write(tmp_path, {"main.tf": BASE + STRATEGY.format(expression)}))
    link = sym.strategies[0].integration_link
    assert link.outcome == OUTCOMES[expression]
    assert link.argument.text == expression
    assert link.is_wrong == (
        link.outcome.startswith("wrong")
        or link.outcome in ("whole_resource", "quoted_address", "literal")
    )


def test_a_reference_is_written_as_in_its_own_module(tmp_path: Path) -> None:
    child = BASE + STRATEGY.format("sym_integration.okta.name")
    call = 'module "m" {\n  source = "./m"\n  on     = true\n  unset  = 1\n}\n'
    (strategy,) = configuration(write(tmp_path, {"main.tf": call, "m/main.tf": child})).strategies
    assert str(strategy.address) == "module.m.sym_strategy.this"
    assert strategy.integration_link.written == "sym_integration.okta.name"


def test_both_arms_are_branches(tmp_path: Path) -> None:
    text = BASE + STRATEGY.format("var.on ? sym_integration.okta.id : sym_target.one.id")
    link = configuration(write(tmp_path, {"main.tf": text})).strategies[0].integration_link
    assert [(it.outcome, it.range.text) for it in link.branches] == [
        ("ok", "sym_integration.okta.id"),
        ("wrong_kind", "sym_target.one.id"),
    ]


HONEST = {
    # What carries the value says what it carries, so its use is the mistake.
    "local.target_id": "local.target_id",
    "local.integration_name": "local.integration_name",
    # It does not say, so what it was given is.
    "local.integration_id": "sym_target.one.id",
    "local.thing": "sym_target.one.id",
}


@pytest.mark.parametrize("use", HONEST)
def test_the_text_to_change(tmp_path: Path, use: str) -> None:
    text = BASE + STRATEGY.format(use)
    text += (
        "locals {\n  target_id = sym_target.one.id\n  integration_id = sym_target.one.id\n"
        "  thing = sym_target.one.id\n  integration_name = sym_integration.okta.name\n}\n"
    )
    link = configuration(write(tmp_path, {"main.tf": text})).strategies[0].integration_link
    assert link.range.text == HONEST[use]
    assert link.argument.text == use


def test_a_link_of_the_wrong_attribute_still_has_its_view(tmp_path: Path) -> None:
    text = BASE + STRATEGY.format("sym_integration.okta.name")
    sym = configuration(write(tmp_path, {"main.tf": text}))
    assert sym.strategies[0].integration is sym.integrations[0]


def test_a_chain_of_views(tmp_path: Path) -> None:
    text = BASE + STRATEGY.format("sym_integration.okta.id").replace(
        "targets        = []", "targets = [for it in sym_target.many : it.id]"
    )
    text += (
        'resource "sym_environment" "e" {\n  name = "e"\n'
        "  runtime_id = module.runtime.sym_runtime.id\n"
        "  integrations = { okta_id = sym_integration.okta.id }\n}\n"
        'resource "sym_flow" "f" {\n  name = "f"\n  environment_id = sym_environment.e.id\n'
        "  params {\n    strategy_id = sym_strategy.this.id\n"
        '    prompt_field {\n      name = "reason"\n      type = "string"\n    }\n  }\n}\n'
    )
    sym = configuration(write(tmp_path, {"main.tf": text}))
    flow = sym.flows[0]
    assert flow.strategy is sym.strategies[0]
    assert [str(it.address) for it in flow.strategy.target_views] == [
        'sym_target.many["a"]',
        'sym_target.many["b"]',
    ]
    environment = flow.environment
    assert environment is not None
    role = runtime_role(environment)
    assert role is not None
    assert role.connector is sym.runtime_connectors[0]
    assert {key: it.view for key, it in environment.integration_links.items()} == {
        "okta_id": sym.integrations[0]
    }
    assert [it.name.string for it in flow.prompt_fields] == ["reason"]
    assert flow.prompt_fields_known


def test_parameters_of_provider_1(tmp_path: Path) -> None:
    text = BASE + STRATEGY.format("sym_integration.okta.id")
    text += (
        'resource "sym_flow" "f" {\n  name = "f"\n  environment_id = "e"\n  params = {\n'
        "    strategy_id = sym_strategy.this.id\n"
        '    prompt_fields_json = jsonencode([{ name = "reason", required = true }])\n  }\n}\n'
    )
    flow = configuration(write(tmp_path, {"main.tf": text})).flows[0]
    assert str(flow.strategy.address if flow.strategy else "") == "sym_strategy.this"
    assert [(it.name.string, it.value("required").content) for it in flow.prompt_fields] == [
        ("reason", True)
    ]
    assert flow.prompt_fields_known


# --- texts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("sym_target.x", "sym_target"),
        ("sym_target.super-secret.id", "sym_target"),
        ('sym_target.x["a b"].id', None),
        ('sym_target.x["a"].id', "sym_target"),
        ("${sym_target.x.id}", "sym_target"),
        ("data.sym_runtime.x.id", "sym_runtime"),
        ("var.x", "var"),
        ("orchard.okta.com", None),
        ("sym_target", None),
        ("sym target.x", None),
        ("", None),
        (".", None),
    ],
)
def test_quoted_addresses(text: str, kind: str | None) -> None:
    found = quoted_address(text)
    assert (None if found is None else found.kind) == kind


def test_uuids() -> None:
    assert is_uuid("0f8fad5b-d9cb-469f-a165-70867728950e")
    assert is_uuid("0F8FAD5B-D9CB-469F-A165-70867728950E")
    assert not is_uuid("0f8fad5b-d9cb-469f-a165-70867728950g")
    assert not is_uuid("main-aws-iam")
    assert not is_uuid("")


def test_words() -> None:
    assert [with_article(it) for it in ("okta_group", "target", "SSO connector", "GCP x")] == [
        "an okta_group",
        "a target",
        "an SSO connector",
        "a GCP x",
    ]
    assert [either(it) for it in (["a"], ["a", "b"], ["a", "b", "c"])] == [
        "a",
        "a or b",
        "a, b or c",
    ]
    assert mentions("sym_targets_by_name", "target")
    assert not mentions("targeted", "target")
