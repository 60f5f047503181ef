"""Checks that ``allowed_sources`` lists sources that exist."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules.flows._examples import FLOW, flow_example
from symlint.sym.model.texts import reason_of, shown_value
from symlint.sym.words import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.arguments import Argument
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow
    from symlint.terraform.values.value import Value


class AllowedSources(Rule):
    """`allowed_sources` lists at least one source that a flow can be called from, and no unknown ones.

    A flow can be called from Slack and through Sym's API. Only the sources in the list can call it:
    a misspelled source does not work, and with an empty list nobody can call the flow (a
    **warning**, since this may be a way to disable it).

    With provider 1 the list is JSON: `allowed_sources_json`.

    **Not flagged.** A flow without the list: all sources can call it. Unknown elements.
    """

    code = "SYM404"
    name = "allowed-sources"
    other_severities = ("warning",)
    severity = "error"
    about = ("flows.allowed_sources",)
    fixable = True
    sources = (FLOW,)
    bad = flow_example(
        """
  params {
    allowed_sources = ["slack", "web"]
  }
"""
    )
    good = flow_example(
        """
  params {
    allowed_sources = ["slack", "api"]
  }
"""
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each flow can be called from the places that it lists."""
        for flow in configuration.flows:
            argument = flow.allowed_sources
            if argument is None:
                continue
            elements = argument.value.elements
            if elements is None:
                if argument.value.is_unknown:
                    question = "can the flow be called?"
                    yield self.undecided(argument.range, question, reason_of(argument.value))
            elif elements:
                for element in elements:
                    yield self._judge(flow, argument, element)
            else:
                yield self._empty(flow, argument)

    def _judge(self, flow: Flow, argument: Argument, element: Value) -> Outcome:
        allowed = (
            flow.sym.catalogue.provider.blocks["params"].arguments["allowed_sources"][0].allowed
        )
        text = element.string
        place = _place(flow, argument).of_element(element)
        if text is None:
            return self.undecided(place.range, "is it a source?", "the value is not known")
        if text in allowed:
            return PASSED
        from symlint.source.close_names import close_name

        meant = close_name(text, allowed)
        lines = [f'write "{meant}"'] if meant else []
        listed = either((f'"{it}"' for it in allowed), "and")
        return place.finding(
            self,
            f"flows cannot be called from {shown_value(element)}",
            label="not a source of requests",
            related=place.use(),
            why="Sym rejects the flow, or people cannot call it from the place that was meant.",
            help_="\n".join((*lines, f"the sources are {listed}; without the list, all of them")),
            fix=place.quote(meant, safe=True) if meant else None,
        )

    def _empty(self, flow: Flow, argument: Argument) -> Finding:
        place = _place(flow, argument).of_element(argument.value)
        return place.finding(
            self,
            f"{argument.name} is empty: nobody can call the flow",
            label="no source at all",
            related=place.use(),
            why="Without the list, a flow can be called from all sources; with an empty list, from none.",
            help_="remove the argument, or list where the flow may be called from",
            severity="warning",
        )


def _place(flow: Flow, argument: Argument) -> Location:
    return Location(str(flow.address), f"params.{argument.name}", argument.range, argument.range)
