"""``yamldecode`` for the part of YAML that configurations use.

Block and flow collections, plain, quoted and block scalars, comments, anchors, aliases and merge
keys are read. All else - tags, dates, complex keys, directives, several documents, and whatever
may be invalid - makes the result unknown: a decoder that guesses would be worse than none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.hcl.native.strings import normalized
from symlint.terraform.functions.calls import Call, Function, Parameter
from symlint.terraform.functions.encoding.round_trips import decoding
from symlint.terraform.functions.yaml.reader import YAMLReader
from symlint.terraform.functions.yaml.scalars import UnsupportedYAMLError, plain_scalar
from symlint.terraform.functions.yaml.text import (
    begins_item,
    flow_plain,
    is_plain,
    is_surely_text,
    key_end,
    plain_text,
)
from symlint.terraform.values.types import ANY, STRING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.terraform.values.value import Value

_MOST_NESTING: Final = 100


class _Parser(YAMLReader):
    """Reads one document: what stands where, block by block."""

    # --- documents and nodes ---

    def document(self) -> Value:
        while self.number < len(self.raw):
            line = self.raw[self.number]
            if line.startswith("---") and self._is_marker(line):
                self.column = 3
                break
            if line.strip(" ") and not line.lstrip(" ").startswith("#"):
                break
            self.number += 1
        else:
            raise self.call.error("on line 1, column 1: missing start of document")
        if self.rest().startswith("%"):
            raise UnsupportedYAMLError("directives are not read here")
        value = self.node(-1, 0)
        if self.skip_blank():
            raise UnsupportedYAMLError("something follows the value")
        return value

    def node(self, parent: int, depth: int, in_sequence_of: int | None = None) -> Value:
        """The value at the current place, indented more than ``parent``.

        A block sequence may also stand at the indentation of the mapping it is the value of:
        ``in_sequence_of``.
        """
        self.call.spend(1)
        if depth > _MOST_NESTING:
            raise UnsupportedYAMLError("it nests too deeply")
        same_line = self.number
        anchor = None
        if not self.skip_blank():
            return self.call.value(ANY, None)
        if self.number == same_line and self.rest().startswith("&"):
            anchor = self.name_after("&")
            if not self.skip_blank():
                raise UnsupportedYAMLError("an anchor of nothing is not read here")
        value = self.value(parent, depth, same_line, in_sequence_of)
        if anchor is not None:
            self.anchors[anchor] = value
        return value

    def value(self, parent: int, depth: int, same_line: int, in_sequence_of: int | None) -> Value:
        column, text = self.column, self.rest()
        fresh = self.number != same_line or self.at_line_start()
        if fresh and begins_item(text) and (column > parent or column == in_sequence_of):
            return self.sequence(column, depth)
        if fresh and column <= parent:
            return self.call.value(ANY, None)
        if fresh and self.is_key():
            return self.mapping(column, depth)
        if text[0] in "|>":
            return self.block_scalar(parent)
        if text[0] in "[{":
            value = self.flow(depth)
        elif text[0] == "*":
            value = self.alias()
        elif text[0] in "'\"":
            value = self.call.value(STRING, normalized(self.quoted(parent)))
        else:
            return self.plain(parent)
        self.end_of_line()
        return value

    # --- block collections ---

    def sequence(self, column: int, depth: int) -> Value:
        elements: list[Value] = []
        while True:
            self.column = column + 1
            elements.append(self.item(column, depth))
            if not self.skip_blank() or self.column < column:
                return self.sequence_value(elements)
            if self.column > column or not begins_item(self.rest()):
                if self.column == column:
                    return self.sequence_value(elements)
                raise UnsupportedYAMLError("a line is indented too far")

    def item(self, column: int, depth: int) -> Value:
        """The value after a dash; a collection may begin on the same line."""
        line = self.number
        if not self.skip_blank() or (self.number != line and self.column <= column):
            return self.call.value(ANY, None)
        if self.number == line:
            text = self.rest()
            if begins_item(text):
                return self.sequence(self.column, depth + 1)
            if self.is_key():
                return self.mapping(self.column, depth + 1)
        return self.node(column, depth + 1)

    def mapping(self, column: int, depth: int) -> Value:
        items: dict[str, Value] = {}
        while True:
            self.column = column
            if not self.is_key():
                raise UnsupportedYAMLError("a line is not a key with its value")
            key, merge = self.key()
            if merge:
                self.merge(items, self.node(column, depth + 1))
            else:
                items[key] = self.node(column, depth + 1, in_sequence_of=column)
            if not self.skip_blank() or self.column < column:
                return self.mapping_value(items)
            if self.column > column:
                raise UnsupportedYAMLError("a line is indented too far")
            if begins_item(self.rest()):
                return self.mapping_value(items)

    def merge(self, items: dict[str, Value], value: Value) -> None:
        for one in value.elements if value.elements is not None else (value,):
            if one.items is None:
                raise UnsupportedYAMLError("only mappings can be merged")
            items.update(one.items)

    def is_key(self) -> bool:
        """Whether a key and its colon stand at the current place."""
        return key_end(self.rest()) is not None

    def key(self) -> tuple[str, bool]:
        """The key at the current place, and whether it is the merge key; goes past the colon."""
        rest = self.rest()
        end = key_end(rest)
        assert end is not None
        text = rest[:end].rstrip(" ")
        self.column += end + 1
        return self.key_text(text)

    # --- scalars ---

    def plain(self, parent: int) -> Value:
        """A plain scalar; lines that are indented more than ``parent`` belong to it."""
        text = plain_text(self.rest())
        commented = len(text) < len(self.rest().rstrip(" "))
        self.number += 1
        self.column = 0
        pieces = [text]
        breaks = 1
        while self.number < len(self.raw) and not commented:
            line = self.raw[self.number]
            stripped = line.strip(" ")
            if not stripped:
                breaks += 1
                self.number += 1
                continue
            indent = len(line) - len(line.lstrip(" "))
            if indent <= parent or stripped.startswith("#") or line[:3] in ("---", "..."):
                break
            if key_end(stripped) is not None or "\t" in stripped:
                raise UnsupportedYAMLError("a key is indented too far")
            more = plain_text(stripped, continued=True)
            commented = len(more) < len(stripped)
            pieces.append("\n" * (breaks - 1) if breaks > 1 else " ")
            pieces.append(more)
            breaks = 1
            self.number += 1
        if len(pieces) > 1:
            return (
                self.call.value(STRING, normalized("".join(pieces)))
                if is_surely_text(pieces)
                else self.refuse()
            )
        return plain_scalar(text, self.call)

    def refuse(self) -> Value:
        raise UnsupportedYAMLError("a value over several lines is not read here")

    # --- flow collections ---

    def flow(self, depth: int) -> Value:
        self.call.spend(1)
        if depth > _MOST_NESTING:
            raise UnsupportedYAMLError("it nests too deeply")
        opening = self.rest()[0]
        self.column += 1
        elements: list[Value] = []
        items: dict[str, Value] = {}
        closing = "]" if opening == "[" else "}"
        while True:
            self.flow_space()
            if self.rest().startswith(closing):
                self.column += 1
                return (
                    self.sequence_value(elements) if opening == "[" else self.mapping_value(items)
                )
            if opening == "[":
                elements.append(self.flow_node(depth))
                self.flow_space()
                if self.rest().startswith(":"):
                    raise UnsupportedYAMLError("single pairs are not read here")
            else:
                self.flow_pair(items, depth)
            self.flow_space()
            if self.rest().startswith(","):
                self.column += 1
            elif not self.rest().startswith(closing):
                raise UnsupportedYAMLError("a comma is missing")

    def flow_space(self) -> None:
        if not self.skip_blank():
            raise UnsupportedYAMLError("a flow collection does not end")

    def flow_node(self, depth: int) -> Value:
        text = self.rest()
        if text[0] in "[{":
            return self.flow(depth + 1)
        if text[0] == "*":
            return self.alias()
        if text[0] == "&":
            anchor = self.name_after("&")
            self.flow_space()
            self.anchors[anchor] = value = self.flow_node(depth + 1)
            return value
        if text[0] in "'\"":
            return self.call.value(STRING, normalized(self.quoted(-1)))
        plain = flow_plain(text)
        self.column += len(plain)
        return plain_scalar(plain.rstrip(" "), self.call)

    def flow_pair(self, items: dict[str, Value], depth: int) -> None:
        text = self.rest()
        if text[0] in "'\"":
            key, merge = normalized(self.quoted(-1)), False
        else:
            plain = flow_plain(text)
            self.column += len(plain)
            key, merge = self.key_text(plain.rstrip(" "))
        self.flow_space()
        if not self.rest().startswith(":"):
            if merge or not self.rest().startswith((",", "}")):
                raise UnsupportedYAMLError("a key has no value")
            items[key] = self.call.value(ANY, None)
            return
        self.column += 1
        self.flow_space()
        if self.rest().startswith((",", "}")):
            value = self.call.value(ANY, None)
        else:
            value = self.flow_node(depth)
        if merge:
            self.merge(items, value)
        else:
            items[key] = value


def _yaml_decode(call: Call) -> Value:
    text = call.text(0)
    call.spend(len(text))
    try:
        if not is_plain(text):
            raise UnsupportedYAMLError("it has control characters or unusual line breaks")
        return _Parser(text, call).document()
    except UnsupportedYAMLError as error:
        return call.unknown(f"the YAML text is not read here: {error}")


FUNCTIONS: Final[Mapping[str, Function]] = {
    "yamldecode": Function(
        decoding(_yaml_decode, "yamlencode", "jsonencode"),
        (Parameter("src", STRING, unknown=True),),
        ANY,
    ),
}
