"""Judging what fixes do to root modules, without linting those that read nothing of what is changed."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.run.roots.kept import STEPS_PER_ROOT, Kept, key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from symlint.lint.report import Report
    from symlint.lint.run.config_run import ConfigRun
    from symlint.lint.run.paths import Root
    from symlint.lint.run.roots.kept import Key
    from symlint.lint.run.roots.trying import Tried

_MORE_RULES: Final = 2
"""How many times more the rules that judge spend than those that were selected, about."""


class Judge:
    """Lints with other rules than those whose findings are repaired; ``kept`` is of these.

    Of a root module that has read none of the changed files nothing is said, before or after.
    """

    def __init__(self, look: Callable[[Mapping[str, str], Kept], Report], kept: Kept) -> None:
        self._look: Final = look
        self._kept: Final = _KeptOfSome(kept)

    def about(self, texts: Mapping[str, str]) -> int:
        """Judge, from now on, the root modules that these texts change as well; how many these are."""
        self._kept.wanted |= self._kept.others.readers(texts)
        return len(self._kept.wanted)

    def expected(self, texts: Mapping[str, str]) -> int:
        """What it takes, in steps, to judge these texts."""
        return self._kept.expected(texts)

    def cost_of(self, paths: Iterable[str]) -> int:
        """What it takes, in steps, to judge new texts of the files of some real paths."""
        others = self._kept.others
        return others.at_least + _MORE_RULES * (others.cost_of(paths) - others.at_least)

    def __call__(self, texts: Mapping[str, str]) -> Report:
        """The report on these texts."""
        return self._look(texts, self._kept)


class _KeptOfSome(Kept):
    """The outcomes of those root modules that are ``wanted``; of ``others``, only what they have read."""

    def __init__(self, others: Kept) -> None:
        super().__init__()
        self.others: Final = others
        self.wanted: frozenset[Key] = frozenset()

    def knows(self, run: ConfigRun, root: Root) -> bool:
        """Whether a root module need not be linted."""
        return self._passed_by(run, root) is not None or super().knows(run, root)

    def take(self, run: ConfigRun, root: Root, tried: Tried | None = None) -> None:
        """As ``Kept`` does; of a root module that is not wanted, its files are only looked at."""
        other = self._passed_by(run, root)
        if other is None:
            super().take(run, root, tried)
        else:
            self.pass_by(run, other)

    def expected(self, texts: Mapping[str, str]) -> int:
        """As of ``Kept``; root modules that were never judged are expected to take more than the others."""
        new = self.wanted.difference(self.costs)
        known = super().expected(texts) + self.others.at_least
        return known + sum(STEPS_PER_ROOT + _MORE_RULES * self.others.costs[key] for key in new)

    def _passed_by(self, run: ConfigRun, root: Root) -> Tried | None:
        key = key_of(run, root)
        return None if key in self.wanted else self.others.latest(key)
