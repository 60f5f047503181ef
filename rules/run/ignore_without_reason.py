"""Checks that every ignore comment gives a reason."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.location import Location
from symlint.lint.run_rule import RunRule
from symlint.rules.run._examples import BROKEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding
    from symlint.lint.run_rule import Run


class IgnoreWithoutReason(RunRule):
    """Every ignore comment gives a reason.

    A reviewer needs the reason, and so does the next author, who has to decide whether the comment is
    still needed. It follows the brackets: `# symlint: ignore[SYM201] agreed with security`.
    """

    code = "SYM903"
    name = "ignore-without-reason"
    severity = "warning"
    about = ("suppressions.any",)
    bad = BROKEN + "# symlint: ignore[SYM101]\n}\n"
    good = BROKEN + "# symlint: ignore[SYM101] this page shows the mistake\n}\n"

    def check_run(self, run: Run) -> Iterator[Finding]:
        """One finding for each comment without a reason."""
        for ignore in run.suppressions.ignores:
            if not ignore.mistake and not any(map(str.isalnum, ignore.reason)):
                yield Location.of_range(
                    ignore.range, attribute=",".join(key.text for key in ignore.keys)
                ).finding(
                    self,
                    "this ignore comment gives no reason",
                    why="Nobody can tell later whether the comment is still needed.",
                    help_="write the reason after the brackets",
                )
