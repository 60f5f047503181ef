"""How many processes lint root modules at once."""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from symlint.lint.options import Jobs

ROOTS_PER_PROCESS: Final = 30
"""How many root modules a process must have, for its start to pay off."""

_MOST_BY_DEFAULT: Final = 8


def processes(asked: Jobs | None, configured: Jobs, roots: int) -> int:
    """How many processes are to lint so many root modules.

    ``asked`` is what the options say, ``configured`` what a configuration file does: whoever can change
    that must not have more processes started than there are processors.
    """
    if isinstance(asked, int):
        return min(asked, roots)
    if asked is None and isinstance(configured, int):
        return min(configured, roots, _processors())
    return min(_processors(), _MOST_BY_DEFAULT, roots // ROOTS_PER_PROCESS)


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
