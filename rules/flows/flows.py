"""Rules about flows and the strategies that they grant access with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import link_finding, reference_to
from symlint.sym.model.strategies import Strategy, Target
from symlint.sym.words import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow
    from symlint.sym.model.link import Link
    from symlint.sym.model.views import View


class FlowStrategy(Rule):
    """The `strategy_id` of a flow leads to the `id` of a `sym_strategy`.

    Terraform passes ids as plain text, so a reference to a target, to an integration, or to the
    `name` of a strategy plans without a murmur. Sym looks the text up when the flow is applied and
    refuses it, or, worse, the flow is left without the strategy that was meant.

    Each mistake has its own message: another kind of resource, another attribute (`name` instead
    of `id`), the whole resource, an address in quotes, the name of a strategy as text, an output
    of a module that is something else. References are followed through locals, variables,
    variable files, module inputs and outputs; the finding stands where the wrong reference is
    written.

    **Not flagged.** A flow without `strategy_id`, or with an empty one, asks for approval only:
    that is right (see `unused-strategy` for strategies that are left over). A literal UUID may be
    the id of a strategy that is managed elsewhere. A value that is not known, such as a variable
    without a value or an output of a module whose code is not here, is undecided.
    """

    code = "SYM401"
    name = "flow-strategy"
    severity = "error"
    fixable = True
    sources = ("https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/flow",)
    bad = configuration(
        """
resource "sym_target" "billing" {
  type = "okta_group"
  name = "billing"

  settings = {
    group_id = "00g1billing"
  }
}

resource "sym_flow" "billing" {
  name           = "billing"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"

  params {
    strategy_id = sym_target.billing.id
  }
}
"""
    )
    good = configuration(
        """
resource "sym_target" "billing" {
  type = "okta_group"
  name = "billing"

  settings = {
    group_id = "00g1billing"
  }
}

resource "sym_strategy" "okta" {
  type           = "okta"
  name           = "okta"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [sym_target.billing.id]
}

resource "sym_flow" "billing" {
  name           = "billing"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"

  params {
    strategy_id = sym_strategy.okta.id
  }
}
"""
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Where the strategy_id of each flow leads."""
        for flow in configuration.flows:
            for link in flow.strategy_link.branches:
                yield self._judge(flow, link)

    def _judge(self, flow: Flow, link: Link) -> Outcome:
        if link.outcome == "unknown":
            question = "does strategy_id lead to a strategy?"
            return self.undecided(link.argument, question, link.reason)
        if not link.is_wrong:
            return PASSED
        return link_finding(
            self,
            link,
            flow,
            attribute="params.strategy_id",
            why=(
                "Terraform takes any text for an id, so this plans. Sym looks the id up when the "
                "flow is applied: there is no strategy of that id, and the flow cannot grant access."
            ),
            suggestions=_meant(flow, link),
        )


def _meant(flow: Flow, link: Link) -> tuple[View, ...]:
    """The strategies that a wrong strategy_id may have meant, best guess first."""
    strategies = flow.sym.strategies
    wrong = None if link.subject is None else link.subject.view
    if isinstance(wrong, Target):
        listing = tuple(it for it in strategies if wrong in it.target_views)
        if listing:
            return listing
    through = tuple(it for it in strategies if wrong is not None and it.integration is wrong)
    return through or strategies


class UnusedStrategy(Rule):
    """Every strategy is the strategy of some flow.

    A flow without `strategy_id` asks for approval and grants nothing. That is right for an
    approval-only flow, and it is also what is left when the line was forgotten or lost: nothing
    fails, people get their approvals, and no access. The strategy that then belongs to no flow
    gives it away.

    A warning where some flow of the configuration has no `strategy_id` and could use the strategy;
    a note where every flow has another one, so that the strategy is merely idle.

    **Not flagged.** Approval-only flows where every strategy is used. A strategy that goes on to
    an output of the root module, to another resource, or to a module whose code is not here: it
    may be used there. Strategies where some flow's `strategy_id` is not known or wrong
    (`flow-strategy` speaks of that). Strategies in a configuration without any flow.
    """

    code = "SYM402"
    name = "unused-strategy"
    severity = "warning"
    sources = (
        "https://docs.symops.com/docs/approval-only-flows",
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/flow",
    )
    bad = configuration(
        """
resource "sym_target" "billing" {
  type = "okta_group"
  name = "billing"

  settings = {
    group_id = "00g1billing"
  }
}

resource "sym_strategy" "okta" {
  type           = "okta"
  name           = "okta"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = [sym_target.billing.id]
}

resource "sym_flow" "billing" {
  name           = "billing"
  implementation = file("${path.module}/impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"

  params {
    prompt_field {
      name = "reason"
      type = "string"
    }
  }
}
"""
    )
    good = FlowStrategy.good

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each strategy is used by a flow."""
        flows = configuration.flows
        if not flows:
            return
        links = [link for flow in flows for link in flow.strategy_link.branches]
        used = {_block_key(link.view) for link in links if link.view is not None}
        doubt = next((it for it in links if it.outcome == "unknown" or it.is_wrong), None)
        seen = set()
        for strategy in configuration.strategies:
            key = _block_key(strategy)
            if key in used:
                yield PASSED
                continue
            if key in seen:
                continue
            seen.add(key)
            if doubt is not None or not configuration.complete:
                yield self.undecided(
                    strategy.header,
                    "does some flow use the strategy?",
                    "where a strategy_id leads is not known" if doubt else "a file has errors",
                )
            elif _goes_elsewhere(strategy):
                yield PASSED
            else:
                yield self._unused(strategy, flows)

    def _unused(self, strategy: Strategy, flows: tuple[Flow, ...]) -> Finding:
        idle = [flow for flow in flows if flow.strategy_link.is_absent]
        if not idle:
            return self.finding(
                "no flow uses this strategy",
                strategy.header,
                label="every flow has another strategy",
                why="Nobody can ask for its targets.",
                help_="remove the strategy, or write a flow for it",
                address=str(strategy.address),
                severity="note",
            )
        flow = max(idle, key=lambda it: _affinity(it, strategy))
        reference = reference_to(strategy) if flow.module is strategy.module else None
        line = f"strategy_id = {reference or 'the id of the strategy'}"
        return self.finding(
            "no flow uses this strategy",
            strategy.header,
            label="belongs to no flow",
            related=(
                RelatedRange(
                    flow.header if flow.params is None else flow.params.header,
                    "this flow has no strategy_id: it asks for approval and grants nothing",
                ),
            ),
            why=(
                "Nobody can ask for its targets: who uses the flow gets an approval and no access."
            ),
            help_=(
                f"give it to {flow.local_name}:\n  params {{\n    {line}\n  }}\n"
                "or remove the strategy if the flow is meant to ask for approval only"
            ),
            address=str(strategy.address),
        )


def _block_key(view: View) -> tuple[str, int]:
    """One key for all instances of a block, wherever its module is called."""
    return view.instance.block.source.path, view.instance.block.start


def _goes_elsewhere(strategy: Strategy) -> bool:
    """Whether the strategy is read by anything that outlives the configuration's own values."""
    from symlint.graph.edges import consumers

    return bool(consumers(strategy.sym.structure, strategy.address))


def _affinity(flow: Flow, strategy: Strategy) -> tuple[int, int, int]:
    """How well a flow without a strategy goes with a strategy that has none."""
    names = (strategy.instance.name, strategy.name.string or "")
    own = (flow.instance.name, flow.name.string or "")
    words = {word for name in names for word in name.replace("-", "_").split("_") if word}
    shared = sum(any(mentions(name, word) for name in own) for word in words)
    asks_duration = any(it.type.string == "duration" for it in flow.prompt_fields)
    return (flow.module is strategy.module, asks_duration, shared)
