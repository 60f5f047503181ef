"""Whether the environment of a connector is meant to differ, and which of two is the wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.checking import configuration
from support.transcript import compare_transcript
from support.writing import write

from symlint.sym.intent.connectors.environment_names import Misnamed, judge_environment
from symlint.sym.intent.connectors.role_chains import (
    chains,
    crosses,
    misnamed_connectors,
    owner_of_link,
    right_expression,
    wrong_link,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from symlint.sym.model.configuration import SymConfiguration


def runtime(name: str, environment: str | None = None) -> str:
    return (
        f'module "{name}" {{\n  source = "symopsio/runtime-connector/aws"\n'
        f'  version = "~> 2.0"\n  environment = {environment or _quoted(name)}\n}}\n'
    )


def connector(
    name: str, environment: str, trusts: str = "main", kind: str = "iam", more: str = ""
) -> str:
    return (
        f'module "{name}" {{\n  source = "symopsio/{kind}-connector/aws"\n'
        f'  version = "~> 1.0"\n  environment = {environment}\n{more}'
        f"  runtime_role_arns = [module.{trusts}.sym_runtime_connector_role.arn]\n}}\n"
    )


def environment(name: str, trusts: str = "main", text: str | None = None, more: str = "") -> str:
    return (
        f'resource "sym_environment" "{name}" {{\n  name = {text or _quoted(name)}\n'
        f"  runtime_id = module.{trusts}.sym_runtime.id\n{more}}}\n"
    )


def context(name: str, module: str, text: str | None = None) -> str:
    return (
        f'resource "sym_integration" "{name}" {{\n  type = "permission_context"\n'
        f"  name = {text or _quoted(name)}\n"
        f"  external_id = module.{module}.settings.account_id\n"
        f"  settings = module.{module}.settings\n}}\n"
    )


def strategy(name: str, integration: str, text: str | None = None, kind: str = "aws_iam") -> str:
    return (
        f'resource "sym_strategy" "{name}" {{\n  type = "{kind}"\n  name = {text or _quoted(name)}\n'
        f"  integration_id = {integration}\n}}\n"
    )


def flow(name: str, strategy_id: str, environment_id: str, text: str | None = None) -> str:
    return (
        f'resource "sym_flow" "{name}" {{\n  name = {text or _quoted(name)}\n'
        f"  environment_id = {environment_id}\n"
        f"  params {{\n    strategy_id = {strategy_id}\n  }}\n}}\n"
    )


def _quoted(text: str) -> str:
    return f'"{text}"'


UNSET = 'variable "unset" {}\n'
MAIN = UNSET + runtime("main")
TWO = MAIN + runtime("staging")
DATA = MAIN + connector("iam", '"data"')
OF_DATA = DATA + context("iam", "iam", '"context"')
IAM = "sym_integration.iam.id"
ENVIRONMENT = environment("main")
FLOW = strategy("s", IAM, '"strategy"') + ENVIRONMENT
LOST = (
    'resource "sym_integration" "lost" {\n  type = "permission_context"\n  name = "lost"\n'
    "  external_id = var.unset\n  settings = var.unset\n}\n"
)
OKTA = LOST.replace("permission_context", "okta")
ADDON = (
    'module "{0}" {{\n  source = "symopsio/secretsmgr-addon/aws"\n  version = "~> 1.1"\n'
    '  environment = "{1}"\n  iam_role_name = module.main.sym_runtime_connector_role.name\n}}\n'
)

TENANT = 'variable "name" {}\nvariable "role" {}\n' + connector("iam", "var.name").replace(
    "module.main.sym_runtime_connector_role.arn", "var.role"
)

NAMES: dict[str, str | dict[str, str]] = {
    "another name": DATA,
    "the same name": MAIN + connector("iam", '"main"'),
    "no environment": MAIN + connector("iam", "null"),
    "no environment at all": MAIN + connector("iam", "null").replace("  environment = null\n", ""),
    "computed": MAIN + connector("iam", 'format("%s", "data")'),
    "computed of a local": MAIN
    + 'locals {\n  name = "da"\n}\n'
    + connector("iam", '"${local.name}ta"'),
    "a runtime by the name of its role": MAIN
    + connector("iam", '"data"').replace(
        "module.main.sym_runtime_connector_role.arn",
        '"arn:aws:iam::111122223333:role/sym/SymRuntimeMain"',
    ),
    "an addon of the runtime of another": TWO
    + connector("iam", '"data"')
    + ADDON.format("addon", "data").replace("module.main", "module.staging"),
    "an addon of no environment": DATA
    + ADDON.format("addon", "data").replace('"data"', "var.unset")
    + ADDON.format("more", "main"),
    "not known": MAIN + connector("iam", "var.unset"),
    "of a runtime not known": UNSET + runtime("main", "var.unset") + connector("iam", '"data"'),
    "no runtime": UNSET + connector("iam", '"data"', "missing"),
    "an extension": MAIN + connector("iam", '"main-data"'),
    "an extension in front": MAIN + connector("iam", '"Data_Main"'),
    "in another case": MAIN + connector("iam", '"MAIN"'),
    "no extension": MAIN
    + connector("iam", '"mainframe"')
    + connector("sso", '"amain"', kind="sso"),
    "the name of another runtime": TWO + connector("iam", '"staging"'),
    "an extension that is another runtime": MAIN
    + runtime("main-data")
    + connector("iam", '"main-data"'),
    "the name of another environment": MAIN
    + environment("main")
    + environment("other", text='"main-data"')
    + runtime("more", '"main-data"')
    + connector("iam", '"main-data"'),
    "the name of an environment that shares the runtime": MAIN
    + environment("main")
    + environment("data")
    + connector("iam", '"data"'),
    "the name of an environment that is alone": MAIN
    + environment("data")
    + connector("iam", '"data"'),
    "a key": MAIN + connector("iam", "each.key", more='  for_each = toset(["data"])\n'),
    "a key of a module around": {
        "main.tf": MAIN + 'module "tenant" {\n  source = "./tenant"\n  for_each = toset(["data"])\n'
        "  name = each.key\n  role = module.main.sym_runtime_connector_role.arn\n}\n",
        "tenant/main.tf": TENANT,
    },
    "a key of another module around": {
        "main.tf": MAIN + 'module "tenant" {\n  source = "./tenant"\n  for_each = toset(["else"])\n'
        '  name = "data"\n  role = module.main.sym_runtime_connector_role.arn\n}\n',
        "tenant/main.tf": TENANT,
    },
    "a key of a module around both": {
        "main.tf": 'module "tenant" {\n  source = "./tenant"\n  for_each = toset(["data"])\n'
        "  name = each.key\n}\n",
        "tenant/main.tf": runtime("main")
        + TENANT.replace('variable "role" {}', "").replace(
            "var.role", "module.main.sym_runtime_connector_role.arn"
        ),
    },
    "a number": MAIN + connector("iam", '"data"', more="  count = 1\n"),
    "a sibling": DATA + connector("second", '"main"'),
    "a sibling of the same name": DATA + connector("second", '"data"'),
    "a sibling not known": DATA + connector("second", "var.unset"),
    "a sibling of another kind": DATA + connector("second", '"main"', kind="sso"),
    "a sibling of another runtime": TWO
    + connector("iam", '"data"')
    + connector("second", '"staging"', "staging"),
    "the integration has the name": DATA + context("iam", "iam", '"data"'),
    "the integration has another name": OF_DATA,
    "the integration of another connector has the name": DATA
    + connector("sso", '"main"', kind="sso")
    + context("other", "sso", '"data"'),
    "an integration not known has the name": DATA + LOST.replace('name = "lost"', 'name = "data"'),
    "an integration of another type has the name": DATA
    + OKTA.replace('name = "lost"', 'name = "data"'),
    "the strategy has the name": OF_DATA + strategy("s", IAM, '"data"'),
    "the strategy is named so and more": OF_DATA + strategy("s", IAM, '"data-access"'),
    "the strategy of another integration has the name": OF_DATA
    + OKTA
    + strategy("s", "sym_integration.lost.id", '"data"', "okta"),
    "a strategy not known has the name": OF_DATA + strategy("s", "var.unset", '"data"'),
    "the flow has the name": OF_DATA + FLOW + flow("f", "sym_strategy.s.id", "var.unset", '"data"'),
    "the flow is named so and more": OF_DATA
    + FLOW
    + flow("f", "sym_strategy.s.id", "var.unset", '"data-access"'),
    "the second flow has the name": OF_DATA
    + FLOW
    + flow("a", "sym_strategy.s.id", "var.unset", "var.unset")
    + flow("f", "sym_strategy.s.id", "var.unset", '"data"'),
    "a flow of another strategy has the name": OF_DATA
    + OKTA
    + strategy("o", "sym_integration.lost.id", '"o"', "okta")
    + flow("f", "sym_strategy.o.id", "var.unset", '"data"'),
    "a flow of a strategy not known has the name": OF_DATA
    + flow("f", "var.unset", "var.unset", '"data"'),
    "a flow whose environment uses the integration has the name": OF_DATA
    + environment("main", more=f"  integrations = {{\n    aws_id = {IAM}\n  }}\n")
    + OKTA
    + strategy("o", "sym_integration.lost.id", '"o"', "okta")
    + flow("f", "sym_strategy.o.id", "sym_environment.main.id", '"data"'),
    "others side with the connector": DATA
    + connector("lambda", '"data"', kind="lambda")
    + connector("sso", '"data"', kind="sso"),
    "others are divided": DATA + connector("lambda", '"main"', kind="lambda"),
    "the environment sides with the connector": DATA + environment("data"),
    "the environment sides with the runtime": DATA + ENVIRONMENT,
    "an addon sides with the connector": DATA + ADDON.format("addon", "data"),
    "addons are divided": DATA + ADDON.format("addon", "data") + ADDON.format("a", "main"),
    "a local": MAIN + 'locals {\n  name = "data"\n}\n' + connector("iam", "local.name"),
    "a local that others share": MAIN
    + 'locals {\n  name = "data"\n}\n'
    + connector("iam", "local.name")
    + connector("second", "local.name"),
    "a local that another kind shares": MAIN
    + 'locals {\n  name = "data"\n}\n'
    + connector("iam", "local.name")
    + ADDON.replace('"{1}"', "local.name").format("addon"),
    "a local that a runtime shares": MAIN
    + 'locals {\n  name = "data"\n}\n'
    + connector("iam", "local.name")
    + runtime("else", "local.name"),
    "one of two runtimes": TWO
    + connector("iam", '"data"').replace(
        ".arn]", ".arn, module.staging.sym_runtime_connector_role.arn]"
    ),
    "the second of two runtimes": TWO
    + connector("iam", '"staging"').replace(
        ".arn]", ".arn, module.staging.sym_runtime_connector_role.arn]"
    ),
}


def judged(sym: SymConfiguration) -> Iterator[str]:
    """What is said of each connector."""
    for it in sym.connectors:
        verdict = judge_environment(sym, it)
        if isinstance(verdict, Misnamed):
            yield (
                f"  {it.local_name}: {verdict.wrong.local_name} is wrong at `{verdict.range.text}`,"
                f" {verdict.right.local_name} is right"
            )
        else:
            yield f"  {it.local_name}: {'right' if verdict is None else verdict.reason}"
    yield f"  misnamed: {', '.join(it.connector.local_name for it in misnamed_connectors(sym))}"


def test_snapshot_of_names(tmp_path: Path) -> None:
    texts = {}
    for number, (name, text) in enumerate(NAMES.items()):
        files = text if isinstance(text, dict) else {"main.tf": text}
        sym = configuration(write(tmp_path / str(number), files))
        texts[name] = "\n".join(it.rstrip() for it in judged(sym))
    texts |= {name: "\n".join(chained(tmp_path / name, text)) for name, text in CHAINS.items()}
    compare_transcript(__file__, texts)


# --- chains ---

WORLDS = "".join(
    runtime(it) + connector(f"iam_{it}", _quoted(it), it) + environment(it, it)
    for it in ("main", "staging")
)
CONTEXTS = context("iam_main", "iam_main") + context("iam_staging", "iam_staging")
STRATEGIES = strategy("iam_main", "sym_integration.iam_main.id") + strategy(
    "iam_staging", "sym_integration.iam_staging.id"
)
FLOWS = "".join(
    flow(f"iam_{it}", f"sym_strategy.iam_{it}.id", f"sym_environment.{it}.id")
    for it in ("main", "staging")
)
ALL = UNSET + WORLDS + CONTEXTS + STRATEGIES + FLOWS
MAIN_ROLE = "[module.main.sym_runtime_connector_role.arn]"
STAGING_ROLE = "[module.staging.sym_runtime_connector_role.arn]"
OTHER_FLOW = flow("plain", "sym_strategy.iam_staging.id", "sym_environment.main.id")

ANOTHER_KIND = connector("sso_main", '"main"', kind="sso") + context(
    "sso_main", "sso_main"
).replace("account_id", "instance_arn")

CHAINS = {
    "right chains": ALL,
    "crossed trust": ALL.replace(MAIN_ROLE, STAGING_ROLE),
    "crossed environment": ALL.replace(
        "environment_id = sym_environment.main", "environment_id = sym_environment.staging"
    ),
    "crossed strategy": ALL.replace(
        "strategy_id = sym_strategy.iam_main", "strategy_id = sym_strategy.iam_staging"
    ),
    "crossed integration": ALL.replace(
        "integration_id = sym_integration.iam_main", "integration_id = sym_integration.iam_staging"
    ),
    "crossed settings": ALL.replace(
        "  settings = module.iam_main", "  settings = module.iam_staging"
    ),
    "crossed runtime": ALL.replace("runtime_id = module.main", "runtime_id = module.staging"),
    "nothing named": ALL + OTHER_FLOW,
    "a flow without a strategy first": UNSET
    + flow("first", "var.unset", "sym_environment.main.id")
    + flow("second", "sym_strategy.iam_main.id", "var.unset")
    + WORLDS
    + CONTEXTS
    + STRATEGIES
    + OTHER_FLOW,
    "an environment without a runtime first": UNSET
    + 'resource "sym_environment" "none" {\n  name = "none"\n}\n'
    + flow("first", "sym_strategy.iam_main.id", "sym_environment.none.id")
    + WORLDS
    + CONTEXTS
    + STRATEGIES
    + OTHER_FLOW,
    "trust that is partly known": ALL.replace(
        MAIN_ROLE, "[module.staging.sym_runtime_connector_role.arn, var.unset]"
    ),
    "trust of both": ALL.replace(
        MAIN_ROLE,
        "[module.staging.sym_runtime_connector_role.arn, module.main.sym_runtime_connector_role.arn]",
    ),
    "trust that is not known": ALL.replace(MAIN_ROLE, "var.unset"),
    "trust of an ARN": ALL.replace(
        MAIN_ROLE, '["arn:aws:iam::111122223333:role/sym/SymRuntimeOther"]'
    ),
    "integrations of an environment": ALL.replace(
        "runtime_id = module.main.sym_runtime.id\n",
        "runtime_id = module.main.sym_runtime.id\n"
        "  integrations = {\n    aws_id = sym_integration.iam_staging.id\n  }\n",
    ),
    "integrations of a second environment": UNSET
    + 'resource "sym_environment" "none" {\n  name = "none"\n'
    "  integrations = { aws_id = sym_integration.iam_main.id }\n}\n"
    + 'resource "sym_integration" "okta" {\n  type = "okta"\n  name = "okta"\n}\n'
    + (WORLDS + CONTEXTS).replace(
        "runtime_id = module.main.sym_runtime.id\n",
        "runtime_id = module.main.sym_runtime.id\n"
        "  integrations = {\n    okta_id = sym_integration.okta.id\n"
        "    lost_id = var.unset\n    aws_id = sym_integration.iam_staging.id\n  }\n",
    ),
    "crossed strategy beside another type": ALL.replace(
        "strategy_id = sym_strategy.iam_main", "strategy_id = sym_strategy.iam_staging"
    )
    + ANOTHER_KIND
    + strategy("sso_main", "sym_integration.sso_main.id", kind="aws_sso")
    + strategy("lost", "var.unset")
    + strategy("okta", "sym_integration.okta.id")
    + 'resource "sym_integration" "okta" {\n  type = "okta"\n  name = "okta"\n}\n',
    "crossed integration beside another kind": ALL.replace(
        "integration_id = sym_integration.iam_main", "integration_id = sym_integration.iam_staging"
    )
    + ANOTHER_KIND
    + 'resource "sym_integration" "okta" {\n  type = "okta"\n  name = "okta"\n}\n',
    "crossed settings beside another kind": ALL.replace(
        "  settings = module.iam_main", "  settings = module.iam_staging"
    )
    + ANOTHER_KIND,
    "crossed settings and two connectors": ALL.replace(
        "  settings = module.iam_main", "  settings = module.iam_staging"
    )
    + connector("iam_more", '"more"'),
    "crossed environment and two right ones": ALL.replace(
        "environment_id = sym_environment.main", "environment_id = sym_environment.staging"
    )
    + environment("again", "main"),
    "two right strategies": ALL.replace(
        "strategy_id = sym_strategy.iam_main", "strategy_id = sym_strategy.iam_staging"
    )
    + strategy("again", "sym_integration.iam_main.id"),
}


def chained(root: Path, text: str) -> Iterator[str]:
    """Each chain, and what is wrong where it crosses."""
    sym = configuration(write(root, {"main.tf": text}))
    for chain in chains(sym):
        start = chain.environment.local_name if chain.flow is None else chain.flow.local_name
        yield f"  {start} runs with {chain.role.description}, leads to {chain.connector.local_name}"
        if crosses(chain):
            role = chain.trusted[0].role
            runtime_ = None if role is None else role.connector
            named = (
                None if runtime_ is None or runtime_.environment is None else runtime_.environment
            )
            trusted = None if named is None else named.value.string
            range_, kind = wrong_link(chain, trusted)
            address, attribute = owner_of_link(chain, kind)
            yield f"    {kind} of {address}.{attribute} is wrong at `{range_.text}`"
            yield f"    write {right_expression(chain, kind, role)}"
