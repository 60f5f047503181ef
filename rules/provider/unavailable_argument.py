"""Checks that the installed version of the provider has everything that is used."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import Edit, Fix
from symlint.rules._examples import configuration
from symlint.rules.provider._examples import VISIBLE
from symlint.rules.provider._schema import (
    GUIDE_2,
    GUIDE_3,
    REGISTRY,
    STOPS,
    SchemaRule,
    location_of,
    name_of,
    required_version,
    series,
    thing_of,
)

if TYPE_CHECKING:
    from symlint.lint.finding import Finding
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.provider.schema_problems import SchemaProblem


class UnavailableArgument(SchemaRule):
    """What is used exists in the version of the provider that the configuration runs with.

    Arguments, blocks, resources and types of prompt fields come and go: version 2 removed
    `template`, `prompt_fields_json` and `allowed_sources_json` and made `params` a block;
    `on_change`, `visible` and the list types came with 3.4.2, `sym_flows_filter` with 3.5.0.

    The version is the one that `.terraform.lock.hcl` pins, otherwise the newest that the
    constraints of all modules allow together. Where nothing requires the provider, as in a snippet,
    the rule reports an argument if no version has it together with the other arguments.

    **Not flagged.** A configuration that is right for the version that it requires, however old
    that is.
    """

    code = "SYM125"
    name = "unavailable-argument"
    other_severities = ("warning",)
    fixable = True
    kinds = ("unavailable",)
    sources = (f"{REGISTRY}/guides", GUIDE_2, GUIDE_3)
    bad = configuration(VISIBLE, provider="~> 3.0.0")
    good = configuration(VISIBLE)

    def describe(self, problem: SchemaProblem, sym: SymConfiguration) -> Finding:
        """Since or until when the thing exists."""
        subject = problem.subject
        assert subject is not None
        what = thing_of(problem)
        is_removed = problem.is_removed
        when = subject.until if is_removed else subject.since
        replacement: str = getattr(subject, "replacement", "")
        fix = None
        if is_removed:
            title = f"{what} no longer exists since version {when} of the provider"
            label = f"removed in {when}"
            help_ = _replacement_help(problem, replacement)
            fix = _migration(problem, replacement, sym)
        else:
            title = f"{what} exists only since version {when} of the provider"
            label = f"new in {when}"
            help_ = f"remove it, or require version = {series(when)}" if when else ""
        ignored = problem.written == "key" and problem.place.title == "params"
        place = location_of(problem)
        if problem.detail == "type":
            place = place._replace(attribute="")
        return place.finding(
            self,
            title,
            label=label,
            related=(*required_version(problem), *place.use(name_of(problem))),
            why=("The provider ignores a parameter that it does not know." if ignored else STOPS),
            help_=help_,
            fix=fix,
            severity="warning" if ignored else None,
        )


def _replacement_help(problem: SchemaProblem, replacement: str) -> str:
    if replacement.startswith("nothing"):
        _, _, advice = replacement.partition(": ")
        return advice or f"delete {problem.name}"
    return f"write {replacement}" if replacement else f"delete {problem.name}"


def _migration(problem: SchemaProblem, replacement: str, sym: SymConfiguration) -> Fix | None:
    """The change in the provider's upgrade guide for something that a version removed."""
    from symlint.rules.provider._migration import removal

    if problem.detail == "value" and problem.range.text == '"list"':
        return Fix('write "string"', (Edit(problem.range, '"string"'),), safe=False)
    if replacement.startswith("nothing") and problem.written == "attribute":
        return removal(problem.range, sym)
    return None
