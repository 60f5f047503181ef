"""Records for a module's inputs, outputs, created resources, scopes, grants and addons."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.sym.catalogue.records import (
    NOTHING,
    PROVENANCE,
    REQUIRED,
    Record,
    anything,
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


class ModuleInput(Record):
    """A variable of a module, or the part of its history from ``since`` to ``until``."""

    __slots__ = (
        "allowed",
        "default",
        "description",
        "expects",
        "feature",
        "format",
        "name",
        "replacement",
        "required",
        "secret",
        "since",
        "source",
        "strength",
        "type",
        "until",
    )
    NAMED = True
    FIELDS = (
        ("type", text, REQUIRED),
        ("required", flag, False),
        ("default", anything, None),
        ("description", text, ""),
        ("since", version, None),
        ("until", version, None),
        ("allowed", texts, ()),
        ("format", text, None),
        ("expects", text, None),
        ("secret", flag, False),
        ("feature", text, None),
        ("replacement", text, ""),
        *PROVENANCE,
    )
    name: str
    type: str
    """Terraform's type expression."""
    required: bool
    default: object
    """The default, or None where ``required``."""
    description: str
    since: Version | None
    until: Version | None
    """First version that no longer has it."""
    allowed: tuple[str, ...]
    """The only values, or, for a list, the only elements."""
    format: str | None
    """Name of a Format for the value or each element."""
    expects: str | None
    """What the value, or each element, must be: "runtime_role_arn", "runtime_role_name",
    "lambda_arn", "kinesis_stream_arn", "aws_account_id"."""
    secret: bool
    """Whether the variable is declared sensitive."""
    feature: str | None
    """A name for what the input switches on, for rules to look it up: "google_groups"."""
    replacement: str
    """What to write from ``until`` on."""
    source: tuple[str, ...]
    strength: str


class ModuleOutput(Record):
    """An output of a module, or the part of its history from ``since`` to ``until``."""

    __slots__ = (
        "description",
        "integration_type",
        "keys",
        "meaning",
        "name",
        "replacement",
        "resource",
        "since",
        "source",
        "strength",
        "type",
        "until",
    )
    NAMED = True
    FIELDS = (
        ("description", text, ""),
        ("type", text, None),
        ("meaning", text, None),
        ("keys", texts, None),
        ("resource", text, None),
        ("integration_type", text, None),
        ("since", version, None),
        ("until", version, None),
        ("replacement", text, ""),
        *PROVENANCE,
    )
    name: str
    description: str
    type: str | None
    """Terraform's type expression; None for an object or a resource, and where it is not known."""
    meaning: str | None
    """"settings" (of a permission context), "account_id", "policy_arn", "stream_name", ..."""
    keys: tuple[str, ...] | None
    """Keys of an object of strings, or of the settings of a resource; None if it is neither, or they
    are not known."""
    resource: str | None
    """The type of the resource that the output is, as a whole."""
    integration_type: str | None
    """The ``type`` of that resource, if it is a sym_integration."""
    since: Version | None
    until: Version | None
    """First version that no longer has it."""
    replacement: str
    """What to write instead from ``until`` on."""
    source: tuple[str, ...]
    strength: str


class OutputPath(Record):
    """A path below the module that gives a certain thing, such as the runtime role's ARN."""

    __slots__ = ("gives", "path", "since", "until")
    FIELDS = (
        ("gives", text, REQUIRED),
        ("path", texts, REQUIRED),
        ("since", version, None),
        ("until", version, None),
    )
    gives: str
    """"role_arn", "role_name", "context_id", "runtime_id", "account_id", "instance_arn",
    "settings", "policy_arn", "stream_name", "stream_arn", "integration_id"."""
    path: tuple[str, ...]
    """Output name first: ("settings", "role_arn")."""
    since: Version | None
    until: Version | None


class Creation(Record):
    """A Sym resource, an AWS role or the like that the module creates under a fixed name."""

    __slots__ = ("name", "resource", "since", "source", "strength", "type", "until")
    FIELDS = (
        ("resource", text, REQUIRED),
        ("type", text, None),
        ("name", text, REQUIRED),
        ("since", version, None),
        ("until", version, None),
        *PROVENANCE,
    )
    resource: str
    type: str | None
    name: str
    """Template with ``{input}`` and ``{title(input)}``: "SymIAM{title(environment)}"."""
    since: Version | None
    until: Version | None
    source: tuple[str, ...]
    strength: str


class Scope(Record):
    """An input that limits which targets the connector may act on."""

    __slots__ = ("input", "kind", "setting", "source", "strength", "target_type")
    FIELDS = (
        ("target_type", text, REQUIRED),
        ("setting", text, REQUIRED),
        ("input", text, REQUIRED),
        ("kind", one_of("iam_group_paths", "arns"), REQUIRED),
        *PROVENANCE,
    )
    target_type: str
    setting: str
    """The setting of the target that must lie in the scope."""
    input: str
    kind: str
    """``arns``: a list of ARNs; ``iam_group_paths``: a list of objects of path and name, both
    with ``*`` as wildcard."""
    source: tuple[str, ...]
    strength: str


class Grant(Record):
    """What an addon allows the runtime role to use, and by which tag or ARN."""

    __slots__ = (
        "action",
        "addon",
        "arns_input",
        "default_tag",
        "resource",
        "role_input",
        "source",
        "strength",
        "tag_input",
        "tag_value_input",
    )
    FIELDS = (
        ("resource", text, REQUIRED),
        ("action", text, REQUIRED),
        ("addon", text, REQUIRED),
        ("role_input", text, REQUIRED),
        ("tag_input", text, None),
        ("default_tag", text, None),
        ("tag_value_input", text, None),
        ("arns_input", text, None),
        *PROVENANCE,
    )
    resource: str
    """Type of the resource that it opens: "aws_secretsmanager_secret"."""
    action: str
    """The IAM action without which the resource is of no use: "secretsmanager:GetSecretValue"."""
    addon: str
    """Its name among the ``addons`` of a version 1 runtime connector."""
    role_input: str
    """Input that takes the NAME of the runtime role and attaches the policy."""
    tag_input: str | None
    """Input that names the tag; None if access does not go by tag."""
    default_tag: str | None
    tag_value_input: str | None
    """Input whose value the tag must have."""
    arns_input: str | None
    """Input that lists the ARNs of what it opens."""
    source: tuple[str, ...]
    strength: str


class NameLimit(Record):
    """A limit that an input inherits from the names made of it."""

    __slots__ = (
        "input",
        "max_length",
        "pattern",
        "prefix_input",
        "reason",
        "source",
        "strength",
    )
    FIELDS = (
        ("input", text, REQUIRED),
        ("max_length", number, REQUIRED),
        ("pattern", text, REQUIRED),
        ("prefix_input", text, None),
        ("reason", text, REQUIRED),
        *PROVENANCE,
    )
    input: str
    max_length: int
    pattern: str
    """Regular expression for the whole value."""
    prefix_input: str | None
    """Another input whose length counts towards ``max_length``."""
    reason: str
    source: tuple[str, ...]
    strength: str


class Addon(Record):
    """A value of the version 1 runtime connector's ``addons``; the value is ``name``."""

    __slots__ = ("fills", "module", "name", "params", "required_params", "source", "strength")
    NAMED = True
    FIELDS = (
        ("module", text, REQUIRED),
        ("fills", text_table, NOTHING),
        ("params", texts, ()),
        ("required_params", texts, ()),
        *PROVENANCE,
    )
    name: str
    module: str
    """The registry module behind it."""
    fills: Mapping[str, tuple[str, ...]]
    """Input of that module -> the key of ``addon_params`` that fills it in."""
    params: tuple[str, ...]
    """Keys that ``addon_params`` may hold for it."""
    required_params: tuple[str, ...]
    source: tuple[str, ...]
    strength: str
