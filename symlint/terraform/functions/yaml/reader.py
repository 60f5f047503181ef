"""Line-based YAML reader: position, comments, quoted strings and block scalars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.hcl.native.strings import normalized
from symlint.terraform.functions.yaml.scalars import (
    UnsupportedYAMLError,
    double_quoted,
    plain_scalar,
    single_quoted,
)
from symlint.terraform.functions.yaml.text import block_text, node_count
from symlint.terraform.values.conversion import primitive_text, type_of
from symlint.terraform.values.types import STRING, object_of, tuple_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from symlint.terraform.functions.calls import Call
    from symlint.terraform.values.value import Value

_MOST_ALIASED: Final = 10_000


class YAMLReader:
    """Goes over a document line by line; columns are counted from 0."""

    def __init__(self, text: str, call: Call) -> None:
        self.call = call
        self.raw = text.replace("\r\n", "\n").split("\n")
        self.number = 0
        self.column = 0
        self.anchors: dict[str, Value] = {}
        self.aliased = 0

    # --- lines ---

    def rest(self) -> str:
        """What is left of the current line."""
        return self.raw[self.number][self.column :] if self.number < len(self.raw) else ""

    def skip_blank(self) -> bool:
        """Go to the next text; false at the end of the document."""
        while self.number < len(self.raw):
            line = self.raw[self.number]
            text = line[self.column :]
            stripped = text.lstrip(" ")
            if self.column == 0 and line[:3] in ("---", "...") and self._is_marker(line):
                self._end_document(line)
                return False
            if stripped.startswith("\t"):
                raise UnsupportedYAMLError("tabs are not read here")
            if stripped and not self._is_comment(line, len(line) - len(stripped)):
                self.column = len(line) - len(stripped)
                return True
            self.number += 1
            self.column = 0
        return False

    def _end_document(self, line: str) -> None:
        """Go to the end. Raises UnsupportedYAMLError when there is more than one document."""
        rest = [line[3:], *self.raw[self.number + 1 :]]
        if line.startswith("---") or any(text.strip(" ") for text in rest):
            raise UnsupportedYAMLError("several documents are not read here")
        self.number = len(self.raw)
        self.column = 0

    @staticmethod
    def _is_marker(line: str) -> bool:
        return len(line) == 3 or line[3] in " \t"

    @staticmethod
    def _is_comment(line: str, column: int) -> bool:
        return line[column] == "#" and (column == 0 or line[column - 1] in " \t")

    def at_line_start(self) -> bool:
        """Whether only indentation stands before the current place."""
        return not self.raw[self.number][: self.column].strip(" ")

    def end_of_line(self) -> None:
        """Go to the next line. Raises UnsupportedYAMLError when more than a comment is left."""
        rest = self.rest()
        if rest.strip(" ") and not (rest.startswith(" ") and rest.lstrip(" ").startswith("#")):
            raise UnsupportedYAMLError("something follows a value on its line")
        self.number += 1
        self.column = 0

    def name_after(self, sign: str) -> str:
        """The name of an anchor or alias at the current place."""
        rest = self.rest()
        end = 1
        while end < len(rest) and (
            rest[end].isascii() and (rest[end].isalnum() or rest[end] in "_-")
        ):
            end += 1
        if end == 1 or rest[end : end + 1] not in ("", " ", ",", "]", "}"):
            raise UnsupportedYAMLError(f"a name after {sign} is not read here")
        self.column += end
        return rest[1:end]

    def alias(self) -> Value:
        name = self.name_after("*")
        if name not in self.anchors:
            raise UnsupportedYAMLError("an alias has no anchor")
        value = self.anchors[name]
        self.aliased += node_count(value)
        if self.aliased > _MOST_ALIASED:
            raise UnsupportedYAMLError("aliases make it too large")
        return value

    # --- scalars ---

    def key_text(self, text: str) -> tuple[str, bool]:
        if text[:1] in ("'", '"'):
            read = single_quoted if text[0] == "'" else double_quoted
            return normalized(read(text, 0)[0]), False
        if text == "<<":
            return text, True
        if (
            not text
            or "\t" in text
            or text[0] in "?&*!|>%@`[]{},#"
            or (text[0] == "-" and len(text) == 1)
        ):
            raise UnsupportedYAMLError("a key is not read here")
        value = plain_scalar(text, self.call)
        if value.is_null:
            raise UnsupportedYAMLError("a key is null")
        return primitive_text(value), False

    def quoted(self, parent: int) -> str:
        """A quoted string, which may go on over several lines."""
        first = self.number
        text = self.rest()
        read = single_quoted if text[0] == "'" else double_quoted
        while True:
            try:
                value, end = read(text, 0)
                break
            except UnsupportedYAMLError:
                self.number += 1
                if self.number >= len(self.raw) or self.number - first > 1000:
                    raise
                line = self.raw[self.number]
                if line.strip(" ") and len(line) - len(line.lstrip(" ")) <= parent:
                    raise
                self.call.spend(len(text) // 16)
                text += "\n" + line
        last = text.rfind("\n", 0, end)
        self.column = end - last - 1 if last >= 0 else self.column + end
        return value

    def block_scalar(self, parent: int) -> Value:
        """``|`` or ``>`` with its indicators, and the lines after it."""
        header = self.rest().partition(" #")[0].rstrip(" ")
        literal, indicators = header[0] == "|", header[1:]
        chomp = "-" if "-" in indicators else "+" if "+" in indicators else ""
        explicit = indicators.replace("-", "", 1).replace("+", "", 1)
        if explicit and (len(explicit) != 1 or explicit not in "123456789"):
            raise UnsupportedYAMLError("the indicators of a block scalar are not read here")
        self.number += 1
        self.column = 0
        indent = max(parent, 0) + int(explicit) if explicit else None
        lines: list[str] = []
        while self.number < len(self.raw):
            line = self.raw[self.number]
            spaces = len(line) - len(line.lstrip(" "))
            if line.strip(" "):
                if indent is None:
                    indent = spaces
                    if indent < max(parent + 1, 1):
                        break
                if spaces < indent:
                    if spaces > parent and not line.lstrip(" ").startswith("#"):
                        raise UnsupportedYAMLError("a line is indented too little")
                    break
                lines.append(line[indent:])
            else:
                lines.append(line[indent:] if indent is not None else "")
                if indent is None and spaces > max(parent, 0) + 1:
                    raise UnsupportedYAMLError("leading blank lines are not read here")
            self.number += 1
        ended = self.number < len(self.raw) or not lines or lines[-1] == ""
        if self.number >= len(self.raw) and lines and lines[-1] == "":
            lines.pop()  # what follows the last line break is no line
        text = block_text(lines, literal, chomp, ended)
        # Terraform looks for numbers and the like here too, and then makes them strings again.
        value = plain_scalar(text, self.call)
        return self.call.value(STRING, None if value.is_null else normalized(primitive_text(value)))

    # --- results ---

    def sequence_value(self, elements: Sequence[Value]) -> Value:
        return self.call.value(tuple_of(element.type for element in elements), (*elements,))

    def mapping_value(self, items: Mapping[str, Value]) -> Value:
        ordered = dict(sorted(items.items()))
        type_ = object_of({name: type_of(item) for name, item in ordered.items()})
        return self.call.value(type_, ordered)
