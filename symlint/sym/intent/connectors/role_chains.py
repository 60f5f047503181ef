"""Role chains: from the runtime role of an environment to the connector role it assumes."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple
from symlint.sym.aws.roles.runtime import runtime_role, trusted_roles
from symlint.sym.intent.connectors.environment_names import (
    Misnamed,
    environment_text,
    judge_environment,
)
from symlint.sym.model.environments import Environment
from symlint.sym.model.integrations import Integration
from symlint.sym.model.strategies import Strategy
from symlint.sym.words import side_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.source.text import Range
    from symlint.sym.aws.roles.runtime import RuntimeRole, Trust
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import View


class Chain(NamedTuple):
    """From an environment to a connector: through a flow, or through ``integrations`` alone."""

    environment: Environment
    role: RuntimeRole
    connector: SymModule
    integration: Integration
    flow: Flow | None = None
    strategy: Strategy | None = None

    @property
    def trusted(self) -> tuple[Trust, ...]:
        """The roles that the connector trusts, as far as they are known."""
        return trusted_roles(self.environment.sym, self.connector)


def chains(sym: SymConfiguration) -> Iterator[Chain]:
    """All paths to a connector whose ends are both known."""
    for flow in sym.flows:
        environment, strategy = flow.environment, flow.strategy
        if environment is None or strategy is None:
            continue
        role, integration = runtime_role(environment), strategy.integration
        connector = None if integration is None else _connector(integration)
        if role is not None and integration is not None and connector is not None:
            yield Chain(environment, role, connector, integration, flow, strategy)
    for environment in sym.environments:
        role = runtime_role(environment)
        if role is None:
            continue
        for link in environment.integration_links.values():
            view = link.view
            connector = _connector(view) if isinstance(view, Integration) else None
            if isinstance(view, Integration) and connector is not None:
                yield Chain(environment, role, connector, view)


def _connector(integration: Integration) -> SymModule | None:
    """The connector whose settings an integration has, if its role trusts a runtime's."""
    connector = integration.connector
    if connector is None or connector.entry.trust_input is None:
        return None
    return connector


def crosses(chain: Chain) -> bool:
    """Whether the connector surely does not trust the role that the environment runs with."""
    trusted = chain.trusted
    if not trusted or any(trust.outcome != "role" for trust in trusted):
        return False
    name = chain.connector.entry.trust_input
    argument = None if name is None else chain.connector.argument(name)
    if argument is None or argument.value.elements is None:
        return False
    return all(it.role is not None and it.role.same_as(chain.role) is False for it in trusted)


def misnamed_connectors(sym: SymConfiguration) -> Iterator[Misnamed]:
    """The connectors with the environment of another runtime connector than the one they trust.

    Those that trust the wrong one are left out: their names say where they belong.
    """
    crossed = {chain.connector for chain in chains(sym) if crosses(chain)}
    for connector in sym.connectors:
        if connector.entry.trust_input is not None and connector not in crossed:
            verdict = judge_environment(sym, connector)
            if isinstance(verdict, Misnamed):
                yield verdict


def wrong_link(chain: Chain, trusted: str | None) -> tuple[Range, str]:
    """The text to change where a chain leads from one environment into another, and what it is.

    ``trusted`` is the name of the environment that the connector trusts. The names of the
    things on the path decide; without a hint it is what the connector trusts that is wrong.
    """
    here = None if chain.role.connector is None else environment_text(chain.role.connector)
    trust = chain.trusted[0].range
    own = environment_text(chain.connector)
    if here is None or trusted is None or own == here != trusted:
        return trust, "trust"
    if chain.environment.name.string == trusted != here:
        return chain.environment.runtime_link.range, "runtime_id"
    if chain.flow is None or chain.strategy is None:
        return trust, "trust"
    views = (chain.flow, chain.strategy, chain.integration)
    flow, strategy, integration = (side_named(view.names, here, trusted) for view in views)
    if flow == "there":
        return chain.flow.environment_link.range, "environment_id"
    if strategy == "there" and flow == "here":
        return chain.flow.strategy_link.range, "strategy_id"
    if integration == "there" and strategy == "here":
        return chain.strategy.integration_link.range, "integration_id"
    if integration == "here" and own == trusted:
        source = chain.integration.settings_source
        if source is not None and source.range is not None:
            return source.range, "settings"
    return trust, "trust"


def owner_of_link(chain: Chain, kind: str) -> tuple[str, str]:
    """The address and the argument that a wrong link belongs to."""
    if kind == "runtime_id":
        return str(chain.environment.address), kind
    if kind == "environment_id" and chain.flow is not None:
        return str(chain.flow.address), kind
    if kind == "strategy_id" and chain.flow is not None:
        return str(chain.flow.address), f"params.{kind}"
    if kind == "integration_id" and chain.strategy is not None:
        return str(chain.strategy.address), kind
    if kind == "settings":
        return str(chain.integration.address), kind
    return str(chain.connector.address), chain.connector.entry.trust_input or ""


def right_expression(chain: Chain, kind: str, trusted: RuntimeRole | None) -> str | None:
    """The one thing that the wrong link of a chain can rightly lead to, as it is written there."""
    from symlint.sym.model.references import output_of

    sym = chain.environment.sym
    if kind == "environment_id" and chain.flow is not None and trusted is not None:
        fitting = [
            it
            for it in sym.all(Environment)
            if (role := runtime_role(it)) is not None and role.same_as(trusted)
        ]
        return _only(fitting, chain.flow)
    if kind == "strategy_id" and chain.flow is not None and chain.strategy is not None:
        same = chain.strategy.type_name
        strategies = [it for it in sym.all(Strategy) if it.type_name == same]
        return _only(
            [
                it
                for it in strategies
                if it.integration is not None and _trusts(it.integration.connector, chain)
            ],
            chain.flow,
        )
    if kind == "integration_id" and chain.strategy is not None:
        fits = [it for it in sym.all(Integration) if _fits(it.connector, chain)]
        return _only(fits, chain.strategy)
    if kind == "settings":
        connectors = [it for it in sym.connectors if _fits(it, chain)]
        if len(connectors) == 1 and connectors[0].call.parent is chain.integration.module:
            return output_of(connectors[0], "settings")
    return None


def _fits(connector: SymModule | None, chain: Chain) -> bool:
    """Whether a connector of the chain's kind trusts the role that the flow runs with."""
    if connector is None or connector.entry is not chain.connector.entry:
        return False
    return _trusts(connector, chain)


def _trusts(connector: SymModule | None, chain: Chain) -> bool:
    """Whether a connector trusts the role that the flow runs with."""
    if connector is None:
        return False
    trusted = trusted_roles(chain.environment.sym, connector)
    return any(it.role is not None and it.role.same_as(chain.role) for it in trusted)


def _only(views: Iterable[View], beside: View) -> str | None:
    from symlint.sym.model.references import reference_to

    found = list(views)
    if len(found) != 1 or found[0].module is not beside.module:
        return None
    return reference_to(found[0])
