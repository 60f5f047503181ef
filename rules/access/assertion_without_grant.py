"""Checks that what the configuration file asserts of access is about some of it."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, ClassVar, Final
from symlint.lint.finding import PASSED
from symlint.lint.rule import Rule
from symlint.rules._python_examples import FLOW, with_code
from symlint.sym.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Outcome
    from symlint.lint.rule import Example
    from symlint.sym.assertion import Assertion
    from symlint.sym.model.configuration import SymConfiguration

_SETTINGS: Final = """
[[assert]]
name   = "production needs two people"
flows  = { environment = "production" }
expect = { self-approval = false }
"""


class AssertionWithoutGrant(Rule):
    """Each assertion about access is about some access.

    An `[[assert]]` in `symlint.toml` says what must hold of the grants that its `flows`, `targets` and
    `setting` select. One that selects none holds whatever the configuration grants: nobody would notice that
    the name in it is misspelt, or that the flow was renamed. Where that is so on purpose, write
    `allow-empty = true`.

    **Not flagged.** An assertion that one of the root modules has grants for, under some of its variable
    files. What is undecided: a run that looks at only a part of what the configuration file is for, or sets
    variables by options; a flow that is switched off, or may be in a module whose code is not here.
    """

    code = "SYM702"
    name = "assertion-without-grant"
    severity = "warning"
    about = ("assertions.all",)
    sources = ()
    bad: ClassVar[Example] = {**with_code("", FLOW), "symlint.toml": _SETTINGS}
    good: ClassVar[Example] = {
        **with_code("", FLOW),
        "symlint.toml": _SETTINGS.replace('"production"', '"*"'),
    }

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """Whether each assertion selects, or may select, a grant."""
        stated = configuration.assertions
        from symlint.sym.access.assertions import compared
        from symlint.sym.access.missing_flows import why_flows_may_be_missing

        def missing() -> str:
            return why_flows_may_be_missing(configuration)

        grants = configuration.once(compared)
        for assertion in stated.all:
            if assertion.allow_empty or grants.selects_any(assertion):
                yield PASSED
                continue
            doubt = stated.partial or configuration.once_for(why_flows_may_be_missing, missing)
            yield self._empty(assertion, doubt)

    def _empty(self, assertion: Assertion, doubt: str) -> Outcome:
        assert assertion.place is not None
        if doubt:
            return self.undecided(assertion.place, "is the assertion about a grant?", doubt)
        return self.finding(
            f"the assertion {shown(assertion.name)!r} is about no grant",
            assertion.place,
            label="selects nothing",
            why="It holds whatever is granted, so that it guards nothing.",
            help_="correct its flows, targets and setting (symlint access lists all grants), or write "
            "allow-empty = true",
        )._replace(everywhere=True)
