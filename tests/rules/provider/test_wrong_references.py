"""SYM112: ids that lead to the wrong place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.checking import all_rules, configuration, findings
from support.mistakes import Mistake, changed, check
from support.transcript import compare_transcript, transcripts_of_mistakes
from support.writing import base_text, write

from symlint.lint.finding import Undecided
from symlint.rules.provider.wrong_reference import WrongReference

if TYPE_CHECKING:
    from pathlib import Path


def wrong(before: str, right: str, expression: str, title: str, *also: str) -> Mistake:
    return Mistake.of("access", before, right, expression, "SYM112", title, also=also)


ENVIRONMENT_ID = '("${path.module}/impl.py")\n  environment_id = '
FLOW = 'label          = "Access"\n  implementation = file' + ENVIRONMENT_ID

MISTAKES = {
    "the name of an environment": wrong(
        FLOW,
        "sym_environment.main.id",
        "sym_environment.main.name",
        "environment_id is the name of an environment, not its id",
    ),
    "a runtime for an environment": wrong(
        FLOW,
        "sym_environment.main.id",
        "module.runtime_connector.sym_runtime.id",
        "environment_id leads to a runtime, not to an environment",
    ),
    "a whole environment": wrong(
        FLOW,
        "sym_environment.main.id",
        "sym_environment.main",
        "environment_id is a whole environment, not its id",
    ),
    "an environment in quotes": wrong(
        FLOW,
        "sym_environment.main.id",
        '"sym_environment.main.id"',
        "environment_id is a reference in quotes, which is a plain string",
    ),
    "the name of an environment as text": wrong(
        FLOW,
        "sym_environment.main.id",
        '"main"',
        "environment_id is the name of an environment, not its id",
    ),
    "a target for an integration": wrong(
        "  integration_id = ",
        "sym_integration.iam.id",
        "sym_target.reader.id",
        "integration_id leads to a target, not to an integration",
        "SYM920",
    ),
    "the external id of an integration": wrong(
        "  integration_id = ",
        "sym_integration.iam.id",
        "sym_integration.iam.external_id",
        "integration_id is the external_id of an integration, not its id",
    ),
    "the role of a connector for an integration": wrong(
        "  integration_id = ",
        "sym_integration.iam.id",
        "module.iam_connector.settings.role_arn",
        "integration_id leads to the role_arn of a module, not to an integration",
        "SYM920",
    ),
    "an integration for a runtime": wrong(
        "  runtime_id          = ",
        "module.runtime_connector.sym_runtime.id",
        "module.runtime_connector.sym_integration.id",
        "runtime_id leads to an integration, not to a runtime",
    ),
    "an integration for an error logger": wrong(
        "  error_logger_id     = ",
        "sym_error_logger.slack.id",
        "sym_integration.slack.id",
        "error_logger_id leads to an integration, not to an error logger",
        "SYM920",
    ),
    "an error logger for an integration": wrong(
        "    slack_id     = ",
        "sym_integration.slack.id",
        "sym_error_logger.slack.id",
        "slack_id leads to an error logger, not to an integration",
    ),
    "the name of an integration": wrong(
        "    pagerduty_id = ",
        "sym_integration.pagerduty.id",
        "sym_integration.pagerduty.name",
        "pagerduty_id is the name of an integration, not its id",
    ),
    "a whole integration": wrong(
        "    pagerduty_id = ",
        "sym_integration.pagerduty.id",
        "sym_integration.pagerduty",
        "pagerduty_id is a whole integration, not its id",
    ),
    "the name of a secrets source": wrong(
        "  source_id = ",
        "sym_secrets.main.id",
        "sym_secrets.main.name",
        "source_id is the name of a secrets source, not its id",
    ),
    "a secret for its source": wrong(
        "  source_id = ",
        "sym_secrets.main.id",
        "sym_integration.slack.id",
        "source_id leads to an integration, not to a secrets source",
    ),
    "a runtime for a context": wrong(
        "    context_id = ",
        "module.runtime_connector.sym_integration.id",
        "module.runtime_connector.sym_runtime.id",
        "context_id leads to a runtime, not to an integration",
    ),
    "the Slack channel for its integration": wrong(
        'resource "sym_error_logger" "slack" {\n  integration_id = ',
        "sym_integration.slack.id",
        '"#access-errors"',
        "integration_id is a string that is not the id of an integration",
    ),
    "an error logger among log destinations": wrong(
        "  log_destination_ids = [",
        "sym_log_destination.datadog.id",
        "sym_error_logger.slack.id",
        "an element of log_destination_ids leads to an error logger, not to a log destination",
        "SYM920",
    ),
    "a context of another version": Mistake.of("legacy", "  context_id = ", "sym_integration.runtime.id", "sym_integration.runtime.name", "SYM112", "context_id is the name of an integration, not its id"),
}  # fmt: skip  # one case a line


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("name", "placement"),
    [(name, placement) for name, it in MISTAKES.items() for placement in it.placements],
)
def test_a_wrong_id_is_found_where_it_is_written(tmp_path: Path, name: str, placement: str) -> None:
    check(tmp_path, MISTAKES[name], placement)


def test_an_empty_id(tmp_path: Path) -> None:
    old = "sym_environment.main.id\n\n  vars"
    (found,) = changed(tmp_path, "access", (old, old.replace("sym_environment.main.id", '""')))
    assert (found.code, found.title) == ("SYM112", "environment_id is empty")


FINE = {
    "a literal id": ("sym_error_logger.slack.id", '"0f8fad5b-d9cb-469f-a165-70867728950e"'),
    "an id that a data source holds": (
        "module.runtime_connector.sym_runtime.id",
        "data.sym_environment.shared.runtime_id",
    ),
    "an id that a resource holds": (
        "module.runtime_connector.sym_runtime.id",
        "sym_environment.other.runtime_id",
    ),
    "an integration of another environment": (
        "sym_integration.pagerduty.id",
        'data.sym_environment.shared.integrations["pagerduty_id"]',
    ),
    "an optional id that is not given": ("module.runtime_connector.sym_runtime.id", "null"),
    "an output of an unknown module": (
        "module.runtime_connector.sym_runtime.id",
        "module.other.runtime",
    ),
    "an id from elsewhere": (
        "module.runtime_connector.sym_runtime.id",
        "data.terraform_remote_state.sym.outputs.runtime_id",
    ),
}
SHARED = """
data "sym_environment" "shared" {
  name = "shared"
}

data "terraform_remote_state" "sym" {
  backend = "local"
}

module "other" {
  source = "example/other/aws"
}

resource "sym_environment" "other" {
  name       = "other"
  runtime_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
}
"""


@pytest.mark.parametrize("name", FINE)
def test_what_may_be_right_is_left_alone(tmp_path: Path, name: str) -> None:
    old, new = FINE[name]
    text = base_text("access")
    start = text.index('resource "sym_environment"')
    text = text[:start] + text[start:].replace(old, new, 1) + SHARED
    sym = configuration(write(tmp_path, {"main.tf": text, "impl.py": "", "get_flows.py": ""}))
    outcomes = list(WrongReference().check(sym))
    assert [it for it in outcomes if hasattr(it, "title")] == []


def test_a_data_source_holds_ids_of_its_own_kinds_only(tmp_path: Path) -> None:
    new = "environment_id = data.sym_environment.shared.runtime_id\n\n  vars"
    found = changed(
        tmp_path,
        "access",
        ("environment_id = sym_environment.main.id\n\n  vars", new),
        extra=SHARED,
    )
    assert [it.title for it in found if it.code == "SYM112"] == [
        "environment_id is the runtime_id of an environment, not its id"
    ]


def test_what_is_not_known_is_undecided(tmp_path: Path) -> None:
    text = 'variable "e" {}\n\nresource "sym_flow" "a" {\n  environment_id = var.e\n}\n'
    outcomes = list(WrongReference().check(configuration(write(tmp_path, {"main.tf": text}))))
    assert [type(it) for it in outcomes] == [Undecided]


@pytest.mark.parametrize("base", ["access", "legacy"])
def test_the_bases_are_right(tmp_path: Path, base: str) -> None:
    assert changed(tmp_path / "root", base) == []
    assert changed(tmp_path / "module", base, module=True) == []
    assert findings(tmp_path / "root", all_rules()) == []


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    compare_transcript(__file__, transcripts_of_mistakes(tmp_path, MISTAKES))
