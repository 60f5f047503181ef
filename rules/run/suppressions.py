"""Ignore comments and baseline entries that do not do what they seem to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from symlint.lint.finding import Edit, Fix
from symlint.lint.run_rule import RunRule
from symlint.lint.suppression.ignores import removal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding
    from symlint.lint.rule import Example
    from symlint.lint.run_rule import Run

_BROKEN = """\
variable "environment" {
  type = string
}

output "environment" {
  value = var.enviroment """
_SOUND = """\
variable "environment" {
  type = string
}

output "environment" {
  value = var.environment
}
"""


class UnusedIgnore(RunRule):
    """An ignore comment holds something back.

    One that does not is left over from a mistake that has been repaired, or stands at the wrong
    place: at the end of a line it covers that line, on a line of its own the block, attribute or
    element that begins on the next line. It would silently hold back the next mistake there.

    Nothing is said about rules that did not run, about modules with syntax errors, and about
    places where a rule could not decide its question.
    """

    code = "SYM901"
    name = "unused-ignore"
    severity = "warning"
    fixable = True
    bad = _SOUND.replace("var.environment\n", "var.environment # symlint: ignore[SYM101] legacy\n")
    good = _SOUND

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
            yield self.finding(
                f"nothing here needs ignore[{key.text}]",
                key.range,
                label=f"{rule.name} finds nothing in what this covers",
                why="The next mistake of this kind here would be held back unseen.",
                help_="remove the comment, or move it to the line of the finding",
                attribute=rule.code,
                fix=None
                if place is None
                else Fix(
                    f"remove {key.text} from the ignore comment", (Edit(place, ""),), safe=True
                ),
            )


class UnknownIgnoreCode(RunRule):
    """Every code in an ignore comment is the code or name of a rule.

    A mistyped code holds nothing back. The codes of rules that cannot be suppressed (syntax
    errors) are not accepted either.
    """

    code = "SYM902"
    name = "unknown-ignore-code"
    severity = "warning"
    bad = _SOUND.replace("var.environment\n", "var.environment # symlint: ignore[SYM10] legacy\n")
    good = _SOUND

    def check_run(self, run: Run) -> Iterator[Finding]:
        """One finding for each code that no rule has."""
        for _, key, rule in run.suppressions.uses():
            if rule is not None and rule.suppressible:
                continue
            suggestion = None
            if rule is None:
                from symlint.source.close_names import close_name

                title = f'there is no rule "{key.text}"'
                suggestion = close_name(key.text, run.suppressions.known_keys())
            else:
                title = f"{rule.code} ({rule.name}) cannot be suppressed"
            yield self.finding(
                title,
                key.range,
                label=f"did you mean {suggestion}?" if suggestion else "",
                why="The comment holds nothing back.",
                help_="symlint rules lists all codes and names"
                if rule is None
                else "repair the file, or leave it out with exclude in symlint.toml",
                attribute=key.text,
                fix=None
                if suggestion is None
                else Fix(f"write {suggestion}", (Edit(key.range, suggestion),), safe=False),
            )


class IgnoreWithoutReason(RunRule):
    """Every ignore comment says why.

    The reason is what a reviewer reads, and what tells the next author whether the comment is
    still needed. It stands behind the brackets: `# symlint: ignore[SYM201] agreed with security`.
    """

    code = "SYM903"
    name = "ignore-without-reason"
    severity = "warning"
    bad = _BROKEN + "# symlint: ignore[SYM101]\n}\n"
    good = _BROKEN + "# symlint: ignore[SYM101] this page shows the mistake\n}\n"

    def check_run(self, run: Run) -> Iterator[Finding]:
        """One finding for each comment without words."""
        for ignore in run.suppressions.ignores:
            if not ignore.mistake and not any(map(str.isalnum, ignore.reason)):
                yield self.finding(
                    "an ignore comment gives no reason",
                    ignore.range,
                    why="Nobody can tell later whether the finding may still be held back.",
                    help_="write the reason behind the brackets",
                    attribute=",".join(key.text for key in ignore.keys),
                )


class ExpiredIgnore(RunRule):
    """An ignore comment with a date is removed, or given a new date, when the day has passed.

    `until=2026-12-31` among the words of the reason means "to the end of that day". After it the
    comment holds nothing back, so what it covered is found again.
    """

    code = "SYM904"
    name = "expired-ignore"
    severity = "warning"
    bad = _BROKEN + "# symlint: ignore[SYM101] until=2020-12-31 the module is being renamed\n}\n"
    good = _BROKEN + "# symlint: ignore[SYM101] until=9999-12-31 the page shows the mistake\n}\n"

    def check_run(self, run: Run) -> Iterator[Finding]:
        """One finding for each comment whose day has passed."""
        for ignore in run.suppressions.ignores:
            if run.suppressions.is_expired(ignore):
                yield self.finding(
                    f"an ignore comment expired after {ignore.until}",
                    ignore.range,
                    why="It no longer holds anything back.",
                    help_="repair what it covers and remove the comment, or give it a new date",
                    attribute=",".join(key.text for key in ignore.keys),
                )


class MalformedIgnore(RunRule):
    """A comment that begins with `symlint:` is an ignore comment.

    The forms are `# symlint: ignore[SYM201] reason`, with several codes or names separated by
    commas, and `# symlint: ignore-file[SYM201] reason` before the first block of a file. Both may
    hold `until=2026-12-31`. Anything else is most likely meant to be one of them, and does
    nothing.
    """

    code = "SYM905"
    name = "malformed-ignore"
    severity = "warning"
    bad = _SOUND.replace("var.environment\n", "var.environment # symlint: disable=SYM101\n")
    good = _SOUND.replace("var.environment\n", "var.environment # read by symlint and terraform\n")

    def check_run(self, run: Run) -> Iterator[Finding]:
        """One finding for each comment that cannot be understood."""
        for ignore in run.suppressions.ignores:
            if ignore.mistake:
                yield self.finding(
                    f"not an ignore comment: {ignore.mistake}",
                    ignore.range,
                    why="The comment holds nothing back.",
                    help_="write it as in\n  # symlint: ignore[SYM201] reason",
                )


class StaleBaselineEntry(RunRule):
    """Every entry of the baseline holds a finding back.

    An entry whose finding is gone would hold the same mistake back when it returns.
    `symlint baseline prune` removes all such entries.

    Nothing is said about files that this run did not look at, unless they no longer exist.
    """

    code = "SYM906"
    name = "stale-baseline-entry"
    severity = "warning"
    after_baseline = True
    bad: ClassVar[Example] = {
        "main.tf": _SOUND,
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
        "main.tf": _SOUND,
        "symlint-baseline.json": '{"version": 1, "findings": []}\n',
        "symlint.toml": 'baseline = "symlint-baseline.json"\n',
    }

    def check_run(self, run: Run) -> Iterator[Finding]:
        """One finding for each entry that held back too little."""
        if not run.stale or run.baseline is None:
            return
        from symlint.lint.suppression.baseline import place_of

        for entry, missing in run.stale:
            what = f"{entry.code} in {entry.file}"
            times = "" if missing == run.baseline.counts[entry] == 1 else f" ({missing} times)"
            yield self.finding(
                f"the baseline has {what}, which is no longer there{times}",
                place_of(run.baseline, entry),
                label=entry.address,
                why="The same mistake would be held back when it returns.",
                help_="run symlint baseline prune",
                address=entry.address,
                attribute=entry.attribute,
            )
