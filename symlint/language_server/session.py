"""The work of the server: when to lint, on which thread, and what is out of date.

Messages come in on the thread of the event loop; all reading and evaluating is done by one other
thread, one job after the other.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, TypeVar

from symlint.language_server.documents import Documents
from symlint.language_server.findings import NOTHING, shown
from symlint.language_server.workspace import Snapshot, SupersededError, concerns_symlint
from symlint.lint.errors import UsageError
from symlint.lint.report import Failure
from symlint.lint.run.judging.checking import crash_description
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from symlint.language_server.findings import ByPath, Memory
    from symlint.language_server.workspace import Workspace

T = TypeVar("T")

DELAY: Final = 0.15
"""How long after a change nothing is done: who types goes on typing, in seconds."""


MOST_CHARACTERS: Final = 20_000_000
"""So many characters of text are kept for questions that wait: each is about the texts of its moment."""


class BusyError(Exception):
    """The texts that more questions are about cannot be kept."""


class Shown(NamedTuple):
    """What is to be shown of some root modules.

    ``paths`` are those about which something is known now, with findings or without. ``error`` says
    why a configuration file cannot be used.
    """

    paths: frozenset[str]
    findings: ByPath
    failures: tuple[Failure, ...] = ()
    error: UsageError | None = None


class _Linted(NamedTuple):
    """Root modules that were linted together, because open files belong to several of them."""

    roots: frozenset[str]
    shown: Shown
    memory: Memory


class Session:
    """Open files, and what is known of the root modules that they belong to."""

    def __init__(
        self,
        workspace: Workspace,
        publish: Callable[[Shown], None],
        delay: float = DELAY,
    ) -> None:
        """``publish`` is called, on the event loop, with what has been found."""
        self.workspace: Final = workspace
        self.documents: Final = Documents()
        self._publish: Final = publish
        self._delay: Final = delay
        self._thread: Final = ThreadPoolExecutor(1, "symlint")
        self._number = 0
        self._kept: Final = _Kept()
        self._waiting: dict[str, None] = {}
        self._task: asyncio.Task[None] | None = None
        self._hurry = asyncio.Event()
        self._forget = False
        # Of the other thread alone:
        self._snapshot: tuple[int, Snapshot] | None = None
        self._linted: list[_Linted] = []

    # --- what happens ---

    def changed(self, path: str) -> None:
        """Lint what an open file belongs to, in a while."""
        if concerns_symlint(path):
            self._lint([path])

    def saved(self, path: str) -> None:
        """Lint what a file belongs to, which may be something else than before."""
        self.workspace_changed([path] if concerns_symlint(path) else ())

    def workspace_changed(self, paths: Iterable[str] = ()) -> None:
        """Lint everything anew: files came, went or were changed on disk."""
        self._forget = True
        self._lint([*paths, *(document.path for document in self.documents)])

    def close(self) -> None:
        """Stop; what is running may end."""
        self._number += 1
        if self._task is not None:
            self._task.cancel()
        self._thread.shutdown(wait=False, cancel_futures=True)

    # --- what is asked ---

    async def ask(self, question: Callable[[Snapshot], T]) -> T:
        """The answer to a question about the files as they are now. Raises BusyError."""
        texts = self.documents.texts()
        with self._kept.while_asked(self._number, texts):
            return await self._run(question, texts)

    async def _run(self, work: Callable[[Snapshot], T], texts: dict[str, str]) -> T:
        number = self._number
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: work(self._at(number, texts)))

    async def found(self, path: str) -> Shown | None:
        """What there is to say of the root modules of a file, as soon as it is known."""
        while self._task is not None and not self._task.done():
            self._hurry.set()
            await asyncio.wait([self._task])
        return await self.ask(lambda _: self._known_of(path))

    def _known_of(self, path: str) -> Shown | None:
        return next((it.shown for it in self._linted if path in it.shown.paths), None)

    # --- linting ---

    def _lint(self, paths: Iterable[str]) -> None:
        self._number += 1
        self._waiting.update(dict.fromkeys(filter(concerns_symlint, paths)))
        if self._task is not None:
            self._task.cancel()
        self._hurry = asyncio.Event()
        self._task = asyncio.get_running_loop().create_task(self._lint_soon())

    async def _lint_soon(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._hurry.wait(), self._delay)
        number, waiting, forget = self._number, tuple(self._waiting), self._forget
        documents = [it.path for it in self.documents]
        unsaved = self.documents.unsaved()

        def work(snapshot: Snapshot) -> list[Shown]:
            if forget:
                self.workspace.forget_roots()
            return list(self._lint_now(snapshot, waiting, documents, unsaved, number))

        try:
            results = await self._run(work, self.documents.texts())
        except SupersededError:
            return
        except Exception as error:
            failures = tuple(
                Failure(it, f"linting it {crash_description(error)}") for it in waiting
            )
            results = [self._failed(Shown(frozenset(waiting), {}, failures))]
        if number == self._number:
            self._waiting.clear()
            self._forget = False
            for result in results:
                self._publish(result)

    def _lint_now(
        self,
        snapshot: Snapshot,
        waiting: Iterable[str],
        documents: Collection[str],
        unsaved: frozenset[str],
        number: int,
    ) -> Iterable[Shown]:
        """What there is to say of the root modules of some files, and of those linted with them."""
        roots: dict[str, frozenset[str]] = {}
        for path in dict.fromkeys((*waiting, *documents)):
            try:
                roots[path] = frozenset(snapshot.roots_of(path))
            except UsageError as error:
                yield self._failed(Shown(frozenset((path,)), {}, (), error))
        for group in _groups([roots[path] for path in waiting if path in roots], roots.values()):
            files = {path for path, its in roots.items() if its & group}
            yield self._lint_group(snapshot, group, files, unsaved, number)
        alone = frozenset(path for path in waiting if path in roots and not roots[path])
        if alone:
            yield Shown(alone, {})

    def _lint_group(
        self,
        snapshot: Snapshot,
        group: frozenset[str],
        files: set[str],
        unsaved: frozenset[str],
        number: int,
    ) -> Shown:
        before = [it for it in self._linted if it.roots & group or not it.roots]
        memory = next((it.memory for it in before if it.roots == group), NOTHING)
        cleared = frozenset(path for it in before for path in it.shown.paths)
        failures: tuple[Failure, ...] = ()
        by_path: ByPath = {}
        error = None
        try:
            report = snapshot.lint(group, lambda: number == self._number)
        except UsageError as problem:
            error = problem
        else:
            found = () if report is None else report.findings
            failures = () if report is None else report.failures
            by_path, memory = shown(found, unsaved & files, memory)
        known = Shown(frozenset((*by_path, *files)), by_path, failures, error)
        self._linted = [it for it in self._linted if it not in before]
        self._linted.append(_Linted(group, known, memory))
        return known._replace(paths=known.paths | cleared)

    def _failed(self, shown_instead: Shown) -> Shown:
        """Keep, until something is linted again, why nothing was found."""
        self._linted = [_Linted(frozenset(), shown_instead, NOTHING), *self._linted]
        return shown_instead

    def _at(self, number: int, texts: dict[str, str]) -> Snapshot:
        """The files as they are; what has been read of them is kept until something changes."""
        if self._snapshot is None or self._snapshot[0] != number:
            self._snapshot = number, Snapshot(self.workspace, texts)
        return self._snapshot[1]


class _Kept:
    """The texts that questions are about which are not answered yet."""

    def __init__(self) -> None:
        self._waiting: Final[Counter[int]] = Counter()
        self._characters: Final[dict[int, int]] = {}
        self._latest: dict[str, str] = {}

    @contextmanager
    def while_asked(self, number: int, texts: dict[str, str]) -> Iterator[None]:
        """Count what is kept for a question about the state of a number. Raises BusyError."""
        if not self._waiting[number]:
            changed = [it for path, it in texts.items() if self._latest.get(path) is not it]
            characters = sum(map(len, changed))
            if self._characters and sum(self._characters.values()) + characters > MOST_CHARACTERS:
                raise BusyError("the files change faster than questions about them are answered")
            self._characters[number] = characters
            self._latest = texts
        self._waiting[number] += 1
        try:
            yield
        finally:
            self._waiting[number] -= 1
            if not self._waiting[number]:
                del self._waiting[number], self._characters[number]


def _groups(
    wanted: Iterable[frozenset[str]], others: Collection[frozenset[str]]
) -> list[frozenset[str]]:
    """The sets of root modules to lint together: those that have one in common are one."""
    groups: list[frozenset[str]] = []
    for roots in wanted:
        if roots and not any(roots <= group for group in groups):
            group = roots
            while more := [it for it in others if it & group and not it <= group]:
                group = group.union(*more)
            groups.append(group)
    return groups
