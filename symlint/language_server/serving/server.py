"""The server, its client, and what it is told without having asked."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.exceptions import JsonRpcInvalidRequest
from pygls.lsp.server import LanguageServer

from symlint.language_server.serving.addresses import path_of
from symlint.language_server.serving.conversation import Conversation, strict_converter
from symlint.language_server.serving.framing import Unread, read_message
from symlint.language_server.serving.protocol import SOURCE, Converter
from symlint.language_server.session import Session, Shown
from symlint.language_server.workspace import Settings, Workspace
from symlint.lint.errors import ConfigError, UsageError
from symlint.lint.run.judging.checking import crash_description
from symlint.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from symlint.language_server.positions import Encoding
    from symlint.language_server.serving.framing import Stream
    from symlint.language_server.serving.output import Output
    from symlint.language_server.workspace import Snapshot
    from symlint.lint.finding import Finding
    from symlint.source.text import SourceFile

T = TypeVar("T")

_ENCODINGS: Final[dict[str, Encoding]] = {"utf-8": "utf-8", "utf-16": "utf-16", "utf-32": "utf-32"}


class Place(Protocol):
    """What all questions about a place in a file have in common."""

    @property
    def text_document(self) -> types.TextDocumentIdentifier:
        """The file."""

    @property
    def position(self) -> types.Position:
        """The place in it."""


class SymlintServer(LanguageServer):
    """Symlint as a language server. It keeps the texts itself: lines are counted in one place."""

    protocol: Conversation

    def __init__(self, settings: Settings) -> None:
        super().__init__(
            SOURCE,
            __version__,
            types.TextDocumentSyncKind.Incremental,
            protocol_cls=Conversation,
            converter_factory=strict_converter,
        )
        self.session: Final = Session(Workspace(settings), self.publish)
        self._converter: Converter | None = None
        self._pushed: set[str] = set()
        self._unusable: dict[str, frozenset[str]] = {}

    # --- the client ---

    async def converse(self, stream: Stream, output: Output) -> str | None:
        """Do what the client says until it leaves; why it is not listened to any more, if it does not."""
        self.protocol.speak_to(output)
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._complain)
        reader = ThreadPoolExecutor(1, "reader")
        problem = None
        while not (self.protocol.has_left or output.is_closed or problem):
            message = await loop.run_in_executor(reader, read_message, stream)
            if message is None:
                break
            if isinstance(message, Unread):
                self.protocol.refuse(None, JsonRpcInvalidRequest(message.reason))
                problem = message.reason if message.last else None
            else:
                self.protocol.receive(message)
        reader.shutdown(wait=False)
        self.session.close()
        return problem

    def _complain(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Say what has gone wrong where nobody waits for it."""
        error = context.get("exception")
        problem = context["message"] if error is None else crash_description(error)
        self.protocol.complain(f"symlint {problem}")

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Say what has gone wrong in the library."""
        self.protocol.complain(f"symlint {crash_description(error)}")

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
        if self.client_pulls and len(found.paths) > 1:
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

    # --- questions ---

    async def ask(self, uri: str, question: Callable[[Snapshot, SourceFile], T]) -> T | None:
        """The answer to a question about a file; None where it cannot be read."""
        path = path_of(uri)
        if path is None:
            return None

        def answer(snapshot: Snapshot) -> T | None:
            source = snapshot.text(path)
            try:
                return None if source is None else question(snapshot, source)
            except UsageError:  # the findings say what is wrong with the configuration file
                return None

        return await self.session.ask(answer)

    async def ask_at(
        self, place: Place, question: Callable[[Snapshot, SourceFile, int], T]
    ) -> T | None:
        """The answer to a question about a place."""
        convert, position = self.convert, place.position

        def answer(snapshot: Snapshot, source: SourceFile) -> T:
            return question(snapshot, source, convert.offset(source, position))

        return await self.ask(place.text_document.uri, answer)

    def page(self, code: str) -> str:
        """The page of a rule, in Markdown; "" where there is none."""
        from symlint.report.rules.page import rule_page

        rule = self.session.workspace.shipped_rules.find(code)
        return "" if rule is None else rule_page(rule.load())

    def show(self, uri: str, selection: types.Range | None = None) -> None:
        """Open a file or page, where the client can."""
        if get_capability(self.client_capabilities, "window.show_document.support"):
            self.window_show_document(
                types.ShowDocumentParams(uri, take_focus=True, selection=selection)
            )
