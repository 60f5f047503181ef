"""Adds ignore comments for findings, where a look at the changed text shows that they do their work."""

from __future__ import annotations

import os
from functools import cache

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.run.repair.fixes import FixedFile, write_files
from symlint.lint.run.repair.trials import Allowance
from symlint.lint.suppression.marker import MARKER
from symlint.named_tuple import NamedTuple
from symlint.source.file_names import is_json_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from symlint.lint.finding import Finding
    from symlint.lint.report import Report
    from symlint.lint.run.repair.trials import Look
    from symlint.lint.run.roots.kept import Kept
    from symlint.source.text import SourceFile

_ROUNDS: Final = 5
"""Looks at changed texts before what is left is given up; fewer where they take much work."""


class Added(NamedTuple):
    """The findings that comments were written for, those that no comment can suppress, and the rest.

    ``report`` is that on the files as they are now; ``failed`` are files that could not be written.
    ``too_much`` is true where there are no comments since it takes too much work to try them.
    """

    report: Report
    ignored: tuple[Finding, ...]
    left: tuple[Finding, ...]
    failed: tuple[tuple[str, str], ...] = ()
    too_much: bool = False


def add_ignores(look: Look, reason: str, kept: Kept | None = None) -> Added:
    """Write a comment at the end of the line of each finding, and look again.

    ``kept`` has the outcomes of root modules that looks have had so far.
    """
    allowance = Allowance(kept)
    before = look({})
    allowance.take_look(before)
    # No comment suppresses what these find.
    always = {rule.code for rule in before.rules if not rule.suppressible}
    wanted = [
        finding
        for finding in before.findings
        if finding.code not in always and not is_json_file(finding.range.path)
    ]
    report, files = before, []
    names = {_line(finding)[0] for finding in wanted}
    if not allowance.is_enough_for_files(set(map(os.path.realpath, names))):
        return Added(before, (), before.findings, too_much=True)
    for _ in range(_ROUNDS):
        files = _commented(wanted, reason)
        texts = {os.path.realpath(file.source.path): file.text for file in files}
        if not allowance.is_enough(texts):
            return Added(before, (), before.findings, too_much=True)
        report = look(texts)
        allowance.take_look(report)
        useless = _without_use(wanted, before, report)
        if not useless:
            break
        wanted = [finding for finding in wanted if _line(finding) not in useless]
    else:
        return Added(before, (), before.findings)
    failed = write_files(files)
    if failed:
        return Added(look({}), (), before.findings, tuple(sorted(failed.items())))
    ignored = set(map(id, wanted))
    left = tuple(finding for finding in before.findings if id(finding) not in ignored)
    return Added(report, tuple(wanted), left)


def _line(finding: Finding) -> tuple[str, int]:
    return finding.range.path, finding.range.start_position.line


def _commented(findings: Iterable[Finding], reason: str) -> list[FixedFile]:
    """The files with a comment for the codes that each line has, under whatever names it has them."""
    sources: dict[str, SourceFile] = {}
    codes: dict[str, dict[int, dict[str, None]]] = {}
    real_path = cache(os.path.realpath)
    for finding in findings:
        named, line = _line(finding)
        path = real_path(named)
        sources.setdefault(path, finding.range.source)
        codes.setdefault(path, {}).setdefault(line, {})[finding.code] = None
    found = []
    for path, by_line in codes.items():
        lines = sources[path].text.split("\n")
        for line, of_line in by_line.items():
            text = lines[line - 1]
            end = "\r" if text.endswith("\r") else ""
            comment = f"# {MARKER} ignore[{', '.join(of_line)}] {reason}"
            lines[line - 1] = f"{text.removesuffix(end).rstrip()} {comment}{end}"
        found.append(FixedFile(sources[path], "\n".join(lines)))
    return found


def _without_use(
    wanted: Collection[Finding], before: Report, after: Report
) -> set[tuple[str, int]]:
    """The lines whose comment does not suppress all that it names, or makes something else wrong."""
    suppressed = {(_line(it.finding), it.finding.code) for it in after.suppressed}
    useless = {_line(it) for it in wanted if (_line(it), it.code) not in suppressed}
    known = {(it.code, it.title) for it in before.findings}
    new = {it.range.path for it in after.findings if (it.code, it.title) not in known}
    new |= {it.path for it in after.failures if it not in before.failures}
    if new and not useless:
        useless = {_line(it) for it in wanted if it.range.path in new} or set(map(_line, wanted))
    return useless
