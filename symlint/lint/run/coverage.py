"""Which files a run has looked at, which it has skipped and why, and what is left over."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from symlint.lint.report import Counts
from symlint.lint.run.paths import Root, folders
from symlint.named_tuple import NamedTuple
from symlint.source.reachable import reachable
from symlint.terraform.modules.python_files import SUFFIX as PYTHON

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from symlint.lint.run.paths import Paths
    from symlint.source.directories import Directories


class Looked(NamedTuple):
    """What one run has looked at: the paths of its files, the directories of its modules."""

    paths: Paths
    files: Collection[str]
    variable_files: Collection[str]
    python_files: Collection[str]
    modules: Collection[str]
    unreadable: Collection[str]
    passed: int


def left_over(paths: Paths, seen: set[str]) -> Iterator[Root]:
    """The modules below the paths that no root module has led to, as roots of their own.

    Such as one that a call would lead to, if an override file did not lead it elsewhere. What only
    an excluded root module calls is excluded with it. ``seen`` are the directories that have been
    looked at; more may be by the time the next one is given.
    """
    excluded = reachable(paths.calls, [root for root in paths.found if root not in seen])
    for directories in paths.below:
        for directory in directories.files:
            if directory in seen or directory in paths.skipped or directory in excluded:
                continue
            if not paths.is_foreign(directory):
                yield Root(directory)
    for directory in sorted(folders(paths.files)):
        if directory not in seen and not paths.is_foreign(directory):
            yield Root(directory, paths.files)


def counts(looked: Iterable[Looked]) -> Counts:
    """What all runs together have looked at and skipped."""
    runs = tuple(looked)
    variable_files = {path for run in runs for path in run.variable_files}
    files = {path for run in runs for path in run.files} - variable_files
    python_files = {path for run in runs for path in run.python_files}
    unreadable = {path for run in runs for path in run.unreadable}
    modules = {directory for run in runs for directory in run.modules}
    without_sym = {it for run in runs for it in run.paths.skipped} - modules
    below = _outermost(it for run in runs for it in run.paths.below)
    skipped = {"without_sym": 0, "excluded": 0, "dot_terraform": 0}
    for one in below:
        for directory, names in one.files.items():
            for path in (os.path.join(directory, name) for name in names):
                if path in files or path in unreadable:
                    continue
                if directory in without_sym:
                    skipped["without_sym"] += 1
                elif ".terraform" in path.split(os.sep):
                    skipped["dot_terraform"] += 1
                else:
                    skipped["excluded"] += 1
        for reason, paths in one.left_out.items():
            skipped.setdefault(reason, 0)
            skipped[reason] += sum(path not in files for path in paths)
    skipped["excluded"] += sum(len(run.paths.excluded_files) for run in runs)
    named = {path for run in runs for path in run.paths.files if path.endswith(PYTHON)}
    carried = {os.path.realpath(path) for path in python_files} if named else set()
    skipped["not_carried"] = sum(
        path not in unreadable and os.path.realpath(path) not in carried for path in named
    )
    folders = {
        "linked": sum(len(one.links) for one in below),
        "unreadable": sum(len(one.unread) + one.beyond for one in below),
    }
    return Counts(
        files=len(files),
        modules=len(modules),
        skipped_modules=len(without_sym),
        checks_passed=sum(run.passed for run in runs),
        variable_files=len(variable_files),
        python_files=len(python_files),
        skipped_files=tuple((reason, number) for reason, number in skipped.items() if number),
        skipped_folders=tuple((reason, number) for reason, number in folders.items() if number),
        all_counted=all(one.all_counted for one in below),
    )


def _outermost(below: Iterable[Directories]) -> list[Directories]:
    """Those that are not below another one, each once."""
    found: list[Directories] = []
    # By the names in the path: what is below a directory follows it at once.
    for one in sorted(below, key=lambda it: it.top.split(os.sep)):
        above = found[-1].top if found else None
        if above is None or (one.top != above and not one.top.startswith(os.path.join(above, ""))):
            found.append(one)
    return found
