"""What one directory declares: a module before anything in it has been evaluated.

https://developer.hashicorp.com/terraform/language/files
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final, Literal, TypeAlias
from symlint.hcl import nodes
from symlint.hcl.walk import child_at
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from symlint.source.text import Range
    from symlint.terraform.expressions.type_constraints import Constraint
    from symlint.terraform.values.problems import Problem
    from symlint.terraform.values.value import Value

ResourceKind: TypeAlias = Literal["resource", "data", "ephemeral"]

RESOURCE_KINDS: Final[dict[str, ResourceKind]] = {
    "resource": "resource",
    "data": "data",
    "ephemeral": "ephemeral",
}
MODULE_META_ARGUMENTS: Final = frozenset(
    ("source", "version", "count", "for_each", "providers", "depends_on")
)
RESOURCE_META_ARGUMENTS: Final = frozenset(("count", "for_each", "provider", "depends_on"))
RESOURCE_META_BLOCKS: Final = frozenset(("lifecycle", "provisioner", "connection"))

_MAXIMUM_LENGTH: Final = 1000
_MAXIMUM_PARTS: Final = 8
_MAXIMUM_HOPS: Final = 4
"""Of locals between a module call and the text of its source: 8 ** 4 texts are joined at most."""


def literal_text(expression: nodes.Expression | None) -> str | None:
    """The text of a constant string, or None."""
    if type(expression) is nodes.Literal and isinstance(expression.value, str):
        return expression.value
    return None


def early_text(
    expression: nodes.TemplatePart | nodes.Expression | None,
    locals_: Mapping[str, LocalDeclaration],
    depth: int = 0,
) -> str | None:
    """The text of a constant string, or of one that is made of locals that are constant."""
    if type(expression) is nodes.Interpolation:
        expression = expression.expression
    if type(expression) is nodes.Template:
        if len(expression.parts) > _MAXIMUM_PARTS:
            return None
        parts = [early_text(it, locals_, depth) for it in expression.parts]
        known = [it for it in parts if it is not None and len(it) <= _MAXIMUM_LENGTH]
        return "".join(known) if len(known) == len(parts) else None
    if type(expression) is nodes.Literal:
        return literal_text(expression)
    if type(expression) is not nodes.Traversal:
        return None
    if depth >= _MAXIMUM_HOPS:
        return None
    local = _local_of(expression, locals_)
    return None if local is None else early_text(local.attribute.value, locals_, depth + 1)


def _local_of(
    expression: nodes.Expression | None, locals_: Mapping[str, LocalDeclaration]
) -> LocalDeclaration | None:
    """The local that an expression is the whole value of."""
    if type(expression) is not nodes.Traversal or expression.root != "local":
        return None
    step = expression.steps[0] if len(expression.steps) == 1 else None
    return locals_.get(step.name) if type(step) is nodes.AttributeStep else None


def declared_at(file: nodes.Body, offset: int) -> str:
    """The address, inside its own module, of the block or local around a place in a file, or "".

    Whatever the block declares, or fails to: it may be one of two of a name, or of no known type.
    """
    block = child_at(file.items, offset)
    if type(block) is not nodes.Block:
        return ""
    if block.type == "locals":
        local = child_at(block.body.items, offset)
        return f"local.{local.name}" if type(local) is nodes.Attribute else ""
    prefix = {"resource": (), "variable": ("var",)}.get(block.type, (block.type,))
    return ".".join((*prefix, *(label.value for label in block.labels)))


def _is_taken_as_it_is(expression: nodes.Expression) -> bool:
    if type(expression) is nodes.Traversal:
        return expression.root in ("var", "local") and len(expression.steps) == 1
    return type(expression) is nodes.Literal


class Declaration:
    """A block that declares something, after overrides; ``block`` spans the first declaration."""

    __slots__ = ("_calculated", "_range", "attributes", "block", "name")

    def __init__(self, name: str, block: nodes.Block) -> None:
        self.name: Final = name
        self.block: Final = block
        self.attributes: Final[Mapping[str, nodes.Attribute]] = block.body.attributes
        self._calculated: tuple[str, ...] | None = None
        self._range: Range | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"

    @property
    def range(self) -> Range:
        """The header of the block: its type and labels."""
        found = self._range
        if found is None:
            found = self._range = self.block.header_range
        return found

    @property
    def complete(self) -> bool:
        """Whether no syntax error took anything out of the block."""
        return self.block.body.complete

    @property
    def calculated(self) -> tuple[str, ...]:
        """The attributes that are neither literals, nor variables or locals as they are."""
        found = self._calculated
        if found is None:
            items = self.attributes.items()
            found = tuple([name for name, it in items if not _is_taken_as_it_is(it.value)])
            self._calculated = found
        return found

    def expression(self, name: str) -> nodes.Expression | None:
        """The expression of one attribute, or None."""
        attribute = self.attributes.get(name)
        return None if attribute is None else attribute.value


class VariableDeclaration(Declaration):
    """``variable "name" { ... }``."""

    __slots__ = ("constraint_cache", "default_cache", "sensitive")

    def __init__(self, name: str, block: nodes.Block) -> None:
        super().__init__(name, block)
        self.sensitive: Final = self._flag("sensitive", False)
        """Whether the value must not be shown."""
        # Filled by the first evaluation of the variable: both are the same for every instance.
        self.constraint_cache: Constraint | None = None
        self.default_cache: Value | None = None

    def _flag(self, name: str, default: bool) -> bool:
        expression = self.expression(name)
        if type(expression) is nodes.Literal:
            value = expression.value
            if isinstance(value, bool):
                return value
            if value in ("true", "false"):
                return value == "true"
        return default

    @property
    def required(self) -> bool:
        """Whether a caller has to give a value."""
        return "default" not in self.attributes

    @property
    def nullable(self) -> bool:
        """Whether null is a value of the variable; true when not said."""
        return self._flag("nullable", True)

    @property
    def validations(self) -> Iterator[nodes.Block]:
        """The ``validation`` blocks."""
        return self.block.body.blocks("validation")


class LocalDeclaration(NamedTuple):
    """One name of a ``locals`` block."""

    name: str
    attribute: nodes.Attribute

    @property
    def range(self) -> Range:
        """The name's range."""
        return self.attribute.name_range


class OutputDeclaration(Declaration):
    """``output "name" { ... }``."""

    __slots__ = ()


class ResourceDeclaration(Declaration):
    """``resource``, ``data`` or ``ephemeral`` with its type and name."""

    __slots__ = ("kind", "repeated", "single", "type")

    def __init__(self, kind: ResourceKind, type_name: str, name: str, block: nodes.Block) -> None:
        super().__init__(name, block)
        self.kind: Final[ResourceKind] = kind
        self.type: Final = type_name
        self.repeated: Final = repetition_of(self)
        """Which of the two meta-arguments makes instances, if any."""
        self.single: Final = self.repeated is None and next(enabled_of(self), None) is None
        """Whether nothing decides how many instances there are: there is one."""

    @property
    def local_name(self) -> str:
        """The address as it is written inside the module: ``sym_flow.x``, ``data.t.x``."""
        prefix = "" if self.kind == "resource" else self.kind + "."
        return f"{prefix}{self.type}.{self.name}"


class ModuleCall(Declaration):
    """``module "name" { ... }``; ``locals`` are those of the module that it stands in."""

    __slots__ = ("_arguments", "_source", "locals", "repeated", "single")

    def __init__(
        self, name: str, block: nodes.Block, locals_: Mapping[str, LocalDeclaration]
    ) -> None:
        super().__init__(name, block)
        self.locals: Final = locals_
        self.repeated: Final = repetition_of(self)
        """Which of the two meta-arguments makes instances, if any."""
        self.single: Final = self.repeated is None and next(enabled_of(self), None) is None
        """Whether nothing decides how many instances there are: there is one."""
        self._source: str | None = ""
        self._arguments: tuple[nodes.Attribute, ...] | None = None

    @property
    def source(self) -> str | None:
        """The text of ``source``, or None where it is missing or not known before evaluation.

        It may come from locals: OpenTofu takes it from there, and Terraform's users mean it.
        """
        found = self._source
        if found == "":
            found = self._source = early_text(self.expression("source"), self.locals)
        return found

    @property
    def source_expression(self) -> nodes.Expression | None:
        """What says the whole text of ``source``: the argument, or the local it comes from."""
        expression = self.expression("source")
        for _ in range(_MAXIMUM_HOPS):
            local = _local_of(expression, self.locals)
            if local is None:
                break
            expression = local.attribute.value
        return expression

    @property
    def version(self) -> str | None:
        """The text of ``version``, or None."""
        return early_text(self.expression("version"), self.locals)

    @property
    def is_local(self) -> bool:
        """Whether the source is a directory of the configuration (``./`` or ``../``)."""
        return is_local_source(self.source)

    @property
    def arguments(self) -> tuple[nodes.Attribute, ...]:
        """The attributes that give values to the called module's variables."""
        found = self._arguments
        if found is None:
            items = self.attributes.items()
            found = tuple([it for name, it in items if name not in MODULE_META_ARGUMENTS])
            self._arguments = found
        return found


def repetition_of(declaration: Declaration) -> Literal["count", "for_each"] | None:
    """Which of ``count`` and ``for_each`` a block has; ``for_each`` where it wrongly has both.

    Where one of them stands in an override file, it has both, and ``count`` counts.
    """
    count, for_each = declaration.attributes.get("count"), declaration.attributes.get("for_each")
    if for_each is not None and (count is None or count.source is for_each.source):
        return "for_each"
    return None if count is None else "count"


def enabled_of(declaration: Declaration) -> Iterator[nodes.Expression]:
    """What OpenTofu makes the existence of a resource or module depend on, if anything."""
    for lifecycle in declaration.block.body.blocks("lifecycle"):
        attribute = lifecycle.body.attribute("enabled")
        if attribute is not None:
            yield attribute.value


def is_local_source(source: str | None) -> bool:
    """Whether a module source is a path of the configuration itself.

    https://developer.hashicorp.com/terraform/language/modules/sources#local-paths
    """
    return source is not None and (source.startswith(("./", "../", ".\\", "..\\")))


class ProviderConfiguration(Declaration):
    """``provider "name" { alias = ... }``."""

    __slots__ = ("alias",)

    def __init__(self, name: str, alias: str | None, block: nodes.Block) -> None:
        super().__init__(name, block)
        self.alias: Final = alias

    @property
    def local_name(self) -> str:
        """``aws`` or ``aws.alias``."""
        return self.name if self.alias is None else f"{self.name}.{self.alias}"


class ProviderRequirement(NamedTuple):
    """One entry of ``required_providers``; ``source`` and ``version`` as far as constant."""

    name: str
    source: str | None
    version: str | None
    attribute: nodes.Attribute
    version_expression: nodes.Expression | None = None
    source_expression: nodes.Expression | None = None
    configuration_aliases: tuple[str, ...] = ()


class Module:
    """The merged declarations of one directory. Never changed once the loader has built it.

    ``complete`` is false when a file could not be read or parsed in full: nothing may then be
    concluded from what is absent. ``problems`` are those of merging (duplicates, overrides of
    nothing); static checks are made elsewhere.
    """

    __slots__ = (
        "bodies",
        "calls",
        "characters",
        "checks",
        "complete",
        "data",
        "directory",
        "ephemeral",
        "imports",
        "locals",
        "moved",
        "outputs",
        "problems",
        "provider_requirements",
        "providers",
        "removed",
        "resources",
        "terraform_blocks",
        "variables",
    )

    def __init__(self, directory: str) -> None:
        self.directory: Final = directory
        self.complete = True
        self.bodies: tuple[nodes.Body, ...] = ()
        self.characters = 0
        """How long its text is."""
        self.variables: dict[str, VariableDeclaration] = {}
        self.locals: dict[str, LocalDeclaration] = {}
        self.outputs: dict[str, OutputDeclaration] = {}
        self.resources: dict[tuple[str, str], ResourceDeclaration] = {}
        self.data: dict[tuple[str, str], ResourceDeclaration] = {}
        self.ephemeral: dict[tuple[str, str], ResourceDeclaration] = {}
        self.calls: dict[str, ModuleCall] = {}
        self.providers: dict[tuple[str, str | None], ProviderConfiguration] = {}
        self.provider_requirements: dict[str, ProviderRequirement] = {}
        self.terraform_blocks: tuple[nodes.Block, ...] = ()
        self.moved: tuple[nodes.Block, ...] = ()
        self.imports: tuple[nodes.Block, ...] = ()
        self.removed: tuple[nodes.Block, ...] = ()
        self.checks: dict[str, Declaration] = {}
        self.problems: tuple[Problem, ...] = ()

    def __repr__(self) -> str:
        return f"Module({self.directory!r})"

    def of_kind(self, kind: ResourceKind) -> dict[tuple[str, str], ResourceDeclaration]:
        """The resources, data sources or ephemeral resources by type and name."""
        if kind == "resource":
            return self.resources
        return self.data if kind == "data" else self.ephemeral

    @property
    def all_resources(self) -> Iterator[ResourceDeclaration]:
        """Resources, data sources and ephemeral resources in order of declaration."""
        yield from self.resources.values()
        yield from self.data.values()
        yield from self.ephemeral.values()
