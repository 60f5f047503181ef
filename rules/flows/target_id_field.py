"""Checks the prompt field ``target_id``, which chooses the target of a request."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules.flows._examples import FLOW, OKTA
from symlint.rules.flows._prompt_fields import type_entry
from symlint.sym.model.arguments import is_given
from symlint.sym.model.texts import reason_of, shown_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.catalogue.provider import SpecialField
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow, PromptField


class TargetIdField(Rule):
    """A prompt field named `target_id` is a string without choices, in a flow with a strategy.

    A field with this name chooses the target of the request. Its choices are the targets of the
    flow's strategy: its own `allowed_values` are ignored, as the provider warns; another type than
    `string` cannot hold an id; and without a strategy there is no target to choose.

    **Not flagged.** Flows that may have a strategy, and flows that seem to have lost theirs
    (`unused-strategy` reports that).
    """

    code = "SYM409"
    name = "target-id-field"
    severity = "warning"
    about = ("flows",)
    fixable = True
    sources = (FLOW,)
    bad = configuration(
        OKTA.format(
            """
    prompt_field {
      name           = "target_id"
      type           = "string"
      allowed_values = ["billing", "support"]
    }
"""
        )
    )
    good = configuration(
        OKTA.format(
            """
    prompt_field {
      name = "target_id"
      type = "string"
    }
"""
        )
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each special field that is known by its name is what it must be."""
        from symlint.sym.intent.strategies import approval_only

        special = configuration.catalogue.provider.special_fields
        without = approval_only(configuration)
        for flow in configuration.flows:
            for field in flow.prompt_fields:
                if field.name.is_unknown:
                    question = "has the field a special name?"
                    yield self.undecided(field.range("name"), question, reason_of(field.name))
                entry = special.get(field.name.string or "")
                if entry is not None and entry.not_applicable:
                    yield from self._judge(flow, field, entry, flow in without)

    def _judge(
        self, flow: Flow, field: PromptField, entry: SpecialField, approval: bool
    ) -> Iterator[Outcome]:
        name = Location.of_argument(flow, "name", field, "params.prompt_field")
        findings = [
            self._ignored(flow, field, entry, argument, name.range)
            for argument in entry.not_applicable
            if is_given(field.argument(argument))
        ]
        type_ = field.type.string
        if entry.type is not None and type_entry(flow, field) is not None and type_ != entry.type:
            findings.append(self._wrong_type(flow, field, entry, name.range))
        if entry.needs_strategy and approval:
            findings.append(self._no_strategy(flow, entry, name))
        yield from findings or (PASSED,)

    def _ignored(
        self, flow: Flow, field: PromptField, entry: SpecialField, name: str, because: Range
    ) -> Finding:
        argument = field.argument(name)
        assert argument is not None
        return Location.of_name(flow, argument, "params.prompt_field").finding(
            self,
            f"Sym ignores the {name} of the field {entry.name}",
            label="ignored",
            related=(RelatedRange(because, "because of this name"),),
            why="The choices of this field are the targets of the flow's strategy.",
            help_=f"remove {name}, or give the field another name",
        )

    def _wrong_type(
        self, flow: Flow, field: PromptField, entry: SpecialField, because: Range
    ) -> Finding:
        place = Location.of_argument(flow, "type", field, "params.prompt_field")
        wanted = entry.type
        assert wanted is not None
        return place.finding(
            self,
            f"the field {entry.name} has type {shown_value(field.type)}, not {wanted}",
            label="cannot hold the id of a target",
            related=(RelatedRange(because, "because of this name"), *place.use("the type")),
            why="This field chooses a target, and the id of a target is a string.",
            help_=f'write type = "{wanted}", or give the field another name',
            fix=place.quote(wanted, safe=False),
        )

    def _no_strategy(self, flow: Flow, entry: SpecialField, place: Location) -> Finding:
        return place._replace(value=None).finding(
            self,
            f"the field {entry.name} chooses a target, and the flow has no strategy",
            label="there is no target to choose",
            related=(RelatedRange(flow.params_header, "no strategy_id here"),),
            why="A flow without a strategy asks for approval only.",
            help_="give the flow its strategy_id, or the field another name",
        )
