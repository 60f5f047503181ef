"""Checks that a connector trusts the right runtime and has the same ``environment``."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited
from symlint.sym.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Fix, Outcome
    from symlint.sym.intent.connectors.environment_names import Misnamed
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule


class ConnectorEnvironment(Rule):
    """The `environment` of a connector is that of the runtime connector whose role it trusts.

    A flow reaches AWS through two roles. The role of the runtime connector assumes the role of the
    connector, which must trust it: `runtime_role_arns`. Sym's documentation asks for the same
    `environment` in both modules. Their roles are named after it, and the tags of secrets and
    streams are compared with it.

    The runtime connector is the one that `runtime_role_arns` leads to, through any number of
    references, or the only one in the configuration. Values are compared, not expressions: a local,
    a variable and a literal with the same value are equal.

    - A different `environment` is a **warning**.
    - It is an **error** if the connector trusts another role than the one that the flow's environment
      runs with: Sym cannot assume the connector's role then, whatever its name is.

    **Not flagged.** Two environments side by side, each with its own runtime connector. Connectors
    with another name on purpose, because the names of their roles must differ: the name of the flow
    that uses them (as `symflow generate` does for Lambda), the runtime's name with a suffix
    (`main-database`), the `for_each` key of a tenant, or any name if one runtime has several
    connectors of a kind. If several environments share a runtime, its connectors may be named after
    any of them. Unknown values, such as a role from another configuration, are undecided.
    """

    code = "SYM301"
    name = "connector-environment"
    other_severities = ("error",)
    severity = "warning"
    fixable = True
    sources = (
        "https://docs.symops.com/docs/aws-iam-access-strategy",
        "https://registry.terraform.io/modules/symopsio/iam-connector/aws/latest",
        "https://github.com/symopsio/terraform-aws-runtime-connector",
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
    bad = edited(
        good,
        ('\nlocals {\n  environment = "main"\n}\n', ""),
        ("  environment = local.environment", '  environment = "main"'),
        ("  environment       = local.environment", '  environment       = "prod"'),
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each connector trusts the right runtime and is named after it."""
        from symlint.sym.intent.connectors.role_chains import chains, crosses

        crossed: set[SymModule] = set()
        reported: set[tuple[SymModule, object]] = set()
        for chain in chains(configuration):
            if not crosses(chain):
                yield PASSED
                continue
            crossed.add(chain.connector)
            key = (chain.connector, chain.role)
            if key not in reported:
                reported.add(key)
                from symlint.rules.connectors._untrusted_runtimes import untrusted_finding

                yield untrusted_finding(self, chain)
        for connector in configuration.connectors:
            if connector.entry.trust_input is not None and connector not in crossed:
                yield self._environment(configuration, connector)

    def _environment(self, sym: SymConfiguration, connector: SymModule) -> Outcome:
        from symlint.sym.intent.connectors.environment_names import Misnamed, judge_environment

        verdict = judge_environment(sym, connector)
        if verdict is None:
            return PASSED
        if isinstance(verdict, Misnamed):
            return self._differs(sym, verdict)
        argument = connector.environment
        place = connector.header if argument is None else argument.range
        question = "does the connector have the environment of its runtime connector?"
        return self.undecided(place, question, verdict.reason)

    def _differs(self, sym: SymConfiguration, it: Misnamed) -> Finding:
        from symlint.sym.aws.roles.runtime import trusted_roles
        from symlint.sym.intent.connectors.environment_names import environment_text

        argument, opposite = it.wrong.environment, it.right.environment
        assert argument is not None
        assert opposite is not None
        other = Location.of_argument(it.right, opposite.name)
        trusted = [
            Location.of_range(trust.range).annotated(f"trusts the role of {it.runtime.local_name}")
            for trust in trusted_roles(sym, it.connector)[:1]
        ]
        place = Location.of_argument(it.wrong, argument.name).at(it.range)
        own_text, other_text = environment_text(it.connector), environment_text(it.runtime)
        assert own_text is not None
        assert other_text is not None
        beside = it.right.call.parent is it.wrong.call.parent
        wanted = opposite.range.text if beside and "\n" not in opposite.range.text else None
        return place.finding(
            self,
            f'{it.connector.title} has environment "{shown(own_text)}", '
            f'but its runtime connector has "{shown(other_text)}"',
            label=f"the environment of {it.wrong.local_name}",
            related=(
                other.annotated(f"the environment of {it.right.local_name}"),
                *trusted,
                *place.use(),
            ),
            why=(
                "Roles, policies and the tags of secrets and streams are named after the "
                "environment. With different names, the two modules belong to different "
                "environments."
            ),
            help_=(
                f"write environment = {wanted}"
                if wanted is not None
                else f'change it to "{environment_text(it.right)}"'
            ),
            fix=_fix(place, it, opposite.range.text if beside else None),
        )


def _fix(place: Location, it: Misnamed, wanted: str | None) -> Fix | None:
    """Write the value of the right one, or its expression if both calls are in one module."""
    from symlint.sym.intent.connectors.environment_names import environment_text

    if place.range.text != f'"{environment_text(it.wrong)}"':
        return None
    return place.write(wanted or f'"{environment_text(it.right)}"', safe=False)
