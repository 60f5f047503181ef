"""Functions on strings; characters are grapheme clusters where Terraform counts them."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl.native.strings import normalized
from symlint.terraform.functions.calls import Call, Function, Parameter
from symlint.terraform.functions.inspection import wholly_known
from symlint.terraform.functions.text.parts import (
    changed,
    or_pieces,
    replaced,
    split,
    trimmed,
    without_prefix,
    without_suffix,
)
from symlint.terraform.values.sizes import STEPS_PER_PART, steps_of_text
from symlint.terraform.values.texts import pieces_of
from symlint.terraform.values.types import BOOL, NUMBER, STRING, list_of
from symlint.terraform.values.unknowns import concatenation
from symlint.terraform.values.value import Value, composed, has_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from symlint.terraform.functions.text.parts import Pieces
    from symlint.terraform.values.value import Piece, Written

_STRINGS: Final = list_of(STRING)

_SPACES: Final = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""The characters of Go's ``unicode.IsSpace``."""


def upper_character(character: str) -> str:
    """The character's simple upper-case form: one character, unlike ``str.upper``."""
    upper = character.upper()
    return upper if len(upper) == 1 else title_character(character)


def lower_character(character: str) -> str:
    """The character's simple lower-case form: one character, unlike ``str.lower``."""
    return character.lower()[0]


def title_character(character: str) -> str:
    """The character's simple title-case form: one character, unlike ``str.title``."""
    title = character.title()
    return title if len(title) == 1 else character


def _each(change: Callable[[str], str], whole: Callable[[str], str]) -> Callable[[Call], Value]:
    """A function of one string that changes every character for itself.

    ``whole`` does it to a text of ASCII.
    """

    def compute(call: Call) -> Value:
        text = call.text(0)
        if text.isascii():
            return call.string(whole(text))
        call.spend(2 * len(text))
        return call.string("".join(map(change, text)))

    return or_pieces(compute, lambda _, pieces: changed(pieces, change))


def _is_separator(character: str) -> bool:
    """Whether a word may begin after the character, as Go's ``strings.Title`` sees it."""
    if character.isascii():
        return not (character.isalnum() or character == "_")
    return not (character.isalpha() or character.isdecimal()) and character in _SPACES


def _title(call: Call) -> Value:
    text = call.text(0)
    call.spend(3 * len(text))
    characters = [
        title_character(character) if _is_separator(before) else character
        for before, character in zip(" " + text, text, strict=False)
    ]
    return call.string("".join(characters))


def _chomp(call: Call) -> Value:
    return call.string(call.text(0).rstrip("\r\n"))


def _trim_space(call: Call) -> Value:
    return call.string(call.text(0).strip(_SPACES))


def _trim(call: Call) -> Value:
    text, cut = call.text(0), "".join(set(call.text(1)))
    call.spend(len(text) * len(cut) // 512)
    return call.string(text.strip(cut))


def _trim_prefix(call: Call) -> Value:
    return call.string(call.text(0).removeprefix(call.text(1)))


def _trim_suffix(call: Call) -> Value:
    return call.string(call.text(0).removesuffix(call.text(1)))


def _starts_with(call: Call) -> Value:
    if call.text(1) == "":
        return call.boolean(True)
    if call.arguments[0].is_unknown:
        return call.derived()
    return call.boolean(call.text(0).startswith(call.text(1)))


def _ends_with(call: Call) -> Value:
    return call.boolean(call.text(0).endswith(call.text(1)))


def _contains(call: Call) -> Value:
    return call.boolean(call.text(1) in call.text(0))


def _indent(call: Call) -> Value:
    spaces, text = call.integer(0), call.text(1)
    if spaces < 0:
        raise call.error("panic in function implementation: strings: negative Repeat count")
    # Terraform makes the spaces in any case; where it runs out of memory it depends on the machine.
    call.spend(max(1, text.count("\n")) * spaces // (8 if text.isascii() else 2))
    return call.string(text.replace("\n", "\n" + " " * spaces if "\n" in text else ""))


def _split(call: Call) -> Value:
    separator, given = call.text(0), call.arguments[1]
    if given.is_unknown:
        texts = split(pieces_of(given), separator) if separator else None
        if texts is None:
            return call.derived()
        return call.value(_STRINGS, tuple(concatenation(it, call.origin) for it in texts))
    text = call.text(1)
    count = text.count(separator) + 1 if separator else len(text)
    call.spend(count * STEPS_PER_PART * (1 if text.isascii() else 3) + steps_of_text(text))
    pieces = text.split(separator) if separator else text
    elements = tuple(Value(STRING, normalized(piece), call.origin) for piece in pieces)
    return Value(_STRINGS, elements, call.origin)


def _join(call: Call) -> Value:
    lists = call.arguments[1:]
    if not lists:
        raise call.error("at least one list is required")
    if not all(wholly_known(one, call) for one in lists):
        return _joined(call)
    pieces: list[str] = []
    written: list[Written] = []
    for number, one in enumerate(lists, 1):
        for index, element in enumerate(one.elements or ()):
            text = element.string
            if text is None:
                where = f" of list {number}" if len(lists) > 1 else ""
                raise call.error(
                    f"element {index}{where} is null; cannot concatenate null values", number
                )
            pieces.append(text)
            written.append(element.written)
    separator = call.text(0)
    call.spend(sum(map(steps_of_text, pieces)) + steps_of_text(separator) * len(pieces))
    result = call.string(separator.join(pieces))
    return (
        composed(result, _parted(pieces, written, separator))
        if any(map(has_lines, written))
        else result
    )


def _parted(
    pieces: list[str], written: list[Written], separator: str
) -> Iterator[tuple[str, Written]]:
    """The parts of what is joined, separators among them."""
    for number, part in enumerate(zip(pieces, written, strict=True)):
        if number:
            yield separator, None
        yield part


def _joined(call: Call) -> Value:
    """The string of lists of which not all elements are known."""
    pieces: list[Piece] = []
    for one in call.arguments[1:]:
        if one.elements is None or any(element.is_null for element in one.elements):
            return call.derived()
        for element in one.elements:
            if pieces:
                pieces.append(call.text(0))
            pieces.append(element)
    call.spend(len(pieces))
    return concatenation(pieces, call.origin)


def _reverse(call: Call) -> Value:
    from symlint.terraform.functions.text.graphemes import clusters, joined

    return call.string(joined(clusters(call.text(0), call.spend)[::-1]))


def _substring(call: Call) -> Value:
    from symlint.terraform.functions.text.graphemes import clusters, joined

    text, offset, length = call.text(0), call.integer(1), call.integer(2)
    characters = clusters(text, call.spend)
    if offset < 0:
        offset = max(0, offset + len(characters))
    elif length == 0:
        return call.string("")
    rest = characters[offset:]
    # A length of zero after a negative offset is the rest of the string, in Terraform too.
    return call.string(joined(rest[:length] if length > 0 else rest))


def _kept_whole(call: Call, pieces: Pieces) -> Pieces | None:
    """The whole text, where a substring is that: from the first character to the last."""
    return pieces if call.integer(1) == 0 and call.integer(2) < 0 else None


def _replaced(call: Call, pieces: Pieces) -> Pieces | None:
    old = call.text(1)
    is_pattern = len(old) > 1 and old[0] == "/" and old[-1] == "/"
    return None if is_pattern else replaced(pieces, old, call.text(2))


def _replace(call: Call) -> Value:
    text, old, new = call.text(0), call.text(1), call.text(2)
    if len(old) > 1 and old[0] == "/" and old[-1] == "/":
        from symlint.terraform.functions.text.regular_expressions import replace_matches

        return replace_matches(call, old[1:-1])
    made = len(text) + len(new) * (text.count(old) if new else 0)
    call.spend(made // 8 if text.isascii() and new.isascii() else made * 2)
    return call.string(text.replace(old, new))


_STR: Final = Parameter("str", STRING)
_TEXT: Final = Parameter("str", STRING, unknown=True)

FUNCTIONS: Final[Mapping[str, Function]] = {
    "chomp": Function(
        or_pieces(_chomp, lambda _, pieces: trimmed(pieces, "\r\n", left=False)), (_TEXT,), STRING
    ),
    "endswith": Function(_ends_with, (_STR, Parameter("suffix", STRING)), BOOL),
    "indent": Function(_indent, (Parameter("spaces", NUMBER), _STR), STRING),
    "join": Function(
        _join,
        (Parameter("separator", STRING),),
        STRING,
        variadic=Parameter("lists", _STRINGS, unknown=True),
    ),
    "lower": Function(_each(lower_character, str.lower), (_TEXT,), STRING),
    "replace": Function(
        or_pieces(_replace, _replaced),
        (_TEXT, Parameter("substr", STRING), Parameter("replace", STRING)),
        STRING,
    ),
    "split": Function(_split, (Parameter("separator", STRING), _TEXT), _STRINGS),
    "startswith": Function(
        _starts_with, (Parameter("str", STRING, unknown=True), Parameter("prefix", STRING)), BOOL
    ),
    "strcontains": Function(_contains, (_STR, Parameter("substr", STRING)), BOOL),
    "strrev": Function(_reverse, (_STR,), STRING),
    "substr": Function(
        or_pieces(_substring, _kept_whole),
        (_TEXT, Parameter("offset", NUMBER), Parameter("length", NUMBER)),
        STRING,
    ),
    "title": Function(_title, (_STR,), STRING),
    "trim": Function(
        or_pieces(_trim, lambda call, pieces: trimmed(pieces, call.text(1))),
        (_TEXT, Parameter("cutset", STRING)),
        STRING,
    ),
    "trimprefix": Function(
        or_pieces(_trim_prefix, lambda call, pieces: without_prefix(pieces, call.text(1))),
        (_TEXT, Parameter("prefix", STRING)),
        STRING,
    ),
    "trimspace": Function(
        or_pieces(_trim_space, lambda _, pieces: trimmed(pieces, _SPACES)), (_TEXT,), STRING
    ),
    "trimsuffix": Function(
        or_pieces(_trim_suffix, lambda call, pieces: without_suffix(pieces, call.text(1))),
        (_TEXT, Parameter("suffix", STRING)),
        STRING,
    ),
    "upper": Function(_each(upper_character, str.upper), (_TEXT,), STRING),
}
