"""The forms of an argument across provider versions, and the argument names in a body."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Any, Final
from symlint.hcl.nodes import Attribute as WrittenAttribute
from symlint.hcl.nodes import Block as WrittenBlock
from symlint.source.file_names import is_json_file
from symlint.sym.versions import within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from symlint.source.text import Range
    from symlint.sym.catalogue.provider import Argument, Schema
    from symlint.sym.provider.schema_problems import Written
    from symlint.sym.provider.versions import ProviderVersions
    from symlint.sym.versions import Version
    from symlint.terraform.instances.bodies import ConfiguredBody

    Table = Mapping[str, tuple[Argument, ...]]
    Versions = tuple[Version, ...]
    Forms = tuple[Argument | None, ...]
    Required = Mapping[str, Argument | None]
    Newer = Mapping[str, Argument]

# --- forms over time ----------------------------------------------------------------------------


def form_at(forms: tuple[Argument, ...], version: Version) -> Argument | None:
    """The form that an argument has at a version, or None."""
    return next((it for it in forms if within(version, it.since, it.until)), None)


_MOST_VERSIONS: Final = 100
"""For how many single versions it is remembered what they have; a provider has fewer."""


class FormsByVersion:
    """The forms of arguments at many versions; remembered, since every block asks for the same.

    ``versions`` are remembered by identity: those that ``judged``, ``fitting`` and ``having`` give are.
    """

    def __init__(self) -> None:
        self._judged: dict[Versions, Versions] = {}
        self._any: dict[tuple[int, int], tuple[object, object, tuple[Argument, ...]]] = {}
        self._newer: dict[tuple[int, int, Version], tuple[object, object, Newer]] = {}
        self._forms: dict[tuple[int, int], tuple[object, object, Forms]] = {}
        self._required: dict[tuple[int, int], tuple[object, object, Required]] = {}
        self._narrowed: dict[tuple[int, tuple[bool, ...]], tuple[Versions, Versions]] = {}
        self._fitting: dict[tuple[object, ...], tuple[object, object, Versions]] = {}

    def judged(self, versions: ProviderVersions) -> Versions:
        """The versions that something must be wrong in, the same for all modules that have them."""
        judged = versions.judged
        if len(judged) != 1:
            # All that are published, which are the same anyway.
            return judged
        if judged not in self._judged and len(self._judged) == _MOST_VERSIONS:
            self._forget()
        return self._judged.setdefault(judged, judged)

    def _forget(self) -> None:
        known: dict[Any, Any]
        for known in (
            self._judged, self._any, self._newer, self._forms, self._required, self._narrowed,
            self._fitting,
        ):  # fmt: skip  # as many a line as fit
            known.clear()

    def at(self, forms: tuple[Argument, ...], versions: Versions) -> Forms:
        """The form that an argument has at each of the versions."""
        key = (id(forms), id(versions))
        found = self._forms.get(key)
        if found is None:
            # What is kept cannot have its identity taken by something else.
            at_each = tuple(form_at(forms, version) for version in versions)
            found = self._forms[key] = (forms, versions, at_each)
        return found[2]

    def at_any(self, forms: tuple[Argument, ...], versions: Versions) -> tuple[Argument, ...]:
        """The forms that an argument has at any of the versions."""
        key = (id(forms), id(versions))
        found = self._any.get(key)
        if found is None:
            there = {id(form) for form in self.at(forms, versions)}
            some = tuple(form for form in forms if id(form) in there)
            found = self._any[key] = (forms, versions, some)
        return found[2]

    def newer(self, table: Table, version: Version, versions: Versions) -> Newer:
        """The arguments that the only one of the versions has, and ``version`` had not yet."""
        key = (id(table), id(versions), version)
        found = self._newer.get(key)
        if found is None:
            there = ((name, forms, self.at(forms, versions)[0]) for name, forms in table.items())
            newer = {
                name: form
                for name, forms, form in there
                if form is not None and form.since is not None and form_at(forms, version) is None
            }
            found = self._newer[key] = (table, versions, newer)
        return found[2]

    def required(self, table: Table, versions: Versions) -> Required:
        """The arguments that all of the versions require, each in its last form there."""
        key = (id(table), id(versions))
        found = self._required.get(key)
        if found is None:
            at_each = {name: self.at(forms, versions) for name, forms in table.items()}
            required = {
                name: forms[-1]
                for name, forms in at_each.items()
                if all(form is not None and form.required for form in forms)
            }
            found = self._required[key] = (table, versions, required)
        return found[2]

    def having(self, schema: Schema, versions: Versions) -> Versions:
        """Those of the versions that have a resource or block at all."""
        key = (id(schema), id(versions))
        found = self._fitting.get(key)
        if found is None:
            kept = (within(version, schema.since, schema.until) for version in versions)
            found = self._fitting[key] = (schema, versions, self._kept(versions, kept))
        return found[2]

    def fitting(
        self, forms: tuple[Argument, ...], versions: Versions, allowed: tuple[Written, ...]
    ) -> Versions:
        """Those of the versions in which an argument is written in one of these forms."""
        key = (id(forms), id(versions), allowed)
        found = self._fitting.get(key)
        if found is None:
            at_each = self.at(forms, versions)
            kept = (form is not None and form.form in allowed for form in at_each)
            found = self._fitting[key] = (forms, versions, self._kept(versions, kept))
        return found[2]

    def _kept(self, versions: Versions, kept: Iterable[bool]) -> Versions:
        """Those of the versions that are kept, in order."""
        flags = tuple(kept)
        if all(flags):
            return versions
        key = (id(versions), flags)
        found = self._narrowed.get(key)
        if found is None:
            some = tuple(version for version, keep in zip(versions, flags, strict=True) if keep)
            found = self._narrowed[key] = (versions, some)
        return found[1]


def nearest_form(forms: tuple[Argument, ...], judged: Versions) -> Argument:
    """Of the forms of an argument that no judged version has, the one to report."""
    gone = [it for it in forms if it.until is not None and it.until <= judged[0]]
    return gone[-1] if gone else forms[0]


def names_at(table: Table, judged: Versions) -> tuple[str, ...]:
    """The arguments that some judged version has."""
    return tuple(name for name, forms in table.items() if any(form_at(forms, v) for v in judged))


def within_lowest(schema: Schema, versions: ProviderVersions) -> bool:
    """Whether the oldest admitted version has the block at all."""
    lowest = versions.lowest
    return lowest is not None and within(lowest, schema.since, schema.until)


# --- what is written ----------------------------------------------------------------------------


def items_of(body: ConfiguredBody) -> Iterator[tuple[str, Range, Written]]:
    """The names in a body with their ranges; ``dynamic`` blocks by what they make."""
    for item in body.body.items:
        if type(item) is WrittenAttribute:
            if not (item.name in ("dynamic", "//") and is_json_file(item.range.path)):
                yield item.name, item.name_range, "attribute"
        elif type(item) is WrittenBlock:
            if item.type != "dynamic":
                yield item.type, item.type_range, "block"
            elif item.labels:
                yield item.labels[0].value, item.labels[0].range, "block"
