"""Dependency cycles, through the outputs and variables of modules.

Terraform orders whole blocks, not instances and not attributes: two resources that refer to each
other are a cycle, whatever they refer to. So the references of each module are put together here
with what else Terraform waits for: providers, and the expansion of module calls. A called
module takes part as a summary, which of its outputs depend on which of its variables, so that the
work is linear in the number of modules.

Where some things still wait after a few rounds in which what waits for nothing is left out, whether there
is a cycle is asked of the standard library's ``graphlib``. Only a graph that has one is handed to networkx,
to find the shortest form of each cycle.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final, TypeAlias
from symlint.budget import Budget
from symlint.graph.module_references import read_references
from symlint.hcl.nodes import AttributeStep, IndexStep
from symlint.named_tuple import NamedTuple
from symlint.terraform.checks.visits import visit_modules
from symlint.terraform.modules.provider_references import resource_provider
from symlint.terraform.values.problems import Problem, RelatedRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from symlint.graph.module_references import WrittenReference
    from symlint.source.text import Range
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.modules.declarations import Module, ModuleCall

Key: TypeAlias = tuple[str, ...]
"""A declaration: ("variable", name), ("local", name), ("output", name), ("resource", type, name),
("data", type, name), ("provider", name); of a module call ("module", name) for its expansion,
("module", name, "var", v) for an argument, ("module", name, "output", o) for an output and
("module", name, "all") for everything in it."""

Order: TypeAlias = "dict[Key, dict[Key, Range]]"
"""What each declaration of a module waits for, with the range of one reference each."""


class Summary(NamedTuple):
    """Which variables each output of a module depends on, and everything in it.

    These are numbers with a bit for each of ``variables``.
    """

    variables: Mapping[str, int]
    outputs: Mapping[str, int]
    everything: int


_MOST_EDGES: Final = 1_000_000
"""How many arguments of calls are compared with outputs in one configuration, to find cycles."""

_TOO_MANY: Final = (
    "looking for dependency cycles through the modules it calls is too much work: "
    "cycles may be missed"
)

_MAXIMUM_SHOWN: Final = 12

_ROUNDS: Final = 10
"""How often what is in no cycle is left out; importing ``graphlib`` for the rest takes longer."""


class _Looked(NamedTuple):
    """What was found in a module that is called, and what that cost, in edges."""

    cycles: tuple[Problem, ...]
    summary: Summary
    cost: int


def find_cycles(configuration: Configuration) -> tuple[Problem, ...]:
    """One problem for each group of declarations that depend on one another.

    Those of a module come after those of what it calls. A module is looked at once in a run, unless
    what it calls is not the same each time.
    """
    found: dict[Problem, None] = {}
    summaries: dict[int, Summary] = {}
    answers = configuration.cache.answers
    # Of its own: what evaluating takes says nothing about cycles.
    budget = Budget(_MOST_EDGES)
    for visit in visit_modules(configuration.called).order:
        module = visit.module
        called = {
            name: None if child is None else summaries.get(id(child))
            for name, child in visit.called.items()
        }
        if not visit.names:
            order = _order(module, called, budget)
            found.update(dict.fromkeys(_explain(order) if _has_cycle(order) else ()))
            continue
        question = (find_cycles, module.directory, *((it, id(called[it])) for it in sorted(called)))
        looked: _Looked | None = answers.get(question)
        if looked is None:
            looked = _look_at(module, called, budget)
            if not budget.given_up:
                answers[question] = looked
        else:
            budget.spend(looked.cost, _TOO_MANY)
        found.update(dict.fromkeys(looked.cycles))
        summaries[id(visit)] = looked.summary
    for what in budget.given_up:
        configuration.budget.give_up(what)
    return tuple(found)


def _look_at(module: Module, called: Mapping[str, Summary | None], budget: Budget) -> _Looked:
    left = budget.remaining
    order = _order(module, called, budget)
    groups, cyclic = _groups(order)
    cycles = tuple(_explain(order)) if cyclic else ()
    return _Looked(cycles, _summarize(module, order, groups), left - budget.remaining)


# --- what waits for what --------------------------------------------------------------------------


def _order(module: Module, summaries: Mapping[str, Summary | None], budget: Budget) -> Order:
    order: Order = {}
    for reference in read_references(module):
        source, target = _source(reference), _target(reference)
        # A resource that refers to itself is reported as that.
        if source is not None and (target != source or source[0] == "local"):
            order.setdefault(source, {}).setdefault(target, reference.range)
    _add_providers(module, order)
    asked: dict[str, dict[Key, None]] = {}
    for targets in order.values():
        for target in targets:
            if target[0] == "module":
                asked.setdefault(target[1], {})[target] = None
    for name, summary in summaries.items():
        _add_expansion(module.calls[name], order)
        if summary is not None and name in asked:
            _add_summary(module.calls[name], summary, asked[name], order, budget)
    return order


def _source(reference: WrittenReference) -> Key | None:
    kind, type_name, name = reference.owner
    if kind in ("resource", "data", "ephemeral"):
        return (kind, type_name, name)
    if kind == "module":
        if reference.role in ("count", "for_each", "depends_on"):
            return ("module", name)
        return ("module", name, "var", reference.role)
    if kind in ("variable", "local", "output", "provider"):
        return (kind, name)
    return None


def _target(reference: WrittenReference) -> Key:
    named = reference.named
    if named.type:
        return (named.kind, named.type, named.name)
    if named.kind != "module":
        return (named.kind, named.name)
    steps = reference.traversal.steps[named.steps :]
    if steps and type(steps[0]) is IndexStep:
        steps = steps[1:]
    step = steps[0] if steps else None
    if type(step) is AttributeStep:
        return ("module", named.name, "output", step.name)
    return ("module", named.name, "all")


def _add_providers(module: Module, order: Order) -> None:
    """Resources depend on the provider configuration of their own module that they use."""
    if not any(("provider", p.local_name) in order for p in module.providers.values()):
        return
    for resource in module.all_resources:
        reference = resource_provider(resource)
        provider = None if reference is None else module.providers.get(reference)
        if provider is not None:
            key = (resource.kind, resource.type, resource.name)
            target = ("provider", provider.local_name)
            order.setdefault(key, {}).setdefault(target, resource.range)


def _add_expansion(call: ModuleCall, order: Order) -> None:
    """The arguments of a call wait for its expansion."""
    for argument in call.arguments:
        key: Key = ("module", call.name, "var", argument.name)
        order.setdefault(key, {})[("module", call.name)] = call.range


def _add_summary(
    call: ModuleCall, summary: Summary, asked: Iterable[Key], order: Order, budget: Budget
) -> None:
    """Everything in a called module waits for its expansion; outputs for what they depend on.

    What nobody asks for leads to no cycle: ``asked`` is what is asked for of this call.
    """
    bits_of = summary.variables
    given = sorted(
        (it for it in call.arguments if it.name in bits_of), key=lambda it: bits_of[it.name]
    )
    for key in asked:
        bits = summary.outputs.get(key[3]) if key[2:3] == ("output",) else summary.everything
        if bits is None or len(key) == 2:
            continue
        if not budget.spend(1 + len(given), _TOO_MANY):
            return
        edges = order.setdefault(key, {})
        edges.setdefault(("module", call.name), call.range)
        digits = bin(bits)[:1:-1]
        for argument in given:
            bit = bits_of[argument.name]
            if digits[bit : bit + 1] == "1":
                edges.setdefault(("module", call.name, "var", argument.name), argument.name_range)


def _summarize(module: Module, order: Order, groups: Iterable[tuple[Key, ...]]) -> Summary:
    """Which variables of a module its outputs depend on."""
    variables = {name: bit for bit, name in enumerate(sorted(module.variables))}
    own: dict[Key, int] = {("variable", name): 1 << bit for name, bit in variables.items()}
    reached: dict[Key, int] = {}
    for group in groups:
        bits = 0
        for key in group:
            bits |= own.get(key, 0)
            for target in order.get(key, ()):
                bits |= reached.get(target, 0)
        reached.update(dict.fromkeys(group, bits))
    everything = 0
    for key in order:
        if key[0] != "variable":
            everything |= reached[key]
    outputs = {name: reached.get(("output", name), 0) for name in module.outputs}
    return Summary(variables, outputs, everything)


def _groups(order: Order) -> tuple[Iterable[tuple[Key, ...]], bool]:
    """The declarations, those that depend on one another together, each after what it waits for.

    And whether there is a cycle.
    """
    from graphlib import CycleError, TopologicalSorter

    try:
        return [(key,) for key in TopologicalSorter(order).static_order()], False
    except CycleError:
        from symlint.graph.network import groups

        return groups(order), True


# --- cycles -------------------------------------------------------------------------------------


def _has_cycle(order: Order) -> bool:
    # What waits for nothing that waits is in no cycle; in most modules nothing else is left soon.
    waiting: Mapping[Key, Iterable[Key]] = order
    for _ in range(_ROUNDS):
        waiting = {
            key: inner
            for key, targets in waiting.items()
            if (inner := [it for it in targets if it in waiting])
        }
        if not waiting:
            return False
    from graphlib import CycleError, TopologicalSorter

    try:
        TopologicalSorter(waiting).prepare()
    except CycleError:
        return True
    return False


def _explain(order: Order) -> Iterator[Problem]:
    """One problem for each group of declarations that depend on one another."""
    from symlint.graph.network import cyclic_groups, shortest_cycle

    for group in cyclic_groups(order):
        inside = frozenset(group)
        members = {key: {to: it for to, it in order[key].items() if to in inside} for key in group}
        # What depends on what inside of a called module is no text of this module to begin with.
        written = [key for key in group if key[0] != "module" or key[2:3] == ("var",)]
        start = min(
            written or group,
            key=lambda key: min(range_.sort_key() for range_ in members[key].values()),
        )
        yield _problem(order, shortest_cycle(members, start))


def _problem(order: Order, cycle: list[Key]) -> Problem:
    following = [*cycle[1:], cycle[0]]
    ranges = [order[key][target] for key, target in zip(cycle, following, strict=True)]
    if len(cycle) == 1:
        return Problem("cycle", ranges[0], f"{_text(cycle[0])} refers to itself")
    shown = [_text(key) for key in cycle]
    # Expansions and summaries of calls only say again which module the path leads through.
    chain = " -> ".join(
        [*shown[:_MAXIMUM_SHOWN], *(["..."] if len(shown) > _MAXIMUM_SHOWN else []), shown[0]]
    )
    related = tuple(
        RelatedRange(range_, f"{_text(key)} depends on {_text(target)}")
        for key, target, range_ in list(zip(cycle, following, ranges, strict=True))[
            1:_MAXIMUM_SHOWN
        ]
    )
    return Problem(
        "cycle",
        ranges[0],
        f"dependency cycle: {chain}",
        label=f"{shown[0]} depends on {_text(following[0])}",
        help="one of them must not be computed from the other",
        related=related,
    )


def _text(key: Key) -> str:
    """A declaration as it is written in its module."""
    kind = key[0]
    if kind == "variable":
        return f"var.{key[1]}"
    if kind == "resource":
        return f"{key[1]}.{key[2]}"
    if kind == "module":
        place = {"var": ".var.", "output": "."}.get(key[2] if len(key) > 3 else "", "")
        return f"module.{key[1]}" + (place + key[3] if place else "")
    return ".".join(key)
