"""All questions, answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.access.questions import of_environments, of_flows, of_targets
from symlint.lint.access.questions.of_work import cannot_work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from symlint.lint.access.inventory import Inventory
    from symlint.lint.access.questions.answer import Answer
    from symlint.lint.finding import Finding
    from symlint.source.text import Range


def answers(
    inventory: Inventory,
    findings: Iterable[Finding],
    place: Callable[[Range], str],
    doubt: str = "",
) -> tuple[Answer, ...]:
    """The answers for an inventory that was taken with chains.

    ``findings`` are those of a run over the same paths; ``place`` says where a range is, ``doubt`` why
    there may be more findings.
    """
    flows = inventory.by_flow
    return (
        of_targets.granting(inventory),
        of_flows.own_approval(flows),
        of_flows.alone(flows),
        of_environments.approvers(flows),
        of_targets.longest(inventory),
        of_flows.logged(flows),
        of_flows.untold(flows),
        of_flows.guests(flows),
        cannot_work(flows, findings, place, doubt),
        of_targets.unasked(inventory),
        of_environments.differences(inventory),
    )
