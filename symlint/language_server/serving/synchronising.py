"""What the client tells: settings, and what becomes of files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lsprotocol import types
from pygls.capabilities import get_capability

from symlint.language_server.serving.addresses import path_of

if TYPE_CHECKING:
    from symlint.language_server.serving.server import SymlintServer


_WATCHED: Final = ("**/*.{tf,tofu,tfvars,py}", "**/*.{tf,tofu,tfvars}.json", "**/{.,}symlint.toml")


def add_synchronising(server: SymlintServer) -> None:
    """Take note of what the client tells."""

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        options = params.initialization_options
        given = options if isinstance(options, dict) else {}
        settings = server.session.workspace.settings
        if given.get("trusted") is True:
            settings = settings._replace(trusted=True)
        files = given.get("variableFiles")
        if isinstance(files, list):
            settings = settings._replace(variable_files=tuple(map(str, files)))
        server.session.workspace.settings = settings

    @server.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        watches = "workspace.did_change_watched_files.dynamic_registration"
        if get_capability(server.client_capabilities, watches):
            watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
            wanted = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            server.client_register_capability(
                types.RegistrationParams([types.Registration("watched", method, wanted)])
            )

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        path = path_of(document.uri)
        if path is not None:
            server.session.documents.put(
                path, document.uri, document.text, document.version, saved=True
            )
            server.session.saved(path)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        path = path_of(params.text_document.uri)
        if path is not None:
            changes = [server.convert.change(it) for it in params.content_changes]
            version, encoding = params.text_document.version, server.convert.encoding
            server.session.documents.change(path, changes, version, encoding)
            server.session.changed(path)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        path = path_of(params.text_document.uri)
        if path is not None:
            server.session.documents.save(path)
            server.session.saved(path)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        path = path_of(params.text_document.uri)
        if path is not None:
            server.session.documents.close(path)
            server.session.saved(path)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files_changed(_: types.DidChangeWatchedFilesParams) -> None:
        server.session.workspace_changed()

    @server.feature(types.SHUTDOWN)
    def shut_down(_: None) -> None:
        server.session.close()

    @server.feature(types.EXIT)
    def leave(_: None) -> None:
        server.protocol.has_left = True
