"""Checks that the oldest version that the constraint allows has everything that is used."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import PASSED, RelatedRange
from symlint.lint.location import Location
from symlint.rules._examples import configuration
from symlint.rules.provider._examples import VISIBLE
from symlint.rules.provider._schema import (
    SchemaRule,
    series,
    thing_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.provider.schema_problems import SchemaProblem
    from symlint.sym.provider.versions import ProviderVersions
    from symlint.sym.versions import Version


class NewerThanLowerBound(SchemaRule):
    """The oldest version of the provider that the constraint allows has everything that is used.

    Terraform installs the newest version that the constraint allows, so the configuration works.
    But the constraint also allows older versions: with a lock file that pins one of them, Terraform
    stops with an error.

    **Not flagged.** A configuration with a `.terraform.lock.hcl`, which pins a version that has it.
    """

    code = "SYM126"
    name = "newer-than-lower-bound"
    severity = "note"
    fixable = True
    kinds = ("newer",)
    sources = (
        "https://developer.hashicorp.com/terraform/language/expressions/version-constraints",
    )
    bad = configuration(VISIBLE, provider="~> 3.0")
    good = configuration(VISIBLE)

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """One outcome for each source address of the provider."""
        from symlint.sym.provider.schema import check_schema
        from symlint.sym.provider.versions import read_requirements

        newer: dict[int, list[SchemaProblem]] = {}
        for problem in configuration.once(check_schema).problems:
            if problem.kind == "newer":
                newer.setdefault(id(problem.versions), []).append(problem)
        for versions in configuration.once(read_requirements).addresses.values():
            problems = newer.get(id(versions), [])
            finding = self._finding(versions, problems) if problems else None
            yield PASSED if finding is None else finding

    def _finding(self, versions: ProviderVersions, problems: list[SchemaProblem]) -> Finding | None:
        requirement = versions.bounding
        if requirement is None:
            return None
        problems.sort(key=lambda it: (_since(it), it.range.sort_key()), reverse=True)
        newest = problems[0]
        since = _since(newest)
        text = series(since)
        simple = requirement.range.text.strip('"').startswith("~>") and requirement.module.is_root
        same = versions.lowest is not None and versions.lowest.release[0] == since.release[0]
        repairable = simple and same and requirement.range.text.count(".") == 1
        place = Location.of_range(requirement.range)
        return place.finding(
            self,
            f"{requirement.text} allows versions of the provider without {thing_of(newest)}",
            label=f"allows {versions.lowest}",
            related=tuple(
                RelatedRange(it.range, f"exists since {_since(it)}") for it in problems[:3]
            ),
            why=(
                "Terraform installs the newest version that the constraint allows. With a lock file "
                "that pins an older one, it stops here." + _without_first(since)
            ),
            help_=f"require version = {text}",
            fix=place.write(text, safe=True) if repairable else None,
        )


def _without_first(since: Version) -> str:
    """Why a constraint of two numbers will do for a version that is not the first of its series."""
    major, minor, patch = (*since.release, 0, 0)[:3]
    if not patch:
        return ""
    first = f"{major}.{minor}.0"
    return f" {first} was never published: ~> {major}.{minor} begins with {since}."


def _since(problem: SchemaProblem) -> Version:
    assert problem.subject is not None
    assert problem.subject.since is not None
    return problem.subject.since
