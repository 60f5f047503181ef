"""What there is at a place, and where it leads."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from symlint.language_server.features import (
    definition,
    hover,
    references,
    views,
)
from symlint.language_server.features.completing.completion import completion
from symlint.language_server.features.renaming.files import edits_for_file
from symlint.language_server.features.renaming.rename import RenameError, name_at, rename
from symlint.language_server.features.symbols import document_symbols, workspace_symbols
from symlint.language_server.serving.addresses import path_of
from symlint.report.escape import without_surrogates
from symlint.source.file_names import PYTHON_SUFFIX

if TYPE_CHECKING:
    from symlint.language_server.serving.server import SymlintServer
    from symlint.language_server.workspace import Snapshot
    from symlint.lint.finding import Edit
    from symlint.source.text import SourceFile


def add_places(server: SymlintServer) -> None:
    """Answer questions about a place in a file."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def show_hover(params: types.HoverParams) -> types.Hover | None:
        found = await server.ask_at(params, hover.hover)
        if found is None:
            return None
        text = types.MarkupContent(types.MarkupKind.Markdown, without_surrogates(found.markdown))
        return types.Hover(text, server.convert.range(found.range))

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def go_to_definition(params: types.DefinitionParams) -> list[types.Location]:
        found = await server.ask_at(params, definition.definition) or ()
        return [server.convert.location(it) for it in found]

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def find_references(params: types.ReferenceParams) -> list[types.Location]:
        declared = params.context.include_declaration
        question = partial(references.references, declaration=declared)
        found = await server.ask_at(params, question) or ()
        return [server.convert.location(it) for it in found]

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    async def highlight(params: types.DocumentHighlightParams) -> list[types.DocumentHighlight]:
        found = await server.ask_at(params, references.highlights) or ()
        write, read = types.DocumentHighlightKind.Write, types.DocumentHighlightKind.Read
        return [
            types.DocumentHighlight(server.convert.range(range_), write if written else read)
            for range_, written in found
        ]


def add_symbols(server: SymlintServer) -> None:
    """List what there is in a file and in the workspace."""

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def document(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        uri = params.text_document.uri
        found = await server.ask(uri, lambda snapshot, it: document_symbols(snapshot, it.path))
        return [server.convert.document_symbol(it) for it in found or ()]

    @server.feature(types.WORKSPACE_SYMBOL)
    async def workspace(params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
        paths = [it.path for it in server.session.documents]
        found = await server.session.ask(lambda it: workspace_symbols(it, paths, params.query))
        return [server.convert.workspace_symbol(it) for it in found]


def add_completion(server: SymlintServer) -> None:
    """Offer what can be written at a place."""
    options = types.CompletionOptions(trigger_characters=[".", '"', "[", "@"])

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, options)
    async def complete(params: types.CompletionParams) -> types.CompletionList:
        found = await server.ask_at(params, completion) or ()
        items = [server.convert.completion_item(it, place) for place, it in enumerate(found)]
        return types.CompletionList(is_incomplete=False, items=items)


def add_views(server: SymlintServer) -> None:
    """Show what stands beside the text."""

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    async def hint(params: types.InlayHintParams) -> list[types.InlayHint]:
        convert = server.convert

        def question(snapshot: Snapshot, source: SourceFile) -> list[views.Hint]:
            return views.hints(snapshot, source.path, convert.span(source, params.range))

        found = await server.ask(params.text_document.uri, question)
        return [convert.inlay_hint(it) for it in found or ()]

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS)
    async def lens(params: types.CodeLensParams) -> list[types.CodeLens]:
        uri = params.text_document.uri
        found = await server.ask(uri, lambda snapshot, it: views.lenses(snapshot, it.path))
        return [server.convert.code_lens(it) for it in found or ()]


def add_renaming(server: SymlintServer) -> None:
    """Change names."""
    options = types.RenameOptions(prepare_provider=True)

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    async def prepare(params: types.PrepareRenameParams) -> types.Range | None:
        found = await server.ask_at(params, name_at)
        return None if found is None else server.convert.range(found)

    @server.feature(types.TEXT_DOCUMENT_RENAME, options)
    async def change(params: types.RenameParams) -> types.WorkspaceEdit | None:
        try:
            edits = await server.ask_at(params, partial(rename, name=params.new_name))
        except RenameError as error:
            raise JsonRpcInvalidParams(str(error)) from error
        return server.convert.workspace_edit(edits or ())

    pattern = types.FileOperationPattern(f"**/*{PYTHON_SUFFIX}")
    files = types.FileOperationRegistrationOptions([types.FileOperationFilter(pattern)])

    @server.feature(types.WORKSPACE_WILL_RENAME_FILES, files)
    async def will_rename(params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
        edits = [edit for file in params.files for edit in await _edits_for(server, file)]
        return server.convert.workspace_edit(edits) if edits else None


async def _edits_for(server: SymlintServer, file: types.FileRename) -> list[Edit]:
    """What changes where a file gets another name."""
    old, new = path_of(file.old_uri), path_of(file.new_uri)
    if old is None or new is None:
        return []
    question = partial(edits_for_file, old=old, new=new)
    return await server.ask(file.old_uri, lambda snapshot, _: question(snapshot)) or []
