"""Checks that the access that is granted is as the configuration file says it must be."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.rule import Rule
from symlint.rules._python_examples import FLOW, with_code
from symlint.sym.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome, Severity
    from symlint.source.text import Range
    from symlint.sym.access.assertions import Judgement
    from symlint.sym.model.configuration import SymConfiguration

_OF_TARGET: Final = ("grants", "parameter", "session")
"""The columns in which the grants of one flow differ."""

_SETTINGS: Final = """
[[assert]]
name   = "nobody approves alone"
expect = { self-approval = false }
"""


def _with_assertion(own: str) -> dict[str, str]:
    files = with_code("", FLOW)
    level = "approve_deny=PermissionLevel.MEMBER,"
    code = files["impl.py"].replace(level, f"{level}\n        allow_self_approval={own},")
    return {**files, "impl.py": code, "symlint.toml": _SETTINGS}


class AccessAssertion(Rule):
    """What the configuration file asserts of access holds.

    `[[assert]]` in `symlint.toml` says what must hold of the access that is granted: who approves, for
    how long, what is recorded. The words are those of the inventory that `symlint access` shows
    (`docs/access.md`). A grant that contradicts an assertion is reported, with the place that
    decides it.

    **Not flagged.** What cannot be known: undecided, unless the assertion has `on-unknown`.
    """

    code = "SYM701"
    name = "access-assertion"
    severity = "error"
    about = ("assertions.all",)
    sources = ()
    bad = _with_assertion("True")
    good = _with_assertion("False")

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """What each assertion comes to for each grant."""
        from symlint.sym.access.assertions import compared

        grants = configuration.once(compared)
        headers = {str(flow.address): flow.header for flow in configuration.flows}
        for assertion in configuration.assertions.all:
            for judgement in grants.judge(assertion):
                yield self._outcome(judgement, headers[judgement.grant.address])

    def _outcome(self, judgement: Judgement, header: Range) -> Outcome:
        if judgement.verdict == "holds":
            return PASSED
        assertion = judgement.assertion
        place, related = self._places(judgement, header)
        if judgement.verdict == "broken":
            return self._finding(judgement, place, related, assertion.severity)
        if assertion.on_unknown != "ignore":
            return self._finding(judgement, place, related, assertion.on_unknown)
        question = f"does the assertion {assertion.name!r} hold?"
        return self.undecided(place, question, judgement.reason)

    def _places(
        self, judgement: Judgement, header: Range
    ) -> tuple[Range, tuple[RelatedRange, ...]]:
        """The place that decides the cell, and the flow where that is another place."""
        evidence = judgement.grant.cells[judgement.column].evidence
        if not evidence:
            return header, ()
        return evidence[0], (RelatedRange(header, "the flow that grants it"),)

    def _finding(
        self,
        judgement: Judgement,
        place: Range,
        related: tuple[RelatedRange, ...],
        severity: Severity,
    ) -> Finding:
        from symlint.sym.access.grants import COLUMNS

        grant, assertion = judgement.grant, judgement.assertion
        column = COLUMNS[judgement.column]
        holds = "does not hold" if judgement.verdict == "broken" else "is not known to hold"
        # What is so for all targets of a flow is said once.
        own = grant.target and judgement.column in _OF_TARGET
        target = f" and {grant.target_type} {shown(grant.target)}" if own else ""
        doubt = f" ({judgement.reason})" if judgement.reason else ""
        return self.finding(
            f"{shown(assertion.name)!r} {holds} for flow {shown(grant.flow)}{target}",
            place,
            label=f"{column}: {shown(judgement.found, 120)}{doubt}",
            related=related,
            why=f"The configuration file of symlint asserts {column}: {judgement.expected}.",
            help_="change the configuration, or the assertion in symlint.toml",
            address=grant.address,
            severity=severity,
        )
