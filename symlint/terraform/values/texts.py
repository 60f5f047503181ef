"""Texts of which a part is not known: what they consist of, and which characters they can have.

What a provider decides often has a shape that is known: an account id is digits, a UUID has no
blanks. Functions that change nothing in such a text give the text itself, with what it refers to.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.terraform.values.value import Unknown

if TYPE_CHECKING:
    from symlint.terraform.values.value import Piece, Value

DIGITS: Final = "0123456789"
UUID: Final = "0123456789abcdef-"
NO_BLANKS: Final = "".join(map(chr, range(0x21, 0x7F)))
"""The characters of names and ARNs of AWS: those of ASCII that are seen."""


def pieces_of(value: Value) -> tuple[Piece, ...]:
    """What a string consists of; itself where no more is known."""
    content = value.content
    if isinstance(content, str):
        return (content,) if content else ()
    if isinstance(content, Unknown) and content.text is not None and content.text.pieces:
        return content.text.pieces
    return (value,)


def characters_of(piece: Piece) -> str | None:
    """The characters that a text can have, which then is not empty; None where not known."""
    if isinstance(piece, str):
        return piece
    unknown = piece.unknown
    return None if unknown is None or unknown.text is None else unknown.text.characters


def never_has(piece: Piece, characters: str) -> bool:
    """Whether a text surely has none of these characters."""
    own = characters_of(piece)
    return own is not None and not any(character in own for character in characters)


def is_not_empty(value: Value) -> bool:
    """Whether a string surely is neither null nor empty."""
    return any(characters_of(piece) for piece in pieces_of(value))


def differs(value: Value, text: str) -> bool:
    """Whether an unknown string surely is not this text."""
    characters = characters_of(value)
    if characters is None:
        return not text and is_not_empty(value)
    return not text or any(character not in characters for character in text)
