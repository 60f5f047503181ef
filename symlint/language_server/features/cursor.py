"""What a place in a file of Terraform's is in: blocks, arguments, an expression and its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from symlint.hcl.nodes import Attribute, Block
from symlint.hcl.walk import child_at, children
from symlint.named_tuple import NamedTuple
from symlint.source.text import Range

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
    def is_in_prompt_field(self) -> bool:
        """Whether the innermost block is a prompt field; there may be none, as in variable files."""
        return bool(self.blocks) and self.blocks[-1].type == "prompt_field"

    @property
    def attribute(self) -> Attribute | None:
        """The argument of the innermost block."""
        return self.inner(Attribute)

    def inner(self, kind: type[N]) -> N | None:
        """The smallest node of a kind."""
        return next((it for it in reversed(self.nodes) if isinstance(it, kind)), None)


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


def word_at(text: str, offset: int, others: str = "_") -> tuple[int, int]:
    """Where the word begins and ends that a place is in or at: letters, digits and some others."""
    start = end = offset
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in others):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] in others):
        end += 1
    return start, end


def label_range(label: Label) -> Range:
    """The text of a label, without quotes."""
    quoted = label.source.text.startswith('"', label.start) and label.end - label.start > 1
    return Range(label.source, label.start + quoted, label.end - quoted)
