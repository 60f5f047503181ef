"""Commands of the server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from symlint.language_server.features import (
    commands,
    diagnostics,
)

if TYPE_CHECKING:
    from symlint.language_server.serving.server import SymlintServer


def add_commands(server: SymlintServer) -> None:
    """Run the commands that code actions and lenses name."""

    @server.command(commands.EXPLAIN)
    def explain(code: str) -> str:
        page = server.page(code)
        if page:
            server.show(diagnostics.page_address(code))
        return page

    @server.command(commands.SELECT)
    def select(place: dict[str, Any]) -> None:
        location = server.protocol._converter.structure(place, types.Location)
        server.show(location.uri, location.range)
