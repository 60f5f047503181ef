"""How Terraform writes strings in messages: quoted, as Go does it."""

from __future__ import annotations

from symlint.annotations import Final

_MOST_CHARACTERS: Final = 2_000


def quoted(text: str) -> str:
    """``text`` as Go's ``%q`` writes it; of a very long one, the beginning."""
    escapes = {
        "\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t",
        "\v": "\\v", "\\": "\\\\", '"': '\\"',
    }  # fmt: skip  # as many a line as fit
    characters = []
    for character in text[:_MOST_CHARACTERS]:
        if character in escapes:
            characters.append(escapes[character])
        elif character.isprintable() or character == " ":
            characters.append(character)
        elif character < "\x80":
            characters.append(f"\\x{ord(character):02x}")
        elif character <= "\uffff":
            characters.append(f"\\u{ord(character):04x}")
        else:
            characters.append(f"\\U{ord(character):08x}")
    return '"' + "".join(characters) + '"'
