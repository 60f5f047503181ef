"""SYM301 where a chain leads from one environment into another, and where names differ."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from support.checking import findings
from support.transcript import compare_transcript, transcripts
from support.writing import FIXTURES, base, replaced, write

from symlint.rules.connectors.environment import ConnectorEnvironment

if TYPE_CHECKING:
    from pathlib import Path

RUNTIME = """
module "runtime_{name}" {{
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = {environment}
}}
"""

CONNECTOR = """
module "{kind}_{name}" {{
  source            = "symopsio/{kind}-connector/aws"
  version           = "~> 1.0"
  environment       = {environment}
  runtime_role_arns = [{role}]
}}
"""


def runtime(name: str = "main", environment: str | None = None) -> str:
    return RUNTIME.format(name=name, environment=environment or f'"{name}"')


def connector(
    name: str, environment: str | None = None, runtime: str = "main", kind: str = "iam"
) -> str:
    role = f"module.runtime_{runtime}.sym_runtime_connector_role.arn"
    return CONNECTOR.format(name=name, kind=kind, environment=environment or f'"{name}"', role=role)


CROSSINGS = {
    "the role that is trusted": (
        "main.tf",
        "[module.runtime_staging.sym_runtime_connector_role.arn]",
        "[module.runtime_main.sym_runtime_connector_role.arn]",
        "runtime_role_arns",
    ),
    "the environment of the flow": (
        "flows.tf",
        "environment_id = sym_environment.staging.id",
        "environment_id = sym_environment.main.id",
        "environment_id",
    ),
    "the strategy of the flow": (
        "flows.tf",
        "strategy_id = sym_strategy.iam_staging.id",
        "strategy_id = sym_strategy.iam_main.id",
        "params.strategy_id",
    ),
    "the integration of the strategy": (
        "flows.tf",
        "integration_id = sym_integration.iam_staging.id",
        "integration_id = sym_integration.iam_main.id",
        "integration_id",
    ),
    "the runtime of the environment": (
        "main.tf",
        "runtime_id      = module.runtime_staging.sym_runtime.id",
        "runtime_id      = module.runtime_main.sym_runtime.id",
        "runtime_id",
    ),
}


@pytest.mark.parametrize("name", CROSSINGS)
def test_a_chain_that_crosses_is_an_error_at_the_wrong_link(tmp_path: Path, name: str) -> None:
    file, right, wrong, attribute = CROSSINGS[name]
    root = tmp_path / "root"
    shutil.copytree(FIXTURES / "two_environments", root)
    text = (root / file).read_text(encoding="utf-8")
    assert text.count(right) == 1
    (root / file).write_text(text.replace(right, wrong), encoding="utf-8")
    found = [it for it in findings(root) if it.code == "SYM301"]
    assert [(it.severity, it.attribute) for it in found] == [("error", attribute)]
    line = text[: text.index(right)].count("\n") + 1
    assert (found[0].range.path.rpartition("/")[2], found[0].range.line) == (file, line)
    assert any("runs with the role" in it.label or "runtime" in it.label for it in found[0].related)


def test_settings_of_the_other_environment_are_one_mistake(tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(FIXTURES / "two_environments", root)
    text = (root / "main.tf").read_text(encoding="utf-8")
    (root / "main.tf").write_text(
        text.replace("module.iam_staging.settings", "module.iam_main.settings"), encoding="utf-8"
    )
    found = findings(root)
    assert [(it.code, it.attribute) for it in found] == [("SYM301", "settings")]
    assert found[0].range.text == "module.iam_main.settings"


def test_two_environments_side_by_side_are_right(tmp_path: Path) -> None:
    text = "".join(map(runtime, ("main", "staging"))) + "".join(
        connector(name, runtime=name) for name in ("main", "staging")
    )
    assert findings(write(tmp_path, {"main.tf": text})) == []


def test_a_runtime_that_no_chain_reaches_is_found_through_the_role_alone(tmp_path: Path) -> None:
    text = runtime("main") + runtime("staging") + connector("staging", runtime="main")
    found = findings(write(tmp_path, {"main.tf": text}))
    assert [(it.code, it.severity, it.range.text) for it in found] == [
        ("SYM301", "warning", '"staging"')
    ]


PURPOSE = {
    "an addition": runtime() + connector("database", '"main-database"', kind="lambda"),
    "an addition in front": runtime() + connector("database", '"database_main"', kind="lambda"),
    "several of a kind": runtime()
    + connector("database", kind="lambda")
    + connector("mailer", kind="lambda"),
    "a key of its own": runtime()
    + connector("tenant", "each.key").replace(
        "source ", 'for_each          = toset(["apple"])\n  source ', 1
    ),
    "one local and one literal": 'locals {\n  name = "main"\n}\n'
    + runtime("main", "local.name")
    + connector("main"),
    "case of a local twice": 'locals {\n  one = "main"\n  two = "main"\n}\n'
    + runtime("main", "local.one")
    + connector("main", "local.two"),
    "a variable without a value": 'variable "name" {}\n'
    + runtime()
    + connector("main", "var.name"),
}


@pytest.mark.parametrize("name", PURPOSE)
def test_other_names_on_purpose_are_right(tmp_path: Path, name: str) -> None:
    assert findings(write(tmp_path, {"main.tf": PURPOSE[name]})) == []


def test_a_connector_named_after_its_flow_is_right(tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(FIXTURES / "lambda", root)
    assert findings(root) == []
    database = (root / "database.tf").read_text(encoding="utf-8")
    other = database.replace('name           = "database-access"', 'name           = "reports"')
    assert other != database
    (root / "database.tf").write_text(other, encoding="utf-8")
    (root / "notify.tf").write_text("", encoding="utf-8")
    environment = (root / "environment.tf").read_text(encoding="utf-8")
    environment = environment.replace("aws_lambda_id = sym_integration.notify.id", "")
    (root / "environment.tf").write_text(environment, encoding="utf-8")
    assert [(it.code, it.range.text) for it in findings(root)] == [("SYM301", '"database"')]


@pytest.mark.parametrize("name", ["database-emergency", "emergency", "mailer-database"])
def test_a_name_may_have_the_first_word_of_its_flows(tmp_path: Path, name: str) -> None:
    root = tmp_path / "root"
    shutil.copytree(FIXTURES / "lambda", root)
    database = (root / "database.tf").read_text(encoding="utf-8")
    text = database.replace('environment       = "database"', f'environment       = "{name}"')
    assert text != database
    (root / "database.tf").write_text(text, encoding="utf-8")
    (root / "notify.tf").write_text("", encoding="utf-8")
    environment = (root / "environment.tf").read_text(encoding="utf-8")
    environment = environment.replace("aws_lambda_id = sym_integration.notify.id", "")
    (root / "environment.tf").write_text(environment, encoding="utf-8")
    found = [it.range.text for it in findings(root, (ConnectorEnvironment,))]
    assert found == ([] if name == "database-emergency" else [f'"{name}"'])


def test_a_flow_whose_strategy_is_not_known_may_give_the_name(tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(FIXTURES / "lambda", root)
    database = (root / "database.tf").read_text(encoding="utf-8")
    for id_ in ("sym_integration.database.id", "sym_strategy.database.id"):
        assert id_ in database
        database = database.replace(id_, f"trimspace({id_})")
    (root / "database.tf").write_text(database, encoding="utf-8")
    assert findings(root) == []


def test_the_name_of_another_environment_is_never_on_purpose(tmp_path: Path) -> None:
    text = (
        runtime("main")
        + runtime("staging")
        + connector("main")
        + connector("staging", runtime="main")
    )
    found = findings(write(tmp_path, {"main.tf": text}))
    assert [(it.severity, it.range.text) for it in found] == [("warning", '"staging"')]


SHARED = """
resource "sym_environment" "prod" {
  name       = "prod"
  runtime_id = module.runtime_shared.sym_runtime.id
}

resource "sym_environment" "sandbox" {
  name       = "sandbox"
  runtime_id = module.runtime_shared.sym_runtime.id
}
"""


def test_a_runtime_that_environments_share_serves_connectors_of_each(tmp_path: Path) -> None:
    text = (
        runtime("shared")
        + SHARED
        + connector("prod", runtime="shared")
        + connector("sandbox", runtime="shared")
    )
    assert findings(write(tmp_path, {"main.tf": text})) == []
    alone = runtime("shared") + SHARED + connector("prod", runtime="shared")
    assert findings(write(tmp_path / "alone", {"main.tf": alone})) == []
    wrong = runtime("shared") + SHARED + connector("staging", runtime="shared")
    found = findings(write(tmp_path / "wrong", {"main.tf": wrong}))
    assert [it.range.text for it in found] == ['"staging"']


def test_the_role_may_be_written_out(tmp_path: Path) -> None:
    arn = '"arn:aws:iam::123456789012:role/sym/SymRuntime{}"'
    right = runtime() + CONNECTOR.format(
        name="a", kind="iam", environment='"main"', role=arn.format("Main")
    )
    wrong = runtime() + CONNECTOR.format(
        name="a", kind="iam", environment='"prod"', role=arn.format("Main")
    )
    elsewhere = runtime() + CONNECTOR.format(
        name="a", kind="iam", environment='"prod"', role=arn.format("Prod")
    )
    assert findings(write(tmp_path / "right", {"main.tf": right})) == []
    assert len(findings(write(tmp_path / "wrong", {"main.tf": wrong}))) == 1
    assert findings(write(tmp_path / "elsewhere", {"main.tf": elsewhere})) == []


def test_without_a_role_the_only_runtime_is_the_one(tmp_path: Path) -> None:
    unknown = 'variable "roles" {\n  type = list(string)\n}\n'
    text = (
        unknown
        + runtime()
        + connector("prod").replace(
            "[module.runtime_main.sym_runtime_connector_role.arn]", "var.roles"
        )
    )
    found = findings(write(tmp_path, {"main.tf": text}))
    assert [(it.severity, it.range.text) for it in found] == [("warning", '"prod"')]
    two = text + runtime("other")
    assert findings(write(tmp_path / "two", {"main.tf": two})) == []


@pytest.mark.parametrize("through", ["billing", "other"])
def test_a_flow_of_the_name_must_work_through_the_connector(tmp_path: Path, through: str) -> None:
    text = runtime() + connector("billing") + connector("other", '"main"', kind="sso")
    for kind, name in (("iam", "billing"), ("sso", "other")):
        text += (
            f'resource "sym_integration" "{name}" {{\n  type = "permission_context"\n'
            f'  name = "x-{name}"\n  settings = module.{kind}_{name}.settings\n}}\n'
        )
    text += (
        'resource "sym_strategy" "s" {\n  type = "aws_iam"\n  name = "s"\n'
        f"  integration_id = sym_integration.{through}.id\n}}\n"
        'resource "sym_flow" "billing" {\n  name = "billing"\n  params {\n'
        "    strategy_id = sym_strategy.s.id\n  }\n}\n"
    )
    found = findings(write(tmp_path, {"main.tf": text}), (ConnectorEnvironment,))
    assert [it.range.text for it in found] == ([] if through == "billing" else ['"billing"'])


@pytest.mark.parametrize("shared", [True, False])
def test_a_local_that_another_runtime_rightly_has_is_not_the_text_to_change(
    tmp_path: Path, shared: bool
) -> None:
    text = 'locals {\n  name = "prod"\n}\n' + connector("main", "local.name") + runtime()
    text += runtime("prod", "local.name" if shared else '"prod"')
    (found,) = findings(write(tmp_path, {"main.tf": text}))
    assert found.range.text == ("local.name" if shared else '"prod"')
    assert (found.range.line == 2) is not shared


SPARES = """
module "iam_spare" {
  source            = "symopsio/iam-connector/aws"
  version           = "~> 2.0"
  environment       = "staging-spare"
  runtime_role_arns = [module.runtime_staging.sym_runtime_connector_role.arn]
}

resource "sym_integration" "iam_spare" {
  type        = "permission_context"
  name        = "staging-spare"
  external_id = module.iam_spare.settings.account_id
  settings    = module.iam_spare.settings
}

resource "sym_strategy" "iam_spare" {
  type           = "aws_iam"
  name           = "staging-spare"
  integration_id = sym_integration.iam_spare.id
  targets        = [sym_target.deployers_staging.id]
}

resource "sym_environment" "spare" {
  name            = "spare"
  runtime_id      = module.runtime_staging.sym_runtime.id
  error_logger_id = sym_error_logger.slack.id

  integrations = {
    slack_id = sym_integration.slack.id
  }
}
"""
"""With them it is not certain which expression is the right one."""


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    whole = base("two_environments")
    crossings = {
        name: {**whole, file: replaced(whole[file], right, wrong)}
        for name, (file, right, wrong, _) in CROSSINGS.items()
    }
    settings = whole["main.tf"].replace("module.iam_staging.settings", "module.iam_main.settings")
    crossings["the settings of the integration"] = {**whole, "main.tf": settings}
    spared = {
        f"{name} where there are several": {**files, "spares.tf": SPARES}
        for name, files in crossings.items()
    }
    compare_transcript(
        __file__,
        transcripts(tmp_path / "purpose", PURPOSE, ConnectorEnvironment),
        transcripts(tmp_path / "crossings", crossings | spared, ConnectorEnvironment),
    )
