"""Checks that no value in a flow's vars looks like a number or a boolean: the implementation gets strings."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules.flows._examples import FLOW, flow_example
from symlint.sym.model.texts import reason_of, text_of
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.arguments import Argument
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow
    from symlint.terraform.values.value import Value

_QUESTION: Final = "is every variable a string to Python as it is to Terraform?"

_TRUE: Final = {"f": "t", "F": "T", "false": "true", "False": "True", "FALSE": "TRUE"}
"""What stands for true where a word stands for false, as somebody writes it who writes the other."""


class NonStringVariable(Rule):
    """The variables of a flow are strings.

    Every value of `vars` reaches `impl.py` as a string, whatever its type in Terraform: `3` becomes
    `"3"` and `false` becomes `"false"`, which is true in Python. The provider warns of values that
    look like a number or a boolean when the flow is applied.

    **Not flagged.** The variables of a `sym_flows_filter`, for which the provider gives no warning.
    Values that are not known: undecided.
    """

    code = "SYM412"
    name = "non-string-variable"
    severity = "note"
    about = ("flows.variables",)
    sources = (FLOW,)
    bad = flow_example(
        """
  vars = {
    allow_self_approval = false
  }
"""
    )
    good = flow_example(
        """
  vars = {
    approvers_channel = "#access-requests"
  }
"""
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each variable of each flow is meant as a text."""
        for flow in configuration.flows:
            argument = flow.variables
            items = None if argument is None else argument.value.items
            if argument is not None and argument.value.is_unknown:
                yield self.undecided(argument.range, _QUESTION, reason_of(argument.value))
            if argument is None or items is None:
                continue
            for key, value in items.items():
                possible = leaves(value)
                unknown = next((it for it in possible if it.is_unknown), None)
                if unknown is not None:
                    yield self.undecided(argument.range, _QUESTION, reason_of(unknown))
                    continue
                kinds = {self._looks_like(flow, it) for it in possible}
                kind = kinds.pop() if len(kinds) == 1 else None
                if kind is None:
                    yield PASSED
                else:
                    yield self._finding(flow, argument, key, value, kind)

    def _looks_like(self, flow: Flow, value: Value) -> str | None:
        """How the provider parses a string: with strconv.Atoi and strconv.ParseBool of Go."""
        text = text_of(value)
        if text is None:
            return None
        digits = text.removeprefix("-") if text.startswith("-") else text.removeprefix("+")
        if digits.isascii() and digits.isdigit() and len(digits) < 19:
            return "number"
        if text in flow.sym.catalogue.provider.literal_booleans:
            return "boolean"
        return None

    def _finding(
        self, flow: Flow, argument: Argument, key: str, value: Value, kind: str
    ) -> Finding:
        used = argument.range
        place = Location(str(flow.address), f"vars.{key}", used, used).of_element(value)
        convert = f'int(event.flow.vars["{key}"])'
        if kind == "boolean":
            text = text_of(leaves(value)[0]) or ""
            convert = f'event.flow.vars["{key}"] == "{_TRUE.get(text, text)}"'
        return place.finding(
            self,
            f"{key} reaches impl.py as a string, not as a {kind}",
            label=f"looks like a {kind}",
            related=place.use("a variable of the flow"),
            why=(
                "All variables of a flow are strings in Python"
                + (', where even "false" counts as true.' if kind == "boolean" else ".")
                + " The provider warns of this one at apply."
            ),
            help_=f"convert it where it is read: {convert}",
        )
