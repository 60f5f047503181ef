"""What linting root modules has given, for runs over the same paths in which few files are different.

A root module is linted again where a file that it has read, or looked for, has another text than when it
was linted. What it gave then stands where all of them have the same.
"""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Final, TypeAlias
from symlint.lint.hiding.collecting import Found
from symlint.lint.run.roots.trying import Apart, add, take_tried
from symlint.named_tuple import NamedTuple
from symlint.source.file_names import is_configuration_file
from symlint.source.files import ReadProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from symlint.lint.run.config_run import ConfigRun
    from symlint.lint.run.paths import Root
    from symlint.lint.run.roots.trying import Tried
    from symlint.source.text import SourceFile
    from symlint.terraform.modules.loader import FileCache

    Key: TypeAlias = tuple[str | None, str, bool]
    """The configuration file that a root module is linted under, its directory, and whether files stand for it."""

    _Contents: TypeAlias = tuple[tuple[str, str | ReadProblem], ...]
    """The real paths of files, each with its text."""

_MOST_OF_ONE: Final = 4
"""How many outcomes of a root module are kept, the latest."""

STEPS_PER_ROOT: Final = 5_000
"""What a root module takes that is linted, in steps, beside what it spends."""

_STEPS_PER_KEPT: Final = 400
"""What a root module takes that is found again, in steps, looking for it included."""

_STEPS_TO_READ: Final = 3
_CHARACTERS_AGAIN_PER_STEP: Final = 3
"""What reading takes: a character that was not read before, and those that were."""


class _Outcome(NamedTuple):
    """What linting a root module has given, and the numbers of the contents of what it had read."""

    tried: Tried
    read: Mapping[str, int]


class Kept:
    """The outcomes of root modules in the runs of one command; see above."""

    def __init__(self) -> None:
        self._outcomes: Final[dict[Key, list[_Outcome]]] = {}
        self.costs: Final[dict[Key, int]] = {}
        """What each root module has taken that was linted, in steps."""
        self._not_kept: Final[dict[Key, int]] = {}
        """What those took that had too little work for more of it to make no difference."""
        self._numbers: Final[dict[tuple[str, _Contents], int]] = {}
        self._first: Final[dict[str, _Contents]] = {}
        """What was in a place, a file or a folder, when it was looked at first."""
        self._first_numbers: Final[dict[str, int]] = {}
        self._places: Final[dict[str, set[str]]] = {}
        """The places that a file is in, by its real path."""
        self._readers: Final[dict[str, set[Key]]] = {}
        """The root modules that have read a place."""
        self._costs_of_places: Final[dict[frozenset[str], int]] = {}
        self._secrets: Final[dict[str | None, Found]] = {}
        self._cache: FileCache | None = None
        self._now: dict[str, int] = {}
        """The numbers of the contents that places have in this run, as far as they are known."""
        self._characters = 0
        self._work = 0

    def begin(self, cache: FileCache) -> None:
        """Begin a run, which reads files from ``cache``."""
        self._cache, self._now, self._work = cache, {}, 0
        self._costs_of_places.clear()

    def end(self, runs: Iterable[ConfigRun]) -> int:
        """End a run under some configuration files; returns the work that it has taken, in steps."""
        for run in runs:
            kept = self._secrets.setdefault(run.config.path, Found({}, {}))
            kept.merge(run.secrets().found)
        assert self._cache is not None
        before, self._characters = self._characters, self._cache.characters
        again = min(before, self._characters)
        new = self._characters - again
        return self._work + again // _CHARACTERS_AGAIN_PER_STEP + new * _STEPS_TO_READ

    # --- one root module ---

    def known_of(self, roots: Iterable[tuple[ConfigRun, Iterable[Root]]]) -> int:
        """Of how many root modules the outcome is known for the files as they are in this run."""
        return sum(self.knows(run, root) for run, some in roots for root in some)

    def knows(self, run: ConfigRun, root: Root) -> bool:
        """Whether the outcome of a root module is known for the files as they are in this run."""
        return self._known(run, root) is not None

    def take(self, run: ConfigRun, root: Root, tried: Tried | None = None) -> None:
        """Add to a run what its root module is known to give, what ``tried`` says, or what linting it does."""
        known = self._known(run, root)
        if known is not None:
            self._work += _STEPS_PER_KEPT
            self._take_again(run, known)
        elif tried is not None and take_tried(run, tried):
            self._keep(key_of(run, root), tried)
        else:
            self._lint(run, root)

    def _known(self, run: ConfigRun, root: Root) -> Tried | None:
        for outcome in self._outcomes.get(key_of(run, root), ()):
            if all(self._number(place) == number for place, number in outcome.read.items()):
                return outcome.tried
        return None

    def latest(self, key: Key) -> Tried | None:
        """What a root module gave when it was linted last; None where it had too little work."""
        outcomes = () if key in self._not_kept else self._outcomes.get(key, ())
        return outcomes[0].tried if outcomes else None

    def readers(self, paths: Iterable[str]) -> frozenset[Key]:
        """The root modules that have read one of some files, by their real paths, or may have."""
        return frozenset((*self._readers_of(self._places_of(paths)), *self._not_kept))

    def pass_by(self, run: ConfigRun, tried: Tried) -> None:
        """Take note in a run of the files that a root module reads, and of nothing that it gives."""
        self._work += _STEPS_PER_KEPT
        run.looked_at.look_back(tried.called, tried.gathered.variable_files)

    def _take_again(self, run: ConfigRun, tried: Tried) -> None:
        budget = run.shares.lend()
        run.looked_at.look_back(tried.called, tried.gathered.variable_files)
        count = run.cache.count_for_functions
        steps = sum(count(*read) for read in tried.read_by_functions.items())
        budget.add(run.shares.for_more(run.cache.characters) + steps)
        # It was enough then, and is what the others do not have.
        budget.spend_what_is_left(tried.spent)
        add(run, tried)
        run.shares.take_back(budget)
        secrets = self._secrets.pop(run.config.path, None)
        if secrets is not None:
            run.secrets().found.merge(secrets)

    def _lint(self, run: ConfigRun, root: Root) -> None:
        apart = Apart(run)
        budget = run.shares.lend()
        try:
            run.lint_within(root, budget)
        finally:
            tried = apart.end(budget)
            add(run, tried)
        run.shares.take_back(budget)
        key = key_of(run, root)
        if budget.was_ample:
            self._keep(key, tried)
        else:
            self._spend(key, tried)
            self._not_kept[key] = self.costs[key]

    def _keep(self, key: Key, tried: Tried) -> None:
        self._spend(key, tried)
        self._not_kept.pop(key, None)
        read = {place: self._number(place) for place in _places(tried)}
        outcomes = self._outcomes.setdefault(key, [])
        # What was read was counted, and is known by its places.
        none: frozenset[str] = frozenset()
        outcomes.insert(0, _Outcome(tried._replace(read={}, files=none, folders=none), read))
        del outcomes[_MOST_OF_ONE:]
        for place in read:
            self._readers.setdefault(place, set()).add(key)

    def _spend(self, key: Key, tried: Tried) -> None:
        self.costs[key] = STEPS_PER_ROOT + tried.spent
        self._work += self.costs[key]

    # --- what is in a place ---

    def _number(self, place: str) -> int:
        """A number for what is in a file or folder in this run; another one for other texts."""
        number = self._now.get(place)
        if number is None:
            contents = self._contents(place)
            number = self._numbers.setdefault((place, contents), len(self._numbers))
            self._now[place] = number
            if place not in self._first:
                self._first[place] = contents
                self._first_numbers[place] = number
                for path, _ in contents:
                    self._places.setdefault(path, set()).add(place)
        return number

    def _contents(self, place: str) -> _Contents:
        cache = self._cache
        assert cache is not None
        if not place.endswith(os.sep):
            return ((cache.tree.resolve(place), _text(cache.read(place))),)
        folder = place.removesuffix(os.sep)
        names = cache.names(folder)
        if isinstance(names, ReadProblem):
            return ((folder, names),)
        paths = [os.path.join(folder, name) for name in names]
        return tuple((cache.tree.resolve(path), _text(cache.text(path))) for path in paths)

    # --- what a run would take ---

    def expected(self, texts: Mapping[str, str]) -> int:
        """What a run with these texts in place of files takes, in steps, beside what is new in it."""
        places = self._places_of(texts)
        then = {place: self._number_with(place, texts) for place in places}
        return self.at_least + sum(
            self.costs[key]
            for key in self._readers_of(places)
            if not any(self._stands(outcome, then) for outcome in self._outcomes[key])
        )

    def cost_of(self, paths: Iterable[str]) -> int:
        """What a run takes, in steps, in which the files of some real paths have new texts."""
        places = self._places_of(paths)
        cost = self._costs_of_places.get(places)
        if cost is None:
            cost = self.at_least + sum(self.costs[key] for key in self._readers_of(places))
            self._costs_of_places[places] = cost
        return cost

    @property
    def at_least(self) -> int:
        """What a run takes in any case, in steps."""
        again = len(self._outcomes) * _STEPS_PER_KEPT
        again += self._characters // _CHARACTERS_AGAIN_PER_STEP
        return again + sum(self._not_kept.values())

    def _places_of(self, paths: Iterable[str]) -> frozenset[str]:
        return frozenset(place for path in paths for place in self._places.get(path, (path,)))

    def _readers_of(self, places: Iterable[str]) -> set[Key]:
        """The root modules that have read one of some places, without those that are linted anyway."""
        found: set[Key] = set()
        found.update(*(self._readers.get(place, ()) for place in places))
        return found.difference(self._not_kept)

    def _stands(self, outcome: _Outcome, then: Mapping[str, int | None]) -> bool:
        """Whether an outcome would be the same where places have contents with other numbers."""
        # Where nothing else is said, it is as it was at first.
        return all(
            number == then.get(place, self._first_numbers[place])
            for place, number in outcome.read.items()
        )

    def _number_with(self, place: str, texts: Mapping[str, str]) -> int | None:
        """The number of the contents of a place with some texts in it; None where it has none."""
        first = self._first.get(place, ())
        return self._numbers.get((place, tuple((it, texts.get(it, text)) for it, text in first)))


def key_of(run: ConfigRun, root: Root) -> Key:
    """What a root module is kept by: in all runs of a command, the same files stand for it."""
    return run.config.path, root.directory, root.files is not None


def _places(tried: Tried) -> Iterator[str]:
    """The folders, with a separator at their end, and the files that a root module has read."""
    yield from (os.path.join(folder, "") for folder in tried.folders)
    for path in tried.files:
        folder, name = os.path.split(path)
        if folder not in tried.folders or not is_configuration_file(name):
            yield path


def _text(found: SourceFile | ReadProblem) -> str | ReadProblem:
    return found if isinstance(found, ReadProblem) else found.text
