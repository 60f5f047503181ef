"""Checks that the default of a prompt field is one of its allowed values."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import edited
from symlint.rules.flows._examples import FLOW, flow_example
from symlint.rules.flows._prompt_fields import field_name, type_entry
from symlint.sym.model.arguments import is_given
from symlint.sym.model.texts import reason_of, shown_value, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow, PromptField

_QUESTION: Final = "is the default one of the allowed values?"


class PromptFieldDefault(Rule):
    """The `default` of a prompt field is one of its `allowed_values`, and these are not prefetched.

    `allowed_values` are all that people can choose; a default that is none of them cannot be
    chosen. With `prefetch`, the choices come from a function of `impl.py` instead. With both, it is
    not clear which choices people get.

    **Not flagged.** Fields where one of the two is not known: undecided. Fields of a type that has no
    default at all (`prompt-field-argument` reports that).
    """

    code = "SYM408"
    name = "prompt-field-default"
    severity = "note"
    about = ("flows.prompt_fields.default", "flows.prompt_fields.prefetch")
    fixable = True
    sources = (FLOW,)
    good = flow_example(
        """
  params {
    prompt_field {
      name           = "urgency"
      type           = "string"
      default        = "Medium"
      allowed_values = ["Low", "Medium", "High"]
    }
  }
"""
    )
    bad = edited(good, ('      default        = "Medium"', '      default        = "Normal"'))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each default is a choice, and the choices come from one place."""
        for flow in configuration.flows:
            for field in flow.prompt_fields:
                entry = type_entry(flow, field)
                if entry is None or "allowed_values" in entry.not_applicable:
                    continue
                if "default" not in entry.not_applicable:
                    yield from self._default(flow, field)
                yield from self._prefetch(flow, field)

    def _default(self, flow: Flow, field: PromptField) -> Iterator[Outcome]:
        default, allowed = field.default, field.argument("allowed_values")
        elements = None if allowed is None else allowed.value.elements
        if default is None or allowed is None or default.value.content in (None, ""):
            return
        if not elements:
            if allowed.value.is_unknown:
                yield self.undecided(default.range, _QUESTION, reason_of(allowed.value))
            return
        choices = [text_of(it) for it in elements]
        text = text_of(default.value)
        if text is None or None in choices:
            yield self.undecided(default.range, _QUESTION, "one of the values is not known")
            return
        if text in choices:
            yield PASSED
            return
        from symlint.source.close_names import close_name

        meant = close_name(text, [it for it in choices if it is not None])
        place = Location.of_argument(flow, "default", field, "params.prompt_field")
        choices_at = Location.of_argument(flow, "allowed_values", field).range
        yield place.finding(
            self,
            f"the default {shown_value(default.value)} is not one of the allowed values",
            label=f"the default of {field_name(field)}",
            related=(
                RelatedRange(choices_at, "the allowed values"),
                *place.use("the default"),
            ),
            why="People choose from the allowed values, and the default is not among them.",
            help_=f'write "{meant}"'
            if meant
            else "write one of the allowed values, or add the default to them",
            fix=place.quote(meant, safe=False) if meant else None,
        )

    def _prefetch(self, flow: Flow, field: PromptField) -> Iterator[Outcome]:
        prefetch, allowed = field.prefetch, field.argument("allowed_values")
        if prefetch is None or allowed is None or text_of(prefetch.value) != "true":
            return
        if not is_given(allowed):
            return
        yield Location.of_name(flow, prefetch, "params.prompt_field").finding(
            self,
            f"{field_name(field)} has both allowed_values and prefetch",
            label="asks impl.py for the choices",
            related=(RelatedRange(allowed.name_range, "gives the choices here"),),
            why="A prefetched field gets its choices from impl.py, not from allowed_values.",
            help_="remove one of the two",
        )
