"""Tries fixes in memory, to leave out those that do harm.

A fix does harm when a file has a syntax error more after it, the configuration another finding of
severity error, or the run something more that it could not look at. All fixes are tried together
first. Where they do harm, those beside the harm are told from the others, and halves from halves,
until the ones that do it are alone. All looks and trials draw from one ``Allowance``.
"""

from __future__ import annotations

import gc
import os
from collections import Counter

from symlint.annotations import TYPE_CHECKING, Final, TypeAlias
from symlint.lint.run.repair.fixes import plan_fixes
from symlint.lint.run.roots.judge import Judge
from symlint.named_tuple import NamedTuple
from symlint.source.file_names import CONFIGURATION_SUFFIXES, PYTHON_SUFFIX, VARIABLE_FILE_SUFFIXES
from symlint.source.text import SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from symlint.lint.finding import Finding
    from symlint.lint.report import Report
    from symlint.lint.run.repair.fixes import Extent, FixedFile
    from symlint.lint.run.roots.kept import Kept

    Look: TypeAlias = Callable[[Mapping[str, str]], Report]
    """Lints anew, with texts in place of those on disk, by real path."""

    Texts: TypeAlias = dict[str, str]

MOST_ALONE: Final = 16
"""Of more findings that are all beside harm, none is tried by itself."""

MOST_WORK: Final = 24_000_000
"""What looks and trials may take together, in steps as a run counts them: some eight seconds."""

LEAST_FOR_TRIALS: Final = 4_000_000
"""What they may take in any case after the first look: some two thousand root modules are enough for
that look to take all, and looking again at a few of them takes little."""

LEAST_OF_A_LOOK: Final = 900_000
"""What a look counts at least: linting the smallest configuration often takes long as well."""

_TRIAL: Final = 50_000
"""What a trial counts beside the look that it ends with."""

_STEPS_TO_PARSE: Final = 2
_STEPS_TO_PLAN: Final = 20
"""What a character takes that is parsed, and a finding whose fix is put into the text."""


class Refusal(NamedTuple):
    """A finding whose fix is left out, and the harm that it would do."""

    finding: Finding
    reason: str


class _Harm(NamedTuple):
    """What is worse after fixes, and where: paths, with an address if it is about a block."""

    reason: str
    places: frozenset[tuple[str, str]] = frozenset()

    def is_beside(self, finding: Finding) -> bool:
        """Whether a finding is about the same block, or its fix about the same file."""
        paths = {edit.range.path for edit in finding.fix.edits} if finding.fix else ()
        return any(
            path in paths and (not address or address == finding.address)
            for path, address in self.places
        )

    def is_of_each(self, findings: Sequence[Finding]) -> bool:
        """Whether so many findings are each about a block with harm that none is tried alone."""
        addresses = {address for _, address in self.places if address}
        return len(findings) > MOST_ALONE and all(it.address in addresses for it in findings)


_GIVEN_UP: Final = _Harm("what it would lead to takes too much work to find out in one run")


class _Repaired(NamedTuple):
    """Texts after fixes, and the findings that were fixed."""

    texts: Texts
    findings: tuple[Finding, ...] = ()


class Allowance:
    """What may still be spent on repairs; see ``MOST_WORK``.

    A further look is expected to take what ``kept`` says, which has the outcomes of those before; what the
    dearest took where there is none.
    """

    def __init__(self, kept: Kept | None = None) -> None:
        self._kept: Final = kept
        self._left = MOST_WORK
        self._dearest = 0

    def take(self, steps: int) -> None:
        """Spend steps on a trial."""
        self._left -= steps

    def take_look(self, report: Report) -> None:
        """Spend what a look has taken."""
        is_first = not self._dearest
        work = max(LEAST_OF_A_LOOK, report.work)
        self._dearest = max(self._dearest, work)
        self._left -= work
        if is_first:
            self._left = max(self._left, LEAST_FOR_TRIALS)

    def is_enough(self, texts: Texts, judge: Judge | None = None) -> bool:
        """Whether something is left for a look with these texts, and for one of the judge's."""
        expected = self._dearest if self._kept is None else self._kept.expected(texts)
        if judge is not None:
            expected += judge.expected(texts)
        return self._left >= max(LEAST_OF_A_LOOK, expected)

    def is_enough_for_files(self, paths: Iterable[str], judge: Judge | None = None) -> bool:
        """Whether something is left for a look with new texts in some files, and for two of the judge's.

        ``paths`` are the real ones.
        """
        if self._kept is None:
            return True
        cost = self._kept.cost_of(paths)
        if judge is not None:
            cost += 2 * judge.cost_of(paths)
        return self._left >= cost

    def is_enough_for(self, looks: int) -> bool:
        """Whether something is left for so many looks like the dearest."""
        return self._left >= looks * self._dearest

    def is_enough_to_change(self, finding: Finding, judge: Judge | None = None) -> bool:
        """Whether something is left for looks at the files that the fix of a finding changes alone."""
        if self._kept is None or finding.fix is None:
            return True
        paths = {os.path.realpath(edit.range.path) for edit in finding.fix.edits}
        return self.is_enough_for_files(paths, judge)


class Trials:
    """What has been tried. ``look`` finds what there is to repair, ``judge`` the harm."""

    def __init__(self, look: Look, judge: Look, extent: Extent, allowance: Allowance) -> None:
        self._look: Final = look
        self._judge: Final = judge
        self._extent: Final[Extent] = extent
        self._allowance: Final = allowance
        self._about = 1
        """One more than how many root modules are judged, where these are not all."""
        self._reports: Final[dict[tuple[int, frozenset[tuple[str, str]]], Report]] = {}
        self._refused: Final[dict[tuple[str, str, str, str], tuple[str, Texts]]] = {}
        """Why fixes are left out, and the texts for which that was found."""

    def look(self, texts: Texts) -> Report:
        """The report with these texts in place of files."""
        return self._report(self._look, texts)

    def _report(self, look: Look, texts: Texts) -> Report:
        key = self._key(look, texts)
        if key not in self._reports:
            # What the look before has left refers to itself, and may be hundreds of megabytes.
            if self._reports:
                gc.collect()
            self._reports[key] = look(texts)
            self._allowance.take_look(self._reports[key])
        return self._reports[key]

    def _key(self, look: Look, texts: Texts) -> tuple[int, frozenset[tuple[str, str]]]:
        """What a report depends on: who looks, at how many root modules, and the texts."""
        return self._about if look is self._judge else 0, frozenset(texts.items())

    def refuses(self, finding: Finding) -> bool:
        """Whether the fix of a finding did harm when it was tried last."""
        return _key(finding) in self._refused

    def accept(
        self, findings: Sequence[Finding], texts: Texts
    ) -> tuple[_Repaired, tuple[Refusal, ...]]:
        """The texts with those fixes that do no harm, and the findings that have others.

        What did harm to other texts is tried again when nothing else can be repaired.
        """
        made = self._tell_apart([it for it in findings if not self.refuses(it)], texts)
        if not made.findings:
            others = (it for it in findings if self._refused[_key(it)][1] != texts)
            made = self._tell_apart(list(others), texts)
        repaired = set(map(id, made.findings))
        refused = (it for it in findings if id(it) not in repaired and self.refuses(it))
        return made, tuple(Refusal(it, self._refused[_key(it)][0]) for it in refused)

    def _tell_apart(self, findings: list[Finding], texts: Texts) -> _Repaired:
        """Apply the fixes that do no harm, and take note of the others."""
        kept: list[Finding] = []
        made = _Repaired(texts)
        # What many root modules share must not be in the way of what concerns one.
        judge = self._judge if isinstance(self._judge, Judge) else None
        group = [it for it in findings if self._allowance.is_enough_to_change(it, judge)]
        too_dear = set(map(id, findings)).difference(map(id, group))
        for finding in findings:
            if id(finding) in too_dear:
                self._refused[_key(finding)] = (_GIVEN_UP.reason, texts)
        waiting = [group] if group else []
        while waiting:
            group = waiting.pop()
            tried = self._try([*kept, *group], texts)
            if isinstance(tried, _Repaired):
                kept += group
                made = tried
            elif tried is _GIVEN_UP or len(group) == 1 or tried.is_of_each(group):
                self._refused.update({_key(it): (tried.reason, texts) for it in group})
            else:
                waiting += _parted(group, tried)
        return made

    def _try(self, findings: Sequence[Finding], texts: Texts) -> _Repaired | _Harm:
        """What fixes make of texts, or the harm that they do.

        Errors that show only now, such as those in what was no block before, are no harm where
        their own fixes, which are then applied as well, leave none.
        """
        done: tuple[Finding, ...] = ()
        after, plan = texts, plan_fixes(findings, "all")
        while True:
            after = after | {os.path.realpath(it.source.path): it.text for it in plan.files}
            done += plan.applied
            if after == texts:
                return _Repaired(texts, done)
            characters = sum(len(file.text) for file in plan.files)
            self._allowance.take(
                _TRIAL + _STEPS_TO_PARSE * characters + _STEPS_TO_PLAN * len(plan.applied)
            )
            if isinstance(self._judge, Judge):
                self._about = 1 + self._judge.about(after)
            if not self._is_enough(after):
                return _GIVEN_UP
            harm = _syntax_errors(plan.files)
            if harm is not None:
                return harm
            before = self._judged(texts)
            report = None if before is None else self._judged(after)
            if before is None or report is None:
                return _GIVEN_UP
            harm, errors = _compared(before, report)
            if harm is None:
                return _Repaired(after, done)
            plan = plan_fixes(errors, self._extent)
            if len(plan.applied) < len(errors) or not errors or self._judge is not self._look:
                return harm

    def _judged(self, texts: Texts) -> Report | None:
        """The report that shows harm; None where it takes more than may still be spent."""
        if self._key(self._judge, texts) not in self._reports and not self._is_enough(texts):
            return None
        return self._report(self._judge, texts)

    def _is_enough(self, texts: Texts) -> bool:
        """Whether something is left to judge texts, and to look at them."""
        if isinstance(self._judge, Judge):
            return self._allowance.is_enough(texts, self._judge)
        if self._judge is self._look:
            return self._allowance.is_enough(texts)
        return self._allowance.is_enough_for(looks=2)


def _parted(group: list[Finding], harm: _Harm) -> tuple[list[Finding], list[Finding]]:
    """Two parts of a group, the second to be tried first: it is less likely to do harm."""
    suspects: list[Finding] = []
    others: list[Finding] = []
    for finding in group:
        (suspects if harm.is_beside(finding) else others).append(finding)
    if suspects and others:
        return suspects, others
    middle = len(group) // 2
    return group[middle:], group[:middle]


def _syntax_errors(files: Sequence[FixedFile]) -> _Harm | None:
    """The files that have more syntax errors than before, of Terraform's syntax and Python's."""
    broken = [file.source.path for file in files if _is_broken(file)]
    if not broken:
        return None
    places = frozenset((path, "") for path in broken)
    return _Harm(f"{os.path.basename(broken[0])} would have a syntax error", places)


def _is_broken(file: FixedFile) -> bool:
    from symlint.hcl import parse

    path = file.source.path
    if path.endswith(PYTHON_SUFFIX):
        from symlint.sym.implementation.python_module import PythonProblem
        from symlint.sym.implementation.python_module import parse as parse_python

        after, before = parse_python(file.text), parse_python(file.source.text)
        return isinstance(after, PythonProblem) and not isinstance(before, PythonProblem)
    if not path.endswith((*CONFIGURATION_SUFFIXES, *VARIABLE_FILE_SUFFIXES)):
        return False
    errors = len(parse(SourceFile(path, file.text)).problems)
    return errors > 0 and errors > len(parse(file.source).problems)


def _compared(before: Report, after: Report) -> tuple[_Harm | None, list[Finding]]:
    """What is worse in one report than in the other, and the errors that only that has."""
    known = Counter(map(_key, _errors(before)))
    new: list[Finding] = []
    for finding in _errors(after):
        known[_key(finding)] -= 1
        if known[_key(finding)] < 0:
            new.append(finding)
    if new:
        places = frozenset((finding.range.path, finding.address) for finding in new)
        return _Harm(f"it would lead to {new[0].code}, {new[0].title}", places), new
    failures = [failure for failure in after.failures if failure not in before.failures]
    if failures:
        return _Harm(f"symlint could not check the result: {failures[0].message}"), new
    return None, new


def _errors(report: Report) -> Iterator[Finding]:
    """All findings of severity error, also those that are ignored."""
    found = (*report.findings, *(it.finding for it in report.suppressed))
    return (finding for finding in found if finding.severity == "error")


def _key(finding: Finding) -> tuple[str, str, str, str]:
    """What makes findings of two runs the same: as in a baseline, never the line."""
    return finding.code, finding.range.path, finding.address, finding.attribute
