"""Starts a server."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
from typing import TYPE_CHECKING, Final, NoReturn

from symlint.language_server.serving.commands import add_commands
from symlint.language_server.serving.findings import add_code_actions, add_findings
from symlint.language_server.serving.output import Output
from symlint.language_server.serving.places import (
    add_completion,
    add_places,
    add_renaming,
    add_symbols,
    add_views,
)
from symlint.language_server.serving.server import SymlintServer
from symlint.language_server.serving.synchronising import add_synchronising

if TYPE_CHECKING:
    from symlint.language_server.workspace import Settings

_ALL: Final = (
    add_synchronising,
    add_findings,
    add_code_actions,
    add_commands,
    add_places,
    add_symbols,
    add_completion,
    add_views,
    add_renaming,
)

_PATIENCE: Final = 0.1
"""How long a thread without work may take to end, in seconds."""


def new_server(settings: Settings) -> SymlintServer:
    """A server that can do everything and has no client yet."""
    server = SymlintServer(settings)
    for add in _ALL:
        add(server)
    return server


def serve(settings: Settings) -> int:
    """Serve one client over standard input and output until it says that it is enough.

    The status to exit with is 1 for one that has not asked to shut down before.
    """
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    output = sys.stdout
    sys.stdout = sys.stderr  # where the rules of a trusted workspace may print
    server = new_server(settings)
    problem = asyncio.run(server.converse(sys.stdin.buffer, Output(output.buffer)))
    if problem is not None:
        sys.stderr.write(f"symlint: {problem}\n")
    return 0 if server.protocol.is_shut_down else 1


def leave(status: int) -> NoReturn:
    """End the process, and what its other threads are doing: nobody waits for that."""
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(_PATIENCE)
    if threading.active_count() == 1:
        sys.exit(status)
    sys.stderr.flush()
    os._exit(status)
