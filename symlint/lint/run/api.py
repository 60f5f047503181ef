"""The Python API: ``symlint.lint`` with its options as keyword arguments."""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.lint.options import Options
from symlint.lint.run.engine import lint
from symlint.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Unpack

    from symlint.lint.options import OptionsDict
    from symlint.lint.report import Report


_MEMORY: Final = Memory()
"""Of all calls in the process: what is in it follows from texts, so that nothing but time depends on it."""


def lint_paths(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    **options: Unpack[OptionsDict],
) -> Report:
    """What ``symlint.lint`` does."""
    several = [paths] if isinstance(paths, str | os.PathLike) else paths
    return lint([os.fspath(path) for path in several], options_of(options), memory=_MEMORY)


def options_of(options: OptionsDict) -> Options:
    """The options that keyword arguments are."""
    fields: dict[str, Any] = {"jobs": 1, **options}
    for name in ("select", "ignore", "exclude", "rules", "plugins"):
        if fields.get(name) is not None:
            fields[name] = _strings(fields[name])
    if "variable_files" in fields:
        fields["variable_files"] = tuple(map(_strings, _strings(fields["variable_files"])))
    return Options(**fields)


def _strings(value: Any) -> tuple[Any, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
