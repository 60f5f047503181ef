"""Questions about places, over the protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor import editing, run
from lsprotocol import types
from opened import copy

if TYPE_CHECKING:
    from pathlib import Path


def test_an_editor_asks_about_a_place(tmp_path: Path) -> None:
    path = copy(tmp_path, "aws_iam") / "flow.tf"

    async def work() -> None:
        async with editing() as editor:
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

            editor.change(path, "strategy_id = sym_strategy.iam.id", "strategy_id = ")
            behind = editor.at(path, "strategy_id = ", 14)
            offered = await client.text_document_completion_async(
                types.CompletionParams(document, behind)
            )
            assert isinstance(offered, types.CompletionList)
            best = min(offered.items, key=lambda it: it.sort_text or "")
            assert best.label == "sym_strategy.iam.id"
            assert isinstance(best.text_edit, types.TextEdit)
            assert best.text_edit.range == types.Range(behind, behind)

            nowhere = types.HoverParams(document, types.Position(0, 0))
            assert await client.text_document_hover_async(nowhere) is None

    run(work())
