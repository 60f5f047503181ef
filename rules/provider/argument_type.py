"""Checks that a value converts to the type of its argument."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.lint.finding import Edit, Fix
from symlint.rules._examples import configuration
from symlint.rules.provider._examples import FLOW
from symlint.rules.provider._schema import (
    REGISTRY,
    STOPS,
    SchemaRule,
    argument_of,
    location_of,
    name_of,
)
from symlint.sym.words import shown

if TYPE_CHECKING:
    from symlint.lint.finding import Finding
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.model.views import Lookup, View
    from symlint.sym.provider.schema_problems import SchemaProblem

_WANTED = {
    "string": "a string",
    "bool": "true or false",
    "list(string)": "a list of strings",
    "map(string)": "a map of strings",
}


class ArgumentType(SchemaRule):
    """A value that is known converts to the type of its argument.

    Types are compared as Terraform does: a number or a bool is fine where a string is wanted, and
    the strings `"true"` and `"false"` where a bool is. A list or a map is never a string: nested
    values in `settings` and `vars` have to be written with `jsonencode`. Values are followed
    through locals, variables, variable files and modules; a wrong one is reported where it is
    written.

    **Not flagged.** Values that are not known. Arguments that need an id and have a value that
    cannot be one: `strategy-target-type`, `flow-strategy` and `wrong-reference` report them.
    """

    code = "SYM124"
    name = "argument-type"
    fixable = True
    kinds = ("type",)
    sources = (REGISTRY, "https://developer.hashicorp.com/terraform/language/expressions/types")
    bad = configuration(FLOW.replace('["incident", "request"]', '"incident"'))
    good = configuration(FLOW)

    def describe(self, problem: SchemaProblem, sym: SymConfiguration) -> Finding | None:
        """What the value is, and what it should be."""
        if _is_covered(problem, sym):
            return None
        form = problem.subject
        type_ = getattr(form, "type", None) or "string"
        what = _part_name(problem)
        wanted = "a string" if problem.part else _WANTED.get(type_, type_)
        if problem.detail.startswith("one of"):
            wanted = problem.detail.removesuffix(" required").replace("'", '"')
        elif problem.written == "key":
            wanted = "a JSON list" if "JSON" in problem.detail else "true or false"
        actual = _described(problem, sym)
        place = location_of(problem, followed=True)
        return place.finding(
            self,
            f"{what} must be {wanted}{actual}",
            label=f"not {wanted}",
            related=place.use(name_of(problem)),
            why=STOPS,
            help_=_type_help(problem, type_, wanted),
            fix=_list_fix(problem, type_),
        )


def _part_name(problem: SchemaProblem) -> str:
    """What does not fit: "settings of sym_target", "group_id in settings of sym_target"."""
    name = argument_of(problem)
    if not problem.part:
        return name
    step = problem.part[0]
    return f"{shown(step)} in {name}" if isinstance(step, str) else f"an element of {name}"


def _is_covered(problem: SchemaProblem, sym: SymConfiguration) -> bool:
    """Whether a rule that knows what the argument means reports the same value."""
    from symlint.sym.intent.connectors.mismatched_ids import WrongId, verdicts
    from symlint.sym.intent.sources import wrong_source
    from symlint.sym.model.integrations import CONTEXT, Integration

    view = sym.once(_views_by_address).get(problem.place.address)
    if view is None or problem.value is None:
        return False
    if isinstance(view, Integration):
        if view.type_name != CONTEXT:
            return False
        if problem.name == "external_id":
            return any(isinstance(it, WrongId) for it in verdicts(view))
    settings = getattr(getattr(view, "entry", None), "settings", {})
    setting = settings.get(problem.part[0]) if problem.part else None
    return setting is not None and wrong_source(view, setting, problem.value) is not None


def _views_by_address(sym: Lookup) -> dict[str, View]:
    from symlint.sym.model.configuration import VIEWS

    return {str(view.address): view for kind in VIEWS.values() for view in sym.all(kind)}


def _described(problem: SchemaProblem, sym: SymConfiguration) -> str:
    from symlint.terraform.instances.expansion import describe

    value = problem.value
    if value is None:
        return ""
    if value.string is not None and not value.sensitive:
        text = value.string
        return f', not "{shown(text, 24)}"' if "\n" not in text else ", not a string"
    actual = describe(value).replace("tuple", "list").replace("an object", "a map")
    if value.object_reference is not None:
        read = sym.output_read(value)
        actual = "a whole resource" if read is None or read.is_whole else "a map"
    return f", not {actual}"


def _type_help(problem: SchemaProblem, type_: str, wanted: str) -> str:
    value, name = problem.value, problem.name
    kind = "" if value is None else value.type.kind
    text = problem.range.text
    if problem.part and kind in ("tuple", "list", "set", "object", "map"):
        if type_ == "map(string)":
            return f"write it as JSON: jsonencode({_short(text)})"
        return "write one string for each element"
    if type_ == "list(string)" and kind == "string":
        if text.startswith("jsonencode("):
            return f"leave out jsonencode: {name} = {_short(text[11:-1])}"
        return f"write {name} = [{_short(text)}]"
    if type_ == "list(string)":
        return f'write {name} = ["..."]'
    if type_ == "map(string)":
        return f"write {name} = {{ ... }}"
    if type_ == "bool" or wanted == "true or false":
        return f"write {name} = true or {name} = false"
    return f"write one string for {name}"


def _short(text: str) -> str:
    return text if len(text) < 60 and "\n" not in text else "..."


def _list_fix(problem: SchemaProblem, type_: str) -> Fix | None:
    """Put brackets around a single string if a list is required."""
    value = problem.value
    text = problem.range.text
    in_place = problem.use is not None and problem.use == problem.range
    if type_ != "list(string)" or problem.part or value is None or not in_place:
        return None
    if value.type.kind != "string" or not text.startswith('"') or "\n" in text:
        return None
    return Fix(f"write [{text}]", (Edit(problem.range, f"[{text}]"),), safe=True)
