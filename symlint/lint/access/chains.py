"""What each flow of a configuration stands on, and which targets nobody can ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.named_tuple import NamedTuple
from symlint.source.reachable import reachable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from symlint.sym.access.grants import Grant
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.strategies import Target
    from symlint.terraform.values.addresses import Address

_TOO_MANY: Final = "following what flows read is too much work: not all of it is known"


class Chain(NamedTuple):
    """What a flow reads, directly or not.

    ``addresses`` have no instance keys; the modules that are passed through are among them. ``files``
    are those of its Python.
    """

    addresses: frozenset[str]
    files: frozenset[str]


class Unasked(NamedTuple):
    """A target that nobody can ask for; ``certain`` is false where a flow may lead to it all the same."""

    type: str
    name: str
    address: str
    reason: str
    certain: bool


def chains_of(sym: SymConfiguration) -> dict[str, Chain]:
    """The chain of each flow, by its address."""
    from symlint.sym.model.flows import Flow

    leads: dict[Address, list[Address]] = {}
    for edge in sym.graph.edges:
        leads.setdefault(edge.source, []).append(edge.target)
    files = _files_of_python(sym)
    found = {}
    for flow in sym.all(Flow):
        reached = reachable(leads, [flow.address.without_keys()])
        if not sym.terraform.budget.spend(len(reached), _TOO_MANY):
            break
        names = frozenset(name for address in reached for name in _names(address))
        found[str(flow.address)] = Chain(names, files.get(str(flow.address), frozenset()))
    return found


def _names(address: Address) -> Iterator[str]:
    """An address, and those of the modules around it."""
    yield str(address)
    for end in range(1, len(address.module) + 1):
        yield ".".join(f"module.{step.name}" for step in address.module[:end])


def _files_of_python(sym: SymConfiguration) -> dict[str, frozenset[str]]:
    """The files of the Python of each flow, by its address."""
    from symlint.sym.implementation.carried import implementations

    return {
        str(one.view.address): frozenset(source.path for source in one.code.files)
        for one in sym.once(implementations)
        if one.role == "flow" and one.code is not None
    }


def unasked_targets(sym: SymConfiguration, grants: Sequence[Grant]) -> tuple[Unasked, ...]:
    """The targets that no flow gives to anybody."""
    from symlint.sym.model.flows import Flow
    from symlint.sym.model.strategies import Target

    closed = {it.address for it in grants if it.cells["asked_from"].value == ()}
    open_: set[Target] = set()
    shut: dict[Target, str] = {}
    for flow in sym.all(Flow):
        if flow.strategy is None:
            continue
        for target in flow.strategy.target_views:
            if str(flow.address) in closed:
                shut[target] = flow.name.string or flow.local_name
            else:
                open_.add(target)
    certain = not any(it.target == "?" for it in grants)
    return tuple(
        _unasked(target, shut, certain) for target in sym.all(Target) if target not in open_
    )


def _unasked(target: Target, shut: Mapping[Target, str], certain: bool) -> Unasked:
    names = [it.name.string or it.local_name for it in target.strategies]
    if target in shut:
        reason = f"it can be asked for from nowhere in the flow {shut[target]}"
    elif names:
        reason = f"no flow has the strategy {' or '.join(names)}"
    else:
        reason = "no strategy lists it"
    name = target.name.string or target.local_name
    return Unasked(target.type_name or "?", name, str(target.address), reason, certain)
