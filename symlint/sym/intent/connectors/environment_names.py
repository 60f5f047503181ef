"""Whether the environment of a connector is meant to differ from that of its runtime."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.named_tuple import NamedTuple
from symlint.sym.aws.roles.runtime import environments_of, runtimes_of, trusted_roles
from symlint.sym.model.integrations import CONTEXT

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import View
    from symlint.terraform.values.addresses import Address


class Misnamed(NamedTuple):
    """A connector whose ``environment`` is not that of its runtime connector.

    ``wrong`` is the one of the two to change, at ``range``; ``right`` is the other one.
    """

    connector: SymModule
    runtime: SymModule
    wrong: SymModule
    right: SymModule
    range: Range


class UnknownName(NamedTuple):
    """Why it is not known whether a connector has the environment of its runtime connector."""

    reason: str


def judge_environment(sym: SymConfiguration, connector: SymModule) -> Misnamed | UnknownName | None:
    """Whether a connector has the environment of the runtime connector that it trusts, or means not to."""
    from symlint.terraform.values.equality import equal

    argument, runtimes = connector.environment, runtimes_of(sym, connector)
    if argument is None:
        return UnknownName("it has no environment")
    if not runtimes:
        return UnknownName("no runtime connector is found")
    others = [runtime.environment for runtime in runtimes]
    answers = [None if it is None else equal(argument.value, it.value) for it in others]
    if True in answers:
        return None
    runtime = runtimes[0]
    own, other = environment_text(connector), environment_text(runtime)
    if None in answers or own is None or other is None:
        return UnknownName("one of the two values is not known")
    if named_on_purpose(sym, connector, runtime, own, other):
        return None
    wrong, right = connector, runtime
    if runtime_is_suspect(sym, connector, runtime, own, other):
        wrong, right = runtime, connector
    return Misnamed(connector, runtime, wrong, right, text_to_change(sym, wrong))


def environment_text(module: SymModule) -> str | None:
    """The known text of the ``environment`` of a module, or None."""
    argument = module.environment
    return None if argument is None else argument.value.string


def named_on_purpose(
    sym: SymConfiguration, connector: SymModule, runtime: SymModule, own: str, other: str
) -> bool:
    """Whether ``own``, the ``environment`` of a connector, is plainly meant to be another name.

    The names of a connector's roles are made of it, so where one runtime has several connectors
    of a kind they need different names. It counts as meant: the name of a flow that works through
    the connector, the runtime's name with an addition, the key of the instance, and any name
    where the runtime has another connector of the same kind with yet another name. The name of
    another environment never does.
    """
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

    Its strategy and integration count as well if they are called just that. A name of several words
    (``button-emergency``) may have only the first of them in common with that of its flow
    (``button``).
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
        if through and text is not None and (_extends(text, name) or _begins_alike(name, text)):
            return True
    return False


def _begins_alike(name: str, other: str) -> bool:
    """Whether a name of several words has the first word of another one."""
    first, *more = name.lower().replace("_", "-").split("-")
    return bool(more) and other.lower().replace("_", "-").split("-")[0] == first


def _leads(view: View | None, addresses: set[Address]) -> bool:
    return view is not None and view.address in addresses


def _has_sibling(sym: SymConfiguration, connector: SymModule, runtime: SymModule) -> bool:
    """Whether the runtime has another connector of the same kind, with another name."""
    own = environment_text(connector)
    for other in sym.connectors:
        if other is connector or other.entry is not connector.entry:
            continue
        text = environment_text(other)
        trusts = any(
            it.role is not None and it.role.connector is runtime for it in trusted_roles(sym, other)
        )
        if trusts and text is not None and text != own:
            return True
    return False


def runtime_is_suspect(
    sym: SymConfiguration, connector: SymModule, runtime: SymModule, own: str, other: str
) -> bool:
    """Whether the others that belong to a runtime side with the connector and against it."""
    votes = list(environments_of(sym, runtime))
    votes += [
        text
        for it in sym.connectors
        if it is not connector
        and (text := environment_text(it)) is not None
        and any(t.role is not None and t.role.connector is runtime for t in trusted_roles(sym, it))
    ]
    for addon in sym.addons:
        text = environment_text(addon)
        grant = addon.entry.grant
        read = None if grant is None else sym.output_read(addon.value(grant.role_input))
        if read is not None and read.module is runtime and text is not None:
            votes.append(text)
    return votes.count(own) > votes.count(other)


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
