"""Checks that every Sym resource type is one that the provider has."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import Edit, Fix
from symlint.rules._examples import configuration
from symlint.rules.provider._examples import TARGET
from symlint.rules.provider._schema import (
    REGISTRY,
    STOPS,
    SchemaRule,
    location_of,
    name_of,
)
from symlint.sym.words import either, with_article

if TYPE_CHECKING:
    from symlint.lint.finding import Finding
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.provider.schema_problems import SchemaProblem


class UnknownResourceType(SchemaRule):
    """Every `sym_` resource and data source is one that some version of the provider has.

    **Not flagged.** A configuration whose `sym` provider is not Sym's.
    """

    code = "SYM127"
    name = "unknown-resource-type"
    fixable = True
    kinds = ("unknown-type",)
    sources = (REGISTRY,)
    bad = configuration(TARGET.replace("sym_target", "sym_targets"))
    good = configuration(TARGET)

    def describe(self, problem: SchemaProblem, sym: SymConfiguration) -> Finding:
        """Which type it is, and which was probably meant."""
        from symlint.source.close_names import close_name

        name = name_of(problem)
        kind = {"resource": "resource type", "data": "data source"}.get(
            problem.detail, f"{problem.detail} resource"
        )
        meant = close_name(problem.name, problem.candidates)
        fix = None
        if problem.detail == "data" and problem.name in sym.catalogue.provider.resources:
            listed = either(sorted(problem.candidates), "and")
            help_ = f"{name} can only be declared as a resource; data sources are {listed}"
        elif meant is not None:
            help_ = f"did you mean {meant}?"
            edit = Edit(problem.range, f'"{meant}"')
            fix = Fix(f"write {meant}", (edit,), safe=False)
        elif problem.candidates:
            help_ = f"the provider has {either(sorted(problem.candidates), 'and')}"
        else:
            help_ = f"the provider has no {kind}s"
        return (
            location_of(problem)
            ._replace(attribute="")
            .finding(
                self,
                f"the Sym provider has no {kind} {name}",
                label=f"no version of the provider has {with_article(kind)} of this name",
                why=STOPS,
                help_=help_,
                fix=fix,
            )
        )
