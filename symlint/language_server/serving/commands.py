"""Commands of the server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.capabilities import get_capability

from symlint.language_server.features import commands, diagnostics, hover, views
from symlint.report.escape import without_surrogates

if TYPE_CHECKING:
    from symlint.language_server.serving.server import SymlintServer


def add_commands(server: SymlintServer) -> None:
    """Run the commands that code actions and lenses name."""

    @server.command(commands.EXPLAIN)
    def explain(code: str) -> str:
        page = server.page(code)
        if page and get_capability(server.client_capabilities, "workspace.text_document_content"):
            server.show(diagnostics.page_address(code))
        elif page:
            title, _, summary, *_ = page.split("\n\n")
            message = f"{title.removeprefix('# ')}: {' '.join(summary.split())}"
            server.window_show_message(types.ShowMessageParams(types.MessageType.Info, message))
        return page

    @server.command(commands.SELECT)
    def select(place: Any) -> None:
        # Any, here and below: pygls asks whether the first type is a class, which dict[...] is none.
        location = server.protocol.structured(place, types.Location)
        server.show(location.uri, location.range)

    @server.command(commands.ACCESS)
    async def show_access(uri: str, address: str) -> str:
        found = await server.ask(uri, lambda it, source: views.access(it, source.path, address))
        return without_surrogates(found or "")

    @server.command(commands.GRAPH)
    async def graph(uri: str) -> str:
        found = await server.ask(uri, lambda it, source: views.diagram(it, source.path))
        return without_surrogates(found or "")

    @server.command(commands.TRACE)
    async def trace(uri: str, line: int, character: int) -> str:
        position = {"line": line, "character": character}
        place = server.protocol.structured(
            {"textDocument": {"uri": uri}, "position": position}, types.HoverParams
        )
        found = await server.ask_at(place, hover.hover)
        return "" if found is None else without_surrogates(found.markdown)

    @server.command(commands.VARIABLE_FILES)
    async def variable_files(uri: str) -> list[str]:
        found = await server.ask(uri, lambda it, source: it.variable_files(source.path))
        return list(found or ())

    @server.command(commands.CHOOSE_VARIABLE_FILES)
    def choose_variable_files(paths: Any) -> None:
        workspace = server.session.workspace
        files = tuple(server.protocol.structured(paths, list[str]))
        workspace.settings = workspace.settings._replace(variable_files=files)
        server.session.workspace_changed()
