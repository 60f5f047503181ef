"""What of a configuration file may be used in a workspace that nobody has called trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from symlint.lint.registry import RuleSet
    from symlint.lint.settings.config import Config

T = TypeVar("T")

_UNKNOWN_CODE: Final = "unknown-ignore-code"


def has_own_rules(config: Config) -> bool:
    """Whether a configuration file names rules of the user's own, which are code."""
    return bool(config.rules or config.plugins)


def without_own_rules(config: Config, shipped: RuleSet) -> Config:
    """A configuration file without rules of the user's own, and without what it says of them.

    Comments may name them: whether a code is that of a rule is not asked then.
    """
    return config._replace(
        rules=(),
        plugins=(),
        select=None if config.select is None else _known(config.select, shipped),
        ignore=(*_known(config.ignore, shipped), _UNKNOWN_CODE),
        severity=_of_known(config.severity, shipped),
        overrides=tuple(
            it._replace(ignore=_known(it.ignore, shipped), severity=_of_known(it.severity, shipped))
            for it in config.overrides
        ),
    )


def _known(selectors: Iterable[str], shipped: RuleSet) -> tuple[str, ...]:
    return tuple(it for it in selectors if _selects(it, shipped))


def _of_known(severities: Mapping[str, T], shipped: RuleSet) -> dict[str, T]:
    return {key: it for key, it in severities.items() if _selects(key, shipped)}


def _selects(selector: str, shipped: RuleSet) -> bool:
    from symlint.lint.errors import SelectionError
    from symlint.lint.selection import selected_codes

    try:
        return bool(selected_codes(shipped, selector))
    except SelectionError:
        return False
