"""What an output format needs to know apart from the report itself."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from symlint.lint.access.inventory import Inventory
    from symlint.lint.access.questions.answer import Answer


class Access(NamedTuple):
    """Who can get what, and the answers to the questions about it."""

    inventory: Inventory
    answers: tuple[Answer, ...]


class RenderOptions(NamedTuple):
    """How to show a report.

    ``directory`` is the absolute path that shown paths are relative to, ``repository`` the one
    that CI formats use (the root of the repository). ``version`` is symlint's own. ``width`` is
    that of the terminal in columns, or None for output that wraps itself (a log, a pipe). ``access`` is
    what the page of HTML shows beside the findings.
    """

    directory: str
    repository: str
    version: str
    width: int | None = None
    color: bool = False
    hyperlinks: bool = False
    show_undecided: bool = False
    statistics: bool = False
    quiet: bool = False
    access: Access | None = None
