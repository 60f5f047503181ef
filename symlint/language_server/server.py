"""The server: what the client sends becomes a question, and the answer types of the protocol."""

from __future__ import annotations

import logging
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from lsprotocol import types
from pygls import uris
from pygls.capabilities import get_capability
from pygls.lsp.server import LanguageServer

from symlint.language_server.features import code_actions, commands, diagnostics
from symlint.language_server.protocol import SOURCE, Converter
from symlint.language_server.session import Session, Shown
from symlint.language_server.workspace import Settings, Workspace
from symlint.lint.errors import ConfigError
from symlint.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from symlint.language_server.positions import Encoding
    from symlint.language_server.workspace import Snapshot
    from symlint.lint.finding import Finding
    from symlint.source.text import SourceFile

T = TypeVar("T")

_ENCODINGS: Final[dict[str, Encoding]] = {"utf-8": "utf-8", "utf-16": "utf-16", "utf-32": "utf-32"}
_WATCHED: Final = ("**/*.{tf,tofu,tfvars,py}", "**/*.{tf,tofu,tfvars}.json", "**/{.,}symlint.toml")


class SymlintServer(LanguageServer):
    """Symlint as a language server. Texts are sent as a whole: lines are counted in one place."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(SOURCE, __version__, types.TextDocumentSyncKind.Full)
        self.session: Final = Session(Workspace(settings), self.publish)
        self._converter: Converter | None = None
        self._pushed: set[str] = set()
        self._unusable: dict[str, frozenset[str]] = {}

    # --- the client ---

    @property
    def convert(self) -> Converter:
        """What makes types of the protocol for this client."""
        if self._converter is None:
            chosen = self.workspace.position_encoding or "utf-16"
            encoding = _ENCODINGS[getattr(chosen, "value", chosen)]
            documents = self.session.documents
            self._converter = Converter(documents, encoding, self.client_capabilities)
        return self._converter

    @property
    def client_pulls(self) -> bool:
        """Whether the client asks for the diagnostics of the files that it shows."""
        return get_capability(self.client_capabilities, "text_document.diagnostic") is not None

    # --- diagnostics ---

    def publish(self, found: Shown) -> None:
        """Send what has been found, other than what the client asks for itself."""
        for path in sorted(found.paths):
            if self.client_pulls and self.session.documents.get(path) is not None:
                continue
            self._push(path, self.diagnostics_of(path, found))
        for config, paths in tuple(self._unusable.items()):
            if paths & found.paths:
                del self._unusable[config]
                self._push(config, [])
        if found.error is not None:
            self._push_error(found.error, found.paths)
        if self.client_pulls:
            self._ask_to_pull()

    def _push(self, path: str, items: list[types.Diagnostic]) -> None:
        document = self.session.documents.get(path)
        if not items and document is None and path not in self._pushed:
            return
        self._pushed.add(path)
        version = None if document is None else document.version
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(self.convert.uri(path), items, version)
        )

    def _push_error(self, error: Exception, paths: frozenset[str]) -> None:
        """Say why a configuration file cannot be used, at its line where that is known."""
        if isinstance(error, ConfigError):
            self._unusable[error.path] = paths
            line = (error.line or 1) - 1
            self._push(error.path, [self.convert.note(error.problem, line)])
        self.window_log_message(
            types.LogMessageParams(types.MessageType.Error, self.convert.note(str(error)).message)
        )

    def _ask_to_pull(self) -> None:
        if get_capability(self.client_capabilities, "workspace.diagnostics.refresh_support"):
            self.workspace_diagnostic_refresh(None)

    def diagnostics_of(self, path: str, found: Shown) -> list[types.Diagnostic]:
        """What there is to say of one file."""
        convert = self.convert
        items = [convert.diagnostic(it) for it in found.findings.get(path, ())]
        items += (convert.note(it.message) for it in found.failures if it.path == path)
        if found.error is not None:
            items.append(convert.note(f"symlint finds nothing: {found.error}"))
        return items

    async def findings_of(self, path: str) -> tuple[Finding, ...]:
        """The findings in one file, as soon as they are known."""
        found = await self.session.found(path)
        return () if found is None else found.findings.get(path, ())

    # --- questions about a place ---

    async def ask(self, uri: str, question: Callable[[Snapshot, SourceFile], T], otherwise: T) -> T:
        """The answer to a question about an open file; ``otherwise`` for what is none."""
        path = uris.to_fs_path(uri)
        if path is None:
            return otherwise

        def answer(snapshot: Snapshot) -> T:
            source = snapshot.text(path)
            return otherwise if source is None else question(snapshot, source)

        return await self.session.ask(answer)


def serve(settings: Settings) -> None:
    """Serve one client over standard input and output until it says that it is enough."""
    output = sys.stdout
    sys.stdout = sys.stderr  # where the rules of a trusted workspace may print
    make_server(settings).start_io(sys.stdin.buffer, output.buffer)


def make_server(settings: Settings) -> SymlintServer:
    """A server with all that it can do."""
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    server = SymlintServer(settings)
    for add in (_add_synchronisation, _add_diagnostics, _add_code_actions, _add_commands):
        add(server)
    return server


# --- what the client tells --------------------------------------------------------------------------


def _add_synchronisation(server: SymlintServer) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        options = params.initialization_options
        given = options if isinstance(options, dict) else {}
        settings = server.session.workspace.settings
        if given.get("trusted") is True:
            settings = settings._replace(trusted=True)
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
        path = uris.to_fs_path(document.uri)
        if path is not None:
            server.session.documents.put(
                path, document.uri, document.text, document.version, saved=True
            )
            server.session.saved(path)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        path = uris.to_fs_path(uri)
        if path is not None:
            text = server.workspace.get_text_document(uri).source
            version = params.text_document.version
            server.session.documents.put(path, uri, text, version, saved=False)
            server.session.changed(path)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        path = uris.to_fs_path(params.text_document.uri)
        if path is not None:
            server.session.documents.save(path)
            server.session.saved(path)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        path = uris.to_fs_path(params.text_document.uri)
        if path is not None:
            server.session.documents.close(path)
            server.session.saved(path)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files_changed(_: types.DidChangeWatchedFilesParams) -> None:
        server.session.workspace_changed()

    @server.feature(types.SHUTDOWN)
    def shut_down(_: None) -> None:
        server.session.close()


# --- what the client asks ---------------------------------------------------------------------------


def _add_diagnostics(server: SymlintServer) -> None:
    options = types.DiagnosticOptions(
        inter_file_dependencies=True, workspace_diagnostics=False, identifier=SOURCE
    )

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)
    async def pull(params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        path = uris.to_fs_path(params.text_document.uri)
        found = None if path is None else await server.session.found(path)
        items = [] if found is None or path is None else server.diagnostics_of(path, found)
        return types.RelatedFullDocumentDiagnosticReport(items)

    @server.feature(types.WORKSPACE_TEXT_DOCUMENT_CONTENT)
    def page(params: types.TextDocumentContentParams) -> types.TextDocumentContentResult:
        code = diagnostics.code_of_page(params.uri)
        return types.TextDocumentContentResult("" if code is None else _page(server, code))


def _page(server: SymlintServer, code: str) -> str:
    """The page of a rule, in Markdown; "" where there is none."""
    from symlint.report.rule_page import rule_page

    rule = server.session.workspace.shipped_rules.find(code)
    return "" if rule is None else rule_page(rule)


def _add_code_actions(server: SymlintServer) -> None:
    options = types.CodeActionOptions(
        [types.CodeActionKind.QuickFix, code_actions.FIX_ALL], resolve_provider=True
    )

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        uri, wanted = params.text_document.uri, params.context.only
        path = uris.to_fs_path(uri) or ""
        findings = await server.findings_of(path)
        rules = server.session.workspace.shipped_rules

        def question(snapshot: Snapshot, source: SourceFile) -> list[code_actions.Action]:
            span = server.convert.span(source, params.range)
            return list(code_actions.actions(snapshot, findings, span, rules.find))

        made = []
        nothing: list[code_actions.Action] = []
        for action in await server.ask(uri, question, nothing):
            if wanted is None or any(_is_kind(action.kind, kind) for kind in wanted):
                edits = await _deferred_edits(server, uri, action)
                if edits is not None:
                    made.append(server.convert.code_action(action, edits))
                else:
                    made.append(_to_resolve(server.convert.code_action(action), uri))
        return made

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def resolve(action: types.CodeAction) -> types.CodeAction:
        data = action.data
        uri = data.get("uri") if isinstance(data, dict) else getattr(data, "uri", None)
        path = uris.to_fs_path(uri) if isinstance(uri, str) else None
        if path is not None:
            edits = await server.session.ask(partial(code_actions.fix_all, path=path))
            action.edit = server.convert.workspace_edit(edits)
        return action

    async def _deferred_edits(server: SymlintServer, uri: str, action: code_actions.Action) -> Any:
        """The edits of a deferred action; None where the client asks for them when they are chosen."""
        if not action.deferred:
            return ()
        if _resolves_edits(server.client_capabilities):
            return None
        path = uris.to_fs_path(uri) or ""
        return await server.session.ask(partial(code_actions.fix_all, path=path))


def _to_resolve(action: types.CodeAction, uri: str) -> types.CodeAction:
    action.data = {"uri": uri}
    return action


def _is_kind(kind: str, wanted: str | types.CodeActionKind) -> bool:
    """Whether a kind is a wanted one or below it: kinds are lists of words with dots between."""
    text = wanted.value if isinstance(wanted, types.CodeActionKind) else wanted
    return not text or kind == text or kind.startswith(text + ".")


def _resolves_edits(capabilities: types.ClientCapabilities) -> bool:
    name = "text_document.code_action.resolve_support.properties"
    return "edit" in (get_capability(capabilities, name) or ())


def _add_commands(server: SymlintServer) -> None:
    @server.command(commands.EXPLAIN)
    def explain(code: str) -> str:
        page = _page(server, code)
        if page and _shows_documents(server.client_capabilities):
            server.window_show_document(
                types.ShowDocumentParams(diagnostics.page_address(code), take_focus=True)
            )
        return page

    @server.command(commands.SELECT)
    def select(place: dict[str, Any]) -> None:
        if _shows_documents(server.client_capabilities):
            location = server.protocol._converter.structure(place, types.Location)
            server.window_show_document(
                types.ShowDocumentParams(location.uri, take_focus=True, selection=location.range)
            )


def _shows_documents(capabilities: types.ClientCapabilities) -> bool:
    return bool(get_capability(capabilities, "window.show_document.support"))
