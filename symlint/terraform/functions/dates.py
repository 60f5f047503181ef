"""Functions on timestamps in the syntax of RFC 3339."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.terraform.functions.calls import Call, Function, NotKnownError, Parameter
from symlint.terraform.functions.text.writing import quoted
from symlint.terraform.values.types import NUMBER, STRING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from symlint.terraform.values.value import Value

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip  # as many a line as fit
_WEEKDAYS: Final = (
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
)  # fmt: skip  # as many a line as fit
_NANOSECONDS: Final = {
    "ns": 1, "us": 1_000, "\u00b5s": 1_000, "\u03bcs": 1_000, "ms": 1_000_000,
    "s": 1_000_000_000, "m": 60_000_000_000, "h": 3_600_000_000_000,
}  # fmt: skip  # as many a line as fit
_MOST_CHARACTERS: Final = 1000
_DIGITS: Final = frozenset("0123456789")


class TimestampError(Exception):
    """A text is not a timestamp, or not a duration; the message is Terraform's."""


class Timestamp(NamedTuple):
    """A moment: seconds since 1970 in UTC, nanoseconds, and the offset it is written with."""

    seconds: int
    nanoseconds: int
    offset: int

    @property
    def fields(self) -> tuple[int, int, int, int, int, int]:
        """Year, month, day, hour, minute and second where the offset holds."""
        days, rest = divmod(self.seconds + self.offset, 86_400)
        year, month, day = _civil(days)
        return year, month, day, rest // 3600, rest // 60 % 60, rest % 60

    @property
    def weekday(self) -> int:
        """The day of the week, Sunday being 0."""
        return ((self.seconds + self.offset) // 86_400 + 4) % 7


def _days(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01 in the Gregorian calendar, extended to all years."""
    year -= month <= 2
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return era * 146_097 + day_of_era - 719_468


def _civil(days: int) -> tuple[int, int, int]:
    """Year, month and day of a number of days since 1970-01-01."""
    era, day_of_era = divmod(days + 719_468, 146_097)
    year_of_era = (
        day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096
    ) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    year = year_of_era + era * 400 + (month <= 2)
    return year, month, day_of_year - (153 * shifted + 2) // 5 + 1


def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


# --- reading ------------------------------------------------------------------------------------


class _Reader:
    """Reads a timestamp piece by piece, as Go's ``time.Parse`` does, and says what is wrong."""

    def __init__(self, text: str, strict: bool) -> None:
        self.text = text
        self.rest = text
        self.strict = strict

    def fail(self, detail: str) -> TimestampError:
        return TimestampError(f"not a valid RFC3339 timestamp: {detail}")

    def bad(self, what: str, value: str) -> TimestampError:
        """The error for a part that begins, or ends, where ``value`` is left."""
        if not value:
            return self.fail(f"end of string before {what}")
        if self.strict and what == "hour" and ":" in value:
            return self.fail("hour must be between 0 and 23 inclusive")
        if self.strict and what in ("hour", "minute") and len(value) != 2:
            return self.fail(f"{what} must have exactly two digits")
        return self.fail(f"cannot use {quoted(value)} as {what}")

    def number(self, width: int, what: str, narrow: bool = False) -> int:
        digits = self.rest[:width]
        if narrow and len(digits) > 1 and digits[0] in _DIGITS and digits[1] not in _DIGITS:
            digits = digits[:1]
        elif len(digits) < width or not _DIGITS.issuperset(digits):
            raise self.bad(what, self.rest)
        self.rest = self.rest[len(digits) :]
        return int(digits)

    def literal(self, character: str) -> None:
        if not self.rest.startswith(character):
            if character == "T":
                raise self.fail("missing required time introducer 'T'")
            if not self.rest:
                raise self.fail(f"end of string where {quoted(character)} is expected")
            raise self.fail(f"found {quoted(self.rest)} where {quoted(character)} is expected")
        self.rest = self.rest[1:]

    def out_of_range(self, what: str) -> TimestampError:
        return TimestampError(f"not a valid RFC3339 timestamp: {what} out of range")

    def fraction(self) -> int:
        rest = self.rest
        if len(rest) < 2 or rest[0] not in ".," or rest[1] not in _DIGITS:
            return 0
        end = 1
        while end < len(rest) and rest[end] in _DIGITS:
            end += 1
        self.rest = rest[end:]
        return int(rest[1:end][:9].ljust(9, "0"))

    def offset(self) -> int:
        rest = self.rest
        if rest[:1] == "Z":
            self.rest = rest[1:]
            return 0
        sign = {"+": 1, "-": -1}.get(rest[:1])
        if sign is None or len(rest) < 6 or rest[3] != ":":
            raise self.bad("UTC offset", rest)
        hours, minutes = rest[1:3], rest[4:6]
        if not _DIGITS.issuperset(hours + minutes):
            raise self.bad("UTC offset", rest)
        if int(hours) > (23 if self.strict else 24) or int(minutes) > (59 if self.strict else 60):
            raise (
                self.bad("UTC offset", rest)
                if self.strict
                else self.out_of_range(
                    "time zone offset hour" if int(hours) > 24 else "time zone offset minute"
                )
            )
        self.rest = rest[6:]
        return sign * (int(hours) * 60 + int(minutes)) * 60


def parse_timestamp(text: str, strict: bool = True) -> Timestamp:
    """The moment that a text in the syntax of RFC 3339 stands for.

    Not ``strict``: also what Go's ``time.Parse`` takes beyond the standard. Raises
    TimestampError.
    """
    reader = _Reader(text, strict)
    year = reader.number(4, "year")
    reader.literal("-")
    month = reader.number(2, "month")
    if not 1 <= month <= 12:
        raise reader.bad("month", reader.rest)
    reader.literal("-")
    day = reader.number(2, "day of month")
    reader.literal("T")
    hour_text = reader.rest
    hour = reader.number(2, "hour", narrow=True)
    if hour > 23:
        raise reader.bad("hour", reader.rest)
    reader.literal(":")
    minute = reader.number(2, "minute")
    if minute > 59:
        raise reader.bad("minute", reader.rest)
    reader.literal(":")
    second = reader.number(2, "second")
    if second > 59:
        raise reader.bad("second", reader.rest)
    comma = reader.rest.startswith(",")
    nanoseconds = reader.fraction()
    offset = reader.offset()
    if reader.rest:
        raise reader.bad("timestamp segment", reader.rest)
    if not 1 <= day <= _days_in(year, month):
        raise reader.out_of_range("day")
    if strict and hour_text[1:2] == ":":
        raise reader.fail("hour must have exactly two digits")
    if strict and comma:
        raise reader.fail('cannot use "," as timestamp segment')
    seconds = _days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
    return Timestamp(seconds, nanoseconds, offset)


def parse_duration(text: str) -> int:
    """The nanoseconds of a duration such as ``-1.5h30m``. Raises TimestampError."""
    invalid = TimestampError(f"time: invalid duration {quoted(text)}")
    rest = text[1:] if text[:1] in ("-", "+") else text
    if rest == "0":
        return 0
    if not rest:
        raise invalid
    total = 0
    while rest:
        end = 0
        while end < len(rest) and (rest[end] in _DIGITS or rest[end] == "."):
            end += 1
        whole, point, decimals = rest[:end].partition(".")
        if not whole + decimals or "." in decimals:
            if "." in decimals and whole + decimals.partition(".")[0]:
                raise TimestampError(f"time: unknown unit {quoted('.')} in duration {quoted(text)}")
            raise invalid
        start, rest = end, rest[end:]
        end = 0
        while end < len(rest) and rest[end] not in _DIGITS and rest[end] != ".":
            end += 1
        unit, rest = rest[:end], rest[end:]
        if not unit:
            raise TimestampError(f"time: missing unit in duration {quoted(text)}")
        if unit not in _NANOSECONDS:
            raise TimestampError(f"time: unknown unit {quoted(unit)} in duration {quoted(text)}")
        if start > 400:
            raise invalid
        scale = _NANOSECONDS[unit]
        total += int(whole or "0") * scale
        if point and decimals:
            # Go computes the fraction in float64, from as many digits as fit into 63 bits.
            digits = decimals
            while int(digits) >= 1 << 63:
                digits = digits[:-1]
            total += int(float(int(digits)) * (float(scale) / float(10 ** len(digits))))
        if total > 1 << 63:
            raise invalid
    negative = text.startswith("-")
    if total > (1 << 63) - 1 and not (negative and total == 1 << 63):
        raise invalid
    return -total if negative else total


# --- writing ------------------------------------------------------------------------------------


def _offset_text(offset: int, colon: str) -> str:
    minutes = abs(offset) // 60
    sign = "-" if offset < 0 else "+"
    return f"{sign}{minutes // 60:02d}{colon}{minutes % 60:02d}"


def format_timestamp(moment: Timestamp) -> str:
    """The moment in the syntax of RFC 3339, whole seconds."""
    year, month, day, hour, minute, second = moment.fields
    years = f"{year:04d}" if year >= 0 else f"-{-year:04d}"
    zone = _offset_text(moment.offset, ":") if moment.offset else "Z"
    return f"{years}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}{zone}"


def _pieces(pattern: str) -> list[str]:
    """The pieces of a date format: runs of one letter, quoted literals, and other text."""
    pieces: list[str] = []
    position = 0
    while position < len(pattern):
        start, character = position, pattern[position]
        position += 1
        if character == "'":
            position = _quoted_end(pattern, start)
        elif character.isascii() and character.isalpha():
            while pattern[position : position + 1] == character:
                position += 1
        pieces.append(pattern[start:position])
    return pieces


def _quoted_end(pattern: str, start: int) -> int:
    """Where the quoted literal ends that begins at ``start``."""
    if pattern.startswith("''", start):
        return start + 2
    position = start + 1
    while True:
        position = pattern.find("'", position)
        if position < 0:
            return len(pattern)
        if not pattern.startswith("''", position):
            return position + 1
        position += 2


_VERBS: Final[Mapping[str, tuple[str, Callable[[Timestamp, int], str | None]]]] = {
    "Y": (
        'year must either be "YY" or "YYYY"',
        lambda moment, width: {2: f"{moment.fields[0] % 100:02d}", 4: f"{moment.fields[0]:04d}"}.get(width),
    ),
    "M": ('month must be "M", "MM", "MMM", or "MMMM"', lambda moment, width: _month(moment, width)),
    "D": (
        'day of month must either be "D" or "DD"',
        lambda moment, width: _short(moment.fields[2], width),
    ),
    "E": (
        'day of week must either be "EEE" or "EEEE"',
        lambda moment, width: {3: _WEEKDAYS[moment.weekday][:3], 4: _WEEKDAYS[moment.weekday]}.get(width),
    ),
    "h": ('24-hour must either be "h" or "hh"', lambda moment, width: _short(moment.fields[3], width)),
    "H": (
        '12-hour must either be "H" or "HH"',
        lambda moment, width: _short(moment.fields[3] % 12 or 12, width),
    ),
    "A": ('must be "AA"', lambda moment, width: ("AM", "PM")[moment.fields[3] // 12] if width == 2 else None),
    "a": ('must be "aa"', lambda moment, width: ("am", "pm")[moment.fields[3] // 12] if width == 2 else None),
    "m": ('minute must either be "m" or "mm"', lambda moment, width: _short(moment.fields[4], width)),
    "s": ('second must either be "s" or "ss"', lambda moment, width: _short(moment.fields[5], width)),
    "Z": ("timezone must be Z, ZZZZ, or ZZZZZ", lambda moment, width: _zone(moment, width)),
}  # fmt: skip  # as many a line as fit


def _short(value: int, width: int) -> str | None:
    return {1: str(value), 2: f"{value:02d}"}.get(width)


def _month(moment: Timestamp, width: int) -> str | None:
    month = moment.fields[1]
    name = _MONTHS[month - 1]
    return {1: str(month), 2: f"{month:02d}", 3: name[:3], 4: name}.get(width)


def _zone(moment: Timestamp, width: int) -> str | None:
    offset = moment.offset
    plain = _offset_text(offset, "")
    return {
        1: _offset_text(offset, ":") if offset else "Z",
        3: plain if offset else "UTC",
        4: plain,
        5: _offset_text(offset, ":"),
    }.get(width)


def _format_date(call: Call) -> Value:
    pattern = call.text(0)
    call.spend(4 * len(pattern))
    moment = _timestamp(call, 1, strict=True)
    texts: list[str] = []
    for piece in _pieces(pattern):
        if piece.startswith("'"):
            if len(piece) == 1 or not piece.endswith("'"):
                raise call.error("unterminated literal '", 0)
            texts.append("'" if piece == "''" else piece[1:-1].replace("''", "'"))
        elif piece[0].isascii() and piece[0].isalpha():
            if piece[0] not in _VERBS:
                raise call.error(f"invalid date format verb {quoted(piece)}", 0)
            rule, write = _VERBS[piece[0]]
            text = write(moment, len(piece))
            if text is None:
                raise call.error(f"invalid date format verb {quoted(piece)}: {rule}", 0)
            texts.append(text)
        else:
            texts.append(piece)
    return call.string("".join(texts))


def _timestamp(call: Call, index: int, strict: bool) -> Timestamp:
    _require_short(call, index)
    try:
        return parse_timestamp(call.text(index), strict)
    except TimestampError as error:
        raise call.error(str(error), index) from None


def _require_short(call: Call, index: int) -> None:
    """Raise NotKnownError for a text that is longer than a timestamp or a duration ever is."""
    if len(call.text(index)) > _MOST_CHARACTERS:
        raise NotKnownError(call.unknown("the text is too long for a time", kind="budget"))


def _time_add(call: Call) -> Value:
    _require_short(call, 0)
    _require_short(call, 1)
    try:
        moment = parse_timestamp(call.text(0))
        duration = parse_duration(call.text(1))
    except TimestampError as error:
        raise call.error(str(error)) from None
    seconds, nanoseconds = divmod(moment.nanoseconds + duration, 1_000_000_000)
    added = Timestamp(moment.seconds + seconds, nanoseconds, moment.offset)
    return call.string(format_timestamp(added))


def _time_compare(call: Call) -> Value:
    left, right = _timestamp(call, 0, strict=False), _timestamp(call, 1, strict=False)
    one, other = left[:2], right[:2]
    return call.count((one > other) - (one < other))


def _now(call: Call) -> Value:
    return call.unknown(f"{call.name}() is the time of the run")


FUNCTIONS: Final[Mapping[str, Function]] = {
    "formatdate": Function(
        _format_date, (Parameter("format", STRING), Parameter("time", STRING)), STRING
    ),
    "plantimestamp": Function(_now, (), STRING),
    "timeadd": Function(
        _time_add, (Parameter("timestamp", STRING), Parameter("duration", STRING)), STRING
    ),
    "timecmp": Function(
        _time_compare, (Parameter("timestamp_a", STRING), Parameter("timestamp_b", STRING)), NUMBER
    ),
    "timestamp": Function(_now, (), STRING),
}
