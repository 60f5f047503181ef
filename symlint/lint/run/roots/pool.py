"""A pool of processes: each does one task after the other, and may die at any of them."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import contextmanager, suppress

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.lint.run.roots.messages import Receiver, Sender
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from types import TracebackType
    from typing import Protocol

    class Handler(Protocol):
        """Gives the answer to an item; it is told what the task says of all its items."""

        def __call__(self, told: Any, item: Any, /) -> object: ...


_READY: Final = b""
_FAILED: Final = b"-"
_PATIENCE: Final = 5.0
"""Seconds that a process has to end by itself when there is nothing left to do."""


class Work(NamedTuple):
    """A task for one process: what is said of all its items, and the items."""

    told: object
    items: Sequence[Any]


class Answer(NamedTuple):
    """What a process has answered to an item: None where that went wrong.

    ``death`` says how the process has ended in the middle of it.
    """

    item: Any
    answer: Any
    death: str = ""


def can_fork() -> bool:
    """Whether a process can start as a copy of this one, with all that it knows.

    On macOS the libraries of the system do not stand it, and nowhere do other threads.
    """
    import threading

    return hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1


class Pool:
    """Processes that do tasks. Used in a ``with``: none of them is left when it ends.

    ``start`` is called in each process and gives what handles items. Where processes are no copies
    of this one, it is sent to them.
    """

    def __init__(self, start: Callable[[], Handler], processes: int, *, fork: bool) -> None:
        import multiprocessing

        self._context: Final[Any] = multiprocessing.get_context("fork" if fork else "spawn")
        self._forks: Final = fork
        self._start: Final = start
        self._number: Final = processes
        self._members: Final[dict[Connection, _Member]] = {}

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for member in self._members.values():
            if error is not None:
                member.process.kill()
            member.connection.close()
        for member in self._members.values():
            member.process.join(_PATIENCE)
            if member.process.is_alive():
                member.process.kill()
                member.process.join()

    def answers(self, next_task: Callable[[], Work | None]) -> Iterator[Answer]:
        """The answers to all items of the tasks that ``next_task`` gives, as they come.

        When a process ends in the middle of a task, that is the answer to the item it was at, and
        another process does the others. Items are left without an answer only where no process can
        be started at all.
        """
        from multiprocessing.connection import wait

        returned: list[Work] = []

        def task() -> Work | None:
            return returned.pop() if returned else next_task()

        for _ in range(self._number):
            self._add()
        while self._members:
            for connection in wait(list(self._members)):
                member = self._members[connection]  # type: ignore[index]  # only these are waited for
                try:
                    message = member.connection.recv_bytes()
                except (EOFError, OSError):
                    del self._members[member.connection]
                    death, left = member.end()
                    if left is None:
                        continue
                    yield Answer(left.items[0], None, death)
                    if len(left.items) > 1:
                        returned.append(left._replace(items=left.items[1:]))
                    self._add()
                    continue
                if message == _READY:
                    if not member.give(task()):
                        del self._members[member.connection]
                        member.end()
                else:
                    yield member.answer(message)

    def _add(self) -> None:
        """Start one more process."""
        ours, theirs = self._context.Pipe()
        others = [*self._members, ours] if self._forks else []
        process = self._context.Process(
            target=_serve, args=(theirs, others, self._start), daemon=True
        )
        with _no_interrupt():
            process.start()
        theirs.close()
        self._members[ours] = _Member(process, ours)


class _Member:
    """One process of a pool, and what it is at."""

    def __init__(self, process: BaseProcess, connection: Connection) -> None:
        self.process: Final = process
        self.connection: Final = connection
        self._receiver: Final = Receiver()
        self._task: Work | None = None
        self._done = 0

    def give(self, task: Work | None) -> bool:
        """Let it do a task; false where there is none."""
        self._task, self._done = task, 0
        if task is None:
            return False
        # Where it has died, the next look at the connection tells.
        with suppress(OSError):
            self.connection.send(task)
        return True

    def answer(self, message: bytes) -> Answer:
        """What it says about the item that it was at."""
        assert self._task is not None
        item = self._task.items[self._done]
        self._done += 1
        return Answer(item, self._receiver.thing(message) if message != _FAILED else None)

    def end(self) -> tuple[str, Work | None]:
        """How it has ended, once it has, and what it has left of its task."""
        self.connection.close()
        self.process.join(_PATIENCE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        left = None
        if self._task is not None and self._done < len(self._task.items):
            left = self._task._replace(items=self._task.items[self._done :])
        return _death(self.process.exitcode or 0), left


def _death(status: int) -> str:
    if status >= 0:
        return f"ended with status {status}"
    try:
        return f"was killed by {signal.Signals(-status).name}"
    except ValueError:
        return f"was killed by signal {-status}"


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Keep SIGINT for later, here and in what is started: it is for this process to heed."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(
    connection: Connection, others: Iterable[Connection], start: Callable[[], Handler]
) -> None:
    """Do tasks until nobody is there to give any."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in others:
        # Whoever holds the other end of a connection keeps it open.
        other.close()
    gc.freeze()
    handle, sender = start(), Sender()
    try:
        while True:
            connection.send_bytes(_READY)
            told, items = connection.recv()
            for item in items:
                connection.send_bytes(_answer(handle, sender, told, item))
    except (EOFError, OSError):
        return


def _answer(handle: Handler, sender: Sender, told: object, item: object) -> bytes:
    try:
        return sender.message(handle(told, item))
    except Exception:
        # Whoever asked does it again, and gets the same exception.
        return _FAILED
