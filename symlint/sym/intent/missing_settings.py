"""Required settings that are not given, and what was written in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from symlint.sym.catalogue.types import Setting


class Missing(NamedTuple):
    """A required setting that is not given, and the given one that was probably meant to be it."""

    setting: Setting
    unexpected: str | None = None
    close: bool = False


def missing_settings(
    settings: Mapping[str, Setting], given: Collection[str], *, open_: bool = False
) -> list[Missing]:
    """The required settings that are not among ``given``; ``open_`` where others may be given."""
    absent = [it for it in settings.values() if it.required and it.name not in given]
    others = sorted(it for it in given if it not in settings)
    found = []
    for setting in absent:
        meant = _meant(setting.name, absent, others)
        if meant is not None:
            found.append(Missing(setting, meant, close=True))
        elif len(absent) == len(others) == 1 and not open_:
            found.append(Missing(setting, others[0]))
        else:
            found.append(Missing(setting))
    return found


def _meant(name: str, absent: list[Setting], others: list[str]) -> str | None:
    """The one of the others that is closest to ``name`` and to no other missing setting."""
    if not others:
        return None
    from symlint.source.close_names import close_name

    meant = close_name(name, others)
    if meant is None or close_name(meant, [it.name for it in absent]) != name:
        return None
    return meant
