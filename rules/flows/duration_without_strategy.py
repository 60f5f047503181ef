"""Checks that a flow without a strategy has no duration field."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import edited
from symlint.rules.flows._examples import flow_example
from symlint.rules.flows._prompt_fields import field_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow, PromptField


class DurationWithoutStrategy(Rule):
    """A flow that asks for approval only has no `duration` field.

    The duration is how long access lasts. A flow without a strategy grants no access, so what
    people enter has no effect, and nothing tells them.

    **Not flagged.** Flows that may have a strategy, and flows that seem to have lost theirs
    (`unused-strategy` reports that).
    """

    code = "SYM410"
    name = "duration-without-strategy"
    severity = "warning"
    about = ("flows",)
    sources = ("https://docs.symops.com/docs/approval-only-flows",)
    good = flow_example(
        """
  params {
    prompt_field {
      name = "reason"
      type = "string"
    }
  }
"""
    )
    bad = edited(
        good,
        (
            '      name = "reason"\n      type = "string"',
            '      name = "duration"\n      type = "duration"',
        ),
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each field for a duration has access to end."""
        from symlint.sym.intent.strategies import approval_only

        special = configuration.catalogue.provider.special_fields
        types = {
            it.type
            for name, it in special.items()
            if it.needs_strategy and it.type == name  # the type itself means the special thing
        }
        without = approval_only(configuration)
        for flow in configuration.flows:
            for field in flow.prompt_fields:
                if field.type.string not in types:
                    continue
                yield self._finding(flow, field) if flow in without else PASSED

    def _finding(self, flow: Flow, field: PromptField) -> Finding:
        place = Location.of_argument(flow, "type", field, "params.prompt_field")
        return place.finding(
            self,
            "the flow asks for a duration and has no strategy",
            label=f"the type of {field_name(field)}",
            related=(
                RelatedRange(flow.params_header, "no strategy_id here: it asks for approval only"),
                *place.use("the type of a prompt field"),
            ),
            why="The flow grants no access, so there is nothing that could end after the duration.",
            help_="remove the field, or give the flow its strategy_id",
        )
