"""What a configuration says in Sym's own words, held as a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.checking import configuration
from support.effort import lines_run
from support.okta_blocks import BASE
from support.transcript import compare_transcript
from support.writing import write

from symlint.sym.model.argument_links import argument_links, integration_type
from symlint.sym.model.references import output_reference, reference_to
from symlint.sym.model.settings import map_range, near, setting_range

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from symlint.source.text import Range
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow
    from symlint.sym.model.views import Link, View
    from symlint.terraform.values.value import Value

TARGET = """
resource "sym_target" "this" {{
  type     = "okta_group"
  name     = {0}
  settings = {1}
  {2}
}}
"""
STRATEGY = """
resource "sym_strategy" "this" {{
  type           = "okta"
  name           = "this"
  targets        = {0}
  integration_id = {1}
}}
"""
PASSED = """
locals {
  target_id        = sym_target.one.id
  integration_id   = sym_target.one.id
  integration_name = sym_integration.okta.name
  okta             = sym_integration.okta
  targets          = [sym_target.one.id]
  label            = sym_integration.okta.name
  unset_name       = "${sym_integration.okta.name}-${var.unset}"
  texts            = { name = "a", id = "b", slug = var.unset }
}

variable "list" {
  type = list(string)
}
"""
ONE = "sym_target.one.id"
MANY = "[for it in sym_target.many : it.id]"

LINKS = (
    "sym_integration.okta.id",
    "data.sym_integration.read.id",
    "module.runtime.sym_integration.id",
    "aws_ssm_parameter.id.value",
    '"${sym_integration.okta.id}"',
    "coalesce(sym_integration.okta.id)",
    '"0f8fad5b-d9cb-469f-a165-70867728950e"',
    "null",
    '""',
    "var.unset",
    "aws_ssm_parameter.given.value",
    "module.foreign.integration_id",
    '"${sym_integration.okta.id}-x"',
    "var.on ? sym_integration.okta.id : null",
    "sym_integration.okta.name",
    "sym_integration.okta.external_id",
    "data.sym_integration.read.external_id",
    "module.runtime.sym_integration.external_id",
    "sym_integration.okta",
    "module.runtime.sym_integration",
    "sym_target.one.id",
    "sym_target.one.name",
    'sym_target.many["a"].id',
    "module.runtime.sym_runtime.id",
    "module.runtime.sym_runtime_connector_role.arn",
    "module.runtime",
    "aws_ssm_parameter.given.arn",
    '"sym_integration.okta.id"',
    '"module.runtime.sym_integration.id"',
    '"okta"',
    "[sym_integration.okta.id]",
    "7",
    "local.target_id",
    "local.integration_id",
    "local.integration_name",
    "local.okta",
    "local.okta.id",
    "local.okta.name",
    "local.label",
    "local.unset_name",
    "local.texts.name",
    "local.texts.id",
    "local.texts.slug",
    "var.on ? sym_integration.okta.id : sym_target.one.id",
    "var.on ? sym_integration.okta.id : var.unset",
    "var.on ? null : null",
    'var.on ? "" : (var.on ? sym_target.one.id : data.sym_integration.read.id)',
    '"${sym_integration.okta.id}"',
    '"$${sym_integration.okta.id}"',
    '"var.integration"',
    '"data.sym_integration.okta.id"',
    "true",
    "{}",
    "terraform_data.x.id",
    "aws_ssm_parameter.given",
    "aws_ssm_parameter.given.id",
    "aws_ssm_parameter.given[0].name",
    "sym_integration.okta.settings.role_arn",
    "module.runtime.sym_integration.settings.role_arn",
    "module.foreign",
    "module.nothing.id",
)
LISTS = (
    "[]",
    "null",
    "var.list",
    "var.unset",
    ONE,
    '"x"',
    "7",
    f"[{ONE}]",
    f"[{ONE}, sym_integration.okta.id, null]",
    f"[{ONE}, var.on ? {ONE} : var.unset]",
    MANY,
    f"concat([{ONE}], var.list)",
    f"var.on ? [{ONE}] : []",
    f"var.on ? [{ONE}] : var.list",
    "toset([for it in var.list : sym_target.one.id])",
    "sym_target.many",
    "sym_target.one",
    "values(sym_target.many)[*].id",
    "local.targets",
    "{ a = sym_target.one.id }",
)


def at(range_: Range) -> str:
    return f"`{' '.join(range_.text.split())}`"


def of_link(link: Link) -> str:
    found = [link.outcome, at(link.range)]
    if link.range != link.argument:
        found.append(f"used at {at(link.argument)}")
    if link.written:
        found.append(f"it is {link.written}")
    if link.view is not None:
        found.append(f"view {link.view.address}")
    if link.quoted is not None:
        found.append(f"quoted {link.quoted.kind} {link.quoted.name} {link.quoted.expression}")
    if link.reason:
        found.append(f"({link.reason})")
    if link.is_wrong:
        found.append("wrong")
    found += [f"\n      or {of_link(it)}" for it in link.alternatives]
    return " ".join(found)


def test_snapshot_of_links(tmp_path: Path) -> None:
    said = {}
    for expression in dict.fromkeys(LINKS):
        text = BASE + PASSED + STRATEGY.format("[]", expression)
        sym = configuration(write(tmp_path, {"main.tf": text}))
        link = sym.strategies[0].integration_link
        type_ = integration_type(sym, link)
        said[f"integration_id = {expression}"] = f"  {of_link(link)}" + (
            f"\n  type {type_}" if type_ else ""
        )
    for expression in LISTS:
        text = BASE + PASSED + STRATEGY.format(expression, "null")
        found = configuration(write(tmp_path, {"main.tf": text})).strategies[0]
        links = found.targets
        lines = [f"{links.state} {links.reason}".strip(), *map(of_link, links.leaves)]
        lines.append("targets " + ", ".join(str(it.address) for it in found.target_views))
        said[f"targets = {expression}"] = "\n".join(f"  {line}" for line in lines)
    compare_transcript(__file__.replace("views", "view_links"), said)


FLOWS = {
    "no params": "",
    "a block": 'params {\n    strategy_id = "x"\n    allowed_sources = ["slack"]\n  }',
    "a block with fields": 'params {\n    prompt_field {\n      name = "a"\n    }\n'
    '    dynamic "prompt_field" {\n      for_each = var.unset\n      content {\n'
    "        name = prompt_field.value\n      }\n    }\n  }",
    "an empty map": "params = {}",
    "a map": 'params = {\n    strategy_id = "x"\n    allowed_sources_json = jsonencode(["api"])\n'
    '    prompt_fields_json = jsonencode([{ name = "a" }, "b", var.unset])\n  }',
    "a map of texts": 'params = {\n    allowed_sources_json = "[1]"\n'
    '    prompt_fields_json = "[{\\"name\\": \\"a\\"}]"\n  }',
    "a map that is not known": "params = var.unset",
    "a map of which values are not known": "params = {\n    strategy_id = var.unset\n"
    "    allowed_sources_json = var.unset\n    prompt_fields_json = var.unset\n  }",
    "JSON that is none": 'params = {\n    allowed_sources_json = "["\n    prompt_fields_json = "{}"\n  }',
    "a null": "params = null",
    "something missing": "params {\n    strategy_id = [\n  }",
}


def of_elements(value: Value) -> str:
    known = value.elements
    return of_value(value) if known is None else f"[{', '.join(map(of_value, known))}]"


def of_flow(flow: Flow) -> Iterator[str]:
    yield f"header {at(flow.params_header)}, {'all' if flow.params_known else 'not all'} known"
    yield f"strategy {of_link(flow.strategy_link)}"
    sources = flow.allowed_sources
    if sources is not None:
        yield f"sources {of_elements(sources.value)} {at(sources.range)}"
    known = "all" if flow.prompt_fields_known else "not all"
    yield f"{len(flow.prompt_fields)} fields, {known} known"
    for field in flow.prompt_fields:
        many = "many" if field.symbolic else "one"
        yield f"{many} {at(field.header)} {field.name.string} {at(field.range('name'))}"


def test_snapshot_of_flows(tmp_path: Path) -> None:
    said = {}
    for name, params in FLOWS.items():
        text = f'variable "unset" {{}}\nresource "sym_flow" "x" {{\n  {params}\n}}\n'
        (flow,) = configuration(write(tmp_path, {"main.tf": text})).flows
        said[name] = "\n".join(f"  {line}" for line in of_flow(flow))
    compare_transcript(__file__.replace("views", "view_flows"), said)


SETTINGS = (
    "{}",
    '{ group_id = "a" }',
    '{ group_id = null, other = "a" }',
    "{ group_id = var.unset }",
    '{\n  group_id = "a\\nb"\n  other = local.texts.name\n}',
    "{ group_id = local.texts.name, other = 1 }",
    "local.texts",
    "var.unset",
    'var.on ? { group_id = "a" } : { group_id = "b", other = "c" }',
    'var.on ? { other = "c" } : {}',
    'merge(local.texts, { group_id = "a" })',
    "module.foreign.settings",
    "null",
)


def of_value(value: Value | None) -> str:
    if value is None:
        return "none"
    if value.unknown is not None:
        return f"unknown ({value.unknown.reason})"
    return "null" if value.is_null else f"{value.string!r}"


def of_settings(view: View) -> Iterator[str]:
    own = view.own_settings
    yield "own " + ("not known" if own is None else ", ".join(sorted(own)) or "none")
    given = getattr(view, "given_settings", None)
    yield "given " + ("not known" if given is None else ", ".join(sorted(given)) or "none")
    yield f"map {at(map_range(view))}"
    for key in ("group_id", "other"):
        value = view.setting(key)
        yield f"{key} {of_value(value)} at {at(setting_range(view, key))}"
        if value is not None:
            yield f"{key} near {at(near(view, value))}"


def test_snapshot_of_settings(tmp_path: Path) -> None:
    said = {}
    for settings in SETTINGS:
        for bindings in ("", 'field_bindings = ["other"]', "field_bindings = var.unset"):
            text = BASE + PASSED + TARGET.format('"x"', settings, bindings)
            target = configuration(write(tmp_path, {"main.tf": text})).targets[-1]
            said[f"{settings} {bindings}".strip()] = "\n".join(
                f"  {line}" for line in of_settings(target)
            )
    text = 'resource "sym_target" "this" {\n  name = "x"\n}\n'
    (target,) = configuration(write(tmp_path, {"main.tf": text})).targets
    said["nothing"] = "\n".join(f"  {line}" for line in of_settings(target))
    compare_transcript(__file__.replace("views", "view_settings"), said)


ALL = """
module "old" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 1.0"
}
module "iam" {
  source = "symopsio/iam-connector/aws"
}
module "many" {
  source   = "symopsio/iam-connector/aws"
  for_each = toset(["a"])
}
module "addon" {
  source = "symopsio/secretsmgr-addon/aws"
}
resource "sym_integration" "direct" {
  settings = module.iam.settings
}
resource "sym_integration" "parts" {
  settings = { role_arn = module.iam.settings.role_arn }
}
resource "sym_integration" "none" {
  settings = { cloud = module.iam.settings.cloud }
}
resource "sym_integration" "many" {
  for_each = toset(["a", "b"])
  name     = "several"
}
resource "sym_integration" "again" {
  name = "direct"
}
resource "sym_runtime" "this" {
  name       = "this"
  context_id = sym_integration.direct.id
}
resource "sym_environment" "this" {
  name                = "this"
  runtime_id          = sym_runtime.this.id
  error_logger_id     = sym_error_logger.this.id
  log_destination_ids = [sym_log_destination.this.id]
  integrations        = { slack_id = sym_integration.direct.id, other_id = sym_runtime.this.id }
}
resource "sym_error_logger" "this" {
  integration_id = sym_integration.direct.id
}
resource "sym_log_destination" "this" {
  type           = "kinesis_firehose"
  integration_id = sym_integration.parts.id
}
resource "sym_secrets" "this" {
  type     = "aws_secrets_manager"
  settings = { context_id = sym_integration.direct.id }
}
resource "sym_secrets" "without" {
  type = "aws_secrets_manager"
}
resource "sym_secret" "this" {
  source_id = sym_secrets.this.id
}
resource "sym_flow" "this" {
  environment_id = sym_environment.this.id
}
"""


def of_links(sym: SymConfiguration) -> Iterator[str]:
    for view in sym.views:
        yield f"{view.address} {view.noun} {view.local_name} {reference_to(view)}"
        for links in argument_links(view):
            said = ", ".join(of_link(it) for it in links.leaves)
            yield f"  {links.attribute} {links.links.state}: {said}"
    for integration in sym.integrations:
        yield f"connector of {integration.address}: {integration.connector}"
    root = sym.module_instances[0]
    for module in sym.modules:
        reference = output_reference(module, "role_arn", root)
        yield f"{module.address} {module.kind} {module.local_name} {reference}"


def test_snapshot_of_everything(tmp_path: Path) -> None:
    sym = configuration(write(tmp_path, {"main.tf": ALL}))
    compare_transcript(__file__, {"all": "\n".join(f"  {line}" for line in of_links(sym))})
    environment = sym.environments[0]
    assert environment.runtime is sym.runtimes[0]
    assert sym.runtimes[0].context is sym.integrations[0]
    assert sym.flows[0].environment is environment
    assert sym.secrets[0].source is sym.secrets_sources[0]
    assert [it.local_name for it in sym.runtime_connectors] == ["module.old"]
    assert [it.local_name for it in sym.connectors] == ["module.iam", "module.many"]
    assert [it.local_name for it in sym.addons] == ["module.addon"]
    assert output_reference(None, "role_arn", sym.module_instances[0]) is None
    named = {
        (kind, name): sym.named((kind,), name)
        for kind in ("sym_integration", "sym_runtime")
        for name in ("direct", "this", "many", "several", "nothing", "parts")
    }
    assert {key: str(it.address) for key, it in named.items() if it is not None} == {
        ("sym_integration", "many"): 'sym_integration.many["b"]',
        ("sym_integration", "several"): 'sym_integration.many["b"]',
        ("sym_integration", "parts"): "sym_integration.parts",
        ("sym_runtime", "this"): "sym_runtime.this",
    }


def test_one_of_many_with_the_same_name_is_asked_for_at_once(tmp_path: Path) -> None:
    blocks = "".join(
        f'resource "sym_integration" "i{number}" {{\n  name = "same"\n}}\n' for number in range(100)
    )
    target = 'resource "sym_target" "t" {\n  name = "same"\n}\n'
    sym = configuration(write(tmp_path, {"main.tf": blocks + target}))
    kinds = ("sym_integration", "sym_target")
    assert sym.named(("sym_target",), "same") is not None
    assert sym.named(kinds, "same") is None
    assert sym.named(kinds, "i7") is not None
    assert lines_run(lambda: sym.named(kinds, "same")) < 20
