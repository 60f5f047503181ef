"""Which files a run has looked at, which it has skipped and why, and what is left over."""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING
from symlint.lint.report import Counts, FileStatus
from symlint.lint.run.paths import Root, folders
from symlint.named_tuple import NamedTuple
from symlint.source.file_names import PYTHON_SUFFIX, is_other_file
from symlint.source.reachable import reachable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

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
        if directory in seen or paths.is_foreign(directory):
            continue
        if paths.has_module(directory):
            yield Root(directory, paths.files)


def counts(looked: Iterable[Looked]) -> Counts:
    """What all runs together have looked at and skipped."""
    runs = tuple(looked)
    variable_files = {path for run in runs for path in run.variable_files}
    files = {path for run in runs for path in run.files} - variable_files
    python_files = {path for run in runs for path in run.python_files}
    modules = {directory for run in runs for directory in run.modules}
    without_sym = _without_sym(runs, modules)
    below = _outermost(it for run in runs for it in run.paths.below)
    skipped = dict.fromkeys(("without_sym", "excluded", "dot_terraform"), 0)
    for _, reason in _skipped_files(runs):
        skipped[reason] = skipped.get(reason, 0) + 1
    folders = {
        "linked": sum(len(one.links) for one in below),
        "unreadable": sum(len(one.unread) + one.beyond + one.too_deep for one in below),
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


def file_statuses(looked: Iterable[Looked]) -> tuple[FileStatus, ...]:
    """Each file that was looked at, and each that was skipped with the reason, in path order."""
    runs = tuple(looked)
    found = {
        path: "" for run in runs for path in (*run.files, *run.variable_files, *run.python_files)
    }
    for path, reason in _skipped_files(runs):
        found.setdefault(path, reason)
    for one in _outermost(it for run in runs for it in run.paths.below):
        found.update((path, "linked") for path in one.links)
    return tuple(FileStatus(*it) for it in sorted(found.items()))


def _without_sym(runs: Sequence[Looked], modules: set[str]) -> set[str]:
    return {it for run in runs for it in run.paths.skipped} - modules


def _skipped_files(runs: Sequence[Looked]) -> Iterator[tuple[str, str]]:
    """The files that were not looked at, with the reason."""
    files = {path for run in runs for path in run.files}
    files -= {path for run in runs for path in run.variable_files}
    unreadable = {path for run in runs for path in run.unreadable}
    modules = {directory for run in runs for directory in run.modules}
    without_sym = _without_sym(runs, modules)
    too_many = {
        it for run in runs for it in reachable(run.paths.calls, tuple(run.paths.left_out))
    } - modules
    for one in _outermost(it for run in runs for it in run.paths.below):
        for directory, names in one.files.items():
            for path in (os.path.join(directory, name) for name in names):
                if path in files or path in unreadable:
                    continue
                if directory in without_sym:
                    yield path, "without_sym"
                elif directory in too_many:
                    yield path, "too_many"
                else:
                    inside = ".terraform" in path.split(os.sep)
                    yield path, "dot_terraform" if inside else "excluded"
        for reason, paths in one.left_out.items():
            yield from ((path, reason) for path in paths if path not in files)
    yield from ((path, "excluded") for run in runs for path in run.paths.excluded_files)
    all_named = {path for run in runs for path in run.paths.files}
    yield from ((path, "other") for path in sorted(all_named - files) if is_other_file(path))
    named = {path for path in all_named if path.endswith(PYTHON_SUFFIX)}
    carried: set[str] = set()
    if named:
        carried = {os.path.realpath(path) for run in runs for path in run.python_files}
    for path in sorted(named - unreadable):
        if os.path.realpath(path) not in carried:
            yield path, "not_carried"


def _outermost(below: Iterable[Directories]) -> list[Directories]:
    """Those that are not below another one, each once."""
    found: list[Directories] = []
    # By the names in the path: what is below a directory follows it at once.
    for one in sorted(below, key=lambda it: it.top.split(os.sep)):
        above = found[-1].top if found else None
        if above is None or (one.top != above and not one.top.startswith(os.path.join(above, ""))):
            found.append(one)
    return found
