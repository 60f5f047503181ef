"""The core rules where there are several strategies, flows, connectors, targets and roles.

Whatever stands beside it, in whatever order: what is wrong is found at its line (``# here``), what
is not known is undecided, and what is right is right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from support.checking import configuration
from support.transcript import compare_transcript, transcripts
from support.writing import marked_lines, write

from symlint.lint.finding import PASSED, Finding, Undecided
from symlint.rules.connectors.environment import ConnectorEnvironment
from symlint.rules.connectors.external_id_source import ExternalIdSource
from symlint.rules.connectors.runtime_role_arns import RuntimeRoleArns
from symlint.rules.flows.strategy import FlowStrategy
from symlint.rules.strategies.target_type import StrategyTargetType

if TYPE_CHECKING:
    from pathlib import Path

    from symlint.lint.rule import Rule

TARGETS = """
variable "unknown" {}

resource "sym_target" "group" {
  type = "aws_iam_group"
  name = "group"

  settings = {
    iam_group = "group"
  }
}

resource "sym_target" "okta" {
  type = "okta_group"
  name = "okta"

  settings = {
    group_id = "00g1okta"
  }
}

resource "sym_target" "repository" {
  type = "github_repo"
  name = "repository"

  settings = {
    repo_name = "website"
  }
}

resource "sym_target" "unknown" {
  type = var.unknown
  name = "unknown"
}
"""
RUNTIME = """
variable "unknown" {}

module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
"""
ROLE = "module.runtime_connector.sym_runtime_connector_role"
CONNECTORS = "".join(
    f"""
module "{kind}_connector" {{
  source            = "symopsio/{kind}-connector/aws"
  version           = "~> 2.0"
  environment       = "main"
  runtime_role_arns = [{ROLE}.arn]
}}
"""
    for kind in ("iam", "sso")
)


def strategy(name: str, targets: str, type_: str = '"aws_iam"') -> str:
    return f"""
resource "sym_strategy" "{name}" {{
  type    = {type_}
  name    = "{name}"
  targets = {targets}
}}
"""


def flow(name: str, strategy_id: str) -> str:
    return f"""
resource "sym_flow" "{name}" {{
  name           = "{name}"
  environment_id = "0f8fad5b-d9cb-469f-a165-70867728950e"

  params {{
    strategy_id = {strategy_id}
  }}
}}
"""


def connector(kind: str, environment: str = '"main"', roles: str = f"[{ROLE}.arn]") -> str:
    return f"""
module "{kind}_connector" {{
  source            = "symopsio/{kind}-connector/aws"
  version           = "~> {1 if kind == "lambda" else 2}.0"
  environment       = {environment}
  runtime_role_arns = {roles}
}}
"""


def context(name: str, external_id: str, kind: str = "iam") -> str:
    return f"""
resource "sym_integration" "{name}" {{
  type        = "permission_context"
  name        = "{name}"
  external_id = {external_id}
  settings    = module.{kind}_connector.settings
}}
"""


def listed(*elements: str) -> str:
    """A list with an element a line, which a mark may follow."""
    lines = (element.partition(" #") for element in elements)
    return "[\n" + "".join(f"    {it},{' #' * bool(mark)}{mark}\n" for it, _, mark in lines) + "  ]"


class Several(NamedTuple):
    """``things`` beside each other, of which so many are undecided and so many right."""

    rule: type[Rule]
    before: str
    things: tuple[str, ...]
    undecided: int
    passed: int

    def text(self, turned: int) -> str:
        """The configuration with so many of the things moved to the end."""
        return self.before + "".join(self.things[turned:] + self.things[:turned])


STRATEGIES = TARGETS + strategy("a", "[sym_target.group.id]") + strategy("b", "[]")
CASES = {
    "strategies": Several(
        StrategyTargetType,
        TARGETS,
        (
            strategy("unknown", "var.unknown"),
            strategy("wrong", "[sym_target.okta.id] # here"),
            strategy("unknown_type", "[sym_target.group.id]", "var.unknown"),
            strategy("right", "[sym_target.group.id]"),
            strategy("no_list", "sym_target.group.id # here"),
            strategy("wrong_too", "[sym_target.repository.id] # here"),
        ),
        undecided=2,
        passed=1,
    ),
    "targets of one strategy": Several(
        StrategyTargetType,
        TARGETS,
        (
            strategy(
                "several",
                listed(
                    "sym_target.unknown.id",
                    "sym_target.okta.id # here",
                    "var.unknown",
                    "sym_target.group.id",
                    "sym_target.group.name # here",
                    "sym_target.repository.id # here",
                ),
            ),
            strategy("last", "[sym_target.okta.id] # here"),
        ),
        undecided=2,
        passed=1,
    ),
    "flows": Several(
        FlowStrategy,
        STRATEGIES,
        (
            flow("unknown", "var.unknown"),
            flow("wrong", "sym_target.group.id # here"),
            flow("approval", "null"),
            flow("right", "sym_strategy.a.id"),
            flow("wrong_too", "sym_strategy.b.name # here"),
            flow("unknown_too", "[for it in [var.unknown] : it][0]"),
            flow("quoted", '"sym_strategy.b.id" # here'),
        ),
        undecided=2,
        passed=2,
    ),
    "alternatives of one flow": Several(
        FlowStrategy,
        STRATEGIES,
        (
            flow("choice", "var.unknown ? sym_strategy.a.id : sym_target.group.id # here"),
            flow("choices", "var.unknown ? sym_strategy.b.name : sym_strategy.b.id # here"),
        ),
        undecided=0,
        passed=2,
    ),
    "connectors": Several(
        ConnectorEnvironment,
        RUNTIME,
        (
            connector("iam", "var.unknown"),
            connector("sso", '"prod" # here'),
            connector("lambda", '"staging" # here'),
        ),
        undecided=1,
        passed=0,
    ),
    "roles of connectors": Several(
        RuntimeRoleArns,
        RUNTIME,
        (
            connector("iam", roles="var.unknown"),
            connector(
                "sso",
                roles=listed(
                    "var.unknown",
                    f"{ROLE}.name # here",
                    f"{ROLE}.arn",
                    f"{ROLE} # here",
                    '"SymRuntimeMain" # here',
                ),
            ),
            connector("lambda", roles=f"{ROLE}.arn # here"),
        ),
        undecided=2,
        passed=1,
    ),
    "permission contexts": Several(
        ExternalIdSource,
        RUNTIME + CONNECTORS,
        (
            context("unknown", "var.unknown"),
            context("wrong", "module.iam_connector.settings.role_arn # here"),
            context("right", "module.iam_connector.settings.account_id"),
            context("sso", "module.iam_connector.settings.account_id # here", "sso"),
            context("typed", '"123456789012" # here'),
            context("sso_right", "module.sso_connector.settings.instance_arn", "sso"),
        ),
        undecided=1,
        passed=2,
    ),
    "alternatives of one context": Several(
        ExternalIdSource,
        RUNTIME + CONNECTORS,
        (
            context(
                "choice",
                "(var.unknown ? module.iam_connector.settings.account_id : "
                "module.iam_connector.settings.role_arn) # here",
            ),
            context(
                "choices",
                "(var.unknown ? module.sso_connector.settings.instance_arn : "
                "module.iam_connector.settings.account_id) # here",
            ),
        ),
        undecided=0,
        passed=2,
    ),
}


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("name", "turned"),
    [(name, turned) for name, it in CASES.items() for turned in range(len(it.things))],
)
def test_each_is_judged_by_itself(tmp_path: Path, name: str, turned: int) -> None:
    case = CASES[name]
    files = {"main.tf": case.text(turned)}
    outcomes = list(case.rule().check(configuration(write(tmp_path, files))))
    found = sorted(it.range.line for it in outcomes if isinstance(it, Finding))
    assert found == [line for _, line in marked_lines(files)]
    assert sum(isinstance(it, Undecided) for it in outcomes) == case.undecided
    assert sum(it is PASSED for it in outcomes) == case.passed


# --- in other modules ---------------------------------------------------------------------------

ACCESS_MODULE = (
    TARGETS
    + strategy("inner", "[sym_target.group.id]")
    + 'output "strategy_id" {\n  value = sym_strategy.inner.id\n}\n'
    + 'output "strategy_name" {\n  value = sym_strategy.inner.name\n}\n'
    + 'output "group_target_id" {\n  value = sym_target.group.id\n}\n'
    + 'output "listed" {\n  value = sym_target.okta.id\n}\n'
)
CALL = 'module "access" {\n  source  = "./access"\n  unknown = var.unknown\n}\n'
VARIABLE = 'variable "unknown" {}\n'
ELSEWHERE: dict[str, tuple[type[Rule], dict[str, str]]] = {
    "strategies in a module": (
        FlowStrategy,
        {
            "main.tf": VARIABLE
            + CALL
            + flow("unknown", "var.unknown")
            + flow("right", "module.access.strategy_id")
            + flow("target", "module.access.group_target_id # here")
            + flow("quoted", '"module.access.strategy_id" # here'),
            "access/main.tf": ACCESS_MODULE,
        },
    ),
    "a name that a module hands out": (
        FlowStrategy,
        {
            "main.tf": VARIABLE + CALL + flow("name", "module.access.strategy_name # here"),
            "access/main.tf": ACCESS_MODULE,
        },
    ),
    "targets in a module": (
        StrategyTargetType,
        {
            "main.tf": VARIABLE
            + CALL
            + strategy("unknown", "[var.unknown]")
            + strategy("right", "[module.access.group_target_id]")
            + strategy("wrong", "[module.access.listed]"),
            "access/main.tf": ACCESS_MODULE.replace(
                "value = sym_target.okta.id", "value = sym_target.okta.id # here"
            ),
        },
    ),
    "connectors in modules of each environment": (
        ConnectorEnvironment,
        {
            "main.tf": RUNTIME
            + "".join(
                f'module "{name}" {{\n  source      = "./{name}"\n'
                f"  environment = {environment}\n  role_arn    = {ROLE}.arn\n}}\n"
                for name, environment in (
                    ("unknown", "var.unknown"),
                    ("right", '"main"'),
                    ("wrong", '"prod"'),
                )
            ).replace('"prod"', '"prod" # here'),
            **{
                f"{name}/main.tf": 'variable "environment" {}\nvariable "role_arn" {}\n'
                + connector(kind, "var.environment", "[var.role_arn]")
                for name, kind in (("unknown", "iam"), ("right", "sso"), ("wrong", "lambda"))
            },
        },
    ),
    "contexts of connectors in a module": (
        ExternalIdSource,
        {
            "main.tf": RUNTIME
            + 'module "aws" {\n  source   = "./aws"\n'
            + f"  role_arn = {ROLE}.arn\n}}\n"
            + context("unknown", "var.unknown").replace("module.iam_connector", "module.aws.iam")
            + context("right", "module.aws.iam.settings.account_id").replace(
                "module.iam_connector", "module.aws.iam"
            )
            + context("wrong", "module.aws.sso.settings.instance_arn # here").replace(
                "module.iam_connector", "module.aws.iam"
            ),
            "aws/main.tf": 'variable "role_arn" {}\n'
            + connector("iam", roles="[var.role_arn]")
            + connector("sso", roles="[var.role_arn]")
            + 'output "iam" {\n  value = module.iam_connector\n}\n'
            + 'output "sso" {\n  value = module.sso_connector\n}\n',
        },
    ),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_what_is_in_other_modules(tmp_path: Path, name: str) -> None:
    rule, files = ELSEWHERE[name]
    outcomes = rule().check(configuration(write(tmp_path, files)))
    found = [it.range for it in outcomes if isinstance(it, Finding)]
    places = sorted((it.path.removeprefix(f"{tmp_path}/"), it.line) for it in found)
    assert places == marked_lines(files)


def test_snapshot_of_what_is_said(tmp_path: Path) -> None:
    several = {name: it.text(0) for name, it in CASES.items()}
    elsewhere = {name: files for name, (_, files) in ELSEWHERE.items()}
    rules = (FlowStrategy, StrategyTargetType, ConnectorEnvironment, ExternalIdSource)
    compare_transcript(
        __file__,
        transcripts(tmp_path / "several", several, *rules),
        transcripts(tmp_path / "elsewhere", elsewhere, *rules),
    )
