"""A progress bar for those who wait at a terminal; nothing in a log."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from types import TracebackType

PATIENCE: Final = 1.0
"""Seconds that a run may take before a bar appears."""


class Progress:
    """Shows how many root modules are done. Used in a ``with``, so that the bar goes away."""

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted and sys.stderr.isatty()
        self._start = time.monotonic()
        self._bar: Any = None
        self._done = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            # Clear the line, and show the cursor, which click's bar hides.
            sys.stderr.write("\r\x1b[K\x1b[?25h")
            sys.stderr.flush()

    def show(self, done: int, total: int, _directory: str) -> None:
        """Say that ``done`` of ``total`` modules are done."""
        if not self._wanted or time.monotonic() - self._start < PATIENCE:
            return
        if self._bar is None:
            if done == total:
                return
            import click

            self._bar = click.progressbar(
                length=total, label="symlint", file=sys.stderr, show_pos=True
            )
        self._bar.update(done - self._done)
        self._done = done
