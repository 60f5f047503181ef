"""The forms of an argument across provider versions, and the argument names in a body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symlint.hcl.nodes import Attribute as WrittenAttribute
from symlint.hcl.nodes import Block as WrittenBlock
from symlint.sym.versions import within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from symlint.source.text import Range
    from symlint.sym.catalogue.provider import Argument, Schema
    from symlint.sym.provider.schema_problems import Written
    from symlint.sym.provider.versions import ProviderVersions
    from symlint.sym.versions import Version
    from symlint.terraform.instances.bodies import ConfiguredBody

    Table = Mapping[str, tuple[Argument, ...]]
    Versions = tuple[Version, ...]

# --- forms over time ----------------------------------------------------------------------------


def form_at(forms: tuple[Argument, ...], version: Version) -> Argument | None:
    """The form that an argument has at a version, or None."""
    return next((it for it in forms if within(version, it.since, it.until)), None)


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
            if not (item.name in ("dynamic", "//") and is_json(item.range)):
                yield item.name, item.name_range, "attribute"
        elif type(item) is WrittenBlock:
            if item.type != "dynamic":
                yield item.type, item.type_range, "block"
            elif item.labels:
                yield item.labels[0].value, item.labels[0].range, "block"


def is_json(range_: Range) -> bool:
    """Whether a range is in a file in JSON syntax, which does not distinguish blocks from arguments."""
    return range_.path.endswith(".json")
