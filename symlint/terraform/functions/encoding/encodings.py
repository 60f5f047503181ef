"""Base64, encodings of text, and URLs."""

from __future__ import annotations

import re
from itertools import islice

from symlint.annotations import TYPE_CHECKING, Final
from symlint.terraform.functions.calls import Call, Function, NotKnownError, Parameter
from symlint.terraform.functions.encoding.round_trips import decoding, encoded
from symlint.terraform.functions.text.writing import quoted
from symlint.terraform.values.types import STRING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.terraform.values.value import Value

_UNRESERVED: Final = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"
)

_CODECS: Final = {
    "utf-8": ("UTF-8", "utf-8"),
    "csutf8": ("UTF-8", "utf-8"),
    "utf-16le": ("UTF-16LE", "utf-16-le"),
    "csutf16le": ("UTF-16LE", "utf-16-le"),
    "utf-16be": ("UTF-16BE", "utf-16-be"),
    "csutf16be": ("UTF-16BE", "utf-16-be"),
    "iso-8859-1": ("ISO_8859-1:1987", "latin-1"),
    "iso_8859-1": ("ISO_8859-1:1987", "latin-1"),
    "latin1": ("ISO_8859-1:1987", "latin-1"),
    "l1": ("ISO_8859-1:1987", "latin-1"),
    "us-ascii": ("US-ASCII", "ascii"),
    "iso646-us": ("US-ASCII", "ascii"),
}
"""By lower-case name or alias: IANA's name of the encoding, and Python's codec."""


def encode_bytes(data: bytes) -> str:
    """Base64 of some bytes."""
    from binascii import b2a_base64

    return b2a_base64(data, newline=False).decode("ascii")


def decode_bytes(text: str) -> bytes | int:
    """The bytes of a base64 text, or the offset of the first character that does not belong.

    As Go's ``encoding/base64`` reads it: line ends are skipped, padding is required.
    """
    data = text.replace("\r", "").replace("\n", "")
    body = data.rstrip("=") if len(data) % 4 == 0 and not data.endswith("===") else data
    wrong = re.search("[^A-Za-z0-9+/]", body)
    if wrong or len(data) % 4:
        place = wrong.start() if wrong else len(data) // 4 * 4
        return next(islice(re.finditer("[^\r\n]", text), place, None)).start()
    from binascii import a2b_base64

    return a2b_base64(data)


def _base64_encode(call: Call) -> Value:
    if call.arguments[0].is_unknown:
        return encoded(call)
    data = call.text(0).encode("utf-8", "surrogatepass")
    return call.string(encode_bytes(data))


def _base64_decode(call: Call) -> Value:
    text = call.text(0)
    call.spend(len(text))
    decoded = decode_bytes(text)
    if isinstance(decoded, int):
        shown = "(sensitive value)" if call.arguments[0].sensitive else quoted(text)
        raise call.error(f"failed to decode base64 data {shown}")
    try:
        return call.string(decoded.decode("utf-8"))
    except UnicodeDecodeError:
        raise call.error("the result of decoding the provided string is not valid UTF-8") from None


def _base64_gzip(call: Call) -> Value:
    return call.unknown("the bytes that base64gzip() compresses to are not computed here")


def _codec(call: Call) -> tuple[str, str]:
    name = call.text(1)
    codec = _CODECS.get(name.lower())
    if codec is None:
        raise NotKnownError(call.unknown(f"the encoding {quoted(name)} is not known here"))
    return codec


def _text_encode(call: Call) -> Value:
    name, codec = _codec(call)
    try:
        return call.string(encode_bytes(call.text(0).encode(codec)))
    except UnicodeEncodeError:
        raise call.error(
            f"the given string contains characters that cannot be represented in {name}", 0
        ) from None


def _text_decode(call: Call) -> Value:
    name, codec = _codec(call)
    text = call.text(0)
    call.spend(len(text))
    decoded = decode_bytes(text)
    if isinstance(decoded, int):
        raise call.error(f"the given value is has an invalid base64 symbol at offset {decoded}", 0)
    try:
        result = decoded.decode(codec)
    except UnicodeDecodeError:
        result = "\ufffd"
    if "\ufffd" in result:
        raise call.error(f"the given string contains symbols that are not defined for {name}", 0)
    return call.string(result)


def _url_encode(call: Call) -> Value:
    data = call.text(0).encode("utf-8", "surrogatepass")
    call.spend(len(data))
    written = {
        byte: chr(byte) if byte in _UNRESERVED else "+" if byte == 0x20 else f"%{byte:02X}"
        for byte in set(data)
    }
    return call.string("".join(map(written.__getitem__, data)))


_STR: Final = Parameter("str", STRING)
_TEXT: Final = Parameter("str", STRING, unknown=True)
_ENCODING: Final = Parameter("encoding", STRING)

FUNCTIONS: Final[Mapping[str, Function]] = {
    "base64decode": Function(decoding(_base64_decode, "base64encode"), (_TEXT,), STRING),
    "base64encode": Function(_base64_encode, (_TEXT,), STRING),
    "base64gzip": Function(_base64_gzip, (_STR,), STRING),
    "textdecodebase64": Function(_text_decode, (Parameter("source", STRING), _ENCODING), STRING),
    "textencodebase64": Function(_text_encode, (Parameter("string", STRING), _ENCODING), STRING),
    "urlencode": Function(_url_encode, (_STR,), STRING),
}
