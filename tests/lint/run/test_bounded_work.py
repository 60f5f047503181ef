"""Configurations of a few hundred kilobytes that once took minutes or gigabytes: each ends soon."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support.configurations import write_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOST_SECONDS = 20
"""Of the processor, on a slow machine that has other work."""

MOST_MEGABYTES = 512
KILOBYTES = 1024 if sys.platform == "linux" else 1024**2
BESIDE = """
--- beside/main.tf
resource "sym_target" "beside" {
  type = "okta_gruop"
}
"""


def numbered(text: str, count: int) -> str:
    return "".join(text.replace("@", str(number)) for number in range(count))


def many_names_of_one_object() -> str:
    names, uses = numbered("  name_@ = 1\n", 20_000), numbered("  s@ = each.value.nmae_@\n", 9_000)
    return (
        f'resource "sym_target" "t" {{\n  for_each = {{ a = {{\n{names}}} }}\n  type = "okta_group"\n'
        f"  settings = {{\n{uses}}}\n}}\n"
    )


def problems_in_each_instance() -> str:
    keys = numbered('    k@ = { group_id = "x" }\n', 9_000)
    uses = numbered("  s@ = each.value.grop_id\n", 4_000)
    return (
        f'locals {{\n  m = {{\n{keys}}}\n}}\nresource "sym_target" "t" {{\n  for_each = local.m\n'
        f'  type = "okta_group"\n  settings = {{\n{uses}}}\n}}\n'
    )


def dynamic_blocks() -> str:
    block = (
        'dynamic "prompt_field" {\n  for_each = range(1000)\n  labels = [prompt_field.value]\n'
        '  content {\n    name = "a${prompt_field.value}"\n  }\n}\n'
    )
    return f'resource "sym_flow" "f" {{\n  params {{\n{block * 4_000}}}\n}}\n'


def nested_blocks_in_json() -> str:
    fields = ",".join(["{}"] * 250_000)
    return (
        '--- flow.tf.json\n{"resource": {"sym_flow": {"f": {"params": '
        f'{{"prompt_field": [{fields}]}}}}}}}}\n'
    )


def modules_with_much_in_them() -> str:
    calls = numbered('module "m@" {\n  source = "../leaf"\n}\n', 60)
    leaf = numbered('resource "sym_target" "t@" {\n  type = "okta_grup"\n}\n', 700)
    root = numbered('module "m@" {\n  source = "./middle"\n}\n', 60)
    return f"{root}--- middle/main.tf\n{calls}--- leaf/main.tf\n{leaf}"


def modules_with_many_variables() -> str:
    calls = numbered('module "m@" {\n  source = "./m"\n  nmae_@ = 1\n}\n', 9_000)
    return f"{calls}--- m/main.tf\n" + numbered('variable "name_@" {}\n', 15_000)


def outputs_that_are_not_there() -> str:
    uses = numbered("  use_@ = module.m.nmae_@\n", 15_000)
    outputs = numbered('output "name_@" {\n  value = 1\n}\n', 12_000)
    return f'module "m" {{\n  source = "./m"\n}}\nlocals {{\n{uses}}}\n--- m/main.tf\n{outputs}'


def connectors_that_trust_all_runtimes() -> str:
    runtime = (
        'module "rt@" {\n  source = "symopsio/runtime-connector/aws"\n  version = "~> 2.0"\n'
        '  environment = "e@"\n}\n'
    )
    connector = (
        'module "c@" {\n  source = "symopsio/iam-connector/aws"\n  version = "~> 2.0"\n'
        '  environment = "e@"\n  runtime_role_arns = local.all\n}\n'
    )
    roles = numbered("    module.rt@.sym_runtime_connector_role.arn,\n", 400)
    return f"{numbered(runtime, 400)}locals {{\n  all = [\n{roles}  ]\n}}\n{numbered(connector, 3_000)}"


def empty_blocks_in_json() -> str:
    blocks = ",".join(f'"a{number}": {{}}' for number in range(60_000))
    return f'--- main.tf.json\n{{"resource": {{"sym_secret": {{{blocks}}}}}}}\n'


def targets_that_are_off() -> str:
    target = (
        'resource "sym_target" "t@" {\n  count = var.c\n  type = "okta_group"\n  name = "x@"\n}\n'
    )
    return numbered(target, 9_000) + 'variable "c" {\n  default = 0\n}\n'


def settings_with_two_keys() -> str:
    target = (
        'resource "sym_target" "t@" {\n  type = "okta_group"\n  name = "t@"\n'
        '  settings = merge({ a = 1 }, { group_id = "${upper("x")}" })\n}\n'
    )
    return numbered(target, 6_000)


def parameters_as_a_map() -> str:
    fields = numbered('      { name = "a@", type = "string" },\n', 28_000)
    return (
        'resource "sym_flow" "f" {\n  params = {\n    prompt_fields_json = jsonencode([\n'
        f"{fields}    ])\n  }}\n}}\n"
    )


def comments_beside_many_modules() -> str:
    calls = numbered('module "m@" {\n  source = "./m"\n}\n', 9_000)
    target = 'resource "sym_target" "t" {\n  type = "okta_grup"\n}\n'
    return f"{calls}# symlint: ignore[SYM206] for a while\nlocals {{}}\n--- m/main.tf\n{target}"


def code_that_decides_by_target(ways: int = 1_000) -> str:
    target = (
        'resource "sym_target" "t@" {\n  type = "okta_group"\n  name = "t@"\n'
        '  settings = { group_id = "00g@" }\n}\n'
    )
    ids = numbered("    sym_target.t@.id,\n", 2_000)
    hook = numbered(
        '    if target.slug == "t@" and okta.is_user_in_group(event.user, group_id="g@"):\n'
        "        return ApprovalTemplate.approve()\n",
        ways,
    )
    return (
        f'{numbered(target, 2_000)}resource "sym_strategy" "s" {{\n  type = "okta"\n  name = "s"\n'
        f'  integration_id = "x"\n  targets = [\n{ids}  ]\n}}\nresource "sym_flow" "f" {{\n  name = "f"\n'
        '  implementation = file("impl.py")\n  params {\n    strategy_id = sym_strategy.s.id\n  }\n}\n'
        "--- impl.py\nfrom sym.sdk.annotations import hook, reducer\n"
        "from sym.sdk.integrations import okta\nfrom sym.sdk.templates import ApprovalTemplate\n\n"
        "@reducer\ndef get_approvers(event):\n    return None\n\n@hook\ndef on_request(event):\n"
        f'    target = event.payload.fields["target"]\n{hook}'
    )


_FLOW = """
resource "sym_flow" "f@" {
  name = "f@"
  implementation = file("impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"
  params {
    strategy_id = sym_strategy.s.id
  }
}
"""
_TARGET = """
resource "sym_target" "t@" {
  type = "okta_group"
  name = "t@"
  settings = { group_id = "00g@" }
}
"""


def granted_targets(number: int, bound: str = "") -> str:
    targets = numbered(_TARGET.replace("settings =", f"{bound}\n  settings ="), number)
    names = numbered("sym_target.t@.id, ", number)
    strategy = (
        'resource "sym_strategy" "s" {\n  type = "okta"\n  name = "s"\n'
        f'  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"\n  targets = [{names}]\n}}\n'
    )
    return f"{targets}{strategy}"


def flows_with_many_targets() -> str:
    bound = 'field_bindings = ["group_id"]'
    return f"{numbered(_FLOW, 2_000)}{granted_targets(2_000, bound)}"


def flows_with_the_same_code() -> str:
    helpers = numbered(
        "def h@(e):\n    if e.x[@]:\n        return g@(e)\n    return g@(e)\n", 2_000
    )
    code = f"from sym.sdk.annotations import hook\n@hook\ndef on_request(event):\n    h0(event)\n{helpers}"
    return f"{numbered(_FLOW, 500)}{granted_targets(1)}--- impl.py\n{code}"


def helpers_that_call_each_other() -> str:
    helpers = "".join(
        f"def h{number}(e):\n    if e.x[{number}]:\n        return h{number + 1}(e)\n"
        f"    return h{number + 1}(e)\n"
        for number in range(2_000)
    )
    code = f"from sym.sdk.annotations import hook\n@hook\ndef on_request(event):\n    h0(event)\n{helpers}"
    return f"{numbered(_FLOW, 20)}{granted_targets(1)}--- impl.py\n{code}"


def assertions_about_many_grants() -> str:
    assertion = '[[assert]]\nname = "a@"\nflows = { name = "f*" }\nexpect = { logged = true }\n'
    asserted = numbered(assertion, 3_000)
    return f"{numbered(_FLOW, 400)}{granted_targets(400)}--- symlint.toml\n{asserted}"


def assertions_with_many_patterns() -> str:
    patterns = numbered('"x@*y", ', 60_000)
    asserted = (
        f'[[assert]]\nname = "a"\nflows = {{ name = [{patterns}] }}\nexpect = {{ logged = true }}\n'
    )
    return f"{numbered(_FLOW, 1_000)}{granted_targets(1)}--- symlint.toml\n{asserted}"


INPUTS = (
    code_that_decides_by_target,
    flows_with_many_targets,
    flows_with_the_same_code,
    helpers_that_call_each_other,
    assertions_about_many_grants,
    assertions_with_many_patterns,
    many_names_of_one_object,
    problems_in_each_instance,
    dynamic_blocks,
    nested_blocks_in_json,
    modules_with_much_in_them,
    modules_with_many_variables,
    outputs_that_are_not_there,
    connectors_that_trust_all_runtimes,
    empty_blocks_in_json,
    targets_that_are_off,
    settings_with_two_keys,
    parameters_as_a_map,
    comments_beside_many_modules,
)


LIMITED = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[2]), int(sys.argv[2]) + 2))
from symlint.cli.main import main
try:
    main(sys.argv[3:])
finally:
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if sys.platform == "linux":
        # What ru_maxrss says is also of the process that started this one.
        [line] = [it for it in Path("/proc/self/status").open() if it.startswith("VmHWM")]
        resident = int(line.split()[1])
    Path(sys.argv[1]).write_text(str(resident), encoding="ascii")
"""


def run(directory: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A run in a process of its own, that must end in time and with little memory."""
    root, resident = directory / "root", directory / "resident"
    ended = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", LIMITED, resident, str(MOST_SECONDS), *command, "."],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        timeout=20 * MOST_SECONDS,
        check=False,
    )
    assert ended.returncode in (0, 1, 3), ended.stderr
    assert int(resident.read_text(encoding="ascii")) / KILOBYTES < MOST_MEGABYTES
    return ended


@pytest.mark.parametrize("make", INPUTS)
def test_no_input_is_too_much(tmp_path: Path, make: Callable[[], str]) -> None:
    write_files(tmp_path / "root", make() + BESIDE)
    assert "beside/main.tf" in run(tmp_path, "check").stdout


def test_no_trace_is_too_much(tmp_path: Path) -> None:
    outputs = numbered('output "o@" {\n  value = local.x\n}\n', 15_000)
    values = "locals {\n  x = { for i in range(300) : i => { a = i } }\n}\n"
    write_files(tmp_path / "root", f"{values}{outputs}")
    ended = run(tmp_path, "trace")
    assert ended.returncode == 3
    assert "there are too many values to show all of them" in ended.stdout


def test_no_answer_is_too_much(tmp_path: Path) -> None:
    targets = re.sub('"00g[0-9]+"', "local.group", granted_targets(1_200))
    group = 'locals {\n  group = "00g1"\n}\n'
    write_files(tmp_path / "root", f"{group}{numbered(_FLOW, 1_200)}{targets}--- impl.py\n")
    ended = run(tmp_path, "graph", "--reaches", "local.group")
    assert ended.returncode == 3
    assert "it grants too much to list all of it" in ended.stderr


def test_no_page_is_too_much(tmp_path: Path) -> None:
    write_files(tmp_path / "root", f"{numbered(_FLOW, 1_500)}{granted_targets(1)}--- impl.py\n")
    ended = run(tmp_path, "access", "--format", "html")
    assert ended.stdout.count('<section class="flow"') == 1_500


def test_no_graph_is_too_much(tmp_path: Path) -> None:
    write_files(tmp_path / "root", modules_with_much_in_them())
    ended = run(tmp_path, "graph")
    assert ended.returncode == 3
    assert "it calls too many modules" in ended.stderr


@pytest.mark.parametrize("ways", [60, 1_000])
def test_no_inventory_is_too_much(tmp_path: Path, ways: int) -> None:
    write_files(tmp_path / "root", code_that_decides_by_target(ways))
    ended = run(tmp_path, "access", "--format", "json")
    assert len(ended.stdout) < 50_000_000
    assert ended.stdout.count('"target": {') == 2_000
