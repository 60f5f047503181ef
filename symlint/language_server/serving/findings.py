"""Findings and what can be done about them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.capabilities import get_capability

from symlint.language_server.features import (
    code_actions,
    diagnostics,
)
from symlint.language_server.serving.addresses import path_of
from symlint.language_server.serving.protocol import SOURCE

if TYPE_CHECKING:
    from symlint.language_server.serving.server import SymlintServer
    from symlint.language_server.workspace import Snapshot
    from symlint.source.text import SourceFile


def add_findings(server: SymlintServer) -> None:
    """Answer questions about findings."""
    options = types.DiagnosticOptions(
        inter_file_dependencies=True, workspace_diagnostics=False, identifier=SOURCE
    )

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)
    async def pull(params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        path = path_of(params.text_document.uri)
        found = None if path is None else await server.session.found(path)
        items = [] if found is None or path is None else server.diagnostics_of(path, found)
        return types.RelatedFullDocumentDiagnosticReport(items)

    @server.feature(types.WORKSPACE_TEXT_DOCUMENT_CONTENT)
    def page(params: types.TextDocumentContentParams) -> types.TextDocumentContentResult:
        code = diagnostics.code_of_page(params.uri)
        return types.TextDocumentContentResult("" if code is None else server.page(code))


def add_code_actions(server: SymlintServer) -> None:
    """Offer what can be done about findings."""
    options = types.CodeActionOptions(
        [types.CodeActionKind.QuickFix, code_actions.FIX_ALL], resolve_provider=True
    )

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        uri, wanted = params.text_document.uri, params.context.only
        path = path_of(uri) or ""
        findings = await server.findings_of(path)
        rules = server.session.workspace.shipped_rules

        def question(snapshot: Snapshot, source: SourceFile) -> list[code_actions.Action]:
            span = server.convert.span(source, params.range)
            return list(code_actions.actions(snapshot, findings, span, rules.find))

        made = []
        for action in await server.ask(uri, question) or ():
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
        path = path_of(uri) if isinstance(uri, str) else None
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
        path = path_of(uri) or ""
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
