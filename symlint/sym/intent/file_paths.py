"""The files that functions read: paths that resolve elsewhere, and files that cannot be read."""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING
from symlint.hcl.nodes import Call, Literal, Template, Traversal
from symlint.hcl.walk import walk
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.hcl.nodes import Expression, Node
    from symlint.source.text import Range
    from symlint.sym.model.views import Lookup
    from symlint.terraform.instances.module_instance import ModuleInstance


class ModulePath(NamedTuple):
    """A relative path that a child module writes; ``found`` is whether the root has such a file.

    ``reader`` is the function or argument that takes it.
    """

    range: Range
    reader: str
    path: str
    module: ModuleInstance
    found: bool


def module_paths(sym: Lookup) -> Iterator[ModulePath]:
    """The relative paths in child modules of files that the module has, each text once."""
    seen = set()
    for module in sym.module_instances:
        if (
            module.is_root
            or module.directory in seen
            or module.directory == sym.terraform.directory
        ):
            continue
        seen.add(module.directory)
        for body in module.module.bodies:
            text = body.source.text
            for item in body.items:
                if "file" in text[item.start : item.end]:
                    yield from _calls(item, module)
        for (kind, _), declaration in module.module.resources.items():
            written = declaration.attributes.get("implementation")
            if kind in ("sym_flow", "sym_strategy") and written is not None:
                yield from _path(written.value, "implementation", module)


class UnreadFile(NamedTuple):
    """A call of a function that reads a file, and why the file cannot be looked at."""

    range: Range
    reason: str


def unread_files(sym: Lookup) -> Iterator[UnreadFile]:
    """The calls of functions that read files which cannot be looked at, each text once."""
    seen = set()
    for module in sym.module_instances:
        if module.directory in seen:
            continue
        seen.add(module.directory)
        for body in module.module.bodies:
            text = body.source.text
            for item in body.items:
                if "file" in text[item.start : item.end]:
                    yield from _unread(item, module)


def _unread(item: Node, module: ModuleInstance) -> Iterator[UnreadFile]:
    for node in walk(item):
        if type(node) is not Call or node.name not in _READERS or not node.arguments:
            continue
        if any(type(it) is Traversal and it.root not in _FREE for it in walk(node.arguments[0])):
            continue  # what differs from instance to instance is evaluated with each of them
        path = module.scope.evaluate(node.arguments[0])
        if path.string is not None:
            if path.string.startswith("~") or module.files.exists(path.string) is None:
                yield UnreadFile(node.range, "the file is outside of the configuration")
        elif path.unknown is not None and path.unknown.kind != "error":
            yield UnreadFile(node.range, path.unknown.reason)


_FREE = frozenset(("path", "var", "local", "terraform"))
"""What names the same thing wherever it stands in a module."""


def _calls(item: Node, module: ModuleInstance) -> Iterator[ModulePath]:
    for node in walk(item):
        if type(node) is Call and node.name in _READERS and node.arguments:
            yield from _path(node.arguments[0], node.name, module)


_READERS = frozenset(
    ("file", "filebase64", "filebase64sha256", "filebase64sha512", "filemd5", "filesha1",
     "filesha256", "filesha512", "templatefile")
)  # fmt: skip  # as many a line as fit


def _path(expression: Expression, reader: str, module: ModuleInstance) -> Iterator[ModulePath]:
    """The path that an expression spells out, if it leads past a file of the module."""
    leading = expression
    if type(expression) is Template and expression.parts and not expression.heredoc:
        part = expression.parts[0]
        if type(part) is not Literal:
            return
        leading = part
    if type(leading) is not Literal or not isinstance(leading.value, str):
        return
    path = module.scope.evaluate(expression).string
    if not path or path.startswith(("/", "~")) or "\n" in path or "\0" in path:
        return
    if reader == "implementation" and not path.endswith(".py"):
        return
    own = os.path.relpath(module.directory, module.files.root_directory)
    if module.files.exists(f"{own}/{path}"):
        found = bool(module.files.exists(path))
        yield ModulePath(expression.range, reader, path, module, found)
