"""Checks that every argument that the provider requires is given."""

from __future__ import annotations

from itertools import islice

from symlint.annotations import TYPE_CHECKING
from symlint.rules._examples import configuration
from symlint.rules.provider._examples import TARGET
from symlint.rules.provider._schema import (
    REGISTRY,
    STOPS,
    SchemaRule,
    argument_of,
    location_of,
    required_version,
    title_of,
)
from symlint.sym.words import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.lint.finding import Finding
    from symlint.sym.catalogue.provider import Argument
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.views import Lookup, View
    from symlint.sym.provider.schema_problems import SchemaProblem


class MissingArgument(SchemaRule):
    """Every required argument is there, and is not null.

    What is required is what the provider's schema says, for the version that the configuration runs
    with. `null` counts as not given. In a `provider "sym"` block `org` is required: without it
    Terraform asks for it at the terminal, and fails where there is none.

    **Not flagged.** A block with a syntax error. A block that is made by a `dynamic` block without
    elements. What only Sym itself requires, such as the `integration_id` of a strategy: other rules
    check it.
    """

    code = "SYM122"
    name = "missing-argument"
    kinds = ("missing",)
    sources = (REGISTRY,)
    bad = configuration(TARGET.replace('  name = "billing"\n', ""))
    good = configuration(TARGET)

    def describe(self, problem: SchemaProblem, sym: SymConfiguration) -> Finding | None:
        """What is missing, and what to write."""
        from symlint.source.close_names import close_name

        name = problem.name
        if any(close_name(other, (name,)) for other in problem.candidates):
            return None  # it is there, misspelled
        is_null = problem.value is not None
        form = problem.subject
        title = (
            f"{argument_of(problem)} is null" if is_null else f"{title_of(problem)} has no {name}"
        )
        if problem.written == "key" and problem.detail not in ("", "None"):
            title = f"prompt field {shown(problem.detail)} has no {name}"
        is_provider = problem.place.title.startswith("provider")
        return location_of(problem).finding(
            self,
            title,
            label=f"{name} is required",
            related=required_version(problem) if depends_on_version(problem) else (),
            why=(
                "terraform plan asks for it at the terminal, and fails where there is none."
                if is_provider and not is_null
                else STOPS
            ),
            help_=f"set {name} = {_example(problem, form, sym)}",  # type: ignore[arg-type]  # missing arguments have forms
        )


def depends_on_version(problem: SchemaProblem) -> bool:
    """Whether other versions do not require the argument."""
    form = problem.subject
    if form is None:
        return False
    oldest = problem.versions.known[0]
    return form.until is not None or (form.since is not None and form.since > oldest)


def _example(problem: SchemaProblem, form: Argument, sym: SymConfiguration) -> str:
    """An example value for the argument."""
    from symlint.sym.model.references import reference_to

    reference = sym.catalogue.references.get(
        f"{problem.place.kind}.{problem.place.path}{form.name}"
    )
    if reference is not None:
        kinds = reference.to
        there = sym.once(_by_module_and_kind)
        near = (
            text
            for kind in kinds
            for view in there.get((problem.place.module, kind), ())
            if (text := reference_to(view, reference.attribute)) is not None
        )
        two = tuple(islice(near, 2))
        text = two[0] if len(two) == 1 else f"{kinds[0]}.<name>.{reference.attribute}"
        return f"[{text}]" if form.type == "list(string)" else text
    if form.allowed:
        return f'"{form.allowed[0]}"'
    if form.content == "contents":
        return 'file("${path.module}/impl.py")'
    if form.content == "path":
        return '"${path.module}/impl.py"'
    return {"map(string)": "{ ... }", "list(string)": "[...]", "bool": "true"}.get(
        form.type or "", '"..."'
    )


def _by_module_and_kind(sym: Lookup) -> Mapping[tuple[object, str], list[View]]:
    from symlint.sym.model.configuration import VIEWS

    found: dict[tuple[object, str], list[View]] = {}
    for kind in VIEWS.values():
        for view in sym.all(kind):
            found.setdefault((view.module, view.kind), []).append(view)
    return found
