"""Where symlint and the page of a rule are on the web: the one place that knows the address."""

from __future__ import annotations

from symlint.annotations import Final

REPOSITORY: Final = "https://git.example.com/symlint"
"""Where symlint is installed from."""

PAGES: Final = f"{REPOSITORY}/blob/main/docs/rules"
"""The folder of the pages."""

_OWN_LETTERS: Final = "SYM"


def rule_address(code: str) -> str:
    """The address of a rule's page; "" for one that symlint does not bring."""
    return f"{PAGES}/{code}.md" if code.startswith(_OWN_LETTERS) else ""
