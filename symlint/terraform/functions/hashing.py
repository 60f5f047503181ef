"""Hashes and identifiers."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.terraform.functions.calls import Call, Function, Parameter
from symlint.terraform.values.types import NUMBER, STRING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from symlint.terraform.values.value import Value

_NAMESPACES: Final = {
    "dns": "6ba7b8109dad11d180b400c04fd430c8",
    "url": "6ba7b8119dad11d180b400c04fd430c8",
    "oid": "6ba7b8129dad11d180b400c04fd430c8",
    "x500": "6ba7b8149dad11d180b400c04fd430c8",
}
_HEXADECIMAL: Final = frozenset("0123456789abcdefABCDEF")


def digest(algorithm: str, encoding: str, data: bytes) -> str:
    """The hash of some bytes; ``encoding`` is "hex" or "base64"."""
    import hashlib

    computed = hashlib.new(algorithm, data, usedforsecurity=False)
    if encoding == "hex":
        return computed.hexdigest()
    from binascii import b2a_base64

    return b2a_base64(computed.digest(), newline=False).decode("ascii")


def _hash(algorithm: str, encoding: str = "hex") -> Function:
    def compute(call: Call) -> Value:
        data = call.text(0).encode("utf-8", "surrogatepass")
        call.spend(len(data) // 64)
        return call.string(digest(algorithm, encoding, data))

    return Function(compute, (Parameter("str", STRING),), STRING)


def _uuid_digits(text: str) -> tuple[str, str]:
    """The 32 digits of a UUID as ``github.com/google/uuid`` reads it, or "" and what is wrong."""
    given = text
    if len(text) == 45 and text[:9].lower() == "urn:uuid:":
        text = text[9:]
    elif len(text) == 45:
        return "", f'invalid urn prefix: "{given[:9]}"'
    elif len(text) == 38:
        text = text[1:37]
    elif len(text) == 32:
        return (text, "") if _HEXADECIMAL.issuperset(text) else ("", "invalid UUID format")
    elif len(text) != 36:
        return "", f"invalid UUID length: {len(given.encode('utf-8', 'surrogatepass'))}"
    digits = text.replace("-", "")
    dashes = [index for index, character in enumerate(text) if character == "-"]
    if dashes != [8, 13, 18, 23] or not _HEXADECIMAL.issuperset(digits):
        return "", "invalid UUID format"
    return digits, ""


def _uuid_of_name(call: Call) -> Value:
    namespace, name = call.text(0), call.text(1)
    digits = _NAMESPACES.get(namespace, "")
    if not digits:
        digits, wrong = _uuid_digits(namespace)
        if wrong:
            raise call.error(f"uuidv5() doesn't support namespace {namespace} ({wrong})")
    data = bytes.fromhex(digits) + name.encode("utf-8", "surrogatepass")
    call.spend(len(data) // 64)
    computed = bytearray.fromhex(digest("sha1", "hex", data))[:16]
    computed[6] = computed[6] & 0x0F | 0x50
    computed[8] = computed[8] & 0x3F | 0x80
    text = computed.hex()
    return call.string(f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}")


def _not_computed(reason: str) -> Callable[[Call], Value]:
    def compute(call: Call) -> Value:
        return call.unknown(reason)

    return compute


FUNCTIONS: Final[Mapping[str, Function]] = {
    "base64sha256": _hash("sha256", "base64"),
    "base64sha512": _hash("sha512", "base64"),
    "bcrypt": Function(
        _not_computed("bcrypt() gives another result each time"),
        (Parameter("str", STRING),),
        STRING,
        variadic=Parameter("cost", NUMBER),
    ),
    "md5": _hash("md5"),
    "rsadecrypt": Function(
        _not_computed("rsadecrypt() is not computed here, secrets stay secret"),
        (Parameter("ciphertext", STRING), Parameter("privatekey", STRING)),
        STRING,
    ),
    "sha1": _hash("sha1"),
    "sha256": _hash("sha256"),
    "sha512": _hash("sha512"),
    "uuid": Function(_not_computed("uuid() gives another result each time"), (), STRING),
    "uuidv5": Function(
        _uuid_of_name, (Parameter("namespace", STRING), Parameter("name", STRING)), STRING
    ),
}
