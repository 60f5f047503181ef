"""Checks that every baseline entry suppresses a finding."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, ClassVar
from symlint.lint.location import Location
from symlint.lint.run_rule import RunRule
from symlint.rules.run._examples import SOUND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding
    from symlint.lint.rule import Example
    from symlint.lint.run_rule import Run


class StaleBaselineEntry(RunRule):
    """Every entry of the baseline suppresses a finding.

    An entry whose finding is gone would suppress the same finding if it came back.
    `symlint baseline prune` removes all such entries.

    **Not flagged.** Entries for files that this run did not check, unless the files no longer exist.
    """

    code = "SYM906"
    name = "stale-baseline-entry"
    severity = "warning"
    about = ("stale",)
    after_baseline = True
    bad: ClassVar[Example] = {
        "main.tf": SOUND,
        "symlint-baseline.json": """\
{
  "version": 1,
  "findings": [
    {"file": "main.tf", "code": "SYM101", "address": "output.environment", "attribute": "", "count": 1}
  ]
}
""",
        "symlint.toml": 'baseline = "symlint-baseline.json"\n',
    }
    good: ClassVar[Example] = {
        "main.tf": SOUND,
        "symlint-baseline.json": '{"version": 1, "findings": []}\n',
        "symlint.toml": 'baseline = "symlint-baseline.json"\n',
    }

    def check_run(self, run: Run) -> Iterator[Finding]:
        """One finding for each entry that suppressed fewer findings than it says."""
        if not run.stale or run.baseline is None:
            return
        for entry, missing in run.stale:
            what = f"{entry.code} in {entry.file}"
            times = "" if missing == run.baseline.counts[entry] == 1 else f" ({missing} times)"
            yield Location.of_range(
                run.baseline.place(entry), entry.address, entry.attribute
            ).finding(
                self,
                f"the baseline lists {what}, but that finding is gone{times}",
                label=entry.address,
                why="The entry would suppress the same finding if it came back.",
                help_="run symlint baseline prune",
            )
