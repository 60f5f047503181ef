"""Which of several places a finding names: the one where the author chose the wrong thing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.checking import findings

from symlint.lint.registry import load_rules

if TYPE_CHECKING:
    from symlint.lint.finding import Finding

FIXTURES = Path(__file__).parents[1] / "fixtures"
RULES = tuple(load_rules())


def changed(directory: Path, fixture: str, *edits: tuple[str, str, str]) -> list[Finding]:
    """What all rules find in a copy of a fixture, after replacements in its files."""
    root = directory / "root"
    shutil.copytree(FIXTURES / fixture, root)
    for name, old, new in edits:
        text = (root / name).read_text(encoding="utf-8") if (root / name).exists() else ""
        assert old in text
        (root / name).write_text(text.replace(old, new, 1) if old else new, encoding="utf-8")
    leaf = root / "environments" / "prod"
    return findings(leaf if leaf.is_dir() else root, RULES)


def places(found: list[Finding]) -> set[tuple[str, str, str]]:
    return {(it.code, it.range.path.rpartition("/root/")[2], it.range.text) for it in found}


FLOW = "modules/iam-flow/main.tf"
RUNTIME = "modules/sym-runtime/main.tf"


def test_an_attribute_that_is_taken_of_a_whole_resource_far_away(tmp_path: Path) -> None:
    found = changed(tmp_path, "quickstart", (FLOW, "sym_environment.id", "sym_environment.name"))
    assert places(found) == {("SYM112", FLOW, "var.sym_environment.name")}


def test_a_whole_resource_of_the_wrong_kind_that_is_passed_on(tmp_path: Path) -> None:
    found = changed(
        tmp_path,
        "quickstart",
        (RUNTIME, "value = sym_environment.this", "value = sym_runtime.this"),
    )
    assert places(found) == {("SYM112", RUNTIME, "sym_runtime.this")}


def test_one_arn_that_is_taken_of_an_object(tmp_path: Path) -> None:
    edit = (FLOW, "[var.runtime_settings.role_arn]", "var.runtime_settings.role_arn")
    found = changed(tmp_path, "quickstart", edit)
    assert places(found) == {("SYM303", FLOW, "var.runtime_settings.role_arn")}
    (finding,) = found
    assert finding.fix is not None
    assert finding.fix.edits[0].replacement == "[var.runtime_settings.role_arn]"


def test_a_tag_that_a_module_forgets_is_not_its_callers(tmp_path: Path) -> None:
    found = changed(
        tmp_path,
        "quickstart",
        (RUNTIME, 'merge({ "SymEnv" = var.runtime_name }, var.tags)', "var.tags"),
        (
            "environments/prod/main.tf",
            "slack_workspace_id = var",
            'tags = { a = "b" }\n  slack_workspace_id = var',
        ),
        (
            RUNTIME,
            'output "environment"',
            """
resource "sym_secret" "shared" {
  source_id = sym_secrets.this.id
  path      = aws_secretsmanager_secret.shared.name
}

output "environment\"""",
        ),
    )
    assert ("SYM507", RUNTIME, "var.tags") in places(found)


def test_a_connector_of_a_flow_whose_context_has_lost_its_settings(tmp_path: Path) -> None:
    edit = (FLOW, "  settings    = module.iam_connector.settings\n", "")
    found = changed(tmp_path, "quickstart", edit)
    assert {it.code for it in found} == {"SYM311"}


ARN = "arn = module.database_function.lambda_function_arn"
SECOND = f'label = "Read and write"\n\n  settings = {{\n    {ARN}'


def test_one_target_with_the_function_of_another_connector(tmp_path: Path) -> None:
    edit = ("database.tf", SECOND, SECOND.replace("database", "notify"))
    found = changed(tmp_path, "lambda", edit)
    assert places(found) == {
        ("SYM214", "database.tf", "module.notify_function.lambda_function_arn")
    }


def test_a_strategy_that_works_through_another_connector(tmp_path: Path) -> None:
    edit = ("database.tf", "sym_integration.database.id", "sym_integration.notify.id")
    found = changed(tmp_path, "lambda", edit)
    assert [it.attribute for it in found if it.code == "SYM214"] == ["integration_id"]
    assert ("SYM214", "database.tf", "sym_integration.notify.id") in places(found)


@pytest.mark.parametrize("fallback", ["null", '""'])
def test_an_id_that_falls_back_to_nothing(tmp_path: Path, fallback: str) -> None:
    runtime, context = "module.runtime_connector.sym_runtime.id", "sym_integration.iam.id"
    found = changed(
        tmp_path,
        "aws_iam",
        ("environment.tf", runtime, f"try({runtime}, {fallback})"),
        ("flow.tf", context, f"var.granted ? {context} : {fallback}"),
        ("variables.tf", "", 'variable "granted" {\n  type = bool\n}\n'),
    )
    assert found == []


def test_an_id_that_is_nothing_either_way(tmp_path: Path) -> None:
    edit = ("flow.tf", "sym_integration.iam.id", 'var.granted ? null : ""')
    declared = ("variables.tf", "", 'variable "granted" {\n  type = bool\n}\n')
    assert "SYM203" in {it.code for it in changed(tmp_path, "aws_iam", edit, declared)}


def test_another_part_of_an_object(tmp_path: Path) -> None:
    declared = 'variable "shared" {\n  default = {\n    path = "main/okta"\n  }\n}\n'
    found = changed(
        tmp_path,
        "okta",
        ("main.tf", "source_id = sym_secrets.this.id", "source_id = var.shared.path"),
        ("variables.tf", "", declared),
    )
    assert ("SYM112", "main.tf", "var.shared.path") in places(found)


def test_whole_targets_that_a_for_passes_on(tmp_path: Path) -> None:
    targets = "[for target in sym_target.groups : target.id]"
    edit = ("main.tf", targets, targets.replace(".id", ""))
    (finding,) = changed(tmp_path, "okta", edit)
    assert (finding.code, finding.range.text.partition(" ")[0]) == ("SYM201", "[for")


@pytest.mark.parametrize("path", ["sym/", "/sym", "", "//"])
def test_a_path_of_groups_that_the_module_refuses(tmp_path: Path, path: str) -> None:
    edit = ("environments/prod/terraform.tfvars", "/sym/", path)
    found = changed(tmp_path, "quickstart", edit)
    assert places(found) == {("SYM213", "environments/prod/terraform.tfvars", f'"{path}"')}


@pytest.mark.parametrize("path", ["/", "/sym/", "/sym/*/", "/a/b/"])
def test_paths_of_groups_that_the_module_accepts(tmp_path: Path, path: str) -> None:
    edit = ("environments/prod/terraform.tfvars", "/sym/", path)
    assert changed(tmp_path, "quickstart", edit) == []


KEYS = {
    "in a local that is merged": (
        "merge(local.more, {})",
        'locals {\n  more = {\n    slac_id = sym_integration.slack.id # here\n    pager = "a" # here\n  }\n}\n',
    ),
    "in an argument of merge": (
        'merge(\n    { okta_id = "a" },\n    { slac_id = sym_integration.slack.id }, # here\n  )',
        "",
    ),
    "in a local that a for passes on": (
        "{ for key, id in local.more : key => id }",
        "locals {\n  more = {\n    slac_id = sym_integration.slack.id # here\n  }\n}\n",
    ),
    "under another key before": (
        "merge({}, { slac_id = local.ids.slack_id }) # here",
        "locals {\n  ids = {\n    slack_id = sym_integration.slack.id\n  }\n}\n",
    ),
    "in the defaults of a variable": (
        "merge(var.more, {})",
        'variable "more" {\n  default = {\n    pager = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11" # here\n  }\n}\n',
    ),
    "right": (
        "merge(local.more, { slack_id = sym_integration.slack.id })",
        'locals {\n  more = { mine_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11" }\n}\n',
    ),
}


@pytest.mark.parametrize("name", KEYS)
@pytest.mark.parametrize("filter_", [False, True])
def test_each_wrong_key_of_a_computed_map(tmp_path: Path, name: str, filter_: bool) -> None:
    value, declared = KEYS[name]
    block = 'sym_environment" "main" {\n  name = "main"'
    if filter_:
        block = 'sym_flows_filter" "main" {\n  implementation = file("impl.py")'
    text = (
        'resource "sym_integration" "slack" {\n  type        = "slack"\n  name        = "slack"\n'
        '  external_id = "T0ORCHARD1"\n}\n'
        f'resource "{block}\n  integrations = {value}\n}}\n{declared}'
    )
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    (tmp_path / "impl.py").write_text("", encoding="utf-8")
    found = [it for it in findings(tmp_path, RULES) if it.code == "SYM502"]
    lines = [index for index, line in enumerate(text.splitlines(), 1) if line.endswith("# here")]
    assert [it.range.line for it in found] == lines
    assert all(it.range.text in ("slac_id", "pager") for it in found)


@pytest.mark.parametrize("template", ["main-${name}", "%{ for it in [name] }${it}-b%{ endfor }"])
def test_a_text_of_a_template_file_is_placed_at_the_call(tmp_path: Path, template: str) -> None:
    call = 'templatefile("${path.module}/id.tpl", { name = "iam" })'
    found = changed(
        tmp_path,
        "aws_iam",
        ("flow.tf", "strategy_id = sym_strategy.iam.id", f"strategy_id = {call}"),
        ("id.tpl", "", template),
    )
    assert ("SYM401", "flow.tf", call) in places(found)
    (label,) = [it.label for it in found if it.code == "SYM401"]
    assert label in ('"main-iam": not an id', '"iam-b": not an id')


CONNECTED = """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
}

module "iam_connector" {
  source  = "symopsio/iam-connector/aws"
  version = "~> 2.0"

  environment       = "main"
  runtime_role_arns = %s # use
}
"""
INSTANCE = '"arn:aws:sso:::instance/ssoins-1234567890abcdef"'
MISUSED = {
    "a list of names that makes roles": (
        CONNECTED % "local.names",
        'locals {\n  names = ["SymRuntimeMain"] # origin\n}\n'
        'resource "aws_iam_role" "made" {\n  for_each = toset(local.names)\n  name = each.key\n}\n',
    ),
    "an object of which the name is taken": (
        CONNECTED % "[local.role.name]",
        'locals {\n  role = {\n    name = "SymRuntimeMain" # origin\n'
        '    arn = "arn:aws:iam::111122223333:role/sym/SymRuntimeMain"\n  }\n}\n',
    ),
    "a list that a module passes on": (
        'variable "roles" {}\n' + CONNECTED.replace(" # use", "") % "var.roles",
        "",
    ),
    "an ARN that others are right to use": (
        'module "sso_connector" {\n  source  = "symopsio/sso-connector/aws"\n  version = "~> 2.0"\n\n'
        '  environment       = "main"\n'
        '  runtime_role_arns = ["arn:aws:iam::111122223333:role/sym/SymRuntimeMain"]\n}\n'
        'resource "sym_integration" "sso" {\n  type        = "permission_context"\n'
        '  name        = "sso"\n  external_id = local.instance # use\n'
        "  settings    = module.sso_connector.settings\n}\n",
        f"locals {{\n  instance = {INSTANCE} # origin\n}}\n"
        'resource "sym_strategy" "sso" {\n  type = "aws_sso"\n  name = "sso"\n  targets = []\n'
        "  integration_id = sym_integration.sso.id\n"
        "  settings = {\n    instance_arn = local.instance\n  }\n}\n",
    ),
    "an element of a set": (
        'resource "sym_flow" "each" {\n  for_each       = toset(["main", "other"]) # origin\n'
        '  name           = each.key\n  implementation = file("impl.py")\n'
        "  environment_id = each.value # use\n}\n",
        "",
    ),
    "a key of a map": (
        'resource "sym_flow" "each" {\n  for_each       = { main = "a" } # origin\n'
        '  name           = each.key\n  implementation = file("impl.py")\n'
        "  environment_id = each.key # use\n}\n",
        "",
    ),
    "only used wrongly": (CONNECTED.replace(" # use", "") % "local.roles", ""),
}
MISUSED["only used wrongly"] = (
    CONNECTED.replace(" # use", " # origin") % "local.roles",
    'locals {\n  roles = ["SymRuntimeMain"] # use\n}\n',
)
CALL = 'module "inner" {\n  source = "./inner"\n  roles  = local.names # use\n}\n'


@pytest.mark.parametrize("name", MISUSED)
def test_a_right_text_in_the_wrong_place_is_the_fault_of_its_use(tmp_path: Path, name: str) -> None:
    text, others = MISUSED[name]
    files = {"main.tf": text, "others.tf": others, "impl.py": ""}
    if name == "a list that a module passes on":
        made = MISUSED["a list of names that makes roles"][1]
        files = {"main.tf": CALL, "others.tf": made, "inner/main.tf": text}
        (tmp_path / "inner").mkdir()
    for path, content in files.items():
        (tmp_path / path).write_text(content, encoding="utf-8")
    codes = {"SYM303", "SYM302", "SYM112"}
    (finding, *more) = [it for it in findings(tmp_path, RULES) if it.code in codes]
    marked = {
        mark: (path, index)
        for path, content in files.items()
        for index, line in enumerate(content.splitlines(), 1)
        for mark in ("use", "origin")
        if line.endswith(f"# {mark}")
    }
    place = (Path(finding.range.path).relative_to(tmp_path).as_posix(), finding.range.line)
    assert place == marked["use"]
    assert {it.range.line for it in more} <= {finding.range.line}
    related = [(it.range.path.rpartition("/")[2], it.range.line) for it in finding.related]
    assert marked["origin"] in related
