"""Compares the values of arguments with their types, as the provider's schema gives them."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.sym.catalogue.value_types import type_named
from symlint.sym.model.link_resolution import link_list
from symlint.sym.provider.schema_problems import SchemaProblem, UndecidedQuestion
from symlint.sym.versions import within
from symlint.terraform.values.conversion import ConversionError, convert
from symlint.terraform.values.sizes import may_convert

if TYPE_CHECKING:
    from collections.abc import Callable

    from symlint.hcl.nodes import Attribute as WrittenAttribute
    from symlint.source.text import Range
    from symlint.sym.catalogue.provider import Argument
    from symlint.sym.model.views import Lookup
    from symlint.sym.provider.blocks import Place
    from symlint.sym.provider.forms import FormsByVersion
    from symlint.sym.provider.versions import ProviderVersions
    from symlint.sym.versions import Version
    from symlint.terraform.instances.bodies import ConfiguredBody
    from symlint.terraform.values.value import Value

    Versions = tuple[Version, ...]

_PARAMS_MAP: Final = "params"
_READERS: Final = ("file(", "templatefile(")


class ValueChecker:
    """Checks the value of one argument at a time; hands what it finds to ``add`` and ``add_undecided``."""

    def __init__(
        self,
        sym: Lookup,
        forms: FormsByVersion,
        add: Callable[[SchemaProblem], None],
        add_undecided: Callable[[UndecidedQuestion], None],
    ) -> None:
        self._sym: Final = sym
        self._forms: Final = forms
        self._add: Final = add
        self._add_undecided: Final = add_undecided

    def check(
        self,
        place: Place,
        body: ConfiguredBody,
        forms: tuple[Argument, ...],
        judged: Versions,
        versions: ProviderVersions,
    ) -> None:
        """Check an argument that has one of ``forms`` in each judged version."""
        name = forms[0].name
        written = body.configured(name)
        value = body.attribute(name)
        if written is None or value is None or value.is_null:
            return
        fitting = self._forms.at_any(forms, judged)
        checked = _Checked(self, place, forms, value, written, judged, versions)
        if not checked.converts(fitting):
            return
        checked.content(fitting)
        if place.title == "prompt_field" and name == "type":
            checked.prompt_field_type()
        elif name == _PARAMS_MAP and place.kind == "sym_flow":
            from symlint.sym.provider.map import check_params_map

            check_params_map(
                place, value, written.value, judged, versions, self._sym.catalogue.provider,
                self._add,
            )  # fmt: skip  # as many a line as fit

    def is_link(self, place: Place, name: str, value: Value, range_: Range) -> bool:
        """Whether the rules about references say already that a value is wrong.

        What is no string at all they leave to the schema, but for targets and strategies.
        """
        key = f"{place.kind}.{place.path}{name}"
        if key not in self._sym.catalogue.references:
            return False
        if name == "targets" or name.endswith("_ids"):
            found = link_list(self._sym, value, range_, key)
            if found.state == "not_a_list":
                return name == "targets"
            links = found.links
        elif name.endswith("_id"):
            links = (self._sym.resolve(value, range_, key),)
        elif name in ("integrations", "settings") and value.items is not None:
            links = tuple(self._sym.resolve(it, range_, key) for it in value.items.values())
            return any(leaf.outcome == "whole_resource" for it in links for leaf in it.branches)
        else:
            return False
        leaves = [leaf for link in links for leaf in link.branches if leaf.is_wrong]
        if name in ("targets", "strategy_id"):
            return bool(leaves)
        return any(leaf.outcome != "wrong_type" for leaf in leaves)

    def add(self, problem: SchemaProblem) -> None:
        """Take a problem."""
        self._add(problem)

    def add_undecided(self, question: UndecidedQuestion) -> None:
        """Take a question that cannot be answered."""
        self._add_undecided(question)

    @property
    def sym(self) -> Lookup:
        """The configuration that is checked."""
        return self._sym


class _Checked:
    """One argument with its value."""

    __slots__ = (
        "_checker",
        "_expression",
        "_forms",
        "_judged",
        "_name",
        "_place",
        "_value",
        "_versions",
    )

    def __init__(
        self,
        checker: ValueChecker,
        place: Place,
        forms: tuple[Argument, ...],
        value: Value,
        written: WrittenAttribute,
        judged: Versions,
        versions: ProviderVersions,
    ) -> None:
        self._checker = checker
        self._place = place
        self._forms = forms
        self._name = forms[0].name
        self._value = value
        self._expression = written.value.range
        self._judged = judged
        self._versions = versions

    def converts(self, forms: tuple[Argument, ...]) -> bool:
        """Whether the value converts to the type of one of the forms; a problem if not."""
        value = self._value
        if not may_convert(value, self._checker.sym.terraform.budget):
            return False
        unknown = value.unknown
        if unknown is not None and value.type.kind == "any":
            question = f"has {self._name} the right type?"
            undecided = UndecidedQuestion("type", self._expression, question, unknown.reason)
            self._checker.add_undecided(undecided)
        error: ConversionError | None = None
        for form in forms:
            type_ = type_named(form.type)
            if type_ is None:
                return True
            try:
                convert(value, type_)
            except ConversionError as raised:
                error = raised
            else:
                return True
        if error is None or self._checker.is_link(self._place, self._name, value, self._expression):
            return True
        part = part_at(value, error.path)
        self._problem("type", forms[-1], error.message, part, error.path)
        return False

    def content(self, forms: tuple[Argument, ...]) -> None:
        """Compare what a Python argument takes, a path or the code itself, with what it gets."""
        wanted = {form.content for form in forms}
        if len(wanted) != 1 or None in wanted:
            return
        value = self._value
        text = value.string
        if text is None and not _is_read(value):
            if value.is_unknown:
                question = f"is {self._name} {'code' if 'contents' in wanted else 'a path'}?"
                reason = "" if value.unknown is None else value.unknown.reason
                self._checker.add_undecided(
                    UndecidedQuestion("content", self._expression, question, reason)
                )
            return
        is_code = (text is not None and "\n" in text) or _is_read(value)
        is_path = text is not None and text.endswith(".py")
        if ("contents" in wanted and is_path) or ("path" in wanted and is_code):
            self._problem("content", forms[-1], "path" if is_path else "contents", value)
        elif text and "path" in wanted:
            self._file(forms[-1], value, text)

    def _file(self, form: Argument, value: Value, path: str) -> None:
        """Look for the file that a path names."""
        from symlint.sym.provider.named_files import is_file

        there = is_file(self._checker.sym, self._place.module, value, path)
        if there is None:
            question = f"is there the file that {self._name} names?"
            reason = "it is outside of the configuration, or made when Terraform runs"
            undecided = UndecidedQuestion("file", self._expression, question, reason)
            self._checker.add_undecided(undecided)
        elif not there:
            self._problem("file", form, "", value)

    def prompt_field_type(self) -> None:
        """Compare a prompt field's type with those of the version."""
        types = self._checker.sym.catalogue.provider.prompt_field_types
        name = self._value.string
        if name is None and self._value.unknown is None:
            # A number or a bool becomes a text, and that is no type.
            known = f"one of {', '.join(map(repr, types))} required"
            self._problem("type", self._forms[-1], known, self._value)
        if name is None or name not in types:
            return
        entry = types[name]
        if not any(within(version, entry.since, entry.until) for version in self._judged):
            kind: SchemaProblemKind = "unavailable"
        elif self._is_newer(entry.since):
            kind = "newer"
        else:
            return
        range_ = self._value.origin or self._expression
        self._checker.add(
            SchemaProblem(
                kind, self._place, name, range_, self._versions, self._judged, "key", entry,
                value=self._value, use=self._expression, detail="value",
            )
        )  # fmt: skip  # as many a line as fit

    def _is_newer(self, since: Version | None) -> bool:
        lowest = self._versions.lowest
        return (
            lowest is not None
            and since is not None
            and len(self._judged) == 1
            and within(
                lowest, self._checker.sym.catalogue.provider.blocks["prompt_field"].since, since
            )
        )

    def _problem(
        self,
        kind: SchemaProblemKind,
        form: Argument,
        detail: str,
        part: Value,
        path: tuple[object, ...] = (),
    ) -> None:
        range_ = self._expression
        if part.unknown is None and part.object_reference is None:
            range_ = part.origin or self._value.origin or range_
        self._checker.add(
            SchemaProblem(
                kind, self._place, self._name, range_, self._versions, self._judged,
                subject=form, value=part, use=self._expression, part=path, detail=detail,
                history=self._forms,
            )
        )  # fmt: skip  # as many a line as fit


def part_at(value: Value, path: tuple[object, ...]) -> Value:
    """The part of a value that a path leads to, as far as it is known."""
    for step in path:
        content = value.content
        found: Value | None = None
        if isinstance(content, dict):
            found = content.get(step)
        elif isinstance(content, tuple) and isinstance(step, int) and step < len(content):
            found = content[step]
        if found is None:
            return value
        value = found
    return value


def _is_read(value: Value) -> bool:
    """Whether a value is what a function has read from a file."""
    origin = value.origin
    return origin is not None and origin.text.startswith(_READERS)


if TYPE_CHECKING:
    from symlint.sym.provider.schema_problems import SchemaProblemKind
