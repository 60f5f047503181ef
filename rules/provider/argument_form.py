"""Checks that blocks are written as blocks and arguments as arguments."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import Edit, Fix, RelatedRange
from symlint.rules._examples import configuration
from symlint.rules.provider._examples import TARGET
from symlint.rules.provider._schema import (
    GUIDE_2,
    REGISTRY,
    STOPS,
    SchemaRule,
    location_of,
    name_of,
    required_version,
    title_of,
)

if TYPE_CHECKING:
    from symlint.lint.finding import Finding
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.provider.schema_problems import SchemaProblem


class ArgumentForm(SchemaRule):
    """Blocks are written as blocks, arguments as arguments, and as often as they may be.

    `params` and `prompt_field` are blocks: `params { ... }` without an equals sign. `settings`,
    `vars` and `integrations` are arguments with a map: `settings = { ... }`. A flow has one
    `params` block.

    Before version 2 of the provider `params` was a map of strings. The version of the provider
    decides which of the two is right.

    **Not flagged.** JSON files, where both look the same.
    """

    code = "SYM123"
    name = "argument-form"
    other_severities = ("warning",)
    fixable = True
    kinds = ("form", "label", "repeated", "dynamic")
    sources = (REGISTRY, GUIDE_2)
    bad = configuration(TARGET.replace("settings =", "settings"))
    good = configuration(TARGET)

    def describe(self, problem: SchemaProblem, sym: SymConfiguration) -> Finding:
        """How the thing is written, and how it should be."""
        from symlint.rules.provider._migration import params_block

        name, title = name_of(problem), title_of(problem)
        related: tuple[RelatedRange, ...] = ()
        fix = None
        if problem.kind == "label":
            text, label = f"the {name} block takes no label", "a label"
            help_ = f"write {name} {{ ... }}"
        elif problem.kind == "dynamic":
            text = f"the dynamic {name} block has no {problem.detail}"
            label = "incomplete"
            help_ = f"write for_each = [...] and content {{ ... }} into the dynamic {name} block"
        elif problem.kind == "repeated":
            text = f"{title} has more than one {name} block"
            label, help_ = "one block too many", f"put everything into one {name} block"
            if problem.use is not None:
                related = (RelatedRange(problem.use, "the first one"),)
        elif problem.written == "attribute":
            text = f"{name} is a block{_era(problem)}, not an argument"
            label = "written as an argument"
            related = required_version(problem) if _era(problem) else ()
            help_ = _block_help(problem)
            fix = params_block(problem.range, sym) if problem.name == "params" else None
        else:
            form = problem.subject
            text = f"{name} is an argument{_era(problem)}, not a block"
            label = "written as a block"
            related = required_version(problem) if _era(problem) else ()
            fix = _equals_fix(problem)
            type_ = getattr(form, "type", "")
            shape = {"map(string)": "{ ... }", "list(string)": "[...]"}.get(type_, "...")
            help_ = f"write {name} = {shape}"
        return location_of(problem).finding(
            self,
            text,
            label=label,
            related=related,
            why=STOPS,
            help_=help_,
            fix=fix,
        )


def _era(problem: SchemaProblem) -> str:
    """Since or before which version of the provider the form is right; empty if it is the same in all."""
    form = problem.subject
    if form is None or problem.detail != "changed":
        return ""
    if form.since is not None:
        return f" since version {form.since} of the provider"
    if form.until is not None:
        return f" before version {form.until} of the provider"
    return ""


def _block_help(problem: SchemaProblem) -> str:
    help_ = f"write {problem.name} {{ ... }} without an equals sign"
    if problem.name == "params" and _era(problem):
        help_ += (
            "\neach element of prompt_fields_json becomes a prompt_field { ... } block, "
            f"allowed_sources_json becomes allowed_sources = [...]\nsee {GUIDE_2}"
        )
    return help_


def _equals_fix(problem: SchemaProblem) -> Fix | None:
    """An equals sign between the name of a map and its brace."""
    form = problem.subject
    range_ = problem.range
    if getattr(form, "type", None) != "map(string)" or range_.text != problem.name:
        return None
    rest = range_.source.text[range_.end :]
    if not rest.lstrip(" \t").startswith("{"):
        return None
    return Fix(
        f"write {problem.name} = {{", (Edit(range_._replace(start=range_.end), " ="),), safe=True
    )
