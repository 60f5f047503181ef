"""Which flows stand on what, and which targets nobody can ask for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from symlint.named_tuple import NamedTuple
from symlint.source.reachable import reachable, turned

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from symlint.sym.access.grants import Grant
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.strategies import Target
    from symlint.terraform.values.addresses import Address

_MOST_STEPS: Final = 3_000_000
"""How many references are followed in all."""

_KEYS: Final = re.compile(r"\[(?:\"(?:[^\"\\]|\\.)*\"|\d+)\]")


class Chains:
    """What the flows of a configuration read, directly or not.

    ``readers`` are what reads each address, ``flows`` the flows by their addresses without keys, and
    ``files`` the flows that have each file of Python.
    """

    def __init__(
        self,
        readers: Mapping[str, Sequence[str]],
        flows: Mapping[str, Sequence[str]],
        files: Mapping[str, Sequence[str]],
    ) -> None:
        self._readers: Final = readers
        self._flows: Final = flows
        self._files: Final = files
        self._known: Final[dict[str, frozenset[str]]] = {}
        self._left = _MOST_STEPS

    def of_file(self, path: str) -> frozenset[str]:
        """The addresses of the flows whose Python is in a file."""
        return frozenset(self._files.get(path, ()))

    def of_address(self, address: str) -> frozenset[str] | None:
        """The addresses of the flows that read a thing; None where finding out is too much work."""
        name = without_keys(address)
        if name in self._known:
            return self._known[name]
        if self._left <= 0:
            return None
        found = reachable(self._readers, [name])
        self._left -= len(found)
        flows = frozenset(flow for it in found for flow in self._flows.get(it, ()))
        self._known[name] = flows
        return flows


def chains_of(sym: SymConfiguration) -> Chains:
    """What the flows of a configuration read."""
    from symlint.sym.implementation.carried import implementations
    from symlint.sym.model.flows import Flow

    leads: dict[str, list[str]] = {}
    for address in sym.graph.declared:
        leads[str(address)] = _modules(address)
    for edge in sym.graph.edges:
        leads.setdefault(str(edge.source), []).append(str(edge.target))
    flows: dict[str, list[str]] = {}
    for flow in sym.all(Flow):
        flows.setdefault(str(flow.address.without_keys()), []).append(str(flow.address))
    files: dict[str, list[str]] = {}
    for one in sym.once(implementations):
        if one.role == "flow" and one.code is not None:
            for source in one.code.files:
                files.setdefault(source.path, []).append(one.address)
    return Chains(turned(leads), flows, files)


def without_keys(address: str) -> str:
    """The text of an address without the keys of instances."""
    return _KEYS.sub("", address)


def _modules(address: Address) -> list[str]:
    """The calls of the modules around something: what is wrong with them is wrong with it."""
    names = [f"module.{step.name}" for step in address.module]
    return [".".join(names[:end]) for end in range(1, len(names) + 1)]


class Unasked(NamedTuple):
    """A target that nobody can ask for; ``certain`` is false where a flow may lead to it all the same."""

    type: str
    name: str
    address: str
    reason: str
    certain: bool


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
