"""Another name for a file of Python: what reads it names it by that."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from symlint.hcl.nodes import Call
from symlint.hcl.walk import walk
from symlint.language_server.features.cursor import cursor_at
from symlint.language_server.features.values import modules_of, values_at
from symlint.lint.finding import Edit
from symlint.source.text import Range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.hcl.nodes import Expression
    from symlint.hcl.results import ParsedFile
    from symlint.language_server.workspace import Snapshot
    from symlint.sym.model.configuration import SymConfiguration


def edits_for_file(snapshot: Snapshot, old: str, new: str) -> list[Edit]:
    """The edits that a file needs which is called something else, in the same folder.

    Nothing is done for a file that is moved: its path may be written in parts.
    """
    if os.path.dirname(old) != os.path.dirname(new):
        return []
    found: dict[Range, Edit] = {}
    for sym in snapshot.configurations_of(old):
        paths = (
            body.source.path for it in sym.terraform.called.modules.values() for body in it.bodies
        )
        for file in filter(None, map(snapshot.parsed, paths)):
            for range_ in _names(sym, file, old):
                found.setdefault(range_, Edit(range_, os.path.basename(new)))
    return list(found.values())


def _names(sym: SymConfiguration, file: ParsedFile, path: str) -> Iterator[Range]:
    """Where calls such as ``file("${path.module}/impl.py")`` have the name of a file."""
    name = os.path.basename(path)
    for node in walk(file.body):
        if type(node) is Call and node.name.startswith(("file", "templatefile")) and node.arguments:
            first = node.arguments[0]
            end = first.end - 1
            is_last = first.source.text.endswith(f'{name}"', first.start, first.end)
            if is_last and _leads_to(sym, file, first, path):
                yield Range(first.source, end - len(name), end)


def _leads_to(sym: SymConfiguration, file: ParsedFile, name: Expression, path: str) -> bool:
    cursor = cursor_at(file, name.start)
    texts = {value.string for _, value in values_at(sym, cursor, name)}
    roots = {module.files.root_directory for module in modules_of(sym, file.source.path)}
    paths = (os.path.join(root, text) for root in roots for text in texts if text is not None)
    return any(os.path.normpath(it) == path for it in paths)
