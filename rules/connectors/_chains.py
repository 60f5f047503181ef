"""The way of a flow to AWS, and how connectors are named; shared by the rules about connectors.

A flow acts through two roles: that of the runtime of its environment, and that of the connector
whose settings the integration of its strategy has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from symlint.sym.model.contexts import CONTEXT
from symlint.sym.model.integrations import Integration
from symlint.sym.words import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.source.text import Range
    from symlint.sym.aws.runtime_roles import RuntimeRole
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.environments import Environment
    from symlint.sym.model.flows import Flow
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.strategies import Strategy
    from symlint.sym.model.views import View
    from symlint.terraform.values.addresses import Address


class Chain(NamedTuple):
    """From an environment to a connector: through a flow, or through ``integrations`` alone."""

    environment: Environment
    role: RuntimeRole
    connector: SymModule
    integration: Integration
    flow: Flow | None = None
    strategy: Strategy | None = None


def chains(sym: SymConfiguration) -> Iterator[Chain]:
    """All ways to a connector whose ends are both known."""
    for flow in sym.flows:
        environment, strategy = flow.environment, flow.strategy
        if environment is None or strategy is None:
            continue
        role, integration = environment.runtime_role, strategy.integration
        connector = None if integration is None else _connector(integration)
        if role is not None and integration is not None and connector is not None:
            yield Chain(environment, role, connector, integration, flow, strategy)
    for environment in sym.environments:
        role = environment.runtime_role
        if role is None:
            continue
        for link in environment.integration_links().values():
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


# --- names --------------------------------------------------------------------------------------


def environment_text(module: SymModule) -> str | None:
    """The known text of the ``environment`` of a module, or None."""
    argument = module.environment
    return None if argument is None else argument.value.string


def named_on_purpose(sym: SymConfiguration, connector: SymModule, runtime: SymModule) -> bool:
    """Whether the ``environment`` of a connector is plainly meant to be another name.

    The names of a connector's roles are made of it, so where one runtime has several connectors
    of a kind they need different names. It counts as meant: the name of a flow that works through
    the connector, the runtime's name with an addition, the key of the instance, and any name
    where the runtime has another connector of the same kind with yet another name. The name of
    another environment never does.
    """
    own, other = environment_text(connector), environment_text(runtime)
    if own is None or other is None:
        return False
    if _shared(sym, runtime, own):
        return True
    if own in _other_environments(sym, runtime):
        return False
    return (
        _extends(own, other)
        or own in _own_keys(connector, runtime)
        or _bears(sym, connector, own)
        or _has_sibling(sym, connector, runtime)
    )


def _extends(name: str, stem: str) -> bool:
    """Whether a name is the stem, or has it as its first or last words."""
    plain, root = name.lower().replace("_", "-"), stem.lower().replace("_", "-")
    return plain == root or plain.startswith(root + "-") or plain.endswith("-" + root)


def _shared(sym: SymConfiguration, runtime: SymModule, name: str) -> bool:
    """Whether several environments share the runtime and ``name`` is one of them."""
    names = environments_of(sym, runtime)
    return len(names) > 1 and name in names


def environments_of(sym: SymConfiguration, runtime: SymModule) -> frozenset[str]:
    """The names of the environments that run on the role of a runtime connector."""
    return frozenset(
        environment.name.string
        for environment in sym.environments
        if environment.name.string is not None
        and (role := environment.runtime_role) is not None
        and role.connector is runtime
    )


def _other_environments(sym: SymConfiguration, runtime: SymModule) -> set[str]:
    """The names of environments and runtimes other than that of ``runtime``."""
    names = {environment_text(it) for it in sym.runtime_connectors if it is not runtime}
    names |= {view.name.string for view in (*sym.environments, *sym.runtimes)}
    return {name for name in names if name is not None and name != environment_text(runtime)}


def _own_keys(connector: SymModule, runtime: SymModule) -> set[str]:
    """The instance keys of a connector and of the modules that the runtime is not in."""
    path, other = connector.address.module, runtime.address.module
    shared = 0
    while shared < min(len(path), len(other)) and path[shared] == other[shared]:
        shared += 1
    keys = [step.key for step in path[shared:]]
    return {key for key in (*keys, connector.address.key) if isinstance(key, str)}


def _bears(sym: SymConfiguration, connector: SymModule, name: str) -> bool:
    """Whether a flow that works through a connector is called ``name``, with or without more.

    Its strategy and integration count as well if they are called just that.
    """
    # An integration whose settings are not known may be that of the connector.
    integrations = {
        it.address
        for it in sym.integrations
        if it.connector is connector or (it.connector is None and it.type_name == CONTEXT)
    }
    strategies = [
        it
        for it in sym.strategies
        if _leads(it.integration, integrations) or it.integration_link.outcome == "unknown"
    ]
    own = {
        view.name.string
        for view in (*sym.integrations, *strategies)
        if view in strategies or view.address in integrations
    }
    if name in own:
        return True
    for flow in sym.flows:
        environment = flow.environment
        links = {} if environment is None else environment.integration_links()
        # A flow whose strategy is not known may be one that works through the connector.
        through = (
            flow.strategy in strategies
            or flow.strategy_link.outcome == "unknown"
            or any(_leads(link.view, integrations) for link in links.values())
        )
        text = flow.name.string
        if through and text is not None and _extends(text, name):
            return True
    return False


def _leads(view: View | None, addresses: set[Address]) -> bool:
    return view is not None and view.address in addresses


def _has_sibling(sym: SymConfiguration, connector: SymModule, runtime: SymModule) -> bool:
    """Whether the runtime has another connector of the same kind, with another name."""
    own = environment_text(connector)
    for other in sym.connectors:
        if other is connector or other.entry is not connector.entry:
            continue
        text = environment_text(other)
        trusts = any(it.role is not None and it.role.connector is runtime for it in other.trusted)
        if trusts and text is not None and text != own:
            return True
    return False


# --- which link is the wrong one ----------------------------------------------------------------


def wrong_link(chain: Chain, trusted: str | None) -> tuple[Range, str]:
    """The text to change where a chain leads from one environment into another, and what it is.

    ``trusted`` is the name of the environment that the connector trusts. What the things on the
    way are called decides; without a hint it is what the connector trusts that is wrong.
    """
    here = None if chain.role.connector is None else environment_text(chain.role.connector)
    trust = chain.connector.trusted[0].range
    own = environment_text(chain.connector)
    if here is None or trusted is None or own == here != trusted:
        return trust, "trust"
    if chain.environment.name.string == trusted != here:
        return chain.environment.runtime_link.range, "runtime_id"
    sides = [_side(view.instance.name, view.name.string, here, trusted) for view in _views(chain)]
    if chain.flow is None or chain.strategy is None:
        return trust, "trust"
    flow, strategy, integration = sides
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


def _views(chain: Chain) -> list[Flow | Strategy | Integration]:
    views = (chain.flow, chain.strategy, chain.integration)
    return [view for view in views if view is not None]


def _side(block_name: str, name: str | None, here: str, there: str) -> str | None:
    """Of which of two environments a thing is, by its names."""
    names = [it for it in (block_name, name) if it]
    is_here = any(mentions(it, here.replace("-", " ")) for it in names)
    is_there = any(mentions(it, there.replace("-", " ")) for it in names)
    if is_here == is_there:
        return None
    return "here" if is_here else "there"


# --- the runtime connector of a connector -------------------------------------------------------


def runtimes_of(sym: SymConfiguration, connector: SymModule) -> list[SymModule]:
    """The runtime connectors that a connector belongs to."""
    roles = [trust.role for trust in connector.trusted if trust.role is not None]
    direct = [role.connector for role in roles if role.connector is not None]
    if direct:
        return direct
    if roles:
        # The role of a runtime connector may be written out as an ARN.
        from symlint.sym.aws.runtime_roles import role_name

        return [
            runtime
            for runtime in sym.runtime_connectors
            for role in roles
            if (name := role_name(runtime)) is not None and (role.arn or "").endswith("/" + name)
        ]
    runtimes = sym.runtime_connectors
    blocks = {id(it.call.declaration) for it in runtimes}
    return list(runtimes) if len(runtimes) == 1 and len(blocks) == 1 else []


def runtime_is_odd(
    sym: SymConfiguration, connector: SymModule, runtime: SymModule, own: str
) -> bool:
    """Whether the others that belong to a runtime side with the connector and against it."""
    other = environment_text(runtime)
    votes = list(environments_of(sym, runtime))
    votes += [
        text
        for it in sym.connectors
        if it is not connector
        and (text := environment_text(it)) is not None
        and any(t.role is not None and t.role.connector is runtime for t in it.trusted)
    ]
    for addon in sym.addons:
        text = environment_text(addon)
        grant = addon.entry.grant
        read = None if grant is None else sym.output_read(addon.value(grant.role_input))
        if read is not None and read.module is runtime and text is not None:
            votes.append(text)
    return votes.count(own) > votes.count(other or "")


def text_to_change(sym: SymConfiguration, module: SymModule) -> Range:
    """Where the wrong name is written; where it is used if others rightly share the text."""
    argument = module.environment
    assert argument is not None
    origin = argument.value.origin
    if origin is None:
        return argument.range
    for other in sym.modules:
        shared = other.environment
        if other is module or shared is None or other.kind not in ("runtime", module.kind):
            continue
        if shared.value.origin == origin:
            return argument.range
    return origin
