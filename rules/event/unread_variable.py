"""Checks that some code reads each variable of a flow."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED
from symlint.lint.rule import Rule
from symlint.rules._examples import edited
from symlint.rules._python_examples import FLOW, SDK, with_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.source.text import Range
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow, FlowsFilter

_CODE = """

@hook
def on_approve(event):
    if event.user.email != event.flow.vars["approver"]:
        return ApprovalTemplate.ignore(message="Somebody else has to approve this.")
"""
_MORE = '    deputy = "ben@orchard.dev"\n'
_VARS = f'\n  vars = {{\n    approver = "ana@orchard.dev"\n{_MORE}  }}\n\n  params {{}}'
_QUESTION = "does some code read the variables?"


class UnreadVariable(Rule):
    """Some code reads each variable of a flow.

    A variable that no code reads has no effect: whoever changes it changes nothing. It may be left over, or the
    code may have forgotten it.

    The code of the flow counts, that of `on_change` in its prompt fields, and that of its custom strategy. A
    name that stands anywhere in them is taken for read.

    **Not flagged.** Code that goes through all variables, computes their names, or passes the event on to
    what is not seen, such as a Lambda function. Maps that several flows share, if one of them
    reads the variable. Flows of which not all code is known.
    """

    code = "SYM624"
    name = "unread-variable"
    severity = "note"
    state = "preview"
    sources = (
        SDK,
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/flow",
    )
    bad = with_code(_CODE, FLOW.replace("\n  params {}", _VARS))
    good = edited(bad, (_MORE, ""))

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each variable is read by some flow that has it."""
        from symlint.sym.event.given import FILTER_VARIABLES, VARIABLES, given
        from symlint.sym.event.readers import readers
        from symlint.sym.model.flows import Flow, FlowsFilter

        unread: dict[tuple[str, Range], list[Flow | FlowsFilter]] = {}
        read: set[tuple[str, Range]] = set()
        views: list[Flow | FlowsFilter] = [
            *configuration.all(Flow),
            *configuration.all(FlowsFilter),
        ]
        for view in views:
            map_ = given(view, VARIABLES if isinstance(view, Flow) else FILTER_VARIABLES)
            if map_ is None:
                continue
            if map_.reason:
                yield self.undecided(view.range("vars"), _QUESTION, map_.reason)
            if not map_.values:
                continue
            found = readers(view)
            if found.reason:
                yield self.undecided(view.range("vars"), _QUESTION, found.reason)
            for key in map_.values:
                place = (key, _place(view, key))
                if found.reason or key in found.texts:
                    read.add(place)
                    yield PASSED
                else:
                    unread.setdefault(place, []).append(view)
        for place, having in unread.items():
            if place not in read:
                yield from (self._finding(view, *place) for view in having)

    def _finding(self, view: Flow | FlowsFilter, key: str, range_: Range) -> Finding:
        return self.finding(
            f"no code of the {view.noun} reads the variable {key}",
            range_,
            label="never read",
            why="The variable has no effect.",
            help_="remove it, or read it in the code",
            address=str(view.address),
            attribute=f"vars.{key}",
            path=view.value("vars").hops,
        )


def _place(view: Flow | FlowsFilter, key: str) -> Range:
    """Where a map has its key, else the map."""
    from symlint.sym.model.settings import item_ranges, map_range

    written = item_ranges(view.sym, view.value("vars"), key)
    return map_range(view, "vars") if written is None else written[0]
