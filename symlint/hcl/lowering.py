"""From python-hcl2's Lark trees to the nodes of this package.

Every rule of ``hcl2.lark`` has a method here that is named after it. Ranges come from the tokens:
Lark's own tree positions include newlines and comments around an expression.
"""

from __future__ import annotations

from lark import Token, Tree

from symlint.annotations import TYPE_CHECKING, Any, TypeAlias
from symlint.hcl.native.cursor import MAX_NESTING, UnexpectedSyntax, too_deep
from symlint.hcl.native.expressions import ExpressionParser
from symlint.hcl.native.lexer import tokenize
from symlint.hcl.native.strings import number_value, quoted_text, visible
from symlint.hcl.native.template_parts import Directive, Piece, Text, melded, structured
from symlint.hcl.nodes import (
    Attribute,
    AttributeStep,
    Binary,
    Block,
    Body,
    Call,
    Conditional,
    For,
    Index,
    IndexStep,
    Interpolation,
    Label,
    Literal,
    Object,
    ObjectItem,
    Parenthesis,
    RelativeTraversal,
    Splat,
    SplatItem,
    Template,
    Traversal,
    Tuple,
    Unary,
)
from symlint.hcl.results import SyntaxProblem, keep
from symlint.source.text import Range

if TYPE_CHECKING:
    from symlint.hcl.nodes import Expression, TraversalStep
    from symlint.source.text import SourceFile

_Branch: TypeAlias = "Tree[Token]"
_Element: TypeAlias = "Tree[Token] | Token"

_NEWLINE = "NL_OR_COMMENT"
_KEYWORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_DIRECTIVE_KEYWORDS = {
    "template_if_start": "if",
    "template_else": "else",
    "template_endif": "endif",
    "template_for_start": "for",
    "template_endfor": "endfor",
}
_POSTFIX = frozenset(
    ("index_expr_term", "get_attr_expr_term", "attr_splat_expr_term", "full_splat_expr_term")
)


class Lowering:
    """Makes the nodes of one file."""

    __slots__ = ("_depth", "_problems", "_source")

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._problems: list[SyntaxProblem] = []
        self._depth = 0

    def file(self, start: _Branch) -> tuple[Body, tuple[SyntaxProblem, ...]]:
        """The body and the problems of a ``start`` tree. Raises ``UnexpectedSyntax``."""
        body = self._body(_trees(start)[0], 0, len(self._source.text))
        return body, tuple(self._problems)

    def _failure(self, message: str, start: int, end: int) -> UnexpectedSyntax:
        end = min(end, len(self._source.text))
        return UnexpectedSyntax(SyntaxProblem(Range(self._source, start, end), message))

    def _place(self, element: _Element) -> tuple[int, int]:
        """Where the first token of ``element`` begins and the last one ends, newlines aside."""
        first, last = _edge(element, 1), _edge(element, -1)
        assert first is not None  # only bodies can be without tokens
        assert last is not None
        return _start(first), _end(last)

    # --- structure ------------------------------------------------------------------------------

    def _body(self, tree: _Branch, start: int, end: int) -> Body:
        items: list[Attribute | Block] = []
        names: set[str] = set()
        for child in _trees(tree):
            if child.data == "attribute":
                attribute = self._attribute(child)
                if attribute.name in names:
                    message = (
                        f"expected each argument once, found {visible(attribute.name)} "
                        "set a second time"
                    )
                    keep(self._problems, SyntaxProblem(attribute.name_range, message))
                names.add(attribute.name)
                items.append(attribute)
            elif child.data == "block":
                items.append(self._block(child))
        return Body(self._source, start, end, tuple(items))

    def _attribute(self, tree: _Branch) -> Attribute:
        name, _, value = [child for child in tree.children if not _is_newline(child)]
        start, name_end = self._place(name)
        expression = self._expression(value)
        text = self._source.text[start:name_end]
        return Attribute(self._source, start, expression.end, text, name_end, expression)

    def _block(self, tree: _Branch) -> Block:
        self._enter()
        children = [child for child in tree.children if not _is_newline(child)]
        braces = [
            index
            for index, child in enumerate(children)
            if isinstance(child, Token) and child.type in ("LBRACE", "RBRACE")
        ]
        opening, closing = children[braces[0]], children[braces[-1]]
        header = children[: braces[0]]
        start, type_end = self._place(header[0])
        labels = []
        for label in header[1:]:
            label_start, label_end = self._place(label)
            if isinstance(label, Tree) and label.data == "string":
                node = self._string(label)
                if not isinstance(node, Literal):
                    raise self._failure(
                        "expected a block label without template sequences, found one",
                        label_start,
                        label_end,
                    )
                value = str(node.value)
            else:
                value = self._source.text[label_start:label_end]
            labels.append(Label(self._source, label_start, label_end, value))
        body = self._body(_trees(tree, "body")[0], _end(opening), _start(closing))
        self._depth -= 1
        return Block(
            self._source,
            start,
            _end(closing),
            self._source.text[start:type_end],
            tuple(labels),
            labels[-1].end if labels else type_end,
            body,
        )

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise too_deep(Range(self._source, 0, 0))

    # --- expressions ----------------------------------------------------------------------------

    def _expression(self, element: Any) -> Expression:
        self._enter()
        tree: _Branch = element
        if tree.data == "expr_term":
            inner = [child for child in tree.children if not _is_newline(child)]
            node = self._parenthesis(inner) if len(inner) == 3 else self._term(_trees(tree)[-1])
        elif tree.data == "conditional":
            condition, then, otherwise = (
                self._expression(child) for child in _trees(tree) if not _is_newline(child)
            )
            node = Conditional(
                self._source, condition.start, otherwise.end, condition, then, otherwise
            )
        elif tree.data == "binary_op":
            node = self._binary(tree)
        elif tree.data == "unary_op":
            operator, operand = tree.children[0], self._expression(tree.children[1])
            node = Unary(
                self._source, _start(operator), operand.end, str(operator).strip(), operand
            )
        else:
            node = self._term(tree)
        self._depth -= 1
        return node

    def _binary(self, tree: _Branch) -> Expression:
        left_tree, term = [child for child in _trees(tree) if not _is_newline(child)]
        left = self._expression(left_tree)
        operator_tree, right_tree = [child for child in _trees(term) if not _is_newline(child)]
        right = self._expression(right_tree)
        # A newline before the operator has become a part of its token.
        operator = str(operator_tree.children[0]).rsplit(maxsplit=1)[-1]
        return Binary(self._source, left.start, right.end, left, operator, right)

    def _parenthesis(self, children: list[Any]) -> Expression:
        opening, inner, closing = children
        return Parenthesis(self._source, _start(opening), _end(closing), self._expression(inner))

    def _term(self, tree: _Branch) -> Expression:
        rule = str(tree.data)
        if rule in _POSTFIX:
            return self._traversal(tree)
        if rule in ("heredoc_template", "heredoc_template_trim"):
            return self._heredoc(tree)
        if rule == "template_string":
            raise self._failure(
                "expected an unescaped quote, found an escaped one", *self._place(tree)
            )
        method = getattr(self, f"_{rule}")
        node: Expression = method(tree)
        return node

    def _identifier(self, tree: _Branch) -> Expression:
        start, end = self._place(tree)
        return Traversal(self._source, start, end, self._source.text[start:end], end)

    def _literal_value(self, tree: _Branch) -> Expression:
        start, end = self._place(tree)
        return Literal(self._source, start, end, _KEYWORDS[self._source.text[start:end]])

    def _int_lit(self, tree: _Branch) -> Expression:
        start, end = self._place(tree)
        text = self._source.text[start:end]
        if text.startswith("-"):
            # Lark's terminal takes the sign of most negative numbers in.
            operand = Literal(self._source, start + 1, end, number_value(text[1:]))
            return Unary(self._source, start, end, "-", operand)
        return Literal(self._source, start, end, number_value(text))

    _float_lit = _int_lit

    def _tuple(self, tree: _Branch) -> Expression:
        start, end = self._place(tree)
        elements = [self._expression(child) for child in _trees(tree) if not _is_newline(child)]
        return Tuple(self._source, start, end, tuple(elements))

    def _object(self, tree: _Branch) -> Expression:
        start, end = self._place(tree)
        items: list[ObjectItem] = []
        for element in _trees(tree, "object_elem"):
            key_tree, value_tree = [child for child in _trees(element) if not _is_newline(child)]
            key = self._object_key(key_tree)
            value = self._expression(value_tree)
            items.append(ObjectItem(self._source, key.start, value.end, key, value))
        return Object(self._source, start, end, tuple(items))

    def _object_key(self, tree: _Branch) -> Expression:
        inner: Any = tree.children[0]
        while inner.data == "expr_term" and len(inner.children) == 1:
            inner = inner.children[0]
        if inner.data in ("identifier", "keyword", "literal_value"):
            start, end = self._place(inner)
            return Literal(self._source, start, end, self._source.text[start:end])
        return self._expression(tree.children[0])

    def _function_call(self, tree: _Branch) -> Expression:
        start, end = self._place(tree)
        names = [self._place(name) for name in _trees(tree, "identifier")]
        text = self._source.text
        arguments: list[Expression] = []
        expand_final = False
        for group in _trees(tree, "arguments"):
            for child in group.children:
                if isinstance(child, Token):
                    expand_final = expand_final or child.type == "ELLIPSIS"
                elif not _is_newline(child):
                    arguments.append(self._expression(child))
        return Call(
            self._source,
            start,
            end,
            "::".join(text[first:last] for first, last in names),
            names[-1][1],
            tuple(arguments),
            expand_final,
        )

    def _for_tuple_expr(self, tree: _Branch) -> Expression:
        start, end = self._place(tree)
        key_name, value_name, collection = self._for_intro(_trees(tree, "for_intro")[0])
        inner = [child for child in _trees(tree) if child.data not in _NO_VALUE]
        key = self._expression(inner[0]) if len(inner) == 2 else None
        return For(
            self._source,
            start,
            end,
            key_name,
            value_name,
            collection,
            key,
            self._expression(inner[-1]),
            any(isinstance(child, Token) and child.type == "ELLIPSIS" for child in tree.children),
            self._for_condition(tree),
        )

    _for_object_expr = _for_tuple_expr

    def _for_intro(self, tree: _Branch) -> tuple[str | None, str, Expression]:
        inner = [child for child in _trees(tree) if not _is_newline(child)]
        names = [self._source.text.__getitem__(slice(*self._place(name))) for name in inner[:-1]]
        return (names[0] if len(names) == 2 else None), names[-1], self._expression(inner[-1])

    def _for_condition(self, tree: _Branch) -> Expression | None:
        conditions = _trees(tree, "for_cond")
        if not conditions:
            return None
        inner = [child for child in _trees(conditions[0]) if not _is_newline(child)]
        return self._expression(inner[0])

    # --- traversals -----------------------------------------------------------------------------

    def _traversal(self, tree: _Branch) -> Expression:
        """A base and everything after it, combined by HCL's rules and not by the grammar's."""
        suffixes: list[_Branch] = []
        base: Any = tree
        while base.data in _POSTFIX or (
            base.data == "expr_term"
            and len(base.children) == 1
            and base.children[0].data in _POSTFIX
        ):
            if base.data in _POSTFIX:
                suffixes.append(base.children[1])
            base = base.children[0]
        node = self._expression(base)
        flat: list[_Branch] = []
        for suffix in reversed(suffixes):
            flat.append(suffix)
            if suffix.data in ("attr_splat", "full_splat"):
                flat += _trees(suffix)
        return self._with_suffixes(node, flat)

    def _with_suffixes(self, node: Expression, suffixes: list[_Branch]) -> Expression:
        position = 0
        while position < len(suffixes):
            suffix = suffixes[position]
            position += 1
            if suffix.data == "full_splat":
                marker_end = _end(suffix.children[0])
                item = SplatItem(self._source, marker_end, marker_end)
                each = self._with_suffixes(item, suffixes[position:])
                return Splat(self._source, node.start, each.end, node, each, True)
            if suffix.data == "attr_splat":
                marker_end = _end(suffix.children[0])
                each = SplatItem(self._source, marker_end, marker_end)
                while position < len(suffixes) and suffixes[position].data in _ATTRIBUTE_STEPS:
                    each = self._extended(each, suffixes[position])
                    position += 1
                node = Splat(self._source, node.start, each.end, node, each, False)
            else:
                node = self._extended(node, suffix)
        return node

    def _extended(self, node: Expression, suffix: _Branch) -> Expression:
        start, end = self._place(suffix)
        step: TraversalStep
        if suffix.data == "get_attr":
            name_start, name_end = self._place(suffix.children[1])
            name = self._source.text[name_start:name_end]
            step = AttributeStep(self._source, start, end, name)
        elif suffix.data == "short_index":
            number = number_value(str(suffix.children[1]))
            assert number is not None
            step = IndexStep(self._source, start, end, number)
        else:
            key = self._expression(
                next(child for child in _trees(suffix) if not _is_newline(child))
            )
            if type(key) is not Literal or key.value is None or isinstance(key.value, bool):
                return Index(self._source, node.start, end, node, key)
            step = IndexStep(self._source, start, end, key.value)
        if type(node) is Traversal:
            steps = (*node.steps, step)
            return Traversal(self._source, node.start, end, node.root, node.root_end, steps)
        if type(node) is RelativeTraversal:
            return RelativeTraversal(
                self._source, node.start, end, node.operand, (*node.steps, step)
            )
        return RelativeTraversal(self._source, node.start, end, node, (step,))

    # --- templates ------------------------------------------------------------------------------

    def _heredoc(self, tree: _Branch) -> Expression:
        start, end = self._place(tree)
        parser = ExpressionParser(self._source, tokenize(self._source.text, start, end))
        return parser.expression()

    def _string(self, tree: _Branch) -> Template | Literal:
        start, end = self._place(tree)
        pieces: list[Piece] = []
        directives = strip_next = False
        for part in _trees(tree, "string_part"):
            content: Any = part.children[0]
            if isinstance(content, Token):
                value = quoted_text(str(content))
                pieces.append(
                    Text(
                        content.start_pos or 0,
                        _end(content),
                        value.lstrip() if strip_next else value,
                    )
                )
                strip_next = False
                continue
            if content.data == "interpolation":
                place = self._place(content)
                inner = self._expression(_trees(content)[0])
                pieces.append(Interpolation(self._source, *place, inner))
                strip_next = False
                continue
            directives = True
            strip_before, strip_next = _strip_markers(content)
            last = pieces[-1] if pieces else None
            if strip_before and isinstance(last, Text):
                last.value = last.value.rstrip()
            pieces.append(self._directive(content))
        found = "the end of the string"
        parts = (
            structured(self._source, pieces, found) if directives else melded(self._source, pieces)
        )
        if not parts:
            return Literal(self._source, start, end, "")
        if len(parts) == 1 and type(parts[0]) is Literal:
            return Literal(self._source, start, end, parts[0].value)
        return Template(self._source, start, end, parts, heredoc=False)

    def _directive(self, tree: _Branch) -> Directive:
        start, end = self._place(tree)
        keyword = _DIRECTIVE_KEYWORDS[str(tree.data)]
        inner = _trees(tree)
        if keyword == "if":
            return Directive(keyword, start, end, self._expression(inner[0]))
        if keyword == "for":
            names = [str(name.children[0]) for name in inner[:-1]]
            key_name = names[0] if len(names) == 2 else None
            return Directive(keyword, start, end, self._expression(inner[-1]), key_name, names[-1])
        return Directive(keyword, start, end)


_NO_VALUE = frozenset(("for_intro", "for_cond", "new_line_or_comment"))
_ATTRIBUTE_STEPS = frozenset(("get_attr", "short_index"))


def _is_newline(element: Any) -> bool:
    name = element.data if isinstance(element, Tree) else element.type
    return name in ("new_line_or_comment", _NEWLINE)


def _trees(tree: _Branch, rule: str | None = None) -> list[Any]:
    """The children that are trees, all or those of one rule."""
    return [
        child
        for child in tree.children
        if isinstance(child, Tree) and (rule is None or child.data == rule)
    ]


def _edge(element: _Element, direction: int) -> Token | None:
    """The first (direction 1) or last (-1) token of a tree that is no newline or comment."""
    if isinstance(element, Token):
        return None if element.type == _NEWLINE else element
    for child in element.children[::direction]:
        token = _edge(child, direction)
        if token is not None:
            return token
    return None


def _start(token: Any) -> int:
    """Where a token begins; white space that the grammar lets into some is left out."""
    return int(token.start_pos) + len(token) - len(token.lstrip())


def _end(token: Any) -> int:
    return int(token.end_pos)


def _strip_markers(tree: _Branch) -> tuple[bool, bool]:
    """Whether a directive strips the white space before it and after it."""
    kinds = [child.type for child in tree.children if isinstance(child, Token)]
    return kinds[1] == "STRIP_MARKER", kinds[-2] == "STRIP_MARKER"
