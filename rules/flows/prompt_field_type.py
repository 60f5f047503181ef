"""Checks that the type of a prompt field exists."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import edited
from symlint.rules.flows._examples import FLOW, flow_example
from symlint.rules.flows._prompt_fields import field_name
from symlint.sym.model.texts import reason_of, shown_value
from symlint.sym.words import either

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.catalogue.provider import PromptFieldType
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow, PromptField


class PromptFieldTypeRule(Rule):
    """The `type` of a prompt field is one that Sym knows.

    The type decides what people see in the form and what `impl.py` gets. With another value,
    `terraform plan` fails.

    **Not flagged.** A type that the provider has in other versions than those that the
    configuration allows (`unavailable-argument` reports that). Values that are not known.
    """

    code = "SYM405"
    name = "prompt-field-type"
    severity = "error"
    about = ("flows",)
    fixable = True
    sources = (FLOW,)
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
    bad = edited(good, ('      type = "string"', '      type = "text"'))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether the type of each field exists in some version."""
        types = configuration.catalogue.provider.prompt_field_types
        for flow in configuration.flows:
            for field in flow.prompt_fields:
                name = field.type.string
                if name is None:
                    if field.type.is_unknown:
                        reason = reason_of(field.type)
                        yield self.undecided(field.range("type"), "is it a type?", reason)
                elif name in types:
                    yield PASSED
                else:
                    yield self._unknown(flow, field, name, types)

    def _unknown(
        self, flow: Flow, field: PromptField, name: str, types: Mapping[str, PromptFieldType]
    ) -> Finding:
        from symlint.source.close_names import close_name

        place = Location.of_argument(flow, "type", field, "params.prompt_field")
        current = [it for it, entry in types.items() if entry.until is None]
        meant = _SYNONYMS.get(name.lower()) or close_name(name, current)
        if meant not in current:
            meant = None
        lines = [f'write type = "{meant}"'] if meant else []
        return place.finding(
            self,
            f"{shown_value(field.type)} is not a type of prompt field",
            label=f"the type of {field_name(field)}",
            related=place.use("the type of a prompt field"),
            why="The provider rejects the type when Terraform plans.",
            help_="\n".join((*lines, f"the types are {either(current, 'and')}")),
            fix=place.quote(meant, safe=False) if meant else None,
        )


_SYNONYMS = {
    "str": "string",
    "text": "string",
    "integer": "int",
    "number": "int",
    "boolean": "bool",
    "user": "slack_user",
    "users": "slack_user_list",
    "list(string)": "str_list",
    "string_list": "str_list",
    "list(number)": "int_list",
}
"""The names of these types in other systems."""
