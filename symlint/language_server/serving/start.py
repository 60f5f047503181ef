"""Starts a server."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Final

from symlint.language_server.serving.commands import add_commands
from symlint.language_server.serving.findings import add_code_actions, add_findings
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


def serve(settings: Settings) -> int:
    """Serve one client over standard input and output until it says that it is enough.

    The status to exit with is 1 for one that has not asked to shut down before.
    """
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    output = sys.stdout
    sys.stdout = sys.stderr  # where the rules of a trusted workspace may print
    server = SymlintServer(settings)
    for add in _ALL:
        add(server)
    server.start_io(sys.stdin.buffer, output.buffer)
    return server.status
