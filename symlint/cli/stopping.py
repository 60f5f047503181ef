"""Signals that ask the process to end: everything is left in order, and nothing is printed."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.cli.status import INTERRUPTED

if TYPE_CHECKING:
    import signal
    from types import FrameType
else:
    import _signal as signal  # the enumerations that signal adds take 1 % of a clean run to make


class StoppedError(KeyboardInterrupt):
    """The process is to end; ``status`` is its exit status by the convention of shells."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.status = 128 + number


def status_of(error: BaseException | None) -> int:
    """The exit status of a process that such an error ends."""
    return error.status if isinstance(error, StoppedError) else INTERRUPTED


def heed_signals() -> None:
    """Let SIGINT and SIGTERM raise StoppedError, once; a second one ends the process at once.

    A signal that is ignored stays ignored: that is how ``nohup`` and a shell's ``&`` ask for it.
    """
    for number, usual in (
        (signal.SIGINT, signal.default_int_handler),
        (signal.SIGTERM, signal.SIG_DFL),
    ):
        if signal.getsignal(number) is usual:
            signal.signal(number, _stop)


def heed_no_more() -> None:
    """From here on, a signal ends the process at once: there is nothing left to put in order."""
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is _stop:
            signal.signal(number, signal.SIG_DFL)


def _stop(number: int, _frame: FrameType | None) -> None:
    heed_no_more()
    raise StoppedError(number)
