"""Files of one directory become one module: duplicates and override files.

https://developer.hashicorp.com/terraform/language/files/override
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl import nodes
from symlint.terraform.modules.declarations import (
    RESOURCE_KINDS,
    Declaration,
    LocalDeclaration,
    Module,
    ModuleCall,
    OutputDeclaration,
    ProviderConfiguration,
    ProviderRequirement,
    ResourceDeclaration,
    VariableDeclaration,
    literal_text,
)
from symlint.terraform.values.problems import Problem, RelatedRange

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from symlint.source.text import Range

_NOUNS: Final = {"data": "data source", "ephemeral": "ephemeral resource", "module": "module call"}


def merge_bodies(base: nodes.Body, overrides: Sequence[nodes.Body]) -> nodes.Body:
    """``base`` with everything that ``overrides`` say instead, one after the other.

    Attributes replace attributes; blocks of one type replace all blocks of that type, ``dynamic``
    ones included; ``lifecycle`` blocks are merged argument by argument.
    """
    bodies = (base, *overrides)
    last = {_subject(item): number for number, body in enumerate(bodies) for item in body.items}
    lifecycles = [next(body.blocks("lifecycle"), None) for body in bodies]
    first = next((number for number, found in enumerate(lifecycles) if found is not None), None)
    items: list[nodes.Attribute | nodes.Block] = []
    for number, body in enumerate(bodies):
        for item in body.items:
            if type(item) is nodes.Block and item.type == "lifecycle":
                if number == first:
                    later = [it.body for it in lifecycles[number + 1 :] if it is not None]
                    merged = merge_bodies(item.body, later) if later else item.body
                    items.append(_with_body(item, merged))
            elif last[_subject(item)] == number:
                items.append(item)
    complete = all(body.complete for body in bodies)
    return nodes.Body(base.source, base.start, base.end, tuple(items), complete)


def _subject(item: nodes.Attribute | nodes.Block) -> tuple[str, str]:
    """What an item says something of, so that another one is instead of it."""
    if type(item) is nodes.Block:
        return "block", _block_type(item)
    assert type(item) is nodes.Attribute
    return "attribute", item.name


def _block_type(block: nodes.Block) -> str:
    """The type that the block contributes: that of its label for ``dynamic``."""
    return block.labels[0].value if block.type == "dynamic" and block.labels else block.type


def _with_body(block: nodes.Block, body: nodes.Body) -> nodes.Block:
    return nodes.Block(
        block.source, block.start, block.end, block.type, block.labels, block.header_end, body
    )


class ModuleBuilder:
    """Collects the blocks of a directory's files, then gives the module."""

    def __init__(self, directory: str) -> None:
        self._module = Module(directory)
        self._bodies: list[nodes.Body] = []
        self._problems: list[Problem] = []
        self._terraform: list[nodes.Block] = []
        self._moved: list[nodes.Block] = []
        self._imports: list[nodes.Block] = []
        self._removed: list[nodes.Block] = []
        self._requirements_block: nodes.Block | None = None
        # What overrides each declaration, and what is done with all of it.
        self._overrides: dict[tuple[int, Hashable], list[nodes.Body]] = {}
        self._applying: list[Callable[[], None]] = []

    def incomplete(self) -> None:
        """Note that something of the module could not be read."""
        self._module.complete = False

    def build(self) -> Module:
        """The module of all files added."""
        module = self._module
        for apply in self._applying:
            apply()
        module.bodies = tuple(self._bodies)
        module.characters = sum(len(body.source.text) for body in module.bodies)
        module.terraform_blocks = tuple(self._terraform)
        module.moved = tuple(self._moved)
        module.imports = tuple(self._imports)
        module.removed = tuple(self._removed)
        module.problems = tuple(self._problems)
        return module

    def add(self, body: nodes.Body, override: bool) -> None:
        """Take the blocks of one file; all primary files come before all override files."""
        self._bodies.append(body)
        if not body.complete:
            self.incomplete()
        for block in body.blocks():
            labels = tuple(label.value for label in block.labels)
            handler = self._handlers.get((block.type, len(labels)))
            if handler is not None:
                handler(self, block, labels, override)

    # --- one method for each type of block ---

    def _variable(self, block: nodes.Block, labels: tuple[str, ...], override: bool) -> None:
        declared = self._module.variables
        self._declare(declared, labels[0], block, override, VariableDeclaration)

    def _output(self, block: nodes.Block, labels: tuple[str, ...], override: bool) -> None:
        self._declare(self._module.outputs, labels[0], block, override, OutputDeclaration)

    def _call(self, block: nodes.Block, labels: tuple[str, ...], override: bool) -> None:
        locals_ = self._module.locals

        def make(name: str, block: nodes.Block) -> ModuleCall:
            return ModuleCall(name, block, locals_)

        self._declare(self._module.calls, labels[0], block, override, make)

    def _check(self, block: nodes.Block, labels: tuple[str, ...], override: bool) -> None:
        if override:
            self._cannot_override(block)
            return
        self._declare(self._module.checks, labels[0], block, override, Declaration)
        # Its data source is one of the module, though only the check may refer to it.
        for data in block.body.blocks("data"):
            if len(data.labels) == 2:
                self._resource(data, tuple(label.value for label in data.labels), override)

    def _check_override(self, block: nodes.Block) -> None:
        attribute = block.body.attribute("depends_on")
        if attribute is not None:
            message = "depends_on cannot be overridden"
            self._problems.append(Problem("structure", attribute.name_range, message))
        for parent in (block, *block.body.blocks("lifecycle")):
            for inner in parent.body.blocks():
                if inner.type in ("validation", "precondition", "postcondition"):
                    self._cannot_override(inner)

    def _declare(
        self,
        declared: dict[str, _D],
        name: str,
        block: nodes.Block,
        override: bool,
        make: Callable[[str, nodes.Block], _D],
    ) -> None:
        previous = declared.get(name)
        noun = _NOUNS.get(block.type, block.type)
        if override:
            self._check_override(block)
            if previous is None:
                self._overrides_nothing(f'{noun} "{name}"', block.header_range)
            else:
                self._override(declared, name, block, lambda whole: make(name, whole))
        elif previous is not None:
            self._duplicate(f'{noun} "{name}"', block.header_range, previous.range)
        else:
            declared[name] = make(name, block)

    def _resource(self, block: nodes.Block, labels: tuple[str, ...], override: bool) -> None:
        kind = RESOURCE_KINDS[block.type]
        type_name, name = labels
        declared = self._module.of_kind(kind)
        previous = declared.get((type_name, name))
        noun = f'{_NOUNS.get(kind, kind)} "{type_name}" "{name}"'

        def make(block: nodes.Block) -> ResourceDeclaration:
            return ResourceDeclaration(kind, type_name, name, block)

        if override:
            self._check_override(block)
            if previous is None:
                self._overrides_nothing(noun, block.header_range)
            else:
                self._override(declared, (type_name, name), block, make)
        elif previous is not None:
            self._duplicate(noun, block.header_range, previous.range)
        else:
            declared[type_name, name] = make(block)

    def _override(
        self,
        declared: dict[_K, _D],
        key: _K,
        block: nodes.Block,
        make: Callable[[nodes.Block], _D],
    ) -> None:
        """Take note of what a block says instead of what is declared; all of it is merged at once."""
        bodies = self._overrides.setdefault((id(declared), key), [])
        bodies.append(block.body)
        if len(bodies) > 1:
            return

        def apply() -> None:
            base = declared[key].block
            declared[key] = make(_with_body(base, merge_bodies(base.body, bodies)))

        self._applying.append(apply)

    def _locals(self, block: nodes.Block, _labels: tuple[str, ...], override: bool) -> None:
        declared = self._module.locals
        for item in block.body.items:
            if type(item) is not nodes.Attribute:
                continue
            previous = declared.get(item.name)
            if override and previous is None:
                self._overrides_nothing(f'local value "{item.name}"', item.name_range)
            elif not override and previous is not None:
                self._duplicate(f'local value "{item.name}"', item.name_range, previous.range)
            else:
                declared[item.name] = LocalDeclaration(item.name, item)

    def _provider(self, block: nodes.Block, labels: tuple[str, ...], override: bool) -> None:
        name = labels[0]
        attribute = block.body.attribute("alias")
        alias = None if attribute is None else literal_text(attribute.value)
        if attribute is not None and alias is None:
            return
        declared = self._module.providers
        previous = declared.get((name, alias))
        title = f'provider "{name}"' + (f' with alias "{alias}"' if alias else "")

        def make(block: nodes.Block) -> ProviderConfiguration:
            return ProviderConfiguration(name, alias, block)

        if override and previous is not None:
            self._override(declared, (name, alias), block, make)
        elif override and alias is not None:
            # Overriding a default configuration that is not written down is allowed: an absent
            # provider block means an empty one.
            self._overrides_nothing(title, block.header_range)
        elif previous is not None:
            self._duplicate(title, block.header_range, previous.range)
        else:
            declared[name, alias] = make(block)

    def _terraform_block(
        self, block: nodes.Block, _labels: tuple[str, ...], override: bool
    ) -> None:
        self._terraform.append(block)
        for required in block.body.blocks("required_providers"):
            first = self._requirements_block
            if not override:
                if first is not None:
                    self._duplicate(
                        "required_providers block", required.header_range, first.header_range
                    )
                    continue
                self._requirements_block = required
            for attribute in required.body.attributes.values():
                requirement = provider_requirement(attribute)
                self._module.provider_requirements[attribute.name] = requirement

    def _settings_of_history(
        self, block: nodes.Block, _labels: tuple[str, ...], override: bool
    ) -> None:
        if override:
            self._cannot_override(block)
            return
        {"moved": self._moved, "import": self._imports, "removed": self._removed}[
            block.type
        ].append(block)

    # --- problems ---

    def _cannot_override(self, block: nodes.Block) -> None:
        problem = Problem(
            "structure",
            block.header_range,
            f'"{block.type}" blocks cannot stand in an override file',
            help="move the block to a file that is not an override file",
        )
        self._problems.append(problem)

    def _duplicate(self, what: str, range_: Range, first: Range) -> None:
        problem = Problem(
            "duplicate",
            range_,
            f"{what} is declared more than once",
            label="declared again",
            help="remove or rename one of the two",
            related=(RelatedRange(first, "first declared here"),),
        )
        self._problems.append(problem)

    def _overrides_nothing(self, what: str, range_: Range) -> None:
        if not self._module.complete:
            return
        self._problems.append(
            Problem(
                "structure",
                range_,
                f"there is no {what} for this override",
                help="declare it in a file that is not an override file",
            )
        )

    _handlers: Final[dict[tuple[str, int], _Handler]] = {
        ("variable", 1): _variable,
        ("output", 1): _output,
        ("module", 1): _call,
        ("check", 1): _check,
        ("resource", 2): _resource,
        ("data", 2): _resource,
        ("ephemeral", 2): _resource,
        ("locals", 0): _locals,
        ("provider", 1): _provider,
        ("terraform", 0): _terraform_block,
        ("moved", 0): _settings_of_history,
        ("import", 0): _settings_of_history,
        ("removed", 0): _settings_of_history,
    }


def provider_requirement(attribute: nodes.Attribute) -> ProviderRequirement:
    """One entry of ``required_providers``: an object, or the old form, a version alone."""
    value = attribute.value
    if type(value) is not nodes.Object:
        return ProviderRequirement(attribute.name, None, literal_text(value), attribute, value)
    entries = {literal_text(item.key): item.value for item in value.items}
    source, version = entries.get("source"), entries.get("version")
    return ProviderRequirement(
        attribute.name,
        literal_text(source),
        literal_text(version),
        attribute,
        version,
        source,
        tuple(_aliases(entries.get("configuration_aliases"))),
    )


def _aliases(expression: nodes.Expression | None) -> Iterable[str]:
    if type(expression) is nodes.Tuple:
        for element in expression.elements:
            if type(element) is nodes.Traversal and len(element.steps) == 1:
                step = element.steps[0]
                if type(step) is nodes.AttributeStep:
                    yield f"{element.root}.{step.name}"


if TYPE_CHECKING:
    from typing import TypeAlias, TypeVar

    _D = TypeVar("_D", bound=Declaration)
    _K = TypeVar("_K", bound=Hashable)
    _Handler: TypeAlias = Callable[[ModuleBuilder, nodes.Block, tuple[str, ...], bool], None]
