"""An answer: yes, no, by condition or not known, with the flows and targets that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from symlint.lint.access.inventory import RootGrants
    from symlint.sym.access.grants import Grant

    Group: TypeAlias = Sequence[tuple[RootGrants, Grant]]
    """All grants of one flow."""

Verdict: TypeAlias = Literal["yes", "conditional", "unknown", "no"]

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
    """What is so of some flows and targets; ``about`` is what else it is about: an environment."""

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
    found: dict[tuple[Verdict, str], list[FlowName]] = {}
    for group in flows:
        root, grant = group[0]
        found.setdefault(ask(grant), []).append(flow_name(root, grant))
    parts = [Part(verdict, text, tuple(names)) for (verdict, text), names in found.items()]
    return tuple(sorted(parts, key=lambda it: VERDICTS.index(it.verdict or "no")))


def counted(parts: Iterable[Part], noun: str = "flow") -> str:
    """``6 flows: yes; 4: by condition; 39: no``."""
    numbers: dict[Verdict, int] = {}
    for part in parts:
        if part.verdict is not None:
            numbers[part.verdict] = numbers.get(part.verdict, 0) + len(part.flows or part.targets)
    said = [f"{WORDS[it]}: {numbers[it]}" for it in VERDICTS if numbers.get(it)]
    if not said:
        return f"there is no {noun}"
    total = sum(numbers.values())
    return f"{', '.join(said)} (of {total} {noun}{'s' if total != 1 else ''})"
