"""Suppresses findings where an ignore comment says so, and remembers which comments were needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.suppression.ignores import Ignore, Key, read_ignores
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.hcl.results import ParsedFile
    from symlint.lint.finding import Finding, Undecided
    from symlint.lint.registry import RuleSet
    from symlint.lint.rule import Rule
    from symlint.source.text import Range


class KeyUse(NamedTuple):
    """One code or name of an ignore comment, and the rule that it names (None: there is none)."""

    ignore: Ignore
    key: Key
    rule: type[Rule] | None


class Suppressions:
    """The ignore comments of a run. ``today`` is an ISO date; by default the real one.

    The one part of a run that changes while findings are sorted out: it notes what was used.
    """

    def __init__(self, rules: RuleSet, today: str | None = None) -> None:
        self._rules = rules
        self._today = today
        self._files: dict[str, tuple[Ignore, ...]] = {}
        self._used: set[tuple[Ignore, Key]] = set()

    def add_file(self, file: ParsedFile) -> None:
        """Read the ignore comments of a file; once, however often it is added."""
        path = file.source.path
        if path not in self._files:
            self._files[path] = read_ignores(file)

    @property
    def any(self) -> bool:
        """Whether there is an ignore comment at all."""
        return any(self._files.values())

    def match(self, finding: Finding, calls: Iterable[Range] = ()) -> Ignore | None:
        """The comment that suppresses a finding, or None.

        It may cover the finding's own range, a related one, or one of ``calls``: the module calls
        on the path to the module instance that the finding is about.
        """
        ranges = (finding.range, *(related.range for related in finding.related), *calls)
        found = None
        for use in self._covering(ranges, finding.code):
            self._used.add((use.ignore, use.key))
            found = found or use.ignore
        return found

    def add_undecided(self, undecided: Undecided) -> None:
        """Count comments as needed that cover a question nobody can answer."""
        for use in self._covering((undecided.range,), undecided.code):
            self._used.add((use.ignore, use.key))

    def _covering(self, ranges: Iterable[Range], code: str) -> Iterator[KeyUse]:
        for range_ in ranges:
            for ignore in self._files.get(range_.path, ()):
                if not ignore.covers_range(range_) or self.is_expired(ignore):
                    continue
                for key in ignore.keys:
                    rule = self._rules.find(key.text)
                    if rule is not None and rule.code == code and rule.suppressible:
                        yield KeyUse(ignore, key, rule)

    def is_expired(self, ignore: Ignore) -> bool:
        """Whether the last day of a comment has passed."""
        if not ignore.until:
            return False
        if self._today is None:
            from datetime import date

            self._today = date.today().isoformat()
        return ignore.until < self._today

    @property
    def ignores(self) -> Iterator[Ignore]:
        """All comments, in path and source order."""
        for path in sorted(self._files):
            yield from self._files[path]

    def uses(self) -> Iterator[KeyUse]:
        """Every code or name in every comment, in path and source order."""
        for ignore in self.ignores:
            for key in ignore.keys:
                yield KeyUse(ignore, key, self._rules.find(key.text))

    def is_used(self, use: KeyUse) -> bool:
        """Whether the run needed this code or name of a comment."""
        return (use.ignore, use.key) in self._used

    def known_keys(self) -> tuple[str, ...]:
        """The codes and names that a comment may use, for suggestions."""
        return tuple(
            key for rule in self._rules if rule.suppressible for key in (rule.code, rule.name)
        )
