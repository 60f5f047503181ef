"""Checks that an error logger reports to a channel of a Slack integration."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import edited
from symlint.rules._settings import empty_outcome
from symlint.rules.environments._examples import PROVIDER
from symlint.rules.flows._examples import flow_example
from symlint.sym.model.environments import Environment
from symlint.sym.model.integrations import Integration
from symlint.sym.model.texts import is_placeholder, shown_value
from symlint.sym.words import with_article
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.sym.catalogue.types import Format
    from symlint.sym.intent.integration_uses import IntegrationUses
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.environments import ErrorLogger
    from symlint.sym.model.views import Link
    from symlint.terraform.values.value import Value


_RULES = "lower case, no blanks or punctuation, at most 80 characters"
_LOST = "Sym does not find the channel, so the errors of flows are lost."


class ErrorLoggerRule(Rule):
    """An error logger reports to a channel of a `slack` integration.

    - An integration of another type is an **error**: Sym reports errors only to Slack, so the errors
      of all flows in the environment would be lost.
    - A `destination` that is neither `#name` nor the id of a channel is a **warning**, and so is a
      name that Slack does not allow: with upper-case letters, blanks or punctuation, or longer than
      80 characters.

    **Not flagged.** Integrations whose type is not known, and unknown values.
    """

    code = "SYM504"
    name = "error-logger"
    other_severities = ("warning",)
    severity = "error"
    about = ("error_loggers",)
    fixable = True
    sources = (
        f"{PROVIDER}error_logger",
        "https://api.slack.com/methods/conversations.rename#naming",
    )
    good = flow_example("")
    bad = edited(good, ('"#access-errors"', '"access errors"'))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each error logger has a Slack integration and a channel."""
        from symlint.sym.intent.integration_uses import IntegrationUses

        uses = IntegrationUses(configuration)
        for logger in configuration.error_loggers:
            for link in logger.integration_link.branches:
                yield self._integration(logger, link, uses)
            yield from self._destination(logger)

    def _integration(self, logger: ErrorLogger, link: Link, uses: IntegrationUses) -> Outcome:
        from symlint.sym.model.argument_links import integration_type

        sym = logger.sym
        accepted = sym.catalogue.references["sym_error_logger.integration_id"].integration_types
        if link.is_wrong or link.is_absent or accepted is None:
            return PASSED
        type_name = integration_type(sym, link)
        if type_name is None:
            reason = link.reason or "the type of the integration is not known"
            return self.undecided(link.range, "is it a Slack integration?", reason)
        if type_name in accepted or type_name not in sym.catalogue.integrations:
            return PASSED
        from symlint.rules._integration_types import WrongType

        wrong = WrongType(
            logger,
            "integration_id",
            link,
            type_name,
            accepted,
            title=f"error logger cannot report to {with_article(type_name)} integration",
            why="Sym reports errors only to Slack: errors of the environment's flows are lost.",
        )
        integration = link.view
        if isinstance(integration, Integration) and uses.type_is_suspect(
            integration, type_name, accepted
        ):
            elsewhere = any(isinstance(it.edge.view, Environment) for it in uses.of(integration))
            used = "an error logger reports to it"
            return PASSED if elsewhere else wrong.at_type(self, integration, used)
        return wrong.at_use(self, uses.of_type(logger, accepted))

    def _destination(self, logger: ErrorLogger) -> Iterator[Outcome]:
        argument = logger.argument("destination")
        schema = logger.sym.catalogue.provider.resources["sym_error_logger"].arguments[
            "destination"
        ]
        name = schema[-1].format
        if argument is None or name is None:
            return
        format_ = logger.sym.catalogue.formats[name]
        for value in leaves(argument.value):
            if not value.is_null:
                yield self._channel(logger, format_, value)

    def _channel(self, logger: ErrorLogger, format_: Format, value: Value) -> Outcome:
        place = Location.of_argument(logger, "destination").of_element(value)
        text = value.string
        if text is None:
            return self.undecided(place.used, "is it a channel?", "the value is not known")
        if not text:
            help_ = f'write the channel, like "{format_.example}"'
            return empty_outcome(self, logger.sym, place, why=_LOST, help_=help_)
        if format_.matches(text) or is_placeholder(logger.sym.catalogue, text):
            return PASSED
        meant = f"#{text.removeprefix('#').lower()}"
        certain = format_.matches(meant)
        return place.finding(
            self,
            f"{shown_value(value)} is not {format_.description}",
            label=_RULES if text.startswith("#") else "not a channel",
            related=place.use("the destination of an error logger"),
            why=_LOST,
            help_=f'write "{meant}"' if certain else f'write it like "{format_.example}"',
            fix=place.quote(meant, safe=False) if certain else None,
            severity="warning",
        )
