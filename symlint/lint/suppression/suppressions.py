"""Suppresses findings where an ignore comment says so, and remembers which comments were needed."""

from __future__ import annotations

from bisect import insort

from symlint.annotations import TYPE_CHECKING, TypeAlias
from symlint.lint.suppression.marker import MARKER
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.hcl.results import ParsedFile
    from symlint.lint.finding import Finding, Undecided
    from symlint.lint.registry import RuleSet
    from symlint.lint.rule import AnyRule
    from symlint.lint.suppression.ignores import Cover, Ignore, Key
    from symlint.lint.suppression.stretches import Stretch, Stretches
    from symlint.source.text import Range
    from symlint.sym.implementation.code import Code


if TYPE_CHECKING:
    Use: TypeAlias = tuple[str, Cover, str]
    """A comment that was needed: the path, what it covers, and the code of a rule."""


class KeyUse(NamedTuple):
    """One code or name of an ignore comment, and the rule that it names (None: there is none)."""

    ignore: Ignore
    key: Key
    rule: AnyRule | None


class Suppressions:
    """The ignore comments of a run. ``today`` is an ISO date; by default the real one.

    The one part of a run that changes while findings are sorted out: it notes what was used.
    """

    def __init__(self, rules: RuleSet, today: str | None = None) -> None:
        self._rules = rules
        self._today = today
        self._files: dict[str, list[Ignore]] = {}
        self._stretches: dict[str, Stretches] = {}
        self._known: set[tuple[str, int, int]] = set()
        self.used: set[Use] = set()
        """The comments that were needed, so far."""
        # For a stretch, the first comment that is for each code.
        self._first: dict[Stretch, dict[str, Ignore]] = {}

    def add_file(self, file: ParsedFile) -> None:
        """Read the ignore comments of a file; once, however often it is added."""
        path = file.source.path
        if path in self._files:
            return
        self._files[path] = []
        if MARKER in file.source.text:
            from symlint.lint.suppression.ignores import read_ignores

            self._files[path] += read_ignores(file)

    def add_code(self, code: Code) -> tuple[Ignore, ...] | None:
        """Read the ignore comments of a text of Python; None where there cannot be any."""
        if MARKER not in code.text:
            return None
        from symlint.lint.suppression.python_ignores import ignores_in

        found = tuple(ignores_in(code))
        self.add(found)
        return found

    def add(self, ignores: Iterable[Ignore]) -> None:
        """Take ignore comments that have been read, each once."""
        for ignore in ignores:
            path = ignore.range.path
            if ignore.range.sort_key() not in self._known:
                self._known.add(ignore.range.sort_key())
                insort(self._files.setdefault(path, []), ignore, key=lambda it: it.range.start)
                self._stretches.pop(path, None)

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
        return self._use(ranges, finding.code)

    def add_undecided(self, undecided: Undecided) -> None:
        """Count comments as needed that cover a question nobody can answer."""
        self._use((undecided.range,), undecided.code)

    def _use(self, ranges: Iterable[Range], code: str) -> Ignore | None:
        """Note all comments that cover one of some ranges for a code; the first of them, or None."""
        found = None
        for range_ in ranges:
            stretches = self._stretches_of(range_.path)
            for stretch in stretches.around(range_) if stretches is not None else ():
                ignore = self._first_for(stretch).get(code)
                if ignore is not None:
                    self.used.add((range_.path, stretch.cover, code))
                    found = found or ignore
        return found

    def _stretches_of(self, path: str) -> Stretches | None:
        found = self._stretches.get(path)
        if found is None and (ignores := self._files.get(path)):
            from symlint.lint.suppression.stretches import Stretches

            found = self._stretches[path] = Stretches(ignores)
        return found

    def _first_for(self, stretch: Stretch) -> dict[str, Ignore]:
        found = self._first.get(stretch)
        if found is None:
            found = self._first[stretch] = {}
            for ignore in stretch.ignores:
                if self.is_expired(ignore):
                    continue
                for key in ignore.keys:
                    rule = self._rules.find(key.text)
                    if rule is not None and rule.suppressible:
                        found.setdefault(rule.code, ignore)
        return found

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
        if use.rule is None or self.is_expired(use.ignore):
            return False
        ignore = use.ignore
        return (ignore.range.path, ignore.cover, use.rule.code) in self.used

    def known_keys(self) -> tuple[str, ...]:
        """The codes and names that a comment may use, for suggestions."""
        return tuple(
            key for rule in self._rules if rule.suppressible for key in (rule.code, rule.name)
        )
