"""Rules, findings, and the engine that runs the ones over the others.

The package can be called: ``symlint.lint(paths)`` is the Python API, and importing a module of
this package makes the name ``symlint.lint`` stand for the package.
"""

from __future__ import annotations

import sys
from types import ModuleType

from symlint.annotations import TYPE_CHECKING

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable
    from typing import Unpack

    from symlint.lint.options import OptionsDict
    from symlint.lint.report import Report


class _CallablePackage(ModuleType):
    """This package as a function."""

    def __call__(
        self,
        paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = ".",
        **options: Unpack[OptionsDict],
    ) -> Report:
        """Lint files and directories, as ``symlint.lint`` documents."""
        from symlint.lint.run.api import lint_paths

        return lint_paths(paths, **options)


sys.modules[__name__].__class__ = _CallablePackage
