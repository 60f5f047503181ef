"""One statement of the access inventory: what it says, how sure it is, and where it was read."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from symlint.source.text import Range

Data: TypeAlias = "str | int | bool | tuple[Data, ...] | Mapping[str, Data] | None"
"""What programs compare: as JSON, with keys in order."""

State: TypeAlias = Literal[
    "known",  # so it is
    "conditional",  # so it is under the conditions that the text names
    "unknown",  # not known, for the reason that is given
    "broken",  # it does not work, for the reason that is given
]

_NOT_KNOWN: Final = "not known"
_LENGTH: Final = 12


class Cell(NamedTuple):
    """What is said in one column of a grant.

    ``text`` is for people, ``value`` for programs (None where nothing is known). ``reason`` says why a
    cell is not known, or what is broken. ``evidence`` are the places that it was read from. ``code`` are
    digests of what the text names and does not show, Python and things of Terraform: with other ones, it
    may mean something else.
    """

    text: str
    state: State = "known"
    value: Data = None
    reason: str = ""
    evidence: tuple[Range, ...] = ()
    code: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The text, with the reason where it is not known."""
        if self.is_known:
            return self.text
        state = _NOT_KNOWN if self.state == "unknown" else self.state
        said = f"{state}: {self.reason}"
        return said if self.text == state else f"{self.text} [{said}]"

    @property
    def is_known(self) -> bool:
        """Whether it says something, under conditions or not."""
        return self.state in ("known", "conditional")


NOTHING: Final = Cell("", value=None)
"""What is said where a column says nothing of a grant."""


def digest(text: str) -> str:
    """A short digest: other texts have other ones."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:_LENGTH]


def not_known(reason: str, text: str = "", evidence: Iterable[Range] = ()) -> Cell:
    """A cell that is not known; ``text`` is what can be said all the same: the reference as written."""
    return Cell(text or _NOT_KNOWN, "unknown", None, reason, tuple(evidence))


def broken(reason: str, text: str, evidence: Iterable[Range] = ()) -> Cell:
    """A cell of something that cannot work."""
    return Cell(text, "broken", None, reason, tuple(evidence))
