"""Lints once, without click: what ``check`` does, and all of it where only paths are given.

Importing click takes longer than everything else that a run without options does before it reads the
first file (a tenth of a clean run: ``python -m benchmarks.startup``).
"""

from __future__ import annotations

import os
from types import MappingProxyType

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.cli.commands import COMMANDS
from symlint.cli.request import Request
from symlint.cli.time_limit import DEFAULT_SECONDS, time_limit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DEFAULTS: Final[Mapping[str, Any]] = MappingProxyType({
    "paths": (), "formats": (), "outputs": (), "fail_on": None, "allow_empty": False, "verbose": False, "show_undecided": False,
    "statistics": False, "quiet": False, "color": "auto", "watch": False, "fix": None, "diff": False,
    "select": (), "ignore": (), "profile": None, "preview": False, "severity": {}, "rules": (),
    "plugins": (), "trust_config": False, "no_ignores": False, "baseline": None,
    "no_baseline": False, "config": None, "isolated": False, "exclude": (), "all_modules": False,
    "var": {}, "var_file": (), "each_var_file": (), "env_vars": False, "workspace": None,
    "stdin_filename": None, "add_ignore": None, "parser": "symlint", "timeout": DEFAULT_SECONDS, "jobs": None,
})  # fmt: skip  # as many a line as fit
"""What click makes of a command line without options; a test compares."""


def plain_paths(arguments: Sequence[str]) -> tuple[str, ...] | None:
    """The paths of a command line that has nothing else; None where it is click's to read it.

    A first word that may be a misspelt command is left to click, too.
    """
    first, *rest = arguments or ("check",)
    if first != "check":
        rest = [first, *rest]
        if first in COMMANDS or not os.path.lexists(first):
            return None
    elif rest[:1] == ["--"]:
        return None if "-" in rest else tuple(rest[1:])
    return None if any(path.startswith("-") for path in rest) else tuple(rest)


def check_paths(paths: tuple[str, ...]) -> int:
    """What ``check`` does with paths alone; returns the exit status."""
    return check_once(Request({**DEFAULTS, "paths": paths}))


def check_once(request: Request) -> int:
    """Lint once, repair where asked to, show the report; returns the exit status."""
    with time_limit(request.values["timeout"]):
        if request.values["add_ignore"] is not None:
            from symlint.cli.adding import add_ignores

            return add_ignores(request)
        if request.values["diff"] or request.values["fix"]:
            from symlint.cli.fix import check_and_fix

            return check_and_fix(request)
        return request.show(request.look())
