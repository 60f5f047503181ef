"""Rules about how an environment speaks to people: in Slack, and where errors are reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED, Edit, Fix, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._links import way, within
from symlint.rules._written import literal_fix, shown, use, written_at
from symlint.rules.flows._examples import flow_example
from symlint.sym.intent.integration_uses import IntegrationUses
from symlint.sym.model.argument_links import integration_type
from symlint.sym.model.environments import Environment, ErrorLogger
from symlint.sym.model.integrations import Integration
from symlint.sym.model.references import reference_to
from symlint.sym.model.texts import is_placeholder
from symlint.sym.words import either, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.views import Link

_PROVIDER = "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/"

_GOOD = flow_example("")


def _changed(old: str, new: str) -> dict[str, str]:
    assert old in _GOOD["main.tf"]
    return {**_GOOD, "main.tf": _GOOD["main.tf"].replace(old, new)}


class MissingSlackIntegration(Rule):
    """An environment has a `slack_id` among its integrations.

    Slack is where people ask for access and answer requests. Every environment in Sym's examples
    names its Slack workspace, and without one a flow can be called through the API alone and has
    nowhere to send a request to.

    **Not flagged.** Integrations that are not known. An environment of flows that are called
    through the API alone may well do without, hence this rule is in preview.
    """

    code = "SYM503"
    name = "missing-slack-integration"
    severity = "warning"
    state = "preview"
    sources = (f"{_PROVIDER}environment",)
    bad = _changed("\n  integrations = {\n    slack_id = sym_integration.slack.id\n  }\n", "")
    good = _GOOD

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each environment has the keys that every environment is expected to have."""
        keys = configuration.catalogue.environment_keys
        expected = [name for name, it in keys.items() if it.expected]
        uses = IntegrationUses(configuration)
        for environment in configuration.environments:
            question = f"has the environment {either(expected)}?"
            value = environment.integrations
            if not environment.complete or (value.items is None and not value.is_null):
                reason = "" if value.unknown is None else value.unknown.reason
                yield self.undecided(environment.range("integrations"), question, reason)
                continue
            for name in expected:
                given = value.items or {}
                near = [it for it in given if it.partition("_")[0] == name.partition("_")[0]]
                yield PASSED if near else self._missing(environment, name, uses)

    def _missing(self, environment: Environment, name: str, uses: IntegrationUses) -> Finding:
        argument = environment.argument("integrations")
        entry = environment.sym.catalogue.environment_keys[name]
        candidates = uses.of_type(environment, entry.integration_types or ())
        reference = either(candidates or ["sym_integration.<name>.id"])
        return self.finding(
            f"the environment has no {name}",
            environment.header if argument is None else argument.name_range,
            label="no Slack workspace",
            why="Requests have nowhere to go, and people cannot ask in Slack.",
            help_=f"write integrations = {{ {name} = {reference} }}"
            if argument is None
            else f"add {name} = {reference}",
            address=str(environment.address),
            attribute="integrations",
        )


class ErrorLoggerRule(Rule):
    """An error logger reports to a channel of a `slack` integration.

    - An integration of another type is an **error**: errors are reported in Slack only, so those
      of all flows in the environment would be lost.
    - A `destination` that is no channel, `#name` or a channel's id, is a **warning**.

    **Not flagged.** Integrations whose type is not known, and values that are not known.
    """

    code = "SYM504"
    name = "error-logger"
    severity = "error"
    fixable = True
    sources = (f"{_PROVIDER}error_logger",)
    bad = _changed('"#access-errors"', '"access errors"')
    good = _GOOD

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each error logger has a Slack integration and a channel."""
        uses = IntegrationUses(configuration)
        for logger in configuration.error_loggers:
            for link in logger.integration_link.branches:
                yield self._integration(logger, link, uses)
            yield from self._destination(logger)

    def _integration(self, logger: ErrorLogger, link: Link, uses: IntegrationUses) -> Outcome:
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
        integration = link.view
        if isinstance(integration, Integration) and uses.type_is_suspect(
            integration, type_name, accepted
        ):
            elsewhere = any(isinstance(it.edge.view, Environment) for it in uses.of(integration))
            return PASSED if elsewhere else self._at_type(link, integration, type_name, accepted[0])
        return self._at_logger(logger, link, type_name, accepted, uses)

    def _at_logger(
        self,
        logger: ErrorLogger,
        link: Link,
        type_name: str,
        accepted: tuple[str, ...],
        uses: IntegrationUses,
    ) -> Finding:
        wanted = either(accepted)
        related = []
        if isinstance(link.view, Integration):
            place = written_at(link.view.type, link.view.range("type"))
            related.append(RelatedRange(place, f"this integration is for {type_name}"))
        if not within(link.range, link.argument):
            related.append(RelatedRange(link.argument, "used as integration_id here"))
        candidates = uses.of_type(logger, accepted)
        fix = None
        if len(candidates) == 1 and within(link.range, link.argument):
            fix = Fix(f"write {candidates[0]}", (Edit(link.range, candidates[0]),), safe=False)
        reference = f"refer to {with_article(wanted)} integration: sym_integration.<name>.id"
        return self.finding(
            f"error logger cannot report to {with_article(type_name)} integration",
            link.range,
            label=f"{with_article(type_name)} integration",
            related=tuple(related),
            why="Errors are reported in Slack only: those of the environment's flows are lost.",
            help_=f"write integration_id = {either(candidates[:4])}" if candidates else reference,
            address=str(logger.address),
            attribute="integration_id",
            path=way(link.value, link.range),
            fix=fix,
        )

    def _at_type(
        self, link: Link, integration: Integration, type_name: str, wanted: str
    ) -> Finding:
        used = integration.range("type")
        range_ = written_at(integration.type, used)
        return self.finding(
            f"error logger cannot report to {with_article(type_name)} integration",
            range_,
            label=f"everything else is that of {with_article(wanted)} integration",
            related=(RelatedRange(link.range, "an error logger reports to it"),),
            why="Errors are reported in Slack only: those of the environment's flows are lost.",
            help_=f'write type = "{wanted}"',
            address=str(integration.address),
            attribute="type",
            path=way(integration.type, range_),
            fix=literal_fix(range_, used, wanted, safe=False),
        )

    def _destination(self, logger: ErrorLogger) -> Iterator[Outcome]:
        argument = logger.argument("destination")
        catalogue = logger.sym.catalogue
        schema = catalogue.provider.resources["sym_error_logger"].arguments["destination"]
        format_ = schema[-1].format
        if argument is None or format_ is None or argument.value.is_null:
            return
        text = argument.value.string
        range_ = written_at(argument.value, argument.range)
        if text is None:
            yield self.undecided(range_, "is it a channel?", "the value is not known")
            return
        shape = catalogue.formats[format_]
        if shape.matches(text) or is_placeholder(catalogue, text):
            yield PASSED
            return
        meant = f"#{text}"
        plain = text.replace("-", "").replace("_", "").isalnum()
        yield self.finding(
            f"{shown(argument.value)} is not {shape.description}",
            range_,
            label="no channel",
            related=use(range_, argument.range, "the destination of an error logger"),
            why="Sym cannot report errors to a channel that it does not find.",
            help_=f'write "{meant}"' if plain else f'write it like "{shape.example}"',
            address=str(logger.address),
            attribute="destination",
            path=way(argument.value, range_),
            fix=literal_fix(range_, argument.range, meant, safe=False) if plain else None,
            severity="warning",
        )


class MissingErrorLogger(Rule):
    """An environment has an error logger.

    What goes wrong in a flow, such as an exception in `impl.py` or access that could not be
    granted, is reported by the `error_logger_id` of its environment. Without one nobody hears of
    it but the person who asked.

    **Not flagged.** Environments that are only read here, and values that are not known. An
    environment works without one, hence this rule is in preview.
    """

    code = "SYM505"
    name = "missing-error-logger"
    severity = "note"
    state = "preview"
    sources = (f"{_PROVIDER}error_logger",)
    bad = _changed("  error_logger_id = sym_error_logger.slack.id\n", "")
    good = _GOOD

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each environment has an error logger."""
        for environment in configuration.environments:
            link = environment.error_logger_link
            if link.outcome == "unknown" or not environment.complete:
                question = "has the environment an error logger?"
                yield self.undecided(link.argument, question, link.reason)
            elif link.is_absent:
                yield self._missing(environment)
            else:
                yield PASSED

    def _missing(self, environment: Environment) -> Finding:
        beside = [it for it in environment.sym.all(ErrorLogger) if it.module is environment.module]
        references = list(dict.fromkeys(text for it in beside if (text := reference_to(it))))
        reference = either(references or ["sym_error_logger.<name>.id"])
        return self.finding(
            "the environment has no error logger",
            environment.header,
            label="error_logger_id is missing",
            why="Errors of its flows are reported to nobody but the person who asked.",
            help_=f"write error_logger_id = {reference}",
            address=str(environment.address),
            attribute="error_logger_id",
        )
