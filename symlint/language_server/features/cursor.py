"""What a place in a file of Terraform's is in: blocks, arguments, an expression and its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from symlint.hcl.nodes import Attribute, Block, For, TemplateFor, Traversal
from symlint.hcl.walk import child_at, children
from symlint.named_tuple import NamedTuple
from symlint.source.text import Range
from symlint.terraform.modules.sites import iterator_name

if TYPE_CHECKING:
    from symlint.hcl.nodes import Label, Node
    from symlint.hcl.results import ParsedFile

    N = TypeVar("N", bound=Node)


class Cursor(NamedTuple):
    """A place. ``nodes`` are those that it lies in, from the whole file to the smallest."""

    file: ParsedFile
    offset: int
    nodes: tuple[Node, ...]

    @property
    def path(self) -> str:
        """The path of the file."""
        return self.file.source.path

    @property
    def block(self) -> Block | None:
        """The outermost block."""
        return next((it for it in self.nodes if isinstance(it, Block)), None)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks, from the outermost to the innermost."""
        return tuple(it for it in self.nodes if isinstance(it, Block))

    @property
    def attribute(self) -> Attribute | None:
        """The argument of the innermost block."""
        return self.inner(Attribute)

    def inner(self, kind: type[N]) -> N | None:
        """The smallest node of a kind."""
        return next((it for it in reversed(self.nodes) if isinstance(it, kind)), None)

    @property
    def traversal(self) -> Traversal | None:
        """The reference that the place is in, unless its first name is bound around it."""
        node = self.inner(Traversal)
        return None if node is None or node.root in self._bound(node) else node

    def _bound(self, reference: Traversal) -> set[str]:
        """The names that ``for`` and ``dynamic`` bind around a reference."""
        names: set[str] = set()
        for node in self.nodes:
            if isinstance(node, (For, TemplateFor)):
                collection = node.collection
                if not collection.start <= reference.start < collection.end:
                    names |= {node.value_name, node.key_name or ""}
            elif isinstance(node, Block) and node.type == "dynamic" and node.labels:
                for_each = node.body.attribute("for_each")
                if for_each is None or not for_each.start <= reference.start < for_each.end:
                    names.add(iterator_name(node) or node.labels[0].value)
        return names


def cursor_at(file: ParsedFile, offset: int) -> Cursor:
    """What a place lies in; right behind a name, what lies before it."""
    found = _nodes(file, offset)
    text = file.source.text
    before = text[offset - 1 : offset]
    is_behind = before.isalnum() or before in ("_", "-", '"', "]")
    following = text[offset : offset + 1]
    if is_behind and not (following.isalnum() or following in ("_", "-")):
        earlier = _nodes(file, offset - 1)
        if len(earlier) > len(found):
            return Cursor(file, offset - 1, earlier)
    return Cursor(file, offset, found)


def _nodes(file: ParsedFile, offset: int) -> tuple[Node, ...]:
    found: list[Node] = []
    node: Node | None = file.body
    while node is not None:
        found.append(node)
        node = child_at(children(node), offset)
    return tuple(found)


def label_range(label: Label) -> Range:
    """The text of a label, without quotes."""
    quoted = label.source.text.startswith('"', label.start) and label.end - label.start > 1
    return Range(label.source, label.start + quoted, label.end - quoted)
