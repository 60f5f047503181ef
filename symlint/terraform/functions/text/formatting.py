"""``format`` and ``formatlist``."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.terraform.functions.calls import (
    Call,
    Function,
    FunctionError,
    NotKnownError,
    Parameter,
)
from symlint.terraform.functions.inspection import surely_typed, wholly_known
from symlint.terraform.functions.keeping import SEQUENCES
from symlint.terraform.functions.text.go_numbers import (
    Verb,
    format_float,
    format_integer,
    general_text,
)
from symlint.terraform.functions.text.writing import quoted
from symlint.terraform.values.conversion import ConversionError, bits_of, convert, type_of
from symlint.terraform.values.numbers import steps_of_number
from symlint.terraform.values.sizes import STEPS_PER_PART, steps_of_text
from symlint.terraform.values.types import BOOL, NUMBER, STRING, list_of
from symlint.terraform.values.unknowns import concatenation
from symlint.terraform.values.value import Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from symlint.terraform.values.numbers import Number
    from symlint.terraform.values.value import Piece

_STRINGS: Final = list_of(STRING)
_FLAGS: Final = "0#-+ "
_STEPS_PER_VERB: Final = 30
_MOST_PADDING: Final = 100_000
"""Wider fields are not formatted; Go itself stops at a million."""


class _Formatter:
    """One run over a format string; offsets in messages count bytes."""

    def __init__(self, call: Call, pattern: str, arguments: Sequence[Value]) -> None:
        self.call = call
        self.pattern = pattern
        self.arguments = arguments
        self.position = 0
        self.next_argument = 1
        self.highest_argument = 0

    def run(self) -> Value:
        pieces: list[Piece] = []
        pattern = self.pattern
        while True:
            percent = pattern.find("%", self.position)
            if percent < 0:
                pieces.append(pattern[self.position :])
                break
            pieces.append(pattern[self.position : percent])
            self.position = percent + 1
            if pattern.startswith("%", self.position):
                self.position += 1
                self.call.spend(_STEPS_PER_VERB)
                pieces.append("%")
                continue
            piece = self.verb(percent)
            self.call.spend(_STEPS_PER_VERB)
            if isinstance(piece, str):
                self.call.spend(steps_of_text(piece))
            pieces.append(piece)
        self.check_all_used()
        self.call.spend(steps_of_text(pattern))
        return concatenation(pieces, self.call.origin)

    def check_all_used(self) -> None:
        if self.highest_argument >= len(self.arguments):
            return
        index = self.highest_argument + 1
        if self.highest_argument == 0:
            raise self.call.error("too many arguments; no verbs in format string", index)
        used = self.highest_argument
        raise self.call.error(f"too many arguments; only {used} used by format string", index)

    def offset(self, position: int) -> int:
        return len(self.pattern[:position].encode("utf-8", "surrogatepass"))

    def digits(self) -> str:
        start = self.position
        while self.pattern[self.position : self.position + 1] in tuple("0123456789"):
            self.position += 1
        return self.pattern[start : self.position]

    def limited(self, digits: str) -> int:
        number = int(digits) if len(digits) < 12 else _MOST_PADDING + 1
        if number > _MOST_PADDING:
            reason = "a field of the format is too wide"
            raise NotKnownError(self.call.unknown(reason, kind="budget"))
        return number

    def unexpected(self) -> Exception:
        if self.position >= len(self.pattern):
            offset = self.offset(len(self.pattern))
            return self.call.error(f"invalid format string starting at offset {offset}")
        shown = quoted(self.pattern[self.position])[1:-1]
        shown = {"'": "\\'", '\\"': '"'}.get(shown, shown)
        offset = self.offset(self.position)
        return self.call.error(f"unrecognized format character '{shown}' at offset {offset}")

    def verb(self, start: int) -> Piece:
        pattern = self.pattern
        begin = self.position
        while pattern[self.position : self.position + 1] in tuple(_FLAGS):
            self.position += 1
        flags = pattern[begin : self.position]
        digits = self.digits()
        width = self.limited(digits) if digits else None
        precision = None
        if pattern.startswith(".", self.position):
            self.position += 1
            precision = self.limited(self.digits() or "0")
        argument = self.index()
        letter = pattern[self.position : self.position + 1]
        if not (letter.isascii() and letter.isalpha()):
            raise self.unexpected()
        self.position += 1
        self.highest_argument = max(self.highest_argument, argument)
        self.next_argument = argument + 1
        return self.append(Verb(letter, flags, width, precision), start, argument)

    def index(self) -> int:
        if not self.pattern.startswith("[", self.position):
            return self.next_argument
        self.position += 1
        if self.pattern[self.position : self.position + 1] == "0":
            raise self.unexpected()
        digits = self.digits()
        if not digits or not self.pattern.startswith("]", self.position):
            raise self.unexpected()
        self.position += 1
        return int(digits) if len(digits) < 10 else 1 << 30

    def append(self, verb: Verb, start: int, argument: int) -> Piece:
        if argument > len(self.arguments):
            raise self.call.error(
                f"not enough arguments for {self.shown(start)}: need index {argument} but have "
                f"{len(self.arguments)} total"
            )
        value = self.arguments[argument - 1]
        if not wholly_known(value, self.call):
            return self.unknown(verb, value)
        try:
            return self.known(verb, value)
        except ConversionError as error:
            place = self.shown(start)
            raise self.call.error(f"unsupported value for {place}: {error.message}") from None
        except KeyError:
            place = self.shown(start, "at offset")
            raise self.call.error(f"unsupported format verb '{verb.letter}' in {place}") from None

    def shown(self, start: int, at: str = "at") -> str:
        """The verb that begins there and has just been read, and where it stands, for messages."""
        return f"{quoted(self.pattern[start : self.position])} {at} {self.offset(start)}"

    def known(self, verb: Verb, value: Value) -> str:
        """A wholly known value; ConversionError for one that does not fit, KeyError for no verb."""
        if verb.letter != "v" and value.is_null:
            raise ConversionError("null value cannot be formatted")
        if verb.letter == "v":
            return self.as_is(verb, value)
        if verb.letter == "t":
            return "true" if convert(value, BOOL).content else "false"
        if verb.letter in "sq":
            return self.text(verb, convert(value, STRING).string or "")
        if verb.letter in "bdoxXeEfgG":
            return self.number(verb, convert(value, NUMBER))
        raise KeyError(verb.letter)

    def unknown(self, verb: Verb, value: Value) -> Value:
        """A string that is not known and stands in the text as it is."""
        unknown, plain = value.unknown, not (verb.flags or verb.width or verb.precision)
        surely_text = unknown is not None and unknown.not_null and value.type == STRING
        if plain and (verb.letter == "s" or (verb.letter == "v" and surely_text)):
            try:
                text = convert(value, STRING)
            except ConversionError as error:
                raise self.call.error(error.message) from None
            if text.is_unknown:
                return text
        raise NotKnownError(self.call.derived())

    def number(self, verb: Verb, value: Value) -> str:
        if value.is_unknown:
            raise NotKnownError(self.call.derived())
        number: Number = value.content  # type: ignore[assignment]  # converted to a number
        self.call.spend(steps_of_number(number))
        if verb.letter in "bdoxX":
            if not isinstance(number, int):
                raise ConversionError("an integer is required")
            return format_integer(number, verb)
        return format_float(number, bits_of(value), verb)

    def as_is(self, verb: Verb, value: Value) -> str:
        content = value.content
        if "#" not in verb.flags:
            if isinstance(content, str):
                return self.padded(verb, content)
            if (
                not isinstance(content, bool)
                and type_of(value).kind == "number"
                and content is not None
            ):
                self.call.spend_on(value)
                return self.padded(verb, general_text(content, bits_of(value)))  # type: ignore[arg-type]  # a number
        from symlint.terraform.functions.encoding.json import encoded

        if not surely_typed(value, self.call):
            raise NotKnownError(self.call.derived())
        return self.padded(verb, encoded(value, self.call))

    def text(self, verb: Verb, text: str) -> str:
        if verb.precision:
            from symlint.terraform.functions.text.graphemes import clusters, joined

            text = joined(clusters(text, self.call.spend)[: verb.precision])
        if verb.letter == "q":
            from symlint.terraform.functions.encoding.json import quoted_json

            text = quoted_json(text)
        return self.padded(verb, text)

    def padded(self, verb: Verb, text: str) -> str:
        if verb.width is None:
            return text
        self.call.spend(verb.width // 8)
        from symlint.terraform.functions.text.graphemes import count

        padding = ("0" if "0" in verb.flags else " ") * (verb.width - count(text, self.call.spend))
        return text + padding if "-" in verb.flags else padding + text


def _is_plain_null(value: Value) -> bool:
    """A null without a type, for which Terraform 1.11 leaves the result unknown."""
    return value.is_null and value.type.kind == "any"


def _format(call: Call) -> Value:
    arguments = call.arguments[1:]
    if any(map(_is_plain_null, arguments)):
        return call.unknown("Terraform does not format a null without a type")
    if all(wholly_known(argument, call) for argument in arguments):
        return _Formatter(call, call.text(0), arguments).run()
    return _formatted(call, arguments) or call.derived()


def _formatted(call: Call, arguments: Sequence[Value]) -> Value | None:
    """The text of arguments of which not all are known; None where no more is known of it."""
    try:
        return _Formatter(call, call.text(0), arguments).run()
    except (FunctionError, NotKnownError):
        # Terraform looks at the format only once it knows the arguments.
        return None


def _iterated(value: Value) -> bool:
    return not value.is_null and type_of(value).kind in SEQUENCES


def _common_length(call: Call) -> int | None:
    """The length of the lists among the arguments; None without lists."""
    length, chooser = None, 0
    for index, argument in enumerate(call.arguments[1:], 1):
        content = argument.content
        if not _iterated(argument) or not isinstance(content, tuple):
            continue
        if length is None:
            length, chooser = len(content), index
        elif len(content) != length:
            raise call.error(
                f"argument {index} has length {len(content)}, which is inconsistent with "
                f"argument {chooser} of length {length}",
                index,
            )
    return length


def _format_list(call: Call) -> Value:
    pattern, arguments = call.text(0), call.arguments[1:]
    if any(map(_is_plain_null, arguments)):
        return call.unknown("Terraform does not format a null without a type")
    length = _common_length(call)
    if any(
        isinstance(argument.content, Unknown) and type_of(argument).kind in (*SEQUENCES, "any")
        for argument in arguments
    ):
        return call.derived()
    results: list[Value] = []
    call.spend(len(call.arguments) + STEPS_PER_PART * (length or 1))
    for row in range(1 if length is None else length):
        values = [
            (argument.elements or ())[row] if _iterated(argument) else argument
            for argument in arguments
        ]
        call.spend((len(values) + 1) * STEPS_PER_PART)
        if not all(wholly_known(value, call) for value in values):
            content = Unknown("derived", _reason(values), not_null=True)
            unknown = Value(STRING, content, call.origin)
            results.append(_formatted(call, values) or unknown)
            continue
        results.append(_row(call, pattern, values, row))
    return Value(_STRINGS, tuple(results), call.origin)


def _row(call: Call, pattern: str, values: Sequence[Value], row: int) -> Value:
    try:
        return _Formatter(call, pattern, values).run()
    except FunctionError as error:
        if len(call.arguments) == 1:
            raise
        raise call.error(f"error on format iteration {row}: {error.message}") from None


def _reason(values: Sequence[Value]) -> str:
    for value in values:
        if value.unknown is not None:
            return value.unknown.reason
    return "a formatted value is not known"


_ARGUMENTS: Final = Parameter("args", nullable=True, unknown=True)

FUNCTIONS: Final[Mapping[str, Function]] = {
    "format": Function(_format, (Parameter("format", STRING),), STRING, variadic=_ARGUMENTS),
    "formatlist": Function(
        _format_list, (Parameter("format", STRING),), _STRINGS, variadic=_ARGUMENTS
    ),
}
