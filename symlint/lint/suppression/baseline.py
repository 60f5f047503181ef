"""The baseline: findings that were there before, suppressed until they are repaired.

A JSON file that lists findings by code, file, address and attribute, and how often. Lines do not
count, so edits elsewhere in a file leave it valid; neither does the path of a module, for the file
already says which module it is.
"""

from __future__ import annotations

import os
from functools import cached_property

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.errors import ConfigError
from symlint.named_tuple import NamedTuple
from symlint.source.files import ReadProblem, outside, read_file
from symlint.source.tree import leads_out_of_repository

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from symlint.lint.finding import Finding
    from symlint.source.text import Range, SourceFile

DEFAULT_NAME: Final = "symlint-baseline.json"
VERSION: Final = 1
_NEVER: Final = "SYM0"
"""How codes begin of what no baseline suppresses: files that are not what their syntax allows."""


_MOST: Final = 1_000_000_000
"""The most findings that one entry may stand for."""


class Entry(NamedTuple):
    """What a baseline knows of a finding; ``file`` is relative to the baseline, with ``/``."""

    file: str
    code: str
    address: str
    attribute: str


class StaleEntry(NamedTuple):
    """An entry of which ``missing`` findings are no longer there."""

    entry: Entry
    missing: int


class Baseline:
    """The entries of one baseline file, each with how many findings it suppresses.

    Many configuration files may name the same one: what follows from it alone is found once.
    """

    def __init__(self, path: str, counts: Mapping[Entry, int]) -> None:
        self.path: Final = path
        self.counts: Final = counts

    @cached_property
    def by_file(self) -> Mapping[str, Sequence[Entry]]:
        """The entries by the absolute paths of their files."""
        directory = os.path.dirname(os.path.abspath(self.path))
        found: dict[str, list[Entry]] = {}
        for entry in self.counts:
            path = os.path.normpath(os.path.join(directory, entry.file))
            found.setdefault(path, []).append(entry)
        return found

    @cached_property
    def gone(self) -> Mapping[str, Sequence[Entry]]:
        """The entries whose files are gone, by code."""
        found: dict[str, list[Entry]] = {}
        for path, entries in self.by_file.items():
            for entry in () if os.path.lexists(path) else entries:
                found.setdefault(entry.code, []).append(entry)
        return found

    @cached_property
    def places(self) -> Mapping[Entry, Range]:
        """Where the file has each entry."""
        from symlint.source.text import Range

        source = self._source
        found: dict[Entry, Range] = {}
        for item, start, end in _written_items(source.text):
            if isinstance(item, dict):
                entry = Entry(*(str(item.get(name)) for name in Entry._fields))
                found.setdefault(entry, Range(source, start, end))
        return found

    def place(self, entry: Entry) -> Range:
        """Where the file has an entry; its beginning where that is not found."""
        from symlint.source.text import Range

        return self.places.get(entry) or Range(self._source, 0, 0)

    @cached_property
    def _source(self) -> SourceFile:
        from symlint.source.text import SourceFile

        source = read_file(self.path)
        return SourceFile(self.path, "") if isinstance(source, ReadProblem) else source


class Applied(NamedTuple):
    """The findings that remain, those suppressed, and the entries that suppressed too few."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    stale: tuple[StaleEntry, ...]


def entry_of(finding: Finding, path: str) -> Entry:
    """What the baseline at ``path`` would know of a finding."""
    return _Entries(path).entry(finding)


class _Entries:
    """Makes the entries of the baseline at ``path``; many findings are in the same file."""

    def __init__(self, path: str) -> None:
        self._directory: Final = os.path.dirname(os.path.abspath(path))
        self._files: Final[dict[str, str]] = {}

    def entry(self, finding: Finding) -> Entry:
        path = finding.range.path
        file = self._files.get(path)
        if file is None:
            file = os.path.relpath(path, self._directory).replace(os.sep, "/")
            self._files[path] = file
        return Entry(file, finding.code, _local(finding.address), finding.attribute)


def create_baseline(findings: Iterable[Finding], path: str) -> Baseline:
    """A baseline for the file ``path`` that suppresses ``findings``; nothing is written.

    Syntax errors are left out: no baseline suppresses them.
    """
    findings = [finding for finding in findings if not finding.code.startswith(_NEVER)]
    return Baseline(path, dict(sorted(_counted(findings, path).items())))


def prune_baseline(baseline: Baseline, stale: Iterable[StaleEntry]) -> Baseline:
    """The baseline without what ``stale`` says is gone."""
    counts = dict(baseline.counts)
    for entry, missing in stale:
        counts[entry] = counts.get(entry, 0) - missing
    return Baseline(baseline.path, {entry: count for entry, count in counts.items() if count > 0})


def apply_baseline(
    baseline: Baseline,
    findings: Iterable[Finding],
    looked_at: Iterable[str],
    gone: Iterable[str] | None = None,
) -> Applied:
    """Suppress what the baseline knows.

    Entries for files that were not looked at (``looked_at`` has absolute paths) are not stale,
    unless the file is gone. Of those, the ones of the codes ``gone`` are said; without it, all.
    """
    entries = _Entries(baseline.path)
    used: dict[Entry, int] = {}
    remaining: list[Finding] = []
    suppressed: list[Finding] = []
    for finding in findings:
        entry = entries.entry(finding)
        times = used.get(entry, 0)
        if times < baseline.counts.get(entry, 0):
            used[entry] = times + 1
            suppressed.append(finding)
        else:
            remaining.append(finding)
    asked = {entry for path in looked_at for entry in baseline.by_file.get(path, ())}
    codes = baseline.gone if gone is None else baseline.gone.keys() & set(gone)
    asked.update(entry for code in codes for entry in baseline.gone[code])
    stale = tuple(
        StaleEntry(entry, missing)
        for entry in sorted(asked)
        if (missing := baseline.counts[entry] - used.get(entry, 0))
    )
    return Applied(tuple(remaining), tuple(suppressed), stale)


def _written_items(text: str) -> Iterator[tuple[object, int, int]]:
    """The elements of the array of findings, each with where it begins and ends."""
    import json
    import re

    opening = re.search(r'"findings"\s*:\s*\[\s*', text)
    between = re.compile(r"\s*,\s*")
    decode = json.JSONDecoder().raw_decode
    start = None if opening is None else opening.end()
    while start is not None:
        try:
            item, end = decode(text, start)
        except (ValueError, RecursionError):
            return
        yield item, start, end
        following = between.match(text, end)
        start = None if following is None else following.end()


def _counted(findings: Iterable[Finding], path: str) -> dict[Entry, int]:
    entries = _Entries(path)
    counts: dict[Entry, int] = {}
    for finding in findings:
        entry = entries.entry(finding)
        counts[entry] = counts.get(entry, 0) + 1
    return counts


def _local(address: str) -> str:
    """An address inside its own module, without the key of the instance."""
    import re

    # Keys may be long, and full of dots and brackets.
    key = r'\["(?:[^"\\]|\\.)*+"\]|\[[^\]"]*+\]'
    steps = re.findall(rf'(?:[^.\["]|{key})++', address, re.DOTALL)
    start = 0
    while steps[start : start + 1] == ["module"] and len(steps) > start + 3:
        start += 2
    return ".".join(steps[start:-1] + [step.partition("[")[0] for step in steps[-1:]])


def baseline_text(baseline: Baseline) -> str:
    """The content of a baseline file, in a stable order that makes small diffs."""
    import json

    lines = [
        json.dumps({**entry._asdict(), "count": count}, ensure_ascii=False)
        for entry, count in sorted(baseline.counts.items())
    ]
    body = ",\n    ".join(lines)
    entries = f"[\n    {body}\n  ]" if lines else "[]"
    return f'{{\n  "version": {VERSION},\n  "findings": {entries}\n}}\n'


def write_baseline(baseline: Baseline) -> None:
    """Write a baseline file, whole or not at all. Raises OSError."""
    from symlint.source.writing import write_atomically

    write_atomically(baseline.path, baseline_text(baseline).encode("utf-8", "surrogateescape"))


def read_baseline(path: str) -> Baseline:
    """Read a baseline file. Raises ConfigError when it is missing or not one."""
    import json

    source = outside(path) if leads_out_of_repository(path) else read_file(path)
    if isinstance(source, ReadProblem):
        problem = f"the baseline cannot be read: {source.message}"
        if source.kind == "missing":
            problem = "the baseline does not exist; write it with: symlint baseline create"
        raise ConfigError(path, None, problem)
    try:
        document = json.loads(source.text)
    except json.JSONDecodeError as error:
        raise ConfigError(path, error.lineno, f"is not valid JSON: {error.msg}") from error
    except (RecursionError, ValueError) as error:
        raise ConfigError(path, None, "is not valid JSON") from error
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise ConfigError(path, None, f"is not a baseline of version {VERSION}")
    counts: dict[Entry, int] = {}
    for entry, count in _entries(document, path):
        counts[entry] = counts.get(entry, 0) + count
    return Baseline(path, counts)


def _entries(document: dict[str, object], path: str) -> Iterator[tuple[Entry, int]]:
    findings = document.get("findings")
    if not isinstance(findings, list):
        raise ConfigError(path, None, "findings must be an array")
    for number, item in enumerate(findings, start=1):
        fields = item if isinstance(item, dict) else {}
        texts = [fields.get(name) for name in Entry._fields]
        count = fields.get("count", 1)
        if not all(map(_is_text, texts)) or not _is_count(count):
            names = ", ".join(Entry._fields)
            raise ConfigError(path, None, f"finding {number} must have {names} and count")
        yield Entry(*map(str, texts)), int(count)


def _is_text(text: object) -> bool:
    if not isinstance(text, str):
        return False
    try:
        text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return False
    return True


def _is_count(count: object) -> bool:
    return isinstance(count, int) and not isinstance(count, bool) and 0 < count <= _MOST
