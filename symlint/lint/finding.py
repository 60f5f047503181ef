"""The outcomes that a rule yields: Finding (with Fix and Edit), Passed and Undecided."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final, Literal, TypeAlias
from symlint.named_tuple import NamedTuple
from symlint.terraform.values.problems import RelatedRange

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.terraform.values.value import Hop

__all__ = [
    "PASSED",
    "SEVERITIES",
    "Edit",
    "Finding",
    "Fix",
    "Outcome",
    "Passed",
    "RelatedRange",
    "Severity",
    "Undecided",
]

Severity: TypeAlias = Literal["error", "warning", "note"]
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "note")
"""From the most to the least severe."""


class Edit(NamedTuple):
    """Replace the text of ``range`` with ``replacement``; an empty range inserts."""

    range: Range
    replacement: str


class Fix(NamedTuple):
    """Edits that remove a finding when all are applied together.

    ``safe`` when the repaired configuration surely means what the author meant.
    """

    description: str
    edits: tuple[Edit, ...]
    safe: bool


class Finding(NamedTuple):
    """A mistake, the places that prove it, its consequence and its remedy.

    ``title`` states the fact with its concrete kinds (lower case, no full stop); ``range`` is the
    smallest text to change and ``label`` stands beside it; ``related`` are the other halves of
    the contradiction. ``why`` is the consequence at run time, ``help`` the remedy
    (imperative; lines that begin with two blanks are code to paste). ``address`` and ``attribute``
    name what the finding is about in Terraform's terms, ``function`` the function of Python that it
    is in; ``path`` is the path of the value from where it was written.
    ``more_instances`` counts further instances with the same finding: of the same block, or of any
    where ``more_of`` says what they are: "flow", "strategy".
    ``variable_files`` names the sets of variable files under which it holds, where several were
    tried and it does not hold under all; ``why`` then says so too. One that is ``everywhere`` counts
    only if all root modules have it, under all of their variable files. One that ``stops`` Terraform concerns
    each file of its module.
    """

    code: str
    name: str
    severity: Severity
    title: str
    range: Range
    label: str = ""
    related: tuple[RelatedRange, ...] = ()
    why: str = ""
    help: str = ""
    address: str = ""
    attribute: str = ""
    function: str = ""
    path: tuple[Hop, ...] = ()
    fix: Fix | None = None
    more_instances: int = 0
    more_of: str = ""
    variable_files: tuple[str, ...] = ()
    everywhere: bool = False
    stops: bool = False

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Orders findings by place, then by code and title."""
        return (*self.range.sort_key(), self.code, self.title)


class Undecided(NamedTuple):
    """A question whose answer needs a value that is not known. Never shown as a finding."""

    code: str
    range: Range
    question: str
    reason: str


class Passed(NamedTuple):
    """A question that was asked and answered: nothing is wrong; counted in the summary."""


PASSED: Final = Passed()

Outcome: TypeAlias = Finding | Undecided | Passed
