"""What a caller asks of a run: the command line and the Python API fill in the same fields."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Literal, TypeAlias
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypedDict

    from symlint.lint.finding import Severity

FailOn: TypeAlias = Literal["error", "warning", "note", "never"]
Jobs: TypeAlias = int | Literal["auto"]
ParserName: TypeAlias = Literal["symlint", "python-hcl2"]


class Options(NamedTuple):
    """Options of one run; None and empty mean what the configuration file or the default says.

    ``select`` replaces the selection of the configuration file; ``ignore``, ``exclude`` and
    ``severity`` add to it. ``variable_files`` are sets that are checked one after the other; the
    files of one set are loaded together, the last wins (as with ``terraform -var-file``).
    ``variables`` are values by name as written after ``-var name=``. ``overlays`` are texts by
    path that stand in for what is on disk (standard input, unsaved editor buffers);
    with ``alone``, what other files could decide is not asked of them. With
    ``allow_empty`` it is no failure where there is nothing to lint; with ``list_files``, the report
    says of each file whether it was looked at.

    ``rules`` (folders) and ``plugins`` (entry points) are rules of your own, which run code. What a
    configuration file names of them counts only with ``trust_config``, or where it is named here too.

    ``jobs`` is how many processes lint root modules at once: with "auto" one for each processor where
    there are many of them, with None what the configuration file says. That of ``symlint.lint`` is 1
    unless given: a script that asks for more must be written to be imported by its own processes
    (``if __name__ == "__main__":``), as with ``multiprocessing``.
    """

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    preview: bool | None = None
    profile: str | None = None
    severity: Mapping[str, Severity] = {}
    exclude: tuple[str, ...] = ()
    all_modules: bool = False
    allow_empty: bool = False
    list_files: bool = False
    variable_files: tuple[tuple[str, ...], ...] = ()
    variables: Mapping[str, str] = {}
    environment_variables: bool = False
    workspace: str | None = None
    parser: ParserName = "symlint"
    configuration_file: str | None = None
    isolated: bool = False
    ignores: bool = True
    baseline: str | None = None
    use_baseline: bool = True
    fail_on: FailOn | None = None
    overlays: Mapping[str, str] = {}
    alone: bool = False
    rules: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    trust_config: bool = False
    jobs: Jobs | None = None


if TYPE_CHECKING:

    class OptionsDict(TypedDict, total=False):
        """The fields of ``Options`` as keyword arguments; one string will do for several."""

        select: str | Sequence[str] | None
        ignore: str | Sequence[str]
        preview: bool | None
        profile: str | None
        severity: Mapping[str, Severity]
        exclude: str | Sequence[str]
        all_modules: bool
        allow_empty: bool
        list_files: bool
        variable_files: str | Sequence[str | Sequence[str]]
        variables: Mapping[str, str]
        environment_variables: bool
        workspace: str | None
        parser: ParserName
        configuration_file: str | None
        isolated: bool
        ignores: bool
        baseline: str | None
        use_baseline: bool
        fail_on: FailOn | None
        overlays: Mapping[str, str]
        alone: bool
        rules: str | Sequence[str]
        plugins: str | Sequence[str]
        trust_config: bool
        jobs: Jobs | None
