"""Checks that no ignore comment is past its ``until`` date."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.location import Location
from symlint.lint.run_rule import RunRule
from symlint.rules.run._examples import BROKEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding
    from symlint.lint.run_rule import Run


class ExpiredIgnore(RunRule):
    """An ignore comment with a date is removed, or given a new date, after that date.

    `until=2026-12-31` in the reason means "to the end of that day". After it, the comment suppresses
    nothing, and its findings are reported again.
    """

    code = "SYM904"
    name = "expired-ignore"
    severity = "warning"
    about = ("suppressions.any",)
    bad = BROKEN + "# symlint: ignore[SYM101] until=2020-12-31 the module is being renamed\n}\n"
    good = BROKEN + "# symlint: ignore[SYM101] until=9999-12-31 the page shows the mistake\n}\n"

    def check_run(self, run: Run) -> Iterator[Finding]:
        """One finding for each comment whose date has passed."""
        for ignore in run.suppressions.ignores:
            if run.suppressions.is_expired(ignore):
                yield Location.of_range(
                    ignore.range, attribute=",".join(key.text for key in ignore.keys)
                ).finding(
                    self,
                    f"an ignore comment expired after {ignore.until}",
                    why="It no longer suppresses findings.",
                    help_="fix the finding and remove the comment, or write a new date",
                )
