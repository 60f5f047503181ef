"""symlint: a validator and linter for Sym access flows declared in Terraform.

>>> import symlint
>>> report = symlint.lint("environments/prod", select=["SYM2"])
>>> [(finding.code, finding.range.path, finding.range.line) for finding in report.findings]
"""

# Only what is symlint's own is imported here and in symlint.version, so not even __future__: in
# `python -m symlint` Python looks for modules in the current folder first, which has the files of
# whoever is linted. symlint.__main__ puts an end to that.
from symlint.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable
    from typing import Unpack

    from symlint.lint.options import OptionsDict
    from symlint.lint.report import Report
    from symlint.lint.run.evaluating import Evaluation

__all__ = ["__version__", "evaluate", "lint"]


def lint(
    paths: "str | os.PathLike[str] | Iterable[str | os.PathLike[str]]" = ".",
    **options: "Unpack[OptionsDict]",
) -> "Report":
    """Lint files and directories; the report is what the command line renders.

    The options are the fields of ``symlint.lint.options.Options``. Relative paths start at the
    current folder. Nothing is printed or written. Raises ``symlint.lint.errors.UsageError`` where
    the command line would exit with status 2; nothing that is in the linted files raises.
    """
    from symlint.lint.run.api import lint_paths

    return lint_paths(paths, **options)


def evaluate(
    path: "str | os.PathLike[str]" = ".",
    address: "str | Iterable[str] | None" = None,
    **options: "Unpack[OptionsDict]",
) -> "Evaluation":
    """The values of addresses of a configuration, or of all outputs of its root module.

    >>> evaluation = symlint.evaluate("environments/prod", "local.environment_name")
    >>> [(trace.address, trace.data, trace.origin, trace.hops) for trace in evaluation.traces]

    ``path`` is the root module or a folder with one below it. The options are those of ``lint``;
    those about rules mean nothing here. Nothing is printed or written. Raises
    ``symlint.lint.errors.UsageError`` where the command line would exit with status 2, which is
    ``AddressError`` for an address that nothing has; nothing that is in the files raises.
    """
    from symlint.lint.run.evaluating import evaluate_path

    return evaluate_path(path, address, **options)
