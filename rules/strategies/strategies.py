"""Rules about strategies and the targets that they grant."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from symlint.lint.finding import PASSED, Edit, Fix, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import link_finding, reference_to, way, within
from symlint.sym.model.strategies import Target
from symlint.sym.words import either, shown, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.link import Link
    from symlint.sym.model.strategies import Strategy
    from symlint.sym.model.views import View


class Mismatch(NamedTuple):
    """A target in a strategy that cannot grant it, and the element that leads there."""

    link: Link
    target: Target
    type: str


class StrategyTargetType(Rule):
    """Every element of `targets` is the `id` of a `sym_target` of a type that the strategy grants.

    A strategy hands its targets to one service: an `aws_iam` strategy adds people to IAM groups
    and knows nothing of an Okta group. Neither Terraform nor the provider compares the two types,
    so the flow is created, the target stands in the list that people choose from, and access
    fails when somebody has been approved.

    Which target types a strategy accepts is in the catalogue, for every strategy type. An element
    that is no target's id at all is reported for what it is: a target's `name`, the whole
    resource, another resource, an address in quotes. Elements are followed through `for`
    expressions, splats, locals, variables, module inputs and outputs.

    Of the three places that may be wrong the finding stands at the likely one: at the `type` of
    the target when its settings are those of the right type; at the `type` of the strategy when
    all its targets and its integration speak for another one; otherwise at the element.

    **Not flagged.** Strategies of a type that the catalogue does not know, and targets whose type
    is not known: undecided. Literal UUIDs, which may be targets that are managed elsewhere.
    """

    code = "SYM201"
    name = "strategy-target-type"
    severity = "error"
    fixable = True
    sources = (
        "https://docs.symops.com/docs/aws-iam-access-strategy",
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/strategy",
    )
    bad = configuration(
        """
resource "sym_target" "support" {
  type = "okta_group"
  name = "support"

  settings = {
    group_id = "00g1support"
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

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each strategy can grant each of its targets."""
        for strategy in configuration.strategies:
            targets = strategy.targets
            if targets.state == "not_a_list":
                yield self._not_a_list(strategy, targets.links[0])
                continue
            if targets.state == "unknown":
                question = "can the strategy grant its targets?"
                yield self.undecided(targets.argument, question, targets.reason)
                continue
            mismatches = []
            for link in targets.links:
                for leaf in link.branches:
                    outcome = self._judge(strategy, leaf)
                    if isinstance(outcome, Mismatch):
                        mismatches.append(outcome)
                    else:
                        yield outcome
            if mismatches:
                yield from self._report(strategy, mismatches, len(targets.links))

    def _judge(self, strategy: Strategy, link: Link) -> Outcome | Mismatch:
        """What one element is: in order, undecided, a finding, or a target of another type."""
        question = "can the strategy grant the target?"
        if link.is_wrong:
            return link_finding(
                self,
                link,
                strategy,
                attribute="targets",
                what="an element of targets",
                why=(
                    "Terraform takes any text for an id, so this plans. Sym finds no target of "
                    "that id when the strategy is applied, and nobody can ask for it."
                ),
                suggestions=_grantable(strategy),
            )
        if link.outcome == "unknown":
            return self.undecided(link.argument, question, link.reason)
        target = link.view
        if not isinstance(target, Target):
            return PASSED
        entry = strategy.entry
        accepted = None if entry is None else entry.target_types
        if accepted is None:
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
        what = "one target" if single else f"{with_article(link.value.type.kind)}"
        return self.finding(
            f"targets is {what}, not a list",
            link.argument,
            label="not a list",
            why="Terraform refuses the plan: targets is a list of ids.",
            help_=(
                f"write targets = [{link.argument.text}]"
                if link.outcome == "ok"
                else "write the list of the targets' ids: targets = [sym_target.<name>.id]"
            ),
            address=str(strategy.address),
            attribute="targets",
            path=way(link.value, link.range),
        )

    def _report(
        self, strategy: Strategy, mismatches: list[Mismatch], count: int
    ) -> Iterator[Finding]:
        meant = _meant_strategy_type(strategy, mismatches) if len(mismatches) == count else None
        if meant is not None:
            yield self._at_strategy(strategy, mismatches, meant)
            return
        for mismatch in mismatches:
            wanted = _wanted_type(strategy, mismatch)
            if wanted is None:
                yield self._at_element(strategy, mismatch)
            else:
                yield self._at_target(strategy, mismatch, wanted)

    def _at_strategy(self, strategy: Strategy, mismatches: list[Mismatch], meant: str) -> Finding:
        types = dict.fromkeys(mismatch.type for mismatch in mismatches)
        range_ = strategy.type.origin or strategy.range("type")
        related = [
            RelatedRange(_type_range(mismatch.target), f"a target of type {mismatch.type}")
            for mismatch in mismatches[:3]
        ]
        if strategy.integration is not None:
            integration = strategy.integration
            related.append(RelatedRange(integration.header, f"its integration is one for {meant}"))
        return self.finding(
            _title(strategy, next(iter(types))),
            range_,
            label=f"targets and integration are those of {with_article(meant)} strategy",
            related=tuple(related),
            why=_why(strategy),
            help_=_type_advice(range_, meant, strategy.range("type")),
            address=str(strategy.address),
            attribute="type",
            path=way(strategy.type, range_),
            fix=_type_fix(range_, meant, strategy.range("type")),
        )

    def _at_target(self, strategy: Strategy, mismatch: Mismatch, wanted: str) -> Finding:
        target = mismatch.target
        range_ = _type_range(target)
        return self.finding(
            _title(strategy, mismatch.type),
            range_,
            label=f"its settings are those of {with_article(wanted)}",
            related=(
                RelatedRange(_strategy_type_range(strategy), _accepts(strategy)),
                RelatedRange(mismatch.link.range, "listed here"),
            ),
            why=_why(strategy),
            help_=_type_advice(range_, wanted, target.range("type")),
            address=str(target.address),
            attribute="type",
            path=way(target.type, range_),
            fix=_type_fix(range_, wanted, target.range("type")),
        )

    def _at_element(self, strategy: Strategy, mismatch: Mismatch) -> Finding:
        link, target = mismatch.link, mismatch.target
        related = [
            RelatedRange(_strategy_type_range(strategy), _accepts(strategy)),
            RelatedRange(
                _type_range(target), f"this target is {with_article(shown(mismatch.type))}"
            ),
        ]
        if not within(link.range, link.argument):
            related.append(RelatedRange(link.argument, "used in targets here"))
        return self.finding(
            _title(strategy, mismatch.type),
            link.range,
            label=f"{with_article(shown(mismatch.type))} target",
            related=tuple(related),
            why=_why(strategy),
            help_=_element_help(strategy, mismatch),
            address=str(strategy.address),
            attribute="targets",
            path=way(link.value, link.range),
        )


def _title(strategy: Strategy, type_name: str) -> str:
    own = shown(strategy.type_name or "")
    return f"{own} strategy cannot grant {with_article(shown(type_name))} target"


def _accepted(strategy: Strategy) -> tuple[str, ...]:
    entry = strategy.entry
    return () if entry is None or entry.target_types is None else entry.target_types


def _accepts(strategy: Strategy) -> str:
    return f"grants {either(_accepted(strategy), 'and')} targets"


def _why(strategy: Strategy) -> str:
    entry = strategy.entry
    title = strategy.type_name if entry is None else entry.title
    return (
        f"The target can be asked for and approved, but {title} is asked to grant something that "
        "it does not have: whoever asks for it gets an error instead of access."
    )


def _type_range(target: Target) -> Range:
    return target.type.origin or target.range("type")


def _strategy_type_range(strategy: Strategy) -> Range:
    return strategy.type.origin or strategy.range("type")


def _type_advice(range_: Range, type_name: str, argument: Range) -> str:
    return f'write {"type = " if within(range_, argument) else ""}"{type_name}"'


def _type_fix(range_: Range, type_name: str, argument: Range) -> Fix | None:
    """Replace a literal type; only in place, for elsewhere others may read it."""
    if not within(range_, argument) or not range_.text.startswith('"'):
        return None
    replacement = f'"{type_name}"'
    return Fix(f"write {replacement}", (Edit(range_, replacement),), safe=False)


def _grantable(strategy: Strategy) -> tuple[View, ...]:
    """The targets that the strategy can grant and no strategy lists yet."""
    listed = {it.address for each in strategy.sym.strategies for it in each.target_views}
    accepted = _accepted(strategy)
    fitting = [it for it in strategy.sym.targets if not accepted or it.type_name in accepted]
    free = tuple(it for it in fitting if it.address not in listed)
    return free or tuple(fitting)


def _element_help(strategy: Strategy, mismatch: Mismatch) -> str:
    accepted = either(_accepted(strategy))
    lines = [f"list {accepted} targets only"]
    free = [
        text
        for it in _grantable(strategy)
        if it.module is strategy.module and (text := reference_to(it)) is not None
    ]
    if len(free) == 1 and _is_unlisted(strategy, free[0]):
        lines = [f"write {free[0]}, or list {accepted} targets only"]
    others = strategy.sym.catalogue.strategies_granting(mismatch.type)
    if others:
        name = mismatch.target.local_name
        lines.append(
            f"{name} can be granted by a strategy of type {either(others)}, in a flow of its own"
        )
    return "\n".join(lines)


def _is_unlisted(strategy: Strategy, reference: str) -> bool:
    """Whether no element of ``targets`` reads ``reference`` already."""
    return all(link.written != reference for link in strategy.targets.links)


def _settings_fit(target: Target, type_name: str) -> bool | None:
    """Whether a target has the settings that a type requires; None where that is not known."""
    entry = target.sym.catalogue.targets.get(type_name)
    given = _given_settings(target)
    if entry is None or given is None or not entry.required_settings:
        return None
    return given >= set(entry.required_settings)


def _given_settings(target: Target) -> set[str] | None:
    settings, bindings = target.settings, target.value("field_bindings")
    if settings.is_unknown or bindings.is_unknown:
        return None
    bound = {it.string for it in bindings.elements or () if it.string is not None}
    return {*(settings.items or {}), *bound}


def _wanted_type(strategy: Strategy, mismatch: Mismatch) -> str | None:
    """The type that the target was meant to have, where the target's own type is the mistake."""
    target = mismatch.target
    fitting = [it for it in _accepted(strategy) if _settings_fit(target, it)]
    if len(fitting) == 1 and not _settings_fit(target, mismatch.type):
        return fitting[0]
    if mismatch.type not in target.sym.catalogue.targets:
        from symlint.source.close_names import close_name

        return close_name(mismatch.type, _accepted(strategy))
    return None


def _meant_strategy_type(strategy: Strategy, mismatches: list[Mismatch]) -> str | None:
    """The one other type that all targets and the integration of a strategy speak for."""
    catalogue = strategy.sym.catalogue
    if any(_settings_fit(it.target, it.type) is False for it in mismatches):
        return None
    granting = [set(catalogue.strategies_granting(it.type)) for it in mismatches]
    integration = strategy.integration
    entry = strategy.entry
    candidates = set.intersection(*granting)
    if integration is None or entry is None or len(candidates) != 1:
        return None
    meant = candidates.pop()
    other = catalogue.strategies[meant]
    type_name = integration.type_name
    if type_name is None or type_name not in (other.integration_types or ()):
        return None
    if type_name not in (entry.integration_types or ()):
        return meant
    connector = integration.connector
    context = None if connector is None else connector.entry.context
    return meant if context is not None and other.context == context != entry.context else None
