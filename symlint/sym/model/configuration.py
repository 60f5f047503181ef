"""SymConfiguration: the Sym resources and module calls of one root configuration.

>>> sym = SymConfiguration(configuration, load_catalogue())
>>> [(flow.name.string, flow.strategy) for flow in sym.flows]
"""

from __future__ import annotations

from functools import cached_property

from symlint.annotations import TYPE_CHECKING, Any, Final, TypeVar
from symlint.sym.assertion import Assertions
from symlint.sym.model.environments import Environment, ErrorLogger, LogDestination, Runtime
from symlint.sym.model.flows import Flow, FlowsFilter
from symlint.sym.model.integrations import Integration, Secret, Secrets
from symlint.sym.model.link_resolution import resolve_link, taken_at
from symlint.sym.model.modules import OutputRead, SymModule
from symlint.sym.model.strategies import Strategy, Target, granting
from symlint.sym.model.views import Link, LinkTarget, Lookup, Subject, View

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from symlint.graph.reference_graph import ReferenceGraph
    from symlint.source.text import Range
    from symlint.sym.catalogue.catalogue import Catalogue
    from symlint.terraform.checks.diagnosis import Diagnosis
    from symlint.terraform.instances.configuration import Configuration
    from symlint.terraform.instances.module_instance import ModuleCallInstance, ModuleInstance
    from symlint.terraform.values.addresses import Address, ModulePath, Reference
    from symlint.terraform.values.problems import Problem
    from symlint.terraform.values.value import Value

T = TypeVar("T")
V = TypeVar("V", bound=View)

VIEWS: Final[dict[str, type[View]]] = {
    view.KIND: view
    for view in (
        Flow, FlowsFilter, Strategy, Target, Integration, Secrets, Secret,
        Runtime, Environment, ErrorLogger, LogDestination,
    )
}  # fmt: skip  # as many a line as fit


class SymConfiguration:
    """One root configuration and what the catalogue knows, seen together.

    Everything is found on demand and kept. Resources inside Sym's own registry modules are not
    listed, since nobody writes them; they can be reached through links all the same.
    """

    def __init__(
        self,
        configuration: Configuration,
        catalogue: Catalogue,
        assertions: Assertions = Assertions(),  # noqa: B008 - a NamedTuple never changes
    ) -> None:
        """``assertions`` are what must hold of the access that it grants."""
        self.assertions: Final = assertions
        self.terraform: Final = configuration
        self.catalogue: Final = catalogue
        self._views: dict[Address, View] = {}
        self._all: dict[type[View], tuple[View, ...]] = {}
        self._modules: dict[Address, SymModule | None] = {}
        self._targets: dict[str, LinkTarget] = {}
        self._said: dict[Hashable, Any] = {}

    def __repr__(self) -> str:
        return f"SymConfiguration({self.terraform.directory!r})"

    # --- what there is ---

    @property
    def flows(self) -> tuple[Flow, ...]:
        """All ``sym_flow`` instances; this and the others in order of module and declaration."""
        return self.all(Flow)

    @property
    def flows_filters(self) -> tuple[FlowsFilter, ...]:
        """All ``sym_flows_filter`` instances."""
        return self.all(FlowsFilter)

    @property
    def strategies(self) -> tuple[Strategy, ...]:
        """All ``sym_strategy`` instances."""
        return self.all(Strategy)

    @property
    def targets(self) -> tuple[Target, ...]:
        """All ``sym_target`` instances."""
        return self.all(Target)

    @property
    def integrations(self) -> tuple[Integration, ...]:
        """All ``sym_integration`` instances."""
        return self.all(Integration)

    @property
    def secrets_sources(self) -> tuple[Secrets, ...]:
        """All ``sym_secrets`` instances."""
        return self.all(Secrets)

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """All ``sym_secret`` instances."""
        return self.all(Secret)

    @property
    def runtimes(self) -> tuple[Runtime, ...]:
        """All ``sym_runtime`` instances."""
        return self.all(Runtime)

    @property
    def environments(self) -> tuple[Environment, ...]:
        """All ``sym_environment`` instances."""
        return self.all(Environment)

    @property
    def error_loggers(self) -> tuple[ErrorLogger, ...]:
        """All ``sym_error_logger`` instances."""
        return self.all(ErrorLogger)

    @property
    def log_destinations(self) -> tuple[LogDestination, ...]:
        """All ``sym_log_destination`` instances."""
        return self.all(LogDestination)

    def all(self, kind: type[V]) -> tuple[V, ...]:
        """All views of one kind, in order of module and declaration: ``all(Strategy)``."""
        known = self._all.get(kind)
        if known is None:
            known = self._all[kind] = tuple(
                view
                for module in self.module_instances
                for instance in module.resources(kind.KIND)
                if isinstance(view := self.view_at(instance.address), kind)
            )
        return known  # type: ignore[return-value]  # views of a kind are kept under it

    @property
    def views(self) -> Iterator[View]:
        """All resources of the Sym provider, kind by kind."""
        for view in VIEWS.values():
            yield from self.all(view)

    @cached_property
    def modules(self) -> tuple[SymModule, ...]:
        """All calls of modules that the catalogue knows."""
        found = []
        for module in self.module_instances:
            for call in module.module_calls():
                known = self.module_of(call)
                if known is not None:
                    found.append(known)
        return tuple(found)

    @cached_property
    def runtime_connectors(self) -> tuple[SymModule, ...]:
        """The calls of runtime connectors."""
        return tuple(module for module in self.modules if module.kind == "runtime")

    @cached_property
    def connectors(self) -> tuple[SymModule, ...]:
        """The calls of connectors: modules that strategies work through."""
        return tuple(module for module in self.modules if module.kind == "connector")

    @cached_property
    def addons(self) -> tuple[SymModule, ...]:
        """The calls of addons: what else the runtime's role is allowed."""
        return tuple(module for module in self.modules if module.kind == "addon")

    @cached_property
    def module_instances(self) -> tuple[ModuleInstance, ...]:
        """All module instances but those of Sym's own registry modules."""
        return tuple(
            module
            for module in self.terraform.modules()
            if self._registry_module_at(module.path) is None
        )

    @property
    def granting(self) -> dict[Target, tuple[Strategy, ...]]:
        """The strategies that surely or possibly grant each target."""
        return self.once(granting)

    @cached_property
    def complete(self) -> bool:
        """Whether everything could be read, so that absences mean something.

        False where a syntax error hides a part of a module, or a call's ``count`` or ``for_each``
        is not known.
        """
        return all(module.module.complete for module in self.module_instances)

    @cached_property
    def graph(self) -> ReferenceGraph:
        """What is declared and what refers to what, evaluated or not."""
        from symlint.graph.reference_graph import ReferenceGraph

        return ReferenceGraph(self.terraform)

    @cached_property
    def diagnosis(self) -> Diagnosis:
        """What Terraform would refuse, dependency cycles aside."""
        from symlint.terraform.checks.diagnosis import Diagnosis

        return Diagnosis(self.terraform)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that Terraform would refuse, by place."""
        from symlint.graph.all_problems import problems

        return problems(self.diagnosis)

    def once(self, function: Callable[[Lookup], T]) -> T:
        """What ``function`` says of the configuration, asked once and kept: ``once(check_schema)``."""
        return self.once_for(function, lambda: function(self))

    def once_for(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives, asked once for each key and kept; keys begin with a function or name."""
        if key not in self._said:
            self._said[key] = make()
        found: T = self._said[key]
        return found

    # --- finding things ---

    def view_at(self, address: Address) -> View | None:
        """The view of the resource or data source at an address; None if there is none."""
        known = self._views.get(address)
        if known is not None:
            return known
        if address.kind not in ("resource", "data") or address.type not in VIEWS:
            return None
        instance = self.terraform.resource(address)
        if instance is None:
            return None
        view = self._views.get(instance.address)
        if view is None:
            view = VIEWS[address.type](self, instance)
            self._views[instance.address] = view
        return view

    def named(self, kinds: tuple[str, ...], name: str) -> View | None:
        """The one thing of these kinds that has a name, as ``name`` or as name of its block.

        Instances of one block count as one; None where nothing, or more than one thing, does.
        """
        places = [(kind, name) for kind in kinds if (kind, name) in self._by_name]
        return self._by_name[places[0]] if len(places) == 1 else None

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], View | None]:
        """What has a name, as ``name`` or as name of its block, by kind; None for several blocks."""
        found: dict[tuple[str, str], View | None] = {}
        for view in self.views:
            for name in {view.name.string, view.instance.name}:
                if name is not None:
                    other = found.get((view.kind, name), view)
                    one = other is not None and other.instance.block is view.instance.block
                    found[view.kind, name] = view if one else None
        return found

    def module_at(self, address: Address) -> SymModule | None:
        """The call at an address, where the catalogue knows its module."""
        if address not in self._modules:
            call = self.terraform.call(address)
            self._modules[address] = None if call is None else self.module_of(call)
        return self._modules[address]

    def module_of(self, call: ModuleCallInstance) -> SymModule | None:
        """What a module call is, where the catalogue knows its module."""
        address = call.address
        if address not in self._modules:
            found = None if call.source is None else self.catalogue.module_for(call.source)
            self._modules[address] = (
                None if found is None else SymModule(self.catalogue, call, *found)
            )
        return self._modules[address]

    def module_around(self, address: Address) -> SymModule | None:
        """The registry module of Sym's that a thing is, is an output of, or stands in."""
        if address.kind == "module":
            known = self.module_at(address)
            if known is not None:
                return known
        return self._registry_module_at(address.module)

    def _registry_module_at(self, path: ModulePath) -> SymModule | None:
        from symlint.terraform.values.addresses import Address

        for length in range(1, len(path) + 1):
            step = path[length - 1]
            known = self.module_at(Address(path[: length - 1], "module", "", step.name, step.key))
            if known is not None:
                return known
        return None

    # --- following references ---

    def link_target(self, reference: str) -> LinkTarget:
        """What the argument of this name in the catalogue's references must lead to."""
        target = self._targets.get(reference)
        if target is None:
            entry = self.catalogue.references[reference]
            target = self._targets[reference] = LinkTarget(entry.to, entry.attribute)
        return target

    def resolve(self, value: Value, argument: Range, reference: str) -> Link:
        """Where ``value``, used at ``argument``, leads.

        ``reference`` names what it must lead to: a key of the catalogue's references such as
        "sym_flow.params.strategy_id".
        """
        return resolve_link(value, self.link_target(reference), argument, self.subject_of)

    def subject_of(self, reference: Reference) -> Subject | None:
        """What a reference denotes; None where that is not known."""
        address, path = reference.address, reference.path
        owner = reference._replace(path=())
        if address.kind in ("resource", "data"):
            holds = self._held_by(address.type, path)
            return Subject(address.type, owner, path, self.view_at(address), holds=holds)
        if address.kind != "module":
            return None
        if not path:
            return Subject("module", owner, ())
        module = self.module_at(address)
        if module is None:
            return None
        forms = module.entry.outputs.get(str(path[0]), ())
        kind = next((form.resource for form in forms if form.resource is not None), None)
        gives = module.entry.meaning_of(tuple(map(str, path))) or ""
        if kind is not None:
            holds = self._held_by(kind, path[1:])
            return Subject(kind, owner.step(path[0]), path[1:], None, gives, holds)
        return Subject("", owner, path, None, gives)

    def _held_by(self, kind: str, path: tuple[object, ...]) -> tuple[str, ...]:
        """The kinds of which one's id an attribute of a Sym resource is."""
        if not path or not kind.startswith("sym_") or path[0] == "id":
            return ()
        for length in (1, 2):
            known = self.catalogue.references.get(".".join((kind, *map(str, path[:length]))))
            if known is not None:
                return known.to
        return ()

    def output_read(self, value: Value) -> OutputRead | None:
        """The output of one of Sym's modules that a value is or came from, if it did.

        Where the module's code is here the value is known, and its path says so.
        """
        reference = value.reference
        if reference is not None and reference.address.kind == "module":
            module = self.module_at(reference.address)
            if module is not None:
                path = tuple(str(step) for step in reference.path)
                return OutputRead(module, path, taken_at(value, reference.address, path))
        hops = value.hops
        for index in range(len(hops) - 1, -1, -1):
            read = hops[index].reference
            module = self.module_at(read.address) if read.address.kind == "module" else None
            if module is not None:
                path = tuple(str(step) for step in read.path)
                path += tuple(step for hop in hops[index:] for step in hop.steps)
                return OutputRead(module, path, taken_at(value, read.address, path))
        return None
