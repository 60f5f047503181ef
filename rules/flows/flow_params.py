"""Rules about what a flow is told besides its prompt fields: its parameters and variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration
from symlint.rules._links import way
from symlint.rules._settings import leaves, text_of
from symlint.rules._written import literal_fix, shown, use, written_at
from symlint.sym.words import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.lint.rule import Example
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import Flow
    from symlint.sym.model.views import Argument, Arguments
    from symlint.terraform.values.value import Value

_FLOW = "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/flow"

_FLOW_EXAMPLE = """
resource "sym_integration" "slack" {{
  type        = "slack"
  name        = "main-slack"
  external_id = "T0ORCHARD1"
}}

resource "sym_error_logger" "slack" {{
  integration_id = sym_integration.slack.id
  destination    = "#access-errors"
}}

resource "sym_environment" "main" {{
  name            = "main"
  error_logger_id = sym_error_logger.slack.id

  integrations = {{
    slack_id = sym_integration.slack.id
  }}
}}

resource "sym_flow" "approval" {{
  name           = "approval"
  implementation = file("${{path.module}}/impl.py")
  environment_id = sym_environment.main.id
{0}}}
"""


def flow_example(rest: str) -> dict[str, str]:
    """An example configuration around the rest of a flow."""
    return configuration(_FLOW_EXAMPLE.format(rest))


_GET_FLOWS = (
    "from sym.sdk.annotations import reducer\n\n\n"
    "@reducer\ndef get_flows(user, flows, flows_filter_vars):\n    return flows\n"
)


class NoWayToEndAccess(Rule):
    """Access that a flow grants can end: `allow_revoke` and `schedule_deescalation` are not both false.

    `schedule_deescalation` takes access away when the time that was asked for is over,
    `allow_revoke` shows the button that takes it away at once. Sym's documentation requires one of
    them. With neither, access that somebody was given for an hour stays for good.

    **Not flagged.** Flows in which one of the two is left out: both are true unless said
    otherwise. Values that are not known are undecided.
    """

    code = "SYM403"
    name = "no-way-to-end-access"
    severity = "error"
    sources = (_FLOW,)
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
            if argument is None or argument.value.is_null:
                return PASSED
            value = argument.value
            if value.is_unknown:
                reason = "" if value.unknown is None else value.unknown.reason
                return self.undecided(argument.range, "can access end?", reason)
            if text_of(value) != "false":
                return PASSED
            given.append(argument)
        return self._never_ends(flow, given)

    def _never_ends(self, flow: Flow, given: list[Argument]) -> Finding:
        places = [written_at(it.value, it.range) for it in given]
        argument, range_ = given[-1], places[-1]
        related = [RelatedRange(it, "false, too") for it in places[:-1] if it != range_]
        value = "true" if argument.value.string is None else '"true"'
        return self.finding(
            f"{either((it.name for it in given), 'and')} are both false: access would never end",
            range_,
            label="false",
            related=(*related, *use(range_, argument.range, argument.name)),
            why=(
                "Nothing takes access away after the time that was asked for, and nobody can "
                "revoke it. Sym requires one of the two."
            ),
            help_=f"write {argument.name} = {value}, or leave one of the two out",
            address=str(flow.address),
            attribute=f"params.{argument.name}",
            path=way(argument.value, range_),
        )


class AllowedSources(Rule):
    """`allowed_sources` lists places that a flow can be called from, and at least one of them.

    A flow can be called from Slack and through Sym's API. What is not in the list is shut out, so
    a place that does not exist shuts out the one that was meant, and with an empty list nobody can
    call the flow at all (a **warning**, since that may be a way to switch it off).

    With provider 1 the list is JSON: `allowed_sources_json`.

    **Not flagged.** A flow that does not say: it can be called from everywhere. Elements that are
    not known.
    """

    code = "SYM404"
    name = "allowed-sources"
    severity = "error"
    fixable = True
    sources = (_FLOW,)
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
            if argument is None or argument.value.is_null:
                continue
            elements = argument.value.elements
            if elements is None:
                if argument.value.is_unknown:
                    reason = "" if argument.value.unknown is None else argument.value.unknown.reason
                    yield self.undecided(argument.range, "can the flow be called?", reason)
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
        range_ = written_at(element, argument.range)
        if text is None:
            return self.undecided(range_, "is it a source?", "the value is not known")
        if text in allowed:
            return PASSED
        from symlint.source.close_names import close_name

        meant = close_name(text, allowed)
        lines = [f'write "{meant}"'] if meant else []
        listed = either((f'"{it}"' for it in allowed), "and")
        return self.finding(
            f"flows cannot be called from {shown(element)}",
            range_,
            label="no source of requests",
            related=use(range_, argument.range, argument.name),
            why="Sym refuses the flow, or nobody can call it from where that was meant to be.",
            help_="\n".join((*lines, f"the sources are {listed}; without the list, all of them")),
            address=str(flow.address),
            attribute=f"params.{argument.name}",
            path=way(element, range_),
            fix=literal_fix(range_, argument.range, meant, safe=True) if meant else None,
        )

    def _empty(self, flow: Flow, argument: Argument) -> Finding:
        range_ = written_at(argument.value, argument.range)
        return self.finding(
            f"{argument.name} is empty: nobody can call the flow",
            range_,
            label="no source at all",
            related=use(range_, argument.range, argument.name),
            why="Without the list a flow can be called from everywhere, with an empty one from nowhere.",
            help_="remove the argument, or list where the flow may be called from",
            address=str(flow.address),
            attribute=f"params.{argument.name}",
            path=way(argument.value, range_),
            severity="warning",
        )


class NonStringVariable(Rule):
    """The variables of a flow are texts.

    Every value of `vars` reaches `impl.py` as a string, whatever it is in Terraform: `3` comes out
    as `"3"` and `false` as `"false"`, which Python takes for true. The provider warns of values
    that look like a number or a boolean when the flow is applied.

    **Not flagged.** The variables of a `sym_flows_filter`, about which the provider says nothing.
    Values that are not known.
    """

    code = "SYM412"
    name = "non-string-variable"
    severity = "note"
    sources = (_FLOW,)
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
            argument = flow.argument("vars")
            items = None if argument is None else argument.value.items
            if argument is None or items is None:
                continue
            for key, value in items.items():
                possible = leaves(value)
                if any(it.is_unknown for it in possible):
                    continue
                kinds = {self._looks_like(flow, it) for it in possible}
                kind = kinds.pop() if len(kinds) == 1 else None
                if kind is None:
                    yield PASSED
                else:
                    yield self._finding(flow, argument, key, value, kind)

    def _looks_like(self, flow: Flow, value: Value) -> str | None:
        """What the provider takes a text for: strconv.Atoi and strconv.ParseBool of Go."""
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
        range_ = written_at(value, argument.range)
        convert = f'int(event.flow.vars["{key}"])'
        if kind == "boolean":
            convert = f'event.flow.vars["{key}"] == "{text_of(leaves(value)[0])}"'
        return self.finding(
            f"{key} reaches impl.py as a text, not as a {kind}",
            range_,
            label=f"looks like a {kind}",
            related=use(range_, argument.range, "a variable of the flow"),
            why=(
                "All variables of a flow are strings in Python"
                + (', where even "false" counts as true.' if kind == "boolean" else ".")
                + " The provider warns of this one at apply."
            ),
            help_=f"convert it where it is read: {convert}",
            address=str(flow.address),
            attribute=f"vars.{key}",
            path=way(value, range_),
        )


class SeveralFlowsFilters(Rule):
    """An organization has one `sym_flows_filter` at most.

    The filter decides which flows somebody is shown, for all flows of the organization. Sym
    refuses to create a second one.

    **Not flagged.** Filters that are made with another configuration of the provider, which may
    belong to another organization, and filters in blocks with a `count` or `for_each` that is not
    known.
    """

    code = "SYM413"
    name = "several-flows-filters"
    severity = "error"
    sources = (
        "https://registry.terraform.io/providers/symopsio/sym/latest/docs/resources/flows_filter",
    )
    bad: ClassVar[Example] = {
        **configuration(
            """
resource "sym_flows_filter" "engineering" {
  implementation = file("${path.module}/get_flows.py")
}

resource "sym_flows_filter" "support" {
  implementation = file("${path.module}/get_flows.py")
}
"""
        ),
        "get_flows.py": _GET_FLOWS,
    }
    good: ClassVar[Example] = {
        **configuration(
            """
resource "sym_flows_filter" "this" {
  implementation = file("${path.module}/get_flows.py")
}
"""
        ),
        "get_flows.py": _GET_FLOWS,
    }

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether there is one flows filter at most, for each configuration of the provider."""
        from symlint.sym.aws.provider_configurations import provider_configuration

        first = {}
        for filter_ in configuration.flows_filters:
            provider = provider_configuration(filter_.instance)
            if filter_.symbolic or provider is None:
                continue
            if provider not in first:
                first[provider] = filter_
                yield PASSED
                continue
            other = first[provider]
            same = other.header == filter_.header
            yield self.finding(
                "this is a second flows filter",
                filter_.header,
                label="second filter" if not same else "has several instances",
                related=() if same else (RelatedRange(other.header, "first filter"),),
                why="An organization has one filter: Sym refuses to create another.",
                help_="keep one, and decide in its get_flows who is shown which flows",
                address=str(filter_.address),
            )
