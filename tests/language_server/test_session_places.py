"""Questions about places, over the protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lsprotocol import types
from support.language_server.editor import capabilities_of, editing, run
from support.language_server.opened import copy

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.filterwarnings("error::pytest_lsp.LspSpecificationWarning")
@pytest.mark.parametrize("known", ["", "neovim", "visual-studio-code", "emacs"])
def test_an_editor_asks_about_a_place(tmp_path: Path, known: str) -> None:
    path = copy(tmp_path, "aws_iam") / "flow.tf"

    async def work() -> None:
        async with editing(capabilities_of(known) if known else None) as editor:
            editor.open(path)
            editor.change(path, "# What people", "# \N{ROCKET}\n\n# What people")
            editor.change(path, "  strategy_id", "  /* \N{ROCKET} */ strategy_id")
            client, document = editor.client, editor.document(path)
            position = editor.at(path, "strategy_id = sym_strategy.iam.id", 20)

            hover = await client.text_document_hover_async(types.HoverParams(document, position))
            assert hover is not None
            assert isinstance(hover.contents, types.MarkupContent)
            assert hover.contents.value.startswith("```hcl\nsym_strategy.iam = {\n")

            found = await client.text_document_definition_async(
                types.DefinitionParams(document, position)
            )
            assert isinstance(found, list)
            assert [editor.text_of(it) for it in found if isinstance(it, types.Location)] == [
                ("flow.tf", "iam")
            ]

            context = types.ReferenceContext(include_declaration=False)
            named = await client.text_document_references_async(
                types.ReferenceParams(context, document, position)
            )
            assert [editor.text_of(it) for it in named or ()] == [("flow.tf", "iam")]

            marked = await client.text_document_document_highlight_async(
                types.DocumentHighlightParams(document, position)
            )
            assert len(marked or ()) == 2

            symbols = await client.text_document_document_symbol_async(
                types.DocumentSymbolParams(document)
            )
            assert [it.name for it in symbols or ()][-1] == "AWS access"
            everywhere = await client.workspace_symbol_async(types.WorkspaceSymbolParams("billing"))
            assert [it.name for it in everywhere or ()] == ["Billing"]

            everything = types.Range(types.Position(0, 0), types.Position(999, 0))
            hints = await client.text_document_inlay_hint_async(
                types.InlayHintParams(document, everything)
            )
            assert [it.label for it in hints or ()] == [
                "aws_iam_group",
                "aws_iam \N{RIGHTWARDS ARROW} 2 targets",
            ]
            (lens,) = (
                await client.text_document_code_lens_async(types.CodeLensParams(document)) or ()
            )
            assert lens.command is not None
            shown = await client.workspace_execute_command_async(
                types.ExecuteCommandParams(lens.command.command, lens.command.arguments)
            )
            assert str(shown).startswith("**AWS access**")
            for name, arguments, beginning in (
                ("symlint.graph", [document.uri], "flowchart LR"),
                ("symlint.trace", [document.uri, position.line, position.character], "```hcl"),
            ):
                text = await client.workspace_execute_command_async(
                    types.ExecuteCommandParams(name, arguments)
                )
                assert str(text).startswith(beginning)

            edit = await client.text_document_rename_async(
                types.RenameParams(document, position, "aws")
            )
            editor.apply(edit)
            assert "strategy_id = sym_strategy.aws.id" in editor.texts[path]
            assert "  to   = sym_strategy.aws\n" in editor.texts[path]
            await editor.diagnostics(path)
            editor.change(path, "strategy_id = sym_strategy.aws.id", "strategy_id = ")
            behind = editor.at(path, "strategy_id = ", 14)
            offered = await client.text_document_completion_async(
                types.CompletionParams(document, behind)
            )
            assert isinstance(offered, types.CompletionList)
            best = min(offered.items, key=lambda it: it.sort_text or "")
            assert best.label == "sym_strategy.aws.id"
            assert isinstance(best.text_edit, types.TextEdit)
            assert best.text_edit.range == types.Range(behind, behind)

            nowhere = types.HoverParams(document, types.Position(0, 0))
            assert await client.text_document_hover_async(nowhere) is None

    run(work())
