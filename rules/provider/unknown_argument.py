"""Checks that every argument and block is one that the provider has."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.rules._examples import configuration
from symlint.rules.provider._examples import TARGET
from symlint.rules.provider._schema import (
    REGISTRY,
    STOPS,
    SchemaRule,
    location_of,
    name_of,
    title_of,
)
from symlint.sym.words import either

if TYPE_CHECKING:
    from symlint.lint.finding import Finding
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.provider.schema_problems import SchemaProblem


class UnknownArgument(SchemaRule):
    """Every argument and nested block is one that the provider knows.

    The names are those of the provider's own schema, for the version that the configuration runs
    with: resources, data sources, `params`, `prompt_field` and the `provider` block. Terraform
    finds a misspelled one as well, once the provider is installed.

    Before version 2 of the provider `params` was a map whose keys were not checked: a misspelled
    one has no effect. That is a warning here.

    **Not flagged.** What Terraform adds to every resource (`count`, `for_each`, `depends_on`,
    `provider`, `lifecycle`, `provisioner`, `connection`). Arguments of other versions of the
    provider: `unavailable-argument` reports them. The keys of `settings`, `vars` and
    `integrations`, which the provider does not check.
    """

    code = "SYM121"
    name = "unknown-argument"
    other_severities = ("warning",)
    fixable = True
    kinds = ("unknown-argument",)
    sources = (REGISTRY,)
    bad = configuration(TARGET.replace("settings =", "setings ="))
    good = configuration(TARGET)

    def describe(self, problem: SchemaProblem, sym: SymConfiguration) -> Finding:
        """What is unknown, and what was probably meant."""
        from symlint.source.close_names import close_name

        del sym
        title, name = title_of(problem), name_of(problem)
        what = {"attribute": "argument", "key": "key"}.get(problem.written, "block")
        meant = close_name(problem.name, problem.candidates)
        fix, place = None, location_of(problem)
        if problem.name == "id":
            help_ = "remove the line: the id is given by Sym and can only be read"
        elif problem.detail:
            help_ = f"{name} belongs to {problem.detail}: move it there"
        elif meant is not None and problem.is_given(meant):
            help_ = f"remove it: {meant} is given as well"
        elif meant is not None:
            help_ = f"did you mean {meant}?"
            if place.in_place and problem.range.text.strip('"') == problem.name:
                fix = place.rename(meant, safe=True)
        else:
            help_ = f"{title} takes {either(sorted(problem.candidates), 'and')}"
        ignored = problem.written == "key" and problem.place.title == "params"
        return place.finding(
            self,
            f"{title} has no {what} {name}",
            label=f"no such {what}",
            why=("The provider ignores a parameter that it does not know." if ignored else STOPS),
            help_=help_,
            fix=fix,
            severity="warning" if ignored else None,
        )
