"""What an assertion comes to for each grant, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.report.escape import guard_log, neutralise
from symlint.report.page import Page
from symlint.report.places import shown_path
from symlint.sym.access.grants import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from symlint.lint.access.inventory import RootGrants
    from symlint.report.options import RenderOptions
    from symlint.sym.access.assertions import Judgement, Verdict

_STYLES: Final[dict[Verdict, str]] = {"holds": "good", "broken": "error", "undecided": "warning"}


def render_judgements(
    judgements: Sequence[tuple[RootGrants, Judgement]], options: RenderOptions
) -> str:
    """One line for each expectation and grant."""
    page = Page(options)
    lines = []
    for root, it in judgements:
        grant = it.grant
        target = f", {grant.target_type} {grant.target}" if grant.target else ""
        where = (
            f"{shown_path(root.directory, options.directory)}: {neutralise(grant.flow + target)}"
        )
        said = f"{COLUMNS[it.column]}: {it.found}; expected: {it.expected}"
        if it.reason:
            said += f" ({it.reason})"
        verdict = page.painter.paint(f"{it.verdict:<9}", _STYLES[it.verdict])
        lines.append(f"{verdict}  {where}: {neutralise(said)}")
    if not lines:
        lines = ["It is about no grant."]
    return guard_log("\n".join(lines)) + "\n"
