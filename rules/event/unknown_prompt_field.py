"""Checks that the fields of a request which Python reads are prompt fields of the flow."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import RelatedRange
from symlint.rules._examples import edited
from symlint.rules._python_examples import FLOW, SDK, with_code
from symlint.rules.event._keys import Evidence, KeyRule, consequence, listed
from symlint.sym.event.given import FIELDS

if TYPE_CHECKING:
    from symlint.lint.finding import Finding
    from symlint.rules.event._keys import Question

_CODE = """

@hook
def on_request(event):
    if event.payload.fields["urgency"] == "Urgent":
        return ApprovalTemplate.approve()
"""
_PARAMS = """
  params {
    prompt_field {
      name           = "urgency"
      type           = "string"
      allowed_values = ["Normal", "Urgent"]
    }
  }"""


class UnknownPromptField(KeyRule):
    """The fields that Python reads of a request are prompt fields of the flow.

    `event.payload.fields["name"]` raises `KeyError` if the form has no such field, and the handler fails.
    `event.payload.fields.get("name")` gives `None`, which is a note. A flow with a strategy has the
    fields `target`, `target_id` and `duration` without saying so; one that asks for approval only has not.

    The code of a custom strategy is compared with each flow that uses the strategy.

    **Not flagged.** A key that is read only where a test says that it is there, or that the flow is another
    one; a `KeyError` that is caught; `get` with a default or a test of what it gives; keys that are computed. Flows of which not all fields
    are known, such as those with `dynamic` blocks over a variable without a value, are undecided.
    """

    question = "does the flow have the prompt field?"
    code = "SYM610"
    name = "unknown-prompt-field"
    other_severities = ("warning", "note")
    severity = "error"
    sources = (
        SDK,
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/flow",
    )
    good = with_code(_CODE, FLOW.replace("\n  params {}", _PARAMS))
    bad = edited(good, ('"urgency"', '"priority"'))

    meanings = (FIELDS,)
    argument = "params"

    def doubt(self, question: Question) -> str:
        """Whether fields may be added, or the flow may only have lost its strategy."""
        from symlint.sym.intent.strategies import approval_only

        view = question.view
        special = view.sym.catalogue.sdk.payload_fields
        if question.read.key in special and view not in view.sym.once(approval_only):
            return "the flow may have been meant to have a strategy"
        return super().doubt(question)

    def missing(self, question: Question) -> Finding:
        """The finding for a field that the form surely does not have."""
        key, view = question.read.key, question.view
        if key in view.sym.catalogue.sdk.payload_fields:
            title = f'flow has no strategy, and so no field "{key}"'
            advice = "give the flow its strategy_id, or do not read the field"
        else:
            title = f'flow has no prompt field "{key}"'
            advice = f'add prompt_field {{ name = "{key}" ... }} to the params of {view.local_name}'
        return self.found(
            question,
            title,
            _evidence(question),
            why=consequence(question, "no request has the field"),
            help_=advice,
        )


def _evidence(question: Question) -> Evidence:
    """The fields of the flow: at the one that was meant, else where they would be."""
    from symlint.sym.model.flows import Flow

    flow = question.view
    assert isinstance(flow, Flow)
    fields = {it.name.string: it for it in flow.prompt_fields}
    meant = fields.get(question.near)
    range_ = flow.params_header if meant is None else meant.name.origin or meant.range("name")
    named = question.map._replace(values={name: it.name for name, it in fields.items() if name})
    label = listed(
        named, f"{flow.local_name} has no prompt fields", f"the fields of {flow.local_name}"
    )
    return Evidence((RelatedRange(range_, label),))
