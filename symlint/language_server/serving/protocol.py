"""Plain data in the types of the protocol, with positions as the client counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from lsprotocol import types
from pygls.capabilities import get_capability

from symlint.language_server.edited_text import Change
from symlint.language_server.features import diagnostics
from symlint.language_server.features.commands import ACCESS
from symlint.language_server.positions import Position, Positions
from symlint.language_server.serving.addresses import uri_of
from symlint.report.escape import neutralise, neutralise_block, without_surrogates
from symlint.source.text import Range, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.language_server.documents import Documents
    from symlint.language_server.features.code_actions import Action
    from symlint.language_server.features.commands import Command
    from symlint.language_server.features.completing.word import Item
    from symlint.language_server.features.symbols import Symbol
    from symlint.language_server.features.views import Hint, Lens
    from symlint.language_server.positions import Encoding
    from symlint.lint.finding import Edit, Finding

T = TypeVar("T")

SOURCE: Final = "symlint"

_SEVERITIES: Final = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
}
_SYMBOL_KINDS: Final = {
    "flow": types.SymbolKind.Event,
    "strategy": types.SymbolKind.Interface,
    "target": types.SymbolKind.Key,
    "resource": types.SymbolKind.Object,
    "module": types.SymbolKind.Module,
    "variable": types.SymbolKind.Variable,
    "output": types.SymbolKind.Property,
    "local": types.SymbolKind.Constant,
    "field": types.SymbolKind.Field,
    "block": types.SymbolKind.Namespace,
}
_ITEM_KINDS: Final = {
    "class": types.CompletionItemKind.Class,
    "property": types.CompletionItemKind.Property,
    "value": types.CompletionItemKind.Value,
    "reference": types.CompletionItemKind.Reference,
    "variable": types.CompletionItemKind.Variable,
    "function": types.CompletionItemKind.Function,
}
_MOST_KEPT: Final = 64
"""Files whose lines are counted once and not again."""


class Converter:
    """Makes types of the protocol, for a client that counts characters in ``encoding``."""

    def __init__(
        self, documents: Documents, encoding: Encoding, capabilities: types.ClientCapabilities
    ) -> None:
        self._documents: Final = documents
        self.encoding: Final[Encoding] = encoding
        self._capabilities: Final = capabilities
        self._positions: dict[int, tuple[SourceFile, Positions]] = {}

    # --- places ---

    def uri(self, path: str) -> str:
        """The address of a file, as the client wrote it where it is open."""
        document = self._documents.get(path)
        if document is not None:
            return document.uri
        return uri_of(path)

    def positions(self, source: SourceFile) -> Positions:
        """The positions of a file."""
        known = self._positions.get(id(source))
        if known is None or known[0] is not source:
            if len(self._positions) >= _MOST_KEPT:
                self._positions.clear()
            document = self._documents.get(source.path)
            marked = document is not None and document.marked
            made = Positions(source.text, self.encoding, marked=marked)
            known = self._positions[id(source)] = source, made
        return known[1]

    def range(self, range_: Range) -> types.Range:
        """A stretch of a file."""
        positions = self.positions(range_.source)
        start, end = positions.position(range_.start), positions.position(range_.end)
        return types.Range(types.Position(*start), types.Position(*end))

    def location(self, range_: Range) -> types.Location:
        """A stretch of a file, with the file."""
        return types.Location(self.uri(range_.path), self.range(range_))

    def offset(self, source: SourceFile, position: types.Position) -> int:
        """The offset of a position that the client has sent."""
        return self.positions(source).offset(Position(position.line, position.character))

    def span(self, source: SourceFile, range_: types.Range) -> tuple[int, int]:
        """The offsets of a range that the client has sent."""
        return self.offset(source, range_.start), self.offset(source, range_.end)

    def change(self, change: types.TextDocumentContentChangeEvent) -> Change:
        """A change that the client has made."""
        if isinstance(change, types.TextDocumentContentChangeWholeDocument):
            return Change(change.text)
        start, end = change.range.start, change.range.end
        span = Position(start.line, start.character), Position(end.line, end.character)
        return Change(change.text, span)

    # --- findings ---

    def diagnostic(self, finding: Finding) -> types.Diagnostic:
        """A finding."""
        name = finding.name
        tags = [types.DiagnosticTag.Unnecessary] * (name in diagnostics.UNNECESSARY)
        tags += [types.DiagnosticTag.Deprecated] * (name in diagnostics.DEPRECATED)
        places = [
            types.DiagnosticRelatedInformation(self.location(it.range), it.label)
            for it in diagnostics.other_places(finding)
        ]
        return types.Diagnostic(
            range=self.range(finding.range),
            message=diagnostics.message(finding),
            severity=_SEVERITIES[finding.severity],
            code=finding.code,
            code_description=types.CodeDescription(diagnostics.page_address(finding.code)),
            source=SOURCE,
            tags=tags or None,
            related_information=places or None,
            data={"name": finding.name},
        )

    def note(self, text: str, line: int = 0) -> types.Diagnostic:
        """Something that keeps the result from being trusted, at a line of a file."""
        place = types.Position(line, 0)
        return types.Diagnostic(
            range=types.Range(place, place),
            message=neutralise_block(text),
            severity=types.DiagnosticSeverity.Error,
            source=SOURCE,
        )

    # --- edits ---

    def text_edit(self, edit: Edit) -> types.TextEdit:
        """One change of a file, in the file's own line endings."""
        newline = self.positions(edit.range.source).newline
        replacement = edit.replacement.replace("\r\n", "\n").replace("\n", newline)
        return types.TextEdit(self.range(edit.range), without_surrogates(replacement))

    def workspace_edit(self, edits: Iterable[Edit]) -> types.WorkspaceEdit:
        """Changes of files; of open ones only in the version that is known here."""
        by_path: dict[str, list[types.TextEdit]] = {}
        for edit in edits:
            by_path.setdefault(edit.range.path, []).append(self.text_edit(edit))
        if not get_capability(self._capabilities, "workspace.workspace_edit.document_changes"):
            return types.WorkspaceEdit(changes={self.uri(p): it for p, it in by_path.items()})
        changes: list[Any] = []
        for path, its in by_path.items():
            document = self._documents.get(path)
            version = None if document is None else document.version
            name = types.OptionalVersionedTextDocumentIdentifier(self.uri(path), version)
            changes.append(types.TextDocumentEdit(name, its))
        return types.WorkspaceEdit(document_changes=changes)

    def command(self, command: Command) -> types.Command:
        """A command, with ranges as locations."""
        arguments: list[Any] = []
        for argument in command.arguments:
            if isinstance(argument, Range):
                place = self.range(argument)
                arguments.append(
                    {
                        "uri": self.uri(argument.path),
                        "range": {
                            "start": {"line": place.start.line, "character": place.start.character},
                            "end": {"line": place.end.line, "character": place.end.character},
                        },
                    }
                )
            else:
                arguments.append(argument)
        return types.Command(command.title, command.name, arguments=arguments)

    def code_action(self, action: Action, edits: Iterable[Edit] = ()) -> types.CodeAction:
        """Something that the author can choose."""
        changes = (*action.edits, *edits)
        finding = action.finding
        return types.CodeAction(
            title=neutralise(action.title),
            kind=action.kind,
            diagnostics=None if finding is None else [self.diagnostic(finding)],
            is_preferred=action.preferred or None,
            edit=self.workspace_edit(changes) if changes else None,
            command=None if action.command is None else self.command(action.command),
        )

    # --- lists ---

    def document_symbol(self, symbol: Symbol) -> types.DocumentSymbol:
        """Something in a file."""
        return types.DocumentSymbol(
            name=neutralise(symbol.name),
            kind=_SYMBOL_KINDS[symbol.kind],
            range=self.range(symbol.range),
            selection_range=self.range(symbol.selection),
            detail=neutralise(symbol.detail) or None,
            children=[self.document_symbol(it) for it in symbol.inside] or None,
        )

    def workspace_symbol(self, symbol: Symbol) -> types.WorkspaceSymbol:
        """Something in the workspace."""
        return types.WorkspaceSymbol(
            location=self.location(symbol.selection),
            name=neutralise(symbol.name),
            kind=_SYMBOL_KINDS[symbol.kind],
            container_name=neutralise(symbol.detail) or None,
        )

    def completion_item(self, item: Item, place: int) -> types.CompletionItem:
        """Something to write; ``place`` is where it comes in the list."""
        documentation = None
        if item.documentation:
            text = without_surrogates(item.documentation)
            documentation = types.MarkupContent(types.MarkupKind.Markdown, text)
        return types.CompletionItem(
            label=neutralise(item.label),
            kind=_ITEM_KINDS[item.kind],
            detail=neutralise(item.detail) or None,
            documentation=documentation,
            sort_text=f"{0 if item.first else 1}{place:05}",
            text_edit=types.TextEdit(self.range(item.range), without_surrogates(item.label)),
        )

    # --- beside the text ---

    def inlay_hint(self, hint: Hint) -> types.InlayHint:
        """A text behind an expression."""
        end = self.range(hint.range).end
        return types.InlayHint(end, neutralise(hint.text), padding_left=True)

    def code_lens(self, lens: Lens) -> types.CodeLens:
        """A line above a flow, which shows who gets what through it."""
        uri = self.uri(lens.range.path)
        command = types.Command(neutralise(lens.title), ACCESS, arguments=[uri, lens.address])
        return types.CodeLens(self.range(lens.range), command)
