"""Records for reference arguments, environment keys, AWS sessions and external resources."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.sym.catalogue.records import (
    NOTHING,
    PROVENANCE,
    REQUIRED,
    Record,
    flag,
    number,
    one_of,
    text,
    text_table,
    texts,
    version,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.sym.versions import Version


class ReferenceArgument(Record):
    """An argument that must lead to a resource; ``name`` is its resource type and path."""

    __slots__ = (
        "attribute",
        "condition",
        "context",
        "data_source",
        "integration_types",
        "literal",
        "many",
        "name",
        "optional",
        "path",
        "resource",
        "since",
        "source",
        "strength",
        "to",
        "until",
    )
    NAMED = True
    FIELDS = (
        ("resource", text, REQUIRED),
        ("path", texts, REQUIRED),
        ("to", texts, REQUIRED),
        ("attribute", text, "id"),
        ("many", one_of("one", "list", "map", "json_list"), "one"),
        ("optional", flag, False),
        ("literal", flag, False),
        ("data_source", flag, False),
        ("integration_types", texts, None),
        ("context", text, None),
        ("condition", text, None),
        ("since", version, None),
        ("until", version, None),
        *PROVENANCE,
    )
    name: str
    resource: str
    """Type of the resource that has the argument."""
    path: tuple[str, ...]
    """Arguments and block types from the resource down: ("params", "strategy_id"); "*" stands for
    every key of a map."""
    to: tuple[str, ...]
    """Types of the resources that it may lead to."""
    attribute: str
    """The attribute of that resource which is right."""
    many: str
    """``one`` value, or every element of a ``list``, ``map`` or jsonencode()d ``json_list``."""
    optional: bool
    """Whether the argument may be left out."""
    literal: bool
    """Whether a text that refers to nothing is right as well."""
    data_source: bool
    """Whether a data source of that type will do as well."""
    integration_types: tuple[str, ...] | None
    """For a sym_integration: the types that are right; None if that depends on more."""
    context: str | None
    """For a permission context: whose role is right, "runtime" or "connector"."""
    condition: str | None
    """Only where the resource's ``type`` is this; None for every type."""
    since: Version | None
    until: Version | None
    source: tuple[str, ...]
    strength: str


class EnvironmentKey(Record):
    """A key of ``sym_environment.integrations``; the key is ``name``."""

    __slots__ = ("expected", "integration_types", "name", "sdk_module", "source", "strength")
    NAMED = True
    FIELDS = (
        ("integration_types", texts, None),
        ("sdk_module", text, None),
        ("expected", flag, False),
        *PROVENANCE,
    )
    name: str
    integration_types: tuple[str, ...] | None
    """Types of the integration that it must name; None if not known."""
    sdk_module: str | None
    """The module below ``sym.sdk.integrations`` that looks it up."""
    expected: bool
    """Whether every environment is expected to have it."""
    source: tuple[str, ...]
    strength: str


class Session(Record):
    """An argument of another provider's resource that bounds how long access lasts."""

    __slots__ = (
        "argument",
        "default_seconds",
        "description",
        "maximum_seconds",
        "minimum_seconds",
        "name",
        "resource",
        "source",
        "strength",
        "unit",
    )
    NAMED = True
    FIELDS = (
        ("resource", text, REQUIRED),
        ("argument", text, REQUIRED),
        ("unit", one_of("iso8601", "seconds"), REQUIRED),
        ("default_seconds", number, REQUIRED),
        ("minimum_seconds", number, REQUIRED),
        ("maximum_seconds", number, REQUIRED),
        ("description", text, REQUIRED),
        *PROVENANCE,
    )
    name: str
    resource: str
    argument: str
    unit: str
    """``iso8601`` ("PT2H") or ``seconds``."""
    default_seconds: int
    minimum_seconds: int
    maximum_seconds: int
    description: str
    source: tuple[str, ...]
    strength: str


class ExternalResource(Record):
    """A resource of another provider that a Sym configuration must agree with; ``name`` is its
    type."""

    __slots__ = (
        "arn_attributes",
        "defaults",
        "name",
        "name_attributes",
        "other_attributes",
        "path_argument",
        "policy_arguments",
        "policy_of",
        "role_argument",
        "source",
        "strength",
        "tags_argument",
    )
    NAMED = True
    FIELDS = (
        ("name_attributes", texts, ()),
        ("arn_attributes", texts, ()),
        ("other_attributes", texts, ()),
        ("tags_argument", text, None),
        ("path_argument", text, None),
        ("role_argument", text, None),
        ("policy_arguments", texts, ()),
        ("policy_of", text, None),
        ("defaults", text_table, NOTHING),
        *PROVENANCE,
    )
    name: str
    name_attributes: tuple[str, ...]
    """Attributes whose value is the name, ``id`` included where it is the same."""
    arn_attributes: tuple[str, ...]
    other_attributes: tuple[str, ...]
    """Attributes that are neither its name nor its ARN; ``id`` is meant of resources alone."""
    tags_argument: str | None
    path_argument: str | None
    role_argument: str | None
    """Argument that names the role, or the roles, to which it attaches policies."""
    policy_arguments: tuple[str, ...]
    """Arguments that hold policies: ARNs of them, or the documents themselves."""
    policy_of: str | None
    """Argument that says whose resource policy it is."""
    defaults: Mapping[str, tuple[str, ...]]
    """Argument -> its default."""
    source: tuple[str, ...]
    strength: str
