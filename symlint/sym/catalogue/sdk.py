"""The Python SDK as ``impl.py`` and a custom strategy's file meet it."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.sym.catalogue.records import (
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
)

if TYPE_CHECKING:
    from collections.abc import Mapping


class Handler(Record):
    """A function that the flow calls by name; it is ``name``."""

    __slots__ = (
        "decorator",
        "description",
        "name",
        "needed_by",
        "parameters",
        "replaced_by",
        "returns",
        "source",
        "status",
        "strength",
    )
    NAMED = True
    FIELDS = (
        ("decorator", text, REQUIRED),
        ("status", one_of("current", "deprecated", "dead", "doubtful"), "current"),
        ("needed_by", texts, ()),
        ("parameters", texts, ()),
        ("returns", text, ""),
        ("replaced_by", texts, ()),
        ("description", text, ""),
        *PROVENANCE,
    )
    name: str
    decorator: str
    """"reducer" or "hook"."""
    status: str
    """"current"; "deprecated" (works); "dead" (never called any more); "doubtful"."""
    needed_by: tuple[str, ...]
    """Resources whose implementation must define it (or one of those that it replaces)."""
    parameters: tuple[str, ...]
    """Customary names; the names are free, their number is not."""
    returns: str
    replaced_by: tuple[str, ...]
    description: str
    source: tuple[str, ...]
    strength: str


class Decorator(Record):
    """A decorator that makes a function a handler; it is ``name``."""

    __slots__ = ("keywords", "module", "name", "prefixes", "source", "status", "strength")
    NAMED = True
    FIELDS = (
        ("module", text, REQUIRED),
        ("prefixes", texts, ()),
        ("keywords", texts, ()),
        ("status", one_of("current", "deprecated", "dead"), "current"),
        *PROVENANCE,
    )
    name: str
    module: str
    """Where it is imported from."""
    prefixes: tuple[str, ...]
    """The decorated function's name begins with one of them; empty if it is free."""
    keywords: tuple[str, ...]
    """Keyword arguments that it needs."""
    status: str
    source: tuple[str, ...]
    strength: str


class SdkIntegration(Record):
    """A module below ``sym.sdk.integrations``; it is ``name``."""

    __slots__ = (
        "environment_key",
        "integration_types",
        "name",
        "needs_runtime",
        "source",
        "strategy_serves",
        "strength",
    )
    NAMED = True
    FIELDS = (
        ("environment_key", text, None),
        ("integration_types", texts, None),
        ("strategy_serves", texts, ()),
        ("needs_runtime", flag, False),
        *PROVENANCE,
    )
    name: str
    environment_key: str | None
    """Key of ``sym_environment.integrations`` that it looks up; None if it needs none."""
    integration_types: tuple[str, ...] | None
    strategy_serves: tuple[str, ...]
    """Strategy types whose own integration serves it, so that the flow needs no key."""
    needs_runtime: bool
    """Whether the environment needs ``runtime_id`` for it."""
    source: tuple[str, ...]
    strength: str


class OnChange(Record):
    """The function that ``prompt_field.on_change`` must define."""

    __slots__ = ("function", "immutable", "parameters", "source", "strength")
    FIELDS = (
        ("function", text, REQUIRED),
        ("parameters", texts, REQUIRED),
        ("immutable", texts, ()),
        *PROVENANCE,
    )
    function: str
    """Template with ``{field}``."""
    parameters: tuple[str, ...]
    immutable: tuple[str, ...]
    """What of a field of the form cannot be assigned."""
    source: tuple[str, ...]
    strength: str


class StrategyClass(Record):
    """The class that a custom strategy's file must define."""

    __slots__ = ("abstract", "base", "final", "module", "source", "strength")
    FIELDS = (
        ("module", text, REQUIRED),
        ("base", text, REQUIRED),
        ("abstract", text_table, REQUIRED),
        ("final", texts, ()),
        *PROVENANCE,
    )
    module: str
    base: str
    abstract: Mapping[str, tuple[str, ...]]
    """Method that must be defined -> its parameters, ``self`` included."""
    final: tuple[str, ...]
    """Methods that must not be overridden."""
    source: tuple[str, ...]
    strength: str


class Imports(Record):
    """What an implementation may import."""

    __slots__ = ("allowed", "source", "strength")
    FIELDS = (("allowed", texts, REQUIRED), *PROVENANCE)
    allowed: tuple[str, ...]
    """Module names; what is below them is allowed too."""
    source: tuple[str, ...]
    strength: str


class Runtime(Record):
    """What the Python that runs at Sym refuses."""

    __slots__ = ("attributes", "calls", "magic_methods", "source", "statements", "strength")
    FIELDS = (
        ("magic_methods", texts, REQUIRED),
        ("attributes", texts, REQUIRED),
        ("calls", texts, REQUIRED),
        ("statements", text_table, REQUIRED),
        *PROVENANCE,
    )
    magic_methods: tuple[str, ...]
    """The methods that may have names with leading underscores."""
    attributes: tuple[str, ...]
    """Attributes that nobody may ask for, beside those with leading underscores."""
    calls: tuple[str, ...]
    """Functions that must not be called."""
    statements: Mapping[str, tuple[str, ...]]
    """Node of the syntax tree -> what it is called, and what to write in its place."""
    source: tuple[str, ...]
    strength: str


class Sdk(Record):
    """Everything about the SDK."""

    __slots__ = (
        "decorators",
        "handlers",
        "hook_prefixes",
        "hook_steps",
        "imports",
        "integrations",
        "on_change",
        "payload_fields",
        "runtime",
        "strategy_class",
    )
    FIELDS = (
        ("decorators", table_of(Decorator), REQUIRED),
        ("handlers", table_of(Handler), REQUIRED),
        ("hook_prefixes", texts, REQUIRED),
        ("hook_steps", texts, REQUIRED),
        ("payload_fields", texts, REQUIRED),
        ("on_change", record_of(OnChange), REQUIRED),
        ("strategy_class", record_of(StrategyClass), REQUIRED),
        ("imports", record_of(Imports), REQUIRED),
        ("runtime", record_of(Runtime), REQUIRED),
        ("integrations", table_of(SdkIntegration), REQUIRED),
    )
    decorators: Mapping[str, Decorator]
    handlers: Mapping[str, Handler]
    """Reducers, and the hooks of which more is to be said than prefix and step."""
    hook_prefixes: tuple[str, ...]
    """"on_" (before the step) and "after_"."""
    hook_steps: tuple[str, ...]
    """Steps that a hook can be for: "request", "approve", ..."""
    payload_fields: tuple[str, ...]
    """Keys of ``event.payload.fields`` that exist beside the prompt fields."""
    on_change: OnChange
    strategy_class: StrategyClass
    imports: Imports
    runtime: Runtime
    integrations: Mapping[str, SdkIntegration]
