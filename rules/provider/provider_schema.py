"""Rules about the arguments and blocks that the Sym provider knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import Edit, Fix, RelatedRange
from symlint.rules._examples import configuration
from symlint.rules._links import reference_to
from symlint.rules.provider._migration import params_block
from symlint.rules.provider._schema import (
    GUIDE_2,
    REGISTRY,
    STOPS,
    SchemaRule,
    argument_of,
    name_of,
    required_version,
    title_of,
)
from symlint.source.close_names import close_name
from symlint.sym.words import either, shown, with_article

if TYPE_CHECKING:
    from symlint.lint.finding import Finding
    from symlint.sym.catalogue.provider import Argument
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.provider.problems import SchemaProblem

_TARGET = """
resource "sym_target" "billing" {
  type = "okta_group"
  name = "billing"

  settings = {
    group_id = "00g1billing"
  }
}
"""
_FLOW = """
resource "sym_flow" "billing" {
  name           = "billing"
  implementation = file("impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"

  params {
    prompt_field {
      name = "reason"
      type = "string"
    }
  }
}
"""


class UnknownArgument(SchemaRule):
    """Every argument and nested block is one that the provider knows.

    The names are those of the provider's own schema, for the version that the configuration runs
    with: resources, data sources, `params`, `prompt_field` and the `provider` block. Terraform finds
    a misspelled one too, once the provider is installed.

    Before version 2 of the provider `params` was a map, and nobody checked its keys: a misspelled
    one has no effect at all. That is a warning here.

    **Not flagged.** What Terraform adds to every resource (`count`, `for_each`, `depends_on`,
    `provider`, `lifecycle`, `provisioner`, `connection`). What other versions of the provider know
    is the business of `unavailable-argument`. The keys of `settings`, `vars` and `integrations`,
    which the provider takes as they are.
    """

    code = "SYM121"
    name = "unknown-argument"
    fixable = True
    kinds = ("unknown-argument",)
    sources = (REGISTRY,)
    bad = configuration(_TARGET.replace("settings =", "setings ="))
    good = configuration(_TARGET)

    def describe(self, problem: SchemaProblem, sym: SymConfiguration) -> Finding:
        """What is unknown, and what was probably meant."""
        del sym
        title, name = title_of(problem), name_of(problem)
        what = {"attribute": "argument", "key": "key"}.get(problem.written, "block")
        meant = close_name(problem.name, problem.candidates)
        fix = None
        if problem.name == "id":
            help_ = "remove the line: the id is given by Sym and can only be read"
        elif problem.detail:
            help_ = f"{name} belongs to {problem.detail}: move it there"
        elif meant is not None:
            help_ = f"did you mean {meant}?"
            if problem.range.text == problem.name:
                fix = Fix(f"write {meant}", (Edit(problem.range, meant),), safe=True)
        else:
            help_ = f"{title} takes {either(sorted(problem.candidates), 'and')}"
        ignored = problem.written == "key" and problem.place.title == "params"
        return self.finding(
            f"{title} has no {what} {name}",
            problem.range,
            label=f"no such {what}",
            why=(
                "The provider passes over a parameter that it does not know: it has no effect."
                if ignored
                else STOPS
            ),
            help_=help_,
            address=problem.place.address,
            attribute=problem.attribute,
            fix=fix,
            severity="warning" if ignored else None,
        )


class MissingArgument(SchemaRule):
    """Every required argument is there, and is not null.

    What is required is what the provider's schema says, for the version that the configuration runs
    with. `null` counts as not given. In a `provider "sym"` block `org` is required: without it
    Terraform asks for it at the terminal, and fails where there is none.

    **Not flagged.** A block from which a syntax error took something out. A block that is made by a
    `dynamic` block without elements. What only Sym itself demands, such as the `integration_id` of
    a strategy, is the business of other rules.
    """

    code = "SYM122"
    name = "missing-argument"
    kinds = ("missing",)
    sources = (REGISTRY,)
    bad = configuration(_TARGET.replace('  name = "billing"\n', ""))
    good = configuration(_TARGET)

    def describe(self, problem: SchemaProblem, sym: SymConfiguration) -> Finding | None:
        """What is missing, and what to write."""
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
        return self.finding(
            title,
            problem.range,
            label=f"{name} is required",
            related=required_version(problem) if depends_on_version(problem) else (),
            why=(
                "terraform plan asks for it, and fails where nobody can answer."
                if is_provider and not is_null
                else STOPS
            ),
            help_=f"set {name} = {_example(problem, form, sym)}",  # type: ignore[arg-type]  # missing arguments have forms
            address=problem.place.address,
            attribute=problem.attribute,
        )


def depends_on_version(problem: SchemaProblem) -> bool:
    """Whether other versions do without the argument."""
    form = problem.subject
    if form is None:
        return False
    oldest = problem.versions.known[0]
    return form.until is not None or (form.since is not None and form.since > oldest)


def _example(problem: SchemaProblem, form: Argument, sym: SymConfiguration) -> str:
    """What could stand behind the equals sign."""
    reference = sym.catalogue.references.get(
        f"{problem.place.kind}.{problem.place.path}{form.name}"
    )
    if reference is not None:
        kinds = reference.to
        near = [
            text
            for view in sym.views
            if view.kind in kinds
            and view.module is problem.place.module
            and (text := reference_to(view, reference.attribute)) is not None
        ]
        text = near[0] if len(near) == 1 else f"{kinds[0]}.<name>.{reference.attribute}"
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


class ArgumentForm(SchemaRule):
    """Blocks are written as blocks, arguments as arguments, and as often as they may be.

    `params` and `prompt_field` are blocks: `params { ... }` without an equals sign. `settings`, `vars`
    and `integrations` are arguments with a map: `settings = { ... }`. A flow has one `params`
    block.

    Before version 2 of the provider `params` was a map of texts; which of the two is right follows
    from the version that the configuration runs with.

    **Not flagged.** JSON files, where both look the same.
    """

    code = "SYM123"
    name = "argument-form"
    fixable = True
    kinds = ("form", "label", "repeated", "dynamic")
    sources = (REGISTRY, GUIDE_2)
    bad = configuration(_TARGET.replace("settings =", "settings"))
    good = configuration(_TARGET)

    def describe(self, problem: SchemaProblem, sym: SymConfiguration) -> Finding:
        """How the thing is written, and how it should be."""
        del sym
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
            label, help_ = "one too many", f"put everything into one {name} block"
            if problem.use is not None:
                related = (RelatedRange(problem.use, "the first one"),)
        elif problem.written == "attribute":
            text = f"{name} is a block{_era(problem)}, not an argument"
            label = "written as an argument"
            related = required_version(problem) if _era(problem) else ()
            help_ = _block_help(problem)
            fix = params_block(problem.range) if problem.name == "params" else None
        else:
            form = problem.subject
            text = f"{name} is an argument{_era(problem)}, not a block"
            label = "written as a block"
            related = required_version(problem) if _era(problem) else ()
            fix = _equals_fix(problem)
            type_ = getattr(form, "type", "")
            shape = {"map(string)": "{ ... }", "list(string)": "[...]"}.get(type_, "...")
            help_ = f"write {name} = {shape}"
        return self.finding(
            text,
            problem.range,
            label=label,
            related=related,
            why=STOPS,
            help_=help_,
            address=problem.place.address,
            attribute=problem.attribute,
            fix=fix,
        )


def _era(problem: SchemaProblem) -> str:
    """Since or before which version of the provider the form is right, where it has changed."""
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


class UnknownResourceType(SchemaRule):
    """Every `sym_` resource and data source is one that some version of the provider has.

    **Not flagged.** A configuration whose `sym` provider is not Sym's.
    """

    code = "SYM127"
    name = "unknown-resource-type"
    fixable = True
    kinds = ("unknown-type",)
    sources = (REGISTRY,)
    bad = configuration(_TARGET.replace("sym_target", "sym_targets"))
    good = configuration(_TARGET)

    def describe(self, problem: SchemaProblem, sym: SymConfiguration) -> Finding:
        """Which type it is, and which was probably meant."""
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
        return self.finding(
            f"the Sym provider has no {kind} {name}",
            problem.range,
            label=f"no version of the provider has {with_article(kind)} of this name",
            why=STOPS,
            help_=help_,
            address=problem.place.address,
            fix=fix,
        )
