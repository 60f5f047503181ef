"""Which version of the Sym provider a configuration runs with.

Terraform joins the constraints that all modules put on one source address, takes the version that
``.terraform.lock.hcl`` pins where that is admitted, and otherwise the newest that is
(https://developer.hashicorp.com/terraform/language/providers/requirements). So a configuration is
judged by that one version. Without any constraint, as in a snippet, every version is possible, and
only what no version has is a mistake.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.sym.versions import (
    ANY_PROVIDER,
    ConstraintError,
    VersionError,
    parse_constraint,
    parse_version,
)
from symlint.sym.words import LOCAL_NAME
from symlint.terraform.modules.declarations import literal_text
from symlint.terraform.modules.opentofu import without_default_host

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symlint.source.text import Range
    from symlint.sym.catalogue.provider import Provider
    from symlint.sym.model.views import Lookup
    from symlint.sym.versions import Admitted, Constraint, Version
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.instances.module_instance import ModuleInstance
    from symlint.terraform.instances.protocols import ModuleNames
    from symlint.terraform.modules.declarations import Declaration, Module

PROVIDER: Final = "symopsio/sym"


class Requirement(NamedTuple):
    """What one module asks of a provider.

    ``source`` is as written, None where nothing is, and ``address`` the address that it comes
    to. ``constraint`` is None where there is none or it cannot be read, ``text`` is how it is
    written. ``range`` spans the constraint, or the name of the entry where there is none.
    """

    module: ModuleInstance
    name: str
    source: str | None
    address: str
    source_range: Range
    text: str | None
    constraint: Constraint | None
    range: Range


class ProviderVersions:
    """The versions that one configuration may run the provider at ``address`` with.

    ``known`` is every published version. ``locked`` is the one that the lock file pins, where the
    constraints admit it.
    """

    __slots__ = ("admitted", "constraint", "known", "locked", "requirements")

    def __init__(
        self,
        requirements: tuple[Requirement, ...],
        known: tuple[Version, ...],
        locked: Version | None = None,
    ) -> None:
        self.requirements: Final = requirements
        self.known: Final = known
        constraint = ANY_PROVIDER
        for requirement in requirements:
            if requirement.constraint is not None:
                constraint = constraint & requirement.constraint
        self.constraint: Final[Constraint] = constraint
        self.locked: Final = locked if locked is not None and _admits(constraint, locked) else None
        named = (
            term.version
            for term in constraint.terms
            if term.operator == "=" and term.version.prerelease
        )
        self.admitted: Final[Admitted] = constraint.admitted({*known, *named})

    @property
    def selected(self) -> Version | None:
        """The version that Terraform would choose; None where that is not known."""
        if not self.requirements or any(self._unreadable()):
            return self.locked
        return self.locked or self.admitted.newest

    @property
    def judged(self) -> tuple[Version, ...]:
        """The versions that something must be wrong in to be a mistake.

        The selected one; every published one where nothing is required; none where no admitted
        version is known.
        """
        selected = self.selected
        if selected is not None:
            return (selected,)
        if self.requirements and not any(self._unreadable()):
            return ()
        return self.known

    @property
    def lowest(self) -> Version | None:
        """The oldest version that somebody may run; None where it is not known."""
        if self.locked is not None:
            return self.locked
        return None if self.selected is None else self.admitted.oldest

    @property
    def bounding(self) -> Requirement | None:
        """The requirement to show beside a finding: the root module's, if it has a constraint."""
        # The root module is asked before all others.
        return next((it for it in self.requirements if it.constraint is not None), None)

    def _unreadable(self) -> Iterator[bool]:
        return (it.text is not None and it.constraint is None for it in self.requirements)


def _admits(constraint: Constraint, version: Version) -> bool:
    try:
        return constraint.admits(version)
    except ValueError:
        return False


class ProviderRequirements:
    """All requirements of a configuration, by module and local name; see ``read_requirements``."""

    __slots__ = ("_by_address", "_by_module", "_known", "all", "locks", "provider")

    def __init__(
        self,
        requirements: tuple[Requirement, ...],
        provider: Provider,
        locks: dict[str, Version],
    ) -> None:
        self.all: Final = requirements
        """Every entry that is, or may be, about the Sym provider, in order of the modules."""
        self.provider: Final = provider
        self.locks: Final = locks
        self._by_module: Final = {(it.module.directory, it.name): it for it in requirements}
        self._by_address: Final[dict[str, ProviderVersions]] = {}

    def versions_for(
        self, module: ModuleNames, declaration: Declaration
    ) -> ProviderVersions | None:
        """The versions that a block of a module is for; None where it is not the Sym provider's."""
        name = local_name_of(declaration)
        requirement = self._by_module.get((module.module.directory, name))
        if requirement is None:
            if name != LOCAL_NAME or _is_required(module.module, name):
                return None
            requirement = next(iter(self.all), None)
        if requirement is None:
            return self._versions("")
        return self._versions(requirement.address)

    @property
    def addresses(self) -> dict[str, ProviderVersions]:
        """The source addresses in use, each with its versions."""
        return {it.address: self._versions(it.address) for it in self.all}

    def _versions(self, address: str) -> ProviderVersions:
        found = self._by_address.get(address)
        if found is None:
            own = tuple(it for it in self.all if it.address == address)
            found = ProviderVersions(own, self.provider.versions, self.locks.get(address))
            self._by_address[address] = found
        return found


def local_name_of(declaration: Declaration) -> str:
    """The local name of the provider that a resource or a provider block belongs to."""
    from symlint.terraform.modules.declarations import ResourceDeclaration

    if not isinstance(declaration, ResourceDeclaration):
        return declaration.name
    from symlint.hcl.nodes import Literal, Traversal

    written = declaration.expression("provider")
    if type(written) is Traversal:
        return written.root
    if type(written) is Literal and isinstance(written.value, str):
        return written.value.partition(".")[0]
    return declaration.type.partition("_")[0]


def plain_address(source: str) -> str:
    """A source address without the default host, in lower case as Terraform compares it."""
    return without_default_host(source.strip().lower())


def is_sym_provider(source: str, provider: Provider) -> bool:
    """Whether a source address is the Sym provider's: Sym's own, or a mirror's with its name."""
    plain = plain_address(source)
    known = {it.address for it in provider.addresses}
    return plain in known or (plain.count("/") == 2 and plain.endswith(f"/{PROVIDER}"))


def read_requirements(sym: Lookup) -> ProviderRequirements:
    """Everything that the modules of a configuration ask of the Sym provider."""
    from itertools import chain

    from symlint.sym.provider.blocks import modules_as_written

    provider = sym.catalogue.provider
    found: list[Requirement] = []
    seen = set()
    # Terraform asks all modules: Sym's own where they are installed, and those never called.
    for module in chain(sym.terraform.modules(), modules_as_written(sym)):
        if module.directory in seen:
            continue
        seen.add(module.directory)
        for requirement in module_requirements(module):
            if requirement.source is None and requirement.name == LOCAL_NAME:
                found.append(requirement._replace(address=_meant_address(found)))
            elif is_sym_provider(requirement.address, provider):
                found.append(requirement)
    return ProviderRequirements(tuple(found), provider, _locks(sym.terraform))


def _meant_address(found: list[Requirement]) -> str:
    """What an entry without a source must mean: the address that the others have."""
    return next((it.address for it in found if it.source), PROVIDER)


def module_requirements(module: ModuleInstance) -> Iterator[Requirement]:
    """All requirements of a module, for whatever provider, those in provider blocks included."""
    for entry in module.module.provider_requirements.values():
        version = entry.version_expression
        source = entry.source_expression
        whole = entry.attribute.name_range
        yield Requirement(
            module,
            entry.name,
            entry.source,
            _address(entry.name, entry.source),
            whole if source is None else source.range,
            entry.version,
            _constraint(entry.version),
            whole if version is None else version.range,
        )
    for configuration in module.module.providers.values():
        written = configuration.expression("version")
        text = None if written is None else literal_text(written)
        if written is not None and text is not None:
            entry_of = module.module.provider_requirements.get(configuration.name)
            source_of = None if entry_of is None else entry_of.source
            name, range_ = configuration.name, written.range
            address = _address(name, source_of)
            yield Requirement(
                module, name, source_of, address, range_, text, _constraint(text), range_
            )


def _address(name: str, source: str | None) -> str:
    """The address of a provider; without a source Terraform takes it for one of HashiCorp's."""
    return plain_address(source) if source else f"hashicorp/{name}"


def _constraint(text: str | None) -> Constraint | None:
    if not text:
        return None
    try:
        return parse_constraint(text, "provider")
    except ConstraintError:
        return None


def _is_required(module: Module, name: str) -> bool:
    return name in module.provider_requirements


def _locks(configuration: Configuration) -> dict[str, Version]:
    """The versions that the lock file of the root module pins, by plain source address.

    https://developer.hashicorp.com/terraform/language/files/dependency-lock
    """
    from symlint.source.file_names import LOCK_FILE
    from symlint.source.files import ReadProblem

    source = configuration.cache.read(f"{configuration.directory}/{LOCK_FILE}")
    if isinstance(source, ReadProblem):
        return {}
    from symlint.hcl.native.parser import parse_native

    return dict(_pinned(parse_native(source).body.blocks("provider")))


def _pinned(blocks: Iterable[object]) -> Iterator[tuple[str, Version]]:
    from symlint.hcl.nodes import Block

    for block in blocks:
        assert isinstance(block, Block)
        version = block.body.attribute("version")
        text = None if version is None else literal_text(version.value)
        if text is None or len(block.labels) != 1:
            continue
        try:
            yield plain_address(block.labels[0].value), parse_version(text)
        except VersionError:
            continue
