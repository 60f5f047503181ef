"""Checks that the access that a flow grants can end."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules.flows._examples import FLOW, flow_example
from symlint.sym.model.texts import reason_of, text_of
from symlint.sym.words import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.arguments import Argument, Arguments
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow


class NoWayToEndAccess(Rule):
    """Access that a flow grants can end: `allow_revoke` and `schedule_deescalation` are not both
    false.

    `schedule_deescalation` removes access when the requested time is over; `allow_revoke` shows the
    button that removes it at once. Sym's documentation requires one of them. With neither, access
    that was granted for an hour never ends.

    **Not flagged.** Flows without one of the two: both are true by default. Unknown values are
    undecided.
    """

    code = "SYM403"
    name = "no-way-to-end-access"
    severity = "error"
    about = ("flows",)
    sources = (FLOW,)
    bad = flow_example(
        """
  params {
    allow_revoke          = false
    schedule_deescalation = false
  }
"""
    )
    good = flow_example(
        """
  params {
    allow_revoke          = false
    schedule_deescalation = true
  }
"""
    )

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each flow has a way to end access."""
        for flow in configuration.flows:
            params = flow.params
            if params is not None:
                yield self._judge(flow, params)

    def _judge(self, flow: Flow, params: Arguments) -> Outcome:
        given: list[Argument] = []
        names = flow.sym.catalogue.provider.blocks["params"].at_least_one_true
        if not params.complete:
            return self.undecided(params.header, "can access end?", "the parameters are not known")
        for name in names:
            argument = params.argument(name)
            if argument is None:
                return PASSED
            value = argument.value
            if value.is_unknown:
                return self.undecided(argument.range, "can access end?", reason_of(value))
            if text_of(value) != "false":
                return PASSED
            given.append(argument)
        return self._never_ends(flow, given)

    def _never_ends(self, flow: Flow, given: list[Argument]) -> Finding:
        places = [Location.of_argument(flow, it.name, flow.params, "params") for it in given]
        argument, place = given[-1], places[-1]
        others = [it.range for it in places[:-1] if it.range != place.range]
        value = "true" if argument.value.string is None else '"true"'
        return place.finding(
            self,
            f"{either((it.name for it in given), 'and')} are both false: access would never end",
            label="false",
            related=(*(RelatedRange(it, "also false") for it in others), *place.use()),
            why=(
                "Nothing takes access away after the time that was asked for, and nobody can "
                "revoke it. Sym requires one of the two."
            ),
            help_=f"write {argument.name} = {value}, or leave one of the two out",
        )
