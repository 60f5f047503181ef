"""Checks that placeholders are replaced by what they stand for."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.rule import Rule
from symlint.rules.flows._examples import flow_example
from symlint.rules.hygiene._written_values import written_values
from symlint.sym.model.texts import shown_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.lint.location import Location
    from symlint.source.text import Range
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.terraform.values.value import Value


class PlaceholderValue(Rule):
    """Placeholders such as `CHANGEME` are replaced.

    A template has placeholders where somebody is to write a value. With one that is left, the apply
    fails, or Sym looks for a workspace, channel or account that is not there. The rule reports them in
    the arguments of Sym's resources, modules and provider blocks, wherever the value comes from: a
    local, the default of a variable, a variable file.

    A repository that is itself a template has reason to mute this rule alone:
    `ignore = ["placeholder-value"]` in its configuration file.

    **Not flagged.** What stands for a value that somebody may give (`coalesce(var.key, "CHANGEME")`).
    """

    code = "SYM924"
    name = "placeholder-value"
    severity = "warning"
    bad = flow_example(
        """
  vars = {
    approvers_channel = "CHANGEME"
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
        """Whether any value is a placeholder."""
        placeholder = configuration.catalogue.formats["placeholder"]
        seen: set[Range] = set()
        for place, value, _ in written_values(configuration):
            text = value.string
            if not text or place.range in seen:
                continue
            seen.add(place.range)
            yield self._finding(place, value) if placeholder.matches(text) else PASSED

    def _finding(self, place: Location, value: Value) -> Finding:
        return place.finding(
            self,
            f"{place.attribute} is still the placeholder {shown_value(value)}",
            label="a placeholder",
            related=place.use(place.attribute),
            why="It is not a real value: the apply fails, or Sym looks for something that is not there.",
            help_=f"write the real {place.name}",
        )
