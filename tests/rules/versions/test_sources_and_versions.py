"""Where the provider and Sym's modules come from, which versions, and what these have."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.checking import linted, rules_of
from support.mistakes import Mistake, check_right, check_wrong
from support.transcript import compare_transcript, transcripts_of_mistakes
from support.writing import write

from symlint.lint.options import Options
from symlint.lint.run.engine import lint
from symlint.lint.run.repair.repairing import fix

V1_RUNTIME = """\
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 1.0"

  environment = "main"
  addons      = ["aws/secretsmgr"]
}

resource "sym_integration" "runtime_context" {
  type        = "permission_context"
  name        = "runtime-main"
  external_id = module.runtime_connector.settings.account_id
  settings    = module.runtime_connector.settings
}
"""
REQUIRED = """\
terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 3.0"
    }
  }
}
"""

RULES = rules_of("SYM12", "SYM13", "SYM10")

MISTAKES = [
    # where the provider comes from
    Mistake.of("okta", "", '"symopsio/sym"', '"terraform.symops.com/symopsio/sym"', "SYM131", "terraform.symops.com/symopsio/sym is an old address of the Sym provider", severity="warning", file="versions.tf", words="old address"),
    Mistake.of("okta", "", '"symopsio/sym"', '"symops/sym"', "SYM131", "provider sym is symops/sym, not the Sym provider symopsio/sym", severity="warning", file="versions.tf", words="not the Sym provider"),
    Mistake.of("okta", "", '    sym = {\n      source  = "symopsio/sym"\n', "    sym = {\n", "SYM131", "provider sym is required without a source", file="versions.tf", words="without a source"),
    Mistake.of("aws_iam", "", '"symopsio/sym"', '"registry.terraform.io/symops/sym"', "SYM131", "provider sym is registry.terraform.io/symops/sym, not the Sym provider symopsio/sym", severity="warning", file="versions.tf"),
    # without an upper end
    Mistake.of("okta", "", '"~> 3.6"', '">= 2.0"', "SYM132", ">= 2.0 allows the Sym provider before and after the breaking version 3.0.0", severity="warning", file="versions.tf", words="breaking version 3.0.0"),
    Mistake.of("okta", "", '    sym = {\n      source  = "symopsio/sym"\n'
          '      version = "~> 3.6"\n', '    sym = {\n      source  = "symopsio/sym"\n', "SYM132", "the Sym provider is required without a version", severity="warning", file="versions.tf", words="without a version"),
    Mistake.of("okta", "", '"symopsio/runtime-connector/aws"\n  version = "~> 2.0"\n', '"symopsio/runtime-connector/aws"\n', "SYM132", "the runtime connector is called without a version", severity="warning", words="called without a version"),
    Mistake.of("okta", "", '"symopsio/runtime-connector/aws"\n  version = "~> 2.0"\n', '"symopsio/runtime-connector/aws"\n  version = "~> 1" # here\n', "SYM132", "~> 1 allows the runtime connector before and after the breaking version 2.0.0: for a module, ~> 1 has no upper bound before 2.0.0", severity="warning", words="~> 1 has no upper bound before 2.0.0"),
    # what nobody has published
    Mistake.of("okta", "", '"~> 3.6"', '"3.3.0"', "SYM138", "no version of the Sym provider matches 3.3.0", file="versions.tf", words="no version"),
    Mistake.of("okta", "", '"~> 3.6"', '"~> 3.9"', "SYM138", "~> 3.9 allows only versions of the Sym provider that symlint does not know", severity="warning", file="versions.tf", words="does not know"),
    Mistake.of("okta", "", 'secretsmgr-addon/aws"\n  version = "~> 1.1"', 'secretsmgr-addon/aws"\n  version = "1.0.7" # here', "SYM138", "no version of the Secrets Manager addon matches 1.0.7", words="no version of the"),
    # deprecated and misspelled sources
    Mistake.of("aws_iam", "", '"symopsio/iam-connector/aws"\n  version = "~> 2.0"', '"symopsio/iam-connector/sym"\n  version = "~> 1.0"', "SYM136", "symopsio/iam-connector/sym is an old address of the IAM connector", severity="warning", file="connectors.tf", besides=(("versions.tf", '"~> 5.0"', '">= 3.0"'),)),
    Mistake.of("aws_iam", "", '"symopsio/iam-connector/aws"\n  version = "~> 2.0"', '"terraform.symops.com/symopsio/iam-connector/sym"\n  version = ">= 1.2.0"', "SYM136", "terraform.symops.com/symopsio/iam-connector/sym is an old address of the IAM connector", severity="warning", file="connectors.tf", words='with version = "~> 1.0"'),
    Mistake.of("aws_iam", "", '"symopsio/iam-connector/aws"', '"symopsio/iam-conector/aws"', "SYM139", "there is no module symopsio/iam-conector/aws", file="connectors.tf"),
    # inputs
    Mistake.of("okta", "", 'version = "~> 2.0"\n\n  environment = ', 'version = "~> 2.0"\n\n  addons = ["aws/secretsmgr"] # here\n  environment = ', "SYM135", "version 2.0.2 of the runtime connector has no input addons", words="version 2.0.2 of the runtime connector has no input addons"),
    Mistake.of("okta", "", "  iam_role_name =", "  role_name =", "SYM135", "the Secrets Manager addon has no input role_name", words="no input role_name"),
    Mistake.of("okta", "", "  iam_role_name =", "  iam_rol_name  =", "SYM135", "the Secrets Manager addon has no input iam_rol_name", words="did you mean iam_role_name"),
    Mistake.of("okta", "", 'module "runtime_connector" {\n'
          '  source  = "symopsio/runtime-connector/aws"\n  version = "~> 2.0"\n\n'
          "  environment = local.environment_name\n", 'module "runtime_connector" { # here\n'
          '  source  = "symopsio/runtime-connector/aws"\n  version = "~> 2.0"\n', "SYM135", "the runtime connector has no environment", words="has no environment"),
    # outputs
    Mistake.of("okta", "", "module.runtime_connector.sym_integration.id", "module.runtime_connector.account_id", "SYM134", "version 2.0.2 of the runtime connector has no output account_id", words="no output account_id"),
    Mistake.of("okta", "", "  context = module.runtime_connector.sym_integration.id", "  context = module.runtime_connector.settings.account_id", "SYM134", "version 2.0.2 of the runtime connector has no output settings", besides=(("main.tf", "context_id = module.runtime_connector.sym_integration.id",
                 "context_id = local.context"),
                ("main.tf", "  groups = {",
                 "  context = module.runtime_connector.sym_integration.id\n  groups = {"))),
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


def _found(root: Path) -> list[tuple[str, str, int]]:
    return [(it.code, it.severity, it.range.line) for it in linted(root)]


def test_the_version_is_blamed_where_everything_is_of_another_one(tmp_path: Path) -> None:
    root = write(
        tmp_path, {"main.tf": V1_RUNTIME.replace("~> 1.0", "~> 2.0"), "versions.tf": REQUIRED}
    )
    outputs = [it for it in linted(root) if it.code == "SYM134"]
    assert [(it.range.line, it.range.text) for it in outputs] == [(3, '"~> 2.0"')]
    assert len(outputs[0].related) == 2


def test_version_1_of_the_runtime_connector(tmp_path: Path) -> None:
    assert _found(write(tmp_path, {"main.tf": V1_RUNTIME, "versions.tf": REQUIRED})) == []


def test_version_2_outputs_under_version_1(tmp_path: Path) -> None:
    text = V1_RUNTIME + 'output "runtime" {\n  value = module.runtime_connector.sym_runtime.id\n}\n'
    (found,) = linted(write(tmp_path, {"main.tf": text, "versions.tf": REQUIRED}))
    assert (found.code, found.range.text) == ("SYM134", "sym_runtime")
    assert 'version = "~> 2.0"' in found.help


def test_several_outputs_in_one_expression(tmp_path: Path) -> None:
    read = "${var.it}${module.runtime_connector}${module.nowhere.id}${local.it.x}"
    text = V1_RUNTIME + 'variable "it" {}\nlocals {\n  it = var.it\n}\n'
    text += f'output "all" {{\n  value = "{read}${{module.runtime_connector.sym_runtime.id}}"\n}}\n'
    found = linted(write(tmp_path, {"main.tf": text, "versions.tf": REQUIRED}))
    assert [(it.code, it.range.text) for it in found] == [("SYM134", "sym_runtime")]


def test_a_module_of_an_unknown_version_hides_no_other(tmp_path: Path) -> None:
    unknown = V1_RUNTIME[: V1_RUNTIME.index("resource")].replace('"runtime_connector"', '"a"')
    text = unknown.replace("~> 1.0", "~> 9.0") + V1_RUNTIME
    text += 'output "a" {\n  value = module.a.sym_runtime.id\n}\n'
    text += 'output "b" {\n  value = module.runtime_connector.sym_runtime.id\n}\n'
    found = linted(write(tmp_path, {"main.tf": text, "versions.tf": REQUIRED}))
    assert [it.range.line for it in found if it.code == "SYM134"] == [text.count("\n") - 1]


@pytest.mark.parametrize(
    "other",
    [
        *(
            "./local",
            "symopsio/iam-connector/aws",
            "git::https://example.com/x.git",
            "somebody/x/aws",
        ),
        *("app.terraform.io/somebody/x/aws", "symopsio/other/aws", "symopsio/a/b/c"),
    ],
)
def test_a_right_source_hides_no_wrong_one(tmp_path: Path, other: str) -> None:
    call = 'module "%s" {\n  source = "%s"\n}\n'
    text = call % ("a", other) + call % ("b", "symopsio/iam-conector/aws")
    text = 'module "nothing" {\n}\n' + text
    found = linted(write(tmp_path, {"main.tf": text, "local/main.tf": ""}))
    assert [it.range.line for it in found if it.code == "SYM139"] == [text.count("\n") - 1]


def test_an_input_that_is_misspelled_hides_no_other(tmp_path: Path) -> None:
    text = (
        'module "connector" {\n  source  = "symopsio/lambda-connector/aws"\n'
        '  version = "~> 1.0"\n\n  environmnt = "main"\n  lambda_arn = []\n}\n'
    )
    found = [it.title for it in linted(write(tmp_path, {"main.tf": text}))]
    assert "the Lambda connector has no runtime_role_arns" in found
    assert "the Lambda connector has no environment" not in found


def test_outputs_of_repeated_calls(tmp_path: Path) -> None:
    text = V1_RUNTIME.replace("  environment = ", "  count       = 1\n  environment = ")
    text = text.replace("runtime_connector.settings", "runtime_connector[0].settings")
    assert _found(write(tmp_path / "good", {"main.tf": text, "versions.tf": REQUIRED})) == []
    bad = text.replace("settings.account_id", "sym_runtime.id")
    found = _found(write(tmp_path / "bad", {"main.tf": bad, "versions.tf": REQUIRED}))
    assert found == [("SYM134", "error", 13)]


def test_inputs_of_addons(tmp_path: Path) -> None:
    text = (
        'module "secrets" {\n  source  = "symopsio/secretsmgr-addon/aws"\n  version = "1.0.0"\n\n'
        '  environment   = "main"\n  iam_role_name = "SymRuntimeMain"\n}\n'
    )
    (found,) = linted(write(tmp_path, {"main.tf": text}))
    assert (found.code, found.range.text) == ("SYM135", "iam_role_name")
    assert "only since version 1.1.0" in found.label


def test_the_documentations_open_constraint(tmp_path: Path) -> None:
    text = V1_RUNTIME.replace("~> 1.0", ">= 1.0.0")
    found = linted(write(tmp_path, {"main.tf": text, "versions.tf": REQUIRED}))
    assert {it.code for it in found} == {"SYM132", "SYM134", "SYM135"}


def test_connectors_without_a_breaking_version_may_stay_open(tmp_path: Path) -> None:
    text = (
        'module "iam" {\n  source  = "symopsio/iam-connector/aws"\n  version = ">= 1.0.0"\n\n'
        '  environment       = "main"\n'
        '  runtime_role_arns = ["arn:aws:iam::123456789012:role/sym/SymRuntimeMain"]\n}\n'
    )
    assert _found(write(tmp_path, {"main.tf": text, "versions.tf": REQUIRED})) == []


@pytest.mark.parametrize(
    "constraint", ["~> 3.0", ">= 3.0", ">= 3.0, < 4.0", "3.6.0", "~> 2.1", ">= 1.8.0, < 2.0.0"]
)
def test_bounded_constraints(constraint: str, tmp_path: Path) -> None:
    text = REQUIRED.replace("~> 3.0", constraint)
    assert _found(write(tmp_path, {"main.tf": text})) == []


def test_the_old_runtime_connector_has_no_version_2(tmp_path: Path) -> None:
    text = (
        'module "runtime" {\n  source      = "symopsio/runtime-connector/sym"\n'
        '  version     = "~> 1.0"\n  environment = "main"\n}\n'
    )
    assert [it[0] for it in _found(write(tmp_path, {"main.tf": REQUIRED + text}))] == ["SYM136"]


def test_a_mirror_is_no_other_provider(tmp_path: Path) -> None:
    text = REQUIRED.replace('"symopsio/sym"', '"mirror.example.com/symopsio/sym"')
    text += 'resource "sym_runtime" "this" {\n  nam = "main"\n}\n'
    assert _found(write(tmp_path, {"main.tf": text})) == [("SYM121", "error", 10)]


def test_every_module_must_require_the_provider(tmp_path: Path) -> None:
    files = {
        "main.tf": REQUIRED + 'module "access" {\n  source = "./access"\n}\n',
        "access/main.tf": 'resource "sym_runtime" "this" {\n  name = "main"\n}\n',
    }
    (found,) = linted(write(tmp_path / "bad", files))
    assert (found.code, found.severity, found.range.line) == ("SYM131", "error", 1)
    assert Path(found.range.path).parent.name == "access"
    files["access/versions.tf"] = REQUIRED
    assert _found(write(tmp_path / "good", files)) == []


def test_a_snippet_requires_nothing(tmp_path: Path) -> None:
    text = 'resource "sym_runtime" "this" {\n  name = "main"\n}\n'
    assert _found(write(tmp_path, {"main.tf": text})) == []


@pytest.mark.parametrize(
    ("provider", "module", "place"),
    [("~> 1.14", "~> 2.0", 11), ("< 2.0.0", "2.0.2", 11)],
)
def test_a_module_that_needs_a_newer_provider(
    provider: str, module: str, place: int, tmp_path: Path
) -> None:
    text = REQUIRED.replace("~> 3.0", provider) + (
        'module "runtime_connector" {\n  source  = "symopsio/runtime-connector/aws"\n'
        f'  version = "{module}"\n\n  environment = "main"\n}}\n'
    )
    (found,) = linted(write(tmp_path, {"main.tf": text}))
    assert (found.code, found.severity, found.range.line) == ("SYM133", "error", place)
    assert found.related[0].range.line == 5
    assert 'or version = "~> 1.0"' in found.help


def test_a_provider_that_is_too_old_for_everything_else(tmp_path: Path) -> None:
    text = REQUIRED.replace("~> 3.0", "~> 1.14") + (
        'module "runtime_connector" {\n  source  = "symopsio/runtime-connector/aws"\n'
        '  version = "~> 2.0"\n\n  environment = "main"\n}\n'
        'resource "sym_flow" "this" {\n  name           = "a"\n  implementation = "impl.py"\n'
        '  environment_id = "0f8fad5b-d9cb-469f-a165-70867728950e"\n\n  params {\n  }\n}\n'
    )
    found = [it for it in linted(write(tmp_path, {"main.tf": text})) if it.code == "SYM133"]
    assert [it.range.line for it in found] == [5]


def test_constraints_that_contradict_each_other(tmp_path: Path) -> None:
    files = {
        "main.tf": REQUIRED + 'module "access" {\n  source = "./access"\n}\n',
        "access/main.tf": REQUIRED.replace("~> 3.0", "~> 2.0"),
    }
    (found,) = linted(write(tmp_path / "bad", files))
    assert (found.code, Path(found.range.path).parent.name) == ("SYM133", "access")
    files["access/main.tf"] = REQUIRED.replace("~> 3.0", ">= 2.0")
    assert _found(write(tmp_path / "good", files)) == []


def test_the_aws_provider_of_the_modules(tmp_path: Path) -> None:
    text = (
        'terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n'
        '      version = "~> 4.0"\n    }\n  }\n}\n'
        'module "datadog" {\n  source  = "symopsio/datadog-connector/aws"\n  version = "~> 4.0"\n\n'
        '  environment        = "main"\n  datadog_access_key = var.key\n}\n'
        'variable "key" {\n  type = string\n}\n'
    )
    (found,) = linted(write(tmp_path / "bad", {"main.tf": text}))
    assert (found.code, found.range.line) == ("SYM133", 11)
    good = text.replace('version = "~> 4.0"\n    }', 'version = "~> 5.0"\n    }')
    assert _found(write(tmp_path / "good", {"main.tf": good})) == []


def test_fixes(tmp_path: Path) -> None:
    text = (
        REQUIRED
        + V1_RUNTIME.replace('  addons      = ["aws/secretsmgr"]\n', "")
        + 'module "iam" {\n  source  = "symopsio/iam-connector/sym"\n  version = "~> 1.0"\n\n'
        '  enviroment        = "main"\n'
        '  runtime_role_arns = [module.runtime_connector.settings["role_arn"]]\n}\n'
    )
    write(tmp_path, {"main.tf": text})
    assert [code for code, _, _ in _found(tmp_path)] == ["SYM136", "SYM135"]
    fix(lambda texts: lint([str(tmp_path)], Options(overlays=texts)))
    assert _found(tmp_path) == []


@pytest.mark.parametrize("source", ["acmecorp/iam-connector/aws", "symopsio/brand-new/aws"])
def test_other_modules_are_none_of_our_business(source: str, tmp_path: Path) -> None:
    text = f'module "iam" {{\n  source = "{source}"\n}}\n'
    assert _found(write(tmp_path, {"main.tf": REQUIRED + text})) == []


OLD_HOSTS = {
    "a version": '  source  = "terraform.symops.com/symopsio/iam-connector/sym"\n  version = ">= 1.2.0"\n',
    "no version": '  source = "github.com/symopsio/terraform-aws-connectors//modules/iam-connector"\n',
}


@pytest.mark.parametrize("name", OLD_HOSTS)
def test_old_hosts_are_left_for_the_version_with_the_same_outputs(
    tmp_path: Path, name: str
) -> None:
    text = (
        REQUIRED
        + f'module "iam" {{\n{OLD_HOSTS[name]}\n  environment       = "main"\n'
        + '  runtime_role_arns = ["arn:aws:iam::123456789012:role/sym/SymRuntimeMain"]\n}\n'
    )
    root = write(tmp_path, {"main.tf": text})
    fix(lambda texts: lint([str(root)], Options(overlays=texts)))
    assert (root / "main.tf").read_text(encoding="utf-8") == text, (
        "another host is no drop-in replacement"
    )
    fix(lambda texts: lint([str(root)], Options(overlays=texts)), "all")
    assert _found(root) == []
    written = " ".join((root / "main.tf").read_text(encoding="utf-8").split())
    assert 'source = "symopsio/iam-connector/aws" version = "~> 1.0" environment' in written


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    mistakes = {f"{number} {it.title}": it for number, it in enumerate(MISTAKES)}
    compare_transcript(__file__, transcripts_of_mistakes(tmp_path, mistakes))
