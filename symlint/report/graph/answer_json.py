"""What reaches something, or what a change of something touches, for programs."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from symlint.lint.access.reach.answers import Answer, Found


def answer_data(answer: Answer, show: Callable[[str], str]) -> dict[str, Any]:
    """The question and its answer; ``show`` makes a text from files harmless."""
    return {
        "question": answer.question,
        "asked": show(answer.asked),
        "grants": [_grant(it, show) for it in answer.found],
    }


def _grant(found: Found, show: Callable[[str], str]) -> dict[str, Any]:
    passage = found.passage
    grant = passage.grant
    target = {
        "type": show(grant.target_type),
        "name": show(grant.target),
        "address": show(grant.target_address) or None,
    }
    return {
        "variable_files": show(found.variable_files) or None,
        "flow": {"name": show(grant.flow), "address": show(grant.address)},
        "target": target if grant.target else None,
        "certain": passage.certain,
        "because": show(passage.because) or None,
        "path": [show(str(it)) for it in passage.path],
        "approve": show(grant.cells["approve"].said),
        "asked_in": show(grant.cells["asked_in"].said),
    }
