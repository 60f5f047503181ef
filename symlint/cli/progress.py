"""A progress bar for those who wait at a terminal; nothing in a log."""

from __future__ import annotations

import sys
import time

from symlint.annotations import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from types import TracebackType

PATIENCE: Final = 1.0
"""Seconds that a run may take before a bar appears."""

PAUSE: Final = 0.1
"""Seconds between two pictures of the bar."""


class Progress:
    """Shows how many root modules are done. Used in a ``with``, so that the bar goes away."""

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted and sys.stderr.isatty()
        self._next = time.monotonic() + PATIENCE
        self._bar: Any = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()  # clears the line and shows the cursor

    def show(self, done: int, total: int, _directory: str) -> None:
        """Say that ``done`` of ``total`` modules are done."""
        if not self._wanted or (now := time.monotonic()) < self._next:
            return
        self._next = now + PAUSE
        if self._bar is None:
            # Of a single module there is nothing to show on the way.
            if done == total or total < 2:
                return
            self._bar = _bar(total)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], completed=done, refresh=True)


def _bar(total: int) -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    # No thread that draws by itself: a run may start other processes.
    bar = Bar(
        TextColumn("symlint"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(file=sys.stderr),
        transient=True,
        auto_refresh=False,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    bar.add_task("", total=total)
    return bar
