"""The body of a block in one instance: attributes evaluated on demand, dynamic blocks expanded."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl import nodes
from symlint.source.file_names import is_json_file
from symlint.terraform.modules.sites import iterator_name
from symlint.terraform.values.problems import Problem
from symlint.terraform.values.unknowns import over_budget, without_empty_choices
from symlint.terraform.values.value import ReadFile, Unknown, Value, number, string, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.budget import Budget
    from symlint.source.text import Range
    from symlint.terraform.instances.module_scope import ModuleScope

MAXIMUM_BLOCKS: Final = 10_000
"""Blocks that one ``dynamic`` block makes at most; with more it makes one symbolic block."""

_STEPS_PER_BLOCK: Final = 150
"""What each of them costs of the budget, in steps, beside what is in it."""

_STEPS_PER_WRITTEN_BLOCK: Final = 40
"""What each nested block costs that is written."""

_STEPS_PER_LOOK: Final = 60
"""What each costs that is evaluated, also where the first one stands for all."""

_LONG: Final = 1_000
_CHARACTERS_PER_STEP: Final = 8
_CHARACTERS_OF_A_FILE_PER_STEP: Final = 32
"""What rules and functions do with a longer text takes time, and many blocks may have the same one.

What is read from a file is usually Python, which is looked at once for all of them.
"""

_MOST_PARTS: Final = 20
"""Of a larger collection, the parts are not looked at here: what goes through them counts them."""

_TOO_MANY: Final = "it has too many nested blocks to look at each of them"

_LOOPS: Final = unknown("error", "it refers to itself")


class ConfiguredBody:
    """What a block says, in one instance of it."""

    __slots__ = ("_body", "_values", "scope")

    def __init__(self, body: nodes.Body, scope: ModuleScope) -> None:
        self._body: Final = body
        self._values: dict[str, Value] = {}
        self.scope: Final = scope
        """The names that the block's expressions can use."""

    @property
    def body(self) -> nodes.Body:
        """The syntax of the block's body, after overrides."""
        return self._body

    @property
    def complete(self) -> bool:
        """Whether no syntax error took anything out of the body."""
        return self._body.complete

    def configured(self, name: str) -> nodes.Attribute | None:
        """The attribute as it is written, or None."""
        return self._body.attribute(name)

    def attribute(self, name: str) -> Value | None:
        """The value of an attribute; None when it is not configured."""
        found = self._values.get(name)
        if found is not None:
            return found
        written = self.configured(name)
        if written is None:
            return None
        self._values[name] = _LOOPS
        value = self.scope.evaluate(written.value)
        if not self.scope.certain:
            value = without_empty_choices(value)
        value = paid_for(value, written.value, self.scope.budget)
        self._values[name] = value
        return value

    def attributes(self) -> dict[str, Value]:
        """All configured attributes by name, in source order."""
        values = {}
        for item in self._body.items:
            if type(item) is nodes.Attribute:
                value = self.attribute(item.name)
                if value is not None:
                    values[item.name] = value
        return values

    def blocks(self, name: str | None = None) -> list[BlockInstance]:
        """The nested blocks (of one type), ``dynamic`` ones expanded, in source order.

        In JSON files, blocks of a type can only be distinguished from attributes when they are asked for.
        Where there are too many, the first one stands for all.
        """
        found: list[BlockInstance] = []
        written = tuple(self._body.blocks())
        if name is not None and is_json_file(self._body.source.path):
            from symlint.hcl.blocks import nested_blocks

            written = (*nested_blocks(self._body, name), *self._body.blocks("dynamic"))
        if name is not None:
            written = tuple(it for it in written if name in (it.type, _type_of_dynamic(it)))
        steps = len(written) * _STEPS_PER_WRITTEN_BLOCK
        symbolic = not self.scope.budget.spend_on_instances(steps, _TOO_MANY)
        for block in written[:1] if symbolic else written:
            if block.type == "dynamic":
                found.extend(_expand_dynamic(block, self.scope, symbolic))
            else:
                found.append(BlockInstance(block, block.type, block.body, self.scope, symbolic))
        return found

    def evaluate_all(self) -> None:
        """Evaluate every expression of the body once, so that its problems are reported."""
        self.attributes()
        for block in self.blocks():
            if not self.scope.budget.spend(_STEPS_PER_LOOK, _TOO_MANY):
                return
            block.evaluate_all()


def paid_for(value: Value, expression: nodes.Expression, budget: Budget) -> Value:
    """The value of an argument, with what looking at it takes spent; unknown where that is too much."""
    steps = _steps_of_long(value)
    return over_budget(expression) if steps and not budget.spend(steps) else value


def _steps_of_long(value: Value) -> int:
    """What looking at a value takes in one block, if it is a long text or has some in it."""
    content = value.content
    if type(content) is str:
        if len(content) < _LONG:
            return 0
        is_file = isinstance(value.written, ReadFile)
        return len(content) // (_CHARACTERS_OF_A_FILE_PER_STEP if is_file else _CHARACTERS_PER_STEP)
    if isinstance(content, dict):
        content = tuple(content.values()) if len(content) <= _MOST_PARTS else ()
    if isinstance(content, tuple) and len(content) <= _MOST_PARTS:
        return sum([_steps_of_long(part) for part in content])
    return 0


class BlockInstance(ConfiguredBody):
    """One nested block; ``symbolic`` when it stands for all that a ``dynamic`` block may make."""

    __slots__ = ("block", "symbolic", "type")

    def __init__(
        self,
        block: nodes.Block,
        type_name: str,
        body: nodes.Body,
        scope: ModuleScope,
        symbolic: bool = False,
    ) -> None:
        super().__init__(body, scope)
        self.block: Final = block
        self.type: Final = type_name
        self.symbolic: Final = symbolic

    def __repr__(self) -> str:
        return f"BlockInstance({self.type!r})"

    @property
    def range(self) -> Range:
        """The header of the block; that of the ``dynamic`` block where one made it."""
        return self.block.header_range


def _type_of_dynamic(block: nodes.Block) -> str | None:
    """The type of the blocks that a ``dynamic`` block makes; None if it is none, or has no label."""
    return block.labels[0].value if block.type == "dynamic" and block.labels else None


def _expand_dynamic(
    block: nodes.Block, scope: ModuleScope, all_symbolic: bool
) -> Iterator[BlockInstance]:
    """The blocks that a ``dynamic`` block makes.

    https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks
    """
    type_name = _type_of_dynamic(block)
    if type_name is None:
        return
    content = next(block.body.blocks("content"), None)
    for_each = block.body.attribute("for_each")
    if content is None or for_each is None:
        return
    iterator = iterator_name(block) or type_name
    for key, element, symbolic in elements_of_dynamic(for_each, scope):
        inner = scope.with_iterator(iterator, key, element, not symbolic)
        yield BlockInstance(block, type_name, content.body, inner, symbolic or all_symbolic)


def elements_of_dynamic(
    for_each: nodes.Attribute, scope: ModuleScope
) -> Iterator[tuple[Value, Value, bool]]:
    """Key, value and whether they stand for all, for each element of a dynamic's for_each."""
    value = scope.evaluate(for_each.value)
    content = value.content
    apart = isinstance(content, (tuple, dict)) and _affordable(len(content), scope)
    if apart and isinstance(content, tuple):
        is_set = value.type.kind == "set"
        for index, element in enumerate(content):
            yield (element if is_set else number(index, element.origin)), element, False
        return
    if apart and isinstance(content, dict):
        for key, element in sorted(content.items()):
            yield string(key, element.origin), element, False
        return
    if content is None or isinstance(content, (str, int, bool)):
        what = "null" if content is None else f"a {value.type.kind}"
        message = f"for_each of a dynamic block must be a collection, and is {what}"
        scope.report(Problem("structure", for_each.value.range, message))
        return
    reason = content.reason if isinstance(content, Unknown) else "the collection is not known"
    element_of = content.element if isinstance(content, Unknown) else None
    if scope.any_input:
        element_of = None
    yield (
        unknown("condition", reason, not_null=True),
        element_of if element_of is not None else unknown("condition", reason),
        True,
    )


def _affordable(count: int, scope: ModuleScope) -> bool:
    """Whether so many blocks can be told apart; what they cost is spent."""
    return count <= MAXIMUM_BLOCKS and scope.budget.spend_on_instances(
        count * _STEPS_PER_BLOCK, _TOO_MANY
    )
