"""Request: the paths, options and outputs of a command line, as options of a run."""

from __future__ import annotations

import os
from types import MappingProxyType

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.cli.output import choose_outputs, write_report
from symlint.lint.options import Options
from symlint.memory import Memory
from symlint.report.options import RenderOptions
from symlint.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.cli.output import Outputs
    from symlint.lint.report import Report
    from symlint.lint.run.roots.kept import Kept


class Request:
    """The paths, options and outputs of a command line."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values
        self._memory: Final = Memory()
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

    def look(
        self, texts: Mapping[str, str] = MappingProxyType({}), kept: Kept | None = None
    ) -> Report:
        """Lint, with a progress bar where somebody waits for it; ``texts`` are what files may come to.

        ``kept`` has what earlier looks have found, and gets what this one finds.
        """
        return self._lint(self.options, texts, kept)

    def judge(self, texts: Mapping[str, str], kept: Kept) -> Report:
        """Lint with the rules that would run if the command line selected none."""
        return self._lint(self.options._replace(select=None), texts, kept)

    def _lint(self, options: Options, texts: Mapping[str, str], kept: Kept | None = None) -> Report:
        from symlint.cli.progress import Progress
        from symlint.lint.run.engine import lint

        with Progress(wanted=not self.values["quiet"]) as progress:
            return lint(self.paths, options, progress.show, self._memory, texts=texts, kept=kept)

    def show(self, report: Report) -> int:
        """Write what of the report can be listed everywhere it is wanted; returns the exit status."""
        if report.findings or report.suppressed or report.undecided or report.failures:
            from symlint.report.listing import listed

            report = listed(report)
        options = self.render_options
        if "html" in (*self.outputs.streamed, *(name for name, _ in self.outputs.files)):
            from symlint.cli.access import access_beside

            access = access_beside(
                report, self.paths, self.options, options.directory, self._memory
            )
            options = options._replace(access=access)
        write_report(report, self.outputs, options, self.values["color"])
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
        allow_empty=values.get("allow_empty", False),
        list_files=values.get("verbose", False),
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
        alone=values.get("alone", False),
        rules=values.get("rules", ()),
        plugins=values.get("plugins", ()),
        trust_config=values.get("trust_config", False),
        jobs=values.get("jobs"),
    )


def _variable_files(
    together: tuple[str, ...], each: tuple[str, ...]
) -> tuple[tuple[str, ...], ...]:
    """The sets of variable files to lint under, one after the other."""
    if each:
        return tuple((*together, file) for file in each)
    return (together,) if together else ()


def _repository(path: str) -> str:
    """The root of the repository of a path; the current folder outside of one."""
    from symlint.source.tree import repository_root

    return repository_root(os.path.abspath(path)) or os.getcwd()
