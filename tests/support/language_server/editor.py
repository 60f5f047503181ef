"""An editor for tests: it starts ``symlint lsp`` as editors do, and speaks the protocol with it."""

from __future__ import annotations

import asyncio
import re
import sys
import warnings
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lsprotocol import types
from pygls import uris
from pytest_lsp import client_capabilities
from pytest_lsp.client import make_test_lsp_client
from support.processes.measuring import measured

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine, Sequence

PATIENCE = 12
"""Seconds until a test gives up: machines are slow at times."""


_CODECS: Final = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
"""How a client counts characters: in which bytes, and how many of them are one."""


class Editor:
    """Some open files. Places are said by what stands there: ``at(path, "sym_flow")``."""

    def __init__(self, capabilities: types.ClientCapabilities) -> None:
        self.client: Final = make_test_lsp_client()
        self.capabilities = capabilities
        self.codec, self.unit = _CODECS["utf-16"]
        self.texts: dict[Path, str] = {}
        self.versions: dict[Path, int] = {}
        self.client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda _: None)
        # The library takes a code action that has a command for a command.
        self.client.protocol._converter.register_structure_hook(
            types.Command | types.CodeAction,
            lambda it, _: self.client.protocol._converter.structure(it, types.CodeAction),
        )

    @property
    def messages(self) -> list[str]:
        """What the server has told."""
        logged = [it.message for it in self.client.log_messages]
        return logged + [it.message for it in self.client.messages]

    @property
    def shown(self) -> list[types.ShowDocumentParams]:
        """What the server has opened."""
        return self.client.shown_documents

    # --- files ---

    def uri(self, path: Path) -> str:
        """The address of a file."""
        return uris.from_fs_path(str(path)) or ""

    def document(self, path: Path) -> types.TextDocumentIdentifier:
        """A file, as questions name it."""
        return types.TextDocumentIdentifier(self.uri(path))

    def open(self, path: Path, text: str | None = None) -> None:
        """Open a file, as it is on disk unless a text is given."""
        self.texts[path] = path.read_text(encoding="utf-8") if text is None else text
        self.versions[path] = 1
        item = types.TextDocumentItem(self.uri(path), "terraform", 1, self.texts[path])
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, path: Path, old: str, new: str) -> None:
        """Write something else in an open file, wherever it stands; only that is sent."""
        text = self.texts[path]
        assert old in text
        starts = [it.start() for it in re.finditer(re.escape(old), text)]
        changes = [
            types.TextDocumentContentChangePartial(
                types.Range(self._position(text, start), self._position(text, start + len(old))),
                new,
            )
            for start in reversed(starts)
        ]
        self._tell(path, text.replace(old, new), changes)

    def write(self, path: Path, text: str) -> None:
        """Give an open file another text."""
        self._tell(path, text, [types.TextDocumentContentChangeWholeDocument(text)])

    def _tell(
        self, path: Path, text: str, changes: Sequence[types.TextDocumentContentChangeEvent]
    ) -> None:
        self.texts[path] = text
        self.versions[path] += 1
        name = types.VersionedTextDocumentIdentifier(self.versions[path], self.uri(path))
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(name, changes))

    def save(self, path: Path) -> None:
        """Save an open file."""
        path.write_text(self.texts[path], encoding="utf-8", newline="")
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(self.document(path)))

    def close(self, path: Path) -> None:
        """Close a file."""
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(self.document(path)))

    # --- places ---

    def at(self, path: Path, text: str, into: int = 0) -> types.Position:
        """Where a text stands that occurs once, or ``into`` characters behind its beginning."""
        assert self.texts[path].count(text) == 1, text
        return self._position(self.texts[path], self.texts[path].index(text) + into)

    def _position(self, text: str, offset: int) -> types.Position:
        before = text[:offset]
        line = before.rpartition("\n")[2]
        return types.Position(before.count("\n"), len(line.encode(self.codec)) // self.unit)

    def over(self, path: Path, text: str) -> types.Range:
        """The range of a text that occurs once."""
        return types.Range(self.at(path, text), self.at(path, text, len(text)))

    def text_of(self, location: types.Location) -> tuple[str, str]:
        """The name of the file and the text that a location leads to."""
        path = Path(uris.to_fs_path(location.uri) or "")
        text = self.texts.get(path) or path.read_text(encoding="utf-8")
        return path.name, self._slice(text, location.range)

    def _slice(self, text: str, range_: types.Range) -> str:
        lines = text.split("\n")

        def offset(position: types.Position) -> int:
            line = lines[position.line].encode(self.codec)[: self.unit * position.character]
            before = sum(len(it) + 1 for it in lines[: position.line])
            return before + len(line.decode(self.codec))

        return text[offset(range_.start) : offset(range_.end)]

    def apply(self, edit: types.WorkspaceEdit | None) -> None:
        """Make the changes of an edit in open files, and tell the server."""
        assert edit is not None
        for uri, edits in self._changes(edit).items():
            path = Path(uris.to_fs_path(uri) or "")
            text = self.texts[path]
            for one in sorted(edits, key=lambda it: it.range.start, reverse=True):
                old = self._slice(text, types.Range(types.Position(0, 0), one.range.start))
                rest = self._slice(text, types.Range(types.Position(0, 0), one.range.end))
                text = old + one.new_text + text[len(rest) :]
            self.write(path, text)

    def _changes(self, edit: types.WorkspaceEdit) -> dict[str, list[types.TextEdit]]:
        """The changes of an edit by file, which are of the texts that the server has been told."""
        found = {uri: list(edits) for uri, edits in (edit.changes or {}).items()}
        for change in edit.document_changes or ():
            assert isinstance(change, types.TextDocumentEdit)
            uri = change.text_document.uri
            assert change.text_document.version == self.versions[Path(uris.to_fs_path(uri) or "")]
            found[uri] = [it for it in change.edits if isinstance(it, types.TextEdit)]
        return found

    # --- findings ---

    async def diagnostics(self, path: Path, *codes: str) -> list[types.Diagnostic]:
        """What is said of a file, as soon as it has these codes."""
        try:
            return await asyncio.wait_for(self._diagnostics(path, sorted(codes)), PATIENCE)
        except TimeoutError:
            raise AssertionError(
                f"{path.name}: {self.published(path)} instead of {codes}"
            ) from None

    async def _diagnostics(self, path: Path, codes: list[str]) -> list[types.Diagnostic]:
        known = await self._pulled(path)
        while known is None or sorted(str(it.code) for it in known) != codes:
            await self.client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
            known = self.client.diagnostics.get(self.uri(path))
        return list(known)

    async def _pulled(self, path: Path) -> Sequence[types.Diagnostic] | None:
        """What the server says when it is asked, if this editor asks."""
        text = self.capabilities.text_document
        if text is None or text.diagnostic is None:
            return self.client.diagnostics.get(self.uri(path))
        found = await self.client.text_document_diagnostic_async(
            types.DocumentDiagnosticParams(self.document(path))
        )
        return found.items if isinstance(found, types.RelatedFullDocumentDiagnosticReport) else None

    def published(self, path: Path) -> list[types.Diagnostic]:
        """What has been said last of a file."""
        return list(self.client.diagnostics.get(self.uri(path), ()))

    # --- code actions ---

    async def actions(
        self, path: Path, text: str, only: list[str] | None = None
    ) -> dict[str, types.CodeAction]:
        """What can be done about a text, by title."""
        context = types.CodeActionContext([], only=only)
        found = await self.client.text_document_code_action_async(
            types.CodeActionParams(self.document(path), self.over(path, text), context)
        )
        actions = [it for it in found or () if isinstance(it, types.CodeAction)]
        return {it.title: it for it in actions}


def run(session: Coroutine[Any, Any, None]) -> None:
    """Run a session, which fails where it takes too long."""
    asyncio.run(asyncio.wait_for(session, 5 * PATIENCE))


@asynccontextmanager
async def editing(
    capabilities: types.ClientCapabilities | None = None,
    *arguments: str,
    options: Any = None,
) -> AsyncIterator[Editor]:
    """An editor with a server that has been started, and is stopped in the end."""
    editor = Editor(capabilities or types.ClientCapabilities())
    client = editor.client
    await client.start_io(sys.executable, *measured(), "-m", "symlint", "lsp", *arguments)
    told = await client.initialize_session(
        types.InitializeParams(capabilities=editor.capabilities, initialization_options=options)
    )
    encoding = told.capabilities.position_encoding or "utf-16"
    editor.codec, editor.unit = _CODECS[getattr(encoding, "value", encoding)]
    try:
        yield editor
    finally:
        await asyncio.wait_for(client.shutdown_session(), PATIENCE)
        stop: Any = client.stop
        await asyncio.wait_for(stop(), PATIENCE)


def capabilities_of(name: str) -> types.ClientCapabilities:
    """What an editor has said that it can do."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", EncodingWarning)
        return client_capabilities(name)
