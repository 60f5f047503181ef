"""Compares every block of the Sym provider with the provider's schema.

Each argument narrows the versions that a block can be for. Usually there is one to begin with:
the one that Terraform would choose. Where a configuration requires nothing, all published versions
are, and something is a mistake when no version is left that has it.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.source.file_names import is_json_file
from symlint.sym.provider.blocks import (
    header_of,
    instances_as_written,
    is_sym_type,
    modules_as_written,
    place_of,
    provider_body,
    provider_place,
    resembles_sym_type,
)
from symlint.sym.provider.forms import (
    FormsByVersion,
    form_at,
    items_of,
    names_at,
    nearest_form,
    within_lowest,
)
from symlint.sym.provider.schema_problems import SchemaProblem, SchemaReport, UndecidedQuestion
from symlint.sym.provider.values import ValueChecker
from symlint.sym.provider.versions import read_requirements
from symlint.terraform.modules.declarations import RESOURCE_META_ARGUMENTS, RESOURCE_META_BLOCKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from symlint.hcl.nodes import Body
    from symlint.source.text import Range
    from symlint.sym.catalogue.provider import Argument, Schema
    from symlint.sym.model.views import Lookup
    from symlint.sym.provider.blocks import Place
    from symlint.sym.provider.schema_problems import Written
    from symlint.sym.provider.versions import ProviderVersions
    from symlint.sym.versions import Version
    from symlint.terraform.instances.bodies import BlockInstance, ConfiguredBody
    from symlint.terraform.instances.module_instance import ModuleInstance
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.modules.declarations import ProviderConfiguration, ResourceDeclaration

    Table = Mapping[str, tuple[Argument, ...]]
    Versions = tuple[Version, ...]

_RESOURCE_META: Final = RESOURCE_META_ARGUMENTS | RESOURCE_META_BLOCKS
_PROVIDER_META: Final = frozenset(("alias", "version"))
_NOTHING: Final[frozenset[str]] = frozenset()


_STEPS_PER_RESOURCE: Final = 600
"""What it costs of the budget to compare a resource with the schema, in steps."""

_STEPS_PER_PROBLEM: Final = 60
"""What it costs to keep something that is wrong, in steps."""


class _Context:
    """What stays the same while a resource and its nested blocks are checked."""

    __slots__ = ("meta", "versions")

    def __init__(self, versions: ProviderVersions, meta: frozenset[str]) -> None:
        self.versions: Final = versions
        self.meta: Final = meta


class SchemaChecker:
    """Goes through a configuration once; see ``check_schema``."""

    def __init__(self, sym: Lookup) -> None:
        self._sym: Final = sym
        self._provider: Final = sym.catalogue.provider
        self._requirements: Final = sym.once(read_requirements)
        # One for all root modules of a run.
        known = sym.terraform.cache.answers
        self._forms: Final[FormsByVersion] = known.setdefault(FormsByVersion, FormsByVersion())
        self._values: Final = ValueChecker(sym, self._forms, self._add, self._add_undecided)
        self._problems: dict[tuple[object, ...], SchemaProblem] = {}
        self._undecided: dict[UndecidedQuestion, None] = {}
        self._blocks = 0
        self._by_value: Final = sym.terraform.options.defaults

    def report(self) -> SchemaReport:
        """Check everything."""
        for module in self._modules():
            for declaration in module.module.all_resources:
                if is_sym_type(declaration.type):
                    if not self._sym.terraform.budget.spend(_STEPS_PER_RESOURCE):
                        break
                    self._resource(module, declaration)
                elif resembles_sym_type(declaration, module.module, self._provider):
                    self._misspelled(module, declaration)
            for configuration in module.module.providers.values():
                self._provider_block(module, configuration)
        return SchemaReport(tuple(self._problems.values()), tuple(self._undecided), self._blocks)

    # What has no instances is looked at where no variable is known: values may be empty where
    # the variable that switches the block off is what it is.

    def _modules(self) -> Iterable[ModuleInstance]:
        sym = self._sym
        return sym.module_instances if self._by_value else modules_as_written(sym)

    def _instances(
        self, module: ModuleInstance, declaration: ResourceDeclaration
    ) -> list[ResourceInstance]:
        if not self._by_value:
            return list(instances_as_written(module, declaration))
        group = module.resource_group(declaration.kind, declaration.type, declaration.name)
        return [] if group is None else list(group.instances.values())

    def _add(self, problem: SchemaProblem) -> None:
        if self._sym.terraform.budget.spend(_STEPS_PER_PROBLEM):
            self._problems.setdefault(problem.key, problem)

    def _add_undecided(self, question: UndecidedQuestion) -> None:
        self._undecided.setdefault(question)

    # --- blocks at the top ---

    def _resource(self, module: ModuleInstance, declaration: ResourceDeclaration) -> None:
        versions = self._requirements.versions_for(module, declaration)
        if versions is None:
            return
        judged = self._forms.judged(versions)
        if not judged:
            reason = "symlint knows no version of the provider that is admitted"
            question = "does the block fit the provider?"
            self._add_undecided(
                UndecidedQuestion("unknown-argument", declaration.range, question, reason)
            )
            return
        instances = self._instances(module, declaration)
        if not instances:
            return
        schemas: Mapping[str, Schema] = {}
        if declaration.kind == "resource":
            schemas = self._provider.resources
        elif declaration.kind == "data":
            schemas = self._provider.data_sources
        name, place = declaration.type, place_of(instances[0])
        range_ = _type_range(declaration)
        if name not in schemas:
            known = tuple(schemas)
            self._add(
                SchemaProblem(
                    "unknown-type", place, name, range_, versions, judged, candidates=known,
                    detail=declaration.kind,
                )
            )  # fmt: skip  # as many a line as fit
            return
        schema = schemas[name]
        existing = self._forms.having(schema, judged)
        if not existing:
            self._add(
                SchemaProblem(
                    "unavailable", place, name, range_, versions, judged, subject=schema,
                    written="block", detail="type",
                )
            )  # fmt: skip  # as many a line as fit
            return
        lowest = versions.lowest
        if lowest is not None and schema.since is not None and lowest < schema.since:
            self._add(
                SchemaProblem(
                    "newer", place, name, range_, versions, judged, "block", schema, detail="type"
                )
            )
        context = _Context(versions, _RESOURCE_META)
        for instance in instances:
            self._body(place_of(instance), instance, schema, existing, context)

    def _misspelled(self, module: ModuleInstance, declaration: ResourceDeclaration) -> None:
        """A type that nobody has, for its prefix is the name of no provider."""
        versions = next(iter(self._requirements.addresses.values()), None)
        instance = next(iter(self._instances(module, declaration)), None)
        if versions is not None and instance is not None:
            self._add(
                SchemaProblem(
                    "unknown-type", place_of(instance), declaration.type, _type_range(declaration),
                    versions, versions.judged, candidates=tuple(self._provider.resources),
                    detail=declaration.kind,
                )
            )  # fmt: skip  # as many a line as fit

    def _provider_block(self, module: ModuleInstance, declaration: ProviderConfiguration) -> None:
        versions = self._requirements.versions_for(module, declaration)
        judged = () if versions is None else self._forms.judged(versions)
        if versions is None or not judged:
            return
        body = provider_body(module, declaration)
        place = provider_place(module, declaration)
        context = _Context(versions, _PROVIDER_META)
        self._body(place, body, self._provider.block, judged, context)

    # --- bodies ---

    def _body(
        self,
        place: Place,
        body: ConfiguredBody,
        schema: Schema,
        judged: Versions,
        context: _Context,
    ) -> None:
        self._blocks += 1
        table = schema.arguments
        present: dict[str, Written] = {}
        items = tuple(items_of(body))
        given = {name: range_ for name, range_, written in items if written == "attribute"}
        for name, range_, written in items:
            if name in context.meta and not place.path:
                continue
            here = self._name(place, name, range_, table, judged, context, written, given)
            if here:
                judged = here
                present[name] = written
        for name, written in present.items():
            form = self._forms.at(table[name], judged)[-1]
            assert form is not None
            if form.form == "block":
                self._nested(place, body, form, judged, context)
            elif written == "attribute":
                self._values.check(place, body, table[name], judged, context.versions)
        if body.complete:
            self._missing(place, body, table, judged, present, context)
        if within_lowest(schema, context.versions):
            self._newer(place, body, table, judged, context)

    def _name(
        self,
        place: Place,
        name: str,
        range_: Range,
        table: Table,
        judged: Versions,
        context: _Context,
        written: Written,
        given: Mapping[str, Range],
    ) -> Versions:
        """The judged versions that have ``name`` in the form in which it is written."""

        def problem(kind: SchemaProblemKind, subject: Argument | None, detail: str = "") -> None:
            candidates = names_at(table, judged) if subject is None else ()
            self._add(
                SchemaProblem(
                    kind, place, name, range_, context.versions, judged, written, subject,
                    candidates, detail=detail, history=forms or (), given=given,
                )
            )  # fmt: skip  # as many a line as fit

        forms = table.get(name)
        if forms is None:
            problem("unknown-argument", None, self._home(place, name, judged))
            return ()
        allowed: tuple[Written, ...] = (
            (written, "block") if is_json_file(range_.path) else (written,)
        )
        fitting = self._forms.fitting(forms, judged, allowed)
        if fitting:
            return fitting
        existing = [form for form in self._forms.at(forms, judged) if form is not None]
        if not existing:
            problem("unavailable", nearest_form(forms, judged))
        else:
            changed = len({form.form for form in forms}) > 1
            problem("form", existing[-1], "changed" if changed else "")
        return ()

    def _home(self, place: Place, name: str, judged: Versions) -> str:
        """The title of the block of the same resource that has an argument of this name."""
        if place.kind != "sym_flow":
            return ""
        owners = {"sym_flow": self._provider.resources["sym_flow"], **self._provider.blocks}
        for title, schema in owners.items():
            forms = schema.arguments.get(name)
            if title != place.title and forms and any(form_at(forms, it) for it in judged):
                return title
        return ""

    def _nested(
        self,
        place: Place,
        body: ConfiguredBody,
        form: Argument,
        judged: Versions,
        context: _Context,
    ) -> None:
        assert form.block is not None
        schema = self._provider.blocks[form.block]
        blocks = body.blocks(form.name)
        certain = [block for block in blocks if not block.symbolic]
        if form.max_blocks and len(certain) > form.max_blocks:
            surplus = certain[form.max_blocks]
            self._add(
                SchemaProblem(
                    "repeated", place, form.name, header_of(surplus), context.versions, judged,
                    "block", form, use=header_of(certain[0]),
                )
            )  # fmt: skip  # as many a line as fit
        self._dynamic(place, body, form, judged, context)
        for block in blocks:
            self._labels(place, block, judged, context)
            inner = place.inside(form.name, header_of(block))
            self._body(inner, block, schema, judged, context)

    def _dynamic(
        self,
        place: Place,
        body: ConfiguredBody,
        form: Argument,
        judged: Versions,
        context: _Context,
    ) -> None:
        for block in body.body.blocks("dynamic"):
            named = bool(block.labels) and block.labels[0].value == form.name
            lacking = _lacking(block.body) if named and block.body.complete else ""
            if lacking:
                self._add(
                    SchemaProblem(
                        "dynamic", place, form.name, block.header_range, context.versions, judged,
                        "block", form, detail=lacking,
                    )
                )  # fmt: skip  # as many a line as fit

    def _labels(
        self, place: Place, block: BlockInstance, judged: Versions, context: _Context
    ) -> None:
        written = block.block
        if written.type != "dynamic" and written.labels:
            self._add(
                SchemaProblem(
                    "label", place, block.type, written.labels[0].range, context.versions, judged,
                    "block",
                )
            )  # fmt: skip  # as many a line as fit

    # --- what is not there ---

    def _missing(
        self,
        place: Place,
        body: ConfiguredBody,
        table: Table,
        judged: Versions,
        present: Mapping[str, Written],
        context: _Context,
    ) -> None:
        written = {name for name, _, _ in items_of(body)}
        for name, form in self._forms.required(table, judged).items():
            value = body.attribute(name) if name in present else None
            if name in written and not (value is not None and value.is_null):
                continue
            attribute = body.configured(name) if value is not None else None
            self._add(
                SchemaProblem(
                    "missing", place, name,
                    place.header if attribute is None else attribute.value.range,
                    context.versions, judged, subject=form, value=value,
                    candidates=tuple(
                        other for other in written if other not in table
                        and other not in context.meta
                    ),
                    history=table[name],
                )
            )  # fmt: skip  # as many a line as fit

    def _newer(
        self,
        place: Place,
        body: ConfiguredBody,
        table: Table,
        judged: Versions,
        context: _Context,
    ) -> None:
        lowest = context.versions.lowest
        if lowest is None or len(judged) != 1:
            return
        newer = self._forms.newer(table, lowest, judged)
        for name, range_, written in items_of(body) if newer else ():
            if name in newer:
                self._add(
                    SchemaProblem(
                        "newer", place, name, range_, context.versions, judged, written, newer[name]
                    )
                )


def check_schema(sym: Lookup) -> SchemaReport:
    """Everything in which a configuration contradicts the schema of the Sym provider."""
    return SchemaChecker(sym).report()


def _lacking(dynamic: Body) -> str:
    """What a ``dynamic`` block cannot do without, and has not."""
    if not any(dynamic.blocks("content")):
        return "content block"
    return "for_each" if dynamic.attribute("for_each") is None else ""


def _type_range(declaration: ResourceDeclaration) -> Range:
    """The label that names the type of a resource."""
    labels = declaration.block.labels
    return labels[0].range if labels else declaration.range


if TYPE_CHECKING:
    from symlint.sym.provider.schema_problems import SchemaProblemKind
