"""What a run has seen, for the rules that are about the run itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from symlint.hcl.results import ParsedFile
    from symlint.lint.baseline import Baseline, StaleEntry
    from symlint.lint.suppressions import Suppressions


class Run(NamedTuple):
    """The files of a run in path order, its ignore comments, and its baseline.

    ``judged`` are the codes of the rules that checked everything: an ignore comment or baseline
    entry for another rule may still be needed. ``incomplete`` are the paths of files of modules
    of which something could not be read. ``stale`` is filled in for the last rules only, after
    the baseline has been applied.
    """

    files: tuple[ParsedFile, ...]
    suppressions: Suppressions
    judged: frozenset[str]
    incomplete: frozenset[str] = frozenset()
    baseline: Baseline | None = None
    stale: tuple[StaleEntry, ...] = ()
