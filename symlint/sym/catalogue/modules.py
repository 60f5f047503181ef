"""Sym's registry modules: where they come from, what goes in and out at which version."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.sym.catalogue.module_parts import (
    Addon,
    Creation,
    Grant,
    ModuleInput,
    ModuleOutput,
    NameLimit,
    OutputPath,
    Scope,
)
from symlint.sym.catalogue.records import (
    ITS_NAME,
    NOTHING,
    PROVENANCE,
    REQUIRED,
    Record,
    flag,
    list_of,
    one_of,
    record_of,
    table_of,
    table_of_lists,
    text,
    version,
    versions,
)
from symlint.sym.versions import within

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.sym.versions import Version


class Requirement(Record):
    """A constraint of the module on a provider."""

    __slots__ = ("constraint", "provider", "since", "source", "strength", "until")
    FIELDS = (
        ("provider", text, REQUIRED),
        ("constraint", text, REQUIRED),
        ("since", version, None),
        ("until", version, None),
        *PROVENANCE,
    )
    provider: str
    """Source address such as "symopsio/sym"."""
    constraint: str
    since: Version | None
    until: Version | None
    source: tuple[str, ...]
    strength: str


class ModuleSource(Record):
    """One address under which a module is, or was, to be had."""

    __slots__ = (
        "address",
        "interface",
        "requires",
        "source",
        "status",
        "strength",
        "versions",
    )
    FIELDS = (
        ("address", text, REQUIRED),
        ("status", one_of("current", "deprecated", "legacy"), "current"),
        ("versions", versions, ()),
        ("interface", version, None),
        ("requires", list_of(Requirement), ()),
        *PROVENANCE,
    )
    address: str
    """As written in a ``source`` argument, without a registry's default host."""
    status: str
    """"current"; "deprecated" (still answers); "legacy" (a host that is gone or may be)."""
    versions: tuple[Version, ...]
    """Published versions, ascending; empty if they are not known."""
    interface: Version | None
    """Where ``versions`` is empty or numbered differently: the version of the module whose inputs
    and outputs it has."""
    requires: tuple[Requirement, ...]
    """Its own constraints on providers, which stand in for the module's; empty if it has none."""
    source: tuple[str, ...]
    strength: str


class RegistryModule(Record):
    """A module that Sym publishes, or a user's fork of one; its short name is ``name``."""

    __slots__ = (
        "addons",
        "breaking",
        "context",
        "creates",
        "environment_input",
        "external_id",
        "gives",
        "grant",
        "inputs",
        "integration_type",
        "kind",
        "name",
        "name_limit",
        "outputs",
        "requires",
        "role_path",
        "safelist_input",
        "scope",
        "source",
        "sources",
        "strength",
        "tags_stream",
        "title",
        "trust_input",
    )
    NAMED = True
    FIELDS = (
        ("title", text, ITS_NAME),
        ("kind", one_of("runtime", "connector", "addon", "logs"), REQUIRED),
        ("sources", list_of(ModuleSource), REQUIRED),
        ("breaking", versions, ()),
        ("context", text, None),
        ("integration_type", text, None),
        ("external_id", text, None),
        ("environment_input", text, None),
        ("trust_input", text, None),
        ("safelist_input", text, None),
        ("role_path", text, None),
        ("tags_stream", flag, False),
        ("inputs", table_of_lists(ModuleInput), NOTHING),
        ("outputs", table_of_lists(ModuleOutput), NOTHING),
        ("requires", list_of(Requirement), ()),
        ("gives", list_of(OutputPath), ()),
        ("creates", list_of(Creation), ()),
        ("scope", record_of(Scope), None),
        ("grant", record_of(Grant), None),
        ("name_limit", record_of(NameLimit), None),
        ("addons", table_of(Addon), NOTHING),
        *PROVENANCE,
    )
    name: str
    title: str
    kind: str
    """"runtime", "connector" (strategies work through it), "addon", "logs"."""
    sources: tuple[ModuleSource, ...]
    breaking: tuple[Version, ...]
    """Versions at which inputs or outputs were removed."""
    context: str | None
    """Which permission context its role serves: "runtime", "iam", "sso", "lambda"."""
    integration_type: str | None
    """Type of the integration that takes its ``settings``, or that it creates."""
    external_id: str | None
    """The settings key that is right for that integration's ``external_id``."""
    environment_input: str | None
    trust_input: str | None
    """Input that lists the runtime role ARNs which its role trusts."""
    safelist_input: str | None
    """Input that lists the further AWS accounts in which the runtime may assume roles."""
    role_path: str | None
    """IAM path of its role; for the runtime, also of every role that it may assume."""
    tags_stream: bool
    """Whether it tags its own stream ``SymEnv = environment``."""
    inputs: Mapping[str, tuple[ModuleInput, ...]]
    """Name -> its forms over the versions, oldest first; most have one."""
    outputs: Mapping[str, tuple[ModuleOutput, ...]]
    requires: tuple[Requirement, ...]
    gives: tuple[OutputPath, ...]
    creates: tuple[Creation, ...]
    scope: Scope | None
    grant: Grant | None
    name_limit: NameLimit | None
    addons: Mapping[str, Addon]
    source: tuple[str, ...]
    strength: str

    @property
    def current_source(self) -> ModuleSource:
        """The address to recommend."""
        return next((it for it in self.sources if it.status == "current"), self.sources[0])

    def inputs_at(self, version: Version) -> dict[str, ModuleInput]:
        """The inputs that the module has at ``version``."""
        return {
            name: form
            for name, forms in self.inputs.items()
            for form in forms
            if within(version, form.since, form.until)
        }

    def outputs_at(self, version: Version) -> dict[str, ModuleOutput]:
        """The outputs that the module has at ``version``."""
        return {
            name: form
            for name, forms in self.outputs.items()
            for form in forms
            if within(version, form.since, form.until)
        }

    def requires_at(
        self, version: Version, source: ModuleSource | None = None
    ) -> tuple[Requirement, ...]:
        """The constraints on providers that the module, had from ``source``, states at
        ``version``."""
        stated = source.requires if source is not None and source.requires else self.requires
        return tuple(it for it in stated if within(version, it.since, it.until))

    def paths_to(self, thing: str, version: Version | None = None) -> tuple[OutputPath, ...]:
        """The output paths that give ``thing`` (``OutputPath.gives``), at any or one version."""
        return tuple(
            path
            for path in self.gives
            if path.gives == thing and (version is None or within(version, path.since, path.until))
        )

    def meaning_of(self, path: tuple[str, ...], version: Version | None = None) -> str | None:
        """What the output ``path`` gives (``OutputPath.gives``), or None if not known."""
        return next(
            (
                it.gives
                for it in self.gives
                if it.path == path and (version is None or within(version, it.since, it.until))
            ),
            None,
        )
