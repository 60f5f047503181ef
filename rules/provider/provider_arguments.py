"""Rules about the values of the Sym provider's arguments, and about what its versions have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.lint.finding import PASSED, Edit, Fix, RelatedRange
from symlint.rules._examples import configuration
from symlint.rules._links import way, within
from symlint.rules.provider._migration import removal
from symlint.rules.provider._schema import (
    GUIDE_2,
    GUIDE_3,
    REGISTRY,
    STOPS,
    SchemaRule,
    argument_of,
    name_of,
    raised,
    required_version,
    title_of,
    used_at,
)
from symlint.sym.words import shown
from symlint.terraform.instances.expansion import describe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.lint.finding import Finding, Outcome
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.provider.problems import SchemaProblem
    from symlint.sym.provider.versions import ProviderVersions
    from symlint.sym.versions import Version

_FLOW = """
resource "sym_flow" "billing" {
  name           = "billing"
  implementation = file("impl.py")
  environment_id = "6f1b0f2c-8e6e-4d9c-8a53-2a7f5a8f0c11"

  params {
    prompt_field {
      name           = "reason"
      type           = "string"
      allowed_values = ["incident", "request"]
    }
  }
}
"""
_WANTED = {
    "string": "a string",
    "bool": "true or false",
    "list(string)": "a list of strings",
    "map(string)": "a map of strings",
}


def _with_version(constraint: str, main: str = _FLOW) -> dict[str, str]:
    files = configuration(main)
    return {**files, "versions.tf": files["versions.tf"].replace("~> 3.6", constraint)}


class ArgumentType(SchemaRule):
    """A value that is known converts to the type of its argument.

    Types are compared as Terraform does: a number or a bool is fine where a string is wanted, and
    the strings `"true"` and `"false"` where a bool is. A list or a map is never a string: nested
    values in `settings` and `vars` have to be written with `jsonencode`. Values are followed
    through locals, variables, variable files and modules; the finding stands where the value is
    written.

    **Not flagged.** Values that are not known. Arguments that take the id of something else and get
    something that is no id at all, of which `strategy-target-type`, `flow-strategy` and
    `wrong-reference` speak.
    """

    code = "SYM124"
    name = "argument-type"
    fixable = True
    kinds = ("type",)
    sources = (REGISTRY, "https://developer.hashicorp.com/terraform/language/expressions/types")
    bad = configuration(_FLOW.replace('["incident", "request"]', '"incident"'))
    good = configuration(_FLOW)

    def describe(self, problem: SchemaProblem, sym: SymConfiguration) -> Finding:
        """What the value is, and what it should be."""
        del sym
        form, value = problem.subject, problem.value
        type_ = getattr(form, "type", None) or "string"
        what = _part_name(problem)
        wanted = "a string" if problem.part else _WANTED.get(type_, type_)
        if problem.detail.startswith("one of"):
            wanted = problem.detail.removesuffix(" required").replace("'", '"')
        elif problem.written == "key":
            wanted = "a JSON list" if "JSON" in problem.detail else "true or false"
        actual = _described(problem)
        fix = _list_fix(problem, type_)
        return self.finding(
            f"{what} must be {wanted}{actual}",
            problem.range,
            label=f"not {wanted}",
            related=used_at(problem),
            why=STOPS,
            help_=_type_help(problem, type_, wanted),
            address=problem.place.address,
            attribute=problem.attribute,
            path=() if value is None else way(value, problem.range),
            fix=fix,
        )


def _part_name(problem: SchemaProblem) -> str:
    """What does not fit: "settings of sym_target", "group_id in settings of sym_target"."""
    name = argument_of(problem)
    if not problem.part:
        return name
    step = problem.part[0]
    return f"{shown(step)} in {name}" if isinstance(step, str) else f"an element of {name}"


def _described(problem: SchemaProblem) -> str:
    value = problem.value
    if value is None:
        return ""
    if value.string is not None and not value.sensitive:
        text = value.string
        return f', not "{shown(text, 24)}"' if "\n" not in text else ", not a text"
    actual = describe(value).replace("tuple", "list").replace("an object", "a map")
    if value.object_reference is not None:
        actual = "a whole resource"
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
    """Brackets around a single string where a list is wanted."""
    value = problem.value
    text = problem.range.text
    in_place = problem.use is not None and problem.use == problem.range
    if type_ != "list(string)" or problem.part or value is None or not in_place:
        return None
    if value.type.kind != "string" or not text.startswith('"') or "\n" in text:
        return None
    return Fix(f"write [{text}]", (Edit(problem.range, f"[{text}]"),), safe=True)


class UnavailableArgument(SchemaRule):
    """What is used exists in the version of the provider that the configuration runs with.

    Arguments, blocks, resources and types of prompt fields came and went: version 2 took away
    `template`, `prompt_fields_json` and `allowed_sources_json` and made `params` a block; `on_change`,
    `visible` and the list types came with 3.4.2, `sym_flows_filter` with 3.5.0.

    The version is the one that `.terraform.lock.hcl` pins, otherwise the newest that the constraints
    of all modules admit together. Where nothing requires the provider, as in a snippet, something
    is wrong when no version has it together with what stands beside it.

    **Not flagged.** A configuration that is right for the version that it asks for, however old that
    is.
    """

    code = "SYM125"
    name = "unavailable-argument"
    fixable = True
    kinds = ("unavailable",)
    sources = (f"{REGISTRY}/guides", GUIDE_2, GUIDE_3)
    bad = _with_version(
        "~> 3.0.0", _FLOW.replace("allowed_values", "visible        = true\n      allowed_values")
    )
    good = configuration(
        _FLOW.replace("allowed_values", "visible        = true\n      allowed_values")
    )

    def describe(self, problem: SchemaProblem, sym: SymConfiguration) -> Finding:
        """Since or until when the thing exists."""
        del sym
        subject = problem.subject
        assert subject is not None
        what = _thing(problem)
        is_removed = problem.is_removed
        when = subject.until if is_removed else subject.since
        replacement: str = getattr(subject, "replacement", "")
        fix = None
        if is_removed:
            title = f"{what} no longer exists since version {when} of the provider"
            label = f"removed in {when}"
            help_ = _replacement_help(problem, replacement)
            fix = _migration(problem, replacement)
        else:
            title = f"{what} exists only since version {when} of the provider"
            label = f"new in {when}"
            help_ = f"remove it, or require version = {raised(problem, when)}" if when else ""
        ignored = problem.written == "key" and problem.place.title == "params"
        return self.finding(
            title,
            problem.range,
            label=label,
            related=(*required_version(problem), *used_at(problem)),
            why=(
                "The provider passes over a parameter that it does not know: it has no effect."
                if ignored
                else STOPS
            ),
            help_=help_,
            address=problem.place.address,
            attribute="" if problem.detail == "type" else problem.attribute,
            fix=fix,
            severity="warning" if ignored else None,
        )


def _migration(problem: SchemaProblem, replacement: str) -> Fix | None:
    """What the provider's upgrade guide does with something that a version took away."""
    if problem.detail == "value" and problem.range.text == '"list"':
        return Fix('write "string"', (Edit(problem.range, '"string"'),), safe=False)
    if replacement.startswith("nothing") and problem.written == "attribute":
        return removal(problem.range)
    return None


def _thing(problem: SchemaProblem) -> str:
    name = name_of(problem)
    if problem.detail == "type":
        return title_of(problem)
    if problem.detail == "value":
        return f"prompt field type {name}"
    return argument_of(problem)


def _replacement_help(problem: SchemaProblem, replacement: str) -> str:
    if replacement.startswith("nothing"):
        _, _, advice = replacement.partition(": ")
        return advice or f"delete {problem.name}"
    return f"write {replacement}" if replacement else f"delete {problem.name}"


class NewerThanLowerBound(SchemaRule):
    """The oldest version of the provider that is admitted has everything that is used.

    Terraform takes the newest version that the constraint admits, so the configuration works; but
    the constraint says that older versions would do, and whoever has one of those pinned in a lock
    file gets an error.

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
    bad = _with_version(
        "~> 3.0", _FLOW.replace("allowed_values", "visible        = true\n      allowed_values")
    )
    good = UnavailableArgument.good

    def check(self, configuration: SymConfiguration) -> Iterator[Outcome]:
        """One outcome for each source address of the provider."""
        newer: dict[int, list[SchemaProblem]] = {}
        for problem in configuration.schema_report.problems:
            if problem.kind == "newer":
                newer.setdefault(id(problem.versions), []).append(problem)
        for versions in configuration.provider_requirements.addresses.values():
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
        text = f'"~> {since.release[0]}.{since.release[1]}"'
        simple = requirement.range.text.strip('"').startswith("~>") and requirement.module.is_root
        same = versions.lowest is not None and versions.lowest.release[0] == since.release[0]
        fix = None
        if simple and same and requirement.range.text.count(".") == 1:
            fix = Fix(f"write {text}", (Edit(requirement.range, text),), safe=True)
        return self.finding(
            f"{requirement.text} admits versions of the provider without {_thing(newest)}",
            requirement.range,
            label=f"admits {versions.lowest}",
            related=tuple(
                RelatedRange(it.range, f"exists since {_since(it)}") for it in problems[:3]
            ),
            why=(
                "Terraform takes the newest version that is admitted; where a lock file pins an "
                "older one it stops here."
            ),
            help_=f"require version = {text}",
            fix=fix,
        )


def _since(problem: SchemaProblem) -> Version:
    assert problem.subject is not None
    assert problem.subject.since is not None
    return problem.subject.since


class ImplementationForm(SchemaRule):
    """Python code is given as its argument takes it: as the path of the file, or as its contents.

    Since version 3 of the provider a flow's `implementation` is the code itself: `file("impl.py")`.
    Before, it was the path, which the provider read. `on_change` and the `implementation` of a flows
    filter have always been contents; the `implementation` of a **strategy** is a path at every
    version, and `file(...)` there fails when the strategy is created.

    Version 3 refuses contents that end in `.py`. A path to anything else would be sent to Sym as the
    code.

    **Not flagged.** Values that are not known, and texts that could be either.
    """

    code = "SYM128"
    name = "implementation-form"
    fixable = True
    kinds = ("content",)
    sources = (GUIDE_3, f"{REGISTRY}/resources/strategy")
    bad = configuration(_FLOW.replace('file("impl.py")', '"impl.py"'))
    good = configuration(_FLOW)

    def describe(self, problem: SchemaProblem, sym: SymConfiguration) -> Finding:
        """What is given, and what is wanted."""
        del sym
        is_path = problem.detail == "path"
        what = argument_of(problem)
        form = problem.subject
        era = ""
        if form is not None and form.since is not None:
            era = f" since version {form.since} of the provider"
        elif form is not None and form.until is not None:
            era = f" before version {form.until} of the provider"
        text = problem.range.text
        in_place = problem.use is not None and within(problem.range, problem.use)
        replacement = _other_form(text, is_path)
        if is_path:
            title = f"{what} is the path of a file, and must be its contents{era}"
            label, help_ = "a path", f"write {replacement or 'file(...) around the path'}"
            why = STOPS
        else:
            title = f"{what} is the contents of a file, and must be its path{era}"
            label = "contents"
            help_ = f"write {replacement}" if replacement else "write the path of the file"
            why = "The provider takes the code for the name of a file and fails to read it."
        fix = None
        if replacement is not None and in_place:
            fix = Fix(f"write {replacement}", (Edit(problem.range, replacement),), safe=True)
        return self.finding(
            title,
            problem.range,
            label=label,
            related=(*(required_version(problem) if era else ()), *used_at(problem)),
            why=why,
            help_=help_,
            address=problem.place.address,
            attribute=problem.attribute,
            path=() if problem.value is None else way(problem.value, problem.range),
            fix=fix,
        )


def _other_form(text: str, is_path: bool) -> str | None:
    """The expression in its other form, where that is plain to see."""
    if "\n" in text:
        return None
    if is_path:
        return f"file({text})" if text.startswith('"') and text.endswith('"') else None
    inner = text[5:-1].strip()
    whole = text.startswith("file(") and text.endswith(")") and inner.count("(") == inner.count(")")
    return inner if whole and ")" not in inner else None
