"""Configurations for version 3 of the provider, right and wrong, by name.

``record.py`` asks Terraform for its verdict on each; the test compares symlint's with it. Each is
one ``main.tf`` beside ``VERSIONS``; ``WHOLE`` ones stand alone.
"""

from __future__ import annotations

REQUIREMENT = """\
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 3.0"
    }
  }
}
"""
VERSIONS = REQUIREMENT + '\nprovider "sym" {\n  org = "orchard"\n}\n'

ID = "0f8fad5b-d9cb-469f-a165-70867728950e"  # of something that is managed elsewhere
IMPLEMENTATION = "from sym.sdk.annotations import hook\\n"

# Every argument of every resource in its right form, the required ones first.
RESOURCES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "sym_flow": (
        {
            "name": '"billing"',
            "implementation": f'"{IMPLEMENTATION}"',
            "environment_id": f'"{ID}"',
        },
        {"label": '"Billing"', "vars": '{ channel = "#access" }'},
    ),
    "sym_strategy": (
        {"type": '"okta"', "name": '"okta"', "targets": f'["{ID}"]'},
        {
            "integration_id": f'"{ID}"',
            "settings": '{ instance_arn = "arn" }',
            "label": '"Okta"',
            "implementation": '"strategy.py"',
        },
    ),
    "sym_target": (
        {"type": '"okta_group"', "name": '"billing"'},
        {
            "label": '"Billing"',
            "settings": '{ group_id = "00g1" }',
            "field_bindings": '["group_id"]',
        },
    ),
    "sym_integration": (
        {"type": '"slack"', "name": '"slack"', "external_id": '"T12345"'},
        {"label": '"Slack"', "settings": '{ cloud = "aws" }'},
    ),
    "sym_secrets": (
        {"type": '"aws_secrets_manager"', "name": '"main"'},
        {"label": '"Secrets"', "settings": f'{{ context_id = "{ID}" }}'},
    ),
    "sym_secret": (
        {"path": '"sym/okta"', "source_id": f'"{ID}"'},
        {"label": '"Okta"', "settings": '{ json_key = "token" }'},
    ),
    "sym_runtime": ({"name": '"main"'}, {"label": '"Main"', "context_id": f'"{ID}"'}),
    "sym_environment": (
        {"name": '"main"'},
        {
            "label": '"Main"',
            "runtime_id": f'"{ID}"',
            "integrations": f'{{ slack_id = "{ID}" }}',
            "error_logger_id": f'"{ID}"',
            "log_destination_ids": f'["{ID}"]',
        },
    ),
    "sym_error_logger": ({"integration_id": f'"{ID}"', "destination": '"#errors"'}, {}),
    "sym_log_destination": (
        {"type": '"http"'},
        {"integration_id": f'"{ID}"', "settings": '{ url = "https://logs.example" }'},
    ),
    "sym_flows_filter": (
        {"implementation": f'"{IMPLEMENTATION}"'},
        {"vars": '{ a = "b" }', "integrations": f'{{ okta_id = "{ID}" }}'},
    ),
}
BOOLS = (
    "allow_revoke",
    "schedule_deescalation",
    "include_decision_message",
    "allow_guest_interaction",
)
FIELD_BOOLS = ("required", "visible", "prefetch")
FIELD_TYPES = (
    "string",
    "int",
    "bool",
    "duration",
    "slack_user",
    "slack_user_list",
    "str_list",
    "int_list",
)


def block(kind: str, arguments: dict[str, str], extra: str = "") -> str:
    """One resource."""
    lines = "".join(f"  {name} = {value}\n" for name, value in arguments.items())
    return f'resource "{kind}" "this" {{\n{lines}{extra}}}\n'


def flow(params: str, arguments: str = "") -> str:
    """A flow whose ``params`` block has these lines."""
    inner = "".join(f"    {line}\n" for line in params.splitlines())
    return block("sym_flow", RESOURCES["sym_flow"][0], f"{arguments}  params {{\n{inner}  }}\n")


def field(lines: str, name: str = '"reason"', type_: str = '"string"') -> str:
    """A flow with one prompt field."""
    inner = "".join(f"  {line}\n" for line in lines.splitlines())
    return flow(f"prompt_field {{\n  name = {name}\n  type = {type_}\n{inner}}}")


def _systematic() -> dict[str, str]:
    """Each resource whole, least, and with each of its arguments wronged."""
    found: dict[str, str] = {}
    for kind, (required, optional) in RESOURCES.items():
        every = {**required, **optional}
        found[f"{kind} with everything"] = block(kind, every)
        found[f"{kind} with the least"] = block(kind, required)
        found[f"{kind} with an unknown argument"] = block(kind, {**required, "descripton": '"x"'})
        found[f"{kind} with an unknown block"] = block(
            kind, required, "  options {\n    a = 1\n  }\n"
        )
        for name in required:
            rest = {key: value for key, value in required.items() if key != name}
            found[f"{kind} without {name}"] = block(kind, rest)
            found[f"{kind} with {name} as block"] = block(kind, rest, f"  {name} {{\n  }}\n")
        for name, value in every.items():
            others = {key: it for key, it in every.items() if key != name}
            wrongs: tuple[str, ...]
            if value.startswith('"'):
                wrongs = ("[]", "{}")
            elif value.startswith("["):
                wrongs = ('"one"', "{}", "[[]]")
            else:
                wrongs = ('"one"', "[]", "{ a = [] }")
            for wrong in wrongs:
                found[f"{kind} with {name} = {wrong}"] = block(kind, {**others, name: wrong})
    return found


HAND_WRITTEN: dict[str, str] = {
    # params and prompt fields
    "empty params": flow(""),
    "params as map": block(
        "sym_flow", RESOURCES["sym_flow"][0], '  params = { strategy_id = "s" }\n'
    ),
    "params as empty map": block("sym_flow", RESOURCES["sym_flow"][0], "  params = {}\n"),
    "params as null": block("sym_flow", RESOURCES["sym_flow"][0], "  params = null\n"),
    "params twice": flow("allow_revoke = true")[:-2] + "  params {\n  }\n}\n",
    "params with everything": flow(
        f'strategy_id = "{ID}"\nallow_revoke = true\nschedule_deescalation = false\n'
        "include_decision_message = true\nallow_guest_interaction = true\n"
        'additional_header_text = "Hi"\nallowed_sources = ["slack", "api"]\n'
        'prompt_field {\n  name = "reason"\n  type = "string"\n}'
    ),
    "params with a label": block("sym_flow", RESOURCES["sym_flow"][0], '  params "main" {\n  }\n'),
    "strategy_id outside params": block(
        "sym_flow", RESOURCES["sym_flow"][0], '  strategy_id = "s"\n'
    ),
    "prompt_field outside params": block(
        "sym_flow",
        RESOURCES["sym_flow"][0],
        '  prompt_field {\n    name = "reason"\n    type = "string"\n  }\n',
    ),
    "unknown params argument": flow('strategy = "s"'),
    "misspelled params argument": flow("allow_revok = true"),
    "unknown params block": flow("prompt {\n}"),
    "prompt_fields_json": flow('prompt_fields_json = "[]"'),
    "allowed_sources_json": flow('allowed_sources_json = "[]"'),
    "template": block(
        "sym_flow",
        {**RESOURCES["sym_flow"][0], "template": '"sym:template:approval:1.0.0"'},
    ),
    "version 1 flow": block(
        "sym_flow",
        {**RESOURCES["sym_flow"][0], "template": '"sym:template:approval:1.0.0"'},
        '  params = {\n    prompt_fields_json = jsonencode([{ name = "a", type = "string" }])\n  }\n',
    ),
    "prompt_field as attribute": flow('prompt_field = [{ name = "a", type = "string" }]'),
    "prompt_field as object": flow('prompt_field = { name = "a", type = "string" }'),
    "two prompt fields": flow(
        'prompt_field {\n  name = "a"\n  type = "string"\n}\n'
        'prompt_field {\n  name = "b"\n  type = "int"\n}'
    ),
    "second prompt field without type": flow(
        'prompt_field {\n  name = "a"\n  type = "string"\n}\nprompt_field {\n  name = "b"\n}'
    ),
    "prompt field without name": flow('prompt_field {\n  type = "string"\n}'),
    "empty prompt field": flow("prompt_field {\n}"),
    "prompt field with a label": flow('prompt_field "a" {\n  name = "a"\n  type = "string"\n}'),
    "prompt field with everything": field(
        'required = true\nvisible = true\nlabel = "Why"\ndefault = "x"\n'
        'allowed_values = ["x"]\nprefetch = false\non_change = "def f(): pass\\n"'
    ),
    "unknown prompt field argument": field("optional = true"),
    "misspelled prompt field argument": field('allowed_value = ["x"]'),
    "unknown prompt field block": field("validation {\n}"),
    "allowed_values as block": field('allowed_values {\n  a = "b"\n}'),
    "allowed_values of numbers": field("allowed_values = [1, 2, 3]", type_='"int"'),
    "allowed_values of mixed kinds": field('allowed_values = ["a", 2, true]'),
    "allowed_values as text": field('allowed_values = "a"'),
    "allowed_values as jsonencode": field('allowed_values = jsonencode(["a"])'),
    "allowed_values of lists": field('allowed_values = [["a"]]'),
    "allowed_values of objects": field('allowed_values = [{ value = "a" }]'),
    "allowed_values as set": field('allowed_values = toset(["a", "b"])'),
    "allowed_values as map": field('allowed_values = { a = "b" }'),
    "allowed_values by for": field('allowed_values = [for x in ["a", "b"] : upper(x)]'),
    "allowed_values by for with lists": field('allowed_values = [for x in ["a", "b"] : [x]]'),
    "allowed_values null": field("allowed_values = null"),
    "allowed_values empty": field("allowed_values = []"),
    "default as number": field("default = 3", type_='"int"'),
    "default as bool": field("default = true", type_='"bool"'),
    "default as list": field('default = ["a"]'),
    "label as number": field("label = 3"),
    "label as heredoc": field("label = <<-EOT\n  Why?\nEOT"),
    "on_change as path": field('on_change = "on_change.py"'),
    "on_change as path of the module": field('on_change = "${path.module}/on_change.py"'),
    "on_change as contents": field(
        'on_change = "def on_change_reason(username, form):\\n  return form\\n"'
    ),
    "implementation as path": block(
        "sym_flow", {**RESOURCES["sym_flow"][0], "implementation": '"impl.py"'}
    ),
    "implementation as path of the module": block(
        "sym_flow",
        {**RESOURCES["sym_flow"][0], "implementation": '"${path.module}/impl.py"'},
    ),
    "implementation as path through a local": block(
        "sym_flow", {**RESOURCES["sym_flow"][0], "implementation": "local.impl"}
    )
    + '\nlocals {\n  impl = "impl.py"\n}\n',
    "implementation as path by format": block(
        "sym_flow",
        {**RESOURCES["sym_flow"][0], "implementation": 'format("%s.py", "impl")'},
    ),
    "implementation of a file": block(
        "sym_flow",
        {**RESOURCES["sym_flow"][0], "implementation": 'file("${path.module}/impl.py")'},
    ),
    "implementation of a missing file": block(
        "sym_flow",
        {**RESOURCES["sym_flow"][0], "implementation": 'file("${path.module}/missing.py")'},
    ),
    "implementation by templatefile": block(
        "sym_flow",
        {
            **RESOURCES["sym_flow"][0],
            "implementation": 'templatefile("${path.module}/impl.py", {})',
        },
    ),
    "implementation as path with capitals": block(
        "sym_flow", {**RESOURCES["sym_flow"][0], "implementation": '"IMPL.PY"'}
    ),
    "implementation as path with a blank": block(
        "sym_flow", {**RESOURCES["sym_flow"][0], "implementation": '"impl.py "'}
    ),
    "flows filter implementation as path": block("sym_flows_filter", {"implementation": '"f.py"'}),
    "strategy implementation as path": block(
        "sym_strategy", {**RESOURCES["sym_strategy"][0], "implementation": '"strategy.py"'}
    ),
    "implementation from a variable": block(
        "sym_flow", {**RESOURCES["sym_flow"][0], "implementation": "var.code"}
    )
    + '\nvariable "code" {\n  type = string\n}\n',
    # converted, null, unknown
    "number for a name": block("sym_flow", {**RESOURCES["sym_flow"][0], "name": "12"}),
    "bool for a label": block("sym_runtime", {"name": '"main"', "label": "true"}),
    "fraction for a name": block("sym_runtime", {"name": "1.5"}),
    "null for a label": block("sym_runtime", {"name": '"main"', "label": "null"}),
    "null for settings": block("sym_target", {**RESOURCES["sym_target"][0], "settings": "null"}),
    "null setting": block(
        "sym_target", {**RESOURCES["sym_target"][0], "settings": "{ group_id = null }"}
    ),
    "numbers in settings": block(
        "sym_target", {**RESOURCES["sym_target"][0], "settings": "{ a = 1, b = true }"}
    ),
    "mixed settings with a list": block(
        "sym_target", {**RESOURCES["sym_target"][0], "settings": '{ a = "x", b = ["y"] }'}
    ),
    "mixed settings with an object": block(
        "sym_target", {**RESOURCES["sym_target"][0], "settings": '{ a = "x", b = { c = "d" } }'}
    ),
    "settings with jsonencode": block(
        "sym_target",
        {**RESOURCES["sym_target"][0], "settings": '{ a = jsonencode(["x", "y"]) }'},
    ),
    "settings as block": block(
        "sym_target", RESOURCES["sym_target"][0], '  settings {\n    group_id = "00g1"\n  }\n'
    ),
    "settings by merge": block(
        "sym_target",
        {**RESOURCES["sym_target"][0], "settings": '{ group_id = "00g1" }'},
    ).replace('{ group_id = "00g1" }', 'merge({ a = "b" }, { c = 1 })'),
    "settings by for": block(
        "sym_target",
        {**RESOURCES["sym_target"][0], "settings": '{ for k in ["a", "b"] : k => upper(k) }'},
    ),
    "settings by for with lists": block(
        "sym_target",
        {**RESOURCES["sym_target"][0], "settings": '{ for k in ["a", "b"] : k => [k] }'},
    ),
    "vars with a list": block(
        "sym_flow", {**RESOURCES["sym_flow"][0], "vars": '{ approvers = ["a", "b"] }'}
    ),
    "vars with a number": block("sym_flow", {**RESOURCES["sym_flow"][0], "vars": "{ max = 3 }"}),
    "vars from a variable": block("sym_flow", {**RESOURCES["sym_flow"][0], "vars": "var.vars"})
    + '\nvariable "vars" {\n  type = map(string)\n}\n',
    "vars from a list variable": block("sym_flow", {**RESOURCES["sym_flow"][0], "vars": "var.vars"})
    + '\nvariable "vars" {\n  type = list(string)\n}\n',
    "vars from a variable of any type": block(
        "sym_flow", {**RESOURCES["sym_flow"][0], "vars": "var.vars"}
    )
    + '\nvariable "vars" {\n  type = any\n}\n',
    "name from a list variable": block("sym_runtime", {"name": "var.names"})
    + '\nvariable "names" {\n  type = list(string)\n}\n',
    "name from an object variable": block("sym_runtime", {"name": "var.it"})
    + '\nvariable "it" {\n  type = object({ name = string })\n}\n',
    "name from an attribute of an object variable": block("sym_runtime", {"name": "var.it.name"})
    + '\nvariable "it" {\n  type = object({ name = string })\n}\n',
    "name from a number variable": block("sym_runtime", {"name": "var.number"})
    + '\nvariable "number" {\n  type = number\n}\n',
    "name from an undeclared variable": block("sym_runtime", {"name": "var.missing"}),
    "list through a local": block("sym_runtime", {"name": "local.names"})
    + '\nlocals {\n  names = ["a"]\n}\n',
    "text through a local": block("sym_runtime", {"name": "local.name"})
    + '\nlocals {\n  name = "a"\n}\n',
    "targets through a local": block(
        "sym_strategy", {**RESOURCES["sym_strategy"][0], "targets": "local.ids"}
    )
    + '\nlocals {\n  ids = "a"\n}\n',
    "targets empty": block("sym_strategy", {**RESOURCES["sym_strategy"][0], "targets": "[]"}),
    "targets of splat": block(
        "sym_strategy", {**RESOURCES["sym_strategy"][0], "targets": "sym_target.all[*].id"}
    )
    + '\nresource "sym_target" "all" {\n  count = 2\n  type = "okta_group"\n  name = "a"\n}\n',
    "targets of whole resources": block(
        "sym_strategy", {**RESOURCES["sym_strategy"][0], "targets": "[sym_target.one]"}
    )
    + '\nresource "sym_target" "one" {\n  type = "okta_group"\n  name = "a"\n}\n',
    "targets of one id": block(
        "sym_strategy", {**RESOURCES["sym_strategy"][0], "targets": "sym_target.one.id"}
    )
    + '\nresource "sym_target" "one" {\n  type = "okta_group"\n  name = "a"\n}\n',
    "whole resource for an id": block(
        "sym_environment", {"name": '"main"', "runtime_id": "sym_runtime.one"}
    )
    + '\nresource "sym_runtime" "one" {\n  name = "a"\n}\n',
    "unsupported attribute": block(
        "sym_environment", {"name": '"main"', "runtime_id": "sym_runtime.one.ident"}
    )
    + '\nresource "sym_runtime" "one" {\n  name = "a"\n}\n',
    "settings of another resource": block(
        "sym_integration",
        {**RESOURCES["sym_integration"][0], "settings": "sym_target.one.settings"},
    )
    + '\nresource "sym_target" "one" {\n  type = "okta_group"\n  name = "a"\n}\n',
    "list of another resource for a text": block(
        "sym_runtime", {"name": "sym_target.one.field_bindings"}
    )
    + '\nresource "sym_target" "one" {\n  type = "okta_group"\n  name = "a"\n}\n',
    "conditional of texts": block("sym_runtime", {"name": 'var.on ? "a" : "b"'})
    + '\nvariable "on" {\n  type = bool\n}\n',
    "conditional of lists": block("sym_runtime", {"name": 'var.on ? ["a"] : ["b"]'})
    + '\nvariable "on" {\n  type = bool\n}\n',
    "conditional null": block("sym_runtime", {"name": '"main"', "label": 'var.on ? "a" : null'})
    + '\nvariable "on" {\n  type = bool\n}\n',
    "timestamp": block("sym_runtime", {"name": "timestamp()"}),
    "split": block("sym_runtime", {"name": 'split(",", "a,b")'}),
    "environment from a data source": block(
        "sym_flow", {**RESOURCES["sym_flow"][0], "environment_id": "data.sym_environment.main.id"}
    )
    + '\ndata "sym_environment" "main" {\n  name = "main"\n}\n',
    # meta-arguments
    "count": block("sym_runtime", {"count": "2", "name": '"main-${count.index}"'}),
    "count zero with a fault": block("sym_runtime", {"count": "0", "nam": '"main"'}),
    "count zero with a wrong type": block("sym_runtime", {"count": "0", "name": "[]"}),
    "for_each": block("sym_runtime", {"for_each": 'toset(["a", "b"])', "name": "each.key"}),
    "for_each of nothing with a fault": block(
        "sym_runtime", {"for_each": "{}", "name": "each.key", "lable": '"x"'}
    ),
    "for_each of nothing with a missing argument": block("sym_runtime", {"for_each": "{}"}),
    "for_each with values": block(
        "sym_target",
        {
            "for_each": '{ a = { id = "x" } }',
            "type": '"okta_group"',
            "name": "each.key",
            "settings": "{ group_id = each.value.id }",
        },
    ),
    "depends_on": block("sym_runtime", {"name": '"main"', "depends_on": "[sym_secret.one]"})
    + '\nresource "sym_secret" "one" {\n  path = "a"\n  source_id = "0f8fad5b-d9cb-469f-a165-70867728950e"\n}\n',
    "lifecycle": block(
        "sym_runtime", {"name": '"main"'}, "  lifecycle {\n    prevent_destroy = true\n  }\n"
    ),
    "ignore_changes of an argument": block(
        "sym_runtime", {"name": '"main"'}, "  lifecycle {\n    ignore_changes = [label]\n  }\n"
    ),
    "provider meta-argument": block("sym_runtime", {"provider": "sym", "name": '"main"'}),
    "provisioner": block(
        "sym_runtime",
        {"name": '"main"'},
        '  provisioner "local-exec" {\n    command = "true"\n  }\n',
    ),
    "connection": block(
        "sym_runtime", {"name": '"main"'}, '  connection {\n    host = "example"\n  }\n'
    ),
    "id set": block("sym_runtime", {"name": '"main"', "id": '"x"'}),
    "argument twice": block("sym_runtime", {"name": '"main"'}, '  name = "other"\n'),
    # dynamic blocks
    "dynamic prompt fields": flow(
        'dynamic "prompt_field" {\n  for_each = ["a", "b"]\n  content {\n'
        '    name = prompt_field.value\n    type = "string"\n  }\n}'
    ),
    "dynamic prompt fields without type": flow(
        'dynamic "prompt_field" {\n  for_each = ["a", "b"]\n  content {\n'
        "    name = prompt_field.value\n  }\n}"
    ),
    "dynamic prompt fields with an unknown argument": flow(
        'dynamic "prompt_field" {\n  for_each = ["a", "b"]\n  content {\n'
        '    name = prompt_field.value\n    type = "string"\n    nam = "x"\n  }\n}'
    ),
    "dynamic prompt fields of nothing": flow(
        'dynamic "prompt_field" {\n  for_each = []\n  content {\n'
        '    name = prompt_field.value\n    type = "string"\n  }\n}'
    ),
    "dynamic prompt fields of nothing with a fault": flow(
        'dynamic "prompt_field" {\n  for_each = []\n  content {\n'
        "    name = prompt_field.value\n  }\n}"
    ),
    "dynamic prompt fields of nothing with an unknown argument": flow(
        'dynamic "prompt_field" {\n  for_each = []\n  content {\n'
        '    name = "a"\n    type = "string"\n    hint = "b"\n  }\n}'
    ),
    "dynamic prompt fields of an unknown list": flow(
        'dynamic "prompt_field" {\n  for_each = var.fields\n  content {\n'
        "    name = prompt_field.value.name\n    type = prompt_field.value.type\n  }\n}"
    )
    + '\nvariable "fields" {\n  type = list(object({ name = string, type = string }))\n}\n',
    "dynamic prompt fields with an iterator": flow(
        'dynamic "prompt_field" {\n  for_each = ["a"]\n  iterator = it\n  content {\n'
        '    name = it.value\n    type = "string"\n  }\n}'
    ),
    "dynamic prompt fields without content": flow(
        'dynamic "prompt_field" {\n  for_each = ["a"]\n}'
    ),
    "dynamic of an unknown block": flow(
        'dynamic "prompt" {\n  for_each = ["a"]\n  content {\n    name = "a"\n  }\n}'
    ),
    "dynamic params": block(
        "sym_flow",
        RESOURCES["sym_flow"][0],
        '  dynamic "params" {\n    for_each = ["0f8fad5b-d9cb-469f-a165-70867728950e"]\n    content {\n'
        "      strategy_id = params.value\n    }\n  }\n",
    ),
    "dynamic params twice": block(
        "sym_flow",
        RESOURCES["sym_flow"][0],
        '  dynamic "params" {\n    for_each = ["s", "t"]\n    content {\n'
        "      strategy_id = params.value\n    }\n  }\n",
    ),
    "dynamic of an attribute": block(
        "sym_target",
        RESOURCES["sym_target"][0],
        '  dynamic "settings" {\n    for_each = ["s"]\n    content {\n      a = "b"\n    }\n  }\n',
    ),
    # resource types, data sources, provider
    "misspelled resource type": block("sym_flw", RESOURCES["sym_flow"][0]),
    "plural resource type": block("sym_flows", RESOURCES["sym_flow"][0]),
    "resource type that never was": block("sym_user", {"name": '"a"'}),
    "data source that is only a resource": 'data "sym_target" "this" {\n  name = "a"\n}\n',
    "data source that never was": 'data "sym_users" "this" {\n  name = "a"\n}\n',
    "data source": 'data "sym_environment" "main" {\n  name = "main"\n}\n',
    "data source without name": 'data "sym_environment" "main" {\n}\n',
    "data source with an unknown argument": 'data "sym_environment" "main" {\n  name = "main"\n  nam = "x"\n}\n',
    "data source with a wrong type": 'data "sym_environment" "main" {\n  name = []\n}\n',
    "alias": 'provider "sym" {\n  alias = "other"\n  org = "other"\n}\n'
    + block("sym_runtime", {"provider": "sym.other", "name": '"main"'}),
    "misspelled reference": block("sym_runtime", {"name": "sym_secret.missing.id"}),
}

for _name in BOOLS:
    for _value in ("true", '"true"', '"1"', "0", '"yes"', '"True"', "null", "[]", '"${false}"'):
        HAND_WRITTEN[f"{_name} = {_value}"] = flow(f"{_name} = {_value}")
for _name in FIELD_BOOLS:
    for _value in ("false", '"false"', '"no"', "1", "{}"):
        HAND_WRITTEN[f"prompt field {_name} = {_value}"] = field(f"{_name} = {_value}")
for _type in (*FIELD_TYPES, "list", "dropdown", "String", "number", ""):
    HAND_WRITTEN[f"prompt field type {_type}"] = field("", type_=f'"{_type}"')
HAND_WRITTEN["prompt field type through a local"] = (
    field("", type_="local.type") + '\nlocals {\n  type = "text"\n}\n'
)
HAND_WRITTEN["prompt field type unknown"] = (
    field("", type_="var.type") + '\nvariable "type" {\n  type = string\n}\n'
)
HAND_WRITTEN["prompt field type as number"] = field("", type_="1")
for _value in ('["slack"]', '"slack"', "[]", "null", '["email"]', '{ a = "slack" }', "[1]"):
    HAND_WRITTEN[f"allowed_sources = {_value}"] = flow(f"allowed_sources = {_value}")
for _value in (f'"{ID}"', "null", '""', '["s"]', '{ id = "s" }'):
    HAND_WRITTEN[f"strategy_id = {_value}"] = flow(f"strategy_id = {_value}")

STRICTER = {
    "id set": "the provider's own code refuses it, not its schema",
    "empty provider": "terraform plan asks for org",
    "targets of whole resources": "terraform plan refuses it",
    "targets of one id": "terraform plan refuses it",
    "whole resource for an id": "terraform plan refuses it",
}
"""Valid configurations, as far as ``terraform validate`` looks, that cannot be applied."""

REQUIRED_NULL = {
    f"{kind} with null for {name}": block(kind, {**required, name: "null"})
    for kind, (required, _) in RESOURCES.items()
    for name in list(required)[:1]
}
"""Null for a required argument: the provider's own code refuses it, not its schema."""

CASES = {**_systematic(), **HAND_WRITTEN}

_FLOW = block("sym_runtime", {"name": '"main"'})
WHOLE = {
    "no provider block": REQUIREMENT + _FLOW,
    "provider without org": REQUIREMENT + 'provider "sym" {\n  jwt_env_var = "X"\n}\n' + _FLOW,
    "empty provider": REQUIREMENT + 'provider "sym" {\n}\n' + _FLOW,
    "provider with an unknown argument": REQUIREMENT
    + 'provider "sym" {\n  org = "a"\n  token = "X"\n}\n'
    + _FLOW,
    "provider with a removed argument": REQUIREMENT
    + 'provider "sym" {\n  org = "a"\n  local_path = "X"\n}\n'
    + _FLOW,
    "provider with everything": REQUIREMENT
    + 'provider "sym" {\n  org = "a"\n  jwt_env_var = "X"\n}\n'
    + _FLOW,
    "provider with a list for org": REQUIREMENT + 'provider "sym" {\n  org = ["a"]\n}\n' + _FLOW,
    "provider with a number for org": REQUIREMENT + 'provider "sym" {\n  org = 1\n}\n' + _FLOW,
    "provider with a block": REQUIREMENT
    + 'provider "sym" {\n  org = "a"\n  auth {\n  }\n}\n'
    + _FLOW,
    "provider with org from a variable": REQUIREMENT
    + 'provider "sym" {\n  org = var.org\n}\nvariable "org" {\n  type = string\n}\n'
    + _FLOW,
}
