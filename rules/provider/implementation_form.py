"""Checks whether an argument takes Python code or the path of its file."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.rules._examples import configuration
from symlint.rules.provider._examples import FLOW
from symlint.rules.provider._schema import (
    GUIDE_3,
    REGISTRY,
    STOPS,
    SchemaRule,
    argument_of,
    location_of,
    name_of,
    required_version,
)

if TYPE_CHECKING:
    from symlint.lint.finding import Finding
    from symlint.sym.model.configuration import SymConfiguration
    from symlint.sym.provider.schema_problems import SchemaProblem


class ImplementationForm(SchemaRule):
    """An argument for Python code has the path of the file or its contents, as the provider requires.

    Since version 3 of the provider a flow's `implementation` is the code itself: `file("impl.py")`.
    Before, it was the path, which the provider read. `on_change` and the `implementation` of a
    flows filter have always been contents; the `implementation` of a **strategy** is a path at
    every version, and `file(...)` there makes the apply fail.

    Version 3 rejects contents that end in `.py`. Another path would be sent to Sym as the code.

    **Not flagged.** Values that are not known, and strings that could be either.
    """

    code = "SYM128"
    name = "implementation-form"
    other_severities = ("warning",)
    fixable = True
    kinds = ("content",)
    sources = (GUIDE_3, f"{REGISTRY}/resources/strategy")
    bad = configuration(FLOW.replace('file("impl.py")', '"impl.py"'))
    good = configuration(FLOW)

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
        place = location_of(problem, followed=True)
        replacement = _other_form(text, is_path)
        if is_path:
            title = f"{what} is the path of a file, but must be its contents{era}"
            label, help_ = "a path", f"write {replacement or 'file(...) around the path'}"
            why = STOPS
        else:
            title = f"{what} is the contents of a file, but must be its path{era}"
            label = "contents"
            help_ = f"write {replacement}" if replacement else "write the path of the file"
            why = "The provider reads the code as the name of a file and fails."
        fix = None
        if replacement is not None and problem.use is not None:
            fix = place.write(replacement, safe=True)
        return place.finding(
            self,
            title,
            label=label,
            related=(*(required_version(problem) if era else ()), *place.use(name_of(problem))),
            why=why,
            help_=help_,
            fix=fix,
        )


def _other_form(text: str, is_path: bool) -> str | None:
    """The expression in its other form; None if it is not obvious."""
    if "\n" in text:
        return None
    if is_path:
        return f"file({text})" if text.startswith('"') and text.endswith('"') else None
    inner = text[5:-1].strip()
    whole = text.startswith("file(") and text.endswith(")") and inner.count("(") == inner.count(")")
    return inner if whole and ")" not in inner else None
