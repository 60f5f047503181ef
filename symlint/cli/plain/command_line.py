"""Runs the command lines that have no options to read, without click.

Importing click takes 70 million instructions, more than all else that ``--help`` and ``rules`` do.
"""

from __future__ import annotations

import os
import sys

from symlint.annotations import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_READ_BY_CLICK: Final = ("SYMLINT_TRUST_CONFIG", "_SYMLINT_COMPLETE")
"""Variables of the environment that are options, too."""


def run_plain(arguments: Sequence[str]) -> int | None:
    """Run a command; returns the exit status, or None where it is click's to read what it is."""
    if any(name in os.environ for name in _READ_BY_CLICK):
        return None
    match arguments:
        case ["--help" | "-h"]:
            return _help()
        case ["rules"]:
            from symlint.cli.plain.listing import list_rules

            list_rules((), "table", {})
            return 0
        case ["explain", rule] if not rule.startswith("-"):
            from symlint.cli.plain.page import explain

            explain(rule, {})
            return 0
    from symlint.cli.plain.checking import check_paths, plain_paths

    paths = plain_paths(arguments)
    return None if paths is None else check_paths(paths)


def _help() -> int | None:
    from symlint.cli.plain.help import FEWEST_COLUMNS, help_text
    from symlint.report.terminal import terminal_width

    columns = terminal_width(os.environ, _terminal()) or FEWEST_COLUMNS
    if columns < FEWEST_COLUMNS:
        return None
    sys.stdout.write(help_text(columns))
    return 0


def _terminal() -> int | None:
    """The descriptor that click asks for the width of the terminal."""
    try:
        return sys.__stdout__.fileno() if sys.__stdout__ else None
    except (OSError, ValueError):
        return None
