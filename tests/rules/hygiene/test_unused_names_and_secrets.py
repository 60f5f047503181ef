"""SYM920 to SYM924: what is left over, names, secrets in plain text, and placeholders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import findings
from support.mistakes import Mistake, changed, check
from support.transcript import compare_transcript, transcripts_of_mistakes
from support.writing import base, base_text, write

from symlint.rules.hygiene.duplicate_name import DuplicateName
from symlint.rules.hygiene.literal_secret import LiteralSecret
from symlint.rules.hygiene.placeholder_value import PlaceholderValue
from symlint.rules.hygiene.resource_name import ResourceName
from symlint.rules.hygiene.unused_resource import UnusedResource

if TYPE_CHECKING:
    from pathlib import Path

TARGET = 'resource "sym_target" "writer" {\n  type = "aws_iam_group"\n  name = '
STRATEGY = '  type           = "aws_iam"\n  name           = '
FLOW = 'resource "sym_flow" "approval" {\n  name           = '
SECRET = "  datadog_access_key = "

MISTAKES = {
    "spaces in a name": Mistake.of(
        "access",
        TARGET,
        '"log-writer"',
        '"log writer"',
        "SYM921",
        'the name "log writer" contains spaces',
    ),
    "a dot in a name": Mistake.of(
        "access",
        STRATEGY,
        '"main-iam"',
        '"main.iam"',
        "SYM921",
        'the name "main.iam" contains characters such as .',
    ),
    "a long name": Mistake.of(
        "access",
        TARGET,
        '"log-writer"',
        f'"{"x" * 56}"',
        "SYM921",
        "the name of the target has 56 characters; at most 55 are allowed",
        "warning",
    ),
    "a name of two flows": Mistake.of(
        "access",
        FLOW,
        '"approval"',
        '"Access"',
        "SYM922",
        'another flow has the name "Access"',
    ),
    "a name of two targets": Mistake.of(
        "access",
        TARGET,
        '"log-writer"',
        '"log-reader"',
        "SYM922",
        'another target of type aws_iam_group has the name "log-reader"',
    ),
    "a key in plain text": Mistake.of(
        "access",
        SECRET,
        "var.datadog_access_key",
        '"0123456789abcdef"',
        "SYM923",
        "datadog_access_key is a secret in plain text",
        "warning",
    ),
    "a token": Mistake.of(
        "access",
        "    approvers_channel = ",
        '"#access-requests"',
        '"xoxb-000000000000-abcdefabcdef"',
        "SYM923",
        "vars.approvers_channel is a secret in plain text",
        "warning",
    ),
    "a placeholder": Mistake.of(
        "access",
        '  name        = "main-slack"\n  external_id = ',
        '"T0ORCHARD1"',
        '"CHANGEME"',
        "SYM924",
        'external_id is still the placeholder "CHANGEME"',
        "warning",
    ),
}


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("name", "placement"),
    [(name, placement) for name, it in MISTAKES.items() for placement in it.placements],
)
def test_a_mistake_is_found_where_it_is_written(tmp_path: Path, name: str, placement: str) -> None:
    check(tmp_path, MISTAKES[name], placement)


# --- unused ---

UNUSED = {
    "target": (", sym_target.writer.id]", "]", 'resource "sym_target" "writer"'),
    "log destination": (
        "[sym_log_destination.datadog.id]",
        "[]",
        'resource "sym_log_destination" "datadog"',
    ),
    "secret": (
        "sym_secret.pagerduty.id",
        '"0f8fad5b-d9cb-469f-a165-70867728950e"',
        'resource "sym_secret" "pagerduty"',
    ),
    "integration": (
        "    pagerduty_id = sym_integration.pagerduty.id\n",
        "",
        'resource "sym_integration" "pagerduty"',
    ),
    "error logger": (
        "= sym_error_logger.slack.id",
        '= "0f8fad5b-d9cb-469f-a165-70867728950e"',
        'resource "sym_error_logger" "slack"',
    ),
}


@pytest.mark.parametrize("module", [False, True])
@pytest.mark.parametrize("name", UNUSED)
def test_what_nothing_uses(tmp_path: Path, name: str, module: bool) -> None:
    old, new, header = UNUSED[name]
    found = changed(tmp_path, "access", (old, new), module=module)
    assert [(it.severity, it.range.text) for it in found if it.code == "SYM920"] == [
        ("note", header)
    ]


def test_an_unused_target_is_offered_to_the_strategy(tmp_path: Path) -> None:
    (found,) = changed(tmp_path, "access", (", sym_target.writer.id]", "]"))
    assert found.help == (
        "add sym_target.writer.id to the targets of sym_strategy.iam, or remove the target"
    )


READ = {
    "an output of the root": 'output "target" {\n  value = sym_target.writer.id\n}\n',
    "another resource": 'resource "terraform_data" "x" {\n  input = sym_target.writer\n}\n',
    "an unknown module": 'module "x" {\n  source = "example/x/aws"\n  id = sym_target.writer.id\n}\n',
    "a data source by its name": 'data "sym_target" "writer" {\n  name = "log-writer"\n}\n',
    "a syntax error": "resource {\n",
}


@pytest.mark.parametrize("name", READ)
def test_what_may_be_used_elsewhere(tmp_path: Path, name: str) -> None:
    text = base_text("access").replace(", sym_target.writer.id]", "]") + READ[name]
    root = write(tmp_path, {**base("access"), "main.tf": text, "versions.tf": ""})
    assert findings(root, (UnusedResource,)) == []


def test_a_configuration_without_flows_is_a_part_of_something(tmp_path: Path) -> None:
    text = base_text("access").replace(", sym_target.writer.id]", "]")
    text = text[: text.index('resource "sym_flow"')]
    assert findings(write(tmp_path, {"main.tf": text}), (UnusedResource,)) == []


# --- names ---


def test_the_odd_one_of_two_names_is_blamed(tmp_path: Path) -> None:
    old = 'resource "sym_target" "reader" {\n  type = "aws_iam_group"\n  name = "log-reader"'
    new = old.replace("log-reader", "log-writer")
    (found,) = changed(tmp_path, "access", (old, new))
    assert (found.code, found.address) == ("SYM922", "sym_target.reader")
    assert found.related[0].range.text == '"log-writer"'


def test_one_local_for_two_names(tmp_path: Path) -> None:
    first = (
        '  type = "aws_iam_group"\n  name = "log-reader"',
        '  type = "aws_iam_group"\n  name = local.environment_name',
    )
    second = (TARGET + '"log-writer"', TARGET + "local.environment_name")
    (found,) = changed(tmp_path, "access", first, second)
    assert (found.code, found.range.text) == ("SYM922", "local.environment_name")


def targets(name: str, for_each: str = '["a", "b"]') -> str:
    return (
        f'resource "sym_target" "many" {{\n  for_each = toset({for_each})\n'
        f'  type     = "okta_group"\n  name     = {name}\n}}\n'
    )


def duplicates(directory: Path, main: str, **modules: str) -> list[str]:
    files = {"main.tf": main, **{f"{name}/main.tf": text for name, text in modules.items()}}
    found = findings(write(directory, files), (DuplicateName,))
    return [it.label for it in found]


def test_instances_of_one_block(tmp_path: Path) -> None:
    assert duplicates(tmp_path / "1", targets('"all"')) == ["the same for every instance"]
    assert duplicates(tmp_path / "2", targets("each.key")) == []
    assert duplicates(tmp_path / "3", targets('"all"', '["a"]')) == []
    unknown = 'variable "keys" {\n  type = list(string)\n}\n'
    assert duplicates(tmp_path / "4", targets('"all"', "var.keys") + unknown) == []


def test_instances_of_one_module(tmp_path: Path) -> None:
    call = 'module "team" {\n  for_each = toset(["a", "b"])\n  source = "./team"\n  name = %s\n}\n'
    target = 'variable "name" {}\nresource "sym_target" "x" {\n  type = "custom"\n  name = %s\n}\n'
    assert duplicates(tmp_path / "1", call % "each.key", team=target % "var.name") == []
    assert duplicates(tmp_path / "2", call % "each.key", team=target % '"x"') == [
        "the same for every instance"
    ]


def test_providers_of_two_organizations(tmp_path: Path) -> None:
    providers = (
        'provider "sym" {\n  org = "a"\n}\nprovider "sym" {\n  alias = "b"\n  org = "b"\n}\n'
    )
    runtime = 'resource "sym_runtime" "%s" {\n  name = "main"\n%s}\n'
    other = runtime % ("two", "  provider = sym.b\n")
    assert duplicates(tmp_path / "1", providers + runtime % ("one", "") + other) == []
    assert duplicates(tmp_path / "2", providers + other + other.replace('"two"', '"three"')) != []
    call = 'module "m" {\n  source = "./m"\n  providers = {\n    sym = sym.%s\n  }\n}\n'
    inside = runtime % ("one", "")
    assert (
        duplicates(tmp_path / "3", providers + runtime % ("one", "") + call % "b", m=inside) == []
    )
    assert duplicates(tmp_path / "4", providers + other + call % "b", m=inside) == ["already used"]


def test_a_provider_that_is_not_known_hides_no_other(tmp_path: Path) -> None:
    runtime = 'resource "sym_runtime" "%s" {\n  name = "main"\n%s}\n'
    inside = runtime % ("unknown", "  provider = sym.nobody\n")
    main = 'module "a" {\n  source = "./m"\n}\n' + runtime % ("one", "") + runtime % ("two", "")
    assert duplicates(tmp_path, main, m=inside) == ["already used"]
    later = inside + runtime % ("one", "") + runtime % ("two", "")
    assert duplicates(tmp_path / "inside", 'module "a" {\n  source = "./m"\n}\n', m=later) == [
        "already used"
    ]


def test_a_name_that_is_empty_by_default_hides_no_other(tmp_path: Path) -> None:
    main = 'variable "name" {\n  default = ""\n}\n' + "".join(
        f'resource "sym_runtime" "{index}" {{\n  name = {name}\n}}\n'
        for index, name in enumerate(("var.name", '"two words"', '""'))
    )
    found = findings(write(tmp_path, {"main.tf": main}), (ResourceName,))
    assert [it.range.text for it in found] == ['"two words"', '""']


def test_names_of_other_kinds_and_types(tmp_path: Path) -> None:
    main = "".join(
        f'resource "{kind}" "{index}" {{\n  type = "{type_}"\n  name = "main"\n}}\n'
        for index, (kind, type_) in enumerate(
            [
                ("sym_target", "okta_group"),
                ("sym_target", "github_repo"),
                ("sym_strategy", "okta"),
                ("sym_flow", ""),
                ("sym_environment", ""),
            ]
        )
    )
    assert duplicates(tmp_path, main) == []


def test_two_log_destinations_with_one_stream(tmp_path: Path) -> None:
    main = "".join(
        f'resource "sym_log_destination" "{name}" {{\n  type = "segment"\n'
        '  settings = {\n    stream_name = "main"\n  }\n}\n'
        for name in "ab"
    )
    (found,) = findings(write(tmp_path, {"main.tf": main}), (DuplicateName,))
    assert (found.severity, found.range.text, found.range.line) == ("warning", '"main"', 10)


def test_a_name_with_spaces_can_be_repaired(tmp_path: Path) -> None:
    (found,) = changed(tmp_path, "access", (TARGET + '"log-writer"', TARGET + '"Log (writer)"'))
    assert found.fix is not None
    assert found.fix.edits[0].replacement == '"log-writer"'


def test_a_name_that_is_right_for_another_resource(tmp_path: Path) -> None:
    group = 'resource "aws_iam_group" "team" {\n  name = "team@orchard"\n  path = "/sym/"\n}\n'
    new = TARGET + "aws_iam_group.team.name"
    (found,) = changed(tmp_path, "access", (TARGET + '"log-writer"', new), extra=group)
    assert (found.code, found.range.text) == ("SYM921", "aws_iam_group.team.name")


# --- secrets ---


def test_what_a_variable_file_holds_need_not_be_committed(tmp_path: Path) -> None:
    files = base("access")
    files["secrets.auto.tfvars"] = 'datadog_access_key = "0123456789abcdef"\n'
    main = files["main.tf"].replace(
        "  type      = string\n  sensitive = true\n", "  type = string\n"
    )
    root = write(tmp_path, {**files, "main.tf": main})
    assert findings(root, (LiteralSecret,)) == []


def test_a_placeholder_in_a_variable_file(tmp_path: Path) -> None:
    files = {"main.tf": 'variable "org" {}\nprovider "sym" {\n  org = var.org\n}\n'}
    files["terraform.tfvars"] = 'org = "CHANGEME"\n'
    assert findings(write(tmp_path, files), (LiteralSecret,)) == []
    (found,) = findings(write(tmp_path, files), (PlaceholderValue,))
    assert (found.range.path.rpartition("/")[2], found.range.text) == (
        "terraform.tfvars",
        '"CHANGEME"',
    )


def test_the_token_of_the_provider(tmp_path: Path) -> None:
    token = "eyJhbGciOiJIUzI1NiJ9.eyJvcmciOiJvcmNoYXJkIn0.abcdefabcdefabcdef"
    main = f'provider "sym" {{\n  org = "orchard"\n  jwt_env_var = "{token}"\n}}\n'
    (found,) = findings(write(tmp_path, {"main.tf": main}), (LiteralSecret,))
    assert found.title == "jwt_env_var is a secret in plain text"
    assert token not in found.title + found.help + found.why + found.label


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    compare_transcript(__file__, transcripts_of_mistakes(tmp_path, MISTAKES))
