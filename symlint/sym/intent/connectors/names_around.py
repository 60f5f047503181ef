"""The names of what works through a connector."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.sym.model.flows import Flow
from symlint.sym.model.integrations import CONTEXT, Integration
from symlint.sym.model.strategies import Strategy

if TYPE_CHECKING:
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import Lookup, View
    from symlint.terraform.values.addresses import Address


class NamesAround:
    """The names of what works through each connector, or may do so where that is not known."""

    def __init__(self, sym: Lookup) -> None:
        self._views: dict[Address | None, set[str]] = {}
        self._flows: dict[Address | None, set[str]] = {}
        # An integration whose settings are not known may be that of the connector.
        connectors: dict[Address, Address | None] = {
            it.address: None if it.connector is None else it.connector.address
            for it in sym.all(Integration)
            if it.connector is not None or it.type_name == CONTEXT
        }
        for integration in sym.all(Integration):
            if integration.address in connectors:
                _add(self._views, connectors[integration.address], integration)
        through: dict[Address, Address | None] = {}
        for strategy in sym.all(Strategy):
            view = strategy.integration
            if strategy.integration_link.outcome == "unknown":
                through[strategy.address] = None
            elif view is not None and view.address in connectors:
                through[strategy.address] = connectors[view.address]
            else:
                continue
            _add(self._views, through[strategy.address], strategy)
        for flow in sym.all(Flow):
            environment = flow.environment
            links = {} if environment is None else environment.integration_links
            views = [link.view for link in links.values()]
            found = {connectors[it.address] for it in views if it and it.address in connectors}
            # A flow whose strategy is not known may be one that works through the connector.
            if flow.strategy_link.outcome == "unknown":
                found.add(None)
            elif flow.strategy is not None and flow.strategy.address in through:
                found.add(through[flow.strategy.address])
            for connector in found:
                _add(self._flows, connector, flow)

    def views(self, connector: SymModule) -> set[str]:
        """The names of integrations and strategies."""
        return self._views.get(connector.address, set()) | self._views.get(None, set())

    def flows(self, connector: SymModule) -> set[str]:
        """The names of flows."""
        return self._flows.get(connector.address, set()) | self._flows.get(None, set())


def _add(names: dict[Address | None, set[str]], connector: Address | None, view: View) -> None:
    if view.name.string is not None:
        names.setdefault(connector, set()).add(view.name.string)
