"""``symlint check``: lint, and show what was found."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Final

import click

from symlint import __version__
from symlint.cli.options import SECTIONS, check_options
from symlint.cli.output import choose_outputs, write_report
from symlint.lint.options import Options
from symlint.report.options import RenderOptions

if TYPE_CHECKING:
    from symlint.cli.output import Outputs
    from symlint.lint.report import Report

HELP: Final = """\
Lint Sym access flows.

PATHS are folders (every root module below is linted; the current folder by default), files (only
what touches them is shown) or - for standard input.

\b
Examples:
  symlint check environments modules/okta
  symlint check --format text --output sarif=symlint.sarif
  symlint check --select SYM2,flow-strategy --fail-on error
  symlint check --var-file prod.tfvars --show-undecided
  symlint check - --stdin-filename main.tf < main.tf

\b
Exit status:
  0  nothing was found (or nothing as severe as --fail-on says)
  1  something was found
  2  the options or the configuration file are wrong
  3  the result cannot be trusted: something could not be looked at
"""


class CheckCommand(click.Command):
    """Lets ``--fix`` stand without a value and before a path."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """``--fix`` means ``--fix=safe``; click would take the next argument for its value."""
        end = args.index("--") if "--" in args else len(args)
        options = ["--fix=safe" if argument == "--fix" else argument for argument in args[:end]]
        return super().parse_args(ctx, [*options, *args[end:]])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options under the headings of ``SECTIONS``."""
        headings = {name: title for title, names in SECTIONS.items() for name in names}
        records: dict[str, list[tuple[str, str]]] = {title: [] for title in (*SECTIONS, "Other")}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record and isinstance(parameter, click.Option):
                records[headings.get(parameter.name or "", "Other")].append(record)
        for title, rows in records.items():
            with formatter.section(title):
                formatter.write_dl(rows)


class Request:
    """What the command line asks for."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values
        self.paths: tuple[str, ...] = values["paths"] or (os.curdir,)
        self.options = lint_options(values)
        self.outputs: Outputs = choose_outputs(values["formats"], values["outputs"])
        self.render_options = RenderOptions(
            directory=os.getcwd(),
            repository=_repository(self.paths[0]),
            version=__version__,
            show_undecided=values["show_undecided"],
            statistics=values["statistics"],
            quiet=values["quiet"],
        )

    def look(self) -> Report:
        """Lint, with a progress bar where somebody waits for it."""
        from symlint.cli.progress import Progress
        from symlint.lint.run.engine import lint

        with Progress(wanted=not self.values["quiet"]) as progress:
            return lint(self.paths, self.options, progress.show)

    def show(self, report: Report) -> None:
        """Write the report everywhere it is wanted."""
        write_report(report, self.outputs, self.render_options, self.values["color"])


@click.command("check", cls=CheckCommand, help=HELP)
@check_options
def command(**values: Any) -> int:
    """Lint, and show what was found; returns the exit status."""
    if "-" in values["paths"]:
        values = _with_standard_input(values)
    request = Request(values)
    if values["watch"]:
        from symlint.cli.watch import watch

        return watch(request)
    return check_once(request)


def check_once(request: Request) -> int:
    """Lint once, repair where asked to, show the report; returns the exit status."""
    if request.values["diff"] or request.values["fix"]:
        from symlint.cli.fix import check_and_fix

        return check_and_fix(request)
    report = request.look()
    request.show(report)
    return report.exit_status


def lint_options(values: dict[str, Any]) -> Options:
    """What the options of a command ask of a run; those that a command lacks are not asked."""
    return Options(
        select=values.get("select") or None,
        ignore=values.get("ignore", ()),
        preview=values.get("preview") or None,
        profile=values.get("profile"),
        severity=values.get("severity", {}),
        exclude=values["exclude"],
        all_modules=values["all_modules"],
        variable_files=_variable_files(values["var_file"], values["each_var_file"]),
        variables=values["var"],
        environment_variables=values["env_vars"],
        workspace=values["workspace"],
        parser=values["parser"],
        configuration_file=values["config"],
        isolated=values["isolated"],
        ignores=not values.get("no_ignores"),
        baseline=values.get("baseline"),
        use_baseline=not values.get("no_baseline"),
        fail_on=values.get("fail_on"),
        overlays=values.get("overlays", {}),
    )


def _variable_files(
    together: tuple[str, ...], each: tuple[str, ...]
) -> tuple[tuple[str, ...], ...]:
    """The sets of variable files to lint under, one after the other."""
    if each:
        return tuple((*together, file) for file in each)
    return (together,) if together else ()


def _with_standard_input(values: dict[str, Any]) -> dict[str, Any]:
    """The values with the text of standard input in place of the file that it stands for."""
    if values["fix"] or values["watch"]:
        raise click.UsageError("--fix and --watch need files, not standard input.")
    path = os.path.abspath(values["stdin_filename"])
    text = sys.stdin.buffer.read().decode("utf-8-sig", "surrogateescape")
    paths = tuple(path if given == "-" else given for given in values["paths"])
    return {**values, "paths": paths, "overlays": {path: text}}


def _repository(path: str) -> str:
    """The root of the repository of a path; the current folder outside of one."""
    from symlint.lint.settings.config import repository_root

    return repository_root(os.path.abspath(path)) or os.getcwd()
