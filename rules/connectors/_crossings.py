"""Where a chain that crosses from one environment into another has to be mended; see ``_chains``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.rules._links import reference_to
from symlint.sym.model.link import steps_after, whole_reference
from symlint.sym.words import mentions, with_article

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.rules.connectors._chains import Chain
    from symlint.source.text import Range
    from symlint.sym.aws.runtime_roles import RuntimeRole, Trust
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import View
    from symlint.terraform.values.value import Value


def blamed(chain: Chain, kind: str) -> tuple[str, str]:
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


def mended(chain: Chain, kind: str) -> str:
    """What to do about the wrong link of a chain, with the text to write where that is certain."""
    if kind == "trust":
        runtime = chain.role.connector
        reference = None if runtime is None else role_reference(runtime, chain.connector)
        name = chain.connector.entry.trust_input
        if reference is not None:
            return f"write {name} = [{reference}]"
        return f"let {name} hold the ARN of the role of {chain.role.description}"
    trusted = chain.connector.trusted[0].role
    there = "" if trusted is None else trusted.description
    here = chain.role.description
    expression = _right_expression(chain, kind, trusted)
    if expression is not None:
        return f"write {kind} = {expression}"
    return {
        "runtime_id": f"let {kind} lead to the runtime of {there}",
        "environment_id": f"let {kind} lead to the environment that runs on {there}",
        "strategy_id": f"let {kind} lead to the strategy of {here}",
        "integration_id": f"let {kind} lead to the integration of {here}",
        "settings": f"take the settings of a connector that trusts {here}",
    }[kind]


def _right_expression(chain: Chain, kind: str, trusted: RuntimeRole | None) -> str | None:
    """The one thing that the wrong link of a chain can rightly lead to, as it is written there."""
    sym = chain.environment.sym
    if kind == "environment_id" and chain.flow is not None and trusted is not None:
        fitting = [
            it
            for it in sym.environments
            if (role := it.runtime_role) is not None and role.same_as(trusted)
        ]
        return _only(fitting, chain.flow)
    if kind == "strategy_id" and chain.flow is not None and chain.strategy is not None:
        same = chain.strategy.type_name
        strategies = [it for it in sym.strategies if it.type_name == same]
        return _only(
            [
                it
                for it in strategies
                if it.integration is not None and _trusts(it.integration.connector, chain.role)
            ],
            chain.flow,
        )
    if kind == "integration_id" and chain.strategy is not None:
        fits = [it for it in sym.integrations if _fits(it.connector, chain)]
        return _only(fits, chain.strategy)
    if kind == "settings":
        connectors = [it for it in sym.connectors if _fits(it, chain)]
        if len(connectors) == 1 and connectors[0].call.parent is chain.integration.module:
            paths = connectors[0].entry.paths_to("settings", connectors[0].newest)
            return ".".join((connectors[0].local_name, *paths[0].path)) if paths else None
    return None


def _fits(connector: SymModule | None, chain: Chain) -> bool:
    """Whether a connector of the chain's kind trusts the role that the flow runs with."""
    if connector is None or connector.entry is not chain.connector.entry:
        return False
    return _trusts(connector, chain.role)


def _trusts(connector: SymModule | None, role: RuntimeRole) -> bool:
    if connector is None or connector.entry.trust_input is None:
        return False
    return any(it.role is not None and it.role.same_as(role) for it in connector.trusted)


def _only(views: Iterable[View], beside: View) -> str | None:
    found = list(views)
    if len(found) != 1 or found[0].module is not beside.module:
        return None
    return reference_to(found[0])


def role_reference(runtime: SymModule, beside: SymModule) -> str | None:
    """How the ARN of a runtime connector's role is written beside another module's call."""
    if runtime.call.parent is not beside.call.parent:
        return None
    if runtime.call.declaration.repeated is not None:
        return None
    version = runtime.newest
    paths = runtime.entry.paths_to("role_arn", version)
    return ".".join((runtime.local_name, *paths[0].path)) if paths else None


def what_is_trusted(trust: Trust) -> str:
    gives = None if trust.read is None else trust.read.gives
    if gives == "role_name":
        return "the name of the role"
    if trust.outcome == "wrong_module" and trust.read is not None:
        return f"an output of {with_article(trust.read.title_of_module)}"
    if trust.outcome == "wrong_resource":
        return "something of a Sym resource"
    if trust.outcome == "wrong_attribute":
        return "another attribute of the role"
    if trust.outcome == "wrong_output" and trust.read is not None:
        if gives is not None:
            return f"the {gives.replace('_', ' ')}"
        return {"module": "a whole module", "aws_iam_role": "the whole role"}.get(
            trust.read.whole or "", "a whole resource"
        )
    return "a text"


def single_written_at(value: Value, start: Range, argument: Range) -> Range:
    """Where a single ARN is written that ought to be a list.

    Where what carries it is openly called one ARN or role, its use is the mistake.
    """
    range_, way = start, list(value.hops)
    for at, hop in enumerate(way):
        if hop.range.start == start.start and hop.range.path == start.path:
            way = way[at + 1 :]
            break
    else:
        way = []
    for at in reversed(range(len(way))):
        steps = steps_after(way[at].range)
        if steps and _is_one(steps[-1]):  # taken by its name of an object: var.settings.role_arn
            range_, way = whole_reference(way[at].range), way[at + 1 :]
            break
    for hop in way:
        if not _is_one(hop.reference.address.name):
            return range_
        range_ = hop.range
    return range_ if value.hops else argument


def _is_one(name: str) -> bool:
    """Whether a name plainly says that it holds one ARN or role."""
    return (mentions(name, "arn") or mentions(name, "role")) and not name.endswith("s")
