"""``SchemaRule`` and the wording that its subclasses, the rules about the schema, share."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, ClassVar, Final
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.lint.rule import Rule
from symlint.sym.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome, Severity
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.provider.schema_problems import SchemaProblem, SchemaProblemKind
    from symlint.sym.versions import Version

STOPS: Final = "terraform validate and plan stop here."
REGISTRY: Final = "https://registry.terraform.io/providers/symopsio/sym/latest/docs"
GUIDE_2: Final = f"{REGISTRY}/guides/version-2-upgrade"
GUIDE_3: Final = f"{REGISTRY}/guides/version-3-upgrade"


class SchemaRule(Rule):
    """A rule whose findings are the schema problems of some ``kinds``.

    A finding is a warning if the constraint also allows a version for which the block is right.
    """

    kinds: ClassVar[tuple[SchemaProblemKind, ...]]
    severity: ClassVar[Severity] = "error"

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """One outcome for each problem of the rule's kinds, and for each block in order."""
        from symlint.sym.provider.schema import check_schema

        report = configuration.once(check_schema)
        wrong = set()
        for problem in report.problems:
            if problem.kind in self.kinds:
                finding = self.describe(problem, configuration)
                if finding is not None:
                    if problem.tolerated:
                        finding = _tolerated(problem, finding)
                    wrong.add((problem.place.address, problem.place.header.sort_key()))
                    yield finding
        for question in report.undecided:
            if question.kind in self.kinds:
                yield self.undecided(question.range, question.question, question.reason)
        for _ in range(report.blocks - len(wrong)):
            yield PASSED

    def describe(self, problem: SchemaProblem, sym: SymConfiguration) -> Finding | None:
        """The finding for a problem; None if another finding covers it."""
        raise NotImplementedError


def _tolerated(problem: SchemaProblem, finding: Finding) -> Finding:
    """The finding as a warning: it applies only to the newest version that is allowed."""
    why = (
        f"Terraform installs version {problem.versions.selected}, unless a lock file pins an older "
        f"one. {finding.why}"
    )
    return finding._replace(severity="warning", why=why)


def title_of(problem: SchemaProblem) -> str:
    """The title of the block that a problem is in."""
    return problem.place.title


def name_of(problem: SchemaProblem) -> str:
    """The name that a problem is about, for messages."""
    return shown(problem.name)


def argument_of(problem: SchemaProblem) -> str:
    """The argument and its block: "name of sym_flow"."""
    return f"{name_of(problem)} of {title_of(problem)}"


def location_of(problem: SchemaProblem, *, followed: bool = False) -> Location:
    """The argument that a problem is about; ``followed`` where the path of its value matters."""
    used = problem.range if problem.use is None else problem.use
    value = problem.value if followed else None
    return Location(problem.place.address, problem.attribute, problem.range, used, value)


def thing_of(problem: SchemaProblem) -> str:
    """A description of what a version added or removed."""
    name = name_of(problem)
    if problem.detail == "type":
        return title_of(problem)
    if problem.detail == "value":
        return f"prompt field type {name}"
    return argument_of(problem)


def required_version(problem: SchemaProblem) -> tuple[RelatedRange, ...]:
    """The constraint that selects the version of the provider."""
    versions = problem.versions
    requirement, selected = versions.bounding, versions.selected
    if requirement is None or selected is None:
        return ()
    what = "pinned by .terraform.lock.hcl" if versions.locked else "the newest that is allowed"
    return (RelatedRange(requirement.range, f"version {selected} of the provider is {what}"),)


def series(version: Version) -> str:
    """The constraint for a version and the later ones of its major version."""
    major, minor, _ = version.release
    return f'"~> {major}.{minor}"'
