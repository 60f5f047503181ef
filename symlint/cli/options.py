"""The options of ``check``, in the groups of its help."""

from __future__ import annotations

import sys

import click

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.cli.shells.offers import complete_rule
from symlint.cli.time_limit import DEFAULT_SECONDS
from symlint.lint.settings.keys import MOST_JOBS
from symlint.report.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from symlint.lint.options import Jobs

    _Function = TypeVar("_Function", bound=Callable[..., Any])

SECTIONS: Final = {
    "Output": (
        "formats", "outputs", "fail_on", "allow_empty", "show_undecided", "statistics", "quiet", "verbose",
        "color",
        "watch",
    ),
    "Repair": ("fix", "diff"),
    "Rules": (
        "select", "ignore", "profile", "preview", "severity", "rules", "plugins", "trust_config",
    ),
    "Suppression": ("no_ignores", "add_ignore", "baseline", "no_baseline"),
    "Configuration": (
        "config", "isolated", "exclude", "all_modules", "var", "var_file", "each_var_file", "env_vars", "workspace",
        "stdin_filename", "parser", "timeout", "jobs",
    ),
}  # fmt: skip  # as many a line as fit
"""The headings of the help of ``check`` and the parameters beneath each."""

_OF_ALL: Final = frozenset(("--debug", "--help"))
"""Options that every command has."""


class SectionedCommand(click.Command):
    """Lists its own options first, then those of all commands that read configurations."""

    sections: tuple[str, ...] = ("Rules", "Suppression", "Configuration")
    """The headings of ``SECTIONS`` that are used; what stands under others is its own."""
    own: tuple[str, ...] = ("baseline",)
    """Parameters of these sections that are its own all the same."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options under headings."""
        headings = {name: title for title in self.sections for name in SECTIONS[title]}
        headings |= dict.fromkeys(self.own, "Options")
        titles = ("Options", *self.sections, "Other")
        records: dict[str, list[tuple[str, str]]] = {title: [] for title in titles}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record and isinstance(parameter, click.Option):
                of_all = not _OF_ALL.isdisjoint(parameter.opts)
                title = "Other" if of_all else headings.get(parameter.name or "", "Options")
                records[title].append(record)
        for title, rows in records.items():
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


_LONGEST_TIMEOUT: Final = 1_000_000
"""Seconds; the timers of operating systems know no infinity."""

_FILE: Final = click.Path()
"""A file, for shells that complete words."""

SEVERITIES: Final = ("error", "warning", "note")


def _words(
    ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...]:
    """The words of all values, which commas separate."""
    words = tuple(word.strip() for value in values for word in value.split(","))
    if not all(words):
        raise click.BadParameter("a code or name is missing", ctx, parameter)
    return words


def _assignments(
    ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    """The values by name; the last of a name wins, as with terraform."""
    assigned: dict[str, str] = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not equals or not name.strip():
            # The text is not repeated: it may be a secret.
            raise click.BadParameter("a value has no name: write NAME=VALUE", ctx, parameter)
        assigned[name.strip()] = text
    return assigned


def _jobs(ctx: click.Context, parameter: click.Parameter, value: str | None) -> Jobs | None:
    """A number of processes, or ``auto``."""
    if value is None:
        return None
    if value == "auto":
        return "auto"
    if not value.isdecimal() or not 1 <= int(value[:9]) <= MOST_JOBS:
        problem = f"{value!r} is neither auto nor a number from 1 to {MOST_JOBS}"
        raise click.BadParameter(problem, ctx, parameter)
    return int(value)


def _severities(
    ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    assigned = _assignments(ctx, parameter, values)
    for level in assigned.values():
        if level not in SEVERITIES:
            allowed = ", ".join(SEVERITIES)
            raise click.BadParameter(f"{level!r} is not one of {allowed}", ctx, parameter)
    return assigned


def debug_option(function: _Function) -> _Function:
    """``--debug``, which ``main`` looks for itself: it must work whatever else goes wrong."""
    return click.option(
        "--debug",
        is_flag=True,
        expose_value=False,
        help="Show the traceback of an internal error.",
    )(function)


def color_option(function: _Function) -> _Function:
    """``--color``, of the commands that write for people."""
    return click.option(
        "--color",
        type=click.Choice(("auto", "always", "never")),
        default="auto",
        show_default=True,
        help="Colour; NO_COLOR and FORCE_COLOR are honoured.",
    )(function)


def format_option(
    names: Sequence[str], help_: str, *, default: str | None = "text"
) -> Callable[[_Function], _Function]:
    """``--format``, of the commands that answer a question; ``help_`` says what each is for."""
    return click.option(
        "-f",
        "--format",
        "format_",
        type=click.Choice(names),
        default=default,
        show_default=default is not None,
        help=help_,
    )


def answering_options(function: _Function) -> _Function:
    """What every command has that answers a question about configurations, for people or programs."""
    return color_option(project_options(debug_option(function)))


def schema_option(*names: str) -> Callable[[_Function], _Function]:
    """``--schema``, which prints a JSON schema, and nothing else is done."""
    shown = " or ".join(f"of {'an' if it[0] in 'aeiou' else 'a'} {it}" for it in names)
    return click.option(
        "--schema",
        type=click.Choice(names),
        is_flag=False,
        flag_value=names[0],
        is_eager=True,
        expose_value=False,
        callback=_print_schema,
        help=f"Print the JSON schema {shown}, and exit.",
    )


def _print_schema(ctx: click.Context, parameter: click.Parameter, name: str | None) -> None:
    if name is None or ctx.resilient_parsing:
        return
    from symlint.report.access.schema import json_schema
    from symlint.report.escape import json_text

    sys.stdout.write(json_text(json_schema(name)) + "\n")
    ctx.exit()


def project_options(function: _Function) -> _Function:
    """What decides how a configuration is read."""
    for decorator in reversed(
        (
            click.option(
                "--config", metavar="FILE", type=_FILE, help="Use this configuration file."
            ),
            click.option("--isolated", is_flag=True, help="Use no configuration file."),
            click.option(
                "--exclude",
                multiple=True,
                metavar="GLOB",
                help="Exclude paths that match. Repeatable.",
            ),
            click.option(
                "--all-modules",
                is_flag=True,
                help="Also read modules that do not use Sym.",
            ),
            click.option(
                "-var",
                "--var",
                multiple=True,
                callback=_assignments,
                metavar="NAME=VALUE",
                help="Set a variable of the root module, as with terraform. Repeatable.",
            ),
            click.option(
                "-var-file",
                "--var-file",
                multiple=True,
                type=_FILE,
                metavar="FILE",
                help="Read variables from a file; several are loaded together, as with terraform.",
            ),
            click.option(
                "--each-var-file",
                multiple=True,
                type=_FILE,
                metavar="FILE",
                help="Lint once with each of these files, in addition to --var-file.",
            ),
            click.option("--env-vars", is_flag=True, help="Also read variables from TF_VAR_*."),
            click.option("--workspace", metavar="NAME", help="The value of terraform.workspace."),
            click.option(
                "--timeout",
                type=click.FloatRange(min=0, max=_LONGEST_TIMEOUT),
                default=DEFAULT_SECONDS,
                show_default=True,
                metavar="SECONDS",
                help="Stop after this time with what was found (exit status 3); 0 for never.",
            ),
            click.option(
                "--parser",
                type=click.Choice(("symlint", "python-hcl2")),
                default="symlint",
                show_default=True,
                help="Which parser reads HCL.",
            ),
        )
    ):
        function = decorator(function)
    return function


def code_options(function: _Function) -> _Function:
    """What says which code of the user's is run: nothing else does."""
    for decorator in reversed(
        (
            click.option(
                "--rules",
                multiple=True,
                type=_FILE,
                metavar="DIR",
                help="Also load the rules in the Python files of this folder. Repeatable.",
            ),
            click.option(
                "--plugin",
                "plugins",
                multiple=True,
                metavar="NAME",
                help="Also load this installed rule plug-in. Repeatable.",
            ),
            click.option(
                "--trust-config",
                is_flag=True,
                envvar="SYMLINT_TRUST_CONFIG",
                help="Run the code that configuration files name as rules and plugins. "
                "SYMLINT_TRUST_CONFIG=1 means the same.",
            ),
        )
    ):
        function = decorator(function)
    return function


def rule_options(function: _Function) -> _Function:
    """What decides which rules run, and which findings count."""
    function = code_options(function)
    for decorator in reversed(
        (
            click.option(
                "--select",
                multiple=True,
                callback=_words,
                shell_complete=complete_rule,
                metavar="CODE,...",
                help="Run only these: codes, names, beginnings (SYM2), profiles, all.",
            ),
            click.option(
                "--ignore",
                multiple=True,
                callback=_words,
                shell_complete=complete_rule,
                metavar="CODE,...",
                help="Do not run these.",
            ),
            click.option(
                "--profile",
                type=click.Choice(("recommended", "strict")),
                help="The rules to start from.  [default: recommended]",
            ),
            click.option("--preview", is_flag=True, help="Also run rules in preview."),
            click.option(
                "--severity",
                multiple=True,
                callback=_severities,
                shell_complete=complete_rule,
                metavar="CODE=LEVEL",
                help="Make a rule an error, a warning or a note. Repeatable.",
            ),
            click.option(
                "--no-ignores", is_flag=True, help="Show what comments in the source suppress."
            ),
        )
    ):
        function = decorator(function)
    return function


def _output_options(function: _Function) -> _Function:
    for decorator in reversed(
        (
            click.option(
                "-f",
                "--format",
                "formats",
                multiple=True,
                type=click.Choice(tuple(FORMATS)),
                help="What to write to standard output. Repeatable.  [default: text]",
            ),
            click.option(
                "-o",
                "--output",
                "outputs",
                multiple=True,
                metavar="FORMAT=FILE",
                help="Write a format to a file. Repeatable.",
            ),
            click.option(
                "--fail-on",
                type=click.Choice((*SEVERITIES, "never")),
                help="The lowest severity that makes the exit status 1.  [default: warning]",
            ),
            click.option(
                "--show-undecided",
                is_flag=True,
                help="Show the questions that need a value that is not known.",
            ),
            click.option("--statistics", is_flag=True, help="Count the findings of each rule."),
            click.option("-q", "--quiet", is_flag=True, help="Show findings and failures only."),
            click.option(
                "-v",
                "--verbose",
                "--show-files",
                "verbose",
                is_flag=True,
                help="List the files that were looked at, and those skipped with the reason.",
            ),
            click.option(
                "--allow-empty",
                is_flag=True,
                help="Exit with 0 where there is nothing to lint, instead of 3.",
            ),
            color_option,
        )
    ):
        function = decorator(function)
    return function


def _mode_options(function: _Function) -> _Function:
    for decorator in reversed(
        (
            click.option(
                "--fix",
                type=click.Choice(("safe", "all")),
                metavar="[=safe|all]",
                help="Apply the safe fixes; --fix=all also those to review afterwards.",
            ),
            click.option("--diff", is_flag=True, help="Show what --fix would change."),
            click.option(
                "-j",
                "--jobs",
                callback=_jobs,
                metavar="N",
                help="Lint root modules in N processes at once.  [default: auto]",
            ),
            click.option("-w", "--watch", is_flag=True, help="Lint again when a file changes."),
            click.option(
                "--baseline", metavar="FILE", type=_FILE, help="Suppress the findings in FILE."
            ),
            click.option("--no-baseline", is_flag=True, help="Use no baseline."),
            click.option(
                "--add-ignore",
                metavar="REASON",
                help="Write an ignore comment with this reason for each finding.",
            ),
            click.option(
                "--stdin-filename",
                metavar="FILE",
                type=_FILE,
                help="The path of the file that standard input holds; without one, the text is judged alone.",
            ),
        )
    ):
        function = decorator(function)
    return function


def check_options(function: _Function) -> _Function:
    """Everything that ``check`` accepts."""
    function = debug_option(function)
    function = project_options(function)
    function = rule_options(function)
    function = _mode_options(function)
    function = _output_options(function)
    paths = click.argument("paths", nargs=-1, metavar="[PATHS]...", type=click.Path())
    return paths(function)
