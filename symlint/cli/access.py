"""Who can get what, beside what is wrong: for the pages and the JSON that have both."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
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
    from symlint.memory import Memory

_NOT_LINTED: Final = (
    "not known: it is not linted here, because of the configuration file; symlint check tells"
)
_IN_PART: Final = "not known: not everything could be linted"


def access_beside(
    report: Report,
    paths: Sequence[str],
    options: Options,
    directory: str,
    memory: Memory | None = None,
) -> Access | None:
    """The access that the linted paths grant; None where nothing there uses Sym, or for lack of time."""
    try:
        inventory = take_inventory(
            paths, options, with_chains=True, spent=report.work, memory=memory
        )
    except (UsageError, TimeLimitReachedError):
        return None
    return Access(inventory, _answers(report, inventory, directory))


def answers_about(
    inventory: Inventory,
    paths: Sequence[str],
    options: Options,
    directory: str,
    memory: Memory | None = None,
) -> tuple[Answer, ...]:
    """The answers about an inventory; which flows cannot work is known when the paths are linted.

    That is done with what the inventory has left of the work of a run.
    """
    from symlint.lint.run.engine import lint

    try:
        options = options._replace(use_baseline=False)
        report = lint(paths, options, memory=memory, spent=inventory.work)
    except UsageError:
        # Such as for rules of one's own, which run only where the command line says so.
        report = None
    return _answers(report, inventory, directory)


def _answers(report: Report | None, inventory: Inventory, directory: str) -> tuple[Answer, ...]:
    """The answers, given what was found; paths are relative to ``directory``."""
    findings = () if report is None else report.findings
    doubt = _NOT_LINTED if report is None else _IN_PART if report.failures else ""
    return answers(inventory, findings, lambda range_: shown_place(range_, directory), doubt)
