"""Who can get what, beside what is wrong: for the pages and the JSON that have both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.access.inventory import take_inventory
from symlint.lint.access.questions.all_answers import answers
from symlint.lint.errors import TimeLimitReachedError, UsageError
from symlint.report.options import Access
from symlint.report.places import shown_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from symlint.lint.access.inventory import Inventory
    from symlint.lint.access.questions.answer import Answer
    from symlint.lint.options import Options
    from symlint.lint.report import Report


def access_beside(
    report: Report, paths: Sequence[str], options: Options, directory: str
) -> Access | None:
    """The access that the linted paths grant; None where nothing there uses Sym, or for lack of time."""
    try:
        inventory = take_inventory(paths, options, with_chains=True)
    except (UsageError, TimeLimitReachedError):
        return None
    return Access(inventory, answers_beside(report, inventory, directory))


def answers_beside(report: Report, inventory: Inventory, directory: str) -> tuple[Answer, ...]:
    """The answers about an inventory, given what was found; paths are relative to ``directory``."""
    return answers(inventory, report.findings, lambda range_: shown_place(range_, directory))
