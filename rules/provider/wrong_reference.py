"""Checks that every reference from one Sym resource to another leads to the right kind."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration, edited
from symlint.rules._settings import empty_outcome
from symlint.sym.model.arguments import items_of
from symlint.sym.words import noun, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.sym.model.argument_links import ArgumentLinks
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.views import Link, View

_RULES_OF_THEIR_OWN: Final = frozenset(
    (
        "sym_flow.params.strategy_id",
        "sym_strategy.targets",
        "sym_integration.settings",
        "sym_secret.path",
    )
)
"""References that have a rule of their own."""

_MAP_OF_IDS = "integrations"


class WrongReference(Rule):
    """Every id leads to the `id` of the kind of resource that belongs there.

    Terraform passes ids as strings. It accepts the `name` of an environment, the id of a runtime,
    or the whole resource in quotes as an `environment_id`, and so does the provider. Sym looks for
    an environment with this id when the resource is applied, and the apply fails.

    Each mistake has its own message: another kind of resource, another attribute (`name` instead of
    `id`), the whole resource, an address in quotes, a string that is not an id, an output of a
    module that is something else. References are followed through locals, variables, variable
    files, module inputs and outputs; the wrong reference is reported where it is written.

    This is about every argument that leads from one Sym resource to another, such as
    `environment_id`, `integration_id`, `runtime_id`, the values of `integrations`,
    `error_logger_id`, `log_destination_ids`, `context_id` and `source_id`. The `targets` of a
    strategy, the `strategy_id` of a flow, the secrets of an integration and the `path` of a secret
    have rules of their own.

    **Not flagged.** A literal UUID, which may be the id of something that is managed elsewhere. Ids
    that other resources and data sources hold for what they belong to, such as the `runtime_id` of
    an environment. Values that are not known, such as a variable without a value or an output of a
    module whose code is not available: undecided. Values that are not strings, such as one id where
    a list is wanted (`argument-type` reports them).
    """

    code = "SYM112"
    name = "wrong-reference"
    severity = "error"
    fixable = True
    sources = (
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/environment",
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/flow",
    )
    good = configuration(
        """
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

resource "sym_flow" "approval" {
  name           = "approval"
  implementation = file("${path.module}/impl.py")
  environment_id = sym_environment.main.id
}
"""
    )
    bad = edited(
        good,
        (
            "integration_id = sym_integration.slack.id",
            "integration_id = sym_integration.slack.name",
        ),
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Where each edge of the configuration leads."""
        from symlint.sym.model.argument_links import argument_links

        candidates = _Candidates(configuration)
        for view in configuration.views:
            whole = view.value(_MAP_OF_IDS)
            if whole.unknown is not None and not items_of(whole):
                question = f"does each of {_MAP_OF_IDS} lead where it must?"
                yield self.undecided(view.range(_MAP_OF_IDS), question, whole.unknown.reason)
            for edge in argument_links(view):
                if edge.reference.name not in _RULES_OF_THEIR_OWN:
                    yield from self._judge(edge, candidates)

    def _judge(self, edge: ArgumentLinks, candidates: _Candidates) -> Iterator[Outcome]:
        links = edge.links
        if links.state == "not_a_list":
            return  # by the provider's schema it has to be one: that says more
        if links.state == "unknown":
            question = f"does {edge.attribute} lead where it must?"
            yield self.undecided(links.argument, question, links.reason)
            return
        if links.value.content in (None, "") and edge.reference.path[0] == "settings":
            return  # the rules about settings report what is missing
        for link in edge.leaves:
            yield from self._of_link(edge, link, candidates)

    def _of_link(
        self, edge: ArgumentLinks, link: Link, candidates: _Candidates
    ) -> Iterator[Outcome]:
        if link.is_absent:
            if link.value.content == "" and not edge.reference.optional:
                yield self._empty(edge, link)
        elif link.outcome == "unknown":
            question = f"does {edge.attribute} lead where it must?"
            yield self.undecided(link.argument, question, link.reason)
        elif link.is_wrong and link.outcome != "wrong_type":
            from symlint.rules._links import link_finding

            yield link_finding(
                self,
                link,
                edge.view,
                attribute=edge.attribute,
                what=_what(edge),
                why=(
                    "Terraform accepts this. The apply fails, because Sym finds "
                    f"no {noun(link.target.kinds[0])} with this id."
                ),
                suggestions=candidates.of(edge, link),
            )
        else:
            yield PASSED

    def _empty(self, edge: ArgumentLinks, link: Link) -> Outcome:
        wanted = noun(link.target.kinds[0])
        return empty_outcome(
            self,
            edge.view.sym,
            Location.of_link(edge.view, link, edge.attribute),
            why=f"Sym rejects {with_article(edge.view.noun)} without {with_article(wanted)}.",
            help_=f"refer to the {wanted}: {link.target.kinds[0]}.<name>.id",
        )


def _what(edge: ArgumentLinks) -> str:
    """What the title calls the argument: an element of a list, a key of a map, its name."""
    if edge.reference.many == "list":
        return f"an element of {edge.attribute}"
    return edge.attribute.rpartition(".")[2]


class _Candidates:
    """The things that wrong ids may have been meant to lead to, found once per kind and type."""

    __slots__ = ("_found", "_sym")

    def __init__(self, sym: SymConfiguration) -> None:
        self._sym: Final = sym
        self._found: dict[object, tuple[View, ...]] = {}

    def of(self, edge: ArgumentLinks, link: Link) -> tuple[View, ...]:
        """The things of the right kind and type in the module of the edge."""
        from symlint.sym.intent.integration_uses import accepted_types

        types = accepted_types(edge)
        key = (edge.view.module, link.target.kinds, types)
        if key not in self._found:
            self._found[key] = tuple(
                it
                for it in self._sym.views
                if it.kind in link.target.kinds
                and it.module is edge.view.module
                and (types is None or it.type_name in types)
            )
        return self._found[key]
