"""Whole configurations with one mistake in what the provider takes, and their repaired twins."""

from __future__ import annotations

from pathlib import Path

import pytest
from schema_wrecks import Wreck, build, expected_line, findings
from support.wrecking import write

from symlint.lint.options import Options
from symlint.lint.run.engine import lint
from symlint.lint.run.fixes import fix

LOCALS = "locals {\n  environment_name"

WRECKS = [
    # unknown arguments and blocks
    Wreck("SYM121", "okta", "main.tf", "  destination    =", "  destinaton    ="),
    Wreck("SYM121", "okta", "main.tf", "    strategy_id =", "    strategy =", words="strategy"),
    Wreck("SYM121", "okta", "main.tf", "      allowed_values =", "      allowed_value =",
          words="did you mean allowed_values"),
    Wreck("SYM121", "okta", "main.tf", "  params {\n    strategy_id = sym_strategy.okta.id\n",
          "  strategy_id = sym_strategy.okta.id # here\n  params {\n", words="belongs to params"),
    Wreck("SYM121", "okta", "versions.tf", '  org = "orchard"\n',
          '  org = "orchard"\n  token = "x" # here\n'),
    Wreck("SYM121", "aws_iam", "flow.tf", 'resource "sym_strategy" "iam" {',
          'resource "sym_strategy" "iam" {\n  options { # here\n  }'),
    # missing ones
    Wreck("SYM122", "okta", "main.tf", '"sym_integration" "slack" {\n  type        = "slack"\n',
          '"sym_integration" "slack" { # here\n', words="has no type"),
    Wreck("SYM122", "okta", "main.tf", '    prompt_field {\n      name = "reason"\n',
          "    prompt_field { # here\n", words="prompt_field has no name"),
    Wreck("SYM122", "okta", "main.tf", "  environment_id = sym_environment.this.id",
          "  environment_id = local.nothing",
          more=(("main.tf", LOCALS, "locals {\n  nothing = null\n  environment_name"),),
          words="is null"),
    Wreck("SYM122", "okta", "versions.tf", 'provider "sym" {\n  org = "orchard"\n',
          'provider "sym" {\n', words="has no org"),
    # forms
    Wreck("SYM123", "okta", "main.tf",
          "  params {\n    strategy_id = sym_strategy.okta.id\n\n    prompt_field {\n"
          '      name = "reason"\n      type = "string"\n    }\n\n    prompt_field {\n'
          '      name           = "duration"\n      type           = "duration"\n'
          '      allowed_values = ["1h", "8h"]\n    }\n  }\n',
          "  params = {\n    strategy_id = sym_strategy.okta.id\n  }\n",
          words="block since version 2.0.0"),
    Wreck("SYM123", "okta", "main.tf", "  integrations = {", "  integrations {"),
    Wreck("SYM123", "okta", "main.tf", "  params {", "  params {\n  }\n\n  params { # here",
          words="more than one params"),
    Wreck("SYM123", "okta", "main.tf", "  params {", '  params "main" {', words="no label"),
    # types
    Wreck("SYM124", "okta", "main.tf", 'allowed_values = ["1h", "8h"]', 'allowed_values = "1h"',
          words='must be a list of strings, not "1h"'),
    Wreck("SYM124", "okta", "main.tf", "  label = title(each.key)", "  label = [each.key]"),
    Wreck("SYM124", "okta", "main.tf", '  choices = ["1h", "8h"]', '  choices = "1h"',
          more=(("main.tf", 'allowed_values = ["1h", "8h"]', "allowed_values = local.choices"),
                ("main.tf", "  groups = {", '  choices = ["1h", "8h"]\n  groups = {'))),
    Wreck("SYM124", "okta", "main.tf", '  default = ["1h", "8h"]', '  default = "1h"',
          more=(("main.tf", 'allowed_values = ["1h", "8h"]', "allowed_values = var.choices"),
                ("main.tf", "locals {",
                 'variable "choices" {\n  default = ["1h", "8h"]\n}\n\nlocals {'))),
    Wreck("SYM124", "okta", "main.tf", "    okta_id  = sym_integration.okta.id",
          "    okta_id  = [sym_integration.okta.id]"),
    # what the version does not have
    Wreck("SYM125", "okta", "main.tf", '  label          = "Okta groups"',
          '  template = "sym:template:approval:1.0.0"', words="no longer exists since version 2.0.0"),
    Wreck("SYM125", "okta", "main.tf", '      name = "reason"',
          '      name = "reason"\n      visible = true # here',
          more=(("versions.tf", "~> 3.6", "~> 3.2.0"),), words="only since version 3.4.2"),
    Wreck("SYM125", "okta", "main.tf", 'type = "string"', 'type = "str_list"',
          more=(("versions.tf", "~> 3.6", "~> 3.2.0"),),
          words="prompt field type str_list exists only since version 3.4.2"),
    Wreck("SYM125", "okta", "main.tf", 'type = "string"', 'type = "list"',
          words="prompt field type list no longer exists"),
    # types of resources
    Wreck("SYM127", "okta", "main.tf", 'resource "sym_error_logger"', 'resource "sym_errorlogger"'),
    Wreck("SYM127", "okta", "main.tf", 'resource "sym_target"', 'resource "sym_targets"'),
    Wreck("SYM127", "okta", "main.tf", 'resource "sym_flow"', 'resource "syn_flow"'),
    # code and paths
    Wreck("SYM128", "okta", "main.tf", 'file("${path.module}/impl.py")', '"${path.module}/impl.py"',
          words="must be its contents since version 3.0.0"),
    Wreck("SYM128", "okta", "main.tf", '  code = file("${path.module}/impl.py")',
          '  code = "${path.module}/impl.py"',
          more=(("main.tf", 'implementation = file("${path.module}/impl.py")',
                 "implementation = local.code"),
                ("main.tf", "  groups = {", '  code = file("${path.module}/impl.py")\n  groups = {'))),
    Wreck("SYM128", "okta", "main.tf", "  targets        =",
          '  implementation = file("${path.module}/impl.py") # here\n  targets        =',
          words="contents of a file, and must be its path"),
]  # fmt: skip


@pytest.mark.parametrize("in_module", [False, True], ids=["root", "module"])
@pytest.mark.parametrize("number", range(len(WRECKS)))
def test_wrecks(number: int, in_module: bool, tmp_path: Path) -> None:
    wreck = WRECKS[number]
    root = build(tmp_path, wreck, broken=True, in_module=in_module)
    found = [it for it in findings(root) if it.severity != "note"]
    assert [(it.code, it.severity) for it in found] == [(wreck.code, wreck.severity)], [
        (it.code, it.title, it.range.line) for it in found
    ]
    (finding,) = found
    place = (Path(finding.range.path).name, finding.range.line)
    assert place == expected_line(root, wreck)
    assert wreck.words in f"{finding.title}\n{finding.help}"


@pytest.mark.parametrize("in_module", [False, True], ids=["root", "module"])
@pytest.mark.parametrize("number", range(len(WRECKS)))
def test_repaired_twins_are_silent(number: int, in_module: bool, tmp_path: Path) -> None:
    root = build(tmp_path, WRECKS[number], broken=False, in_module=in_module)
    assert [it for it in findings(root) if it.severity != "note"] == []


# --- versions -----------------------------------------------------------------------------------

VERSION_1 = {
    "main.tf": """\
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 1.14"
    }
  }
}

resource "sym_flow" "this" {
  name           = "access"
  label          = "Access"
  template       = "sym:template:approval:1.0.0"
  implementation = "${path.module}/impl.py"
  environment_id = "0f8fad5b-d9cb-469f-a165-70867728950e"

  params = {
    strategy_id            = "0f8fad5b-d9cb-469f-a165-70867728950e"
    allow_revoke           = "true"
    schedule_deescalation  = true
    additional_header_text = "Hi"
    prompt_fields_json = jsonencode([
      { name = "reason", type = "string", required = true },
      { name = "size", type = "list", allowed_values = ["s", "m"] },
    ])
  }
}
""",
    "impl.py": "# reviewed\n",
}
VERSION_2 = {
    "main.tf": """\
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 2.1"
    }
  }
}

resource "sym_flow" "this" {
  name           = "access"
  implementation = "${path.module}/impl.py"
  environment_id = "0f8fad5b-d9cb-469f-a165-70867728950e"

  params {
    allowed_sources = ["slack"]

    prompt_field {
      name     = "reason"
      type     = "string"
      prefetch = false
    }
  }
}
""",
    "impl.py": "# reviewed\n",
}
LOCK = """\
provider "registry.terraform.io/symopsio/sym" {
  version     = "VERSION"
  constraints = ">= 1.0.0"
  hashes      = []
}
"""


def _codes(root: Path) -> list[tuple[str, str, int]]:
    return [(it.code, it.severity, it.range.line) for it in findings(root)]


@pytest.mark.parametrize("files", [VERSION_1, VERSION_2], ids=["1", "2"])
def test_older_versions_are_right_for_themselves(files: dict[str, str], tmp_path: Path) -> None:
    assert _codes(write(tmp_path, files)) == []


@pytest.mark.parametrize("files", [VERSION_1, VERSION_2], ids=["1", "2"])
def test_without_any_requirement_every_version_is_possible(
    files: dict[str, str], tmp_path: Path
) -> None:
    text = files["main.tf"]
    snippet = text[text.index("resource") :]
    assert _codes(write(tmp_path, {**files, "main.tf": snippet})) == []


def test_without_any_requirement_what_no_version_has_is_wrong(tmp_path: Path) -> None:
    text = VERSION_2["main.tf"]
    snippet = text[text.index("resource") :].replace("prefetch", "prefech")
    mixed = snippet.replace("prefech", "prefetch").replace(
        "  params {", '  template = "x"\n  params {'
    )
    assert _codes(write(tmp_path / "a", {"main.tf": snippet})) == [("SYM121", "error", 12)]
    # No version has both template and a params block.
    (found,) = findings(write(tmp_path / "b", {"main.tf": mixed}))
    assert found.code in ("SYM123", "SYM125")


def test_version_1_under_version_3(tmp_path: Path) -> None:
    files = {**VERSION_1, "main.tf": VERSION_1["main.tf"].replace("~> 1.14", "~> 3.0")}
    assert _codes(write(tmp_path, files)) == [
        ("SYM125", "error", 13),
        ("SYM128", "error", 14),
        ("SYM123", "error", 17),
    ]


def test_version_3_under_version_1(tmp_path: Path) -> None:
    text = VERSION_2["main.tf"].replace("~> 2.1", "< 2.0.0")
    text = text.replace('"${path.module}/impl.py"', 'file("${path.module}/impl.py")')
    found = _codes(write(tmp_path, {**VERSION_2, "main.tf": text}))
    assert ("SYM122", "error", 10) in found  # template
    assert ("SYM123", "error", 15) in found
    assert ("SYM128", "error", 12) in found


@pytest.mark.parametrize(
    ("old", "new", "code", "severity"),
    [
        ("allow_revoke  ", "allow_revok ", "SYM121", "warning"),
        ('= "true"', '= "yes"', "SYM124", "error"),
        ("required = true", "mandatory = true", "SYM121", "error"),
        ('{ name = "reason", ', "{ ", "SYM122", "error"),
    ],
)
def test_the_params_of_version_1(
    old: str, new: str, code: str, severity: str, tmp_path: Path
) -> None:
    text = VERSION_1["main.tf"].replace(old, new)
    found = findings(write(tmp_path, {**VERSION_1, "main.tf": text}))
    assert [(it.code, it.severity) for it in found] == [(code, severity)]


def test_params_of_version_1_that_the_version_does_not_know_yet(tmp_path: Path) -> None:
    text = VERSION_1["main.tf"].replace("~> 1.14", "~> 1.12.0")
    assert _codes(write(tmp_path, {**VERSION_1, "main.tf": text})) == [("SYM125", "warning", 21)]


def test_the_lock_file_decides(tmp_path: Path) -> None:
    text = VERSION_1["main.tf"].replace("~> 1.14", ">= 1.0.0")
    locked = {
        **VERSION_1,
        "main.tf": text,
        ".terraform.lock.hcl": LOCK.replace("VERSION", "1.14.1"),
    }
    assert _codes(write(tmp_path / "one", locked)) == []
    newer = {**locked, ".terraform.lock.hcl": LOCK.replace("VERSION", "3.6.0")}
    assert {code for code, _, _ in _codes(write(tmp_path / "three", newer))} == {
        "SYM123", "SYM125", "SYM128",
    }  # fmt: skip


def test_an_older_version_that_is_admitted_makes_warnings(tmp_path: Path) -> None:
    text = VERSION_1["main.tf"].replace("~> 1.14", ">= 1.14")
    found = findings(write(tmp_path, {**VERSION_1, "main.tf": text}))
    assert {it.severity for it in found} == {"warning"}
    assert {it.code for it in found} == {"SYM123", "SYM125", "SYM128", "SYM132"}


def test_newer_than_the_lower_bound(tmp_path: Path) -> None:
    text = (
        VERSION_2["main.tf"]
        .replace("~> 2.1", "~> 3.0")
        .replace("prefetch = false", "visible = true")
    )
    text = text.replace('"${path.module}/impl.py"', 'file("${path.module}/impl.py")')
    (found,) = findings(write(tmp_path, {**VERSION_2, "main.tf": text}))
    assert (found.code, found.severity, found.range.text) == ("SYM126", "note", '"~> 3.0"')
    assert "visible" in found.title
    assert found.related[0].range.line == 21
    fixed = {**VERSION_2, "main.tf": text.replace("~> 3.0", "~> 3.4")}
    assert _codes(write(tmp_path, fixed)) == []


def test_another_provider_called_sym_is_left_alone(tmp_path: Path) -> None:
    text = VERSION_2["main.tf"].replace("symopsio/sym", "acme/sym").replace("prefetch", "prefech")
    assert [code for code, _, _ in _codes(write(tmp_path, {**VERSION_2, "main.tf": text}))] == [
        "SYM131"
    ]


def test_a_newer_provider_than_any_that_is_known(tmp_path: Path) -> None:
    text = VERSION_2["main.tf"].replace("~> 2.1", "~> 4.0").replace("prefetch", "prefech")
    assert _codes(write(tmp_path, {**VERSION_2, "main.tf": text})) == [("SYM138", "warning", 5)]


def test_constraints_of_all_modules_count(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "access" {\n  source = "./access"\n}\n'
        + VERSION_1["main.tf"][: VERSION_1["main.tf"].index("resource")].replace(
            "~> 1.14", "< 2.0.0"
        ),
        "access/main.tf": VERSION_1["main.tf"].replace("~> 1.14", ">= 1.14"),
        "access/impl.py": "# reviewed\n",
    }
    assert _codes(write(tmp_path, files)) == []


def test_modules_that_are_never_called_are_checked(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "access" {\n  source = "./access"\n  count  = 0\n}\n',
        "access/main.tf": VERSION_2["main.tf"].replace("prefetch", "prefech"),
    }
    assert _codes(write(tmp_path, files)) == [("SYM121", "error", 21)]


def test_json_knows_no_difference_between_blocks_and_arguments(tmp_path: Path) -> None:
    text = """{
  "terraform": {"required_providers": {"sym": {"source": "symopsio/sym", "version": "~> 3.0"}}},
  "resource": {"sym_flow": {"this": {
    "//": "reviewed",
    "name": "access",
    "implementation": "# code",
    "environment_id": "0f8fad5b-d9cb-469f-a165-70867728950e",
    "params": {"prompt_field": [{"name": "a", "type": "string"}, {"name": "b", "type": "int"}]}
  }}}
}"""
    assert _codes(write(tmp_path / "good", {"main.tf.json": text})) == []
    wrong = text.replace('"type": "int"', '"typ": "int"')
    assert [code for code, _, _ in _codes(write(tmp_path / "bad", {"main.tf.json": wrong}))] == [
        "SYM121"
    ]


def test_a_syntax_error_hides_no_argument(tmp_path: Path) -> None:
    text = VERSION_2["main.tf"].replace("  environment_id =", "  environment_id ==")
    assert [code for code, _, _ in _codes(write(tmp_path, {"main.tf": text}))] == []


def test_fixes(tmp_path: Path) -> None:
    text = (
        VERSION_2["main.tf"]
        .replace("~> 2.1", "~> 3.6")
        .replace("prefetch", "prefech")
        .replace('["slack"]', '"slack"')
        .replace("  params {", '  vars {\n    a = "x"\n  }\n\n  params {')
    )
    write(tmp_path, {**VERSION_2, "main.tf": text})
    found = findings(tmp_path)
    assert [it.code for it in found] == ["SYM128", "SYM123", "SYM124", "SYM121"]
    assert all(it.fix is not None and it.fix.safe for it in found)
    fix(lambda: lint([str(tmp_path)], Options()))
    assert lint([str(tmp_path)], Options()).findings == ()
