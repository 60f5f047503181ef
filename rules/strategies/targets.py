"""Checks that ``targets`` is not empty and lists no target twice."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.sym.model.strategies import ungranted
from symlint.sym.words import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.link_resolution import LinkList
    from symlint.sym.model.strategies import Strategy
    from symlint.sym.model.views import Link

_TARGETS = """
resource "sym_target" "support" {
  type = "okta_group"
  name = "support"

  settings = {
    group_id = "00g1support"
  }
}

resource "sym_target" "billing" {
  type = "okta_group"
  name = "billing"

  settings = {
    group_id = "00g2billing"
  }
}

resource "sym_strategy" "okta" {
  type           = "okta"
  name           = "okta"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"

  targets = [
    sym_target.support.id,
    sym_target.billing.id,
  ]
}
"""


class StrategyTargets(Rule):
    """The targets of a strategy are not empty, and none is listed twice.

    Targets are what people choose from. Without targets, a flow has nothing to offer. A target that
    is listed twice is usually a copied line whose name was not changed, so another target is
    missing from the form.

    A list is also empty where `count = 0`, a `for` expression that leaves none, or a variable that
    a caller or a variable file sets makes it so.

    **Not flagged.** Lists that are empty because of the default of a variable: other values may
    fill them.
    """

    code = "SYM204"
    name = "strategy-targets"
    severity = "warning"
    about = ("strategies",)
    sources = (
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/strategy",
    )
    bad = configuration(
        _TARGETS.replace("    sym_target.billing.id,", "    sym_target.support.id,")
    )
    good = configuration(_TARGETS)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each list of targets is neither empty nor repetitive."""
        for strategy in configuration.strategies:
            targets = strategy.targets
            if targets.state != "known":
                if targets.state in ("unknown", "partial"):
                    question = "does the strategy list each target once?"
                    yield self.undecided(targets.argument, question, targets.reason)
            elif targets.links:
                yield from self._repeated(strategy, targets.links)
            else:
                yield self._empty(strategy) if _stays_empty(strategy, targets) else PASSED

    def _repeated(self, strategy: Strategy, links: tuple[Link, ...]) -> Iterator[Outcome]:
        seen: dict[object, Link] = {}
        for link in links:
            view = link.view
            key: object = None
            if link.outcome == "ok" and view is not None and not view.symbolic:
                key = view
            elif link.outcome == "identifier":
                key = link.value.string
            first = None if key is None else seen.setdefault(key, link)
            if first is None or first is link:
                yield PASSED
                continue
            name = link.value.string if view is None else view.local_name
            related: tuple[RelatedRange, ...] = ()
            if first.range != link.range:
                related = (RelatedRange(first.range, "listed here already"),)
            yield Location.of_link(strategy, link, "targets").finding(
                self,
                f"{name} is listed twice in targets",
                label="listed again",
                related=related,
                why="The request form offers the target once. If another one was meant, nobody can "
                "ask for that one.",
                help_=_instead(strategy),
            )

    def _empty(self, strategy: Strategy) -> Finding:
        return Location.of_argument(strategy, "targets").finding(
            self,
            "targets is empty",
            label="no target",
            why="Nobody can ask for anything: the form of the flow has no target to choose.",
            help_=_instead(strategy).replace("or remove", "or remove the strategy, not only"),
        )


def _stays_empty(strategy: Strategy, targets: LinkList) -> bool:
    """Whether a list is empty whatever the variables are that nobody sets."""
    origin = targets.value.origin
    if not strategy.complete or (origin is not None and _is_default(origin, targets)):
        return False
    instance = strategy.sym.terraform.without_defaults.resource(strategy.address)
    value = None if instance is None else instance.attribute("targets")
    return value is not None and value.elements == ()


def _is_default(origin: Range, targets: LinkList) -> bool:
    """Whether a range is the default of a variable, which may be set elsewhere."""
    text = origin.source.text
    line = text[text.rfind("\n", 0, origin.start) + 1 : origin.start].strip()
    passed = any(hop.reference.address.kind == "variable" for hop in targets.value.hops)
    return passed and line.startswith("default")


def _instead(strategy: Strategy) -> str:
    """The targets that the strategy could list and does not."""
    from symlint.sym.model.references import reference_to

    accepted = None if strategy.entry is None else strategy.entry.target_types
    free: dict[str, None] = {}
    for target in strategy.sym.once(ungranted):
        fits = accepted is None or target.type_name in accepted
        if fits and target.module is strategy.module and (text := reference_to(target)) is not None:
            free[text] = None
            if len(free) == 4:
                break
    if free:
        return f"list {either(list(free))}"
    return (
        "list the id of another target, or remove it"
        if strategy.target_views
        else ("list the ids of sym_target blocks: targets = [sym_target.<name>.id]")
    )
