"""Checks that there is at most one flows filter."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, ClassVar
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.rules._examples import configuration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.lint.rule import Example
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.flows import FlowsFilter

_GET_FLOWS = (
    "from sym.sdk.annotations import reducer\n\n\n"
    "@reducer\ndef get_flows(user, flows, flows_filter_vars):\n    return flows\n"
)


class SeveralFlowsFilters(Rule):
    """An organization has one `sym_flows_filter` at most.

    The filter decides which flows of the organization each person sees. Sym refuses to create a
    second one.

    **Not flagged.** Filters that are made with another configuration of the provider, which may
    belong to another organization, and filters in blocks with a `count` or `for_each` that is not
    known.
    """

    code = "SYM413"
    name = "several-flows-filters"
    severity = "error"
    about = ("flows_filters",)
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
        from symlint.sym.aws.provider_configurations import provider_of_resource
        from symlint.sym.model.creations import coexist

        seen: dict[object, list[FlowsFilter]] = {}
        for filter_ in configuration.flows_filters:
            provider = provider_of_resource(filter_.instance)
            if filter_.symbolic or provider is None:
                continue
            others = seen.setdefault(provider.identity, [])
            other = next((it for it in others if coexist(it.instance, filter_.instance)), None)
            if other is None:
                others.append(filter_)
                yield PASSED
                continue
            same = other.header == filter_.header
            yield Location.of_block(filter_).finding(
                self,
                "this is a second flows filter",
                label="second filter" if not same else "has several instances",
                related=() if same else (RelatedRange(other.header, "first filter"),),
                why="An organization has one filter: Sym refuses to create another.",
                help_="keep one, and decide in its get_flows who is shown which flows",
            )
