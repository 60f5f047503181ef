"""Checks that the prompt fields of a flow have different names."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import edited
from symlint.rules.flows._examples import FLOW, flow_example
from symlint.sym.model.texts import reason_of, shown_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow, PromptField


class DuplicatePromptField(Rule):
    """The prompt fields of a flow have different names.

    `impl.py` reads what people entered by the name of the field: of two fields with one name, one
    is lost.

    **Not flagged.** Names that are not known, such as those of a `dynamic` block over a variable
    without a value.
    """

    code = "SYM406"
    name = "duplicate-prompt-field"
    severity = "error"
    about = ("flows",)
    sources = (FLOW,)
    good = flow_example(
        """
  params {
    prompt_field {
      name  = "reason"
      label = "Why do you need access?"
      type  = "string"
    }

    prompt_field {
      name  = "ticket"
      label = "Which ticket is it for?"
      type  = "string"
    }
  }
"""
    )
    bad = edited(good, ('      name  = "ticket"', '      name  = "reason"'))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each field of each flow has a name of its own."""
        for flow in configuration.flows:
            seen: dict[str, PromptField] = {}
            alone = len(flow.prompt_fields) == 1 and flow.prompt_fields_known
            for field in flow.prompt_fields:
                name = field.name.string
                if field.name.is_null:
                    continue
                if not alone and (name is None or field.symbolic):
                    question = "does another field of the flow have the same name?"
                    reason = reason_of(field.name, "it is not known which fields there are")
                    yield self.undecided(field.range("name"), question, reason)
                    continue
                name = name or ""
                first = seen.setdefault(name, field)
                if first is field:
                    yield PASSED
                elif _suits(flow, first) < _suits(flow, field):
                    yield self._duplicate(flow, field, first)
                else:
                    yield self._duplicate(flow, first, field)

    def _duplicate(self, flow: Flow, first: PromptField, field: PromptField) -> Finding:
        place, other = _name_of(flow, field), _name_of(flow, first).range
        same = other == place.range
        related = () if same else (RelatedRange(other, "the other field of this name"),)
        return place.finding(
            self,
            f"the flow has two prompt fields named {shown_value(field.name)}",
            label="this name is taken",
            related=(*related, *place.use("the name of a prompt field")),
            why="impl.py reads what people entered by the name of the field, so one of the two is lost.",
            help_="give each field a name of its own",
        )


def _name_of(flow: Flow, field: PromptField) -> Location:
    return Location.of_argument(flow, "name", field, "params.prompt_field")


def _suits(flow: Flow, field: PromptField) -> int:
    """How well the type and label of a field fit its name: of two fields, the other is reported."""
    from symlint.sym.words import mentions

    name = field.name.string or ""
    special = flow.sym.catalogue.provider.special_fields.get(name)
    label = (field.value("label").string or "").replace(" ", "_").replace("?", "")
    words = [word for word in name.replace("-", "_").split("_") if word]
    typed = special is not None and special.type == field.type.string
    return 2 * typed + any(mentions(label, word) for word in words)
