"""Which findings are shown while somebody types, and which wait until the file is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from symlint.lint.finding import Finding

    ByPath: TypeAlias = dict[str, tuple[Finding, ...]]
    Key: TypeAlias = tuple[str, str, str, str]

SYNTAX_ERROR: Final = "SYM001"

ABOUT_ABSENCE: Final = frozenset(
    (
        "SYM105", "SYM122", "SYM203", "SYM207", "SYM314", "SYM402", "SYM501", "SYM503", "SYM505",
        "SYM514", "SYM603", "SYM607", "SYM608", "SYM623", "SYM624", "SYM901", "SYM903", "SYM906",
        "SYM920",
    )
)  # fmt: skip  # as many a line as fit
"""Rules about what is missing or not used, which is what everything is that is half written."""


class Memory(NamedTuple):
    """What has been shown of some root modules.

    ``saved`` are the findings about absence when the files were saved last, ``good`` all findings by
    path when no unsaved file had a syntax error.
    """

    saved: frozenset[Key] = frozenset()
    good: Mapping[str, tuple[Finding, ...]] | None = None


NOTHING: Final = Memory()


def shown(
    findings: Iterable[Finding], unsaved: Collection[str], memory: Memory
) -> tuple[ByPath, Memory]:
    """The findings to show by path, and what to remember of them.

    Where every file is saved that is all. While one is not, nothing new is said of what is missing;
    and while one of those has a syntax error, what was said of other files stays.
    """
    found = list(findings)
    if not unsaved:
        by_path = _by_path(found)
        keys = frozenset(_key(it) for it in found if it.code in ABOUT_ABSENCE)
        return by_path, Memory(keys, by_path)
    known = [it for it in found if it.code not in ABOUT_ABSENCE or _key(it) in memory.saved]
    by_path = _by_path(known)
    broken = {it.range.path for it in found if it.code == SYNTAX_ERROR} & set(unsaved)
    if not broken or memory.good is None:
        return by_path, memory if broken else memory._replace(good=by_path)
    kept = {path: it for path, it in memory.good.items() if path not in unsaved}
    return {**kept, **{path: it for path, it in by_path.items() if path in unsaved}}, memory


def _by_path(findings: Iterable[Finding]) -> ByPath:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.range.path, []).append(finding)
    return {path: tuple(it) for path, it in found.items()}


def _key(finding: Finding) -> Key:
    return finding.code, finding.range.path, finding.address, finding.title
