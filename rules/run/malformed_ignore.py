"""Checks that every comment that begins with ``symlint:`` is an ignore comment."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.location import Location
from symlint.lint.run_rule import RunRule
from symlint.rules.run._examples import SOUND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding
    from symlint.lint.run_rule import Run


class MalformedIgnore(RunRule):
    """A comment that begins with `symlint:` is an ignore comment.

    The forms are `# symlint: ignore[SYM201] reason`, with several codes or names separated by commas,
    and `# symlint: ignore-file[SYM201] reason` before the first block of a file, in Python before the first
    statement. Both may contain `until=2026-12-31`. Any other comment suppresses nothing, and was probably meant to be one of these.
    """

    code = "SYM905"
    name = "malformed-ignore"
    severity = "warning"
    about = ("suppressions.any",)
    bad = SOUND.replace("var.environment\n", "var.environment # symlint: disable=SYM101\n")
    good = SOUND.replace("var.environment\n", "var.environment # read by symlint and terraform\n")

    def check_run(self, run: Run) -> Iterator[Finding]:
        """One finding for each comment that cannot be understood."""
        for ignore in run.suppressions.ignores:
            if ignore.mistake:
                yield Location.of_range(ignore.range).finding(
                    self,
                    f"not an ignore comment: {ignore.mistake}",
                    why="The comment suppresses nothing.",
                    help_="write it as in\n  # symlint: ignore[SYM201] reason",
                )
