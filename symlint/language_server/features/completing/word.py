"""The word that is being written, and what may be written in its place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal, TypeAlias

from symlint.language_server.features.names import directories_of
from symlint.named_tuple import NamedTuple
from symlint.source.text import Range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.hcl.nodes import Literal as LiteralNode
    from symlint.language_server.features.cursor import Cursor
    from symlint.source.text import SourceFile
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.terraform.modules.declarations import Module, ModuleCall, VariableDeclaration

ItemKind: TypeAlias = Literal["class", "property", "value", "reference", "variable", "function"]


class Item(NamedTuple):
    """Something to write in place of ``range``. ``first`` ones come before the others."""

    label: str
    kind: ItemKind
    range: Range
    detail: str = ""
    documentation: str = ""
    first: bool = False


class Word(NamedTuple):
    """A word from ``start`` to ``end`` of a file; ``cursor`` is in what stands for it in ``sym``."""

    sym: SymConfiguration
    cursor: Cursor
    source: SourceFile
    start: int
    end: int

    def item(
        self,
        label: str,
        kind: ItemKind,
        detail: str = "",
        documentation: str = "",
        *,
        first: bool = False,
    ) -> Item:
        """Something to write in place of the word."""
        range_ = Range(self.source, self.start, self.end)
        return Item(label, kind, range_, detail, documentation, first)

    def text(self, label: str, detail: str, literal: LiteralNode) -> Item:
        """Something to write in place of the whole text in quotes that the word is in."""
        start = literal.start + 1
        line_end = self.source.text.find("\n", self.end)
        rest = self.source.text[self.end : None if line_end < 0 else line_end]
        quote = rest.find('"')
        return Item(label, "value", Range(self.source, start, self.end + max(quote, 0)), detail)

    @property
    def module(self) -> Module | None:
        """The module that the file belongs to."""
        return self.sym.terraform.called.modules.get(os.path.dirname(self.cursor.path))

    @property
    def call(self) -> ModuleCall | None:
        """The module call that the word is in."""
        block, module = self.cursor.block, self.module
        if block is None or block.type != "module" or not block.labels or module is None:
            return None
        return module.calls.get(block.labels[0].value)

    def variables_of_call(self) -> Iterator[VariableDeclaration]:
        """The variables of the module that is called, where its code is here."""
        call, called = self.call, self.sym.terraform.called
        for directory in () if call is None else directories_of(called, call)[:1]:
            yield from called.modules[directory].variables.values()
