"""Expressions of HCL native syntax, by recursive descent.

Operators, unary chains and traversals are read in loops: recursion happens only where the text
itself nests, and is bounded by ``MAX_NESTING``.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.hcl.native.cursor import MAX_NESTING
from symlint.hcl.native.strings import number_value, quoted_text
from symlint.hcl.native.templates import TemplateParser
from symlint.hcl.native.tokens import (
    CLOSE_HEREDOC,
    CLOSE_QUOTE,
    IDENTIFIER,
    INVALID,
    NEWLINE,
    NUMBER,
    OPEN_HEREDOC,
    OPEN_QUOTE,
    STRING,
)
from symlint.hcl.nodes import (
    AttributeStep,
    Binary,
    Call,
    Conditional,
    For,
    Index,
    IndexStep,
    Literal,
    Object,
    ObjectItem,
    Parenthesis,
    RelativeTraversal,
    Splat,
    SplatItem,
    Traversal,
    Tuple,
    Unary,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from symlint.hcl.nodes import Expression, TraversalStep

_PRECEDENCE = {
    "||": 1,
    "&&": 2,
    "==": 3,
    "!=": 3,
    "<": 4,
    ">": 4,
    "<=": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "%": 6,
}
_KEYWORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


class ExpressionParser(TemplateParser):
    """Reads one expression at a time."""

    __slots__ = ()

    def expression(self) -> Expression:
        """Read one expression: operators and the conditional included."""
        self.depth = depth = self.depth + 1
        if depth > self.deepest:
            self.deepest = depth
            if depth > MAX_NESTING:
                raise self.too_deep()
        node = self.term()
        kind = self.kinds[self.index]
        if kind == NEWLINE:
            kind = self.peek()
        if kind in _PRECEDENCE:
            node = self._operations(node)
            kind = self.peek()
        if kind == "?":
            self.index += 1
            then = self.expression()
            self.expect(":", '":" and the other result of the conditional')
            otherwise = self.expression()
            node = Conditional(self.source, node.start, otherwise.end, node, then, otherwise)
        self.depth = depth - 1
        return node

    def _operations(self, first: Expression) -> Expression:
        """Read the operators and operands that follow ``first``; all are left-associative."""
        operands = [first]
        operators: list[tuple[int, str]] = []
        while True:
            operator = self.peek()
            precedence = _PRECEDENCE.get(operator, 0)
            while operators and operators[-1][0] >= precedence:
                self._reduce(operands, operators)
            if not precedence:
                return operands[0]
            self.index += 1
            operators.append((precedence, operator))
            operands.append(self.term())

    def _reduce(self, operands: list[Expression], operators: list[tuple[int, str]]) -> None:
        right, left = operands.pop(), operands[-1]
        self.chained += 1
        operands[-1] = Binary(self.source, left.start, right.end, left, operators.pop()[1], right)

    def term(self) -> Expression:
        """Read one operand with the traversal that follows it."""
        kind = self.kinds[self.index]
        if kind == NEWLINE:
            kind = self.peek()
        index = self.index
        node: Expression
        if kind == IDENTIFIER:
            return self._named(index)
        if kind == STRING:
            self.index = index + 1
            node = self._string(index)
        elif kind == OPEN_QUOTE:
            node = self.template(CLOSE_QUOTE)
        elif kind == "[":
            node = self._for_or(index, "]") or self._tuple(index)
        elif kind == "{":
            node = self._for_or(index, "}") or self._object(index)
        elif kind == NUMBER:
            self.index = index + 1
            node = Literal(self.source, self.starts[index], self.ends[index], self._number(index))
        elif kind == "(":
            node = self._parenthesis(index)
        elif kind == OPEN_HEREDOC:
            node = self.template(CLOSE_HEREDOC, flush=self.word(index)[2] == "-")
        elif kind == "-" or kind == "!":
            return self._unary()
        else:
            raise self.unexpected("expected an expression", ("expression",))
        if self.peek() in (".", "["):
            return self._postfix(node)
        return node

    def _string(self, index: int) -> Literal:
        """The literal of a string token."""
        value = quoted_text(self.text[self.text_starts[index] + 1 : self.text_ends[index] - 1])
        return Literal(self.source, self.starts[index], self.ends[index], value)

    def _number(self, index: int) -> int | Decimal:
        value = number_value(self.word(index))
        if value is None:
            raise self.unexpected("expected a number", ("number",), index)
        return value

    def _unary(self) -> Expression:
        """Read ``-`` and ``!`` before an operand, any number of them."""
        operators: list[tuple[int, str]] = []
        while (kind := self.peek()) in ("-", "!"):
            operators.append((self.starts[self.index], kind))
            self.index += 1
        node = self.term()
        self.chained += len(operators)
        for start, operator in reversed(operators):
            node = Unary(self.source, start, node.end, operator, node)
        return node

    def _parenthesis(self, opening: int) -> Parenthesis:
        self.index = opening + 1
        outer, self.skip_newlines = self.skip_newlines, True
        inner = self.expression()
        closing = self.expect(")", '")" or an operator')
        self.skip_newlines = outer
        return Parenthesis(self.source, self.starts[opening], self.ends[closing], inner)

    # --- names, calls and traversals ------------------------------------------------------------

    def _named(self, index: int) -> Expression:
        """Read what begins with an identifier: a keyword, a variable or a call."""
        self.index = index + 1
        following = self.peek()
        if following == "(" or following == "::":
            node: Expression = self._call(index)
            return self._postfix(node) if self.peek() in (".", "[") else node
        name = self.name(index)
        start, end = self.starts[index], self.ends[index]
        if name in _KEYWORDS:
            node = Literal(self.source, start, end, _KEYWORDS[name])
            return self._postfix(node) if following in (".", "[") else node
        if following != "." and following != "[":
            return Traversal(self.source, start, end, name, end)
        steps: list[TraversalStep] = []
        last = self._constant_steps(steps)
        node = Traversal(
            self.source, start, steps[-1].end if steps else end, name, end, tuple(steps)
        )
        return self._postfix(node) if last in (".", "[") else node

    def _constant_steps(self, steps: list[TraversalStep]) -> str:
        """Read ``.name``, ``.0`` and ``[constant]`` for as long as they come.

        Returns the kind of the token after them; a "." or "[" there begins something else.
        """
        kinds, starts, ends = self.kinds, self.starts, self.ends
        while True:
            kind = self.peek()
            index = self.index
            if kind == ".":
                self.index = index + 1
                kind = self.peek()
                after = self.index
                if kind == IDENTIFIER:
                    steps.append(
                        AttributeStep(self.source, starts[index], ends[after], self.name(after))
                    )
                elif kind == NUMBER:
                    key = self._legacy_index(after)
                    steps.append(IndexStep(self.source, starts[index], ends[after], key))
                elif kind == "*":
                    self.index = index
                    return "."
                else:
                    raise self.unexpected('expected an attribute name after "."', ("identifier",))
                self.index = after + 1
            elif kind == "[":
                inner = kinds[index + 1]
                if (inner != STRING and inner != NUMBER) or kinds[index + 2] != "]":
                    return kind
                constant = (
                    self._string(index + 1).value if inner == STRING else self._number(index + 1)
                )
                assert constant is not None
                steps.append(IndexStep(self.source, starts[index], ends[index + 2], constant))
                self.index = index + 3
            else:
                return kind

    def _legacy_index(self, index: int) -> int | Decimal:
        """The key of ``.0``; ``.0.1`` is one number token and refused, as HCL does."""
        word = self.word(index)
        if "." in word:
            first, _, second = word.partition(".")
            raise self.unexpected(
                f"expected indexes in brackets ([{first}][{second}])", ("[",), index
            )
        return self._number(index)

    def _postfix(self, operand: Expression) -> Expression:
        """Read all traversal steps, indexes and splats that follow ``operand``."""
        steps: list[TraversalStep] = []
        while True:
            kind = self._constant_steps(steps)
            opening = self.index
            if kind == ".":
                operand = self._attribute_splat(self._extended(operand, steps))
            elif kind == "[":
                self.index = opening + 1
                if self.peek() == "*":
                    return self._full_splat(self._extended(operand, steps))
                key, end = self._index_key()
                constant = key.value if type(key) is Literal else None
                if constant is not None and not isinstance(constant, bool):
                    steps.append(IndexStep(self.source, self.starts[opening], end, constant))
                    continue
                operand = self._extended(operand, steps)
                self.chained += 1
                operand = Index(self.source, operand.start, end, operand, key)
            else:
                return self._extended(operand, steps)
            steps = []

    def _extended(self, operand: Expression, steps: list[TraversalStep]) -> Expression:
        """``operand`` with constant steps after it, if there are any."""
        if not steps:
            return operand
        end = steps[-1].end
        if type(operand) is Traversal:
            return Traversal(
                self.source,
                operand.start,
                end,
                operand.root,
                operand.root_end,
                (*operand.steps, *steps),
            )
        if type(operand) is RelativeTraversal:
            return RelativeTraversal(
                self.source, operand.start, end, operand.operand, (*operand.steps, *steps)
            )
        self.chained += 1
        return RelativeTraversal(self.source, operand.start, end, operand, tuple(steps))

    def _index_key(self) -> tuple[Expression, int]:
        """Read a key and the bracket behind it; returns the key and the bracket's end."""
        outer, self.skip_newlines = self.skip_newlines, True
        key = self.expression()
        closing = self.expect("]", '"]" or an operator')
        self.skip_newlines = outer
        return key, self.ends[closing]

    def _attribute_splat(self, operand: Expression) -> Splat:
        """Read ``.*`` and the attributes and legacy indexes that it applies to each element."""
        self.index += 1
        star = self.expect("*", '"*"')
        item = SplatItem(self.source, self.ends[star], self.ends[star])
        steps: list[TraversalStep] = []
        while self.peek() == ".":
            dot = self.index
            self.index = dot + 1
            kind = self.peek()
            index = self.index
            if kind == IDENTIFIER:
                steps.append(
                    AttributeStep(self.source, self.starts[dot], self.ends[index], self.name(index))
                )
            elif kind == NUMBER:
                key = self._legacy_index(index)
                steps.append(IndexStep(self.source, self.starts[dot], self.ends[index], key))
            else:
                raise self.unexpected('expected an attribute name after "."', ("identifier",))
            self.index = index + 1
        self.chained += 1
        each: Expression = item
        if steps:
            each = RelativeTraversal(self.source, item.start, steps[-1].end, item, tuple(steps))
        return Splat(self.source, operand.start, each.end, operand, each, False)

    def _full_splat(self, operand: Expression) -> Splat:
        """Read ``*]`` and everything that it applies to each element."""
        self.index += 1
        closing = self.expect("]", '"]" after "[*"')
        self.enter()
        item = SplatItem(self.source, self.ends[closing], self.ends[closing])
        each = self._postfix(item)
        self.depth -= 1
        return Splat(self.source, operand.start, each.end, operand, each, True)

    def _call(self, first: int) -> Call:
        """Read a call whose name, maybe with namespaces, begins at the token ``first``."""
        names, last = [self.name(first)], first
        while self.peek() == "::":
            self.index += 1
            last = self.expect(IDENTIFIER, 'a function name after "::"')
            names.append(self.name(last))
        name = "::".join(names)
        self.expect("(", '"(" after the function name')
        outer, self.skip_newlines = self.skip_newlines, True
        arguments: list[Expression] = []
        expand_final = False
        while self.peek() != ")":
            arguments.append(self.expression())
            kind = self.peek()
            if kind == ",":
                self.index += 1
            elif kind == "...":
                expand_final = True
                self.index += 1
                if self.peek() != ")":
                    raise self.unexpected('expected ")" after "..."', (")",))
            elif kind != ")":
                raise self.unexpected(
                    f'expected "," or ")" after the argument of {name}()', (",", ")")
                )
        closing = self.index
        self.index = closing + 1
        self.skip_newlines = outer
        return Call(
            self.source,
            self.starts[first],
            self.ends[closing],
            name,
            self.ends[last],
            tuple(arguments),
            expand_final,
        )

    # --- collections ----------------------------------------------------------------------------

    def _tuple(self, opening: int) -> Tuple:
        self.index = opening + 1
        outer, self.skip_newlines = self.skip_newlines, True
        elements: list[Expression] = []
        while self.peek() != "]":
            elements.append(self.expression())
            kind = self.peek()
            if kind == ",":
                self.index += 1
            elif kind != "]":
                raise self.unexpected('expected "," or "]" after the list element', (",", "]"))
        closing = self.index
        self.index = closing + 1
        self.skip_newlines = outer
        return Tuple(self.source, self.starts[opening], self.ends[closing], tuple(elements))

    def _object(self, opening: int) -> Object:
        kinds = self.kinds
        outer, self.skip_newlines = self.skip_newlines, False
        self.index = opening + 1
        items: list[ObjectItem] = []
        while True:
            while kinds[self.index] == NEWLINE:
                self.index += 1
            index = self.index
            kind = kinds[index]
            if kind == "}":
                break
            key = self._object_key(index, kind)
            kind = kinds[self.index]
            if kind != "=" and kind != ":":
                raise self.unexpected(
                    'expected "=" or ":" and a value after the object key', ("=", ":")
                )
            self.index += 1
            value = self.expression()
            items.append(ObjectItem(self.source, key.start, value.end, key, value))
            kind = kinds[self.index]
            if kind == NEWLINE or kind == ",":
                self.index += 1
            elif kind != "}":
                raise self.unexpected(
                    'expected a newline, "," or "}" after the object element', ("newline", ",", "}")
                )
        closing = self.index
        self.index = closing + 1
        self.skip_newlines = outer
        return Object(self.source, self.starts[opening], self.ends[closing], tuple(items))

    def _object_key(self, index: int, kind: str) -> Expression:
        """Read a key; a lone identifier, keywords included, is the string of its name."""
        if kind == IDENTIFIER and self.kinds[index + 1] in ("=", ":"):
            self.index = index + 1
            return Literal(self.source, self.starts[index], self.ends[index], self.name(index))
        if kind not in _EXPRESSION_STARTS:
            raise self.unexpected('expected an object key or "}"', ("key", "}"))
        return self.expression()

    def _for_or(self, opening: int, close: str) -> For | None:
        """The ``for`` expression that begins with this bracket, or None if there is none."""
        kinds = self.kinds
        index = opening + 1
        while kinds[index] == NEWLINE:
            index += 1
        if kinds[index] != IDENTIFIER or self.word(index) != "for":
            return None
        self.index = index + 1
        outer, self.skip_newlines = self.skip_newlines, True
        key_name, value_name = self.loop_variables()
        collection = self.expression()
        self.expect(":", '":" after the collection of the "for" expression')
        key: Expression | None = None
        value = self.expression()
        grouping = False
        if close == "}":
            self.expect("=>", '"=>" and a value after the key of the "for" expression')
            key, value = value, self.expression()
            if self.peek() == "...":
                grouping = True
                self.index += 1
        condition: Expression | None = None
        if self.peek() == IDENTIFIER and self.word(self.index) == "if":
            self.index += 1
            condition = self.expression()
        closing = self.expect(close, f'"{close}" at the end of the "for" expression')
        self.skip_newlines = outer
        return For(
            self.source,
            self.starts[opening],
            self.ends[closing],
            key_name,
            value_name,
            collection,
            key,
            value,
            grouping,
            condition,
        )


_EXPRESSION_STARTS = frozenset(
    (IDENTIFIER, STRING, NUMBER, OPEN_QUOTE, OPEN_HEREDOC, INVALID, "(", "[", "{", "-", "!")
)
