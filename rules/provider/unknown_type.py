"""Checks that every type of strategy, target, integration and the like exists in Sym."""

from __future__ import annotations

import re

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.sym.model.strategies import Target, strategies_by_integration
from symlint.sym.words import either, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.views import View

_MAIN = """
resource "sym_integration" "slack" {
  type        = "slack"
  name        = "main-slack"
  external_id = "T0ORCHARD1"
}

resource "sym_error_logger" "slack" {
  integration_id = sym_integration.slack.id
  destination    = "#access-errors"
}

resource "sym_environment" "main" {
  name            = "main"
  error_logger_id = sym_error_logger.slack.id

  integrations = {
    slack_id = sym_integration.slack.id
  }
}
"""

_NAME: Final = "[a-z][a-z0-9_]*"
"""What a type of Sym's may be called."""


class UnknownType(Rule):
    """The `type` of a strategy, target, integration or the like is one that Sym has.

    The provider accepts any string as a type. Sym's API rejects a type that it does not have:
    `terraform apply` fails. symlint knows the types of Sym's documentation, examples and SDK; most
    checks of a strategy or target depend on its type, so a mistyped one hides further mistakes.

    A type that Sym has and symlint does not can be added to the catalogue in symlint's
    configuration file.

    **Not flagged.** Types that are not known because a variable has no value. Targets and
    integrations of a strategy of a known type: `strategy-target-type` and
    `strategy-integration-type` report their types.
    """

    code = "SYM217"
    name = "unknown-type"
    severity = "warning"
    fixable = True
    sources = (
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/integration",
        "https://docs.symops.com/docs/access-strategies",
    )
    bad = configuration(_MAIN.replace('type        = "slack"', 'type        = "slakc"'))
    good = configuration(_MAIN)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each type is in the catalogue."""
        catalogue = configuration.catalogue
        integrations = _data_sources(configuration, "sym_integration")
        secrets = _data_sources(configuration, "sym_secrets")
        kinds: tuple[tuple[tuple[View, ...], str, Mapping[str, object]], ...] = (
            (configuration.strategies, "strategies", catalogue.strategies),
            (configuration.targets, "targets", catalogue.targets),
            (configuration.integrations + integrations, "integrations", catalogue.integrations),
            (configuration.secrets_sources + secrets, "secrets", catalogue.secrets),
            (configuration.log_destinations, "log_destinations", catalogue.log_destinations),
        )
        for views, table, known in kinds:
            for view in views:
                name = view.type_name
                if name is None:
                    if view.argument("type") is not None and not view.type.is_null:
                        question = f"does Sym have this type of {view.noun}?"
                        yield self.undecided(view.range("type"), question, "it is not known")
                elif name in known or _is_reported_elsewhere(view):
                    yield PASSED
                else:
                    yield self._unknown(view, name, table, known)

    def _unknown(self, view: View, name: str, table: str, known: Mapping[str, object]) -> Finding:
        from symlint.source.close_names import close_name

        place = Location.of_argument(view, "type")
        if place.in_place:
            place = place._replace(value=None)
        mistyped = close_name(name, known)
        meant = mistyped or _longer_name(name, known)
        fix = None
        if meant is not None and place.range.text == f'"{name}"':
            fix = place.at_origin().quote(meant, safe=meant == mistyped)
        help_ = [f"did you mean {meant}?"] if meant else []
        help_.append(f"known types: {either(sorted(known))}")
        if not meant and not view.type.sensitive and re.fullmatch(_NAME, name):
            help_.append(f"if Sym has {name}, add [catalogue.{table}.{name}] to symlint.toml")
        return place.finding(
            self,
            f"{name or 'an empty string'} is not a known type of {view.noun}",
            label=f"no {view.noun} type of this name",
            why=(
                f"Sym rejects {with_article(view.noun)} of a type that it does not have. "
                "symlint cannot check the rest of it."
            ),
            help_="\n".join(help_),
            fix=fix,
        )


def _longer_name(name: str, known: Mapping[str, object]) -> str | None:
    """The one type that has a name as some of its words: aws_iam for "iam"."""
    longer = [it for it in known if f"_{name.lower()}_" in f"_{it}_"]
    return longer[0] if name and len(longer) == 1 else None


def _data_sources(configuration: SymConfiguration, kind: str) -> tuple[View, ...]:
    found = []
    for module in configuration.module_instances:
        for instance in module.data_sources(kind):
            view = configuration.view_at(instance.address)
            if view is not None:
                found.append(view)
    return tuple(found)


def _is_reported_elsewhere(view: View) -> bool:
    """Whether a rule about strategies reports the type."""
    if isinstance(view, Target):
        entries = [strategy.entry for strategy in view.strategies]
        return any(it is not None and it.target_types is not None for it in entries)
    if view.kind == "sym_integration":
        users = view.sym.once(strategies_by_integration).get(view, ())
        return any(it.entry is not None and it.entry.integration_types for it in users)
    return False
