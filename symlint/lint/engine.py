"""Runs the rules over configurations and gathers what they say into one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.options import Options

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from symlint.lint.report import Report

__all__ = ["Options", "lint"]


def lint(
    paths: Sequence[str],
    options: Options = Options(),  # noqa: B008 - a NamedTuple never changes
    progress: Callable[[int, int, str], None] | None = None,
) -> Report:
    """Lint files and directories; the report has every finding, failure and count.

    ``progress`` is called with how many root modules are done, how many there are, and the
    directory of the next one. Raises ``ConfigError`` for a configuration file that cannot be
    used and ``SelectionError`` for a selector that selects nothing; nothing else.
    """
    raise NotImplementedError
