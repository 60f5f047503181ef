"""Tried: what another process finds out about a root module, and what that took.

What a root module may do depends on those before it (``Shares``), which another process cannot wait
for. It tries with less. Where that was ample, more would have changed nothing, and the result counts
as it is; otherwise the root module is linted again, when its turn has come.
"""

from __future__ import annotations

import os
from itertools import islice

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.hiding.collecting import Found
from symlint.lint.run.roots.gathered import Gathered
from symlint.lint.run.shares import Shares
from symlint.lint.suppression.marker import MARKER
from symlint.named_tuple import NamedTuple
from symlint.source.files import ReadProblem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from symlint.budget import Budget
    from symlint.lint.run.config_run import ConfigRun
    from symlint.lint.run.paths import Root
    from symlint.lint.suppression.suppressions import Use

_MOST_IN_VAIN: Final = 4
"""After how many root modules of a task that need more work than there is the others are not tried."""


class Tried(NamedTuple):
    """What linting a root module has given, with ``allowed`` steps that were ample.

    ``used`` are the ignore comments that were needed. ``marked`` are the files that a run must look
    at itself: they have syntax errors, or may have ignore comments. ``secrets`` are those that the
    process has not told before, ``read`` and ``read_by_functions`` the sizes of files that were
    read, ``compared`` and ``overridden`` the paths that patterns of the configuration file were
    compared with. ``called`` are the modules of the root module, itself included, and whether each is
    faultless; ``files`` and ``folders`` are what its outcome depends on.
    """

    gathered: Gathered
    allowed: int
    spent: int
    used: frozenset[Use]
    marked: tuple[str, ...]
    secrets: Found
    read: Mapping[str, int]
    read_by_functions: Mapping[str, int]
    compared: tuple[str, ...]
    overridden: tuple[str, ...]
    called: Mapping[str, bool]
    files: frozenset[str]
    folders: frozenset[str]


class Trier:
    """Lints root modules for another process."""

    def __init__(self, runs: Sequence[tuple[ConfigRun, Mapping[str, Root]]]) -> None:
        """``runs`` are those of all configuration files, with the root modules by directory."""
        self._runs: Final = runs
        self._told: object = None
        self._shares = Shares()
        self._in_vain = 0
        self._secrets: Final = Found({}, {})
        self._modules: Final[set[str]] = set()
        """The directories of modules whose sizes the other process has been told."""
        for run, _ in runs:
            run.cache.allows_work = False

    def __call__(self, told: tuple[int, int], item: tuple[int, str]) -> Tried | None:
        """Try a root module: the number of its run, and its directory; None where that is no use.

        ``told`` is what each root module of a task may do, and all of them together.
        """
        if told is not self._told:
            self._told, self._shares, self._in_vain = told, Shares.fixed(*told), 0
        run, roots = self._runs[item[0]]
        root = roots.get(item[1])
        if root is None or self._in_vain == _MOST_IN_VAIN:
            return None
        budget = self._shares.lend()
        tried = self._tried(run, root, budget)
        self._shares.take_back(budget)
        if budget.was_ample:
            return tried
        self._in_vain += 1
        return None

    def _tried(self, run: ConfigRun, root: Root, budget: Budget) -> Tried:
        apart = Apart(run)
        run.lint_within(root, budget)
        tried = apart.end(budget)
        read = self._read(run)
        found = run.secrets().found
        secrets = found.without(self._secrets)
        self._secrets.merge(secrets)
        found.places.clear()
        found.texts.clear()
        marked = tuple(it for it in tried.gathered.looked_at if _is_marked(run, it))
        return tried._replace(marked=marked, secrets=secrets, read=read)

    def _read(self, run: ConfigRun) -> dict[str, int]:
        """The files of Terraform that were read for what has been evaluated, without those counted or told."""
        paths: dict[str, None] = {}
        for called, inputs in run.evaluated:
            paths.update(dict.fromkeys(inputs.files))
            for directory in called.modules:
                names = () if directory in self._modules else run.cache.names(directory)
                self._modules.add(directory)
                if not isinstance(names, ReadProblem):
                    paths.update(dict.fromkeys(os.path.join(directory, name) for name in names))
        sources = {path: run.cache.text(path) for path in paths if not run.cache.was_counted(path)}
        return {
            path: len(it.text) for path, it in sources.items() if not isinstance(it, ReadProblem)
        }


class Apart:
    """Has what a root module adds to a run gathered apart from what the run has, until the end."""

    def __init__(self, run: ConfigRun) -> None:
        self._run: Final = run
        self._gathered: Final = run.gathered
        self._used: Final = run.suppressions.used
        self._compared: Final = len(run.paths.excluded_by_path)
        self._overridden: Final = len(run.outcomes.overrides_by_path)
        run.looked_at.gathered, run.suppressions.used = Gathered(), set()
        run.looked_at.called = {}
        run.cache.asked_files, run.cache.asked_folders = set(), set()

    def end(self, budget: Budget) -> Tried:
        """What the root module has added with ``budget``; the run has again what it had."""
        run, cache = self._run, self._run.cache
        tried = Tried(
            run.gathered,
            budget.allowed,
            budget.allowed - budget.remaining,
            frozenset(run.suppressions.used),
            (),
            Found({}, {}),
            {},
            cache.read_by_functions,
            tuple(islice(run.paths.excluded_by_path, self._compared, None)),
            tuple(islice(run.outcomes.overrides_by_path, self._overridden, None)),
            run.looked_at.called,
            frozenset(cache.asked_files),
            frozenset(cache.asked_folders),
        )
        run.looked_at.gathered, run.suppressions.used = self._gathered, self._used
        return tried


def _is_marked(run: ConfigRun, path: str) -> bool:
    file = run.looked_at.files[path]
    return bool(file.problems) or MARKER in file.source.text


def take(run: ConfigRun, root: Root, tried: Tried | None) -> None:
    """Add to a run what another process has found out, as if the root module were linted here.

    Where that process could not, or had less work to do than there is, it is.
    """
    if not take_tried(run, tried):
        run.lint_root(root)


def take_tried(run: ConfigRun, tried: Tried | None) -> bool:
    """Add to a run what another process has found out, unless it had less work to do than there is."""
    if tried is None or tried.allowed > run.shares.next:
        return False
    budget = run.shares.lend()
    _count(run, budget, tried)
    add(run, tried)
    run.shares.take_back(budget)
    return True


def _count(run: ConfigRun, budget: Budget, tried: Tried) -> None:
    """Allow a budget what was read, and take from it what was spent."""
    cache = run.cache
    for path, characters in tried.read.items():
        cache.count(path, characters)
    steps = sum(cache.count_for_functions(*read) for read in tried.read_by_functions.items())
    budget.add(run.shares.for_more(cache.characters) + steps)
    budget.spend(tried.spent)


def add(run: ConfigRun, tried: Tried) -> None:
    """Add to a run what a root module has given."""
    for path in tried.compared:
        run.paths.is_excluded(path)
    for path in tried.overridden:
        run.outcomes.overrides_for(path)
    run.gathered.merge(tried.gathered)
    run.looked_at.modules.update(tried.gathered.modules)
    for path in tried.marked:
        run.looked_at.look_again(path)
    run.suppressions.add(tried.gathered.python_ignores)
    run.suppressions.used |= tried.used
    if tried.secrets.texts or tried.secrets.places:
        run.secrets().found.merge(tried.secrets)
