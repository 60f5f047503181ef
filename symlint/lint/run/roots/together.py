"""Lints many root modules in several processes, with the result that one process has."""

from __future__ import annotations

from functools import partial

from symlint.annotations import TYPE_CHECKING, Final, TypeAlias
from symlint.lint.errors import TimeLimitReachedError
from symlint.lint.run.roots.pool import Answer, Pool, Work, can_fork
from symlint.lint.run.roots.trying import Trier, take

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from symlint.lint.run.config_run import ConfigRun
    from symlint.lint.run.paths import Root
    from symlint.lint.run.roots.kept import Kept
    from symlint.lint.run.shares import Shares

    Runs: TypeAlias = Sequence[tuple[ConfigRun, Mapping[str, Root]]]
    """The runs of all configuration files, with their root modules by directory."""

_TASKS_PER_PROCESS: Final = 4
_LARGEST_TASK: Final = 50
_MOST_IN_VAIN: Final = 10
"""From how many root modules on that are tried in vain it is asked whether most are."""


def lint_together(
    runs: Runs,
    number: int,
    open_again: Callable[[], Runs],
    progress: Callable[[int, int, str], None],
    kept: Kept | None = None,
) -> None:
    """Lint all root modules in ``number`` processes; the runs are then what they are with one.

    ``open_again`` is how a process comes to the runs that is no copy of this one. What ``kept`` knows
    is not linted.
    """
    fork = can_fork()
    start = partial(Trier, runs) if fork else partial(_try_again, open_again)
    ahead = _Ahead(runs, number, progress, kept)
    ahead.begin()
    try:
        with Pool(start, number, fork=fork) as pool:
            for answer in pool.answers(ahead.next_task):
                ahead.take(answer)
    except TimeLimitReachedError:
        ahead.take_what_is_there()
        raise
    ahead.finish()


def _try_again(open_again: Callable[[], Runs]) -> Trier:
    return Trier(open_again())


class _Ahead:
    """Hands out root modules in their order, and takes the answers in it.

    What processes try before its turn has come is done with a part of what the run has in common for
    its root modules. Nothing is lost with that: it is counted once, when its turn has come.
    """

    def __init__(
        self,
        runs: Runs,
        number: int,
        progress: Callable[[int, int, str], None],
        kept: Kept | None = None,
    ) -> None:
        self._runs: Final = runs
        self._items: Final = [
            (number, directory)
            for number, (_, roots) in enumerate(runs)
            for directory in sorted(roots)
        ]
        self._place: Final = {item: place for place, item in enumerate(self._items)}
        self._known: Final = frozenset(
            place for place, item in enumerate(self._items) if _is_known(runs, item, kept)
        )
        """The places of root modules of which it is known what they give."""
        self._to_lint: Final = [it for it in self._items if self._place[it] not in self._known]
        self._number: Final = number
        self._take_root: Final = take if kept is None else kept.take
        self._progress: Final = progress
        self._shares: Final[Shares] = runs[0][0].shares
        self._common = self._shares.common
        """What processes may still try with, in steps."""
        self._given = 0
        self._taken = 0
        self._answered = 0
        self._in_vain = 0
        self._waiting: Final[dict[int, Answer]] = {}

    def begin(self) -> None:
        """Lint the first root module here: what that finds out, copies of this process know."""
        self._given = 1
        self._take_what_is_next()
        self._take_next(None)
        self._common = self._shares.common

    def next_task(self) -> Work | None:
        """The next root modules that a process is to try; None when there are no more."""
        left = len(self._to_lint) - self._given
        if not left or self._is_in_vain:
            return None
        size = max(1, min(left // (self._number * _TASKS_PER_PROCESS), _LARGEST_TASK))
        items = self._to_lint[self._given : self._given + size]
        self._given += size
        return Work((self._shares.equal, self._common // (2 * self._number)), items)

    @property
    def _is_in_vain(self) -> bool:
        """Whether most root modules need more work than there is to try them with."""
        return self._in_vain > max(_MOST_IN_VAIN, self._answered // 2)

    def take(self, answer: Answer) -> None:
        """Take an answer, and all those that have waited for it."""
        self._waiting[self._place[answer.item]] = answer
        self._answered += 1
        if answer.answer is None:
            self._in_vain += not answer.death
            # It may have taken half of what it was given.
            self._common -= self._common // (4 * self._number)
        else:
            self._common -= max(answer.answer.spent - self._shares.equal, 0)
        self._take_what_is_next()

    def finish(self) -> None:
        """Lint what no process has been able to."""
        while self._taken < len(self._items):
            self._take_next(self._waiting.pop(self._taken, None))
        self._progress(self._taken, len(self._items), "")

    def take_what_is_there(self) -> None:
        """Take all answers that wait for others, which do not come any more."""
        for place in sorted(self._waiting):
            if self._waiting[place].answer is not None:
                self._take(place, self._waiting[place])

    def _take_what_is_next(self) -> None:
        """Take all that is known or answered before the next one that is not."""
        while self._taken in self._waiting or self._taken in self._known:
            self._take_next(self._waiting.pop(self._taken, None))

    def _take_next(self, answer: Answer | None) -> None:
        self._progress(self._taken, len(self._items), self._items[self._taken][1])
        # Whatever happens, it is not taken twice.
        self._taken += 1
        self._take(self._taken - 1, answer)

    def _take(self, place: int, answer: Answer | None) -> None:
        number, directory = self._items[place]
        run, roots = self._runs[number]
        if answer is not None and answer.death:
            run.give_up(directory, [f"the process that linted it {answer.death}"])
        else:
            self._take_root(run, roots[directory], None if answer is None else answer.answer)


def _is_known(runs: Runs, item: tuple[int, str], kept: Kept | None) -> bool:
    """Whether it is known what a root module gives."""
    run, roots = runs[item[0]]
    return kept is not None and kept.knows(run, roots[item[1]])
