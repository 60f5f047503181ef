"""symlint: a validator and linter for Sym access flows declared in Terraform.

>>> import symlint
>>> report = symlint.lint("environments/prod", select=["SYM2"])
>>> [(finding.code, finding.range.path, finding.range.line) for finding in report.findings]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable
    from typing import Unpack

    from symlint.lint.options import OptionsDict
    from symlint.lint.report import Report

__all__ = ["__version__", "lint"]

__version__ = "0.1.0"


def lint(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = ".",
    **options: Unpack[OptionsDict],
) -> Report:
    """Lint files and directories; the report is what the command line renders.

    The options are the fields of ``symlint.lint.options.Options``. Relative paths start at the
    current folder. Nothing is printed or written. Raises ``symlint.lint.errors.UsageError`` where
    the command line would exit with status 2; nothing that is in the linted files raises.
    """
    from symlint.lint.api import lint_paths

    return lint_paths(paths, **options)
