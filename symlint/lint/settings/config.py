"""What a configuration file can say, defaults filled in."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.lint.finding import Severity
    from symlint.lint.options import FailOn, Jobs
    from symlint.sym.assertion import Assertion


class Override(NamedTuple):
    """Other rules and severities for the paths that match ``paths`` (globs)."""

    paths: tuple[str, ...]
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = {}


class Config(NamedTuple):
    """What one configuration file says, defaults filled in.

    ``directory`` is what relative paths in it are relative to ("" without a file); ``baseline``
    and ``rules`` are absolute. ``keys`` are those that are set.
    """

    path: str | None = None
    directory: str = ""
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    profile: str = "recommended"
    preview: bool = False
    severity: Mapping[str, Severity] = {}
    fail_on: FailOn = "warning"
    exclude: tuple[str, ...] = ()
    variable_files: tuple[tuple[str, ...], ...] = ()
    baseline: str | None = None
    required_version: str | None = None
    rules: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    catalogue: Mapping[str, Any] = {}
    overrides: tuple[Override, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    jobs: Jobs = "auto"
    keys: tuple[str, ...] = ()


DEFAULT: Final = Config()
