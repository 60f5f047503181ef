"""The syntax tree of HCL: what every parser of this package lowers to.

Names follow the HCL native syntax specification
(https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md). Every node knows its source and
its exact range. Nodes are written out by hand with ``__slots__`` instead of as dataclasses: a
file makes tens of thousands of them, and creating 25 frozen dataclasses would cost a fifth of the
start-up budget. They are never changed after parsing; ``Final`` lets the type checker hold that.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Any, Final, TypeAlias
from symlint.source.text import Range

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping
    from decimal import Decimal
    from typing import TypeVar

    from symlint.source.text import SourceFile

    T = TypeVar("T")


class Node:
    """A stretch of source text with a meaning; ``start`` and ``end`` are offsets into it."""

    __slots__ = ("end", "source", "start")

    def __init__(self, source: SourceFile, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end

    @property
    def range(self) -> Range:
        """The node's range in its file."""
        return Range(self.source, self.start, self.end)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.source.text[self.start : self.end]!r})"


# --- structure ----------------------------------------------------------------------------------


class Comment(Node):
    """A comment, its marker (``#``, ``//`` or ``/* */``) included, its end of line not."""

    __slots__ = ()


class Label(Node):
    """A block label; ``value`` is its text without quotes, escapes resolved."""

    __slots__ = ("value",)

    def __init__(self, source: SourceFile, start: int, end: int, value: str) -> None:
        self.source, self.start, self.end = source, start, end
        self.value: Final = value


class Attribute(Node):
    """``name = value``; the name begins at ``start`` and ends at ``name_end``."""

    __slots__ = ("name", "name_end", "value")

    def __init__(
        self, source: SourceFile, start: int, end: int, name: str, name_end: int, value: Expression
    ) -> None:
        self.source, self.start, self.end = source, start, end
        self.name: Final = name
        self.name_end: Final = name_end
        self.value: Final = value

    @property
    def name_range(self) -> Range:
        """The range of the attribute's name alone."""
        return Range(self.source, self.start, self.name_end)


class Body(Node):
    """The contents of a file or block, in source order.

    ``complete`` is false when a syntax error took something out of this body or out of one inside
    it: nothing may then be concluded from what is absent.
    """

    __slots__ = ("_attributes", "_blocks", "_said", "complete", "items")

    def __init__(
        self,
        source: SourceFile,
        start: int,
        end: int,
        items: tuple[Attribute | Block, ...],
        complete: bool = True,
    ) -> None:
        self.source, self.start, self.end = source, start, end
        self.items: Final = items
        self.complete: Final = complete
        self._attributes: dict[str, Attribute] | None = None
        self._blocks: tuple[Block, ...] | None = None
        self._said: dict[Hashable, Any] | None = None

    def once(self, question: Hashable, answer: Callable[[], T]) -> T:
        """The answer to a question that the body alone decides, found once while it is kept."""
        said = self._said
        if said is None:
            said = self._said = {}
        if question not in said:
            said[question] = answer()
        found: T = said[question]
        return found

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of this name, or None. The first, where an invalid file has several."""
        return self.attributes.get(name)

    @property
    def attributes(self) -> Mapping[str, Attribute]:
        """The attributes by name; of duplicates (an error) the first. Found once and kept."""
        found = self._attributes
        if found is None:
            found = self._attributes = {}
            for item in self.items:
                if type(item) is Attribute:
                    found.setdefault(item.name, item)
        return found

    def blocks(self, type_name: str | None = None) -> Iterator[Block]:
        """The nested blocks, all or those of one type. Found once and kept."""
        found = self._blocks
        if found is None:
            found = self._blocks = tuple([item for item in self.items if type(item) is Block])
        if type_name is None or not found:
            return iter(found)
        return iter([block for block in found if block.type == type_name])


class Block(Node):
    """``type "label" { ... }``; the header (type and labels) ends at ``header_end``."""

    __slots__ = ("body", "header_end", "labels", "type")

    def __init__(
        self,
        source: SourceFile,
        start: int,
        end: int,
        type_name: str,
        labels: tuple[Label, ...],
        header_end: int,
        body: Body,
    ) -> None:
        self.source, self.start, self.end = source, start, end
        self.type: Final = type_name
        self.labels: Final = labels
        self.header_end: Final = header_end
        self.body: Final = body

    @property
    def type_range(self) -> Range:
        """The range of the block's type alone; in a JSON file that of its header."""
        end = self.start + len(self.type)
        if not self.source.text.startswith(self.type, self.start, end):
            end = self.header_end
        return Range(self.source, self.start, end)

    @property
    def header_range(self) -> Range:
        """The range of the block's type and labels."""
        return self.source.stretch(self.start, self.header_end)


# --- expressions --------------------------------------------------------------------------------


class Literal(Node):
    """A number, bool, null, or a string (quoted or heredoc) without interpolation.

    ``value`` has its escapes resolved and heredoc indentation removed. Numbers are int where
    integral, Decimal otherwise. ``meaning`` is for whoever evaluates it, to find it again.
    """

    __slots__ = ("meaning", "value")

    def __init__(
        self,
        source: SourceFile,
        start: int,
        end: int,
        value: str | int | Decimal | bool | None,
    ) -> None:
        self.source, self.start, self.end = source, start, end
        self.value: Final = value
        self.meaning: Any = None


class Interpolation(Node):
    """``${expression}`` inside a template, its braces and strip markers included."""

    __slots__ = ("expression",)

    def __init__(self, source: SourceFile, start: int, end: int, expression: Expression) -> None:
        self.source, self.start, self.end = source, start, end
        self.expression: Final = expression


class TemplateIf(Node):
    """``%{if}`` ... ``%{else}`` ... ``%{endif}``; ``otherwise`` is empty without an else."""

    __slots__ = ("condition", "otherwise", "then")

    def __init__(
        self,
        source: SourceFile,
        start: int,
        end: int,
        condition: Expression,
        then: tuple[TemplatePart, ...],
        otherwise: tuple[TemplatePart, ...],
    ) -> None:
        self.source, self.start, self.end = source, start, end
        self.condition: Final = condition
        self.then: Final = then
        self.otherwise: Final = otherwise


class TemplateFor(Node):
    """``%{for key, value in collection}`` ... ``%{endfor}``."""

    __slots__ = ("collection", "key_name", "parts", "value_name")

    def __init__(
        self,
        source: SourceFile,
        start: int,
        end: int,
        key_name: str | None,
        value_name: str,
        collection: Expression,
        parts: tuple[TemplatePart, ...],
    ) -> None:
        self.source, self.start, self.end = source, start, end
        self.key_name: Final = key_name
        self.value_name: Final = value_name
        self.collection: Final = collection
        self.parts: Final = parts


class Template(Node):
    """A quoted string or heredoc with at least one interpolation or directive.

    The text parts are ``Literal`` nodes whose values have escapes resolved, strip markers
    and heredoc indentation applied. A lone ``"${x}"`` is a Template with one part; its value is
    x's own, whatever its type (HCL specification, "template interpolation unwrapping").
    """

    __slots__ = ("heredoc", "parts")

    def __init__(
        self,
        source: SourceFile,
        start: int,
        end: int,
        parts: tuple[TemplatePart, ...],
        heredoc: bool,
    ) -> None:
        self.source, self.start, self.end = source, start, end
        self.parts: Final = parts
        self.heredoc: Final = heredoc


class AttributeStep(Node):
    """``.name`` in a traversal, the dot included."""

    __slots__ = ("name",)

    def __init__(self, source: SourceFile, start: int, end: int, name: str) -> None:
        self.source, self.start, self.end = source, start, end
        self.name: Final = name


class IndexStep(Node):
    """``[key]`` with a constant key in a traversal, or the legacy ``.0``; brackets included."""

    __slots__ = ("key",)

    def __init__(self, source: SourceFile, start: int, end: int, key: str | int | Decimal) -> None:
        self.source, self.start, self.end = source, start, end
        self.key: Final = key


class Traversal(Node):
    """A variable and the constant steps from it: ``sym_target.x.id``, ``module.a["k"].b``.

    ``root`` is the first identifier and ends at ``root_end``. ``beginning`` is for whoever asks for
    the range of the root and the first step, to find it again.
    """

    __slots__ = ("beginning", "root", "root_end", "steps")

    def __init__(
        self,
        source: SourceFile,
        start: int,
        end: int,
        root: str,
        root_end: int,
        steps: tuple[TraversalStep, ...] = (),
    ) -> None:
        self.source, self.start, self.end = source, start, end
        self.root: Final = root
        self.root_end: Final = root_end
        self.steps: Final = steps
        self.beginning: Range | None = None


class RelativeTraversal(Node):
    """Constant steps from any other expression: ``f(x).name``, ``(a)[0]``, ``a[b].c``."""

    __slots__ = ("operand", "steps")

    def __init__(
        self,
        source: SourceFile,
        start: int,
        end: int,
        operand: Expression,
        steps: tuple[TraversalStep, ...],
    ) -> None:
        self.source, self.start, self.end = source, start, end
        self.operand: Final = operand
        self.steps: Final = steps


class Index(Node):
    """``collection[key]`` with a key that is not a constant."""

    __slots__ = ("collection", "key")

    def __init__(
        self, source: SourceFile, start: int, end: int, collection: Expression, key: Expression
    ) -> None:
        self.source, self.start, self.end = source, start, end
        self.collection: Final = collection
        self.key: Final = key


class SplatItem(Node):
    """The element that a splat's ``each`` expression begins with; it has no text of its own."""

    __slots__ = ()


class Splat(Node):
    """``operand[*].steps`` (``full``) or the legacy ``operand.*.steps``.

    ``each`` is what is taken of every element: the ``SplatItem`` itself, or an expression
    (RelativeTraversal, Index, a nested Splat) whose innermost operand is that ``SplatItem``.
    """

    __slots__ = ("each", "full", "operand")

    def __init__(
        self,
        source: SourceFile,
        start: int,
        end: int,
        operand: Expression,
        each: Expression,
        full: bool,
    ) -> None:
        self.source, self.start, self.end = source, start, end
        self.operand: Final = operand
        self.each: Final = each
        self.full: Final = full


class Call(Node):
    """``name(arguments)``; ``expand_final`` when the last argument is followed by ``...``.

    ``name`` holds ``::`` for namespaced functions (``provider::sym::f``), and ends at
    ``name_end``.
    """

    __slots__ = ("arguments", "expand_final", "name", "name_end")

    def __init__(
        self,
        source: SourceFile,
        start: int,
        end: int,
        name: str,
        name_end: int,
        arguments: tuple[Expression, ...],
        expand_final: bool,
    ) -> None:
        self.source, self.start, self.end = source, start, end
        self.name: Final = name
        self.name_end: Final = name_end
        self.arguments: Final = arguments
        self.expand_final: Final = expand_final


class Tuple(Node):
    """``[a, b]``. ``meaning`` is for whoever evaluates it, to find it again."""

    __slots__ = ("elements", "meaning")

    def __init__(
        self, source: SourceFile, start: int, end: int, elements: tuple[Expression, ...]
    ) -> None:
        self.source, self.start, self.end = source, start, end
        self.elements: Final = elements
        self.meaning: Any = None


class ObjectItem(Node):
    """``key = value`` in an object; a bare identifier as key is a string ``Literal``."""

    __slots__ = ("key", "value")

    def __init__(
        self, source: SourceFile, start: int, end: int, key: Expression, value: Expression
    ) -> None:
        self.source, self.start, self.end = source, start, end
        self.key: Final = key
        self.value: Final = value


class Object(Node):
    """``{ key = value }``. ``meaning`` is for whoever evaluates it, to find it again."""

    __slots__ = ("items", "meaning")

    def __init__(
        self, source: SourceFile, start: int, end: int, items: tuple[ObjectItem, ...]
    ) -> None:
        self.source, self.start, self.end = source, start, end
        self.items: Final = items
        self.meaning: Any = None


class For(Node):
    """``[for k, v in collection : value if condition]``, or in braces with ``key => value``.

    ``key`` is None for a tuple result; ``grouping`` is the ``...`` of an object result.
    """

    __slots__ = ("collection", "condition", "grouping", "key", "key_name", "value", "value_name")

    def __init__(
        self,
        source: SourceFile,
        start: int,
        end: int,
        key_name: str | None,
        value_name: str,
        collection: Expression,
        key: Expression | None,
        value: Expression,
        grouping: bool,
        condition: Expression | None,
    ) -> None:
        self.source, self.start, self.end = source, start, end
        self.key_name: Final = key_name
        self.value_name: Final = value_name
        self.collection: Final = collection
        self.key: Final = key
        self.value: Final = value
        self.grouping: Final = grouping
        self.condition: Final = condition


class Conditional(Node):
    """``condition ? then : otherwise``."""

    __slots__ = ("condition", "otherwise", "then")

    def __init__(
        self,
        source: SourceFile,
        start: int,
        end: int,
        condition: Expression,
        then: Expression,
        otherwise: Expression,
    ) -> None:
        self.source, self.start, self.end = source, start, end
        self.condition: Final = condition
        self.then: Final = then
        self.otherwise: Final = otherwise


class Unary(Node):
    """``-x`` or ``!x``."""

    __slots__ = ("operand", "operator")

    def __init__(
        self, source: SourceFile, start: int, end: int, operator: str, operand: Expression
    ) -> None:
        self.source, self.start, self.end = source, start, end
        self.operator: Final = operator
        self.operand: Final = operand


class Binary(Node):
    """``left operator right`` with an arithmetic, comparison or logical operator."""

    __slots__ = ("left", "operator", "right")

    def __init__(
        self,
        source: SourceFile,
        start: int,
        end: int,
        left: Expression,
        operator: str,
        right: Expression,
    ) -> None:
        self.source, self.start, self.end = source, start, end
        self.left: Final = left
        self.operator: Final = operator
        self.right: Final = right


class Parenthesis(Node):
    """``(expression)``."""

    __slots__ = ("expression",)

    def __init__(self, source: SourceFile, start: int, end: int, expression: Expression) -> None:
        self.source, self.start, self.end = source, start, end
        self.expression: Final = expression


TraversalStep: TypeAlias = AttributeStep | IndexStep
TemplatePart: TypeAlias = Literal | Interpolation | TemplateIf | TemplateFor
Expression: TypeAlias = (
    Literal
    | Template
    | Traversal
    | RelativeTraversal
    | Index
    | Splat
    | SplatItem
    | Call
    | Tuple
    | Object
    | For
    | Conditional
    | Unary
    | Binary
    | Parenthesis
)
