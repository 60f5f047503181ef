"""The Sym provider: its addresses, versions, resources and data sources, each over time."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.sym.catalogue.records import (
    NOTHING,
    PROVENANCE,
    REQUIRED,
    Record,
    anything,
    flag,
    list_of,
    number,
    one_of,
    record_of,
    table_of,
    table_of_lists,
    text,
    texts,
    version,
    versions,
)
from symlint.sym.versions import within

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.sym.versions import Version


class ProviderAddress(Record):
    """A source address of the provider."""

    __slots__ = ("address", "source", "status", "strength")
    FIELDS = (
        ("address", text, REQUIRED),
        ("status", one_of("current", "legacy"), REQUIRED),
        *PROVENANCE,
    )
    address: str
    """As in ``required_providers``; the default registry's host is left out."""
    status: str
    source: tuple[str, ...]
    strength: str


class BreakingVersion(Record):
    """A version at which right configurations stopped being right."""

    __slots__ = ("guide", "source", "strength", "summary", "version")
    FIELDS = (
        ("version", version, REQUIRED),
        ("summary", text, REQUIRED),
        ("guide", text, REQUIRED),
        *PROVENANCE,
    )
    version: Version
    summary: str
    guide: str
    """Address of the upgrade guide."""
    source: tuple[str, ...]
    strength: str


class Argument(Record):
    """An argument or nested block, or the part of its history from ``since`` to ``until``."""

    __slots__ = (
        "allowed",
        "block",
        "case_insensitive",
        "content",
        "default",
        "description",
        "form",
        "format",
        "max_blocks",
        "name",
        "replacement",
        "required",
        "since",
        "source",
        "strength",
        "type",
        "until",
    )
    NAMED = True
    FIELDS = (
        ("type", text, None),
        ("form", one_of("attribute", "block"), "attribute"),
        ("block", text, None),
        ("max_blocks", number, 0),
        ("required", flag, False),
        ("default", anything, None),
        ("since", version, None),
        ("until", version, None),
        ("allowed", texts, ()),
        ("format", text, None),
        ("content", one_of("path", "contents"), None),
        ("case_insensitive", flag, False),
        ("description", text, ""),
        ("replacement", text, ""),
        *PROVENANCE,
    )
    name: str
    type: str | None
    """Terraform's type expression; None for a block."""
    form: str
    """"attribute" or "block"."""
    block: str | None
    """For a block: its entry in ``Provider.blocks``."""
    max_blocks: int
    """For a block: how many may stand there; 0 is any number."""
    required: bool
    default: object
    since: Version | None
    until: Version | None
    """First version that no longer has it in this form."""
    allowed: tuple[str, ...]
    """The only values, or, for a list, the only elements."""
    format: str | None
    """Name of a Format for the value."""
    content: str | None
    """For Python code: "path" of the file, or its "contents"."""
    case_insensitive: bool
    """Whether the provider ignores changes of case alone."""
    description: str
    replacement: str
    """What to write from ``until`` on."""
    source: tuple[str, ...]
    strength: str


class Schema(Record):
    """A resource, a data source, a nested block or the provider block; its type is ``name``."""

    __slots__ = (
        "arguments",
        "at_least_one_true",
        "identity",
        "import_id",
        "max_name_length",
        "name",
        "name_pattern",
        "since",
        "singleton",
        "source",
        "strength",
        "until",
        "used_by",
    )
    NAMED = True
    FIELDS = (
        ("arguments", table_of_lists(Argument), NOTHING),
        ("since", version, None),
        ("until", version, None),
        ("identity", texts, ()),
        ("name_pattern", text, None),
        ("max_name_length", number, None),
        ("singleton", flag, False),
        ("import_id", text, None),
        ("used_by", texts, ()),
        ("at_least_one_true", texts, ()),
        *PROVENANCE,
    )
    name: str
    arguments: Mapping[str, tuple[Argument, ...]]
    """Name -> its forms over the versions, oldest first; most have one."""
    since: Version | None
    until: Version | None
    identity: tuple[str, ...]
    """Arguments that together must be unique in an organization, compared without case."""
    name_pattern: str | None
    """Regular expression for the whole ``name``."""
    max_name_length: int | None
    singleton: bool
    """Whether an organization has at most one."""
    import_id: str | None
    """"TYPE:SLUG" or "SLUG"."""
    used_by: tuple[str, ...]
    """Edges of ``Catalogue.references`` that lead here: one that nothing refers to has no
    effect. Empty if it has an effect of its own."""
    at_least_one_true: tuple[str, ...]
    """Arguments of which one must be true."""
    source: tuple[str, ...]
    strength: str

    def arguments_at(self, version: Version) -> dict[str, Argument]:
        """The arguments and blocks that exist at ``version``, in that version's form."""
        return {
            name: form
            for name, forms in self.arguments.items()
            for form in forms
            if within(version, form.since, form.until)
        }


class PromptFieldType(Record):
    """A value of ``prompt_field.type``; the value is ``name``."""

    __slots__ = (
        "format",
        "name",
        "not_applicable",
        "replacement",
        "since",
        "source",
        "strength",
        "text_like",
        "until",
    )
    NAMED = True
    FIELDS = (
        ("since", version, None),
        ("until", version, None),
        ("not_applicable", texts, ()),
        ("text_like", flag, False),
        ("format", text, None),
        ("replacement", text, ""),
        *PROVENANCE,
    )
    name: str
    since: Version | None
    until: Version | None
    not_applicable: tuple[str, ...]
    """Arguments of ``prompt_field`` that have no effect with this type."""
    text_like: bool
    """Whether its value is one string, as a bound target setting needs it."""
    format: str | None
    """Name of a Format for its values."""
    replacement: str
    source: tuple[str, ...]
    strength: str


class SpecialField(Record):
    """A prompt field, or payload field, with a meaning of its own; it is ``name``."""

    __slots__ = (
        "description",
        "name",
        "needs_strategy",
        "not_applicable",
        "source",
        "strength",
        "type",
    )
    NAMED = True
    FIELDS = (
        ("type", text, None),
        ("needs_strategy", flag, False),
        ("not_applicable", texts, ()),
        ("description", text, REQUIRED),
        *PROVENANCE,
    )
    name: str
    type: str | None
    """The prompt field type that it must have."""
    needs_strategy: bool
    not_applicable: tuple[str, ...]
    description: str
    source: tuple[str, ...]
    strength: str


class Provider(Record):
    """Everything about the Sym provider."""

    __slots__ = (
        "addresses",
        "block",
        "blocks",
        "breaking",
        "data_sources",
        "json_field_keys",
        "literal_booleans",
        "params_map_keys",
        "prompt_field_types",
        "resources",
        "special_fields",
        "versions",
    )
    FIELDS = (
        ("addresses", list_of(ProviderAddress), REQUIRED),
        ("versions", versions, REQUIRED),
        ("breaking", list_of(BreakingVersion), REQUIRED),
        ("block", record_of(Schema), REQUIRED),
        ("resources", table_of(Schema), REQUIRED),
        ("data_sources", table_of(Schema), REQUIRED),
        ("blocks", table_of(Schema), REQUIRED),
        ("params_map_keys", table_of_lists(Argument), REQUIRED),
        ("json_field_keys", table_of_lists(Argument), REQUIRED),
        ("prompt_field_types", table_of(PromptFieldType), REQUIRED),
        ("special_fields", table_of(SpecialField), REQUIRED),
        ("literal_booleans", texts, REQUIRED),
    )
    addresses: tuple[ProviderAddress, ...]
    versions: tuple[Version, ...]
    """Published versions, ascending, pre-releases included."""
    breaking: tuple[BreakingVersion, ...]
    block: Schema
    """The ``provider "sym"`` block."""
    resources: Mapping[str, Schema]
    data_sources: Mapping[str, Schema]
    blocks: Mapping[str, Schema]
    """Nested blocks: "params", "prompt_field"."""
    params_map_keys: Mapping[str, tuple[Argument, ...]]
    """Keys of ``params`` while it was a map, that is, before 2.0.0."""
    json_field_keys: Mapping[str, tuple[Argument, ...]]
    """Keys of an element of ``prompt_fields_json``, before 2.0.0."""
    prompt_field_types: Mapping[str, PromptFieldType]
    special_fields: Mapping[str, SpecialField]
    literal_booleans: tuple[str, ...]
    """The texts that the provider takes for a boolean when it warns about ``vars``."""
