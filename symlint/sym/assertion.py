"""A statement of the configuration file about the access that is granted."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Any, Literal, TypeAlias
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.source.text import Range

Severity: TypeAlias = Literal["error", "warning", "note"]


class Assertion(NamedTuple):
    """A statement about all grants that it selects.

    ``flows`` and ``targets`` select grants: patterns by word, all of which must match.
    ``setting`` are patterns for settings of the target. ``expect`` are the values by word.
    ``on_unknown`` is what a grant is worth that cannot be judged. Where it selects no grant at all, that
    is a mistake unless ``allow_empty``. ``place`` is where the configuration file says it.
    """

    name: str
    flows: Mapping[str, tuple[str, ...]]
    targets: Mapping[str, tuple[str, ...]]
    setting: Mapping[str, tuple[str, ...]]
    expect: Mapping[str, Any]
    severity: Severity = "error"
    on_unknown: Severity | Literal["ignore"] = "ignore"
    allow_empty: bool = False
    place: Range | None = None


class Assertions(NamedTuple):
    """What must hold of the access that a root module grants.

    ``partial`` says why a run sees only a part of what the assertions are about; "" where it sees all.
    """

    all: tuple[Assertion, ...] = ()
    partial: str = ""
