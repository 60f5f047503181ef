"""Checks that an environment has an error logger."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import edited
from symlint.rules.environments._examples import PROVIDER
from symlint.rules.flows._examples import flow_example
from symlint.sym.model.environments import ErrorLogger
from symlint.sym.words import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.environments import Environment


class MissingErrorLogger(Rule):
    """An environment has an error logger.

    The `error_logger_id` of an environment names the error logger for its flows. It reports
    exceptions in `impl.py` and access that could not be granted. Without one, only the person who
    asked for access sees the error.

    **Not flagged.** Environments that are only read here, and unknown values. An environment works
    without an error logger, so this rule is in preview.
    """

    code = "SYM505"
    name = "missing-error-logger"
    severity = "note"
    about = ("environments",)
    state = "preview"
    sources = (f"{PROVIDER}error_logger",)
    good = flow_example("")
    bad = edited(good, ("  error_logger_id = sym_error_logger.slack.id\n", ""))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each environment has an error logger."""
        for environment in configuration.environments:
            link = environment.error_logger_link
            if link.outcome == "unknown" or not environment.complete:
                question = "does the environment have an error logger?"
                yield self.undecided(link.argument, question, link.reason)
            elif link.is_absent:
                yield self._missing(environment)
            else:
                yield PASSED

    def _missing(self, environment: Environment) -> Finding:
        from symlint.sym.intent.candidates import references_beside

        loggers = references_beside(environment, environment.sym.all(ErrorLogger))
        reference = either(loggers or ("sym_error_logger.<name>.id",))
        return Location.of_block(environment, "error_logger_id").finding(
            self,
            "the environment has no error logger",
            label="error_logger_id is missing",
            why="When one of its flows fails, only the person who asked for access sees the error.",
            help_=f"write error_logger_id = {reference}",
        )
