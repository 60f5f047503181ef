"""Terraform's JSON configuration syntax (``*.tf.json``, ``*.tfvars.json``), to the same nodes.

After https://developer.hashicorp.com/terraform/language/syntax/json and HashiCorp's ``hcl/json``.
Which properties are blocks depends on a schema that JSON text alone does not show:

* At the top level the properties named like Terraform's block types are blocks; their labels are
  the keys of nested objects, and an array holds several blocks.
* Inside them the blocks of Terraform itself are blocks (``lifecycle``, ``provisioner``,
  ``connection``, ``dynamic``, ``validation``, ``required_providers``, ``backend``, ...).
* A property of a provider's schema is a block where a ``dynamic`` block stands in it
  (``json_dynamic``).
* Everything else is an ``Attribute``. A property that a provider's schema knows as a nested block
  is one too, with an object (or a list of objects) as its value: ``nested_blocks`` reads those.

Strings are templates, except where Terraform reads them literally (variable defaults, variable
files, the ``terraform`` block) or as references (``depends_on``,
``providers``, ``ignore_changes``, the ``type`` of a variable, ...): those become the expression
that the string spells. A property named ``//`` in a body is a comment.

A block begins at its last label, or at its own name if it has none, or at its "{" where it is an
element of an array; its labels may lie before that.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.hcl.fragments import expression_at, template_at
from symlint.hcl.json_dynamic import holds_dynamic
from symlint.hcl.json_reader import (
    JsonArray,
    JsonObject,
    JsonReader,
    JsonScalar,
    JsonString,
    JsonValue,
)
from symlint.hcl.native.cursor import UnexpectedSyntax
from symlint.hcl.native.lexer import tokenize
from symlint.hcl.native.strings import normalized, visible
from symlint.hcl.nodes import (
    Attribute,
    Block,
    Body,
    Comment,
    Label,
    Literal,
    Object,
    ObjectItem,
    Tuple,
)
from symlint.hcl.results import MAX_PROBLEMS, ParsedFile, SyntaxProblem, keep
from symlint.named_tuple import NamedTuple
from symlint.source.text import Range

if TYPE_CHECKING:
    from symlint.hcl.native.tokens import Tokens
    from symlint.hcl.nodes import Expression
    from symlint.source.text import SourceFile


class _Kind(NamedTuple):
    """How the properties of a body are read."""

    # Block types, with their number of labels and the kind of their bodies.
    blocks: dict[str, tuple[int, _Kind]] = {}  # noqa: RUF012 - never changed
    # Strings are no templates: everywhere, or in these properties.
    literal: bool = False
    literals: tuple[str, ...] = ()
    # Properties whose strings spell references.
    references: tuple[str, ...] = ()


_PLAIN = _Kind()
_LITERAL = _Kind(literal=True)
_CONNECTION = {"connection": (0, _PLAIN)}
_PROVISIONER = _Kind(_CONNECTION, references=("when", "on_failure"))
_LIFECYCLE = _Kind(
    {"precondition": (0, _PLAIN), "postcondition": (0, _PLAIN)},
    references=("ignore_changes", "replace_triggered_by"),
)
_CONTENT_BLOCKS: dict[str, tuple[int, _Kind]] = {}
_CONTENT = _Kind(_CONTENT_BLOCKS)
_DYNAMIC = (1, _Kind({"content": (0, _CONTENT)}, references=("iterator",)))
# A dynamic block's content may hold dynamic blocks again.
_CONTENT_BLOCKS["dynamic"] = _DYNAMIC
_MANAGED = {
    "lifecycle": (0, _LIFECYCLE),
    "provisioner": (1, _PROVISIONER),
    "connection": (0, _PLAIN),
}
_RESOURCE = _Kind({**_MANAGED, "dynamic": _DYNAMIC}, references=("depends_on", "provider"))
_PROVIDER = _Kind({"dynamic": _DYNAMIC}, literals=("alias", "version"))
_TERRAFORM = _Kind(
    {
        "required_providers": (0, _LITERAL),
        "backend": (1, _LITERAL),
        "cloud": (0, _Kind({"workspaces": (0, _LITERAL)}, literal=True)),
        "provider_meta": (1, _PLAIN),
    },
    literal=True,
)
_FILE = _Kind(
    {
        "language": (0, _LITERAL),
        "check": (1, _Kind({"data": (2, _RESOURCE), "assert": (0, _PLAIN)})),
        "data": (2, _RESOURCE),
        "ephemeral": (2, _RESOURCE),
        "import": (0, _Kind(references=("to", "provider"))),
        "locals": (0, _PLAIN),
        "module": (
            1,
            _Kind({"lifecycle": (0, _PLAIN)}, references=("depends_on", "providers")),
        ),
        "moved": (0, _Kind(references=("from", "to"))),
        "output": (1, _Kind({"precondition": (0, _PLAIN)}, references=("depends_on",))),
        "provider": (1, _PROVIDER),
        "removed": (0, _Kind(_MANAGED, references=("from",))),
        "resource": (2, _RESOURCE),
        "terraform": (0, _TERRAFORM),
        "variable": (1, _Kind({"validation": (0, _PLAIN)}, literal=True, references=("type",))),
    }
)


def parse_json(source: SourceFile) -> ParsedFile:
    """The tree and problems of a file in JSON syntax. Never raises."""
    reader = JsonReader(source)
    value = reader.read()
    lowering = _Lowering(source)
    items: list[Attribute | Block] = []
    complete = reader.complete
    if isinstance(value, JsonScalar) and value.value is None:
        # As the content of a block null is allowed.
        problem = SyntaxProblem(
            Range(source, value.start, value.end),
            "expected an object with arguments and blocks, found null",
        )
        lowering.problems.append(problem)
        complete = False
    elif value is not None:
        kind = _LITERAL if source.path.endswith(".tfvars.json") else _FILE
        complete = lowering.items(value, kind, items) and complete
    body = Body(source, 0, len(source.text), tuple(items), complete)
    problems = sorted(reader.problems + lowering.problems, key=lambda problem: problem.range[1:])
    return ParsedFile(source, body, tuple(problems[:MAX_PROBLEMS]), tuple(lowering.comments))


class _Lowering:
    """Turns JSON values into the nodes of the native syntax."""

    __slots__ = ("_dynamic", "_source", "comments", "problems")

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        # Whether a dynamic block stands in the objects that were asked about.
        self._dynamic: dict[JsonObject, bool] = {}
        self.comments: list[Comment] = []
        self.problems: list[SyntaxProblem] = []

    def _report(self, value: JsonValue, message: str) -> None:
        end = value.start + 1 if isinstance(value, JsonObject | JsonArray) else value.end
        keep(self.problems, SyntaxProblem(Range(self._source, value.start, end), message))

    # --- bodies ---------------------------------------------------------------------------------

    def items(self, value: JsonValue, kind: _Kind, items: list[Attribute | Block]) -> bool:
        """Append the attributes and blocks of a body to ``items``; returns if none was lost."""
        members, complete = self._members(value, "arguments and blocks")
        names: set[str] = set()
        for key, member in members:
            if key.value == "//":
                self._comment(key, member)
                continue
            block = kind.blocks.get(key.value)
            if block is None and "dynamic" in kind.blocks and holds_dynamic(member, self._dynamic):
                block = (0, _CONTENT)
            if block is not None:
                complete = self._blocks(key, member, block, (), items) and complete
                continue
            name = normalized(key.value)
            if name in names:
                self._report(
                    key, f"expected each argument once, found {visible(name)} set a second time"
                )
            names.add(name)
            try:
                expression = self._argument(key.value, member, kind)
            except UnexpectedSyntax as error:
                keep(self.problems, error.problem)
                complete = False
                continue
            items.append(
                Attribute(self._source, key.start, expression.end, name, key.end, expression)
            )
        return complete

    def _comment(self, key: JsonString, value: JsonValue) -> None:
        """Keep a comment: from the slashes that are its key to the end of its text."""
        if isinstance(value, JsonString):
            self.comments.append(Comment(self._source, key.start + 1, value.end - 1))

    def _members(
        self, value: JsonValue, what: str
    ) -> tuple[list[tuple[JsonString, JsonValue]], bool]:
        """The members of an object, or of all objects in an array; whether nothing was lost."""
        if isinstance(value, JsonObject):
            return value.members, value.complete
        if isinstance(value, JsonScalar) and value.value is None:
            return [], True
        if isinstance(value, JsonArray):
            members: list[tuple[JsonString, JsonValue]] = []
            complete = value.complete
            for element in value.elements:
                if isinstance(element, JsonObject):
                    members += element.members
                    complete = complete and element.complete
                else:
                    self._report(
                        element, f"expected an object with {what}, found {_named(element)}"
                    )
                    complete = False
            return members, complete
        self._report(value, f"expected an object with {what}, found {_named(value)}")
        return [], False

    def _blocks(
        self,
        key: JsonString,
        value: JsonValue,
        block: tuple[int, _Kind],
        labels: tuple[JsonString, ...],
        items: list[Attribute | Block],
    ) -> bool:
        """Append the blocks that a property stands for; returns whether nothing was lost."""
        if len(labels) < block[0]:
            members, complete = self._members(value, f"the labels of {visible(key.value)} blocks")
            if complete and not members:
                self._report(
                    value, f"expected the label of {visible(key.value)} blocks, found no property"
                )
                return False
            for label, member in members:
                complete = self._blocks(key, member, block, (*labels, label), items) and complete
            return complete
        if isinstance(value, JsonArray):
            complete = value.complete
            for element in value.elements:
                start = (element.start, element.start + 1)
                complete = self._block(key, element, block[1], labels, start, items) and complete
            return complete
        named = labels[-1] if labels else key
        start = (named.start, named.end)
        return self._block(key, value, block[1], labels, start, items)

    def _block(
        self,
        key: JsonString,
        value: JsonValue,
        kind: _Kind,
        labels: tuple[JsonString, ...],
        header: tuple[int, int],
        items: list[Attribute | Block],
    ) -> bool:
        source = self._source
        if isinstance(value, JsonScalar) and value.value is None:
            return True
        content: list[Attribute | Block] = []
        complete = self.items(value, kind, content)
        inside = int(isinstance(value, JsonObject | JsonArray))
        body = Body(source, value.start + inside, value.end - inside, tuple(content), complete)
        nodes = tuple([Label(source, label.start, label.end, label.value) for label in labels])
        items.append(Block(source, header[0], value.end, key.value, nodes, header[1], body))
        return complete

    # --- expressions ----------------------------------------------------------------------------

    def _argument(self, name: str, value: JsonValue, kind: _Kind) -> Expression:
        """The value of a body's property."""
        if name in kind.references:
            return self._reference(value)
        return self._expression(value, literal=kind.literal or name in kind.literals)

    def _expression(self, value: JsonValue, *, literal: bool) -> Expression:
        source = self._source
        if isinstance(value, JsonString):
            if literal or ("${" not in value.value and "%{" not in value.value):
                return Literal(source, value.start, value.end, normalized(value.value))
            return template_at(source, self._tokens(value, template=True), value.start, value.end)
        if isinstance(value, JsonScalar):
            return Literal(source, value.start, value.end, value.value)
        if isinstance(value, JsonArray):
            elements = [self._expression(element, literal=literal) for element in value.elements]
            return Tuple(source, value.start, value.end, tuple(elements))
        items: list[ObjectItem] = []
        for key, member in value.members:
            key_node = self._expression(key, literal=literal)
            item = self._expression(member, literal=literal)
            items.append(ObjectItem(source, key.start, item.end, key_node, item))
        return Object(source, value.start, value.end, tuple(items))

    def _reference(self, value: JsonValue) -> Expression:
        """Like ``_expression``, but strings spell native expressions where they can."""
        source = self._source
        if isinstance(value, JsonString):
            expression = expression_at(source, self._tokens(value, template=False))
            if expression is not None:
                return expression
            return self._expression(value, literal=True)
        if isinstance(value, JsonArray):
            elements = [self._reference(element) for element in value.elements]
            return Tuple(source, value.start, value.end, tuple(elements))
        if isinstance(value, JsonObject):
            items: list[ObjectItem] = []
            for key, member in value.members:
                item = self._reference(member)
                items.append(ObjectItem(source, key.start, item.end, self._reference(key), item))
            return Object(source, value.start, value.end, tuple(items))
        return self._expression(value, literal=True)

    def _tokens(self, value: JsonString, *, template: bool) -> Tokens:
        """The tokens inside a string, with their offsets in the file."""
        offsets = value.offsets
        if offsets is None:
            return tokenize(self._source.text, value.start + 1, value.end - 1, template=template)
        tokens = tokenize(value.value, template=template)
        tokens.text_starts, tokens.text_ends = tokens.starts, tokens.ends
        tokens.starts = [offsets[start] for start in tokens.text_starts]
        tokens.ends = [offsets[end] for end in tokens.text_ends]
        return tokens


def _named(value: JsonValue) -> str:
    if isinstance(value, JsonObject):
        return "an object"
    if isinstance(value, JsonArray):
        return "an array"
    if isinstance(value, JsonString):
        return "a string"
    if value.value is None:
        return "null"
    return "a bool" if isinstance(value.value, bool) else "a number"
