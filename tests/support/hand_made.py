"""Findings and rules made by hand, for tests of what is done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.hcl.native.parser import parse_native
from symlint.lint.finding import Edit, Finding, Fix, RelatedRange
from symlint.lint.registry import RuleSet
from symlint.lint.rule import Rule
from symlint.source.text import Range, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.hcl.results import ParsedFile
    from symlint.lint.finding import Outcome, Severity


def rule(
    code: str,
    name: str,
    *,
    severity: Severity = "error",
    state: str = "stable",
    profile: str = "recommended",
    suppressible: bool = True,
) -> type[Rule]:
    """A rule class that checks nothing."""
    return type(
        f"Rule{code}",
        (Rule,),
        {
            "__doc__": f"{name} must hold.",
            "__module__": __name__,
            "code": code,
            "name": name,
            "severity": severity,
            "state": state,
            "profile": profile,
            "suppressible": suppressible,
            "bad": "",
            "good": "",
        },
    )


class TargetType(Rule):
    """Targets fit their strategy."""

    code = "SYM201"
    name = "strategy-target-type"
    severity = "error"
    bad = ""
    good = ""

    def check(self, configuration: object) -> Iterator[Outcome]:
        return iter(())


RULES = RuleSet(
    [
        rule("SYM001", "syntax-error", suppressible=False),
        TargetType,
        rule("SYM202", "strategy-integration-type"),
        rule("SYM401", "flow-strategy"),
        rule("SYM402", "unused-strategy", severity="warning"),
        rule("SYM490", "flow-style", severity="note", profile="strict"),
        rule("SYM491", "flow-novelty", severity="warning", state="preview"),
    ]
)


def parsed(text: str, path: str = "/configuration/main.tf") -> ParsedFile:
    """A parsed file that is on no disk."""
    return parse_native(SourceFile(path, text))


def range_of(source: SourceFile, text: str, occurrence: int = 0) -> Range:
    """The range of ``text`` in a source."""
    start = -1
    for _ in range(occurrence + 1):
        start = source.text.index(text, start + 1)
    return Range(source, start, start + len(text))


def finding(
    range_: Range,
    *,
    code: str = "SYM201",
    address: str = "",
    attribute: str = "",
    related: tuple[Range, ...] = (),
    fix: Fix | None = None,
    severity: Severity = "error",
    title: str = "it is wrong",
) -> Finding:
    """A finding of one of the hand-made rules."""
    found = RULES.find(code)
    assert found is not None
    return Finding(
        code,
        found.name,
        severity,
        title,
        range_,
        address=address,
        attribute=attribute,
        related=tuple(RelatedRange(other, "") for other in related),
        fix=fix,
    )


def replacing(range_: Range, replacement: str, *, safe: bool = True) -> Fix:
    """A fix of one edit."""
    return Fix("replace it", (Edit(range_, replacement),), safe)
