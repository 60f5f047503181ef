"""What YAML scalars stand for, as ``github.com/zclconf/go-cty-yaml`` resolves them."""

from __future__ import annotations

import re

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl.native.strings import normalized
from symlint.terraform.functions.calls import NotKnownError
from symlint.terraform.values.numbers import STEPS_PER_NUMBER, parse_number
from symlint.terraform.values.types import ANY, BOOL, NUMBER, STRING

if TYPE_CHECKING:
    from symlint.terraform.functions.calls import Call
    from symlint.terraform.values.value import Value

_TAGS: Final = "tag:yaml.org,2002:"
MAP_TAG: Final = _TAGS + "map"
SEQUENCE_TAG: Final = _TAGS + "seq"
_MERGE_TAG: Final = _TAGS + "merge"
_STRING_TAG: Final = _TAGS + "str"
_BINARY_TAG: Final = _TAGS + "binary"
_BOOL_TAG: Final = _TAGS + "bool"
_NULL_TAG: Final = _TAGS + "null"
_TIMESTAMP_TAG: Final = _TAGS + "timestamp"
_NUMBER_TAGS: Final = (_TAGS + "int", _TAGS + "float")
_RESOLVED: Final = frozenset(
    (None, _STRING_TAG, _BINARY_TAG, _BOOL_TAG, _NULL_TAG, _TIMESTAMP_TAG, *_NUMBER_TAGS)
)

_TRUE: Final = frozenset(("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"))
_FALSE: Final = frozenset(
    ("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF")
)
_NULL: Final = frozenset(("", "~", "null", "Null", "NULL"))
_INFINITY: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)")
_NOT_A_NUMBER: Final = frozenset((".nan", ".NaN", ".NAN"))
_HINTS: Final = frozenset("+-.0123456789yYnNtTfFoO~")
"""What a scalar that may be something other than a string begins with, unless it is empty."""

_DECIMAL: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_BASED: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_DATE: Final = r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
_TIME: Final = r"([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?"
_TIMESTAMPS: Final = (
    re.compile(_DATE),
    re.compile(f"{_DATE} +{_TIME}"),
    re.compile(f"{_DATE}[Tt]{_TIME}(Z|[-+][0-9]{{2}}:[0-9]{{2}})"),
)


def scalar(call: Call, text: str, tag: str | None, quoted: bool) -> Value:
    """The value of a scalar by its text, its resolved tag, and whether it stands in quotes.

    Block scalars are looked at like plain ones. Raises FunctionError for what Terraform refuses,
    and NotKnownError for what is not known.
    """
    if tag not in _RESOLVED:
        if tag == _MERGE_TAG:  # newer releases know it
            raise NotKnownError(call.unknown("it has a merge key with a tag"))
        raise call.error(f'unsupported tag "{tag}"')
    if (text[:1] in _HINTS or not text) and tag not in (_STRING_TAG, _BINARY_TAG):
        if quoted:
            return call.value(STRING, normalized(text))
        value = _implied(call, text, tag)
        if value is not None:
            return value
    return _tagged(call, text, tag)


def _implied(call: Call, text: str, tag: str | None) -> Value | None:
    """The value that a text has whatever its tag; None where its tag decides."""
    if text in _NULL:
        return call.value(ANY, None)
    if text in _TRUE or text in _FALSE:
        return call.value(BOOL, text in _TRUE)
    if _INFINITY.fullmatch(text):
        raise NotKnownError(call.unknown("infinity is not computed here"))
    if tag is None and text in _NOT_A_NUMBER:
        raise call.error("floating point NaN is not supported")
    if text[0] in "+-.0123456789":
        moment = _timestamp(text) if tag in (None, _TIMESTAMP_TAG) else None
        if moment is not None:
            return call.value(STRING, moment)
        if _DECIMAL.fullmatch(text) or _BASED.fullmatch(text):
            return _number(call, text, _NUMBER_TAGS[0])
        if text[0] == "." and text[1:2].isdigit() and ("p" in text or "P" in text):
            raise NotKnownError(call.unknown("a number with a binary exponent is not read here"))
    return None


def _tagged(call: Call, text: str, tag: str | None) -> Value:
    if tag == _NULL_TAG:
        return call.value(ANY, None)
    if tag in _NUMBER_TAGS:
        return _number(call, text, tag)
    if tag == _BINARY_TAG and not _is_base64(text):
        raise call.error(f'cannot parse "{text[:100]}" as {tag}: not valid base64')
    if tag in (_BOOL_TAG, _TIMESTAMP_TAG):
        raise call.error(f'cannot parse "{text[:100]}" as {tag}')
    return call.value(STRING, normalized(text))


def _number(call: Call, text: str, tag: str) -> Value:
    digits = text.replace("_", "")
    call.spend(STEPS_PER_NUMBER)
    if _DECIMAL.fullmatch(digits):
        try:
            return call.value(NUMBER, parse_number(digits))
        except OverflowError:
            reason = "it has a number that is too large, or has too many digits"
            raise NotKnownError(call.unknown(reason)) from None
    if _BASED.fullmatch(digits) and int(digits, 0) < 1 << 64:
        return call.count(int(digits, 0))
    if digits != text or not _BASED.fullmatch(text):
        raise NotKnownError(call.unknown("it has a number in a form that is not read here"))
    raise call.error(f'cannot parse "{text[:100]}" as {tag}')


def _is_base64(text: str) -> bool:
    from base64 import b64decode

    try:
        b64decode(text.replace("\n", "").replace("\r", ""), validate=True)
    except ValueError:
        return False
    return True


def _timestamp(text: str) -> str | None:
    """A date or time in the syntax of RFC 3339; None for what is no date."""
    if len(text) < 5 or text[4] != "-":
        return None
    from symlint.terraform.functions.dates import TimestampError, format_timestamp, parse_timestamp

    match = next(filter(None, (pattern.fullmatch(text) for pattern in _TIMESTAMPS)), None)
    if match is None:
        return None
    found = match.groups()
    year, *numbers = (*found[:6], "0", "0", "0")[:6]
    month, day, hour, minute, second = (number.zfill(2) for number in numbers)
    zone = found[6] if len(found) > 6 else "Z"
    try:
        moment = parse_timestamp(f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone}")
    except TimestampError:
        return None
    return format_timestamp(moment)
