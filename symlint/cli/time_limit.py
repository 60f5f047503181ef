"""``--timeout``: ends a run that takes too long, whatever it is doing."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.errors import TimeLimitReachedError

if TYPE_CHECKING:
    import signal
    from collections.abc import Callable
    from types import FrameType
else:
    import _signal as signal  # as in stopping.py

DEFAULT_SECONDS: Final = 120.0

_LAST_SECONDS: Final = 10.0
"""What showing the result may take after that."""


class time_limit:  # noqa: N801 - a function to whoever uses it
    """Raise TimeLimitReachedError in the main thread when ``seconds`` are over; never for 0.

    It is raised again if what comes after it takes long, too. Where there is no SIGALRM
    (Windows), the process ends with a message and exit status 3.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds: Final = seconds
        self._stop: Callable[[], object] | None = None

    def __enter__(self) -> None:
        if self._seconds:
            begin = _alarm if hasattr(signal, "SIGALRM") else _last_resort
            self._stop = begin(self._seconds)

    def __exit__(self, *_: object) -> None:
        if self._stop is not None:
            self._stop()


def _alarm(seconds: float) -> Callable[[], object]:
    """Set the alarm; what takes it back."""

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise TimeLimitReachedError(seconds)

    def stop() -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, _LAST_SECONDS)
    return stop


def _last_resort(seconds: float) -> Callable[[], object]:
    import threading

    timer = threading.Timer(seconds, _end, (seconds,))
    timer.daemon = True
    timer.start()
    return timer.cancel


def _end(seconds: float) -> None:
    import os

    from symlint.cli.status import UNTRUSTED

    os.write(2, f"symlint: {TimeLimitReachedError(seconds)}\n".encode())
    os._exit(UNTRUSTED)
