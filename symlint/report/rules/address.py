"""Where the page of a rule is on the web: the one place that knows the address."""

from __future__ import annotations

from typing import Final

PAGES: Final = "https://git.example.com/symlint/blob/main/docs/rules"
"""The folder of the pages."""

_OWN_LETTERS: Final = "SYM"


def rule_address(code: str) -> str:
    """The address of a rule's page; "" for one that symlint does not bring."""
    return f"{PAGES}/{code}.md" if code.startswith(_OWN_LETTERS) else ""
