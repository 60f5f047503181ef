"""Resources of the Sym provider as rules see them, and where their arguments lead.

A ``View`` finds what it leads to through a ``Lookup``: as a ``Link``, which holds the view of the
thing that is found. The three are defined together, since each refers to the others.
"""

from __future__ import annotations

from symlint.annotations import (
    TYPE_CHECKING,
    ClassVar,
    Final,
    Literal,
    Protocol,
    TypeAlias,
    TypeVar,
)
from symlint.named_tuple import NamedTuple
from symlint.sym.model.arguments import (
    Argument,
    BlockArguments,
    element,
    items_of,
    keys_are_known,
)
from symlint.sym.words import noun
from symlint.terraform.values.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from symlint.graph.reference_graph import ReferenceGraph
    from symlint.source.text import Range
    from symlint.sym.catalogue.catalogue import Catalogue
    from symlint.sym.model.modules import OutputRead, SymModule
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.instances.module_instance import ModuleCallInstance, ModuleInstance
    from symlint.terraform.instances.protocols import ModuleNames
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.values.addresses import Address, Reference
    from symlint.terraform.values.value import Value


class View:
    """One instance of a resource or data source of the Sym provider.

    Views are made once for each instance, so that two of one thing are the same object.
    """

    __slots__ = ("arguments", "instance", "sym")

    KIND: ClassVar[str] = ""

    def __init__(self, sym: Lookup, instance: ResourceInstance) -> None:
        self.sym: Final = sym
        self.instance: Final = instance
        self.arguments: Final = BlockArguments(instance, instance.range)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.address})"

    # --- what it is ---

    @property
    def address(self) -> Address:
        """The address of the instance."""
        return self.instance.address

    @property
    def kind(self) -> str:
        """The resource type: ``sym_target``."""
        return self.instance.type

    @property
    def noun(self) -> str:
        """The kind in the words of Sym's documentation: ``target``."""
        return noun(self.instance.type)

    @property
    def is_data(self) -> bool:
        """Whether it is a data source: declared elsewhere, and only read here."""
        return self.instance.declaration.kind == "data"

    @property
    def local_name(self) -> str:
        """The address as it is written in its own module, instance keys left out."""
        return self.address.without_key().local_name

    @property
    def module(self) -> ModuleNames:
        """The module instance that it belongs to."""
        return self.instance.module

    @property
    def header(self) -> Range:
        """The type and labels of its block."""
        return self.instance.range

    @property
    def symbolic(self) -> bool:
        """Whether it stands for all instances of a block whose keys are not known."""
        return self.instance.symbolic or self.module.symbolic

    @property
    def complete(self) -> bool:
        """Whether an argument that is not found is surely not given."""
        return self.instance.complete

    # --- what it says ---

    def argument(self, name: str) -> Argument | None:
        """One argument, or None where it is not given."""
        return self.arguments.argument(name)

    def value(self, name: str) -> Value:
        """The value of an argument; null where it is not given."""
        return self.arguments.value(name)

    def range(self, name: str) -> Range:
        """The expression of an argument; the header of the block where it is not given."""
        return self.arguments.range(name)

    @property
    def name(self) -> Value:
        """The ``name`` argument: Sym's own name of the thing, not the name of the block."""
        return self.value("name")

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called: the name of its block, and its own where that is known."""
        own = self.name.string
        return (self.instance.name,) if own is None else (self.instance.name, own)

    @property
    def type(self) -> Value:
        """The ``type`` argument."""
        return self.value("type")

    @property
    def type_name(self) -> str | None:
        """The text of the ``type`` argument, or None where it is not known."""
        return self.type.string

    @property
    def label(self) -> Value:
        """The ``label`` argument."""
        return self.value("label")

    @property
    def settings(self) -> Value:
        """The ``settings`` argument as a whole."""
        return self.value("settings")

    def setting(self, key: str) -> Value | None:
        """One setting; None where it is surely not given, unknown where that is not known."""
        return element(self.settings, key)

    @property
    def own_settings(self) -> frozenset[str] | None:
        """The keys of ``settings`` that have a value, under any condition; None if not known."""
        return self.sym.once_for(("own_settings", self.address), self._own_settings)

    def _own_settings(self) -> frozenset[str] | None:
        settings = self.settings
        if settings.is_null:
            return frozenset() if self.complete else None
        if not keys_are_known(settings):
            return None
        return frozenset(key for key, it in items_of(settings).items() if not it.is_null)

    # --- where it leads ---

    def link(self, argument: str) -> Link:
        """Where an argument leads; ``argument`` is a key of the catalogue's references."""
        return self.sym.resolve(
            self.value(argument), self.range(argument), f"{self.KIND}.{argument}"
        )


# --- where an argument leads -----------------------------------------------------------------------


LinkOutcome: TypeAlias = Literal[
    "ok",  # the right attribute of the right kind
    "identifier",  # a literal id: of something that is not part of this configuration
    "null",  # null or the empty string: the argument counts as not given
    "unknown",  # not known where it leads
    "alternatives",  # one of several, by a condition that is not known
    "wrong_attribute",  # the right kind, another attribute: its name
    "whole_resource",  # the right kind, no attribute at all
    "wrong_kind",  # something else: another resource, an output of a module
    "quoted_address",  # the address written in quotes: plain text to Terraform
    "literal",  # a text that is no id
    "wrong_type",  # no string at all: a list, a number
]


WRONG: Final = frozenset(
    ("wrong_attribute", "whole_resource", "wrong_kind", "quoted_address", "literal", "wrong_type")
)
"""The outcomes that are mistakes beyond doubt."""


class LinkTarget(NamedTuple):
    """What a value has to be: ``attribute`` of a resource of one of ``kinds``."""

    kinds: tuple[str, ...]
    attribute: str = "id"


class Subject(NamedTuple):
    """The thing that a reference leads to, and what of it.

    ``kind`` is its resource type, also where a module's output is known to be such a resource;
    "module" for a module call as a whole, and "" for an output of which no more is known.
    ``owner`` is the reference to the thing itself, ``path`` what follows it. ``view`` is given for
    Sym's own kinds that are declared in the configuration.
    """

    kind: str
    owner: Reference
    path: tuple[object, ...]
    view: View | None = None
    gives: str = ""
    """What a known output is, such as "account_id" (``OutputPath.gives`` of the catalogue)."""
    holds: tuple[str, ...] = ()
    """The kinds of which one's id the attribute itself is: ``runtime_id`` of an environment."""

    @property
    def is_module(self) -> bool:
        """Whether the thing belongs to a module whose code is not read."""
        return self.owner.address.kind == "module"


class QuotedAddress(NamedTuple):
    """An address that was written as text."""

    expression: str
    """The text without ``${`` and ``}``."""
    kind: str
    name: str


class Link(NamedTuple):
    """Where a value leads.

    ``range`` is the text to change if it is wrong: often far from ``argument``, the expression
    (or, for what is not given, the header of the block) that uses the value.
    """

    outcome: LinkOutcome
    value: Value
    target: LinkTarget
    range: Range
    argument: Range
    subject: Subject | None = None
    reason: str = ""
    quoted: QuotedAddress | None = None
    alternatives: tuple[Link, ...] = ()

    @property
    def view(self) -> View | None:
        """The view of a thing of the right kind, also where the wrong attribute of it is taken."""
        subject = self.subject
        if subject is None or subject.kind not in self.target.kinds:
            return None
        return subject.view

    @property
    def is_wrong(self) -> bool:
        """Whether the value is a mistake beyond doubt (its alternatives aside)."""
        return self.outcome in WRONG

    @property
    def is_absent(self) -> bool:
        """Whether the argument counts as not given."""
        return self.outcome == "null"

    @property
    def branches(self) -> tuple[Link, ...]:
        """The link itself, or the alternatives that it stands for, flattened."""
        if self.outcome != "alternatives":
            return (self,)
        return tuple(leaf for link in self.alternatives for leaf in link.branches)

    @property
    def written(self) -> str:
        """What the reference is, as it would be written in its own module: ``sym_target.x.id``."""
        subject = self.subject
        if subject is None:
            return ""
        reference = subject.owner
        for step in subject.path:
            reference = reference.step(step)  # type: ignore[arg-type]  # steps of a Reference
        return local_text(reference)


def local_text(reference: Reference) -> str:
    """The reference as it is written inside its own module."""
    return str(reference._replace(address=reference.address._replace(module=())))


# --- what a view knows of its configuration ---------------------------------------------------------

T = TypeVar("T")
V = TypeVar("V", bound=View)


class Lookup(Protocol):
    """What a view, and everything that reasons about views, knows of their configuration.

    ``SymConfiguration`` is one: a view holds the lookup, so that it can be understood without the
    collections of views that a configuration has.
    """

    @property
    def terraform(self) -> Configuration:
        """The configuration in Terraform's words."""

    @property
    def catalogue(self) -> Catalogue:
        """What is known of Sym."""

    @property
    def complete(self) -> bool:
        """Whether everything could be read, so that absences mean something."""

    @property
    def graph(self) -> ReferenceGraph:
        """What is declared and what refers to what, evaluated or not."""

    def once(self, function: Callable[[Lookup], T]) -> T:
        """What ``function`` says of the configuration; it is asked once."""

    def once_for(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives, asked once for each key and kept."""

    # --- what there is ---

    def all(self, kind: type[V]) -> tuple[V, ...]:
        """All views of one kind: ``all(Strategy)``."""

    @property
    def module_instances(self) -> tuple[ModuleInstance, ...]:
        """All module instances but those of Sym's own registry modules."""

    @property
    def modules(self) -> tuple[SymModule, ...]:
        """All calls of modules that the catalogue knows."""

    @property
    def runtime_connectors(self) -> tuple[SymModule, ...]:
        """The calls of runtime connectors."""

    @property
    def connectors(self) -> tuple[SymModule, ...]:
        """The calls of connectors: modules that strategies work through."""

    # --- finding things ---

    def view_at(self, address: Address) -> View | None:
        """The view of the resource or data source at an address; None if there is none."""

    def named(self, kinds: tuple[str, ...], name: str) -> View | None:
        """The one thing of these kinds that has a name, as ``name`` or as name of its block."""

    def module_at(self, address: Address) -> SymModule | None:
        """The call at an address, where the catalogue knows its module."""

    def module_of(self, call: ModuleCallInstance) -> SymModule | None:
        """What a module call is, where the catalogue knows its module."""

    def module_around(self, address: Address) -> SymModule | None:
        """The registry module of Sym's that a thing is, is an output of, or stands in."""

    # --- following references ---

    def resolve(self, value: Value, argument: Range, reference: str) -> Link:
        """Where ``value``, used at ``argument``, leads."""

    def subject_of(self, reference: Reference) -> Subject | None:
        """What a reference denotes; None where that is not known."""

    def output_read(self, value: Value) -> OutputRead | None:
        """The output of one of Sym's modules that a value is or came from, if it did."""
