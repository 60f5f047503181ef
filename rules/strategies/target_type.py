"""Checks that a strategy can grant each of its targets."""

from __future__ import annotations

from itertools import islice

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.named_tuple import NamedTuple
from symlint.rules._examples import configuration, edited
from symlint.sym.model.strategies import Strategy, Target
from symlint.sym.words import either, shown, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.views import Link, View


class Mismatch(NamedTuple):
    """A target in a strategy that cannot grant it, and the element that leads there."""

    link: Link
    target: Target
    type: str


class StrategyTargetType(Rule):
    """Every element of `targets` is the `id` of a `sym_target` of a type that the strategy grants.

    A strategy hands its targets to one service: an `aws_iam` strategy adds people to IAM groups
    and cannot grant an Okta group. Neither Terraform nor the provider compares the two types,
    so the flow is created, people can choose the target, and access fails once it has been
    approved.

    Which target types a strategy accepts is in the catalogue, for every strategy type. An element
    that is not the id of a target has a message of its own: a target's `name`, the whole resource,
    another resource, an address in quotes. Elements are followed through `for` expressions, splats,
    locals, variables, module inputs and outputs.

    One of three values may be wrong. The rule reports the `type` of the target if its settings are
    those of the right type; the `type` of the strategy if all its targets and its integration
    belong to another type; otherwise the element.

    **Not flagged.** Strategies of a type that the catalogue does not know, and targets whose type
    is not known: undecided. Literal UUIDs, which may be ids of targets that are managed elsewhere.
    """

    code = "SYM201"
    name = "strategy-target-type"
    severity = "error"
    about = ("strategies",)
    fixable = True
    sources = (
        "https://docs.symops.com/docs/aws-iam-access-strategy",
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/strategy",
    )
    good = configuration(
        """
resource "sym_target" "support" {
  type = "aws_iam_group"
  name = "support"

  settings = {
    iam_group = "support"
  }
}

resource "sym_strategy" "aws_iam" {
  type           = "aws_iam"
  name           = "aws-iam"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [sym_target.support.id]
}
"""
    )

    bad = edited(
        good, ("aws_iam_group", "okta_group"), ('iam_group = "support"', 'group_id = "00g1support"')
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each strategy can grant each of its targets."""
        for strategy in configuration.strategies:
            targets = strategy.targets
            if targets.state == "not_a_list":
                yield self._not_a_list(strategy, targets.links[0])
            elif targets.state == "unknown":
                question = "can the strategy grant its targets?"
                yield self.undecided(targets.argument, question, targets.reason)
            else:
                yield from self._elements(strategy, targets.links)

    def _elements(self, strategy: Strategy, links: tuple[Link, ...]) -> Iterator[Outcome]:
        mismatches = []
        for leaf in (leaf for link in links for leaf in link.branches):
            outcome = self._judge(strategy, leaf)
            if isinstance(outcome, Mismatch):
                mismatches.append(outcome)
            else:
                yield outcome
        if mismatches:
            yield from self._report(strategy, mismatches, every=len(mismatches) == len(links))

    def _judge(self, strategy: Strategy, link: Link) -> Outcome | Mismatch:
        """The outcome for one element, or the mismatch with a target of another type."""
        question = "can the strategy grant the target?"
        if link.is_wrong:
            from symlint.rules._links import link_finding

            return link_finding(
                self,
                link,
                strategy,
                attribute="targets",
                what="an element of targets",
                why=(
                    "Terraform accepts any string as an id. Sym finds no target with this id when "
                    "the strategy is applied, and nobody can ask for it."
                ),
                suggestions=_grantable(strategy),
            )
        if link.outcome == "unknown":
            return self.undecided(link.argument, question, link.reason)
        target = link.view
        if not isinstance(target, Target):
            return PASSED
        accepted = strategy.accepted_targets
        if not accepted:
            reason = "the type of the strategy is not known"
            if strategy.type_name is not None:
                reason = "symlint does not know which targets this type of strategy grants"
            return self.undecided(strategy.range("type"), question, reason)
        type_name = target.type_name
        if type_name is None:
            reason = "the type of the target is not known"
            return self.undecided(target.range("type"), question, reason)
        return PASSED if type_name in accepted else Mismatch(link, target, type_name)

    # --- findings ---

    def _not_a_list(self, strategy: Strategy, link: Link) -> Finding:
        single = link.outcome in ("ok", "identifier", "wrong_attribute", "whole_resource")
        what = "one target" if single else with_article(link.value.type.kind)
        written = link.argument.text if link.outcome == "ok" else "sym_target.<name>.id"
        place = Location.of_link(strategy, link, "targets").at(link.argument)
        return place.finding(
            self,
            f"targets is {what}, not a list",
            label="not a list",
            why="terraform plan fails: targets is a list of ids.",
            help_=f"write targets = [{written}]",
        )

    def _report(
        self, strategy: Strategy, mismatches: list[Mismatch], *, every: bool
    ) -> Iterator[Finding]:
        from symlint.sym.intent.types import meant_strategy_type, meant_target_type

        targets = [mismatch.target for mismatch in mismatches]
        meant = meant_strategy_type(strategy, targets) if every else None
        if meant is not None:
            yield self._at_strategy(strategy, mismatches, meant)
            return
        only_other = _only_other(strategy)
        for mismatch in mismatches:
            wanted = meant_target_type(strategy, mismatch.target)
            if wanted is None:
                yield self._at_element(strategy, mismatch, only_other)
            else:
                yield self._at_target(strategy, mismatch, wanted)

    def _at_strategy(self, strategy: Strategy, mismatches: list[Mismatch], meant: str) -> Finding:
        place = Location.of_argument(strategy, "type")
        related = [
            Location.of_argument(it.target, "type").annotated(f"a target of type {it.type}")
            for it in mismatches[:3]
        ]
        if strategy.integration is not None:
            header = strategy.integration.header
            related.append(RelatedRange(header, f"its integration is one for {meant}"))
        return place.finding(
            self,
            _title(strategy, mismatches[0].type),
            label=f"targets and integration are those of {with_article(meant)} strategy",
            related=tuple(related),
            why=_why(strategy),
            help_=place.advice(f'"{meant}"'),
            fix=place.quote(meant, safe=False),
        )

    def _at_target(self, strategy: Strategy, mismatch: Mismatch, wanted: str) -> Finding:
        place = Location.of_argument(mismatch.target, "type")
        return place.finding(
            self,
            _title(strategy, mismatch.type),
            label=f"its settings are those of {with_article(wanted)}",
            related=(
                Location.of_argument(strategy, "type").annotated(_accepts(strategy)),
                RelatedRange(mismatch.link.range, "listed here"),
            ),
            why=_why(strategy),
            help_=place.advice(f'"{wanted}"'),
            fix=place.quote(wanted, safe=False),
        )

    def _at_element(
        self, strategy: Strategy, mismatch: Mismatch, only_other: str | None
    ) -> Finding:
        place = Location.of_link(strategy, mismatch.link, "targets")
        own = with_article(shown(mismatch.type))
        used = () if place.in_place else (RelatedRange(place.used, "used in targets here"),)
        return place.finding(
            self,
            _title(strategy, mismatch.type),
            label=f"{own} target",
            related=(
                Location.of_argument(strategy, "type").annotated(_accepts(strategy)),
                Location.of_argument(mismatch.target, "type").annotated(f"this target is {own}"),
                *used,
            ),
            why=_why(strategy),
            help_=_element_help(strategy, mismatch, only_other),
        )


def _title(strategy: Strategy, type_name: str) -> str:
    own = shown(strategy.type_name or "")
    return f"{own} strategy cannot grant {with_article(shown(type_name))} target"


def _accepts(strategy: Strategy) -> str:
    return f"grants {either(strategy.accepted_targets, 'and')} targets"


def _why(strategy: Strategy) -> str:
    entry = strategy.entry
    title = strategy.type_name if entry is None else entry.title
    return (
        f"People can ask for the target and approvers can approve it, but {title} has nothing of "
        "this kind to grant: whoever asks gets an error instead of access."
    )


def _grantable(strategy: Strategy) -> tuple[View, ...]:
    """The targets that the strategy can grant and no strategy lists yet; else all it can grant."""
    sym, accepted = strategy.sym, strategy.accepted_targets

    def found() -> tuple[View, ...]:
        fitting = [it for it in sym.all(Target) if not accepted or it.type_name in accepted]
        return tuple(it for it in fitting if not it.strategies) or tuple(fitting)

    return sym.once_for((_grantable, accepted), found)


def _only_other(strategy: Strategy) -> str | None:
    """The one reference that a strategy could have in place of a wrong one, if there is one."""
    from symlint.sym.model.references import reference_to

    beside = (it for it in _grantable(strategy) if it.module is strategy.module)
    free = list(islice((text for it in beside if (text := reference_to(it)) is not None), 2))
    if len(free) != 1 or any(link.written == free[0] for link in strategy.targets.links):
        return None
    return free[0]


def _element_help(strategy: Strategy, mismatch: Mismatch, only_other: str | None) -> str:
    accepted = either(strategy.accepted_targets)
    advice = f"list {accepted} targets only"
    if only_other is not None:
        advice = f"write {only_other}, or {advice}"
    others = strategy.sym.catalogue.strategies_granting(mismatch.type)
    if not others:
        return advice
    name = mismatch.target.local_name
    return f"{advice}\nor grant {name} by a strategy of type {either(others)}, in a flow of its own"
