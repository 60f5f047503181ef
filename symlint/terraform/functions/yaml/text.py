"""Finding where things in a line of YAML end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.terraform.functions.yaml.scalars import (
    UnsupportedYAMLError,
    double_quoted,
    single_quoted,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from symlint.terraform.values.value import Value


def is_plain(text: str) -> bool:
    """Whether a document has only characters that mean the same to every reader of YAML."""
    if text.isascii() and text.isprintable():
        return True
    return not any(
        (character < " " and character not in "\n\t") or "\x7f" <= character <= "\x9f"
        or character in "\u2028\u2029\ufeff" or "\ufffe" <= character <= "\uffff"
        for character in text.replace("\r\n", "\n")
    )  # fmt: skip  # as many a line as fit


def begins_item(text: str) -> bool:
    return text == "-" or text.startswith("- ")


def is_surely_text(pieces: Sequence[str]) -> bool:
    """Whether a scalar over several lines is surely a string."""
    return pieces[0][:1].isalpha() or " " in pieces[0]


def node_count(value: Value) -> int:
    content = value.content
    if isinstance(content, tuple):
        return 1 + sum(map(node_count, content))
    return 1 + sum(map(node_count, content.values())) if isinstance(content, dict) else 1


def key_end(text: str) -> int | None:
    """Where the colon after the key at the beginning of a line stands; None without a key."""
    if text[:1] in ("'", '"'):
        read = single_quoted if text[0] == "'" else double_quoted
        try:
            end = read(text, 0)[1]
        except UnsupportedYAMLError:
            return None
        after = text[end:].lstrip(" ")
        colon = len(text) - len(after)
        return colon if after == ":" or after.startswith(": ") else None
    if text[:1] in ("[", "{", "|", ">", "#"):
        return None
    position = 0
    while True:
        position = text.find(":", position)
        if position < 0:
            return None
        if text[position + 1 : position + 2] in ("", " "):
            break
        position += 1
    return None if " #" in text[:position] else position


def plain_text(text: str, continued: bool = False) -> str:
    """A plain scalar up to the end of its line or a comment."""
    first, second = text[0], text[1:2]
    if not continued and (first in ",[]{}#&*!|>'\"%@`" or (first in "?:-" and second in ("", " "))):
        raise UnsupportedYAMLError("a plain scalar begins with an indicator")
    comment = text.find(" #")
    text = (text if comment < 0 else text[:comment]).rstrip(" ")
    if ": " in text or text.endswith(":") or "\t" in text:
        raise UnsupportedYAMLError("a plain scalar has a colon")
    return text


def flow_plain(text: str) -> str:
    """A plain scalar inside brackets or braces, trailing spaces included."""
    if text[0] in ",:#&*!|>'\"%@`?" or (text[0] == "-" and text[1:2] in ("", " ", ",", "]", "}")):
        raise UnsupportedYAMLError("a plain scalar begins with an indicator")
    for position, character in enumerate(text):
        following = text[position + 1 : position + 2]
        if character in ",[]{}" or (character == ":" and following in ("", " ")):
            return text[:position]
        if character == "#" and text[position - 1] == " ":
            return text[:position]
        if character in "?\t" or (character == ":" and following in ",]}"):
            raise UnsupportedYAMLError("a plain scalar has an indicator")
    return text


def block_text(lines: Sequence[str], literal: bool, chomp: str, ended: bool) -> str:
    """The text of a block scalar from its lines without their indentation.

    ``ended`` is false when the text stops without a line break.
    """
    count = len(lines)
    while count and not lines[count - 1]:
        count -= 1
    trailing = len(lines) - count
    body = list(lines[:count])
    text = "\n".join(body) if literal else _folded_block(body)
    if not body:
        return "\n" * trailing if chomp == "+" else ""
    if chomp == "-" or not (ended or trailing):
        return text
    return text + "\n" * (1 + trailing if chomp == "+" else 1)


def _folded_block(lines: Sequence[str]) -> str:
    """Lines joined with spaces, empty lines kept as breaks; more indented lines are not folded."""
    if any(line[:1] in (" ", "\t") for line in lines):
        raise UnsupportedYAMLError("a folded scalar with indented lines is not read here")
    pieces: list[str] = []
    breaks = 0
    for line in lines:
        if not line:
            breaks += 1
            continue
        if pieces:
            pieces.append("\n" * breaks if breaks else " ")
        else:
            pieces.append("\n" * breaks)
        pieces.append(line)
        breaks = 0
    return "".join(pieces)
