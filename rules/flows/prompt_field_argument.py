"""Checks that the arguments of a prompt field have an effect for its type."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules.flows._examples import FLOW, flow_example
from symlint.rules.flows._prompt_fields import type_entry
from symlint.sym.model.arguments import is_given
from symlint.sym.words import either, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow, PromptField


class PromptFieldArgument(Rule):
    """A prompt field has only arguments that have an effect for its type.

    The people that a `slack_user` field offers come from Slack, so `allowed_values` and `prefetch`
    have no effect there, and fields that hold a list or a person have no `default`.

    **Not flagged.** Arguments without a value: null, an empty string or list, `prefetch = false`.
    """

    code = "SYM407"
    name = "prompt-field-argument"
    severity = "warning"
    about = ("flows",)
    sources = (FLOW,)
    bad = flow_example(
        """
  params {
    prompt_field {
      name           = "on_behalf_of"
      type           = "slack_user"
      allowed_values = ["@alice", "@bob"]
    }
  }
"""
    )
    good = flow_example(
        """
  params {
    prompt_field {
      name = "on_behalf_of"
      type = "slack_user"
    }
  }
"""
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each argument of each field does something."""
        for flow in configuration.flows:
            for field in flow.prompt_fields:
                entry = type_entry(flow, field)
                for name in () if entry is None else entry.not_applicable:
                    yield self._judge(flow, field, name)

    def _judge(self, flow: Flow, field: PromptField, name: str) -> Outcome:
        argument = field.argument(name)
        if argument is None or not is_given(argument):
            if argument is not None and argument.value.is_unknown:
                return self.undecided(argument.range, "is it given?", "the value is not known")
            return PASSED
        type_name = field.type.string or ""
        types = [
            it
            for it, entry in flow.sym.catalogue.provider.prompt_field_types.items()
            if name not in entry.not_applicable and entry.until is None
        ]
        place = Location.of_name(flow, argument, "params.prompt_field")
        type_ = Location.of_argument(flow, "type", field, "params.prompt_field")
        return place.finding(
            self,
            f"{name} has no effect in {with_article(type_name)} field",
            label="no effect",
            related=(RelatedRange(type_.range, "because of this"),),
            why=f"Sym ignores {name} here. Fields of type {either(types)} use it.",
            help_=f"remove {name}, or give the field another type",
        )
