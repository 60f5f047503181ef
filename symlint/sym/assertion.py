"""A statement of the configuration file about the access that is granted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Severity: TypeAlias = Literal["error", "warning", "note"]


class Assertion(NamedTuple):
    """A statement about all grants that it selects.

    ``flows`` and ``targets`` select grants: patterns by word, all of which must match.
    ``setting`` are patterns for settings of the target. ``expect`` are the values by word.
    ``on_unknown`` is what a grant is worth that cannot be judged.
    """

    name: str
    flows: Mapping[str, tuple[str, ...]]
    targets: Mapping[str, tuple[str, ...]]
    setting: Mapping[str, tuple[str, ...]]
    expect: Mapping[str, Any]
    severity: Severity = "error"
    on_unknown: Severity | Literal["ignore"] = "ignore"
