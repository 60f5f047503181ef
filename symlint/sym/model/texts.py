"""Conversion of values to text for settings and messages, and detection of placeholders."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.sym.words import with_article

if TYPE_CHECKING:
    from symlint.sym.catalogue import Catalogue
    from symlint.terraform.values.value import Value


def text_of(value: Value) -> str | None:
    """The text that a known string or number becomes in a map of strings; None otherwise."""
    content = value.content
    if isinstance(content, bool):
        return "true" if content else "false"
    return str(content) if isinstance(content, (str, int)) else None


def reason_of(value: Value, otherwise: str = "it is not a string") -> str:
    """Why a value is not known; ``otherwise`` for a value that is known."""
    return otherwise if value.unknown is None else value.unknown.reason


def shown_value(value: Value) -> str:
    """A known value in quotes for a message, cut where it is long; never a sensitive one."""
    from symlint.hcl.native.strings import visible

    return "(sensitive value)" if value.sensitive else visible(text_of(value) or "")


def kind_in_words(value: Value) -> str:
    """What kind of value it is, as users of Terraform say it: "a list", "a map", "a string"."""
    kind = "object" if value.object_reference is not None else value.type.kind
    return with_article({"tuple": "list", "set": "list", "object": "map"}.get(kind, kind))


def is_placeholder(catalogue: Catalogue, text: str) -> bool:
    """Whether a text is empty or plainly still to be filled in."""
    return not text or catalogue.formats["placeholder"].matches(text)


def stands_for_a_number(format_name: str, text: str) -> bool:
    """Whether digits are plainly an example's: 123456789, 333333333.

    With one digit too few or too many they are meant to be an account's.
    """
    if format_name != "aws_account_id" or not text.isdigit() or len(text) in (11, 13):
        return False
    return len(set(text)) == 1 or text in "12345678901234567890" or text in "0123456789" * 2


def lost_zeros(value: Value) -> str | None:
    """The digits that were written without quotes, where the number lost zeros in front."""
    written = "" if value.origin is None else value.origin.text
    if not (written.isdecimal() and written.startswith("0")):
        return None
    return written if text_of(value) == written.lstrip("0") else None
