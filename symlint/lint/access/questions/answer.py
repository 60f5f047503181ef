"""An answer: yes, no, by condition or not known, with the flows and targets that it is about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, TypeVar

from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from symlint.lint.access.inventory import RootGrants
    from symlint.sym.access.grants import Grant

    Group: TypeAlias = Sequence[tuple[RootGrants, Grant]]
    """All grants of one flow."""

Verdict: TypeAlias = Literal["yes", "conditional", "unknown", "no"]

Said = TypeVar("Said")
"""What is said of a grant."""

VERDICTS: Final[tuple[Verdict, ...]] = ("yes", "conditional", "unknown", "no")
"""In the order in which they outweigh each other where something is asked for that should not be."""

WORDS: Final[dict[Verdict, str]] = {
    "yes": "yes",
    "conditional": "by condition",
    "unknown": "not known",
    "no": "no",
}


class FlowName(NamedTuple):
    """Which flow: ``directory`` and ``variable_files`` are those of its root module."""

    directory: str
    variable_files: str
    address: str
    name: str


class TargetName(NamedTuple):
    """Which target, and what it gives."""

    type: str
    name: str
    grants: str


class Part(NamedTuple):
    """What is so of some flows and targets; ``about`` is what else it is about: an environment.

    ``targets`` are given where the same is not so of all targets of the flows.
    """

    verdict: Verdict | None
    text: str
    flows: tuple[FlowName, ...] = ()
    targets: tuple[TargetName, ...] = ()
    about: str = ""


class Answer(NamedTuple):
    """The answer to one question; ``verdict`` is None where the answer is a list.

    ``name`` is what programs call the question.
    """

    name: str
    question: str
    verdict: Verdict | None
    text: str
    parts: tuple[Part, ...]


def flow_name(root: RootGrants, grant: Grant) -> FlowName:
    """Which flow a grant is of."""
    return FlowName(root.directory, root.variable_files, grant.address, grant.flow)


def target_name(grant: Grant) -> TargetName:
    """Which target a grant is of."""
    return TargetName(grant.target_type, grant.target, grant.cells["grants"].text)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict that outweighs all others; "no" without any."""
    return min(verdicts, key=VERDICTS.index, default="no")


def best(verdicts: Iterable[Verdict]) -> Verdict:
    """Whether all of them hold; "yes" without any."""
    return max(verdicts, key=VERDICTS.index, default="yes")


def parts_of_flows(
    flows: Iterable[Group], ask: Callable[[Grant], tuple[Verdict, str]]
) -> tuple[Part, ...]:
    """What ``ask`` says of each flow; flows of which the same is so are together."""
    found = said_of_flows(flows, ask)
    parts = [
        Part(verdict, text, names, targets) for ((verdict, text), targets), names in found.items()
    ]
    return tuple(sorted(parts, key=lambda it: VERDICTS.index(it.verdict or "no")))


def said_of_flows(
    flows: Iterable[Group], ask: Callable[[Grant], Said]
) -> dict[tuple[Said, tuple[TargetName, ...]], tuple[FlowName, ...]]:
    """What ``ask`` says of each flow: once, or with the targets where it is another thing for others."""
    found: dict[tuple[Said, tuple[TargetName, ...]], list[FlowName]] = {}
    for group in flows:
        name = flow_name(*group[0])
        by_said: dict[Said, list[TargetName]] = {}
        for _, grant in group:
            by_said.setdefault(ask(grant), []).append(target_name(grant))
        for said, targets in by_said.items():
            found.setdefault((said, tuple(targets) if len(by_said) > 1 else ()), []).append(name)
    return {key: tuple(names) for key, names in found.items()}


def counted(parts: Iterable[Part], noun: str = "flow") -> str:
    """``yes: 6, by condition: 4, no: 39 (of 49 flows)``; a flow counts where it is named first."""
    seen: dict[FlowName | TargetName, Verdict] = {}
    for part in parts:
        for name in part.flows or part.targets:
            if part.verdict is not None:
                seen.setdefault(name, part.verdict)
    numbers = Counter(seen.values())
    said = [f"{WORDS[it]}: {numbers[it]}" for it in VERDICTS if numbers.get(it)]
    if not said:
        return f"there is no {noun}"
    total = sum(numbers.values())
    return f"{', '.join(said)} (of {total} {noun}{'s' if total != 1 else ''})"
