"""What the schema of the provider says of blocks, before it is put in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.checking import configuration
from support.effort import lines_run
from support.transcript import compare_transcript
from support.writing import write

from symlint.sym.provider.schema import check_schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from symlint.sym.provider.schema_problems import SchemaProblem

REQUIRED = """
variable "unset" {{}}

terraform {{
  required_providers {{
    sym = {{
      source  = "symopsio/sym"
      version = "{0}"
    }}
  }}
}}
"""
FLOW = """
resource "sym_flow" "x" {{
  name           = "x"
  environment_id = "e"
  implementation = file("impl.py")
  {0}
}}
"""
IN_PARAMS = FLOW.replace("{0}", "params {{\n{0}\n}}")
FIELD = 'prompt_field {{\n  name = "a"\n  type = {0}\n}}\n'
TARGET = """
resource "sym_target" "{0}" {{
  type = "okta_group"
  name = "x"
  {1}
}}
"""
DYNAMIC = 'dynamic "prompt_field" {{\n  {0}\n  {1}\n}}\n'
CONTENT = 'content {\n  name = "a"\n  type = "string"\n}'

CASES = {
    "nothing is wrong": IN_PARAMS.format(FIELD.format('"string"')),
    "meta-arguments at the top": FLOW.format(
        "count = 1\nparams {\n}\nlifecycle {\n}\ndepends_on = []\nnothing = 1"
    ),
    "meta-arguments are none in a nested block": IN_PARAMS.format("count = 1\nstrategy = 2"),
    "an argument that belongs to another block": FLOW.format(
        'strategy_id = "x"\nnothing = 1\nparams {\n  vars = {}\n  allow_revok = true\n}'
    ),
    "dynamic blocks": IN_PARAMS.format(
        'dynamic "other" {\n}\n'
        + DYNAMIC.format("", "")
        + DYNAMIC.format("for_each = []", "")
        + DYNAMIC.format("", CONTENT)
        + DYNAMIC.format("for_each = [1]", CONTENT)
    ),
    "labels, and too many blocks": FLOW.format('params "a" "b" {\n}\nparams {\n}\nparams {\n}'),
    "too many blocks, of which one is dynamic": FLOW.format(
        'params {\n}\ndynamic "params" {\n  for_each = [1]\n  content {\n  }\n}'
    ),
    "perhaps too many blocks": FLOW.format(
        'params {\n}\ndynamic "params" {\n  for_each = var.unset\n  content {\n  }\n}'
    ),
    "what is required": 'resource "sym_flow" "x" {\n  name = null\n  nam = "x"\n  count = 1\n}\n',
    "what is required and may be hidden": 'resource "sym_flow" "x" {\n  name = null\n  a = [\n}\n',
    "forms": TARGET.format("x", "settings {\n}") + FLOW.format("params = {}"),
    "types": 'resource "sym_target" "x" {\n  type = ["okta"]\n  name = 1\n'
    '  settings = { a = "1", b = [1] }\n  field_bindings = ["a", {}]\n}\n'
    + TARGET.format("y", "field_bindings = var.unset\nlabel = var.unset"),
    "instances, of which there may be none": TARGET.format("x", "count = 2\na = 1")
    + TARGET.format("y", "count = 0\nb = 1")
    + TARGET.format("z", "for_each = var.unset\nc = 1")
    + 'resource "aws_target" "z" {\n  c = 1\n}\n',
    "types of resources": 'resource "sym_flow_" "x" {\n}\n'
    'resource "syn_flow" "x" {\n}\n'
    'data "sym_flow" "x" {\n}\n'
    'resource "sin_flow" "x" {\n}\n'
    'resource "saw_flow" "x" {\n}\n'
    'resource "syn_x" "x" {\n}\n'
    'resource "syn_flow" "y" {\n  provider = other\n}\n',
    "data sources": 'data "sym_integration" "x" {\n  type = "okta"\n  label = 1\n}\n',
    "provider blocks": 'provider "sym" {\n  alias = "a"\n  version = "3.6.0"\n  orga = "x"\n}\n'
    'provider "aws" {\n  orga = "x"\n}\n',
    "a path where code is wanted": FLOW.replace('file("impl.py")', '"impl.py"').format(
        "params {\n}"
    ),
    "code that is read by a template": FLOW.replace("file(", "templatefile(").format("params {\n}"),
    "code in place": FLOW.replace('file("impl.py")', '"a\\nb"').format("params {\n}"),
    "code that is not known": FLOW.replace('file("impl.py")', "var.unset").format("params {\n}"),
    "json": "# json\n",
    "types of prompt fields": IN_PARAMS.format(
        "".join(FIELD.format(it) for it in ('"list"', '"nothing"', "3", "var.unset", '"int"'))
    ),
}

JSON = """\
{
  "resource": {
    "sym_flow": {
      "json": {
        "//": "a comment",
        "name": "x",
        "environment_id": "e",
        "implementation": "a\\nb",
        "dynamic": {"other": {}},
        "params": {"prompt_field": [{"name": "a", "type": "string"}, {"type": "bool"}]}
      }
    },
    "sym_target": {"json": {"type": "okta_group", "name": "x", "settings": [{"group_id": "x"}]}}
  }
}
"""
VERSIONS = (
    *("0.4.0", "1.13.0", "2.1.0", "3.2.0", "3.6.0"),
    *(">= 2.1.0", ">= 1.9.0, < 4", ">= 3.2", "< 0.2", "99.0.0", "x"),
)
MANY = """
resource "sym_flow" "x" {
  name           = "x"
  environment_id = "e"
  implementation = "x.py"
  params {
    prompt_field {
      name    = "a"
      type    = "str_list"
      visible = true
    }
  }
}
resource "sym_flow" "y" {
  name           = "y"
  environment_id = "e"
  implementation = "a\\nb"
  params         = {}
}
resource "sym_flows_filter" "x" {
  implementation = "x.py"
}
resource "sym_target" "x" {
  type           = "okta_group"
  name           = "x"
  field_bindings = []
}
provider "sym" {
  org         = "x"
  jwt_env_var = "X"
  local_path  = "y"
}
"""
MAPS = (
    '{ strategy_id = "x" }',
    "var.unset",
    '{ strategy = "x", allow_revoke = "no", allow_guest_interaction = 7 }',
    '{ schedule_deescalation = "no", allow_revoke = var.unset, additional_header_text = "no" }',
    '{ allow_revoke = true, schedule_deescalation = "T" }',
    '{ prompt_fields_json = "{}" }',
    '{ prompt_fields_json = "[" }',
    "{ prompt_fields_json = var.unset }",
    '{ prompt_fields_json = jsonencode([1, { name = "a" }, { type = "int", visible = true }]) }',
)


def said(directory: Path, text: str, version: str = "3.6.0") -> str:
    """Every problem, every undecided question, and how many blocks were looked at."""
    files = {"main.tf": REQUIRED.format(version) + text, "impl.py": "x"}
    sym = configuration(
        write(directory, files | ({"more.tf.json": JSON} if "json" in text else {}))
    )
    report = check_schema(sym)
    lines = [" ".join(facts(it)) for it in report.problems]
    lines += [
        f"undecided {it.kind} `{it.range.text}` {it.question} {it.reason}"
        for it in report.undecided
    ]
    return "\n".join(f"  {line}" for line in (*lines, f"{report.blocks} blocks"))


def facts(problem: SchemaProblem) -> Iterator[str]:
    yield f"{problem.kind} {problem.place.address} {problem.attribute} {problem.written}"
    yield f"line {problem.range.line} `{problem.range.text}`"
    if problem.detail:
        yield f"({problem.detail})"
    if problem.candidates:
        yield f"candidates {', '.join(problem.candidates)}"
    if problem.use is not None:
        yield f"used at line {problem.use.line} `{problem.use.text}`"
    if problem.part:
        yield f"part {problem.part}"
    if problem.is_removed:
        yield "removed"
    if problem.tolerated:
        yield "tolerated"


def test_snapshot_of_problems(tmp_path: Path) -> None:
    cases = {name: said(tmp_path, text) for name, text in CASES.items()}
    versions = {version: said(tmp_path, MANY, version) for version in VERSIONS}
    maps = {}
    for version in ("1.7.0", "1.14.1"):
        for params in MAPS:
            text = FLOW.format(f"template = 1\n  params = {params}")
            maps[f"{params} of {version}"] = said(tmp_path, text, version)
    compare_transcript(__file__, cases, versions, maps)


def test_what_many_blocks_have_alike_is_counted_for_each(tmp_path: Path) -> None:
    names = "".join(f'    v{number} = "x"\n' for number in range(500))
    flows = "".join(
        f'resource "sym_flow" "f{number}" {{\n  name = "f"\n  vars = local.v\n}}\n'
        for number in range(20)
    )
    reads = "".join(f"  r{number} = sym_flow.f0.vars\n" for number in range(20))
    text = f"{REQUIRED.format('>= 3.0')}locals {{\n  v = {{\n{names}  }}\n{reads}}}\n{flows}"
    write(tmp_path, {"main.tf": text})
    sym = configuration(tmp_path)
    budget = sym.terraform.budget
    sym.terraform.root.local("v")
    before = budget.remaining
    lines = lines_run(lambda: check_schema(sym))
    assert lines < 2 * (before - budget.remaining)
    before = budget.remaining
    lines = lines_run(lambda: [sym.terraform.root.local(f"r{number}") for number in range(20)])
    assert lines < 2 * (before - budget.remaining)


def test_problems_are_counted(tmp_path: Path) -> None:
    text = f"{REQUIRED.format('>= 3.0')}{FLOW.format('a = 1' + chr(10) + 'b = 2')}"
    write(tmp_path, {"main.tf": text})
    budget = configuration(tmp_path).terraform.budget
    before, found = budget.remaining, []
    for steps in range(0, 2_000, 20):
        sym = configuration(tmp_path)
        sym.terraform.budget.remaining = steps
        found.append(len(check_schema(sym).problems))
    assert before > 2_000
    assert set(found) >= {0, 1, 2}
    assert found == sorted(found)
