"""Rules about environments: what their flows need of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import way
from symlint.rules._written import written_at
from symlint.sym.model.environments import Runtime
from symlint.sym.model.references import reference_to
from symlint.sym.words import either, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.environments import Environment
    from symlint.sym.model.flows import Flow
    from symlint.sym.model.views import Link

_AWS = """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
}

module "iam_connector" {
  source  = "symopsio/iam-connector/aws"
  version = "~> 2.0"

  environment       = "main"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}

resource "sym_integration" "iam" {
  type        = "permission_context"
  name        = "main-iam"
  external_id = module.iam_connector.settings.account_id
  settings    = module.iam_connector.settings
}

resource "sym_integration" "slack" {
  type        = "slack"
  name        = "main-slack"
  external_id = "T0ORCHARD1"
}

resource "sym_error_logger" "slack" {
  integration_id = sym_integration.slack.id
  destination    = "#access-errors"
}

resource "sym_environment" "main" {
  name            = "main"
  runtime_id      = module.runtime_connector.sym_runtime.id
  error_logger_id = sym_error_logger.slack.id

  integrations = {
    slack_id = sym_integration.slack.id
  }
}

resource "sym_target" "billing" {
  type = "aws_iam_group"
  name = "billing"

  settings = {
    iam_group = "billing"
  }
}

resource "sym_strategy" "iam" {
  type           = "aws_iam"
  name           = "main-iam"
  integration_id = sym_integration.iam.id
  targets        = [sym_target.billing.id]
}

resource "sym_flow" "billing" {
  name           = "billing"
  implementation = file("${path.module}/impl.py")
  environment_id = sym_environment.main.id

  params {
    strategy_id = sym_strategy.iam.id
  }
}
"""


class Need(NamedTuple):
    """Something of a flow that needs a runtime: what it is, and where that is said."""

    flow: Flow
    what: str
    range: Range
    label: str


class EnvironmentRuntime(Rule):
    """An environment has a runtime when its flows act in AWS.

    Sym reaches AWS with the role of a runtime. A flow whose strategy is `aws_iam`, `aws_sso` or
    `aws_lambda`, or whose `impl.py` calls the SDK's `aws_lambda`, runs in an environment that says
    which one: `runtime_id`. Without it the flow is created, and fails when somebody has been
    approved.

    **Not flagged.** An environment without a runtime whose flows do not act in AWS: that is
    right. Environments that are only read here, and strategies of a type that is not known.
    """

    code = "SYM501"
    name = "environment-runtime"
    severity = "warning"
    sources = (
        "https://docs.symops.com/docs/aws-iam-access-strategy",
        "https://github.com/symopsio/terraform-aws-runtime-connector",
    )
    bad = configuration(
        _AWS.replace("  runtime_id      = module.runtime_connector.sym_runtime.id\n", "")
    )
    good = configuration(_AWS)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each environment in which a flow needs a runtime has one."""
        reported = set()
        for flow in configuration.flows:
            environment = flow.environment
            need = None if environment is None or environment.is_data else _need(flow)
            if environment is None or need is None:
                continue
            question = "has the environment a runtime?"
            for link in environment.runtime_link.branches:
                if link.outcome == "unknown":
                    yield self.undecided(link.argument, question, link.reason)
                elif not link.is_absent:
                    yield PASSED
                elif not environment.complete:
                    yield self.undecided(environment.header, question, "the block has errors")
                elif environment not in reported:
                    reported.add(environment)
                    yield self._missing(environment, link, need)

    def _missing(self, environment: Environment, link: Link, need: Need) -> Finding:
        runtimes = _runtimes(environment)
        given = environment.argument("runtime_id")
        range_ = environment.header if given is None else written_at(given.value, given.range)
        return self.finding(
            f"the environment has no runtime, which {need.what} needs",
            range_,
            label="runtime_id is missing" if given is None else "no runtime",
            related=(
                RelatedRange(need.range, need.label),
                RelatedRange(need.flow.environment_link.range, "the flow runs in the environment"),
            ),
            why=(
                "Sym acts in AWS with the role of the runtime. Without one, every request of the "
                "flow fails once it has been approved."
            ),
            help_=f"write runtime_id = {either(runtimes or ['sym_runtime.<name>.id'])}",
            address=str(environment.address),
            attribute="runtime_id",
            path=() if given is None else way(link.value, range_),
        )


def _need(flow: Flow) -> Need | None:
    strategy = flow.strategy
    entry = None if strategy is None else strategy.entry
    if strategy is not None and entry is not None and entry.needs_runtime:
        what = with_article(f"{entry.name} strategy")
        return Need(flow, what, flow.strategy_link.range, f"grants access with {what}")
    code = flow.argument("implementation")
    text = None if code is None else code.value.string
    if code is None or text is None or "sym.sdk" not in text:
        return None
    from symlint.sym.implementation.sdk_use import uses_sdk_module

    for name, module in flow.sym.catalogue.sdk.integrations.items():
        if module.needs_runtime and uses_sdk_module(text, name):
            what = f"the {name} module of the SDK"
            return Need(flow, what, code.range, f"the implementation uses {name}")
    return None


def _runtimes(environment: Environment) -> list[str]:
    """References to the runtimes that are declared beside an environment."""
    sym = environment.sym
    found = [
        text
        for it in sym.all(Runtime)
        if it.module is environment.module and (text := reference_to(it))
    ]
    for module in sym.runtime_connectors:
        newest = module.newest
        beside = module.call.parent is environment.module and not module.call.declaration.repeated
        if newest is not None and beside:
            paths = module.entry.paths_to("runtime_id", newest)
            found += [".".join((module.local_name, *it.path)) for it in paths]
    return list(dict.fromkeys(found))
