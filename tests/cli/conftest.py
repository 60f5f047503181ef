"""A run of the command line whose linting is recorded and answered with a report made by hand."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner, Result

from symlint.cli import running
from symlint.lint.finding import Finding
from symlint.lint.options import Options
from symlint.lint.report import Counts, Failure, Report
from symlint.source.text import Range, SourceFile


class Call(NamedTuple):
    paths: tuple[str, ...]
    options: Options


class FakeLint:
    """Stands in for the engine: remembers the calls and returns ``report``."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.calls: list[Call] = []
        self.error: BaseException | None = None

    def __call__(
        self,
        paths: tuple[str, ...],
        options: Options,
        progress: object = None,
        memory: object = None,
        *,
        texts: object = None,
        kept: object = None,
    ) -> Report:
        self.calls.append(Call(paths, options))
        if self.error:
            raise self.error
        return self.report


def make_report(directory: str, *, failures: tuple[Failure, ...] = ()) -> Report:
    source = SourceFile(f"{directory}/main.tf", 'type = "aws_iam"\n')
    finding = Finding(
        code="SYM201",
        name="strategy-target-type",
        severity="error",
        title="aws_iam strategy cannot grant an okta_group target",
        range=Range(source, 7, 16),
    )
    return Report((finding,), (), failures, (), Counts(1, 1, 0, 3), (), 3 if failures else 1)


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs in a folder of its own."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def fake_lint(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> FakeLint:
    fake = FakeLint(make_report(str(tmp_path)))
    monkeypatch.setattr("symlint.lint.run.engine.lint", fake)
    return fake


@pytest.fixture
def symlint() -> Callable[..., Result]:
    """Runs a command as ``main`` would; the result has the exit status and both outputs."""

    def invoke(*arguments: str, standard_input: bytes | None = None) -> Result:
        import click

        @click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
        @click.argument("rest", nargs=-1, type=click.UNPROCESSED)
        @click.pass_context
        def entry(ctx: click.Context, rest: tuple[str, ...]) -> None:
            ctx.exit(running.run(list(arguments)))

        return CliRunner().invoke(entry, [], input=standard_input, catch_exceptions=False)

    return invoke
