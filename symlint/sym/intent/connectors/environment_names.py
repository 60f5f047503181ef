"""Whether the environment of a connector is meant to differ from that of its runtime."""

from __future__ import annotations

from collections import Counter

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple
from symlint.sym.aws.roles.runtime import environments_of, runtimes_of, trusted_roles
from symlint.sym.model.environments import Environment, Runtime

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import Lookup
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
    if own != other and own in sym.once(_all_environments):
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


def _all_environments(sym: Lookup) -> frozenset[str | None]:
    """The names of all environments and runtimes."""
    names = (view.name.string for view in (*sym.all(Environment), *sym.all(Runtime)))
    return frozenset((*names, *map(environment_text, sym.runtime_connectors)))


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
    from symlint.sym.intent.connectors.names_around import NamesAround

    names = sym.once(NamesAround)
    if name in names.views(connector):
        return True
    return any(_extends(text, name) or _begins_alike(name, text) for text in names.flows(connector))


def _begins_alike(name: str, other: str) -> bool:
    """Whether a name of several words has the first word of another one."""
    first, *more = name.lower().replace("_", "-").split("-")
    return bool(more) and other.lower().replace("_", "-").split("-")[0] == first


def _has_sibling(sym: SymConfiguration, connector: SymModule, runtime: SymModule) -> bool:
    """Whether the runtime has another connector of the same kind, with another name."""
    around = sym.once(_around_runtimes).get(runtime.address)
    if around is None:
        return False
    return bool(around.kinds.get(connector.entry.name, set()) - {environment_text(connector)})


def environments_of_connectors(sym: Lookup, runtime: SymModule) -> set[str]:
    """The known texts of ``environment`` of the connectors that trust the role of a runtime."""
    around = sym.once(_around_runtimes).get(runtime.address)
    return set() if around is None else set().union(*around.kinds.values())


class _Around(NamedTuple):
    """What belongs to the role of a runtime connector, by the texts of ``environment``.

    ``kinds`` are those of connectors by the name of their module, ``votes`` those of addons as well.
    """

    connectors: set[Address]
    kinds: dict[str, set[str]]
    votes: Counter[str]


def _around_runtimes(sym: Lookup) -> dict[Address, _Around]:
    found: dict[Address, _Around] = {}
    for module in sym.modules:
        text = environment_text(module)
        for address in _attached_to(sym, module):
            around = found.setdefault(address, _Around(set(), {}, Counter()))
            if text is not None:
                around.votes[text] += 1
            if module.kind == "connector":
                around.connectors.add(module.address)
                around.kinds.setdefault(module.entry.name, set()).update(
                    () if text is None else (text,)
                )
    return found


def _attached_to(sym: Lookup, module: SymModule) -> set[Address]:
    """The runtime connectors whose roles a connector trusts, or an addon is attached to."""
    if module.kind == "connector":
        roles = (it.role for it in trusted_roles(sym, module))
        return {it.connector.address for it in roles if it is not None and it.connector is not None}
    grant = module.entry.grant if module.kind == "addon" else None
    read = None if grant is None else sym.output_read(module.value(grant.role_input))
    return set() if read is None else {read.module.address}


def runtime_is_suspect(
    sym: SymConfiguration, connector: SymModule, runtime: SymModule, own: str, other: str
) -> bool:
    """Whether the others that belong to a runtime side with the connector and against it."""
    votes = Counter(environments_of(sym, runtime))
    around = sym.once(_around_runtimes).get(runtime.address)
    if around is not None:
        votes.update({it: around.votes[it] for it in {own, other}})
        if connector.address in around.connectors:
            votes[own] -= 1
    return votes[own] > votes[other]


def text_to_change(sym: SymConfiguration, module: SymModule) -> Range:
    """Where the wrong name is written; where it is used if others rightly share the text."""
    argument = module.environment
    assert argument is not None
    origin = argument.value.origin
    if origin is None:
        return argument.range
    kinds = sym.once(_sharing)[origin]
    others = kinds["runtime"] + (kinds[module.kind] if module.kind != "runtime" else 0)
    return origin if others == 1 else argument.range


def _sharing(sym: Lookup) -> dict[Range, Counter[str]]:
    """How many modules of each kind have the text at a place for their ``environment``."""
    found: dict[Range, Counter[str]] = {}
    for module in sym.modules:
        origin = None if module.environment is None else module.environment.value.origin
        if origin is not None:
            found.setdefault(origin, Counter())[module.kind] += 1
    return found
