"""The picture of how access is granted: which parts it has, and which edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.checking import configuration
from support.transcript import compare_transcript
from support.writing import write

from symlint.sym.access_chains import draw_chains

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from symlint.sym.model.configuration import SymConfiguration

UNSET = 'variable "unset" {}\n'


def flow(strategy: str, environment: str = "sym_environment.main.id", more: str = "") -> str:
    return (
        f'resource "sym_flow" "flow" {{\n  name = "flow"\n  environment_id = {environment}\n{more}'
        f"  params {{\n    strategy_id = {strategy}\n  }}\n}}\n"
    )


def strategy(
    targets: str, name: str = "one", integration: str = "sym_integration.okta.id", more: str = ""
) -> str:
    return (
        f'resource "sym_strategy" "{name}" {{\n  type = "okta"\n  name = "{name}"\n{more}'
        f"  integration_id = {integration}\n  targets = {targets}\n}}\n"
    )


TARGETS = (
    'resource "sym_target" "a" {\n  type = "okta_group"\n  name = "a"\n}\n'
    'resource "sym_target" "b" {\n  type = "okta_group"\n  name = "b"\n}\n'
)
INTEGRATION = (
    'resource "sym_integration" "okta" {\n  type = "okta"\n  name = "okta"\n}\n'
    'resource "sym_integration" "lonely" {\n  type = "slack"\n  name = "lonely"\n}\n'
)
RUNTIME = (
    'module "runtime" {\n  source = "symopsio/runtime-connector/aws"\n  version = "~> 2.0"\n'
    '  environment = "main"\n}\n'
    'module "iam" {\n  source = "symopsio/iam-connector/aws"\n  version = "~> 2.0"\n'
    '  environment = "main"\n'
    "  runtime_role_arns = [module.runtime.sym_runtime_connector_role.arn]\n}\n"
    'module "addon" {\n  source = "symopsio/secretsmgr-addon/aws"\n  version = "~> 1.1"\n'
    '  environment = "main"\n'
    "  iam_role_name = module.runtime.sym_runtime_connector_role.name\n}\n"
)
CONTEXT = (
    'resource "sym_integration" "okta" {\n  type = "permission_context"\n  name = "iam"\n'
    "  external_id = module.iam.settings.account_id\n  settings = module.iam.settings\n}\n"
)
ENVIRONMENT = (
    'resource "sym_environment" "main" {\n  name = "main"\n'
    "  runtime_id = module.runtime.sym_runtime.id\n%s}\n"
)
OWN = 'resource "sym_runtime" "own" {\n  name = "own"\n  context_id = sym_integration.okta.id\n}\n'
BOTH = "[sym_target.a.id, sym_target.b.id]"
ONE = "sym_strategy.one.id"
REST = TARGETS + INTEGRATION + RUNTIME + ENVIRONMENT % ""
TWO = strategy("[sym_target.b.id]", "two")

CASES: dict[str, str | Mapping[str, str]] = {
    "all": flow(ONE) + strategy(BOTH) + REST,
    "no environment": flow(ONE, "null") + strategy(BOTH) + REST,
    "an environment not known": UNSET + flow(ONE, "var.unset") + strategy(BOTH) + REST,
    "a runtime of its own": flow(ONE)
    + strategy(BOTH)
    + (REST + OWN).replace("module.runtime.sym_runtime.id", "sym_runtime.own.id"),
    "no strategy": flow("null") + strategy(BOTH) + REST,
    "a strategy not known": UNSET + flow("var.unset") + strategy(BOTH) + REST,
    "a strategy not known, and another named": UNSET
    + flow("var.unset ? var.unset : sym_strategy.two.id")
    + strategy(BOTH)
    + TWO
    + REST,
    "a strategy of two": UNSET
    + flow(f"var.unset ? {ONE} : sym_strategy.two.id")
    + strategy("[sym_target.a.id]")
    + TWO
    + REST,
    "a strategy by its index of a local": flow('local.strategies["one"]')
    + "locals {\n  strategies = { one = sym_strategy.one.id, two = sym_strategy.two.id }\n}\n"
    + strategy("[sym_target.a.id]")
    + TWO
    + REST,
    "a strategy by an unknown index of a local": UNSET
    + flow("local.strategies[var.unset]")
    + "locals {\n  strategies = { one = sym_strategy.one.id, two = sym_strategy.two.id }\n}\n"
    + strategy("[sym_target.a.id]")
    + TWO
    + REST,
    "a wrong strategy": flow("sym_target.a.id") + strategy(BOTH) + REST,
    "a name of an environment": flow(ONE, "null", "  vars = { env = sym_environment.main.name }\n")
    + strategy(BOTH)
    + REST,
    "a strategy elsewhere in the flow": flow(ONE, "null", "  vars = { s = sym_strategy.two.id }\n")
    + strategy("[sym_target.a.id]")
    + TWO
    + REST,
    "an environment with integrations": flow(ONE)
    + strategy(BOTH)
    + TARGETS
    + INTEGRATION
    + RUNTIME
    + ENVIRONMENT % "  integrations = {\n    slack_id = sym_integration.lonely.id\n  }\n",
    "targets of a splat": flow(ONE)
    + strategy("sym_target.many[*].id")
    + REST
    + 'resource "sym_target" "many" {\n  count = 2\n  type = "okta_group"\n}\n',
    "targets of types": flow(ONE)
    + strategy("[for it in sym_target.many : it.id]")
    + REST
    + 'resource "sym_target" "many" {\n  for_each = toset(["okta_group", "aws_iam_group"])\n'
    "  type = each.key\n}\n",
    "targets of a type not known": UNSET
    + flow(ONE)
    + strategy("[sym_target.x.id]")
    + REST
    + 'resource "sym_target" "x" {\n  type = var.unset\n}\n',
    "targets not known": UNSET + flow(ONE) + strategy("var.unset") + REST,
    "a context": flow(ONE) + strategy(BOTH) + TARGETS + CONTEXT + RUNTIME + ENVIRONMENT % "",
    "a connector of a strategy": flow(ONE)
    + strategy(BOTH, integration="sym_integration.okta.id", more="  x = module.iam.settings\n")
    + TARGETS
    + CONTEXT
    + RUNTIME
    + ENVIRONMENT % "",
    "a data source": flow("data.sym_strategy.one.id", "data.sym_environment.main.id")
    + 'data "sym_strategy" "one" {\n  type = "okta"\n  name = "one"\n}\n'
    + 'data "sym_environment" "main" {\n  name = "main"\n}\n',
    "in a module": {
        "main.tf": flow("module.access.strategy")
        + INTEGRATION
        + RUNTIME
        + ENVIRONMENT % ""
        + 'module "access" {\n  source = "./access"\n  integration = sym_integration.okta.id\n}\n',
        "access/main.tf": strategy(BOTH, integration="var.integration")
        + TARGETS
        + 'variable "integration" {}\noutput "strategy" {\n  value = sym_strategy.one.id\n}\n',
    },
    "only targets": TARGETS + INTEGRATION,
    "nothing": INTEGRATION + RUNTIME,
}


def drawn(sym: SymConfiguration) -> Iterator[str]:
    """Nodes and edges."""
    picture = draw_chains(sym)
    for node in picture.nodes:
        yield f"  {' '.join(node.lines)}"
    for edge in picture.edges:
        path = ".".join(map(str, edge.path))
        yield f"  {edge.source} -> {edge.target} by {edge.attribute} `{edge.range.text}` ({path})"


def test_snapshot_of_chains(tmp_path: Path) -> None:
    texts = {}
    for number, (name, text) in enumerate(CASES.items()):
        files = {"main.tf": text} if isinstance(text, str) else text
        sym = configuration(write(tmp_path / str(number), files))
        texts[name] = "\n".join(drawn(sym)) or "  nothing"
    compare_transcript(__file__, texts)
