"""Merges equal findings from several root modules, instances and variable files."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, TypeAlias
from symlint.lint.report import Suppressed
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Undecided

FindingKey: TypeAlias = tuple[str, str, int, int, str]


class Circumstances(NamedTuple):
    """Where a finding was met: the root module, and the set of variable files (or "")."""

    root: str
    variable_files: str = ""


class _Met:
    """One finding, and all circumstances in which it was met."""

    __slots__ = ("finding", "times")

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        self.times: dict[tuple[str, str, str], int] = {}
        """How many times, by the root module, the address and the set of variable files."""

    @property
    def sets(self) -> dict[str, set[str]]:
        """The sets of variable files, by root module."""
        found: dict[str, set[str]] = {}
        for root, _, files in self.times:
            found.setdefault(root, set()).add(files)
        return found

    @property
    def instances(self) -> int:
        """How many instances have it: as many as under the set of variable files with the most."""
        if len(self.times) == 1:
            return sum(self.times.values())
        most: dict[tuple[str, str], int] = {}
        for (root, address, _), times in self.times.items():
            most[root, address] = max(times, most.get((root, address), 0))
        return sum(most.values())


class Collection:
    """The findings of a run. ``sets`` are the sets of variable files tried for each root."""

    def __init__(self) -> None:
        self._met: dict[FindingKey, _Met] = {}
        self._suppressed: dict[FindingKey, Suppressed] = {}
        self._undecided: dict[tuple[str, str, int, int, str], Undecided] = {}
        self._sets: dict[str, set[str]] = {}

    def __bool__(self) -> bool:
        return bool(self._met or self._suppressed or self._undecided)

    def tried(self, where: Circumstances) -> None:
        """Note that a root was checked under these circumstances."""
        self._sets.setdefault(where.root, set()).add(where.variable_files)

    def add(self, finding: Finding, where: Circumstances) -> None:
        """Take a finding; the same one in another instance is counted only."""
        key = _key(finding)
        met = self._met.get(key)
        if met is None:
            met = self._met[key] = _Met(finding)
        here = (where.root, finding.address, where.variable_files)
        met.times[here] = max(met.times.get(here, 0), 1 + finding.more_instances)

    def suppress(self, finding: Finding, kind: str, reason: str) -> None:
        """Take a finding that is suppressed."""
        self._suppressed.setdefault(_key(finding), Suppressed(finding, kind, reason))

    def add_undecided(self, undecided: Undecided) -> None:
        """Take a question that could not be decided."""
        key = (undecided.code, *undecided.range.sort_key(), undecided.question)
        self._undecided.setdefault(key, undecided)

    def merge(self, other: Collection) -> None:
        """Take what was collected of other root modules, after what is here."""
        for root, sets in other._sets.items():
            self._sets.setdefault(root, set()).update(sets)
        for key, met in other._met.items():
            known = self._met.get(key)
            if known is None:
                # What is merged here may be merged elsewhere, too.
                known = self._met[key] = _Met(met.finding)
            known.times.update(met.times)
        for key, suppressed in other._suppressed.items():
            self._suppressed.setdefault(key, suppressed)
        for question, undecided in other._undecided.items():
            self._undecided.setdefault(question, undecided)

    def roots_of(self, finding: Finding) -> frozenset[str]:
        """The directories of the root modules that have a finding; none where its words are hidden."""
        met = self._met.get(_key(finding))
        return frozenset() if met is None else frozenset(met.sets)

    def findings(self) -> Iterator[Finding]:
        """All findings, merged, in the order of places."""
        merged = [self._merged(met) for met in self._met.values() if self._counts(met)]
        return iter(sorted(merged, key=lambda finding: finding.sort_key()))

    def suppressed(self) -> list[Suppressed]:
        """Findings that are suppressed in every instance, in the order of places."""
        found = (item for key, item in self._suppressed.items() if key not in self._met)
        return sorted(found, key=lambda item: item.finding.sort_key())

    def undecided(self) -> list[Undecided]:
        """All undecided questions, in the order of places."""
        return sorted(self._undecided.values(), key=lambda item: (item.range.sort_key(), item.code))

    def _counts(self, met: _Met) -> bool:
        """Whether a finding was met wherever it has to be."""
        if not met.finding.everywhere:
            return True
        sets = met.sets
        return all(sets.get(root) == tried for root, tried in self._sets.items())

    def _merged(self, met: _Met) -> Finding:
        finding = met.finding
        if finding.everywhere:
            return finding
        more = met.instances - 1
        if more != finding.more_instances:
            finding = finding._replace(more_instances=more, more_of=_kind_of_others(met))
        sets = met.sets
        if any(files == self._sets.get(root, {""}) for root, files in sets.items()):
            return finding
        names = tuple(sorted(set().union(*sets.values())))
        why = f"{finding.why} " if finding.why else ""
        return finding._replace(
            variable_files=names, why=f"{why}This applies only with {', '.join(names)}."
        )


def _kind_of_others(met: _Met) -> str:
    """What the instances are, in words, unless they are of the same block."""
    blocks = {_without_keys(address) for _, address, _ in met.times}
    if len(blocks) == 1:
        return ""
    from symlint.sym.words import noun

    kinds = {noun(block.rpartition(".")[0].rpartition(".")[2]) for block in blocks}
    return kinds.pop() if len(kinds) == 1 else "block"


def _key(finding: Finding) -> FindingKey:
    """What makes two findings the same: instance keys in the title do not."""
    return (finding.code, *finding.range.sort_key(), _without_keys(finding.title))


def _without_keys(text: str) -> str:
    if "[" not in text:
        return text
    import re

    return re.sub(r'\[(?:"(?:[^"\\]|\\.)*"|\d+|\?)\]', "", text)
