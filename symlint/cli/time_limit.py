"""``--timeout``: ends a run that takes too long, whatever it is doing."""

from __future__ import annotations

from contextlib import contextmanager

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.errors import TimeLimitReachedError

if TYPE_CHECKING:
    import signal
    from collections.abc import Iterator
    from types import FrameType
else:
    import _signal as signal  # as in stopping.py

DEFAULT_SECONDS: Final = 120.0

_LAST_SECONDS: Final = 10.0
"""What showing the result may take after that."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeLimitReachedError in the main thread when ``seconds`` are over; never for 0.

    It is raised again if what comes after it takes long, too. Where there is no SIGALRM
    (Windows), the process ends with a message and exit status 3.
    """
    if not seconds:
        yield
    elif hasattr(signal, "SIGALRM"):
        with _alarm(seconds):
            yield
    else:
        with _last_resort(seconds):
            yield


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeLimitReachedError(seconds)

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, _LAST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _last_resort(seconds: float) -> Iterator[None]:
    import threading

    timer = threading.Timer(seconds, _end, (seconds,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _end(seconds: float) -> None:
    import os

    from symlint.cli.status import UNTRUSTED

    os.write(2, f"symlint: {TimeLimitReachedError(seconds)}\n".encode())
    os._exit(UNTRUSTED)
