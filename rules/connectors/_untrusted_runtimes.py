"""The finding of ``connector-environment`` for a connector that trusts the wrong runtime."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import RelatedRange
from symlint.lint.location import Location

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding
    from symlint.lint.rule import Rule
    from symlint.sym.aws.roles.runtime import Trust
    from symlint.sym.intent.connectors.role_chains import Chain


def untrusted_finding(rule: Rule, chain: Chain) -> Finding:
    """The finding for a chain whose connector does not trust the role that its flow runs with."""
    from symlint.sym.intent.connectors.environment_names import environment_text
    from symlint.sym.intent.connectors.role_chains import owner_of_link, wrong_link

    connector, trust = chain.connector, chain.trusted[0]
    trusted = trust.role
    assert trusted is not None
    name = None if trusted.connector is None else environment_text(trusted.connector)
    range_, kind = wrong_link(chain, name)
    address, attribute = owner_of_link(chain, kind)
    place = Location.of_range(range_, address, attribute)
    if kind == "trust":
        place = place._replace(value=trust.value)
    who = "the environment" if chain.flow is None else "its flow"
    return place.finding(
        rule,
        f"{connector.title} does not trust the runtime that {who} runs on",
        label=f"trusts {trusted.description}" if kind == "trust" else "leads to another runtime",
        related=tuple(it for it in _links(chain, trust, who) if it.range != range_),
        why=(
            f"Sym acts with the role of {chain.role.description} and has to assume the role "
            f"of {connector.local_name}, which trusts {trusted.description} alone. AWS denies "
            "it: every request fails once it has been approved."
        ),
        help_=_advice(chain, kind),
        severity="error",
    )


def _links(chain: Chain, trust: Trust, who: str) -> Iterator[RelatedRange]:
    """The links of a chain, from the connector to the environment and back through the flow."""
    trusted = "" if trust.role is None else trust.role.description
    yield RelatedRange(trust.range, f"trusts the role of {trusted}")
    runs = chain.environment.runtime_link.range
    yield RelatedRange(runs, f"{who} runs with the role of {chain.role.description}")
    flow, strategy = chain.flow, chain.strategy
    if flow is not None and strategy is not None:
        yield RelatedRange(flow.environment_link.range, "the flow runs in this environment")
        yield RelatedRange(flow.strategy_link.range, "and grants access with this strategy")
        integration = strategy.integration_link.range
        yield RelatedRange(integration, "which uses this integration")
    source = chain.integration.settings_source
    if source is not None and source.range is not None:
        yield RelatedRange(source.range, "which has the settings of the connector")


def _advice(chain: Chain, kind: str) -> str:
    """Advice for the wrong link of a chain, with the expression to write if it is certain."""
    from symlint.sym.intent.connectors.role_chains import right_expression
    from symlint.sym.model.references import output_reference

    if kind == "trust":
        inside = chain.connector.call.parent
        reference = output_reference(chain.role.connector, "role_arn", inside)
        name = chain.connector.entry.trust_input
        if reference is not None:
            return f"write {name} = [{reference}]"
        return f"write the ARN of the role of {chain.role.description} in {name}"
    trusted = chain.trusted[0].role
    there = "" if trusted is None else trusted.description
    here = chain.role.description
    expression = right_expression(chain, kind, trusted)
    if expression is not None:
        return f"write {kind} = {expression}"
    return {
        "runtime_id": f"change {kind} to the runtime of {there}",
        "environment_id": f"change {kind} to the environment that runs on {there}",
        "strategy_id": f"change {kind} to the strategy of {here}",
        "integration_id": f"change {kind} to the integration of {here}",
        "settings": f"use the settings of a connector that trusts {here}",
    }[kind]
