"""Rules about connectors: which runtime they trust, and what integrations take from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED, Edit, Fix, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import way, within
from symlint.rules.connectors._crossings import mended, what_is_trusted
from symlint.sym.aws.runtime_roles import runtimes_of, trusted_roles
from symlint.sym.aws.single_roles import single_written_at
from symlint.sym.intent.chains import chains, owner_of_link, wrong_link
from symlint.sym.intent.environment_names import (
    environment_text,
    named_on_purpose,
    runtime_is_suspect,
    text_to_change,
)
from symlint.sym.model.references import role_reference
from symlint.sym.words import shown, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.aws.runtime_roles import Trust
    from symlint.sym.intent.chains import Chain
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.terraform.values.value import Value


class ConnectorEnvironment(Rule):
    """The `environment` of a connector is that of the runtime connector whose role it trusts.

    A flow reaches AWS through two roles. The role of the runtime connector assumes the role of
    the connector, which must trust it: `runtime_role_arns`. Sym's documentation asks that both
    modules get the same `environment`, which is what their roles are named after and what the
    tags of secrets and streams are compared with.

    The runtime connector is found through `runtime_role_arns`, at any distance; where it cannot be
    found that way, the only one of the configuration is taken. Values are compared, not texts: a
    local, a variable and a literal that come out equal are equal.

    - A different `environment` is a **warning**.
    - It is an **error** when the role that a connector trusts is not the one that the flow's
      environment runs with: Sym cannot assume the connector's role then, whatever it is called.
    - It is an **error** when `runtime_role_arns` is no list, or holds something other than the ARN
      of a runtime's role: its name, the whole settings, an output of another module.

    **Not flagged.** Two environments side by side, each with its own runtime connector. Connectors
    that are called something else on purpose, since the names of their roles must differ: after
    the flow that works through them (as `symflow generate` does for Lambda), after the runtime
    with an addition (`main-database`), after the `for_each` key of a tenant, or where the same
    runtime has several connectors of a kind. A runtime that several environments share may have
    connectors named after any of them. Unknown values, such as a role from another configuration,
    are undecided.
    """

    code = "SYM301"
    name = "connector-environment"
    severity = "warning"
    fixable = True
    sources = (
        "https://docs.symops.com/docs/aws-iam-access-strategy",
        "https://registry.terraform.io/modules/symopsio/iam-connector/aws/latest",
        "https://github.com/symopsio/terraform-aws-runtime-connector",
    )
    bad = configuration(
        """
module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = "main"
}

module "iam_connector" {
  source  = "symopsio/iam-connector/aws"
  version = "~> 2.0"

  environment       = "prod"
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
"""
    )
    good = configuration(
        """
locals {
  environment = "main"
}

module "runtime_connector" {
  source  = "symopsio/runtime-connector/aws"
  version = "~> 2.0"

  environment = local.environment
}

module "iam_connector" {
  source  = "symopsio/iam-connector/aws"
  version = "~> 2.0"

  environment       = local.environment
  runtime_role_arns = [module.runtime_connector.sym_runtime_connector_role.arn]
}
"""
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each connector trusts the right runtime and is named after it."""
        crossed: set[SymModule] = set()
        reported: set[tuple[SymModule, object]] = set()
        for chain in chains(configuration):
            if not _crosses(chain):
                yield PASSED
                continue
            crossed.add(chain.connector)
            key = (chain.connector, chain.role)
            if key not in reported:
                reported.add(key)
                yield self._crossing(chain)
        for connector in configuration.connectors:
            if connector.entry.trust_input is None:
                continue
            yield from self._trust(configuration, connector)
            if connector not in crossed:
                yield self._environment(configuration, connector)

    # --- the chain of a flow ---

    def _crossing(self, chain: Chain) -> Finding:
        connector = chain.connector
        trust = chain.trusted[0]
        trusted = trust.role
        assert trusted is not None
        name = None if trusted.connector is None else environment_text(trusted.connector)
        range_, kind = wrong_link(chain, name)
        flow = chain.flow
        who = "the environment" if flow is None else "its flow"
        related = [
            RelatedRange(trust.range, f"trusts the role of {trusted.description}"),
            RelatedRange(
                chain.environment.runtime_link.range,
                f"{who} runs with the role of {chain.role.description}",
            ),
        ]
        if flow is not None and chain.strategy is not None:
            related += [
                RelatedRange(flow.environment_link.range, "the flow runs in this environment"),
                RelatedRange(flow.strategy_link.range, "and grants access with this strategy"),
                RelatedRange(
                    chain.strategy.integration_link.range, "which works through this integration"
                ),
            ]
        source = chain.integration.settings_source
        if source is not None and source.range is not None:
            related.append(RelatedRange(source.range, "which has the settings of the connector"))
        address, attribute = owner_of_link(chain, kind)
        return self.finding(
            f"{connector.title} does not trust the runtime that {who} runs on",
            range_,
            label=f"trusts {trusted.description}" if kind == "trust" else "leads elsewhere",
            related=tuple(it for it in related if it.range != range_),
            why=(
                f"Sym acts with the role of {chain.role.description} and has to assume the role "
                f"of {connector.local_name}, which trusts {trusted.description} alone. AWS denies "
                "that, so every request fails once it has been approved."
            ),
            help_=mended(chain, kind),
            address=address,
            attribute=attribute,
            path=way(trust.value, range_) if kind == "trust" else (),
            severity="error",
        )

    # --- what the connector trusts ---

    def _trust(self, sym: SymConfiguration, connector: SymModule) -> Iterator[Outcome]:
        name = connector.entry.trust_input
        assert name is not None
        argument = connector.argument(name)
        if argument is None:
            return
        value = argument.value
        is_list = value.elements is not None or (
            value.unknown is not None
            and value.type.kind not in ("string", "map", "object")
            and value.reference is None
        )
        if not is_list:
            yield self._not_a_list(sym, connector, name, value, argument.range)
            return
        for trust in trusted_roles(sym, connector):
            if trust.outcome == "unknown":
                question = "is it the ARN of a runtime's role?"
                reason = value.unknown.reason if value.unknown is not None else "it is not known"
                yield self.undecided(trust.range, question, reason)
            elif trust.outcome == "role":
                yield PASSED
            else:
                yield self._no_arn(sym, connector, name, trust, argument.range)

    def _not_a_list(
        self, sym: SymConfiguration, connector: SymModule, name: str, value: Value, range_: Range
    ) -> Outcome:
        from symlint.sym.aws.runtime_roles import trust_of

        argument = range_
        trust = trust_of(sym, value, argument)
        range_ = single_written_at(value, trust.range, argument)
        if value.is_null or (trust.outcome == "unknown" and value.type.kind != "string"):
            return self.undecided(range_, "is it a list of ARNs?", "the value is not known")
        fix = None
        help_ = "write a list of ARNs"
        if trust.outcome == "role" and "\n" not in range_.text and within(range_, argument):
            replacement = f"[{range_.text}]"
            help_ = f"write {name} = {replacement}"
            fix = Fix(f"write {replacement}", (Edit(range_, replacement),), safe=True)
        what = "one ARN" if trust.outcome == "role" else with_article(value.type.kind)
        if value.type.kind == "any" and trust.outcome != "role":
            what = "one value"
        return self.finding(
            f"{name} is {what}, not a list",
            range_,
            label="not a list",
            related=()
            if within(range_, argument)
            else (RelatedRange(argument, f"used as {name}"),),
            why="Terraform refuses the plan: the module takes a list of role ARNs.",
            help_=help_,
            address=str(connector.address),
            attribute=name,
            path=way(value, range_),
            fix=fix,
            severity="error",
        )

    def _no_arn(
        self, sym: SymConfiguration, connector: SymModule, name: str, trust: Trust, argument: Range
    ) -> Finding:
        role = trust.role
        runtime = None if role is None else role.connector
        if runtime is None and len(sym.runtime_connectors) == 1:
            runtime = sym.runtime_connectors[0]
        what = what_is_trusted(trust)
        related = []
        if runtime is not None:
            related.append(RelatedRange(runtime.header, "the runtime whose role is meant"))
        if not within(trust.range, argument):
            related.append(RelatedRange(argument, f"used as {name} here"))
        replacement = None if runtime is None else role_reference(runtime, connector)
        fix = None
        in_place = trust.outcome == "wrong_output" and within(trust.range, argument)
        if replacement is not None and in_place:
            fix = Fix(f"write {replacement}", (Edit(trust.range, replacement),), safe=True)
        return self.finding(
            f"{name} holds {what}, not the ARN of the runtime's role",
            trust.range,
            label="not the ARN of a role",
            related=tuple(related),
            why=(
                f"The role of {connector.local_name} trusts exactly these ARNs. AWS refuses what "
                "is none, or Sym is denied the role when somebody's request is approved."
            ),
            help_=f"write {replacement}" if replacement else "write the ARN of the runtime's role",
            address=str(connector.address),
            attribute=name,
            path=way(trust.value, trust.range),
            fix=fix,
            severity="error",
        )

    # --- the name of the environment ---

    def _environment(self, sym: SymConfiguration, connector: SymModule) -> Outcome:
        question = "has the connector the environment of its runtime connector?"
        argument = connector.environment
        range_ = connector.header if argument is None else argument.range
        runtimes = runtimes_of(sym, connector)
        if argument is None or not runtimes:
            reason = "no runtime connector is found" if argument else "it has no environment"
            return self.undecided(range_, question, reason)
        from symlint.terraform.values.equality import equal

        answers = []
        for runtime in runtimes:
            other = runtime.environment
            answers.append(None if other is None else equal(argument.value, other.value))
        if True in answers:
            return PASSED
        runtime = runtimes[0]
        if None in answers or None in (environment_text(connector), environment_text(runtime)):
            return self.undecided(range_, question, "one of the two values is not known")
        if named_on_purpose(sym, connector, runtime):
            return PASSED
        return self._differs(sym, connector, runtime)

    def _differs(self, sym: SymConfiguration, connector: SymModule, runtime: SymModule) -> Finding:
        own, other = connector.environment, runtime.environment
        assert own is not None
        assert other is not None
        own_text = environment_text(connector) or ""
        other_text = environment_text(runtime) or ""
        wrong, right = connector, runtime
        if runtime_is_suspect(sym, connector, runtime, own_text):
            wrong, right = runtime, connector
        argument = wrong.environment
        opposite = right.environment
        assert argument is not None
        assert opposite is not None
        range_ = text_to_change(sym, wrong)
        related = [
            RelatedRange(opposite.value.origin or opposite.range, _says(right)),
        ]
        related += [
            RelatedRange(trust.range, f"trusts the role of {runtime.local_name}")
            for trust in trusted_roles(sym, connector)[:1]
        ]
        if not within(range_, argument.range):
            related.append(RelatedRange(argument.range, "used as environment here"))
        wanted = environment_text(right)
        fix = None
        if range_.text == f'"{environment_text(wrong)}"' and within(range_, argument.range):
            same = right.call.parent is wrong.call.parent
            literal = opposite.range.text if same else f'"{wanted}"'
            fix = Fix(f"write {literal}", (Edit(range_, literal),), safe=False)
        return self.finding(
            f'{connector.title} has environment "{shown(own_text)}", '
            f'its runtime connector "{shown(other_text)}"',
            range_,
            label=_says(wrong),
            related=tuple(related),
            why=(
                "The environment is the qualifier by which roles, policies and the tags of secrets "
                "and streams belong together. With two of them one side is made for an "
                "environment that the other does not serve."
            ),
            help_=(
                f"write environment = {opposite.range.text}"
                if right.call.parent is wrong.call.parent and "\n" not in opposite.range.text
                else f'make it "{wanted}"'
            ),
            address=str(wrong.address),
            attribute=argument.name,
            path=way(argument.value, range_),
            fix=fix,
        )


def _says(module: SymModule) -> str:
    return f"the environment of {module.local_name}"


def _crosses(chain: Chain) -> bool:
    """Whether a connector surely does not trust the role that its flow runs with."""
    trusted = chain.trusted
    if not trusted or any(trust.outcome != "role" for trust in trusted):
        return False
    name = chain.connector.entry.trust_input
    argument = None if name is None else chain.connector.argument(name)
    if argument is None or argument.value.elements is None:
        return False
    return all(it.role is not None and it.role.same_as(chain.role) is False for it in trusted)
