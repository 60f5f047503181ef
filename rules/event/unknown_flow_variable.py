"""Checks that the variables which Python reads are among the ``vars`` of the flow."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import RelatedRange
from symlint.rules._examples import edited
from symlint.rules._python_examples import FLOW, SDK, with_code
from symlint.rules.event._keys import Evidence, KeyRule, consequence, listed
from symlint.sym.event.given import FILTER_VARIABLES, FORM_VARIABLES, VARIABLES

if TYPE_CHECKING:
    from symlint.lint.finding import Finding
    from symlint.rules.event._keys import Question

_CODE = """

@hook
def on_approve(event):
    if event.user.email == event.flow.vars["approver"]:
        return None
    return ApprovalTemplate.ignore(message="Somebody else has to approve this.")
"""
_VARS = '\n  vars = {\n    approver = "ana@orchard.dev"\n  }\n\n  params {}'


class UnknownFlowVariable(KeyRule):
    """The variables that Python reads are among the `vars` of the flow.

    `event.flow.vars["name"]` raises `KeyError` if the flow has no such variable, and the handler fails:
    at each request, or only when somebody approves. `event.flow.vars.get("name")` gives `None`, which is
    a note. The same holds for `form.flow_vars` in the code of `on_change`, and for
    `flows_filter_vars` in that of a `sym_flows_filter`.

    The map is looked up where it is written, through modules and their variables. If several flows have
    the same code, each must have the variable.

    **Not flagged.** A key that is read only where a test says that it is there, or that the flow
    is another one; a `KeyError` that is caught; `get` with a default or a test of what it gives; keys that are computed. Maps of which not
    all keys are known are undecided; so are those that a variable of the root module goes into which is empty
    by default.
    """

    question = "does the flow have the variable?"
    code = "SYM609"
    name = "unknown-flow-variable"
    other_severities = ("warning", "note")
    severity = "error"
    sources = (
        SDK,
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/flow",
    )
    bad = edited(
        with_code(_CODE, FLOW.replace("\n  params {}", _VARS)), ("approver ", "approvers ")
    )
    good = with_code(_CODE, FLOW.replace("\n  params {}", _VARS))

    meanings = (VARIABLES, FORM_VARIABLES, FILTER_VARIABLES)
    argument = "vars"

    def missing(self, question: Question) -> Finding:
        """The finding for a variable that the flow surely does not have."""
        from symlint.terraform.values.addresses import is_identifier, quote

        view, key = question.view, question.read.key
        key = key if is_identifier(key) else quote(key)
        advice = f"add {key} to the vars of {view.local_name}"
        if view.argument("vars") is None:
            advice = f'write vars = {{ {key} = "..." }} in {view.local_name}'
        return self.found(
            question,
            f'{view.noun} has no variable "{question.read.key}"',
            _evidence(question),
            why=consequence(question, "the flow has no such variable"),
            help_=advice,
        )


def _evidence(question: Question) -> Evidence:
    """The map of the variables: at the key that was meant, else at the map itself."""
    from symlint.sym.model.settings import item_ranges, map_range

    view = question.view
    map_ = view.value("vars")
    nothing = f"the {view.noun} has no variables"
    label = listed(question.map, nothing, f"the variables of {view.local_name}")
    range_ = map_range(view, "vars")
    if question.near is not None:
        written = item_ranges(view.sym, map_, question.near)
        # Variable files have no keys, only values.
        range_ = question.map.values[question.near].origin or range_
        range_ = range_ if written is None else written[0]
    return Evidence((RelatedRange(range_, label),), map_.hops)
