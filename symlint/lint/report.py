"""The result of a run: what every output format renders, and nothing else reaches them."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from symlint.lint.finding import Finding, Undecided
    from symlint.lint.hiding.hidden import Hidden
    from symlint.lint.rule import AnyRule


class Failure(NamedTuple):
    """Something that keeps the run from being trusted (exit status 3).

    A path that does not exist or has nothing to lint, a file that cannot be read, a rule that
    crashed. ``path`` is absolute, or as given for what does not exist; "" when not about a file.
    """

    path: str
    message: str


class Suppressed(NamedTuple):
    """A finding suppressed by a comment in the source or by the baseline, and the reason given."""

    finding: Finding
    kind: str
    reason: str


class Counts(NamedTuple):
    """What was looked at, and what was not.

    ``files`` are those that Terraform reads as configuration, ``python_files`` those with the Python
    that it carries. ``skipped_modules`` do not concern Sym. ``skipped_files`` are how many files were not looked at, by reason, and
    ``skipped_folders`` how many folders were not looked into; ``all_counted`` is false where there
    are more of these files.
    """

    files: int
    modules: int
    skipped_modules: int
    checks_passed: int
    variable_files: int = 0
    python_files: int = 0
    skipped_files: tuple[tuple[str, int], ...] = ()
    skipped_folders: tuple[tuple[str, int], ...] = ()
    all_counted: bool = True


class FileStatus(NamedTuple):
    """A file that was looked at, or was skipped for a ``reason``: one of ``Counts.skipped_files``.

    ``linked`` is the reason of a folder that a link leads to.
    """

    path: str
    reason: str


class Report(NamedTuple):
    """The result of one run over all its paths; findings are sorted and unique.

    Words of findings say no secrets; ranges and edits lead to the files as they are, and ``hidden``
    knows what of them may be shown. ``rules`` are the rules that ran, in code order. ``exit_status`` is 0 for a clean run, 1 when
    a finding is as severe as the run is to fail on, 3 when there are failures. ``work`` is about what
    the run took, in steps of its budget. ``files`` are all that were looked at or skipped, where the
    options ask for them.
    """

    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]
    failures: tuple[Failure, ...]
    suppressed: tuple[Suppressed, ...]
    counts: Counts
    rules: tuple[AnyRule, ...] = ()
    exit_status: int = 0
    files: tuple[FileStatus, ...] = ()
    hidden: Hidden | None = None
    work: int = 0
