"""Gathered: what linting root modules adds to a run."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.report import Failure
from symlint.lint.run.judging.collecting import Collection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.lint.suppression.ignores import Ignore


class Gathered:
    """What linting one or several root modules adds to a run, in their order.

    It has no configurations, modules or values in it, so that one process can send it to another one.
    """

    __slots__ = (
        "collection",
        "failures",
        "incomplete",
        "looked_at",
        "modules",
        "not_judged",
        "passed",
        "python_files",
        "python_ignores",
        "variable_files",
    )

    def __init__(self) -> None:
        self.collection = Collection()
        self.failures: dict[Failure, None] = {}
        self.not_judged: set[str] = set()
        """The codes of rules that have not looked at everything."""
        self.passed = 0
        self.looked_at: set[str] = set()
        """The files of modules, and of variables."""
        self.modules: dict[str, None] = {}
        """The directories of modules, in the order in which they were looked at."""
        self.variable_files: set[str] = set()
        self.python_files: set[str] = set()
        self.python_ignores: list[Ignore] = []
        """The ignore comments in Python."""
        self.incomplete: set[str] = set()
        """Files of modules of which something could not be read."""

    def fail(self, path: str, message: str) -> None:
        """Take note of something that keeps the run from being trusted."""
        self.failures[Failure(path, message)] = None

    def give_up(self, directory: str, reasons: Iterable[str], codes: Iterable[str]) -> None:
        """Take note of what was not done in a root module: ``codes`` have not looked at everything."""
        for reason in reasons:
            self.fail(directory, reason)
            self.not_judged.update(codes)

    def merge(self, other: Gathered) -> None:
        """Add what was gathered from other root modules, which come after those here."""
        self.collection.merge(other.collection)
        self.failures.update(other.failures)
        self.not_judged |= other.not_judged
        self.passed += other.passed
        self.looked_at |= other.looked_at
        self.modules.update(other.modules)
        self.variable_files |= other.variable_files
        self.python_files |= other.python_files
        self.python_ignores += other.python_ignores
        self.incomplete |= other.incomplete
