"""Did you mean: the one name that is close to a mistyped one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def close_name(name: str, candidates: Iterable[str]) -> str | None:
    """The one candidate that ``name`` was surely meant to be, or None.

    None when two candidates are equally close, for a wrong guess is worse than none. Case and
    the difference of ``-`` and ``_`` count for nothing.
    """
    from difflib import SequenceMatcher

    wanted = _folded(name)
    best: tuple[float, str] | None = None
    second = 0.0
    for candidate in dict.fromkeys(candidates):
        ratio = SequenceMatcher(None, wanted, _folded(candidate), autojunk=False).ratio()
        if best is None or ratio > best[0]:
            best, second = (ratio, candidate), best[0] if best else 0.0
        else:
            second = max(second, ratio)
    if best is None or best[0] < 0.75 or best[0] == second:
        return None
    return best[1]


def _folded(name: str) -> str:
    return name.lower().replace("_", "-")
