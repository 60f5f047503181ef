"""Whole configurations with one mistake in what the provider takes, and their repaired twins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import linted, rules_of
from support.mistakes import Mistake, check_right, check_wrong
from support.transcript import compare_transcript, transcripts_of_mistakes
from support.writing import base, write

from symlint.lint.options import Options
from symlint.lint.run.engine import lint
from symlint.lint.run.repair.repairing import fix

if TYPE_CHECKING:
    from pathlib import Path

LOCALS = "locals {\n  environment_name"

RULES = rules_of("SYM12", "SYM13")

MISTAKES = [
    # unknown arguments and blocks
    Mistake.of("okta", "", "  destination    =", "  destinaton    =", "SYM121", "sym_error_logger has no argument destinaton"),
    Mistake.of("okta", "", "    strategy_id =", "    strategy =", "SYM121", "params has no argument strategy", words="strategy"),
    Mistake.of("okta", "", "      allowed_values =", "      allowed_value =", "SYM121", "prompt_field has no argument allowed_value", words="did you mean allowed_values"),
    Mistake.of("okta", "", "  params {\n    strategy_id = sym_strategy.okta.id\n", "  strategy_id = sym_strategy.okta.id # here\n  params {\n", "SYM121", "sym_flow has no argument strategy_id", words="belongs to params"),
    Mistake.of("okta", "", '  org = "orchard"\n', '  org = "orchard"\n  token = "x" # here\n', "SYM121", 'provider "sym" has no argument token', file="versions.tf"),
    Mistake.of("aws_iam", "", 'resource "sym_strategy" "iam" {', 'resource "sym_strategy" "iam" {\n  options { # here\n  }', "SYM121", "sym_strategy has no block options", file="flow.tf"),
    # missing ones
    Mistake.of("okta", "", '"sym_integration" "slack" {\n  type        = "slack"\n', '"sym_integration" "slack" { # here\n', "SYM122", "sym_integration has no type", words="has no type"),
    Mistake.of("okta", "", '    prompt_field {\n      name = "reason"\n', "    prompt_field { # here\n", "SYM122", "prompt_field has no name", words="prompt_field has no name"),
    Mistake.of("okta", "", "  environment_id = sym_environment.this.id", "  environment_id = local.nothing", "SYM122", "environment_id of sym_flow is null", besides=(("main.tf", LOCALS, "locals {\n  nothing = null\n  environment_name"),), words="is null"),
    Mistake.of("okta", "", 'provider "sym" {\n  org = "orchard"\n', 'provider "sym" {\n', "SYM122", 'provider "sym" has no org', file="versions.tf", words="has no org"),
    # forms
    Mistake.of("okta", "", "  params {\n    strategy_id = sym_strategy.okta.id\n\n    prompt_field {\n"
          '      name = "reason"\n      type = "string"\n    }\n\n    prompt_field {\n'
          '      name           = "duration"\n      type           = "duration"\n'
          '      allowed_values = ["1h", "8h"]\n    }\n  }\n', "  params = {\n    strategy_id = sym_strategy.okta.id\n  }\n", "SYM123", "params is a block since version 2.0.0 of the provider, not an argument", words="block since version 2.0.0"),
    Mistake.of("okta", "", "  integrations = {", "  integrations {", "SYM123", "integrations is an argument, not a block"),
    Mistake.of("okta", "", "  params {", "  params {\n  }\n\n  params { # here", "SYM123", "sym_flow has more than one params block", words="more than one params"),
    Mistake.of("okta", "", "  params {", '  params "main" {', "SYM123", "the params block takes no label", words="no label"),
    # types
    Mistake.of("okta", "", 'allowed_values = ["1h", "8h"]', 'allowed_values = "1h"', "SYM124", 'allowed_values of prompt_field must be a list of strings, not "1h"', words='must be a list of strings, not "1h"'),
    Mistake.of("okta", "", "  label = title(each.key)", "  label = [each.key]", "SYM124", "label of sym_target must be a string, not a list"),
    Mistake.of("okta", "", '  choices = ["1h", "8h"]', '  choices = "1h"', "SYM124", 'allowed_values of prompt_field must be a list of strings, not "1h"', besides=(("main.tf", 'allowed_values = ["1h", "8h"]', "allowed_values = local.choices"),
                ("main.tf", "  groups = {", '  choices = ["1h", "8h"]\n  groups = {'))),
    Mistake.of("okta", "", '  default = ["1h", "8h"]', '  default = "1h"', "SYM124", 'allowed_values of prompt_field must be a list of strings, not "1h"', besides=(("main.tf", 'allowed_values = ["1h", "8h"]', "allowed_values = var.choices"),
                ("main.tf", "locals {",
                 'variable "choices" {\n  default = ["1h", "8h"]\n}\n\nlocals {'))),
    Mistake.of("okta", "", "    okta_id  = sym_integration.okta.id", "    okta_id  = [sym_integration.okta.id]", "SYM124", "okta_id in integrations of sym_environment must be a string, not a list"),
    # what the version does not have
    Mistake.of("okta", "", '  label          = "Okta groups"', '  template = "sym:template:approval:1.0.0"', "SYM125", "template of sym_flow no longer exists since version 2.0.0 of the provider", words="no longer exists since version 2.0.0"),
    Mistake.of("okta", "", '      name = "reason"', '      name = "reason"\n      visible = true # here', "SYM125", "visible of prompt_field exists only since version 3.4.2 of the provider", besides=(("versions.tf", "~> 3.6", "~> 3.2.0"),), words="only since version 3.4.2"),
    Mistake.of("okta", "", 'type = "string"', 'type = "str_list"', "SYM125", "prompt field type str_list exists only since version 3.4.2 of the provider", besides=(("versions.tf", "~> 3.6", "~> 3.2.0"),), words="prompt field type str_list exists only since version 3.4.2"),
    Mistake.of("okta", "", 'type = "string"', 'type = "list"', "SYM125", "prompt field type list no longer exists since version 2.0.0 of the provider", words="prompt field type list no longer exists"),
    # types of resources
    Mistake.of("okta", "", 'resource "sym_error_logger"', 'resource "sym_errorlogger"', "SYM127", "the Sym provider has no resource type sym_errorlogger"),
    Mistake.of("okta", "", 'resource "sym_target"', 'resource "sym_targets"', "SYM127", "the Sym provider has no resource type sym_targets"),
    Mistake.of("okta", "", 'resource "sym_flow"', 'resource "syn_flow"', "SYM127", "the Sym provider has no resource type syn_flow"),
    # code and paths
    Mistake.of("okta", "", 'file("${path.module}/impl.py")', '"${path.module}/impl.py"', "SYM128", "implementation of sym_flow is the path of a file, but must be its contents since version 3.0.0 of the provider", words="must be its contents since version 3.0.0"),
    Mistake.of("okta", "", '  code = file("${path.module}/impl.py")', '  code = "${path.module}/impl.py"', "SYM128", "implementation of sym_flow is the path of a file, but must be its contents since version 3.0.0 of the provider", besides=(("main.tf", 'implementation = file("${path.module}/impl.py")',
                 "implementation = local.code"),
                ("main.tf", "  groups = {", '  code = file("${path.module}/impl.py")\n  groups = {'))),
    Mistake.of("okta", "", "  targets        =", '  implementation = file("${path.module}/impl.py") # here\n  targets        =', "SYM128", "implementation of sym_strategy is the contents of a file, but must be its path since version 1.9.0 of the provider", words="contents of a file, but must be its path"),
]  # fmt: skip  # one case a line


@pytest.mark.parametrize("placement", ["root", "module"])
@pytest.mark.parametrize("number", range(len(MISTAKES)))
def test_mistakes(number: int, placement: str, tmp_path: Path) -> None:
    check_wrong(tmp_path, MISTAKES[number], placement, RULES)


@pytest.mark.no_cover
@pytest.mark.parametrize("placement", ["root", "module"])
@pytest.mark.parametrize("number", range(len(MISTAKES)))
def test_repaired_twins_are_silent(number: int, placement: str, tmp_path: Path) -> None:
    mistake = MISTAKES[number]
    check_right(tmp_path, mistake, mistake.expression.right, placement, RULES)


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
    "impl.py": base("iam")["impl.py"],
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
    "impl.py": base("iam")["impl.py"],
}
LOCK = """\
provider "registry.terraform.io/symopsio/sym" {
  version     = "VERSION"
  constraints = ">= 1.0.0"
  hashes      = []
}
"""


def _codes(root: Path) -> list[tuple[str, str, int]]:
    return [(it.code, it.severity, it.range.line) for it in linted(root)]


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
    (found,) = linted(write(tmp_path / "b", {**VERSION_2, "main.tf": mixed}))
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
    found = linted(write(tmp_path, {**VERSION_1, "main.tf": text}))
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
        "SYM123",
        "SYM125",
        "SYM128",
    }


UNREADABLE = {
    "no version": 'provider "registry.terraform.io/hashicorp/aws" {\n}\n',
    "no text": 'provider "registry.terraform.io/hashicorp/aws" {\n  version = 5\n}\n',
    "no version number": 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "x"\n}\n',
    "no name": 'provider {\n  version = "1.0.0"\n}\n',
    "two names": 'provider "a" "b" {\n  version = "1.0.0"\n}\n',
    "another block": 'module "x" {\n  version = "1.0.0"\n}\n',
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_entry_of_the_lock_file_hides_no_other(tmp_path: Path, name: str) -> None:
    lock = UNREADABLE[name] + LOCK.replace("VERSION", "3.6.0")
    text = VERSION_1["main.tf"].replace("~> 1.14", ">= 1.0.0")
    root = write(tmp_path, {**VERSION_1, "main.tf": text, ".terraform.lock.hcl": lock})
    assert {code for code, _, _ in _codes(root)} == {"SYM123", "SYM125", "SYM128"}


def test_an_older_version_that_is_admitted_makes_warnings(tmp_path: Path) -> None:
    text = VERSION_1["main.tf"].replace("~> 1.14", ">= 1.14")
    found = linted(write(tmp_path, {**VERSION_1, "main.tf": text}))
    assert {it.severity for it in found} == {"warning"}
    assert {it.code for it in found} == {"SYM123", "SYM125", "SYM128", "SYM132"}


def test_newer_than_the_lower_bound(tmp_path: Path) -> None:
    text = (
        VERSION_2["main.tf"]
        .replace("~> 2.1", "~> 3.0")
        .replace("prefetch = false", "visible = true")
    )
    text = text.replace('"${path.module}/impl.py"', 'file("${path.module}/impl.py")')
    (found,) = linted(write(tmp_path, {**VERSION_2, "main.tf": text}))
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


def test_constraints_of_modules_count_that_are_called_twice(tmp_path: Path) -> None:
    bounds = VERSION_1["main.tf"][: VERSION_1["main.tf"].index("resource")]
    calls = "".join(f'module "{it}" {{\n  source = "./{it[0]}"\n}}\n' for it in ("a1", "a2", "b"))
    files = {
        "main.tf": calls + bounds.replace("~> 1.14", ">= 1.14"),
        "a/main.tf": bounds.replace("~> 1.14", ">= 1.0"),
        "b/main.tf": VERSION_1["main.tf"].replace("~> 1.14", "< 2.0.0"),
        "b/impl.py": "# reviewed\n",
    }
    assert _codes(write(tmp_path, files)) == []


def test_modules_that_are_never_called_are_checked(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "access" {\n  source = "./access"\n  count  = 0\n}\n',
        "access/main.tf": VERSION_2["main.tf"].replace("prefetch", "prefech"),
        "access/impl.py": "# reviewed\n",
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
    assert [code for code, _, _ in _codes(write(tmp_path, {**VERSION_2, "main.tf": text}))] == []


def test_fixes(tmp_path: Path) -> None:
    text = (
        VERSION_2["main.tf"]
        .replace("~> 2.1", "~> 3.6")
        .replace("prefetch", "prefech")
        .replace('["slack"]', '"slack"')
        .replace("  params {", '  vars {\n    a = "x"\n  }\n\n  params {')
    )
    write(tmp_path, {**VERSION_2, "main.tf": text})
    found = linted(tmp_path)
    assert [it.code for it in found] == ["SYM128", "SYM123", "SYM124", "SYM121"]
    assert all(it.fix is not None and it.fix.safe for it in found)
    fix(lambda texts: lint([str(tmp_path)], Options(overlays=texts)))
    assert lint([str(tmp_path)], Options()).findings == ()


@pytest.mark.parametrize(
    ("written", "help_"),
    [
        ('["slack", ["api"]]', "write one string for each element"),
        ('["slack", { a = "api" }]', "write one string for each element"),
        ('jsonencode(["slack"])', 'leave out jsonencode: allowed_sources = ["slack"]'),
        ('"slack"', 'write allowed_sources = ["slack"]'),
    ],
)
def test_what_to_write_instead_of_a_value_of_another_type(
    tmp_path: Path, written: str, help_: str
) -> None:
    text = VERSION_2["main.tf"].replace(
        "params {", f"params {{\n    allowed_sources = {written}", 1
    )
    helps = [it.help for it in linted(write(tmp_path, {**VERSION_2, "main.tf": text}))]
    assert helps == [help_]


@pytest.mark.parametrize(
    ("prefix", "meant"),
    [
        *(("smy", True), ("yms", False), ("syn", True), ("sy", True), ("symm", True)),
        *(("ssym", True), ("sxym", True), ("xym", True), ("xxm", False), ("s", False)),
        *(("symop", True), ("aws", False), ("mys", True), ("asym", True), ("syxm", True)),
        *(("same", False), ("xyza", False), ("asyma", False), ("asm", False), ("my", False)),
        *(("ym", True), ("sm", True), ("m", False), ("mis", False)),
    ],
)
def test_a_slip_of_the_hand_in_the_name_of_the_provider(
    tmp_path: Path, prefix: str, meant: bool
) -> None:
    text = VERSION_2["main.tf"] + f'resource "{prefix}_target" "x" {{\n  name = "x"\n}}\n'
    found = linted(write(tmp_path, {**VERSION_2, "main.tf": text}))
    assert ("SYM127" in {it.code for it in found}) is meant


@pytest.mark.no_cover
def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    mistakes = {f"{number} {it.title}": it for number, it in enumerate(MISTAKES)}
    compare_transcript(__file__, transcripts_of_mistakes(tmp_path, mistakes))
