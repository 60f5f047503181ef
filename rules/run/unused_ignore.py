"""Checks that every ignore comment suppresses a finding."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import Edit, Fix
from symlint.lint.location import Location
from symlint.lint.run_rule import RunRule
from symlint.lint.suppression.ignores import removal
from symlint.rules.run._examples import SOUND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding
    from symlint.lint.run_rule import Run


class UnusedIgnore(RunRule):
    """An ignore comment suppresses something.

    A comment that suppresses nothing is left over from a finding that has been fixed, or is in the
    wrong place: at the end of a line, it covers that line; on a line of its own, it covers the
    block, attribute or element (in Python, the statement) that begins on the next line. It would suppress a
    new finding there.

    **Not flagged.** Comments for rules that did not run, in modules and Python with syntax errors, and
    where a rule could not decide its question.
    """

    code = "SYM901"
    name = "unused-ignore"
    severity = "warning"
    about = ("suppressions.any",)
    fixable = True
    bad = SOUND.replace("var.environment\n", "var.environment # symlint: ignore[SYM101] legacy\n")
    good = SOUND

    def check_run(self, run: Run) -> Iterator[Finding]:
        """One finding for each code that was not needed."""
        for use in run.suppressions.uses():
            ignore, key, rule = use
            if (
                rule is None
                or not rule.suppressible
                or rule.code not in run.judged
                or run.suppressions.is_used(use)
                or run.suppressions.is_expired(ignore)
                or ignore.range.path in run.incomplete
            ):
                continue
            place = removal(ignore, key)
            yield Location.of_range(key.range, attribute=rule.code).finding(
                self,
                f"ignore[{key.text}] suppresses nothing here",
                label=f"{rule.name} reports nothing here",
                why="The comment would suppress a new finding of this rule here.",
                help_="remove the comment, or move it to the line of the finding",
                fix=None
                if place is None
                else Fix(
                    f"remove {key.text} from the ignore comment", (Edit(place, ""),), safe=True
                ),
            )
