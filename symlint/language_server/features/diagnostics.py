"""How a finding reads in an editor: its message, its tags, and the address of its rule's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from symlint.report.escape import neutralise
from symlint.report.remedy import CODE, remedy_parts
from symlint.report.summary import more_found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, RelatedRange

SCHEME: Final = "symlint"
"""Of the addresses of pages that are in no file: the client asks the server for their text."""

UNNECESSARY: Final = frozenset(
    ("unused-strategy", "unused-resource", "unused-ignore", "unread-variable", "expired-ignore")
)
"""Rules about what could go: an editor shows it faded."""

DEPRECATED: Final = frozenset(("deprecated-module-source", "deprecated-get-approvers"))
"""Rules about what is obsolete: an editor strikes it through."""

MOST_PLACES: Final = 20
"""How many other places are listed with a finding."""


def page_address(code: str) -> str:
    """The address of the page of a rule."""
    return f"{SCHEME}:/rules/{code}.md"


def code_of_page(address: str) -> str | None:
    """The code of the rule whose page has an address; None for any other address."""
    start, end = f"{SCHEME}:/rules/", ".md"
    if not (address.startswith(start) and address.endswith(end)):
        return None
    return address[len(start) : -len(end)]


def message(finding: Finding) -> str:
    """What is wrong, what happens then, and what to write."""
    return "\n".join(_lines(finding))


def _lines(finding: Finding) -> Iterator[str]:
    title = neutralise(finding.title)
    yield f"{title} (and {more_found(finding)})" if finding.more_instances else title
    if finding.why:
        yield neutralise(finding.why)
    for part in remedy_parts(finding.help) if finding.help else ():
        yield from (f"{CODE}{line}" if part.is_code else line for line in part.lines)


def other_places(finding: Finding) -> Iterator[RelatedRange]:
    """The other halves of a contradiction, and the way of the value from where it was written."""
    from symlint.lint.finding import RelatedRange

    places = [*finding.related]
    places += (RelatedRange(hop.range, "the value is read here") for hop in finding.path)
    for place in list(dict.fromkeys(places))[:MOST_PLACES]:
        yield place._replace(label=neutralise(place.label))
