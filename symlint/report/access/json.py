"""The access inventory for programs; ``symlint access --schema`` describes the shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from symlint.report.escape import json_text, neutralise, without_surrogates
from symlint.report.places import relative_path

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from symlint.lint.access.documents import (
        AnswerDocument,
        CellDocument,
        FlowNameDocument,
        GrantDocument,
        InventoryDocument,
        PartDocument,
        PlaceDocument,
    )
    from symlint.lint.access.inventory import Inventory, RootGrants
    from symlint.lint.access.questions.answer import Answer, FlowName, Part
    from symlint.report.access.layout import Layout
    from symlint.report.options import RenderOptions
    from symlint.source.text import Range
    from symlint.sym.access.cells import Cell
    from symlint.sym.access.grants import Grant


def render(inventory: Inventory, options: RenderOptions, layout: Layout) -> str:
    """An inventory as one JSON object; the same whatever it is ordered by."""
    return json_text(document(inventory, layout.answers, options.directory)) + "\n"


def document(inventory: Inventory, answers: Sequence[Answer], directory: str) -> InventoryDocument:
    """An inventory as plain data; paths are relative to ``directory``."""
    said = _Saying(inventory.hide, directory)
    return {
        "version": 1,
        "grants": [said.grant(root, grant) for root, grant in inventory.grants],
        "questions": [said.answer(answer) for answer in answers],
        "doubts": inventory.doubts,
        "failures": [
            {"path": said.path(it.path), "message": neutralise(it.message)}
            for it in inventory.failures
        ],
    }


class _Saying:
    """Says things without secrets."""

    def __init__(self, hide: Callable[[str], str], directory: str) -> None:
        self._hide = hide
        self._directory = directory
        self._cells: dict[int, CellDocument] = {}
        """What is said of a cell by its identity; many grants may have it in common."""
        self._texts: dict[str, str] = {}

    def text(self, text: str) -> str:
        known = self._texts.get(text)
        if known is None:
            known = self._texts[text] = neutralise(self._hide(text))
        return known

    def path(self, path: str) -> str:
        return without_surrogates(relative_path(path, self._directory))

    def data(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, (tuple, list)):
            return [self.data(it) for it in value]
        if isinstance(value, dict):
            return {self.text(key): self.data(it) for key, it in value.items()}
        return value

    def grant(self, root: RootGrants, grant: Grant) -> GrantDocument:
        document: GrantDocument = {
            "root": self.path(root.directory),
            "variable_files": self.text(root.variable_files) or None,
            "flow": {
                "name": self.text(grant.flow),
                "label": self.text(grant.label) or None,
                "address": self.text(grant.address),
            },
            "target": {
                "type": self.text(grant.target_type),
                "name": self.text(grant.target),
                "label": self.text(grant.target_label) or None,
            }
            if grant.target
            else None,
        }
        cells = {name: self.cell(cell) for name, cell in grant.cells.items()}
        return cast("GrantDocument", {**document, **cells})

    def cell(self, cell: Cell) -> CellDocument:
        if id(cell) not in self._cells:
            self._cells[id(cell)] = self._cell(cell)
        return self._cells[id(cell)]

    def _cell(self, cell: Cell) -> CellDocument:
        return {
            "text": self.text(cell.text),
            "state": cell.state,
            "value": self.data(cell.value),
            "reason": self.text(cell.reason) or None,
            "code": list(cell.code),
            "evidence": [self._place(it) for it in cell.evidence],
        }

    def answer(self, answer: Answer) -> AnswerDocument:
        return {
            "name": answer.name,
            "question": answer.question,
            "verdict": answer.verdict,
            "text": self.text(answer.text),
            "parts": [self._part(it) for it in answer.parts],
        }

    def _part(self, part: Part) -> PartDocument:
        return {
            "verdict": part.verdict,
            "about": self.text(part.about) or None,
            "text": self.text(part.text),
            "flows": [self._flow(it) for it in part.flows],
            "targets": [
                {"type": self.text(it.type), "name": self.text(it.name)} for it in part.targets
            ],
        }

    def _flow(self, name: FlowName) -> FlowNameDocument:
        return {
            "root": self.path(name.directory),
            "variable_files": self.text(name.variable_files) or None,
            "name": self.text(name.name),
            "address": self.text(name.address),
        }

    def _place(self, range_: Range) -> PlaceDocument:
        start = range_.start_position
        return {"path": self.path(range_.path), "line": start.line, "column": start.column}
