"""The entry point: heeds signals, runs a command, and exits with its status."""

from __future__ import annotations

TYPE_CHECKING = False  # importing typing for it would take longer than all that is imported here
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run symlint and exit; ``arguments`` are those of the process unless given.

    Exit status 0: clean, 1: findings, 2: wrong usage or configuration, 3: the run cannot be
    trusted, 130: interrupted, 141: nobody reads the output any more, 143: told to end.
    """
    # All imports are in here: whenever a signal comes, the process ends without a traceback.
    try:
        import gc
        import sys

        # A run keeps nearly all that it makes until it ends: looking for garbage after every few hundred
        # objects only costs time.
        gc.set_threshold(100_000)

        from symlint.fast_import import import_fast

        if arguments is None:
            import_fast()

        from symlint.cli.stopping import heed_no_more, heed_signals

        heed_signals()

        from symlint.cli.running import finished, run
        from symlint.cli.streams import open_streams

        open_streams()
        status = finished(run(list(sys.argv[1:] if arguments is None else arguments)))
        heed_no_more()
        if arguments is None:
            _leave(status)
    except KeyboardInterrupt as stopped:
        status = getattr(stopped, "status", 130)
    sys.exit(status)


def _leave(status: int) -> None:
    """End the process at once, where nothing else has to be done at its end.

    Python would take apart every module and object first: 9 % of the instructions of a clean run
    (``python -m benchmarks.startup``). What is to run at the end runs, as do profilers and debuggers.
    """
    import atexit
    import os
    import sys

    watched = sys.gettrace() or sys.getprofile() or sys.flags.interactive
    if not watched and getattr(atexit, "_ncallbacks", lambda: 1)() == 0:
        sys.stderr.flush()
        os._exit(status)
