"""The form of version constraints.

https://developer.hashicorp.com/terraform/language/expressions/version-constraints; the grammar is
that of github.com/hashicorp/go-version.
"""

from __future__ import annotations

import re

from symlint.annotations import Final

_PART: Final = (
    r"v?[0-9]+(?:\.[0-9]+)*"
    r"(?P<prerelease>-[0-9]+[0-9A-Za-z~-]*(?:\.[0-9A-Za-z~-]+)*"
    r"|-?[A-Za-z~-]+[0-9A-Za-z~-]*(?:\.[0-9A-Za-z~-]+)*)?"
    r"(?:\+[0-9A-Za-z~-]+(?:\.[0-9A-Za-z~-]+)*)?"
)


_OPERATORS: Final = ("", "=", "!=", ">", ">=", "<", "<=", "~>")


def malformed_part(constraint: str) -> str | None:
    """The first part of a constraint that is none, or None when the constraint is well formed."""
    if all(map(_is_simple, constraint.split(","))):
        return None
    matches = re.compile(r"\s*(?:=|!=|>=|<=|>|<|~>)?\s*(?:" + _PART + r")\s*").fullmatch
    return next((part for part in constraint.split(",") if not matches(part)), None)


def _is_simple(part: str) -> bool:
    """Whether a part has an operator and numbers only: then the pattern need not be compiled."""
    part = part.strip(" ")
    numbers = part.lstrip("=!><~")
    operator = part[: len(part) - len(numbers)]
    parts = numbers.lstrip(" ").split(".")
    return operator in _OPERATORS and all(it.isascii() and it.isdigit() for it in parts)


def has_prerelease(constraint: str) -> bool:
    """Whether some part of a well formed constraint is about a prerelease (``1.0.0-beta1``)."""
    matches = re.compile(r"\s*(?:=|!=|>=|<=|>|<|~>)?\s*(?:" + _PART + r")\s*").fullmatch
    found = (matches(part) for part in constraint.split(","))
    return any(match is not None and match["prerelease"] for match in found)
