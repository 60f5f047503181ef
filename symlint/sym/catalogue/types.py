"""The kinds of strategy, target, integration, secrets source and log destination."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.sym.catalogue.patterns import matches
from symlint.sym.catalogue.records import (
    ITS_NAME,
    NOTHING,
    PROVENANCE,
    REQUIRED,
    Record,
    flag,
    one_of,
    record_of,
    table_of,
    text,
    text_table,
    texts,
    version,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.sym.versions import Version


class Format(Record):
    """The shape of a text, such as an AWS account id; its key is ``name``."""

    __slots__ = ("description", "example", "name", "pattern", "source", "strength")
    NAMED = True
    FIELDS = (
        ("description", text, REQUIRED),
        ("pattern", text, REQUIRED),
        ("example", text, REQUIRED),
        *PROVENANCE,
    )
    name: str
    description: str
    """Noun phrase: "an AWS account id: 12 digits"."""
    pattern: str
    """A regular expression for the whole text."""
    example: str
    source: tuple[str, ...]
    strength: str

    def matches(self, value: str) -> bool:
        """Whether the whole of ``value`` has this shape."""
        return matches(self.pattern, value)

    def is_another(self, value: str) -> bool:
        """Whether ``value`` is plainly something else, not a misspelt text of this format."""
        own, wanted = ((it.startswith("arn:"), it.isdigit()) for it in (value, self.example))
        return own != wanted or (not any(own) and value[:1] != self.example[:1])


class Setting(Record):
    """One key of a ``settings`` map; the key is ``name``."""

    __slots__ = (
        "allowed",
        "description",
        "encoding",
        "format",
        "from_resources",
        "may_be_empty",
        "name",
        "reference",
        "required",
        "secret",
        "source",
        "strength",
    )
    NAMED = True
    FIELDS = (
        ("required", flag, False),
        ("may_be_empty", flag, False),
        ("description", text, ""),
        ("allowed", texts, ()),
        ("format", text, None),
        ("secret", flag, False),
        ("reference", text, None),
        ("encoding", one_of("plain", "json", "json_list"), "plain"),
        ("from_resources", text_table, NOTHING),
        *PROVENANCE,
    )
    name: str
    required: bool
    may_be_empty: bool
    """Whether an empty text is as good as another one, though the setting is required."""
    description: str
    allowed: tuple[str, ...]
    """The only values; empty if any will do."""
    format: str | None
    """Name of a :class:`Format`."""
    secret: bool
    """Whether the value is confidential: an id of a ``sym_secret``, never the secret itself."""
    reference: str | None
    """Type of the Sym resource whose id the value must be."""
    encoding: str
    """``plain``; ``json`` for jsonencode(); ``json_list`` for jsonencode([...])."""
    from_resources: Mapping[str, tuple[str, ...]]
    """Resource type of another provider -> its attributes that give the right value."""
    source: tuple[str, ...]
    strength: str


class StrategyType(Record):
    """A value of ``sym_strategy.type``; the value is ``name``."""

    __slots__ = (
        "connector",
        "connector_feature",
        "context",
        "external_id",
        "implementation",
        "integration_required",
        "integration_types",
        "name",
        "needs_runtime",
        "open_settings",
        "session_resources",
        "settings",
        "since",
        "source",
        "strength",
        "target_types",
        "title",
    )
    NAMED = True
    FIELDS = (
        ("title", text, ITS_NAME),
        ("target_types", texts, None),
        ("integration_types", texts, None),
        ("integration_required", flag, True),
        ("connector", text, None),
        ("connector_feature", text, None),
        ("context", text, None),
        ("external_id", text, None),
        ("settings", table_of(Setting), NOTHING),
        ("open_settings", flag, False),
        ("implementation", one_of("required", "unused"), None),
        ("needs_runtime", flag, None),
        ("session_resources", texts, ()),
        ("since", version, None),
        *PROVENANCE,
    )
    name: str
    title: str
    """For messages: "AWS IAM"."""
    target_types: tuple[str, ...] | None
    """Types of the targets that it can grant; None if not known."""
    integration_types: tuple[str, ...] | None
    """Types of the integration that it works through; None if not known."""
    integration_required: bool
    connector: str | None
    """Name of the registry module that makes its permission context or integration."""
    connector_feature: str | None
    """What must be switched on in that module (``ModuleInput.feature``)."""
    context: str | None
    """For a permission context: which role it holds (``RegistryModule.context``)."""
    external_id: str | None
    """For a permission context: the settings key that is its external id."""
    settings: Mapping[str, Setting]
    open_settings: bool
    """Whether keys other than those of ``settings`` are the user's own affair."""
    implementation: str | None
    """"required", "unused", or None if not known."""
    needs_runtime: bool | None
    """Whether the environment of its flows needs ``runtime_id``; None if not known."""
    session_resources: tuple[str, ...]
    """Entries of ``Catalogue.sessions`` that bound how long access lasts."""
    since: Version | None
    """First provider version that has it."""
    source: tuple[str, ...]
    strength: str

    @property
    def needs_code(self) -> bool:
        """Whether it has an ``implementation``, which Sym runs."""
        return self.implementation == "required"

    @property
    def required_settings(self) -> tuple[str, ...]:
        """Names of the settings that must be present."""
        return _required(self.settings)


class TargetType(Record):
    """A value of ``sym_target.type``; the value is ``name``."""

    __slots__ = ("grants", "name", "open_settings", "settings", "source", "strength", "title")
    NAMED = True
    FIELDS = (
        ("title", text, ITS_NAME),
        ("grants", text, ""),
        ("settings", table_of(Setting), NOTHING),
        ("open_settings", flag, False),
        *PROVENANCE,
    )
    name: str
    title: str
    grants: str
    """What who asked for it gets, with settings in braces: "member of the Okta group {group_id}"."""
    settings: Mapping[str, Setting]
    open_settings: bool
    source: tuple[str, ...]
    strength: str

    @property
    def required_settings(self) -> tuple[str, ...]:
        """Names that must stand in ``settings`` or in ``field_bindings``."""
        return _required(self.settings)


class ExternalId(Record):
    """What ``sym_integration.external_id`` must be."""

    __slots__ = ("description", "formats", "source", "strength")
    FIELDS = (("description", text, REQUIRED), ("formats", texts, ()), *PROVENANCE)
    description: str
    formats: tuple[str, ...]
    """Names of :class:`Format`; the value has one of them."""
    source: tuple[str, ...]
    strength: str


class IntegrationType(Record):
    """A value of ``sym_integration.type``; the value is ``name``."""

    __slots__ = (
        "external_id",
        "made_by",
        "name",
        "open_settings",
        "settings",
        "source",
        "strength",
        "title",
    )
    NAMED = True
    FIELDS = (
        ("title", text, ITS_NAME),
        ("external_id", record_of(ExternalId), None),
        ("settings", table_of(Setting), NOTHING),
        ("open_settings", flag, False),
        ("made_by", text, None),
        *PROVENANCE,
    )
    name: str
    title: str
    external_id: ExternalId | None
    """None if not known."""
    settings: Mapping[str, Setting]
    open_settings: bool
    """Whether keys other than those of ``settings`` may occur, or are not known."""
    made_by: str | None
    """The registry module that makes it, so that it is rarely written by hand."""
    source: tuple[str, ...]
    strength: str

    @property
    def required_settings(self) -> tuple[str, ...]:
        """Names of the settings that must be present."""
        return _required(self.settings)

    @property
    def secret_settings(self) -> tuple[str, ...]:
        """Names of the settings that hold ids of ``sym_secret``."""
        return tuple(name for name, it in self.settings.items() if it.reference == "sym_secret")

    @property
    def list_settings(self) -> tuple[str, ...]:
        """Names of the settings that are lists in JSON."""
        return tuple(name for name, it in self.settings.items() if it.encoding == "json_list")


class SecretsType(Record):
    """A value of ``sym_secrets.type``; the value is ``name``."""

    __slots__ = (
        "granted_by",
        "name",
        "open_settings",
        "secret_resources",
        "secret_settings",
        "settings",
        "source",
        "strength",
        "title",
    )
    NAMED = True
    FIELDS = (
        ("title", text, ITS_NAME),
        ("settings", table_of(Setting), NOTHING),
        ("open_settings", flag, False),
        ("secret_resources", text_table, NOTHING),
        ("secret_settings", table_of(Setting), NOTHING),
        ("granted_by", text, None),
        *PROVENANCE,
    )
    name: str
    title: str
    settings: Mapping[str, Setting]
    open_settings: bool
    secret_resources: Mapping[str, tuple[str, ...]]
    """Resource type of the store's provider -> attributes that are right for sym_secret.path."""
    secret_settings: Mapping[str, Setting]
    """The settings of a ``sym_secret`` in such a source."""
    granted_by: str | None
    """The registry module that lets the runtime read the secrets."""
    source: tuple[str, ...]
    strength: str

    @property
    def required_settings(self) -> tuple[str, ...]:
        """Names of the settings that must be present."""
        return _required(self.settings)


class LogDestinationType(Record):
    """A value of ``sym_log_destination.type``; the value is ``name``."""

    __slots__ = (
        "granted_by",
        "integration_optional_since",
        "integration_required",
        "integration_types",
        "name",
        "open_settings",
        "settings",
        "source",
        "strength",
        "title",
    )
    NAMED = True
    FIELDS = (
        ("title", text, ITS_NAME),
        ("integration_types", texts, None),
        ("integration_required", flag, True),
        ("integration_optional_since", version, None),
        ("settings", table_of(Setting), NOTHING),
        ("open_settings", flag, False),
        ("granted_by", text, None),
        *PROVENANCE,
    )
    name: str
    title: str
    integration_types: tuple[str, ...] | None
    """Types of its integration; None if not known."""
    integration_required: bool
    integration_optional_since: Version | None
    """Where the integration is optional only from a provider version on."""
    settings: Mapping[str, Setting]
    open_settings: bool
    granted_by: str | None
    """The registry module that lets the runtime write to it."""
    source: tuple[str, ...]
    strength: str

    @property
    def required_settings(self) -> tuple[str, ...]:
        """Names of the settings that must be present."""
        return _required(self.settings)


def _required(settings: Mapping[str, Setting]) -> tuple[str, ...]:
    return tuple(name for name, setting in settings.items() if setting.required)
